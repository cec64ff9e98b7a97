//! A JSON or YAML document as one tree, every key and value with the bytes it came from.
//!
//! Records lie in one list and refer to each other by number, so that a document of any depth is read,
//! kept and dropped without recursion, and a YAML alias costs one record whatever it stands for. Texts
//! stay in the source until someone asks. Absent here: what the keys mean.

mod build;
mod json;
mod yaml;

use std::borrow::Cow;

use crate::hash::HashMap;
use crate::json::unquote;
use crate::text::{FileId, Place, Span};

pub use json::read as json;
pub use yaml::read as yaml;

/// No record.
const NONE: u32 = u32::MAX;

/// A document.
#[derive(Debug, Default)]
pub struct Tree {
    /// The first is the root; there is always one.
    records: Vec<Record>,
    /// Keys and texts that differ from their bytes in a way that only the reader knew.
    decoded: HashMap<(u32, Part), Box<str>>,
    /// What the document says twice or too often; the tree goes on without.
    pub remarks: Vec<Remark>,
}

/// Why a text is no document: a sentence without final full stop, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where it shows.
    pub span: Span,
    /// What it is.
    pub message: String,
}

/// Something odd in a document that can be read nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A key stands twice in one object; the last counts.
    Twice {
        /// The bytes of the first.
        first: Span,
        /// The bytes of the one that counts.
        last: Span,
        /// The key.
        key: String,
    },
    /// A second YAML document in the same file, which is not read.
    Second(Span),
}

/// A value in the list.
#[derive(Debug, Clone, Copy)]
struct Record {
    /// The key's bytes, quotes included; empty for an element.
    key: Span,
    /// The value's bytes, quotes included.
    value: Span,
    kind: Raw,
    key_form: Form,
    /// First child of a container, or what an alias stands for.
    link: u32,
    /// Next member or element of the same parent.
    next: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raw {
    Null,
    Bool(bool),
    Number,
    Text(Form),
    Array,
    Object,
    Alias,
}

/// How to come from bytes to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The bytes, without quotes if there are any.
    Verbatim,
    /// JSON escapes.
    Escaped,
    /// Look it up.
    Decoded,
}

/// Which text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Key,
    Value,
}

/// The kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list.
    Array,
    /// Members by key, each key once.
    Object,
}

/// A document with the text it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The structure.
    pub tree: &'a Tree,
    /// The text that was read.
    pub text: &'a str,
    /// The number of the file in places.
    pub file: FileId,
}

/// A value in its document; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    source: &'a Source<'a>,
    at: u32,
}

/// Which value it is, whatever aliases lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The file it is written in.
    pub file: FileId,
    at: u32,
}

impl Tree {
    /// How many values there are, at least 1.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The record behind aliases. An alias stands for an earlier record that is none.
    fn value(&self, at: u32) -> &Record {
        let record = &self.records[at as usize];
        if record.kind == Raw::Alias { &self.records[record.link as usize] } else { record }
    }
}

impl<'a> Source<'a> {
    /// The outermost value.
    pub const fn root(&'a self) -> Node<'a> {
        Node { source: self, at: 0 }
    }

    /// Every value, in no order that matters; also those that were taken away as doubles.
    pub fn all(&'a self) -> impl Iterator<Item = Node<'a>> {
        (0..self.tree.len() as u32).map(|at| Node { source: self, at })
    }
}

impl<'a> Node<'a> {
    /// The document it is in.
    pub const fn source(self) -> &'a Source<'a> {
        self.source
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        match self.source.tree.value(self.at).kind {
            Raw::Null | Raw::Alias => Kind::Null,
            Raw::Bool(value) => Kind::Bool(value),
            Raw::Number => Kind::Number,
            Raw::Text(_) => Kind::Text,
            Raw::Array => Kind::Array,
            Raw::Object => Kind::Object,
        }
    }

    /// Which value of which document it is.
    pub fn identity(self) -> Identity {
        let record = &self.source.tree.records[self.at as usize];
        Identity { file: self.source.file, at: if record.kind == Raw::Alias { record.link } else { self.at } }
    }

    /// Whether it stands for a value that is written elsewhere: a YAML alias.
    pub fn is_alias(self) -> bool {
        self.source.tree.records[self.at as usize].kind == Raw::Alias
    }

    /// Its key, if it is a member of an object.
    pub fn key(self) -> Cow<'a, str> {
        let record = &self.source.tree.records[self.at as usize];
        self.decode(self.at, Part::Key, record.key, record.key_form)
    }

    /// The bytes of its key without quotes; of itself if it has none.
    pub fn key_place(self) -> Place {
        let record = &self.source.tree.records[self.at as usize];
        if record.key.is_empty() {
            return self.place();
        }
        Place { file: self.source.file, span: inner(self.source.text, record.key) }
    }

    /// Its bytes where they are written: a string's without quotes.
    pub fn place(self) -> Place {
        Place { file: self.source.file, span: inner(self.source.text, self.source.tree.value(self.at).value) }
    }

    /// All of its bytes where they are written, quotes included.
    pub fn bytes(self) -> Span {
        self.source.tree.value(self.at).value
    }

    /// The text of a string; nothing else has one.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.source.tree.value(self.at).kind {
            Raw::Text(_) => Some(self.scalar()),
            _ => None,
        }
    }

    /// The text of a string, number or literal; the bytes of anything else.
    pub fn scalar(self) -> Cow<'a, str> {
        let record = self.source.tree.value(self.at);
        match record.kind {
            Raw::Text(form) => self.decode(self.identity().at, Part::Value, record.value, form),
            _ => Cow::Borrowed(record.value.of(self.source.text)),
        }
    }

    /// Whether it is `true`.
    pub fn is_true(self) -> bool {
        self.kind() == Kind::Bool(true)
    }

    /// The members of an object, in order; none of anything else.
    pub fn members(self) -> impl Iterator<Item = Self> + use<'a> {
        self.children(Raw::Object)
    }

    /// The elements of a list, in order; none of anything else.
    pub fn elements(self) -> impl Iterator<Item = Self> + use<'a> {
        self.children(Raw::Array)
    }

    /// The member of an object with that key. Looks at each; who asks often makes an index.
    pub fn get(self, key: &str) -> Option<Self> {
        self.members().find(|member| member.has_key(key))
    }

    /// Whether that is its key.
    pub fn has_key(self, key: &str) -> bool {
        let record = &self.source.tree.records[self.at as usize];
        match record.key_form {
            Form::Verbatim => inner(self.source.text, record.key).of(self.source.text) == key,
            _ => self.key() == key,
        }
    }

    fn children(self, of: Raw) -> impl Iterator<Item = Self> + use<'a> {
        let record = self.source.tree.value(self.at);
        let mut next = if record.kind == of { record.link } else { NONE };
        std::iter::from_fn(move || {
            let at = next;
            next = self.source.tree.records.get(at as usize)?.next;
            Some(Self { at, ..self })
        })
    }

    fn decode(self, at: u32, part: Part, span: Span, form: Form) -> Cow<'a, str> {
        match form {
            Form::Verbatim => Cow::Borrowed(inner(self.source.text, span).of(self.source.text)),
            Form::Escaped => unquote(span.of(self.source.text)),
            Form::Decoded => Cow::Borrowed(self.source.tree.decoded.get(&(at, part)).map_or("", |text| text)),
        }
    }
}

/// The bytes without the quotes around them.
fn inner(text: &str, span: Span) -> Span {
    match span.of(text).as_bytes() {
        [b'"', .., b'"'] | [b'\'', .., b'\''] => Span::new(span.start + 1, span.end - 1),
        _ => span,
    }
}
