//! Code beside code, line by line, white space and comments aside: comments are rightly translated.

use memchr::memmem;

use crate::compare::difference::{Difference, DifferenceKind};
use crate::text::Span;

/// Where two versions of some code first say different things; on a side that has ended, its end.
pub fn first_difference(own: &str, theirs: &str) -> Option<Difference> {
    if own == theirs {
        return None;
    }
    let (mut left, mut right) = (Lines::of(own), Lines::of(theirs));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if a.of(own).split_whitespace().eq(b.of(theirs).split_whitespace()) => {}
            (a, b) => {
                let end = |text: &str| Span::empty(text.trim_end().len() as u32);
                return Some(Difference {
                    own: a.unwrap_or_else(|| end(own)),
                    theirs: b.unwrap_or_else(|| end(theirs)),
                    kind: DifferenceKind::Lines,
                });
            }
        }
    }
}

/// The lines of some code that say anything, without comments and surrounding white space.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

/// Comments that end with a sign of their own.
const BLOCKS: [(&str, &str); 3] = [("/*", "*/"), ("<!--", "-->"), ("<#", "#>")];
/// What begins a comment up to the line's end after white space, or only where the line begins.
const ANYWHERE: [&str; 2] = ["//", "# "];
const FIRST: [&str; 3] = ["--", "'", "REM "];

impl<'t> Lines<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at < self.text.len() {
            let start = self.at;
            let line = self.text[start..].split_inclusive('\n').next().unwrap_or("");
            self.at = start + line.len();
            let mut said = line;
            if FIRST.iter().any(|sign| line.trim_start().starts_with(sign)) {
                continue;
            }
            for sign in ANYWHERE {
                said = &said[..opening(said, sign).unwrap_or(said.len())];
            }
            for (open, close) in BLOCKS {
                if let Some(at) = opening(said, open) {
                    let inside = start + at + open.len();
                    let end = memmem::find(&self.text.as_bytes()[inside..], close.as_bytes());
                    self.at = end.map_or(self.text.len(), |end| inside + end + close.len());
                    said = &said[..at];
                }
            }
            let span = Span::new(start as u32, (start + said.len()) as u32).trimmed(self.text);
            if !said.trim().is_empty() {
                return Some(span);
            }
        }
        None
    }
}

/// Where a comment begins in a line: at its start, or after white space. URLs have `//` and media types `/*` inside.
fn opening(line: &str, sign: &str) -> Option<usize> {
    let blank = |at: usize| line[..at].chars().next_back().is_none_or(char::is_whitespace);
    memmem::find_iter(line.as_bytes(), sign.as_bytes()).find(|at| blank(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ<'t>(own: &'t str, theirs: &'t str) -> Option<(&'t str, &'t str)> {
        first_difference(own, theirs).map(|found| (found.own.of(own), found.theirs.of(theirs)))
    }

    #[test]
    fn comments_and_white_space_are_no_difference() {
        assert_eq!(differ("a();  // ett\n\n b();", "a(); // one\nb();\n"), None);
        assert_eq!(differ("/* ett\n två */ a();", "/* one */\na();"), None);
        assert_eq!(differ("# ett\nls -l", "ls  -l"), None);
        assert_eq!(differ("<!-- ett", ""), None);
    }

    #[test]
    fn the_first_difference_is_told() {
        assert_eq!(differ("a();\nb();", "a();\nc();"), Some(("b();", "c();")));
        assert_eq!(differ("a();", "a();\nc();"), Some(("", "c();")));
        assert_eq!(
            differ("get(\"https://a\")", "get(\"https://b\")"),
            Some(("get(\"https://a\")", "get(\"https://b\")"))
        );
        assert_eq!(differ("Accept: */*\na", "Accept: */*\nb"), Some(("a", "b")));
    }
}
