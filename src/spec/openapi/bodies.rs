//! Bodies of requests and responses, with their examples.

use crate::schema::{Example, Response, Type};
use crate::spec::extensions;
use crate::spec::json_schema::{Lower, to_value};
use crate::spec::tree::Node;

/// What is sent.
#[derive(Default)]
pub struct Body {
    /// `None` if nothing is, or nothing in JSON.
    pub ty: Option<Type>,
    pub examples: Vec<Example>,
}

impl<'a> Lower<'a> {
    /// The body of a request or response.
    pub fn body(&mut self, node: Node<'a>) -> Body {
        let node = self.followed(node);
        let Some(content) = node.get("content") else { return Body::default() };
        let chosen = media_type(content);
        for other in
            content.members().filter(|media| chosen.is_none_or(|one| one.identity() != media.identity()))
        {
            let same = chosen.is_some_and(|one| self.has_same_schema(one, other));
            if !same {
                self.count_outside(Some(other));
            }
        }
        let Some(media) = chosen else { return Body::default() };
        let is_silent = self.entry(media).is_own;
        let anything = (!is_silent).then_some(Type::Any);
        let ty = media.get("schema").map(|schema| self.element(schema, 0)).or(anything);
        Body { ty, examples: self.examples(media) }
    }

    fn has_same_schema(&mut self, one: Node<'a>, other: Node<'a>) -> bool {
        match (one.get("schema"), other.get("schema")) {
            (Some(one), Some(other)) => self.chain_end(one).identity() == self.chain_end(other).identity(),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    /// An answer; its key is its status.
    pub fn response(&mut self, member: Node<'a>) -> Option<Response> {
        let key = member.key();
        if key.starts_with("x-") {
            return None;
        }
        let Some(status) = status(&key) else {
            self.note(member.key_place(), format!("`{key}` is not a status code"));
            return None;
        };
        let node = self.followed(member);
        Some(self.answer(status, node))
    }

    /// Those whose status the format has no place for.
    pub fn further_responses(&mut self, operation: Node<'a>) -> Vec<Response> {
        let list = operation.get("x-docdrift-responses").into_iter().flat_map(Node::elements);
        let by_status = list.filter_map(|node| Some((node.get("status")?.scalar().parse().ok()?, node)));
        by_status.map(|(status, node)| self.answer(status, node)).collect()
    }

    fn answer(&mut self, status: u16, node: Node<'a>) -> Response {
        for key in ["headers", "links"] {
            self.count_outside(node.get(key));
        }
        let Body { ty: body, examples } = self.body(node);
        Response { status, body, examples }
    }

    fn examples(&mut self, media: Node<'a>) -> Vec<Example> {
        let mut found: Vec<(Node<'a>, Node<'a>)> =
            media.get("example").map(|value| (media, value)).into_iter().collect();
        for member in media.get("examples").into_iter().flat_map(Node::members) {
            let member = self.followed(member);
            found.extend(member.get("value").map(|value| (member, value)));
        }
        let mut out = Vec::new();
        for (node, value) in found {
            let (place, _) = self.provenance(node, value.place());
            out.push(Example { value: to_value(value, 0), locale: extensions::locale(node), place });
        }
        out
    }
}

/// The media type that is JSON, the plain one first; else a form.
pub fn media_type(content: Node<'_>) -> Option<Node<'_>> {
    let find = |is: fn(&str) -> bool| {
        content.members().find(|media| {
            let key = media.key();
            is(key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str())
        })
    };
    find(|name| name == "application/json")
        .or_else(|| find(|name| name.ends_with("+json") || name.ends_with("/json")))
        .or_else(|| find(|name| matches!(name, "*/*" | "application/*")))
        // Documentation lists the fields of a form as it lists those of a JSON body.
        .or_else(|| find(|name| matches!(name, "multipart/form-data" | "application/x-www-form-urlencoded")))
}

/// Whether a media type is JSON, or may be.
pub fn is_json(name: &str) -> bool {
    let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    name.ends_with("+json") || name.ends_with("/json") || matches!(name.as_str(), "*/*" | "application/*")
}

/// `201`, `4XX`, `default`
pub fn status(key: &str) -> Option<u16> {
    match key.as_bytes() {
        b"default" => Some(0),
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(u16::from(class - b'0')),
        [_, _, _] => key.parse().ok().filter(|status| (100..600).contains(status)),
        _ => None,
    }
}
