//! YAML 1.2 by its core schema, from the events of a parser.
//!
//! An alias becomes one record that points at what it stands for: nothing is copied. Still, who walks
//! the tree walks through aliases, so a document that grows far beyond its bytes when they are followed
//! is refused. `<<` adds the members it names, as YAML 1.1 had it and API descriptions use it.

use granit_parser::{Event, Parser, ScalarStyle, Tag, options};

use super::build::{Builder, Key};
use super::{Form, NONE, Part, Raw, Record, Remark, Tree, Wrong, inner};
use crate::hash::HashMap;
use crate::text::Span;

/// So many values may come out of aliases in all.
const EXPANDED: u64 = 1 << 20;

/// Reads the first document of a text.
pub fn read(text: &str) -> Result<Tree, Wrong> {
    // The tree is built without recursion: depth is no danger, and whoever walks it has limits.
    let options = options! { flow_nesting_limit: usize::MAX, block_nesting_limit: usize::MAX };
    let mut reader =
        Reader { builder: Builder::new(text), anchors: HashMap::default(), open: Vec::new(), expanded: 0 };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
            Wrong { span: Span::empty(at as u32), message: error.info() }
        })?;
        let span = Span::from(span.byte_range().unwrap_or(0..0));
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                reader.builder.tree.remarks.push(Remark::Second(span));
                break;
            }
        }
        reader.event(event, span)?;
    }
    let mut builder = reader.builder;
    if builder.tree.len() == 0 {
        builder.add(Raw::Null, Span::default(), NONE);
    }
    Ok(builder.tree)
}

struct Reader<'a> {
    builder: Builder<'a>,
    /// What anchors stand for.
    anchors: HashMap<usize, Anchor>,
    /// The open containers, innermost last.
    open: Vec<Open>,
    /// How many values came out of aliases.
    expanded: u64,
}

#[derive(Clone, Copy)]
struct Anchor {
    at: u32,
    /// How many values it stands for; `None` while it is open.
    weight: Option<u64>,
}

#[derive(Default)]
struct Open {
    /// The anchor it has; 0 if none.
    anchor: usize,
    /// How many values it has so far when aliases are followed.
    weight: u64,
    /// Whether it has the key `<<`.
    merges: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Wrong> {
        match event {
            Event::Scalar(text, style, anchor, _) if self.builder.wants_key() => {
                self.key(&text, style, span, anchor);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let at = self.scalar(&text, style, tag.as_deref(), span);
                self.anchor(anchor, at, Some(1));
                self.weigh(1);
            }
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::SequenceStart(_, anchor, _) => self.open(Raw::Array, anchor, span)?,
            Event::MappingStart(_, anchor, _) => self.open(Raw::Object, anchor, span)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            _ => {}
        }
        Ok(())
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span, anchor: usize) {
        let is_verbatim = inner(self.builder.text, span).of(self.builder.text) == text;
        let (form, decoded) =
            if is_verbatim { (Form::Verbatim, None) } else { (Form::Decoded, Some(text.into())) };
        if anchor != 0 {
            let at = self.detached(text, span);
            self.anchor(anchor, at, Some(1));
        }
        if let (true, Some(open)) = (text == "<<" && style == ScalarStyle::Plain, self.open.last_mut()) {
            open.merges = true;
        }
        self.builder.key(Key { span, form, decoded });
    }

    /// Remembers what an anchor stands for; 0 is none.
    fn anchor(&mut self, anchor: usize, at: u32, weight: Option<u64>) {
        if anchor != 0 {
            self.anchors.insert(anchor, Anchor { at, weight });
        }
    }

    /// A key that aliases may repeat: its text once more, beside the tree.
    fn detached(&mut self, text: &str, value: Span) -> u32 {
        let tree = &mut self.builder.tree;
        let at = tree.records.len() as u32;
        let (key, key_form) = (Span::default(), Form::Verbatim);
        let kind = Raw::Text(Form::Decoded);
        tree.records.push(Record { key, value, kind, key_form, link: NONE, next: NONE });
        tree.decoded.insert((at, Part::Value), text.into());
        at
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> u32 {
        let is_text = style != ScalarStyle::Plain || tag.and_then(Tag::core_suffix) == Some("str");
        let kind = if is_text { Raw::Text(Form::Verbatim) } else { resolve(text) };
        let is_verbatim = || inner(self.builder.text, span).of(self.builder.text) == text;
        if matches!(kind, Raw::Text(_)) && !is_verbatim() {
            return self.builder.add_decoded(span, text.into());
        }
        self.builder.add(kind, span, NONE)
    }

    fn open(&mut self, kind: Raw, anchor: usize, span: Span) -> Result<(), Wrong> {
        if self.builder.wants_key() {
            return Err(Wrong { span, message: "a key that is not text cannot be read".to_owned() });
        }
        let at = self.builder.open(kind, span.start);
        self.anchor(anchor, at, None);
        self.open.push(Open { anchor, weight: 1, merges: false });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Wrong> {
        let (Some(at), Some(open)) = (self.builder.close(span.end), self.open.pop()) else { return Ok(()) };
        if open.merges {
            self.merge(at)?;
        }
        self.anchor(open.anchor, at, Some(open.weight));
        self.weigh(open.weight);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Wrong> {
        let Some(Anchor { at, weight }) = self.anchors.get(&anchor).copied() else { return Ok(()) };
        let Some(weight) = weight else {
            let message = "this alias refers to a value that contains it".to_owned();
            return Err(Wrong { span, message });
        };
        if self.builder.wants_key() {
            let text = self.builder.scalar(at);
            self.builder.key(Key { span, form: Form::Decoded, decoded: Some(text) });
            return Ok(());
        }
        self.spend(weight, span)?;
        self.weigh(weight);
        self.builder.add(Raw::Alias, span, at);
        Ok(())
    }

    /// Replaces the member `<<` by the members of the objects it names; the first of them wins.
    fn merge(&mut self, object: u32) -> Result<(), Wrong> {
        let Some((span, from)) = self.builder.take(object, "<<") else { return Ok(()) };
        for from in from {
            let added = self.builder.merge(object, from);
            self.spend(added as u64, span)?;
        }
        Ok(())
    }

    /// Adds to the weight of the innermost open container.
    fn weigh(&mut self, weight: u64) {
        if let Some(open) = self.open.last_mut() {
            open.weight = open.weight.saturating_add(weight);
        }
    }

    fn spend(&mut self, weight: u64, span: Span) -> Result<(), Wrong> {
        self.expanded = self.expanded.saturating_add(weight);
        if self.expanded <= EXPANDED {
            return Ok(());
        }
        let message = format!("up to here the document's aliases expand to more than {EXPANDED} values");
        Err(Wrong { span, message })
    }
}

/// A plain scalar by the core schema.
fn resolve(text: &str) -> Raw {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Raw::Null,
        "true" | "True" | "TRUE" => Raw::Bool(true),
        "false" | "False" | "FALSE" => Raw::Bool(false),
        _ if is_number(text) => Raw::Number,
        _ => Raw::Text(Form::Verbatim),
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let of = |digits: &str, radix: u32| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    match unsigned.as_bytes() {
        [b'0', b'x', ..] => of(&unsigned[2..], 16),
        [b'0', b'o', ..] => of(&unsigned[2..], 8),
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => unsigned.parse::<f64>().is_ok(),
        _ => false,
    }
}
