//! Tries damage on clean pages and says what the tool made of it.

use std::collections::HashMap;
use std::ops::Range;

use docdrift::check::check;
use docdrift::extract;
use docdrift::facts::Page;
use docdrift::finding::{Finding, Safety};
use docdrift::fix::{self, Permission};
use docdrift::lexicon::Lexicon;
use docdrift::schema::Schema;
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::FileId;

use super::damage::{Damaged, KINDS, Kind};

/// A clean text, and who it is.
#[derive(Clone)]
pub struct Clean {
    pub locale: &'static str,
    pub page: String,
    pub text: String,
}

/// Pages that are checked together.
pub struct Bench<'s> {
    lexicon: &'s Lexicon,
    schema: Option<&'s Schema>,
    settings: Settings,
    pages: Vec<Page>,
    /// What is found on them as they are.
    pub alarms: Vec<Finding>,
    /// Their texts after what fixes that sets off.
    settled: Vec<String>,
}

/// What came of one damage.
pub struct Verdict {
    pub found: bool,
    pub healed: bool,
    /// Findings that the damage does not explain.
    pub alarms: Vec<Finding>,
}

impl<'s> Bench<'s> {
    /// Checks clean pages. A type keyword may be translated: that is a matter of taste, not of damage.
    pub fn new(
        clean: &[&Clean],
        lexicon: &'s Lexicon,
        schema: Option<&'s Schema>,
        mut settings: Settings,
    ) -> Self {
        settings.rules.insert("translated-type".to_owned(), None);
        let source = |clean: &Clean| Source {
            path: format!("{}/{}", clean.locale, clean.page),
            page: clean.page.clone(),
            locale: Locale::parse(clean.locale),
            text: clean.text.clone(),
            encoding: Encoding::Utf8,
        };
        let page = |(at, clean): (usize, &&Clean)| extract::page(FileId(at as u32), source(clean), lexicon);
        let pages: Vec<Page> = clean.iter().enumerate().map(page).collect();
        let alarms = check(&pages, schema, lexicon, &settings).findings;
        let mut bench = Self { lexicon, schema, settings, pages, alarms, settled: Vec::new() };
        let settled = bench.cured(bench.pages.clone(), bench.alarms.clone());
        bench.settled = settled.into_iter().map(|page| page.source.text).collect();
        bench
    }

    pub fn shown(&self, finding: &Finding) -> String {
        format!(
            "{}: {}: {}",
            self.pages[finding.file().0 as usize].source.path,
            finding.rule,
            finding.message
        )
    }

    /// Damages one page, checks and cures all.
    pub fn attempt(&self, at: usize, kind: &Kind, damaged: &Damaged) -> Verdict {
        let mut pages = self.pages.clone();
        let source = Source { text: damaged.text.clone(), ..pages[at].source.clone() };
        pages[at] = extract::page(FileId(at as u32), source, self.lexicon);
        let findings = self.check(&pages);
        let lines: Vec<Range<usize>> =
            damaged.places.iter().map(|at| whole_lines(&damaged.text, at)).collect();
        let lies_in = |finding: &Finding, lines: &Range<usize>| {
            let span = finding.place.span.range();
            finding.file().0 as usize == at && span.start < lines.end && lines.start <= span.end
        };
        let speaks = |finding: &Finding| kind.rules.contains(&finding.rule);
        let found = lines.iter().all(|lines| findings.iter().any(|f| speaks(f) && lies_in(f, lines)));
        let fresh = fresh(&findings, &self.alarms);
        let is_explained = |finding: &Finding| {
            kind.echoes.contains(&finding.rule)
                || !kind.rules.is_empty() && lines.iter().any(|lines| lies_in(finding, lines))
        };
        let alarms = fresh.into_iter().filter(|finding| !is_explained(finding)).cloned().collect();

        let healed = self.cured(pages, findings).iter().map(|page| &page.source.text).eq(&self.settled);
        Verdict { found, healed, alarms }
    }

    /// The pages after all safe fixes.
    fn cured(&self, mut pages: Vec<Page>, findings: Vec<Finding>) -> Vec<Page> {
        let writable: Vec<bool> =
            pages.iter().map(|page| page.source.locale != Locale::parse("en-US")).collect();
        let permission = Permission { safety: Safety::Safe, writable: &writable };
        fix::fix(&mut pages, findings, &permission, self.lexicon, |pages| self.check(pages));
        pages
    }

    fn check(&self, pages: &[Page]) -> Vec<Finding> {
        check(pages, self.schema, self.lexicon, &self.settings).findings
    }
}

/// Findings that were not there before.
fn fresh<'f>(findings: &'f [Finding], before: &'f [Finding]) -> Vec<&'f Finding> {
    let mut known: HashMap<_, usize> = HashMap::new();
    for finding in before {
        *known.entry(key(finding)).or_default() += 1;
    }
    let mut fresh = Vec::new();
    for finding in findings {
        match known.get_mut(&key(finding)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => fresh.push(finding),
        }
    }
    fresh
}

/// A finding, wherever it stands.
fn key(finding: &Finding) -> (FileId, &'static str, &str, &str) {
    (finding.file(), finding.rule, &finding.subject.path, &finding.found)
}

/// The bytes of the lines that some bytes lie on, without the last line's end.
fn whole_lines(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = at.start.max(at.end.saturating_sub(1));
    let end =
        text.bytes().skip(last).position(|byte| byte == b'\n').map_or(text.len(), |newline| last + newline);
    start..end.max(start + 1)
}

/// Counts of one kind of damage in one setting.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub tried: usize,
    pub found: usize,
    pub healed: usize,
    pub alarms: usize,
}

impl Tally {
    pub fn add(&mut self, verdict: &Verdict) {
        self.tried += 1;
        self.found += usize::from(verdict.found);
        self.healed += usize::from(verdict.healed);
        self.alarms += verdict.alarms.len();
    }
}

/// One row a kind.
pub fn print(title: &str, tallies: &[Tally]) {
    println!("\n{title}\n{:40} {:>6} {:>7} {:>7} {:>7}", "damage", "tried", "found", "healed", "alarms");
    for (kind, tally) in KINDS.iter().zip(tallies) {
        let share = |count: usize| match tally.tried {
            0 => "-".to_owned(),
            tried => format!("{:.0} %", 100.0 * count as f64 / tried as f64),
        };
        let [found, healed] = [tally.found, tally.healed].map(share);
        println!("{:40} {:>6} {found:>7} {healed:>7} {:>7}", kind.name, tally.tried, tally.alarms);
    }
}
