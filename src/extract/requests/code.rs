//! Requests in code blocks: the start line of an HTTP message, and lines that are requests.

use super::words::request_line;
use super::{Place, shown};
use crate::document::Code;
use crate::extract::Reader;
use crate::extract::curl::{self, Curl};
use crate::extract::sections::inherited_role;
use crate::facts::{Example, ExampleForm, Facts, Request, RequestForm, RequestSense, SectionRole, StartLine};
use crate::text::Span;

/// Adds the requests of a code block.
pub(super) fn requests(
    reader: &Reader<'_>,
    facts: &Facts,
    (number, example): (u32, Option<&Example>),
    place: Place,
    found: &mut Vec<Request>,
) {
    let Some(code) = reader.document.codes.get(number as usize) else { return };
    let text = reader.document.code_text(reader.text, code);
    let here = Here { reader, code, text: &text, number, place };
    let sense = sense(reader, facts, example, place);
    if let Some(example) = example.filter(|example| example.form != ExampleForm::Command)
        && let StartLine::Request { method, target, version } = example.message.start
    {
        let is_message =
            !version.is_empty() || !example.message.headers.is_empty() || !example.message.body.is_empty();
        let form = if is_message { RequestForm::Http } else { RequestForm::Fence };
        found.push(here.request(form, sense, method, target));
        here.more_lines(target.end, found);
        return;
    }
    if curl::may_show(&reader.document.code_language(reader.text, code), &text) {
        found.extend(here.curl());
        return;
    }
    let Some(first) = first_line(&text) else { return };
    if let Some(one) = request_line(first.of(&text), &reader.vocabulary) {
        let [method, target] = [one.method, one.target].map(|range| Span::from(range).shifted(first.start));
        found.push(here.request(RequestForm::Fence, sense, method, target));
        here.more_lines(first.end, found);
    }
}

/// Whether a block of code declares the request of a section or shows one being sent.
fn sense(reader: &Reader<'_>, facts: &Facts, example: Option<&Example>, place: Place) -> RequestSense {
    use SectionRole as S;
    let role = inherited_role(&facts.sections, place.section);
    let shows = example
        .is_some_and(|example| !example.message.headers.is_empty() || !example.message.body.is_empty());
    let _ = reader;
    if shows || matches!(role, Some(S::RequestExample | S::Examples | S::ResponseExample)) {
        RequestSense::Example
    } else {
        RequestSense::Declared
    }
}

struct Here<'a, 'r> {
    reader: &'a Reader<'r>,
    code: &'a Code,
    text: &'a str,
    number: u32,
    place: Place,
}

impl Here<'_, '_> {
    fn request(&self, form: RequestForm, sense: RequestSense, method: Span, target: Span) -> Request {
        let bytes = self.code.to_source(target);
        let mut request = self.place.request(form, sense, self.code.to_source(method), bytes);
        request.shown = shown(bytes.of(self.reader.text), target.of(self.text));
        request.code = Some(self.number);
        request
    }

    /// The requests of `curl` commands, but for downloads.
    fn curl(&self) -> Vec<Request> {
        const MOST: usize = 256;
        let commands = curl::requests(self.text).into_iter().take(MOST);
        let calls = commands.filter(|curl| {
            curl.method.is_some() || curl.implied != "GET" || !is_file(curl.url.of(self.text))
        });
        let request = |curl: Curl| {
            let method = curl.method.unwrap_or(Span::empty(curl.span.start));
            let mut request = self.request(RequestForm::Curl, RequestSense::Example, method, curl.url);
            request.implied = curl.implied;
            request
        };
        calls.map(request).collect()
    }

    /// Further lines of the block that are requests: alternatives, and steps of a console.
    fn more_lines(&self, from: u32, found: &mut Vec<Request>) {
        const MOST: usize = 256;
        let mut line =
            memchr::memchr(b'\n', &self.text.as_bytes()[from as usize..]).map(|len| from as usize + len + 1);
        let mut left = MOST;
        while let Some(start) = line
            && left > 0
        {
            let rest = &self.text[start..];
            let len = memchr::memchr(b'\n', rest.as_bytes());
            line = len.map(|len| start + len + 1);
            let words = &rest[..len.unwrap_or(rest.len())];
            if words.starts_with(|c: char| c.is_ascii_uppercase())
                && let Some(one) = request_line(words, &self.reader.vocabulary)
            {
                left -= 1;
                let [method, target] =
                    [one.method, one.target].map(|range| Span::from(range).shifted(start as u32));
                found.push(self.request(RequestForm::Fence, RequestSense::Declared, method, target));
            }
        }
    }
}

/// Whether a URL names a file to fetch rather than a resource.
fn is_file(url: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "sh", "gz", "tgz", "zip", "tar", "xz", "deb", "rpm", "exe", "msi", "jar", "html", "md", "pdf", "yml",
        "yaml",
    ];
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let rest = path.split_once("://").map_or(path, |(_, rest)| rest);
    // A host alone is no resource either.
    !rest.contains('/') || rest.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// The first line that is neither blank nor a comment.
fn first_line(text: &str) -> Option<Span> {
    const COMMENTS: usize = 8;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(COMMENTS) {
        let words = line.trim();
        if !words.is_empty() && !words.starts_with('#') && !words.starts_with("//") {
            let end = start + line.trim_end().len();
            return Some(Span::from(start..end));
        }
        start += line.len();
    }
    None
}
