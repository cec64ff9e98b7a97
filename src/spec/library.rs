//! All JSON and YAML documents of a run, and where a reference in one of them leads.
//!
//! A reference finds what was read and nothing else: by the path of a file, by `$id`, by JSON pointer, by
//! `$anchor`. Absent here: what is found there.

use std::borrow::Cow;
use std::cell::RefCell;

use memchr::memmem;

use crate::hash::{HashMap, HashSet};
use crate::text::{FileId, Span};

use super::document::{Role, role};
use super::extensions;
use super::paths;
use super::tree::{Identity, Kind, Node, Source};

/// A document in its place.
pub struct Entry<'a> {
    /// The outermost value.
    pub root: Node<'a>,
    /// The path of its file.
    pub path: &'a str,
    /// What it is.
    pub role: Role,
    /// Whether docdrift wrote it, so that it means what it says by the word.
    pub is_own: bool,
    /// The rules it follows where drafts differ.
    pub dialect: Dialect,
    /// Which of the specs it belongs to.
    pub spec: usize,
    /// The folder below which files are read for references.
    pub folder: &'a str,
    /// Schemas with an `$id` of their own, the document first, by where they start.
    resources: Vec<Resource<'a>>,
}

/// A document as it is given to a library.
pub struct Given<'a> {
    pub source: &'a Source<'a>,
    pub path: &'a str,
    pub spec: usize,
    pub folder: &'a str,
}

/// Where drafts differ in what a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// JSON Schema 2019-09 and later, and `OpenAPI` 3.1.
    Modern,
    /// JSON Schema up to draft-07, and Swagger 2.0: beside a `$ref` nothing counts.
    Draft7,
    /// `OpenAPI` 3.0: the same, and `nullable`.
    OpenApi30,
}

struct Resource<'a> {
    root: Node<'a>,
    span: Span,
    /// The resource around it; the document is around itself.
    parent: usize,
    /// Its absolute identifier; empty if it has none.
    id: String,
    anchors: HashMap<Cow<'a, str>, Node<'a>>,
}

/// The documents of all specs.
pub struct Library<'a> {
    pub entries: Vec<Entry<'a>>,
    /// Positions in `entries` by number of the file.
    by_file: Vec<usize>,
    by_path: HashMap<String, usize>,
    by_id: HashMap<String, Node<'a>>,
    /// Members by key of every object that a pointer went through.
    indexes: RefCell<HashMap<Identity, HashMap<Cow<'a, str>, Node<'a>>>>,
    /// Documents that another one referred to by path.
    referred_to: RefCell<HashSet<FileId>>,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Astray {
    /// To the network, where nobody looks.
    Remote,
    /// To a file that was not read.
    NoFile,
    /// To nothing in a document that was read.
    NoTarget,
}

impl<'a> Library<'a> {
    /// Puts documents together.
    pub fn new(documents: impl Iterator<Item = Given<'a>>) -> Self {
        let mut library = Self {
            entries: Vec::new(),
            by_file: Vec::new(),
            by_path: HashMap::default(),
            by_id: HashMap::default(),
            indexes: RefCell::default(),
            referred_to: RefCell::default(),
        };
        for Given { source, path, spec, folder } in documents {
            let root = source.root();
            let at = library.entries.len();
            let resources = resources(source);
            for resource in resources.iter().filter(|resource| !resource.id.is_empty()) {
                library.by_id.entry(resource.id.clone()).or_insert(resource.root);
            }
            let file = source.file.0 as usize;
            library.by_file.resize(library.by_file.len().max(file + 1), at);
            library.by_file[file] = at;
            library.by_path.entry(paths::normal(path)).or_insert(at);
            let (role, dialect) = (role(root), Dialect::Modern);
            let is_own = extensions::is_own(root);
            library.entries.push(Entry { root, path, role, is_own, dialect, spec, folder, resources });
        }
        library.tell_dialects();
        library
    }

    /// A document that does not say which draft it follows follows the first `OpenAPI` document of its spec.
    fn tell_dialects(&mut self) {
        let mut of_spec: HashMap<usize, Dialect> = HashMap::default();
        for entry in &mut self.entries {
            if let Some(dialect) = dialect(entry.root) {
                entry.dialect = dialect;
                if matches!(entry.role, Role::OpenApi | Role::Swagger) {
                    of_spec.entry(entry.spec).or_insert(dialect);
                }
            }
        }
        for entry in self.entries.iter_mut().filter(|entry| dialect(entry.root).is_none()) {
            entry.dialect = of_spec.get(&entry.spec).copied().unwrap_or(Dialect::Modern);
        }
    }

    /// The document that a value is in.
    pub fn entry(&self, node: Node<'a>) -> &Entry<'a> {
        &self.entries[self.by_file.get(node.source().file.0 as usize).copied().unwrap_or(0)]
    }

    /// What a reference written at `from` leads to.
    pub fn resolve(&self, from: Node<'a>, reference: &str) -> Result<Node<'a>, Astray> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = self.resource(from, uri)?;
        let fragment = paths::percent_decoded(fragment).ok_or(Astray::NoTarget)?;
        let found = match fragment.strip_prefix('/') {
            Some(pointer) => self.follow(root, pointer),
            None if fragment.is_empty() => Some(root),
            None => self.around(root).anchors.get(fragment.as_str()).copied(),
        };
        found.ok_or(Astray::NoTarget)
    }

    fn resource(&self, from: Node<'a>, uri: &str) -> Result<Node<'a>, Astray> {
        let around = self.around(from);
        if uri.is_empty() {
            return Ok(around.root);
        }
        let absolute = paths::join(&around.id, uri);
        if let Some(node) = self.by_id.get(&absolute).or_else(|| self.by_id.get(uri)) {
            return Ok(*node);
        }
        let Some(path) = paths::file_of(self.entry(from).path, uri) else {
            let is_remote = paths::has_scheme(uri) || uri.starts_with("//");
            return Err(if is_remote { Astray::Remote } else { Astray::NoTarget });
        };
        let root = self.by_path.get(&path).map(|at| self.entries[*at].root).ok_or(Astray::NoFile)?;
        self.referred_to.borrow_mut().insert(root.source().file);
        Ok(root)
    }

    /// Whether another document referred to this one by its path.
    pub fn was_referred_to(&self, entry: &Entry<'a>) -> bool {
        self.referred_to.borrow().contains(&entry.root.source().file)
    }

    /// The innermost resource that a value lies in.
    fn around(&self, node: Node<'a>) -> &Resource<'a> {
        let resources = &self.entry(node).resources;
        &resources[around(resources, node)]
    }

    /// The value that a JSON pointer (without its first slash) leads to.
    fn follow(&self, root: Node<'a>, pointer: &str) -> Option<Node<'a>> {
        let mut node = root;
        for step in pointer.split('/') {
            let key = step.replace("~1", "/").replace("~0", "~");
            node = match node.kind() {
                Kind::Object => self.member(node, &key)?,
                Kind::Array => node.elements().nth(key.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    fn member(&self, object: Node<'a>, key: &str) -> Option<Node<'a>> {
        let mut indexes = self.indexes.borrow_mut();
        let index = indexes
            .entry(object.identity())
            .or_insert_with(|| object.members().map(|member| (member.key(), member)).collect());
        index.get(key).copied()
    }
}

/// The document and every schema in it that has an `$id`, with the anchors in each.
fn resources<'a>(source: &'a Source<'a>) -> Vec<Resource<'a>> {
    let root = source.root();
    let mut resources = vec![Resource {
        root,
        // YAML may start before its first key.
        span: Span::new(0, u32::MAX),
        parent: 0,
        id: id(root).map(Cow::into_owned).unwrap_or_default(),
        anchors: HashMap::default(),
    }];
    let text = source.text.as_bytes();
    if memmem::find(text, b"$id").is_none() && memmem::find(text, b"nchor").is_none() {
        return resources;
    }
    let objects = || source.all().filter(|node| node.kind() == Kind::Object);
    let is_resource = |node: &Node<'a>| {
        node.identity() != root.identity() && id(*node).is_some_and(|id| !id.starts_with('#'))
    };
    let mut inner: Vec<Node<'a>> = objects().filter(is_resource).collect();
    inner.sort_by_key(|node| node.place().span);
    inner.dedup_by_key(|node| node.identity());
    for node in inner {
        let parent = around(&resources, node);
        let id = paths::join(&resources[parent].id, &id(node).unwrap_or_default());
        let span = node.place().span;
        resources.push(Resource { root: node, span, parent, id, anchors: HashMap::default() });
    }
    for node in objects() {
        let names = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| node.get(key)?.text());
        // draft-07 writes an anchor as an `$id` that is a fragment.
        let fragment = id(node).and_then(|id| Some(Cow::Owned(id.strip_prefix('#')?.to_owned())));
        for name in names.chain(fragment) {
            let at = around(&resources, node);
            resources[at].anchors.entry(name).or_insert(node);
        }
    }
    resources
}

/// The innermost of resources, sorted by where they start, that a value lies in.
fn around(resources: &[Resource<'_>], node: Node<'_>) -> usize {
    let at = node.place().span.start;
    let mut inner = resources.partition_point(|resource| resource.span.start <= at).saturating_sub(1);
    while inner != 0 && resources[inner].span.end <= at {
        inner = resources[inner].parent;
    }
    inner
}

fn id(node: Node<'_>) -> Option<Cow<'_, str>> {
    node.get("$id")?.text()
}

/// The dialect that a document says it follows.
fn dialect(root: Node<'_>) -> Option<Dialect> {
    if let Some(version) = root.get("openapi") {
        return Some(if version.scalar().starts_with("3.0") { Dialect::OpenApi30 } else { Dialect::Modern });
    }
    if root.get("swagger").is_some() {
        return Some(Dialect::Draft7);
    }
    let url = root.get("$schema")?.text()?;
    let is_old =
        ["draft-03", "draft-04", "draft-05", "draft-06", "draft-07"].iter().any(|old| url.contains(old));
    Some(if is_old { Dialect::Draft7 } else { Dialect::Modern })
}
