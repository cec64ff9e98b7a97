//! The builder: what is checked, what it is held against, and how.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde_json::Value;

use super::baseline;
use super::checked::Checked;
use super::config::Config;
use super::error::Error;
use super::input::{self, Input};
use super::models::Models;
use super::run::Run;
use super::specs::{self, Spec};
use crate::finding::Severity;
use crate::nearest::unknown;
use crate::read::{Problem, Reading};
use crate::rules;
use crate::settings::Severities;
use crate::spec;

/// A check of documentation: what `docdrift check` does, without the command line.
///
/// Without anything to hold pages against, they are held against each other.
///
/// ```
/// use docdrift::{Check, Format, Severity};
///
/// # fn main() -> Result<(), docdrift::Error> {
/// let checked = Check::new("corpus/en-us").path("corpus/fr-fr").spec("src/models").run()?;
///
/// for found in checked.findings() {
///     let (finding, at) = (found.finding, found.start);
///     println!("{}:{}:{}: {}", found.path, at.line, at.column, finding.message);
/// }
/// assert!(checked.reaches(Severity::Error));
/// assert!(checked.render(Format::Concise).contains("error[translated-name]"));
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is checked before `run`"]
#[derive(Debug, Clone, Default)]
pub struct Check {
    paths: Vec<PathBuf>,
    models: Models,
    documents: Vec<(String, Value)>,
    specs: Vec<String>,
    reference: Option<String>,
    locales: Vec<String>,
    rules: Severities,
    baseline: Option<PathBuf>,
    config: Option<PathBuf>,
    types_only: bool,
}

impl Check {
    /// Checks a page, or a folder with all Markdown and HTML pages below it. Relative paths start from the working
    /// folder; that of `cargo test` is the folder of the package.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self::default().path(path)
    }

    /// Checks this page or folder as well.
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// Holds pages against a type, and against whatever it refers to: requests against what `serde` reads it from,
    /// answers against what `serde` writes it as.
    ///
    /// ```
    /// use docdrift::Check;
    /// use docdrift::schemars::{self, JsonSchema};
    ///
    /// /// What a customer is about to buy.
    /// #[derive(JsonSchema)]
    /// #[serde(rename_all = "camelCase")]
    /// # #[allow(dead_code)]
    /// struct Basket {
    ///     /// Given by the service.
    ///     id: String,
    ///     line_items: Vec<Item>,
    /// }
    ///
    /// #[derive(JsonSchema)]
    /// # #[allow(dead_code)]
    /// struct Item {
    ///     quantity: u32,
    /// }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = std::env::temp_dir().join(format!("docdrift-doc-model-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let page = folder.join("basket.md");
    /// std::fs::write(&page, "
    /// ## Basket
    ///
    /// | Property  | Type         | Description           |
    /// |-----------|--------------|-----------------------|
    /// | id        | integer      | Given by the service. |
    /// | lineItems | list of Item | What is in it.        |
    /// ")?;
    /// let checked = Check::new(&page).model::<Basket>().run()?;
    /// # std::fs::remove_dir_all(&folder)?;
    ///
    /// let findings = checked.findings();
    /// assert_eq!(findings.len(), 1);
    /// assert_eq!(findings[0].finding.rule, "type-mismatch");
    /// assert_eq!(findings[0].finding.subject.path, "Basket.id");
    /// assert_eq!(findings[0].start.line, 6);
    /// # Ok(())
    /// # }
    /// ```
    pub fn model<T: JsonSchema>(mut self) -> Self {
        self.models.add::<T>();
        self
    }

    /// Holds pages against a JSON Schema or an `OpenAPI` document. A document that is a schema without `title` is a
    /// type of that name.
    ///
    /// ```
    /// use docdrift::Check;
    /// use serde_json::json;
    ///
    /// # fn main() -> Result<(), docdrift::Error> {
    /// let schema = json!({ "type": "object", "properties": { "termDuration": { "type": "integer" } } });
    /// let checked = Check::new("corpus/en-us").schema("RenewsTo", &schema).run()?;
    ///
    /// let findings = checked.findings();
    /// let wrong = findings.iter().find(|found| found.finding.rule == "type-mismatch");
    /// assert_eq!(wrong.map(|found| found.finding.subject.path.as_str()), Some("RenewsTo.termDuration"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn schema(mut self, name: impl Into<String>, document: &Value) -> Self {
        self.documents.push((name.into(), document.clone()));
        self
    }

    /// Holds pages against a file or folder of Rust source, JSON Schema or `OpenAPI`, or `models` (the built-in cart
    /// API): whatever `--spec` takes. `none` stands alone, and is the default.
    pub fn spec(mut self, spec: impl Into<String>) -> Self {
        self.specs.push(spec.into());
        self
    }

    /// Lets the pages of this locale vouch for the others; `none` lets none. English does if nothing is said.
    pub fn reference(mut self, locale: impl Into<String>) -> Self {
        self.reference = Some(locale.into());
        self
    }

    /// Judges only pages of these locales. The others bear witness.
    pub fn locales<L: Into<String>>(mut self, locales: impl IntoIterator<Item = L>) -> Self {
        self.locales.extend(locales.into_iter().map(Into::into));
        self
    }

    /// Gives a rule another severity, or with `None` switches it off.
    ///
    /// ```
    /// # fn main() -> Result<(), docdrift::Error> {
    /// use docdrift::{Check, Severity};
    ///
    /// let check = Check::new("corpus/fr-fr").path("corpus/en-us");
    /// let checked = check.rule("vague-type", None).rule("translated-type", Severity::Error).run()?;
    /// let severity = |rule| checked.findings().iter().find(|f| f.finding.rule == rule).map(|f| f.finding.severity);
    /// assert_eq!(severity("vague-type"), None);
    /// assert_eq!(severity("translated-type"), Some(Severity::Error));
    /// # Ok(())
    /// # }
    /// ```
    pub fn rule(mut self, rule: impl Into<String>, severity: impl Into<Option<Severity>>) -> Self {
        self.rules.insert(rule.into(), severity.into());
        self
    }

    /// Holds back the findings that this file knows. [`Checked::write_baseline`] writes one, and so does
    /// `docdrift check --write-baseline`.
    pub fn baseline(mut self, file: impl Into<PathBuf>) -> Self {
        self.baseline = Some(file.into());
        self
    }

    /// Goes by this `docdrift.toml`, and by its baseline. What else is said here counts more; without this nothing is
    /// looked for. `Check::default()` checks the paths that it names.
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.config = Some(file.into());
        self
    }

    /// Judges only what tables and examples say of the types that pages are held against: by the rules that a spec can
    /// vouch for, where a table or example is bound to one of its types. What else the pages say is left alone.
    pub fn types_only(mut self) -> Self {
        self.types_only = true;
        self
    }

    /// Reads and judges.
    ///
    /// # Errors
    /// What was named cannot be read or is not there; see [`Error`].
    pub fn run(mut self) -> Result<Checked, Error> {
        if let Some(rule) = self.rules.keys().find(|rule| rules::find(rule).is_none()) {
            return Err(Error::Settings(unknown("rule", rule, rules::all().iter().map(|rule| rule.name))));
        }
        let config = match self.config.as_deref() {
            Some(path) => Config::load(Some(path)).map_err(Error::Settings)?,
            None => Config::default(),
        };
        let spec = self.held_against(&config)?;
        let baseline = self.baseline.or_else(|| self.config.and_then(|_| baseline::known(&config)));
        let rules = self.rules;

        let input = read(&self.paths, config, spec, self.reference.as_deref(), &self.locales)?;
        let settings =
            input.settings(None, |configured| configured.into_iter().chain(rules.clone()).collect());
        let run = Run::new(input, settings).map_err(Error::Spec)?;
        Checked::new(run, self.paths, self.models.names(), self.types_only, baseline.as_deref())
    }

    /// The specs: those that were given, else those of the configuration.
    fn held_against(&mut self, config: &Config) -> Result<Spec, Error> {
        let mut documents = std::mem::take(&mut self.documents);
        documents.extend(self.models.document().map(|document| ("models".to_owned(), document)));
        let names = match self.specs.as_slice() {
            [] if documents.is_empty() => config.spec.as_slice(),
            names => names,
        };
        let spec = if names.is_empty() {
            Spec::None
        } else {
            specs::read(names).map_err(|problem| Error::Spec(vec![problem]))?
        };
        let documents = documents.iter().map(|(name, document)| spec::document(name, document));
        Ok(spec.with(documents.collect()))
    }
}

/// Reads pages and understands them.
fn read(
    paths: &[PathBuf],
    config: Config,
    spec: Spec,
    reference: Option<&str>,
    locales: &[String],
) -> Result<Input, Error> {
    let lexicon = input::lexicon(&config.lexicons).map_err(Error::Settings)?;
    let reading = input::pages(&config.inputs(paths), &lexicon, |_| ());
    let asked = input::asked(&reading);
    let Reading { pages, problems, layout, .. } = reading;
    let problems: Vec<Problem> = problems.into_iter().filter(Problem::is_fatal).collect();
    if !problems.is_empty() {
        return Err(Error::Pages(problems));
    }
    let locales = input::locales(locales, &pages).map_err(Error::Settings)?;
    let reference = reference.or(config.reference.as_deref());
    let (reference, reference_why) = input::reference(reference, &pages, &layout).map_err(Error::Settings)?;
    let failed = false;
    Ok(Input { pages, spec, lexicon, asked, layout, reference, reference_why, locales, config, failed })
}
