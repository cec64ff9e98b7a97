//! A unified diff for people: coloured, and with nothing in it that acts on the terminal.

use super::Style;
use super::escape::visible;

/// The diff, line by line, with a line end after the last line.
pub fn diff(unified: &str, style: Style) -> String {
    let mut out = String::with_capacity(unified.len() * 2);
    for line in unified.split_terminator('\n') {
        // The line ends of a page are no news.
        let line = line.strip_suffix('\r').unwrap_or(line);
        let ansi = match line.as_bytes() {
            _ if style == Style::Plain => "",
            [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => "1",
            [b'@', ..] => "36",
            [b'-', ..] => "31",
            [b'+', ..] => "32",
            _ => "",
        };
        let line = visible(line);
        if ansi.is_empty() {
            out.push_str(&line);
        } else {
            out.extend(["\u{1b}[", ansi, "m", &line, "\u{1b}[0m"]);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        let unified = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\u{1b}[2J\r\n+b\u{200b}\r\n";
        assert_eq!(diff(unified, Style::Plain), "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\\u{1b}[2J\n+b\\u{200b}\n");
        assert_eq!(
            diff("@@ -1 +1 @@\n-a\n+b\n c\n", Style::Coloured),
            "\u{1b}[36m@@ -1 +1 @@\u{1b}[0m\n\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n c\n"
        );
    }
}
