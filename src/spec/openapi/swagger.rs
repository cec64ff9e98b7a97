//! Swagger 2.0: parameters are schemas themselves, bodies and form fields stand among them, and one list says for
//! all bodies which media types there are.

use std::borrow::Cow;

use crate::schema::{Example, Format, Location, Object, Operation, Parameter, Property, Response, Type};
use crate::spec::json_schema::{Lower, to_value};
use crate::spec::library::Entry;
use crate::spec::tree::{Kind, Node};

use super::METHODS;
use super::bodies::{is_json, status};

/// What the parameters of an operation turn out to be.
#[derive(Default)]
struct Given {
    parameters: Vec<Parameter>,
    body: Option<Type>,
    form: Vec<Property>,
}

/// What is said once for all operations.
struct Common<'a> {
    base: String,
    consumes: Option<Node<'a>>,
    produces: Option<Node<'a>>,
}

impl<'a> Lower<'a> {
    /// The operations of a Swagger 2.0 document, in its order.
    pub fn swagger_operations(&mut self, entry: &Entry<'a>) -> Vec<Operation> {
        let root = entry.root;
        self.count_outside(root.get("security"));
        let base = root.get("basePath").and_then(Node::text).unwrap_or_default();
        let base = base.trim_matches('/');
        let common = Common {
            base: if base.is_empty() { String::new() } else { format!("/{base}") },
            consumes: root.get("consumes"),
            produces: root.get("produces"),
        };
        let mut out = Vec::new();
        for member in root.get("paths").into_iter().flat_map(Node::members) {
            let item = self.followed(member);
            for node in item.members() {
                if METHODS.contains(&node.key().as_ref()) && node.kind() == Kind::Object {
                    let path = format!("{}/{}", common.base, member.key().trim_start_matches('/'));
                    out.push(self.swagger_operation(node, item.get("parameters"), (member, path), &common));
                }
            }
        }
        out
    }

    fn swagger_operation(
        &mut self,
        node: Node<'a>,
        inherited: Option<Node<'a>>,
        (member, path): (Node<'a>, String),
        common: &Common<'a>,
    ) -> Operation {
        let text = |key: &str| node.get(key).and_then(Node::text).map(Cow::into_owned);
        for key in ["security", "deprecated"] {
            self.count_outside(node.get(key));
        }
        let method = node.key().to_ascii_uppercase();
        let takes_json = speaks_json(node.get("consumes").or(common.consumes));
        let gives_json = speaks_json(node.get("produces").or(common.produces));
        let Given { parameters, body, form } = self.swagger_parameters(inherited, node.get("parameters"));
        let form = (!form.is_empty())
            .then(|| Type::Object(Box::new(Object { properties: form, ..Object::default() })));
        let mut responses = Vec::new();
        for answer in node.get("responses").into_iter().flat_map(Node::members) {
            let key = answer.key();
            if key.starts_with("x-") {
                continue;
            }
            match status(&key) {
                Some(status) => responses.push(self.swagger_response(status, answer, gives_json)),
                None => self.note(answer.key_place(), format!("`{key}` is not a status code")),
            }
        }
        let (place, origin) = self.provenance(node, member.key_place());
        Operation {
            name: super::operation_name(node, &method, &path),
            doc: text("description").map_or_else(String::new, |doc| doc.trim().to_owned()),
            method,
            path,
            parameters,
            request: body.filter(|_| takes_json).or(form),
            examples: Vec::new(),
            responses,
            place,
            origin,
        }
    }

    /// Parameters of the path, then those of the operation, which replace those of the same name and place.
    fn swagger_parameters(&mut self, of_path: Option<Node<'a>>, own: Option<Node<'a>>) -> Given {
        let mut given = Given::default();
        for node in [of_path, own].into_iter().flatten().flat_map(Node::elements) {
            let node = self.followed(node);
            let text = |key: &str| node.get(key).and_then(Node::text);
            let (Some(name), Some(place)) = (node.get("name"), text("in")) else {
                if node.get("$ref").is_none() {
                    self.note(node.place(), "a parameter without `name` and `in` cannot be read".to_owned());
                }
                continue;
            };
            let location = match place.as_ref() {
                "path" => Location::Path,
                "query" => Location::Query,
                "header" => Location::Header,
                "body" => {
                    given.body = Some(node.get("schema").map_or(Type::Any, |schema| self.element(schema, 0)));
                    continue;
                }
                "formData" => {
                    let field = self.form_field(node, &name.scalar());
                    given.form.retain(|other| other.name != field.name);
                    given.form.push(field);
                    continue;
                }
                other => {
                    self.note(node.place(), format!("parameters in `{other}` cannot be read"));
                    continue;
                }
            };
            let required = location == Location::Path || node.get("required").is_some_and(Node::is_true);
            let parameter = Parameter {
                name: name.scalar().into_owned(),
                location,
                ty: self.simple_type(node),
                required,
                default: self.default_of(node),
                doc: text("description").map_or_else(String::new, |doc| doc.trim().to_owned()),
                place: Some(name.place()),
                origin: None,
            };
            let is_same = |one: &&mut Parameter| one.name == parameter.name && one.location == location;
            match given.parameters.iter_mut().find(is_same) {
                Some(inherited) => *inherited = parameter,
                None => given.parameters.push(parameter),
            }
        }
        given
    }

    fn form_field(&mut self, node: Node<'a>, name: &str) -> Property {
        let required = node.get("required").is_some_and(Node::is_true);
        let doc = node.get("description").and_then(Node::text);
        Property {
            required_in_request: required,
            required_in_response: required,
            doc: doc.map_or_else(String::new, |doc| doc.trim().to_owned()),
            default: self.default_of(node),
            place: node.get("name").map(Node::place),
            ..Property::new(name, self.simple_type(node))
        }
    }

    /// The type of a parameter, which is a schema but for what makes it a parameter.
    fn simple_type(&mut self, node: Node<'a>) -> Type {
        if node.get("type").is_some_and(|ty| ty.scalar() == "file") {
            return Type::String(Format::Binary);
        }
        self.parameter_schema(node)
    }

    fn swagger_response(&mut self, status: u16, answer: Node<'a>, gives_json: bool) -> Response {
        let node = self.followed(answer);
        self.count_outside(node.get("headers"));
        let schema = node.get("schema").filter(|_| gives_json);
        let body = schema.map(|schema| self.element(schema, 0));
        let examples = node.get("examples").into_iter().flat_map(Node::members);
        let examples = examples.filter(|example| is_json(&example.key()));
        let example = |node: Node<'a>| Example {
            value: to_value(node, 0),
            locale: String::new(),
            place: Some(node.place()),
        };
        Response { status, body, examples: examples.map(example).collect() }
    }
}

/// Whether JSON is among media types; where none are named it is.
fn speaks_json(list: Option<Node<'_>>) -> bool {
    let mut names = list.into_iter().flat_map(Node::elements).peekable();
    names.peek().is_none() || names.any(|name| is_json(&name.scalar()))
}
