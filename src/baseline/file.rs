//! The baseline as text: JSON with one entry a line, so that branches merge and changes are read.

use serde::Serialize;

use crate::baseline::{Baseline, Entries, Entry, Key, Known};
use crate::json::{Json, NodeId, NodeKind, RelaxationKind};
use crate::nearest::unknown;
use crate::parse::json;
use crate::text::Span;

/// The version of the format.
const VERSION: &str = "1";

/// What is wrong with a baseline's text, and at which bytes.
pub type Wrong = (String, Span);

#[derive(Serialize)]
struct Line<'a> {
    page: &'a str,
    rule: &'a str,
    subject: &'a str,
    fingerprint: String,
    count: u32,
    near: Vec<String>,
}

/// The text of a baseline.
pub fn write(entries: &Entries) -> String {
    let mut text = format!("{{\n\"version\": {VERSION},\n\"findings\": [");
    let mut separator = "\n";
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(key, known)| (&key.page, &key.rule, &known.subject, key.fingerprint));
    for (Key { page, rule, fingerprint }, Known { subject, near, count }) in entries {
        let mut near: Vec<String> = near.iter().map(|near| format!("{near:08x}")).collect();
        near.sort_unstable();
        let fingerprint = format!("{fingerprint:016x}");
        let line = Line { page, rule, subject, fingerprint, count: *count, near };
        text.push_str(separator);
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        separator = ",\n";
    }
    text + "\n]\n}\n"
}

/// Reads a baseline's text.
///
/// # Errors
/// Where the text is not what [`write()`] makes, up to white space and order.
pub fn read(text: &str) -> Result<Baseline, Wrong> {
    let json = json::parse(text);
    if let Some(error) = json.errors.first() {
        return Err((format!("this is not JSON: expected {} here", error.expected), error.span));
    }
    let is_wrong = |kind| kind != RelaxationKind::ByteOrderMark;
    if let Some(relaxed) = json.relaxations.iter().find(|relaxation| is_wrong(relaxation.kind)) {
        return Err((format!("this is not JSON: {}", relaxed.kind.name()), relaxed.span));
    }
    let Some(root) = json.roots.first().copied() else {
        return Err(("this is not JSON: it is empty".to_owned(), Span::empty(0)));
    };
    let reader = Reader { text, json: &json };
    let [version, findings] = reader.members(root, ["version", "findings"])?;
    let version = reader.required(root, "version", version)?;
    if reader.json.string(text, version) != VERSION {
        return Err(reader.wrong(version, format!("this version of the baseline is not {VERSION}")));
    }
    let findings = reader.required(root, "findings", findings)?;
    let entries = reader.elements(findings)?.map(|entry| reader.entry(entry));
    Ok(Baseline { entries: entries.collect::<Result<_, _>>()? })
}

struct Reader<'a> {
    text: &'a str,
    json: &'a Json,
}

impl Reader<'_> {
    fn entry(&self, id: NodeId) -> Result<Entry, Wrong> {
        let names = ["page", "rule", "subject", "fingerprint", "count", "near"];
        let [page, rule, subject, fingerprint, count, near] = self.members(id, names)?;
        let fingerprint = self.required(id, "fingerprint", fingerprint)?;
        let count = self.required(id, "count", count)?;
        let near = match near {
            Some(near) => self.elements(near)?.map(|near| self.hexadecimal(near, 8)).collect(),
            None => Ok(Vec::new()),
        };
        let is_count = |count: &u32| *count > 0;
        let number = self.json.string(self.text, count).parse().ok().filter(is_count);
        Ok(Entry {
            key: Key {
                page: self.string(self.required(id, "page", page)?)?,
                rule: self.string(self.required(id, "rule", rule)?)?,
                fingerprint: self.hexadecimal(fingerprint, 16)?,
            },
            known: Known {
                subject: subject.map_or(Ok(String::new()), |subject| self.string(subject))?,
                near: near?.into_iter().map(|near| near as u32).collect(),
                count: number
                    .ok_or_else(|| self.wrong(count, "this is not a number of findings".to_owned()))?,
            },
            span: self.json.node(id).span,
            count: self.json.node(count).span,
        })
    }

    /// The members of those names of an object, which has no others.
    fn members<const N: usize>(&self, id: NodeId, names: [&str; N]) -> Result<[Option<NodeId>; N], Wrong> {
        if self.json.node(id).kind != NodeKind::Object {
            return Err(self.wrong(id, "this is not an object".to_owned()));
        }
        let mut members = [None; N];
        for (key, member) in self.json.members(self.text, id) {
            match names.iter().position(|name| *name == key) {
                Some(at) => members[at] = Some(member),
                None => return Err((unknown("key", &key, names), self.json.node(member).key)),
            }
        }
        Ok(members)
    }

    fn required(&self, id: NodeId, name: &str, member: Option<NodeId>) -> Result<NodeId, Wrong> {
        member.ok_or_else(|| self.wrong(id, format!("`{name}` is missing")))
    }

    fn elements(&self, id: NodeId) -> Result<impl Iterator<Item = NodeId>, Wrong> {
        match self.json.node(id).kind {
            NodeKind::Array => Ok(self.json.children(id)),
            _ => Err(self.wrong(id, "this is not a list".to_owned())),
        }
    }

    fn string(&self, id: NodeId) -> Result<String, Wrong> {
        match self.json.node(id).kind {
            NodeKind::String => Ok(self.json.string(self.text, id).into_owned()),
            _ => Err(self.wrong(id, "this is not a string".to_owned())),
        }
    }

    fn hexadecimal(&self, id: NodeId, digits: usize) -> Result<u64, Wrong> {
        let string = self.string(id)?;
        let number = u64::from_str_radix(&string, 16).ok().filter(|_| string.len() == digits);
        number.ok_or_else(|| self.wrong(id, format!("this is not a number of {digits} hexadecimal digits")))
    }

    fn wrong(&self, id: NodeId, message: String) -> Wrong {
        let span = self.json.node(id).span;
        (message, Span::new(span.start, span.end.min(span.start + 1)))
    }
}
