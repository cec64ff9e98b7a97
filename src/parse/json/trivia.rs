//! What stands between the tokens: white space, comments, invisible characters.

use super::{Parser, scan, signs, words};
use crate::json::RelaxationKind;
use crate::text::{Span, is_zero_width};

/// UTF-8 byte order mark that was read as Windows-1252 and saved again.
const MOJIBAKE_MARK: &str = "ï»¿";

impl Parser<'_> {
    /// Moves to the next byte that may belong to a token and reports what it passes.
    #[inline]
    pub(super) fn skip_trivia(&mut self) {
        self.pos = scan::skip_blank(self.bytes, self.pos);
        match self.bytes.get(self.pos) {
            None | Some(b'!'..=b'"' | b'$'..=b'.' | b'0'..=b';' | b'='..=b'[' | b']'..=b'~') => {}
            Some(_) => self.skip_odd_trivia(),
        }
    }

    #[cold]
    fn skip_odd_trivia(&mut self) {
        while let Some(c) = self.peek() {
            let taken = match c {
                '/' | '#' | '<' => self.comment_len(),
                '\\' => self.escaped_sign_len(),
                'ï' if self.rest().starts_with(MOJIBAKE_MARK) => {
                    self.relax(
                        RelaxationKind::ByteOrderMark,
                        Span::from(self.pos..self.pos + MOJIBAKE_MARK.len()),
                    );
                    MOJIBAKE_MARK.len()
                }
                '\u{FEFF}' => self.run_of(RelaxationKind::ByteOrderMark, |c| c == '\u{FEFF}'),
                c if signs::is_odd_space(c) => self.run_of(RelaxationKind::OddSpace, signs::is_odd_space),
                c if is_zero_width(c) => self.run_of(RelaxationKind::ZeroWidth, is_zero_width),
                _ => 0,
            };
            if taken == 0 {
                return;
            }
            self.pos = scan::skip_blank(self.bytes, self.pos + taken);
        }
    }

    fn run_of(&mut self, kind: RelaxationKind, belongs: fn(char) -> bool) -> usize {
        let rest = self.rest();
        let len = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.relax(kind, Span::from(self.pos..self.pos + len));
        len
    }

    /// Reports the back-slash of `\{`, `\[`, `\"`, as Markdown escapes them, and returns its length; 0 before others.
    fn escaped_sign_len(&mut self) -> usize {
        let next = self.rest()[1..].chars().next();
        let len = usize::from(next.is_some_and(|c| signs::sign(c).is_some() || signs::quote(c).is_some()));
        if len > 0 {
            self.relax(RelaxationKind::BadEscape, Span::from(self.pos..self.pos + len));
        }
        len
    }

    /// Reports the comment at the current place and returns its length, 0 if there is none.
    fn comment_len(&mut self) -> usize {
        let rest = self.rest();
        let (opening, closing) = if rest.starts_with("//") {
            ("//", "\n")
        } else if rest.starts_with("/*") {
            ("/*", "*/")
        } else if rest.starts_with('#') && words::marked_len(rest) == 0 {
            ("#", "\n")
        } else if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else {
            return 0;
        };
        let line_len =
            || rest.find('\n').map_or(rest.len(), |len| len - usize::from(rest[..len].ends_with('\r')));
        let len = if closing == "\n" || self.futile.comment_end {
            line_len()
        } else if let Some(inner) = rest[opening.len()..].find(closing) {
            opening.len() + inner + closing.len()
        } else {
            // It must not swallow the rest of the example, nor be searched for an end twice.
            self.futile.comment_end = true;
            line_len()
        };
        let inside = rest.get(opening.len()..len).unwrap_or("");
        let indent = inside.len() - inside.trim_start().len();
        let dots = words::dots_len(&inside[indent..]);
        if dots > 0 {
            let start = self.pos + opening.len() + indent;
            self.commented_dots = Some(Span::from(start..start + dots));
        }
        self.relax(RelaxationKind::Comment, Span::from(self.pos..self.pos + len));
        len
    }
}
