//! Operations of two schemas: methods, paths, parameters, bodies, answers.

use std::collections::{BTreeMap, BTreeSet};

use super::Differ;
use super::change::{Aspect, Breaks, Change, Kind, Orders, Side, Subject};
use super::notation;
use super::pair::match_up;
use super::relate::Relation;
use super::travel::Travel;
use crate::extract::path::Path;
use crate::fold::identifier_key;
use crate::schema::{Location, Operation, Parameter, Response, Type};

const WRITERS: Breaks = Breaks { readers: false, writers: true };
const READERS: Breaks = Breaks { readers: true, writers: false };
const BOTH: Breaks = Breaks { readers: true, writers: true };
const NOBODY: Breaks = Breaks { readers: false, writers: false };

/// Two operations that are one, and whether one is documented and the other is not.
#[derive(Clone, Copy)]
struct Twins<'a> {
    old: &'a Operation,
    new: &'a Operation,
    is_told_apart: bool,
}

impl<'a> Differ<'a> {
    /// All that changed about operations.
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old, self.new);
        let partners = partners(&old.operations, &new.operations);
        let orders = Orders::new(&partners, new.operations.len());
        let mut taken = vec![false; new.operations.len()];
        for (at, (operation, partner)) in old.operations.iter().zip(&partners).enumerate() {
            let from = self.found.changes.len();
            let pair = partner.and_then(|partner| Some((partner, new.operations.get(partner)?)));
            let order = if let Some((partner, other)) = pair {
                taken[partner] = true;
                let is_told_apart = operation.origin.is_some() != other.origin.is_some();
                self.operation(Twins { old: operation, new: other, is_told_apart });
                Orders::pair(at, partner)
            } else if self.coverage.as_ref().is_some_and(|covered| !covered.has_operation(operation)) {
                self.found.uncovered_operations += 1;
                continue;
            } else {
                self.push_operation(operation, Aspect::new(Kind::Removed, BOTH));
                orders.removed(at)
            };
            self.found.changes[from..].iter_mut().for_each(|change| change.order = order);
        }
        for (at, operation) in new.operations.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            let from = self.found.changes.len();
            self.push_operation(operation, Aspect::new(Kind::Added, NOBODY));
            self.found.changes[from..].iter_mut().for_each(|change| change.order = orders.added(at));
        }
    }

    fn push_operation(&mut self, operation: &Operation, aspect: Aspect) {
        let text = notation::operation(operation);
        let side = Side { text: text.clone(), place: operation.place };
        self.found.changes.push(Change::alone(Subject::Operation, &text, "", side, aspect));
    }

    fn operation(&mut self, twins: Twins<'a>) {
        let Twins { old, new, is_told_apart } = twins;
        let (before, after) = (notation::operation(old), notation::operation(new));
        if before != after {
            // What stands in a placeholder's braces is not sent.
            let breaks = if template(old) == template(new) { NOBODY } else { BOTH };
            let aspect = Aspect::between(Kind::Renamed, &before, &after, breaks);
            let sides = [(before.clone(), old.place), (after.clone(), new.place)];
            self.push_pair(Subject::Operation, &after, "", sides, vec![aspect]);
        }
        self.parameters(twins, &after);
        self.request(twins, &after);
        // Pages that show no answer do not say that there is none.
        let is_silent = is_told_apart && (old.responses.is_empty() || new.responses.is_empty());
        if !is_silent {
            self.responses(twins, &after);
        }
    }

    fn push_pair(
        &mut self,
        subject: Subject,
        owner: &str,
        item: &str,
        sides: [(String, Option<crate::text::Place>); 2],
        aspects: Vec<Aspect>,
    ) {
        if aspects.is_empty() {
            return;
        }
        let [before, after] = sides.map(|(text, place)| Some(Side { text, place }));
        let (owner, item) = (owner.to_owned(), item.to_owned());
        let order = Orders::pair(0, 0);
        self.found.changes.push(Change { subject, owner, item, before, after, aspects, order });
    }

    fn parameters(&mut self, twins: Twins<'a>, owner: &str) {
        let partners = parameter_partners(twins);
        // Code that declares no headers does not say that there are none.
        let is_told = |parameter: &Parameter| {
            self.coverage.as_ref().is_none_or(|covered| covered.has_location(parameter.location))
        };
        let mut push_alone = |parameter: &Parameter, aspect: Aspect| {
            let side = Side { text: notation::parameter(parameter), place: parameter.place };
            self.found.changes.push(Change::alone(Subject::Parameter, owner, &parameter.name, side, aspect));
        };
        for (parameter, partner) in twins.old.parameters.iter().zip(&partners) {
            if partner.is_none() && is_told(parameter) {
                push_alone(parameter, Aspect::new(Kind::Removed, WRITERS));
            }
        }
        for (at, parameter) in twins.new.parameters.iter().enumerate() {
            if !partners.contains(&Some(at)) {
                let breaks = Breaks { readers: false, writers: parameter.required };
                push_alone(parameter, Aspect::new(Kind::Added, breaks));
            }
        }
        for (old, partner) in twins.old.parameters.iter().zip(&partners) {
            let Some(new) = partner.and_then(|at| twins.new.parameters.get(at)) else { continue };
            let mut aspects = Vec::new();
            // Names of headers are the same in any case.
            let is_header = old.location == Location::Header && new.location == Location::Header;
            if old.name != new.name && !(is_header && old.name.eq_ignore_ascii_case(&new.name)) {
                let breaks = if old.location == Location::Path { NOBODY } else { WRITERS };
                aspects.push(Aspect::between(Kind::Renamed, &old.name, &new.name, breaks));
            }
            let told = (
                old.origin.is_some() || twins.old.origin.is_some(),
                new.origin.is_some() || twins.new.origin.is_some(),
            );
            let relation = self.relate(&old.ty, told.0, &new.ty, told.1);
            let travel = Travel { requests: true, responses: false };
            aspects.extend(relation.aspect(&old.ty.to_string(), &new.ty.to_string(), travel));
            match (old.required, new.required) {
                (false, true) => aspects.push(Aspect::new(Kind::RequiredInRequests, WRITERS)),
                (true, false) => aspects.push(Aspect::new(Kind::OptionalInRequests, NOBODY)),
                _ => {}
            }
            let sides = [(notation::parameter(old), old.place), (notation::parameter(new), new.place)];
            self.push_pair(Subject::Parameter, owner, &new.name, sides, aspects);
        }
    }

    fn request(&mut self, twins: Twins<'a>, owner: &str) {
        let Twins { old, new, is_told_apart } = twins;
        let side = |body: &Type, place| Side { text: body.to_string(), place };
        let item = "request";
        match (&old.request, &new.request) {
            (Some(before), Some(after)) => {
                let told = (old.origin.is_some(), new.origin.is_some());
                let relation = self.relate(before, told.0, after, told.1);
                let texts = (before.to_string(), after.to_string());
                let travel = Travel { requests: true, responses: false };
                let aspect = relation.aspect(&texts.0, &texts.1, travel);
                let sides = [(texts.0, old.place), (texts.1, new.place)];
                self.push_pair(Subject::Request, owner, item, sides, aspect.into_iter().collect());
            }
            // Pages seldom say that there is nothing to send.
            (Some(body), None) if !(is_told_apart && new.origin.is_some()) => {
                let aspect = Aspect::new(Kind::Removed, WRITERS);
                let change = Change::alone(Subject::Request, owner, item, side(body, old.place), aspect);
                self.found.changes.push(change);
            }
            (None, Some(body)) if !(is_told_apart && old.origin.is_some()) => {
                let aspect = Aspect::new(Kind::Added, WRITERS);
                let change = Change::alone(Subject::Request, owner, item, side(body, new.place), aspect);
                self.found.changes.push(change);
            }
            _ => {}
        }
    }

    fn responses(&mut self, twins: Twins<'a>, owner: &str) {
        let Twins { old, new, .. } = twins;
        let by_status = |operation: &'a Operation| -> BTreeMap<u16, &'a Response> {
            operation.responses.iter().rev().map(|response| (response.status, response)).collect()
        };
        let (before, after) = (by_status(old), by_status(new));
        // A page shows one answer of those that code has for a hundred, or for all others.
        let of_class = |status| new.response(status).filter(|_| twins.is_told_apart);
        let mut shown = BTreeSet::new();
        for (status, response) in &before {
            let item = response.status_key();
            let Some(other) = after.get(status).copied().or_else(|| of_class(*status)) else {
                let side = Side { text: notation::response(response), place: old.place };
                let aspect = Aspect::new(Kind::Removed, READERS);
                self.found.changes.push(Change::alone(Subject::Response, owner, &item, side, aspect));
                continue;
            };
            shown.insert(other.status);
            let told = (old.origin.is_some(), new.origin.is_some());
            let relation = match (&response.body, &other.body) {
                (None, None) => Relation::Same,
                (Some(before), Some(after)) => self.relate(before, told.0, after, told.1),
                // Pages seldom say what an answer is.
                _ if twins.is_told_apart => Relation::Same,
                (Some(_), None) => Relation::Differs { sent: true, read: false },
                (None, Some(_)) => Relation::Differs { sent: true, read: true },
            };
            let text =
                |response: &Response| response.body.as_ref().map_or("nothing".to_owned(), Type::to_string);
            let travel = Travel { requests: false, responses: true };
            let aspect = relation.aspect(&text(response), &text(other), travel);
            let sides = [(notation::response(response), old.place), (notation::response(other), new.place)];
            self.push_pair(Subject::Response, owner, &item, sides, aspect.into_iter().collect());
        }
        for response in after.values().filter(|response| !shown.contains(&response.status)) {
            let side = Side { text: notation::response(response), place: new.place };
            let aspect = Aspect::new(Kind::Added, NOBODY);
            let item = response.status_key();
            self.found.changes.push(Change::alone(Subject::Response, owner, &item, side, aspect));
        }
    }
}

/// Method, and segments of the path without the names of placeholders.
type Template = (String, Vec<String>);

fn template(operation: &Operation) -> Template {
    let path = Path::read(&operation.path);
    let segments = (0..path.segments()).map(|at| path.literal(at).map_or("{}".to_owned(), str::to_owned));
    (operation.method.clone(), segments.collect())
}

/// What two operations have in common if they are one.
type Key<'k> = &'k dyn Fn(&Operation) -> Option<Template>;

/// The new operation that each old one became: by method and template, by template whatever the case,
/// by the name of the operation.
fn partners(old: &[Operation], new: &[Operation]) -> Vec<Option<usize>> {
    let same = |operation: &Operation| Some(template(operation));
    let folded = |operation: &Operation| {
        let (method, segments) = template(operation);
        let fold = |segment: String| {
            if segment == "{}" { segment } else { identifier_key(&segment).into_owned() }
        };
        Some((method, segments.into_iter().map(fold).collect()))
    };
    let named = |operation: &Operation| {
        let key = identifier_key(&operation.name).into_owned();
        (!key.is_empty()).then(|| (key, Vec::new()))
    };
    let keys: [Key<'_>; 3] = [&same, &folded, &named];
    let mut partners = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for key in keys {
        let mut free = BTreeMap::new();
        for (at, operation) in new.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            if let Some(key) = key(operation) {
                free.entry(key).or_insert(at);
            }
        }
        for (operation, partner) in old.iter().zip(&mut partners).filter(|(_, one)| one.is_none()) {
            if let Some(at) = key(operation).and_then(|key| free.remove(&key)) {
                taken[at] = true;
                *partner = Some(at);
            }
        }
    }
    partners
}

/// The new parameter that each old one became: by name, else by its place in the path.
fn parameter_partners(twins: Twins<'_>) -> Vec<Option<usize>> {
    let (old_path, new_path) = (Path::read(&twins.old.path), Path::read(&twins.new.path));
    let place = |path: &Path, parameter: &Parameter| {
        let mut names = path.placeholders().into_iter();
        names.position(|name| name == parameter.name).filter(|_| parameter.location == Location::Path)
    };
    let key = |parameter: &Parameter| identifier_key(&parameter.name).into_owned();
    let mut partners = vec![None; twins.old.parameters.len()];
    match_up(
        &twins.old.parameters,
        &twins.new.parameters,
        &mut partners,
        &[
            &|old, new| old.location == new.location && old.name == new.name,
            &|old, new| old.location == new.location && key(old) == key(new),
            &|old, new| place(&old_path, old).is_some_and(|at| place(&new_path, new) == Some(at)),
        ],
    );
    partners
}
