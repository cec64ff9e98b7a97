//! A finding's name over time: equal as long as the same thing is wrong with the same subject.
//!
//! Made of rule, page, locale, subject and what stands there; never of lines, offsets or wording, so
//! that an edit elsewhere on the page, or a better message, does not make old findings new. White space
//! counts as one blank, so that text may be wrapped anew.

use std::borrow::Cow;

use crate::finding::{Finding, SubjectKind};
use crate::hash::HashMap;
use crate::read::is_locale_folder;
use crate::source::Source;

/// Gives each finding of a run its fingerprint.
#[derive(Default)]
pub struct Fingerprints {
    /// How often a fingerprint was wanted: equal findings on one page are told apart by order.
    seen: HashMap<[u8; 8], u32>,
}

impl Fingerprints {
    /// 16 hexadecimal digits, unlike those of every finding before.
    pub fn of(&mut self, finding: &Finding, source: &Source) -> String {
        let mut hasher = blake3::Hasher::new();
        let locale = source.locale.as_ref().map_or("", |locale| locale.as_str());
        let subject = &finding.subject;
        for part in [finding.rule, page(&source.path), locale, subject.kind.name(), &flowing(&subject.path)] {
            add(&mut hasher, part);
        }
        for thing in things(finding) {
            add(&mut hasher, &flowing(thing));
        }
        let mut short = shortened(&hasher);
        let count = self.seen.entry(short).or_insert(0);
        *count += 1;
        if *count > 1 {
            hasher.update(&count.to_le_bytes());
            short = shortened(&hasher);
        }
        format!("{:016x}", u64::from_be_bytes(short))
    }
}

/// What a page is called whatever else is read: its path below the folder of its locale, else all of it.
fn page(path: &str) -> &str {
    let (mut page, mut start) = (path, 0);
    for (at, _) in path.match_indices('/') {
        if is_locale_folder(&path[start..at]) {
            page = &path[at + 1..];
        }
        start = at + 1;
    }
    let mut page = page.trim_start_matches('/');
    while let Some(rest) = page.strip_prefix("../") {
        page = rest;
    }
    page
}

/// What a finding says, whatever its page is called: a fingerprint for each thing that it lists, else one. Equal
/// findings have equal ones.
pub fn on_page(finding: &Finding) -> impl Iterator<Item = (&str, u64)> {
    let subject = &finding.subject;
    // The path of a page depends on where the run was started.
    let path = if subject.kind == SubjectKind::Page { "" } else { subject.path.as_str() };
    things(finding).map(move |thing| {
        let mut hasher = blake3::Hasher::new();
        for part in [finding.rule, subject.kind.name(), &flowing(path), &flowing(thing)] {
            add(&mut hasher, part);
        }
        (thing, u64::from_be_bytes(shortened(&hasher)))
    })
}

/// What tells a finding from others of its subject.
fn things(finding: &Finding) -> impl Iterator<Item = &str> {
    let found = finding.identity.is_empty().then_some(finding.found.as_str());
    finding.identity.iter().map(String::as_str).chain(found)
}

/// A text with all white space as single blanks.
fn flowing(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| c.is_whitespace() && c != ' ';
    if !text.contains("  ") && !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn add(hasher: &mut blake3::Hasher, part: &str) {
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part.as_bytes());
}

fn shortened(hasher: &blake3::Hasher) -> [u8; 8] {
    *hasher.finalize().as_bytes().first_chunk().expect("a hash has 32 bytes")
}
