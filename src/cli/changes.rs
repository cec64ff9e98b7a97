//! Which pages are judged when only some files changed: `--changed-since` and `--files-from`.
//!
//! All pages are read, for the others bear witness.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::args::Scope;
use super::console::Console;
use super::git::{self, Changed};
use super::input;
use crate::compare::dependants::{Gone, dependants};
use crate::compare::reference::References;
use crate::facts::Page;
use crate::project::Config;
use crate::read::{Layout, normal, read_bytes, shown, working_folder};
use crate::report::counted;
use crate::settings::Reference;
use crate::text::FileId;

/// What the arguments say has changed; `None` if they do not ask. Needs no pages.
pub fn named(args: &Scope, config: &Config) -> Result<Option<Named>, String> {
    let (changed, what) = match (&args.changed_since, &args.files_from) {
        (Some(revision), _) => (since(revision, args, config)?, format!("changed since {revision}")),
        (None, Some(file)) => (listed(file, args)?, place(file)),
        (None, None) => return Ok(None),
    };
    Ok(Some(Named { changes: Changes::new(&changed), what }))
}

/// Files that changed.
pub struct Named {
    changes: Changes,
    /// On whose word.
    what: String,
}

impl Named {
    /// The pages that are left to be judged; `None`: all. Says how many.
    pub fn judged(
        &self,
        args: &Scope,
        config: &Config,
        (pages, layout): (&[Page], &Layout),
        reference: &Reference,
        console: &Console,
    ) -> Option<BTreeSet<FileId>> {
        let Self { changes, what } = self;
        if let Some(path) = changes.ground(args, config) {
            console.note(&format!("{path} is {what}: all pages are judged"));
            return None;
        }
        let touched = changes.among(pages);
        let references = References::new(pages, reference);
        let dependants = dependants(pages, &references, &touched, &changes.gone(layout));
        let (own, more) = (counted(touched.len(), "page"), dependants.len());
        let depend = if more == 1 { "depends" } else { "depend" };
        console.note(&format!("judging {own} {what}, and {more} that {depend} on them, of {}", pages.len()));
        Some(touched.into_iter().chain(dependants).collect())
    }
}

fn place(list: &Path) -> String {
    match shown(list, &working_folder()).as_str() {
        "-" => "listed on standard input".to_owned(),
        file => format!("listed in {file}"),
    }
}

/// What git says has changed, in every repository that pages are read from.
fn since(revision: &str, args: &Scope, config: &Config) -> Result<Vec<Changed>, String> {
    let mut repositories = BTreeSet::new();
    for path in input::inputs(&args.input, config).paths {
        if path.as_os_str() == "-" {
            continue;
        }
        let folder = if path.is_dir() { &*path } else { path.parent().unwrap_or(Path::new("")) };
        // What is not there is told by reading.
        if folder.as_os_str().is_empty() || folder.is_dir() {
            repositories.insert(git::repository(folder)?);
        }
    }
    let mut changed = Vec::new();
    for repository in repositories {
        changed.extend(git::changed_since(&repository, revision)?);
    }
    Ok(changed)
}

/// The files in a list: with a zero byte behind each if there is any, else one a line.
fn listed(file: &Path, args: &Scope) -> Result<Vec<Changed>, String> {
    let name = shown(file, &working_folder());
    let cannot = |error| format!("{name}: cannot be read: {error}");
    let bytes = if file.as_os_str() == "-" {
        if args.input.paths.iter().any(|path| path.as_os_str() == "-") {
            return Err("standard input is either a page or the list of --files-from".to_owned());
        }
        read_bytes(io::stdin().lock()).map_err(cannot)?
    } else {
        File::open(file).and_then(read_bytes).map_err(cannot)?
    };
    let paths = if bytes.contains(&0) {
        git::split(&bytes, 0)
    } else {
        let without_return = |line: &[u8]| line.strip_suffix(b"\r").unwrap_or(line).to_vec();
        git::split(
            &bytes.split(|byte| *byte == b'\n').map(without_return).collect::<Vec<_>>().join(&b'\n'),
            b'\n',
        )
    };
    let changed = paths.into_iter().map(PathBuf::from);
    Ok(changed.map(|path| Changed { gone: path.symlink_metadata().is_err(), path }).collect())
}

/// Changed files by their real paths, so that they are known under every name.
struct Changes {
    gone: HashMap<String, bool>,
}

impl Changes {
    fn new(changed: &[Changed]) -> Self {
        let mut folders = Folders::default();
        let gone = changed.iter().map(|changed| (folders.real(&changed.path), changed.gone));
        Self { gone: gone.collect() }
    }

    /// The pages that changed.
    fn among(&self, pages: &[Page]) -> BTreeSet<FileId> {
        let mut folders = Folders::default();
        // Of a repository inside, git only says that something in it differs: all its pages count as changed.
        let nested = |path: &str| self.gone.contains_key(path) && Path::new(path).is_dir();
        let nested: HashSet<&str> =
            self.gone.keys().map(String::as_str).filter(|path| nested(path)).collect();
        let is_changed = |page: &&Page| {
            let path = folders.real(Path::new(&page.source.path));
            let mut above = Path::new(&path).ancestors().skip(1).filter_map(Path::to_str);
            self.gone.contains_key(&path) || !nested.is_empty() && above.any(|folder| nested.contains(folder))
        };
        pages.iter().filter(is_changed).map(|page| page.file).collect()
    }

    /// What all pages rest on, if it changed: the configuration, a lexicon, the spec.
    fn ground(&self, args: &Scope, config: &Config) -> Option<String> {
        let spec = if args.input.spec.is_empty() { &config.spec } else { &args.input.spec };
        let spec = spec.iter().filter(|spec| !matches!(spec.as_str(), "models" | "none"));
        let specs = spec.map(Path::new);
        let mut folders = Folders::default();
        let ground = config.file.iter().chain(&config.lexicons).map(PathBuf::as_path).chain(specs);
        let changed = ground.filter(|path| {
            let path = folders.real(path);
            let below =
                |file: &String| file.strip_prefix(&path).is_some_and(|rest| rest.starts_with(['/', '\\']));
            self.gone.contains_key(&path) || self.gone.keys().any(below)
        });
        changed.map(|path| shown(path, &working_folder())).next()
    }

    /// The files that are no longer there, as pages.
    fn gone(&self, layout: &Layout) -> Vec<Gone> {
        let working_folder = fs::canonicalize(".").unwrap_or_else(|_| working_folder());
        let mut gone: Vec<&String> =
            self.gone.iter().filter(|(_, gone)| **gone).map(|(path, _)| path).collect();
        gone.sort();
        let page = |path: &String| {
            let path = shown(Path::new(path), &working_folder);
            Gone { page: layout.of(&path).page, path }
        };
        gone.into_iter().map(page).collect()
    }
}

/// Folders without links, each asked for once.
#[derive(Default)]
struct Folders {
    real: HashMap<PathBuf, PathBuf>,
}

impl Folders {
    /// The path of a file that may be gone, with the real path of its folder.
    fn real(&mut self, path: &Path) -> String {
        let absolute = normal(&working_folder().join(path));
        let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return absolute.to_string_lossy().into_owned();
        };
        let real = self.real.entry(folder.to_owned());
        let real = real.or_insert_with(|| fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()));
        real.join(name).to_string_lossy().into_owned()
    }
}
