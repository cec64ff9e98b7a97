//! One HTML file for people: which locale is broken where, how badly, what to do first, and every finding with both
//! sides.
//!
//! The file carries its data as JSON and its own script, and asks the network for nothing: its content security
//! policy allows the one script and the one style sheet below, by their hashes. The script builds the page from
//! text nodes only, so nothing a page says can act. Absent here: judging, files.

mod data;
mod gather;
mod previous;

use std::fmt::Write;

use super::View;
pub use previous::Previous;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
const WORDS: &str = include_str!("words.json");
/// What the policy says of [`STYLE`] and [`SCRIPT`]; a test makes them.
const HASHES: &str = include_str!("hashes.txt");

/// What the user adds to a report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heading<'a> {
    /// An earlier report, for the trend.
    pub previous: Option<&'a Previous>,
    /// A line for the header: a commit, a date.
    pub note: Option<&'a str>,
    /// The address of a line of a source file, with `{path}` and `{line}`.
    pub source_url: Option<&'a str>,
}

/// The file.
#[allow(clippy::missing_panics_doc, reason = "plain structs always become JSON")]
pub fn render(view: &View, heading: &Heading<'_>) -> String {
    let (data, entries) = gather::gather(view, heading);
    let data = serde_json::to_string(&data).expect("plain structs become JSON");
    let entries = serde_json::to_string(&entries).expect("plain structs become JSON");
    let mut hashes = HASHES.lines();
    let (style, script) = (hashes.next().unwrap_or(""), hashes.next().unwrap_or(""));
    let policy = format!(
        "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; base-uri 'none'; \
         form-action 'none'"
    );
    let mut out =
        String::with_capacity(data.len() + entries.len() + STYLE.len() + SCRIPT.len() + WORDS.len() + 4096);
    write!(
        out,
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="docdrift {version}">
<title>docdrift</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<main id="report"><noscript><p>This report is drawn by a script of its own. The same findings are in report.md beside it.</p></noscript></main>
<script type="application/json" id="words">{words}</script>
<script type="application/json" id="data">{data}</script>
<script>{SCRIPT}</script>
<script type="application/json" id="entries">{entries}</script>
</body>
</html>
"##,
        version = env!("CARGO_PKG_VERSION"),
        words = inert(WORDS.trim_end()),
        data = inert(&data),
        entries = inert(&entries),
    )
    .expect("a String takes all text");
    out
}

/// JSON that no HTML parser reads anything into: `<` stands in strings only, where it may be escaped.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_data_stays_data() {
        assert_eq!(inert(r#"{"a":"</script><!--"}"#), r#"{"a":"\u003c/script>\u003c!--"}"#);
    }
}
