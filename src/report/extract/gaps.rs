//! What was not understood, or not wholly: nothing is dropped in silence.

use std::borrow::Cow;

use super::facts::{ExampleFacts, Gap, PageFacts, TableFacts};
use crate::facts::Page;
use crate::source::Encoding;

/// The gaps of a page: the page itself if it gave no text, then tables, then examples.
pub(super) fn of<'a>(page: &'a Page, facts: &PageFacts<'a>) -> Vec<Gap<'a>> {
    let path = page.source.path.as_str();
    let unreadable = match page.source.encoding {
        Encoding::Unreadable(why) => Some(Cow::Owned(why.to_string())),
        _ => None,
    };
    let unreadable = unreadable.map(|reason| Gap { path, line: 1, kind: "page", reason });
    let tables = facts.tables.iter().flat_map(move |table| {
        table_reasons(table).map(move |reason| Gap { path, line: table.start.line, kind: "table", reason })
    });
    let examples = facts.examples.iter().flat_map(move |example| {
        example_reasons(example).map(move |(line, reason)| Gap { path, line, kind: "example", reason })
    });
    unreadable.into_iter().chain(tables).chain(examples).collect()
}

fn table_reasons(table: &TableFacts<'_>) -> impl Iterator<Item = Cow<'static, str>> {
    let broken = (table.syntax == "broken_pipe")
        .then_some(Cow::Borrowed("its delimiter row is broken: Markdown shows a paragraph, not a table"));
    broken.into_iter().chain(table.reason.map(Cow::Borrowed))
}

fn example_reasons(example: &ExampleFacts<'_>) -> impl Iterator<Item = (u32, Cow<'static, str>)> {
    let line = example.start.line;
    let unread = example.body.reason.map(|reason| (line, Cow::Borrowed(reason)));
    let errors = example.body.errors.iter();
    let errors = errors
        .map(|error| (error.line, Cow::Owned(format!("the body is not JSON: expected {}", error.expected))));
    let rest = example.problems.iter().filter(|problem| problem.kind == "another message follows");
    let rest =
        rest.map(|problem| (problem.line, Cow::Borrowed("only the first message of the block is read")));
    unread.into_iter().chain(errors).chain(rest)
}
