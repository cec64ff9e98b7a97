//! What must be reached, by kind of damage and setting.

use super::damage::KINDS;
use super::trial::Tally;

/// Who vouches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The source tree, without a spec.
    Reference,
    /// The built-in models, for one locale alone.
    Models,
    /// Three locales, without a spec.
    Votes,
}

use Setting::{Models, Reference, Votes};

/// Kind, setting, least share found, least share healed; what is not listed is only reported.
const EXPECTED: &[(&str, Setting, f64, f64)] = &[
    // A well-formed name with more words than the right one may be another field.
    ("translated name", Reference, 0.95, 0.9),
    ("re-cased name", Reference, 0.95, 0.95),
    ("glossed name", Reference, 0.95, 0.95),
    ("split name", Reference, 0.95, 0.95),
    ("accent in a name", Reference, 0.95, 0.95),
    ("dotless i in a name", Reference, 0.95, 0.95),
    ("no-break space in a name", Reference, 0.95, 0.95),
    ("two names become one", Reference, 0.95, 0.9),
    // Where every member of a short list was translated, somebody meant to.
    ("translated member", Reference, 0.95, 0.6),
    ("translated method", Reference, 0.95, 0.95),
    ("translated path segment", Reference, 0.95, 0.95),
    ("translated placeholder", Reference, 0.95, 0.95),
    ("re-cased path", Reference, 0.95, 0.95),
    ("ideographic stop in the version", Reference, 0.95, 0.95),
    ("mojibake", Reference, 0.95, 0.95),
    ("ZWSP before a fence", Reference, 0.95, 0.95),
    ("full-width colon in a delimiter row", Reference, 0.95, 0.95),
    ("lost pipe", Reference, 0.95, 0.7),
    ("garbled type", Reference, 0.95, 0.95),
    ("changed type", Reference, 0.9, 0.0),
    ("flipped required mark", Reference, 0.95, 0.0),
    ("translated JSON key", Reference, 0.95, 0.95),
    // A word without marks that is a cell of its own may be one of the language.
    ("translated value", Reference, 0.95, 0.75),
    // An anchor may be made from a translated heading.
    ("changed link target", Reference, 0.75, 0.75),
    ("broken link", Reference, 0.95, 0.95),
    ("unwrapped code span", Reference, 0.6, 0.3),
    ("changed code span", Reference, 0.95, 0.8),
    ("dropped row", Reference, 0.9, 0.0),
    ("dropped table", Reference, 0.95, 0.0),
    ("dropped section", Reference, 0.95, 0.0),
    ("translated name", Models, 0.95, 0.95),
    ("re-cased name", Models, 0.95, 0.95),
    ("glossed name", Models, 0.95, 0.95),
    ("split name", Models, 0.95, 0.95),
    ("accent in a name", Models, 0.95, 0.95),
    ("dotless i in a name", Models, 0.95, 0.95),
    ("no-break space in a name", Models, 0.95, 0.95),
    ("two names become one", Models, 0.95, 0.95),
    ("translated member", Models, 0.95, 0.0),
    ("translated method", Models, 0.95, 0.95),
    ("translated path segment", Models, 0.95, 0.95),
    ("translated placeholder", Models, 0.95, 0.95),
    ("re-cased path", Models, 0.95, 0.95),
    ("ideographic stop in the version", Models, 0.95, 0.95),
    ("mojibake", Models, 0.95, 0.95),
    ("ZWSP before a fence", Models, 0.95, 0.95),
    ("full-width colon in a delimiter row", Models, 0.95, 0.95),
    ("translated value", Models, 0.95, 0.95),
    ("garbled type", Models, 0.95, 0.4),
    ("changed type", Models, 0.6, 0.0),
    ("flipped required mark", Models, 0.95, 0.0),
    ("translated JSON key", Models, 0.95, 0.0),
    ("translated name", Votes, 0.95, 0.95),
    ("re-cased name", Votes, 0.95, 0.95),
    ("glossed name", Votes, 0.95, 0.95),
    ("split name", Votes, 0.9, 0.9),
    ("accent in a name", Votes, 0.95, 0.95),
    ("dotless i in a name", Votes, 0.95, 0.95),
    ("no-break space in a name", Votes, 0.95, 0.95),
    ("two names become one", Votes, 0.95, 0.95),
    ("translated member", Votes, 0.95, 0.95),
    ("translated method", Votes, 0.95, 0.95),
    ("translated path segment", Votes, 0.95, 0.95),
    ("translated placeholder", Votes, 0.95, 0.95),
    ("re-cased path", Votes, 0.95, 0.95),
    ("ideographic stop in the version", Votes, 0.95, 0.95),
    ("mojibake", Votes, 0.95, 0.95),
    ("ZWSP before a fence", Votes, 0.95, 0.95),
    ("full-width colon in a delimiter row", Votes, 0.95, 0.95),
    ("changed type", Votes, 0.9, 0.0),
    ("garbled type", Votes, 0.95, 0.95),
    ("flipped required mark", Votes, 0.95, 0.0),
    ("translated JSON key", Votes, 0.95, 0.95),
];

/// What was not reached. Order is no damage: moving rows must set nothing off.
pub fn unmet(setting: Setting, tallies: &[Tally]) -> Vec<String> {
    let mut unmet = Vec::new();
    for (name, of, found, healed) in EXPECTED.iter().filter(|(_, of, ..)| *of == setting) {
        let at = KINDS.iter().position(|kind| kind.name == *name).expect("a kind of damage");
        let tally = tallies[at];
        for (what, count, least) in [("found", tally.found, found), ("healed", tally.healed, healed)] {
            if (count as f64) < least * tally.tried as f64 {
                unmet.push(format!("{name}, {of:?}: {count} of {} {what}, expected {least}", tally.tried));
            }
        }
    }
    for (kind, tally) in
        KINDS.iter().zip(tallies).filter(|(kind, tally)| kind.rules.is_empty() && tally.alarms > 0)
    {
        unmet.push(format!(
            "{}, {setting:?}: {} findings although order is no damage",
            kind.name, tally.alarms
        ));
    }
    unmet
}
