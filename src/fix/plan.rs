//! Which fixes go into one text at once.
//!
//! A fix is taken whole or not at all. Earlier findings come first; who would touch what one of them
//! changes waits for the text that comes out.

use std::collections::BTreeMap;

use crate::finding::{Edit, Fix};
use crate::text::Span;

/// The edits for one text, and what becomes of each fix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
    /// One a fix, in the order given.
    pub fates: Vec<Fate>,
}

/// What becomes of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// All its edits are in the plan.
    Taken,
    /// It touches bytes that another fix changes: its turn comes with the next text.
    Waits,
    /// Its edits do not fit the text, are out of order, or change nothing.
    Unfit,
}

/// Plans the fixes of `text`, most important first. Equal edits of several fixes become one.
pub fn plan<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> Plan {
    let mut taken: BTreeMap<Span, &str> = BTreeMap::new();
    let fates = fixes.into_iter().map(|fix| {
        if !is_fit(text, &fix.edits) {
            return Fate::Unfit;
        }
        if fix.edits.iter().any(|edit| is_in_the_way(&taken, edit)) {
            return Fate::Waits;
        }
        taken.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
        Fate::Taken
    });
    let fates = fates.collect();
    let edits = taken.into_iter().map(|(span, text)| Edit { span, text: text.to_owned() }).collect();
    Plan { edits, fates }
}

/// Whether the edits are sorted and disjoint, lie between characters of `text`, and change something.
fn is_fit(text: &str, edits: &[Edit]) -> bool {
    let is_inside = |edit: &Edit| text.get(edit.span.range()).is_some();
    edits.iter().all(is_inside)
        // `<` rather than `<=` for equal spans: which of two insertions comes first nobody says.
        && edits.windows(2).all(|pair| pair[0].span < pair[1].span && pair[0].span.end <= pair[1].span.start)
        && edits.iter().any(|edit| edit.span.of(text) != edit.text)
}

/// Whether an edit taken before meets this one without being the same.
fn is_in_the_way(taken: &BTreeMap<Span, &str>, edit: &Edit) -> bool {
    if let Some(same) = taken.get(&edit.span) {
        return *same != edit.text;
    }
    // Those taken are disjoint, so the nearest on either side meets it if any does.
    let before = taken.range(..edit.span).next_back();
    let after = taken.range(edit.span..).next();
    before.into_iter().chain(after).any(|(span, _)| meets(*span, edit.span))
}

/// Whether two spans share bytes. An insertion meets what it touches: which comes first nobody says.
const fn meets(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}

/// `text` with the edits made, which are sorted, disjoint and inside it.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut kept = 0;
    for edit in edits {
        out.push_str(&text[kept..edit.span.start as usize]);
        out.push_str(&edit.text);
        kept = edit.span.end as usize;
    }
    out.push_str(&text[kept..]);
    out
}

/// Where bytes lie once the edits are made, which are sorted and disjoint.
pub struct Moves<'e> {
    edits: &'e [Edit],
    /// By how much what follows each edit moves.
    shifts: Vec<i64>,
}

impl<'e> Moves<'e> {
    /// By these edits.
    pub fn of(edits: &'e [Edit]) -> Self {
        let shift = |sum: &mut i64, edit: &Edit| {
            *sum += i64::from(edit.text.len() as u32) - i64::from(edit.span.len());
            Some(*sum)
        };
        Self { edits, shifts: edits.iter().scan(0, shift).collect() }
    }

    /// The first and the last byte that may be meant by `at`. They differ for a byte inside an edit, and where
    /// something was inserted.
    pub fn to(&self, at: u32) -> (u32, u32) {
        let before = self.edits.partition_point(|edit| edit.span.start < at);
        let shift = |edits: usize| edits.checked_sub(1).map_or(0, |last| self.shifts[last]);
        let shifted = |at: u32, edits: usize| u32::try_from(i64::from(at) + shift(edits)).unwrap_or_default();
        let written = |edit: usize| {
            let start = shifted(self.edits[edit].span.start, edit);
            (start, start + self.edits[edit].text.len() as u32)
        };
        match before.checked_sub(1) {
            Some(last) if self.edits[last].span.end > at => written(last),
            _ if self.edits.get(before).is_some_and(|edit| edit.span == Span::empty(at)) => written(before),
            _ => {
                let at = shifted(at, before);
                (at, at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::finding::Safety;

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit = |&(start, end, text): &(u32, u32, &str)| Edit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix { safety: Safety::Safe, edits: edits.iter().map(edit).collect() }
    }

    /// The text after one round, and the fates: T, W or U each.
    fn round(text: &str, fixes: &[&[(u32, u32, &str)]]) -> (String, String) {
        let fixes: Vec<Fix> = fixes.iter().map(|edits| fix(edits)).collect();
        let plan = plan(text, &fixes);
        let fates = plan.fates.iter().map(|fate| match fate {
            Fate::Taken => 'T',
            Fate::Waits => 'W',
            Fate::Unfit => 'U',
        });
        (apply(text, &plan.edits), fates.collect())
    }

    #[track_caller]
    fn check(text: &str, fixes: &[&[(u32, u32, &str)]], after: &str, fates: &str) {
        assert_eq!(round(text, fixes), (after.to_owned(), fates.to_owned()));
    }

    #[test]
    fn fixes_are_merged_whatever_their_order() {
        check("| a | b | c |", &[&[(10, 11, "z")], &[(2, 3, "xx"), (6, 7, "")]], "| xx |  | z |", "TT");
        check("ab", &[&[(1, 2, "Y")], &[(0, 1, "X")]], "XY", "TT");
    }

    #[test]
    fn equal_damage_is_told_apart_by_place() {
        let text = "| quantidade |\n| quantidade |\n";
        check(text, &[&[(2, 12, "amount")], &[(17, 27, "quantity")]], "| amount |\n| quantity |\n", "TT");
    }

    #[test]
    fn equal_edits_collapse() {
        check("POSTE /x", &[&[(0, 5, "POST")], &[(0, 5, "POST"), (6, 8, "/y")]], "POST /y", "TT");
        check("ab", &[&[(1, 1, "-")], &[(1, 1, "-")]], "a-b", "TT");
    }

    #[test]
    fn overlapping_edits_wait_as_a_whole() {
        check("abcdef", &[&[(1, 4, "X")], &[(0, 1, "Y"), (3, 5, "Z")], &[(5, 6, "W")]], "aXeW", "TWT");
        check("abcdef", &[&[(0, 6, "X")], &[(2, 3, "Y")]], "X", "TW");
        check("abcdef", &[&[(2, 3, "Y")], &[(0, 6, "X")]], "abYdef", "TW");
        check("abc", &[&[(0, 1, "X")], &[(0, 1, "Y")]], "Xbc", "TW");
    }

    #[test]
    fn an_insertion_meets_what_it_touches() {
        check("abc", &[&[(1, 1, "-")], &[(1, 1, "+")]], "a-bc", "TW");
        check("abc", &[&[(1, 2, "B")], &[(1, 1, "+")], &[(2, 2, "+")]], "aBc", "TWW");
        check("abc", &[&[(1, 1, "-"), (1, 2, "B")]], "a-Bc", "T");
    }

    #[test]
    fn unfit_edits_are_refused() {
        check("größe", &[&[(3, 4, "x")]], "größe", "U");
        check("abc", &[&[(2, 9, "x")]], "abc", "U");
        check("abc", &[&[(2, 1, "x")]], "abc", "U");
        check("abc", &[&[(1, 2, "x"), (0, 1, "y")]], "abc", "U");
        check("abc", &[&[(1, 1, "x"), (1, 1, "y")]], "abc", "U");
        check("abc", &[&[(1, 2, "b")]], "abc", "U");
        check("abc", &[&[]], "abc", "U");
    }

    #[test]
    fn marks_line_ends_and_wide_characters_stay() {
        let text = "\u{feff}| größe |\r\n| 数量 |\r\n";
        let name = text.find("größe").expect("it is there") as u32;
        let count = text.find("数量").expect("it is there") as u32;
        check(
            text,
            &[&[(count, count + 6, "quantity")], &[(name, name + 7, "size")]],
            "\u{feff}| size |\r\n| quantity |\r\n",
            "TT",
        );
    }

    #[test]
    fn places_move_with_the_text() {
        let edits = fix(&[(2, 4, "xxxxx"), (6, 6, "--"), (8, 9, "")]).edits;
        let moves = Moves::of(&edits);
        let to = |at| moves.to(at);
        assert_eq!([to(0), to(2), to(3), to(4)], [(0, 0), (2, 2), (2, 7), (7, 7)]);
        assert_eq!([to(6), to(7), to(8), to(9)], [(9, 11), (12, 12), (13, 13), (13, 13)]);
    }

    proptest! {
        /// Whatever is asked for, bytes outside of the edits taken stay as they are and where they are.
        #[test]
        fn no_byte_is_lost(
            text in "[a-c|ö車\u{feff}\r\n]{0,30}",
            wanted in prop::collection::vec(
                prop::collection::vec((0u32..60, 0u32..8, "[A-Z]{0,3}"), 0..4), 0..8),
        ) {
            let fixes: Vec<Fix> = wanted.iter().map(|edits| {
                let edits: Vec<_> =
                    edits.iter().map(|(start, length, text)| (*start, start + length, text.as_str())).collect();
                fix(&edits)
            }).collect();
            let plan = plan(&text, &fixes);
            let after = apply(&text, &plan.edits);
            let (mut old, mut new) = (0, 0);
            for edit in &plan.edits {
                let kept = &text[old..edit.span.start as usize];
                prop_assert_eq!(after.get(new..new + kept.len()), Some(kept));
                new += kept.len();
                prop_assert_eq!(after.get(new..new + edit.text.len()), Some(edit.text.as_str()));
                new += edit.text.len();
                old = edit.span.end as usize;
            }
            prop_assert_eq!(&after[new..], &text[old..]);
            // All or nothing, and nothing that nobody asked for.
            let of_taken = |edit: &Edit| {
                let mut taken = fixes.iter().zip(&plan.fates).filter(|(_, fate)| **fate == Fate::Taken);
                taken.any(|(fix, _)| fix.edits.contains(edit))
            };
            prop_assert!(plan.edits.iter().all(of_taken));
            for (fix, fate) in fixes.iter().zip(&plan.fates) {
                prop_assert!(*fate != Fate::Taken || fix.edits.iter().all(|edit| plan.edits.contains(edit)));
            }
            prop_assert!(fixes.is_empty() || plan.fates.iter().any(|fate| *fate != Fate::Waits));
        }
    }
}
