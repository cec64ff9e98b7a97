//! Puts the files of all specs together and reads each by its kind.

use serde_json::Value;

use crate::hash::HashSet;
use crate::schema::{Note, Schema, SpecFile};
use crate::text::{FileId, Place, Span};

use super::canonical::Blanks;
use super::document::{Content, Document, Role};
use super::json_schema::Lower;
use super::library::{Entry, Given, Library};
use super::merge::{Part, merge};
use super::notes::Positions;
use super::openapi::unreadable_version;
use super::tree::{Remark, Source, Wrong};
use super::{choices, places, rust, unfiled};

/// One spec: what a user named, and the files that belong to it.
#[derive(Debug)]
pub struct Input {
    /// As the user named it.
    pub name: String,
    /// The folder that its files lie in or below; references do not lead out of it.
    pub folder: String,
    /// Whether a file was named, the first of the documents, rather than a folder.
    pub is_file: bool,
    /// Its files.
    pub documents: Vec<Document>,
}

/// What specs say.
#[derive(Debug)]
pub struct Specs {
    /// As far as they could be read.
    pub schema: Schema,
    /// Why the schema cannot vouch for anything: a file that was named is no spec, a spec describes nothing,
    /// references lead in a circle, specs contradict each other. Places point into [`Schema::files`].
    pub problems: Vec<Note>,
}

/// What is said of a document that is something else.
const NO_SPEC: &str = "this is neither a JSON Schema nor an OpenAPI document";

/// Reads specs into one schema. What cannot be read or expressed and leaves the rest sound becomes a note.
pub fn read(inputs: Vec<Input>) -> Specs {
    read_with(inputs, None)
}

/// Reads specs as [`read`] does, and takes docdrift's own exports for what they were made of: a place is one
/// that they name, not one in them.
pub fn read_back(inputs: Vec<Input>) -> Specs {
    read_with(inputs, Some(Blanks::default()))
}

fn read_with(inputs: Vec<Input>, blanks: Option<Blanks>) -> Specs {
    let mut files = Vec::new();
    let mut given = Vec::new();
    let mut specs = Vec::new();
    for (spec, Input { name, folder, is_file, documents }) in inputs.into_iter().enumerate() {
        specs.push(Spec { name, folder });
        for (at, Document { file, content, in_memory }) in documents.into_iter().enumerate() {
            files.push(file);
            given.push(File { spec, content, in_memory, is_named: is_file && at == 0 });
        }
    }
    let mut reading = Reading::new(&files, &given, &specs, blanks);
    reading.read();
    reading.tell_silent_specs();
    let own = std::mem::take(&mut reading.own);
    let blanks = reading.blanks.take();
    let (schema, mut problems) = reading.finish();
    let mut schema = Schema { files, ..schema };
    if let Some(blanks) = blanks {
        places::strip(&mut schema, &|place| own.contains(&place.file));
        blanks.settle(&mut schema);
    }
    let in_memory = given.iter().enumerate().filter(|(_, file)| file.in_memory);
    let trees = in_memory.filter_map(|(at, file)| match &file.content {
        Content::Tree(tree) => Some((FileId(at as u32), tree)),
        Content::Rust | Content::Wrong(_) => None,
    });
    unfiled::settle(trees, &mut schema, &mut problems);
    Specs { schema, problems }
}

/// Lowers a document that has no file: its definitions, and the root under its `title` if it describes
/// something. Nothing has a place but what names one in `x-docdrift-provenance`.
///
/// A property is required in requests unless it is `readOnly`, in answers unless it is `writeOnly`.
pub fn json_schema(document: &Value) -> Schema {
    let files = [SpecFile { path: "root.json".to_owned(), text: document.to_string() }];
    let content = Document::new(files[0].clone()).content;
    let given = [File { spec: 0, content, in_memory: true, is_named: false }];
    let specs = [Spec { name: String::new(), folder: String::new() }];
    let mut reading = Reading::new(&files, &given, &specs, Some(Blanks::default()));
    reading.read();
    let blanks = reading.blanks.take().unwrap_or_default();
    let (mut schema, problems) = reading.finish();
    schema.notes.extend(problems);
    schema.notes.iter_mut().for_each(|note| note.place = None);
    places::strip(&mut schema, &|place| place.file == FileId(0));
    blanks.settle(&mut schema);
    schema
}

struct Spec {
    name: String,
    folder: String,
}

struct File {
    spec: usize,
    content: Content,
    /// Whether it lies in no file.
    in_memory: bool,
    is_named: bool,
}

/// All files, and what they turned out to say.
struct Reading<'r> {
    files: &'r [SpecFile],
    given: &'r [File],
    specs: &'r [Spec],
    /// For each spec what its Rust source says, then what its documents say.
    parts: Vec<[Part; 2]>,
    notes: Vec<Note>,
    problems: Vec<Note>,
    /// Files that were found and are something else.
    others: Vec<usize>,
    /// Specs that others refer to.
    needed: HashSet<usize>,
    /// Files that docdrift wrote.
    own: Vec<FileId>,
    /// Places that these name, if they count.
    blanks: Option<Blanks>,
}

impl<'r> Reading<'r> {
    fn new(files: &'r [SpecFile], given: &'r [File], specs: &'r [Spec], blanks: Option<Blanks>) -> Self {
        Self {
            files,
            given,
            specs,
            parts: specs.iter().map(|_| Default::default()).collect(),
            notes: Vec::new(),
            problems: Vec::new(),
            others: Vec::new(),
            needed: HashSet::default(),
            own: Vec::new(),
            blanks,
        }
    }

    fn read(&mut self) {
        for (at, file) in self.given.iter().enumerate() {
            if let Content::Wrong(Wrong { span, message }) = &file.content {
                self.tell(at, *span, message.clone());
            }
        }
        self.rust();
        self.documents();
    }

    fn rust(&mut self) {
        for (spec, [part, _]) in self.parts.iter_mut().enumerate() {
            let is_own = |file: &File| file.spec == spec && matches!(file.content, Content::Rust);
            let which: Vec<usize> = (0..self.given.len()).filter(|at| is_own(&self.given[*at])).collect();
            let (read, notes) = rust::read(self.files, &which);
            *part = read;
            self.notes.extend(notes);
        }
    }

    fn documents(&mut self) {
        let sources: Vec<(usize, Source<'_>)> = (self.given.iter().enumerate())
            .filter_map(|(at, file)| match &file.content {
                Content::Tree(tree) => {
                    Some((at, Source { tree, text: &self.files[at].text, file: FileId(at as u32) }))
                }
                Content::Rust | Content::Wrong(_) => None,
            })
            .collect();
        let documents = sources.iter().map(|(at, source)| {
            let spec = self.given[*at].spec;
            Given { source, path: &self.files[*at].path, spec, folder: &self.specs[spec].folder }
        });
        let library = Library::new(documents);
        let mut lower = Lower::new(&library, self.files, self.specs.len());
        lower.blanks = self.blanks.take();
        let own = library.entries.iter().filter(|entry| entry.is_own);
        self.own = own.map(|entry| entry.root.source().file).collect();
        for entry in &library.entries {
            let operations = match entry.role {
                Role::OpenApi => lower.operations(entry),
                Role::Swagger => lower.swagger_operations(entry),
                Role::Schema | Role::Other => continue,
            };
            self.parts[entry.spec][1].operations.extend(operations);
        }
        lower.run();
        for (part, types) in self.parts.iter_mut().zip(lower.types) {
            part[1].types = types;
        }
        self.blanks = lower.blanks;
        self.problems.extend(lower.failures);
        self.notes.extend(lower.notes.into_sorted());
        self.notes.extend(lower.unheld.into_notes());
        let positions = Positions::new(self.files);
        for entry in &library.entries {
            let was_referred_to = library.was_referred_to(entry);
            if was_referred_to {
                self.needed.insert(entry.spec);
            }
            self.tell_role(entry, was_referred_to, &positions);
        }
        if let Some(first) = self.others.first() {
            let files = match self.others.len() {
                1 => String::new(),
                count => format!(" ({count} files, this is the first)"),
            };
            self.tell(*first, Span::empty(0), format!("{NO_SPEC}{files}"));
        }
    }

    /// Says what is odd about a document as a whole.
    fn tell_role(&mut self, entry: &Entry<'_>, was_referred_to: bool, positions: &Positions<'_>) {
        let source = entry.root.source();
        let at = source.file.0 as usize;
        let start = Span::empty(0);
        match entry.role {
            Role::OpenApi | Role::Swagger => {
                if let Some(Note { place, message }) = unreadable_version(entry) {
                    self.tell(at, place.map_or(start, |place| place.span), message);
                }
            }
            Role::Other if was_referred_to => {}
            Role::Other if self.given[at].is_named => {
                self.tell(at, start, NO_SPEC.to_owned());
                return;
            }
            Role::Other => {
                self.others.push(at);
                return;
            }
            Role::Schema => {}
        }
        for remark in &source.tree.remarks {
            let place = |span: Span| Place { file: source.file, span };
            let (at, message) = match remark {
                Remark::Twice { first, last, key } => {
                    let first = positions.of(place(*first));
                    (
                        last,
                        format!("`{key}` is defined twice in this object, first at {first}; this one counts"),
                    )
                }
                Remark::Second(span) => {
                    (span, "a second YAML document starts here and is not read".to_owned())
                }
            };
            self.notes.push(Note { place: Some(place(*at)), message });
        }
    }

    /// What is wrong with a file that was named is a problem; with one that was found it is worth a note.
    fn tell(&mut self, at: usize, span: Span, message: String) {
        let note = Note { place: Some(Place { file: FileId(at as u32), span }), message };
        if self.given[at].is_named { self.problems.push(note) } else { self.notes.push(note) }
    }

    /// A spec that says nothing is none, unless it is clear already what is wrong with it.
    fn tell_silent_specs(&mut self) {
        if !self.problems.is_empty() {
            return;
        }
        let says_nothing = |part: &Part| part.types.is_empty() && part.operations.is_empty();
        for (at, parts) in self.parts.iter().enumerate() {
            if self.needed.contains(&at) || !parts.iter().all(says_nothing) {
                continue;
            }
            let of_spec = |note: &&Note| {
                note.place
                    .and_then(|place| self.given.get(place.file.0 as usize))
                    .is_some_and(|file| file.spec == at)
            };
            // What could not be read may be why.
            self.problems.extend(self.notes.iter().filter(of_spec).take(3).cloned());
            let file = self.given.iter().position(|file| file.spec == at && file.is_named);
            let (place, name) = match file {
                Some(file) => (Some(Place { file: FileId(file as u32), span: Span::empty(0) }), "this"),
                None => (None, self.specs[at].name.as_str()),
            };
            self.problems.push(Note { place, message: format!("{name} describes no type and no operation") });
        }
    }

    fn finish(self) -> (Schema, Vec<Note>) {
        let (mut schema, contradictions) =
            merge(self.parts.into_iter().flatten(), &Positions::new(self.files));
        // An export was flattened before, as far as it can be.
        if self.own.len() < self.given.len() {
            choices::flatten(&mut schema.types);
        }
        let mut problems = self.problems;
        problems.extend(contradictions);
        let mut notes = self.notes;
        for list in [&mut problems, &mut notes] {
            list.sort_by(|a, b| (a.place, &a.message).cmp(&(b.place, &b.message)));
        }
        (Schema { notes, ..schema }, problems)
    }
}
