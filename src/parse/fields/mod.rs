//! Field lists that are no tables to Markdown: bullets, definitions, components, a heading a field.
//!
//! Each becomes a [`Table`] of [`COLUMNS`] whose cells are spans of the page, so that whoever pairs, judges and edits
//! rows knows one shape only. A list counts as one by its form alone, for a translation must be told like its source:
//! names in code marks or before a parenthesis, a sign, a description. Absent here: words of any language, and what
//! is in a cell (`string, required`).

mod cards;
mod components;
mod definitions;
mod headings;
mod item;
mod labels;
mod lists;
mod runs;

use std::ops::Range;

use super::inline::Inlines;
use super::mdx::Masked;
use crate::document::{Block, BlockKind, Document, Row, Table, TableSyntax};
use crate::hash::HashSet;
use crate::text::Span;

/// Columns of every list: name, type with what stands beside it, required, default, description.
pub(super) const COLUMNS: usize = 5;

/// Where the parser met what may be a field of a list.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// List items in page order.
    pub items: Vec<Item>,
    /// Items that are open: indices into `items`.
    pub open: Vec<u32>,
    /// Lists begun so far.
    pub lists: u32,
    /// Lists that are open.
    pub open_lists: Vec<u32>,
    /// Paragraphs with a line that begins with a colon, by their blocks.
    pub colons: Vec<u32>,
}

/// A list item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// The list it belongs to.
    pub list: u32,
    /// The item that its list stands in, an index into [`Marks::items`].
    pub parent: Option<u32>,
    /// The first of its blocks, an index into [`Document::blocks`].
    pub first: u32,
    /// One past the last of its blocks.
    pub end: u32,
}

impl Marks {
    /// A list begins.
    pub fn start_list(&mut self) {
        self.open_lists.push(self.lists);
        self.lists += 1;
    }

    /// A list ends.
    pub fn end_list(&mut self) {
        self.open_lists.pop();
    }

    /// An item begins; `block` is the next block.
    pub fn start_item(&mut self, block: usize) {
        let list = self.open_lists.last().copied().unwrap_or(0);
        let item = Item { list, parent: self.open.last().copied(), first: block as u32, end: block as u32 };
        self.open.push(self.items.len() as u32);
        self.items.push(item);
    }

    /// The innermost item ends before `block`.
    pub fn end_item(&mut self, block: usize) {
        if let Some(at) = self.open.pop() {
            self.items[at as usize].end = block as u32;
        }
    }
}

/// A field list before its cells are cut out of the runs.
#[derive(Debug)]
pub(super) struct List {
    pub syntax: TableSyntax,
    /// What its columns are called, where its fields say so themselves: `Type: string`.
    pub header: Option<[Span; COLUMNS]>,
    pub fields: Vec<Field>,
}

impl List {
    /// One without fields, whose columns are those of all lists.
    fn new(syntax: TableSyntax) -> Self {
        Self { syntax, header: None, fields: Vec::new() }
    }
}

/// A field of a list: its bytes, its cells (empty where there is none), how deep it stands.
#[derive(Debug)]
pub(super) struct Field {
    pub span: Span,
    pub cells: [Span; COLUMNS],
    pub depth: u32,
    /// The block that its description, or all of it, was taken from.
    pub block: Option<u32>,
    /// Other blocks that it was taken from: of its name, of what stands between name and description.
    pub taken: Range<u32>,
}

/// Makes tables of the field lists of a page. `jsx` is the page as written and what was found in it.
pub(super) fn gather(text: &mut Inlines, marks: &Marks, jsx: Option<(&str, &Masked)>) {
    cards::turn(text);
    let components = jsx.filter(|(_, masked)| !masked.components.is_empty());
    let below_headings = headings::find(text);
    let nothing = marks.items.is_empty() && marks.colons.is_empty() && text.terms.is_empty();
    if nothing && components.is_none() && below_headings.is_empty() {
        return;
    }
    let mut lists = lists::find(text, &marks.items);
    lists.extend(definitions::find(text, &marks.colons));
    lists.extend(definitions::find_html(text));
    // What a heading or a component describes its field with is no list of its own.
    let mut add = |found: Vec<List>| {
        let taken: HashSet<u32> = blocks(&found).collect();
        lists.retain(|list| !blocks(std::slice::from_ref(list)).any(|block| taken.contains(&block)));
        lists.extend(found);
    };
    add(below_headings);
    let mut extra = Vec::new();
    if let Some((source, masked)) = components {
        add(components::find(text, source, masked, &mut extra));
    }
    if lists.is_empty() {
        return;
    }
    lists.sort_by_key(|list| list.fields.first().map_or(0, |field| field.span.start));
    runs::cut(text, &lists, &extra);
    install(&mut text.doc, &lists);
}

/// The blocks that lists were made of.
fn blocks(lists: &[List]) -> impl Iterator<Item = u32> {
    lists
        .iter()
        .flat_map(|list| &list.fields)
        .flat_map(|field| field.block.into_iter().chain(field.taken.clone()))
}

/// Adds the tables, in page order with those that were there, and takes out the blocks that they were made of.
fn install(doc: &mut Document, lists: &[List]) {
    let mut taken = vec![false; doc.blocks.len()];
    for block in blocks(lists) {
        if let Some(taken) = taken.get_mut(block as usize) {
            *taken = true;
        }
    }
    let tables: Vec<Table> = lists.iter().map(|list| table(doc, list)).collect();
    let mut tables = tables.into_iter().peekable();
    let old = std::mem::take(&mut doc.tables);
    let blocks = std::mem::take(&mut doc.blocks);
    let add = |doc: &mut Document, table: Table| {
        let kind = BlockKind::Table(doc.tables.len() as u32);
        // Headings that name fields stay headings: only what is between them is taken.
        let over = table.syntax == TableSyntax::Headings;
        let span = if over { Span::empty(table.span.start) } else { table.span };
        doc.blocks.push(Block { span, kind });
        doc.tables.push(table);
    };
    for (block, taken) in blocks.into_iter().zip(taken) {
        while let Some(table) = tables.next_if(|table| table.span.start <= block.span.start) {
            add(doc, table);
        }
        match block.kind {
            _ if taken => {}
            BlockKind::Table(at) => {
                let kind = BlockKind::Table(doc.tables.len() as u32);
                doc.tables.extend(old.get(at as usize).cloned());
                doc.blocks.push(Block { kind, ..block });
            }
            _ => doc.blocks.push(block),
        }
    }
    tables.for_each(|table| add(doc, table));
}

fn table(doc: &mut Document, list: &List) -> Table {
    let header = list.header.map(|cells| {
        let labels = cells.iter().filter(|cell| !cell.is_empty());
        let span = labels.fold(None, |whole: Option<Span>, cell| Some(whole.map_or(*cell, |w| w.to(*cell))));
        row(doc, span.unwrap_or_default(), &cells, 0)
    });
    let first_row = doc.rows.len() as u32;
    let mut span: Option<Span> = None;
    for field in &list.fields {
        row(doc, field.span, &field.cells, field.depth);
        span = Some(span.map_or(field.span, |span| span.to(field.span)));
    }
    Table {
        span: span.unwrap_or_default(),
        syntax: list.syntax,
        columns: COLUMNS as u32,
        header,
        first_row,
        end_row: doc.rows.len() as u32,
    }
}

/// Adds a row, and returns its number.
fn row(doc: &mut Document, span: Span, cells: &[Span; COLUMNS], depth: u32) -> u32 {
    let first = doc.cells.len() as u32;
    for cell in cells {
        let inline = runs::inline(doc, *cell);
        doc.cells.push(inline);
    }
    let end = doc.cells.len() as u32;
    doc.rows.push(Row { span, first, end, lost: Span::empty(span.end), written: COLUMNS as u32, depth });
    doc.rows.len() as u32 - 1
}

#[cfg(test)]
mod tests {
    use crate::document::{TableSyntax, View};
    use crate::parse;

    /// The cells of each row of each list, by depth.
    fn lists(text: &str) -> Vec<Vec<String>> {
        let doc = parse::document(text);
        let lists = doc.tables.iter().filter(|table| table.syntax == TableSyntax::Bullets);
        let row = |row: &crate::document::Row| {
            let cells = doc.row_cells(row).iter().map(|cell| doc.text(text, *cell, View::Page).into_owned());
            let [name, ty, _, _, description] = cells.collect::<Vec<_>>().try_into().expect("five cells");
            format!("{}{name}|{ty}|{description}", " ".repeat(row.depth as usize))
        };
        lists.map(|table| doc.body(table).iter().map(row).collect()).collect()
    }

    #[test]
    fn bullets_of_many_forms_are_fields() {
        let text = "* `tint` (string, required) - The tint.\n* `pins` (object): Pins:\n  * `hue` (string) - Which.\n";
        assert_eq!(
            lists(text),
            [["tint|string, required|The tint.", "pins|object|Pins:", " hue|string|Which."]]
        );
        assert_eq!(
            lists("- **tint_of** – the tint\n- **pinCount** – how many"),
            [["tint_of||the tint", "pinCount||how many"]]
        );
        assert_eq!(lists("+ tint (text, verplicht) - De tint.\n"), [["tint|text, verplicht|De tint."]]);
        assert_eq!(lists("- `a`, `b`: two names"), [["a, b||two names"]]);
        assert_eq!(
            lists("- `\"tint\"`: (*Body*), `string`, *Required*\n  The tint."),
            [["\"tint\"|Body), string, Required|The tint."]]
        );
    }

    #[test]
    fn lists_of_other_things_stay_lists() {
        for text in [
            "- `GET /tints`: all\n- `POST /tints`: one more",
            "- **Note**: a list of words\n- **Tip**: and another",
            "- `one`\n- `two`",
            "- Click `Save`.\n- Then wait.",
            "1. `cd tints` and build\n2. Run it",
        ] {
            assert_eq!(lists(text).len(), 0, "{text}");
        }
    }

    #[test]
    fn text_around_a_list_keeps_its_runs() {
        let text = "Some `code`.\n\n- `tint` (string): the *tint*, or `none`\n\nMore *text* here.\n";
        let doc = parse::document(text);
        let shown: Vec<_> = doc.blocks.iter().filter_map(|block| block.kind.text()).collect();
        let shown: Vec<_> = shown.into_iter().map(|inline| doc.text(text, inline, View::Page)).collect();
        assert_eq!(shown, ["Some code.", "More text here."]);
        assert!(doc.runs.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }

    /// The cells of each row of what is written in `syntax`.
    fn rows(text: &str, syntax: TableSyntax) -> Vec<Vec<String>> {
        let doc = parse::document(text);
        let tables = doc.tables.iter().filter(|table| table.syntax == syntax);
        let rows = tables.flat_map(|table| {
            let header = table.header.and_then(|at| doc.rows.get(at as usize));
            header.into_iter().chain(doc.body(table)).collect::<Vec<_>>()
        });
        let shown = |cell: &crate::document::Inline| doc.text(text, *cell, View::Page).into_owned();
        rows.map(|row| doc.row_cells(row).iter().map(shown).collect()).collect()
    }

    #[test]
    fn headings_name_fields_where_lines_below_say_what_they_are() {
        let text = "## Dials\n\n### `tint`\n\n**Type:** string\n\nThe tint.\n\n### pinCount\n\nDefault: 3. Type: integer. How many.\n\n## Next\n";
        assert_eq!(
            rows(text, TableSyntax::Headings),
            [
                ["", "Type", "", "", ""],
                ["tint", "string", "", "", "The tint."],
                ["pinCount", "integer", "", "", "How many."]
            ]
        );
        let doc = parse::document(text);
        let headings = doc
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, crate::document::BlockKind::Heading { .. }));
        assert_eq!(headings.count(), 4, "headings stay headings");
        let listed = "### tint_of\n\n- **Type:** `string`\n- **Default:** `red`\n\nThe tint.\n";
        assert_eq!(
            rows(listed, TableSyntax::Headings),
            [["", "Type", "Default", "", ""], ["tint_of", "string", "red", "", "The tint."]]
        );
        assert_eq!(
            rows("### `tint` (string, required)\n\nThe tint.\n", TableSyntax::Headings),
            [["", "", "", "", ""], ["tint", "string, required", "", "", "The tint."]]
        );
    }

    #[test]
    fn other_headings_stay_headings() {
        for text in [
            "## Before you begin\n\nNote: this takes a while.\n\n## After it\n\nNote: this does not.\n",
            "## CountryTints (the tints of countries)\n\nText.\n",
            "## `GET /tints`\n\nReturns: all tints\n",
            "## tint_of\n\nThe tint of something, as a word.\n",
            "## 一度きり\n\n名前: ひとつ\n\n## 毎週\n\n名前: ふたつ\n",
        ] {
            assert_eq!(rows(text, TableSyntax::Headings).len(), 0, "{text}");
        }
    }

    #[test]
    fn a_card_is_a_row() {
        let text = "| Name | tint\\_of |\n|---|---|\n| Description | The tint. |\n| Type | String |\n";
        assert_eq!(
            rows(text, TableSyntax::Card),
            [["Name", "Description", "Type"], ["tint_of", "The tint.", "String"]]
        );
        let plain = "| Name | Type |\n|---|---|\n| tint_of | string |\n| pinCount | integer |\n";
        assert_eq!(rows(plain, TableSyntax::Card).len(), 0);
    }

    #[test]
    fn terms_and_definitions_are_fields() {
        let text = "<dl>\n<dt><code>tint</code> <em>string, required</em></dt>\n<dd>The tint.</dd>\n<dt><code>pins</code> <em>integer</em></dt>\n<dd>How many.</dd>\n</dl>\n";
        assert_eq!(
            rows(text, TableSyntax::Definitions),
            [["tint", "string, required", "", "", "The tint."], ["pins", "integer", "", "", "How many."]]
        );
    }

    #[test]
    fn attributes_are_no_words_of_the_heading_above() {
        let text = "# Pins\n\n## Path\n\n<ParamField path=\"pin\" type=\"string\" required>\n  Which.\n</ParamField>\n";
        let doc = parse::document_as(text, parse::Format::Mdx);
        let heading = |block: &crate::document::Block| match block.kind {
            crate::document::BlockKind::Heading { text, .. } => Some(text),
            _ => None,
        };
        let shown = doc.blocks.iter().filter_map(heading).map(|cell| doc.text(text, cell, View::Page));
        assert_eq!(shown.collect::<Vec<_>>(), ["Pins", "Path"]);
    }

    #[test]
    fn many_headings_are_read() {
        let text = "### `tint`\n\nType: string\n\n".repeat(5000);
        assert_eq!(rows(&text, TableSyntax::Headings).len(), 5001);
    }

    #[test]
    fn deep_and_long_lists_are_read() {
        let lines: Vec<String> =
            (0..1000).map(|at| format!("{}- `a{at}` (string): x\n", "  ".repeat(at))).collect();
        let deep = lines.concat();
        assert!(!lists(&deep).is_empty());
        let long = "- `a` (string): x\n".repeat(20_000);
        assert_eq!(lists(&long)[0].len(), 20_000);
    }
}
