//! The right type of a row: what most translations say, in the words that somebody kept.

use std::collections::BTreeMap;

use crate::compare::align::plain_words;
use crate::compare::votes::ballots::{Ballot, Race};
use crate::compare::votes::{QUORUM, by_locales, confidence};
use crate::compare::words::explained_words;
use crate::comparison::TypeVote;
use crate::finding::Site;
use crate::fold::{identifier_key, is_same_identifier};
use crate::normalize::types::{Quality, TypeReading};
use crate::schema::Type;

/// The elected type of a row.
pub(super) struct Elected {
    ty: Type,
    text: String,
    confidence: f32,
    witnesses: Vec<Site>,
}

impl Elected {
    /// The vote on a cell that says something else, or the same in translated words.
    pub fn vote(&self, ballot: &Ballot<'_, '_>) -> Option<TypeVote> {
        let words = ballot.row.ty.as_ref().filter(|words| words.text != self.text)?;
        let reading = ballot.row.shown_type_reading(ballot.voter.page, &ballot.voter.vocabulary)?;
        let same = is_sound(&reading) && reading.ty.as_ref().is_some_and(|ty| plain(ty, 0) == self.ty);
        let worded = reading.quality == Quality::Translated || reading.canonical.is_some();
        if same && (!worded || has_remark(&words.text)) {
            return None;
        }
        let own = ballot.site(words);
        let others = self.witnesses.iter().copied().filter(|site| *site != own).collect();
        let right = by_locales(self.text.clone(), self.confidence, others);
        Some(TypeVote { right, translated: same || self.is_translated_to(ballot, &reading, &words.text) })
    }

    /// Whether a cell that is nothing but an unknown name is the elected name in another language.
    fn is_translated_to(&self, ballot: &Ballot<'_, '_>, reading: &TypeReading, text: &str) -> bool {
        let nameless = matches!(&reading.ty, None | Some(Type::Named(_)));
        let Type::Named(_) = &self.ty else { return false };
        let words = explained_words(text, &ballot.voter.vocabulary);
        let meant = plain_words(&self.text);
        nameless && !ballot.voter.source && meant.iter().any(|word| words.contains(word))
    }
}

/// What one translation says.
struct Said<'b, 'v> {
    ballot: Ballot<'b, 'v>,
    reading: TypeReading,
    ty: Type,
}

/// What most say, if at least three have a type and nobody doubts how it is written.
pub(super) fn elect(race: &Race<'_, '_>) -> Option<Elected> {
    let filled = race.iter().filter(|ballot| ballot.row.ty.is_some()).count();
    if filled < QUORUM {
        return None;
    }
    let said: Vec<Said<'_, '_>> = race
        .iter()
        .filter_map(|ballot| {
            let reading = ballot.row.shown_type_reading(ballot.voter.page, &ballot.voter.vocabulary)?;
            let ty = plain(reading.ty.as_ref().filter(|_| is_sound(&reading))?, 0);
            Some(Said { ballot: *ballot, reading: reading.into_owned(), ty })
        })
        .collect();
    let votes = |ty: &Type| said.iter().filter(|other| other.ty == *ty).count();
    let best = said.iter().max_by_key(|said| votes(&said.ty))?;
    let count = votes(&best.ty);
    if count * 2 <= filled {
        return None;
    }
    // A page in the language of the API translates nothing: if it says something else, it is of another age.
    if said.iter().any(|said| said.ballot.voter.source && said.ty != best.ty) {
        return None;
    }
    let agreeing: Vec<&Said<'_, '_>> = said.iter().filter(|said| said.ty == best.ty).collect();
    let (text, kept) = wording(&agreeing)?;
    let witness =
        |said: &&&Said<'_, '_>| said.ballot.row.ty.as_ref().is_some_and(|words| !kept || words.text == text);
    let sites = agreeing.iter().filter(witness);
    let witnesses = sites.filter_map(|said| Some(said.ballot.site(said.ballot.row.ty.as_ref()?))).collect();
    let sure = confidence(count, filled);
    let confidence = if kept { sure } else { sure.min(0.84) };
    Some(Elected { ty: best.ty.clone(), text, confidence, witnesses })
}

/// How the source writes the type: the words that most kept, else what the translated words stand for. And
/// whether somebody kept them.
fn wording(agreeing: &[&Said<'_, '_>]) -> Option<(String, bool)> {
    let text = |said: &&Said<'_, '_>| said.ballot.row.ty.as_ref().map(|words| words.text.to_string());
    if let Some(said) = agreeing.iter().find(|said| said.ballot.voter.source) {
        return Some((text(said).filter(|text| !has_remark(text))?, true));
    }
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    let mut meant: BTreeMap<&str, usize> = BTreeMap::new();
    let mut translations: Vec<&str> = Vec::new();
    for said in agreeing {
        let Some(words) = &said.ballot.row.ty else { continue };
        if is_kept(said, &words.text) {
            *kept.entry(&words.text).or_default() += 1;
        }
        if let Some(canonical) = &said.reading.canonical {
            *meant.entry(canonical).or_default() += 1;
            translations.push(&words.text);
        }
    }
    let most = |counts: &BTreeMap<&str, usize>| {
        let best = counts.iter().rev().max_by_key(|(_, count)| **count);
        best.map(|(text, count)| ((*text).to_owned(), *count))
    };
    let named = agreeing.iter().any(|said| said.ty.name().is_some());
    // `ErrorDetails-resource`: what else stands beside a name, one translation alone may have made up.
    let alone = |text: &str| named && text.contains([' ', '-']);
    let kept = most(&kept).filter(|(text, count)| *count > 1 || !alone(text));
    let meant = most(&meant).filter(|_| !named);
    // Words that one alone has where more have translated others are its own.
    let outvoted = |count: usize| meant.as_ref().is_some_and(|(_, others)| *others > count);
    if let Some((text, count)) = kept
        && !outvoted(count)
    {
        return Some((text, true));
    }
    let (text, _) = meant?;
    Some((if are_capital(&translations) { capitalized(&text) } else { text }, false))
}

/// Whether all texts begin with a capital, as far as their scripts have any: tools keep that.
fn are_capital(texts: &[&str]) -> bool {
    let mut first =
        texts.iter().filter_map(|text| text.chars().next()).filter(|c| c.is_uppercase() || c.is_lowercase());
    first.clone().count() > 1 && first.all(char::is_uppercase)
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a cell has the source's words and nothing else. A name may be translated itself: it is kept where it is
/// that of the anchor it links to, and where it is made of several words.
fn is_kept(said: &Said<'_, '_>, text: &str) -> bool {
    let vocabulary = &said.ballot.voter.vocabulary;
    let sound = said.reading.canonical.is_none()
        && match said.reading.quality {
            Quality::Exact => true,
            // `Lijst met objecten` is no less vague than `list of objects`.
            Quality::Vague => vocabulary.type_word(text).is_some_and(|found| found.english),
            _ => false,
        };
    if !sound || !text.is_ascii() || has_remark(text) {
        return false;
    }
    let Some(name) = said.reading.ty.as_ref().and_then(Type::name) else { return true };
    let anchor = said.reading.named.as_deref().unwrap_or("");
    let coded = name.chars().skip(1).any(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let linked = !anchor.is_empty() && text.contains(name) && is_same_identifier(anchor, name);
    coded || linked
}

/// Whether something else than the type stands in a cell: `string; unique`, `string (50)`.
fn has_remark(text: &str) -> bool {
    text.contains([';', '；', '(', '（']) || text.contains(". ")
}

fn is_sound(reading: &TypeReading) -> bool {
    matches!(reading.quality, Quality::Exact | Quality::Translated | Quality::Vague)
}

/// A type with its names in lower case: anchors are.
fn plain(ty: &Type, depth: u8) -> Type {
    if depth > 8 {
        return Type::Any;
    }
    match ty {
        Type::Named(name) => Type::Named(identifier_key(name).into_owned()),
        Type::Array(element) => Type::Array(Box::new(plain(element, depth + 1))),
        Type::Map(value) => Type::Map(Box::new(plain(value, depth + 1))),
        Type::OneOf(all) => Type::OneOf(all.iter().map(|one| plain(one, depth + 1)).collect()),
        other => other.clone(),
    }
}
