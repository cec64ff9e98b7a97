//! The findings of the JSON object, one a line, and nothing else: for tools that read as they go.

use super::{View, json};

/// A JSON object a line; nothing if there is no finding.
pub fn render(view: &View) -> String {
    let mut out = Vec::with_capacity(view.outcome.findings.len() * 640);
    json::entries(&mut out, view, b"", b"\n");
    if !out.is_empty() {
        out.push(b'\n');
    }
    String::from_utf8(out).expect("serde_json writes UTF-8")
}
