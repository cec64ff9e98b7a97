//! What stands around a table: whose section it is in, which messages that is about, who links to it.
//!
//! Absent here: which type the table is about.

use std::collections::HashSet;

use crate::compare::names::is_identifier;
use crate::facts::{SectionRole, TableRole};
use crate::fold::identifier_key;
use crate::lower::names;
use crate::lower::said::{Link, Row, Said, Section, Side, Table};
use crate::schema::Note;

/// What is linked to from cells and from the prose about messages.
pub(super) struct Targets {
    links: HashSet<Link>,
    /// By page: keys of names that its rows have.
    names: HashSet<(String, String)>,
}

impl Targets {
    pub fn of(pages: &[Said]) -> Self {
        let mut targets = Self { links: HashSet::new(), names: HashSet::new() };
        for said in pages {
            let rows = said.tables.iter().flat_map(|table| &table.rows);
            for row in rows {
                targets.links.extend(row.links.iter().cloned());
                targets.links.extend(row.types.iter().filter_map(|cell| cell.link.clone()));
                targets.names.insert((said.page.clone(), identifier_key(&row.name).into_owned()));
            }
            let mentions = said.sections.iter().flat_map(|section| &section.mentions);
            targets.links.extend(mentions.filter_map(|mention| mention.link.clone()));
        }
        targets
    }

    /// Whether a cell or the prose about messages leads to a section.
    pub fn has_link(&self, said: &Said, section: &Section) -> bool {
        let link = |anchor: &String| Link { page: said.page.clone(), anchor: anchor.clone() };
        section.anchors.iter().any(|anchor| self.links.contains(&link(anchor)))
    }

    /// Whether anything leads to a section, or a property of its page goes by its name.
    pub fn has(&self, said: &Said, section: &Section) -> bool {
        self.has_link(said, section)
            || names::of_section(section)
                .iter()
                .any(|name| self.names.contains(&(said.page.clone(), identifier_key(name).into_owned())))
    }
}

/// The section whose heading names what the table lists: its own, or the one above `Properties`.
pub(super) fn home<'s>(said: &'s Said, table: &Table, targets: &Targets) -> Option<&'s Section> {
    let section = said.sections.get(table.section? as usize)?;
    let says_kind = match section.role {
        None => section.is_kind,
        Some(SectionRole::Properties | SectionRole::Enumeration) => true,
        Some(_) => return None,
    };
    let named = if !says_kind || targets.has(said, section) {
        section
    } else {
        // A resource may be called `Properties`, but then a cell links to it or a property is.
        said.sections.get(section.parent? as usize).filter(|parent| parent.role.is_none())?
    };
    (!names::of_section(named).is_empty()).then_some(named)
}

/// Which messages a table of a page about a request is about, by the nearest heading before it that says so.
pub(super) fn side(said: &Said, table: &Table) -> Side {
    use SectionRole as S;
    let Some(section) = table.section else { return Side::Both };
    let before = said.sections.get(..=section as usize).unwrap_or(&[]).iter().rev();
    let role = before.filter_map(|section| section.role).find(|role| {
        !matches!(role, S::Properties | S::Enumeration | S::Examples | S::RequestExample | S::ResponseExample)
    });
    match role {
        Some(S::RequestBody | S::RestRequest) => Side::Request,
        Some(S::Response | S::ResponseBody | S::ResponseCodes) => Side::Response,
        _ => Side::Both,
    }
}

/// Says that a table is left out.
pub(super) fn unplaced(said: &Said, table: &Table) -> Note {
    let heading = table.section.and_then(|at| said.sections.get(at as usize));
    let below = heading.map_or_else(String::new, |section| format!(" below `{}`", section.title));
    let message = format!("the table{below} is left out: nothing shows which type or request it describes");
    Note { place: Some(table.place), message }
}

/// Whether a table of parameters stands beside that of the request's: then it lists fields of a filter.
pub(super) fn is_of_fields(said: &Said, table: &Table) -> bool {
    let role = |table: &Table| said.sections.get(table.section? as usize)?.role;
    let of_request = |other: &&Table| {
        other.role == TableRole::Parameters && role(other) == Some(SectionRole::UriParameters)
    };
    matches!(role(table), None | Some(SectionRole::FilterSyntax))
        && said.tables.iter().find(of_request).is_some_and(|other| other.place != table.place)
        && !names_placeholders(said, table)
}

/// Whether most names of a table stand in the paths of its page's requests.
pub(super) fn names_placeholders(said: &Said, table: &Table) -> bool {
    let paths: Vec<String> = said.requests.iter().map(|request| request.path.to_lowercase()).collect();
    let stands = |name: &str| {
        let name = name.to_lowercase();
        ["{", "?", "&"]
            .iter()
            .any(|before| paths.iter().any(|path| path.contains(&format!("{before}{name}"))))
    };
    let found = table.rows.iter().filter(|row| stands(&row.name)).count();
    found * 2 >= table.rows.len() && found > 0
}

/// Whether a table of properties lists things that no code could spell, so that they are none.
pub(super) fn is_prose(table: &Table) -> bool {
    let foreign = |row: &Row| !row.is_source;
    let names = table.rows.iter().filter(|row| is_identifier(&row.name)).count();
    table.role == TableRole::Properties && !table.rows.iter().any(foreign) && names * 2 < table.rows.len()
}
