//! Where a schema comes from: `models`, `docs:nl-NL`, a path, or docdrift's own formats.

use std::fmt;
use std::path::{Path, PathBuf};

use super::args::{self, DocsInput};
use super::console::Console;
use super::input::{self, REMARKS};
use crate::lower;
use crate::project::{Input, Spec, config, specs};
use crate::read::{self, SpecFiles, shown, working_folder};
use crate::report;
use crate::schema::Schema;
use crate::schema_diff::Languages;
use crate::settings::Settings;
use crate::source::Locale;
use crate::spec::{self, Specs, canonical};

/// A source by its name on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `models`: the built-in ones.
    Models,
    /// `docs`: pages of all locales; `docs:LOCALE`: of one.
    Docs(Option<Locale>),
    /// `findings`: the JSON that `check` writes.
    Findings,
    /// `config`: docdrift.toml.
    Config,
    /// `canonical`: the canonical JSON of schemas.
    Canonical,
    /// `changes`: the JSON that `schema diff` writes.
    Changes,
    /// A file, or a folder of Rust source.
    Path(PathBuf),
}

impl Source {
    /// Reads a source's name. Whatever is no other source is a path.
    pub fn parse(name: &str) -> Result<Self, String> {
        Ok(match name {
            "models" => Self::Models,
            "docs" => Self::Docs(None),
            "findings" => Self::Findings,
            "config" => Self::Config,
            "canonical" => Self::Canonical,
            "changes" => Self::Changes,
            _ => match name.strip_prefix("docs:") {
                Some(tag) => {
                    let locale = Locale::parse(tag);
                    Self::Docs(Some(
                        locale.ok_or_else(|| format!("`{tag}` is not a locale such as `nl-NL`"))?,
                    ))
                }
                None => Self::Path(PathBuf::from(name)),
            },
        })
    }

    /// Whether pages have to be read.
    pub const fn is_docs(&self) -> bool {
        matches!(self, Self::Docs(_))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Models => f.write_str("models"),
            Self::Docs(None) => f.write_str("docs"),
            Self::Docs(Some(locale)) => write!(f, "docs:{}", locale.as_str()),
            Self::Findings => f.write_str("findings"),
            Self::Config => f.write_str("config"),
            Self::Canonical => f.write_str("canonical"),
            Self::Changes => f.write_str("changes"),
            Self::Path(path) => f.write_str(&shown(path, &working_folder())),
        }
    }
}

/// What was loaded.
pub struct Loaded {
    pub schema: Schema,
    /// The type that documents of this source are, if they are all of one.
    pub root: Option<&'static str>,
}

/// Loads sources; pages are read once.
pub struct Loader<'a> {
    console: &'a Console,
    input: Option<Input>,
}

impl<'a> Loader<'a> {
    /// For these sources, all that a command has.
    pub fn new(docs: &DocsInput, sources: &[&Source], console: &'a Console) -> Result<Self, String> {
        let input = if sources.iter().any(|source| source.is_docs()) {
            Some(read_pages(docs, console)?)
        } else if let Some(path) = docs.paths.first() {
            return Err(format!("{}: pages are read for `docs` only", path.display()));
        } else {
            None
        };
        Ok(Self { console, input })
    }

    /// Whether something the user asked for could not be read.
    pub fn failed(&self) -> bool {
        self.input.as_ref().is_some_and(|input| input.failed)
    }

    /// The schema of a source. Tells what it cannot hold.
    pub fn load(&self, source: &Source) -> Result<Loaded, String> {
        let (schema, root) = match source {
            Source::Models => (spec::models(), None),
            Source::Docs(locale) => (self.documented(locale.as_ref())?, None),
            Source::Findings => (spec::json_schema(&report::document_schema()), Some("Report")),
            Source::Config => (spec::json_schema(&config::document_schema()), Some("Config")),
            Source::Canonical => (spec::json_schema(&canonical::document_schema()), Some("CanonicalSchema")),
            Source::Changes => {
                (spec::json_schema(&report::schema_diff::document_schema()), Some("SchemaDiff"))
            }
            Source::Path(path) => (read_spec(path)?, None),
        };
        // What docdrift's own formats say beyond a schema is no news.
        let notes = match root {
            None => report::spec_notes(&schema.files, &schema.notes),
            Some(_) => Vec::new(),
        };
        notes.iter().take(REMARKS).for_each(|note| self.console.note(note));
        if notes.len() > REMARKS {
            self.console.note(&format!("and {} more like these", notes.len() - REMARKS));
        }
        Ok(Loaded { schema, root })
    }

    /// The languages that the names of two sources are in.
    pub fn languages(&self, before: &Source, after: &Source) -> Languages<'_> {
        let vocabulary = |source: &Source| match (source, &self.input) {
            (Source::Docs(Some(locale)), Some(input)) if locale.language() != "en" => {
                Some(input.lexicon.vocabulary(Some(locale)))
            }
            _ => None,
        };
        Languages { before: vocabulary(before), after: vocabulary(after) }
    }

    /// What the pages of a locale, or of all, document. The one place where pages become a schema.
    fn documented(&self, locale: Option<&Locale>) -> Result<Schema, String> {
        let Some(input) = &self.input else { return Ok(Schema::default()) };
        let settings = Settings { reference: input.reference.clone(), ..Settings::default() };
        let schema = lower::schema(&input.pages, None, &input.lexicon, &settings, locale);
        match locale {
            Some(locale) if schema.types.is_empty() && schema.operations.is_empty() => {
                Err(format!("no page of {locale} documents a type or an operation"))
            }
            _ => Ok(schema),
        }
    }
}

fn read_pages(docs: &DocsInput, console: &Console) -> Result<Input, String> {
    let args = args::Input {
        paths: docs.paths.clone(),
        // Pages are held against nothing here.
        spec: vec!["none".to_owned()],
        reference: docs.reference.clone(),
        locale: Vec::new(),
        stdin_filename: None,
        config: docs.config.clone(),
        no_config: docs.no_config,
        alone: true,
        jobs: None,
    };
    input::read(&args, console)
}

/// The schema of files and folders. The one place where files of the user become a schema.
fn read_spec(path: &Path) -> Result<Schema, String> {
    let SpecFiles { files, problems, .. } = read::spec_files(path);
    if let ([], [only]) = (problems.as_slice(), files.as_slice())
        && canonical::is_canonical(&only.text)
    {
        let wrong = |error: &dyn fmt::Display| format!("{}: {error}", only.path);
        let document = serde_json::from_str(&only.text).map_err(|error| wrong(&error))?;
        return canonical::read(document).map_err(|error| wrong(&error));
    }
    match specs::read(&[path.to_string_lossy().into_owned()])? {
        Spec::Given(inputs) => {
            let Specs { schema, problems } = spec::read_back(inputs);
            let problems = report::spec_notes(&schema.files, &problems);
            if problems.is_empty() { Ok(schema) } else { Err(problems.join("\n")) }
        }
        Spec::Models | Spec::None => Ok(spec::models()),
    }
}
