//! Strings: strict ones fast; others by the quotes, line ends and signs around them.

use super::{KEY_WINDOW, Parser, scan, signs};
use crate::json::RelaxationKind;
use crate::text::Span;

impl Parser<'_> {
    /// The string that starts with `"` here, quotes included.
    #[inline]
    pub(super) fn string(&mut self) -> Span {
        let start = self.pos;
        let stop = scan::string_stop(self.bytes, start + 1);
        let plain = self.bytes.get(stop) == Some(&b'"');
        let follows = self.bytes.get(stop + 1);
        if plain && matches!(follows, None | Some(b':' | b',' | b'\n' | b'\r' | b'}' | b']')) {
            self.pos = stop + 1;
            return Span::from(start..stop + 1);
        }
        self.careful_string(start, stop)
    }

    /// Goes on at `stop`, the first byte of the string at `start` that needs thought.
    fn careful_string(&mut self, start: usize, mut stop: usize) -> Span {
        let mut line = start + 1;
        let mut first_break = None;
        let mark = self.json.relaxations.len();
        loop {
            match self.bytes.get(stop) {
                Some(b'"') => return self.end_string(start, line, stop + 1, mark),
                Some(b'\\') => stop += self.escape(stop),
                Some(b'\n') => {
                    if let Some(end) = self.end_at_line_break(start, line, stop, mark) {
                        return end;
                    }
                    let from = stop - usize::from(self.bytes[stop - 1] == b'\r');
                    self.relax(RelaxationKind::RawControl, Span::from(from..stop + 1));
                    first_break.get_or_insert(from);
                    stop += 1;
                    line = stop;
                }
                Some(b'\r') if self.bytes.get(stop + 1) == Some(&b'\n') => stop += 1,
                Some(_) => {
                    self.relax(RelaxationKind::RawControl, Span::from(stop..stop + 1));
                    stop += 1;
                }
                None => return self.string_to_the_end(start, line, first_break, mark),
            }
            stop = scan::string_stop(self.bytes, stop);
        }
    }

    /// Reports the escape at `at` if JSON does not know it; returns how many bytes to pass.
    fn escape(&mut self, at: usize) -> usize {
        if let Some(len) = scan::escape_len(self.bytes, at) {
            return len;
        }
        let next = self.text[at + 1..].chars().next().filter(|c| !c.is_control());
        // Of `\u12` and of half a surrogate pair only the back-slash and the `u` are at fault.
        let len = 1 + next.map_or(0, char::len_utf8);
        self.relax(RelaxationKind::BadEscape, Span::from(at..at + len));
        len
    }

    fn cut(&mut self, start: usize, end: usize, mark: usize) -> Span {
        let tail = self.json.relaxations.split_off(mark);
        self.json.relaxations.extend(tail.into_iter().filter(|known| known.span.end as usize <= end));
        self.pos = end;
        Span::from(start..end)
    }

    /// A `"` was met: the end, unless what follows shows that it closes nothing.
    fn end_string(&mut self, start: usize, line: usize, end: usize, mark: usize) -> Span {
        if self.bytes.get(end) == Some(&b'"') && self.sign_follows(end + 1) {
            self.error(Span::from(end..end + 1), "one quote");
            self.pos = end + 1;
            return Span::from(start..end);
        }
        let after = scan::skip_line_blank(self.bytes, end);
        let follows = self.text[after..].chars().next();
        if !follows.is_some_and(|c| c.is_alphanumeric() || c == '\\') {
            self.pos = end;
            return Span::from(start..end);
        }
        if let Some(close) = self.early_close(line, end - 1) {
            return self.cut(start, close, mark);
        }
        // `"say "hi" now"`, but not `"key: "value"`.
        let inside = self.text[start + 1..end - 1].trim_end();
        let touches = after == end || inside.len() < end - start - 2;
        if touches
            && !inside.is_empty()
            && !inside.ends_with(':')
            && let Some(close) = self.find_close(signs::Quote::Double, end)
        {
            self.error(Span::from(end - 1..end), "an escaped quote");
            self.pos = close;
            return Span::from(start..close);
        }
        self.pos = end;
        Span::from(start..end)
    }

    /// Whether the string at `start` ends in the line `line..at`, where `at` is a raw line break.
    fn end_at_line_break(&mut self, start: usize, line: usize, at: usize, mark: usize) -> Option<Span> {
        if let Some(close) = self.early_close(line, at) {
            return Some(self.cut(start, close, mark));
        }
        (self.futile.string_end || self.starts_item(at + 1)).then(|| self.unclosed(start, at, mark))
    }

    /// A string without a closing quote ends before the line break at `at`, and before a comma there.
    fn unclosed(&mut self, start: usize, at: usize, mark: usize) -> Span {
        let inside = self.text[start..at].trim_end();
        let inside = inside.strip_suffix(',').unwrap_or(inside).trim_end();
        let span = self.cut(start, start + inside.len(), mark);
        self.error(Span::empty(span.end), "a closing quote");
        span
    }

    /// No quote follows at all.
    fn string_to_the_end(
        &mut self,
        start: usize,
        line: usize,
        first_break: Option<usize>,
        mark: usize,
    ) -> Span {
        self.futile.string_end = true;
        if let Some(close) = self.early_close(line, self.text.len()) {
            return self.cut(start, close, mark);
        }
        if let Some(at) = first_break {
            // Better one line too short than everything after it lost.
            return self.unclosed(start, at, mark);
        }
        self.cut_short = true;
        let end = start + self.text[start..].trim_end().len();
        self.pos = self.text.len();
        Span::from(start..end)
    }

    /// Whether the line at `at` starts like a member, or closes a container.
    fn starts_item(&self, at: usize) -> bool {
        let start = scan::skip_line_blank(self.bytes, at);
        let window = self.bytes[start..].iter().take(KEY_WINDOW).take_while(|byte| **byte != b'\n');
        let line = &self.bytes[start..start + window.count()];
        match line.first() {
            Some(b'"') => {
                let close = scan::string_stop(line, 1);
                let after = scan::skip_line_blank(line, close + 1);
                line.get(close) == Some(&b'"') && matches!(line.get(after), None | Some(b':' | b',' | b'\r'))
            }
            Some(b'}' | b']') => {
                line.iter().all(|byte| matches!(byte, b'}' | b']' | b',' | b' ' | b'\t' | b'\r'))
            }
            _ => false,
        }
    }

    /// Where a string opened by `"` ends in `from..to` by another quote, or by a `"` after a Windows path's
    /// last back-slash, that a sign follows.
    fn early_close(&mut self, from: usize, to: usize) -> Option<usize> {
        let mut previous = ' ';
        for (at, c) in self.text[from..to].char_indices() {
            let end = from + at + c.len_utf8();
            let closes = match c {
                '"' => previous == '\\',
                _ => signs::quote(c) == Some(signs::Quote::Double),
            };
            if closes && self.sign_follows(end) {
                if c == '"' {
                    self.relax(RelaxationKind::BadEscape, Span::from(from + at - 1..from + at));
                } else {
                    self.relax(RelaxationKind::SmartQuotes, Span::from(from + at..end));
                }
                return Some(end);
            }
            previous = c;
        }
        None
    }

    /// Whether after the blanks at `at` comes a sign, a comment or the end of the line.
    pub(super) fn sign_follows(&self, at: usize) -> bool {
        let after = scan::skip_line_blank(self.bytes, at);
        let rest = &self.text[after..];
        match rest.chars().next() {
            None | Some('\n' | '\r' | '#') => true,
            Some('/') => rest.starts_with("//") || rest.starts_with("/*"),
            Some('=') => rest.starts_with("=>"),
            Some(c) => matches!(signs::sign(c), Some(b':' | b',' | b'}' | b']')),
        }
    }

    /// One past the first quote of `family` at or after `from`, in its line, that a sign follows.
    fn find_close(&mut self, family: signs::Quote, from: usize) -> Option<usize> {
        if from < self.futile.quote_before[family as usize] {
            return None;
        }
        let mut escaped = false;
        for (at, c) in self.text[from..].char_indices() {
            if c == '\n' {
                self.futile.quote_before[family as usize] = from + at;
                return None;
            }
            let end = from + at + c.len_utf8();
            if !escaped && signs::quote(c) == Some(family) && self.sign_follows(end) {
                return Some(end);
            }
            escaped = c == '\\' && !escaped;
        }
        self.futile.quote_before[family as usize] = self.text.len();
        None
    }

    /// A string opened by `quote`, which is not `"`.
    pub(super) fn loose_string(&mut self, quote: char) -> Span {
        let start = self.pos;
        let inside = start + quote.len_utf8();
        self.relax_quote(quote, start);
        let family = signs::quote(quote).unwrap_or(signs::Quote::Double);
        let end = self.find_close(family, inside).or_else(|| {
            let line = self.text[inside..].find(|c| c == '\n' || signs::quote(c) == Some(family))?;
            let close = self.text[inside + line..].chars().next().filter(|c| *c != '\n')?;
            Some(inside + line + close.len_utf8())
        });
        let Some(end) = end else {
            let line = self.text[inside..].find('\n').map_or(self.text.len(), |len| inside + len);
            return self.unclosed(start, line, self.json.relaxations.len());
        };
        self.report_escapes(inside, end);
        if let Some(close) = self.text[..end].chars().next_back() {
            self.relax_quote(close, end - close.len_utf8());
        }
        self.pos = end;
        Span::from(start..end)
    }

    fn relax_quote(&mut self, quote: char, at: usize) {
        let kind = match quote {
            '"' => return,
            '\'' => RelaxationKind::SingleQuotes,
            _ => RelaxationKind::SmartQuotes,
        };
        self.relax(kind, Span::from(at..at + quote.len_utf8()));
    }

    fn report_escapes(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(found) = self.text[at..to].find('\\') {
            at = (at + found + self.escape(at + found)).min(to);
        }
    }

    /// `"key: "value"`: a key that lost its closing quote swallowed the colon.
    pub(super) fn key_without_colon(&mut self, key: Span) -> Span {
        let follows = self.text[self.pos..].chars().next();
        let inside = key.of(self.text).strip_suffix('"').unwrap_or("").trim_end();
        let Some(name) = inside.strip_suffix(':').filter(|name| name.len() > 1) else { return key };
        if !follows.is_some_and(char::is_alphanumeric) {
            return key;
        }
        let end = key.start + name.trim_end().len() as u32;
        self.error(Span::empty(end), "a closing quote");
        self.pos = key.start as usize + name.len();
        Span::new(key.start, end)
    }
}
