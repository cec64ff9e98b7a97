//! What a name cell says, and how well that fits a name that may have stood there.

use std::borrow::Cow;

use crate::compare::align::{identifier_words, plain_words};
use crate::compare::names::is_identifier;
use crate::compare::spelling::likeness;
use crate::compare::votes::ballots::Ballot;
use crate::compare::votes::spelling::has_hump;
use crate::compare::votes::witnesses::Known;
use crate::compare::words::explained_words;
use crate::fold::{fold, identifier_key};

/// Words as alike as this are cognates: `Reservationer`, `reservations`.
const COGNATE: f64 = 0.6;

/// What one translation says in the name cell of a row.
pub(super) struct Said<'b, 'v> {
    pub ballot: Ballot<'b, 'v>,
    /// The identifier in the cell: all of it, or what a gloss stands beside.
    pub claim: Option<&'b str>,
    /// The key of the claim.
    pub key: String,
    /// Whether the claim is a word of the language that means something else in English.
    pub translated: bool,
    /// The English words that the cell stands for, if all of it is understood.
    pub words: Vec<String>,
    folded: String,
}

impl<'b, 'v> Said<'b, 'v> {
    /// Reads a ballot; `knows` tells names that examples or other locales have.
    pub fn read(ballot: Ballot<'b, 'v>, members: bool, knows: &dyn Fn(&str) -> bool) -> Self {
        let name = ballot.name();
        let vocabulary = &ballot.voter.vocabulary;
        let claim = claim(name, knows);
        let key = claim.map_or_else(String::new, |claim| identifier_key(claim).into_owned());
        let mut words: Vec<String> =
            if members { vocabulary.value(name).map(str::to_owned).collect() } else { Vec::new() };
        if words.is_empty() {
            words = explained_words(name, vocabulary);
        }
        let own = name.to_lowercase();
        let mut english = vocabulary.word(name).peekable();
        let foreign = english.peek().is_some() && english.all(|word| word != own);
        let translated = foreign && claim == Some(name) && !ballot.voter.source;
        Self { ballot, claim, key, translated, words, folded: fold(name).into_owned() }
    }

    /// The claim, unless it is a translation that looks like an identifier.
    pub fn kept(&self) -> Option<&'b str> {
        self.claim.filter(|_| !self.translated)
    }

    /// Whether nothing but signs stands beside the claim.
    pub fn is_decorated(&self) -> bool {
        let name = self.ballot.name();
        self.claim != Some(name) && identifier_key(name) == self.key
    }

    /// How well the cell fits a name, 0 to 1; `None` where nothing is known of it.
    pub fn fit(&self, name: &Candidate<'_>) -> Option<f32> {
        if self.claim.is_some() && self.key == name.key {
            return Some(1.0);
        }
        if !self.words.is_empty() {
            return Some(overlap(&self.words, &name.words));
        }
        if self.ballot.voter.source {
            return Some(0.0);
        }
        // What one translation has in its cell may be the cognate of any other: none of them is a name for that.
        if name.origin == Origin::Kept {
            return None;
        }
        likeness(&self.folded, &name.key, COGNATE).map(|likeness| likeness as f32)
    }
}

/// The identifier in a cell: the whole of it, or the one word beside a gloss that is written like code or known.
fn claim<'t>(text: &'t str, knows: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    if is_identifier(text) {
        return Some(text);
    }
    let bracketed = text.contains(['(', '（', ':', '：', '[', '"', '`']);
    // Without a sign between them, words may be the parts of one translated name: `nie zmieniaOf`.
    let code = |word: &&str| is_identifier(word) && is_coded(word) && (bracketed || knows(word));
    let mut coded = identifier_words(text).into_iter().filter(code);
    if let (Some(word), None) = (coded.next(), coded.next()) {
        return Some(word);
    }
    let (before, rest) = text.split_once(['(', '（'])?;
    let (inside, _) = rest.split_once([')', '）'])?;
    let mut names =
        [before.trim(), inside.trim()].into_iter().filter(|word| is_identifier(word) && knows(word));
    match (names.next(), names.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

/// Whether a word is written like code: `roomId`, `room_id`.
fn is_coded(word: &str) -> bool {
    has_hump(word) || word.contains('_') && word.len() > 2
}

/// Where a candidate comes from, from the best witness to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// Somewhere in the tree.
    Far,
    /// In the page's own examples or paths.
    Near,
    /// In an example object that has the table's other names.
    Beside,
    /// In the cell of one of the translations.
    Kept,
}

impl Origin {
    /// What it adds to a fit when candidates are compared.
    fn bonus(self) -> f32 {
        match self {
            Self::Far => 0.0,
            Self::Near => 0.1,
            Self::Beside | Self::Kept => 0.2,
        }
    }
}

/// A name that may have stood in a row.
#[derive(Clone)]
pub(super) struct Candidate<'c> {
    pub key: Cow<'c, str>,
    words: Cow<'c, [String]>,
    pub origin: Origin,
    /// How examples or paths write it.
    pub known: Option<&'c Known>,
}

impl<'c> Candidate<'c> {
    pub fn kept(name: &'c str) -> Self {
        let words = Cow::Owned(plain_words(name));
        Self { key: identifier_key(name), words, origin: Origin::Kept, known: None }
    }

    pub fn known(known: &'c Known, origin: Origin) -> Self {
        let words = Cow::Borrowed(known.words.as_slice());
        Self { key: Cow::Borrowed(&known.key), words, origin, known: Some(known) }
    }
}

/// How well a candidate fits what all say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// Mean over those of whom something is known.
    pub mean: f32,
    /// How many it fits.
    pub supporters: usize,
    /// For comparison with others.
    pub rank: f32,
}

/// From here on a cell supports a name.
const SUPPORT: f32 = 0.6;

/// How well a candidate fits what all say.
pub(super) fn fit(candidate: &Candidate<'_>, said: &[Said<'_, '_>]) -> Fit {
    let fits: Vec<f32> = said.iter().filter_map(|said| said.fit(candidate)).collect();
    let mean = fits.iter().sum::<f32>() / fits.len().max(1) as f32;
    let supporters = fits.iter().filter(|fit| **fit >= SUPPORT).count();
    let support = supporters as f32 / said.len().max(1) as f32;
    Fit { mean, supporters, rank: mean + 0.3 * support + candidate.origin.bonus() }
}

/// How far two lists of words are the same, 0 to 1.
fn overlap(left: &[String], right: &[String]) -> f32 {
    let shared = right.iter().filter(|word| left.contains(word)).count() as f32;
    if shared == 0.0 { 0.0 } else { 2.0 * shared / (left.len() + right.len()) as f32 }
}
