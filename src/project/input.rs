//! What everything that looks at pages starts with: the words, the pages, the locales that were chosen among theirs.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::config::Config;
use super::pipeline;
use super::specs::Spec;
use crate::extract::Extractor;
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::nearest::unknown;
use crate::read::{self, Inputs, Reading, shown, working_folder};
use crate::settings::Reference;
use crate::source::Locale;

/// All that was read.
pub struct Input {
    /// Numbered, in the order of their paths.
    pub pages: Vec<Page>,
    /// What they are held against.
    pub spec: Spec,
    /// The words that they were read with.
    pub lexicon: Lexicon,
    /// The locale that vouches for the others.
    pub reference: Reference,
    /// Those that were chosen to be judged; empty: all.
    pub locales: Vec<Locale>,
    /// What the configuration says.
    pub config: Config,
    /// Whether something that was asked for could not be read.
    pub failed: bool,
}

/// The built-in words and those of the user's files.
///
/// # Errors
/// The first file that cannot be read or is no lexicon, in one line.
pub fn lexicon(files: &[PathBuf]) -> Result<Lexicon, String> {
    files.iter().try_fold(Lexicon::default(), |lexicon, path| {
        let name = shown(path, &working_folder());
        let toml = fs::read_to_string(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("lexicon {name}: no such file"),
            _ => format!("lexicon {name}: cannot be read: {error}"),
        })?;
        lexicon.with_extra(&name, &toml).map_err(|error| error.to_string())
    })
}

/// Reads and understands all pages; `progress` is told how many more were read, on the thread that read them.
pub fn pages(inputs: &Inputs, lexicon: &Lexicon, progress: impl Fn(usize) + Sync) -> Reading<Page> {
    let extractor = Extractor::new(lexicon);
    let reading = read::map(inputs, |sources| {
        progress(sources.len());
        pipeline::pages(sources, &extractor)
    });
    Reading { pages: pipeline::number(reading.pages), problems: reading.problems }
}

/// The locale that was chosen to vouch for the others: a tag, or `none`.
///
/// # Errors
/// It is no page's, in one line.
pub fn reference(choice: Option<&str>, pages: &[Page]) -> Result<Reference, String> {
    match choice {
        None => Ok(Reference::Auto),
        Some("none") => Ok(Reference::Off),
        Some(tag) => {
            let chosen = locales(&[tag.to_owned()], pages)?;
            Ok(chosen.into_iter().next().map_or(Reference::Auto, Reference::Locale))
        }
    }
}

/// The locales of those tags.
///
/// # Errors
/// One of them is no page's, in one line.
pub fn locales(tags: &[String], pages: &[Page]) -> Result<Vec<Locale>, String> {
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<&Locale> = pages.iter().filter_map(|page| page.source.locale.as_ref()).collect();
    let find = |tag: &String| {
        let locale = Locale::parse(tag).filter(|locale| known.contains(locale));
        locale.ok_or_else(|| unknown("locale", tag, known.iter().map(|locale| locale.as_str())))
    };
    tags.iter().map(find).collect()
}
