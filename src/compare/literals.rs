//! What cells set apart from their prose: texts in code, bold type or quotes.
//!
//! Absent here: which of them are values, and whether they are right.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;

use crate::compare::names::is_identifier;
use crate::document::{Inline, Style, View};
use crate::facts::Page;
use crate::normalize::values;
use crate::text::{Span, is_blank};

/// No cell names more values than this; each is looked for among all runs of its cell.
const MOST: usize = 256;
/// Up to so many bytes are searched without a searcher.
const SHORT: usize = 1024;

/// How a text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Inline code.
    Code,
    /// Bold type.
    Strong,
    /// Quotes of any language.
    Quotes,
}

/// A text that a cell sets apart, without a comma or full stop that slipped in.
#[derive(Debug, Clone)]
pub struct Literal<'p> {
    /// What it says, at most one line long.
    pub text: Cow<'p, str>,
    /// Its bytes in the page, without its marks; nothing where they cannot be told from what stands around.
    pub span: Option<Span>,
    /// Its bytes in the cell's text.
    pub at: Range<usize>,
    /// How.
    pub mark: Mark,
    /// Whether it is (part of) the text of a link.
    pub linked: bool,
}

/// What a cell sets apart, with the text around. Of a reference page it is read once for all translations.
pub struct SetApart<'p> {
    /// The cell's text.
    pub text: Cow<'p, str>,
    /// Never empty.
    pub literals: Vec<Literal<'p>>,
    /// How many of the literals say what each of them says.
    pub times: Vec<usize>,
    listed: OnceLock<Vec<bool>>,
}

impl<'p> SetApart<'p> {
    /// What `literals` are of `text`; nothing if there are none.
    pub fn new(text: Cow<'p, str>, literals: Vec<Literal<'p>>) -> Option<Self> {
        let alike =
            |literal: &Literal<'_>| literals.iter().filter(|other| other.text == literal.text).count();
        let times = literals.iter().map(alike).collect();
        (!literals.is_empty()).then_some(Self { text, literals, times, listed: OnceLock::new() })
    }

    /// Whether each literal stands in a list of its like: commas, line breaks or one short word lie between two.
    pub fn listed(&self) -> &[bool] {
        self.listed.get_or_init(|| {
            let mut listed = vec![false; self.literals.len()];
            for mark in [Mark::Code, Mark::Strong, Mark::Quotes] {
                // Quotes may hold values of several words; stress on several words is stress.
                let is_like = |(_, literal): &(usize, &Literal<'_>)| {
                    literal.mark == mark
                        && !literal.linked
                        && (mark == Mark::Quotes || is_identifier(&literal.text))
                };
                let like: Vec<_> = self.literals.iter().enumerate().filter(is_like).collect();
                for pair in like.windows(2) {
                    let [(left, before), (right, after)] = pair else { continue };
                    if between(&self.text, before, after).is_some() {
                        (listed[*left], listed[*right]) = (true, true);
                    }
                }
            }
            listed
        })
    }
}

/// The literals of a cell in one of the page's languages, in order. `shown` is [`crate::document::Document::text`]
/// of the cell in that view.
pub fn in_cell<'p>(page: &'p Page, cell: Inline, view: View, shown: &str) -> Vec<Literal<'p>> {
    let (document, text) = (&page.document, page.source.text.as_str());
    let runs = document.inline_runs(cell).iter().filter(|run| view.shows(run.half));
    let mut found: Vec<Literal<'p>> = Vec::new();
    // The text of the runs begins with blanks that `shown` lacks.
    let mut blank = true;
    let mut at = 0;
    let mut last = None;
    for run in runs {
        let mut words = document.run_text(text, run);
        if blank {
            words = words.trim_start_matches(is_blank);
            blank = words.is_empty();
        }
        let end = (at + words.len()).min(shown.len());
        let mark = match run.style {
            style if style.has(Style::BREAK) => None,
            style if style.has(Style::CODE) => Some(Mark::Code),
            style if style.has(Style::STRONG) => Some(Mark::Strong),
            _ => None,
        };
        if let Some(mark) = mark.filter(|_| !words.is_empty()) {
            let room = found.len() < MOST;
            // An escape or an entity parts the runs of one text in bold, with at most a backslash in between.
            let joined = |open: &&mut Literal<'_>| {
                let close = open.span.is_some_and(|span| run.span.start <= span.end + 1);
                last == Some(mark) && open.at.end == at && close
            };
            match found.last_mut().filter(joined) {
                Some(open) => {
                    open.text.to_mut().push_str(words);
                    open.span = open.span.map(|span| span.to(run.span));
                    open.at.end = end;
                    open.linked |= run.link > 0;
                }
                None if room => found.push(Literal {
                    text: Cow::Borrowed(words),
                    span: Some(run.span),
                    at: at..end,
                    mark,
                    linked: run.link > 0,
                }),
                None => {}
            }
        }
        last = mark;
        at = end;
    }
    // What stands in quotes within bold type is found by its quotes.
    // `[text](target){:target="_blank"}`: an attribute list is markup.
    let in_attributes = |range: &Range<usize>| {
        let before = shown.get(..range.start).unwrap_or_default();
        before
            .rfind('{')
            .is_some_and(|open| before[open..].starts_with("{:") && !before[open..].contains('}'))
    };
    let quoted = values::quoted(shown).into_iter().take(MOST).filter(|range| !in_attributes(range));
    let quoted: Vec<Range<usize>> = quoted.collect();
    found.retain(|literal| !quoted.iter().any(|range| meets(range, &literal.at) && *range != literal.at));
    for range in quoted {
        if found.iter().any(|literal| meets(&literal.at, &range)) {
            continue;
        }
        let Some(words) = shown.get(range.clone()) else { continue };
        let span = document.source_span(text, cell, view, shown, Span::from(range.clone()));
        found.push(Literal {
            text: Cow::Owned(words.to_owned()),
            span,
            at: range,
            mark: Mark::Quotes,
            linked: false,
        });
    }
    for literal in &mut found {
        trim(literal, text);
    }
    found.retain(|literal| !literal.text.is_empty());
    found.sort_by_key(|literal| literal.at.start);
    found
}

fn meets(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// Takes blanks off, and what ends a clause or belongs to the words around it: `**P1M,**`, `**(P1M** or P1Y)`.
fn trim(literal: &mut Literal<'_>, source: &str) {
    let is_code = literal.mark == Mark::Code;
    let closed = literal.text.contains([')', '）']);
    let opened = literal.text.contains(['(', '（']);
    let before = |c: char| is_blank(c) || !is_code && !closed && matches!(c, '(' | '（');
    let after = |c: char| {
        let ends = matches!(c, ',' | '.' | ';' | ':' | '，' | '。' | '、' | '；' | '：');
        is_blank(c) || !is_code && (ends || !opened && matches!(c, ')' | '）'))
    };
    let whole = literal.text.len();
    let head = whole - literal.text.trim_start_matches(before).len();
    let tail = whole - literal.text.trim_end_matches(after).len();
    if head + tail == 0 {
        return;
    }
    let kept = head..(whole - tail).max(head);
    literal.at = literal.at.start + kept.start..literal.at.start + kept.end;
    // The bytes within may stand for others (escapes), those at the ends must not.
    let (before, after) = (literal.text[..head].to_owned(), literal.text[kept.end..].to_owned());
    literal.span = literal.span.and_then(|span| {
        let bytes = span.of(source);
        let plain = bytes.starts_with(&before) && bytes.ends_with(&after);
        plain.then(|| Span::new(span.start + head as u32, span.end - after.len() as u32))
    });
    literal.text = match &literal.text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[kept]),
        Cow::Owned(text) => Cow::Owned(text[kept].to_owned()),
    };
}

/// How many words part two literals of a list; nothing if they stand in none. What parentheses explain does not count.
pub fn between(text: &str, left: &Literal<'_>, right: &Literal<'_>) -> Option<usize> {
    const MOST: usize = 160;
    let text = text.get(left.at.end..right.at.start).filter(|text| text.len() <= MOST)?;
    let (mut depth, mut words, mut letters, mut in_word) = (0_u32, 0, 0, false);
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            // A path through menus, or another sentence.
            '>' | '→' | '.' | ':' | '!' | '。' | '：' | '！' => return None,
            _ if depth > 0 => {}
            c if c.is_alphanumeric() => {
                words += usize::from(!in_word);
                letters += 1;
                in_word = true;
                continue;
            }
            _ => {}
        }
        in_word = false;
    }
    (words <= 1 && letters <= 8).then_some(words)
}

/// How often `word` stands in `text` as a word of its own, or as the head of a compound: `LabelInk-listor`.
pub fn occurrences(text: &str, word: &str) -> usize {
    let joint = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let stands_alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !joint(before) && !joint(bytes.get(at + word.len()))
    };
    if bytes.len() > SHORT {
        return memmem::find_iter(bytes, word).filter(|at| stands_alone(*at)).count();
    }
    // Making a searcher ready would cost more than the search itself.
    let Some(first) = word.first() else { return 0 };
    let (mut count, mut end) = (0, 0);
    for at in memchr::memchr_iter(*first, bytes) {
        if at >= end && bytes[at..].starts_with(word) {
            count += usize::from(stands_alone(at));
            end = at + word.len();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_alone() {
        for (text, word, count) in [
            ("P1M or P1Y", "P1M", 1),
            ("P1M, P1M,P1M", "P1M", 3),
            ("P1MP1M xP1M P1M_", "P1M", 0),
            ("LabelInk-listor", "LabelInk", 1),
            ("a-a-a", "a-a", 1),
            ("värdet ärdet", "ärdet", 1),
            ("", "P1M", 0),
        ] {
            assert_eq!(occurrences(text, word), count, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn short_and_long_texts_are_searched_alike(text in "[ab_ -]{0,40}", word in "[ab-]{1,3}") {
            let long = text.clone() + &" ".repeat(SHORT);
            proptest::prop_assert_eq!(occurrences(&text, &word), occurrences(&long, &word));
        }
    }
}
