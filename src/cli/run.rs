//! What every command that judges pages does first: reading, the spec, the rules that count.

use std::path::Path;

use super::args::Scope;
use super::changes;
use super::config::Config;
use super::console::Console;
use super::input::{self, Input};
use super::pipeline;
use super::specs::Spec;
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::outcome::Outcome;
use crate::rules;
use crate::schema::Schema;
use crate::settings::{Override, Settings, Severities};

/// Pages that were read, and all it takes to judge them.
pub struct Run {
    /// Sorted by path and numbered.
    pub pages: Vec<Page>,
    pub schema: Option<Schema>,
    /// Whether the schema is that of the built-in models.
    pub is_built_in: bool,
    pub lexicon: Lexicon,
    pub settings: Settings,
    pub config: Config,
    /// Whether something the user asked for could not be read.
    pub failed: bool,
}

impl Run {
    /// Reads what the arguments name, and says what could not be read.
    pub fn start(args: &Scope, console: &Console) -> Result<Self, String> {
        let Input { pages, spec, lexicon, reference, locales, config, failed } =
            input::read(&args.input, console)?;
        let overrides = config.overrides.iter().map(|(globs, rules)| {
            let fits = |page: &&Page| globs.matches(Path::new(&page.source.path));
            let pages = pages.iter().filter(fits).map(|page| page.file).collect();
            Override { pages, rules: severities(args, rules.clone()) }
        });
        let judged = changes::judged(args, &config, &pages, &reference, console)?;
        let settings = Settings {
            reference,
            locales,
            pages: judged,
            rules: severities(args, config.rules.clone()),
            overrides: overrides.collect(),
            keep: config.keep.clone(),
        };
        let is_built_in = matches!(spec, Spec::Models);
        let schema = input::schema(&pages, spec, console)?;
        Ok(Self { pages, schema, is_built_in, lexicon, settings, config, failed })
    }

    /// The findings of pages.
    pub fn judge(&self, pages: &[Page]) -> Outcome {
        pipeline::judge(pages, self.schema.as_ref(), &self.lexicon, &self.settings)
    }
}

/// Severities after the command line: `--select` leaves only what it names, even what the
/// configuration switched off; `--ignore` takes away.
pub fn severities(args: &Scope, mut configured: Severities) -> Severities {
    let is_in = |list: &[&rules::Rule], name: &str| list.iter().any(|rule| rule.name == name);
    for rule in rules::all() {
        let is_off = configured.get(rule.name) == Some(&None);
        if is_in(&args.ignore, rule.name) || !(args.select.is_empty() || is_in(&args.select, rule.name)) {
            configured.insert(rule.name.to_owned(), None);
        } else if is_off && !args.select.is_empty() {
            configured.remove(rule.name);
        }
    }
    configured
}
