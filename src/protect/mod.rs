//! Prevention: what translation damaged, and how the reference pages can say that it is not to be translated.
//!
//! Damage is whatever findings lay to translation. Its words make the list of a `no-loc` entry; the places
//! where reference pages have them become code spans, which translation tools leave alone. Absent here:
//! output formats, files, what is damaged.

mod spans;

use std::collections::BTreeMap;

use crate::compare::reference::References;
use crate::document::View;
use crate::facts::Page;
use crate::finding::{Cause, Edit, Finding, Site, SubjectKind};
use crate::outcome::Outcome;
use crate::settings::Reference;
use crate::source::Locale;
use crate::text::{FileId, Place};

use spans::Spans;

/// The rule on types whose structure translation destroyed; other rules on types leave them readable.
const GARBLED: &str = "garbled-type";

/// What a damaged word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A name of a property, parameter or header, or a part of a path.
    Identifier,
    /// An HTTP method.
    Method,
    /// A literal value.
    Value,
    /// A type with brackets.
    Type,
}

impl Kind {
    /// What messages call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Method => "method",
            Self::Value => "value",
            Self::Type => "type",
        }
    }
}

/// A word that translation damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// As it should have stayed.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// How often it was damaged.
    pub count: usize,
    /// How often in which locale.
    pub locales: BTreeMap<Locale, usize>,
}

/// What keeps translators' hands off next time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Protection {
    /// Most often damaged first, then by text.
    pub words: Vec<Damaged>,
    /// By reference page: code spans for what was damaged, sorted and disjoint.
    pub edits: BTreeMap<FileId, Vec<Edit>>,
}

/// Protects what the findings of `outcome` say was damaged. `reference` is the choice they were made with.
pub fn protect(pages: &[Page], outcome: &Outcome, reference: &Reference) -> Protection {
    let references = References::new(pages, reference);
    let mut words: BTreeMap<(Kind, String), Damaged> = BTreeMap::new();
    let mut spans = Spans::default();
    for finding in outcome.findings.iter().filter(|finding| finding.cause == Cause::Translation) {
        let Some(page) = pages.get(finding.file().0 as usize) else { continue };
        let Some((kind, damaged)) = damage(finding) else { continue };
        for text in &damaged {
            let word = words.entry((kind, text.clone())).or_insert_with(|| Damaged {
                text: text.clone(),
                kind,
                count: 0,
                locales: BTreeMap::new(),
            });
            word.count += 1;
            if let Some(locale) = &page.source.locale {
                *word.locales.entry(locale.clone()).or_default() += 1;
            }
        }
        let places = finding.related.iter().filter_map(|related| match related.place {
            Site::Page(place) => Some(place),
            Site::Spec(_) => None,
        });
        let in_reference = |place: &Place| {
            let page = pages.get(place.file.0 as usize);
            page.is_some_and(|page| references.is_reference(page) && page.file != finding.file())
        };
        let place = places.into_iter().find(in_reference);
        let source = references.of(page).filter(|with| with.view == View::Page).map(|with| with.page);
        for text in &damaged {
            match (place, source) {
                (Some(place), _) => {
                    let is_path = finding.subject.kind == SubjectKind::Uri;
                    spans.at(&pages[place.file.0 as usize], place.span, text, is_path);
                }
                (None, Some(source)) if kind == Kind::Value => spans.in_descriptions(source, text),
                _ => {}
            }
        }
    }
    let mut words: Vec<Damaged> = words.into_values().collect();
    words.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    Protection { words, edits: spans.edits(pages) }
}

/// The words that a finding says were damaged.
fn damage(finding: &Finding) -> Option<(Kind, Vec<String>)> {
    let expected = finding.expected.as_deref().filter(|expected| !expected.is_empty())?;
    let whole = || vec![expected.to_owned()];
    Some(match finding.subject.kind {
        SubjectKind::Name => (Kind::Identifier, whole()),
        SubjectKind::Method => (Kind::Method, whole()),
        SubjectKind::Value => (Kind::Value, whole()),
        SubjectKind::Type if finding.rule == GARBLED => (Kind::Type, whole()),
        SubjectKind::Uri => {
            let kept: Vec<&str> = pieces(&finding.found).collect();
            let mut lost: Vec<String> =
                pieces(expected).filter(|piece| !kept.contains(piece)).map(str::to_owned).collect();
            lost.sort();
            lost.dedup();
            (Kind::Identifier, lost)
        }
        _ => return None,
    })
}

/// The words of a path: literal segments and placeholders.
fn pieces(path: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '$');
    let pieces = path.split(move |c| !is_part(c));
    pieces.filter(|piece| piece.contains(|c: char| c.is_ascii_alphabetic()))
}
