//! What the files declare: data types with their attributes, constants, imports; and which
//! declaration a path in the source means.

use std::collections::hash_map::Entry;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::hash::{HashMap, HashSet};
use crate::schema::SpecFile;
use crate::text::{FileId, Place};

use super::attributes::{Attributes, Flag};
use super::imports::{self, Imports};
use super::items::{Item, Items, Kind, Origin, lex};
use super::nesting::is_too_deep;
use crate::spec::notes::Notes;

/// Modules nested deeper than this are noted and not entered.
const DEEPEST_MODULE: usize = 32;

/// Position of a declaration in [`Declarations::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Position of a constant in [`Declarations::constants`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConstantId(pub usize);

/// Position of a function in [`Declarations::functions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FunctionId(pub usize);

/// Position of a module in [`Declarations::modules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModuleId(pub usize);

/// A type that can describe data.
pub struct Declaration {
    /// As declared.
    pub ident: String,
    /// Its name in the schema: as declared, or with its module where two types share a name.
    pub name: String,
    pub place: Place,
    pub origin: Origin,
    pub module: ModuleId,
    pub attributes: Attributes,
    pub generics: Vec<Generic>,
    pub is_public: bool,
    pub body: Body,
}

/// A type or constant parameter; lifetimes say nothing about data.
pub struct Generic {
    pub name: String,
    pub default: Option<syn::Type>,
    pub is_constant: bool,
}

/// What a declaration is made of.
pub enum Body {
    Struct(syn::Fields),
    Enum(Vec<syn::Variant>),
    Alias(Box<syn::Type>),
}

/// A constant, parsed when an operation asks for it.
#[derive(Debug)]
pub struct Constant {
    pub name: String,
    pub origin: Origin,
    pub module: ModuleId,
    pub tokens: TokenStream,
}

/// A function, in tokens.
#[derive(Debug)]
pub struct Function {
    pub origin: Origin,
    pub module: ModuleId,
    /// What stands in the brackets of its attributes.
    pub attributes: Vec<TokenStream>,
    /// From its name to its body.
    pub head: Vec<TokenTree>,
    pub body: Option<TokenStream>,
}

/// A file or an inline module.
#[derive(Debug, Default)]
pub struct Module {
    /// Where its crate lies: the path of its file up to `src`.
    pub root: String,
    /// Names from the crate root, by file path as far as that tells.
    pub path: Vec<String>,
    pub imports: Imports,
}

/// Everything the files declare.
#[derive(Default)]
pub struct Declarations {
    pub types: Vec<Declaration>,
    pub constants: Vec<Constant>,
    pub functions: Vec<Function>,
    pub modules: Vec<Module>,
    /// Modules by the root of their crate and their path in it.
    pub modules_by_path: HashMap<(String, Vec<String>), Vec<ModuleId>>,
    functions_by_name: HashMap<(ModuleId, String), FunctionId>,
    module_names: HashSet<String>,
    by_ident: HashMap<String, Vec<TypeId>>,
    by_module: HashMap<(ModuleId, String), TypeId>,
    constants_by_name: HashMap<String, Vec<ConstantId>>,
    /// Types with a hand-written `Serialize` or `Deserialize`, by name.
    hand_written: HashSet<String>,
}

impl Declaration {
    /// Whether it takes part in messages at all.
    pub fn derives_serde(&self) -> bool {
        self.attributes.has(Flag::DerivesSerialize) || self.attributes.has(Flag::DerivesDeserialize)
    }
}

impl Declarations {
    /// Reads the files of those numbers; types with the same name get names of their own.
    pub fn collect(files: &[SpecFile], which: &[usize], notes: &mut Notes) -> Self {
        let mut out = Self::default();
        for (at, file) in which.iter().filter_map(|at| Some((*at, files.get(*at)?))) {
            let (root, path) = module_path(&file.path);
            let module = out.add_module(Module { root: root.to_owned(), path, ..Module::default() });
            let has_routes = ROUTERS.iter().any(|word| file.text.contains(word));
            for (origin, tokens) in lex(FileId(at as u32), file, notes) {
                let mut collector = Collector { out: &mut out, origin, text: &file.text, has_routes, notes };
                collector.items(tokens, module, 0);
            }
        }
        out.module_names = out.modules.iter().flat_map(|module| module.path.iter().cloned()).collect();
        out.name_types(notes);
        out
    }

    fn add_module(&mut self, module: Module) -> ModuleId {
        let id = ModuleId(self.modules.len());
        self.modules_by_path.entry((module.root.clone(), module.path.clone())).or_default().push(id);
        self.modules.push(module);
        id
    }

    /// The declaration at `id`.
    pub fn get(&self, id: TypeId) -> &Declaration {
        &self.types[id.0]
    }

    /// Whether only a hand-written impl knows how the type goes over the wire.
    pub fn is_hand_written(&self, declaration: &Declaration) -> bool {
        !declaration.derives_serde() && self.hand_written.contains(&declaration.ident)
    }

    /// A path as written in `module`, with the first name replaced by what `use` says it stands for.
    pub fn expand(&self, module: ModuleId, written: &[String]) -> Vec<String> {
        let imported = written.first().and_then(|first| self.modules[module.0].imports.names.get(first));
        match imported {
            Some(path) => path.iter().chain(&written[1..]).cloned().collect(),
            None => written.to_vec(),
        }
    }

    /// Whether a full path leads out of these files, as far as its first name tells.
    pub fn is_foreign(&self, path: &[String]) -> bool {
        let [first, _, ..] = path else { return false };
        !matches!(first.as_str(), "crate" | "self" | "super") && !self.module_names.contains(first)
    }

    /// The function a path means, seen from `module`.
    pub fn function(&self, module: ModuleId, path: &[String]) -> Option<FunctionId> {
        let is_declared =
            |module: ModuleId, name: &str| self.functions_by_name.contains_key(&(module, name.to_owned()));
        let (module, name) = self.resolve(module, path, &is_declared)?;
        self.functions_by_name.get(&(module, name)).copied()
    }

    /// The type a full path means, seen from `module`: by modules and imports, else by the names there are. Among
    /// several of that name: the one whose module the path names, else the nearest; `None` if none is nearer.
    pub fn find(&self, module: ModuleId, path: &[String]) -> Option<TypeId> {
        let (ident, qualifier) = path.split_last()?;
        let candidates = self.by_ident.get(ident)?;
        let is_declared =
            |module: ModuleId, name: &str| self.by_module.contains_key(&(module, name.to_owned()));
        if let Some(found) = self.resolve(module, path, &is_declared) {
            return self.by_module.get(&found).copied();
        }
        let here = &self.modules[module.0].path;
        let score = |id: &TypeId| {
            let there = &self.modules[self.get(*id).module.0].path;
            let named = qualifier.iter().rev().zip(there.iter().rev()).take_while(|(a, b)| a == b).count();
            let shared = here.iter().zip(there).take_while(|(a, b)| a == b).count();
            (named, shared)
        };
        let best = candidates.iter().map(score).max()?;
        let mut nearest = candidates.iter().filter(|id| score(id) == best);
        nearest.next().filter(|_| nearest.next().is_none()).copied()
    }

    /// Whether a path could mean one of several types of that name.
    pub fn is_ambiguous(&self, path: &[String]) -> bool {
        path.last().and_then(|ident| self.by_ident.get(ident)).is_some_and(|list| list.len() > 1)
    }

    /// The constant called `name`, preferably in `module`.
    pub fn constant(&self, module: ModuleId, name: &str) -> Option<ConstantId> {
        let named = self.constants_by_name.get(name)?.iter().copied();
        named.clone().find(|id| self.constants[id.0].module == module).or_else(|| named.clone().next())
    }

    /// Two types of one name in different modules are both kept, the later ones with their module; in
    /// one module, where only `cfg` can tell them apart, the first is.
    fn name_types(&mut self, notes: &mut Notes) {
        let mut taken = HashSet::default();
        for at in 0..self.types.len() {
            let Declaration { ident, module, place, .. } = &self.types[at];
            let mut name = ident.clone();
            match self.by_module.entry((*module, name.clone())) {
                Entry::Occupied(first) => {
                    notes.add(*place, format!("`{name}` is declared twice; the first is used"));
                    name.clone_from(&self.types[first.get().0].name);
                }
                Entry::Vacant(vacant) => {
                    vacant.insert(TypeId(at));
                    self.by_ident.entry(name.clone()).or_default().push(TypeId(at));
                    for part in self.modules[module.0].path.iter().rev() {
                        if !taken.contains(&name) {
                            break;
                        }
                        name = format!("{part}::{name}");
                    }
                    taken.insert(name.clone());
                }
            }
            self.types[at].name = name;
        }
    }
}

/// `src/models/cart.rs` is the module `models::cart` of the crate that lies around `src`.
fn module_path(path: &str) -> (&str, Vec<String>) {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let (root, stem) = stem.rsplit_once("src/").unwrap_or(("", stem));
    let parts = stem.split('/').filter(|part| !matches!(*part, "" | "." | ".." | "mod" | "lib" | "main"));
    (root, parts.map(ToOwned::to_owned).collect())
}

/// Words without which a file has no routes.
const ROUTERS: [&str; 6] = ["axum", "actix", "utoipa", "rocket", "poem", "Router"];

struct Collector<'a> {
    out: &'a mut Declarations,
    origin: Origin,
    text: &'a str,
    has_routes: bool,
    notes: &'a mut Notes,
}

impl Collector<'_> {
    fn items(&mut self, tokens: TokenStream, module: ModuleId, depth: usize) {
        for item in Items::new(tokens) {
            self.item(item, module, depth);
        }
    }

    fn item(&mut self, item: Item, module: ModuleId, depth: usize) {
        match item.kind {
            Kind::Other => {}
            Kind::Use => imports::read(&item.tokens, &mut self.out.modules[module.0].imports),
            Kind::Impl => {
                if let Some(name) = implements_serde(&item.tokens) {
                    self.out.hand_written.insert(name);
                }
                if self.has_routes
                    && depth < DEEPEST_MODULE
                    && let Some(body) = item.into_body()
                {
                    for item in Items::new(body).filter(|item| item.kind == Kind::Function) {
                        self.item(item, module, depth + 1);
                    }
                }
            }
            Kind::Function => {
                if self.has_routes {
                    self.function(item, module);
                }
            }
            Kind::Module => self.module(item, module, depth),
            Kind::Macro => {
                if let Some(name) = item.name {
                    let message = format!("macro `{name}!` is not expanded: types it declares are unknown");
                    if name != "thread_local" {
                        self.notes.add(self.origin.place(name.span()), message);
                    }
                }
            }
            Kind::Constant => {
                let span = item.span(self.origin);
                let Some(name) = item.name else { return };
                if is_too_deep(span.of(self.text)) {
                    let message = format!("`{name}` is nested too deep to read");
                    return self.notes.add(self.origin.place(name.span()), message);
                }
                let tokens = item.tokens.into_iter().collect();
                let name = name.to_string();
                let at = ConstantId(self.out.constants.len());
                self.out.constants_by_name.entry(name.clone()).or_default().push(at);
                self.out.constants.push(Constant { name, origin: self.origin, module, tokens });
            }
            Kind::Struct | Kind::Enum | Kind::Alias => self.data(item, module),
        }
    }

    fn module(&mut self, item: Item, parent: ModuleId, depth: usize) {
        let Some(name) = item.name.clone().filter(|_| !item.is_test_only()) else { return };
        if depth >= DEEPEST_MODULE {
            let message = format!("module `{name}` is nested too deep to read");
            return self.notes.add(self.origin.place(name.span()), message);
        }
        let Some(body) = item.into_body() else { return };
        let Module { root, path, .. } = &self.out.modules[parent.0];
        let (root, mut path) = (root.clone(), path.clone());
        path.push(name.to_string());
        let module = self.out.add_module(Module { root, path, ..Module::default() });
        self.items(body, module, depth + 1);
    }

    fn function(&mut self, item: Item, module: ModuleId) {
        let Some(name) = item.name.clone().filter(|_| !item.is_test_only()) else { return };
        if is_too_deep(item.span(self.origin).of(self.text)) {
            return;
        }
        let is_fn = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "fn");
        let Some(keyword) = item.tokens.iter().position(is_fn) else { return };
        let attributes = item.tokens[..keyword].iter().filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group.stream()),
            _ => None,
        });
        let attributes = attributes.collect();
        let mut head: Vec<TokenTree> = item.tokens.into_iter().skip(keyword + 1).collect();
        let body = match head.pop() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        };
        let id = FunctionId(self.out.functions.len());
        let name = name.to_string();
        self.out.functions_by_name.entry((module, name)).or_insert(id);
        self.out.functions.push(Function { origin: self.origin, module, attributes, head, body });
    }

    fn data(&mut self, item: Item, module: ModuleId) {
        let Some(name) = item.name.clone() else { return };
        let place = self.origin.place(name.span());
        let kind = item.kind;
        if is_too_deep(item.span(self.origin).of(self.text)) {
            return self.notes.add(place, format!("`{name}` is nested too deep to read"));
        }
        match parse(kind, item.tokens.into_iter().collect()) {
            Ok(parsed) => {
                let attributes = Attributes::read(&parsed.attrs, self.origin, self.text, self.notes);
                if attributes.cfg.as_deref() == Some("test") {
                    return;
                }
                let declaration = Declaration {
                    ident: unraw(&parsed.ident),
                    name: String::new(),
                    place: self.origin.place(parsed.ident.span()),
                    origin: self.origin,
                    module,
                    attributes,
                    generics: generics(&parsed.generics),
                    is_public: matches!(parsed.vis, syn::Visibility::Public(_)),
                    body: parsed.body,
                };
                self.out.types.push(declaration);
            }
            Err(error) => {
                let at = self.origin.place(error.span());
                // An error at the end of the tokens has no bytes of its own.
                let at = if at.span.is_empty() { place } else { at };
                self.notes.add(at, format!("`{name}` not read: {error}"));
            }
        }
    }
}

struct Parsed {
    attrs: Vec<syn::Attribute>,
    vis: syn::Visibility,
    ident: syn::Ident,
    generics: syn::Generics,
    body: Body,
}

fn parse(kind: Kind, stream: TokenStream) -> syn::Result<Parsed> {
    Ok(match kind {
        Kind::Enum => {
            let syn::ItemEnum { attrs, vis, ident, generics, variants, .. } = syn::parse2(stream)?;
            Parsed { attrs, vis, ident, generics, body: Body::Enum(variants.into_iter().collect()) }
        }
        Kind::Alias => {
            let syn::ItemType { attrs, vis, ident, generics, ty, .. } = syn::parse2(stream)?;
            Parsed { attrs, vis, ident, generics, body: Body::Alias(ty) }
        }
        _ => {
            let syn::ItemStruct { attrs, vis, ident, generics, fields, .. } = syn::parse2(stream)?;
            Parsed { attrs, vis, ident, generics, body: Body::Struct(fields) }
        }
    })
}

fn generics(generics: &syn::Generics) -> Vec<Generic> {
    let named = generics.params.iter().filter_map(|param| match param {
        syn::GenericParam::Type(param) => {
            Some(Generic { name: unraw(&param.ident), default: param.default.clone(), is_constant: false })
        }
        syn::GenericParam::Const(param) => {
            Some(Generic { name: unraw(&param.ident), default: None, is_constant: true })
        }
        syn::GenericParam::Lifetime(_) => None,
    });
    named.collect()
}

/// A name without `r#`.
pub fn unraw(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), ToOwned::to_owned)
}

/// The type's name, if these are the tokens of `impl .. Serialize for Type` or `Deserialize`.
fn implements_serde(tokens: &[TokenTree]) -> Option<String> {
    let mut angles = 0u32;
    let mut last = None;
    let mut is_serde = false;
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '<' => angles += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' => angles = angles.saturating_sub(1),
            TokenTree::Ident(word) if angles == 0 && word == "for" => {
                let name = last.take()?;
                is_serde = name == "Serialize" || name == "Deserialize";
            }
            TokenTree::Ident(word) if angles == 0 && word == "where" => break,
            TokenTree::Ident(word) if angles == 0 => last = Some(word.to_string()),
            _ => {}
        }
    }
    last.filter(|_| is_serde)
}
