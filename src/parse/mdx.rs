//! MDX: imports, exports, JSX tags and expressions are markup, and what stands between them is Markdown.
//!
//! They are blanked out, byte for byte, so that all places stay; the tags that may be fields of a list are kept beside.
//! Markdown pages have components as well: there only those count that close or have attributes, for `<YourToken>` is a
//! placeholder.

use memchr::{memchr, memmem};

use crate::text::Span;

/// How a page of Markdown is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Markdown, or a whole HTML page.
    #[default]
    Markdown,
    /// Markdown with JSX.
    Mdx,
}

impl Format {
    /// The format of a file, by its name.
    pub fn of(path: &str) -> Self {
        let is_mdx =
            path.len() > 4 && path.get(path.len() - 4..).is_some_and(|end| end.eq_ignore_ascii_case(".mdx"));
        if is_mdx { Self::Mdx } else { Self::Markdown }
    }
}

/// Elements of HTML that hold blocks: in MDX, Markdown goes on within and behind them.
const BLOCKS: [&str; 10] =
    ["div", "section", "article", "details", "figure", "figcaption", "center", "video", "iframe", "source"];

/// Longest tag in bytes.
const LONGEST_TAG: usize = 16_384;

/// A page without its JSX.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// As long as the page, byte for byte.
    pub text: String,
    /// Components in page order.
    pub components: Vec<Component>,
    /// `{/* .. */}`.
    pub comments: Vec<Span>,
}

/// `<Name key="value">`, up to its end tag.
#[derive(Debug)]
pub(super) struct Component {
    pub name: Span,
    /// The start tag.
    pub tag: Span,
    /// Where its content ends: at its end tag, or with its own tag.
    pub end: u32,
    /// One past the end tag.
    pub after: u32,
    /// The component around it.
    pub parent: Option<u32>,
    pub attributes: Vec<Attribute>,
    /// Whether it ends itself: `<Name />`.
    pub complete: bool,
}

/// `key`, `key="value"`, `key={value}`; the value is without its quotes and braces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub key: Span,
    pub value: Option<Span>,
}

/// Blanks out the JSX of a page behind its front matter. `None` if it has none.
pub(super) fn mask(text: &str, body: u32, format: Format) -> Option<Masked> {
    let rest = text.get(body as usize..)?;
    if format == Format::Markdown && !may_have_components(rest) {
        return None;
    }
    let mut reader = Reader {
        text,
        mdx: format == Format::Mdx,
        found: Masked::default(),
        open: Vec::new(),
        blank: Vec::new(),
    };
    reader.read(body as usize);
    reader.finish()
}

/// Whether a Markdown page has a line that begins with a component.
fn may_have_components(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"<").any(|at| {
        let next = text.as_bytes().get(at + 1..at + 3);
        next.is_some_and(|next| next[0].is_ascii_uppercase() && next[1].is_ascii_lowercase())
    })
}

struct Reader<'t> {
    text: &'t str,
    mdx: bool,
    found: Masked,
    /// Components that are open.
    open: Vec<u32>,
    /// What is to be blanked out.
    blank: Vec<Span>,
}

impl Reader<'_> {
    fn read(&mut self, from: usize) {
        let mut at = from;
        let mut fence: Option<(u8, usize)> = None;
        // Whether the line before is blank or markup, so that a statement may begin.
        let mut fresh = true;
        while at < self.text.len() {
            let end =
                memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length);
            let line = &self.text[at..end];
            let words = line.trim_start_matches([' ', '\t', '>']);
            if let Some((sign, length)) = fence {
                let run = words.bytes().take_while(|byte| *byte == sign).count();
                if run >= length && words[run..].trim().is_empty() {
                    fence = None;
                }
                at = end + 1;
                continue;
            }
            if let Some(opened) = opens_fence(words) {
                fence = Some(opened);
                at = end + 1;
                continue;
            }
            if self.mdx && fresh && self.open.is_empty() && is_statement(line) {
                let end = self.end_of_statement(at);
                self.blank.push(Span::from(at..end));
                at = end + 1;
                continue;
            }
            fresh = words.trim().is_empty();
            let next = self.line(at, end);
            fresh |= next > end;
            at = next.max(end) + 1;
        }
    }

    /// Reads a line; returns where what began in it ends.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            match bytes[at] {
                b'`' => {
                    let ticks = bytes[at..end].iter().take_while(|byte| **byte == b'`').count();
                    let close = memmem::find(&bytes[at + ticks..end], &bytes[at..at + ticks]);
                    at += close.map_or(ticks, |length| ticks + length + ticks);
                }
                b'\\' => at += 2,
                b'<' => match self.tag(at) {
                    Some(after) => {
                        at = after;
                        // A tag over several lines: what stands behind it is on another line.
                        if after > end {
                            return self.rest_of_line(after);
                        }
                    }
                    None => at += 1,
                },
                b'{' => match self.expression(start, at) {
                    Some(after) if after > end => return self.rest_of_line(after),
                    Some(after) => at = after,
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
        end
    }

    fn rest_of_line(&mut self, at: usize) -> usize {
        let end = memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length);
        // Only its tags matter, and they seldom are: the rest is short.
        let mut from = at;
        while let Some(open) = memchr(b'<', &self.text.as_bytes()[from..end]) {
            from += open;
            match self.tag(from) {
                Some(after) if after <= end => from = after,
                _ => break,
            }
        }
        end
    }

    /// The tag of a component at `at`: takes note of it, returns where it ends.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let closing = bytes.get(at + 1) == Some(&b'/');
        let from = at + 1 + usize::from(closing);
        if self.mdx && bytes.get(from) == Some(&b'>') {
            self.blank.push(Span::from(at..from + 1));
            return Some(from + 1);
        }
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':');
        let length = bytes[from..].iter().take_while(is_name).count();
        let name = &self.text[from..from + length];
        let capital = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().any(|b| b.is_ascii_lowercase());
        let named = capital || self.mdx && name.contains('.');
        if !(named || self.mdx && length > 0) {
            return None;
        }
        let name = Span::from(from..from + length);
        let (attributes, after) = self.attributes(from + length)?;
        if !named {
            // An element of HTML whose attributes only JSX understands.
            if self.text[name.end as usize..after].contains("={") {
                let end = after - 1 - usize::from(self.text[..after].ends_with("/>"));
                self.blank.push(Span::from(name.end as usize..end));
                return Some(after);
            }
            let is_block = BLOCKS.iter().any(|block| name.of(self.text).eq_ignore_ascii_case(block));
            if is_block {
                self.blank.push(Span::from(at..after));
                return Some(after);
            }
            return None;
        }
        if closing {
            self.close(name, Span::from(at..after));
            return Some(after);
        }
        let complete = self.text[..after].ends_with("/>");
        let tag = Span::from(at..after);
        let component = Component {
            name,
            tag,
            end: tag.end,
            after: tag.end,
            parent: self.open.last().copied(),
            attributes,
            complete,
        };
        if !complete {
            self.open.push(self.found.components.len() as u32);
        }
        self.found.components.push(component);
        Some(after)
    }

    /// An end tag: of the innermost component of that name.
    fn close(&mut self, name: Span, tag: Span) {
        const DEEPEST: usize = 64;
        let name = name.of(self.text);
        let near = self.open.iter().rev().take(DEEPEST);
        let is_it = |at: &u32| self.found.components[*at as usize].name.of(self.text) == name;
        let found = near.clone().position(is_it);
        if let Some(above) = found {
            let at = self.open.len() - 1 - above;
            let component = &mut self.found.components[self.open[at] as usize];
            (component.end, component.after) = (tag.start, tag.end);
            self.open.truncate(at);
            self.blank.push(tag);
        } else if self.mdx {
            self.blank.push(tag);
        }
    }

    /// Attributes behind a tag's name, and where the tag ends.
    fn attributes(&self, from: usize) -> Option<(Vec<Attribute>, usize)> {
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(from + LONGEST_TAG);
        let mut found = Vec::new();
        let mut at = from;
        while at < limit {
            match bytes[at] {
                b'>' => return Some((found, at + 1)),
                b'/' if bytes.get(at + 1) == Some(&b'>') => return Some((found, at + 2)),
                byte if byte.is_ascii_whitespace() => at += 1,
                b'{' => at = self.braces(at, limit)?,
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b':') => {
                    let is_key = |byte: &&u8| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'.')
                    };
                    let length = 1 + bytes[at + 1..limit].iter().take_while(is_key).count();
                    let key = Span::from(at..at + length);
                    at += length;
                    let mut value = None;
                    if bytes.get(at) == Some(&b'=') {
                        let (inner, after) = self.value(at + 1, limit)?;
                        value = Some(inner);
                        at = after;
                    }
                    found.push(Attribute { key, value });
                }
                _ => return None,
            }
        }
        None
    }

    /// The value of an attribute, without its quotes and braces, and where it ends.
    fn value(&self, from: usize, limit: usize) -> Option<(Span, usize)> {
        let bytes = self.text.as_bytes();
        match *bytes.get(from)? {
            quote @ (b'"' | b'\'') => {
                let length = memchr(quote, &bytes[from + 1..limit])?;
                Some((Span::from(from + 1..from + 1 + length), from + length + 2))
            }
            b'{' => {
                let after = self.braces(from, limit)?;
                let inner = Span::from(from + 1..after - 1).trimmed(self.text);
                let words = inner.of(self.text);
                let quoted = ['"', '\'', '`']
                    .into_iter()
                    .any(|q| words.len() > 1 && words.starts_with(q) && words.ends_with(q));
                let inner = if quoted { Span::new(inner.start + 1, inner.end - 1) } else { inner };
                Some((inner, after))
            }
            _ => None,
        }
    }

    /// Behind the braces that open at `from`.
    fn braces(&self, from: usize, limit: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut depth, mut at) = (0_u32, from);
        while at < limit {
            match bytes[at] {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                quote @ (b'"' | b'\'' | b'`') => {
                    // An apostrophe in a text between tags opens nothing.
                    let line = memchr(b'\n', &bytes[at + 1..limit]).map_or(limit, |length| at + 1 + length);
                    let end = if quote == b'`' { limit } else { line };
                    at += memchr(quote, &bytes[at + 1..end]).map_or(0, |length| length + 1);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// A comment, or an expression that is all of its lines.
    fn expression(&mut self, line: usize, at: usize) -> Option<usize> {
        let is_comment = self.text[at + 1..].trim_start().starts_with("/*");
        let alone = self.mdx && self.text[line..at].trim().is_empty();
        if !is_comment && !alone {
            return None;
        }
        let after = if is_comment {
            let close = memmem::find(&self.text.as_bytes()[at..], b"*/")? + at + 2;
            let rest = &self.text[close..];
            let inner = rest.trim_start();
            close + (rest.len() - inner.len()) + inner.starts_with('}').then_some(1)?
        } else {
            self.braces(at, self.text.len().min(at + LONGEST_TAG))?
        };
        let span = Span::from(at..after);
        if is_comment {
            self.found.comments.push(span);
        } else if !self.text[after..].lines().next().unwrap_or("").trim().is_empty() {
            return None;
        }
        self.blank.push(span);
        Some(after)
    }

    /// Where an import or export ends: at the blank line behind it.
    fn end_of_statement(&self, from: usize) -> usize {
        let mut at = from;
        for line in self.text[from..].split_inclusive('\n') {
            if line.trim().is_empty() {
                return at.saturating_sub(1).max(from);
            }
            at += line.len();
        }
        at
    }

    fn finish(mut self) -> Option<Masked> {
        // What was never closed is a component only where JSX is expected.
        for at in std::mem::take(&mut self.open) {
            let component = &self.found.components[at as usize];
            if !self.mdx && component.attributes.is_empty() {
                continue;
            }
            self.blank.push(component.tag);
        }
        for component in &self.found.components {
            if component.complete || component.after > component.tag.end {
                self.blank.push(component.tag);
            }
        }
        if self.blank.is_empty() {
            return None;
        }
        self.found.text = self.blanked();
        Some(self.found)
    }

    /// The page with blanks for markup, and without the indentation of what stands in components: Markdown would take it
    /// for code.
    fn blanked(&self) -> String {
        let mut bytes = self.text.as_bytes().to_vec();
        for span in &self.blank {
            for byte in bytes.get_mut(span.range()).unwrap_or_default() {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
        }
        let mut within: Vec<Span> = self
            .found
            .components
            .iter()
            .filter(|component| component.parent.is_none() && component.after > component.tag.end)
            .map(|component| Span::new(component.tag.end, component.end))
            .collect();
        within.sort_unstable();
        for span in within {
            outdent(&mut bytes, self.text.as_bytes(), span);
        }
        String::from_utf8(bytes).unwrap_or_else(|_| self.text.to_owned())
    }
}

/// Takes the indentation off the lines of a component's content: the line end before it moves behind it, so that all
/// places stay.
fn outdent(bytes: &mut [u8], written: &[u8], span: Span) {
    let (mut base, mut begins) = (0, true);
    let mut at = span.start as usize;
    let end = span.end as usize;
    // The first line is the tag's own.
    at += memchr(b'\n', &bytes[at..end]).map_or(end - at, |length| length + 1);
    while at < end {
        let stop = memchr(b'\n', &bytes[at..end]).map_or(end, |length| at + length);
        let indent = bytes[at..stop].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if bytes[at..stop].iter().all(u8::is_ascii_whitespace) {
            // Behind a line of tags the content may be set in by more or less.
            begins |= !written[at..stop].iter().all(u8::is_ascii_whitespace);
        } else {
            if begins {
                (base, begins) = (indent, false);
            }
            dedent(bytes, at, base.min(indent));
        }
        at = stop + 1;
    }
}

/// Moves the end of the line before `at` by so many blanks.
fn dedent(bytes: &mut [u8], at: usize, blanks: usize) {
    if blanks == 0 || at == 0 || bytes[at - 1] != b'\n' {
        return;
    }
    bytes[at - 1] = b' ';
    bytes[at + blanks - 1] = b'\n';
    if at > 1 && bytes[at - 2] == b'\r' {
        bytes[at - 2] = b' ';
        bytes[at + blanks - 2] = b'\r';
    }
}

fn opens_fence_bytes(words: &[u8]) -> Option<(u8, usize)> {
    let sign = *words.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = words.iter().take_while(|byte| **byte == sign).count();
    (length >= 3 && (sign == b'~' || !words[length..].contains(&b'`'))).then_some((sign, length))
}

fn opens_fence(words: &str) -> Option<(u8, usize)> {
    opens_fence_bytes(words.as_bytes())
}

/// Whether a line begins a statement of JavaScript.
fn is_statement(line: &str) -> bool {
    let import = line.starts_with("import ") && (line.contains(" from ") || line.contains(['"', '\'', '{']));
    let export = ["export default", "export const", "export function", "export let", "export {", "export *"];
    import || export.iter().any(|begin| line.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, TableSyntax, View};
    use crate::parse;

    fn cells(text: &str, format: Format) -> Vec<Vec<String>> {
        let doc = parse::document_as(text, format);
        let rows = doc.tables.iter().flat_map(|table| doc.body(table));
        let shown = |cell: &crate::document::Inline| doc.text(text, *cell, View::Page).into_owned();
        rows.map(|row| doc.row_cells(row).iter().map(shown).collect()).collect()
    }

    #[test]
    fn components_with_a_name_and_a_type_are_fields() {
        let text = "<ParamField path=\"tint\" type=\"array&lt;string&gt;\" required>\n  The `tint`.\n</ParamField>\n\n\
            <ParamField path=\"pins\" type=\"object\" default={4}>\n  Pins.\n  <Expandable title=\"properties\">\n    \
            <ParamField path=\"hue\" type=\"string\">\n      Which.\n    </ParamField>\n  </Expandable>\n</ParamField>\n";
        assert_eq!(
            cells(text, Format::Mdx),
            [
                ["tint", "array<string>", "required", "", "The tint."],
                ["pins", "object", "", "4", "Pins."],
                ["hue", "string", "", "", "Which."]
            ]
        );
        assert_eq!(cells(text, Format::Markdown), cells(text, Format::Mdx));
        assert_eq!(
            parse::document(text).tables.iter().filter(|t| t.syntax == TableSyntax::Components).count(),
            1
        );
    }

    #[test]
    fn markup_of_mdx_is_no_text() {
        let text = "import X from 'x'\n\n<Anchor id=\"a\" />\n## Title\n\n{/* a note */}\n\n<Tabs values={[\n{a: \"b\"},\n]}>\n\
            <Tab>\n    | a | b |\n    |---|---|\n    | c | d |\n\n    ```json\n    {\"a\": 1}\n    ```\n</Tab>\n</Tabs>\n";
        let doc = parse::document_as(text, Format::Mdx);
        let kinds: Vec<_> = doc
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading { text: inline, .. } => doc.text(text, *inline, View::Page).into_owned(),
                BlockKind::Paragraph { text: inline, .. } => {
                    format!("p {}", doc.text(text, *inline, View::Page))
                }
                BlockKind::Table(_) => "table".to_owned(),
                BlockKind::Code(at) => doc.code_text(text, &doc.codes[*at as usize]).trim().to_owned(),
                _ => "html".to_owned(),
            })
            .collect();
        assert_eq!(kinds, ["Title", "table", "{\"a\": 1}"]);
    }

    #[test]
    fn placeholders_are_no_components() {
        let text = "Send <YourToken> and\n<OtherToken>\n\nThe *end*.\n";
        assert!(mask(text, 0, Format::Markdown).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_page_keeps_its_length(text in "[<>/{}=\"'`A-Ca-c \n*-]{0,80}") {
            if let Some(masked) = mask(&text, 0, Format::Mdx) {
                proptest::prop_assert_eq!(masked.text.len(), text.len());
            }
            let _ = parse::document_as(&text, Format::Mdx);
        }
    }

    #[test]
    fn components_that_never_close_take_no_time() {
        let text = "<Note a={\n".repeat(20_000);
        let _ = parse::document_as(&text, Format::Mdx);
        let text = "<Note>\n".repeat(50_000);
        let _ = parse::document_as(&text, Format::Mdx);
    }
}
