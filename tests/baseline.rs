//! The baseline's matcher: what it holds back, what it lets through, what it calls stale.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use docdrift::baseline::{self, Baseline, Entries, Names};
use docdrift::document::Document;
use docdrift::facts::{Facts, Page};
use docdrift::finding::{Basis, Cause, Finding, Severity, Subject, SubjectKind};
use docdrift::source::{Encoding, Source};
use docdrift::text::{FileId, Place, Span};
use proptest::prelude::*;

/// A line of a page that something is wrong with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Defect {
    page: usize,
    rule: &'static str,
    subject: &'static str,
    /// What is listed, or what stands there.
    things: Vec<&'static str>,
    /// Tells its line from all others.
    line: u32,
}

const PAGES: [&str; 2] = ["en-us/cart.md", "nl-nl/cart.md"];

fn names() -> Vec<String> {
    PAGES.map(str::to_owned).to_vec()
}

/// The pages that have these defects, one a line, and the findings.
fn run(defects: &[Defect]) -> (Vec<Page>, Vec<Finding>) {
    let mut texts = [String::new(), String::new()];
    let mut findings = Vec::new();
    for defect in defects {
        let text = &mut texts[defect.page];
        let start = text.len() as u32;
        writeln!(text, "line {} of the page\n\nbetween\n", defect.line).expect("to a string");
        let place = Place { file: FileId(defect.page as u32), span: Span::new(start + 5, start + 7) };
        let mut finding = finding(defect.rule, place, defect.subject, defect.things[0]);
        if defect.things.len() > 1 {
            finding.identity = defect.things.iter().map(|thing| (*thing).to_owned()).collect();
        }
        findings.push(finding);
    }
    let page = |(at, text): (usize, String)| {
        let path = PAGES[at].to_owned();
        let source = Source { page: path.clone(), path, locale: None, text, encoding: Encoding::Utf8 };
        Page { file: FileId(at as u32), source, document: Document::default(), facts: Facts::default() }
    };
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    (texts.into_iter().enumerate().map(page).collect(), findings)
}

fn finding(rule: &'static str, place: Place, subject: &str, found: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Warning,
        basis: Basis::Page,
        cause: Cause::Page,
        place,
        subject: Subject { kind: SubjectKind::Text, path: subject.to_owned() },
        found: found.to_owned(),
        expected: None,
        message: format!("at {}", place.span.start),
        help: String::new(),
        related: Vec::new(),
        diff: String::new(),
        fix: None,
        confidence: 1.0,
        identity: Vec::new(),
    }
}

fn recorded(defects: &[Defect]) -> Entries {
    let (pages, findings) = run(defects);
    baseline::record(&findings, &pages, &names())
}

fn reread(entries: &Entries) -> Baseline {
    baseline::read(&baseline::write(entries)).expect("what is written can be read")
}

/// The lines of the findings that are let through, and how many findings the entries are too many for.
fn judge(defects: &[Defect], baseline: &Baseline) -> (Vec<String>, u32) {
    let (pages, findings) = run(defects);
    let verdict = baseline::hold_back(&findings, &pages, &names() as &Names, baseline);
    let new = findings.iter().zip(&verdict.held).filter(|(_, held)| !**held).map(|(finding, _)| {
        let page = &pages[finding.place.file.0 as usize];
        let rest = &page.source.text[finding.place.span.start as usize..];
        format!("{} {} {}", page.source.path, finding.rule, rest.split(' ').next().unwrap_or(""))
    });
    let too_many = verdict.stale.iter().map(|(at, left)| baseline.entries[*at].known.count - left);
    let mut new: Vec<String> = new.collect();
    new.sort();
    (new, too_many.sum())
}

fn shown(defects: &[Defect]) -> Vec<String> {
    let mut lines: Vec<String> = defects
        .iter()
        .map(|defect| format!("{} {} {}", PAGES[defect.page], defect.rule, defect.line))
        .collect();
    lines.sort();
    lines
}

/// Defects of few kinds, so that many are equal but for their lines.
fn defects(first_line: u32) -> impl Strategy<Value = Vec<Defect>> {
    let things = prop::sample::select(vec![vec!["a"], vec!["b  c"], vec!["a", "d"], vec!["d", "e"]]);
    let rule = prop::sample::select(vec!["mojibake", "relaxed-json"]);
    let subject = prop::sample::select(vec!["one", "two"]);
    let defect = (0..PAGES.len(), rule, subject, things);
    prop::collection::vec(defect, 0..12).prop_map(move |defects| {
        let with_line = |(at, (page, rule, subject, things)): (usize, _)| Defect {
            page,
            rule,
            subject,
            things,
            line: first_line + at as u32,
        };
        defects.into_iter().enumerate().map(with_line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was written down is held back, wherever on its page it went.
    #[test]
    fn known_findings_are_held_back(
        (known, moved) in defects(0).prop_flat_map(|known| (Just(known.clone()), Just(known).prop_shuffle()))
    ) {
        prop_assert_eq!(judge(&moved, &reread(&recorded(&known))), (Vec::new(), 0));
    }

    /// New findings come through, they alone, and however many equal ones are known.
    #[test]
    fn only_new_findings_come_through(
        (known, more, all) in (defects(0), defects(100)).prop_flat_map(|(known, more)| {
            let all = Just([known.clone(), more.clone()].concat()).prop_shuffle();
            (Just(known), Just(more), all)
        })
    ) {
        let baseline = reread(&recorded(&known));
        let known_things: BTreeMap<_, usize> = known.iter().fold(BTreeMap::new(), |mut count, defect| {
            for thing in &defect.things {
                *count.entry((defect.page, defect.rule, defect.subject, *thing)).or_default() += 1;
            }
            count
        });
        let (new, too_many) = judge(&all, &baseline);
        prop_assert_eq!(too_many, 0);
        // A finding that lists several things may be known by each of them, from different findings.
        let lists = known.iter().chain(&more).any(|defect| defect.things.len() > 1);
        if lists {
            let strange = |defect: &&Defect| defect.things.iter().any(|thing| {
                !known_things.contains_key(&(defect.page, defect.rule, defect.subject, *thing))
            });
            let strange: Vec<Defect> = more.iter().filter(strange).cloned().collect();
            for line in shown(&strange) {
                prop_assert!(new.contains(&line), "{} is new: {:?}", line, new);
            }
        } else {
            prop_assert_eq!(new, shown(&more));
        }
    }

    /// What was mended is stale, to the number, and makes nothing else new.
    #[test]
    fn mended_findings_are_stale((known, left) in defects(0).prop_flat_map(|known| {
        let left = prop::sample::subsequence(known.clone(), 0..=known.len());
        (Just(known), left)
    })) {
        let things = |defects: &[Defect]| defects.iter().map(|defect| defect.things.len() as u32).sum::<u32>();
        let baseline = reread(&recorded(&known));
        prop_assert_eq!(judge(&left, &baseline), (Vec::new(), things(&known) - things(&left)));

        // Pruned, it knows what is left and no more.
        let (pages, findings) = run(&left);
        let verdict = baseline::hold_back(&findings, &pages, &names(), &baseline);
        let pruned = baseline::prune(&baseline, &verdict.stale, &recorded(&left));
        prop_assert_eq!(judge(&left, &reread(&pruned)), (Vec::new(), 0));
        prop_assert_eq!(judge(&known, &reread(&pruned)).0.is_empty(), left.len() == known.len());

        // The fixes of all that is stale come to the same.
        let text = baseline::write(&recorded(&known));
        let stale = baseline::stale(&baseline, &verdict.stale, FileId(0), Severity::Warning);
        let mut edits: Vec<_> = stale.into_iter().filter_map(|finding| finding.fix).flat_map(|fix| fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut fixed = String::new();
        let mut at = 0;
        for edit in edits {
            fixed += &text[at..edit.span.start as usize];
            fixed += &edit.text;
            at = edit.span.end as usize;
        }
        fixed += &text[at..];
        let fixed = baseline::read(&fixed).map_err(|wrong| TestCaseError::fail(format!("{wrong:?} in {fixed}")))?;
        prop_assert_eq!(judge(&left, &fixed), (Vec::new(), 0));
    }

    /// Any text is a baseline or is told what is wrong with it, at a place in it.
    #[test]
    fn any_text_is_read_or_refused(known in defects(0), at in any::<prop::sample::Index>(), piece in "(\\{|\\}|\"|,|\\[|1|x|字){0,3}") {
        let text = baseline::write(&recorded(&known));
        let at = at.index(text.len());
        if text.is_char_boundary(at) {
            let broken = format!("{}{piece}{}", &text[..at], &text[at + 1..]);
            if let Err((message, span)) = baseline::read(&broken) {
                prop_assert!(!message.is_empty());
                prop_assert!(broken.get(span.range()).is_some(), "{:?} in {}", span, broken);
            }
        }
    }
}

#[test]
fn what_is_no_baseline_is_told() {
    let entry = |entry: &str| format!("{{\"version\": 1, \"findings\": [\n{entry}\n]}}");
    let sound =
        r#"{"page":"a.md","rule":"mojibake","subject":"","fingerprint":"0123456789abcdef","count":1}"#;
    assert!(baseline::read(&entry(sound)).is_ok());
    for (text, message) in [
        (String::new(), "this is not JSON: expected a value here"),
        ("<<<<<<< HEAD\n".to_owned(), "this is not JSON: expected a value here"),
        ("{}".to_owned(), "`version` is missing"),
        ("[]".to_owned(), "this is not an object"),
        ("{\"version\": 2, \"findings\": []}".to_owned(), "this version of the baseline is not 1"),
        ("{\"version\": 1, \"finding\": []}".to_owned(), "unknown key `finding`; did you mean `findings`?"),
        ("{\"version\": 1, \"findings\": {}}".to_owned(), "this is not a list"),
        ("{\"version\": 1, \"findings\": [],}".to_owned(), "this is not JSON: trailing comma"),
        (entry("1"), "this is not an object"),
        (entry("{}"), "`fingerprint` is missing"),
        (entry(&sound.replace("\"a.md\"", "1")), "this is not a string"),
        (entry(&sound.replace(":1}", ":0}")), "this is not a number of findings"),
        (entry(&sound.replace(":1}", ":-1}")), "this is not a number of findings"),
        (entry(&sound.replace("0123", "xyz")), "this is not a number of 16 hexadecimal digits"),
        (entry(&sound.replace("count", "cuont")), "unknown key `cuont`; did you mean `count`?"),
    ] {
        let (found, _) = baseline::read(&text).expect_err(&text);
        assert_eq!(found, message, "{text}");
    }
}

/// Counts are the user's to write, too.
#[test]
fn absurd_counts_are_no_matter() {
    let entry = r#"{"page":"a.md","rule":"mojibake","subject":"","fingerprint":"0123456789abcdef","count":4294967295}"#;
    let text = format!("{{\"version\": 1, \"findings\": [{entry}, {entry}]}}");
    let baseline = baseline::read(&text).expect("a baseline");
    let verdict = baseline::hold_back(&[], &[], &[], &baseline);
    assert_eq!(verdict.stale, [(0, 0), (1, 0)]);
    let merged = baseline::prune(&baseline, &[], &Entries::new());
    assert_eq!(merged.values().map(|known| known.count).collect::<Vec<_>>(), [u32::MAX]);
}
