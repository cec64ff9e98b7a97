//! Invariants 1 and 2 of the crate: arrows point one way, and only the edge touches the world.
//!
//! Files of one room import each other in no circle either, but for those that are listed.
//!
//! Reads the tokens of every source file, so comments and strings do not count; nor do `cfg(test)` modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The rooms, in the order data flows. A room may use those of lower rank only.
const RANKS: &[&[&str]] = &[
    &["text", "fold", "hash", "nearest", "alignment"],
    &["memo"],
    &["document", "finding", "json", "models", "schema", "source"],
    &["facts", "outcome", "settings", "tags"],
    &["lexicon"],
    &["read", "parse", "spec"],
    &["extract"],
    &["normalize"],
    &["comparison"],
    &["compare"],
    &["learn", "rules", "schema_diff"],
    &["check"],
    &["fix", "lower"],
    &["protect"],
    &["report"],
    &["baseline", "export"],
    &["project"],
    &["cli"],
];

/// Rooms at the edge of the crate.
const EDGE: [&str; 3] = ["read", "project", "cli"];

/// Paths that touch files, streams or the process.
const WORLD: [&str; 6] = ["std::fs", "std::io", "std::net", "std::env", "std::process", "std::os"];

/// Macros that print.
const PRINTERS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

fn rank(room: &str) -> Option<usize> {
    RANKS.iter().position(|rooms| rooms.contains(&room))
}

/// All source files by room: `src/room.rs` and everything below `src/room/`.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, TokenStream)>> {
    let mut rooms: BTreeMap<String, Vec<(PathBuf, TokenStream)>> = BTreeMap::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(&source).expect("below src");
                let first = below.iter().next().and_then(|step| step.to_str()).expect("a name");
                let room = first.trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).expect("a source file");
                let tokens = text.parse().expect("Rust tokens");
                rooms.entry(room).or_default().push((below.to_owned(), tokens));
            }
        }
    }
    rooms
}

/// Calls `path` with every `a::b::c` of the tokens, groups of `use` spelled out, and every `name!`.
fn walk(tokens: TokenStream, path: &mut dyn FnMut(&str)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_module(&tokens[at..]) {
            at += 5;
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(_) => at += spell(&tokens[at..], "", path),
            TokenTree::Group(group) => {
                walk(group.stream(), path);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Spells the path that starts here; how many tokens it takes.
fn spell(tokens: &[TokenTree], prefix: &str, path: &mut dyn FnMut(&str)) -> usize {
    let TokenTree::Ident(name) = &tokens[0] else { return 1 };
    let spelled = format!("{prefix}{name}");
    match &tokens[1..] {
        [TokenTree::Punct(bang), ..] if bang.as_char() == '!' => {
            path(&format!("{spelled}!"));
            2
        }
        [TokenTree::Punct(a), TokenTree::Punct(b), next, ..] if a.as_char() == ':' && b.as_char() == ':' => {
            let prefix = format!("{spelled}::");
            match next {
                TokenTree::Ident(_) => 3 + spell(&tokens[3..], &prefix, path),
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let mut at = 0;
                    while at < inner.len() {
                        at += spell(&inner[at..], &prefix, path);
                    }
                    4
                }
                _ => {
                    path(&spelled);
                    3
                }
            }
        }
        _ => {
            path(&spelled);
            1
        }
    }
}

/// `#[cfg(test)] mod name { .. }`
fn is_test_module(tokens: &[TokenTree]) -> bool {
    let text = |index: usize| tokens.get(index).map(ToString::to_string).unwrap_or_default();
    text(0) == "#" && text(1).replace(' ', "") == "[cfg(test)]" && text(2) == "mod"
}

fn paths(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    walk(tokens, &mut |path| found.push(path.to_owned()));
    found
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let code = "//! crate::a\nuse crate::{b::C, d, e::{self, F}};\nfn f() { \"crate::g\"; x(crate::h::i()); println!(\"\"); }
        #[cfg(test)] mod tests { use crate::j; } use std::{fs, io::Read};";
    let found = paths(code.parse().expect("tokens"));
    let of_crate: Vec<_> = found.iter().filter(|path| path.starts_with("crate::")).collect();
    assert_eq!(of_crate, ["crate::b::C", "crate::d", "crate::e::self", "crate::e::F", "crate::h::i"]);
    assert!(found.iter().any(|path| path == "println!"));
    assert!(found.iter().any(|path| path == "std::fs") && found.iter().any(|path| path == "std::io::Read"));
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(own) = rank(&room) else {
            wrong.push(format!("src/{room} is in no rank of this test"));
            continue;
        };
        for (file, tokens) in files {
            for path in paths(tokens) {
                let Some(used) = path.strip_prefix("crate::").and_then(|rest| rest.split("::").next()) else {
                    continue;
                };
                if used != room && rank(used).is_none_or(|rank| rank >= own) {
                    wrong.push(format!("src/{} uses {path}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edge_touches_the_world() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for (file, tokens) in files {
            for path in paths(tokens) {
                let is_world =
                    WORLD.iter().any(|world| path == *world || path.starts_with(&format!("{world}::")));
                let prints = path.strip_suffix('!').is_some_and(|name| PRINTERS.contains(&name));
                let may_touch =
                    EDGE.contains(&room.as_str()) || path == "std::process::ExitCode" && room == "main";
                if (is_world && !may_touch) || (prints && room != "cli") {
                    wrong.push(format!("src/{} uses {path}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files of one room that import each other in a circle today. Fewer are welcome; a new one fails the test, and is
/// broken by moving what both need into a file of its own, or listed here.
const CIRCLES: &[&[&str]] = &[
    &["cli::args", "cli::console", "cli::input", "cli::outputs", "cli::source"],
    &["cli::check", "cli::watch"],
    &["compare::align", "compare::items", "compare::names"],
    &["compare::code_lines", "compare::examples"],
    &[
        "compare::bind",
        "compare::operations",
        "compare::reference",
        "compare::requests",
        "compare::spec_index",
        "compare::votes",
    ],
    &["lower::attach", "lower::paths"],
    &["lower::listen", "lower::prose", "lower::rows"],
    &["lower::names", "lower::place", "lower::surroundings"],
    &["models::cart", "models::link", "models::order"],
    &["normalize::types::brackets", "normalize::types::english", "normalize::types::words"],
    &["parse::element", "parse::inline"],
    &["parse::html", "parse::html_table", "parse::html_text", "parse::markdown", "parse::skeleton"],
    &["report::groups", "report::summary"],
    &["spec::rust::described", "spec::rust::handlers"],
    &["spec::rust::fields", "spec::rust::operations", "spec::rust::reader", "spec::rust::types"],
];

/// The module of a file: `compare/votes/mod.rs` is `compare::votes`.
fn module(file: &Path) -> String {
    let path =
        file.with_extension("").iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("::");
    path.strip_suffix("::mod").unwrap_or(&path).to_owned()
}

/// Which modules each module imports, by full paths and by `super`; what a folder's `mod.rs` and its files say of
/// each other counts only between two files of one folder: a folder is made of its files.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let files: Vec<(String, TokenStream)> =
        rooms().into_values().flatten().map(|(file, tokens)| (module(&file), tokens)).collect();
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, tokens) in &files {
        let used = imports.entry(name.clone()).or_default();
        for path in paths(tokens.clone()) {
            let absolute = match path.strip_prefix("crate::") {
                Some(path) => path.to_owned(),
                None => match path.strip_prefix("super::") {
                    Some(rest) => {
                        format!("{}::{rest}", name.rsplit_once("::").map_or("", |(above, _)| above))
                    }
                    None => continue,
                },
            };
            // The longest module that the path leads through.
            let ends = absolute.match_indices("::").map(|(at, _)| at).chain([absolute.len()]);
            let module = ends.filter_map(|end| names.get(&absolute[..end])).max_by_key(|name| name.len());
            let own = |other: &str| {
                other == name
                    || name.strip_prefix(other).is_some_and(|rest| rest.starts_with("::"))
                    || other.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with("::"))
            };
            used.extend(module.filter(|other| !own(other)).map(|other| (*other).to_owned()));
        }
    }
    imports
}

/// Sets of modules that all reach each other, in order.
fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reached = |from: &str| {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = vec![from];
        while let Some(at) = open.pop() {
            let next = imports.get(at).into_iter().flatten();
            open.extend(next.filter(|next| reached.insert((*next).clone())).map(String::as_str));
        }
        reached
    };
    let all: BTreeMap<&String, BTreeSet<String>> = imports.keys().map(|name| (name, reached(name))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (name, reached) in &all {
        let circle: Vec<String> = reached
            .iter()
            .filter(|other| all.get(other).is_some_and(|back| back.contains(*name)))
            .cloned()
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

#[test]
fn circles_are_found() {
    let list = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let imports = [("a", &["b"][..]), ("b", &["c", "d"]), ("c", &["a"]), ("d", &[]), ("e", &["e"])];
    let imports = imports.into_iter().map(|(name, used)| (name.to_owned(), list(used))).collect();
    assert_eq!(circles(&imports), [vec!["a", "b", "c"], vec!["e"]]);
}

#[test]
fn files_of_a_room_import_each_other_in_no_new_circle() {
    let found = circles(&imports());
    let known: BTreeSet<Vec<&str>> = CIRCLES.iter().map(|circle| circle.to_vec()).collect();
    // A circle that lost a file is a smaller one.
    let is_known = |circle: &&Vec<String>| {
        known.iter().any(|known| circle.iter().all(|name| known.contains(&name.as_str())))
    };
    let new: Vec<&Vec<String>> = found.iter().filter(|circle| !is_known(circle)).collect();
    assert!(new.is_empty(), "files that import each other in a circle, see `CIRCLES`: {new:#?}");
}
