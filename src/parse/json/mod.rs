//! Tolerant JSON: reads what people put into documentation as JSON, with the bytes of every key and
//! value, and reports every liberty. On strict JSON it gives the tree that `serde_json` gives.
//! Absent here: what the keys mean, and finding the JSON in a code block.
//!
//! One pass, no recursion, linear time on any text: whatever looks ahead either consumes what it saw or
//! remembers that it found nothing. The files: `scan` runs over bytes, `signs` knows look-alikes,
//! `trivia`, `strings` and `words` read tokens, `items` puts them together, `recover` goes on after errors.

mod items;
mod recover;
mod scan;
mod signs;
mod strings;
mod trivia;
mod words;

use crate::json::{Json, JsonError, Node, NodeId, NodeKind, Relaxation, RelaxationKind};
use crate::text::{Span, is_blank};

/// A container this deep, and all in it, is skipped; `serde_json` refuses the same depth.
pub const DEPTH_LIMIT: usize = 128;

/// Further errors widen the last one.
pub const ERROR_LIMIT: usize = 64;

/// Reads `text` as JSON. Spans count bytes of `text`, which must be shorter than 4 GiB.
pub fn parse(text: &str) -> Json {
    let mut parser = Parser::new(text);
    while parser.step() {}
    parser.finish()
}

/// How far a look for the end of a key goes where nothing says that it is one: bytes or characters.
const KEY_WINDOW: usize = 128;

/// Whether `text` wants to be read as JSON: it starts, after marks, white space and comments, with a bracket,
/// a quote or dots, or it is one literal or number.
pub fn looks_like_json(text: &str) -> bool {
    let mut parser = Parser::new(text);
    parser.skip_trivia();
    if parser.peek().is_some_and(|c| parser.is_lost_mark(c)) {
        return true;
    }
    let starts = |c| matches!(signs::sign(c), Some(b'{' | b'[')) || signs::quote(c).is_some();
    let Some(first) = parser.peek() else { return false };
    starts(first) || words::dots_len(parser.rest()) > 0 || parser.is_lone_value()
}

/// What an open container is; the text itself is one too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Root,
    Object,
    Array,
}

/// What may come next in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The first item.
    First,
    /// An item, after a comma.
    Item,
    /// A comma, after an item.
    Comma,
}

/// An open container.
#[derive(Debug, Clone, Copy)]
struct Frame {
    shape: Shape,
    expect: Expect,
    /// No comma, or no key, came before it.
    stray: bool,
    /// Its node; meaningless for the root.
    node: NodeId,
    last: Option<NodeId>,
    /// Where its keys start in [`Parser::keys`].
    keys: usize,
}

#[derive(Debug, Clone, Copy)]
struct SeenKey {
    hash: u32,
    node: NodeId,
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    json: Json,
    top: Frame,
    /// The containers around [`Self::top`].
    stack: Vec<Frame>,
    /// Keys of all open objects, innermost last.
    keys: Vec<SeenKey>,
    /// End of the last value.
    value_end: usize,
    /// The last comma.
    comma: Span,
    /// Dots in a comment before the next token: they leave something out as well.
    commented_dots: Option<Span>,
    /// Index of the report of the last placeholder.
    last_placeholder: usize,
    /// The text ends inside a token.
    cut_short: bool,
    several_roots: bool,
    bare_members: bool,
    futile: Futile,
}

/// What a look ahead did not find: it need not look again. This keeps time linear.
#[derive(Debug, Default)]
struct Futile {
    /// No `*/` follows any more.
    comment_end: bool,
    /// A string ran to the end of the text: none may cross a line any more.
    string_end: bool,
    /// Up to here no quote of the family is followed by a sign: `[double, single]`.
    quote_before: [usize; 2],
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let root = Frame {
            shape: Shape::Root,
            expect: Expect::First,
            stray: false,
            node: NodeId::at(0),
            last: None,
            keys: 0,
        };
        let mut json = Json::default();
        // A member of pretty-printed JSON takes about 32 bytes of text.
        json.nodes.reserve(text.len() / 32 + 4);
        Self {
            text,
            bytes: text.as_bytes(),
            pos: 0,
            json,
            top: root,
            stack: Vec::with_capacity(8),
            keys: Vec::with_capacity(32),
            value_end: 0,
            comma: Span::default(),
            commented_dots: None,
            last_placeholder: 0,
            cut_short: false,
            several_roots: false,
            bare_members: false,
            futile: Futile::default(),
        }
    }

    /// Closes what is open at the end of the text.
    fn finish(mut self) -> Json {
        let end = self.text.trim_end_matches(is_blank).len().max(self.value_end);
        if self.cut_short || !self.stack.is_empty() {
            self.relax(RelaxationKind::Truncated, Span::empty(end as u32));
        } else if self.top.expect == Expect::Item && !self.comma.is_empty() {
            self.relax(RelaxationKind::TrailingComma, self.comma);
        }
        while !self.stack.is_empty() {
            self.json.unclosed.push(self.top.node);
            self.close(end);
        }
        self.json.unclosed.reverse();
        if self.json.roots.is_empty() && self.json.errors.is_empty() {
            self.error(Span::empty(end as u32), "a value");
        }
        self.json.nodes.shrink_to_fit();
        if !self.json.relaxations.is_sorted_by_key(|relaxation| relaxation.span.start) {
            self.json.relaxations.sort_by_key(|relaxation| relaxation.span.start);
        }
        self.json
    }

    fn rest(&self) -> &'a str {
        &self.text[self.pos..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn relax(&mut self, kind: RelaxationKind, span: Span) {
        self.json.relaxations.push(Relaxation { span, kind });
    }

    /// Records an error; one that touches the last, or is one too many, widens the last.
    fn error(&mut self, span: Span, expected: &'static str) {
        let full = self.json.errors.len() >= ERROR_LIMIT;
        if let Some(last) = self.json.errors.last_mut() {
            let gap = self.text.get(last.span.end as usize..span.start as usize);
            if full || gap.is_none_or(|gap| gap.trim_start().is_empty()) {
                last.span = last.span.to(span);
                return;
            }
        }
        self.json.errors.push(JsonError { span, expected });
    }

    /// Adds a node to the open container.
    #[inline]
    fn attach(&mut self, kind: NodeKind, span: Span, key: Span) -> NodeId {
        let id = NodeId::at(self.json.nodes.len() as u32);
        self.json.nodes.push(Node { span, key, kind, first_child: None, next: None });
        if self.top.shape == Shape::Root {
            self.json.roots.push(id);
        } else if let Some(last) = self.top.last {
            self.json.nodes[last.position()].next = Some(id);
        } else {
            self.json.nodes[self.top.node.position()].first_child = Some(id);
        }
        self.top.last = Some(id);
        id
    }

    /// Adds a value without children and expects a comma after it.
    #[inline]
    fn leaf(&mut self, kind: NodeKind, span: Span, key: Span) -> NodeId {
        self.top.expect = Expect::Comma;
        self.value_end = span.end as usize;
        self.attach(kind, span, key)
    }

    /// Opens a container whose bracket takes `width` bytes here.
    #[inline]
    fn open(&mut self, shape: Shape, width: usize, key: Span, stray: bool) -> NodeId {
        let span = Span::from(self.pos..self.pos + width);
        let kind = if shape == Shape::Object { NodeKind::Object } else { NodeKind::Array };
        let node = self.leaf(kind, span, key);
        self.pos += width;
        if width > 1 {
            self.relax(RelaxationKind::OddBracket, span);
        }
        if self.stack.len() + 1 >= DEPTH_LIMIT {
            self.skip_too_deep(node);
            return node;
        }
        let inner = Frame { shape, expect: Expect::First, stray, node, last: None, keys: self.keys.len() };
        self.stack.push(std::mem::replace(&mut self.top, inner));
        node
    }

    /// Closes the open container at byte `end`, one past its bracket.
    #[inline]
    fn close(&mut self, end: usize) {
        let Some(outer) = self.stack.pop() else { return };
        let inner = std::mem::replace(&mut self.top, outer);
        self.value_end = end;
        self.json.nodes[inner.node.position()].span.end = end as u32;
        if self.keys.len() > inner.keys + 1 {
            self.report_duplicates(inner.keys);
        }
        self.keys.truncate(inner.keys);
        if inner.stray {
            self.fold_elision(inner);
        }
    }

    /// `{ "a": 1, {...} }` and `[ {..} [...] ]` leave out members and elements, not the inside of one.
    fn fold_elision(&mut self, inner: Frame) {
        let only = self.json.node(inner.node).first_child;
        let is_elision = |child: NodeId| self.json.node(child).kind == NodeKind::Elision;
        if only == inner.last && only.is_some_and(is_elision) {
            self.json.nodes.pop();
            // Nobody misses a comma beside dots.
            let dots = self.json.relaxations.len().saturating_sub(2);
            if self.json.relaxations.get(dots).is_some_and(|known| known.kind == RelaxationKind::MissingComma)
            {
                self.json.relaxations.remove(dots);
            }
            let node = &mut self.json.nodes[inner.node.position()];
            node.kind = NodeKind::Elision;
            node.first_child = None;
        }
    }

    /// Reports the keys from `first` on that repeat an earlier one.
    fn report_duplicates(&mut self, first: usize) {
        let keys = &mut self.keys[first..];
        if keys.len() <= 24 {
            let repeats = |at: &usize| keys[..*at].iter().any(|earlier| earlier.hash == keys[*at].hash);
            if !(1..keys.len()).any(|at| repeats(&at)) {
                return;
            }
        }
        keys.sort_unstable_by_key(|key| (key.hash, key.node));
        let mut found = Vec::new();
        for group in keys.chunk_by(|a, b| a.hash == b.hash).filter(|group| group.len() > 1) {
            let mut names = crate::hash::HashSet::default();
            let repeated = group.iter().filter(|key| !names.insert(self.json.key(self.text, key.node)));
            found.extend(repeated.map(|key| self.json.node(key.node).key));
        }
        for span in found {
            self.relax(RelaxationKind::DuplicateKey, span);
        }
    }
}
