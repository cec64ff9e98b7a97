//! Text inside Markdown, where nothing of it becomes markup, a link or a mention.
//!
//! Our sentences put what they quote into backticks, and what they quote may hold backticks itself. Here
//! each pair of them is a code span and whatever stands outside is escaped, so it does not matter which
//! of them were ours.

use super::escape::visible;

/// A sentence with its code spans, on one line.
pub fn sentence(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('`') {
        push_plain(&mut out, before);
        match after.split_once('`') {
            Some((quoted, after)) if !quoted.trim().is_empty() => {
                out.extend(["`", quoted, "`"]);
                rest = after;
            }
            _ => {
                out.push_str("\\`");
                rest = after;
            }
        }
    }
    push_plain(&mut out, rest);
    out
}

/// The text as a code span, on one line.
pub fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    // One blank at both ends is taken off again, unless all are blanks.
    let is_blank = !text.is_empty() && text.bytes().all(|byte| byte == b' ');
    let is_open = text.is_empty() || text.starts_with(' ') || text.ends_with(' ');
    let pad = if longest > 0 || is_open && !is_blank { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// The text as a code span in the cell of a table.
pub fn code_in_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Plain text, also in the cell of a table.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = visible(text);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match c {
            // A cell may be escaped once more as a whole.
            '|' => out.push_str("&#124;"),
            '\\' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '&' | '~' => out.extend(['\\', c]),
            '#' => out.push_str(hash(next)),
            c => push_unlinked(&mut out, before, c, next),
        }
        before = c;
    }
    out
}

/// Appends text without code spans.
fn push_plain(out: &mut String, text: &str) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match c {
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => out.extend(['\\', c]),
            '#' if next.is_ascii_digit() => out.push_str(hash(next)),
            c => push_unlinked(out, before, c, next),
        }
        before = c;
    }
}

/// A number sign: no heading, and no number of an issue, which no escape prevents.
fn hash(next: char) -> &'static str {
    if next.is_ascii_digit() { "#<!-- -->" } else { "\\#" }
}

/// Appends a character so that it begins no link by itself: an address takes in the escapes behind it.
fn push_unlinked(out: &mut String, before: char, c: char, next: char) {
    match c {
        // `https://`, `:smile:`; `www.`
        ':' if next != ' ' => out.push_str("\\:"),
        '.' if before.eq_ignore_ascii_case(&'w') => out.push_str("\\."),
        // No escape keeps this from being a mention.
        '@' => out.push_str("@<!-- -->"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What readers see, if there is nothing but text and code in the paragraph.
    fn read(markdown: &str) -> Result<String, String> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_GFM
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_MATH;
        let mut seen = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::Code(code) => seen.extend(["`", &code, "`"]),
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => return Err(format!("{other:?} in {markdown}")),
            }
        }
        Ok(seen)
    }

    #[test]
    fn our_code_spans_stay_and_all_else_is_text() {
        for (text, expected) in [
            ("the name `quantity` became `a_b*`: see [x]", "the name `quantity` became `a_b*`: see \\[x\\]"),
            ("`a`<b>`c` and `", "`a`\\<b\\>`c` and \\`"),
            ("`` is empty", "\\`\\` is empty"),
            ("https://x www.x :x: @x", "https\\://x www\\.x \\:x: @<!-- -->x"),
            ("a\n# b", "a\\\\n# b"),
            ("closes #12 # 3", "closes #<!-- -->12 # 3"),
        ] {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn code_holds_whatever_it_quotes() {
        for (text, expected) in [("a|b", "`a|b`"), ("a``b`", "``` a``b` ```"), ("", "`  `"), (" a", "`  a `")]
        {
            assert_eq!(code(text), expected);
        }
    }

    #[test]
    fn cells_stay_cells() {
        assert_eq!(plain("a<b, c>|d_e\u{202e}"), "a\\<b, c\\>&#124;d\\_e\\\\u{202e}");
        assert_eq!(code_in_cell("a | b"), "`a \\| b`");
        assert_eq!(
            plain("https://x.y<img src=q> @who #1 #a"),
            "https\\://x.y\\<img src=q\\> @<!-- -->who #<!-- -->1 \\#a"
        );
        assert_eq!(code_in_cell("`a``"), "``` `a`` ```");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_becomes_markup(text in "[a `\\\\*_<>\\[\\]()!~&$|#@:w./é\u{200b}\n-]{0,24}") {
            let seen = read(&format!("x {}", sentence(&text)));
            let plain = |text: &str| text.replace([' ', '`'], "");
            prop_assert_eq!(seen.map(|seen| plain(&seen)), Ok(plain(&format!("x{}", visible(&text)))));
            let seen = read(&format!("x {}", code(&text)));
            prop_assert_eq!(seen, Ok(format!("x `{}`", if text.is_empty() { "  ".into() } else { visible(&text) })));
        }
    }
}
