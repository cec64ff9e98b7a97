//! Readers of what has a grammar instead of a schema, written after those of the consumers.

use std::collections::BTreeMap;

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
