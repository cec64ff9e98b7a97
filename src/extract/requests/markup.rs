//! Requests in attributes of components and in the front matter.

use std::sync::LazyLock;

use regex::Regex;

use super::{Place, shown};
use crate::extract::{Reader, target};
use crate::facts::{METHODS, Request, RequestForm, RequestSense, Section};
use crate::text::Span;

/// A start tag with an attribute that names a method.
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"<([A-Za-z][\w.:-]*)((?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'>{}]+))?)*\s*)/?>"#,
    )
});
static METHOD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?i)(?:^|\s)(?:http-?)?(?:method|verb)\s*=\s*\{?["'`]?([a-z]{3,7})["'`]?"#));
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?i)(?:^|\s)(?:path|url|uri|endpoint|route|href|target|to)\s*=\s*\{?["'`]([^"'`]+)["'`]"#)
});
/// A method and a target in the front matter.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\s)(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY|get|post|put|patch|delete|head|options|trace|query)\s+((?:https?://|/|\{)\S*)$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

/// The requests of the front matter and of components, in page order.
pub(super) fn requests(reader: &Reader<'_>, sections: &[Section]) -> Vec<Request> {
    let mut found: Vec<Request> = front_matter(reader).collect();
    let text = reader.text.as_bytes();
    let mut last = 0;
    for at in memchr::memmem::find_iter(text, b"ethod") {
        let is_word = at > last && matches!(text[at - 1], b'm' | b'M');
        let is_assigned = text.get(at + 5..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="));
        if is_word
            && is_assigned
            && let Some((request, end)) = component(reader, sections, at - 1, last)
        {
            found.push(request);
            last = end;
        }
    }
    found
}

fn front_matter<'a>(reader: &'a Reader<'_>) -> impl Iterator<Item = Request> + 'a {
    let text = reader.text;
    reader.document.front_matter.iter().filter_map(move |entry| {
        let value = entry.value.of(text);
        if !value.contains('/') {
            return None;
        }
        let groups = ENTRY.captures(value)?;
        let span = |at: usize| Some(Span::from(groups.get(at)?.range()).shifted(entry.value.start));
        let place = Place { block: 0, section: None };
        let mut request = place.request(RequestForm::FrontMatter, RequestSense::Declared, span(1)?, span(2)?);
        request.block = None;
        Some(request)
    })
}

/// The request of the component whose attribute `method` stands at `at`, and where its text ends.
fn component(reader: &Reader<'_>, sections: &[Section], at: usize, from: usize) -> Option<(Request, usize)> {
    const LONGEST: usize = 2000;
    let text = reader.text;
    let lower = at.saturating_sub(LONGEST).max(from);
    let open = lower + memchr::memrchr(b'<', text.as_bytes().get(lower..at)?)?;
    let upper = (at + LONGEST).min(text.len());
    let window = text.get(open..upper).or_else(|| text.get(open..floor(text, upper)))?;
    let element =
        ELEMENT.captures(window).filter(|element| element.get(0).is_some_and(|whole| whole.start() == 0))?;
    let (name, attributes) = (element.get(1)?, element.get(2)?);
    if ["form", "a", "script"].contains(&name.as_str()) {
        return None;
    }
    let block = block_at(reader, open as u32)?;
    let method = METHOD.captures(attributes.as_str())?.get(1)?;
    if !METHODS.iter().any(|known| known.eq_ignore_ascii_case(method.as_str())) {
        return None;
    }
    let base = open + attributes.start();
    let end = open + element.get(0)?.end();
    let target = TARGET.captures(attributes.as_str()).and_then(|found| found.get(1));
    let target = match target {
        Some(found) => Span::from(found.range()).shifted(base as u32),
        None => inner(text, end, name.as_str())?,
    };
    let unescaped =
        target.of(text).replace(['\\'], "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    if !target::starts_target(&unescaped) {
        return None;
    }
    let below = sections.partition_point(|section| section.block <= block);
    let section = below.checked_sub(1).map(|last| last as u32);
    let place = Place { block, section };
    let method = Span::from(method.range()).shifted(base as u32);
    let mut request = place.request(RequestForm::Component, RequestSense::Declared, method, target);
    request.shown = shown(target.of(text), &unescaped);
    Some((request, target.end.max(end as u32) as usize))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text of an element up to the next tag, if it ends there.
fn inner(text: &str, start: usize, name: &str) -> Option<Span> {
    const LONGEST: usize = 2000;
    let rest = text.get(start..)?;
    let end = memchr::memmem::find(rest.as_bytes().get(..LONGEST.min(rest.len()))?, b"</")?;
    let closes = rest.get(end + 2..)?.starts_with(name);
    closes.then(|| Span::from(start..start + end).trimmed(text)).filter(|span| !span.is_empty())
}

/// The block in which a byte lies, unless that is code.
fn block_at(reader: &Reader<'_>, at: u32) -> Option<u32> {
    let blocks = &reader.document.blocks;
    let number = blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
    let block = blocks.get(number)?;
    let is_code = matches!(block.kind, crate::document::BlockKind::Code(_)) && at < block.span.end;
    (!is_code).then_some(number as u32)
}
