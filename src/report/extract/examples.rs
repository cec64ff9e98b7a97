//! Examples: the message, and how well its body could be read.

use super::facts::{BodyFacts, ErrorFacts, ExampleFacts, Liberty, StartLineFacts};
use super::gather::Gather;
use super::names;
use crate::document::Code;
use crate::facts::{Example, StartLine};
use crate::json::{Json, NodeKind};
use crate::lexicon::part_key;
use crate::text::Span;

impl<'a> Gather<'a> {
    /// An example and the name of the type it was bound to.
    pub(super) fn example(&self, example: &Example, ty: Option<&'a str>) -> ExampleFacts<'a> {
        let document = &self.page.document;
        let code = &document.codes[example.code as usize];
        let text = self.page.example_text(example);
        let owned = |span: Span| span.of(&text).to_owned();
        let start_line = match example.message.start {
            StartLine::Missing => None,
            StartLine::Request { method, target, .. } => {
                let written = owned(method);
                let method = if written.is_empty() { example.message.implied.to_owned() } else { written };
                Some(StartLineFacts::Request { method, target: owned(target) })
            }
            StartLine::Status { code, phrase, .. } => {
                Some(StartLineFacts::Status { code: owned(code), phrase: owned(phrase) })
            }
        };
        let problems = example.message.problems.iter();
        let problems = problems.map(|problem| Liberty {
            line: self.code_line(code, problem.span),
            kind: names::problem(problem.kind),
        });
        let headers = example.message.headers.iter().map(|(name, value)| [owned(*name), owned(*value)]);
        ExampleFacts {
            start: self.position(code.span.start),
            end: self.position(code.span.end),
            language: document.code_language(self.text, code).into_owned(),
            section: self.section_text(example.section),
            direction: names::direction(example.direction),
            operation: example.operation,
            part: example.part.map(part_key),
            status: example.status,
            start_line,
            headers: headers.collect(),
            ty,
            body: self.body(example, code, &text),
            problems: problems.collect(),
        }
    }

    fn body(&self, example: &Example, code: &Code, text: &str) -> BodyFacts {
        let body = example.message.body;
        let Some(json) = &example.json else {
            let reason = Some(example.reason).filter(|reason| !reason.is_empty());
            let status = if reason.is_some() { "not_read" } else { "none" };
            return BodyFacts {
                status,
                reason,
                relaxations: Vec::new(),
                errors: Vec::new(),
                keys: Vec::new(),
            };
        };
        let line = |span: Span| self.code_line(code, span.shifted(body.start));
        let relaxations = json.relaxations.iter();
        let status = match (json.errors.is_empty(), json.relaxations.is_empty()) {
            (true, true) => "read",
            (true, false) => "tolerant",
            (false, _) => "errors",
        };
        BodyFacts {
            status,
            reason: None,
            relaxations: relaxations
                .map(|of| Liberty { line: line(of.span), kind: of.kind.name() })
                .collect(),
            errors: json
                .errors
                .iter()
                .map(|of| ErrorFacts { line: line(of.span), expected: of.expected })
                .collect(),
            keys: keys(json, body.of(text)),
        }
    }

    /// The line of the page where a span of the code's text starts.
    fn code_line(&self, code: &Code, span: Span) -> u32 {
        self.lines.line(code.to_source(span).start)
    }
}

fn keys(json: &Json, body: &str) -> Vec<String> {
    let Some(&root) = json.roots.first() else { return Vec::new() };
    if !json.node(root).key.is_empty() {
        // Members without an object around them.
        let roots = json.roots.iter().filter(|root| !json.node(**root).key.is_empty());
        return roots.map(|root| json.key(body, *root).into_owned()).collect();
    }
    let object = match json.node(root).kind {
        NodeKind::Array => json.children(root).find(|child| json.node(*child).kind == NodeKind::Object),
        _ => Some(root),
    };
    object
        .map_or_else(Vec::new, |object| json.members(body, object).map(|(key, _)| key.into_owned()).collect())
}
