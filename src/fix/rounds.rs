//! Fixes in rounds: what they leave is read and judged again, until nothing is left to fix.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::plan::{Fate, Moves, Plan, apply, plan};
use crate::extract;
use crate::facts::Page;
use crate::finding::{Basis, Edit, Finding, Fix, Safety, Severity, Subject};
use crate::lexicon::Lexicon;
use crate::source::Source;
use crate::text::{FileId, Place, Span};

/// Overlapping fixes take a round each; pages that want more than this never settle.
const ROUNDS: usize = 10;

/// What may be done.
pub struct Permission<'a> {
    /// Fixes less safe than this are left alone.
    pub safety: Safety,
    /// By page: whether it may be changed.
    pub writable: &'a [bool],
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repair {
    /// The pages that changed, in order. Their new text is the page's own.
    pub changed: Vec<Changed>,
    /// Fixes that were not made because their findings would have stayed.
    pub withheld: Vec<Withheld>,
    /// Pages left as they were because each fix gave reason for the next.
    pub unsettled: Vec<FileId>,
    /// What is still found.
    pub left: Vec<Finding>,
}

/// A page that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The page.
    pub file: FileId,
    /// Its text before.
    pub before: String,
    /// How many findings are gone because of their fixes.
    pub fixed: usize,
}

/// A fix that would not have removed its finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Where the finding starts, in the text as it is now.
    pub place: Place,
    /// Its rule.
    pub rule: &'static str,
    subject: Subject,
    found: String,
}

impl Withheld {
    fn new(finding: &Finding) -> Self {
        Self {
            place: finding.place,
            rule: finding.rule,
            subject: finding.subject.clone(),
            found: finding.found.clone(),
        }
    }

    fn named(&self) -> Named<'_> {
        (self.place.span.start, self.rule, &self.subject, &self.found)
    }
}

/// What tells a finding of a page from others: where it starts, its rule, its subject, what is found.
type Named<'f> = (u32, &'static str, &'f Subject, &'f str);

fn named(finding: &Finding) -> Named<'_> {
    (finding.place.span.start, finding.rule, &finding.subject, &finding.found)
}

/// Makes all permitted fixes of `pages`, which are numbered by position and whose findings these are,
/// sorted. `check` judges all pages anew.
pub fn fix(
    pages: &mut [Page],
    mut findings: Vec<Finding>,
    permission: &Permission<'_>,
    lexicon: &Lexicon,
    mut check: impl FnMut(&[Page]) -> Vec<Finding>,
) -> Repair {
    let mut histories: BTreeMap<FileId, History> = BTreeMap::new();
    // Whether any page has changed since fixes were withheld, which may make them help.
    let mut is_new = false;
    for _ in 0..ROUNDS {
        let mut attempts = attempts(pages, &findings, permission, &mut histories);
        if attempts.is_empty() && std::mem::take(&mut is_new) {
            for history in histories.values_mut() {
                history.withheld.clear();
            }
            attempts = self::attempts(pages, &findings, permission, &mut histories);
        }
        if attempts.is_empty() {
            break;
        }
        let mut tried = Vec::with_capacity(attempts.len());
        for attempt in attempts {
            let page = &mut pages[attempt.file.0 as usize];
            let text = apply(&page.source.text, &attempt.edits);
            let changed = extract::page(page.file, with_text(&page.source, text), lexicon);
            tried.push((std::mem::replace(page, changed), attempt));
        }
        let known = std::mem::replace(&mut findings, check(pages));
        let mut is_undone = false;
        for (before, attempt) in tried {
            let history = histories.entry(attempt.file).or_default();
            let stuck = attempt.stuck(of(&known, attempt.file), of(&findings, attempt.file));
            if stuck.is_empty() {
                history.keep(before, &attempt);
                is_new = true;
            } else {
                // Without these, the page's other fixes get another round.
                history.withhold(stuck);
                pages[attempt.file.0 as usize] = before;
                is_undone = true;
            }
        }
        if is_undone {
            findings = check(pages);
        }
    }
    let unsettled: Vec<FileId> =
        attempts(pages, &findings, permission, &mut histories).iter().map(|attempt| attempt.file).collect();
    settle(pages, findings, unsettled, histories)
}

/// The result. Pages that do not settle get their old text back.
fn settle(
    pages: &mut [Page],
    left: Vec<Finding>,
    unsettled: Vec<FileId>,
    histories: BTreeMap<FileId, History>,
) -> Repair {
    let mut repair = Repair { unsettled, left, ..Repair::default() };
    for (file, history) in histories {
        let now = &mut pages[file.0 as usize].source.text;
        match history.before {
            Some(before) if repair.unsettled.binary_search(&file).is_ok() => *now = before,
            Some(before) if before != *now => {
                repair.changed.push(Changed { file, before, fixed: history.fixed });
                repair.withheld.extend(history.withheld);
            }
            _ => repair.withheld.extend(history.withheld),
        }
    }
    repair
}

/// What happened to a page in the rounds so far.
#[derive(Default)]
struct History {
    /// The text as it was read, once a fix is made.
    before: Option<String>,
    fixed: usize,
    withheld: Vec<Withheld>,
}

impl History {
    fn keep(&mut self, before: Page, attempt: &Attempt) {
        self.before.get_or_insert(before.source.text);
        self.fixed += attempt.findings.len();
        let moves = Moves::of(&attempt.edits);
        for withheld in &mut self.withheld {
            let Span { start, end } = withheld.place.span;
            withheld.place.span = Span::new(moves.to(start).0, moves.to(end).1);
        }
    }

    fn withhold(&mut self, more: Vec<Withheld>) {
        let mut known: HashSet<Named<'_>> = self.withheld.iter().map(Withheld::named).collect();
        let fresh: Vec<bool> = more.iter().map(|one| known.insert(one.named())).collect();
        self.withheld.extend(more.into_iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(one, _)| one));
    }
}

/// The fixes of one page in one round.
struct Attempt {
    file: FileId,
    edits: Vec<Edit>,
    /// The findings that should be gone afterwards.
    findings: Vec<Finding>,
}

impl Attempt {
    /// Findings of this attempt that are still there among those of the changed page, or whose fixes gave reason for
    /// others.
    fn stuck(&self, before: &[Finding], after: &[Finding]) -> Vec<Withheld> {
        let moves = Moves::of(&self.edits);
        let known: BTreeSet<_> = before.iter().map(|old| (old.rule, &old.subject, &old.found)).collect();
        let has_cure = |new: &Finding| new.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        let is_new = |new: &&Finding| {
            let is_known = known.contains(&(new.rule, &new.subject, &new.found));
            new.severity > Severity::Note && !is_known && !has_cure(new)
        };
        let come: Vec<&Finding> = after.iter().filter(is_new).collect();
        let about: BTreeSet<&str> = come.iter().map(|new| new.found.as_str()).collect();
        let is_left = |old: &&Finding| {
            let (low, _) = moves.to(old.place.span.start);
            let (_, high) = moves.to(old.place.span.end);
            // Findings are sorted by where they start.
            let first = after.partition_point(|new| new.place.span.start < low);
            let there = after[first..].iter().take_while(|new| {
                let start = new.place.span.start;
                start == low || start < high
            });
            // What is restored speaks against something else now: then it was not what is right.
            let at = come.partition_point(|new| new.place.span.start < low);
            let starts = come.get(at).map(|new| new.place.span.start);
            let is_reason = starts.is_some_and(|start| start == low || start < high)
                || old.expected.as_ref().is_some_and(|expected| about.contains(expected.as_str()));
            if old.basis != Basis::Page && is_reason {
                return true;
            }
            // Something else may be wrong there now: then the fix was a step on the way.
            let is_same = |new: &Finding| {
                new.found == old.found || old.expected.is_some() && new.expected == old.expected
            };
            there.into_iter().any(|new| new.rule == old.rule && new.subject == old.subject && is_same(new))
        };
        self.findings.iter().filter(is_left).map(Withheld::new).collect()
    }
}

/// What can be done now, page by page.
fn attempts(
    pages: &[Page],
    findings: &[Finding],
    permission: &Permission<'_>,
    histories: &mut BTreeMap<FileId, History>,
) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for findings in findings.chunk_by(|a, b| a.file() == b.file()) {
        let file = findings[0].file();
        let Some(page) = pages.get(file.0 as usize) else { continue };
        if !permission.writable.get(file.0 as usize).copied().unwrap_or(false) {
            continue;
        }
        let withheld = histories.get(&file).map_or(&[][..], |history| &history.withheld);
        let withheld: HashSet<Named<'_>> = withheld.iter().map(Withheld::named).collect();
        let wanted: Vec<(&Finding, &Fix)> = findings
            .iter()
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(finding, fix)| fix.safety <= permission.safety && !withheld.contains(&named(finding)))
            .collect();
        let Plan { edits, fates } = plan(&page.source.text, wanted.iter().map(|(_, fix)| *fix));
        let with =
            |fate| wanted.iter().zip(&fates).filter(move |(_, each)| **each == fate).map(|((f, _), _)| *f);
        let unfit: Vec<Withheld> = with(Fate::Unfit).map(Withheld::new).collect();
        if !edits.is_empty() {
            attempts.push(Attempt { file, edits, findings: with(Fate::Taken).cloned().collect() });
        }
        if !unfit.is_empty() {
            histories.entry(file).or_default().withhold(unfit);
        }
    }
    attempts
}

/// The findings of one page.
fn of(findings: &[Finding], file: FileId) -> &[Finding] {
    let start = findings.partition_point(|finding| finding.file() < file);
    let end = findings.partition_point(|finding| finding.file() <= file);
    &findings[start..end]
}

fn with_text(source: &Source, text: String) -> Source {
    Source {
        path: source.path.clone(),
        page: source.page.clone(),
        locale: source.locale.clone(),
        text,
        encoding: source.encoding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Cause, SubjectKind};
    use crate::source::Encoding;

    /// A made-up authority: wherever `.0` stands it should be `.1`; fixes of lower case are unsafe.
    type Wrong = (&'static str, &'static str);

    fn pages(texts: &[&str]) -> Vec<Page> {
        let page = |(at, text): (usize, &&str)| {
            let source = Source {
                path: format!("{at}.md"),
                page: format!("{at}.md"),
                locale: None,
                text: (*text).to_owned(),
                encoding: Encoding::Utf8,
            };
            extract::page(FileId(at as u32), source, &Lexicon::default())
        };
        texts.iter().enumerate().map(page).collect()
    }

    fn judge(pages: &[Page], wrongs: &[Wrong]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for page in pages {
            for (found, expected) in wrongs {
                for (at, _) in page.source.text.match_indices(found) {
                    let span = Span::new(at as u32, (at + found.len()) as u32);
                    findings.push(finding(page.file, span, found, expected));
                }
            }
        }
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        findings
    }

    fn finding(file: FileId, span: Span, found: &str, expected: &str) -> Finding {
        let safety = if found.starts_with(char::is_uppercase) { Safety::Safe } else { Safety::Unsafe };
        Finding {
            rule: "translated-name",
            severity: Severity::Error,
            basis: Basis::Model,
            cause: Cause::Translation,
            place: Place { file, span },
            subject: Subject { kind: SubjectKind::Name, path: String::new() },
            found: found.to_owned(),
            expected: Some(expected.to_owned()),
            message: String::new(),
            help: String::new(),
            related: Vec::new(),
            diff: String::new(),
            fix: Some(Fix { safety, edits: vec![Edit { span, text: expected.to_owned() }] }),
            confidence: 1.0,
            identity: Vec::new(),
        }
    }

    /// The texts afterwards, and what happened; a second run must have nothing to do.
    fn run(texts: &[&str], wrongs: &[Wrong]) -> (Vec<String>, Repair) {
        let mut pages = pages(texts);
        let writable = vec![true; pages.len()];
        let permission = Permission { safety: Safety::Safe, writable: &writable };
        let again = |pages: &mut Vec<Page>| {
            let findings = judge(pages, wrongs);
            fix(pages, findings, &permission, &Lexicon::default(), |pages| judge(pages, wrongs))
        };
        let repair = again(&mut pages);
        let texts: Vec<String> = pages.iter().map(|page| page.source.text.clone()).collect();
        assert_eq!(again(&mut pages).changed, []);
        assert!(pages.iter().map(|page| &page.source.text).eq(&texts));
        (texts, repair)
    }

    #[test]
    fn overlapping_fixes_take_turns() {
        let (texts, repair) = run(&["AB BC", "-", "ABC"], &[("AB", "xB"), ("BC", "by")]);
        assert_eq!(texts, ["xB by", "-", "xby"]);
        let changed: Vec<_> = repair.changed.iter().map(|page| (page.file.0, page.fixed)).collect();
        assert_eq!(changed, [(0, 2), (2, 2)]);
        assert_eq!(repair.changed[1].before, "ABC");
        assert!(repair.left.is_empty() && repair.withheld.is_empty() && repair.unsettled.is_empty());
    }

    #[test]
    fn a_fix_may_lead_to_the_next() {
        assert_eq!(run(&["A"], &[("A", "B1"), ("B", "C2"), ("C", "d")]).0, ["d21"]);
    }

    #[test]
    fn a_fix_that_does_not_help_is_withheld_alone() {
        let (texts, repair) = run(&["X A X A"], &[("A", "A-"), ("X", "yy")]);
        assert_eq!(texts, ["yy A yy A"]);
        let places: Vec<_> = repair.withheld.iter().map(|each| each.place.span.start).collect();
        assert_eq!(places, [3, 8]);
        assert_eq!(repair.changed[0].fixed, 2);
    }

    #[test]
    fn what_was_withheld_is_tried_again_once_others_have_changed() {
        // `A` helps only once `X` is gone.
        let judged = |pages: &[Page]| {
            let text = &pages[0].source.text;
            let wrongs: &[Wrong] = if text.contains('X') { &[("A", "A"), ("X", "y")] } else { &[("A", "b")] };
            judge(pages, wrongs)
        };
        let mut pages = pages(&["X A"]);
        let permission = Permission { safety: Safety::Safe, writable: &[true] };
        let findings = judged(&pages);
        fix(&mut pages, findings, &permission, &Lexicon::default(), judged);
        assert_eq!(pages[0].source.text, "y b");
    }

    #[test]
    fn a_fix_that_gives_reason_for_a_finding_is_withheld() {
        // What `A` is replaced by is wrong as well, and nobody knows what is right.
        let judged = |pages: &[Page]| {
            let mut findings = judge(pages, &[("A", "c"), ("c", "d")]);
            findings.iter_mut().filter(|finding| finding.found == "c").for_each(|finding| finding.fix = None);
            findings
        };
        let mut pages = pages(&["A"]);
        let permission = Permission { safety: Safety::Safe, writable: &[true] };
        let findings = judged(&pages);
        let repair = fix(&mut pages, findings, &permission, &Lexicon::default(), judged);
        assert_eq!((pages[0].source.text.as_str(), repair.withheld.len()), ("A", 1));
    }

    #[test]
    fn a_fix_that_changes_nothing_is_withheld() {
        let (texts, repair) = run(&["A"], &[("A", "A")]);
        assert_eq!((texts, repair.withheld.len(), repair.changed.len()), (vec!["A".to_owned()], 1, 0));
    }

    #[test]
    fn a_page_that_never_settles_is_left_as_it_was() {
        let (texts, repair) = run(&["A", "X"], &[("A", "B"), ("B", "C"), ("C", "A"), ("X", "y")]);
        assert_eq!(texts, ["A", "y"]);
        assert_eq!(repair.unsettled, [FileId(0)]);
        assert_eq!(repair.changed.len(), 1);
    }

    #[test]
    fn only_what_is_permitted_is_done() {
        let wrongs = [("A", "x"), ("b", "y")];
        for (safety, writable, expected) in
            [(Safety::Safe, true, "x b"), (Safety::Unsafe, true, "x y"), (Safety::Unsafe, false, "A b")]
        {
            let mut pages = pages(&["A b"]);
            let permission = Permission { safety, writable: &[writable] };
            let findings = judge(&pages, &wrongs);
            fix(&mut pages, findings, &permission, &Lexicon::default(), |pages| judge(pages, &wrongs));
            assert_eq!(pages[0].source.text, expected);
        }
    }
}
