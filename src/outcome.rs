//! What a check hands to the reports: findings, and how much was understood.
//!
//! Absent here: output formats, how findings were made.

use crate::finding::{Finding, Severity, Site};
use crate::source::Locale;
use crate::text::FileId;

/// The result of checking a set of pages against a spec.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Sorted by [`Finding::order`].
    pub findings: Vec<Finding>,
    /// How much of the pages was understood.
    pub coverage: Coverage,
    /// The locales of the pages, sorted, each once.
    pub locales: Vec<Locale>,
    /// The locale that vouches for the others, if one does.
    pub reference: Option<Locale>,
    /// Why it does, if nobody chose it.
    pub reference_why: Option<String>,
    /// How many pages could be held against something: a page of another locale, a source half, a spec.
    pub compared: usize,
    /// How many pages were checked.
    pub pages: usize,
    /// The pages that were judged, in order; the others bore witness only.
    pub judged: Vec<FileId>,
    /// What translation damaged in each locale, in the order of the locales.
    pub damage: Vec<(Locale, Damage)>,
    /// What the spec could not say, or the pages did not let decide; told once, not judged.
    pub notes: Vec<Note>,
    /// Findings that count but are not shown, because there are worse ones; sorted likewise.
    pub left_out: Vec<Finding>,
    /// How many findings a baseline held back; `None` without a baseline.
    pub held_back: Option<usize>,
}

/// What translation damaged in one locale, by kind of cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Damage {
    /// Identifiers.
    pub names: Share,
    /// Types.
    pub types: Share,
    /// HTTP methods.
    pub methods: Share,
    /// Request paths.
    pub paths: Share,
    /// Values that cells of tables name. Those that one cell lacks count once.
    pub values: Share,
}

/// Damaged cells of all that could be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are damaged.
    pub damaged: usize,
    /// All of them.
    pub cells: usize,
}

impl Damage {
    /// Every kind with what it is called.
    pub const fn kinds(&self) -> [(&'static str, Share); 5] {
        [
            ("names", self.names),
            ("types", self.types),
            ("methods", self.methods),
            ("paths", self.paths),
            ("values", self.values),
        ]
    }
}

/// How many tables and examples there are, and how many of them were understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All tables.
    pub tables: usize,
    /// Tables whose role is known.
    pub tables_recognized: usize,
    /// All examples with a body.
    pub examples: usize,
    /// Examples whose body was read.
    pub examples_read: usize,
}

/// Something worth telling that is no defect of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where, if it has a place.
    pub place: Option<Site>,
    /// A sentence without final full stop.
    pub message: String,
}

impl Outcome {
    /// All findings: those that are shown, then those that were left out.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(&self.left_out)
    }

    /// How many findings have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.all().filter(|finding| finding.severity == severity).count()
    }

    /// Whether any finding is at least that severe.
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.all().any(|finding| finding.severity >= threshold)
    }

    /// The worst of the findings that are shown, at most so many, in their order; of equally severe ones
    /// the first.
    pub fn worst(&self, most: usize) -> Vec<&Finding> {
        let mut room = self.room(most);
        self.findings.iter().filter(|finding| take(&mut room, finding.severity)).collect()
    }

    /// Leaves out all but the [`worst`](Self::worst).
    pub fn keep_worst(&mut self, most: usize) {
        if self.findings.len() <= most {
            return;
        }
        let mut room = self.room(most);
        let findings = std::mem::take(&mut self.findings);
        let (kept, rest): (_, Vec<_>) =
            findings.into_iter().partition(|finding| take(&mut room, finding.severity));
        self.findings = kept;
        self.left_out.extend(rest);
    }

    /// How many of each severity are among the worst, by `severity as usize`.
    fn room(&self, most: usize) -> [usize; 3] {
        let shown = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let errors = shown(Severity::Error).min(most);
        let warnings = shown(Severity::Warning).min(most - errors);
        [most - errors - warnings, warnings, errors]
    }
}

/// Takes one place of that severity, if there is one left.
const fn take(room: &mut [usize; 3], severity: Severity) -> bool {
    let left = &mut room[severity as usize];
    let fits = *left > 0;
    *left = left.saturating_sub(1);
    fits
}
