//! Which specs pages are held against, and the files that they are made of.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use crate::read::{self, SpecFiles};
use crate::spec::{self, Document, Input};

/// What pages are held against.
pub enum Spec {
    /// The built-in models.
    Models,
    /// Nothing but themselves.
    None,
    /// What the user names, the built-in models perhaps among it.
    Given(Vec<Input>),
}

impl Spec {
    /// These specs as well.
    #[must_use]
    pub fn with(self, more: Vec<Input>) -> Self {
        match self {
            spec if more.is_empty() => spec,
            Self::None => Self::Given(more),
            Self::Models => Self::Given([vec![spec::models_input()], more].into_iter().flatten().collect()),
            Self::Given(inputs) => Self::Given(inputs.into_iter().chain(more).collect()),
        }
    }
}

/// Reads the specs of those names: `models`, `none`, or files and folders; nothing if there is no name.
///
/// # Errors
/// A file that cannot be read, or `none` beside others, in one line.
pub fn read(names: &[String]) -> Result<Spec, String> {
    match names {
        [] => return Ok(Spec::None),
        [only] if only == "models" => return Ok(Spec::Models),
        [only] if only == "none" => return Ok(Spec::None),
        _ => {}
    }
    if names.iter().any(|name| name == "none") {
        return Err("spec `none` cannot be combined with other specs".to_owned());
    }
    let mut known = BTreeSet::new();
    let mut inputs = Vec::new();
    for name in names {
        let input = if name == "models" { spec::models_input() } else { files(name)? };
        inputs.push(input);
    }
    // A file that belongs to several is the first one's.
    for input in &mut inputs {
        input.documents.retain(|document| known.insert(document.path().to_owned()));
    }
    inputs.retain(|input| !input.documents.is_empty());
    for input in &mut inputs {
        add_referenced(input, &mut known);
    }
    Ok(Spec::Given(inputs))
}

fn files(name: &str) -> Result<Input, String> {
    let SpecFiles { files, folder, is_file, problems } = read::spec_files(Path::new(name));
    if let Some(problem) = problems.first() {
        return Err(format!("spec {}: {}", problem.path, problem.kind));
    }
    let documents = files.into_iter().map(Document::new).collect();
    Ok(Input { name: name.to_owned(), folder, is_file, documents })
}

/// Adds the files that documents refer to, and those that these refer to, as far as they lie below the
/// spec's folder.
fn add_referenced(input: &mut Input, known: &mut BTreeSet<String>) {
    let mut wanted: VecDeque<String> = input.documents.iter().flat_map(Document::references).collect();
    while let Some(path) = wanted.pop_front() {
        if known.contains(&path) || !spec::is_below(&path, &input.folder) {
            continue;
        }
        known.insert(path.clone());
        if let Some(file) = read::referenced_spec_file(&path, &input.folder) {
            let document = Document::new(file);
            wanted.extend(document.references());
            input.documents.push(document);
        }
    }
}
