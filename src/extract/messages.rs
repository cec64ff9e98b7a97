//! What code blocks show, read once a run: translations copy their examples.
//!
//! Absent here: which code blocks are examples, and where they stand.

use std::sync::Arc;

use crate::extract::http;
use crate::facts::Message;
use crate::json::Json;
use crate::memo::Memo;
use crate::parse;
use crate::text::is_blank;

/// Longer texts, in bytes, are read anew each time: they are rare, and each would be kept.
const LONGEST: usize = 64 << 10;

/// What the text of a code block shows. Spans count bytes of that text.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub message: Arc<Message>,
    /// The body's tree if it is JSON.
    pub json: Option<Arc<Json>>,
    /// Why the body was not read; empty if it was, or if there is none.
    pub reason: &'static str,
}

impl Shown {
    fn by(text: &str) -> Self {
        let message = http::read(text);
        let (json, reason) = body(text, &message);
        Self { message: Arc::new(message), json: json.map(Arc::new), reason }
    }
}

/// The texts that were read, with what they show.
#[derive(Debug, Default)]
pub(super) struct Messages(Memo<Box<str>, Shown>);

impl Messages {
    /// What a text shows.
    pub fn read(&self, text: &str) -> Shown {
        if text.len() > LONGEST {
            return Shown::by(text);
        }
        self.0.get_or(text.len(), text, || text.into(), || Shown::by(text))
    }
}

/// The body's tree, or why there is none.
fn body(text: &str, message: &Message) -> (Option<Json>, &'static str) {
    let body = message.body.of(text);
    if body.is_empty() {
        (None, "")
    } else if body.trim_matches(is_blank).is_empty() {
        (None, "the body holds nothing visible")
    } else if is_comma_separated(body) {
        (None, "the body is a table of comma-separated values, not JSON")
    } else if is_markup(body) {
        (None, "the body is markup, not JSON")
    } else if parse::json::looks_like_json(body) || json_follows(body) {
        (Some(parse::json::parse(body)), "")
    } else {
        (None, "the body is plain text, not JSON")
    }
}

/// Elements and declarations; `<token>` alone stands for a value.
fn is_markup(body: &str) -> bool {
    let start = body.trim_start_matches(is_blank);
    start.starts_with('<')
        && ((start.starts_with("<!") || start.starts_with("<?"))
            || body.contains("</")
            || body.contains("/>"))
}

/// Whether a bracket starts one of the first lines: a number or a heading stands before the JSON.
fn json_follows(body: &str) -> bool {
    const BEFORE: usize = 2;
    let lines = body.lines().map(|line| line.trim_start_matches(is_blank)).filter(|line| !line.is_empty());
    lines.take(BEFORE + 1).any(|line| matches!(line.trim_end(), "{" | "[") || line.starts_with("{\""))
}

/// A first line of quoted values with commas between them: no JSON starts so.
fn is_comma_separated(body: &str) -> bool {
    let line = body.trim_start_matches(is_blank).lines().next().unwrap_or("");
    let value_end = line.strip_prefix('"').and_then(|rest| Some(rest.split_once('"')?.1));
    value_end.is_some_and(|rest| rest.trim_start().strip_prefix(',').is_some_and(|rest| rest.contains('"')))
}
