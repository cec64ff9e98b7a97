//! A schema with the look-ups that binding needs.

use crate::compare::{operations, paths};
use crate::extract::path::Path;
use crate::fold::identifier_key;
use crate::hash::HashMap;
use crate::schema::{Operation, Schema, Shape, TypeDef};

/// A schema, indexed.
#[derive(Debug)]
pub struct SpecIndex<'a> {
    /// The schema.
    pub schema: &'a Schema,
    types: HashMap<String, &'a TypeDef>,
    owners: HashMap<&'a str, Vec<&'a TypeDef>>,
    templates: Vec<Path>,
    /// Operations by the last word of their path, in lower case.
    tails: HashMap<String, Vec<usize>>,
}

impl<'a> SpecIndex<'a> {
    /// Indexes a schema.
    pub fn new(schema: &'a Schema) -> Self {
        let mut types = HashMap::default();
        let mut owners: HashMap<&str, Vec<&TypeDef>> = HashMap::default();
        for def in schema.types.values() {
            types.entry(identifier_key(&def.name).into_owned()).or_insert(def);
            for name in member_names(def) {
                owners.entry(name).or_default().push(def);
            }
        }
        // `core.Cart`, `CartResponse`: documented as `Cart`, where no other type is.
        for def in schema.types.values() {
            for name in short_names(&def.name) {
                types.entry(identifier_key(name).into_owned()).or_insert(def);
            }
        }
        let templates: Vec<Path> = schema.operations.iter().map(paths::of_operation).collect();
        let mut tails: HashMap<String, Vec<usize>> = HashMap::default();
        for (at, template) in templates.iter().enumerate() {
            if let Some(word) = (0..template.segments())
                .rev()
                .find_map(|at| template.literal(at).filter(|word| !word.is_empty()))
            {
                tails.entry(word.to_ascii_lowercase()).or_default().push(at);
            }
        }
        Self { schema, types, owners, templates, tails }
    }

    /// The object or enum type whose name reads like `words` (`cart-line-item`, `CartLineItem`).
    pub fn type_like(&self, words: &str) -> Option<&'a TypeDef> {
        if words.len() > 128 {
            return None;
        }
        self.types
            .get(identifier_key(words).as_ref())
            .copied()
            .filter(|def| !matches!(def.shape, Shape::Alias(_)))
    }

    /// The types that some of the words of a heading name: `The box object`, `Box resource type`.
    pub fn types_in(&self, heading: &str) -> Vec<&'a TypeDef> {
        const MOST: usize = 8;
        let words: Vec<&str> = heading
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ','))
            .filter(|word| !word.is_empty())
            .take(MOST)
            .collect();
        let mut found: Vec<&TypeDef> = Vec::new();
        for size in (1..words.len()).rev() {
            for window in words.windows(size) {
                let def = self.type_like(&window.concat());
                if let Some(def) = def.filter(|def| !found.iter().any(|other| std::ptr::eq(*other, *def))) {
                    found.push(def);
                }
            }
        }
        found
    }

    /// The types that have a property or member of that name.
    pub fn owners(&self, name: &str) -> &[&'a TypeDef] {
        self.owners.get(name).map_or(&[], Vec::as_slice)
    }

    /// The path of one of the schema's operations, taken apart.
    pub fn template(&self, operation: &Operation) -> Option<&Path> {
        self.operations().find(|(known, _)| std::ptr::eq(*known, operation)).map(|(_, template)| template)
    }

    /// The operation of a method and a path, with or without the base in front; words before placeholders. A path that is
    /// another operation's word by word is not this one's by a placeholder.
    pub fn operation_at(&self, method: &str, path: &Path) -> Option<&'a Operation> {
        let mut best: Option<((usize, bool), bool, &'a Operation)> = None;
        for (fit, operation) in self.fitting(path) {
            let right = operation.method == method;
            let better =
                best.is_none_or(|(known, is_right, _)| fit > known || fit == known && right && !is_right);
            if better {
                best = Some((fit, right, operation));
            }
        }
        best.filter(|(_, right, _)| *right).map(|(.., operation)| operation)
    }

    /// The operations that a path may be of, in order, with how well it fits: words, and whether nothing is left over.
    fn fitting(&self, path: &Path) -> Vec<((usize, bool), &'a Operation)> {
        const MOST: usize = 16;
        let words = (0..path.segments()).rev().filter_map(|at| path.literal(at)).take(MOST);
        let known = words.filter_map(|word| self.tails.get(&word.to_ascii_lowercase())).flatten();
        let mut known: Vec<usize> = known.copied().collect();
        known.sort_unstable();
        known.dedup();
        let fits = known.into_iter().filter_map(|at| {
            let template = self.templates.get(at)?;
            let fit = operations::fit(path, template)?;
            Some(((fit, template.significant() == path.significant()), self.schema.operations.get(at)?))
        });
        fits.collect()
    }

    /// The operation whose path is most like one that the spec does not have; with the same path, that of another method.
    /// In a concrete path, any word may stand for a placeholder.
    pub fn nearest(&self, method: &str, path: &Path, concrete: bool) -> Option<&'a Operation> {
        const MOST: usize = 5000;
        let own = plain_segments(path);
        let likeness = |(operation, template): (&'a Operation, &Path)| {
            let alike = if operations::fit(path, template).is_some() {
                1.0
            } else {
                segments_alike(&own, &plain_segments(template), concrete)?
            };
            Some((alike + if operation.method == method { 0.1 } else { 0.0 }, operation))
        };
        let all = self.operations().take(MOST).filter_map(likeness);
        all.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, operation)| operation)
    }

    /// Whether a concrete path is nearly that of an operation: one word differs, and not by much.
    pub fn is_near(&self, operation: &Operation, path: &Path) -> bool {
        segments_alike(&plain_segments(path), &plain_segments(&Path::read(&operation.path)), true).is_some()
    }

    /// Operations of the schema, with their paths taken apart.
    pub fn operations(&self) -> impl Iterator<Item = (&'a Operation, &Path)> {
        self.schema.operations.iter().zip(&self.templates)
    }
}

/// The segments of a path behind its base; none for a placeholder.
fn plain_segments(path: &Path) -> Vec<Option<&str>> {
    const MOST: usize = 32;
    let segments = (0..path.significant().min(MOST)).map(|at| path.literal(at));
    segments.filter(|segment| !segment.is_some_and(operations::is_base)).collect()
}

/// How like two paths are of which one word differs, and not by much: `/quota/{id}` and `/quotas/{id}`.
fn segments_alike(own: &[Option<&str>], theirs: &[Option<&str>], concrete: bool) -> Option<f64> {
    const ALIKE: f64 = 0.65;
    if own.len() != theirs.len() {
        return None;
    }
    let mut alike = None;
    for (own, theirs) in own.iter().zip(theirs) {
        match (own, theirs) {
            (None, None) => {}
            (Some(_), None) if concrete => {}
            (Some(own), Some(theirs)) if own.eq_ignore_ascii_case(theirs) => {}
            (Some(own), Some(theirs)) if alike.is_none() && own.len() < 64 && theirs.len() < 64 => {
                alike = Some(strsim::normalized_levenshtein(own, theirs)).filter(|alike| *alike >= ALIKE);
                alike?;
            }
            _ => return None,
        }
    }
    alike
}

/// What a type is called without its namespace, and without what only code adds to its name.
fn short_names(name: &str) -> impl Iterator<Item = &str> {
    const ADDED: [&str; 9] =
        ["Response", "Request", "Dto", "DTO", "Model", "Schema", "Resource", "Object", "Entity"];
    let last = name.rsplit(['.', ':', '/', '$']).next().unwrap_or(name);
    let bare =
        ADDED.iter().find_map(|added| last.strip_suffix(added)).map(|bare| bare.trim_end_matches(['_', '-']));
    let wrapped = last.strip_suffix('_').unwrap_or(last).rsplit_once("_for_").map(|(_, inner)| inner);
    let names = [Some(last), bare, wrapped].into_iter().flatten();
    names.filter(move |short| short.len() > 1 && *short != name)
}

/// Names by which documentation lists a type's parts: properties, or members as declared and on the wire.
fn member_names(def: &TypeDef) -> Vec<&str> {
    match &def.shape {
        Shape::Object(object) => object.properties.iter().map(|property| property.name.as_str()).collect(),
        Shape::Enum(set) => {
            let names =
                set.members.iter().flat_map(|member| [member.value.as_str(), member.declared.as_str()]);
            let mut names: Vec<&str> = names.collect();
            names.dedup();
            names
        }
        Shape::Alias(_) => Vec::new(),
    }
}
