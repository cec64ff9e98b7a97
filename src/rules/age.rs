//! Which of two translations of a page is older, by the dates and revisions in their front matter, or by what one lacks.

use std::cmp::Ordering;

use crate::comparison::Pairing;
use crate::facts::Page;
use crate::finding::Cause;
use crate::rules::Context;
use crate::text::Span;

/// How old a page is beside its reference page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// Its source has changed since.
    Older,
    /// It seems so: it lacks what its source has and has little of its own, or it was made from another revision.
    Behind,
    /// Made from this revision of the source.
    Same,
    /// Made from a later one.
    Newer,
    /// Nothing says.
    Unknown,
}

impl Age {
    /// Of the page in `context` beside its reference page.
    pub fn of(context: &Context<'_>) -> Self {
        *context.age.get_or_init(|| Self::read(context))
    }

    fn read(context: &Context<'_>) -> Self {
        let Some(pairing) = &context.comparison.pairing else { return Self::Unknown };
        let source = pairing.with.page;
        if std::ptr::eq(source, context.page) || pairing.with.view == crate::document::View::Source {
            return Self::Unknown;
        }
        match Self::beside(context.page, source) {
            Self::Unknown if lags(context, pairing) => Self::Behind,
            age => age,
        }
    }

    /// Of one translation of a page beside another.
    pub fn beside(page: &Page, other: &Page) -> Self {
        if let Some((own, theirs)) = dates(page, other) {
            return match own.1.cmp(&theirs.1) {
                Ordering::Less => Self::Older,
                Ordering::Equal => Self::Same,
                Ordering::Greater => Self::Newer,
            };
        }
        let revision = |page: &'_ Page, key: &str| {
            let value = page.document.front_matter(&page.source.text, key)?.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let revisions =
            REVISIONS.iter().filter_map(|key| Some((revision(page, key)?, revision(other, key)?)));
        match revisions.map(|(own, theirs)| own == theirs).next() {
            Some(true) => Self::Same,
            Some(false) => Self::Behind,
            None => Self::Unknown,
        }
    }

    /// Why the page differs from its other translations, as an ending of a sentence.
    pub const fn why_here(self) -> &'static str {
        match self {
            Self::Older => "; this page is older than theirs",
            Self::Behind => "; this page seems to be older than theirs",
            Self::Newer => "; this page is newer than theirs",
            Self::Same | Self::Unknown => "",
        }
    }

    /// Why the page lacks something its source has, as an ending of a sentence.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Older => "; this page is older than its source",
            Self::Behind => "; this page seems to be older than its source",
            Self::Newer => "; this page is newer than its source",
            Self::Same | Self::Unknown => "",
        }
    }

    /// Whose defect something altered is: nobody alters code and links by growing old.
    pub const fn blame(self) -> Cause {
        match self {
            Self::Older | Self::Behind => Cause::Age,
            Self::Same | Self::Newer | Self::Unknown => Cause::Translation,
        }
    }

    /// Whose defect a difference is.
    pub const fn cause(self) -> Cause {
        match self {
            Self::Same => Cause::Translation,
            Self::Older | Self::Behind | Self::Newer | Self::Unknown => Cause::Age,
        }
    }
}

/// Keys of the front matter that hold the date of a page's last change, the most telling first.
const DATES: [&str; 9] = [
    "ms.date",
    "lastUpdated",
    "last_updated",
    "lastmod",
    "last_modified",
    "last_modified_at",
    "updated",
    "modified",
    "date",
];
/// Keys that hold the revision of the source.
const REVISIONS: [&str; 6] =
    ["ms.sourcegitcommit", "source_hash", "sourceHash", "source_commit", "sourceCommit", "source_revision"];

/// A date and where it stands.
pub(super) type Dated = (Span, (u16, u8, u8));

/// The dates of two translations of a page by the first key that both have.
pub(super) fn dates(page: &Page, other: &Page) -> Option<(Dated, Dated)> {
    let both = |key: &&str| Some((date(page, key)?, date(other, key)?));
    // The day of its last handoff is the date of a translation that has no other.
    let handed = || Some((date(page, "ms.lasthandoff")?, date(other, "ms.date")?));
    let handed = || handed().filter(|(own, theirs)| own.1 < theirs.1);
    DATES.iter().find_map(both).or_else(handed)
}

/// Whether a page lacks several sections or rows of its source and has hardly any of its own.
fn lags(context: &Context<'_>, pairing: &Pairing<'_>) -> bool {
    let tables = || context.comparison.tables.iter().filter_map(|table| table.reference.as_ref());
    let lost: usize = tables().map(|table| table.alignment.right_only.len()).sum();
    let own: usize = tables().map(|table| table.alignment.left_only.len()).sum();
    let without_those_below = |page: &Page, sections: &[u32]| {
        let parent = |at: u32| page.facts.sections.get(at as usize).and_then(|section| section.parent);
        let is_below = |at: &&u32| parent(**at).is_some_and(|parent| sections.binary_search(&parent).is_ok());
        sections.len() - sections.iter().filter(is_below).count()
    };
    let missing = without_those_below(pairing.with.page, &pairing.sections.right_only);
    let extra = without_those_below(context.page, &pairing.sections.left_only);
    lost + missing >= 2 && lost + missing >= 2 * (own + extra)
}

/// A date of the front matter as year, month, day: `08/26/2020` or `2020-08-26`.
pub(super) fn date(page: &Page, key: &str) -> Option<Dated> {
    let text = page.source.text.as_str();
    let entry = page.document.front_matter.iter().find(|entry| entry.key.of(text) == key)?;
    let mut parts = entry.value.of(text).trim().split(['/', '-']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?.split(['T', ' ']).next()?);
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, first, second) };
    Some((entry.value, (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)))
}
