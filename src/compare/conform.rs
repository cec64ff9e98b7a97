//! A JSON tree against a type: every departure, with its node.
//!
//! Elisions and placeholders are respected: nothing is missing from an object that says `...`, and
//! `<token>` may stand for any value.

use crate::compare::formats;
use crate::compare::spelling::likeness;
use crate::comparison::{Mismatch, MismatchKind};
use crate::finding::Site;
use crate::json::{Json, NodeId, NodeKind};
use crate::schema::{Additional, Enum, Member, Object, Property, Resolved, Schema, Shape, Type};
use crate::text::Place;

/// Which of a type's two contracts an example is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// What a client may send.
    Request,
    /// What the server answers.
    Response,
}

/// Types nested deeper than this are not followed; the JSON reader stops earlier.
const DEPTH: usize = 160;

/// Values held against types in all: alternatives within alternatives multiply. What comes later is taken to fit.
const FUEL: usize = 1 << 18;

/// Compares `root` with `of`.
pub fn conform<'a>(
    schema: &'a Schema,
    contract: Contract,
    text: &str,
    json: &Json,
    root: NodeId,
    of: Resolved<'a>,
) -> Vec<Mismatch<'a>> {
    let mut walk = Walk {
        schema,
        contract,
        text,
        json,
        mismatches: Vec::new(),
        path: String::new(),
        depth: 0,
        fuel: FUEL,
    };
    walk.resolved(root, of, None);
    walk.mismatches
}

struct Walk<'a, 't> {
    schema: &'a Schema,
    contract: Contract,
    text: &'t str,
    json: &'t Json,
    mismatches: Vec<Mismatch<'a>>,
    path: String,
    depth: usize,
    fuel: usize,
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, node: NodeId, ty: &'a Type, nullable: bool, declared: Option<Place>) {
        let kind = self.json.node(node).kind;
        if matches!(kind, NodeKind::Elision | NodeKind::Placeholder | NodeKind::Error) || self.depth >= DEPTH
        {
            return;
        }
        if kind == NodeKind::Null && nullable {
            return;
        }
        self.resolved(node, self.schema.resolve(ty), declared);
    }

    fn resolved(&mut self, node: NodeId, of: Resolved<'a>, declared: Option<Place>) {
        if self.fuel == 0 {
            return;
        }
        self.fuel -= 1;
        self.depth += 1;
        match of {
            Resolved::Def(def) => match &def.shape {
                Shape::Object(object) => {
                    // Paths start anew at each named type: `CartLineItem.quantity`, however deep.
                    let outer = std::mem::replace(&mut self.path, def.name.clone());
                    self.object(node, of, object, declared);
                    self.path = outer;
                }
                Shape::Enum(set) => self.member(node, of, set, declared),
                Shape::Alias(_) => {}
            },
            Resolved::Type(ty) => self.plain(node, ty, declared),
        }
        self.depth -= 1;
    }

    fn plain(&mut self, node: NodeId, ty: &'a Type, declared: Option<Place>) {
        let kind = self.json.node(node).kind;
        let fits = match ty {
            Type::Any | Type::Named(_) => true,
            Type::Null => kind == NodeKind::Null,
            Type::Boolean => matches!(kind, NodeKind::Bool(_)),
            Type::Integer => kind == NodeKind::Number && is_whole(self.json.node(node).span.of(self.text)),
            Type::Number => kind == NodeKind::Number,
            Type::String(format) => {
                if kind == NodeKind::String && !formats::matches(*format, &self.json.string(self.text, node))
                {
                    self.report(node, MismatchKind::WrongFormat(*format), declared);
                }
                kind == NodeKind::String
            }
            Type::Constant(value) => {
                if kind == NodeKind::String && self.json.string(self.text, node) != value.as_str() {
                    let kind = MismatchKind::WrongValue { allowed: vec![value], nearest: Some(value) };
                    self.report(node, kind, declared);
                }
                kind == NodeKind::String
            }
            Type::Array(element) => {
                if kind == NodeKind::Array {
                    let children: Vec<NodeId> = self.json.children(node).collect();
                    for child in children {
                        self.value(child, element, false, declared);
                    }
                }
                kind == NodeKind::Array
            }
            Type::Tuple(elements) => {
                let children: Vec<NodeId> = self.json.children(node).collect();
                let fits = kind == NodeKind::Array
                    && (children.len() == elements.len() || self.json.is_elided(node));
                if fits {
                    for (child, element) in children.into_iter().zip(elements) {
                        self.value(child, element, false, declared);
                    }
                }
                fits
            }
            Type::Map(value) => {
                if kind == NodeKind::Object {
                    let children: Vec<NodeId> = self.json.children(node).collect();
                    for child in children {
                        self.value(child, value, false, declared);
                    }
                }
                kind == NodeKind::Object
            }
            Type::Object(object) => {
                self.object(node, Resolved::Type(ty), object, declared);
                return;
            }
            Type::OneOf(choices) => {
                self.one_of(node, ty, choices, declared);
                return;
            }
        };
        if !fits {
            self.report(node, MismatchKind::WrongType(Resolved::Type(ty)), declared);
        }
    }

    fn member(&mut self, node: NodeId, of: Resolved<'a>, set: &'a Enum, declared: Option<Place>) {
        let kind = self.json.node(node).kind;
        let value = self.json.string(self.text, node);
        let is_number = |member: &Member| member.is_number();
        let (fits, is_known) = match kind {
            NodeKind::String => {
                let mut words = set.members.iter().filter(|member| !is_number(member));
                let is_known = |m: &Member| m.value == value || m.aliases.iter().any(|alias| *alias == value);
                (set.members.is_empty() || words.clone().next().is_some(), words.any(is_known))
            }
            // Some services send the number that code gives a word.
            NodeKind::Number if is_whole(&value) => {
                let number = value.parse::<f64>().ok();
                let mut numbers = set.members.iter().filter_map(|member| member.number);
                let is_known = |known: i64| Some(known as f64) == number;
                (numbers.clone().next().is_some(), numbers.any(is_known))
            }
            _ => (false, false),
        };
        if !fits {
            self.report(node, MismatchKind::WrongType(of), declared);
        } else if !is_known && !set.open {
            let allowed: Vec<&str> = set.members.iter().map(|member| member.value.as_str()).collect();
            let nearest = (kind == NodeKind::String).then(|| nearest_member(set, &value)).flatten();
            self.report(node, MismatchKind::WrongValue { allowed, nearest }, declared);
        }
    }

    /// One of words that have no name in common: which there are says more than how it differs from one of them.
    fn words(&mut self, node: NodeId, choices: &'a [Type], declared: Option<Place>) -> bool {
        let word = |ty: &'a Type| if let Type::Constant(word) = ty { Some(word.as_str()) } else { None };
        let words: Vec<&str> = choices.iter().filter_map(word).collect();
        let is_other = |ty: &Type| !matches!(ty, Type::Constant(_) | Type::Null);
        if words.len() < 2 || choices.iter().any(is_other) || self.json.node(node).kind != NodeKind::String {
            return false;
        }
        let value = self.json.string(self.text, node);
        if !words.contains(&&*value) {
            let key = crate::fold::identifier_key(&value);
            let same = words.iter().copied().find(|word| crate::fold::identifier_key(word) == key);
            let nearest = same.or_else(|| nearest(words.iter().copied(), &value));
            self.report(node, MismatchKind::WrongValue { allowed: words, nearest }, declared);
        }
        true
    }

    fn one_of(&mut self, node: NodeId, ty: &'a Type, choices: &'a [Type], declared: Option<Place>) {
        if self.words(node, choices, declared) {
            return;
        }
        let before = self.mismatches.len();
        let mut fewest: Option<Vec<Mismatch<'a>>> = None;
        for choice in choices {
            self.value(node, choice, false, declared);
            let found = self.mismatches.split_off(before);
            if found.is_empty() {
                return;
            }
            if fewest.as_ref().is_none_or(|other| found.len() < other.len()) {
                fewest = Some(found);
            }
        }
        match fewest {
            // One choice comes close: its departures say more than "none of these".
            Some(found)
                if !found.iter().any(|m| m.node == node && matches!(m.kind, MismatchKind::WrongType(_))) =>
            {
                self.mismatches.extend(found);
            }
            // None of them, or there are none to choose from.
            _ => self.report(node, MismatchKind::WrongType(Resolved::Type(ty)), declared),
        }
    }

    fn object(&mut self, node: NodeId, of: Resolved<'a>, object: &'a Object, declared: Option<Place>) {
        if self.json.node(node).kind != NodeKind::Object {
            self.report(node, MismatchKind::WrongType(of), declared);
            return;
        }
        let members: Vec<NodeId> = self.json.children(node).collect();
        let mut present: Vec<&str> = Vec::with_capacity(members.len());
        let mut unknown = Vec::new();
        let mut elided = self.json.is_elided(node);
        for member in members {
            if self.json.node(member).key.is_empty() {
                // What a broken place left: nobody knows what else was there.
                elided = true;
                continue;
            }
            let key = self.json.key(self.text, member);
            match object.properties.iter().find(|property| property.answers_to(&key)) {
                // `@odata.type`, `value@type`: annotations that any object may have.
                None if key.contains('@') => {}
                Some(property) => {
                    present.push(&property.name);
                    let outer = self.path.len();
                    self.path.push('.');
                    self.path.push_str(&property.name);
                    self.value(member, &property.ty, property.nullable, property.place);
                    self.path.truncate(outer);
                }
                None => unknown.push(member),
            }
        }
        for member in unknown {
            match &object.additional {
                Additional::Of(ty) => self.value(member, ty, false, declared),
                // A key that was meant to be a property is not absent as well.
                Additional::Denied | Additional::Unspecified => {
                    present.extend(self.unknown(member, object, &present));
                }
            }
        }
        if !elided {
            self.missing(node, object, &present);
        }
    }

    /// Reports a key that the object lacks; the property it was probably meant to be.
    fn unknown(&mut self, member: NodeId, object: &'a Object, present: &[&str]) -> Option<&'a str> {
        let key = self.json.key(self.text, member).into_owned();
        let free = object.properties.iter().filter(|property| !present.contains(&property.name.as_str()));
        let nearest = nearest(free.map(|property| property.name.as_str()), &key);
        let outer = self.path.len();
        self.path.push('.');
        self.path.push_str(&key);
        let place = nearest.and_then(|name| object.property(name)).and_then(|property| property.place);
        self.report(member, MismatchKind::UnknownField { nearest }, place);
        self.path.truncate(outer);
        nearest
    }

    fn missing(&mut self, node: NodeId, object: &'a Object, present: &[&str]) {
        for property in &object.properties {
            let required = match self.contract {
                Contract::Request => property.required_in_request,
                Contract::Response => property.required_in_response,
            };
            if required && !present.contains(&property.name.as_str()) {
                let outer = self.path.len();
                self.path.push('.');
                self.path.push_str(&property.name);
                self.report(node, MismatchKind::MissingField(property), property.place);
                self.path.truncate(outer);
            }
        }
    }

    fn report(&mut self, node: NodeId, kind: MismatchKind<'a>, declared: Option<Place>) {
        self.mismatches.push(Mismatch {
            node,
            path: self.path.clone(),
            kind,
            site: declared.map(Site::Spec),
        });
    }
}

/// The member that differs from `value` in case, separators or its declared name only, or by spelling.
pub fn nearest_member<'a>(set: &'a Enum, value: &str) -> Option<&'a str> {
    let key = crate::fold::identifier_key(value);
    let same = set.members.iter().find(|member| {
        crate::fold::identifier_key(&member.value) == key
            || crate::fold::identifier_key(&member.declared) == key
    });
    same.map(|member| member.value.as_str())
        .or_else(|| nearest(set.members.iter().map(|member| member.value.as_str()), value))
}

/// The one name that is spelled like `word`, if there is one.
pub fn nearest<'a>(names: impl Iterator<Item = &'a str>, word: &str) -> Option<&'a str> {
    const BAR: f64 = 0.72;
    if word.len() > 128 {
        return None;
    }
    names
        .filter_map(|name| Some((likeness(name, word, BAR)?, name)))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// A JSON number without fraction, as integers are written.
fn is_whole(number: &str) -> bool {
    match number.split_once(['.', 'e', 'E']) {
        None => true,
        Some(_) => number.parse::<f64>().is_ok_and(|value| value.fract() == 0.0),
    }
}

/// The property behind a canonical path, for those who need more than its place.
pub fn property<'a>(schema: &'a Schema, path: &str) -> Option<&'a Property> {
    let (owner, name) = path.split_once('.')?;
    match &schema.get(owner)?.shape {
        Shape::Object(object) => object.property(name),
        _ => None,
    }
}
