//! Inline code and links beside those of the source: section by section, in no order within one, for sentences
//! move when they are translated.

use std::borrow::Cow;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memrchr2};

use crate::compare::names::is_identifier;
use crate::compare::spelling::{has_hump, likeness};
use crate::compare::untranslated::untranslated;
use crate::comparison::{Alteration, Altered, Pairing, Prose};
use crate::document::{Run, Style, TableSyntax, View};
use crate::facts::Page;
use crate::finding::Site;
use crate::fold::identifier_key;
use crate::hash::{HashMap, HashSet};
use crate::source::Locale;
use crate::tags::{self, Likeness};
use crate::text::{Place, Span};

/// From this likeness on two texts are versions of one.
const ALIKE: f64 = 0.6;
/// Texts compared each with each in one section; more are not paired.
const PAIRED: usize = 64;
/// Longest text or link target in bytes that is held against others.
const LONGEST: usize = 500;

/// Compares the prose of `page` with that of its reference page, or of its own source half.
pub fn prose(page: &Page, pairing: Option<&Pairing<'_>>) -> Prose {
    let mut found = Prose { links: broken_links(page), ..Prose::default() };
    let (with, view) = match pairing {
        Some(pairing) => (pairing.with.page, pairing.with.view),
        None if page.document.bilingual => (page, View::Source),
        None => return found,
    };
    let sides = Sides { own: Pieces::of(page, View::Page), theirs: Pieces::of(with, view) };
    sides.section((0, 0), &mut found);
    match pairing {
        Some(pairing) => {
            for pair in &pairing.sections.pairs {
                sides.section((pair.left as usize + 1, pair.right as usize + 1), &mut found);
            }
        }
        None => (1..=page.facts.sections.len()).for_each(|at| sides.section((at, at), &mut found)),
    }
    let [own, theirs] = [page, with].map(|page| page.source.locale.as_ref().map(Locale::language));
    if view == View::Source || own != theirs {
        found.untranslated = untranslated(page, with, view);
    }
    found
}

/// A text and where it stands.
struct Piece<'p> {
    text: Cow<'p, str>,
    span: Span,
}

/// The inline code and links of one page, by section; section 0 is what stands before the first heading.
struct Pieces<'p> {
    page: &'p Page,
    view: View,
    /// Where each section begins.
    starts: Vec<u32>,
    codes: BySection<'p>,
    links: BySection<'p>,
}

/// Pieces in page order, with the section of each.
struct BySection<'p> {
    pieces: Vec<Piece<'p>>,
    sections: Vec<u32>,
}

impl<'p> BySection<'p> {
    /// None yet.
    fn new() -> Self {
        // Nearly every page has some, and few have more.
        const USUAL: usize = 32;
        Self { pieces: Vec::with_capacity(USUAL), sections: Vec::with_capacity(USUAL) }
    }

    fn push(&mut self, section: usize, piece: Piece<'p>) {
        self.pieces.push(piece);
        self.sections.push(section as u32);
    }

    /// The pieces of a section.
    fn of(&self, section: usize) -> &[Piece<'p>] {
        let bound = |section: usize| self.sections.partition_point(|at| (*at as usize) < section);
        &self.pieces[bound(section)..bound(section + 1)]
    }
}

impl<'p> Pieces<'p> {
    fn of(page: &'p Page, view: View) -> Self {
        let (document, text) = (&page.document, page.source.text.as_str());
        let sections = page.facts.sections.iter();
        let starts: Vec<u32> =
            sections.map(|section| document.blocks[section.block as usize].span.start).collect();
        let (mut codes, mut links) = (BySection::new(), BySection::new());
        let section = |at: u32| starts.partition_point(|start| *start <= at);
        for run in document.runs.iter().filter(|run| run.style.has(Style::CODE) && view.shows(run.half)) {
            let here = section(run.span.start);
            let shown = document.run_text(text, run);
            let begun = codes.sections.last() == Some(&(here as u32));
            match codes.pieces.last_mut().filter(|_| begun) {
                // An entity or a line break parts the runs of one code span.
                Some(last) if last.span.end == run.span.start => {
                    last.text.to_mut().push_str(shown);
                    last.span.end = run.span.end;
                }
                _ => codes.push(here, Piece { text: Cow::Borrowed(shown), span: run.span }),
            }
        }
        for link in document.links.iter().filter(|link| view.shows(link.half) && !link.target.is_empty()) {
            let target = Cow::Borrowed(link.target.of(text).trim());
            links.push(section(link.span.start), Piece { text: target, span: link.target });
        }
        Self { page, view, starts, codes, links }
    }

    /// Where `word` stands as a word of its own in a section, outside code and links.
    fn plain_places(&self, section: usize, word: &str) -> Vec<Span> {
        let plain = |run: &&Run| {
            !run.style.has(Style::CODE) && run.literal == 0 && run.link == 0 && self.view.shows(run.half)
        };
        let runs = self.runs(section).filter(plain);
        let word = Finder::new(word);
        runs.flat_map(|run| words_in(run.span, &self.page.source.text, &word)).collect()
    }

    /// How often `word` stands in a section, in whatever marks.
    fn count(&self, section: usize, word: &str) -> usize {
        let shown = self.runs(section).filter(|run| self.view.shows(run.half));
        let word = Finder::new(word);
        shown.flat_map(|run| words_in(run.span, &self.page.source.text, &word)).count()
    }

    /// All runs of a section.
    fn runs(&self, section: usize) -> impl Iterator<Item = &'p Run> {
        let start = section.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0);
        let end = self.starts.get(section).copied().unwrap_or(self.page.source.text.len() as u32);
        let runs = &self.page.document.runs;
        let first = runs.partition_point(|run| run.span.start < start);
        runs[first..].iter().take_while(move |run| run.span.start < end)
    }
}

/// Where `word` stands as a word of its own within `bounds`.
fn words_in<'t>(bounds: Span, text: &'t str, word: &'t Finder<'_>) -> impl Iterator<Item = Span> + 't {
    let shown = bounds.of(text).as_bytes();
    let joint =
        |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let length = word.needle().len();
    word.find_iter(shown).filter_map(move |at| {
        let before = at.checked_sub(1).and_then(|at| shown.get(at));
        let whole = !joint(before) && !joint(shown.get(at + length));
        let start = bounds.start + at as u32;
        whole.then(|| Span::new(start, start + length as u32))
    })
}

/// A page and the page it is compared with.
struct Sides<'s> {
    own: Pieces<'s>,
    theirs: Pieces<'s>,
}

impl Sides<'_> {
    /// Compares the inline code and links of two sections.
    fn section(&self, at: (usize, usize), found: &mut Prose) {
        let (own, theirs) = (self.own.codes.of(at.0), self.theirs.codes.of(at.1));
        if !same(own, theirs) {
            let (mut extra, mut lost) = differing(own, theirs, |text| Cow::Borrowed(text));
            if extra.len() <= PAIRED && lost.len() <= PAIRED {
                let before = found.code_spans.len();
                lost.retain(|piece| !self.is_unmarked(at, piece, before, &mut found.code_spans));
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
            let (mut extra, mut lost) = differing(own, theirs, target_key);
            if extra.len() <= PAIRED && lost.len() <= PAIRED {
                extra.retain(|piece| {
                    let same = lost.iter().position(|other| is_same_target(&piece.text, &other.text));
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
                sure: by_key.is_some() || alone,
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
        // Ordinary words occur as ordinary words.
        let telling = is_identifier(text) && (text.contains(['-', '_', '.']) || has_hump(text));
        if !telling || text.len() < 4 || text.len() > LONGEST {
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
        let marked =
            if is_html(self.own.page, place) { format!("<code>{text}</code>") } else { format!("`{text}`") };
        found.push(Altered {
            span: place,
            found: text.to_owned(),
            expected: text.to_owned(),
            replacement: Some(marked),
            how: Alteration::Marks,
            sure: here.len() == 1,
            site: Some(self.site(lost)),
        });
        true
    }

    fn site(&self, theirs: &Piece<'_>) -> Site {
        Site::Page(Place { file: self.theirs.page.file, span: theirs.span })
    }
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

/// A link's target without what a translation rightly changes: the locale in a URL, and case.
fn target_key(target: &str) -> Cow<'_, str> {
    let target = without_locale(target);
    let target = target.strip_prefix("./").map(|rest| Cow::Owned(rest.to_owned())).unwrap_or(target);
    if target.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(target.to_ascii_lowercase())
    } else {
        target
    }
}

/// A URL or path without the segments that are locales.
pub(super) fn without_locale(target: &str) -> Cow<'_, str> {
    let is_locale = |part: &str| {
        let may_be = (5..=10).contains(&part.len()) && part.contains('-');
        may_be && tags::locale(part).is_some_and(|(_, likeness)| likeness == Likeness::Sure)
    };
    if target.contains('/') && target.split('/').any(is_locale) {
        Cow::Owned(target.split('/').filter(|part| !is_locale(part)).collect::<Vec<_>>().join("/"))
    } else {
        Cow::Borrowed(target)
    }
}

/// Whether two targets that differ lead to the same page of one site: publishing turns `/azure/a` and `b.md` into
/// whole addresses.
fn is_same_target(own: &str, theirs: &str) -> bool {
    if own.len().max(theirs.len()) > LONGEST {
        return false;
    }
    let path = |target: &str| -> (bool, String) {
        let key = target_key(target);
        let (absolute, path) = match key.split_once("://") {
            Some((_, rest)) => (true, rest.split_once('/').map_or("", |(_, path)| path)),
            None => (false, &*key),
        };
        let (page, fragment) = path.split_once('#').unwrap_or((path, ""));
        (absolute, format!("{}#{fragment}", page.strip_suffix(".md").unwrap_or(page)))
    };
    let ((own_absolute, own), (absolute, theirs)) = (path(own), path(theirs));
    let (long, short) = if own.len() >= theirs.len() { (&own, &theirs) } else { (&theirs, &own) };
    let short = short.trim_start_matches(['.', '/']);
    let ends = long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    !(own_absolute && absolute || short.starts_with('#')) && ends
}

/// `[text] (target)`, `[text]（target）`: no links any more.
fn broken_links(page: &Page) -> Vec<Altered> {
    let text = page.source.text.as_str();
    let mut found = Vec::new();
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
