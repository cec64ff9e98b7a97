//! JSON as text: nothing in it acts on a terminal or hides, and nothing of the values is lost.

use std::fmt::Write;

use serde::Serialize;

use super::escape::is_hidden;

/// Appends the value on one line, with every acting or invisible character as `\u....`.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    out.extend_from_slice(line(value).as_bytes());
}

/// See [`write`].
pub fn line(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("plain structs become JSON");
    escaped(&text).unwrap_or(text)
}

/// Outside of strings there is nothing to escape, and inside of them this is the escape; `None` if there is
/// nothing.
fn escaped(json: &str) -> Option<String> {
    // Most findings are ASCII: that takes no decoding.
    if json.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return None;
    }
    let first = json.find(is_hidden)?;
    let mut out = String::with_capacity(json.len() + 64);
    out.push_str(&json[..first]);
    for c in json[first..].chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("a String takes all text");
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_hides_is_escaped_and_nothing_else() {
        let value = "a\u{1b}[2J\u{9b}1m \u{202e}b\u{200b}\u{e0041}\u{7f}\n\"車é🛒";
        let mut out = Vec::new();
        write(&mut out, &value);
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text, r#""a\u001b[2J\u009b1m \u202eb\u200b\udb40\udc41\u007f\n\"車é🛒""#);
        assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), value);
    }
}
