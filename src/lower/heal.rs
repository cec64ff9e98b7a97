//! Names that a translation damaged and no other page vouches for, healed by the keys of examples: those are
//! rarely translated.
//!
//! Absent here: names that are vouched for; they were healed as they were read.

use crate::alignment::Evidence;
use crate::compare::align::{Item, Terms, align};
use crate::compare::items::Kind;
use crate::compare::words::english_words;
use crate::lexicon::Lexicon;
use crate::lower::merge::push;
use crate::lower::shown::ShownObject;
use crate::lower::types::Draft;
use crate::source::Locale;

/// How sure a pair must be, and how far the order of keys can be trusted to be that of the table.
const SURE: f32 = 0.8;
const EXAMPLE_ORDER: f32 = 0.5;

/// Gives properties that no example shows the names of keys that no table lists, where words and order say so.
pub(super) fn by_examples(draft: &mut Draft, seen: &ShownObject, lexicon: &Lexicon) {
    let open: Vec<usize> = (0..draft.properties.len())
        .filter(|at| {
            let listed = &draft.properties[*at];
            listed.is_foreign && seen.get(&listed.key).is_none()
        })
        .collect();
    let keys: Vec<(&str, &str)> = seen
        .members
        .iter()
        .filter(|(key, _)| draft.property(key).is_none())
        .filter_map(|(key, shown)| Some((key.as_str(), shown.spelling()?)))
        .collect();
    if open.is_empty() || keys.is_empty() {
        return;
    }
    let locale = draft.locale().and_then(Locale::parse);
    let vocabulary = lexicon.vocabulary(locale.as_ref());
    let words = |name: &str| english_words(name, &vocabulary);
    let names: Vec<String> = open.iter().map(|at| draft.properties[*at].property.name.clone()).collect();
    let left: Vec<Item<'_>> = names.iter().map(|name| Item::new(name, Kind::Name)).collect();
    let right: Vec<Item<'_>> = keys.iter().map(|(_, name)| Item::new(name, Kind::Name)).collect();
    let alignment = align(&left, &right, &Terms { order: EXAMPLE_ORDER, words: &words });
    let telling = Evidence::WORDS.with(Evidence::SPELLING).with(Evidence::GLOSS);
    for pair in alignment.pairs.iter().filter(|pair| pair.confidence >= SURE && pair.evidence.any(telling)) {
        let (key, name) = keys[pair.right as usize];
        let listed = &mut draft.properties[open[pair.left as usize]];
        let written = std::mem::replace(&mut listed.property.name, name.to_owned());
        key.clone_into(&mut listed.key);
        if let Some(origin) = &mut listed.property.origin {
            push(&mut origin.notes, format!("written `{written}`, which examples call `{name}`"));
        }
    }
}
