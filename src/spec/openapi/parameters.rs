//! Parameters of operations: their own, and those of their path.

use crate::schema::{Location, Parameter, Type};
use crate::spec::extensions;
use crate::spec::json_schema::Lower;
use crate::spec::tree::{Kind, Node};

use super::bodies::media_type;

impl<'a> Lower<'a> {
    /// Parameters of the path, then those of the operation; its own replace those of the same name and place.
    pub fn parameters(&mut self, of_path: Option<Node<'a>>, own: Option<Node<'a>>) -> Vec<Parameter> {
        let mut out: Vec<Parameter> = Vec::new();
        for list in [of_path, own].into_iter().flatten() {
            for node in list.elements() {
                if extensions::is_implied(node) {
                    continue;
                }
                let Some(parameter) = self.parameter(node) else { continue };
                let is_same =
                    |one: &&mut Parameter| one.name == parameter.name && one.location == parameter.location;
                match out.iter_mut().find(is_same) {
                    Some(inherited) => *inherited = parameter,
                    None => out.push(parameter),
                }
            }
        }
        out
    }

    /// Those that the format has no place for.
    pub fn further_parameters(&mut self, operation: Node<'a>) -> Vec<Parameter> {
        let list = operation.get("x-docdrift-parameters").into_iter().flat_map(Node::elements);
        list.filter_map(|node| self.parameter(node)).collect()
    }

    fn parameter(&mut self, node: Node<'a>) -> Option<Parameter> {
        let node = self.followed(node);
        let text = |key: &str| node.get(key).and_then(Node::text);
        let (Some(name), Some(location)) = (node.get("name"), text("in")) else {
            // A reference that leads nowhere was told where it stands.
            if node.get("$ref").is_none() {
                self.note(node.place(), "a parameter without `name` and `in` cannot be read".to_owned());
            }
            return None;
        };
        let location = match location.as_ref() {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            other => {
                self.note(node.place(), format!("parameters in `{other}` cannot be read"));
                return None;
            }
        };
        for key in ["style", "explode", "allowReserved", "allowEmptyValue", "deprecated"] {
            self.count_outside(node.get(key));
        }
        let content = || node.get("content").filter(|content| content.kind() == Kind::Object);
        let schema = node.get("schema").or_else(|| media_type(content()?)?.get("schema"));
        let required = node.get("required").is_some_and(Node::is_true);
        let (place, origin) = self.provenance(node, name.place());
        Some(Parameter {
            name: name.scalar().into_owned(),
            location,
            ty: schema.map_or(Type::Any, |schema| self.element(schema, 0)),
            default: schema.and_then(|schema| self.default_of(schema)),
            required: extensions::required(node).unwrap_or(location == Location::Path || required),
            doc: text("description").map_or_else(String::new, |doc| doc.trim().to_owned()),
            place,
            origin,
        })
    }
}
