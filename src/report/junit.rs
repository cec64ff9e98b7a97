//! `JUnit` XML by the schema of Ant: a suite for each page that was judged, a failure for each finding, and one
//! passing test for a page without any.
//!
//! The schema wants a time and a host. Equal input gives equal output, so there are stand-ins: the start
//! of 1970, `localhost`, no seconds. A test's name has no line in it, so that the test of a later run is
//! known again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::View;
use super::links;
use super::places::{Located, Places};
use super::wording::{self, labelled_cure};
use super::xml::{attribute, push};
use crate::facts::Page;
use crate::finding::{Finding, Site};
use crate::source::Locale;
use crate::text::FileId;

/// The whole document.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let outcome = view.outcome;
    // A page whose findings were left out is not clean.
    let not_clean: BTreeSet<FileId> = outcome.left_out.iter().map(Finding::file).collect();
    let judged: BTreeSet<FileId> = outcome.judged.iter().copied().collect();
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    let mut rest = outcome.findings.as_slice();
    let mut id = 0;
    for page in view.pages {
        let here;
        (here, rest) = rest.split_at(rest.partition_point(|finding| finding.file() <= page.file));
        let is_clean = judged.contains(&page.file) && !not_clean.contains(&page.file);
        if is_clean || !here.is_empty() {
            suite(&mut out, page, here, id, &places);
            id += 1;
        }
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, page: &Page, findings: &[Finding], id: usize, places: &Places) {
    let path = &page.source.path;
    out.push_str("  <testsuite");
    attribute(out, "name", path);
    attribute(out, "package", page.source.locale.as_ref().map_or("", Locale::as_str));
    attribute(out, "id", &id.to_string());
    attribute(out, "tests", &findings.len().max(1).to_string());
    attribute(out, "failures", &findings.len().to_string());
    attribute(out, "errors", "0");
    for (name, value) in [("time", "0"), ("timestamp", "1970-01-01T00:00:00"), ("hostname", "localhost")] {
        attribute(out, name, value);
    }
    out.push_str(">\n    <properties/>\n");
    if findings.is_empty() {
        test(out, links::TOOL, path);
        out.push_str("/>\n");
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for finding in findings {
        let mut name = format!("{} {}", finding.rule, finding.subject.path).trim_end().to_owned();
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            write!(name, " #{count}").expect("a String takes all text");
        }
        test(out, &name, path);
        out.push_str(">\n      <failure");
        attribute(out, "type", finding.severity.name());
        attribute(out, "message", &finding.message);
        out.push('>');
        if let Some(at) = places.locate(Site::Page(finding.place)) {
            details(out, finding, &at);
        }
        out.push_str("</failure>\n    </testcase>\n");
    }
    out.push_str("    <system-out/>\n    <system-err/>\n  </testsuite>\n");
}

/// The head of a test, still open.
fn test(out: &mut String, name: &str, page: &str) {
    out.push_str("    <testcase");
    attribute(out, "name", name);
    attribute(out, "classname", page);
    attribute(out, "time", "0");
}

/// Where and what, for people.
fn details(out: &mut String, finding: &Finding, at: &Located) {
    let start = at.start();
    let message = wording::message(finding);
    push(out, &format!("{}:{}:{}: {message}", at.path, start.line, start.column));
    if let Some(fix) = &finding.fix {
        out.push('\n');
        push(out, &labelled_cure(fix, at.text));
    }
}
