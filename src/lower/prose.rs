//! Headings and prose: what they name, link to and set apart.
//!
//! Absent here: which of it is a type.

use crate::compare::names::is_source_language;
use crate::document::{BlockKind, Inline, Style, View};
use crate::facts::Page;
use crate::fold::singular;
use crate::fold::slug;
use crate::lexicon::{HeaderRole, Lexicon, TypeWord};
use crate::lower::listen::own_view;
use crate::lower::said::{Link, Mention, Section};
use crate::rules::Context;
use crate::text::Place;

/// A paragraph that mentions more than this is no sentence; a description is no longer, in bytes.
const MOST_MENTIONS: usize = 64;
const LONGEST_TEXT: usize = 4096;
/// The lexicon's keys of the words that say no more than that something is one.
const RESOURCE: &str = "resource";
const TYPE: &str = "type";

/// A page, and where the words of the source for its headings and prose stand.
pub(super) struct Reader<'c> {
    context: &'c Context<'c>,
    lexicon: &'c Lexicon,
}

impl<'c> Reader<'c> {
    pub fn of(context: &'c Context<'c>, lexicon: &'c Lexicon) -> Self {
        Self { context, lexicon }
    }

    /// The language of the page itself that is nearer to the source.
    pub fn own_view(&self) -> View {
        own_view(self.context.page)
    }

    /// The page, language and section where a section is said in the words of the source.
    fn source(&self, section: u32) -> (&'c Page, View, u32) {
        let pairing = self.context.comparison.pairing.as_ref();
        let paired = pairing.and_then(|pairing| {
            let right = pairing.sections.of_left(section)?.right;
            Some((pairing.with.page, pairing.with.view, right))
        });
        paired.unwrap_or((self.context.page, self.own_view(), section))
    }

    /// The title of the page in the words of the source: its first heading.
    pub fn title(&self) -> String {
        let (page, view) = match &self.context.comparison.pairing {
            Some(pairing) => (pairing.with.page, pairing.with.view),
            None => (self.context.page, self.own_view()),
        };
        page.facts.sections.first().map_or_else(String::new, |section| text(page, section.text, view))
    }

    /// All sections of the page.
    pub fn sections(&self) -> Vec<Section> {
        (0..self.context.page.facts.sections.len()).map(|at| self.section(at as u32)).collect()
    }

    fn section(&self, at: u32) -> Section {
        let own = self.context.page;
        let Some(fact) = own.facts.sections.get(at as usize) else { return Section::default() };
        let (page, view, number) = self.source(at);
        let Some(theirs) = page.facts.sections.get(number as usize) else { return Section::default() };
        let (title, mut anchors) = (text(page, theirs.text, view), anchors(page, theirs.block));
        anchors.extend(anchors_of_other(own, fact.block, page));
        let written = anchors.len();
        anchors.push(slug(&title));
        let blocks = blocks_below(page, number);
        let mentions = self.mentions(page, view, blocks);
        Section {
            at,
            role: theirs.role.or(fact.role),
            parent: fact.parent,
            plain: self.plain(page, &title),
            is_kind: self.is_kind(page, &title),
            title,
            is_source: page.document.bilingual || is_source_language(page),
            anchors,
            written,
            intro: intro(own, blocks_below(own, at)),
            mentions,
            place: Some(Place {
                file: own.file,
                span: own.document.text_span(&own.source.text, fact.text, View::Page),
            }),
        }
    }

    /// `Cart` of `Cart resource` and of `Cart resource type`, in the languages whose words for that are known.
    fn plain(&self, page: &Page, title: &str) -> Option<String> {
        let vocabulary = self.lexicon.vocabulary(page.source.locale.as_ref());
        let is = |word: &str, wanted: &str| {
            [word, &*singular(word)].iter().any(|word| vocabulary.word(word).any(|english| english == wanted))
        };
        // `Cart enum type` as well: what kind of type it is belongs to no name.
        let is_enum = |word: &str| {
            let found = vocabulary.type_word(word).map(|found| found.phrase);
            found.is_some_and(|phrase| phrase.outer.is_none() && phrase.word == TypeWord::Enum)
        };
        let is_shape = |word: &str| is(word, RESOURCE) || is_enum(word);
        let (before, last) = title.rsplit_once(' ')?;
        if is_shape(last) {
            return Some(before.to_owned());
        }
        let (first, shape) = before.rsplit_once(' ').filter(|_| is(last, TYPE))?;
        is_shape(shape).then(|| first.to_owned())
    }

    /// Whether a heading is what a header cell calls rows.
    fn is_kind(&self, page: &Page, title: &str) -> bool {
        let vocabulary = self.lexicon.vocabulary(page.source.locale.as_ref());
        [title, &*singular(title)].iter().any(|title| vocabulary.header(title).any(is_kind))
    }

    /// What the paragraphs among some blocks link to or set apart, in order.
    pub fn mentions(
        &self,
        page: &'c Page,
        view: View,
        blocks: impl IntoIterator<Item = usize>,
    ) -> Vec<Mention> {
        let paragraphs = blocks.into_iter().filter_map(|at| match page.document.blocks.get(at)?.kind {
            BlockKind::Paragraph { text, .. } => Some(text),
            _ => None,
        });
        let mut found = Vec::new();
        for paragraph in paragraphs {
            self.mentions_of(page, view, paragraph, &mut found);
            if found.len() >= MOST_MENTIONS {
                break;
            }
        }
        found
    }

    fn mentions_of(&self, page: &'c Page, view: View, inline: Inline, found: &mut Vec<Mention>) {
        let mut last_link = 0;
        for run in page.document.inline_runs(inline).iter().filter(|run| view.shows(run.half)) {
            let set_apart = run.style.has(Style::STRONG) || run.style.has(Style::CODE);
            if run.link == 0 && !set_apart || found.len() >= MOST_MENTIONS {
                continue;
            }
            let words = page.document.run_text(&page.source.text, run);
            if run.link > 0 && run.link == last_link {
                // A link of several runs: `[**Agreement** resource]`.
                if let Some(mention) = found.last_mut() {
                    mention.text.push_str(words);
                }
                continue;
            }
            last_link = run.link;
            let target = page.document.link(run.link).map(|link| link.target.of(&page.source.text));
            let link = target.and_then(|target| self.link(page, target));
            found.push(Mention { text: words.to_owned(), link });
        }
    }

    /// Where a link of `page` leads, if to a page of this run.
    pub fn link(&self, page: &'c Page, target: &str) -> Option<Link> {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let page = self.context.corpus.linked(page, path)?;
        Some(Link { page: page.source.page.clone(), anchor: anchor.to_lowercase() })
    }

    /// Where the links in a cell lead.
    pub fn links(&self, page: &'c Page, view: View, cell: Inline) -> Vec<Link> {
        let mut found = Vec::new();
        self.mentions_of(page, view, cell, &mut found);
        found.into_iter().filter_map(|mention| mention.link).collect()
    }
}

/// The kinds of rows.
fn is_kind(role: HeaderRole) -> bool {
    use HeaderRole as H;
    matches!(role, H::Property | H::Parameter | H::Header | H::Member | H::Value | H::Method | H::Operation)
}

/// The visible text of a heading, paragraph or cell, on one line and not too long.
pub(super) fn text(page: &Page, inline: Inline, view: View) -> String {
    let text = page.document.text(&page.source.text, inline, view);
    let end =
        text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST_TEXT).last();
    text[..end.unwrap_or(0)].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The anchors written into a heading, in lower case.
fn anchors(page: &Page, block: u32) -> Vec<String> {
    let Some(block) = page.document.blocks.get(block as usize) else { return Vec::new() };
    let names = page.document.anchors_in(block.span).iter();
    names.map(|anchor| anchor.name.of(&page.source.text).to_lowercase()).collect()
}

/// The anchors of the page's own heading, where the heading is read on another page.
fn anchors_of_other(own: &Page, block: u32, read: &Page) -> Vec<String> {
    if std::ptr::eq(own, read) { Vec::new() } else { anchors(own, block) }
}

/// The blocks of a section without its heading.
fn blocks_below(page: &Page, section: u32) -> std::ops::Range<usize> {
    let sections = &page.facts.sections;
    let start = sections.get(section as usize).map_or(0, |section| section.block as usize + 1);
    let end = sections.get(section as usize + 1).map(|next| next.block as usize);
    start..end.unwrap_or(page.document.blocks.len()).max(start)
}

/// The first paragraph among some blocks that is no item of a list.
fn intro(page: &Page, blocks: std::ops::Range<usize>) -> String {
    let paragraphs = page.document.blocks.get(blocks).unwrap_or(&[]).iter();
    let mut texts = paragraphs.filter_map(|block| match block.kind {
        BlockKind::Paragraph { text, in_list: false } => Some(self::text(page, text, View::Page)),
        _ => None,
    });
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

/// What a page is about: by its front matter, else by the first paragraph below its title.
pub(super) fn summary(page: &Page) -> String {
    let described = page.document.front_matter(&page.source.text, "description");
    if let Some(text) = described.map(str::trim).filter(|text| !text.is_empty() && text.len() <= LONGEST_TEXT)
    {
        return text.to_owned();
    }
    let second = page.facts.sections.get(1).map(|section| section.block as usize);
    intro(page, 0..second.unwrap_or(page.document.blocks.len()))
}
