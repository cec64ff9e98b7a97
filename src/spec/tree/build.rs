//! Puts a tree together from what a reader meets, one value after the other.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Form, Kind, NONE, Node, Part, Raw, Record, Remark, Source, Tree, inner};
use crate::hash::HashSet;
use crate::json::unquote;
use crate::text::{FileId, Span};

/// Objects of so few members are searched for doubles pair by pair.
const FEW: usize = 12;

/// A tree in the making.
pub struct Builder<'a> {
    pub text: &'a str,
    pub tree: Tree,
    open: Vec<Frame>,
    /// Keys of all open objects, innermost last: hash and record.
    keys: Vec<(u64, u32)>,
    key: Option<Key>,
}

/// An open container.
struct Frame {
    at: u32,
    last: u32,
    /// Where its keys start in [`Builder::keys`].
    keys: usize,
}

/// A key whose value has not come yet.
pub struct Key {
    pub span: Span,
    pub form: Form,
    /// The text, where the form is [`Form::Decoded`].
    pub decoded: Option<Box<str>>,
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut tree = Tree::default();
        // A value of a pretty-printed document takes about 32 bytes.
        tree.records.reserve(text.len() / 32 + 1);
        Self { text, tree, open: Vec::new(), keys: Vec::new(), key: None }
    }

    /// How many containers are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the innermost open container is an object.
    pub fn in_object(&self) -> bool {
        self.open.last().is_some_and(|frame| self.tree.records[frame.at as usize].kind == Raw::Object)
    }

    /// Whether an object waits for a key.
    pub fn wants_key(&self) -> bool {
        self.key.is_none() && self.in_object()
    }

    /// The key of the next value.
    pub fn key(&mut self, key: Key) {
        self.key = Some(key);
    }

    /// Adds a value; `link` is what an alias stands for.
    pub fn add(&mut self, kind: Raw, value: Span, link: u32) -> u32 {
        let at = self.tree.records.len() as u32;
        let (mut key, mut key_form) = (Span::default(), Form::Verbatim);
        if let Some(waiting) = self.key.take() {
            self.keys.push((self.hash(&waiting), at));
            (key, key_form) = (waiting.span, waiting.form);
            if let Some(decoded) = waiting.decoded {
                self.tree.decoded.insert((at, Part::Key), decoded);
            }
        }
        self.tree.records.push(Record { key, value, kind, key_form, link, next: NONE });
        self.attach(at);
        at
    }

    /// Makes a record the last child of the innermost container.
    fn attach(&mut self, at: u32) {
        let Some(frame) = self.open.last_mut() else { return };
        let last = std::mem::replace(&mut frame.last, at);
        if last == NONE {
            self.tree.records[frame.at as usize].link = at;
        } else {
            self.tree.records[last as usize].next = at;
        }
    }

    /// Adds a string whose text is not in its bytes.
    pub fn add_decoded(&mut self, value: Span, decoded: Box<str>) -> u32 {
        let at = self.add(Raw::Text(Form::Decoded), value, NONE);
        self.tree.decoded.insert((at, Part::Value), decoded);
        at
    }

    /// Opens an object or list.
    pub fn open(&mut self, kind: Raw, start: u32) -> u32 {
        let at = self.add(kind, Span::empty(start), NONE);
        self.open.push(Frame { at, last: NONE, keys: self.keys.len() });
        at
    }

    /// Closes the innermost container.
    pub fn close(&mut self, end: u32) -> Option<u32> {
        let frame = self.open.pop()?;
        let record = &mut self.tree.records[frame.at as usize];
        record.value.end = end.max(record.value.start);
        if self.keys.len() - frame.keys > 1 {
            self.drop_doubles(&frame);
        }
        self.keys.truncate(frame.keys);
        Some(frame.at)
    }

    /// Of members with the same key the last stays.
    fn drop_doubles(&mut self, frame: &Frame) {
        let mut keys = self.keys.split_off(frame.keys);
        let mut doubles: Vec<(u32, u32)> = Vec::new();
        let source = self.source();
        let node = |at: u32| Node { source: &source, at };
        let mut compare = |a: (u64, u32), b: (u64, u32)| {
            if a.0 == b.0 && node(a.1).key() == node(b.1).key() {
                doubles.push((a.1.min(b.1), a.1.max(b.1)));
            }
        };
        if keys.len() <= FEW {
            for (at, key) in keys.iter().enumerate() {
                // The nearest double alone, so that three make two pairs.
                if let Some(next) = keys[at + 1..].iter().find(|next| next.0 == key.0) {
                    compare(*key, *next);
                }
            }
        } else {
            keys.sort_unstable();
            keys.windows(2).for_each(|pair| compare(pair[0], pair[1]));
        }
        if doubles.is_empty() {
            return;
        }
        doubles.sort_unstable();
        let remark = |(first, last): &(u32, u32)| Remark::Twice {
            first: node(*first).key_place().span,
            last: node(*last).key_place().span,
            key: node(*first).key().into_owned(),
        };
        let remarks: Vec<Remark> = doubles.iter().map(remark).collect();
        self.tree.remarks.extend(remarks);
        self.unlink(frame.at, |at| doubles.binary_search_by_key(&at, |(first, _)| *first).is_ok());
    }

    /// Takes children away from a container.
    fn unlink(&mut self, parent: u32, is_gone: impl Fn(u32) -> bool) {
        let records = &mut self.tree.records;
        let mut kept = NONE;
        let mut at = records[parent as usize].link;
        while at != NONE {
            let next = records[at as usize].next;
            if !is_gone(at) {
                match kept {
                    NONE => records[parent as usize].link = at,
                    before => records[before as usize].next = at,
                }
                kept = at;
            }
            at = next;
        }
        if kept != NONE {
            records[kept as usize].next = NONE;
        }
    }

    /// Adds the members of `from` that `to` lacks to it, without copying their values. How many there are.
    pub fn merge(&mut self, to: u32, from: u32) -> usize {
        let source = self.source();
        let [object, other] = [to, from].map(|at| Node { source: &source, at });
        let known: HashSet<_> = object.members().map(Node::key).collect();
        let new = other.members().filter(|member| !known.contains(&member.key()));
        let new: Vec<(u32, u32)> = new.map(|member| (member.at, member.identity().at)).collect();
        let mut last = object.members().last().map_or(NONE, |member| member.at);
        for (member, link) in &new {
            let at = self.tree.records.len() as u32;
            let record = self.tree.records[*member as usize];
            self.tree.records.push(Record { kind: Raw::Alias, link: *link, next: NONE, ..record });
            if let Some(key) = self.tree.decoded.get(&(*member, Part::Key)).cloned() {
                self.tree.decoded.insert((at, Part::Key), key);
            }
            match last {
                NONE => self.tree.records[to as usize].link = at,
                before => self.tree.records[before as usize].next = at,
            }
            last = at;
        }
        new.len()
    }

    /// Takes the member with that key away from an object: its key's bytes, and the objects it is or lists.
    pub fn take(&mut self, object: u32, key: &str) -> Option<(Span, Vec<u32>)> {
        let source = self.source();
        let member = Node { source: &source, at: object }.get(key)?;
        let list = if member.kind() == Kind::Array { member.elements().collect() } else { vec![member] };
        let (at, span) = (member.at, member.key_place().span);
        let list = list.into_iter().map(|node| node.identity().at).collect();
        self.unlink(object, |child| child == at);
        Some((span, list))
    }

    /// The text of a scalar that is in the tree.
    pub fn scalar(&self, at: u32) -> Box<str> {
        Node { source: &self.source(), at }.scalar().into()
    }

    fn source(&self) -> Source<'_> {
        Source { tree: &self.tree, text: self.text, file: FileId(0) }
    }

    fn hash(&self, key: &Key) -> u64 {
        let mut hasher = DefaultHasher::new();
        match (&key.decoded, key.form) {
            (Some(decoded), _) => decoded.hash(&mut hasher),
            (None, Form::Escaped) => unquote(key.span.of(self.text)).hash(&mut hasher),
            (None, _) => inner(self.text, key.span).of(self.text).hash(&mut hasher),
        }
        hasher.finish()
    }
}
