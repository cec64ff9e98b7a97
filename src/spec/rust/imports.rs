//! `use` declarations: which path a name stands for.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenTree};

/// Braces nested deeper than this in one `use` are skipped.
const DEEPEST: u32 = 32;

/// What a module imports.
#[derive(Debug, Default)]
pub struct Imports {
    /// Full paths by the name they are known under in a module.
    pub names: HashMap<String, Vec<String>>,
    /// Modules whose names are all known: `use models::*`.
    pub globs: Vec<Vec<String>>,
}

/// Adds what the tokens of one `use` item import.
pub fn read(tokens: &[TokenTree], imports: &mut Imports) {
    let after = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "use"));
    if let Some(after) = after {
        tree(tokens[after + 1..].iter().cloned(), &[], imports, 0);
    }
}

/// One comma-separated level of a `use` tree below `prefix`.
fn tree(tokens: impl Iterator<Item = TokenTree>, prefix: &[String], imports: &mut Imports, depth: u32) {
    let mut path = prefix.to_vec();
    let mut alias = None;
    let mut renamed = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "as" => renamed = true,
            TokenTree::Ident(word) if renamed => alias = Some(word.to_string()),
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && depth < DEEPEST => {
                tree(group.stream().into_iter(), &path, imports, depth + 1);
                path.clear();
            }
            TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => {
                add(&mut path, prefix, alias.take(), imports);
                renamed = false;
            }
            TokenTree::Punct(mark) if mark.as_char() == '*' => imports.globs.push(std::mem::take(&mut path)),
            _ => {}
        }
    }
    add(&mut path, prefix, alias, imports);
}

fn add(path: &mut Vec<String>, prefix: &[String], alias: Option<String>, imports: &mut Imports) {
    if path.len() > prefix.len() {
        let name = alias.or_else(|| path.last().filter(|last| *last != "self").cloned());
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(name) = name.or_else(|| path.last().cloned()) {
            imports.names.insert(name, path.clone());
        }
    }
    path.clear();
    path.extend_from_slice(prefix);
}
