//! Base paths: what documentation shows before the path of an operation.

use crate::spec::tree::Node;

/// The base path of the first server, without slash at its end; `None` if no server is named.
pub fn path(servers: Option<Node<'_>>) -> Option<String> {
    Some(of(servers?.elements().next()?))
}

/// The base path of a server: `/v1` of `https://{region}.example.com/v1/`.
pub fn of(server: Node<'_>) -> String {
    let url = server.get("url").and_then(Node::text).unwrap_or_default();
    let url = with_defaults(&url, server.get("variables"));
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        // A variable without default in front stands for scheme and host.
        None if url.starts_with('{') => url.find('/').map_or("", |at| &url[at..]),
        None => &url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    if path.is_empty() || path == "." { String::new() } else { format!("/{path}") }
}

/// The URL with each variable that has a default replaced by it.
fn with_defaults(url: &str, variables: Option<Node<'_>>) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            rest = &rest[before.len()..];
            break;
        };
        let default = variables.and_then(|list| list.get(name)).and_then(|variable| variable.get("default"));
        match default {
            Some(default) => out.push_str(&default.scalar()),
            None => out.push_str(&rest[before.len()..=before.len() + 1 + name.len()]),
        }
        rest = after;
    }
    out + rest
}
