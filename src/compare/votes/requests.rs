//! The right method and path of each documented request: what most translations say or mean, and the pages' own
//! examples.

use std::borrow::Cow;

use crate::compare::align::plain_words;
use crate::compare::names::{is_identifier, is_source_language};
use crate::compare::paths::{self, Paths};
use crate::compare::requests::{is_method, path_edits, request_lines, requests};
use crate::compare::votes::ballots::Voter;
use crate::compare::votes::witnesses::Known;
use crate::compare::votes::{QUORUM, by_locales, confidence};
use crate::comparison::{PathVerdict, RequestComparison, RequestLine, Verdict, Vote};
use crate::extract::path::Path;
use crate::facts::Page;
use crate::finding::{Basis, Site};
use crate::fold::identifier_key;
use crate::hash::HashMap;
use crate::normalize::rows::Words;
use crate::text::{FileId, Place, Span};

/// The elected method and path of one request.
#[derive(Debug, Clone, Default)]
pub struct RequestVote {
    /// The method.
    method: Option<Vote>,
    /// The path without base URL and version.
    path: Option<Vote>,
}

impl RequestVote {
    /// Lets the other locales say what no better witness did.
    pub fn settle(&self, page: &Page, request: &mut RequestComparison<'_>, uri: &Words<'_>) {
        // The example may show another request: what most translations of the table say counts for more.
        let open = request.method_verdict.as_ref().is_none_or(|verdict| verdict.basis == Basis::Page);
        if let Some(vote) = self.method.as_ref().filter(|vote| open && can_correct(vote, page, request)) {
            request.method_verdict = Some(verdict(vote));
        }
        if request.path_verdict.is_none()
            && let Some(vote) = &self.path
        {
            let (path, right) = (Path::read(&uri.text), Path::read(&vote.expected));
            let differs = vote.expected != request.path.0;
            let case_only = differs && vote.expected.eq_ignore_ascii_case(&request.path.0);
            if let Some(edits) = path_edits(page, uri, &path, &right, true) {
                request.path_verdict = Some(PathVerdict { right: verdict(vote), case_only, edits });
            }
        }
    }
}

/// Whether the elected method counts for more than what stands there: a valid one yields only to others that wrote
/// theirs out, and so does a page in the language of the API, where nothing is translated.
fn can_correct(vote: &Vote, page: &Page, request: &RequestComparison<'_>) -> bool {
    let sound = is_method(&request.method.0) || is_source_language(page);
    !sound || vote.witnesses.len() + 1 >= QUORUM
}

fn verdict<'a>(vote: &Vote) -> Verdict<'a> {
    Verdict {
        expected: Cow::Owned(vote.expected.clone()),
        basis: vote.basis,
        confidence: vote.confidence,
        witnesses: vote.witnesses.clone(),
    }
}

/// Polls the documented requests of a page's translations, in the order of the page.
pub(super) fn poll(voters: &[Voter<'_>], compared: &Documented<'_>) -> HashMap<FileId, Vec<RequestVote>> {
    let count = compared.first().map_or(0, Vec::len);
    if voters.len() < QUORUM || count == 0 || compared.iter().any(|requests| requests.len() != count) {
        return HashMap::default();
    }
    let lines: Vec<Vec<RequestLine>> =
        voters.iter().map(|voter| request_lines(voter.page, &Paths::default())).collect();
    let elected: Vec<RequestVote> = (0..count)
        .map(|at| {
            let race: Vec<&RequestComparison<'_>> = compared.iter().map(|requests| &requests[at]).collect();
            RequestVote { method: elect_method(voters, &race), path: elect_path(voters, &race, &lines) }
        })
        .collect();
    voters.iter().map(|voter| (voter.page.file, elected.clone())).collect()
}

/// The requests of each voter.
pub(super) type Documented<'v> = [Vec<RequestComparison<'v>>];

/// What each voter's page documents, by itself.
pub(super) fn documented<'v>(voters: &[Voter<'v>]) -> Vec<Vec<RequestComparison<'v>>> {
    voters
        .iter()
        .map(|voter| requests(voter.page, None, None, &[], None, (&voter.vocabulary, &Paths::default())))
        .collect()
}

/// The names of placeholders and queries that most of the voters' paths have, as elected where they were.
pub(super) fn names(
    voters: &[Voter<'_>],
    compared: &Documented<'_>,
    elected: &HashMap<FileId, Vec<RequestVote>>,
) -> Vec<Known> {
    let mut names: Vec<Known> = Vec::new();
    for (voter, requests) in voters.iter().zip(compared) {
        let mut own: Vec<(String, bool, Span)> = Vec::new();
        for (at, request) in requests.iter().enumerate() {
            let vote = elected.get(&voter.page.file).and_then(|votes| votes.get(at)?.path.as_ref());
            let path = Path::read(vote.map_or(&*request.path.0, |vote| &vote.expected));
            let placeholders = path.placeholders().into_iter().chain(path.query_placeholders());
            let queries = path.target.query_pairs(&path.text).map(|(name, _)| name.of(&path.text));
            let all = placeholders.map(|name| (name, true)).chain(queries.map(|name| (name, false)));
            for (name, placeholder) in all.filter(|(name, _)| is_identifier(name)) {
                if !own.iter().any(|(known, ..)| known == name) {
                    own.push((name.to_owned(), placeholder, request.path.1));
                }
            }
        }
        for (text, placeholder, span) in own {
            if let Some(known) = names.iter_mut().find(|known| known.text == text) {
                known.pages += 1;
                continue;
            }
            let site = Site::Page(Place { file: voter.page.file, span });
            let (key, words) = (identifier_key(&text).into_owned(), plain_words(&text));
            names.push(Known { text, key, words, site, pages: 1, shared: true, of_path: true, placeholder });
        }
    }
    names.retain(|known| known.pages as usize * 2 > voters.len());
    names
}

/// The method that most have, or that their words stand for.
fn elect_method(voters: &[Voter<'_>], race: &[&RequestComparison<'_>]) -> Option<Vote> {
    let said: Vec<Option<&str>> = voters
        .iter()
        .zip(race)
        .map(|(voter, request)| {
            let text = &*request.method.0;
            if is_method(text) { Some(text) } else { voter.vocabulary.method(text) }
        })
        .collect();
    let meant: Vec<&str> = said.iter().flatten().copied().collect();
    let best = most_frequent(&meant, race.len() / 2 + 1).or_else(|| {
        // One that kept it is enough where the others say nothing.
        let kept: Vec<&str> =
            race.iter().map(|request| &*request.method.0).filter(|text| is_method(text)).collect();
        most_frequent(&kept, 1).filter(|best| meant.iter().all(|method| method == best))
    })?;
    let agreeing = voters.iter().zip(race).filter(|(_, request)| request.method.0 == best);
    let witnesses: Vec<Site> = agreeing
        .map(|(voter, request)| Site::Page(Place { file: voter.page.file, span: request.method.1 }))
        .collect();
    let count = meant.iter().filter(|method| **method == best).count();
    Some(by_locales(best.to_owned(), confidence(count, race.len()), witnesses))
}

/// The text that at least `least` say and that nobody rivals.
fn most_frequent<'t>(texts: &[&'t str], least: usize) -> Option<&'t str> {
    let count = |text: &str| texts.iter().filter(|other| **other == text).count();
    let best = texts.iter().copied().max_by_key(|text| (count(text), *text))?;
    let alone = texts.iter().all(|text| *text == best || count(text) < count(best));
    (count(best) >= least && alone).then_some(best)
}

/// The path that most say, else segment by segment.
fn elect_path(
    voters: &[Voter<'_>],
    race: &[&RequestComparison<'_>],
    lines: &[Vec<RequestLine>],
) -> Option<Vote> {
    let texts: Vec<&str> = race.iter().map(|request| &*request.path.0).collect();
    let whole = most_frequent(&texts, texts.len() / 2 + 1).map(str::to_owned);
    let path = whole.or_else(|| by_segments(&texts, lines))?;
    let agreeing = voters.iter().zip(race).filter(|(_, request)| request.path.0 == path);
    let witnesses: Vec<Site> = agreeing
        .map(|(voter, request)| Site::Page(Place { file: voter.page.file, span: request.path.1 }))
        .collect();
    Some(by_locales(path, 0.9, witnesses))
}

/// The path that most say segment by segment, or else their examples, with the query that most say; among spellings
/// that differ in case the lower one, which translation tools capitalize.
fn by_segments(texts: &[&str], lines: &[Vec<RequestLine>]) -> Option<String> {
    let read: Vec<Path> = texts.iter().map(|path| Path::read(path)).collect();
    let count = read[0].segments();
    if count == 0 || read.iter().any(|path| path.segments() != count) {
        return None;
    }
    let queries: Vec<&str> = read.iter().map(query).collect();
    let query = most_frequent(&queries, texts.len() / 2 + 1)?;
    let mut elected = String::new();
    for at in 0..count {
        let texts: Vec<&str> = read.iter().map(|path| path.segment(at)).collect();
        let lower: Vec<String> = texts.iter().map(|text| text.to_ascii_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let Some(key) = most_frequent(&lower, texts.len() / 2 + 1) else {
            elected.push('/');
            elected.push_str(shown(&read, at, lines)?);
            continue;
        };
        let spelled: Vec<&str> =
            texts.iter().copied().filter(|text| text.eq_ignore_ascii_case(key)).collect();
        let best = most_frequent(&spelled, 1).unwrap_or(key);
        elected.push('/');
        elected.push_str(if spelled.contains(&key) { key } else { best });
    }
    Some(elected + query)
}

/// The query with the sign before it.
fn query(path: &Path) -> &str {
    path.target.query.map_or("", |query| Span::new(path.target.path.end, query.end).of(&path.text))
}

/// The literal segment that the examples of all translations have where their tables say different words.
fn shown<'l>(read: &[Path], at: usize, lines: &'l [Vec<RequestLine>]) -> Option<&'l str> {
    let mut shown: Option<&str> = None;
    for (path, lines) in read.iter().zip(lines) {
        path.literal(at)?;
        let fits =
            |line: &&RequestLine| paths::likeness(&line.path, path).is_some_and(|likeness| likeness >= 0.3);
        let line = lines.iter().find(fits)?;
        let literal = line.path.literal(at)?;
        if shown.is_some_and(|shown| shown != literal) {
            return None;
        }
        shown = Some(literal);
    }
    shown
}
