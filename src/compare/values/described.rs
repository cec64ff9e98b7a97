//! Values that descriptions name: in code, in quotes, in bold.

use std::cell::OnceCell;

use crate::compare::align::plain_words;
use crate::compare::literals::{Literal, Mark, SetApart, between, in_cell, occurrences};
use crate::compare::names::is_identifier;
use crate::compare::spelling::has_hump;
use crate::compare::values::{LONGEST, Sides, Source};
use crate::compare::words::speaks_for;
use crate::comparison::{AlteredValue, Counterpart};
use crate::document::{Inline, View};
use crate::fold::{is_same_identifier, split_identifier};
use crate::lexicon::Mark as YesNo;
use crate::text::Span;

/// Literals of one cell that are paired each with each; more are not.
const PAIRED: usize = 64;

/// The literals of a cell of the source.
struct Cells<'c, 'a> {
    set_apart: &'c SetApart<'a>,
    /// Which of them the translation has as often.
    is_kept: &'c [bool],
    /// How often it has them.
    counts: &'c [usize],
    source: Source<'a>,
}

impl<'c, 'a> Cells<'c, 'a> {
    fn theirs(&self) -> &'c [Literal<'a>] {
        &self.set_apart.literals
    }
}

/// A literal that the translation lacks, and what stands there instead.
struct Pair {
    /// Position among the literals of the source.
    lost: usize,
    /// Position among those of the translation.
    extra: usize,
}

impl<'a> Sides<'_, 'a> {
    /// A cell of prose that may name values. Returns how many of them are as in the source; of those that only its
    /// examples would tell from words, none.
    pub(super) fn described(
        &self,
        cell: Inline,
        source: Source<'a>,
        set_apart: &SetApart<'a>,
        owner: &dyn Fn() -> String,
        found: &mut Vec<AlteredValue>,
    ) -> usize {
        let shown = self.page.document.text(&self.page.source.text, cell, View::Page);
        if shown.is_empty() || shown.len() > LONGEST {
            return 0;
        }
        let SetApart { text: right, literals: theirs, times, .. } = set_apart;
        let all_kept = |counts: &[usize]| {
            let is_kept = vec![true; theirs.len()];
            self.kept(&Cells { set_apart, is_kept: &is_kept, counts, source })
        };
        if *right == shown {
            return all_kept(&[]);
        }
        let mut counts: Vec<usize> =
            theirs.iter().map(|literal| occurrences(&shown, &literal.text)).collect();
        if counts.iter().zip(times).all(|(count, wanted)| count >= wanted) {
            return all_kept(&counts);
        }
        let own = in_cell(self.page, cell, View::Page, &shown);
        for (literal, count) in theirs.iter().zip(&mut counts) {
            *count = self.count(cell, *count, &own, &literal.text);
        }
        let is_kept: Vec<bool> = counts.iter().zip(times).map(|(count, wanted)| count >= wanted).collect();
        let cells = Cells { set_apart, is_kept: &is_kept, counts: &counts, source };
        let kept = self.kept(&cells);
        let mut lost: Vec<usize> =
            (0..theirs.len()).filter(|at| !is_kept[*at] && self.is_value(*at, &cells)).collect();
        if lost.is_empty() {
            return kept;
        }
        let is_extra = |literal: &Literal<'_>| {
            !theirs.iter().any(|other| other.text == literal.text)
                && !theirs
                    .iter()
                    .zip(&is_kept)
                    .any(|(other, kept)| *kept && occurrences(&literal.text, &other.text) > 0)
        };
        let extra: Vec<usize> =
            (0..own.len()).filter(|at| is_extra(&own[*at]) && is_whole(&own[*at].text)).collect();
        let text = self.page.source.text.as_str();
        if extra.iter().any(|at| own[*at].span.is_some_and(|span| is_inside_out(text, span))) {
            // One mark too many turned code and prose inside out: nobody can tell what was what.
            return kept;
        }
        let pairs = self.pairs(&cells, &lost, (&own, &extra), &shown);
        lost.retain(|at| counts[*at] == 0 && pairs.iter().all(|pair| pair.lost != *at));
        // A cell that has some values and nothing in the place of others leaves them out.
        if pairs.is_empty() && extra.is_empty() && counts.iter().any(|count| *count > 0) {
            lost.clear();
        }
        for pair in pairs {
            let (literal, expected) = (&own[pair.extra], &theirs[pair.lost]);
            found.push(AlteredValue {
                owner: owner(),
                span: literal.span.unwrap_or_else(|| {
                    self.page.document.text_span(&self.page.source.text, cell, View::Page)
                }),
                found: literal.text.clone().into_owned(),
                replacement: literal.span.map(|_| expected.text.clone().into_owned()),
                expected: vec![expected.text.clone().into_owned()],
                clear: is_clear(literal, expected, &self.page.source.text),
                evident: self.is_evident(&literal.text, &expected.text),
                site: source.site(expected.span),
            });
        }
        if let Some(first) = lost.first() {
            let mut expected: Vec<String> = Vec::new();
            for text in lost.iter().map(|at| &*theirs[*at].text) {
                if !expected.iter().any(|known| known == text) {
                    expected.push(text.to_owned());
                }
            }
            found.push(AlteredValue {
                owner: owner(),
                span: self.page.document.text_span(&self.page.source.text, cell, View::Page),
                found: String::new(),
                expected,
                replacement: None,
                clear: false,
                evident: false,
                site: source.site(theirs[*first].span),
            });
        }
        kept
    }

    /// How many values of the source the translation has as often.
    fn kept(&self, cells: &Cells<'_, 'a>) -> usize {
        (0..cells.theirs().len())
            .filter(|at| cells.is_kept[*at] && self.shows_value(*at, cells) == Some(true))
            .count()
    }

    /// How often a cell has a word that its text has `shown` times: also in a piece of markup that the next follows
    /// without a space.
    fn count(&self, cell: Inline, shown: usize, own: &[Literal<'_>], word: &str) -> usize {
        let apart = own.iter().filter(|literal| literal.text == word).count();
        let document = &self.page.document;
        let runs = document.inline_runs(cell).iter().filter(|run| View::Page.shows(run.half));
        let in_runs =
            || runs.map(|run| occurrences(document.run_text(&self.page.source.text, run), word)).sum();
        match shown.max(apart) {
            0 => in_runs(),
            count => count,
        }
    }

    /// Pairs what is lost with what is extra: by order among literals of one mark, then by what they say.
    fn pairs(
        &self,
        cells: &Cells<'_, 'a>,
        lost: &[usize],
        (own, extra): (&[Literal<'_>], &[usize]),
        shown: &str,
    ) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        if lost.len() > PAIRED || extra.len() > PAIRED {
            return pairs;
        }
        // A word that the source sends elsewhere is what it says.
        let is_sent = |o: &usize| {
            let text = &*own[*o].text;
            is_coded(text) && self.sends(cells.source, text)
        };
        let others: Vec<usize> = extra.iter().copied().filter(is_sent).collect();
        let is_other = |o: usize| others.contains(&o);
        // Asked several times of most pairs.
        let known = vec![OnceCell::new(); own.len() * cells.theirs().len()];
        let speaks = |o: usize, t: usize| {
            *known[o * cells.theirs().len() + t].get_or_init(|| {
                let (found, expected) = (&*own[o].text, &*cells.theirs()[t].text);
                if is_other(o) {
                    is_same_identifier(found, expected)
                } else {
                    speaks_for(found, expected, self.vocabulary)
                }
            })
        };
        for mark in [Mark::Code, Mark::Quotes, Mark::Strong] {
            let of_mark = |literals: &[Literal<'_>]| -> Vec<usize> {
                (0..literals.len()).filter(|at| literals[*at].mark == mark).collect()
            };
            let (mut left, mut right) = (of_mark(cells.theirs()), of_mark(own));
            let whole = left.len() == right.len();
            if !whole {
                left.retain(|at| !cells.is_kept[*at]);
                right.retain(|at| extra.contains(at));
            }
            if left.len() != right.len() {
                continue;
            }
            let alike = whole && left.len() > 1 && is_alike(cells, own, shown, &left, &right);
            let in_order = left.iter().copied().zip(right.iter().copied());
            let (spoken, silent): (Vec<_>, Vec<_>) = in_order
                .filter(|(t, o)| lost.contains(t) && extra.contains(o))
                .partition(|(t, o)| speaks(*o, *t));
            pairs.extend(spoken.into_iter().map(|(lost, extra)| Pair { lost, extra }));
            for (t, o) in silent {
                // What speaks for another, unless that is where it stands: `nieaktywny` holds `aktywny`.
                let free = |lost: usize, extra: usize| {
                    pairs.iter().all(|pair| pair.lost != lost && pair.extra != extra)
                };
                let elsewhere = lost.iter().any(|other| *other != t && free(*other, o) && speaks(o, *other))
                    || extra.iter().any(|other| *other != o && free(t, *other) && speaks(*other, t));
                let absent = cells.counts[t] == 0;
                if absent && !elsewhere && !is_other(o) && (mark != Mark::Strong || alike) {
                    pairs.push(Pair { lost: t, extra: o });
                }
            }
        }
        for t in lost {
            if pairs.iter().any(|pair| pair.lost == *t) {
                continue;
            }
            let free = |o: &&usize| pairs.iter().all(|pair| pair.extra != **o) && speaks(**o, *t);
            let mut free = extra.iter().filter(free);
            let sole = |o: &usize| lost.iter().all(|other| other == t || !speaks(*o, *other));
            if let (Some(o), None) = (free.next(), free.next())
                && sole(o)
            {
                pairs.push(Pair { lost: *t, extra: *o });
            }
        }
        pairs.sort_by_key(|pair| own[pair.extra].at.start);
        pairs
    }

    /// Whether a text that the source sets apart is a value or name that no translation may change, and not just a word
    /// with stress on it.
    fn is_value(&self, at: usize, cells: &Cells<'_, 'a>) -> bool {
        self.shows_value(at, cells).unwrap_or_else(|| self.sends(cells.source, &cells.theirs()[at].text))
    }

    /// [`Self::is_value`], as far as the cell tells.
    fn shows_value(&self, at: usize, cells: &Cells<'_, 'a>) -> Option<bool> {
        let literal = &cells.theirs()[at];
        let text = &*literal.text;
        if literal.linked || !is_identifier(text) {
            return Some(false);
        }
        if literal.mark == Mark::Code || is_coded(text) || matches!(text, "true" | "false" | "null") {
            return Some(true);
        }
        if literal.mark == Mark::Strong && self.vocabulary.marks(text).any(|(mark, _)| mark != YesNo::None) {
            return Some(false);
        }
        let is_known = || self.vocabulary.value(text).next().is_some();
        let sibling = |(other, kept): (&Literal<'_>, &bool)| {
            *kept && other.mark == Mark::Quotes && is_identifier(&other.text)
        };
        let is_quoted = || {
            literal.mark == Mark::Quotes
                && (cells.theirs().iter().zip(cells.is_kept).any(sibling)
                    || self.speaks_of_values(&cells.set_apart.text))
        };
        (cells.set_apart.listed()[at] || is_known() || is_quoted()).then_some(true)
    }

    /// Whether the source shows a word as sent.
    fn sends(&self, source: Source<'a>, word: &str) -> bool {
        if std::ptr::eq(source.page, self.page) {
            return self.around.own.has(word);
        }
        let with = Counterpart { page: source.page, view: source.view };
        self.around.sources.of(with).is_some_and(|source| source.wire.has(word))
    }

    /// Whether `found` can be nothing but `expected` in another language or spelling, whatever the ages of the pages.
    pub(super) fn is_evident(&self, found: &str, expected: &str) -> bool {
        is_same_identifier(found, expected)
            || self.vocabulary.value(found).any(|value| is_same_identifier(value, expected))
            || is_identifier(expected) && !is_identifier(found)
    }

    /// Whether a description speaks of a value or a default.
    fn speaks_of_values(&self, text: &str) -> bool {
        split_identifier(text)
            .any(|word| self.vocabulary.word(word).any(|word| matches!(word, "value" | "default")))
    }
}

/// Whether `found` can be replaced by `expected` without harm to the words around: marks that moved take such words
/// in, or leave some of the value out.
fn is_clear(found: &Literal<'_>, expected: &Literal<'_>, source: &str) -> bool {
    let words = |text: &str| split_identifier(text).count();
    let (has, wanted) = (words(&found.text), words(&expected.text));
    if is_same_identifier(&found.text, &expected.text) {
        return true;
    }
    if found.mark != Mark::Strong {
        return has <= 2 * wanted + 2;
    }
    let right = plain_words(&expected.text);
    let tiny = |word: &str| word.chars().count() <= 2 && !right.contains(&word.to_lowercase());
    let spaced = found.text.contains(char::is_whitespace);
    let part = found.span.is_some_and(|span| {
        let before = source.get(..span.start as usize).unwrap_or("").trim_end_matches(['*', '_']);
        let after = source.get(span.end as usize..).unwrap_or("").trim_start_matches(['*', '_']);
        before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric)
    });
    has <= wanted && !part && !(spaced && split_identifier(&found.text).any(tiny))
}

/// A word that only code has: `dateRange`, `one_time`, `P1M`.
pub(super) fn is_coded(text: &str) -> bool {
    is_identifier(text)
        && (has_hump(text) || text.contains('_') || text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether what stands in code marks is the prose between two spans of code: several words with blanks at both ends.
fn is_inside_out(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let inside = span.of(text);
    let opens = inside.starts_with([' ']) || inside.starts_with("` ") || before.ends_with("` ");
    let closes = inside.ends_with([' ']) || inside.ends_with(" `") || after.starts_with(" `");
    opens && closes && inside.trim_matches(['`', ' ']).contains(' ')
}

/// Whether the brackets of a text are closed: else what stands before and after it belongs to it, or it is none.
fn is_whole(text: &str) -> bool {
    [('(', ')'), ('（', '）'), ('[', ']')]
        .iter()
        .all(|(open, close)| text.matches(*open).count() == text.matches(*close).count())
}

/// Whether two rows of literals are lists of the same form.
fn is_alike(
    cells: &Cells<'_, '_>,
    own: &[Literal<'_>],
    shown: &str,
    left: &[usize],
    right: &[usize],
) -> bool {
    left.windows(2).zip(right.windows(2)).all(|(left, right)| {
        let theirs = between(&cells.set_apart.text, &cells.theirs()[left[0]], &cells.theirs()[left[1]]);
        theirs.is_some() && theirs == between(shown, &own[right[0]], &own[right[1]])
    })
}
