//! Inline code, links and paragraphs beside those of the source: section by section, in no order within one,
//! for sentences move when they are translated.

use std::collections::HashSet;

use memchr::memmem;

use crate::compare::names::is_identifier;
use crate::compare::spelling::likeness;
use crate::comparison::{Alteration, Altered, Pairing, Prose};
use crate::document::{BlockKind, Run, Style, View};
use crate::facts::Page;
use crate::finding::Site;
use crate::fold::identifier_key;
use crate::source::Locale;
use crate::text::{Place, Span};

/// Shorter paragraphs, in bytes, are names and labels, which often stay.
const PROSE: u32 = 40;
/// From this likeness on two texts are versions of one.
const ALIKE: f64 = 0.6;
/// Texts compared each with each in one section; more are not paired.
const PAIRED: usize = 64;

/// Compares the prose of `page` with that of its reference page, or of its own source half.
pub fn prose(page: &Page, pairing: Option<&Pairing<'_>>) -> Prose {
    let mut found = Prose::default();
    broken_links(page, &mut found);
    if let Some(pairing) = pairing {
        let own = Pieces::of(page, View::Page);
        let theirs = Pieces::of(pairing.with.page, pairing.with.view);
        let lead = std::iter::once((0, 0));
        let sections =
            pairing.sections.pairs.iter().map(|pair| (pair.left as usize + 1, pair.right as usize + 1));
        let sides = Sides { page, theirs: pairing.with.page, view: pairing.with.view };
        for (left, right) in lead.chain(sections) {
            section(sides, (&own, left), (&theirs, right), &mut found);
        }
    }
    let language = |page: &Page| page.source.locale.as_ref().map(|locale| locale.language().to_owned());
    match pairing {
        Some(pairing) if language(page) != language(pairing.with.page) => {
            untranslated(page, pairing, &mut found);
        }
        None if page.document.bilingual => untranslated_halves(page, &mut found),
        _ => {}
    }
    found
}

/// The inline code and links of one page, by section; section 0 is what stands before the first heading.
struct Pieces<'p> {
    codes: Vec<Vec<(&'p str, Span)>>,
    links: Vec<Vec<(&'p str, Span)>>,
}

impl<'p> Pieces<'p> {
    fn of(page: &'p Page, view: View) -> Self {
        let (document, text) = (&page.document, page.source.text.as_str());
        let starts = starts(page);
        let mut pieces =
            Self { codes: vec![Vec::new(); starts.len() + 1], links: vec![Vec::new(); starts.len() + 1] };
        let shown = |run: &&Run| run.style.has(Style::CODE) && run.literal == 0 && view.shows(run.half);
        for run in document.runs.iter().filter(shown) {
            let section = starts.partition_point(|start| *start <= run.span.start);
            pieces.codes[section].push((run.span.of(text), run.span));
        }
        for link in document.links.iter().filter(|link| view.shows(link.half) && !link.target.is_empty()) {
            let section = starts.partition_point(|start| *start <= link.span.start);
            pieces.links[section].push((link.target.of(text).trim(), link.target));
        }
        pieces
    }
}

/// Where each section begins.
fn starts(page: &Page) -> Vec<u32> {
    page.facts
        .sections
        .iter()
        .map(|section| page.document.blocks[section.block as usize].span.start)
        .collect()
}

/// Compares the inline code and links of two sections.
fn section(sides: Sides<'_>, own: (&Pieces<'_>, usize), theirs: (&Pieces<'_>, usize), found: &mut Prose) {
    let (codes, their_codes) = (&own.0.codes[own.1], &theirs.0.codes[theirs.1]);
    if !same(codes, their_codes) {
        let (extra, lost) = differing(codes, their_codes, str::to_owned);
        let lost = pair_altered(sides, extra, lost, &mut found.code_spans);
        unmarked(sides, (own.1, theirs.1), &lost, &mut found.code_spans);
    }
    let (links, their_links) = (&own.0.links[own.1], &theirs.0.links[theirs.1]);
    if !same(links, their_links) {
        let (extra, lost) = differing(links, their_links, target_key);
        pair_altered(sides, extra, lost, &mut found.links);
    }
}

/// A page and the page it is compared with.
#[derive(Clone, Copy)]
struct Sides<'s> {
    page: &'s Page,
    theirs: &'s Page,
    /// Which text of `theirs` is the source.
    view: View,
}

type Piece<'p> = (&'p str, Span);

fn same(own: &[Piece<'_>], theirs: &[Piece<'_>]) -> bool {
    own.len() == theirs.len() && own.iter().zip(theirs).all(|(own, theirs)| own.0 == theirs.0)
}

/// What one side has more often than the other, each in order.
fn differing<'p, 't>(
    own: &[Piece<'p>],
    theirs: &[Piece<'t>],
    key: impl Fn(&str) -> String,
) -> (Vec<Piece<'p>>, Vec<Piece<'t>>) {
    let mut lost: Vec<(String, Piece<'t>)> = theirs.iter().map(|piece| (key(piece.0), *piece)).collect();
    let mut extra = Vec::new();
    for piece in own {
        let wanted = key(piece.0);
        match lost.iter().take(4 * PAIRED).position(|(key, _)| *key == wanted) {
            Some(at) => drop(lost.remove(at)),
            None => extra.push(*piece),
        }
    }
    (extra, lost.into_iter().map(|(_, piece)| piece).collect())
}

/// Pairs what is extra with what is lost, by spelling, or because nothing else is left. Returns what stays lost.
fn pair_altered<'t>(
    sides: Sides<'_>,
    extra: Vec<Piece<'_>>,
    mut lost: Vec<Piece<'t>>,
    found: &mut Vec<Altered>,
) -> Vec<Piece<'t>> {
    if extra.len() > PAIRED || lost.len() > PAIRED {
        return Vec::new();
    }
    let alone = extra.len() == 1 && lost.len() == 1;
    for (text, span) in extra {
        let same_key = |(other, _): &Piece<'_>| identifier_key(other) == identifier_key(text);
        let by_key = lost.iter().position(same_key);
        let by_spelling = || {
            let fit = |(at, (other, _)): (usize, &Piece<'_>)| Some((likeness(text, other, ALIKE)?, at));
            lost.iter().enumerate().filter_map(fit).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
        };
        let Some(at) = by_key.or_else(by_spelling).or((alone && !lost.is_empty()).then_some(0)) else {
            continue;
        };
        let (expected, place) = lost.remove(at);
        found.push(Altered {
            span,
            found: text.to_owned(),
            expected: expected.to_owned(),
            replacement: expected.to_owned(),
            how: Alteration::Text,
            sure: by_key.is_some() || alone,
            site: Some(Site::Page(Place { file: sides.theirs.file, span: place })),
        });
    }
    lost
}

/// Inline code that stands in the translation's section as plain text: it lost its marks.
fn unmarked(sides: Sides<'_>, (own, theirs): (usize, usize), lost: &[Piece<'_>], found: &mut Vec<Altered>) {
    let mut done: HashSet<&str> = HashSet::new();
    for (text, place) in lost.iter().take(PAIRED) {
        // Ordinary words occur as ordinary words.
        let telling = is_identifier(text) && text.contains(['-', '_', '.']) || has_hump(text);
        if !telling || text.len() < 4 || !done.insert(text) {
            continue;
        }
        let here = plain_places(sides.page, View::Page, own, text);
        let there = plain_places(sides.theirs, sides.view, theirs, text);
        if here.len() <= there.len() {
            continue;
        }
        found.push(Altered {
            span: here[0],
            found: (*text).to_owned(),
            expected: (*text).to_owned(),
            replacement: format!("`{text}`"),
            how: Alteration::Marks,
            sure: here.len() == 1 && there.is_empty(),
            site: Some(Site::Page(Place { file: sides.theirs.file, span: *place })),
        });
    }
}

fn has_hump(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Where `word` stands as a word of its own outside code and links in a section.
fn plain_places(page: &Page, view: View, section: usize, word: &str) -> Vec<Span> {
    let text = page.source.text.as_str();
    let starts = starts(page);
    let from = section.checked_sub(1).map_or(0, |at| starts[at]);
    let to = starts.get(section).copied().unwrap_or(text.len() as u32);
    let runs = &page.document.runs;
    let first = runs.partition_point(|run| run.span.start < from);
    let plain =
        |run: &&Run| !run.style.has(Style::CODE) && run.literal == 0 && run.link == 0 && view.shows(run.half);
    let joint = |byte: Option<&u8>| {
        byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'`'))
    };
    let mut found = Vec::new();
    for run in runs[first..].iter().take_while(|run| run.span.start < to).filter(plain) {
        let shown = run.span.of(text).as_bytes();
        for at in memmem::find_iter(shown, word.as_bytes()) {
            let whole =
                !joint(at.checked_sub(1).and_then(|at| shown.get(at))) && !joint(shown.get(at + word.len()));
            if whole {
                let start = run.span.start + at as u32;
                found.push(Span::new(start, start + word.len() as u32));
            }
        }
    }
    found
}

/// A link's target without what a translation rightly changes: the locale in a URL, and case.
fn target_key(target: &str) -> String {
    let parts = target.split('/').filter(|part| {
        !(part.len() >= 5
            && part.contains('-')
            && Locale::parse(part).is_some_and(|locale| locale.as_str().len() >= 5))
    });
    parts.collect::<Vec<_>>().join("/").to_ascii_lowercase()
}

/// `[text] (target)`: a space between the brackets, and no link any more.
fn broken_links(page: &Page, found: &mut Prose) {
    let text = page.source.text.as_str();
    for at in memmem::find_iter(text.as_bytes(), b"] (") {
        let gap = Span::new(at as u32 + 1, at as u32 + 2);
        let Some(target) = text[at + 3..].split([')', '\n', ' ']).next().filter(|rest| rest.len() < 500)
        else {
            continue;
        };
        let is_target =
            target.contains(".md") || target.contains("://") || target.starts_with(['#', '/', '.']);
        let runs = &page.document.runs;
        let run = runs.partition_point(|run| run.span.end <= gap.start);
        let plain = runs.get(run).is_some_and(|run| run.span.contains(gap) && !run.style.has(Style::CODE));
        let opened = text[..at].rfind(['[', '\n']).is_some_and(|open| text[open..].starts_with('['));
        if is_target && plain && opened {
            found.links.push(Altered {
                span: gap,
                found: format!("] ({target})"),
                expected: format!("]({target})"),
                replacement: String::new(),
                how: Alteration::Syntax,
                sure: true,
                site: None,
            });
        }
    }
}

/// Paragraphs that say the same as one of the reference page's section.
fn untranslated(page: &Page, pairing: &Pairing<'_>, found: &mut Prose) {
    let source = pairing.with.page;
    let theirs: HashSet<String> = paragraphs(source)
        .map(|inline| source.document.text(&source.source.text, inline, pairing.with.view).into_owned())
        .filter(|text| is_prose(text))
        .collect();
    for inline in paragraphs(page) {
        let text = page.document.text(&page.source.text, inline, View::Page);
        if is_prose(&text) && theirs.contains(text.as_ref()) {
            found.untranslated.push(inline.span);
        }
    }
}

/// Paragraphs of a bilingual page whose halves are equal.
fn untranslated_halves(page: &Page, found: &mut Prose) {
    for inline in paragraphs(page).filter(|inline| page.document.has_source_half(*inline)) {
        let text = page.document.text(&page.source.text, inline, View::Page);
        if is_prose(&text) && text == page.document.text(&page.source.text, inline, View::Source) {
            found.untranslated.push(inline.span);
        }
    }
}

fn paragraphs(page: &Page) -> impl Iterator<Item = crate::document::Inline> + '_ {
    page.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph { text, .. } if text.span.len() >= PROSE => Some(*text),
        _ => None,
    })
}

/// More than a name or a label: several words, mostly letters.
fn is_prose(text: &str) -> bool {
    text.len() as u32 >= PROSE && text.split_whitespace().filter(|word| word.len() > 1).count() >= 6
}
