//! What a table lists, told from its columns, its section and its lead-in together.

use crate::document::{TableSyntax, View};
use crate::extract::Reader;
use crate::extract::columns::{Headers, column_roles, header_roles};
use crate::extract::sections::{ancestry, inherited_role};
use crate::extract::shape::{Shape, shapes};
use crate::facts::{ColumnRole, Section, SectionRole, TableFact, TableRole};
use crate::lexicon::HeaderRole;

/// Where a table stands.
pub(super) struct Surroundings {
    pub table: u32,
    pub section: Option<u32>,
    pub lead_in: Option<u32>,
}

/// Classifies one table.
pub(super) fn table(reader: &Reader<'_>, sections: &[Section], place: &Surroundings) -> TableFact {
    let table = &reader.document.tables[place.table as usize];
    let width = table.columns.min(64) as usize;
    let header = table.header.and_then(|row| reader.document.rows.get(row as usize));
    let headers = header_roles(reader, header, width);
    let shapes = shapes(reader, reader.document.body(table), width);
    let mut columns = column_roles(&headers, &shapes);
    if table.syntax == TableSyntax::Headings {
        settle_ends(&mut columns);
    }
    let view = Evidence { headers: &headers, shapes: &shapes, columns: &columns };
    let section = inherited_role(sections, place.section);
    let (role, reason) = role(&view, section);
    let role = if role == TableRole::Properties && is_enumeration(reader, sections, place, &view) {
        TableRole::Members
    } else {
        role
    };
    let names = view.names(section);
    TableFact {
        table: place.table,
        section: place.section,
        lead_in: place.lead_in,
        role,
        reason,
        columns,
        names,
        operation: None,
        part: None,
        status: None,
    }
}

/// Where headings name fields, the first column holds those names and the last what is said of them.
fn settle_ends(columns: &mut [ColumnRole]) {
    for column in columns.iter_mut() {
        if matches!(column, ColumnRole::Name | ColumnRole::Description) {
            *column = ColumnRole::Other;
        }
    }
    if let [first, .., last] = columns {
        (*first, *last) = (ColumnRole::Name, ColumnRole::Description);
    }
}

struct Evidence<'a> {
    headers: &'a [Headers],
    shapes: &'a [Shape],
    columns: &'a [ColumnRole],
}

impl Evidence<'_> {
    fn column(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|column| *column == role)
    }

    fn has(&self, role: ColumnRole) -> bool {
        self.column(role).is_some()
    }

    fn header_says(&self, wanted: HeaderRole) -> bool {
        self.headers.iter().any(|roles| roles.has(wanted))
    }

    /// How sure the name column holds identifiers, 0 to 1.
    fn identifiers(&self) -> f32 {
        self.column(ColumnRole::Name).map_or(0.0, |at| self.shapes[at].share(self.shapes[at].identifier))
    }

    /// The share of names that only code has: `creationDate`, `one_time`.
    fn code_words(&self) -> f32 {
        self.column(ColumnRole::Name).map_or(0.0, |at| self.shapes[at].share(self.shapes[at].code))
    }

    /// Whether the name column holds names of code by its header. `Name` alone also heads lists of buttons and
    /// products: there the section must be one of a request, or some of the names look like code.
    fn names(&self, section: Option<SectionRole>) -> bool {
        use HeaderRole as H;
        let Some(at) = self.column(ColumnRole::Name) else { return false };
        self.headers[at].any(&[H::Property, H::Parameter, H::Header, H::Member, H::Value])
            || (self.headers[at].has(H::Name)
                && (section.is_some_and(is_of_request) || self.code_words() >= 0.3))
    }

    fn known_headers(&self) -> usize {
        self.headers.iter().filter(|roles| !roles.is_empty()).count()
    }
}

/// Whether tables below such a heading are about what is sent.
fn is_of_request(section: SectionRole) -> bool {
    use SectionRole as S;
    matches!(
        section,
        S::UriParameters
            | S::FilterSyntax
            | S::RequestHeaders
            | S::RequestBody
            | S::ResponseBody
            | S::Properties
    )
}

fn role(view: &Evidence<'_>, section: Option<SectionRole>) -> (TableRole, &'static str) {
    use ColumnRole as C;
    use SectionRole as S;
    if view.has(C::Uri) && view.has(C::Method) {
        return (TableRole::RequestSyntax, "");
    }
    if view.has(C::ErrorCode) && view.has(C::HttpStatus) {
        return (TableRole::ErrorCodes, "");
    }
    let typed = view.has(C::Type);
    if !view.has(C::Name) {
        let hint = view.header_says(HeaderRole::Type) && typed;
        return if hint { (TableRole::Unknown, "no column holds names") } else { (TableRole::Other, "") };
    }
    if view.header_says(HeaderRole::Header) || (section == Some(S::RequestHeaders) && !typed) {
        return (TableRole::Headers, "");
    }
    let marked = view.has(C::Required) || view.has(C::Optional);
    // Yes and no alone also compare products or plans.
    let says_marked = view.header_says(HeaderRole::Required) || view.header_says(HeaderRole::Optional);
    if typed || marked && (says_marked || view.identifiers() >= 0.6) {
        let role = match section {
            Some(S::UriParameters | S::FilterSyntax) => TableRole::Parameters,
            Some(S::RequestHeaders) => TableRole::Headers,
            Some(S::RequestBody | S::ResponseBody | S::Properties) => TableRole::Properties,
            _ if view.header_says(HeaderRole::Parameter) => TableRole::Parameters,
            Some(S::RequestSyntax) => TableRole::Parameters,
            _ => TableRole::Properties,
        };
        return (role, "");
    }
    if view.header_says(HeaderRole::Parameter) || section == Some(S::UriParameters) {
        return (TableRole::Parameters, "");
    }
    let named =
        view.column(C::Name).is_some_and(|at| view.headers[at].any(&[HeaderRole::Member, HeaderRole::Value]));
    // A translation makes ordinary words of values; their header and numbers stay.
    let enough = if named { 0.5 } else { 0.6 };
    // Beside numbers alone, ordinary words are labels: countries, plans.
    let spelled = view.code_words() >= 0.3;
    let listed = view.has(C::Number) && named
        || view.identifiers() >= enough && (named || spelled && view.has(C::Number));
    if listed && (view.has(C::Description) || view.has(C::Number)) {
        return (TableRole::Members, "");
    }
    if view.header_says(HeaderRole::Property) && view.has(C::Description) {
        return (TableRole::Properties, "");
    }
    if view.known_headers() == 0 && view.code_words() >= 0.6 && view.shapes.len() > 1 {
        return (TableRole::Unknown, "neither its header nor its cells show what it lists");
    }
    (TableRole::Other, "")
}

/// A typed table below a heading that calls itself an enumeration and whose types are all alike.
fn is_enumeration(
    reader: &Reader<'_>,
    sections: &[Section],
    place: &Surroundings,
    view: &Evidence<'_>,
) -> bool {
    let below =
        ancestry(sections, place.section).any(|section| section.role == Some(SectionRole::Enumeration));
    if !below || view.has(ColumnRole::Required) {
        return false;
    }
    let Some(column) = view.column(ColumnRole::Type) else { return true };
    let table = &reader.document.tables[place.table as usize];
    let mut types = reader.document.body(table).iter().filter_map(|row| {
        let cell = reader.document.row_cells(row).get(column)?;
        Some(reader.document.text(reader.text, *cell, View::Page))
    });
    let Some(first) = types.next() else { return false };
    types.all(|text| text == first)
}
