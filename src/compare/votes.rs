//! Without a reference page, three or more translations of one page vouch for each other: on every name, the
//! odd one out is damaged. Keys of JSON examples, which translation rarely touches, are further witnesses.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::compare::align as engine;
use crate::compare::align::{Terms, align};
use crate::compare::items;
use crate::compare::names::is_identifier;
use crate::compare::pairing::{TRANSLATION_ORDER, pair_pages};
use crate::compare::reference::References;
use crate::compare::requests::{is_method, requests};
use crate::compare::tables::has_names;
use crate::compare::words::{english_words, explained_words};
use crate::comparison::Pairing;
use crate::comparison::{Counterpart, RequestComparison};
use crate::document::View;
use crate::extract::path::Path;
use crate::facts::{Page, TableFact, TableRole};
use crate::finding::Site;
use crate::fold::{identifier_key, split_identifier};
use crate::lexicon::{Lexicon, Vocabulary};
use crate::normalize::rows::{Row, rows};
use crate::source::Locale;
use crate::text::{FileId, Place};

/// Fewer voters than this elect nobody.
const QUORUM: usize = 3;

/// What the other locales say, by page.
#[derive(Debug, Default)]
pub struct Votes {
    names: HashMap<(FileId, u32), HashMap<u32, Vote>>,
    requests: HashMap<FileId, Vec<RequestVote>>,
}

/// The elected text of one cell.
#[derive(Debug, Clone)]
pub struct Vote {
    /// The right text.
    pub expected: String,
    /// 0 to 1.
    pub confidence: f32,
    /// A page that says so.
    pub site: Option<Site>,
}

/// The elected method and path of one request, in the order of the page's requests.
#[derive(Debug, Clone, Default)]
pub struct RequestVote {
    /// The method.
    pub method: Option<Vote>,
    /// The path without base URL and version.
    pub path: Option<Vote>,
}

impl Votes {
    /// Holds the votes of all pages that no reference page vouches for.
    pub fn new(pages: &[Page], references: &References<'_>, lexicon: &Lexicon) -> Self {
        let mut groups: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        for page in pages {
            let open = page.source.locale.is_some() && references.of(page).is_none();
            if open && !references.is_reference(page) {
                groups.entry(&page.source.page).or_default().push(page);
            }
        }
        groups.retain(|_, voters| {
            let locales: HashSet<Option<&Locale>> =
                voters.iter().map(|page| page.source.locale.as_ref()).collect();
            locales.len() >= QUORUM && locales.len() == voters.len()
        });
        if groups.is_empty() {
            return Self::default();
        }
        let keys = Keys::of(pages);
        let groups: Vec<Vec<&Page>> = groups.into_values().collect();
        let parts: Vec<Self> = groups.par_iter().map(|voters| poll(voters, &keys, lexicon)).collect();
        let mut votes = Self::default();
        for part in parts {
            votes.names.extend(part.names);
            votes.requests.extend(part.requests);
        }
        votes
    }

    /// The elected name of a row.
    pub fn name(&self, page: &Page, table: u32, row: u32) -> Option<&Vote> {
        self.names.get(&(page.file, table))?.get(&row)
    }

    /// The elected method and path of the page's request number `at`.
    pub fn request(&self, page: &Page, at: usize) -> Option<&RequestVote> {
        self.requests.get(&page.file)?.get(at)
    }
}

/// The keys of all JSON examples: names that hardly any translation touches.
struct Keys {
    by_key: HashMap<String, Vec<String>>,
    by_word: HashMap<String, Vec<String>>,
}

impl Keys {
    fn of(pages: &[Page]) -> Self {
        let mut all: HashSet<String> = HashSet::new();
        for page in pages {
            for example in &page.facts.examples {
                let Some(json) = &example.json else { continue };
                let code = &page.document.codes[example.code as usize];
                let text = page.document.code_text(&page.source.text, code);
                let body = example.message.body.of(&text);
                for node in json.nodes.iter().filter(|node| !node.key.is_empty()) {
                    let key = crate::json::unquote(node.key.of(body));
                    if is_identifier(&key) && !all.contains(key.as_ref()) {
                        all.insert(key.into_owned());
                    }
                }
            }
        }
        let mut names: Vec<String> = all.into_iter().collect();
        names.sort_unstable();
        let mut keys = Self { by_key: HashMap::new(), by_word: HashMap::new() };
        for name in names {
            keys.by_key.entry(identifier_key(&name).into_owned()).or_default().push(name.clone());
            for word in engine::plain_words(&name) {
                keys.by_word.entry(word).or_default().push(name.clone());
            }
        }
        keys
    }

    /// How a table of that style spells a name that examples have.
    fn spelling(&self, key: &str, style: Style) -> Option<String> {
        let spellings = self.by_key.get(key)?;
        let humped = spellings.iter().find(|name| has_hump(name)).or_else(|| spellings.first())?;
        Some(style.apply(humped))
    }
}

/// A row of one translation that stands for the same as the rows of the others.
struct Ballot<'v> {
    page: &'v Page,
    table: u32,
    row: u32,
    name: &'v str,
    place: Place,
}

/// Polls the translations of one page.
fn poll(voters: &[&Page], keys: &Keys, lexicon: &Lexicon) -> Votes {
    let pivot = voters[0];
    let pairings: Vec<Option<Pairing<'_>>> = voters
        .iter()
        .map(|page| {
            let with = Counterpart { page: pivot, view: View::Page };
            (!std::ptr::eq(*page, pivot)).then(|| pair_pages(page, with))
        })
        .collect();
    let mut polled = Votes::default();
    for (at, fact) in pivot.facts.tables.iter().enumerate() {
        let tables: Vec<Option<(u32, &TableFact)>> = voters
            .iter()
            .zip(&pairings)
            .map(|(page, pairing)| match pairing {
                None => Some((at as u32, fact)),
                Some(pairing) => {
                    let left = pairing.tables.pairs.iter().find(|pair| pair.right == at as u32)?.left;
                    Some((left, &page.facts.tables[left as usize]))
                }
            })
            .collect();
        let named = tables.iter().flatten().filter(|(_, fact)| has_names(fact) || fact.names).count();
        if named * 2 > voters.len() {
            poll_table(voters, &tables, keys, lexicon, &mut polled);
        }
    }
    poll_requests(voters, lexicon, &mut polled);
    polled
}

fn poll_table(
    voters: &[&Page],
    tables: &[Option<(u32, &TableFact)>],
    keys: &Keys,
    lexicon: &Lexicon,
    polled: &mut Votes,
) {
    let listed: Vec<Vec<Row<'_>>> = voters
        .iter()
        .zip(tables)
        .map(|(page, table)| table.map_or_else(Vec::new, |(_, fact)| rows(page, fact, &fact.columns)))
        .collect();
    let vocabularies: Vec<Vocabulary<'_>> =
        voters.iter().map(|page| lexicon.vocabulary(page.source.locale.as_ref())).collect();
    let pivot = items::of_rows(voters[0], &listed[0], View::Page, &vocabularies[0]);
    // For each row of the pivot: the rows of the others that stand for the same.
    let mut ballots: Vec<Vec<Ballot<'_>>> = listed[0].iter().map(|_| Vec::new()).collect();
    for (voter, (page, own)) in voters.iter().zip(&listed).enumerate() {
        let Some((table, _)) = tables[voter] else { continue };
        let words = |name: &str| english_words(name, &vocabularies[voter]);
        let left = items::of_rows(page, own, View::Page, &vocabularies[voter]);
        let alignment = align(&left, &pivot, &Terms { order: TRANSLATION_ORDER, words: &words });
        for pair in alignment.pairs.iter().filter(|pair| pair.confidence >= 0.6) {
            let row = &own[pair.left as usize];
            ballots[pair.right as usize].push(Ballot {
                page,
                table,
                row: pair.left,
                name: &row.name.text,
                place: Place { file: page.file, span: row.name.span },
            });
        }
    }
    let parameters = tables.iter().flatten().any(|(_, fact)| fact.role == TableRole::Parameters);
    let style = Style::of(&ballots, parameters);
    for ballots in ballots.iter().filter(|ballots| ballots.len() >= QUORUM) {
        let Some((expected, confidence)) = elect(ballots, style, keys, lexicon) else { continue };
        let site =
            ballots.iter().find(|ballot| ballot.name == expected).map(|ballot| Site::Page(ballot.place));
        for ballot in ballots.iter().filter(|ballot| ballot.name != expected) {
            let vote = Vote { expected: expected.clone(), confidence, site };
            polled.names.entry((ballot.page.file, ballot.table)).or_default().insert(ballot.row, vote);
        }
    }
}

/// How a table writes its names, by those on which all agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    /// `CreationDate`, not `creationDate`.
    capital: bool,
    /// `customer-id`, not `customerId`.
    joined: bool,
}

impl Style {
    fn of(rows: &[Vec<Ballot<'_>>], parameters: bool) -> Self {
        let agreed: Vec<&str> = rows
            .iter()
            .filter_map(|ballots| {
                let first = ballots.first()?.name;
                (is_identifier(first) && ballots.iter().all(|ballot| ballot.name == first)).then_some(first)
            })
            .collect();
        let joined = parameters || agreed.iter().any(|name| name.contains(['-', '_']));
        let capital = |name: &&str| name.starts_with(char::is_uppercase);
        if agreed.is_empty() {
            // Nobody agrees on anything: translations at least tend to keep the first letter's case.
            let names: Vec<&str> = rows.iter().flatten().map(|ballot| ballot.name).collect();
            let capitals = names.iter().filter(|name| capital(name)).count();
            return Self { capital: capitals * 5 >= names.len() * 4, joined };
        }
        Self { capital: agreed.iter().filter(|name| capital(name)).count() * 2 > agreed.len(), joined }
    }

    /// A name as this table would begin it.
    fn apply(self, name: &str) -> String {
        let mut chars = name.chars();
        let Some(first) = chars.next() else { return String::new() };
        let first: String =
            if self.capital { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
        first + chars.as_str()
    }
}

/// The right name of a row: what most say; else a name that some kept and the examples know; else what the
/// words of the translations say together.
fn elect(ballots: &[Ballot<'_>], style: Style, keys: &Keys, lexicon: &Lexicon) -> Option<(String, f32)> {
    let mut counts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for ballot in ballots {
        if is_identifier(ballot.name) {
            counts.entry(identifier_key(ballot.name).into_owned()).or_default().push(ballot.name);
        }
    }
    let most = counts.iter().max_by_key(|(_, names)| names.len());
    if let Some((key, names)) = most {
        let rivals = counts.values().filter(|others| others.len() == names.len()).count();
        let known = keys.spelling(key, style).is_some();
        let majority = names.len() * 2 > ballots.len() && rivals == 1;
        let translated = !known && ballots.iter().any(|ballot| is_translation(ballot, key, lexicon));
        if majority && !translated {
            let share = names.len() as f32 / ballots.len() as f32;
            let spelling = best_spelling(names);
            let unanimous = ballots.iter().all(|ballot| ballot.name == spelling);
            let flat = !unanimous
                && !has_hump(spelling)
                && spelling.starts_with(char::is_uppercase)
                && spelling.chars().all(char::is_alphanumeric);
            let humped =
                keys.by_key.get(key).into_iter().flatten().find(|name| has_hump(name)).filter(|_| flat);
            let right = humped.map_or_else(|| spelling.to_owned(), |name| style.apply(name));
            return Some((right, if known { 0.97 } else { 0.75 + 0.2 * share }));
        }
    }
    let mut kept = counts.iter().filter_map(|(key, names)| {
        let spelling = keys.spelling(key, style)?;
        names.iter().any(|name| name.eq_ignore_ascii_case(&spelling)).then_some(spelling)
    });
    if let (Some(name), None) = (kept.next(), kept.next()) {
        return Some((name, 0.88));
    }
    by_words(ballots, style, keys, lexicon)
}

/// Whether a name that most agree on is a word of the voter's language: `adres` is so in Dutch and in Polish.
fn is_translation(ballot: &Ballot<'_>, key: &str, lexicon: &Lexicon) -> bool {
    if identifier_key(ballot.name) != key {
        return false;
    }
    let vocabulary = lexicon.vocabulary(ballot.page.source.locale.as_ref());
    let own = ballot.name.to_lowercase();
    let mut english = vocabulary.word(ballot.name).peekable();
    english.peek().is_some() && english.all(|word| word != own)
}

/// Whether there are capitals inside a name; all capitals are none of its own.
fn has_hump(name: &str) -> bool {
    name.chars().skip(1).any(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// The spelling that most have; but translation tools flatten humps (`Friendlyname`), so one that kept them is
/// better than any number that did not.
fn best_spelling<'b>(names: &[&'b str]) -> &'b str {
    let votes = |name: &str| names.iter().filter(|other| **other == name).count();
    names
        .iter()
        .copied()
        .max_by_key(|name| (has_hump(name), votes(name), !name.starts_with(char::is_uppercase)))
        .unwrap_or("")
}

/// The JSON key that the words of the translations say together, if one stands out; else the one English word
/// that they all are.
fn by_words(ballots: &[Ballot<'_>], style: Style, keys: &Keys, lexicon: &Lexicon) -> Option<(String, f32)> {
    let vocabulary = |ballot: &Ballot<'_>| lexicon.vocabulary(ballot.page.source.locale.as_ref());
    let said: Vec<Vec<String>> =
        ballots.iter().map(|ballot| explained_words(ballot.name, &vocabulary(ballot))).collect();
    let candidates: BTreeSet<&String> =
        said.iter().flatten().filter_map(|word| keys.by_word.get(word)).flatten().collect();
    let mut fits: Vec<(f32, &String)> = candidates
        .into_iter()
        .map(|name| {
            let words = engine::plain_words(name);
            let fit = |said: &Vec<String>| overlap(said, &words);
            (said.iter().map(fit).sum::<f32>() / said.len() as f32, name)
        })
        .collect();
    fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    // Spellings of one name are no rivals: the table's style decides between them.
    fits.dedup_by(|later, kept| identifier_key(later.1) == identifier_key(kept.1));
    if let Some((best, name)) = fits.first() {
        let rival = fits.get(1).map_or(0.0, |(fit, _)| *fit);
        if *best >= 0.7 && best - rival >= 0.15 {
            // A locale that kept the name knows its spelling better than the examples do.
            let key = identifier_key(name);
            let joined = |kept: &&str| kept.contains(['-', '_']) == style.joined;
            let kept = ballots.iter().map(|ballot| ballot.name);
            let kept = kept.filter(joined).find(|kept| identifier_key(kept) == key);
            return Some((kept.map_or_else(|| style.apply(name), str::to_owned), 0.6 + 0.35 * best));
        }
    }
    let (first, others) = said.split_first()?;
    let mut shared = first.iter().filter(|word| others.iter().all(|said| said.contains(word)));
    let single = ballots.iter().all(|ballot| split_identifier(ballot.name).count() == 1);
    match (shared.next(), shared.next()) {
        (Some(word), None) if single && fits.is_empty() => Some((style.apply(word), 0.7)),
        _ => None,
    }
}

/// How far two lists of words are the same, 0 to 1.
fn overlap(left: &[String], right: &[String]) -> f32 {
    let shared = right.iter().filter(|word| left.contains(word)).count() as f32;
    if shared == 0.0 { 0.0 } else { 2.0 * shared / (left.len() + right.len()) as f32 }
}

/// Polls the methods and paths of a page's documented requests.
fn poll_requests(voters: &[&Page], lexicon: &Lexicon, polled: &mut Votes) {
    let compared: Vec<Vec<RequestComparison<'_>>> = voters
        .iter()
        .map(|page| {
            let vocabulary = lexicon.vocabulary(page.source.locale.as_ref());
            requests(page, None, None, &[], None, &vocabulary)
        })
        .collect();
    let count = compared[0].len();
    if count == 0 || compared.iter().any(|requests| requests.len() != count) {
        return;
    }
    let mut elected: Vec<RequestVote> = Vec::with_capacity(count);
    for at in 0..count {
        let methods: Vec<&str> =
            compared.iter().map(|requests| &*requests[at].method.0).filter(|text| is_method(text)).collect();
        let paths: Vec<&str> = compared.iter().map(|requests| &*requests[at].path.0).collect();
        let vote = |expected: String, confidence| Vote { expected, confidence, site: None };
        elected.push(RequestVote {
            method: most_frequent(&methods, 1).map(|method| vote(method.to_owned(), 0.9)),
            path: elect_path(&paths).map(|path| vote(path, 0.9)),
        });
    }
    for page in voters {
        polled.requests.insert(page.file, elected.clone());
    }
}

/// The text that at least `least` say and that nobody rivals.
fn most_frequent<'t>(texts: &[&'t str], least: usize) -> Option<&'t str> {
    let count = |text: &str| texts.iter().filter(|other| **other == text).count();
    let best = texts.iter().copied().max_by_key(|text| (count(text), *text))?;
    let alone = texts.iter().all(|text| *text == best || count(text) < count(best));
    (count(best) >= least && alone).then_some(best)
}

/// The path that most say segment by segment; among spellings that differ in case the lower one, which
/// translation tools capitalize.
fn elect_path(paths: &[&str]) -> Option<String> {
    if let Some(path) = most_frequent(paths, paths.len() / 2 + 1) {
        return Some(path.to_owned());
    }
    let read: Vec<Path> = paths.iter().map(|path| Path::read(path)).collect();
    let count = read[0].segments();
    if count == 0 || read.iter().any(|path| path.segments() != count) {
        return None;
    }
    let mut elected = String::new();
    for at in 0..count {
        let texts: Vec<&str> = read.iter().map(|path| path.segment(at)).collect();
        let lower: Vec<String> = texts.iter().map(|text| text.to_ascii_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let key = most_frequent(&lower, texts.len() / 2 + 1)?;
        let spelled: Vec<&str> =
            texts.iter().copied().filter(|text| text.eq_ignore_ascii_case(key)).collect();
        let best = most_frequent(&spelled, 1).unwrap_or(key);
        elected.push('/');
        elected.push_str(if spelled.contains(&key) { key } else { best });
    }
    Some(elected)
}
