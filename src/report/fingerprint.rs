//! A finding's name over time: equal as long as the same thing is wrong with the same subject.
//!
//! Made of rule, page, locale, subject and what stands there; never of lines, offsets or wording, so
//! that an edit elsewhere on the page, or a better message, does not make old findings new.

use crate::finding::Finding;
use crate::hash::HashMap;
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
        for part in [finding.rule, &source.page, locale, subject.kind.name(), &subject.path, &finding.found] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
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

fn shortened(hasher: &blake3::Hasher) -> [u8; 8] {
    *hasher.finalize().as_bytes().first_chunk().expect("a hash has 32 bytes")
}
