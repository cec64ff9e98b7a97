//! The formats of other tools, on findings of the pages that this repository carries: what each says, that
//! its readers get it back whole, and that published schemas agree where they lie next to the repository.

#[path = "formats/case.rs"]
mod case;
#[path = "formats/grammar.rs"]
mod grammar;
#[path = "formats/hostile.rs"]
mod hostile;
#[path = "formats/schemas.rs"]
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use docdrift::finding::{Edit, Fix, Severity};
use docdrift::fix::apply;
use docdrift::report::{Format, SARIF_MOST};
use docdrift::settings::Settings;
use docdrift::source::Locale;
use docdrift::text::Span;
use serde_json::Value;

use case::Case;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// What the format says of few findings; not the manuals of rules, which are tested elsewhere.
fn snapshot(name: &str, format: Format) {
    let text = case::excerpt().render(format);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("\"tool\": ")).collect();
    insta::assert_snapshot!(name, lines.join("\n"));
}

#[test]
fn every_format_says_what_it_said() {
    snapshot("json_lines", Format::JsonLines);
    snapshot("sarif", Format::Sarif);
    snapshot("github", Format::Github);
    snapshot("gitlab", Format::Gitlab);
    snapshot("junit", Format::Junit);
    snapshot("checkstyle", Format::Checkstyle);
    snapshot("rdjsonl", Format::Rdjsonl);
    snapshot("markdown", Format::Markdown);
}

#[test]
fn lines_are_the_findings_of_the_whole() {
    let case = case::corpus();
    let whole = json(&case.render(Format::Json));
    let lines: Vec<Value> = case.render(Format::JsonLines).lines().map(json).collect();
    assert_eq!(whole["findings"], Value::from(lines));
}

#[test]
fn without_findings_every_format_is_whole() {
    let mut case = case::corpus();
    case.outcome.findings.clear();
    for format in [Format::JsonLines, Format::Github, Format::Rdjsonl] {
        assert_eq!(case.render(format), "");
    }
    assert_eq!(json(&case.render(Format::Gitlab)), Value::Array(Vec::new()));
    assert_eq!(json(&case.render(Format::Sarif))["runs"][0]["results"], Value::Array(Vec::new()));
    let markdown = case.render(Format::Markdown);
    assert!(markdown.starts_with("## docdrift\n\nno findings in 20 pages"), "{markdown}");
    for format in [Format::Checkstyle, Format::Junit] {
        let text = case.render(format);
        let document = roxmltree::Document::parse(&text).expect("XML");
        assert_eq!(document.descendants().filter(|node| node.has_tag_name("error")).count(), 0);
        assert_eq!(document.descendants().filter(|node| node.has_tag_name("failure")).count(), 0);
    }
    let text = case.render(Format::Junit);
    let tests = text.matches("<testcase name=\"docdrift\"").count();
    assert_eq!(tests, case.pages.len(), "a passing test for each clean page");
}

/// A fix by lines and columns changes what the same fix changes by bytes.
#[test]
fn sarif_regions_are_the_bytes_of_the_edits() {
    let case = case::corpus();
    let log = json(&case.render(Format::Sarif));
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), case.outcome.findings.len());
    let mut compared = 0;
    for (result, finding) in results.iter().zip(&case.outcome.findings) {
        let page = &case.pages[finding.file().0 as usize].source;
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], page.path.as_str());
        let place = case::bytes(&page.text, &location["region"], case::Unit::CodePoints);
        assert_eq!(place, finding.place.span);
        let Some(fix) = &finding.fix else { continue };
        let [change] = &result["fixes"][0]["artifactChanges"].as_array().expect("a list")[..] else {
            panic!("one page is changed")
        };
        let text = result["fixes"][0]["description"]["text"].as_str().expect("text");
        assert!(text.starts_with(&format!("{} fix: ", fix.safety.name())), "{text}");
        let edits: Vec<_> = change["replacements"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|edit| Edit {
                span: case::bytes(&page.text, &edit["deletedRegion"], case::Unit::CodePoints),
                text: edit["insertedContent"]["text"].as_str().expect("text").to_owned(),
            })
            .collect();
        assert_eq!(edits, fix.edits);
        compared += 1;
    }
    assert!(compared > 10, "{compared} fixes");
}

#[test]
fn sarif_rules_are_explained_and_found_by_index() {
    let log = json(&case::corpus().render(Format::Sarif));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    for rule in rules {
        let manual = rule["help"]["markdown"].as_str().expect("a manual");
        assert!(manual.contains("## Why it matters") && manual.contains("Severity:"), "{manual}");
        let has_home = !env!("CARGO_PKG_REPOSITORY").is_empty();
        assert_eq!(rule.get("helpUri").is_some(), has_home, "a link that leads somewhere, or none");
    }
    let mut used = BTreeSet::new();
    for result in run["results"].as_array().expect("a list") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        used.insert(index);
    }
    assert_eq!(used.len(), rules.len(), "rules that did not fire");
}

/// The suggestion by bytes does what the whole fix does.
#[test]
fn rdjsonl_counts_columns_in_bytes() {
    let case = case::corpus();
    let lines = case.render(Format::Rdjsonl);
    let mut wide = 0;
    for (line, finding) in lines.lines().zip(&case.outcome.findings) {
        let diagnostic = json(line);
        let page = &case.pages[finding.file().0 as usize].source;
        let place = case::bytes(&page.text, &diagnostic["location"]["range"], case::Unit::Bytes);
        assert_eq!(place, finding.place.span);
        let line_start = page.text[..place.start as usize].rfind('\n').map_or(0, |at| at + 1);
        wide += usize::from(!page.text[line_start..place.start as usize].is_ascii());
        let few_lines = |fix: &&Fix| {
            let (first, last) = (&fix.edits[0].span, &fix.edits[fix.edits.len() - 1].span);
            Span::new(first.start, last.end).of(&page.text).matches('\n').count() < 10
        };
        let Some(fix) = finding.fix.as_ref().filter(few_lines) else {
            assert_eq!(diagnostic.get("suggestions"), None);
            continue;
        };
        let suggestion = &diagnostic["suggestions"][0];
        let span = case::bytes(&page.text, &suggestion["range"], case::Unit::Bytes);
        let text = suggestion["text"].as_str().expect("text").to_owned();
        let edit = Edit { span, text };
        assert_eq!(apply(&page.text, &[edit]), apply(&page.text, &fix.edits));
    }
    assert_eq!(lines.lines().count(), case.outcome.findings.len());
    assert!(wide > 0, "no column where bytes and characters differ");
}

#[test]
fn gitlab_gets_names_that_differ_and_severities_it_knows() {
    let mut case = case::corpus();
    let twice = case.outcome.findings.clone();
    case.outcome.findings.extend(twice);
    case.outcome.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let report = json(&case.render(Format::Gitlab));
    let issues = report.as_array().expect("a list");
    let names: BTreeSet<&str> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().expect("text")).collect();
    assert_eq!(names.len(), case.outcome.findings.len());
    let severities: BTreeSet<&str> =
        issues.iter().map(|issue| issue["severity"].as_str().expect("text")).collect();
    assert_eq!(severities, BTreeSet::from(["info", "minor", "major"]));
    for issue in issues {
        let location = &issue["location"];
        assert!(location["path"].as_str().is_some_and(|path| path.starts_with("corpus/")), "{issue}");
        assert!(location["positions"]["begin"]["line"].as_u64() > Some(0), "{issue}");
        let rule = issue["check_name"].as_str().expect("text");
        assert!(issue["description"].as_str().is_some_and(|text| text.starts_with(rule)), "{issue}");
    }
}

#[test]
fn junit_has_a_suite_a_page_and_a_test_a_finding() {
    let case = case::corpus();
    let text = case.render(Format::Junit);
    let document = roxmltree::Document::parse(&text).expect("XML");
    let suites: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(suites.len(), case.pages.len());
    let mut failures = 0;
    for (index, suite) in suites.iter().enumerate() {
        assert_eq!(suite.attribute("id"), Some(&*index.to_string()));
        assert_eq!(suite.attribute("name"), Some(&*case.pages[index].source.path));
        let tests: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
        assert_eq!(suite.attribute("tests"), Some(&*tests.len().to_string()));
        let names: BTreeSet<_> = tests.iter().map(|test| test.attribute("name")).collect();
        assert_eq!(names.len(), tests.len(), "tests of one name in {suite:?}");
        let failed = tests.iter().filter(|test| test.has_children()).count();
        assert_eq!(suite.attribute("failures"), Some(&*failed.to_string()));
        failures += failed;
    }
    assert_eq!(failures, case.outcome.findings.len());
}

/// A page that only bears witness has passed no test.
#[test]
fn junit_leaves_out_pages_that_were_not_judged() {
    let locales = vec![Locale::parse("fr-FR").expect("a locale")];
    let case = Case::of(&["corpus"], &Settings { locales, ..Settings::default() });
    let text = case.render(Format::Junit);
    let document = roxmltree::Document::parse(&text).expect("XML");
    let suites = document.descendants().filter(|node| node.has_tag_name("testsuite"));
    let packages: Vec<_> = suites.map(|suite| suite.attribute("package")).collect();
    assert_eq!(packages, vec![Some("fr-FR"); 4]);
}

/// Nor has one whose findings are only counted.
#[test]
fn junit_leaves_out_pages_whose_findings_are_not_shown() {
    let mut case = case::corpus();
    let count = |case: &Case| case.render(Format::Junit).matches("<testsuite ").count();
    assert_eq!(count(&case), 20);
    case.outcome.keep_worst(1);
    assert_eq!(count(&case), 1);
}

#[test]
fn checkstyle_has_an_error_a_finding() {
    let case = case::corpus();
    let text = case.render(Format::Checkstyle);
    let document = roxmltree::Document::parse(&text).expect("XML");
    let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
    for file in document.root_element().children().filter(roxmltree::Node::is_element) {
        let errors = file.children().filter(|node| node.has_tag_name("error")).count();
        assert!(by_file.insert(file.attribute("name").expect("a name"), errors).is_none(), "a file twice");
    }
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &case.outcome.findings {
        *expected.entry(&case.pages[finding.file().0 as usize].source.path).or_default() += 1;
    }
    assert_eq!(by_file, expected);
}

#[test]
fn annotations_are_few_and_say_how_many_more() {
    let case = case::corpus();
    let text = case.render(Format::Github);
    for (level, severity) in
        [("error", Severity::Error), ("warning", Severity::Warning), ("notice", Severity::Note)]
    {
        let all = case.outcome.count(severity);
        let commands: Vec<_> =
            text.lines().map(grammar::command).filter(|command| command.name == level).collect();
        assert!(all > 10 && commands.len() == 10, "{all} became {}", commands.len());
        let last = commands.last().expect("ten");
        let name = severity.name();
        assert_eq!(last.data, format!("{} more {name}s not shown here", all - 9));
        assert_eq!(last.properties.get("title").map(String::as_str), Some("docdrift"));
    }
}

#[test]
fn annotations_read_back_as_they_were() {
    let mut case = case::corpus();
    case.outcome.keep_worst(9);
    case.outcome.left_out.clear();
    let text = case.render(Format::Github);
    assert_eq!(text.lines().count(), 9);
    for (line, finding) in text.lines().zip(&case.outcome.findings) {
        let command = grammar::command(line);
        assert_eq!(command.properties["title"], finding.rule);
        assert_eq!(command.properties["file"], case.pages[finding.file().0 as usize].source.path);
        let (message, rest) = command.data.split_once('\n').unwrap_or((&command.data, ""));
        assert_eq!(message, finding.message);
        assert_eq!(rest.contains(" fix: "), finding.fix.is_some());
        let one_line = command.properties["line"] == command.properties["endLine"];
        assert_eq!(command.properties.contains_key("col"), one_line);
        assert_eq!(command.properties.contains_key("endColumn"), one_line);
    }
}

/// A place over several lines has no columns: GitHub would take them for those of one line.
#[test]
fn an_annotation_over_several_lines_has_no_columns() {
    let mut case = case::corpus();
    case.outcome.findings.truncate(1);
    case.outcome.findings[0].place.span.end += 200;
    let command = grammar::command(case.render(Format::Github).trim_end());
    assert!(command.properties["line"] != command.properties["endLine"], "{command:?}");
    assert!(!command.properties.contains_key("col") && !command.properties.contains_key("endColumn"));
}

#[test]
fn the_worst_come_first_when_not_all_fit() {
    let mut case = case::corpus();
    let all = case.outcome.clone();
    let [errors, warnings] = [Severity::Error, Severity::Warning].map(|severity| all.count(severity));
    case.outcome.keep_worst(errors + 3);
    assert_eq!(case.outcome.findings.len(), errors + 3);
    let kept: Vec<_> = all.worst(errors + 3).into_iter().cloned().collect();
    assert_eq!(case.outcome.findings, kept);
    assert!(kept.is_sorted_by(|a, b| a.order() <= b.order()));
    assert!(kept.iter().all(|finding| finding.severity >= Severity::Warning));
    assert_eq!(case.outcome.count(Severity::Warning), warnings);
    assert_eq!(case.outcome.all().count(), all.findings.len());
    case.outcome.keep_worst(0);
    assert!(case.outcome.findings.is_empty() && case.outcome.reaches(Severity::Error));

    let missing = all.findings.len();
    let log = json(&case.render(Format::Sarif));
    let notice = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    let text = format!("these are the 0 worst of {missing} findings; {missing} are left out");
    assert_eq!((&notice["level"], &notice["message"]["text"]), (&"warning".into(), &text.into()));
    let markdown = case.render(Format::Markdown);
    assert!(markdown.ends_with(&format!("\n{missing} more not listed here.\n")), "{markdown}");
    assert!(case.render(Format::Github).contains(&format!("::{errors} more errors not shown here\n")));
}

#[test]
fn sarif_holds_no_more_than_github_takes() {
    let mut case = case::corpus();
    let few = case.outcome.findings.clone();
    let count = SARIF_MOST + 1;
    case.outcome.findings = few.iter().cycle().take(count).cloned().collect();
    case.outcome.findings.sort_by_key(|finding| finding.place);
    let log = json(&case.render(Format::Sarif));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(SARIF_MOST));
    let text = format!("these are the {SARIF_MOST} worst of {count} findings; 1 are left out");
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], text);
    let notes = case.outcome.count(Severity::Note);
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.iter().filter(|result| result["level"] == "note").count(), notes - 1);
}

#[test]
fn a_summary_fits_what_github_takes() {
    let mut case = case::corpus();
    for finding in &mut case.outcome.findings {
        finding.message = "\\`[".repeat(1000);
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.text = "*".repeat(10_000);
        }
    }
    let few = case.outcome.findings.clone();
    case.outcome.findings = few.iter().cycle().take(3000).cloned().collect();
    case.outcome.findings.sort_by_key(|finding| finding.place);
    let markdown = case.render(Format::Markdown);
    assert!(markdown.len() < 1 << 20, "{} bytes", markdown.len());
    let listed = markdown.lines().filter(|line| line.starts_with("- ")).count();
    assert!(listed > 100 && markdown.ends_with(&format!("\n{} more not listed here.\n", 3000 - listed)));
}
