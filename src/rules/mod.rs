//! Judges what `compare` paired: each rule is one file with its manual, metadata and check.
//!
//! Absent here: output formats, input, pairing.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::compare::Sightings;
use crate::compare::corpus::Corpus;
use crate::comparison::PageComparison;
use crate::facts::Page;
use crate::finding::{Basis, Safety, Severity, Site};
use crate::hash::HashMap;
use crate::lexicon::Vocabulary;
use crate::normalize::types::TypeReading;
use crate::schema::Schema;
use crate::settings::Settings;
use crate::text::{Place, Span};

mod age;
pub mod allow;
pub(crate) mod authority;
mod bodies;
mod code_pairs;
mod descriptions;
mod draft;
mod example_fixes;
mod fences;
mod front_matter;
mod literals;
mod requests;
mod rows;
mod verdicts;

pub(crate) use literals::values_of_model;

macro_rules! rules {
    ($([$group:ident] $($module:ident,)+)+) => {
        $($(mod $module;)+)+

        /// All rules in catalogue order.
        pub fn all() -> &'static [&'static Rule] {
            const ALL: &[&Rule] = &[$($(&$module::RULE),+),+];
            ALL
        }

        /// The groups of rules by name, in catalogue order: what `--select` takes besides rules.
        pub fn groups() -> &'static [(&'static str, &'static [&'static Rule])] {
            const GROUPS: &[(&str, &[&Rule])] = &[$((stringify!($group), &[$(&$module::RULE),+])),+];
            GROUPS
        }
    };
}

rules! {
    [names]
    translated_name,
    name_case,
    annotated_name,
    misspelled_name,
    unknown_property,
    undocumented_property,
    duplicate_property,
    [types]
    type_mismatch,
    vague_type,
    garbled_type,
    translated_type,
    required_mismatch,
    nullable_mismatch,
    format_mismatch,
    default_mismatch,
    translated_value,
    unknown_value,
    [requests]
    translated_method,
    translated_path,
    path_case,
    unknown_operation,
    undocumented_operation,
    unknown_status,
    method_mismatch,
    request_path_mismatch,
    parameter_mismatch,
    [examples]
    field_mismatch,
    invalid_json,
    relaxed_json,
    malformed_http,
    content_length_mismatch,
    unknown_field,
    missing_field,
    wrong_type,
    wrong_value,
    wrong_format,
    [translations]
    missing_page,
    missing_section,
    extra_section,
    unaligned_sections,
    missing_table,
    missing_row,
    extra_row,
    example_differs,
    code_differs,
    altered_code_span,
    stale_translation,
    untranslated_text,
    [links]
    altered_link,
    broken_anchor,
    [pages]
    malformed_table,
    unrecognized_table,
    mojibake,
    broken_markup,
    unreadable_file,
    // Looks at what all others found, so it comes after them.
    unused_suppression,
    stale_baseline,
}

pub use draft::{Draft, Report};
use draft::{brief, listed, row_text};

/// A rule: what it is called, how it is explained, how severe it is by default, and how it judges.
pub struct Rule {
    /// Kebab-case noun for the defect.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// Who can vouch for it.
    pub bases: &'static [Basis],
    /// The best fix it may offer.
    pub fix: Option<Safety>,
    /// The source of the rule's file; its leading `//!` lines are the manual.
    pub source: &'static str,
    /// Judges one page.
    pub check: fn(&Context<'_>, &mut Report<'_>),
}

/// Everything a rule may look at: one page, what `compare` found out about it, and the spec.
pub struct Context<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its comparison with its authorities.
    pub comparison: &'a PageComparison<'a>,
    /// The spec, if there is one.
    pub schema: Option<&'a Schema>,
    /// All pages of the run.
    pub corpus: &'a Corpus<'a>,
    /// What the examples of all pages send.
    pub sightings: &'a Sightings,
    /// The lexicon as this page's locale reads it.
    pub vocabulary: Vocabulary<'a>,
    /// What the user decided.
    pub settings: &'a Settings,
    /// How old the page is, once a rule has asked.
    age: OnceCell<age::Age>,
    /// What was read of the source's type cells.
    types: RefCell<HashMap<Box<str>, Rc<TypeReading>>>,
}

impl<'a> Context<'a> {
    /// The view of one page.
    pub fn new(
        page: &'a Page,
        comparison: &'a PageComparison<'a>,
        schema: Option<&'a Schema>,
        corpus: &'a Corpus<'a>,
        sightings: &'a Sightings,
        vocabulary: Vocabulary<'a>,
        settings: &'a Settings,
    ) -> Self {
        let (age, types) = (OnceCell::new(), RefCell::default());
        Self { page, comparison, schema, corpus, sightings, vocabulary, settings, age, types }
    }

    /// What the text of a type cell of the source says. Read once: tables repeat their types, and rules ask again.
    fn source_type(&self, text: &str) -> Rc<TypeReading> {
        let mut types = self.types.borrow_mut();
        if let Some(known) = types.get(text) {
            return Rc::clone(known);
        }
        let reading = Rc::new(self.corpus.readings.read(self.page, text, &self.vocabulary));
        types.insert(text.into(), Rc::clone(&reading));
        reading
    }

    /// The page's text.
    pub fn text(&self) -> &'a str {
        &self.page.source.text
    }

    /// A place in this page.
    pub fn site(&self, span: Span) -> Site {
        Site::Page(Place { file: self.page.file, span })
    }
}

impl Rule {
    /// The rule's manual in Markdown: *What*, *Why it matters*, *Example*, *Fix*, *Limits*.
    pub fn manual(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).flat_map(|line| [line, "\n"]).collect()
    }

    /// One sentence: the first paragraph of the manual below its title.
    pub fn summary(&self) -> String {
        let manual = self.manual();
        let lines = manual.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

pub use stale_baseline::Stale;

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().iter().copied().find(|rule| rule.name == name)
}
