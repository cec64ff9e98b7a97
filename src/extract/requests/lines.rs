//! Requests in headings, paragraphs and list items.

use super::words::{self, Found};
use super::{Place, shown};
use crate::document::{Block, BlockKind, Inline, View};
use crate::extract::Reader;
use crate::facts::{Request, RequestForm, RequestSense};
use crate::text::Span;

/// Adds the requests of a heading or paragraph.
pub(super) fn requests(reader: &Reader<'_>, block: &Block, place: Place, found: &mut Vec<Request>) {
    let Some(inline) = block.kind.text() else { return };
    let document = reader.document;
    let may_hold = |run: &crate::document::Run| words::may_hold(document.run_text(reader.text, run));
    if !document.inline_runs(inline).iter().any(may_hold) {
        return;
    }
    let text = document.text(reader.text, inline, View::Page);
    for one in words::requests(&text, &reader.vocabulary) {
        let span = |range: std::ops::Range<usize>| {
            document.source_span(reader.text, inline, View::Page, &text, Span::from(range))
        };
        let (Some(method), Some(target)) = (span(one.method.clone()), span(one.target.clone())) else {
            continue;
        };
        let sense = if one.alone { RequestSense::Declared } else { RequestSense::Mentioned };
        let mut request = place.request(form(reader, block, inline, &one, method), sense, method, target);
        request.shown = shown(target.of(reader.text), &text[one.target]);
        found.push(request);
    }
}

fn form(reader: &Reader<'_>, block: &Block, inline: Inline, found: &Found, method: Span) -> RequestForm {
    if matches!(block.kind, BlockKind::Heading { .. }) {
        return RequestForm::Heading;
    }
    if block.span.of(reader.text).starts_with('<')
        || method.start > 0 && reader.text[..method.start as usize].ends_with('>')
    {
        return RequestForm::Html;
    }
    let runs = reader.document.inline_runs(inline);
    let in_code =
        runs.iter().any(|run| run.style.has(crate::document::Style::CODE) && run.span.contains(method));
    if in_code || !found.alone { RequestForm::Inline } else { RequestForm::Line }
}
