//! `docdrift.toml`: the nearest one upwards, or the one that was named.

mod file;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::finding::Severity;
use crate::nearest::unknown;
use crate::read::{Globs, Inputs, LayoutRule, LocaleRoot, Pattern, read_text, shown, working_folder};
use crate::rules;
use crate::settings::Severities;
use crate::source::Locale;
use crate::text::LineIndex;
use file::{File, LayoutTable, OneOrMore, OverrideTable, Rules};

pub use file::document_schema;
pub use places::{Places, Setting};

/// The name of the file that is looked for.
pub const FILE: &str = "docdrift.toml";

/// The severities as they are written.
pub const LEVELS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// What the configuration says, with paths as seen from the working folder.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// What to check if nothing is named.
    pub paths: Vec<PathBuf>,
    /// What is a page, if not what its extension says.
    pub include: Option<Globs>,
    /// What is left out.
    pub exclude: Option<Globs>,
    /// The specs, as `--spec` takes them.
    pub spec: Vec<String>,
    /// Severities by rule name.
    pub rules: Severities,
    /// Severities on some pages; what stands later counts.
    pub overrides: Vec<(Globs, Severities)>,
    /// Locales by path.
    pub locales: Vec<LocaleRoot>,
    /// Locales by the name of a folder or a file's ending, in lower case.
    pub locale_names: BTreeMap<String, Locale>,
    /// Where translations lie, and where their sources do.
    pub layouts: Vec<LayoutRule>,
    /// The locale that vouches for the others, as `--reference` takes it.
    pub reference: Option<String>,
    /// Files of words that pages use beside the built-in ones.
    pub lexicons: Vec<PathBuf>,
    /// Words that are right as they stand.
    pub keep: BTreeSet<String>,
    /// The file of known findings.
    pub baseline: Option<PathBuf>,
    /// Where in the file each setting stands, and how it is written there.
    pub places: Places,
}

/// What is wrong and at which bytes.
type Wrong = (String, Range<usize>);

impl Config {
    /// The configuration at `named`, or the nearest upwards; none at all is an empty one.
    ///
    /// # Errors
    /// The file cannot be read or understood; with its place, in one line.
    pub fn load(named: Option<&Path>) -> Result<Self, String> {
        let Some(path) = named.map(Path::to_owned).or_else(find) else { return Ok(Self::default()) };
        let name = shown(&path, &working_folder());
        let text = read_text(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("{name}: no such file"),
            _ => format!("{name}: cannot be read: {error}"),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let config = Self::parse(&text, folder).map_err(|(message, bytes)| {
            let at = LineIndex::new(&text).line_column(&text, bytes.start as u32);
            format!("{name}:{}:{}: {message}", at.line, at.column)
        })?;
        Ok(Self { file: Some(path), places: Places::new(&name, &text), ..config })
    }

    /// The folder that paths of the configuration start from; the working folder if there is none.
    pub fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// What is to be read: those paths, else the configuration's, else the working folder.
    pub fn inputs(&self, paths: &[PathBuf]) -> Inputs {
        let named = [paths, &self.paths].into_iter().find(|paths| !paths.is_empty());
        Inputs {
            paths: named.map_or_else(|| vec![PathBuf::from(".")], <[PathBuf]>::to_vec),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            locales: self.locales.clone(),
            locale_names: self.locale_names.clone(),
            layouts: self.layouts.clone(),
            ..Inputs::default()
        }
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, Wrong> {
        let file: File = toml::from_str(text).map_err(|error| {
            let bytes = error.span().unwrap_or_default();
            (explained(error.message()), bytes)
        })?;
        let from_here = |path: &str| folder.join(path);
        let specs = match file.spec {
            None => Vec::new(),
            Some(OneOrMore::One(spec)) => vec![spec],
            Some(OneOrMore::More(specs)) => specs,
        };
        let spec = specs.into_iter().map(|spec| match spec.as_str() {
            "models" | "none" => spec,
            path => from_here(path).to_string_lossy().into_owned(),
        });
        let working_folder = working_folder();
        let locales = file.locales.into_iter().map(|(path, tag)| {
            let prefix = shown(&from_here(&path), &working_folder);
            let prefix = if prefix == "." { String::new() } else { prefix };
            Ok(LocaleRoot { prefix, locale: locale(&tag)? })
        });
        let names = file.locale_names.into_iter().map(|(name, tag)| {
            if name.get_ref().is_empty() || name.get_ref().contains(['/', '.']) {
                return Err((
                    format!("`{}` is not the name of a folder or a file extension", name.get_ref()),
                    name.span(),
                ));
            }
            Ok((name.get_ref().to_lowercase(), locale(&tag)?))
        });
        let overrides = file.overrides.into_iter().map(|each| override_of(each, folder));
        Ok(Self {
            file: None,
            paths: file.paths.iter().map(|path| from_here(path)).collect(),
            include: globs(&file.include, folder)?,
            exclude: globs(&file.exclude, folder)?,
            spec: spec.collect(),
            rules: severities(file.rules)?,
            overrides: overrides.collect::<Result<_, _>>()?,
            locales: locales.collect::<Result<_, Wrong>>()?,
            locale_names: names.collect::<Result<_, _>>()?,
            layouts: file.layout.iter().map(|table| layout(table, folder)).collect::<Result<_, _>>()?,
            reference: file.reference,
            lexicons: file.lexicons.iter().map(|path| from_here(path)).collect(),
            keep: file.keep.into_iter().collect(),
            baseline: file.baseline.map(|path| from_here(&path)),
            places: Places::default(),
        })
    }
}

/// What a reader of TOML says, with the nearest valid key instead of all of them.
fn explained(message: &str) -> String {
    let Some((given, valid)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected"))
    else {
        return message.replace('\n', ", ");
    };
    // The keys stand between back-ticks.
    unknown("key", given, valid.split('`').skip(1).step_by(2))
}

fn locale(tag: &Spanned<String>) -> Result<Locale, Wrong> {
    let tag_is_wrong = || (format!("`{}` is not a locale such as `nl-NL`", tag.get_ref()), tag.span());
    Locale::parse(tag.get_ref()).ok_or_else(tag_is_wrong)
}

fn layout(table: &LayoutTable, folder: &Path) -> Result<LayoutRule, Wrong> {
    let folder = shown(folder, &working_folder());
    let folder = if folder == "." { "" } else { &folder };
    let pattern =
        |text: &Spanned<String>| Pattern::parse(text.get_ref(), folder).map_err(|why| (why, text.span()));
    let translations = pattern(&table.translations)?;
    if !translations.has_locale() {
        let why = format!("`{}` has no `{{locale}}`", table.translations.get_ref());
        return Err((why, table.translations.span()));
    }
    let source = table.source.as_ref().map(pattern).transpose()?;
    Ok(LayoutRule { source, translations, locale: table.locale.as_ref().map(locale).transpose()? })
}

fn globs(patterns: &[Spanned<String>], folder: &Path) -> Result<Option<Globs>, Wrong> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let globs = Globs::new(folder, patterns.iter().map(|pattern| pattern.get_ref().as_str()));
    globs.map(Some).map_err(|(at, why)| (why, patterns[at].span()))
}

fn override_of(table: OverrideTable, folder: &Path) -> Result<(Globs, Severities), Wrong> {
    let OverrideTable { paths, rules } = table;
    let globs = globs(paths.get_ref(), folder)?;
    let globs = globs.ok_or_else(|| ("`paths` names no page".to_owned(), paths.span()))?;
    Ok((globs, severities(rules)?))
}

fn severities(rules: Rules) -> Result<Severities, Wrong> {
    rules.into_iter().map(severity).collect()
}

fn severity((rule, level): (Spanned<String>, Spanned<String>)) -> Result<(String, Option<Severity>), Wrong> {
    if rules::find(rule.get_ref()).is_none() {
        let names = rules::all().iter().map(|rule| rule.name);
        return Err((unknown("rule", rule.get_ref(), names), rule.span()));
    }
    let known = LEVELS.iter().find(|(name, _)| name == level.get_ref());
    let (_, severity) = known
        .ok_or_else(|| (unknown("severity", level.get_ref(), LEVELS.map(|(name, _)| name)), level.span()))?;
    Ok((rule.into_inner(), *severity))
}

/// The nearest configuration from the working folder upwards, as a relative path; a repository's root
/// ends the search.
pub fn find() -> Option<PathBuf> {
    let mut steps = PathBuf::new();
    for folder in working_folder().ancestors() {
        if folder.join(FILE).is_file() {
            return Some(steps.join(FILE));
        }
        if folder.join(".git").exists() {
            return None;
        }
        steps.push("..");
    }
    None
}
