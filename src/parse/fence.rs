//! Code blocks: where their text lies, whether they end, and fences that translation made invisible.

use std::borrow::Cow;

use crate::document::{Code, Document, Problem, ProblemKind};
use crate::text::{Span, is_blank, lines};

/// A code block with the bytes `span`, fences included; a fence counts as open until [`close`].
pub(super) fn open(source: &str, span: Span, fenced: bool) -> Code {
    let mut info = Span::empty(span.start);
    if fenced {
        let block = span.of(source);
        let line = lines(block).next().unwrap_or("");
        let mark = line.trim_start_matches(is_blank).trim_start_matches(['`', '~']);
        let start = span.start + (line.len() - mark.len()) as u32;
        info = Span::new(start, start + mark.len() as u32).trimmed(source);
    }
    Code { span, info, closed: !fenced, ..Code::default() }
}

/// Adds the text at `span`, in one piece with the text before it where only the `\r` stands between that
/// the parser leaves out of `\r\n`.
pub(super) fn add(source: &str, code: &mut Code, span: Span) {
    let after_literal = code.literals.last().is_some_and(|(at, _)| *at as usize + 1 == code.pieces.len());
    if let Some(last) = code.pieces.last_mut().filter(|_| !after_literal)
        && (last.end == span.start
            || last.end + 1 == span.start && source.as_bytes().get(last.end as usize) == Some(&b'\r'))
    {
        last.end = span.end;
        return;
    }
    code.pieces.push(span);
}

/// Adds the entity at `span` that stands for `literal`.
pub(super) fn add_literal(code: &mut Code, span: Span, literal: &str) {
    code.literals.push((code.pieces.len() as u32, literal.into()));
    code.pieces.push(span);
}

/// Finds out whether the block was closed, at its end.
pub(super) fn close(source: &str, code: &mut Code, problems: &mut Vec<Problem>) {
    if code.closed {
        return;
    }
    let block = code.span.of(source);
    let opening = lines(block).next().map_or(0, str::len) as u32;
    let after = code.pieces.last().map_or(code.span.start + opening, |piece| piece.end);
    let tail = Span::new(after, code.span.end).of(source);
    let mark = block.trim_start_matches(is_blank).chars().next().unwrap_or('`');
    code.closed = tail.contains(mark);
    if !code.closed {
        let span = Span::new(code.span.start, code.span.start + opening);
        problems.push(Problem { span, kind: ProblemKind::UnclosedFence });
    }
}

/// Whether `line` is a fence behind white space that Markdown does not see as such (ZWSP, a byte order
/// mark, a no-break space), so that the block would be read as text, and the text after it as code.
pub(super) fn is_hidden(line: &str) -> bool {
    hidden_mark(line).is_some()
}

/// Byte ranges of the invisible junk and of the fence's mark in a line.
fn hidden_mark(line: &str) -> Option<(usize, usize, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let content = line[indent..].trim_start_matches(is_blank);
    let junk = line.len() - indent - content.len();
    let first = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let mark = content.len() - content.trim_start_matches(first).len();
    (junk > 0 && mark >= 3).then_some((indent, junk, mark))
}

/// The text with hidden fences made visible, byte for byte as long: the junk moves behind the mark as
/// spaces, where it is an info string's padding. A single one stays as it is: it would open a block that
/// nothing closes.
pub(super) fn reveal(text: &str) -> Cow<'_, str> {
    let fences = text.lines().filter(|line| is_fence(line)).count();
    if fences < 2 {
        return Cow::Borrowed(text);
    }
    let mut revealed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let Some((indent, junk, mark)) = hidden_mark(line) else {
            revealed.push_str(line);
            continue;
        };
        let (before, rest) = line.split_at(indent);
        revealed.push_str(before);
        revealed.push_str(&rest[junk..junk + mark]);
        revealed.extend(std::iter::repeat_n(' ', junk));
        revealed.push_str(&rest[junk + mark..]);
    }
    Cow::Owned(revealed)
}

/// Notes what hides the fences of the blocks that were found once it was out of the way.
pub(super) fn report_hidden(text: &str, doc: &mut Document) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((indent, junk, _)) = hidden_mark(line) {
            let span = Span::new(start + indent as u32, start + (indent + junk) as u32);
            let after = doc.codes.partition_point(|code| code.span.start <= span.start);
            let code = after.checked_sub(1).map(|at| &doc.codes[at]);
            // Such a line may also be shown as code, in a longer fence.
            let is_mark = |code: &Code| {
                let text_end = code.pieces.last().map_or(code.span.start, |piece| piece.end);
                code.span.start == span.start || text_end <= span.start && span.start < code.span.end
            };
            if code.is_some_and(is_mark) {
                doc.problems.push(Problem { span, kind: ProblemKind::HiddenFence });
            }
        }
        start += line.len() as u32;
    }
}

fn is_fence(line: &str) -> bool {
    let content = line.trim_start_matches(|c| is_blank(c) || c == '>');
    content.starts_with("```") || content.starts_with("~~~")
}
