//! Where the HTML tables of a Markdown page end.
//!
//! Markdown ends an HTML block at a blank line and reads what follows as text or, where it is indented,
//! as code; readers and writers mean one table. So its end is looked up in the source text.

use crate::text::Span;

/// The extents of all HTML tables from the first one on, paired in one pass.
pub(super) struct TableExtents {
    /// `<table` tags in page order: start, and end of the matching `</table>`.
    tables: Vec<(u32, Option<u32>)>,
}

/// Whether HTML holds a table's start tag.
pub(super) fn mentions_table(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| begins(&html[at + 1..], "table"))
}

impl TableExtents {
    /// Of the tables in `source` at or after byte `from`.
    pub fn new(source: &str, from: u32) -> Self {
        let mut tables = Vec::new();
        let mut open = Vec::new();
        let mut at = from as usize;
        while let Some(found) = source[at..].find('<') {
            at += found + 1;
            if begins(&source[at..], "table") {
                open.push(tables.len());
                tables.push((at as u32 - 1, None));
            } else if begins(&source[at..], "/table")
                && let Some(index) = open.pop()
            {
                let end = source[at..].find('>').map_or(source.len(), |end| at + end + 1);
                let table: &mut (u32, Option<u32>) = &mut tables[index];
                table.1 = Some(end as u32);
                at = end;
            }
        }
        Self { tables }
    }

    /// The first table that starts in `span`: its start and end. A table without an end tag reaches to
    /// the next table, heading, code fence, or the end of the text.
    pub fn first_in(&self, source: &str, span: Span) -> Option<Span> {
        let index = self.tables.partition_point(|(start, _)| *start < span.start);
        let (start, end) = *self.tables.get(index)?;
        if start >= span.end {
            return None;
        }
        Some(Span::new(start, end.unwrap_or_else(|| self.likely_end(source, index))))
    }

    fn likely_end(&self, source: &str, index: usize) -> u32 {
        let start = self.tables[index].0;
        let limit = self.tables.get(index + 1).map_or(source.len() as u32, |(next, _)| *next);
        let mut at = start;
        for line in Span::new(start, limit).of(source).split_inclusive('\n') {
            if ["#", "```", "~~~"].iter().any(|mark| line.starts_with(mark)) {
                return at;
            }
            at += line.len() as u32;
        }
        limit
    }
}

/// Whether a tag's name is `name`.
fn begins(text: &str, name: &str) -> bool {
    let is_it = text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    is_it && !text[name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extents(source: &str) -> Vec<&str> {
        let extents = TableExtents::new(source, 0);
        let mut rest = Span::new(0, source.len() as u32);
        let next = std::iter::from_fn(|| {
            let table = extents.first_in(source, rest)?;
            rest.start = table.end.max(table.start + 1);
            Some(table.of(source))
        });
        next.collect()
    }

    #[test]
    fn tables_end_at_their_own_end_tag() {
        assert_eq!(
            extents("a<table>\n\n</TABLE >b<table></table>"),
            ["<table>\n\n</TABLE >", "<table></table>"]
        );
        assert_eq!(
            extents("<table><td><table></table></td></table>x"),
            ["<table><td><table></table></td></table>"]
        );
        assert_eq!(extents("<tables> <table-x>"), [""; 0]);
    }

    #[test]
    fn a_table_without_end_stops_at_the_next_thing() {
        assert_eq!(extents("<table>\n<tr>\n# H\n</p>"), ["<table>\n<tr>\n"]);
        assert_eq!(extents("<table><tr>\n<table>\n</table>"), ["<table><tr>\n", "<table>\n</table>"]);
    }
}
