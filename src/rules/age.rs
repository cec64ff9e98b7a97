//! Which of two translations of a page is older, by the dates in their front matter.

use crate::facts::Page;
use crate::finding::Cause;
use crate::rules::Context;

/// How old a page is beside its reference page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// Its source has changed since.
    Older,
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
        Self::beside(context.page, source)
    }

    /// Of one translation of a page beside another.
    pub fn beside(page: &Page, other: &Page) -> Self {
        match (date(page, "ms.date"), date(other, "ms.date")) {
            (Some(own), Some(theirs)) if own < theirs => Self::Older,
            (Some(own), Some(theirs)) if own > theirs => Self::Newer,
            (Some(_), Some(_)) => Self::Same,
            (None, Some(theirs)) => match date(page, "ms.lasthandoff") {
                Some(handed) if handed < theirs => Self::Older,
                _ => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    /// Why the page differs from its other translations, as an ending of a sentence.
    pub const fn why_here(self) -> &'static str {
        match self {
            Self::Older => "; this page is older than theirs",
            Self::Newer => "; this page is newer than theirs",
            Self::Same | Self::Unknown => "",
        }
    }

    /// Why the page lacks something its source has, as an ending of a sentence.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Older => "; this page is older than its source",
            Self::Newer => "; this page is newer than its source",
            Self::Same | Self::Unknown => "",
        }
    }

    /// Whose defect something altered is: nobody alters code and links by growing old.
    pub const fn blame(self) -> Cause {
        match self {
            Self::Older => Cause::Age,
            Self::Same | Self::Newer | Self::Unknown => Cause::Translation,
        }
    }

    /// Whose defect a difference is.
    pub const fn cause(self) -> Cause {
        match self {
            Self::Same => Cause::Translation,
            Self::Older | Self::Newer | Self::Unknown => Cause::Age,
        }
    }
}

/// A date of the front matter as year, month, day: `08/26/2020` or `2020-08-26`.
pub(super) fn date(page: &Page, key: &str) -> Option<(u16, u8, u8)> {
    let value = page.document.front_matter(&page.source.text, key)?.trim();
    let mut parts = value.split(['/', '-']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?.split(['T', ' ']).next()?);
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, first, second) };
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}
