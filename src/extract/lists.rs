//! What a list of fields lists: bullets, definitions, components. Their columns are known; what they are of is told by
//! the section and the words before them.

use crate::document::{BlockKind, Style, Table, TableSyntax, View};
use crate::extract::Reader;
use crate::extract::sections::inherited_role;
use crate::extract::shape::{Shape, shapes};
use crate::extract::tables::Surroundings;
use crate::facts::{ColumnRole, Section, SectionRole, TableFact, TableRole};
use crate::lexicon::HeaderRole;

/// The columns of every list.
const COLUMNS: [ColumnRole; 5] =
    [ColumnRole::Name, ColumnRole::Type, ColumnRole::Required, ColumnRole::Default, ColumnRole::Description];

/// Classifies one list.
pub(super) fn list(
    reader: &Reader<'_>,
    sections: &[Section],
    place: &Surroundings,
    table: &Table,
) -> TableFact {
    let shapes = shapes(reader, reader.document.body(table), COLUMNS.len());
    // What no item has is no column.
    let role =
        |(at, role): (usize, &ColumnRole)| if shapes[at].filled > 0 { *role } else { ColumnRole::Other };
    let columns = COLUMNS.iter().enumerate().map(role).collect();
    let section = inherited_role(sections, place.section);
    let (role, names) = lists(reader, table, &shapes, section, place.lead_in);
    TableFact {
        table: place.table,
        section: place.section,
        lead_in: place.lead_in,
        role,
        reason: "",
        columns,
        names,
        operation: None,
        part: None,
        status: None,
    }
}

/// What it lists, and whether its names are surely no labels.
fn lists(
    reader: &Reader<'_>,
    table: &Table,
    shapes: &[Shape],
    section: Option<SectionRole>,
    lead_in: Option<u32>,
) -> (TableRole, bool) {
    use SectionRole as S;
    let [name, ty, ..] = shapes else { return (TableRole::Other, false) };
    let typed = ty.filled > 0 && ty.share(ty.type_word + ty.mark) >= 0.5;
    let marked = shapes.get(2).is_some_and(|required| required.filled > 0);
    // Names that are no ordinary words, or look like names where a section says what they are of.
    let terms = table.syntax == TableSyntax::Definitions && name.share(name.code) >= 0.3;
    let coded = names_in_code(reader, table) || terms;
    let named = coded || name.share(name.identifier) >= 0.6;
    let role = match section.filter(|_| table.syntax != TableSyntax::Components) {
        _ if table.syntax == TableSyntax::Components => of_component(reader, table),
        Some(S::UriParameters | S::FilterSyntax) if typed || named => TableRole::Parameters,
        Some(S::RequestHeaders) if typed || named => TableRole::Headers,
        Some(S::RequestBody | S::ResponseBody | S::Properties) if typed || named => TableRole::Properties,
        _ if typed || marked => {
            if says_parameters(reader, lead_in) {
                TableRole::Parameters
            } else {
                TableRole::Properties
            }
        }
        _ => TableRole::Other,
    };
    (role, coded || role != TableRole::Other && name.share(name.identifier) >= 0.3)
}

/// By the attribute that names the first field.
fn of_component(reader: &Reader<'_>, table: &Table) -> TableRole {
    let first = reader.document.body(table).first();
    let name = first.and_then(|row| reader.document.row_cells(row).first()).copied().unwrap_or_default();
    let before = reader.text.get(..name.span.start as usize).unwrap_or("");
    let before = before.trim_end_matches(['"', '\'', '`', '{', ' ']);
    let key = before.strip_suffix('=').unwrap_or(before);
    let key = key.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    match key {
        "path" | "query" | "cookie" | "param" => TableRole::Parameters,
        "header" => TableRole::Headers,
        _ => TableRole::Properties,
    }
}

/// Whether most names are set apart as code.
fn names_in_code(reader: &Reader<'_>, table: &Table) -> bool {
    let rows = reader.document.body(table);
    let is_code = |row: &&crate::document::Row| {
        let name = reader.document.row_cells(row).first().copied().unwrap_or_default();
        reader.document.inline_runs(name).first().is_some_and(|run| run.style.has(Style::CODE))
    };
    rows.iter().filter(is_code).count() * 2 > rows.len()
}

/// Whether the paragraph before a list announces parameters: `Parameters:`.
fn says_parameters(reader: &Reader<'_>, lead_in: Option<u32>) -> bool {
    let block = lead_in.and_then(|at| reader.document.blocks.get(at as usize));
    let Some(BlockKind::Paragraph { text, .. }) = block.map(|block| &block.kind) else { return false };
    let words = reader.document.text(reader.text, *text, View::Page);
    let words = words.trim_end_matches([':', '：', ' ']);
    reader.vocabulary.header(words).any(|role| role == HeaderRole::Parameter)
        || reader.vocabulary.section(words).any(|role| role == SectionRole::UriParameters)
}
