//! The part of a source line that a report quotes: escaped, and short even where the line is not.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::escape::{HASH, has_command, push_visible};
use crate::text::Span;

/// Columns that a quoted line may take where nothing says how many there are.
pub const LINE: usize = 116;
/// The least of them: fewer show nothing.
const LEAST: usize = 32;

/// A quoted line, as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What is shown.
    pub text: String,
    /// The bytes of `text` that show the span.
    pub span: Range<usize>,
}

/// Quotes the line at bytes `line` of `text` around `span`, which starts on it. Of a span that goes on
/// over several lines the part on the first is shown. It takes at most `columns`.
pub fn excerpt(text: &str, line: Span, span: Span, columns: usize) -> Excerpt {
    let columns = columns.max(LEAST);
    // The span may take most of them; some are kept before it when the line is cut.
    let (most, least_before) = (columns * 72 / LINE, columns * 28 / LINE);
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    let (before, inside, after) = (
        Span::new(line.start, start).of(text),
        Span::new(start, end).of(text),
        Span::new(end, line.end).of(text),
    );

    // Each part is only walked as far as it can be shown: a cell may be a megabyte long.
    let (inside_bytes, inside_columns) = fitting(inside.chars(), most);
    let rest = columns - inside_columns;
    let (before_all, before_columns) = fitting(before.chars().rev(), rest);
    let (after_all, after_columns) = fitting(after.chars(), rest);
    let whole =
        before_all == before.len() && after_all == after.len() && before_columns + after_columns <= rest;
    let (before_bytes, after_bytes) = if whole {
        (before_all, after_all)
    } else {
        let (before_bytes, columns) =
            fitting(before.chars().rev(), least_before.max(rest.saturating_sub(after_columns)));
        (before_bytes, fitting(after.chars(), rest.saturating_sub(columns)).0)
    };

    let mut shown = String::new();
    if before_bytes < before.len() {
        shown.push('…');
    }
    push(&mut shown, &before[before.len() - before_bytes..]);
    let from = shown.len();
    push(&mut shown, &inside[..inside_bytes]);
    let to = shown.len();
    if inside_bytes < inside.len() {
        shown.push('…');
    } else {
        push(&mut shown, &after[..after_bytes]);
        if after_bytes < after.len() {
            shown.push('…');
        }
    }
    if !has_command(&shown) {
        return Excerpt { text: shown, span: from..to };
    }
    let [before, inside, after] =
        [&shown[..from], &shown[from..to], &shown[to..]].map(|part| part.replace('#', HASH));
    let (from, to) = (before.len(), before.len() + inside.len());
    Excerpt { text: [before, inside, after].concat(), span: from..to }
}

fn push(out: &mut String, part: &str) {
    for c in part.chars() {
        if c == '\t' { out.push(' ') } else { push_visible(out, c) }
    }
}

/// How many bytes of the characters fit into `limit` columns, and how many columns they take.
fn fitting(chars: impl Iterator<Item = char>, limit: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for c in chars {
        let width = columns_of(c);
        if columns + width > limit {
            break;
        }
        bytes += c.len_utf8();
        columns += width;
    }
    (bytes, columns)
}

/// Columns the character takes in its visible form.
fn columns_of(c: char) -> usize {
    match c {
        '\t' => 1,
        _ if super::escape::is_hidden(c) => 8,
        _ => c.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole_line(text: &str, start: usize, end: usize) -> Excerpt {
        excerpt(text, Span::new(0, text.len() as u32), Span::from(start..end), LINE)
    }

    #[test]
    fn a_short_line_is_quoted_whole() {
        let quoted = whole_line("| quantité\t| int |", 2, 11);
        assert_eq!(quoted, Excerpt { text: "| quantité | int |".to_owned(), span: 2..11 });
    }

    #[test]
    fn hidden_characters_move_the_span() {
        let quoted = whole_line("\u{200b}ab", 3, 4);
        assert_eq!(quoted, Excerpt { text: "\\u{200b}ab".to_owned(), span: 8..9 });
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let line = format!("{}数量{}", "x".repeat(1 << 20), "y".repeat(1 << 20));
        let quoted = whole_line(&line, 1 << 20, (1 << 20) + 6);
        assert_eq!(&quoted.text[quoted.span.clone()], "数量");
        assert!(quoted.text.starts_with("…xx") && quoted.text.ends_with("yy…"));
        assert!(quoted.text.chars().count() <= LINE + 2);
    }

    #[test]
    fn a_long_span_is_cut_too() {
        let quoted = whole_line(&"車".repeat(1000), 3, 3000);
        assert!(quoted.text.ends_with('…') && quoted.span.end <= quoted.text.len());
    }

    #[test]
    fn a_span_over_several_lines_shows_its_first() {
        let text = "ab\ncd\n";
        assert_eq!(
            excerpt(text, Span::new(0, 2), Span::new(1, 5), LINE),
            Excerpt { text: "ab".to_owned(), span: 1..2 }
        );
    }
}
