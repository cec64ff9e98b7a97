//! The form of one field: a name, what stands beside it in brackets or marks, a sign, a description.

use super::COLUMNS;
use crate::document::{Document, Inline, Run, Style};
use crate::facts::METHODS;
use crate::text::{Span, is_blank};

/// Longest name, in bytes.
const LONGEST_NAME: usize = 96;
/// Longest text beside a name, in bytes.
const LONGEST_META: usize = 200;
/// More words than this are no name, in whatever language.
const NAME_WORDS: usize = 4;

/// How the name is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As code.
    Code,
    /// As strong text.
    Strong,
    /// By what follows it alone.
    Plain,
}

/// A text that has the form of a field.
#[derive(Debug)]
pub(super) struct Parsed {
    pub kind: Kind,
    /// Whether something stands beside the name, as types do.
    pub typed: bool,
    /// Whether something follows the name at all.
    pub followed: bool,
    /// Whether the name is spelled as code is.
    pub identifier: bool,
    pub cells: [Span; COLUMNS],
}

/// The cells of a text that is all description.
pub(super) fn described(whole: Span) -> [Span; COLUMNS] {
    let nothing = Span::empty(whole.start);
    [nothing, nothing, nothing, nothing, whole]
}

/// Reads a paragraph as a field.
pub(super) fn read(doc: &Document, source: &str, whole: Inline) -> Option<Parsed> {
    let shown = Shown::of(doc, source, whole)?;
    let (kind, name) = shown.name()?;
    let text = shown.text.as_str();
    let words = text.get(name.start..name.end)?;
    if !may_be_name(words) {
        return None;
    }
    let mut at = name.end;
    let mut name_end = name.end;
    if let Some(mark) = text[at..].chars().next().filter(|c| matches!(c, '*' | '?' | '†')) {
        at += mark.len_utf8();
        name_end = at;
    }
    if kind == Kind::Strong && text[name.start..name.end].ends_with([':', '：']) {
        name_end = text[..name.end].trim_end_matches([':', '：']).len();
        at = name_end;
    }
    let beside = shown.metas(at);
    at = beside.map_or(at, |meta| meta.after);
    let sign = sign(&text[at..]);
    let mut metas = beside;
    let mut rest = at + sign.unwrap_or(0);
    if sign.is_some() && metas.is_none() {
        metas = shown.metas(rest).filter(|meta| shown.is_meta(meta));
        if let Some(meta) = metas {
            rest = meta.after + self::sign(&text[meta.after..]).unwrap_or(0);
        }
    }
    let ended = text[at..].chars().all(|c| is_blank(c) || c == '.');
    if sign.is_none() && !ended && !(metas.is_some() && kind != Kind::Plain) {
        return None;
    }
    if kind == Kind::Plain && (metas.is_none() || sign.is_none() && !ended) {
        return None;
    }
    let mut cells = described(whole.span);
    cells[0] = shown.span(name.start, name_end)?;
    cells[1] = match metas {
        Some(meta) => shown.span(meta.start, meta.end)?,
        None => Span::empty(cells[0].end),
    };
    (cells[2], cells[3]) = (Span::empty(cells[1].end), Span::empty(cells[1].end));
    let left = text[rest..].trim_start_matches(is_blank);
    let start = text.len() - left.len();
    let end = start + left.trim_end_matches(is_blank).len();
    cells[4] = if start < end {
        Span::new(shown.span(start, end)?.start, whole.span.end)
    } else {
        Span::empty(whole.span.end)
    };
    if cells.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return None;
    }
    let followed = sign.is_some() || metas.is_some();
    Some(Parsed { kind, typed: metas.is_some(), followed, identifier: is_spelled_as_code(words), cells })
}

/// The name on a line that names a field and nothing else, and what stands beside it.
pub(super) fn term(doc: &Document, source: &str, whole: Inline, line: Span) -> Option<(Span, Option<Span>)> {
    let runs = doc.inline_runs(whole);
    let first = runs.partition_point(|run| run.span.start < line.start) as u32;
    let end = runs.partition_point(|run| run.span.start < line.end) as u32;
    let inline = Inline { span: line, first: whole.first + first, end: whole.first + end };
    let shown = Shown::of(doc, source, inline)?;
    let (_, name) = shown.name()?;
    if !may_be_name(shown.text.get(name.start..name.end)?) {
        return None;
    }
    let rest = &shown.text[name.end..];
    let mark = rest.chars().next().filter(|c| matches!(c, '*' | '?' | '†')).map_or(0, char::len_utf8);
    let meta = shown.metas(name.end + mark);
    let after = meta.map_or(name.end + mark, |meta| meta.after);
    if !shown.text[after..].chars().all(is_blank) {
        return None;
    }
    let beside = match meta {
        Some(meta) => Some(shown.span(meta.start, meta.end)?),
        None => None,
    };
    Some((shown.span(name.start, name.end + mark)?, beside))
}

/// What a heading names.
pub(super) struct Named {
    pub name: Span,
    /// What stands beside the name, as types do.
    pub beside: Option<Span>,
    /// Whether the name is set apart as code, or spelled as such.
    pub coded: bool,
    /// Whether it is set apart as code.
    pub in_code: bool,
}

/// Reads a heading that names a field and nothing else.
pub(super) fn heading(doc: &Document, source: &str, whole: Inline) -> Option<Named> {
    let (name, beside) = term(doc, source, whole, whole.span)?;
    let run = doc.inline_runs(whole).first()?;
    let words = name.of(source);
    let in_code = run.style.has(Style::CODE);
    let coded = in_code || is_spelled_as_code(words.trim_matches(['*', '?']));
    Some(Named { name, beside, coded, in_code })
}

/// Whether a text set apart may name a field: it is no path, request, call or file.
fn may_be_name(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let fits =
        !text.is_empty() && text.len() <= LONGEST_NAME && text.split_whitespace().count() <= NAME_WORDS;
    fits && !METHODS.contains(&first)
        && !text.starts_with(['/', '{', '<', '$'])
        && !text.contains("://")
        && !text.ends_with([')', '/', ';'])
        && !text.contains('=')
}

/// Whether a programmer would see code in a name without marks: a hump, a joint, or brackets within.
pub(super) fn is_spelled_as_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = bytes
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'[' | b']' | b'$'));
    let hump = bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let joint = bytes.windows(3).any(|three| {
        three[0].is_ascii_alphanumeric()
            && matches!(three[1], b'_' | b'.')
            && three[2].is_ascii_alphanumeric()
    });
    plain && (hump || joint || text.contains("[]"))
}

/// The sign between a name and its description at the start of `text`: its length with the blanks before it.
fn sign(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '\t', '\u{a0}']);
    let gap = text.len() - rest.len();
    let ends = |length: usize| rest[length..].chars().next().is_none_or(is_blank);
    for sign in [":", "：", "=>", "→", "--", "–", "—", "-", "\n"] {
        if rest.starts_with(sign) {
            let spaced = matches!(sign, "：" | "\n" | "—" | "→") || ends(sign.len());
            return spaced.then_some(gap + sign.len());
        }
    }
    None
}

/// What stands beside a name, in bytes of the shown text.
#[derive(Debug, Clone, Copy)]
struct Meta {
    start: usize,
    end: usize,
    /// Behind its bracket.
    after: usize,
    pieces: u32,
}

/// Part of a shown text.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
}

/// A paragraph as readers see it; line breaks are `\n`.
pub(super) struct Shown<'d> {
    pub text: String,
    /// Where each run begins.
    runs: Vec<(usize, &'d Run)>,
}

impl<'d> Shown<'d> {
    /// `None` for what is too long to be looked at, and for an image.
    pub fn of(doc: &'d Document, source: &str, whole: Inline) -> Option<Self> {
        const LONGEST: usize = 4096;
        let mut shown = Self { text: String::new(), runs: Vec::new() };
        for run in doc.inline_runs(whole) {
            shown.runs.push((shown.text.len(), run));
            if run.style.has(Style::BREAK) {
                shown.text.push('\n');
            } else if shown.text.len() < LONGEST {
                shown.text.push_str(doc.run_text(source, run));
            } else {
                // What stands so far behind is description.
                break;
            }
        }
        Some(shown).filter(|shown| !shown.runs.is_empty())
    }

    /// The run at a byte, and where it begins.
    pub fn run(&self, at: usize) -> Option<(usize, &'d Run)> {
        let behind = self.runs.partition_point(|(start, _)| *start <= at);
        self.runs.get(behind.checked_sub(1)?).copied()
    }

    fn end_of(&self, at: usize) -> usize {
        let behind = self.runs.partition_point(|(start, _)| *start <= at);
        self.runs.get(behind).map_or(self.text.len(), |(start, _)| *start)
    }

    /// The name at the start.
    fn name(&self) -> Option<(Kind, Part)> {
        let start = self.text.len() - self.text.trim_start_matches(is_blank).len();
        let (_, run) = self.run(start)?;
        if run.style.has(Style::CODE) {
            let mut end = self.end_of(start);
            // `a`, `b`: two names of one field.
            loop {
                let rest = &self.text[end..];
                let next = rest.trim_start_matches([' ', ',', '|', '/', '、']);
                let begin = self.text.len() - next.len();
                let joined = begin > end && rest[..begin - end].trim().chars().count() == 1;
                if !joined
                    || !self.run(begin).is_some_and(|(at, run)| at == begin && run.style.has(Style::CODE))
                {
                    break;
                }
                end = self.end_of(begin);
            }
            return Some((Kind::Code, Part { start, end }));
        }
        if run.style.has(Style::STRONG) && run.link == 0 {
            return Some((Kind::Strong, Part { start, end: self.end_of(start) }));
        }
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']' | '$' | '@');
        let length = self.text[start..].find(|c: char| !is_name(c)).unwrap_or(self.text.len() - start);
        let name = &self.text[start..start + length];
        let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let plain = run.style == Style::default() && run.link == 0 && begins && !name.ends_with('.');
        plain.then_some((Kind::Plain, Part { start, end: start + length }))
    }

    /// What stands in brackets or marks at `at`, several of them one behind the other.
    fn metas(&self, at: usize) -> Option<Meta> {
        let mut found: Option<Meta> = None;
        let mut at = at;
        loop {
            let rest = &self.text[at..];
            let inner = rest.trim_start_matches([' ', '\t', '\u{a0}', ',', '，', '、']);
            let begin = self.text.len() - inner.len();
            let Some((start, end, after)) = self.meta(begin) else { break };
            let meta = found.get_or_insert(Meta { start, end, after, pieces: 0 });
            (meta.end, meta.after) = (end, after);
            meta.pieces += 1;
            if end - meta.start > LONGEST_META {
                return None;
            }
            at = after;
        }
        found
    }

    /// One bracket, code span or emphasis at `at`: its content, and where it ends.
    fn meta(&self, at: usize) -> Option<(usize, usize, usize)> {
        let rest = &self.text[at..];
        let open = rest.chars().next()?;
        let close = match open {
            '(' => ')',
            '[' => ']',
            '（' => '）',
            '【' => '】',
            '{' => '}',
            _ => {
                let (begin, run) = self.run(at)?;
                let marked = run.style.has(Style::CODE) || run.style.has(Style::EMPHASIS);
                let end = self.end_of(at);
                let short = end - at <= LONGEST_META / 2 && !run.style.has(Style::BREAK);
                return (begin == at && marked && short).then_some((at, end, end));
            }
        };
        let mut depth = 0;
        for (offset, c) in rest.char_indices().take(LONGEST_META) {
            if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
            }
            if depth == 0 {
                let inner = Part { start: at + open.len_utf8(), end: at + offset };
                let text = self.text[inner.start..inner.end].trim_matches(is_blank);
                let start = inner.end - self.text[inner.start..inner.end].trim_start_matches(is_blank).len();
                return (!text.is_empty()).then_some((
                    start,
                    start + text.len(),
                    at + offset + close.len_utf8(),
                ));
            }
        }
        None
    }

    /// Whether what stands behind the sign is a type and the like rather than the first words of a sentence.
    fn is_meta(&self, meta: &Meta) -> bool {
        let rest = &self.text[meta.after..];
        let line_ends = rest.trim_start_matches([' ', '\t', '.']);
        let parted = line_ends.starts_with('\n') || sign(rest).is_some();
        parted || meta.pieces > 1 && (rest.starts_with('.') || line_ends.is_empty())
    }

    /// The source bytes of a part. `None` if it begins or ends within what cannot be cut.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (from, first) = self.run(start)?;
        let (to, last) = self.run(end.checked_sub(1)?)?;
        let whole_start = super::runs::is_divisible(first) || from == start;
        let whole_end = super::runs::is_divisible(last) || self.end_of(end - 1) == end;
        if !whole_start || !whole_end {
            return None;
        }
        let begin = if super::runs::is_divisible(first) {
            first.span.start + (start - from) as u32
        } else {
            first.span.start
        };
        let stop =
            if super::runs::is_divisible(last) { last.span.start + (end - to) as u32 } else { last.span.end };
        (begin <= stop).then_some(Span::new(begin, stop))
    }
}
