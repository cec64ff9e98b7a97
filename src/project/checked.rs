//! What a check found, and what can be done with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::baseline::{self, Asked, Written};
use super::bound::{self, Bound};
use super::error::Error;
use super::fixes::Fixes;
use super::run::Run;
use crate::facts::Page;
use crate::finding::{Finding, Safety, Severity, Site};
use crate::outcome::Outcome;
use crate::report::places::Places;
use crate::report::{self, Format, View};
use crate::schema::Schema;
use crate::text::LineColumn;

/// What a [`Check`](super::Check) found.
#[derive(Debug)]
pub struct Checked {
    run: Run,
    outcome: Outcome,
    /// As they were given.
    paths: Vec<PathBuf>,
    /// The names of the types that were given.
    models: Vec<String>,
    types_only: bool,
    /// What pages say of types, once somebody has asked.
    bound: OnceLock<Vec<Bound>>,
}

/// A finding in its place.
#[derive(Debug, Clone, Copy)]
pub struct Found<'c> {
    /// What is wrong, who says so, and what would mend it.
    pub finding: &'c Finding,
    /// The page, relative to the working folder if it lies below, with forward slashes.
    pub path: &'c str,
    /// Where it starts: line and column count from 1, columns in characters.
    pub start: LineColumn,
    /// Where it ends, behind the last character.
    pub end: LineColumn,
}

impl Checked {
    pub(super) fn new(
        mut run: Run,
        paths: Vec<PathBuf>,
        models: &[String],
        types_only: bool,
        baseline: Option<&Path>,
    ) -> Result<Self, Error> {
        if types_only && run.schema.is_none() {
            return Err(Error::Spec(vec!["there are no types to compare pages with".to_owned()]));
        }
        let mut outcome = run.judge(&run.pages);
        if let Some(path) = baseline {
            let applied = baseline::hold_back(path, &Asked::default(), &run, &mut outcome);
            let applied = applied.map_err(Error::Baseline)?;
            // Where only types are judged, what is known of the rest is not looked for.
            if !types_only {
                applied.report(&mut run, &mut outcome);
            }
        }
        let bound = OnceLock::new();
        if types_only {
            let bound = bound.get_or_init(|| bound_to_types(&run, &run.pages));
            bound::keep(&mut outcome.findings, bound, &run.pages);
        }
        Ok(Self { run, outcome, paths, models: models.to_vec(), types_only, bound })
    }

    /// The findings, by page and place.
    pub fn findings(&self) -> Vec<Found<'_>> {
        let places = Places::of_pages(&self.run.pages);
        let found = self.outcome.findings.iter().filter_map(|finding| {
            let at = places.locate(Site::Page(finding.place))?;
            Some(Found { finding, path: at.path, start: at.start(), end: at.end() })
        });
        found.collect()
    }

    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.outcome.all().next().is_none()
    }

    /// Whether any finding is at least that severe.
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.outcome.reaches(threshold)
    }

    /// The findings with how much was understood, which locales there are, and what is worth a note.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The pages that places of findings point into, by their number.
    pub fn pages(&self) -> &[Page] {
        &self.run.pages
    }

    /// Types given by [`Check::model`](super::Check::model) that no table and no example is bound to, so that nothing
    /// was held against them.
    pub fn undocumented(&self) -> Vec<&str> {
        let bound = self.bound.get_or_init(|| bound_to_types(&self.run, &self.run.pages));
        let documented: BTreeSet<&str> = bound.iter().flat_map(Bound::types).collect();
        self.models.iter().map(String::as_str).filter(|model| !documented.contains(model)).collect()
    }

    /// What pages were held against.
    pub fn schema(&self) -> Option<&Schema> {
        self.run.schema.as_ref()
    }

    /// The findings in one of the formats of `docdrift check`.
    pub fn render(&self, format: Format) -> String {
        report::render(&self.view(), format)
    }

    /// How many findings there are in how many pages, and how much of those was understood: one line without its end.
    pub fn summary(&self) -> String {
        report::headline(&self.outcome)
    }

    /// Leaves of the findings those that are at least that severe, and of these the worst, at most so many.
    pub(super) fn keep_worst(&mut self, threshold: Severity, most: usize) {
        self.outcome.findings.retain(|finding| finding.severity >= threshold);
        self.outcome.keep_worst(most);
    }

    /// Makes the fixes that are at least that safe, in memory, as `docdrift fix` does: pages are judged again, a fix
    /// that would leave its finding is not made, pages of the reference locale stay as they are unless they were
    /// named.
    ///
    /// ```
    /// use docdrift::{Check, Safety};
    ///
    /// # fn main() -> Result<(), docdrift::Error> {
    /// let fixes = Check::new("corpus").spec("models").run()?.fix(Safety::Safe);
    /// assert!(fixes.diff().contains("-| quantité            | int"));
    /// assert!(fixes.diff().contains("+| quantity            | int"));
    /// // `fixes.write()` would write the pages.
    /// # Ok(())
    /// # }
    /// ```
    pub fn fix(mut self, safety: Safety) -> Fixes {
        let mut pages = std::mem::take(&mut self.run.pages);
        // Behind them may be the baseline.
        pages.truncate(self.outcome.pages);
        let judge = |pages: &[Page]| {
            let mut findings = self.run.judge(pages).findings;
            if self.types_only {
                bound::keep(&mut findings, &bound_to_types(&self.run, pages), pages);
            }
            findings
        };
        Fixes::make(pages, &self.paths, &self.outcome, &self.run.lexicon, safety, judge)
    }

    /// Writes down all findings, to be held back from now on by [`Check::baseline`](super::Check::baseline). What an
    /// older baseline in that place knows of pages that were not judged stays.
    ///
    /// # Errors
    /// The file cannot be written, or what lies there is no baseline.
    pub fn write_baseline(&self, file: impl AsRef<Path>) -> Result<Written, Error> {
        baseline::write(file.as_ref(), &Asked::default(), &self.run, &self.outcome).map_err(Error::Baseline)
    }

    fn view(&self) -> View<'_> {
        let spec = self.schema().map_or(&[][..], |schema| &schema.files);
        View { outcome: &self.outcome, pages: &self.run.pages, spec }
    }
}

fn bound_to_types(run: &Run, pages: &[Page]) -> Vec<Bound> {
    run.schema
        .as_ref()
        .map_or_else(Vec::new, |schema| bound::bound(pages, schema, &run.lexicon, &run.settings))
}
