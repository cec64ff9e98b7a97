//! Inline code and links beside those of the source: section by section, in no order within one, for sentences
//! move when they are translated.

use std::borrow::Cow;

use memchr::{memchr_iter, memrchr2};

use crate::compare::names::is_identifier;
use crate::compare::pieces::{Piece, Pieces, SourceProse};
use crate::compare::spelling::{has_hump, likeness};
use crate::compare::targets::Languages;
use crate::compare::untranslated::{untranslated, untranslated_halves};
use crate::comparison::{Alteration, Altered, Pairing, Prose};
use crate::document::{Style, TableSyntax, View};
use crate::facts::Page;
use crate::finding::Site;
use crate::fold::identifier_key;
use crate::hash::{HashMap, HashSet};
use crate::parse::signs;
use crate::source::Locale;
use crate::text::{Place, Span};

/// From this likeness on two texts are versions of one.
const ALIKE: f64 = 0.6;
/// Texts compared each with each in one section; more are not paired.
const PAIRED: usize = 64;
/// So many texts without the source's marks in one section, and none with: nobody lost them.
const HABIT: usize = 4;
/// Longest text or link target in bytes that is held against others.
const LONGEST: usize = 500;

/// Compares the prose of `page` with that of its reference page, or of its own source half.
pub fn prose<'p>(page: &'p Page, pairing: Option<&Pairing<'p>>, sources: &SourceProse<'p>) -> Prose {
    let mut found = Prose { links: broken_links(page), ..Prose::default() };
    let own = || Pieces::of(page, View::Page);
    let Some(pairing) = pairing else {
        if page.document.bilingual {
            let languages = Languages::of(page.source.locale.as_ref(), None);
            let sides = Sides { own: &own(), theirs: &Pieces::of(page, View::Source), languages };
            let sections = match page.document.messages.len() {
                0 => page.facts.sections.len() + 1,
                messages => messages,
            };
            (0..sections).for_each(|at| sides.section((at, at), &mut found));
            found.untranslated = untranslated_halves(page);
        }
        return found;
    };
    let Some(theirs) = sources.of(pairing.with) else { return found };
    let languages = Languages::of(page.source.locale.as_ref(), pairing.with.page.source.locale.as_ref());
    let sides = Sides { own: &own(), theirs: &theirs.pieces, languages };
    sides.section((0, 0), &mut found);
    for pair in &pairing.sections.pairs {
        sides.section((pair.left as usize + 1, pair.right as usize + 1), &mut found);
    }
    let with = pairing.with;
    let language = |page: &'p Page| page.source.locale.as_ref().map(Locale::language);
    if with.view == View::Source || language(page) != language(with.page) {
        found.untranslated = untranslated(page, with, &theirs.heads);
    }
    found
}

/// A page and the page it is compared with.
struct Sides<'s, 'p> {
    own: &'s Pieces<'p>,
    theirs: &'s Pieces<'p>,
    languages: Languages,
}

impl Sides<'_, '_> {
    /// Compares the inline code and links of two sections.
    fn section(&self, at: (usize, usize), found: &mut Prose) {
        let (own, theirs) = (self.own.codes.of(at.0), self.theirs.codes.of(at.1));
        if !same(own, theirs) {
            let (mut extra, mut lost) = differing(own, theirs, |text| Cow::Borrowed(text));
            if extra.len() <= PAIRED && lost.len() <= PAIRED {
                // Sentences are translated wherever they stand.
                extra.retain(|piece| !is_sentence(&piece.text));
                lost.retain(|piece| !is_sentence(&piece.text));
                let before = found.code_spans.len();
                // The longest first: others may be words of it.
                lost.sort_by_key(|piece| std::cmp::Reverse(piece.text.len()));
                lost.retain(|piece| !self.is_unmarked(at, piece, before, &mut found.code_spans));
                // Whole sections without marks are a habit.
                if own.is_empty() && found.code_spans.len() >= before + HABIT {
                    found.code_spans.truncate(before);
                }
                // What the other side says as often, in whatever marks, is not altered.
                let own = |piece: &Piece<'_>| self.own.count(at.0, &piece.text);
                let theirs = |piece: &Piece<'_>| self.theirs.count(at.1, &piece.text);
                extra.retain(|piece| own(piece) > theirs(piece));
                lost.retain(|piece| own(piece) < theirs(piece));
                self.pair_altered(extra, lost, &mut found.code_spans);
            }
        }
        let (own, theirs) = (self.own.links.of(at.0), self.theirs.links.of(at.1));
        if !same(own, theirs) {
            let (mut extra, mut lost) = differing(own, theirs, |target| self.languages.key(target));
            if extra.len() <= PAIRED && lost.len() <= PAIRED {
                extra.retain(|piece| {
                    let same = lost.iter().position(|other| self.languages.is_same(&piece.text, &other.text));
                    same.map(|at| lost.remove(at)).is_none()
                });
                self.pair_altered(extra, lost, &mut found.links);
            }
        }
    }

    /// Pairs what is extra with what is lost, by spelling, or because nothing else is left.
    fn pair_altered(&self, extra: Vec<&Piece<'_>>, mut lost: Vec<&Piece<'_>>, found: &mut Vec<Altered>) {
        let alone = extra.len() == 1 && lost.len() == 1;
        let short = |piece: &&Piece<'_>| piece.text.len() <= LONGEST;
        for piece in extra.into_iter().filter(short) {
            let key = identifier_key(&piece.text);
            let by_key = lost.iter().position(|other| identifier_key(&other.text) == key);
            let by_spelling = || {
                let near = lost.iter().enumerate().filter(|(_, other)| short(other));
                let fit = |(at, other): (usize, &&Piece<'_>)| {
                    Some((likeness(&piece.text, &other.text, ALIKE)?, at))
                };
                near.filter_map(fit).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
            };
            let Some(at) = by_key.or_else(by_spelling).or((alone && !lost.is_empty()).then_some(0)) else {
                continue;
            };
            let expected = lost.remove(at);
            found.push(Altered {
                span: piece.span,
                found: piece.text.clone().into_owned(),
                expected: expected.text.clone().into_owned(),
                replacement: is_plain(&expected.text).then(|| expected.text.clone().into_owned()),
                how: Alteration::Text,
                sure: by_key.is_some() || alone && !self.theirs.has(&piece.text),
                site: Some(self.site(expected)),
            });
        }
    }

    /// Inline code that stands in the translation's section as plain text has lost its marks. A section's findings
    /// begin at `before`.
    fn is_unmarked(
        &self,
        at: (usize, usize),
        lost: &Piece<'_>,
        before: usize,
        found: &mut Vec<Altered>,
    ) -> bool {
        let text: &str = &lost.text;
        if text.len() < 3 || text.len() > LONGEST || !text.contains(|c: char| c.is_ascii_alphanumeric()) {
            return false;
        }
        if found[before..].iter().any(|told| told.expected == text) {
            return true;
        }
        let here = self.own.plain_places(at.0, text);
        let there = self.theirs.plain_places(at.1, text);
        if here.len() <= there.len() {
            return false;
        }
        let before_it = there.iter().filter(|place| place.start < lost.span.start).count();
        let Some(place) = here.get(before_it).copied() else { return false };
        // One of its marks is still there: one too many or too few elsewhere turned code and prose inside out.
        let bytes = self.own.page.source.text.as_bytes();
        let beside = [place.start.checked_sub(1), Some(place.end)];
        if beside.into_iter().flatten().any(|at| bytes.get(at as usize) == Some(&b'`'))
            || is_within_token(bytes, place)
            || found[before..].iter().any(|told| told.span.contains(place))
        {
            return false;
        }
        // Ordinary words occur as ordinary words, unless the letters around are of another script.
        let telling = has_shape(text) || self.own.is_foreign(place);
        let marked =
            if is_html(self.own.page, place) { format!("<code>{text}</code>") } else { format!("`{text}`") };
        found.push(Altered {
            span: place,
            found: text.to_owned(),
            expected: text.to_owned(),
            replacement: Some(marked),
            how: Alteration::Marks,
            sure: telling && here.len() == 1,
            site: Some(self.site(lost)),
        });
        true
    }

    fn site(&self, theirs: &Piece<'_>) -> Site {
        Site::Page(Place { file: self.theirs.page.file, span: theirs.span })
    }
}

/// Whether what stands before or after a place belongs to it: the rest of a path, of a file's name, of a call.
fn is_within_token(bytes: &[u8], place: Span) -> bool {
    /// So far before it a call may begin.
    const FAR: usize = 200;
    let at = |at: Option<u32>| at.and_then(|at| bytes.get(at as usize)).copied().unwrap_or(b' ');
    let (before, after) = (at(place.start.checked_sub(1)), at(Some(place.end)));
    let next = at(place.end.checked_add(1));
    // An argument of a call belongs to the call.
    let start = place.start as usize;
    let left = bytes.get(start.saturating_sub(FAR)..start).unwrap_or_default();
    let line = left.rsplit(|byte| *byte == b'\n' || *byte == b'|').next().unwrap_or_default();
    let mut closed = 0;
    let open = line.iter().rposition(|byte| match byte {
        b')' => {
            closed += 1;
            false
        }
        b'(' if closed > 0 => {
            closed -= 1;
            false
        }
        byte => *byte == b'(',
    });
    let called = open.and_then(|open| line.get(open.checked_sub(1)?));
    if called.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return true;
    }
    matches!(before, b'/' | b'\\' | b'.' | b'@' | b'=' | b'$' | b'{')
        || matches!(after, b'/' | b'\\' | b'(' | b'=' | b'}')
        || matches!(after, b'.' | b':') && (next.is_ascii_alphanumeric() || next == b'/')
}

/// Whether only code spells words like that.
fn has_shape(text: &str) -> bool {
    is_identifier(text) && (text.contains(['-', '_', '.', '$', '@']) || has_hump(text))
}

/// Whether inline code holds a sentence of any language: an answer of a program, a label, a step.
fn is_sentence(text: &str) -> bool {
    let words = || text.split_whitespace();
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | '!' | '?' | '\'' | '"' | '’'));
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '\'')
    };
    let count = words().count();
    if count < 3 || !words().all(is_word) {
        return false;
    }
    // Commands begin with a small letter, and SQL is written in capitals.
    let small = words().skip(1).filter(|word| !word.contains(char::is_uppercase)).count();
    !text.is_ascii() || count >= 4 && text.starts_with(char::is_uppercase) && small + 1 == count
}

fn same(own: &[Piece<'_>], theirs: &[Piece<'_>]) -> bool {
    own.len() == theirs.len() && own.iter().zip(theirs).all(|(own, theirs)| own.text == theirs.text)
}

/// What one side has more often than the other, each in order.
fn differing<'s, 'p>(
    own: &'s [Piece<'p>],
    theirs: &'s [Piece<'p>],
    key: impl Fn(&str) -> Cow<'_, str>,
) -> (Vec<&'s Piece<'p>>, Vec<&'s Piece<'p>>) {
    let mut waiting: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::default();
    for (at, piece) in theirs.iter().enumerate().rev() {
        waiting.entry(key(&piece.text)).or_default().push(at);
    }
    let mut met: HashSet<usize> = HashSet::default();
    let mut extra = Vec::new();
    for piece in own {
        match waiting.get_mut(&*key(&piece.text)).and_then(Vec::pop) {
            Some(at) => drop(met.insert(at)),
            None => extra.push(piece),
        }
    }
    let lost =
        theirs.iter().enumerate().filter(|(at, _)| !met.contains(at)).map(|(_, piece)| piece).collect();
    (extra, lost)
}

/// Whether a text can be written between the marks of inline code and links anywhere: in a cell, in HTML.
fn is_plain(text: &str) -> bool {
    !text.contains(['`', '|', '<', '>', '&', '\n', '\r', '"']) && text.trim() == text && !text.is_empty()
}

/// Whether Markdown's marks mean nothing at a place.
fn is_html(page: &Page, place: Span) -> bool {
    let table = page.document.table_at(place);
    table.is_some_and(|table| table.syntax == TableSyntax::Html)
        || page.source.path.to_ascii_lowercase().ends_with(".html")
}

/// `[text] (target)`, `[text]（target）`: no links any more.
fn broken_links(page: &Page) -> Vec<Altered> {
    let text = page.source.text.as_str();
    let mut found = Vec::new();
    if !page.document.signs.brackets {
        return found;
    }
    for at in memchr_iter(b']', text.as_bytes()) {
        let Some((open, target)) = parted_target(&text[at + 1..]) else { continue };
        let is_target =
            target.contains(".md") || target.contains("://") || target.starts_with(['#', '/', '.']);
        let close = at + 1 + open + target.len();
        let closing = text[close..].chars().next().filter(|c| matches!(c, ')' | '）'));
        let Some(closing) = closing.filter(|_| is_target) else { continue };
        let bracket = Span::new(at as u32, at as u32 + 1);
        let runs = &page.document.runs;
        let run = runs.partition_point(|run| run.span.end <= bracket.start);
        let plain = runs
            .get(run)
            .is_some_and(|run| run.span.contains(bracket) && run.link == 0 && !run.style.has(Style::CODE));
        let before = &text.as_bytes()[at.saturating_sub(LONGEST)..at];
        let opened = memrchr2(b'[', b'\n', before).is_some_and(|open| before[open] == b'[');
        if plain && opened {
            let span = Span::new(at as u32 + 1, (close + closing.len_utf8()) as u32);
            found.push(Altered {
                span,
                found: format!("]{}", span.of(text)),
                expected: format!("]({target})"),
                replacement: Some(format!("({target})")),
                how: Alteration::Syntax,
                sure: true,
                site: None,
            });
        }
    }
    found
}

/// The target in parentheses after the closing bracket of a link's text that Markdown does not take for one: where
/// it begins, and what it is.
fn parted_target(after: &str) -> Option<(usize, &str)> {
    if !signs::is_parted(after) {
        return None;
    }
    let rest = after.trim_start_matches([' ', '\u{a0}']);
    let gap = after.len() - rest.len();
    let inner = match rest.strip_prefix('(') {
        Some(inner) if gap > 0 => inner,
        Some(_) => return None,
        None => rest.strip_prefix('（')?,
    };
    if gap > 4 {
        return None;
    }
    let end = inner.find([')', '）', ' ', ']', '\n']).filter(|end| *end < LONGEST)?;
    Some((after.len() - inner.len(), &inner[..end]))
}
