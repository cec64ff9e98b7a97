//! The formats, on findings made by hand.

use docdrift::document::Document;
use docdrift::facts::{Facts, Page};
use docdrift::finding::{
    Basis, Cause, Edit, Finding, Fix, Related, Safety, Severity, Site, Subject, SubjectKind,
};
use docdrift::outcome::{Coverage, Note, Outcome};
use docdrift::report::{self, Format, Style, View};
use docdrift::rules::Rule;
use docdrift::schema::SpecFile;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::{FileId, Place, Span};

const TABLE: &str = "| Propriété | Type |\n|---|---|\n| quantité | int |\n| 数量\u{200b}数 | e\u{301}tat |\n";
const MODEL: &str = "pub struct Item {\n    pub quantity: i32,\n}\n";

fn page(index: u32, path: &str, locale: Option<&str>, text: &str) -> Page {
    let source = Source {
        path: path.to_owned(),
        page: path.rsplit('/').next().unwrap_or(path).to_owned(),
        locale: locale.and_then(Locale::parse),
        text: text.to_owned(),
        encoding: Encoding::Utf8,
    };
    Page { file: FileId(index), source, document: Document::default(), facts: Facts::default() }
}

fn place(file: u32, text: &str, needle: &str) -> Place {
    let start = text.find(needle).expect("the text holds the needle");
    Place { file: FileId(file), span: Span::from(start..start + needle.len()) }
}

fn finding(place: Place, found: &str) -> Finding {
    Finding {
        rule: "translated-name",
        severity: Severity::Error,
        basis: Basis::Model,
        cause: Cause::Translation,
        place,
        subject: Subject { kind: SubjectKind::Name, path: "Item.quantity".to_owned() },
        found: found.to_owned(),
        expected: Some("quantity".to_owned()),
        message: format!("`{found}` is a translated name"),
        help: String::new(),
        related: Vec::new(),
        diff: String::new(),
        fix: None,
        confidence: 1.0,
        identity: Vec::new(),
    }
}

struct Case {
    pages: Vec<Page>,
    spec: Vec<SpecFile>,
    outcome: Outcome,
}

impl Case {
    fn new(pages: Vec<Page>, findings: Vec<Finding>) -> Self {
        let spec = vec![SpecFile { path: "src/models/item.rs".to_owned(), text: MODEL.to_owned() }];
        let coverage = Coverage { tables: 3, tables_recognized: 2, examples: 1, examples_read: 1 };
        let locales = vec![Locale::parse("fr-fr").expect("a locale")];
        let outcome = Outcome { findings, coverage, locales, pages: pages.len(), ..Outcome::default() };
        Self { pages, spec, outcome }
    }

    fn view(&self) -> View<'_> {
        View { outcome: &self.outcome, pages: &self.pages, spec: &self.spec }
    }

    fn render(&self, format: Format) -> String {
        report::render(&self.view(), format)
    }
}

fn full() -> Case {
    let mut first = finding(place(0, TABLE, "quantité"), "quantité");
    first.related.push(Related {
        place: Site::Spec(place(0, MODEL, "quantity")),
        message: "the spec says `quantity`".to_owned(),
    });
    first.help = String::from("identifiers are not translated");
    first.fix = Some(Fix {
        safety: Safety::Safe,
        edits: vec![Edit { span: first.place.span, text: "quantity".to_owned() }],
    });
    let mut second = finding(place(0, TABLE, "数量\u{200b}数"), "数量\u{200b}数");
    second.severity = Severity::Warning;
    second.diff = String::from("@@ -1,2 +1,2 @@\n {\n-  \"数\": \"1\"\n+  \"quantity\": 1\n");
    let mut third = finding(place(0, TABLE, "e\u{301}tat"), "e\u{301}tat");
    third.severity = Severity::Note;
    third.expected = None;
    Case::new(vec![page(0, "fr-fr/item.md", Some("fr-fr"), TABLE)], vec![first, second, third])
}

#[test]
fn blocks_show_both_sides_and_the_cure() {
    insta::assert_snapshot!(full().render(Format::Text(Style::Plain)));
}

#[test]
fn many_findings_stay_in_order() {
    let one = full();
    let mut many = full();
    many.outcome.findings = one.outcome.findings.iter().cycle().take(999).cloned().collect();
    let format = Format::Text(Style::Plain);
    assert_eq!(many.render(format), one.render(format).repeat(333));
}

#[test]
fn colours_change_nothing_but_colours() {
    let case = full();
    let coloured = case.render(Format::Text(Style::Coloured));
    assert!(coloured.contains("\u{1b}[92m+  \"quantity\": 1"));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, case.render(Format::Text(Style::Plain)));
}

#[test]
fn lines_count_columns_in_characters() {
    insta::assert_snapshot!(full().render(Format::Concise));
}

#[test]
fn json_keeps_the_contract() {
    let text = full().render(Format::Json);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).expect("JSON"));
}

#[test]
fn an_empty_outcome_is_an_empty_list() {
    let case = Case::new(Vec::new(), Vec::new());
    assert_eq!(case.render(Format::Concise), "");
    assert_eq!(case.render(Format::Text(Style::Coloured)), "");
    let value: serde_json::Value = serde_json::from_str(&case.render(Format::Json)).expect("JSON");
    assert_eq!(value["findings"], serde_json::json!([]));
}

fn fingerprints(case: &Case) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(&case.render(Format::Json)).expect("JSON");
    let findings = value["findings"].as_array().expect("a list");
    findings.iter().map(|finding| finding["fingerprint"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn fingerprints_outlive_edits_elsewhere() {
    let before = full();
    let moved = format!("# Titre\n\n{TABLE}");
    let mut after = full();
    after.pages[0].source.text.clone_from(&moved);
    after.pages[0].source.path = "docs/fr-fr/item.md".to_owned();
    for finding in &mut after.outcome.findings {
        finding.place.span = finding.place.span.shifted((moved.len() - TABLE.len()) as u32);
        finding.message = "reworded".to_owned();
    }
    assert_eq!(fingerprints(&before), fingerprints(&after));
}

#[test]
fn fingerprints_tell_findings_apart() {
    let one = finding(place(0, TABLE, "quantité"), "quantité");
    let other = Finding { rule: "name-case", ..one.clone() };
    let pages =
        vec![page(0, "fr-fr/item.md", Some("fr-fr"), TABLE), page(1, "sv-se/item.md", Some("sv-se"), TABLE)];
    let elsewhere = finding(place(1, TABLE, "quantité"), "quantité");
    let case = Case::new(pages, vec![one.clone(), one.clone(), one, other, elsewhere]);
    let all = fingerprints(&case);
    let different: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(different.len(), all.len());
    assert!(all.iter().all(|print| print.len() == 16));
}

#[test]
fn nothing_from_a_page_reaches_the_terminal_raw() {
    let text = "a\u{1b}]0;owned\u{7}b \u{202e}evil\u{2066} \u{9b}31m \u{200b}\u{feff}\r\n";
    let path = "fr-fr/\u{1b}[2Jx.md";
    let mut bad = finding(place(0, text, "\u{202e}evil"), "\u{202e}evil");
    bad.message = format!("found `{text}`");
    bad.help = text.to_owned();
    bad.expected = Some(text.to_owned());
    bad.diff = format!("+{text}");
    bad.related.push(Related { place: Site::Page(bad.place), message: text.to_owned() });
    bad.fix =
        Some(Fix { safety: Safety::Unsafe, edits: vec![Edit { span: bad.place.span, text: text.into() }] });
    let mut case = Case::new(vec![page(0, path, None, text)], vec![bad]);
    case.outcome.notes.push(Note { place: None, message: text.to_owned() });
    let mut shown = case.render(Format::Text(Style::Plain)) + &case.render(Format::Concise);
    shown += &report::notes(&case.view()).concat();
    let is_raw =
        |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2060}".contains(c);
    assert_eq!(shown.chars().find(|c| is_raw(*c)), None, "{shown}");
    assert!(shown.contains("\\u{1b}[2Jx.md:1:"));
}

#[test]
fn a_long_line_is_quoted_in_part() {
    let text = format!("| {} | quantité | {} |\n", "x".repeat(1 << 20), "y".repeat(1 << 20));
    let case = Case::new(
        vec![page(0, "item.md", None, &text)],
        vec![finding(place(0, &text, "quantité"), "quantité")],
    );
    let shown = case.render(Format::Text(Style::Plain));
    assert!(shown.len() < 1000, "{} bytes", shown.len());
    assert!(shown.contains(&format!(" --> item.md:1:{}\n", (1 << 20) + 6)), "{shown}");
    let marks = shown.lines().find(|line| line.contains('^')).expect("marks");
    let quoted = shown.lines().find(|line| line.contains("quantité |")).expect("the line");
    let column = |line: &str, needle: &str| line[..line.find(needle).expect("there")].chars().count();
    assert_eq!(column(marks, "^"), column(quoted, "quantité"));
}

#[test]
fn rules_are_listed_and_explained_from_their_manual() {
    static RULES: [&Rule; 2] = [
        &Rule {
            name: "translated-name",
            severity: Severity::Error,
            bases: &[Basis::Model, Basis::Page],
            fix: Some(Safety::Safe),
            source: "//! # translated-name\n//!\n//! An identifier was\n//! translated.\n//!\n//! More.\nfn x() {}",
            check: |_, _| {},
        },
        &Rule {
            name: "vague-type",
            severity: Severity::Note,
            bases: &[],
            fix: None,
            source: "//! # vague-type\n//!\n//! A type says little.\n",
            check: |_, _| {},
        },
    ];
    let manual = report::manual(RULES[0]);
    insta::assert_snapshot!(format!("{}\n{manual}", report::rules(&[("names", &RULES)])));
}

#[test]
fn the_summary_counts_and_the_statistics_sort() {
    let case = full();
    let line = report::summary(&case.outcome, std::time::Duration::from_millis(42));
    insta::assert_snapshot!(format!("{line}\n{}", report::statistics(&case.outcome)));
}

proptest::proptest! {
    /// Whatever bytes a finding points to, the formats say something and end.
    #[test]
    fn no_span_breaks_a_format(text in "[a|\u{301}車\u{200b}\t\r\n]{0,40}", start in 0u32..60, length in 0u32..60, other in 0u32..60) {
        let place = Place { file: FileId(0), span: Span { start, end: start.wrapping_add(length) } };
        let mut one = finding(place, "x");
        let backwards = Span { start: start + other, end: start };
        one.related.push(Related { place: Site::Spec(Place { file: FileId(0), span: backwards }), message: String::new() });
        one.related.push(Related { place: Site::Page(Place { file: FileId(7), span: backwards }), message: String::new() });
        one.fix = Some(Fix { safety: Safety::Safe, edits: vec![Edit { span: backwards, text: String::new() }] });
        let case = Case::new(vec![page(0, "a.md", None, &text)], vec![one]);
        proptest::prop_assert!(case.render(Format::Text(Style::Plain)).starts_with("error[translated-name]"));
        proptest::prop_assert!(case.render(Format::Concise).starts_with("a.md:"));
        serde_json::from_str::<serde_json::Value>(&case.render(Format::Json)).expect("JSON");
    }
}
