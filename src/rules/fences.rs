//! Code fences that are none: apostrophes for back-ticks, and a fence at the end of a sentence.

use crate::facts::Page;
use crate::text::Span;

/// A line that was meant to open a block of code.
pub(super) struct Lost {
    /// The marks.
    pub span: Span,
    /// What is wrong with them.
    pub message: &'static str,
}

/// Quotes in place of back-ticks.
const QUOTES: [&str; 3] = ["'''", "’’’", "‘‘‘"];

/// The fences of a page that its renderer does not take for any.
pub(super) fn lost(page: &Page) -> Vec<Lost> {
    let text = page.source.text.as_str();
    let has_quotes = QUOTES.iter().any(|quote| stands_outside(page, quote));
    let mut found = Vec::new();
    // Few pages have any, so the lines are not looked at before.
    if !has_quotes && !stands_outside(page, "```") {
        return found;
    }
    let mut codes = page.document.codes.iter().map(|code| code.span).peekable();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len() as u32;
        while codes.next_if(|code| code.end <= start).is_some() {}
        if codes.peek().is_some_and(|code| code.start < at) {
            continue;
        }
        let shown = line.trim();
        let begin = start + (line.len() - line.trim_start().len()) as u32;
        if has_quotes && let Some(quote) = QUOTES.iter().find(|quote| shown.starts_with(**quote)) {
            let info = &shown[quote.len()..];
            match open.take() {
                Some(span) if info.is_empty() => found.push(Lost {
                    span,
                    message: "these three quotes are not backticks, so this is no code fence and the block is shown as text",
                }),
                _ if is_info(info) => open = Some(Span::new(begin, begin + quote.len() as u32)),
                _ => {}
            }
        } else if let Some(fence) = glued(shown) {
            let span = Span::new(begin + fence as u32, begin + fence as u32 + 3);
            found.push(Lost { span, message: "this code fence does not begin its line, so it opens no block: put it on a line of its own" });
        }
    }
    found
}

/// Whether a page has a mark outside of its blocks of code.
fn stands_outside(page: &Page, mark: &str) -> bool {
    let mut codes = page.document.codes.iter().map(|code| code.span).peekable();
    memchr::memmem::find_iter(page.source.text.as_bytes(), mark).any(|at| {
        while codes.next_if(|code| code.end as usize <= at).is_some() {}
        codes.peek().is_none_or(|code| at < code.start as usize)
    })
}

/// Where a fence begins at the end of a line of text: behind a word, with nothing but the name of a language after it.
fn glued(line: &str) -> Option<usize> {
    let at = line.find("```")?;
    let (before, rest) = (line.get(..at)?.trim_end(), line.get(at + 3..)?);
    let is_text = before.ends_with([':', '：', '.', '。']) && before.chars().any(char::is_alphabetic);
    (is_text && !rest.is_empty() && is_info(rest)).then_some(at)
}

/// Whether a text is the name of a language, or nothing.
fn is_info(text: &str) -> bool {
    text.len() <= 20
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'#'))
}

#[cfg(test)]
mod tests {
    use super::glued;

    #[test]
    fn a_fence_behind_a_sentence_is_seen() {
        assert_eq!(glued("Run this: ```shell"), Some(10));
        for line in ["```shell", "a ```b``` c", "> ```json", "See ```x", "Run: ```", "- ```sh"] {
            assert_eq!(glued(line), None, "{line}");
        }
    }
}
