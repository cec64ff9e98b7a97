//! Requests that `curl` commands send, with the bytes of method, URL, headers and body.
//!
//! The options are those of `curl --manual`; unknown ones take no argument. Absent here: what the body holds, and
//! whether the page's request is the same.

use crate::parse::shell::{self, Command, Piece, Word};
use crate::text::Span;

/// What one `curl` command sends. Spans count bytes of the code's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curl {
    /// The command.
    pub span: Span,
    /// The method as written; none where curl chooses it.
    pub method: Option<Span>,
    /// The method that curl chooses by the other options.
    pub implied: &'static str,
    /// The URL without quotes.
    pub url: Span,
    /// Name and value of each header.
    pub headers: Vec<(Span, Span)>,
    /// The data it sends, in order: as body, or as query if [`Self::is_query`].
    pub data: Vec<Data>,
    /// Whether the data is a form: `-F`, `--data-urlencode`.
    pub is_form: bool,
    /// `-G`: the data goes into the URL.
    pub is_query: bool,
}

/// What one data option sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Data {
    /// Without the quotes at its ends; of a here-document, its lines.
    pub span: Span,
    /// As the shell hands it on, as long as [`Self::span`]; none where that is what is written.
    pub shown: Option<Box<str>>,
    /// A quote inside that ends the outer ones although the data goes on.
    pub broken: Option<Span>,
}

impl Curl {
    /// The method that is sent.
    pub fn method<'a>(&self, text: &'a str) -> &'a str {
        self.method.map_or(self.implied, |method| method.of(text))
    }
}

/// Languages of fences that show commands.
const SHELLS: [&str; 14] = [
    "",
    "bash",
    "bat",
    "cmd",
    "console",
    "curl",
    "powershell",
    "ps1",
    "sh",
    "shell",
    "shell-session",
    "terminal",
    "text",
    "zsh",
];

/// Whether a code block of that language may show `curl` commands.
pub fn may_show(language: &str, text: &str) -> bool {
    SHELLS.contains(&language) && memchr::memmem::find(text.as_bytes(), b"curl").is_some()
}

/// The requests of all `curl` commands in `text`, in order.
pub fn requests(text: &str) -> Vec<Curl> {
    let commands = shell::commands(text);
    let mut before: Option<&Command> = None;
    let mut found = Vec::new();
    for command in &commands {
        let piped = before.filter(|_| command.piped).and_then(|before| before.input);
        found.extend(request(text, command, command.input.or(piped)));
        before = Some(command);
    }
    found
}

fn request(text: &str, command: &Command, input: Option<Span>) -> Option<Curl> {
    let is_curl = |word: &Word| {
        let name = word.inner().of(text);
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
    };
    let at = command.words.iter().position(is_curl)?;
    let words = command.words.get(at..)?;
    let end = words.last()?.span;
    let mut reader = Reader {
        text,
        words: words.get(1..)?.iter(),
        input,
        curl: Curl { span: words.first()?.span.to(end), implied: "GET", ..Curl::default() },
    };
    while reader.step() {}
    let curl = reader.curl;
    (!curl.url.is_empty()).then_some(curl)
}

struct Reader<'a> {
    text: &'a str,
    words: std::slice::Iter<'a, Word>,
    input: Option<Span>,
    curl: Curl,
}

/// What an option does with its argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Method,
    Header,
    Url,
    Data { form: bool },
    Upload,
    Other,
}

impl Reader<'_> {
    /// Reads one option with its argument, or the URL; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        let written = word.inner().of(self.text);
        if let Some(long) = written.strip_prefix("--") {
            let name = long.split('=').next().unwrap_or(long);
            let attached = (name.len() < long.len()).then(|| after(word, 3 + name.len() as u32));
            self.option(long_option(name), attached);
            self.note(name);
        } else if written.len() > 1 && written.starts_with('-') && !written.starts_with("-{") {
            self.short_options(word, written);
        } else if looks_like_url(written)
            && (self.curl.url.is_empty() || !is_absolute(self.curl.url.of(self.text)))
        {
            self.curl.url = word.inner();
        }
        true
    }

    /// `-sSX POST`, `-XPOST`, `-d'{}'`.
    fn short_options(&mut self, word: &Word, written: &str) {
        for (at, letter) in written.char_indices().skip(1) {
            match letter {
                'G' => self.curl.is_query = true,
                'I' => self.curl.implied = "HEAD",
                _ => {}
            }
            let takes = short_option(letter);
            if takes != Takes::Nothing {
                let attached = after(word, (at + letter.len_utf8()) as u32);
                return self.option(takes, (!attached.pieces.is_empty()).then_some(attached));
            }
        }
    }

    fn note(&mut self, name: &str) {
        match name {
            "get" => self.curl.is_query = true,
            "head" => self.curl.implied = "HEAD",
            _ => {}
        }
    }

    fn option(&mut self, takes: Takes, attached: Option<Word>) {
        if takes == Takes::Nothing {
            return;
        }
        let argument = match attached {
            Some(word) => Some(word),
            None => self.words.next().cloned(),
        };
        let Some(argument) = argument else { return };
        match takes {
            Takes::Method => self.curl.method = Some(argument.inner()),
            Takes::Url => self.curl.url = argument.inner(),
            Takes::Header => self.curl.headers.extend(header(self.text, argument.inner())),
            Takes::Upload => self.curl.implied = "PUT",
            Takes::Data { form } => {
                self.curl.is_form |= form;
                if self.curl.implied == "GET" {
                    self.curl.implied = "POST";
                }
                self.data(&argument);
            }
            Takes::Nothing | Takes::Other => {}
        }
        if self.curl.is_query && self.curl.implied == "POST" {
            self.curl.implied = "GET";
        }
    }

    fn data(&mut self, argument: &Word) {
        let written = argument.inner().of(self.text);
        if let Some(file) = written.strip_prefix('@') {
            let input = self.input.filter(|_| matches!(file, "-" | "/dev/stdin"));
            self.curl.data.extend(input.map(|span| Data { span, ..Data::default() }));
            return;
        }
        let shown = argument.is_escaped(self.text).then(|| argument.shown(self.text).into());
        let broken = argument.pieces.iter().find_map(|piece| piece.early);
        let data = Data { span: argument.inner(), shown, broken };
        self.curl.data.push(data);
    }
}

/// What follows the first `length` bytes of a word.
fn after(word: &Word, length: u32) -> Word {
    let start = word.inner().start + length;
    let rest = word.pieces.iter().filter(|piece| piece.span.end > start);
    let pieces: Vec<Piece> = rest
        .map(|piece| Piece { span: Span::new(piece.span.start.max(start), piece.span.end), ..*piece })
        .collect();
    let start = pieces.first().map_or(word.span.end, |piece| piece.span.start);
    Word { span: Span::new(start, word.span.end), pieces }
}

fn header(text: &str, span: Span) -> Option<(Span, Span)> {
    let written = span.of(text);
    let colon = written.find([':', ';'])? as u32;
    let name = Span::new(span.start, span.start + colon).trimmed(text);
    Some((name, Span::new(span.start + colon + 1, span.end).trimmed(text)))
}

fn is_absolute(url: &str) -> bool {
    url.contains("://")
}

fn looks_like_url(written: &str) -> bool {
    is_absolute(written)
        || written.starts_with(['/', '$', '<', '{'])
        || written.contains(['/', '.', ':']) && !written.contains(char::is_whitespace)
        || written == "localhost"
}

fn short_option(letter: char) -> Takes {
    match letter {
        'X' => Takes::Method,
        'H' => Takes::Header,
        'd' => Takes::Data { form: false },
        'F' => Takes::Data { form: true },
        'T' => Takes::Upload,
        'A' | 'b' | 'c' | 'C' | 'D' | 'e' | 'E' | 'h' | 'K' | 'm' | 'o' | 'P' | 'Q' | 'r' | 't' | 'u'
        | 'U' | 'w' | 'x' | 'y' | 'Y' | 'z' => Takes::Other,
        _ => Takes::Nothing,
    }
}

fn long_option(name: &str) -> Takes {
    match name {
        "request" => Takes::Method,
        "header" | "proxy-header" => Takes::Header,
        "url" => Takes::Url,
        "data" | "data-raw" | "data-binary" | "data-ascii" | "json" => Takes::Data { form: false },
        "data-urlencode" | "form" | "form-string" | "url-query" => Takes::Data { form: true },
        "upload-file" => Takes::Upload,
        "aws-sigv4" | "cacert" | "capath" | "cert" | "cert-type" | "ciphers" | "config"
        | "connect-timeout" | "connect-to" | "continue-at" | "cookie" | "cookie-jar" | "dump-header"
        | "interface" | "key" | "key-type" | "limit-rate" | "max-filesize" | "max-redirs" | "max-time"
        | "netrc-file" | "noproxy" | "oauth2-bearer" | "output" | "output-dir" | "pass" | "proto"
        | "proxy" | "proxy-user" | "range" | "rate" | "referer" | "request-target" | "resolve" | "retry"
        | "retry-delay" | "retry-max-time" | "speed-limit" | "speed-time" | "stderr" | "time-cond"
        | "trace" | "trace-ascii" | "unix-socket" | "user" | "user-agent" | "write-out" => Takes::Other,
        _ => Takes::Nothing,
    }
}
