//! The work list: which types are lowered, under which name, with which arguments.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use syn::LitStr;
use syn::spanned::Spanned;

use crate::hash::{HashMap, HashSet};
use crate::schema::{Additional, Object, Shape, SpecFile, Type, TypeDef};
use crate::spec::alternatives;
use crate::text::{Place, Span};

use super::attributes::{Attributes, Flag, PerDirection};
use super::declarations::{Body, ConstantId, Declaration, Declarations, Generic, ModuleId, TypeId};
use super::fields::FieldRules;
use super::items::Origin;
use super::operations::Value;
use super::types::Used;
use crate::spec::notes::Notes;

/// How many `flatten`s may lead into each other.
const DEEPEST_FLATTEN: usize = 32;

/// Type expressions lowered before the rest is taken for anything, on top of one a byte of source:
/// aliases that double each other grow without bound.
const FUEL: usize = 1 << 16;

/// Lowers declarations into types.
pub struct Reader<'a> {
    pub files: &'a [SpecFile],
    pub declarations: &'a Declarations,
    pub notes: &'a mut Notes,
    /// Type expressions that may still be lowered.
    pub fuel: usize,
    /// Constants parsed so far.
    pub values: HashMap<ConstantId, Option<Rc<Value>>>,
    types: BTreeMap<String, TypeDef>,
    instances: HashMap<String, Instance>,
    queue: VecDeque<String>,
    in_progress: HashSet<String>,
}

/// A declaration with its arguments.
#[derive(Debug, Clone)]
struct Instance {
    id: TypeId,
    arguments: Vec<Used>,
}

/// Where a type expression stands, and what the type parameters there stand for.
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    pub origin: Origin,
    pub module: ModuleId,
    pub generics: &'s [Generic],
    pub arguments: &'s [Used],
    /// The schema name of the type being lowered.
    pub name: &'s str,
    /// How many aliases lead here.
    pub depth: u32,
}

impl<'s> Scope<'s> {
    /// Inside a declaration.
    pub fn of(declaration: &'s Declaration, arguments: &'s [Used], name: &'s str, depth: u32) -> Self {
        let Declaration { origin, module, generics, .. } = declaration;
        Self { origin: *origin, module: *module, generics, arguments, name, depth }
    }

    /// The bytes of a node of the syntax tree.
    pub fn place(&self, node: &impl Spanned) -> Place {
        self.origin.place(node.span())
    }
}

impl<'a> Reader<'a> {
    pub fn new(
        files: &'a [SpecFile],
        which: &[usize],
        declarations: &'a Declarations,
        notes: &'a mut Notes,
    ) -> Self {
        let bytes: usize = which.iter().filter_map(|at| files.get(*at)).map(|file| file.text.len()).sum();
        Self {
            files,
            declarations,
            notes,
            fuel: FUEL + bytes,
            values: HashMap::default(),
            types: BTreeMap::new(),
            instances: HashMap::default(),
            queue: VecDeque::new(),
            in_progress: HashSet::default(),
        }
    }

    /// Puts every type that counts on the list: all with serde, or all public ones if there are none.
    pub fn roots(&mut self) {
        let declarations = self.declarations;
        let any = declarations.types.iter().any(Declaration::derives_serde);
        for (at, declaration) in declarations.types.iter().enumerate() {
            let counts = declaration.derives_serde() || declarations.is_hand_written(declaration);
            let is_root = if any { counts } else { counts || declaration.is_public };
            let is_data = !matches!(declaration.body, Body::Alias(_)) && !is_inline(declaration);
            let is_complete =
                declaration.generics.iter().all(|generic| !generic.is_constant && generic.default.is_some());
            if is_root && is_data && is_complete {
                let arguments = self.fill_arguments(TypeId(at), Vec::new());
                self.instance(TypeId(at), arguments);
            }
        }
    }

    /// Lowers what is left on the list and gives all types.
    pub fn finish(mut self) -> BTreeMap<String, TypeDef> {
        while let Some(name) = self.queue.pop_front() {
            self.lower(&name);
        }
        self.types
    }

    /// The name of a declaration with arguments; it is put on the list when it is new.
    pub fn instance(&mut self, id: TypeId, arguments: Vec<Used>) -> String {
        let declaration = self.declarations.get(id);
        let mut name = declaration.name.clone();
        let has_defaults = arguments.is_empty() || self.fill_arguments(id, Vec::new()) == arguments;
        if !has_defaults {
            let list: Vec<_> = arguments.iter().map(Used::to_string).collect();
            name = format!("{name}<{}>", list.join(", "));
        }
        if !self.instances.contains_key(&name) {
            self.instances.insert(name.clone(), Instance { id, arguments });
            self.queue.push_back(name.clone());
        }
        name
    }

    /// The arguments given, completed by the parameters' defaults.
    pub fn fill_arguments(&mut self, id: TypeId, mut given: Vec<Used>) -> Vec<Used> {
        let declaration = self.declarations.get(id);
        given.truncate(declaration.generics.len());
        for generic in &declaration.generics[given.len()..] {
            let default = generic.default.as_ref().map(|default| {
                let scope = Scope::of(declaration, &given, &declaration.name, 0);
                self.used(default, &scope)
            });
            given.push(default.unwrap_or(Used::ANY));
        }
        given
    }

    /// Lowers the type of that name, if that has not been done. `false` if it is being lowered just now.
    fn lower(&mut self, name: &str) -> bool {
        if self.types.contains_key(name) {
            return true;
        }
        let Some(Instance { id, arguments }) = self.instances.get(name).cloned() else { return false };
        if !self.in_progress.insert(name.to_owned()) {
            return false;
        }
        let declaration = self.declarations.get(id);
        let scope = Scope::of(declaration, &arguments, name, 0);
        let shape = self.shape(declaration, &scope);
        let doc = declaration.attributes.doc.clone();
        let def = TypeDef { name: name.to_owned(), doc, shape, place: Some(declaration.place), origin: None };
        self.in_progress.remove(name);
        self.types.insert(name.to_owned(), def);
        true
    }

    fn shape(&mut self, declaration: &Declaration, scope: &Scope) -> Shape {
        let attributes = &declaration.attributes;
        if self.declarations.is_hand_written(declaration) {
            let message =
                format!("`{}` has its serde impl written by hand: its form is not known", scope.name);
            self.notes.add(declaration.place, message);
            return Shape::Alias(Type::Any);
        }
        if let Some(described) = &attributes.described_as {
            return Shape::Alias(self.element(described, scope));
        }
        if let Some(shape) = self.converted(declaration, scope) {
            return shape;
        }
        match &declaration.body {
            Body::Alias(ty) => Shape::Alias(self.element(ty, scope)),
            Body::Enum(variants) => self.enumeration(variants, attributes, scope),
            Body::Struct(fields) => match self.sole_field(declaration) {
                Some(field) => {
                    let read = self.attributes(&field.attrs, declaration.origin);
                    let used = self.field_type(field, &read, scope);
                    let format = attributes.format.or(read.format);
                    Shape::Alias(used.with_format(format).into_element())
                }
                None => self.fields(fields, declaration, scope),
            },
        }
    }

    /// `from`, `try_from` and `into`: another type goes over the wire.
    fn converted(&mut self, declaration: &Declaration, scope: &Scope) -> Option<Shape> {
        let attributes = &declaration.attributes;
        let PerDirection { serialize: into, deserialize: from } = &attributes.converted;
        let into = into.as_ref().map(|ty| self.element(ty, scope));
        let from = from.as_ref().map(|ty| self.element(ty, scope));
        let in_both = attributes.has(Flag::DerivesSerialize)
            && attributes.has(Flag::DerivesDeserialize)
            && into != from;
        if in_both {
            let message = format!("`{}` has another form in requests than in answers", scope.name);
            self.notes.add(declaration.place, format!("{message}; the answers' form is used"));
        }
        match (into, from) {
            (Some(ty), _) => Some(Shape::Alias(ty)),
            // Its own form is what answers carry.
            (None, Some(_)) if attributes.has(Flag::DerivesSerialize) => None,
            (None, from) => from.map(Shape::Alias),
        }
    }

    fn fields(&mut self, fields: &syn::Fields, declaration: &Declaration, scope: &Scope) -> Shape {
        match fields {
            syn::Fields::Unit => Shape::Alias(Type::Null),
            syn::Fields::Unnamed(list) => {
                let items = self.tuple(&list.unnamed, declaration.origin, scope);
                Shape::Alias(Type::Tuple(items))
            }
            syn::Fields::Named(list) => {
                let attributes = &declaration.attributes;
                let rules = FieldRules {
                    has_default: attributes.has(Flag::Default),
                    ..FieldRules::of(attributes, &attributes.rename_all)
                };
                let mut object = self.object(&list.named, &rules, scope);
                if let Some(tag) = &attributes.tag {
                    let (value, _) = self.names(
                        &declaration.ident,
                        declaration.place,
                        attributes,
                        declaration.origin,
                        |_| None,
                    );
                    let mut tag = alternatives::tag(tag, &value.text, Some(declaration.place));
                    // serde writes it and does not ask for it.
                    tag.required_in_request = false;
                    object.properties.insert(0, tag);
                }
                Shape::Object(object)
            }
        }
    }

    /// The field a newtype or transparent struct stands for.
    pub fn sole_field<'d>(&mut self, declaration: &'d Declaration) -> Option<&'d syn::Field> {
        match &declaration.body {
            Body::Struct(syn::Fields::Unnamed(list)) if list.unnamed.len() == 1 => list.unnamed.first(),
            Body::Struct(fields) if declaration.attributes.has(Flag::Transparent) => fields
                .iter()
                .find(|field| !is_phantom(&field.ty) && !self.is_skipped(field, declaration.origin)),
            _ => None,
        }
    }

    fn is_skipped(&mut self, field: &syn::Field, origin: Origin) -> bool {
        self.attributes(&field.attrs, origin).is_skipped()
    }

    /// The object a type stands for, for `flatten` and tagged variants: named types are lowered now.
    pub fn flattened(&mut self, ty: &Type) -> Option<Object> {
        let object = match ty {
            Type::Object(object) => (**object).clone(),
            Type::Map(value) => Object { additional: Additional::Of(value.clone()), ..Object::default() },
            Type::Any => Object { additional: Additional::Of(Box::new(Type::Any)), ..Object::default() },
            Type::Null => Object::default(),
            Type::OneOf(list) => {
                let objects = list.iter().map(|ty| self.flattened(ty)).collect::<Option<Vec<_>>>()?;
                alternatives::merge(objects)
            }
            Type::Named(name) => {
                if self.in_progress.len() > DEEPEST_FLATTEN || !self.lower(name) {
                    return None;
                }
                match &self.types.get(name)?.shape {
                    Shape::Object(object) => object.clone(),
                    Shape::Alias(ty) => {
                        let ty = ty.clone();
                        // An alias of an alias of itself is lowered and still leads nowhere.
                        return (ty != Type::Named(name.clone())).then(|| self.flattened(&ty)).flatten();
                    }
                    Shape::Enum(_) => return None,
                }
            }
            _ => return None,
        };
        Some(object)
    }

    /// Reads attributes that stand in the file of `origin`.
    pub fn attributes(&mut self, list: &[syn::Attribute], origin: Origin) -> Attributes {
        Attributes::read(list, origin, self.text(origin), self.notes)
    }

    pub fn text(&self, origin: Origin) -> &'a str {
        self.files.get(origin.file.0 as usize).map_or("", |file| &file.text)
    }

    /// The bytes between the quotes of a literal.
    pub fn literal_place(&self, literal: &LitStr, origin: Origin) -> Place {
        let place = origin.place(literal.span());
        let is_plain = place.span.of(self.text(origin)).starts_with('"') && place.span.len() >= 2;
        let span = if is_plain { Span::new(place.span.start + 1, place.span.end - 1) } else { place.span };
        Place { file: place.file, span }
    }
}

/// Whether uses of a type show what it holds instead of its name.
pub fn is_inline(declaration: &Declaration) -> bool {
    let is_newtype = match &declaration.body {
        Body::Struct(fields) => fields.len() == 1 && !matches!(fields, syn::Fields::Named(_)),
        Body::Enum(_) | Body::Alias(_) => false,
    };
    is_newtype && declaration.attributes.has(Flag::Inline)
}

fn is_phantom(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}
