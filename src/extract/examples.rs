//! Code blocks that show an HTTP message or JSON.

use crate::extract::Reader;
use crate::extract::messages::Shown;
use crate::extract::sections::inherited_role;
use crate::facts::{Direction, Example, Message, Section, SectionRole, StartLine};
use crate::text::is_blank;

/// Where a code block stands.
pub(super) struct Surroundings {
    pub code: u32,
    pub section: Option<u32>,
    pub lead_in: Option<u32>,
}

/// Languages of fences that announce messages or JSON.
const MESSAGE_LANGUAGES: [&str; 8] =
    ["http", "https", "rest", "msgraph-interactive", "json", "jsonc", "json5", "jsonp"];
/// Languages of fences that show them now and then: they must look like one too.
const OTHER_LANGUAGES: [&str; 7] = ["", "text", "txt", "output", "console", "javascript", "js"];

/// The example in a code block, if it is one.
pub(super) fn example(reader: &Reader<'_>, sections: &[Section], place: &Surroundings) -> Option<Example> {
    let code = &reader.document.codes[place.code as usize];
    let language = reader.document.code_language(reader.text, code);
    let text = reader.document.code_text(reader.text, code);
    let is_message = MESSAGE_LANGUAGES.contains(&&*language)
        || OTHER_LANGUAGES.contains(&&*language) && (starts_like_json(&text) || starts_like_message(&text));
    if !is_message {
        return None;
    }
    let Shown { message, json, reason } = reader.messages.read(&text);
    let direction = direction(&message, inherited_role(sections, place.section));
    Some(Example {
        code: place.code,
        section: place.section,
        lead_in: place.lead_in,
        direction,
        message,
        json,
        reason,
    })
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
