//! `OpenAPI` 3.0 to 3.2 and Swagger 2.0: the operations of `paths`. The schemas are JSON Schema's business.
//!
//! Bodies in JSON count, forms where there is none in JSON; others are told. Absent here: webhooks and callbacks, which are requests in the
//! other direction; security.

mod bodies;
mod parameters;
mod servers;
mod swagger;

use std::borrow::Cow;

use crate::schema::{Note, Operation};

use super::extensions;
use super::json_schema::{Lower, UnheldKind};
use super::library::Entry;
use super::tree::{Kind, Node};
use bodies::Body;

/// The methods of a path item.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// What is wrong with the version of a document, if anything.
pub fn unreadable_version(entry: &Entry<'_>) -> Option<Note> {
    let (name, version, known): (_, _, &[&str]) = match entry.root.get("openapi") {
        Some(version) => ("OpenAPI", version, &["3.0", "3.1", "3.2"]),
        None => ("Swagger", entry.root.get("swagger")?, &["2", "2.0"]),
    };
    let text = version.scalar();
    let is_known = known
        .iter()
        .any(|known| text.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    let message = format!("{name} {text} cannot be read; OpenAPI 3.0 to 3.2 and Swagger 2.0 can");
    (!is_known).then(|| Note { place: Some(version.place()), message })
}

impl<'a> Lower<'a> {
    /// The operations of a document, in its order.
    pub fn operations(&mut self, entry: &Entry<'a>) -> Vec<Operation> {
        let root = entry.root;
        for key in ["webhooks", "security"] {
            self.count_outside(root.get(key));
        }
        let base = servers::path(root.get("servers"));
        self.differing_servers(root.get("servers"));
        let mut out = Vec::new();
        for member in root.get("paths").into_iter().flat_map(Node::members) {
            let item = self.followed(member);
            let item_base = servers::path(item.get("servers")).or_else(|| base.clone());
            // Methods that have no key of their own, since 3.2.
            let further = item.get("additionalOperations").into_iter().flat_map(Node::members);
            let named = item.members().filter(|operation| METHODS.contains(&operation.key().as_ref()));
            for operation in named.chain(further) {
                let method = operation.key();
                if operation.kind() == Kind::Object {
                    let base = servers::path(operation.get("servers")).or_else(|| item_base.clone());
                    let path = extensions::path(operation).unwrap_or_else(|| {
                        let key = member.key();
                        format!("{}/{}", base.unwrap_or_default(), key.trim_start_matches('/'))
                    });
                    let method = method.to_ascii_uppercase();
                    out.push(self.operation(operation, item.get("parameters"), member, (method, path)));
                }
            }
        }
        for node in root.get("x-docdrift-operations").into_iter().flat_map(Node::elements) {
            if let Some(name) = extensions::operation(node) {
                out.push(self.operation(node, None, node, name));
            }
        }
        out
    }

    /// An operation by what describes it, the parameters it inherits, what names it, its method and path.
    fn operation(
        &mut self,
        node: Node<'a>,
        inherited: Option<Node<'a>>,
        member: Node<'a>,
        (method, path): (String, String),
    ) -> Operation {
        let text = |key: &str| {
            let text = node.get(key).and_then(Node::text).map(|text| text.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let name = if self.entry(node).is_own {
            node.get("summary").and_then(Node::text).map_or_else(String::new, Cow::into_owned)
        } else {
            operation_name(node, &method, &path)
        };
        for key in ["callbacks", "security", "deprecated"] {
            self.count_outside(node.get(key));
        }
        let mut parameters = self.parameters(inherited, node.get("parameters"));
        parameters.extend(self.further_parameters(node));
        let Body { ty: request, examples } =
            node.get("requestBody").map_or_else(Body::default, |body| self.body(body));
        let responses = node.get("responses").into_iter().flat_map(Node::members);
        let mut responses: Vec<_> = responses.filter_map(|response| self.response(response)).collect();
        responses.extend(self.further_responses(node));
        let (place, origin) = self.provenance(node, member.key_place());
        Operation {
            name,
            doc: text("description").unwrap_or_default(),
            method,
            path,
            parameters,
            request,
            examples,
            responses,
            place,
            origin,
        }
    }

    /// What a `$ref` leads to, or the value itself.
    fn followed(&mut self, node: Node<'a>) -> Node<'a> {
        if node.get("$ref").is_some() { self.chain_end(node) } else { node }
    }

    /// Counts something that is not compared, if it is there.
    fn count_outside(&mut self, node: Option<Node<'a>>) {
        if let Some(node) = node {
            self.unheld.count(UnheldKind::OpenApi, &node.key(), node);
        }
    }

    /// Says so where further servers have other paths.
    fn differing_servers(&mut self, servers: Option<Node<'a>>) {
        let mut list = servers.into_iter().flat_map(Node::elements);
        let first = list.next().map(servers::of);
        if let Some(other) = list.find(|server| Some(servers::of(*server)) != first) {
            let first = first.unwrap_or_default();
            let message = format!("the servers have different base paths; the first, `{first}`, counts");
            self.note(other.get("url").map_or_else(|| other.place(), Node::place), message);
        }
    }
}

/// What an operation is called: by its summary, its identifier, or its method and path.
fn operation_name(node: Node<'_>, method: &str, path: &str) -> String {
    let text = |key: &str| {
        let text = node.get(key).and_then(Node::text).map(|text| text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let name = text("summary").map(|summary| summary.trim_end_matches('.').to_owned());
    name.or_else(|| text("operationId")).unwrap_or_else(|| format!("{method} {path}"))
}
