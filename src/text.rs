//! Places in text: files, byte spans, lines and columns.
//!
//! Everything inside the crate counts **bytes**. Lines and columns exist only where a printer asks
//! [`LineIndex`] for them. Absent here: reading files, knowing what the text means.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A source text of this run, by its position in the sorted list of inputs and spec files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one text: `start..end`, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end` in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// An empty span at `at`.
    pub const fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text it covers; empty when it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Moved right by `by` bytes.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Without the white space (also no-break and zero-width) at both ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut start, mut end) = (self.start as usize, self.end as usize);
        if end > bytes.len() || start > end {
            return Self::empty(self.start);
        }
        // Line ends and the blanks beside the pipes of tables come off a byte at a time: there are few of them.
        while start < end && bytes[start].is_ascii_whitespace() {
            start += 1;
        }
        while start < end && bytes[end - 1].is_ascii_whitespace() {
            end -= 1;
        }
        let span = Self { start: start as u32, end: end as u32 };
        if start >= end || bytes[start].is_ascii_graphic() && bytes[end - 1].is_ascii_graphic() {
            return span;
        }
        // Other white space is rare and costs decoding.
        let inner = &bytes[start..end];
        if starts_visibly(inner) && ends_visibly(inner) { span } else { span.trimmed_by_character(text) }
    }

    fn trimmed_by_character(self, text: &str) -> Self {
        let slice = self.of(text);
        let front = trimmed_start(slice);
        let start = self.start + (slice.len() - front.len()) as u32;
        let end = start + trimmed_end(front).len() as u32;
        Self { start, end }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32 }
    }
}

/// White space in the sense of a reader: Unicode white space and the invisible characters
/// (ZWSP, ZWNJ, word joiner, byte order mark) that editors and translation tools leave behind.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}')
}

/// A character without width: joiners, direction marks, soft hyphen.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}' | '\u{180E}')
}

/// Without what [`is_blank`] at both ends.
pub fn trimmed(text: &str) -> &str {
    trimmed_end(trimmed_start(text))
}

fn trimmed_start(text: &str) -> &str {
    if starts_visibly(text.as_bytes()) { text } else { text.trim_start_matches(is_blank) }
}

fn trimmed_end(text: &str) -> &str {
    if ends_visibly(text.as_bytes()) { text } else { text.trim_end_matches(is_blank) }
}

/// Whether UTF-8 begins with ASCII that is not blank, a letter of two bytes or an ideograph. Most texts do, and it
/// takes no decoding; others may begin visibly as well.
fn starts_visibly(utf8: &[u8]) -> bool {
    matches!(utf8, [b'!'..=b'~' | 0xC3..=0xDF | 0xE4..=0xE9, ..])
}

/// Whether UTF-8 ends with one of those characters.
fn ends_visibly(utf8: &[u8]) -> bool {
    matches!(
        utf8,
        [.., b'!'..=b'~'] | [.., 0xC3..=0xDF, 0x80..=0xBF] | [.., 0xE4..=0xE9, 0x80..=0xBF, 0x80..=0xBF]
    )
}

/// The lines of a text without their ends, as [`str::lines`] has them; short ones cost less here.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let next = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (line, after) = rest.split_at(next);
        rest = after;
        let Some(line) = line.strip_suffix('\n') else { return Some(line) };
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

/// A span with the file it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A line and column for people: both 1-based, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values.
    pub column: u32,
}

/// Where each line of one text starts.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters before each [`STRIDE`] bytes of the text; made when a long line is first asked about.
    characters: OnceLock<Vec<u32>>,
}

/// Up to so many bytes are counted for each column. A page of one line of megabytes may have thousands.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Indexes `text`; a line ends after `\n`.
    pub fn new(text: &str) -> Self {
        // Lines of documentation are some 40 bytes long; growing the list would copy it several times.
        let mut starts = Vec::with_capacity(1 + text.len() / 32);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts, characters: OnceLock::new() }
    }

    /// The 1-based line of byte `at`.
    pub fn line(&self, at: u32) -> u32 {
        self.starts.partition_point(|start| *start <= at) as u32
    }

    /// Line and column of byte `at` in `text`, the text that was indexed.
    pub fn line_column(&self, text: &str, at: u32) -> LineColumn {
        let line = self.line(at);
        let start = self.starts[line as usize - 1];
        let before = if (at - start) as usize <= STRIDE {
            characters(&text.as_bytes()[start as usize..at as usize])
        } else {
            self.characters_before(text, at) - self.characters_before(text, start)
        };
        LineColumn { line, column: before + 1 }
    }

    /// How many characters stand before byte `at` of `text`.
    fn characters_before(&self, text: &str, at: u32) -> u32 {
        let bytes = text.as_bytes();
        let sums = self.characters.get_or_init(|| {
            let sum = |sum: &mut u32, stride| {
                let before = *sum;
                *sum += characters(stride);
                Some(before)
            };
            bytes.chunks(STRIDE).scan(0, sum).collect()
        });
        let stride = (at as usize).saturating_sub(1) / STRIDE;
        let sum = sums.get(stride).copied().unwrap_or(0);
        sum + characters(&bytes[stride * STRIDE..at as usize])
    }

    /// The bytes of 1-based `line`, without its line end.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let start = self.starts[line as usize - 1];
        let end = self.starts.get(line as usize).copied().unwrap_or(text.len() as u32);
        let slice = Span::new(start, end).of(text);
        Span::new(start, start + slice.trim_end_matches(['\n', '\r']).len() as u32)
    }

    /// How many lines there are, at least 1.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }
}

/// The characters that begin in some UTF-8.
pub fn characters(utf8: &[u8]) -> u32 {
    utf8.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let text = format!("é\n{}\nab", "x車é🛒".repeat(3000));
        let index = LineIndex::new(&text);
        let line = index.line_span(&text, 2);
        for (column, (at, _)) in line.of(&text).char_indices().enumerate() {
            let expected = LineColumn { line: 2, column: column as u32 + 1 };
            assert_eq!(index.line_column(&text, line.start + at as u32), expected);
        }
        let end = text.len() as u32;
        assert_eq!(index.line_column(&text, end), LineColumn { line: 3, column: 3 });
    }

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "\n", "a", "a\n", "a\r\n\n\rb\r", "\r\n\r\n車\n\n"] {
            assert!(lines(text).eq(text.lines()), "{text:?}");
        }
    }

    #[test]
    fn no_blank_is_visible() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| is_blank(*c)) {
            let text = String::from(c);
            assert!(!starts_visibly(text.as_bytes()) && !ends_visibly(text.as_bytes()), "{c:?}");
        }
    }

    #[test]
    fn blanks_of_any_script_are_trimmed() {
        for (text, inner) in [
            ("\u{feff} a b\u{a0}\n", "a b"),
            ("é", "é"),
            ("\u{3000}車\u{200b}", "車"),
            ("\u{200b}", ""),
            ("", ""),
        ] {
            assert_eq!(trimmed(text), inner);
            assert_eq!(Span::new(0, text.len() as u32).trimmed(text).of(text), inner);
        }
    }
}
