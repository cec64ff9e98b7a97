//! What code blocks show, read once a run: translations copy their examples.
//!
//! Absent here: which code blocks are examples, and where they stand.

use std::sync::Arc;

use crate::extract::{bodies, curl, http};
use crate::facts::{ExampleForm, Message, MessageProblem, MessageProblemKind, StartLine};
use crate::json::Json;
use crate::memo::Memo;
use crate::text::Span;

/// Longer texts, in bytes, are read anew each time: they are rare, and each would be kept.
const LONGEST: usize = 64 << 10;

/// More messages or commands than this of one block are left out.
const MOST: usize = 256;

/// One message that the text of a code block shows. Spans count bytes of that text.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub message: Arc<Message>,
    /// The body's tree if it is JSON.
    pub json: Option<Arc<Json>>,
    /// Why the body was not read; empty if it was, or if there is none.
    pub reason: &'static str,
    /// The text as a shell hands it on, where that is not what is written.
    pub text: Option<Arc<str>>,
}

/// The texts that were read, with what they show: by what writes them down.
#[derive(Debug, Default)]
pub(super) struct Messages {
    strict: Memo<Box<str>, Arc<[Shown]>>,
    plain: Memo<Box<str>, Arc<[Shown]>>,
    commands: Memo<Box<str>, Arc<[Shown]>>,
}

/// How a text is read.
type Read = fn(&str) -> Arc<[Shown]>;

impl Messages {
    /// What a text shows.
    pub fn read(&self, text: &str, form: ExampleForm) -> Arc<[Shown]> {
        let (memo, read): (_, Read) = match form {
            ExampleForm::Command => (&self.commands, commands),
            ExampleForm::Strict | ExampleForm::Commented => (&self.strict, |text| messages(text, true)),
            ExampleForm::Script | ExampleForm::Plain => (&self.plain, |text| messages(text, false)),
        };
        if text.len() > LONGEST {
            return read(text);
        }
        memo.get_or(text.len(), text, || text.into(), || read(text))
    }
}

/// The messages of a text, one after the other; several requests are alternatives.
fn messages(text: &str, strict: bool) -> Arc<[Shown]> {
    let mut found = Vec::new();
    let mut from = 0;
    while found.len() < MOST {
        let mut message = http::read_from(text, from);
        let is_next = |problem: &MessageProblem| problem.kind == MessageProblemKind::AnotherMessage;
        let next = message.problems.iter().find(|problem| is_next(problem)).map(|problem| problem.span.start);
        message.problems.retain(|problem| !is_next(problem));
        let (json, reason) = bodies::read(text, &message, strict);
        found.push(Shown { message: Arc::new(message), json: json.map(Arc::new), reason, text: None });
        match next {
            Some(next) if next as usize > from => from = next as usize,
            _ => break,
        }
    }
    found.into()
}

/// The requests of the `curl` commands of a text.
fn commands(text: &str) -> Arc<[Shown]> {
    let requests = curl::requests(text);
    let mut rest = KEPT;
    let shown = requests.into_iter().take(MOST).map(|request| command(text, request, &mut rest));
    shown.collect()
}

/// So many bytes of texts as a shell hands them on are kept of one block: each is as long as the block.
const KEPT: usize = 1 << 20;

fn command(text: &str, request: curl::Curl, rest: &mut usize) -> Shown {
    let method = request.method.unwrap_or(Span::empty(request.url.start));
    let start = StartLine::Request { method, target: request.url, version: Span::empty(request.url.end) };
    let mut message =
        Message { start, headers: request.headers, implied: request.implied, ..Message::default() };
    message.body = Span::empty(request.span.end);
    let data = match request.data.as_slice() {
        [only] if !request.is_form && !request.is_query => only,
        [] => return Shown { message: Arc::new(message), json: None, reason: "", text: None },
        [first, ..] => {
            message.body = first.span;
            let reason = "the data is a form, not JSON";
            return Shown { message: Arc::new(message), json: None, reason, text: None };
        }
    };
    message.body = data.span.trimmed(text);
    let quotes = data.broken.map(|span| MessageProblem { span, kind: MessageProblemKind::QuoteEndsEarly });
    message.problems.extend(quotes);
    let whole = data.shown.as_deref().and_then(|shown| {
        *rest = rest.checked_sub(text.len())?;
        let (before, after) = (text.get(..data.span.start as usize)?, text.get(data.span.end as usize..)?);
        Some(Arc::<str>::from([before, shown, after].concat()))
    });
    let (json, reason) = match (&data.shown, &whole) {
        (Some(_), None) => (None, "the quotes inside are too many to follow"),
        (_, whole) => bodies::read(whole.as_deref().unwrap_or(text), &message, false),
    };
    Shown { message: Arc::new(message), json: json.map(Arc::new), reason, text: whole }
}
