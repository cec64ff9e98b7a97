//! SARIF 2.1.0, as code scanning services take it: one result a line. Columns count Unicode code points,
//! and `columnKind` says so.
//!
//! The fingerprint goes by a name of its own: GitHub makes its `primaryLocationLineHash` itself and
//! complains about any other. Absent here: what could not be read, which is told on the way.

mod log;

use std::fmt::Write as _;

use super::View;
use super::catalogue::manual;
use super::escape::visible;
use super::fingerprint::Fingerprints;
use super::json_text::write;
use super::links;
use super::places::{Located, Places};
use super::wording::{self, labelled_cure};
use crate::finding::{Finding, Fix, Severity, Site};
use crate::rules::{self, Rule};
use log::{
    Artifact, Change, Configuration, Content, Cure, Descriptor, Driver, Entry, Help, Invocation, Location,
    Message, Notification, Physical, Prints, Region, Replacement, Tool,
};

/// So many results a log holds at most: GitHub refuses more (and shows the worst 5,000).
pub const MOST: usize = 25_000;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Stands for the folder that paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// The whole log.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let findings = view.outcome.worst(MOST);
    let fired = |rule: &&Rule| findings.iter().any(|finding| finding.rule == rule.name);
    let rules: Vec<&Rule> = rules::all().iter().copied().filter(fired).collect();
    let mut fingerprints = Fingerprints::default();
    let mut out = Vec::with_capacity(4096 + findings.len() * 1280);
    out.extend_from_slice(b"{\n\"$schema\": ");
    write(&mut out, &SCHEMA);
    out.extend_from_slice(b",\n\"version\": \"2.1.0\",\n\"runs\": [{\n\"tool\": ");
    write(&mut out, &tool(&rules));
    out.extend_from_slice(b",\n\"columnKind\": \"unicodeCodePoints\",\n\"invocations\": ");
    write(&mut out, &[invocation(view, &places, findings.len())]);
    out.extend_from_slice(b",\n\"results\": [");
    let mut separator: &[u8] = b"\n";
    for finding in &findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let print = fingerprints.of(finding, &view.pages[finding.file().0 as usize].source);
        out.extend_from_slice(separator);
        separator = b",\n";
        write(&mut out, &entry(finding, at, &places, &rules, print));
    }
    out.extend_from_slice(b"\n]\n}]\n}\n");
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

fn tool<'a>(rules: &[&'a Rule]) -> Tool<'a> {
    let rules = rules.iter().map(|rule| Descriptor {
        id: rule.name,
        short_description: message(&rule.summary()),
        help_uri: links::rule(rule.name),
        help: Help { text: manual(rule), markdown: manual(rule) },
        default_configuration: Configuration { level: rule.severity.name() },
    });
    let version = links::VERSION;
    let driver = Driver {
        name: links::TOOL,
        version,
        semantic_version: version,
        information_uri: links::tool(),
        rules: rules.collect(),
    };
    Tool { driver }
}

/// What is worth telling about the run: that results are missing first of all.
fn invocation<'a>(view: &View<'a>, places: &Places<'a>, written: usize) -> Invocation<'a> {
    let outcome = view.outcome;
    let all = outcome.all().count();
    let missing = (all > written).then(|| Notification {
        level: Severity::Warning.name(),
        message: message(&format!(
            "these are the {written} worst of {all} findings; {} are left out",
            all - written
        )),
        locations: Vec::new(),
    });
    let notes = outcome.notes.iter().map(|note| Notification {
        level: Severity::Note.name(),
        message: message(&note.message),
        locations: note.place.and_then(|place| places.locate(place)).map(location).into_iter().collect(),
    });
    Invocation {
        execution_successful: true,
        tool_execution_notifications: missing.into_iter().chain(notes).collect(),
    }
}

fn entry<'a>(
    finding: &'a Finding,
    at: Located<'_, 'a>,
    places: &Places<'a>,
    rules: &[&Rule],
    print: String,
) -> Entry<'a> {
    let related = finding.related.iter().filter_map(|related| {
        Some(Location { message: Some(message(&related.message)), ..location(places.locate(related.place)?) })
    });
    Entry {
        rule_id: finding.rule,
        rule_index: rules.iter().position(|rule| rule.name == finding.rule),
        level: finding.severity.name(),
        message: message(&wording::message(finding)),
        locations: [location(at)],
        related_locations: related
            .zip(1..)
            .map(|(related, id)| Location { id: Some(id), ..related })
            .collect(),
        partial_fingerprints: Prints { print },
        fixes: finding.fix.as_ref().map(|fix| [mended(fix, at)]),
    }
}

fn mended<'a>(fix: &'a Fix, at: Located<'_, 'a>) -> Cure<'a> {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(at.with(edit.span)),
        inserted_content: Content { text: &edit.text },
    });
    Cure {
        description: message(&labelled_cure(fix, at.text)),
        artifact_changes: [Change {
            artifact_location: artifact(at.path),
            replacements: replacements.collect(),
        }],
    }
}

fn location<'a>(at: Located<'_, 'a>) -> Location<'a> {
    let physical_location = Physical { artifact_location: artifact(at.path), region: region(at) };
    Location { id: None, physical_location, message: None }
}

fn region(at: Located<'_, '_>) -> Region {
    let (start, end) = (at.start(), at.end());
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// A relative path hangs below the root; an absolute one stands for itself.
fn artifact(path: &str) -> Artifact<'_> {
    let has_drive = matches!(path.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    match path {
        _ if has_drive => {
            Artifact { uri: format!("file:///{}:{}", &path[..1], escaped(&path[2..])), uri_base_id: None }
        }
        _ if path.starts_with('/') => {
            Artifact { uri: format!("file://{}", escaped(path)), uri_base_id: None }
        }
        _ => Artifact { uri: escaped(path), uri_base_id: Some(ROOT) },
    }
}

/// The path with all but letters, digits and what URIs leave alone as `%XX`.
fn escaped(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(byte.into());
            }
            _ => write!(uri, "%{byte:02X}").expect("a String takes all text"),
        }
    }
    uri
}

/// Plain text in which no link (`[text](target)`) comes about by accident. Braces stay as they are: viewers
/// show paths such as `/carts/{cart-id}` as they get them, and there are no arguments to put in their place.
fn message(text: &str) -> Message {
    Message { text: visible(text).replace("](", "\\](") }
}
