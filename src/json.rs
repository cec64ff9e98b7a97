//! A tolerant JSON tree: every value and key with the bytes it came from, and a record of every
//! liberty the text took. Produced by `parse::json`; absent here: what the keys mean.
//!
//! Offsets count bytes of the text that was parsed (a code block's text), not of the page.

use std::borrow::Cow;
use std::num::NonZeroU32;

use crate::text::Span;

/// Position of a node in [`Json::nodes`], counted from 1, so that an optional one takes no more room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The node at that position, counted from 0.
    pub const fn at(position: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(position))
    }

    /// The position, counted from 0.
    pub const fn position(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A parsed text: one or several roots, what was relaxed, what could not be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Json {
    /// All nodes; children come after their parent.
    pub nodes: Vec<Node>,
    /// The top-level values, in order. Examples often show several.
    pub roots: Vec<NodeId>,
    /// What strict JSON would refuse and this reader accepted, in text order.
    pub relaxations: Vec<Relaxation>,
    /// What could not be read; the reader went on after each.
    pub errors: Vec<JsonError>,
    /// Objects and arrays that the end of the text cut short, outermost first.
    pub unclosed: Vec<NodeId>,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// The value's bytes.
    pub span: Span,
    /// The key's bytes, quotes included, if this is a member of an object; else empty.
    pub key: Span,
    /// What it is.
    pub kind: NodeKind,
    /// First child of an object or array.
    pub first_child: Option<NodeId>,
    /// Next member or element of the same parent.
    pub next: Option<NodeId>,
}

/// The kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// `null`, in any case.
    Null,
    /// `true` or `false`, in any case.
    Bool(bool),
    /// A number as written.
    Number,
    /// A string; the span includes its quotes.
    String,
    /// `{..}`; members are its children.
    Object,
    /// `[..]`; elements are its children.
    Array,
    /// `...` or `…`: something was left out here. As the only child of `{...}` or `[...]`, or among others.
    Elision,
    /// `<token>`, `{guid}`, `string | null`, a bare word: stands for a value of unknown type.
    Placeholder,
    /// Unreadable bytes that were skipped.
    Error,
}

/// A liberty the text took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relaxation {
    /// The bytes at fault; empty where something is missing.
    pub span: Span,
    /// Which liberty.
    pub kind: RelaxationKind,
}

/// The liberties that are accepted and reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelaxationKind {
    /// `// ..`, `/* .. */`, `# ..`
    Comment,
    /// A comma before `}` or `]`.
    TrailingComma,
    /// No comma between two members or elements.
    MissingComma,
    /// More than one comma, or one before the first element.
    ExtraComma,
    /// `...`, `{...}`, `[...]`
    Elision,
    /// A literal U+FEFF.
    ByteOrderMark,
    /// The `?` that a byte order mark became, before the first bracket.
    QuestionMark,
    /// No-break or other space that JSON does not know.
    OddSpace,
    /// Zero-width characters.
    ZeroWidth,
    /// Typographic quotes.
    SmartQuotes,
    /// `'..'`
    SingleQuotes,
    /// A key without quotes.
    UnquotedKey,
    /// A stand-in for a value.
    Placeholder,
    /// More than one value at top level.
    SeveralRoots,
    /// The text ends before all brackets are closed.
    Truncated,
    /// `Null`, `True`: a literal in another case.
    LiteralCase,
    /// `007`, `+1`, `.5`, `1.`, `7,26`, hexadecimal.
    OddNumber,
    /// A raw line break or control character inside a string.
    RawControl,
    /// A back-slash that starts no JSON escape.
    BadEscape,
    /// `=`, `=>` or a full-width colon where `:` belongs.
    OddColon,
    /// A full-width comma or a semicolon where `,` belongs.
    OddComma,
    /// A full-width bracket.
    OddBracket,
    /// The same key twice in one object.
    DuplicateKey,
    /// Members without an object around them.
    Fragment,
    /// A line of text above or between the values.
    Caption,
}

impl RelaxationKind {
    /// Short name, for messages and JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::TrailingComma => "trailing comma",
            Self::MissingComma => "missing comma",
            Self::ExtraComma => "extra comma",
            Self::Elision => "elision",
            Self::ByteOrderMark => "byte order mark",
            Self::QuestionMark => "question mark left by a byte order mark",
            Self::OddSpace => "no-break space",
            Self::ZeroWidth => "zero-width character",
            Self::SmartQuotes => "typographic quotes",
            Self::SingleQuotes => "single quotes",
            Self::UnquotedKey => "unquoted key",
            Self::Placeholder => "placeholder",
            Self::SeveralRoots => "several values",
            Self::Truncated => "truncated end",
            Self::LiteralCase => "literal in another case",
            Self::OddNumber => "number that JSON does not allow",
            Self::RawControl => "line break or control character in a string",
            Self::BadEscape => "unknown escape",
            Self::OddColon => "other sign for a colon",
            Self::OddComma => "other sign for a comma",
            Self::OddBracket => "other sign for a bracket",
            Self::DuplicateKey => "duplicate key",
            Self::Fragment => "members without an object",
            Self::Caption => "text beside the values",
        }
    }
}

/// A place that could not be read even tolerantly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// The bytes skipped.
    pub span: Span,
    /// What was expected there, e.g. `":"`, `"a value"`.
    pub expected: &'static str,
}

impl Json {
    /// The node at `id`.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.position()]
    }

    /// The children of an object or array, in order; none for other nodes.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first_child, |child| self.node(*child).next)
    }

    /// A member's key without quotes and escapes; empty for an element.
    pub fn key<'a>(&self, text: &'a str, id: NodeId) -> Cow<'a, str> {
        unquote(self.node(id).key.of(text))
    }

    /// The key's bytes without its quotes.
    pub fn key_span(&self, text: &str, id: NodeId) -> Span {
        inner_span(text, self.node(id).key)
    }

    /// A string's value without quotes and escapes; the raw text of any other node.
    pub fn string<'a>(&self, text: &'a str, id: NodeId) -> Cow<'a, str> {
        let node = self.node(id);
        if node.kind == NodeKind::String {
            unquote(node.span.of(text))
        } else {
            Cow::Borrowed(node.span.of(text))
        }
    }

    /// A string's bytes without its quotes; the whole span of any other node.
    pub fn string_span(&self, text: &str, id: NodeId) -> Span {
        let node = self.node(id);
        if node.kind == NodeKind::String { inner_span(text, node.span) } else { node.span }
    }

    /// The members of object `id` with their keys; not what was left out, nor what has no key.
    pub fn members<'a>(
        &'a self,
        text: &'a str,
        id: NodeId,
    ) -> impl Iterator<Item = (Cow<'a, str>, NodeId)> + 'a {
        let keyed = self.children(id).filter(|child| !self.node(*child).key.is_empty());
        keyed.map(move |child| (self.key(text, child), child))
    }

    /// Whether something was left out of this object or array: by dots, or because the text ends in it.
    pub fn is_elided(&self, id: NodeId) -> bool {
        self.unclosed.contains(&id)
            || self.holds_a_comment_only(id)
            || self.children(id).any(|child| self.node(child).kind == NodeKind::Elision)
    }

    /// Whether there is nothing but a comment between the brackets: it says what goes there.
    fn holds_a_comment_only(&self, id: NodeId) -> bool {
        let node = self.node(id);
        if node.first_child.is_some() || !matches!(node.kind, NodeKind::Object | NodeKind::Array) {
            return false;
        }
        let at = self.relaxations.partition_point(|relaxation| relaxation.span.start < node.span.start);
        let inside =
            self.relaxations.iter().skip(at).take_while(|relaxation| relaxation.span.end <= node.span.end);
        inside.into_iter().any(|relaxation| relaxation.kind == RelaxationKind::Comment)
    }

    /// The member of object `id` whose key is `name`; the last one if there are several.
    pub fn member(&self, text: &str, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).filter(|child| self.key(text, *child) == name).last()
    }
}

/// The value of a decimal digit that is not ASCII.
pub fn digit(c: char) -> Option<u32> {
    /// The zeros; each is followed by its nine digits.
    const ZEROS: [char; 12] = [
        '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{BE6}', '\u{C66}', '\u{CE6}',
        '\u{E50}', '\u{ED0}', '\u{FF10}',
    ];
    let zero = ZEROS.iter().rev().find(|zero| **zero <= c)?;
    let value = u32::from(c) - u32::from(*zero);
    (value < 10).then_some(value)
}

/// What people and their editors put around strings.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '＂'
            | '＇'
            | '″'
            | '′'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '`'
            | '´'
    )
}

/// Without the quotes; a string may have lost either. Guillemets keep their distance: `« a »` is `a`.
fn inner_span(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let open = slice.chars().next().filter(|c| is_quote(*c));
    let start = span.start + open.map_or(0, |c| c.len_utf8() as u32);
    let rest = Span::new(start, span.end).of(text);
    let closes = |c: &char| if open.is_some() { is_quote(*c) } else { *c == '"' };
    let close = rest.chars().next_back().filter(closes);
    let inner = Span::new(start, span.end - close.map_or(0, |c| c.len_utf8() as u32));
    if matches!(open, Some('«' | '»' | '‹' | '›')) { inner.trimmed(text) } else { inner }
}

/// Removes quotes and JSON escapes; borrowed where there is no escape. Unknown escapes stay as written.
pub fn unquote(raw: &str) -> Cow<'_, str> {
    let inner = inner_span(raw, Span::new(0, raw.len() as u32)).of(raw);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let taken = push_escape(tail, &mut out);
        rest = &tail[taken..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes the escape at the start of `tail` into `out`; returns how many bytes it took.
fn push_escape(tail: &str, out: &mut String) -> usize {
    let simple = match tail.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
        Some(b'u') => return push_unicode(tail, out),
        _ => {
            out.push('\\');
            return 1;
        }
    };
    out.push(simple);
    2
}

fn push_unicode(tail: &str, out: &mut String) -> usize {
    let unit = |at: usize| {
        let digits =
            tail.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(2) else {
        out.push('\\');
        return 1;
    };
    let is_low = |low: &u32| (0xDC00..0xE000).contains(low);
    if (0xD800..0xDC00).contains(&high)
        && tail.get(6..8) == Some("\\u")
        && let Some(low) = unit(8).filter(is_low)
    {
        let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return 12;
    }
    out.push(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
    6
}
