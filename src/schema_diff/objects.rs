//! Properties of two objects.

use super::Differ;
use super::change::{Aspect, Breaks, Change, Kind, Order, Orders, Side, Subject};
use super::notation;
use super::pair::LARGEST;
use super::travel::Travel;
use crate::alignment::{Alignment, Evidence};
use crate::compare::align::{Terms, align};
use crate::compare::items::of_properties;
use crate::compare::names::BAR;
use crate::compare::spelling::likeness;
use crate::hash::HashSet;
use crate::schema::{Additional, Object, Property, Type};

/// How far the order of properties tells which is which: it is easily changed, and yet it seldom is.
const ORDER: f32 = 0.5;

/// Objects without a name nest no deeper.
const DEEPEST: usize = 16;

/// Evidence that two names are one.
const SURE: Evidence = Evidence::EXACT.with(Evidence::CASE).with(Evidence::GLOSS);

/// From how much likeness on, of letters or of words, two names are one that was changed. Order and type
/// alone tell where a translated row belongs, but not that a property was renamed.
const ALIKE: f64 = 0.6;

/// Whose properties are compared.
#[derive(Clone, Copy)]
pub struct Owner<'o> {
    /// The type.
    pub name: &'o str,
    /// The property that holds the object, with a full stop; empty for the type itself.
    pub path: &'o str,
    pub travel: Travel,
    /// Whether the old, and whether the new object is documentation.
    pub docs: (bool, bool),
}

/// What one side cannot say.
#[derive(Clone, Copy)]
struct Silence {
    /// One side is documentation, the other is not.
    is_told_apart: bool,
    /// One side never says that something is required in requests.
    required: bool,
}

impl<'a> Differ<'a> {
    /// Whether other keys came or went as a whole. Documentation does not say.
    pub(super) fn additional(
        &self,
        old: &Object,
        new: &Object,
        travel: Travel,
        is_told_apart: bool,
    ) -> Option<Aspect> {
        let closed = (old.additional == Additional::Denied, new.additional == Additional::Denied);
        match closed {
            _ if is_told_apart => None,
            (false, true) => {
                Some(Aspect::new(Kind::Closed, travel.bound(Breaks { readers: false, writers: true })))
            }
            (true, false) => {
                Some(Aspect::new(Kind::Opened, travel.bound(Breaks { readers: true, writers: false })))
            }
            _ => {
                let (before, after) = (further(old)?, further(new)?);
                let texts = (format!("map<{before}>"), format!("map<{after}>"));
                self.relate(before, false, after, false).aspect(&texts.0, &texts.1, travel)
            }
        }
    }

    /// Properties that came, went or changed.
    pub(super) fn objects(&mut self, owner: &Owner<'_>, old: &'a Object, new: &'a Object) {
        let partners = self.partners(old, new);
        let (old_is_docs, new_is_docs) = owner.docs;
        let is_silent = |object: &Object, is_docs| {
            is_docs && !object.properties.iter().any(|one| one.required_in_request)
        };
        let is_told_apart = old_is_docs != new_is_docs;
        let silence = Silence {
            is_told_apart,
            required: is_told_apart && (is_silent(old, old_is_docs) || is_silent(new, new_is_docs)),
        };
        let orders = Orders::new(&partners, new.properties.len());
        let mut taken = vec![false; new.properties.len()];
        for (at, (property, partner)) in old.properties.iter().zip(&partners).enumerate() {
            if let Some((partner, other)) = partner.and_then(|at| Some((at, new.properties.get(at)?))) {
                taken[partner] = true;
                self.properties(owner, property, other, silence, Orders::pair(at, partner));
            } else {
                let breaks = Breaks { readers: !property.write_only, writers: !property.read_only };
                let aspect = Aspect::new(Kind::Removed, owner.travel.bound(breaks));
                self.push_property(owner, property, aspect, orders.removed(at));
            }
        }
        for (at, property) in new.properties.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            // Who expects other keys to hold something else does not expect this one.
            let is_expected =
                silence.is_told_apart || further(old).is_some_and(|ty| self.is_one(property, ty));
            let breaks = Breaks {
                readers: !is_expected && !property.write_only,
                writers: property.required_in_request && !property.read_only && !silence.required,
            };
            let aspect = Aspect::new(Kind::Added, owner.travel.bound(breaks));
            self.push_property(owner, property, aspect, orders.added(at));
        }
    }

    fn push_property(&mut self, owner: &Owner<'_>, property: &Property, aspect: Aspect, order: Order) {
        let item = format!("{}{}", owner.path, property.name);
        let change = Change::alone(Subject::Property, owner.name, &item, side(property), aspect);
        self.found.changes.push(Change { order, ..change });
    }

    fn properties(
        &mut self,
        owner: &Owner<'_>,
        old: &'a Property,
        new: &'a Property,
        silence: Silence,
        order: Order,
    ) {
        let travel = Travel {
            requests: owner.travel.requests && !(old.read_only && new.read_only),
            responses: owner.travel.responses && !(old.write_only && new.write_only),
        };
        let mut aspects = names(old, new, silence);
        let depth = owner.path.bytes().filter(|b| *b == b'.').count();
        let inner = inner_objects(&old.ty, &new.ty).filter(|_| depth < DEEPEST);
        if let Some((before, after)) = inner {
            aspects.extend(self.additional(before, after, Travel::BOTH, silence.is_told_apart));
        } else {
            let relation = self.relate_apart_from_null(&old.ty, owner.docs.0, &new.ty, owner.docs.1);
            if silence.is_told_apart {
                self.spell_out(&old.ty, &new.ty, relation);
            }
            let texts = (old.ty.to_string(), new.ty.to_string());
            aspects.extend(relation.aspect(&texts.0, &texts.1, Travel::BOTH));
        }
        contracts(old, new, silence, &mut aspects);
        for aspect in &mut aspects {
            aspect.breaks = travel.bound(aspect.breaks);
        }
        let item = format!("{}{}", owner.path, new.name);
        if !aspects.is_empty() {
            self.found.changes.push(Change {
                subject: Subject::Property,
                owner: owner.name.to_owned(),
                item: item.clone(),
                before: Some(side(old)),
                after: Some(side(new)),
                aspects,
                order,
            });
        }
        if let Some((before, after)) = inner {
            let from = self.found.changes.len();
            let inner = Owner { path: &format!("{item}."), travel, ..*owner };
            self.objects(&inner, before, after);
            // All parts of a property stand where it does, in their own order: sorting is stable.
            self.found.changes[from..].sort_by_key(|change| change.order[0]);
            self.found.changes[from..].iter_mut().for_each(|change| change.order = order);
        }
    }

    /// Whether two names are spelled alike, or made of the same words.
    fn is_alike(&self, old: &str, new: &str) -> bool {
        if likeness(old, new, 1.2 * ALIKE).is_some() {
            return true;
        }
        let (before, after) = (self.words(true, old), self.words(false, new));
        let shared = before.iter().filter(|word| after.contains(word)).count() as f64;
        // Words of another language stand for several.
        let count = match (self.languages.before, self.languages.after) {
            (None, None) => (before.len() + after.len()) as f64 / 2.0,
            (Some(_), None) => after.len() as f64,
            (None, Some(_)) => before.len() as f64,
            (Some(_), Some(_)) => before.len().min(after.len()) as f64,
        };
        shared > 0.0 && shared >= ALIKE * count
    }

    /// The new property that each old one became.
    fn partners(&self, old: &'a Object, new: &'a Object) -> Vec<Option<usize>> {
        // The engine reads left names in any language and right ones in English.
        let is_turned = self.languages.after.is_some() && self.languages.before.is_none();
        let (left, right) = if is_turned { (new, old) } else { (old, new) };
        let (left_schema, right_schema) = if is_turned { (self.new, self.old) } else { (self.old, self.new) };
        let words = |name: &str| self.words(!is_turned, name);
        // Renamed ones are not looked for where the work would grow with the product of both.
        let names: HashSet<&str> = new.properties.iter().map(|property| property.name.as_str()).collect();
        let shared = old.properties.iter().filter(|property| names.contains(property.name.as_str())).count();
        let alone = old.properties.len().saturating_sub(shared) * new.properties.len().saturating_sub(shared);
        let alignment = if alone > LARGEST {
            Alignment::default()
        } else {
            align(
                &of_properties(left_schema, &left.properties),
                &of_properties(right_schema, &right.properties),
                &Terms { order: ORDER, words: &words },
            )
        };
        let mut partners = vec![None; old.properties.len()];
        let mut taken = vec![false; new.properties.len()];
        for pair in alignment.pairs.iter().filter(|pair| pair.confidence >= BAR) {
            let (left, right) = (pair.left as usize, pair.right as usize);
            let (at, partner) = if is_turned { (right, left) } else { (left, right) };
            let names = (&*old.properties[at].name, &*new.properties[partner].name);
            if !pair.evidence.any(SURE) && !self.is_alike(names.0, names.1) {
                continue;
            }
            partners[at] = Some(partner);
            taken[partner] = true;
        }
        for (at, property) in old.properties.iter().enumerate() {
            if partners[at].is_some() {
                continue;
            }
            let knows =
                |other: &Property| other.answers_to(&property.name) || property.answers_to(&other.name);
            let mut others = new.properties.iter().enumerate();
            if let Some((partner, _)) = others.find(|(other, one)| !taken[*other] && knows(one)) {
                partners[at] = Some(partner);
                taken[partner] = true;
            }
        }
        partners
    }
}

fn side(property: &Property) -> Side {
    Side { text: notation::property(property), place: property.place }
}

/// What keys hold that are not listed; `None` if there are none.
fn further(object: &Object) -> Option<&Type> {
    match &object.additional {
        Additional::Unspecified => Some(&Type::Any),
        Additional::Denied => None,
        Additional::Of(ty) => Some(ty),
    }
}

/// Whether a request may call the property so.
fn takes(property: &Property, name: &str) -> bool {
    property.request_name.as_ref().unwrap_or(&property.name) == name
        || property.aliases.iter().any(|alias| alias == name)
}

/// Names on the wire.
fn names(old: &Property, new: &Property, silence: Silence) -> Vec<Aspect> {
    let mut aspects = Vec::new();
    let sent = old.request_name.as_ref().unwrap_or(&old.name);
    if old.name != new.name {
        let breaks = Breaks { readers: true, writers: !takes(new, sent) };
        aspects.push(Aspect::between(Kind::Renamed, &old.name, &new.name, breaks));
    }
    if silence.is_told_apart {
        return aspects;
    }
    if old.request_name != new.request_name {
        let now = new.request_name.as_ref().unwrap_or(&new.name);
        let breaks = Breaks { readers: false, writers: !takes(new, sent) };
        aspects.push(Aspect::between(Kind::RenamedInRequests, sent, now, breaks));
    }
    for alias in old.aliases.iter().filter(|alias| !takes(new, alias)) {
        let breaks = Breaks { readers: false, writers: true };
        let before = Some(alias.clone());
        aspects.push(Aspect { before, ..Aspect::new(Kind::AliasRemoved, breaks) });
    }
    for alias in new.aliases.iter().filter(|alias| !takes(old, alias)) {
        let after = Some(alias.clone());
        aspects.push(Aspect { after, ..Aspect::new(Kind::AliasAdded, Breaks::default()) });
    }
    aspects
}

/// Null, and which messages carry it.
fn contracts(old: &Property, new: &Property, silence: Silence, aspects: &mut Vec<Aspect>) {
    let readers = Breaks { readers: true, writers: false };
    let writers = Breaks { readers: false, writers: true };
    let mut mark = |was: bool, is: bool, on: (Kind, Breaks), off: (Kind, Breaks)| {
        let (kind, breaks) = if is { on } else { off };
        if was != is {
            aspects.push(Aspect::new(kind, breaks));
        }
    };
    let nobody = Breaks::default();
    // Pages that do not say that something is required need not mean that it may be left out.
    let is_silent = |one: &Property| one.origin.as_ref().is_some_and(|origin| !origin.says_optional);
    let is_unsaid = |one: &Property| !one.required_in_request && is_silent(one);
    if !silence.is_told_apart || !is_unsaid(old) && !is_unsaid(new) {
        mark(
            old.required_in_request,
            new.required_in_request,
            (Kind::RequiredInRequests, writers),
            (Kind::OptionalInRequests, nobody),
        );
    }
    if silence.is_told_apart {
        return;
    }
    mark(or_null(old), or_null(new), (Kind::Nullable, readers), (Kind::NotNullable, writers));
    mark(
        old.required_in_response,
        new.required_in_response,
        (Kind::RequiredInResponses, nobody),
        (Kind::OptionalInResponses, readers),
    );
    mark(old.read_only, new.read_only, (Kind::OnlyInResponses, writers), (Kind::AlsoInRequests, nobody));
    mark(old.write_only, new.write_only, (Kind::OnlyInRequests, readers), (Kind::AlsoInResponses, nobody));
}

fn or_null(property: &Property) -> bool {
    property.nullable || property.ty.alternatives(&mut Vec::new())
}

/// The objects without a name that two types hold in the same way.
fn inner_objects<'a>(old: &'a Type, new: &'a Type) -> Option<(&'a Object, &'a Object)> {
    match (old, new) {
        (Type::Object(old), Type::Object(new)) => Some((old, new)),
        (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => inner_objects(old, new),
        _ => None,
    }
}
