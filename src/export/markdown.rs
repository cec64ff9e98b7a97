//! Markdown in the shape of a reference page: a table of properties or values for each type, the request
//! syntax, parameters and bodies of each operation.
//!
//! Absent here: contracts in full. Conditions, aliases and formats beyond a type's name are left out.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::names::stem;
use crate::normalize::types::english_with;
use crate::report::markup::{code_in_cell as code, plain};
use crate::schema::{
    Additional, Enum, Example, Location, Object, Operation, Property, Schema, Shape, Type, TypeDef,
};

/// The whole schema.
pub fn render(schema: &Schema) -> String {
    let mut writer = Writer { anchors: anchors(schema), out: String::from("# API\n") };
    for def in schema.types.values() {
        writer.def(def);
    }
    for operation in &schema.operations {
        writer.operation(operation);
    }
    writer.out
}

/// Where each type is described.
fn anchors(schema: &Schema) -> BTreeMap<&str, String> {
    let mut taken = HashSet::new();
    let mut anchors = BTreeMap::new();
    for name in schema.types.keys() {
        let stem = stem(name).to_ascii_lowercase();
        let numbered = (2_usize..).map(|number| format!("{stem}-{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|anchor| !taken.contains(anchor));
        let free = free.unwrap_or(stem);
        taken.insert(free.clone());
        anchors.insert(name.as_str(), free);
    }
    anchors
}

struct Writer<'a> {
    anchors: BTreeMap<&'a str, String>,
    out: String,
}

/// One table: its columns, and its rows in their order. A column without a word is left out.
struct Table<'t> {
    columns: Vec<&'t str>,
    rows: Vec<Vec<String>>,
}

impl Writer<'_> {
    fn def(&mut self, def: &TypeDef) {
        let anchor = self.anchors.get(def.name.as_str()).cloned().unwrap_or_default();
        let _ = write!(self.out, "\n## <a name=\"{anchor}\"></a>{}\n", escaped(&def.name));
        self.paragraph(&def.doc);
        match &def.shape {
            Shape::Object(object) => self.object(object),
            Shape::Enum(set) => self.enumeration(set),
            Shape::Alias(ty) => {
                let ty = self.ty(ty);
                self.paragraph(&format!("Another name for {ty}."));
            }
        }
    }

    fn object(&mut self, object: &Object) {
        let mut seen = HashSet::new();
        let own: Vec<&Property> =
            object.properties.iter().filter(|property| seen.insert(property.name.as_str())).collect();
        let is_any_required = own.iter().any(|property| property.required_in_request);
        let is_any_null = own.iter().any(|property| property.nullable);
        let mark = |is_shown: bool, is_set: bool| match (is_shown, is_set) {
            (false, _) => String::new(),
            (true, true) => "Yes".to_owned(),
            (true, false) => "No".to_owned(),
        };
        let rows = own.iter().map(|property| {
            vec![
                escaped(&property.name),
                self.ty(&property.ty),
                mark(is_any_required, property.required_in_request),
                mark(is_any_null, property.nullable),
                description(property),
            ]
        });
        let columns = vec!["Property", "Type", "Required", "Nullable", "Description"];
        let table = Table { columns, rows: rows.collect() };
        self.table(&table);
        if let Additional::Of(ty) = &object.additional {
            let ty = self.ty(ty);
            self.paragraph(&format!("Any other key holds {ty}."));
        }
    }

    fn enumeration(&mut self, set: &Enum) {
        let is_named = set.members.iter().any(|member| member.declared != member.value);
        let is_numbered = set.members.iter().any(|member| member.number.is_some() && !member.is_number());
        let rows = set.members.iter().map(|member| {
            vec![
                escaped(&member.value),
                if is_named { escaped(&member.declared) } else { String::new() },
                member.number.filter(|_| is_numbered).map(|number| number.to_string()).unwrap_or_default(),
                cell(&member.doc),
            ]
        });
        let table =
            Table { columns: vec!["Value", "In code", "Number", "Description"], rows: rows.collect() };
        self.table(&table);
        if set.open {
            self.paragraph("There may be other values.");
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let target = format!("{} {}", operation.method, operation.path);
        let name = if operation.name.is_empty() { &target } else { &operation.name };
        let _ = write!(self.out, "\n## {}\n", escaped(name));
        self.paragraph(&operation.doc);
        self.out.push_str("\n### Request syntax\n");
        let row = vec![format!("**{}**", escaped(&operation.method)), escaped(&operation.path)];
        self.table(&Table { columns: vec!["Method", "Request URI"], rows: vec![row] });
        let places = [
            ("URI parameters", Location::Path),
            ("Query parameters", Location::Query),
            ("Request headers", Location::Header),
            ("Cookies", Location::Cookie),
        ];
        for (title, location) in places {
            let here = operation.parameters.iter().filter(|parameter| parameter.location == location);
            let rows = here.map(|parameter| {
                let required = if parameter.required { "Yes" } else { "No" };
                let (name, ty) = (escaped(&parameter.name), self.ty(&parameter.ty));
                vec![name, ty, required.to_owned(), cell(&parameter.doc)]
            });
            let rows: Vec<Vec<String>> = rows.collect();
            if !rows.is_empty() {
                let _ = write!(self.out, "\n### {title}\n");
                self.table(&Table { columns: vec!["Name", "Type", "Required", "Description"], rows });
            }
        }
        if let Some(body) = &operation.request {
            let body = self.ty(body);
            self.out.push_str("\n### Request body\n");
            self.paragraph(&body);
        }
        self.examples("Request example", &operation.examples);
        if !operation.responses.is_empty() {
            self.out.push_str("\n### Response\n");
            let rows = operation.responses.iter().map(|response| {
                let status =
                    if response.status == 0 { "default".to_owned() } else { response.status.to_string() };
                let body = response.body.as_ref().map(|body| self.ty(body)).unwrap_or_default();
                vec![status, body]
            });
            let table = Table { columns: vec!["HTTP status code", "Response body"], rows: rows.collect() };
            self.table(&table);
        }
        for response in &operation.responses {
            self.examples("Response example", &response.examples);
        }
    }

    /// Each example once, whatever the locale of the pages that give it.
    fn examples(&mut self, title: &str, examples: &[Example]) {
        for (at, example) in examples.iter().enumerate() {
            if examples[..at].iter().any(|other| other.value == example.value) {
                continue;
            }
            let text = super::layout::spread(&example.value);
            let _ = write!(self.out, "\n### {title}\n\n```json\n{text}```\n");
        }
    }

    /// A type in the words of English pages, with links to types that are described here.
    fn ty(&self, ty: &Type) -> String {
        let mut forms = Vec::new();
        ty.alternatives(&mut forms);
        let named = |name: &str| match self.anchors.get(name) {
            Some(anchor) => format!("[{}](#{anchor})", escaped(name)),
            None => escaped(name),
        };
        let words = forms.into_iter().map(|ty| match ty {
            Type::Constant(value) => code(value),
            ty => english_with(ty, &named).replace('|', "\\|"),
        });
        let words: Vec<String> = words.collect();
        words.join(" or ")
    }

    fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let _ = write!(self.out, "\n{}\n", text.trim());
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        let is_shown = |at: &usize| {
            *at == 0 || table.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()))
        };
        let shown: Vec<usize> = (0..table.columns.len()).filter(is_shown).collect();
        if table.rows.is_empty() {
            return;
        }
        let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
        self.out.push('\n');
        self.out.push_str(&line(shown.iter().map(|at| table.columns[*at]).collect()));
        self.out.push_str(&line(shown.iter().map(|_| "---").collect()));
        for row in &table.rows {
            self.out.push_str(&line(shown.iter().map(|at| row[*at].as_str()).collect()));
        }
    }
}

/// What a property's row says of it, with what its columns cannot say.
fn description(property: &Property) -> String {
    let mut out = String::new();
    if property.read_only {
        out.push_str("Read-only. ");
    }
    out.push_str(&cell(&property.doc));
    if property.required_in_response && !property.required_in_request {
        out.push_str(" Always in responses.");
    }
    if property.write_only {
        out.push_str(" Only in requests.");
    }
    out.trim().to_owned()
}

/// Text on one line of a table; it is Markdown already.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A name on one line, with what Markdown would act on made plain.
fn escaped(name: &str) -> String {
    plain(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}
