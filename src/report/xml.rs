//! Text inside XML, for `JUnit` and Checkstyle.

use super::escape::push_visible;

/// Appends text on one line, fit for an attribute in double quotes as well as for content. What XML does
/// not allow in any form, and what acts or hides, is shown as `\u{..}`.
pub fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => push_visible(out, c),
        }
    }
}

/// Appends ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    push(out, value);
    out.push('"');
}
