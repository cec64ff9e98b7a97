//! Gathers what the report shows from an outcome: counts of all findings, and the findings themselves.

use std::collections::BTreeMap;

use super::Heading;
use super::data::{DamagedName, Data, Entry, Health, Quote, RuleInfo, Trend};
use super::previous::Previous;
use crate::check::coverage;
use crate::finding::{Cause, Finding, Severity, Site, SubjectKind};
use crate::hash::{HashMap, HashSet};
use crate::report::View;
use crate::report::escape::visible;
use crate::report::excerpt::{LINE, excerpt};
use crate::report::fingerprint::Fingerprints;
use crate::report::groups::is_fixable;
use crate::report::places::{Located, Places};
use crate::rules;
use crate::source::Locale;

/// So many findings are in the file, the most severe first to stay; the rest is counted.
const FINDINGS: usize = 20_000;
/// So many damaged identifiers are listed.
const NAMES: usize = 100;
/// So many other sides and edits of one finding are shown.
const SIDES: usize = 4;
/// Longest quotation of an edit or a changed name, in characters.
const LONGEST: usize = 120;

/// Kinds of damaged cells, and the kind of subject that findings call them.
const KINDS: [(&str, SubjectKind); 5] = [
    ("names", SubjectKind::Name),
    ("types", SubjectKind::Type),
    ("methods", SubjectKind::Method),
    ("paths", SubjectKind::Uri),
    ("values", SubjectKind::Value),
];

/// The counts of all findings, and the findings that there is room for.
pub fn gather<'a>(view: &View<'a>, heading: &Heading<'a>) -> (Data<'a>, Vec<Entry<'a>>) {
    let outcome = view.outcome;
    let places = Places::new(view);
    let numbers = Numbers::new(view);
    let kept = kept(&outcome.findings);
    let mut rules: Vec<&'static str> = outcome.findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let rule = |name: &str| rules.binary_search(&name).unwrap_or(0) as u32;
    let findings = outcome.findings.iter().zip(&kept).filter(|(_, kept)| **kept);
    let entries = findings.filter_map(|(finding, _)| entry(finding, rule(finding.rule), &places)).collect();
    let (names, more_names) = names(&outcome.findings, &numbers);
    let data = Data {
        tool: concat!("docdrift ", env!("CARGO_PKG_VERSION")),
        reference: outcome.reference.as_ref().map(Locale::as_str),
        note: heading.note,
        source_url: heading.source_url,
        locales: outcome.locales.iter().map(Locale::as_str).collect(),
        pages: outcome.pages,
        held_back: outcome.held_back,
        files: view
            .pages
            .iter()
            .zip(&numbers.of_page)
            .map(|(page, (identity, locale))| (visible(&page.source.path).into_owned(), *identity, *locale))
            .collect(),
        identities: numbers.identities.iter().map(|page| visible(page).into_owned()).collect(),
        rules: rules
            .iter()
            .map(|name| RuleInfo {
                name,
                summary: rules::find(name).map_or_else(String::new, rules::Rule::summary),
            })
            .collect(),
        health: health(view, &numbers),
        heat: heat(&outcome.findings, &numbers),
        kinds: kinds(&outcome.findings, &numbers, rule),
        names,
        more_names,
        trend: heading.previous.map(|previous| trend(view, previous, &numbers)),
        counts: [
            outcome.findings.len(),
            outcome.count(Severity::Error),
            outcome.count(Severity::Warning),
            outcome.count(Severity::Note),
        ],
        fixable: outcome.findings.iter().filter(|finding| is_fixable(finding)).count(),
        remaining: remaining(&outcome.findings, &numbers),
        folded: kept.iter().filter(|kept| !**kept).count(),
    };
    (data, entries)
}

/// Page identity and locale of every page, as numbers.
struct Numbers<'a> {
    identities: Vec<&'a str>,
    of_page: Vec<(u32, i32)>,
}

impl<'a> Numbers<'a> {
    fn new(view: &View<'a>) -> Self {
        let mut identities: Vec<&str> = view.pages.iter().map(|page| page.source.page.as_str()).collect();
        identities.sort_unstable();
        identities.dedup();
        let of_page = view.pages.iter().map(|page| {
            let identity = identities.binary_search(&page.source.page.as_str()).unwrap_or(0) as u32;
            (identity, locale_number(&view.outcome.locales, page.source.locale.as_ref()))
        });
        Self { of_page: of_page.collect(), identities }
    }

    fn of(&self, finding: &Finding) -> (u32, i32) {
        self.of_page.get(finding.file().0 as usize).copied().unwrap_or((0, -1))
    }
}

fn locale_number(locales: &[Locale], locale: Option<&Locale>) -> i32 {
    locale.and_then(|locale| locales.binary_search(locale).ok()).map_or(-1, number)
}

/// Positions as the script has them, where -1 is none.
fn number(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// Which findings the file has room for: the most severe, and of those the first.
fn kept(findings: &[Finding]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(findings[*at].severity));
    let mut kept = vec![false; findings.len()];
    order.into_iter().take(FINDINGS).for_each(|at| kept[at] = true);
    kept
}

fn health(view: &View<'_>, numbers: &Numbers<'_>) -> Vec<Health> {
    let mut health = Vec::new();
    let mut counts: HashMap<i32, ([u32; 3], u32)> = HashMap::default();
    for finding in &view.outcome.findings {
        let (of_locale, fixable) = counts.entry(numbers.of(finding).1).or_default();
        of_locale[2 - severity(finding) as usize] += 1;
        *fixable += u32::from(is_fixable(finding));
    }
    // Without the baseline's file, which comes last.
    let pages = view.pages.iter().zip(&numbers.of_page).take(view.outcome.pages);
    for at in -1..number(view.outcome.locales.len()) {
        let of_locale = || pages.clone().filter(|(_, page)| page.1 == at);
        let pages = of_locale().count();
        if pages == 0 {
            continue;
        }
        let covered = coverage(of_locale().map(|(page, _)| page));
        let locale = usize::try_from(at).ok().and_then(|at| view.outcome.locales.get(at));
        let damage = view.outcome.damage.iter().find(|(known, _)| Some(known) == locale);
        let shares = damage.map(|(_, damage)| damage.kinds()).into_iter().flatten();
        let (counts, fixable) = counts.get(&at).copied().unwrap_or_default();
        health.push(Health {
            locale: at,
            pages,
            counts,
            fixable,
            damage: shares
                .filter(|(_, share)| share.cells > 0)
                .map(|(kind, share)| (kind, share.damaged, share.cells))
                .collect(),
            coverage: [covered.tables, covered.tables_recognized, covered.examples, covered.examples_read],
        });
    }
    health
}

/// What `docdrift fix` leaves, by cause and locale.
fn remaining(findings: &[Finding], numbers: &Numbers<'_>) -> Vec<(&'static str, i32, u32)> {
    let mut counts: BTreeMap<(&str, i32), u32> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| !is_fixable(finding)) {
        *counts.entry((finding.cause.name(), numbers.of(finding).1)).or_default() += 1;
    }
    counts.into_iter().map(|((cause, locale), count)| (cause, locale, count)).collect()
}

fn heat(findings: &[Finding], numbers: &Numbers<'_>) -> Vec<(u32, i32, u32, u32, u32)> {
    let mut cells: BTreeMap<(u32, i32), [u32; 3]> = BTreeMap::new();
    for finding in findings {
        cells.entry(numbers.of(finding)).or_default()[severity(finding) as usize] += 1;
    }
    cells
        .into_iter()
        .map(|((page, locale), [notes, warnings, errors])| (page, locale, errors, warnings, notes))
        .collect()
}

fn kinds(findings: &[Finding], numbers: &Numbers<'_>, rule: impl Fn(&str) -> u32) -> Vec<(u32, i32, u32)> {
    let mut counts: BTreeMap<(u32, i32), u32> = BTreeMap::new();
    for finding in findings {
        *counts.entry((rule(finding.rule), numbers.of(finding).1)).or_default() += 1;
    }
    counts.into_iter().map(|((rule, locale), count)| (rule, locale, count)).collect()
}

/// What each identifier became, by locale: most often damaged first.
fn names<'a>(findings: &'a [Finding], numbers: &Numbers<'_>) -> (Vec<DamagedName<'a>>, usize) {
    let mut became: HashMap<&str, BTreeMap<(i32, &str), u32>> = HashMap::default();
    let damaged =
        |finding: &&Finding| finding.cause == Cause::Translation && finding.subject.kind == SubjectKind::Name;
    for finding in findings.iter().filter(damaged) {
        let Some(expected) = finding.expected.as_deref() else { continue };
        let forms = became.entry(expected).or_default();
        *forms.entry((numbers.of(finding).1, finding.found.as_str())).or_default() += 1;
    }
    let mut names: Vec<DamagedName<'a>> = became
        .into_iter()
        .map(|(name, forms)| DamagedName {
            name,
            count: forms.values().sum(),
            became: forms.into_iter().map(|((locale, form), count)| (locale, shown(form), count)).collect(),
        })
        .collect();
    names.sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(b.name)));
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    (names, more)
}

fn trend(view: &View<'_>, previous: &Previous, numbers: &Numbers<'_>) -> Trend {
    let mut fingerprints = Fingerprints::default();
    let now: HashSet<String> = view
        .outcome
        .findings
        .iter()
        .filter_map(|finding| {
            let page = view.pages.get(finding.file().0 as usize)?;
            Some(fingerprints.of(finding, &page.source))
        })
        .collect();
    // Counted as those of the earlier report are: what a baseline holds back is in neither.
    let mut counts: BTreeMap<(i32, &str), i64> = BTreeMap::new();
    for finding in view.outcome.findings.iter().filter(|finding| finding.is_damage()) {
        *counts.entry((numbers.of(finding).1, finding.subject.kind.name())).or_default() += 1;
    }
    let mut damaged = Vec::new();
    for (at, locale) in view.outcome.locales.iter().enumerate() {
        for (kind, subject) in KINDS {
            let now = counts.get(&(number(at), subject.name())).copied().unwrap_or(0);
            let key = (locale.as_str().to_owned(), subject.name().to_owned());
            damaged.push((number(at), kind, now - previous.damaged.get(&key).copied().unwrap_or(0)));
        }
    }
    Trend {
        new: now.iter().filter(|one| !previous.fingerprints.contains(*one)).count(),
        gone: previous.fingerprints.iter().filter(|one| !now.contains(*one)).count(),
        damaged,
    }
}

fn severity(finding: &Finding) -> u8 {
    match finding.severity {
        Severity::Note => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    }
}

fn entry<'a>(finding: &'a Finding, rule: u32, places: &Places<'a>) -> Option<Entry<'a>> {
    let at = places.locate(Site::Page(finding.place))?;
    let start = at.start();
    let others = finding.related.iter().filter_map(|related| {
        let at = places.locate(related.place)?;
        let start = at.start();
        let message = visible(&related.message).into_owned();
        Some((visible(at.path).into_owned(), start.line, start.column, message, quote(&at)))
    });
    let fix = finding.fix.as_ref().map(|fix| {
        let edit = |edit: &crate::finding::Edit| (shown(edit.span.of(at.text)), shown(&edit.text));
        (fix.safety == crate::finding::Safety::Safe, fix.edits.iter().take(SIDES).map(edit).collect())
    });
    Some(Entry {
        r: rule,
        s: severity(finding),
        c: finding.cause.name(),
        b: finding.basis.name(),
        at: (finding.file().0, start.line, start.column),
        u: (finding.subject.kind.name(), visible(&finding.subject.path).into_owned()),
        m: visible(&finding.message).into_owned(),
        h: visible(&finding.help).into_owned(),
        e: finding.expected.as_deref().map(shown),
        q: quote(&at),
        o: others.take(SIDES).collect(),
        n: finding.related.len().saturating_sub(SIDES),
        d: &finding.diff,
        f: fix,
    })
}

/// The line, cut and with hidden characters shown, in three parts.
fn quote(at: &Located<'_, '_>) -> Quote {
    let line = at.lines.line_span(at.text, at.start().line);
    let quoted = excerpt(at.text, line, at.span, LINE);
    let (before, rest) = quoted.text.split_at(quoted.span.start);
    let (inside, after) = rest.split_at(quoted.span.end - quoted.span.start);
    [before, inside, after].map(str::to_owned)
}

/// With hidden characters shown, and not too long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}
