//! The parameters of an operation: placeholders and queries of its path with the rows that describe them, and
//! the headers that its examples send.
//!
//! Absent here: bodies.

use std::collections::{BTreeSet, HashMap};

use crate::alignment::Evidence;
use crate::compare::align::{Item, Terms, align};
use crate::compare::items::Kind;
use crate::compare::names::{BAR, is_identifier};
use crate::compare::words::english_words;
use crate::extract::path::Path;
use crate::fold::identifier_key;
use crate::json::NodeKind;
use crate::lower::attach::Attached;
use crate::lower::headers::{is_common, sent};
use crate::lower::merge::{self, Heard, by_key, push};
use crate::lower::paths::{Documented, Operation, most, significant};
use crate::lower::place::Other;
use crate::lower::queries::queries;
use crate::lower::said::Row;
use crate::lower::shown::Shown;
use crate::lower::types::{left_out, locales};
use crate::lower::world::World;
use crate::normalize::marks::Requirement;
use crate::schema::{Format, Location, Note, Parameter, Type};
use crate::source::Locale;
use crate::text::Place;

/// How far the order of rows can be trusted to be that of the placeholders.
const PATH_ORDER: f32 = 0.95;

impl<'w> World<'w> {
    /// All parameters of an operation, in the order path, query, header.
    pub fn parameters(
        &self,
        operation: &Operation,
        template: &str,
        attached: &Attached,
        notes: &mut Vec<Note>,
    ) -> Vec<Parameter> {
        let rows = self.heard(attached, Other::Parameters);
        let speakers = locales(&rows);
        let mut groups: Vec<Option<(String, Vec<Heard<'w>>)>> = Vec::new();
        for (key, rows) in by_key(rows) {
            if self.voice.carries(&locales(&rows), &speakers) {
                groups.push(Some((key, rows)));
            } else if let Some(first) = rows.first() {
                let name = format!("{} {template} {}", operation.method, first.row.name);
                notes.push(left_out(&name, &rows));
            }
        }
        let keyed = groups.iter().enumerate().filter_map(|(at, group)| Some((group.as_ref()?.0.clone(), at)));
        let mut collected =
            Collected { world: self, by_key: keyed.collect(), groups, parameters: Vec::new() };
        collected.path(operation, template, attached);
        collected.query(operation, attached);
        collected.rest(attached);
        collected.headers(attached);
        collected.parameters
    }
}

/// Rows not yet used, and the parameters so far.
struct Collected<'c, 'w> {
    world: &'c World<'w>,
    /// By key of the name.
    groups: Vec<Option<(String, Vec<Heard<'w>>)>>,
    by_key: HashMap<String, usize>,
    parameters: Vec<Parameter>,
}

impl<'w> Collected<'_, 'w> {
    /// Takes the rows of all of the names.
    fn take(&mut self, names: &BTreeSet<String>) -> Option<Vec<Heard<'w>>> {
        let groups: Vec<usize> = names.iter().filter_map(|name| self.by_key.get(name).copied()).collect();
        let rows = groups.into_iter().filter_map(|at| self.groups[at].take()).flat_map(|(_, rows)| rows);
        Some(rows.collect::<Vec<_>>()).filter(|rows| !rows.is_empty())
    }

    fn path(&mut self, operation: &Operation, template: &str, attached: &Attached) {
        let template = Path::read(template);
        let columns = significant(&template);
        let wanted: Vec<(usize, String)> = columns
            .iter()
            .enumerate()
            .filter_map(|(column, at)| Some((column, template.placeholder(*at)?.to_owned())))
            .collect();
        let documented: Vec<(&Documented, Vec<usize>)> =
            operation.documented.iter().map(|one| (one, significant(&one.path))).collect();
        let lines: Vec<(&Path, Vec<usize>)> =
            attached.lines.iter().map(|(_, line)| (line, significant(line))).collect();
        // How pages write the placeholder of a column, and which pages.
        let written = |column: usize| {
            documented.iter().filter_map(move |(one, columns)| {
                let name = one.path.placeholder(*columns.get(column)?)?;
                Some((name, one.page))
            })
        };
        let mut found: Vec<Option<Vec<Heard<'w>>>> = wanted
            .iter()
            .map(|(column, name)| {
                let own = written(*column).map(|(name, _)| identifier_key(name).into_owned()).collect();
                let as_template = BTreeSet::from([identifier_key(name).into_owned()]);
                self.take(&own).or_else(|| self.take(&as_template))
            })
            .collect();
        let names: Vec<&str> = wanted.iter().map(|(_, name)| name.as_str()).collect();
        self.pair_rest(&names, &mut found);
        for ((column, name), rows) in wanted.iter().zip(found) {
            let mut shown = Shown::default();
            for (line, columns) in &lines {
                if let Some(at) = columns.get(*column) {
                    shown.record(NodeKind::String, line.segment(*at));
                }
            }
            let place = operation.documented.first().map(|one| one.place);
            let mut parameter = self.parameter(name, Location::Path, rows.as_deref(), &shown, place);
            parameter.required = true;
            let origin = parameter.origin.get_or_insert_default();
            for (other, page) in written(*column).filter(|(other, _)| other != name) {
                push(&mut origin.notes, format!("written `{other}` in {}", self.world.pages[page].path));
            }
            self.parameters.push(parameter);
        }
    }

    /// Pairs placeholders without rows with rows that are left, by words and order.
    fn pair_rest(&mut self, wanted: &[&str], found: &mut [Option<Vec<Heard<'w>>>]) {
        let open: Vec<usize> = (0..wanted.len()).filter(|at| found[*at].is_none()).collect();
        // What may be left out is in no path.
        let free = self.groups_of(|row| row.required != Some(Requirement::No));
        let names: Vec<&str> = open.iter().map(|at| wanted[*at]).collect();
        for (group, name, _) in self.aligned(&free, &names) {
            found[open[name]] = self.groups[group].take().map(|(_, rows)| rows);
        }
    }

    /// Adds rows whose names are words of another language to the names that those words mean.
    fn add_foreign(&mut self, wanted: &[&str], found: &mut [Option<Vec<Heard<'w>>>]) {
        let free = self.groups_of(|row| !row.is_source);
        let telling = Evidence::WORDS.with(Evidence::SPELLING).with(Evidence::GLOSS);
        for (group, name, evidence) in self.aligned(&free, wanted) {
            if evidence.any(telling)
                && let Some((_, rows)) = self.groups[group].take()
            {
                found[name].get_or_insert_default().extend(rows);
            }
        }
    }

    /// Positions of rows that are left, all of which are of a kind.
    fn groups_of(&self, is_wanted: impl Fn(&Row) -> bool) -> Vec<usize> {
        let rows = |at: &usize| self.groups[*at].as_ref().map(|(_, rows)| rows);
        let all = |at: &usize| rows(at).is_some_and(|rows| rows.iter().all(|heard| is_wanted(heard.row)));
        (0..self.groups.len()).filter(all).collect()
    }

    /// Which of some rows stand for which of some names: positions of group and name, and the evidence.
    fn aligned(&self, free: &[usize], names: &[&str]) -> Vec<(usize, usize, Evidence)> {
        if free.is_empty() || names.is_empty() {
            return Vec::new();
        }
        let first = |at: &usize| self.groups[*at].as_ref().and_then(|(_, rows)| rows.first());
        let locale = free.first().and_then(first).and_then(|heard| Locale::parse(&heard.said.locale));
        let vocabulary = self.world.lexicon.vocabulary(locale.as_ref());
        let words = |name: &str| english_words(name, &vocabulary);
        let name = |at: &usize| first(at).map_or("", |heard| heard.row.name.as_str());
        let left: Vec<Item<'_>> = free.iter().map(|at| Item::new(name(at), Kind::Name)).collect();
        let right: Vec<Item<'_>> = names.iter().map(|name| Item::new(name, Kind::Name)).collect();
        let alignment = align(&left, &right, &Terms { order: PATH_ORDER, words: &words });
        let pairs = alignment.pairs.iter().filter(|pair| pair.confidence >= BAR);
        pairs.map(|pair| (free[pair.left as usize], pair.right as usize, pair.evidence)).collect()
    }

    fn query(&mut self, operation: &Operation, attached: &Attached) {
        let queries = queries(operation, attached);
        let mut found: Vec<Option<Vec<Heard<'w>>>> =
            queries.iter().map(|query| self.take(&query.names)).collect();
        let names: Vec<&str> = queries.iter().map(|query| query.key.as_str()).collect();
        self.add_foreign(&names, &mut found);
        for (query, rows) in queries.into_iter().zip(found) {
            let name = most(query.spellings.iter().map(String::as_str)).unwrap_or(&query.key).to_owned();
            let mut parameter =
                self.parameter(&name, Location::Query, rows.as_deref(), &query.shown, Some(query.place));
            let always = query.requests == operation.documented.len();
            if !query.is_open && matches!(parameter.ty, Type::String(_)) {
                let constants = query.constants.into_iter().map(Type::Constant);
                let mut constants: Vec<Type> = constants.collect();
                parameter.required |= always;
                parameter.ty = match constants.len() {
                    1 => constants.remove(0),
                    _ => Type::OneOf(constants),
                };
            }
            self.parameters.push(parameter);
        }
    }

    /// Rows that are neither in the path nor in a query that is written out.
    fn rest(&mut self, attached: &Attached) {
        let pages = attached.pages();
        let is_of_path = |key: &String| pages.iter().any(|page| self.world.placeholders[*page].contains(key));
        let groups = std::mem::take(&mut self.groups);
        for (key, rows) in groups.into_iter().flatten() {
            // It is of another request of the page.
            if is_of_path(&key) {
                continue;
            }
            let Some(first) = rows.first() else { continue };
            let said = rows.iter().find_map(|heard| heard.row.location);
            // A path that lacks a documented placeholder cannot be filled in.
            let location = said.filter(|location| *location != Location::Path).unwrap_or(Location::Query);
            let place = Some(first.row.place);
            let name = first.row.name.clone();
            let is_sound = is_identifier(&name);
            let mut parameter = self.parameter(&name, location, Some(&rows), &Shown::default(), place);
            let origin = parameter.origin.get_or_insert_default();
            if !is_sound {
                push(
                    &mut origin.notes,
                    "it is not an identifier, and nothing shows which name was meant".to_owned(),
                );
            }
            if said == Some(Location::Path) {
                push(&mut origin.notes, "the path has no place for it".to_owned());
                parameter.required = false;
            }
            self.parameters.push(parameter);
        }
    }

    fn headers(&mut self, attached: &Attached) {
        let own: Vec<(String, Vec<Heard<'w>>)> = by_key(self.world.heard(attached, Other::Headers));
        let of_own: HashMap<&str, &Vec<Heard<'w>>> =
            own.iter().map(|(key, rows)| (key.as_str(), rows)).collect();
        for (key, shown) in sent(self.world, attached, own.iter().map(|(key, _)| key.as_str())) {
            let listed = of_own.get(key.as_str()).copied();
            let rows = listed.or_else(|| self.world.headers.get(&key));
            let name = shown.spelling().or_else(|| rows?.first().map(|heard| heard.row.name.as_str()));
            let Some(name) = name.filter(|name| !is_common(name)).map(str::to_owned) else { continue };
            let place = shown.places.values().next().copied();
            let mut parameter =
                self.parameter(&name, Location::Header, rows.map(Vec::as_slice), &shown, place);
            // What a table about all requests requires, not every request has.
            parameter.required &= listed.is_some();
            self.parameters.push(parameter);
        }
    }

    /// A parameter as its rows describe it and examples show it.
    fn parameter(
        &self,
        name: &str,
        location: Location,
        rows: Option<&[Heard<'_>]>,
        shown: &Shown,
        place: Option<Place>,
    ) -> Parameter {
        let World { types, voice, .. } = self.world;
        let listed = rows.map(|rows| merge::described(String::new(), rows, types, voice));
        let property = listed.map(|listed| listed.property);
        let ty = property.as_ref().map_or(Type::Any, |property| property.ty.clone());
        let ty = match ty {
            Type::Any | Type::String(Format::Plain) => Type::String(shown.format()),
            Type::Object(_) => Type::String(Format::Plain),
            other => other,
        };
        let mut origin = property.as_ref().and_then(|property| property.origin.clone()).unwrap_or_default();
        if let Some(property) = property.as_ref().filter(|property| property.name != name) {
            push(&mut origin.notes, format!("described as `{}`", property.name));
        }
        origin.witnesses.extend(shown.witnesses());
        if let Some(place) = place.filter(|_| origin.witnesses.is_empty()) {
            origin.witnesses.push(self.world.witness(place));
        }
        Parameter {
            name: name.to_owned(),
            location,
            ty,
            required: property.as_ref().is_some_and(|property| property.required_in_request),
            default: property.as_ref().and_then(|property| property.default.clone()),
            doc: property.as_ref().map_or_else(String::new, |property| property.doc.clone()),
            place: property.as_ref().and_then(|property| property.place).or(place),
            origin: Some(origin),
        }
    }
}
