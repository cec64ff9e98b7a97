//! What everything that looks at pages starts with: the words, the pages, the locales that were chosen among theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::PathBuf;

use super::config::Config;
use super::evidence;
use super::pipeline;
use super::specs::Spec;
use crate::extract::Extractor;
use crate::facts::Page;
use crate::lexicon::{Lexicon, languages};
use crate::nearest::unknown;
use crate::read::{self, Chosen, Inputs, Layout, Reading, Why, by_count, shown, working_folder};
use crate::settings::Reference;
use crate::source::Locale;
use crate::text::FileId;

/// All that was read.
pub struct Input {
    /// Numbered, in the order of their paths.
    pub pages: Vec<Page>,
    /// What they are held against.
    pub spec: Spec,
    /// The words that they were read with.
    pub lexicon: Lexicon,
    /// The pages that were asked for, if not all; the others bear witness.
    pub asked: Option<BTreeSet<FileId>>,
    /// Where the locales lie.
    pub layout: Layout,
    /// The locale that vouches for the others.
    pub reference: Reference,
    /// Why it does, if nobody chose it.
    pub reference_why: Option<String>,
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
        let toml = read::read_text(path).map_err(|error| match error.kind() {
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
    Reading { pages: pipeline::number(reading.pages), ..reading }
}

/// The pages that were asked for, if not all.
pub fn asked(reading: &Reading<Page>) -> Option<BTreeSet<FileId>> {
    let asked = reading.pages.iter().zip(&reading.asked).filter(|(_, asked)| **asked);
    let asked: BTreeSet<FileId> = asked.map(|(page, _)| page.file).collect();
    (asked.len() < reading.pages.len()).then_some(asked)
}

/// The locale that was chosen to vouch for the others: a tag, or `none`; else the one that pages are translated from,
/// with the reason.
///
/// # Errors
/// It is no page's, in one line.
pub fn reference(
    choice: Option<&str>,
    pages: &[Page],
    layout: &Layout,
) -> Result<(Reference, Option<String>), String> {
    match choice {
        None => {
            Ok(source(pages, layout).map_or((Reference::Auto, None), |Chosen { locale, why }| {
                // That English is the source goes without saying.
                let why = Some(why).filter(|why| {
                    *why != Why::English && locale.language() != "en"
                        || matches!(why, Why::Site(_) | Why::Unmarked)
                });
                (Reference::Locale(locale), why.map(|why| why.to_string()))
            }))
        }
        Some("none") => Ok((Reference::Off, None)),
        Some(tag) => {
            let mut chosen = locales(&[tag.to_owned()], pages)?;
            let count = |locale: &Locale| {
                pages.iter().filter(|page| page.source.locale.as_ref() == Some(locale)).count()
            };
            chosen.sort_by_key(|locale| std::cmp::Reverse(count(locale)));
            Ok((chosen.into_iter().next().map_or(Reference::Auto, Reference::Locale), None))
        }
    }
}

/// The locale that pages are translated from, unless the user says: by the site or the layout, which are beyond doubt,
/// by what pages say, or by how many there are.
pub fn source(pages: &[Page], layout: &Layout) -> Option<Chosen> {
    let mut counts: BTreeMap<Locale, usize> = BTreeMap::new();
    for locale in pages.iter().filter_map(|page| page.source.locale.as_ref()) {
        *counts.entry(locale.clone()).or_default() += 1;
    }
    let said = layout.source.clone().filter(|chosen| counts.contains_key(&chosen.locale));
    said.filter(|chosen| matches!(chosen.why, Why::Site(_) | Why::Unmarked))
        .or_else(|| evidence::source(pages))
        .or_else(|| by_count(&counts))
}

/// The locales of those tags, in any spelling: `en` is `en-US` where that is the English that there is.
///
/// # Errors
/// One of them is no page's, in one line that names those that are.
pub fn locales(tags: &[String], pages: &[Page]) -> Result<Vec<Locale>, String> {
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<&Locale> = pages.iter().filter_map(|page| page.source.locale.as_ref()).collect();
    let mut found = Vec::new();
    for tag in tags {
        let meant = matching(tag, &known);
        if meant.is_empty() {
            return Err(unknown_locale(tag, &known));
        }
        found.extend(meant.into_iter().filter(|locale| !found.contains(locale)).collect::<Vec<_>>());
    }
    Ok(found)
}

/// The locales that a tag may mean: itself, else all of its language if it names no region, else its language alone.
fn matching(tag: &str, known: &BTreeSet<&Locale>) -> Vec<Locale> {
    let lower = tag.to_lowercase();
    let parsed = Locale::parse(tag);
    let named = languages::named(&lower).cloned();
    for locale in parsed.into_iter().chain(named) {
        if known.contains(&locale) {
            return vec![locale];
        }
        let is_bare = locale.as_str() == locale.language();
        let fits = |other: &&&Locale| {
            other.language() == locale.language() && (is_bare || other.as_str() == other.language())
        };
        let akin: Vec<Locale> = known.iter().filter(fits).map(|locale| (*locale).clone()).collect();
        if !akin.is_empty() {
            return akin;
        }
    }
    Vec::new()
}

fn unknown_locale(tag: &str, known: &BTreeSet<&Locale>) -> String {
    if known.is_empty() {
        return format!(
            "unknown locale `{tag}`: no page shows of which locale it is; `[locales]` or `[[layout]]` of docdrift.toml says it"
        );
    }
    let names = || known.iter().map(|locale| locale.as_str());
    let list: Vec<&str> = names().collect();
    format!("{} (found: {})", unknown("locale", tag, names()), list.join(", "))
}
