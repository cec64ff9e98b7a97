//! Which files are pages: what was named, and what a walk below named folders finds.
//!
//! Each file comes once, however often and by whatever names it was given.

use crate::hash::HashSet;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, Walk, WalkBuilder};

use super::Inputs;
use super::file::working_folder;
use super::globs::Globs;
use super::problem::{Problem, ProblemKind};
use crate::source;

/// What standard input is called unless the caller knows better.
pub const STDIN: &str = "<stdin>";

/// Ignore rules for this tool alone, beside `.gitignore` and `.ignore`.
const IGNORE_FILE: &str = ".docdriftignore";

/// What a walk takes for a page.
pub const EXTENSIONS: [&str; 6] = ["md", "markdown", "mdx", "html", "htm", "po"];

/// Documents of formats that are not read, by their extensions.
const UNREAD: [(&str, &str); 7] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("asc", "AsciiDoc"),
    ("rst", "reStructuredText"),
    ("org", "Org"),
    ("textile", "Textile"),
    ("dita", "DITA"),
];

/// A page to be read.
pub struct Candidate {
    /// Where it lies; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What it is called in output.
    pub shown: String,
    /// Whether the user named it, rather than a folder above.
    pub named: bool,
    /// Whether it is among what the user asked for; else it bears witness.
    pub asked: bool,
}

/// The pages of all inputs, in no order that matters, and the problems met on the way.
pub struct Gather {
    named: std::vec::IntoIter<Named>,
    walk: Option<Folder>,
    /// Real paths of what was handed out; empty while one path was named, which cannot repeat itself.
    seen: Option<HashSet<PathBuf>>,
    working_folder: PathBuf,
    include: Option<Globs>,
    exclude: Option<Globs>,
    problems: Vec<Problem>,
}

/// A path as the user gave it.
struct Named {
    path: Option<PathBuf>,
    shown: String,
    asked: bool,
}

/// A folder being walked.
struct Folder {
    walk: Walk,
    root: PathBuf,
    /// The folder without links, to know its files again under other names.
    real: PathBuf,
    shown: String,
    asked: bool,
    found: bool,
    /// How many documents there are whose format is not read.
    unread: BTreeMap<&'static str, usize>,
}

impl Gather {
    pub fn new(inputs: &Inputs) -> Self {
        let working_folder = working_folder();
        let mut named: Vec<Named> = inputs
            .paths
            .iter()
            .map(|path| {
                if path.as_os_str() == "-" {
                    let shown = inputs.stdin_name.clone().unwrap_or_else(|| STDIN.to_owned());
                    Named { path: None, shown, asked: true }
                } else {
                    Named { shown: shown(path, &working_folder), path: Some(path.clone()), asked: true }
                }
            })
            .collect();
        // Standard input first: an editor's unsaved text replaces the file of that name.
        named.sort_by(|a, b| (a.path.is_some(), &a.shown).cmp(&(b.path.is_some(), &b.shown)));
        named.dedup_by(|a, b| (a.path.is_some(), &a.shown) == (b.path.is_some(), &b.shown));
        let witnesses = inputs.witnesses.iter().map(|path| {
            let shown = shown(path, &working_folder);
            Named { path: Some(path.clone()), shown, asked: false }
        });
        named.extend(witnesses);
        let seen = (named.len() > 1).then(HashSet::default);
        Self {
            named: named.into_iter(),
            walk: None,
            seen,
            working_folder,
            include: inputs.include.clone(),
            exclude: inputs.exclude.clone(),
            problems: Vec::new(),
        }
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Takes up what was named: a candidate, a folder to walk, or a problem.
    fn start(&mut self, Named { path, shown, asked }: Named) -> Option<Candidate> {
        let Some(path) = path else {
            if let (Some(seen), Ok(real)) = (&mut self.seen, fs::canonicalize(&shown)) {
                seen.insert(real);
            }
            return Some(Candidate { path: None, shown, named: true, asked });
        };
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(_) if !asked => return None,
            Err(error) => {
                self.problems.push(Problem { path: shown, kind: ProblemKind::of(&error) });
                return None;
            }
        };
        if metadata.is_dir() {
            let real = self.seen.as_ref().and_then(|_| fs::canonicalize(&path).ok()).unwrap_or_default();
            self.walk = Some(Folder {
                walk: self.walker(&path),
                root: path,
                real,
                shown,
                asked,
                found: false,
                unread: BTreeMap::new(),
            });
            return None;
        }
        if let (Some(seen), Ok(real)) = (&mut self.seen, fs::canonicalize(&path))
            && !seen.insert(real)
        {
            return None;
        }
        Some(Candidate { path: Some(path), shown, named: true, asked })
    }

    /// The next page of the folder being walked; at its end takes leave of it.
    fn walk_on(&mut self) -> Option<Candidate> {
        while let Some(folder) = &mut self.walk {
            match folder.walk.next() {
                None => {
                    if !folder.found && folder.asked {
                        let path = folder.shown.clone();
                        self.problems.push(Problem { path, kind: ProblemKind::NoPages });
                    }
                    for (format, count) in std::mem::take(&mut folder.unread) {
                        let path = folder.shown.clone();
                        self.problems.push(Problem { path, kind: ProblemKind::Unread { format, count } });
                    }
                    self.walk = None;
                }
                Some(Err(error)) => self.report(&error, None),
                Some(Ok(entry)) => {
                    if let Some(error) = entry.error() {
                        let (error, path) = (error.clone(), entry.path().to_owned());
                        self.report(&error, Some(&path));
                    }
                    if let Some(candidate) = self.visit(entry) {
                        return Some(candidate);
                    }
                }
            }
        }
        None
    }

    /// Ignore rules count outside of repositories too; those of the user's own machine do not, so that
    /// equal trees give equal findings everywhere.
    fn walker(&self, root: &Path) -> Walk {
        let mut builder = WalkBuilder::new(root);
        builder.require_git(false).git_global(false).git_exclude(false);
        if let Some(exclude) = self.exclude.clone() {
            builder.filter_entry(move |entry| entry.depth() == 0 || !exclude.matches(entry.path()));
        }
        builder.add_custom_ignore_filename(IGNORE_FILE).build()
    }

    fn visit(&mut self, entry: DirEntry) -> Option<Candidate> {
        let folder = self.walk.as_mut()?;
        let kind = entry.file_type()?;
        if kind.is_symlink() && entry.depth() > 0 {
            if folder.asked
                && let Some(kind) = link_problem(entry.path())
            {
                self.problems.push(Problem { path: shown(entry.path(), &self.working_folder), kind });
            }
            return None;
        }
        let is_page = |path| self.include.as_ref().map_or_else(|| is_page(path), |globs| globs.matches(path));
        if !kind.is_file() {
            return None;
        }
        let is_wanted = |path| self.include.as_ref().is_none_or(|globs| globs.matches(path));
        let is_description = is_description(entry.path()) && is_wanted(entry.path());
        if !is_description && !is_page(entry.path()) {
            if folder.asked
                && let Some(format) = unread(entry.path())
            {
                *folder.unread.entry(format).or_default() += 1;
            }
            return None;
        }
        folder.found |= !is_description;
        if let Some(seen) = &mut self.seen {
            let below = entry.path().strip_prefix(&folder.root).unwrap_or(entry.path());
            if !seen.insert(folder.real.join(below)) {
                return None;
            }
        }
        let shown = shown(entry.path(), &self.working_folder);
        Some(Candidate { path: Some(entry.into_path()), shown, named: false, asked: folder.asked })
    }

    /// An error of the walk: about a folder that cannot be listed, or about lines of ignore files.
    fn report(&mut self, error: &ignore::Error, path: Option<&Path>) {
        match error {
            ignore::Error::Partial(errors) => {
                for error in errors {
                    self.report(error, path);
                }
            }
            ignore::Error::WithPath { path, err } => self.report(err, Some(path)),
            ignore::Error::WithDepth { err, .. } => self.report(err, path),
            _ => {
                let shown = path.map(|path| shown(path, &self.working_folder)).unwrap_or_default();
                let kind = error
                    .io_error()
                    .map_or_else(|| ProblemKind::IgnoreFile(error.to_string()), ProblemKind::of);
                self.problems.push(Problem { path: shown, kind });
            }
        }
    }
}

impl Iterator for Gather {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            if let Some(candidate) = self.walk_on() {
                return Some(candidate);
            }
            let named = self.named.next()?;
            if let Some(candidate) = self.start(named) {
                return Some(candidate);
            }
        }
    }
}

/// The format of a document that is not read.
fn unread(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?;
    UNREAD.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
}

/// Whether a file begins as an API description does.
fn is_description(path: &Path) -> bool {
    const HEAD: u64 = 1024;
    if !path.to_str().is_some_and(source::is_description) {
        return false;
    }
    let mut head = Vec::new();
    let Ok(file) = fs::File::open(path) else { return false };
    if file.take(HEAD).read_to_end(&mut head).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&head);
    let mut keys = head.match_indices("openapi").chain(head.match_indices("swagger"));
    keys.any(|(at, key)| {
        let before = head[..at].trim_end_matches(['"', '\'', ' ', '\t']);
        let after = head[at + key.len()..].trim_start_matches(['"', '\'', ' ', '\t']);
        (before.is_empty() || before.ends_with(['{', ',', '\n', '\u{feff}'])) && after.starts_with(':')
    })
}

fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Links are not followed: not out of the folder that was named, and never in circles. What is worth
/// telling about one: nothing if it is neither a folder nor a page.
fn link_problem(link: &Path) -> Option<ProblemKind> {
    match fs::canonicalize(link) {
        Ok(target) if target.is_dir() => {
            let parent = link.parent().and_then(|parent| fs::canonicalize(parent).ok());
            let is_loop = parent.is_some_and(|parent| parent.starts_with(&target));
            Some(if is_loop { ProblemKind::LinkLoop } else { ProblemKind::LinkSkipped })
        }
        Ok(_) => is_page(link).then_some(ProblemKind::LinkSkipped),
        Err(_) if !is_page(link) => None,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(ProblemKind::LinkBroken),
        Err(_) => Some(ProblemKind::LinkLoop),
    }
}

/// A path as it is printed: relative to the working folder if it lies below, else as given; with
/// forward slashes and without `.` steps.
pub fn shown(path: &Path, working_folder: &Path) -> String {
    let below = match path.strip_prefix(working_folder) {
        Ok(below) if !working_folder.as_os_str().is_empty() => below,
        _ => path,
    };
    let text = below.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/").into() } else { text };
    if !(text.starts_with("./") || text.contains("/./") || text.contains("//") || text.ends_with(['/', '.']))
    {
        return if text.is_empty() { ".".to_owned() } else { text.into_owned() };
    }
    let mut clean = String::with_capacity(text.len());
    for step in text.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if !clean.is_empty() || text.starts_with('/') {
            clean.push('/');
        }
        clean.push_str(step);
    }
    if clean.is_empty() {
        clean.push(if text.starts_with('/') { '/' } else { '.' });
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_short_and_with_forward_slashes() {
        for (given, expected) in [
            ("./docs//a.md", "docs/a.md"),
            ("docs/./a.md", "docs/a.md"),
            ("../docs/a.md", "../docs/a.md"),
            ("/home/me/docs/a.md", "docs/a.md"),
            ("/home/me", "."),
            ("/srv/a.md", "/srv/a.md"),
            ("/srv//b/", "/srv/b"),
            (".", "."),
            ("..", ".."),
            ("./", "."),
            ("/", "/"),
        ] {
            assert_eq!(shown(Path::new(given), Path::new("/home/me")), expected, "{given}");
        }
        assert_eq!(shown(Path::new("a.md"), Path::new("")), "a.md");
    }
}
