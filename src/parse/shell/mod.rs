//! The words of shell commands, with the bytes of each: quotes, line continuations, comments, here-documents.
//!
//! Any text gives commands, in time linear in its size. Documentation is not always sound: a line that starts with
//! an option goes on with the command before it, `<name>` is a placeholder and no redirection, and a quote that
//! never closes is a character. Absent here: what the commands mean.

mod here;
mod json;

use std::borrow::Cow;

use crate::text::Span;

/// A command: what stands between line ends and operators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// From its first word to its last.
    pub span: Span,
    /// Its words, redirections left out.
    pub words: Vec<Word>,
    /// The text of its here-document.
    pub input: Option<Span>,
    /// Whether it reads what the command before it writes.
    pub piped: bool,
}

/// One word: pieces with and without quotes that touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The whole word with its quotes.
    pub span: Span,
    /// The pieces, without their quotes.
    pub pieces: Vec<Piece>,
}

/// A piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its text, without quotes.
    pub span: Span,
    /// The quotes around it.
    pub quote: Quote,
    /// A quote inside that ends it for a shell, although the JSON in it goes on.
    pub early: Option<Span>,
}

/// The quotes around a piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quote {
    /// None.
    #[default]
    None,
    /// `'..'`: nothing in it has a meaning of its own.
    Single,
    /// `".."`
    Double,
    /// `$'..'`
    Ansi,
}

impl Quote {
    /// The byte that closes it.
    pub const fn byte(self) -> Option<u8> {
        match self {
            Self::None => None,
            Self::Single | Self::Ansi => Some(b'\''),
            Self::Double => Some(b'"'),
        }
    }
}

impl Word {
    /// What the word holds, without the quotes at its ends.
    pub fn inner(&self) -> Span {
        match self.pieces.as_slice() {
            [] => Span::empty(self.span.start),
            [first, .., last] => first.span.to(last.span),
            [only] => only.span,
        }
    }

    /// Whether a back-slash or a quote inside the word is not handed on as it is written.
    pub fn is_escaped(&self, text: &str) -> bool {
        self.pieces.len() > 1
            || self
                .pieces
                .iter()
                .any(|piece| piece.quote != Quote::Single && piece.span.of(text).contains('\\'))
    }

    /// What the shell hands on, but as long as it is written: blanks stand for the back-slashes and quotes that it
    /// takes away, so that places in it are places of [`Word::inner`].
    pub fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let inner = self.inner();
        let whole = inner.of(text);
        if !self.is_escaped(text) {
            return Cow::Borrowed(whole);
        }
        let mut shown = String::with_capacity(whole.len());
        let mut at = inner.start;
        let mut opens = true;
        for piece in &self.pieces {
            let gap = piece.span.start.saturating_sub(at);
            shown.extend((0..gap).map(|_| ' '));
            unescape(piece, piece.span.of(text), &mut opens, &mut shown);
            at = piece.span.end;
        }
        Cow::Owned(shown)
    }
}

/// Appends a piece without the back-slashes that quote something, each replaced by a blank outside of JSON strings.
fn unescape(piece: &Piece, written: &str, opens: &mut bool, shown: &mut String) {
    if piece.quote == Quote::Single || !written.contains('\\') {
        shown.push_str(written);
        return;
    }
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            shown.push(c);
            continue;
        }
        match chars.clone().next() {
            Some('"') => {
                chars.next();
                // The blank goes outside the string that the quote opens or closes.
                shown.push_str(if *opens { " \"" } else { "\" " });
                *opens = !*opens;
            }
            Some('\\') => {
                chars.next();
                // `\\\"` is a quote inside a string of JSON.
                shown.push('\\');
                let mut ahead = chars.clone();
                if ahead.next() == Some('\\') && ahead.clone().next() == Some('"') {
                    shown.push_str("\"  ");
                    ahead.next();
                    chars = ahead;
                } else {
                    shown.push('\\');
                }
            }
            Some('\n') => {
                chars.next();
                shown.push_str(" \n");
            }
            Some(other @ ('$' | '`' | '\'')) => {
                chars.next();
                shown.push(' ');
                shown.push(other);
            }
            // The shell keeps it.
            _ => shown.push('\\'),
        }
    }
}

/// The commands in `text`.
pub fn commands(text: &str) -> Vec<Command> {
    let mut reader = Reader { text, bytes: text.as_bytes(), ..Reader::default() };
    while reader.step() {}
    reader.end_command(false);
    reader.commands
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    commands: Vec<Command>,
    open: Command,
    /// Here-documents whose text begins in the next line: the command's number and the word that ends it.
    waiting: Vec<(usize, Span)>,
    /// Open `$(`.
    depth: usize,
    /// No quote of this kind follows any more: `[double, single]`. This keeps time linear.
    futile: [bool; 2],
    /// Up to here no bracket closes what was looked for.
    unbalanced: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Reads one word or sign; `false` at the end of the text.
    fn step(&mut self) -> bool {
        let Some(byte) = self.peek(0) else { return false };
        match byte {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => self.line_end(),
            _ if self.continuation() > 0 => self.at += self.continuation(),
            b'#' => self.skip_line(),
            b'&' | b'|' if self.peek(1) == Some(byte) => self.operator(2, false),
            b';' | b'&' | b'(' => self.operator(1, false),
            b'|' => self.operator(1, true),
            b')' if self.depth > 0 => {
                self.depth -= 1;
                self.operator(1, false);
            }
            b'<' if self.peek(1) == Some(b'<') => self.here_document(),
            // `> curl ..`: a prompt.
            b'>' if self.open.words.is_empty() => self.at += 1,
            b'<' | b'>' if !self.is_placeholder() => self.redirection(),
            _ => self.word(),
        }
        true
    }

    /// The length of a sign that joins the next line to this one; 0 if there is none.
    fn continuation(&self) -> usize {
        if !matches!(self.peek(0), Some(b'\\' | b'^' | b'`')) {
            return 0;
        }
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        if rest.get(blank) == Some(&b'\n') { blank + 2 } else { 0 }
    }

    fn skip_line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn line_end(&mut self) {
        self.at += 1;
        if !self.waiting.is_empty() {
            self.end_command(false);
            self.here_texts();
            return;
        }
        // No command starts with an option: its line goes on with the one before.
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_option = match rest.get(blank..) {
            Some([b'-', b'-', letter, ..] | [b'-', letter, ..]) => letter.is_ascii_alphabetic(),
            _ => false,
        };
        if !is_option {
            self.end_command(false);
        }
    }

    fn operator(&mut self, width: usize, pipes: bool) {
        self.at += width;
        self.end_command(pipes);
    }

    fn end_command(&mut self, pipes: bool) {
        let next = Command { piped: pipes, ..Command::default() };
        let done = std::mem::replace(&mut self.open, next);
        if !done.words.is_empty() {
            self.commands.push(done);
        }
    }

    /// `<name>`, `<your-key>`: no redirection.
    fn is_placeholder(&self) -> bool {
        const LONGEST: usize = 64;
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let name =
            rest.iter().take(LONGEST).take_while(|byte| !matches!(byte, b'<' | b'>' | b'\n' | b'"' | b'\''));
        let name = name.count();
        self.peek(0) == Some(b'<') && name > 0 && rest.get(name) == Some(&b'>') && rest.first() != Some(&b' ')
    }

    /// Skips `> file`, `2>&1`, `< file`.
    fn redirection(&mut self) {
        self.at += 1;
        while matches!(self.peek(0), Some(b'>' | b'&' | b' ' | b'\t')) {
            self.at += 1;
        }
        if !matches!(self.peek(0), None | Some(b'\n' | b'|' | b';' | b')')) {
            let kept = self.open.clone_place();
            self.word();
            self.open.restore(kept);
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut pieces: Vec<Piece> = Vec::new();
        while let Some(byte) = self.peek(0) {
            let before = self.at;
            match byte {
                b'"' | b'\'' => match self.quoted(byte, byte == b'"') {
                    Some(piece) => pieces.push(piece),
                    None => self.bare(&mut pieces),
                },
                b'$' if self.peek(1) == Some(b'\'') => {
                    self.at += 1;
                    match self.quoted(b'\'', true) {
                        Some(piece) => pieces.push(Piece { quote: Quote::Ansi, ..piece }),
                        None => self.bare(&mut pieces),
                    }
                }
                b'$' if self.peek(1) == Some(b'(') => {
                    self.at += 2;
                    self.depth += 1;
                    self.push(start, pieces);
                    return self.end_command(false);
                }
                _ => self.bare(&mut pieces),
            }
            if self.at == before {
                break;
            }
        }
        if self.at == start {
            // A sign that is no word: it is passed over.
            self.at += self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        }
        self.push(start, pieces);
    }

    fn push(&mut self, start: usize, pieces: Vec<Piece>) {
        if pieces.is_empty() {
            return;
        }
        let span = Span::from(start..self.at);
        self.open.span = if self.open.words.is_empty() { span } else { self.open.span.to(span) };
        self.open.words.push(Word { span, pieces });
    }

    /// The text inside the quotes that open here; back-slashes may `escape` the closing one.
    fn quoted(&mut self, quote: u8, escapes: bool) -> Option<Piece> {
        let futile = usize::from(quote == b'\'');
        let start = self.at + 1;
        let rest = self.bytes.get(start..)?;
        let length = if self.futile[futile] {
            None
        } else if escapes {
            closing_quote(rest, quote)
        } else {
            memchr::memchr(quote, rest)
        };
        let kind = if quote == b'"' { Quote::Double } else { Quote::Single };
        if let Some((length, early)) = self.json_with_quotes(start, length, quote) {
            self.at = start + length + 1;
            let early = Some(Span::from(early..early + 1));
            return Some(Piece { span: Span::from(start..start + length), quote: kind, early });
        }
        let Some(length) = length else {
            self.futile[futile] = true;
            return None;
        };
        self.at = start + length + 1;
        Some(Piece { span: Span::from(start..start + length), quote: kind, early: None })
    }

    /// JSON that holds the quotes around it, so that a shell ends the word inside of it: its length up to the quote
    /// that was meant to close it, and where the first of the others stands.
    fn json_with_quotes(&mut self, start: usize, length: Option<usize>, quote: u8) -> Option<(usize, usize)> {
        let early = start + length?;
        let inside = self.text.get(start..)?;
        let blank = inside.len() - inside.trim_start().len();
        let inside = inside.get(blank..).filter(|inside| inside.starts_with(['{', '[']))?;
        // `'it'\''s'` and `'it'"'"'s'` end the quotes on purpose.
        let next = self.bytes.get(early + 1).copied();
        let on_purpose = match (quote, next) {
            (b'"', Some(b'\'' | b'\\' | b'$')) | (_, Some(b'"' | b'\\' | b'$')) => true,
            _ => start < self.unbalanced,
        };
        if on_purpose || json::extent(self.text.get(start + blank..early)?).is_ok() {
            return None;
        }
        match json::extent(inside) {
            Ok(end) => {
                let after = inside.get(end..)?;
                let close = after.len() - after.trim_start().len();
                let length = blank + end + close;
                let is_closed = self.bytes.get(start + length) == Some(&quote);
                (is_closed && start + length > early).then_some((length, early))
            }
            Err(seen) => {
                self.unbalanced = start + blank + seen;
                None
            }
        }
    }

    /// Characters without quotes, up to the end of the word or a quote.
    fn bare(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'|' => break,
                // `?a=1&b=2` is one word for people.
                b'&' if !self.peek(1).is_some_and(|next| next.is_ascii_alphanumeric()) => break,
                b')' if self.depth > 0 => break,
                b'<' | b'>' if !self.is_placeholder() && self.at > start && byte == b'<' => break,
                b'"' | b'\'' if self.at > start || !self.futile[usize::from(byte == b'\'')] => break,
                b'$' if matches!(self.peek(1), Some(b'\'' | b'(')) => break,
                b'\\' | b'^' | b'`' if self.continuation() > 0 => break,
                b'\\' => self.at += 1,
                _ => {}
            }
            let rest = self.text.get(self.at..).unwrap_or_default();
            self.at += rest.chars().next().map_or(1, char::len_utf8);
        }
        self.at = self.at.min(self.bytes.len());
        if self.at > start {
            pieces.push(Piece { span: Span::from(start..self.at), quote: Quote::None, early: None });
        }
    }
}

/// Where the quote that closes a string stands.
fn closing_quote(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memchr2(quote, b'\\', rest.get(at..)?)?;
        if rest.get(found) == Some(&quote) {
            return Some(found);
        }
        at = found + 2;
    }
}

impl Command {
    /// How many words there are, and how far they reach.
    fn clone_place(&self) -> (Span, usize) {
        (self.span, self.words.len())
    }

    /// Takes away what came since.
    fn restore(&mut self, (span, words): (Span, usize)) {
        self.span = span;
        self.words.truncate(words);
    }
}
