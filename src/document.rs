//! A parsed page: blocks, tables, code blocks and inline runs, each with the bytes it came from.
//!
//! A document owns no text. It is a set of flat vectors of spans into the page's source, so it can
//! live for the whole run at a fraction of the page's size; [`Document::text`] and its siblings turn
//! spans back into words on demand. Absent here: locales, API words, what a table means.

use std::borrow::Cow;

use crate::text::{Span, is_blank, trimmed};

/// A page's structure. Indices (`TableId` and the like) are positions in the vectors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The front matter's scalar entries, in order, keys and values as written without quotes.
    pub front_matter: Vec<FrontMatterEntry>,
    /// Every block, in page order; containers (lists, quotes) are flattened away.
    pub blocks: Vec<Block>,
    /// Inline runs of all blocks and cells, in page order.
    pub runs: Vec<Run>,
    /// Which of the runs are code.
    pub code_runs: Vec<u32>,
    /// Text that differs from its source bytes (entities, escaped pipes): see [`Run::literal`].
    pub literals: Vec<Box<str>>,
    /// Links and images, in page order.
    pub links: Vec<Link>,
    /// `<a name="..">`, `<a id="..">`, `{#..}`: the anchor's name.
    pub anchors: Vec<Anchor>,
    /// Tables, in page order.
    pub tables: Vec<Table>,
    /// Rows of all tables.
    pub rows: Vec<Row>,
    /// Cells of all rows, header rows included.
    pub cells: Vec<Inline>,
    /// Fenced and indented code blocks, and `<pre>` of HTML pages.
    pub codes: Vec<Code>,
    /// Comments that speak to this tool, in page order.
    pub comments: Vec<Comment>,
    /// What the parser had to tolerate.
    pub problems: Vec<Problem>,
    /// The messages of a gettext catalogue, which has no blocks.
    pub messages: Vec<Message>,
    /// Whether any bilingual (`data-ttu-id`) pair was seen.
    pub bilingual: bool,
    /// What a look at each byte found.
    pub signs: Signs,
}

/// What a page may have that only a look at each of its bytes tells: taken while they are at hand, so that hardly any
/// page has to be searched again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs {
    /// Two asterisks that are shown as such.
    pub stars: bool,
    /// Letters as wrong decoding makes them.
    pub accents: bool,
    /// A bracket that closes before a parenthesis which does not follow at once.
    pub brackets: bool,
}

/// One `key: value` of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterEntry {
    /// The key.
    pub key: Span,
    /// The value without surrounding quotes; empty for nested values.
    pub value: Span,
}

/// A block and the bytes it covers, markup included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The whole block.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block. Indices point into the document's vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// `# Title`, with the level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        text: Inline,
    },
    /// A paragraph, or the text of a list item or block quote.
    Paragraph {
        /// Its text.
        text: Inline,
        /// Whether it stands in a list item.
        in_list: bool,
    },
    /// A table: index into [`Document::tables`].
    Table(u32),
    /// A code block: index into [`Document::codes`].
    Code(u32),
    /// Raw HTML without text: comments, anchors, images, line breaks.
    Html,
    /// A `DocFX` line: `[!INCLUDE ..]`, `[!NOTE]`, `:::zone`, a tab heading `# [Text](#tab/x)`.
    Directive,
}

impl BlockKind {
    /// The text of a heading or paragraph.
    pub const fn text(&self) -> Option<Inline> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text, .. } => Some(*text),
            _ => None,
        }
    }
}

/// Inline content: a heading's, paragraph's or cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inline {
    /// The source bytes without surrounding white space; empty where a short row was padded.
    pub span: Span,
    /// First run, an index into [`Document::runs`].
    pub first: u32,
    /// One past the last run.
    pub end: u32,
}

/// A message of a gettext catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Its `msgid`, or its plural.
    pub source: Inline,
    /// Its `msgstr`.
    pub translation: Inline,
}

impl Message {
    /// One of its texts.
    pub const fn of(&self, view: View) -> Inline {
        match view {
            View::Page => self.translation,
            View::Source => self.source,
        }
    }
}

/// The first bytes of a visible text up to a letter that is not ASCII, zeros behind its end: equal for equal texts,
/// however they are marked up.
pub type Head = [u8; 8];

/// A piece of text of one style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The text's source bytes, without the markup around it (for code: inside the back-ticks).
    pub span: Span,
    /// The outermost markup (emphasis, link, code) that holds it, or `span` if there is none; with the
    /// backslash before it if its first character is escaped.
    pub outer: Span,
    /// 1 + index into [`Document::literals`] if the text differs from the bytes of `span`, else 0.
    pub literal: u32,
    /// 1 + index into [`Document::links`] of the link it is the text of, else 0.
    pub link: u32,
    /// Code, strong, emphasis.
    pub style: Style,
    /// Which half of a bilingual pair it belongs to.
    pub half: Half,
}

/// Bit set of [`Style::CODE`], [`Style::STRONG`], [`Style::EMPHASIS`], [`Style::BREAK`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style(pub u8);

impl Style {
    /// Inside a code span.
    pub const CODE: Self = Self(1);
    /// Inside `**strong**`.
    pub const STRONG: Self = Self(2);
    /// Inside `*emphasis*`.
    pub const EMPHASIS: Self = Self(4);
    /// A soft or hard line break, or `<br>`: reads as one space.
    pub const BREAK: Self = Self(8);

    /// Whether all bits of `other` are set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the bits of `other` set.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Bilingual pages carry every sentence twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Half {
    /// Outside any pair: belongs to both texts.
    #[default]
    Both,
    /// Inside `<span data-ttu-id>`: the page's own language.
    Translated,
    /// Inside `<span data-stu-id>`: the source language.
    Source,
}

/// Which of a bilingual page's two texts to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What readers of the locale see.
    Page,
    /// The source language's text; equals `Page` where there is no pair.
    Source,
}

impl View {
    /// Whether a run of `half` is part of this text.
    pub const fn shows(self, half: Half) -> bool {
        !matches!((self, half), (Self::Page, Half::Source) | (Self::Source, Half::Translated))
    }
}

/// A link or image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// From `[` to `)`.
    pub span: Span,
    /// The target's bytes inside the parentheses, without angle brackets and title; empty for
    /// reference links without a target in place.
    pub target: Span,
    /// Whether it is an image.
    pub image: bool,
    /// Which half of a bilingual pair it belongs to.
    pub half: Half,
}

/// A named place in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The element.
    pub span: Span,
    /// The name's bytes.
    pub name: Span,
}

/// A table. Its cells may have been written as pipes, as HTML, as a paragraph that was meant to be
/// a table but whose delimiter row broke, or as a list of fields in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The whole table.
    pub span: Span,
    /// How it was written.
    pub syntax: TableSyntax,
    /// Number of columns: of the header, or the widest row.
    pub columns: u32,
    /// Header row: index into [`Document::rows`], or none.
    pub header: Option<u32>,
    /// First body row.
    pub first_row: u32,
    /// One past the last body row.
    pub end_row: u32,
}

/// How a table was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableSyntax {
    /// `| a | b |` with a sound delimiter row.
    Pipe,
    /// `<table>`.
    Html,
    /// Pipes whose delimiter row is damaged, so that Markdown sees a paragraph.
    BrokenPipe,
    /// A list, an item a field: `` - `name` (string, required): text ``.
    Bullets,
    /// Names, each with a description below: `name` over `: text`, or `<dt>` and `<dd>`.
    Definitions,
    /// Components whose attributes document a field: `<ParamField path="id" type="string">`.
    Components,
    /// A heading a field, with lines below that say what it is: `Type: string`. The headings stay blocks of their own.
    Headings,
    /// A table of two columns that describes one field, read as its only row: `| Name | spoolDir |` over
    /// `| Type | string |`.
    Card,
}

impl TableSyntax {
    /// Whether it is no table to readers but a list of fields, read as one: its columns are name, type, required,
    /// default and description, or what its fields call them.
    pub const fn is_list(self) -> bool {
        !matches!(self, Self::Pipe | Self::Html | Self::BrokenPipe | Self::Card)
    }
}

/// A table row; short rows are padded with empty cells up to the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The row's bytes.
    pub span: Span,
    /// First cell.
    pub first: u32,
    /// One past the last cell.
    pub end: u32,
    /// The source of cells beyond the header's, which Markdown drops; empty if none.
    pub lost: Span,
    /// How many cells the source row really has, before padding or dropping.
    pub written: u32,
    /// How deep the row stands in a list of fields: 0 at the top. Tables show it in their cells.
    pub depth: u32,
}

/// A code block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The whole block with its fences.
    pub span: Span,
    /// The info string's bytes (` ```json ` -> `json`); empty if none.
    pub info: Span,
    /// Where the code's text lies, line by line where a list indents it, else one piece.
    pub pieces: Vec<Span>,
    /// Pieces that are entities of an HTML page, by their index, and what they stand for.
    pub literals: Vec<(u32, Box<str>)>,
    /// Whether the fence was closed (indented code counts as closed).
    pub closed: bool,
}

/// A comment that speaks to this tool: `<!-- docdrift-.. -->`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// The block that follows it (a list or quote as a whole); empty if none does.
    pub next: Span,
}

/// Something the parser tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
}

/// What the parser tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A row has more cells than the header; Markdown drops the excess.
    LostCells,
    /// A row has fewer cells than the header.
    ShortRow,
    /// Pipes that Markdown does not take for a table or its cells: the delimiter row is damaged, missing or
    /// has another number of cells, or a row has full-width pipes.
    BrokenDelimiter,
    /// A row that a blank line parts from its table.
    DetachedRow,
    /// A bilingual `<span>` is not closed in its block.
    UnclosedSpan,
    /// A bilingual source half without its translated half, or the reverse.
    UnpairedSpan,
    /// A code fence is never closed.
    UnclosedFence,
    /// White space before a code fence that Markdown does not see as such; the span is the white space.
    HiddenFence,
    /// A BOM or its `?` stands before the front matter.
    JunkBeforeFrontMatter,
    /// Front matter that is never closed, or a line of it that is no `key: value`.
    BrokenFrontMatter,
    /// HTML table that is never closed.
    UnclosedTable,
    /// Nested deeper than the parser follows.
    TooDeep,
}

/// What a vector holds, in as much room as it takes.
fn packed<T>(from: &mut Vec<T>) -> Vec<T> {
    let mut packed = Vec::with_capacity(from.len());
    packed.append(from);
    packed
}

impl Document {
    /// Moves everything to vectors that reserve nothing to grow, for documents live as long as the run. What this one
    /// reserved stays with it, for the next page.
    #[must_use]
    pub fn pack(&mut self) -> Self {
        Self {
            front_matter: packed(&mut self.front_matter),
            blocks: packed(&mut self.blocks),
            runs: packed(&mut self.runs),
            code_runs: packed(&mut self.code_runs),
            literals: packed(&mut self.literals),
            links: packed(&mut self.links),
            anchors: packed(&mut self.anchors),
            tables: packed(&mut self.tables),
            rows: packed(&mut self.rows),
            cells: packed(&mut self.cells),
            codes: packed(&mut self.codes),
            comments: packed(&mut self.comments),
            problems: packed(&mut self.problems),
            messages: packed(&mut self.messages),
            bilingual: std::mem::take(&mut self.bilingual),
            signs: std::mem::take(&mut self.signs),
        }
    }

    /// The rows of a table's body.
    pub fn body(&self, table: &Table) -> &[Row] {
        self.rows.get(table.first_row as usize..table.end_row as usize).unwrap_or(&[])
    }

    /// The cells of a row.
    pub fn row_cells(&self, row: &Row) -> &[Inline] {
        self.cells.get(row.first as usize..row.end as usize).unwrap_or(&[])
    }

    /// The runs of some inline content.
    pub fn inline_runs(&self, inline: Inline) -> &[Run] {
        self.runs.get(inline.first as usize..inline.end as usize).unwrap_or(&[])
    }

    /// One run's text: its source bytes, or the literal they stand for.
    pub fn run_text<'a>(&'a self, source: &'a str, run: &Run) -> &'a str {
        if run.style.has(Style::BREAK) {
            return " ";
        }
        match run.literal {
            0 => run.span.of(source),
            n => self.literals.get(n as usize - 1).map_or("", |text| text),
        }
    }

    /// The visible text of `inline` in one of the page's languages, trimmed, without markup.
    /// Borrowed from the source in the common case of a single run.
    pub fn text<'a>(&'a self, source: &'a str, inline: Inline, view: View) -> Cow<'a, str> {
        let all = self.inline_runs(inline);
        if let [run] = all {
            let text = if view.shows(run.half) { self.run_text(source, run) } else { "" };
            return Cow::Borrowed(trimmed(text));
        }
        let mut runs = all.iter().filter(|run| view.shows(run.half));
        let Some(first) = runs.next() else { return Cow::Borrowed("") };
        let head = self.run_text(source, first);
        let Some(second) = runs.next() else { return Cow::Borrowed(trimmed(head)) };
        let mut text = String::with_capacity(inline.span.len() as usize);
        text.push_str(head);
        text.push_str(self.run_text(source, second));
        runs.for_each(|run| text.push_str(self.run_text(source, run)));
        match trimmed(&text) {
            trimmed if trimmed.len() == text.len() => Cow::Owned(text),
            trimmed => Cow::Owned(trimmed.to_owned()),
        }
    }

    /// The bytes of the visible text of `inline`, if they are its text in every language: one run that stands for itself.
    pub fn plain_span(&self, source: &str, inline: Inline) -> Option<Span> {
        let [run] = self.inline_runs(inline) else { return None };
        let is_itself = run.literal == 0 && run.half == Half::Both && !run.style.has(Style::BREAK);
        let span = run.span.trimmed(source);
        (is_itself && !span.is_empty()).then_some(span)
    }

    /// The narrowest source bytes that hold the visible text of `inline` and can be replaced as a
    /// whole without unbalancing the markup around it.
    pub fn text_span(&self, source: &str, inline: Inline, view: View) -> Span {
        let runs = self.inline_runs(inline);
        let visible = |run: &&Run| {
            view.shows(run.half) && !run.style.has(Style::BREAK) && !is_all_blank(self.run_text(source, run))
        };
        if let [run] = runs {
            return if visible(&run) { run.span.trimmed(source) } else { inline.span };
        }
        let Some(first) = runs.iter().find(visible) else { return inline.span };
        let last = runs.iter().rev().find(visible).unwrap_or(first);
        let balanced = first.outer == last.outer || (first.outer == first.span && last.outer == last.span);
        let span = if balanced { first.span.to(last.span) } else { first.outer.to(last.outer) };
        span.trimmed(source)
    }

    /// The source bytes of all visible text of `inline`, with the links and emphasis around it.
    pub fn markup_span(&self, source: &str, inline: Inline, view: View) -> Span {
        let visible = |run: &&Run| view.shows(run.half) && !trimmed(self.run_text(source, run)).is_empty();
        let outer = self.inline_runs(inline).iter().filter(visible).map(|run| run.outer);
        outer.reduce(Span::to).map_or(inline.span, |span| span.trimmed(source))
    }

    /// The table that `place` lies in.
    pub fn table_at(&self, place: Span) -> Option<&Table> {
        // Headings that name fields span the tables between them.
        const DEEPEST: usize = 8;
        let end = self.tables.partition_point(|table| table.span.start <= place.start);
        let before = self.tables.get(..end)?.iter().rev().take(DEEPEST);
        before.filter(|table| table.span.contains(place)).min_by_key(|table| table.span.len())
    }

    /// The anchors that lie in a block.
    pub fn anchors_in(&self, block: Span) -> &[Anchor] {
        let start = self.anchors.partition_point(|anchor| anchor.span.start < block.start);
        let end = self.anchors.partition_point(|anchor| anchor.span.start < block.end);
        self.anchors.get(start..end).unwrap_or(&[])
    }

    /// The link that [`Run::link`] names.
    pub fn link(&self, number: u32) -> Option<&Link> {
        self.links.get(number.checked_sub(1)? as usize)
    }

    /// The target of the first link in `inline`.
    pub fn link_target<'a>(&self, source: &'a str, inline: Inline) -> Option<&'a str> {
        let run = self.inline_runs(inline).iter().find(|run| run.link > 0)?;
        self.link(run.link).map(|link| link.target.of(source))
    }

    /// Whether any of `inline` is the source half of a bilingual pair.
    pub fn has_source_half(&self, inline: Inline) -> bool {
        self.inline_runs(inline).iter().any(|run| run.half == Half::Source)
    }

    /// The source bytes behind `range`, a span of `shown` = [`Document::text`] of `inline` in `view`.
    /// `None` where they cannot be told apart from what stands beside them.
    pub fn source_span(
        &self,
        source: &str,
        inline: Inline,
        view: View,
        shown: &str,
        range: Span,
    ) -> Option<Span> {
        let runs = || self.inline_runs(inline).iter().filter(|run| view.shows(run.half));
        debug_assert_eq!(self.text(source, inline, view), shown);
        // What `shown` lacks at its start.
        let mut blank = 0;
        for text in runs().map(|run| self.run_text(source, run)) {
            let rest = text.trim_start_matches(is_blank);
            blank += (text.len() - rest.len()) as u32;
            if !rest.is_empty() {
                break;
            }
        }
        let range = range.shifted(blank);
        let mut at = 0;
        let mut found: Option<Span> = None;
        for run in runs() {
            let length = self.run_text(source, run).len() as u32;
            let (start, end) = (range.start.max(at), range.end.min(at + length));
            if start < end {
                let all = start == at && end == at + length;
                let part = match (all, run.literal) {
                    (true, _) if run.outer != run.span && found.is_some() => run.outer,
                    (true, _) => run.span,
                    (false, 0) => Span::new(run.span.start + start - at, run.span.start + end - at),
                    (false, _) => return None,
                };
                found = Some(found.map_or(part, |found| found.to(part)));
            }
            at += length;
        }
        found
    }

    /// How a text begins.
    pub fn head(&self, source: &str, inline: Inline, view: View) -> Head {
        let mut head = Head::default();
        let mut length = 0;
        for run in self.inline_runs(inline).iter().filter(|run| view.shows(run.half)) {
            for byte in self.run_text(source, run).bytes() {
                // Blanks are left out, for a text begins with none.
                let is_letter = matches!(byte, 0xC3..=0xDF | 0xE4..=0xE9);
                if byte.is_ascii_graphic() || is_letter {
                    head[length] = byte;
                    length += 1;
                    if is_letter || length == head.len() {
                        return head;
                    }
                }
            }
        }
        head
    }

    /// The code's text; borrowed unless it is in several pieces.
    pub fn code_text<'a>(&self, source: &'a str, code: &Code) -> Cow<'a, str> {
        match code.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [one] if code.literals.is_empty() => Cow::Borrowed(one.of(source)),
            _ => Cow::Owned(
                code.pieces_with_literals().map(|(piece, text)| text.unwrap_or(piece.of(source))).collect(),
            ),
        }
    }

    /// The language word of a code block's info string, in lower case.
    pub fn code_language<'a>(&self, source: &'a str, code: &Code) -> Cow<'a, str> {
        let info = code.info.of(source).trim_matches(is_blank);
        let language = info.split([' ', '\t', ',', '{']).next().unwrap_or("");
        if language.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(language.to_ascii_lowercase())
        } else {
            Cow::Borrowed(language)
        }
    }

    /// The front matter's value for `key`.
    pub fn front_matter<'a>(&self, source: &'a str, key: &str) -> Option<&'a str> {
        let entry = self.front_matter.iter().find(|entry| entry.key.of(source) == key)?;
        Some(entry.value.of(source))
    }
}

/// Whether nothing of a text is visible.
fn is_all_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && trimmed(text).is_empty()
}

impl Code {
    /// Maps a span of [`Document::code_text`] back to the source.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.offset(span.start, false);
        Span::new(start, self.offset(span.end, true).max(start))
    }

    fn offset(&self, at: u32, as_end: bool) -> u32 {
        let mut before = 0;
        for (piece, literal) in self.pieces_with_literals() {
            let length = literal.map_or(piece.len(), |text| text.len() as u32);
            let inside = at - before;
            if inside < length || (as_end && inside == length) {
                return match literal {
                    None => piece.start + inside,
                    Some(_) if as_end && inside > 0 => piece.end,
                    Some(_) => piece.start,
                };
            }
            before += length;
        }
        self.pieces.last().map_or(self.span.end, |piece| piece.end)
    }

    /// Each piece, with what it stands for if that is not its bytes.
    fn pieces_with_literals(&self) -> impl Iterator<Item = (Span, Option<&str>)> {
        let mut literals = self.literals.iter().peekable();
        self.pieces.iter().enumerate().map(move |(at, piece)| {
            let literal = literals.next_if(|(index, _)| *index as usize == at);
            (*piece, literal.map(|(_, text)| &**text))
        })
    }
}
