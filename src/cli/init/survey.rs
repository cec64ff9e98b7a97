//! What a tree holds: pages, locales, a reference, and types that the pages document.

use std::collections::BTreeMap;

use super::super::input::start_threads;
use super::specs::{self, Specs};
use crate::extract::Extractor;
use crate::facts::{Page, TableRole};
use crate::lexicon::Lexicon;
use crate::outcome::Coverage;
use crate::project::input::reference;
use crate::project::pipeline;
use crate::read::{self, Inputs, Layout, Reading, Shape};
use crate::settings::Reference as Chosen;
use crate::source::Locale;

/// What was found below the working folder.
pub struct Survey {
    /// How many pages there are.
    pub pages: usize,
    /// The folders that hold the documentation.
    pub paths: Vec<String>,
    /// Pages in those folders by locale; `None`: nothing says.
    pub locales: BTreeMap<Option<Locale>, usize>,
    /// The locale that vouches for the others, if there is more than one.
    pub reference: Option<Locale>,
    /// What speaks for it.
    pub reference_why: Option<String>,
    /// The layouts of the pages, with how many follow them.
    pub layouts: Vec<Shape>,
    /// What the pages may be held against.
    pub specs: Specs,
    /// How much of the pages was understood.
    pub coverage: Coverage,
}

/// Looks at everything below the working folder.
pub fn survey() -> Result<Survey, String> {
    let lexicon = Lexicon::default();
    let inputs = Inputs { paths: vec![".".into()], ..Inputs::default() };
    let extractor = Extractor::new(&lexicon);
    let Reading { pages, layout, .. } = read::map(&inputs, |sources| pipeline::pages(sources, &extractor));
    let all = pages.len();
    let paths = paths(&pages, &layout);
    let is_below = |page: &Page| paths.iter().any(|path| below(&page.source.path, path));
    let pages = pipeline::number(pages.into_iter().filter(is_below).collect());
    let mut locales: BTreeMap<Option<Locale>, usize> = BTreeMap::new();
    for page in &pages {
        *locales.entry(page.source.locale.clone()).or_default() += 1;
    }
    let located = pages.iter().map(|page| (page.source.path.as_str(), page.source.locale.as_ref()));
    let layouts = layout.shapes(located);
    let (reference, reference_why) = match reference(None, &pages, &layout)? {
        (Chosen::Locale(locale), why) if locales.len() > 1 => (Some(locale), why),
        _ => (None, None),
    };
    start_threads(None)?;
    let specs = specs::specs(&pages, reference.as_ref(), &lexicon);
    let coverage = pipeline::coverage(pages.iter());
    Ok(Survey { pages: all, paths, locales, reference, reference_why, layouts, specs, coverage })
}

/// Whether a path lies below a folder; all lie below `.`.
fn below(path: &str, folder: &str) -> bool {
    folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

/// The folders, by the first step of their paths, that hold translations; without any, those that hold tables and
/// examples; else all there are.
fn paths(pages: &[Page], layout: &Layout) -> Vec<String> {
    let speaks = |page: &Page| {
        let knows = |role| !matches!(role, TableRole::Other | TableRole::Unknown);
        page.facts.tables.iter().any(|table| knows(table.role)) || !page.facts.examples.is_empty()
    };
    let tests: [&dyn Fn(&Page) -> bool; 3] = [&|page| page.source.locale.is_some(), &speaks, &|_| true];
    for is_doc in tests {
        let mut groups: BTreeMap<&str, Option<Vec<&str>>> = BTreeMap::new();
        for page in pages.iter().filter(|page| is_doc(page)) {
            let folders = trunk(page, layout);
            let group = groups.entry(folders.first().copied().unwrap_or("")).or_default();
            match group {
                None => *group = Some(folders),
                Some(common) => {
                    let shared = common.iter().zip(&folders).take_while(|(a, b)| a == b).count();
                    common.truncate(shared);
                }
            }
        }
        if groups.contains_key("") {
            return vec![".".to_owned()];
        }
        if !groups.is_empty() {
            return groups.into_values().flatten().map(|folders| folders.join("/")).collect();
        }
    }
    Vec::new()
}

/// The folders above a page: those above its locale's folder, if it lies in one.
fn trunk<'p>(page: &'p Page, layout: &Layout) -> Vec<&'p str> {
    let path = page.source.path.as_str();
    let home = page.source.locale.as_ref().and_then(|_| layout.home(path));
    let folder = home.unwrap_or_else(|| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    folder.split('/').filter(|step| !step.is_empty()).collect()
}
