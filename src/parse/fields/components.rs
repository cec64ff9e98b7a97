//! Components that document a field: `<ParamField path="id" type="string" required>`, in whatever library.

use super::{COLUMNS, Field, List};
use crate::document::{BlockKind, Run, Style, TableSyntax};
use crate::parse::inline::Inlines;
use crate::parse::mdx::{Attribute, Component, Masked};
use crate::text::Span;

/// Attributes that name a field, and say where it is sent.
const NAMES: [&str; 9] = ["path", "query", "body", "header", "cookie", "param", "field", "name", "property"];
/// What the names of such components hold.
const KINDS: [&str; 6] = ["field", "param", "prop", "attr", "argument", "option"];
/// Deeper components are read as if they stood so deep.
const DEEPEST: u32 = 64;

/// The lists of components of a page; the runs that their attributes make are added to `extra`.
pub(super) fn find(text: &mut Inlines, source: &str, masked: &Masked, extra: &mut Vec<Run>) -> Vec<List> {
    // Each component's field: its depth.
    let mut depths: Vec<Option<u32>> = Vec::with_capacity(masked.components.len());
    let mut lists: Vec<List> = Vec::new();
    // Where the last list ends, and what names its fields.
    let mut last: Option<(u32, &str)> = None;
    let headings = headings(text);
    for (at, component) in masked.components.iter().enumerate() {
        let above = component.parent.and_then(|parent| depths.get(parent as usize).copied().flatten());
        let inherited = above;
        let Some((name, value)) = named(source, component) else {
            depths.push(inherited);
            continue;
        };
        let depth = above.map_or(0, |above| (above + 1).min(DEEPEST));
        depths.push(Some(depth));
        let key = name.key.of(source);
        let apart = |end: u32| {
            let next = headings.partition_point(|heading| *heading < end);
            headings.get(next).is_some_and(|heading| *heading < component.tag.start)
        };
        let continues = last.is_some_and(|(end, known)| depth > 0 || known == key && !apart(end));
        if !continues || lists.is_empty() {
            lists.push(List::new(TableSyntax::Components));
        }
        if depth == 0 {
            last = Some((component.after, key));
        }
        let field = field(text, (source, masked), at, (value, depth), extra);
        if let Some(list) = lists.last_mut() {
            list.fields.push(field);
        }
    }
    extra.sort_by_key(|run| run.span);
    lists
}

/// Where each heading begins.
fn headings(text: &Inlines) -> Vec<u32> {
    let blocks = text.doc.blocks.iter();
    let starts = blocks.filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    starts.map(|block| block.span.start).collect()
}

/// The attribute that names the field a component documents, if it does.
fn named<'c>(source: &str, component: &'c Component) -> Option<(&'c Attribute, Span)> {
    let attributes = &component.attributes;
    let key = |attribute: &&Attribute| {
        let key = attribute.key.of(source);
        NAMES.iter().any(|name| name.eq_ignore_ascii_case(key))
    };
    let named = attributes.iter().filter(key).find_map(|attribute| Some((attribute, attribute.value?)))?;
    let kind = component.name.of(source).to_ascii_lowercase();
    let is_kind = KINDS.iter().any(|word| kind.contains(word));
    let typed =
        attributes.iter().any(|attribute| attribute.key.of(source) == "type" && attribute.value.is_some());
    let name = named.1.of(source);
    let fits = !name.is_empty() && name.len() <= 128 && !name.contains(['\n', '{', ' ', '/']);
    (fits && (is_kind || typed && !component.complete)).then_some(named)
}

fn field(
    text: &mut Inlines,
    (source, masked): (&str, &Masked),
    at: usize,
    (name, depth): (Span, u32),
    extra: &mut Vec<Run>,
) -> Field {
    let component = &masked.components[at];
    let get = |keys: &[&str]| {
        component.attributes.iter().find(|attribute| keys.contains(&attribute.key.of(source))).copied()
    };
    let nothing = Span::empty(component.tag.end);
    let value = |attribute: Option<Attribute>| attribute.and_then(|attribute| attribute.value);
    let ty = value(get(&["type"])).unwrap_or(nothing);
    let required = get(&["required", "optional", "isRequired"]).map(|attribute| match attribute.value {
        // `optional` alone says so; with a value it says the opposite of what the column is called.
        Some(value) if attribute.key.of(source) != "optional" => value,
        _ => attribute.key,
    });
    let default = value(get(&["default", "defaultValue", "initialValue"])).unwrap_or(nothing);
    let mut cells: [Span; COLUMNS] = [name, ty, required.unwrap_or(nothing), default, nothing];
    for cell in cells.iter().take(COLUMNS - 1).filter(|cell| !cell.is_empty()) {
        let run = attribute_run(text, source, *cell);
        extra.push(run);
    }
    let inner = masked.components.get(at + 1).filter(|next| next.tag.start < component.end);
    let content = Span::new(component.tag.end, inner.map_or(component.end, |next| next.tag.start));
    let first = text.doc.blocks.partition_point(|block| block.span.start < content.start);
    let block = text.doc.blocks.get(first).filter(|block| content.contains(block.span));
    let described = block.and_then(|block| match block.kind {
        BlockKind::Paragraph { text, .. } => Some(text.span),
        _ => None,
    });
    if let Some(described) = described {
        cells[COLUMNS - 1] = described;
    }
    let span = Span::new(component.tag.start, component.after);
    Field { span, cells, depth, block: described.map(|_| first as u32), taken: 0..0 }
}

/// The text of an attribute's value, as a run.
fn attribute_run(text: &mut Inlines, source: &str, span: Span) -> Run {
    let mut literal = 0;
    if span.of(source).contains('&') {
        let shown = decoded(span.of(source));
        text.doc.literals.push(shown.into());
        literal = text.doc.literals.len() as u32;
    }
    Run { span, outer: span, literal, link: 0, style: Style::default(), half: crate::document::Half::Both }
}

/// The value of an attribute with its entities read: those that stand for signs of markup.
fn decoded(value: &str) -> String {
    const ENTITIES: [(&str, &str); 6] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(value.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}
