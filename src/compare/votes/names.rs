//! The right name of a row: what most translations say; else a name of the examples or of one translation that the
//! words of the others mean; else the key that stands at its place in an example; else the one English word that
//! they all are.

use std::sync::Arc;

use crate::compare::names::is_identifier;
use crate::compare::votes::ballots::{Ballot, Race, Seat, is_mostly};
use crate::compare::votes::candidates::{Candidate, Fit, Origin, Said, fit};
use crate::compare::votes::memory::Open;
use crate::compare::votes::polling::Polling;
use crate::compare::votes::spelling::Style;
use crate::compare::votes::witnesses::{Beside, Known, NameId};
use crate::compare::votes::{QUORUM, confidence};
use crate::comparison::Vote;
use crate::facts::TableRole;
use crate::finding::{Basis, Site};
use crate::fold::{identifier_key, split_identifier};
use crate::hash::{HashMap, HashSet};

/// A candidate must fit at least so well.
const BAR: f32 = 0.7;
/// And rank so much above any other.
const MARGIN: f32 = 0.09;

/// The elected name of a row.
pub(super) struct Elected {
    expected: String,
    basis: Basis,
    confidence: f32,
    /// Whether some translation has it; else it is what their words mean.
    kept: bool,
    /// Who says so; the page that is told so is none of them.
    witnesses: Vec<Site>,
}

impl Elected {
    pub fn vote(&self, ballot: &Ballot<'_, '_>) -> Vote {
        let own = ballot.site(&ballot.row.name);
        Vote {
            expected: self.expected.clone(),
            basis: self.basis,
            confidence: self.confidence,
            kept: self.kept,
            witnesses: self.witnesses.iter().copied().filter(|site| *site != own).collect(),
        }
    }
}

/// Elects the name of each row of one table. What stays undecided is left in `open`.
pub(super) fn elect(
    races: &[Race<'_, '_>],
    seats: &[Option<Seat<'_>>],
    polling: &Polling<'_>,
    open: &mut Vec<Open>,
) -> Vec<Option<Elected>> {
    let members = is_mostly(seats, TableRole::Members);
    let said: Vec<Vec<Said<'_, '_>>> = races
        .iter()
        .map(|race| {
            let knows = |name: &str| {
                race.iter().any(|ballot| ballot.name() == name) || polling.knows(&identifier_key(name))
            };
            race.iter().map(|ballot| Said::read(*ballot, members, &knows)).collect()
        })
        .collect();
    let decided: Vec<Option<Decision<'_>>> = said.iter().map(|said| by_majority(said, polling)).collect();
    let taken: HashSet<String> = decided.iter().flatten().map(|decision| decision.key.clone()).collect();
    let agreed: Vec<&str> = decided.iter().flatten().filter_map(|decision| decision.agreed).collect();
    let written: Vec<&str> = races.iter().flatten().map(Ballot::name).collect();
    let parameters = is_mostly(seats, TableRole::Parameters);
    let beside = polling.witnesses.beside(&taken);
    let table = Table {
        style: Style::of(&agreed, &written, parameters),
        parameters,
        shown: shown(polling, &beside, &taken),
        beside,
        taken: Arc::new(taken),
        polling,
    };
    let mut elected: Vec<Option<Elected>> = said
        .iter()
        .zip(&decided)
        .map(|(said, decided)| match decided {
            _ if polling.quorum && said.len() < QUORUM || is_settled(said) => None,
            Some(decision) => table.write(said, decision),
            None => table.by_candidates(said).or_else(|| table.by_keeper(said)),
        })
        .collect();
    for at in 0..elected.len() {
        let said = &said[at];
        if elected[at].is_none() && polling.quorum && said.len() >= QUORUM && !is_settled(said) {
            elected[at] = table
                .by_place(said, at, &elected)
                .or_else(|| table.by_elimination(said, &elected))
                .or_else(|| table.by_words(said));
            if elected[at].is_none() {
                open.push(Open::new(said.iter().map(|said| said.ballot), table.style, &table.taken));
            }
        }
    }
    elected
}

/// The name that most translations have kept.
struct Decision<'b> {
    key: String,
    /// How many have it.
    count: usize,
    /// Its spelling, if all who have it agree on that.
    agreed: Option<&'b str>,
}

fn by_majority<'b>(said: &[Said<'b, '_>], polling: &Polling<'_>) -> Option<Decision<'b>> {
    let mut counts: HashMap<&str, usize> = HashMap::default();
    for said in said.iter().filter(|said| said.claim.is_some()) {
        *counts.entry(&said.key).or_default() += 1;
    }
    let (key, count) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    let of_key = || said.iter().filter(|said| said.claim.is_some() && said.key == key);
    // A name that most agree on may be a word of their languages: `adres` is so in Dutch and in Polish.
    let doubtful = of_key().any(|said| said.translated) && !polling.witnesses.shares(key);
    if count * 2 <= said.len() || doubtful {
        return None;
    }
    let mut names = of_key().filter_map(|said| said.claim);
    let first = names.next()?;
    let agreed = names.all(|name| name == first).then_some(first).filter(|_| count == said.len());
    Some(Decision { key: key.to_owned(), count, agreed })
}

/// Whether the name is not to be had: the source writes signs around it, or most do, as the source then does
/// (`MS-RequestId:`); or it is no identifier in the language of the API either.
fn is_settled(said: &[Said<'_, '_>]) -> bool {
    let decorated = |said: &&Said<'_, '_>| said.claim.is_some() && said.is_decorated();
    said.iter().filter(decorated).count() * 2 > said.len()
        || said.iter().any(|said| said.ballot.voter.source && said.claim != Some(said.ballot.name()))
}

/// What is known of a table when its disputed rows are looked at.
struct Table<'t> {
    style: Style,
    /// Whether it lists the parameters of a request.
    parameters: bool,
    /// The example objects that show the same type.
    beside: Beside<'t>,
    /// Names in those, in the page's own examples and paths, but those of other rows.
    shown: Vec<Candidate<'t>>,
    /// Keys of the names that other rows have for sure.
    taken: Arc<HashSet<String>>,
    polling: &'t Polling<'t>,
}

impl Table<'_> {
    /// Writes down what most have kept.
    fn write(&self, said: &[Said<'_, '_>], decision: &Decision<'_>) -> Option<Elected> {
        let known = self.polling.known(&decision.key, &self.beside);
        // Alone, a page cannot tell which of several spellings is meant.
        let known = known.filter(|_| self.polling.quorum || self.polling.spells_one_way(&decision.key));
        let sure = known.is_some_and(|known| known.shared);
        let confidence = if sure { 0.97 } else { confidence(decision.count, said.len()) };
        self.elected(said, &decision.key, known, confidence)
    }

    /// The name that what all say fits best, if one stands out.
    fn by_candidates(&self, said: &[Said<'_, '_>]) -> Option<Elected> {
        let candidates = self.candidates(said);
        let mut fits: Vec<(Fit, &Candidate<'_>)> =
            candidates.iter().map(|candidate| (fit(candidate, said), candidate)).collect();
        fits.sort_by(|a, b| b.0.rank.total_cmp(&a.0.rank).then_with(|| a.1.key.cmp(&b.1.key)));
        fits.dedup_by(|later, best| later.1.key == best.1.key);
        let (best, candidate) = fits.first()?;
        let rival = fits.get(1).map_or(0.0, |(fit, _)| fit.rank);
        let backed = if self.polling.quorum {
            let kept = self.is_kept_and_shown(candidate, said) || is_of_source(candidate, said);
            kept || best.mean >= BAR && best.supporters * 2 > said.len()
        } else {
            best.mean >= 0.95 && candidate.origin > Origin::Far
        };
        if best.rank - rival < MARGIN || !backed {
            return None;
        }
        let known = candidate.known.or_else(|| self.polling.known(&candidate.key, &self.beside));
        let confidence = if self.polling.quorum { 0.6 + 0.35 * best.mean } else { 0.8 };
        self.elected(said, &candidate.key, known, confidence)
    }

    /// Whether one translation kept a name that the page's own examples or paths have.
    fn is_kept_and_shown(&self, candidate: &Candidate<'_>, said: &[Said<'_, '_>]) -> bool {
        let kept = said.iter().any(|said| said.kept().is_some() && said.key == candidate.key);
        let beside = || {
            let ids = self.polling.witnesses.with_key(&candidate.key);
            ids.iter().any(|id| self.beside.keys.contains(id))
        };
        kept && (self.polling.knows(&candidate.key) || beside())
    }

    /// All names that may have stood in a row, but those of other rows.
    fn candidates<'c>(&'c self, said: &'c [Said<'_, '_>]) -> Vec<Candidate<'c>> {
        let witnesses = self.polling.witnesses;
        let far = witnesses.with_words(said.iter().flat_map(|said| &said.words));
        let far = far.into_iter().map(|id| Candidate::known(witnesses.name(id), Origin::Far));
        let kept = said.iter().filter_map(Said::kept).map(Candidate::kept);
        let open = |candidate: &Candidate<'_>| !self.taken.contains(&*candidate.key);
        kept.chain(far).filter(open).chain(self.shown.iter().cloned()).collect()
    }

    /// The only name that some translation kept and that the examples of several locales know.
    fn by_keeper(&self, said: &[Said<'_, '_>]) -> Option<Elected> {
        let keeps = |said: &&Said<'_, '_>| {
            let open = said.kept().is_some() && !self.taken.contains(&said.key);
            open && self.polling.witnesses.shares(&said.key)
        };
        let mut keepers = said.iter().filter(keeps);
        let keeper = keepers.next().filter(|_| self.polling.quorum)?;
        let known = self.polling.known(&keeper.key, &self.beside);
        keepers.all(|other| other.key == keeper.key).then(|| self.elected(said, &keeper.key, known, 0.85))?
    }

    /// The key that stands between those of the rows above and below in all examples of the table's type.
    fn by_place(&self, said: &[Said<'_, '_>], at: usize, elected: &[Option<Elected>]) -> Option<Elected> {
        let witnesses = self.polling.witnesses;
        let neighbour = |at: Option<usize>| match at.and_then(|at| elected.get(at)) {
            None => Some(None),
            Some(None) => None,
            Some(Some(name)) => Some(Some(witnesses.with_key(&identifier_key(&name.expected)))),
        };
        let (before, after) = (neighbour(at.checked_sub(1))?, neighbour(Some(at + 1))?);
        if before.is_none() && after.is_none() {
            return None;
        }
        let id = self.beside.between(before, after)?;
        let candidate = Candidate::known(witnesses.name(id), Origin::Beside);
        let contradicted =
            said.iter().filter(|said| said.fit(&candidate).is_some_and(|fit| fit < 0.3)).count();
        let open = contradicted == 0 && !self.taken.contains(&*candidate.key);
        open.then(|| self.elected(said, &candidate.key, candidate.known, 0.8))?
    }

    /// The only placeholder that no row names, for the only row that has no name.
    fn by_elimination(&self, said: &[Said<'_, '_>], elected: &[Option<Elected>]) -> Option<Elected> {
        let named: HashSet<String> =
            elected.iter().flatten().map(|name| identifier_key(&name.expected).into_owned()).collect();
        let open = |known: &&Known| known.placeholder && !named.contains(&known.key);
        let mut open = self.polling.paths.iter().filter(open);
        let (Some(known), None) = (open.next(), open.next()) else { return None };
        let last = elected.iter().filter(|name| name.is_none()).count() == 1;
        let candidate = Candidate::known(known, Origin::Near);
        let named = self.polling.paths.iter().any(|known| named.contains(&known.key));
        (self.parameters && last && named).then(|| self.elected(said, &candidate.key, Some(known), 0.85))?
    }

    /// The one English word that all of them are.
    fn by_words(&self, said: &[Said<'_, '_>]) -> Option<Elected> {
        let (first, others) = said.split_first()?;
        let mut shared =
            first.words.iter().filter(|word| others.iter().all(|said| said.words.contains(word)));
        let (Some(word), None) = (shared.next(), shared.next()) else { return None };
        let single = said.iter().all(|said| split_identifier(said.ballot.name()).count() == 1);
        (single && !self.taken.contains(word)).then(|| Elected {
            expected: self.style.begin(word),
            basis: Basis::Locales,
            confidence: 0.7,
            kept: false,
            witnesses: Vec::new(),
        })
    }

    fn elected(
        &self,
        said: &[Said<'_, '_>],
        key: &str,
        known: Option<&Known>,
        confidence: f32,
    ) -> Option<Elected> {
        let has = |said: &&Said<'_, '_>| said.claim.is_some() && said.key == key;
        let kept: Vec<&str> = said.iter().filter(has).filter_map(|said| said.claim).collect();
        let written: Vec<&str> = said.iter().map(|said| said.ballot.name()).collect();
        // Nothing on a page in the language of the API is translated, so its spelling is nobody else's doing.
        let source =
            said.iter().find(|said| said.ballot.voter.source && has(said)).and_then(|said| said.claim);
        let expected = source.map_or_else(|| self.style.spell(&kept, known, &written), str::to_owned);
        let has_it = said.iter().filter(|said| said.ballot.name() == expected);
        let mut witnesses: Vec<Site> = has_it.map(|said| said.ballot.site(&said.ballot.row.name)).collect();
        let kept = !witnesses.is_empty() || known.is_none();
        witnesses.extend(known.map(|known| known.site));
        let basis = if self.polling.quorum { Basis::Locales } else { Basis::Page };
        is_identifier(&expected).then_some(Elected { expected, basis, confidence, kept, witnesses })
    }
}

/// The names in the objects beside a table, and in the page's own examples and paths, but those of other rows.
fn shown<'t>(polling: &'t Polling<'t>, beside: &Beside<'t>, taken: &HashSet<String>) -> Vec<Candidate<'t>> {
    let known = |ids: &HashSet<NameId>, origin| {
        let mut ids: Vec<NameId> = ids.iter().copied().collect();
        ids.sort_unstable();
        ids.into_iter().map(move |id| Candidate::known(polling.witnesses.name(id), origin))
    };
    let of_path = polling.paths.iter().map(|known| Candidate::known(known, Origin::Near));
    let in_examples = known(&beside.keys, Origin::Beside).chain(known(&polling.near, Origin::Near));
    of_path.chain(in_examples).filter(|candidate| !taken.contains(&*candidate.key)).collect()
}

/// Whether a page in the language of the API, where nothing is translated, has that name and nobody rivals it.
fn is_of_source(candidate: &Candidate<'_>, said: &[Said<'_, '_>]) -> bool {
    let has = |said: &&Said<'_, '_>| said.kept().is_some() && said.key == candidate.key;
    let rivals = said.iter().filter(|said| said.kept().is_some() && said.key != candidate.key);
    let mut keys: Vec<&str> = rivals.map(|said| &*said.key).collect();
    keys.sort_unstable();
    said.iter().filter(has).any(|said| said.ballot.voter.source)
        && keys.windows(2).all(|pair| pair[0] != pair[1])
}
