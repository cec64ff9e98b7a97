//! Findings of a run as entries of a baseline.

use std::collections::BTreeMap;

use crate::baseline::{Baseline, Entries, Entry, Key, Known};
use crate::facts::Page;
use crate::finding::{Finding, SubjectKind};
use crate::report::fingerprint::on_page;
use crate::text::Span;

/// What each page is called in a baseline, by its number.
pub type Names = [String];

/// Each thing that a finding lists, as the baseline knows it, with its subject for people.
pub(super) fn keys<'f>(finding: &'f Finding, names: &'f Names) -> impl Iterator<Item = (Key, String)> + 'f {
    let page = names.get(finding.file().0 as usize).map_or("", String::as_str);
    let subject = &finding.subject;
    on_page(finding).map(move |(thing, fingerprint)| {
        let key = Key { page: page.to_owned(), rule: finding.rule.to_owned(), fingerprint };
        let path = if subject.kind == SubjectKind::Page { "" } else { subject.path.as_str() };
        let kind = subject.kind.name();
        let listed = if finding.identity.len() > 1 { thing } else { "" };
        let parts: Vec<&str> = [kind, path, listed].into_iter().filter(|part| !part.is_empty()).collect();
        (key, shortened(&parts.join(" ")))
    })
}

/// The entries that hold back all these findings.
pub fn record(findings: &[Finding], pages: &[Page], names: &Names) -> Entries {
    let mut entries = Entries::new();
    for finding in findings {
        let near = near(finding, pages);
        for (key, subject) in keys(finding, names) {
            let known = entries.entry(key).or_insert(Known { subject, near: Vec::new(), count: 0 });
            known.near.push(near);
            known.count += 1;
        }
    }
    entries
}

/// A baseline without what is stale, given what the run found. `stale` are positions of entries and how many
/// findings each is left with.
pub fn prune(baseline: &Baseline, stale: &[(usize, u32)], found: &Entries) -> Entries {
    let stale: BTreeMap<usize, u32> = stale.iter().copied().collect();
    let mut entries = Entries::new();
    for (at, Entry { key, known, .. }) in baseline.entries.iter().enumerate() {
        let known = match (stale.get(&at), found.get(key)) {
            (None, _) => known.clone(),
            (Some(0), _) | (Some(_), None) => continue,
            (Some(left), Some(found)) => Known { count: *left, ..found.clone() },
        };
        let merged =
            entries.entry(key.clone()).or_insert(Known { near: Vec::new(), count: 0, ..known.clone() });
        merged.count = merged.count.saturating_add(known.count);
        merged.near.extend(known.near);
    }
    entries
}

/// What stands around a finding: its line and the ones beside it, blanks and dashes aside, so that a table may be
/// laid out anew.
pub(super) fn near(finding: &Finding, pages: &[Page]) -> u32 {
    /// Bytes looked at on either side: a page may be one line of megabytes.
    const FAR: usize = 400;
    let Some(page) = pages.get(finding.file().0 as usize) else { return 0 };
    let text = page.source.text.as_bytes();
    let Span { start, end } = finding.place.span;
    let (start, end) = ((start as usize).min(text.len()), (end as usize).min(text.len()));
    let before = &text[start.saturating_sub(FAR)..start];
    let after = &text[start..text.len().min(end.min(start + FAR) + FAR)];
    let newlines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).collect::<Vec<_>>();
    let above = newlines(before);
    let from = above.len().checked_sub(2).map_or(0, |at| above[at] + 1);
    let to = newlines(after).get(1).copied().unwrap_or(after.len());
    let mut hasher = blake3::Hasher::new();
    for part in [&before[from..], &after[..to]] {
        let says: Vec<u8> =
            part.iter().copied().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-').collect();
        hasher.update(&says);
    }
    let hash = hasher.finalize();
    u32::from_be_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

/// Short enough for a line that people read.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
