//! Readers of what has a grammar instead of a schema, written after those of the consumers.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// A workflow command.
#[derive(Debug)]
pub struct Command {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// Reads a line as the runner of GitHub Actions does.
pub fn command(line: &str) -> Command {
    let rest = line.trim_start().strip_prefix("::").expect("a command");
    let (head, data) = rest.split_once("::").expect("the end of the head");
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').filter_map(|property| property.split_once('='));
    Command {
        name: name.to_owned(),
        properties: properties
            .map(|(key, value)| (key.to_owned(), unescaped(&value.replace("%3A", ":").replace("%2C", ","))))
            .collect(),
        data: unescaped(data),
    }
}

fn unescaped(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

/// Fails unless the line is a command that makes an annotation, with nothing but what annotations have.
pub fn assert_annotation(line: &str) {
    let command = command(line);
    assert!(matches!(&*command.name, "error" | "warning" | "notice"), "{line}");
    for (key, value) in &command.properties {
        match key.as_str() {
            "title" | "file" => assert!(!value.is_empty(), "{line}"),
            "line" | "endLine" | "col" | "endColumn" => {
                assert!(value.parse().is_ok_and(|number: u32| number > 0), "{line}");
            }
            _ => panic!("{key} in {line}"),
        }
    }
}

/// Fails unless the text is what the `XMLLogger` of Checkstyle writes; there is no schema.
pub fn assert_checkstyle(text: &str) {
    let names = |node: &Node<'_, '_>| -> Vec<String> {
        node.attributes().map(|attribute| attribute.name().to_owned()).collect()
    };
    let document = Document::parse(text).expect("XML");
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), names(&root)), ("checkstyle", vec!["version".to_owned()]));
    for file in root.children().filter(Node::is_element) {
        assert_eq!((file.tag_name().name(), names(&file)), ("file", vec!["name".to_owned()]));
        for error in file.children().filter(Node::is_element) {
            assert_eq!(error.tag_name().name(), "error");
            assert_eq!(names(&error), ["line", "column", "severity", "message", "source"]);
            let number = |name| error.attribute(name).and_then(|value| value.parse().ok());
            assert!(number("line") > Some(0_u32) && number("column") > Some(0), "{error:?}");
            let severity = error.attribute("severity");
            assert!(matches!(severity, Some("ignore" | "info" | "warning" | "error")), "{error:?}");
            assert!(!error.has_children());
        }
    }
    let is_blank = |node: &Node<'_, '_>| node.text().is_none_or(|text| text.trim().is_empty());
    assert!(
        document.descendants().filter(Node::is_text).all(|node| is_blank(&node)),
        "text between elements"
    );
}

#[test]
#[should_panic(expected = "colour in ::error")]
fn annotations_have_no_other_properties() {
    assert_annotation("::error file=a.md,line=1,colour=red::x");
}

#[test]
#[should_panic(expected = "severity")]
fn checkstyle_has_no_other_severities() {
    assert_checkstyle(
        "<checkstyle version=\"4.3\"><file name=\"a\"><error line=\"1\" column=\"1\" severity=\"note\" message=\"\" \
         source=\"x\"/></file></checkstyle>",
    );
}
