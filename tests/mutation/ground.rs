//! A clean translation beside its source, and where on it there is something to damage.
//!
//! Reads lines of its own: what the tool makes of a page must not decide what is tried on it.

use std::ops::Range;

/// A clean page in translation, line by line the same as its source.
pub struct Ground<'p> {
    pub language: &'p str,
    pub clean: &'p str,
    pub lines: Vec<Line<'p>>,
    pub tables: Vec<Table>,
}

/// A line without its end.
pub struct Line<'p> {
    pub at: usize,
    pub text: &'p str,
    /// Whether it stands in a fenced block or opens or closes one.
    pub fenced: bool,
}

/// A pipe table.
pub struct Table {
    /// Its line numbers, the header's first.
    pub lines: Range<usize>,
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
}

impl Table {
    /// Whether a column holds what must not be translated, so that rows can be told apart.
    pub fn has_identifiers(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Name | Column::Member | Column::Uri))
    }
}

/// Cells of a body row.
pub struct Row {
    pub line: usize,
    /// Bytes of the trimmed cells in the clean page.
    pub cells: Vec<Range<usize>>,
}

/// What a column holds, by its header in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Name,
    Member,
    Type,
    Required,
    Method,
    Uri,
    Other,
}

impl<'p> Ground<'p> {
    /// `None` if the two are not aligned.
    pub fn new(language: &'p str, source: &'p str, clean: &'p str) -> Option<Self> {
        let lines = lines(clean);
        let theirs = self::lines(source);
        if lines.len() != theirs.len() || lines.iter().zip(&theirs).any(|(l, r)| l.fenced != r.fenced) {
            return None;
        }
        let tables = tables(&lines, &theirs);
        Some(Self { language, clean, lines, tables })
    }

    /// Rows of all tables that have such a column, with the bytes of its cells.
    pub fn cells(&self, column: Column) -> Vec<(usize, Range<usize>)> {
        let cells = self.tables.iter().flat_map(|table| {
            let at = table.columns.iter().position(|each| *each == column);
            table.rows.iter().filter_map(move |row| Some((row.line, row.cells.get(at?)?.clone())))
        });
        cells.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    /// Cells that hold an identifier and nothing but emphasis around it: the identifier's bytes.
    pub fn names(&self, column: Column) -> Vec<Range<usize>> {
        let bare = |(_, cell): (usize, Range<usize>)| {
            let text = &self.clean[cell.clone()];
            let name = text.trim_matches(['*', '`']);
            let start = cell.start + text.find(name)?;
            is_identifier(name).then_some(start..start + name.len())
        };
        self.cells(column).into_iter().filter_map(bare).collect()
    }

    /// The line that a byte stands on.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.at <= byte) - 1
    }

    /// Bytes of whole lines, their ends included.
    pub fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        let at = |line: usize| self.lines.get(line).map_or(self.clean.len(), |line| line.at);
        at(lines.start)..at(lines.end)
    }

    /// Each section from its heading to the next one of any level.
    pub fn sections(&self) -> Vec<Range<usize>> {
        let heads = self.lines.iter().enumerate().filter(|(_, l)| !l.fenced && l.text.starts_with('#'));
        let mut heads: Vec<usize> = heads.map(|(at, _)| at).collect();
        heads.push(self.lines.len());
        heads.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }
}

/// What code could spell, of more than one letter.
pub fn is_identifier(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// What sets values apart in prose.
pub const VALUE_MARKS: [&str; 2] = ["\"", "**"];

/// Whether a text between two such marks is a value: stress is laid on ordinary words, not on what code spells.
pub fn is_value(mark: &str, text: &str) -> bool {
    let coded = text.contains(['_', '-']) || text.bytes().any(|b| b.is_ascii_digit());
    let hump =
        text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    is_identifier(text) && (mark == "\"" || coded || hump)
}

/// The lines of a page.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut at, mut open, mut found) = (0, false, Vec::new());
    for whole in text.split_inclusive('\n') {
        let text = whole.trim_end_matches(['\n', '\r']);
        let fence = text.trim_start().starts_with("```");
        found.push(Line { at, text, fenced: open || fence });
        open ^= fence;
        at += whole.len();
    }
    found
}

fn tables(lines: &[Line<'_>], theirs: &[Line<'_>]) -> Vec<Table> {
    let is_row = |line: &Line<'_>| !line.fenced && line.text.starts_with('|') && line.text.ends_with('|');
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let length = lines[at..].iter().take_while(|line| is_row(line)).count();
        let delimiter = |line: &Line<'_>| line.text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '));
        if length > 2 && delimiter(&lines[at + 1]) && is_row(&theirs[at]) {
            let header = cells(&theirs[at]);
            let text = |cell: &Range<usize>| {
                theirs[at].text[cell.start - theirs[at].at..][..cell.len()].to_lowercase()
            };
            let columns: Vec<Column> = header.iter().map(|cell| column(&text(cell))).collect();
            let rows = (at + 2..at + length).map(|line| Row { line, cells: cells(&lines[line]) });
            let rows = rows.filter(|row| row.cells.len() == columns.len()).collect();
            tables.push(Table { lines: at..at + length, rows, columns });
        }
        at += length.max(1);
    }
    tables
}

/// Bytes of the trimmed cells of a row.
fn cells(line: &Line<'_>) -> Vec<Range<usize>> {
    let inner = &line.text[1..line.text.len() - 1];
    let (mut at, mut found) = (line.at + 1, Vec::new());
    for cell in inner.split('|') {
        let start = at + cell.len() - cell.trim_start().len();
        found.push(start..start + cell.trim().len());
        at += cell.len() + 1;
    }
    found
}

fn column(header: &str) -> Column {
    match header.trim_matches('*') {
        "property" | "name" | "parameter" => Column::Name,
        "value" => Column::Member,
        "type" => Column::Type,
        "required" => Column::Required,
        "method" => Column::Method,
        "request uri" => Column::Uri,
        _ => Column::Other,
    }
}
