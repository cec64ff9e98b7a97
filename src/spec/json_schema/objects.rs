//! Objects: their own properties, and those of everything they include.

use crate::hash::{HashMap, HashSet};
use crate::schema::{Additional, Format, Object, Property, Type};
use crate::spec::alternatives::merge;
use crate::spec::extensions;
use crate::spec::tree::{Identity, Kind, Node};

use super::keywords::{Keyword, Keywords, Rest};
use super::types::to_value;
use super::{Lower, UnheldKind};

/// A schema whose properties are being included.
pub struct Inclusion {
    pub schema: Identity,
    /// Whether it is one of several forms, rather than a part.
    pub is_form: bool,
}

impl<'a> Lower<'a> {
    /// Properties of a schema and of everything it includes.
    pub fn object(&mut self, keywords: &Keywords<'a>, depth: u32) -> Object {
        self.including.push(Inclusion { schema: keywords.node.identity(), is_form: false });
        let object = self.whole_object(keywords, depth);
        self.including.pop();
        object
    }

    fn whole_object(&mut self, keywords: &Keywords<'a>, depth: u32) -> Object {
        let mut out = Whole::default();
        // A part of `allOf` may require what another part describes.
        let parts = || keywords.get(Keyword::AllOf).into_iter().flat_map(Node::elements);
        let of_parts = parts().filter_map(|part| part.get("required"));
        let lists = of_parts.chain(keywords.get(Keyword::Required));
        let required: Vec<Node<'a>> = lists.flat_map(Node::elements).collect();
        let names: HashSet<_> = required.iter().filter_map(|name| name.text()).collect();

        if let Some(properties) = keywords.get(Keyword::Properties) {
            for member in properties.members() {
                let is_required = names.contains(&member.key());
                let property = self.property(member, is_required, depth);
                out.push(property);
            }
        }
        out.object.additional = self.additional(keywords, depth);
        if let Some(target) = keywords.reference().and_then(|reference| self.target(reference))
            && let Some(form) = self.included(target, false, depth + 1)
        {
            out.include(form);
        }
        for part in parts() {
            if let Some(form) = self.included(part, false, depth + 1) {
                out.include(form);
            }
        }
        for keyword in [Keyword::OneOf, Keyword::AnyOf] {
            if let Some(forms) = keywords.get(keyword) {
                self.include_forms(&mut out, forms, depth);
            }
        }
        let mut out = out.object;
        for property in out.properties.iter_mut().filter(|one| names.contains(one.name.as_str())) {
            property.required_in_request |= !property.read_only;
            property.required_in_response |= !property.write_only;
        }
        if self.including.len() == 1 && !required.is_empty() {
            add_undescribed(&mut out, &required);
        }
        out
    }

    /// Merges the forms of a `oneOf` or `anyOf` into the object they stand in.
    fn include_forms(&mut self, out: &mut Whole, forms: Node<'a>, depth: u32) {
        let targets: Vec<Node<'a>> = forms.elements().map(|form| self.chain_end(form)).collect();
        let targets: Vec<Node<'a>> = targets.into_iter().filter(|form| !self.is_null(*form)).collect();
        let leads_back = |target: &Node<'a>| {
            self.including.iter().rev().skip(1).any(|inclusion| inclusion.schema == target.identity())
        };
        // What includes this schema and is one of its forms is a kind of it: the other kinds are not included.
        if targets.iter().any(leads_back) {
            return;
        }
        if targets.iter().any(|form| form.get("required").is_some() && form.get("properties").is_none()) {
            self.unheld.count(UnheldKind::Key(Rest::Unheld), &forms.key(), forms);
        }
        let forms: Vec<Object> =
            targets.into_iter().filter_map(|form| self.included(form, true, depth + 1)).collect();
        out.include(merge(forms));
    }

    /// The object that a part of `allOf` or a form of `oneOf` stands for.
    fn included(&mut self, node: Node<'a>, is_form: bool, depth: u32) -> Option<Object> {
        if node.kind() != Kind::Object || !self.may_enter(node, depth) {
            return None;
        }
        let schema = node.identity();
        if let Some(at) = self.including.iter().position(|inclusion| inclusion.schema == schema) {
            if !is_form && !self.including[at..].iter().any(|inclusion| inclusion.is_form) {
                self.unheld.count(UnheldKind::IncludesItself, "", node);
            }
            return None;
        }
        let keywords = self.keywords(node);
        self.including.push(Inclusion { schema, is_form });
        let object = self.whole_object(&keywords, depth);
        self.including.pop();
        Some(object)
    }

    fn additional(&mut self, keywords: &Keywords<'a>, depth: u32) -> Additional {
        let further =
            keywords.get(Keyword::AdditionalProperties).or(keywords.get(Keyword::UnevaluatedProperties));
        // Keys by pattern are how generators write maps whose keys are numbers.
        let patterns = keywords.get(Keyword::PatternProperties);
        let mut by_pattern = patterns.into_iter().flat_map(Node::members);
        let (first, second) = (by_pattern.next(), by_pattern.next());
        if let Some(patterns) = patterns
            && (second.is_some() || keywords.has(Keyword::Properties))
        {
            self.unheld.count(UnheldKind::Key(Rest::Unheld), "patternProperties", patterns);
        }
        let first = if second.is_some() { None } else { first };
        match first.or(further).or(keywords.get(Keyword::Further)) {
            None if keywords.has(Keyword::KnownNames) => Additional::Denied,
            None if second.is_some() => Additional::Of(Box::new(Type::Any)),
            None => Additional::Unspecified,
            Some(value) if value.kind() == Kind::Bool(false) => Additional::Denied,
            Some(value) => Additional::Of(Box::new(self.apart(|lower| lower.element(value, depth + 1)))),
        }
    }

    fn property(&mut self, member: Node<'a>, is_required: bool, depth: u32) -> Property {
        let used = self.apart(|lower| lower.used(member, depth + 1));
        let (read_only, write_only) = (used.read_only, used.write_only);
        let (place, origin) = self.provenance(member, member.key_place());
        let mut property = Property {
            nullable: used.nullable,
            required_in_request: is_required && !read_only,
            required_in_response: is_required && !write_only,
            read_only,
            write_only,
            doc: member
                .get("description")
                .and_then(Node::text)
                .map_or_else(String::new, |doc| doc.trim().to_owned()),
            default: self.default_of(member),
            place,
            origin,
            ..Property::new(&member.key(), used.ty)
        };
        extensions::property(&mut property, member);
        property
    }

    /// What a property or parameter is if it is not given: as it says itself, or the schema that it only refers to.
    pub fn default_of(&mut self, node: Node<'a>) -> Option<serde_json::Value> {
        let own = node.get("default");
        let found = own.or_else(|| self.chain_end(node).get("default"))?;
        Some(to_value(found, 0)).filter(|value| !value.is_null())
    }

    /// Lowers something that an object holds: it includes nothing yet.
    fn apart<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::take(&mut self.including);
        let out = lower(self);
        self.including = outer;
        out
    }
}

/// Adds what an object must have and nobody describes.
fn add_undescribed(object: &mut Object, required: &[Node<'_>]) {
    let known: HashSet<String> = object.properties.iter().map(|property| property.name.clone()).collect();
    let mut new: HashSet<String> = HashSet::default();
    for node in required {
        let Some(name) = node.text() else { continue };
        if !known.contains(name.as_ref()) && new.insert(name.to_string()) {
            let place = Some(node.place());
            object.properties.push(Property { place, ..Property::required(&name, Type::Any) });
        }
    }
}

/// An object that is put together.
#[derive(Default)]
struct Whole {
    object: Object,
    /// Positions of its properties by name; the last of each.
    known: HashMap<String, usize>,
}

impl Whole {
    fn push(&mut self, property: Property) {
        self.known.insert(property.name.clone(), self.object.properties.len());
        self.object.properties.push(property);
    }

    /// Adds what `allOf` or a merged `oneOf` brings; what is there already is only made more precise.
    fn include(&mut self, other: Object) {
        if let (Additional::Unspecified, Additional::Of(_)) = (&self.object.additional, &other.additional) {
            self.object.additional = other.additional;
        }
        for property in other.properties {
            match self.known.get(&property.name).and_then(|at| self.object.properties.get_mut(*at)) {
                Some(known) => refine(known, property),
                None => self.push(property),
            }
        }
    }
}

/// Both hold.
fn refine(property: &mut Property, other: Property) {
    let is_vague = |ty: &Type| matches!(ty, Type::Any | Type::String(Format::Plain));
    if property.ty == Type::Any {
        property.nullable = other.nullable;
    } else if other.ty != Type::Any {
        property.nullable &= other.nullable;
    }
    if is_vague(&property.ty) && other.ty != Type::Any {
        property.ty = other.ty;
    }
    property.read_only |= other.read_only;
    property.write_only |= other.write_only;
    property.required_in_request |= other.required_in_request;
    property.required_in_response |= other.required_in_response;
    property.required_in_request &= !property.read_only;
    property.required_in_response &= !property.write_only;
    if property.doc.is_empty() {
        property.doc = other.doc;
    }
    property.default = property.default.take().or(other.default);
}
