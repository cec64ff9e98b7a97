//! Pages that were read, and all it takes to judge them.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::Config;
use super::input::Input;
use super::pipeline;
use super::specs::Spec;
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::outcome::Outcome;
use crate::schema::Schema;
use crate::settings::{Override, Settings, Severities};
use crate::text::FileId;

/// Pages that were read, and all it takes to judge them.
#[derive(Debug)]
pub struct Run {
    /// Sorted by path and numbered.
    pub pages: Vec<Page>,
    /// What they are held against.
    pub schema: Option<Schema>,
    /// Whether the schema is that of the built-in models.
    pub is_built_in: bool,
    /// The words that they were read with.
    pub lexicon: Lexicon,
    /// How to judge.
    pub settings: Settings,
    /// What the configuration says.
    pub config: Config,
    /// Whether something the user asked for could not be read.
    pub failed: bool,
}

impl Input {
    /// How to judge: as the configuration says, after `adjust` had its say on the severities; only those pages, if not
    /// all.
    pub fn settings(
        &self,
        pages: Option<BTreeSet<FileId>>,
        adjust: impl Fn(Severities) -> Severities,
    ) -> Settings {
        let overrides = self.config.overrides.iter().map(|(globs, rules)| {
            let fits = |page: &&Page| globs.matches(Path::new(&page.source.path));
            let pages = self.pages.iter().filter(fits).map(|page| page.file).collect();
            Override { pages, rules: adjust(rules.clone()) }
        });
        Settings {
            reference: self.reference.clone(),
            reference_why: self.reference_why.clone(),
            locales: self.locales.clone(),
            pages: self.judged(pages),
            rules: adjust(self.config.rules.clone()),
            overrides: overrides.collect(),
            keep: self.config.keep.clone(),
        }
    }
}

impl Input {
    /// Those pages, as far as they were asked for.
    fn judged(&self, pages: Option<BTreeSet<FileId>>) -> Option<BTreeSet<FileId>> {
        match (&self.asked, pages) {
            (Some(asked), Some(pages)) => Some(asked.intersection(&pages).copied().collect()),
            (Some(asked), None) => Some(asked.clone()),
            (None, pages) => pages,
        }
    }

    /// How to judge the pages that were asked for, without a word on rules.
    pub fn plain_settings(&self) -> Settings {
        Settings {
            reference: self.reference.clone(),
            locales: self.locales.clone(),
            pages: self.asked.clone(),
            ..Settings::default()
        }
    }
}

impl Run {
    /// Puts the specs together.
    ///
    /// # Errors
    /// What is wrong with the specs, each in one line.
    pub fn new(input: Input, settings: Settings) -> Result<Self, Vec<String>> {
        let Input { pages, spec, lexicon, config, failed, .. } = input;
        let is_built_in = matches!(spec, Spec::Models);
        let schema = pipeline::schema(&pages, spec)?;
        Ok(Self { pages, schema, is_built_in, lexicon, settings, config, failed })
    }

    /// The findings of pages.
    pub fn judge(&self, pages: &[Page]) -> Outcome {
        pipeline::judge(pages, self.schema.as_ref(), &self.lexicon, &self.settings)
    }
}
