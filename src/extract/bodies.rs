//! Bodies of examples: which are JSON, which are something else, and which are JSON that broke.
//!
//! Documentation shows sketches, fragments, templates and other languages under the name of JSON. Only a text that is
//! JSON at large can be broken JSON; the others are left alone, with the reason. Absent here: what the keys mean.

use crate::facts::Message;
use crate::json::{Json, NodeKind};
use crate::parse;
use crate::text::is_blank;

/// The body's tree, or why there is none. `strict` where the block says that it shows JSON or a message.
pub(super) fn read(text: &str, message: &Message, strict: bool) -> (Option<Json>, &'static str) {
    let body = message.body.of(text);
    if body.is_empty() {
        return (None, "");
    }
    if let Some(reason) = other_language(body) {
        return (None, reason);
    }
    if !parse::json::looks_like_json(body) && !json_follows(body) {
        return (None, "the body is plain text, not JSON");
    }
    let json = parse::json::parse(body);
    if json.errors.is_empty() || is_json_at_large(&json, body, strict) {
        (Some(json), "")
    } else {
        (None, "the body is a sketch or another language, not JSON")
    }
}

/// What a body is that cannot be JSON, by how it starts.
fn other_language(body: &str) -> Option<&'static str> {
    let start = body.trim_start_matches(is_blank);
    if start.is_empty() {
        Some("the body holds nothing visible")
    } else if is_comma_separated(start) {
        Some("the body is a table of comma-separated values, not JSON")
    } else if is_markup(start) {
        Some("the body is markup, not JSON")
    } else if is_event_stream(start) {
        Some("the body is a stream of events, not JSON")
    } else if is_template(start) {
        Some("the body is a template, not JSON")
    } else if is_configuration(start) {
        Some("the body is a configuration file, not JSON")
    } else if start.starts_with("$ ") || start.starts_with(">>> ") {
        Some("the body is the output of a console, not JSON")
    } else {
        None
    }
}

/// Elements and declarations; `<token>` alone stands for a value.
fn is_markup(start: &str) -> bool {
    start.starts_with('<')
        && ((start.starts_with("<!") || start.starts_with("<?"))
            || start.contains("</")
            || start.contains("/>"))
}

/// `data: {..}`, `event: message`: server-sent events.
fn is_event_stream(start: &str) -> bool {
    const LOOKED_AT: usize = 8;
    let lines = start.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    let is_data = |line: &str| {
        let data = line.strip_prefix("data:").map(str::trim_start);
        data.is_some_and(|data| data.is_empty() || data.starts_with(['{', '[']))
    };
    !start.starts_with(['{', '[', '"']) && lines.map(str::trim_start).any(is_data)
}

/// Statements of a template language between or in place of members.
fn is_template(start: &str) -> bool {
    let bytes = start.as_bytes();
    memchr::memmem::find_iter(bytes, b"{{").any(|at| {
        matches!(bytes.get(at + 2), Some(b'#' | b'/' | b'-' | b'^' | b'>'))
            || bytes.get(at..).is_some_and(|rest| rest.starts_with(b"{{ range") || rest.starts_with(b"{{ if"))
    }) || memchr::memmem::find(bytes, b"{%").is_some()
        || memchr::memmem::find(bytes, b"<%").is_some()
        || memchr::memmem::find(bytes, b"<#").is_some()
}

/// `[section]` above `name = value`.
fn is_configuration(start: &str) -> bool {
    let mut lines =
        start.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let Some(section) = lines.next() else { return false };
    let named = section.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '[')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. []\":/".contains(&byte))
    };
    let is_entry = |line: &str| {
        let name = line.split_once(['=', ':']).map(|(name, _)| name.trim_end());
        name.is_some_and(|name| !name.is_empty() && !name.contains(['"', '{', '[']))
    };
    named.is_some_and(is_name) && lines.next().is_none_or(is_entry)
}

/// Whether a bracket starts one of the first lines: a number, a heading or a caption stands before the JSON.
fn json_follows(body: &str) -> bool {
    const BEFORE: usize = 2;
    let lines = body.lines().map(|line| line.trim_start_matches(is_blank)).filter(|line| !line.is_empty());
    lines.take(BEFORE + 1).any(|line| matches!(line.trim_end(), "{" | "[") || line.starts_with("{\""))
}

/// A first line of quoted values with commas between them: no JSON starts so.
fn is_comma_separated(start: &str) -> bool {
    let line = start.lines().next().unwrap_or("");
    let value_end = line.strip_prefix('"').and_then(|rest| Some(rest.split_once('"')?.1));
    value_end.is_some_and(|rest| rest.trim_start().strip_prefix(',').is_some_and(|rest| rest.contains('"')))
}

/// Whether a text with errors is JSON that broke rather than something else: it is in brackets, and most of what it
/// holds are keys in quotes with their values.
fn is_json_at_large(json: &Json, body: &str, strict: bool) -> bool {
    let errors = json.errors.len();
    let bracketed =
        |id: &crate::json::NodeId| matches!(json.node(*id).kind, NodeKind::Object | NodeKind::Array);
    let quoted = json.nodes.iter().filter(|node| {
        let key = node.key.of(body).as_bytes();
        key.len() > 2 && key.first() == Some(&b'"') && key.last() == Some(&b'"')
    });
    let wanted = if strict { errors.div_ceil(2) } else { errors * 3 };
    json.roots.iter().any(bracketed) && quoted.take(wanted).count() >= wanted
}
