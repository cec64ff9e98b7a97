//! Operations of routers: `Router::new().route("/carts", get(list).post(add)).nest("/v1", inner())` of axum, the
//! services of actix, the mounts of rocket, and what attributes at handlers say.
//!
//! Function bodies are read in tokens: chains of calls whose names are those of routers. A router that a function
//! returns counts where another function takes it; what no other takes is one of its own.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::hash::HashSet;
use crate::schema::Operation;
use crate::text::Place;

use super::declarations::{Function, FunctionId};
use super::reader::Reader;
use super::tokens::{self, group, is_mark, list, word};

/// The methods that routers name.
pub const METHODS: [&str; 8] = ["get", "post", "put", "delete", "patch", "head", "options", "trace"];

/// Routers within routers beyond which nothing is read.
const DEEPEST: u32 = 16;

/// Routes in all beyond which nothing is read: routers that take each other twice grow without bound.
const MOST: usize = 1 << 14;

/// One thing that a router holds.
#[derive(Debug, Clone)]
enum Entry {
    /// A method at a path.
    Route { method: String, path: String, place: Place, handler: Option<FunctionId> },
    /// What a function says: the routes of the router it makes, or the route that its attributes give it.
    Function { prefix: String, id: FunctionId },
}

impl Entry {
    fn below(mut self, base: &str) -> Self {
        let (Self::Route { path, .. } | Self::Function { prefix: path, .. }) = &mut self;
        *path = join(base, path);
        self
    }

    const fn function(&self) -> Option<FunctionId> {
        match self {
            Self::Function { id, .. } => Some(*id),
            Self::Route { handler, .. } => *handler,
        }
    }
}

/// A route as it turns out.
pub struct Route {
    pub method: String,
    pub path: String,
    pub place: Place,
    pub handler: Option<FunctionId>,
}

impl Reader<'_> {
    /// The operations of all routers, and of handlers whose attributes say where they are.
    pub fn routes(&mut self) -> Vec<Operation> {
        let functions = &self.declarations.functions;
        let held: Vec<Vec<Entry>> = functions.iter().map(|function| self.router(function)).collect();
        let taken: HashSet<FunctionId> = held.iter().flatten().filter_map(Entry::function).collect();
        let mut routes = Vec::new();
        for id in (0..functions.len()).map(FunctionId).filter(|id| !taken.contains(id)) {
            self.flatten_router(id, "", &held, 0, &mut routes);
        }
        // A handler that only code of another kind takes, such as the filters of warp, is where its attributes say.
        let reached: HashSet<FunctionId> = routes.iter().filter_map(|route| route.handler).collect();
        for id in (0..functions.len()).map(FunctionId).filter(|id| !reached.contains(id)) {
            routes.extend(self.attributed(id, ""));
        }
        let mut seen = HashSet::default();
        routes.retain(|route| seen.insert((route.method.clone(), route.path.clone())));
        routes.into_iter().map(|route| self.route_operation(route)).collect()
    }

    /// The routes of a function below a path.
    fn flatten_router(
        &self,
        id: FunctionId,
        base: &str,
        routers: &[Vec<Entry>],
        depth: u32,
        out: &mut Vec<Route>,
    ) {
        if depth > DEEPEST || out.len() > MOST {
            return;
        }
        let entries = routers.get(id.0).map(Vec::as_slice).unwrap_or_default();
        out.extend(self.attributed(id, base));
        for entry in entries {
            match entry {
                Entry::Route { method, path, place, handler } => {
                    let (method, path) = (method.clone(), normal(&join(base, path)));
                    out.push(Route { method, path, place: *place, handler: *handler });
                }
                Entry::Function { prefix, id } => {
                    self.flatten_router(*id, &join(base, prefix), routers, depth + 1, out);
                }
            }
        }
    }

    /// The route that the attributes of a function give it, below a path.
    fn attributed(&self, id: FunctionId, base: &str) -> Option<Route> {
        let (method, path, place) = self.attribute_route(&self.declarations.functions[id.0])?;
        Some(Route { method, path: normal(&join(base, &path)), place, handler: Some(id) })
    }

    /// What the router of a function holds.
    fn router(&self, function: &Function) -> Vec<Entry> {
        let Some(body) = &function.body else { return Vec::new() };
        Body { reader: self, function }.read(body.clone())
    }
}

/// A function whose body is read.
struct Body<'b, 'r> {
    reader: &'b Reader<'r>,
    function: &'b Function,
}

/// A variable that holds a router, and whether it was taken.
struct Local {
    name: String,
    entries: Vec<Entry>,
    is_taken: bool,
}

impl Body<'_, '_> {
    /// What statements hold: all that no variable keeps, and what variables keep that none takes.
    fn read(&self, body: TokenStream) -> Vec<Entry> {
        let mut locals: Vec<Local> = Vec::new();
        let mut out = Vec::new();
        let mut statement: Vec<TokenTree> = Vec::new();
        let mut end = |statement: &mut Vec<TokenTree>, locals: &mut Vec<Local>| {
            let tokens = std::mem::take(statement);
            let is_let = word(tokens.first()).is_some_and(|word| word == "let");
            let equals = tokens.iter().position(|token| is_mark(Some(token), '='));
            match equals.filter(|_| is_let) {
                Some(at) => {
                    let names = || tokens[1..at].iter().filter_map(|token| word(Some(token)));
                    let name = names().find(|name| name != "mut").unwrap_or_default();
                    let entries = self.chain(&tokens[at + 1..], locals);
                    if !entries.is_empty() {
                        locals.push(Local { name, entries, is_taken: false });
                    }
                }
                None => out.extend(self.chain(&tokens, locals)),
            }
        };
        for token in body {
            if is_mark(Some(&token), ';') {
                end(&mut statement, &mut locals);
            } else {
                statement.push(token);
            }
        }
        end(&mut statement, &mut locals);
        out.extend(locals.into_iter().filter(|local| !local.is_taken).flat_map(|local| local.entries));
        out
    }

    /// What a chain of calls holds.
    fn chain(&self, tokens: &[TokenTree], locals: &mut Vec<Local>) -> Vec<Entry> {
        let mut out = Vec::new();
        let mut scope = String::new();
        let mut resource = None;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let after_dot = at > 0 && is_mark(tokens.get(at - 1), '.');
            let (names, length) = tokens::path(&tokens[at..]);
            let next = tokens.get(at + length);
            let Some(last) = names.last().cloned() else {
                if let TokenTree::Group(inner) = token {
                    out.extend(self.read(inner.stream()));
                }
                at += 1;
                continue;
            };
            at += length.max(1);
            if let Some(arguments) = group(next, Delimiter::Parenthesis) {
                at += 1;
                let stream = arguments.stream();
                let parts = list(stream.clone());
                let literal = parts.first().and_then(|part| self.text(part));
                match (last.as_str(), literal) {
                    ("scope", Some((path, _))) if !after_dot => scope = path,
                    ("resource", Some(found)) if !after_dot => resource = Some(found),
                    ("route", Some(found)) if after_dot => out.extend(self.route(found, &parts[1..])),
                    ("route", None) if after_dot => {
                        let found = resource.clone();
                        out.extend(found.into_iter().flat_map(|found| self.route(found, &parts)));
                    }
                    ("nest" | "mount", Some((base, _))) if after_dot => {
                        let inner = parts[1..].iter().flat_map(|part| self.chain(part, locals));
                        out.extend(inner.map(|entry| entry.below(&base)));
                    }
                    ("merge" | "service" | "configure" | "routes", None) if after_dot => {
                        out.extend(parts.iter().flat_map(|part| self.chain(part, locals)));
                    }
                    _ => {
                        if !after_dot {
                            out.extend(self.entry_of(&names));
                        }
                        out.extend(self.read(stream));
                    }
                }
            } else if is_mark(next, '!') {
                if let Some(TokenTree::Group(arguments)) = tokens.get(at + 1)
                    && last == "routes"
                {
                    let handlers = list(arguments.stream());
                    out.extend(handlers.iter().filter_map(|part| self.entry_of(&tokens::path(part).0)));
                }
                at += 2;
            } else if !after_dot {
                let local = locals.iter_mut().rev().find(|local| names.len() == 1 && local.name == last);
                match local {
                    Some(local) => {
                        local.is_taken = true;
                        out.extend(local.entries.iter().cloned());
                    }
                    None => out.extend(self.entry_of(&names)),
                }
            }
        }
        if scope.is_empty() { out } else { out.into_iter().map(|entry| entry.below(&scope)).collect() }
    }

    fn entry_of(&self, names: &[String]) -> Option<Entry> {
        Some(Entry::Function { prefix: String::new(), id: self.find(names)? })
    }

    fn find(&self, names: &[String]) -> Option<FunctionId> {
        self.reader.declarations.function(self.function.module, names)
    }

    fn text(&self, part: &[TokenTree]) -> Option<(String, Place)> {
        let origin = self.function.origin;
        tokens::text(part.first(), origin, self.reader.text(origin)).filter(|_| part.len() == 1)
    }

    /// The methods of a route: `get(list).post(add)`, `web::get().to(list)`.
    fn route(&self, (path, place): (String, Place), parts: &[Vec<TokenTree>]) -> Vec<Entry> {
        let mut out: Vec<Entry> = Vec::new();
        for part in parts {
            for (at, token) in part.iter().enumerate() {
                let Some(name) = word(Some(token)) else { continue };
                let Some(arguments) = group(part.get(at + 1), Delimiter::Parenthesis) else { continue };
                let arguments = list(arguments.stream());
                let named = arguments.first().and_then(|part| self.find(&tokens::path(part).0));
                if METHODS.contains(&name.as_str()) {
                    let (method, path) = (name.to_ascii_uppercase(), path.clone());
                    out.push(Entry::Route { method, path, place, handler: named });
                } else if let ("to", Some(Entry::Route { handler, .. })) = (name.as_str(), out.last_mut()) {
                    *handler = named;
                }
            }
        }
        out
    }
}

/// A path below another.
pub fn join(base: &str, path: &str) -> String {
    let (base, path) = (base.trim_end_matches('/'), path.trim_start_matches('/'));
    match (base.is_empty(), path.is_empty()) {
        (false, true) => base.to_owned(),
        _ => format!("{base}/{path}"),
    }
}

/// A path template as `OpenAPI` writes it: `{id}` for `:id`, `<id>`, `{id:[0-9]+}`, `*rest`.
fn normal(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let segment = |segment: &str| {
        let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let angled = || segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let marked = || segment.strip_prefix([':', '*']);
        match inner.or_else(angled).or_else(marked) {
            Some(name) => {
                let name = name.trim_start_matches('*').trim_end_matches("..");
                format!("{{{}}}", name.split(':').next().unwrap_or_default())
            }
            None => segment.to_owned(),
        }
    };
    let path: Vec<String> = path.split('/').map(segment).collect();
    let path = path.join("/");
    if path.starts_with('/') { path } else { format!("/{path}") }
}
