//! What makes an example say what its source says, where that is certain and loses nothing.
//!
//! A difference is fixed in place where the rest of the example is the same, the right word is used elsewhere too or
//! only spelled otherwise here, and the word that is there is used nowhere else. The whole block is written anew only on
//! pages of one date, and only if all that the translation has in it is in the source's as well. Absent here: wording.

use std::cell::OnceCell;

use crate::compare::difference::{Difference, DifferenceKind};
use crate::compare::differences::is_house_style;
use crate::document::Code;
use crate::facts::{Example, Page};
use crate::fold::identifier_key;
use crate::hash::HashMap;
use crate::json::{NodeId, NodeKind, RelaxationKind};
use crate::rules::age::Age;
use crate::text::Span;

/// Two versions of an example, and where they stand.
pub(super) struct Beside<'a> {
    pub page: &'a Page,
    pub source: &'a Page,
    pub code: (&'a Code, &'a Code),
    pub own: (&'a Example, &'a str),
    pub theirs: (&'a Example, &'a str),
    pub age: Age,
    /// The words of both pages.
    pub words: (&'a Words, &'a Words),
    /// Whether it is the only one of its block.
    pub alone: bool,
}

impl Beside<'_> {
    /// Whether text of the block stands in the page as it is, up to a fence that closes it.
    fn is_plain(&self) -> bool {
        let (own, theirs) = self.code;
        own.closed
            && theirs.closed
            && own.literals.is_empty()
            && self.own.0.shown.is_none()
            && self.theirs.0.shown.is_none()
    }
}

/// The edit of one difference.
pub(super) fn narrow(beside: &Beside<'_>, one: Difference, all: &[Difference]) -> Option<(Span, String)> {
    let (own, theirs) = (one.own.of(beside.own.1), one.theirs.of(beside.theirs.1));
    let is_piece = |text: &str| !text.trim().is_empty() && !text.contains(['\n', '\r']);
    if !beside.is_plain() || !is_piece(own) || !is_piece(theirs) || !is_few(beside, all) {
        return None;
    }
    let is_dated = beside.age == Age::Same;
    let is_certain = match one.kind {
        DifferenceKind::Spelling => beside.age != Age::Older && beside.age != Age::Newer,
        DifferenceKind::Head => is_dated,
        DifferenceKind::Key | DifferenceKind::Value => {
            let (found, wanted) = (bare(own), bare(theirs));
            let is_word = |text: &str| text.contains(char::is_alphabetic);
            let here = all.iter().filter(|other| bare(other.own.of(beside.own.1)) == found).count();
            let is_free = beside.words.1.count(&beside.source.source.text, found) == 0
                && beside.words.0.count(&beside.page.source.text, found) <= here;
            let is_spelled =
                identifier_key(found) == identifier_key(wanted) || !found.is_ascii() && wanted.is_ascii();
            let is_used = beside.words.1.count(&beside.source.source.text, wanted) > here
                || beside.words.0.count(&beside.page.source.text, wanted) > 0;
            match beside.age {
                Age::Same => is_word(wanted) && is_free || one.kind == DifferenceKind::Value && is_dated,
                Age::Unknown => is_word(wanted) && is_free && (is_spelled || is_used),
                Age::Older | Age::Behind | Age::Newer => false,
            }
        }
        _ => false,
    };
    is_certain.then(|| (beside.code.0.to_source(one.own), theirs.to_owned()))
}

/// Whether the examples are the same but for a few places.
fn is_few(beside: &Beside<'_>, all: &[Difference]) -> bool {
    const FEW: usize = 3;
    let nodes = beside.own.0.json.as_ref().map_or(0, |json| json.nodes.len());
    all.len() <= FEW.max(nodes / 5)
}

/// Without quotes.
fn bare(text: &str) -> &str {
    text.trim_matches('"')
}

/// The words of a page, and how often each is there; looked at when the first fix asks.
#[derive(Default)]
pub(super) struct Words(OnceCell<HashMap<Box<str>, u32>>);

impl Words {
    /// How often a word stands in `text`, always the same one; of several joined by signs, the rarest.
    fn count(&self, text: &str, word: &str) -> usize {
        let words = self.0.get_or_init(|| {
            let mut words: HashMap<Box<str>, u32> = HashMap::default();
            for word in split(text) {
                match words.get_mut(word) {
                    Some(count) => *count += 1,
                    None => {
                        words.insert(word.into(), 1);
                    }
                }
            }
            words
        });
        split(word).map(|word| words.get(word).copied().unwrap_or(0) as usize).min().unwrap_or(0)
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The edit that writes the whole block as the source has it.
pub(super) fn whole(beside: &Beside<'_>, all: &[Difference]) -> Option<(Span, String)> {
    let ((own, text), (theirs, right)) = (beside.own, beside.theirs);
    let code = beside.code.0;
    let [whole] = code.pieces.as_slice() else { return None };
    let fenced = code.span.of(&beside.page.source.text).starts_with(['`', '~']);
    let sound = theirs.json.as_ref().is_some_and(|json| json.errors.is_empty());
    if !beside.is_plain()
        || !beside.alone
        || !fenced
        || !sound
        || right.contains("```")
        || right.contains("~~~")
    {
        return None;
    }
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    // Only signs were lost or turned into others.
    let same_words =
        own.json.as_ref().is_none_or(|json| !json.errors.is_empty()) && letters(text) == letters(right);
    let narrow = all.iter().all(|one| {
        matches!(
            one.kind,
            DifferenceKind::Key | DifferenceKind::Value | DifferenceKind::Spelling | DifferenceKind::Head
        )
    });
    let is_dated = beside.age == Age::Same && !narrow && keeps_all(beside, all);
    if !same_words && !is_dated {
        return None;
    }
    let right = if text.contains("\r\n") && !right.contains('\r') {
        right.replace('\n', "\r\n")
    } else {
        right.to_owned()
    };
    Some((*whole, right))
}

/// Whether the source's example has all that the translation's has: every member, every sentence.
fn keeps_all(beside: &Beside<'_>, all: &[Difference]) -> bool {
    /// Each string is looked for in the source's example.
    const MOST: usize = 2000;
    let ((own, text), (_, right)) = (beside.own, beside.theirs);
    let Some(json) = own.json.as_ref().filter(|json| json.errors.is_empty() && json.nodes.len() <= MOST)
    else {
        return false;
    };
    let is_extra = |one: &Difference| one.theirs.of(right).trim().is_empty();
    let is_comment = json.relaxations.iter().any(|one| {
        matches!(one.kind, RelaxationKind::Comment | RelaxationKind::Caption | RelaxationKind::Elision)
    });
    if is_comment
        || all
            .iter()
            .any(|one| is_extra(one) || matches!(one.kind, DifferenceKind::Lines | DifferenceKind::Element))
    {
        return false;
    }
    let body = own.message.body.of(text);
    let is_own = |at: usize| {
        let id = NodeId::at(at as u32);
        let node = json.node(id);
        let value = json.string(body, id);
        let differs = || {
            let place = node.span.shifted(own.message.body.start);
            all.iter().any(|one| one.own == place)
        };
        node.kind == NodeKind::String
            && !right.contains(&*value)
            && (!differs() || is_house_style(&value, ""))
    };
    !(0..json.nodes.len()).any(is_own)
}
