//! Every rule, by its manual and by its spec file.
//!
//! The example in a rule's manual fires the rule exactly once and is offered the best fix that the rule has. Every fix
//! removes its finding. `tests/rules/<rule>.md` holds further cases: a heading, one or more pages as fenced blocks, and
//! a `findings` block with what the rule reports on them; an empty block says that it stays silent. A `fixed` block has
//! the lines that the rule's fixes write, a `related` block what other places say, a `severities` block how severe each
//! is, where that matters. Pages, here and in
//! manuals, are headed `md LOCALE path`; pages of one path below their first folders are translations of each other.
//! A `baseline` block is the baseline of the case, a `yaml` block its spec instead of the built-in models.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use docdrift::baseline;
use docdrift::check::check;
use docdrift::document::Document;
use docdrift::extract;
use docdrift::facts::{Facts, Page};
use docdrift::finding::{Edit, Finding, Fix, Safety};
use docdrift::lexicon::Lexicon;
use docdrift::rules::{self, Rule};
use docdrift::schema::SpecFile;
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::spec;
use docdrift::text::{FileId, LineIndex, Span};

/// A page of a case.
#[derive(Clone)]
struct Given {
    locale: Option<Locale>,
    path: String,
    text: String,
}

/// The path of a case's baseline.
const BASELINE: &str = "docdrift-baseline.json";

/// The path of a case's spec.
const SPEC: &str = "spec.yaml";

/// A case of a spec file.
#[derive(Default)]
struct Case {
    title: String,
    pages: Vec<Given>,
    findings: String,
    /// The lines that fixes write, if the case says.
    fixed: Option<String>,
    /// What other places say, if the case says.
    related: Option<String>,
    /// How severe each finding is, if the case says.
    severities: Option<String>,
    line: usize,
}

fn pages(given: &[Given], lexicon: &Lexicon) -> Vec<Page> {
    let mut sorted: Vec<&Given> =
        given.iter().filter(|given| given.path != BASELINE && given.path != SPEC).collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let page = |(at, given): (usize, &&Given)| {
        let source = Source {
            path: given.path.clone(),
            page: given.path.split_once('/').map_or(&*given.path, |(_, page)| page).to_owned(),
            locale: given.locale.clone(),
            text: given.text.clone(),
            encoding: Encoding::Utf8,
        };
        extract::page(FileId(at as u32), source, lexicon)
    };
    sorted.iter().enumerate().map(page).collect()
}

/// Everything that is found on some pages, in the order of the pages' paths.
fn findings(given: &[Given], lexicon: &Lexicon) -> (Vec<Page>, Vec<Finding>) {
    let mut pages = pages(given, lexicon);
    let schema = match given.iter().find(|given| given.path == SPEC) {
        Some(Given { text, .. }) => {
            let file = SpecFile { path: SPEC.to_owned(), text: text.clone() };
            let documents = vec![spec::Document::new(file)];
            let input =
                spec::Input { name: SPEC.to_owned(), folder: String::new(), is_file: true, documents };
            let spec::Specs { schema, problems } = spec::read(vec![input]);
            assert!(problems.is_empty(), "{problems:?}");
            schema
        }
        None => spec::models(),
    };
    let mut outcome = check(&pages, Some(&schema), lexicon, &Settings::default());
    if let Some(Given { text, path, .. }) = given.iter().find(|given| given.path == BASELINE) {
        let baseline = baseline::read(text).expect("a baseline");
        let names: Vec<String> = pages.iter().map(|page| page.source.path.clone()).collect();
        let stale = baseline::apply(&mut outcome, &pages, &names, &baseline);
        let file = FileId(pages.len() as u32);
        let rule = rules::find("stale-baseline").expect("a rule");
        outcome.findings.extend(baseline::stale(&baseline, &stale, file, rule.severity));
        let source = Source {
            path: path.clone(),
            page: path.clone(),
            locale: None,
            text: text.clone(),
            encoding: Encoding::Utf8,
        };
        pages.push(Page { file, source, document: Document::default(), facts: Facts::default() });
    }
    (pages, outcome.findings)
}

/// Runs everything and returns what one rule reports, a line each.
fn report(given: &[Given], rule: &str) -> String {
    let lexicon = Lexicon::default();
    let (pages, found) = findings(given, &lexicon);
    let mut lines = String::new();
    for finding in found.iter().filter(|finding| finding.rule == rule) {
        let page = &pages[finding.place.file.0 as usize];
        let at = LineIndex::new(&page.source.text).line_column(&page.source.text, finding.place.span.start);
        let path = &page.source.path;
        let fix = match &finding.fix {
            None => "",
            Some(fix) if fix.safety == Safety::Safe => " [safe fix]",
            Some(_) => " [unsafe fix]",
        };
        writeln!(lines, "{path}:{}:{}: {}{fix}", at.line, at.column, finding.message).expect("to a string");
        assert!(!finding.message.ends_with('.'), "a message ends with a full stop: {finding:?}");
        // Code that lost its marks says the same without them.
        let unmarked = rule == "altered-code-span";
        assert!(
            unmarked || finding.expected.as_ref() != Some(&finding.found),
            "nothing is wrong: {finding:?}"
        );
        if let Some(again) =
            finding.fix.as_ref().and_then(|fix| unhealed(given, &lexicon, page, finding, fix))
        {
            writeln!(lines, "    its fix leaves this: {}", again.message).expect("to a string");
        }
    }
    lines
}

/// Makes the edits of a fix, which lie in the page, on character boundaries, in order. Returns what the rule still
/// reports at the place, which should be nothing.
fn unhealed(
    given: &[Given],
    lexicon: &Lexicon,
    page: &Page,
    finding: &Finding,
    fix: &Fix,
) -> Option<Finding> {
    let text = &page.source.text;
    let mut healed = String::new();
    let mut end = 0;
    for edit in &fix.edits {
        let before = text.get(end..edit.span.start as usize);
        let replaced = text.get(edit.span.range());
        let (Some(before), Some(replaced)) = (before, replaced) else {
            panic!("an edit overlaps or lies out of bounds: {finding:?}")
        };
        assert_ne!(replaced, edit.text, "an edit that changes nothing: {finding:?}");
        healed.push_str(before);
        healed.push_str(&edit.text);
        end = edit.span.range().end;
    }
    healed.push_str(&text[end..]);

    let place = moved(finding.place.span, fix);
    let mut given = given.to_vec();
    let given_page = given.iter_mut().find(|given| given.path == page.source.path);
    given_page.expect("the finding's page is one of these").text = healed;
    let (_, left) = findings(&given, lexicon);
    left.into_iter().find(|other| {
        let span = other.place.span;
        let meets = span.start == place.start || (span.start < place.end && place.start < span.end);
        other.rule == finding.rule && other.place.file == finding.place.file && meets
    })
}

/// The lines that a rule's fixes write, page by page.
fn fixed(given: &[Given], rule: &str) -> String {
    let (pages, found) = findings(given, &Lexicon::default());
    let mut lines = String::new();
    for page in &pages {
        let own = |finding: &&Finding| finding.rule == rule && finding.place.file == page.file;
        let fixes = found.iter().filter(own).filter_map(|finding| finding.fix.as_ref());
        let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut text = page.source.text.clone();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        let changed = text.lines().zip(page.source.text.lines()).filter(|(now, before)| now != before);
        lines.extend(changed.flat_map(|(now, _)| [now, "\n"]));
    }
    lines
}

/// What other places say to a rule's findings, a line each.
fn severities(given: &[Given], rule: &str) -> String {
    let (_, found) = findings(given, &Lexicon::default());
    let of_rule = found.iter().filter(|finding| finding.rule == rule);
    of_rule.fold(String::new(), |lines, finding| lines + finding.severity.name() + "\n")
}

fn related(given: &[Given], rule: &str) -> String {
    let (_, found) = findings(given, &Lexicon::default());
    let related = found.iter().filter(|finding| finding.rule == rule).flat_map(|finding| &finding.related);
    related.flat_map(|related| [related.message.as_str(), "\n"]).collect()
}

/// Where a span lies after the edits of a fix.
fn moved(span: Span, fix: &Fix) -> Span {
    let grown = |edits: &mut dyn Iterator<Item = &Edit>| -> i64 {
        let length = |edit: &Edit| i64::try_from(edit.text.len()).expect("a text in memory");
        edits.map(|edit| length(edit) - i64::from(edit.span.len())).sum()
    };
    let before = grown(&mut fix.edits.iter().filter(|edit| edit.span.end <= span.start && edit.span != span));
    let until = grown(&mut fix.edits.iter().filter(|edit| edit.span.end <= span.end));
    let shift = |at: u32, by: i64| u32::try_from(i64::from(at) + by).expect("a place in the page");
    Span::new(shift(span.start, before), shift(span.end, until))
}

/// A page's locale and path, as the info string of its block has them, and its text.
fn given(info: &str, text: String) -> Given {
    let mut words = info.split_whitespace();
    let locale = words.next().and_then(Locale::parse);
    Given { locale, path: words.next().unwrap_or("page.md").to_owned(), text }
}

fn given_baseline(text: String) -> Given {
    Given { locale: None, path: BASELINE.to_owned(), text }
}

fn given_spec(text: String) -> Given {
    Given { locale: None, path: SPEC.to_owned(), text }
}

/// The fenced `md` and `baseline` blocks of a manual: its example.
fn example(rule: &Rule) -> Vec<Given> {
    let manual = rule.manual();
    let mut lines = manual.lines();
    let mut pages = Vec::new();
    while let Some(line) = lines.next() {
        let Some(fence) = ["~~~~", "```"].into_iter().find(|fence| line.starts_with(fence)) else { continue };
        let text = lines.by_ref().take_while(|line| *line != fence).flat_map(|line| [line, "\n"]).collect();
        match &line[fence.len()..] {
            "baseline" => pages.push(given_baseline(text)),
            "yaml" => pages.push(given_spec(text)),
            info => pages.extend(info.strip_prefix("md").map(|info| given(info, text))),
        }
    }
    pages
}

#[test]
fn the_example_of_each_manual_fires_exactly_once() {
    let mut wrong = String::new();
    for rule in rules::all() {
        let pages = example(rule);
        if pages.is_empty() {
            assert_eq!(rule.name, "unreadable-file", "{} has no example", rule.name);
            continue;
        }
        let found = report(&pages, rule.name);
        let fix = match rule.fix {
            None => "",
            Some(Safety::Safe) => " [safe fix]",
            Some(Safety::Unsafe) => " [unsafe fix]",
        };
        let offered = found.trim_end().ends_with(" fix]");
        if found.lines().count() != 1 || !found.trim_end().ends_with(fix) || offered == fix.is_empty() {
            writeln!(wrong, "{}: {} findings\n{found}", rule.name, found.lines().count())
                .expect("to a string");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_manual_has_all_its_parts() {
    for rule in rules::all() {
        let manual = rule.manual();
        assert!(manual.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
        for part in ["## Why it matters", "## Example", "## Fix", "## Limits"] {
            assert!(manual.contains(part), "{} lacks {part}", rule.name);
        }
        assert!(rule.summary().ends_with('.'), "{}", rule.name);
        assert!(!manual.contains(". \n") && !rule.summary().contains(". "), "{}: one sentence", rule.name);
        let (_, fix) = manual.split_once("## Fix\n").expect("checked above");
        let fix = fix.split("\n##").next().unwrap_or("");
        let promised = match (fix.contains("Safe"), fix.contains("Unsafe"), fix.starts_with("None")) {
            (true, _, false) => Some(Safety::Safe),
            (false, true, false) => Some(Safety::Unsafe),
            (_, _, true) => None,
            _ => panic!("{}: the manual does not say how far to trust the fix", rule.name),
        };
        assert_eq!(promised, rule.fix, "{}: manual and metadata promise different fixes", rule.name);
    }
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), line: at + 1, ..Case::default() });
        }
        let Some(info) = line.strip_prefix("~~~~").filter(|info| !info.is_empty()) else { continue };
        let body: String = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "~~~~")
            .flat_map(|line| [line, "\n"])
            .collect();
        let case = cases.last_mut().expect("a block stands below the heading of its case");
        match info.split_once(' ').unwrap_or((info, "")) {
            ("findings", _) => case.findings = body,
            ("fixed", _) => case.fixed = Some(body),
            ("related", _) => case.related = Some(body),
            ("severities", _) => case.severities = Some(body),
            ("md" | "html", info) => case.pages.push(given(info, body)),
            ("baseline", _) => case.pages.push(given_baseline(body)),
            ("yaml", _) => case.pages.push(given_spec(body)),
            (other, _) => panic!("unknown block {other} in line {}", at + 1),
        }
    }
    cases
}

#[test]
fn spec_files_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder of spec files") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(path).expect("a spec file"));
    }
    let mut wrong = String::new();
    for rule in rules::all() {
        let text =
            files.remove(rule.name).unwrap_or_else(|| panic!("tests/rules/{}.md is missing", rule.name));
        let cases = cases(&text);
        for (silent, lacks) in [(true, "no case stays silent"), (false, "no case fires")] {
            if !cases.iter().any(|case| case.findings.is_empty() == silent) {
                writeln!(wrong, "{}: {lacks}", rule.name).expect("to a string");
            }
        }
        for case in cases {
            let found = report(&case.pages, rule.name);
            if found != case.findings {
                writeln!(
                    wrong,
                    "tests/rules/{}.md:{}: {}\nwanted:\n{}found:\n{found}",
                    rule.name, case.line, case.title, case.findings
                )
                .expect("to a string");
            }
            for (what, wanted, shown) in [
                ("fixed", &case.fixed, fixed as fn(&[Given], &str) -> String),
                ("related", &case.related, related),
                ("severities", &case.severities, severities),
            ] {
                let Some(wanted) = wanted else { continue };
                let shown = shown(&case.pages, rule.name);
                if shown != *wanted {
                    writeln!(
                        wrong,
                        "tests/rules/{}.md:{}: {}\nwanted:\n{wanted}{what}:\n{shown}",
                        rule.name, case.line, case.title
                    )
                    .expect("to a string");
                }
            }
        }
    }
    assert!(files.is_empty(), "spec files of no rule: {:?}", files.keys());
    assert!(wrong.is_empty(), "{wrong}");
}
