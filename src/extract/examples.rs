//! Code blocks that show an HTTP message or JSON.

use std::sync::Arc;

use crate::extract::messages::Shown;
use crate::extract::sections::inherited_role;
use crate::extract::{Reader, curl};
use crate::facts::{Direction, Example, ExampleForm, Message, Section, SectionRole, StartLine};
use crate::text::is_blank;

/// Where a code block stands.
pub(super) struct Surroundings {
    pub code: u32,
    pub section: Option<u32>,
    pub lead_in: Option<u32>,
}

/// Languages of fences that announce messages.
const MESSAGES: [&str; 4] = ["http", "https", "rest", "msgraph-interactive"];
/// Languages of fences that may show JSON or messages: they must look like one too.
const OTHERS: [&str; 5] = ["", "text", "txt", "output", "console"];

/// The examples in a code block: none, one, or several messages or commands.
pub(super) fn examples<'r>(
    reader: &Reader<'r>,
    sections: &[Section],
    place: &Surroundings,
) -> impl Iterator<Item = Example> + use<'r> {
    let code = &reader.document.codes[place.code as usize];
    let language = reader.document.code_language(reader.text, code);
    let text = reader.document.code_text(reader.text, code);
    let shown = form(&language, &text).map(|form| (form, reader.messages.read(&text, form)));
    let role = inherited_role(sections, place.section);
    let is_http = MESSAGES.contains(&&*language);
    let (code, section, lead_in) = (place.code, place.section, place.lead_in);
    let read =
        shown.into_iter().flat_map(|(form, shown)| (0..shown.len()).map(move |at| (form, shown[at].clone())));
    read.map(move |(form, Shown { mut message, json, reason, text })| {
        // Without a start line, what is in a block of JSON is no message that could be malformed.
        if !is_http && message.start == StartLine::Missing && !message.problems.is_empty() {
            Arc::make_mut(&mut message).problems.clear();
        }
        let direction = direction(&message, role);
        Example {
            code,
            section,
            lead_in,
            direction,
            message,
            json,
            reason,
            form,
            shown: text,
            operation: None,
            part: None,
            status: None,
        }
    })
}

/// What writes the example in a code block down, if it is one.
fn form(language: &str, text: &str) -> Option<ExampleForm> {
    match language {
        "json"
        | "jsonp"
        | "json-lines"
        | "jsonl"
        | "ndjson"
        | "http"
        | "https"
        | "rest"
        | "msgraph-interactive" => Some(ExampleForm::Strict),
        "jsonc" => Some(ExampleForm::Commented),
        "json5" => Some(ExampleForm::Script),
        "javascript" | "js" if starts_like_json(text) && !text.trim_start().starts_with(['/', '"']) => {
            Some(ExampleForm::Script)
        }
        _ if OTHERS.contains(&language) && (starts_like_json(text) || starts_like_message(text)) => {
            Some(ExampleForm::Plain)
        }
        _ if curl::may_show(language, text) => Some(ExampleForm::Command),
        _ => None,
    }
}

fn starts_like_json(text: &str) -> bool {
    let start = text.trim_start_matches(is_blank);
    start.starts_with(['{', '[', '“', '｛'])
        || start.starts_with("?{")
        || start.starts_with("//")
        || start.starts_with("/*")
        || start.starts_with('"')
}

/// A request line or a status line comes first.
fn starts_like_message(text: &str) -> bool {
    let line = text.trim_start_matches(is_blank).lines().next().unwrap_or("");
    let mut words = line.split_whitespace();
    let (Some(first), second) = (words.next(), words.next().unwrap_or("")) else { return false };
    let versioned = |word: &str| word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("http/"));
    versioned(first)
        || line.split_whitespace().any(versioned)
        || (first.bytes().all(|b| b.is_ascii_uppercase())
            && (second.starts_with('/') || second.starts_with("http") || second.starts_with('{')))
}

fn direction(message: &Message, section: Option<SectionRole>) -> Direction {
    use SectionRole as S;
    match (message.start, section) {
        (StartLine::Request { .. }, _)
        | (StartLine::Missing, Some(S::RequestExample | S::RequestBody | S::RestRequest)) => {
            Direction::Request
        }
        (StartLine::Status { .. }, _)
        | (StartLine::Missing, Some(S::ResponseExample | S::Response | S::ResponseBody)) => {
            Direction::Response
        }
        _ => Direction::Unknown,
    }
}
