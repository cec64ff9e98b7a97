//! Writes a page and its translations, and does damage to them.

use crate::chance::Chance;

/// Words of prose alone: no name, type or value is one of them, so no fix has reason to touch them.
pub const PROSE: [&str; 8] =
    ["gardener", "umbrella", "lantern", "orchard", "thimble", "Kanarienvogel", "regenscherm", "parapluie"];

const NAMES: [&str; 14] = [
    "id",
    "quantity",
    "catalogItemId",
    "friendlyName",
    "billingCycle",
    "status",
    "lineItems",
    "renewsTo",
    "created_at",
    "aantal",
    "Menge",
    "quantité",
    "items[].price",
    "shipTo.city",
];
const TYPES: [&str; 14] = [
    "string",
    "int",
    "boolean",
    "array of strings",
    "DateTime",
    "tekenreeks",
    "Zeichenfolge",
    "tableau de chaînes",
    "[Cart](#cart)",
    "List<string>",
    "`Dictionary<string, int>`",
    "object",
    "string (guid)",
    "enum",
];
const HEADINGS: [&str; 10] = [
    "# Create a cart",
    "## <a name=\"cart\"></a>Cart",
    "## CartLineItem",
    "### Request body",
    "### Response example",
    "## REST request",
    "### Request syntax",
    "### URI parameters",
    "## `GET /v1/carts/{id}`",
    "## Statut HTTP",
];
const REQUESTS: [&str; 6] = [
    "POST /v1/customers/{customer-id}/carts HTTP/1.1",
    "GET https://api.example.com/v1/carts/42?expand=items&lang=nl",
    "curl -X PUT 'https://api.example.com/v1/carts/1' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"id\": 1}'",
    "PLAATS /v1/klanten/{klant-id}/carts HTTP/1.1",
    "`DELETE` /v1/carts/:id",
    "HTTP/1.1 201 Created\nContent-Length: 12\nContent-Type: application/json",
];
/// Bytes and characters that parsers trip over.
const SPLINTERS: [&str; 44] = [
    "|",
    "\\|",
    "`",
    "```",
    "~~~",
    "``",
    "*",
    "**",
    "_",
    "[",
    "](",
    "<",
    ">",
    "<p>",
    "</table>",
    "<td rowspan=3>",
    "<!--",
    "-->",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "字",
    "😀",
    "İ",
    "ß",
    "ﬀ",
    "\t",
    "\r",
    "\r\n",
    "\n\n",
    ":::",
    "{% if x %}",
    "import X from 'y'\n",
];

/// The source page and its translations.
pub fn pages(seed: usize) -> Vec<String> {
    let mut writer = Writer { chance: Chance::new(seed), text: String::new() };
    let blocks = 2 + writer.below(9);
    let source: Vec<String> = (0..blocks).map(|_| writer.block()).collect();
    let translations = writer.below(3);
    let mut pages = vec![source.concat()];
    for _ in 0..translations {
        let mut blocks = source.clone();
        for _ in 0..writer.below(4) {
            let at = writer.below(blocks.len());
            match writer.below(4) {
                0 if blocks.len() > 1 => drop(blocks.remove(at)),
                1 => blocks[at] = writer.block(),
                2 => blocks.insert(at, blocks[at].clone()),
                _ => blocks.swap(at, 0),
            }
        }
        pages.push(blocks.concat());
    }
    if !is_sound(seed) {
        pages.iter_mut().for_each(|page| writer.damage(page));
    }
    pages
}

/// Whether the pages of a seed are put together as their markup wants it.
pub fn is_sound(seed: usize) -> bool {
    seed.is_multiple_of(3)
}

struct Writer {
    chance: Chance,
    text: String,
}

impl Writer {
    fn below(&mut self, end: usize) -> usize {
        self.chance.below(end).unwrap_or(0)
    }

    fn of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.below(list.len())]
    }

    fn put(&mut self, list: &[&str]) {
        let one = self.of(list);
        self.text.push_str(one);
    }

    fn block(&mut self) -> String {
        self.text.clear();
        match self.below(12) {
            0 | 1 => self.text = format!("{}\n\n", self.of(&HEADINGS)),
            2 | 3 => {
                self.paragraph();
                self.text.push_str("\n\n");
            }
            4..=6 => self.table(),
            7 => self.html_table(),
            8 => self.list(),
            9 => {
                let (fence, info) = (
                    self.of(&["```", "~~~", "````", "    "]),
                    self.of(&["json", "http", "bash", "", "json5"]),
                );
                let start = if self.below(2) == 0 { self.of(&REQUESTS) } else { "" };
                self.text = format!("{fence}{info}\n{start}\n\n");
                self.json(0);
                self.text.push_str(&format!("\n{fence}\n\n"));
            }
            10 => self.text = format!("{}\n\n", self.of(&REQUESTS)),
            _ => {
                let (open, name) = (
                    self.of(&[
                        "<ParamField path=",
                        "<Field name=",
                        "<details><summary>",
                        "<!-- docdrift-allow ",
                    ]),
                    self.of(&NAMES),
                );
                self.text = format!("{open}\"{name}\">\n");
                self.paragraph();
                self.text.push_str("\n</ParamField>\n\n");
            }
        }
        std::mem::take(&mut self.text)
    }

    fn paragraph(&mut self) {
        for _ in 0..1 + self.below(8) {
            let word = self.of(&PROSE);
            let name = self.of(&NAMES);
            let piece = match self.below(9) {
                0 => format!("`{name}` "),
                1 => format!("[{word}](carts.md#{name}) "),
                2 => format!("**{word}** "),
                3 => "<span data-ttu-id=\"a\">aantal</span><span class=\"sxs-lookup\"><span data-stu-id=\"a\">quantity</span></span> ".to_owned(),
                4 => "customerâ€™s ".to_owned(),
                _ => format!("{word} "),
            };
            self.text.push_str(&piece);
        }
    }

    fn table(&mut self) {
        let header = self.of(&[
            "| Property | Type | Required | Description |\n|---|---|---|---|\n",
            "| Eigenschap | Type | Vereist | Beschrijving |\n|:--|--:|---|\n",
            "| Name | In | Type | Description |\n|---|---|---|---|\n",
            "| Value | Description |\n|---|---|\n",
            "| Method | Request URI |\n|---|---|\n",
        ]);
        self.text.push_str(header);
        for _ in 0..1 + self.below(7) {
            let (name, ty, mark) =
                (self.of(&NAMES), self.of(&TYPES), self.of(&["Yes", "Nee", "", "O", "✔", "required"]));
            self.text.push_str(&format!("| {name} | {ty} | {mark} | "));
            self.paragraph();
            self.put(&["|\n", "|\n", "|\n", "\n", "| |\n"]);
        }
        self.text.push('\n');
    }

    fn html_table(&mut self) {
        self.text
            .push_str("<table><thead><tr><th>Property</th><th>Type</th><th>Description</th></tr></thead>\n");
        for _ in 0..1 + self.below(5) {
            let (open, name, ty) =
                (self.of(&["<td>", "<td rowspan=2>", "<td colspan=9><p>"]), self.of(&NAMES), self.of(&TYPES));
            self.text.push_str(&format!("<tr>{open}{name}</td><td>{ty}<td>"));
            self.paragraph();
            self.put(&["</td></tr>\n", "\n", "</tr>\n\n"]);
        }
        self.text.push_str("</table>\n\n");
    }

    fn list(&mut self) {
        let depth = 1 + self.below(4);
        for at in 0..1 + self.below(6) {
            let (indent, name, ty) = ("  ".repeat(at % depth), self.of(&NAMES), self.of(&TYPES));
            let mark = self.of(&["-", "*", "1.", "+"]);
            self.text.push_str(&format!("{indent}{mark} `{name}` ({ty}): "));
            self.paragraph();
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    fn json(&mut self, depth: usize) {
        match self.below(if depth > 4 { 6 } else { 9 }) {
            0 => self.text.push_str("null"),
            1 => self.put(&["1", "-2.5e9", "007", "1_000"]),
            2 => {
                self.put(&["\"Active\"", "\"actief\"", "\"2024-01-01T00:00:00Z\"", "“x”", "'y'", "\"\\u12\""])
            }
            3 => self.put(&["...", "{ ... }", "<id>", "string", "// why\n 1", "True"]),
            4 | 5 => self.text.push_str("true"),
            6 => {
                self.text.push('[');
                for _ in 0..self.below(4) {
                    self.json(depth + 1);
                    self.put(&[", ", ", ", ", ", "\n", "，"]);
                }
                self.text.push(']');
            }
            _ => {
                self.text.push('{');
                for _ in 0..self.below(5) {
                    let name = self.of(&NAMES);
                    self.text.push_str(&format!("\n  \"{name}\": "));
                    self.json(depth + 1);
                    self.put(&[",", ",", ",", "", ";"]);
                }
                self.text.push('}');
            }
        }
    }

    /// Cuts, doubles and puts splinters into a page, between characters.
    fn damage(&mut self, page: &mut String) {
        for _ in 0..self.below(8) {
            let at = self.boundary(page);
            match self.below(10) {
                0 => {
                    let end =
                        page[at..].char_indices().nth(self.below(12)).map_or(page.len(), |(end, _)| at + end);
                    page.replace_range(at..end, "");
                }
                1 => {
                    let end =
                        page[at..].char_indices().nth(self.below(60)).map_or(page.len(), |(end, _)| at + end);
                    let twice = page[at..end].to_owned();
                    page.insert_str(at, &twice);
                }
                2 => {
                    let splinter = self.of(&SPLINTERS).repeat(1 + self.below(40));
                    page.insert_str(at, &splinter);
                }
                _ => {
                    let splinter = self.of(&SPLINTERS);
                    page.insert_str(at, splinter);
                }
            }
        }
    }

    fn boundary(&mut self, page: &str) -> usize {
        let at = self.below(page.len() + 1);
        (0..=at).rev().find(|at| page.is_char_boundary(*at)).unwrap_or(0)
    }
}
