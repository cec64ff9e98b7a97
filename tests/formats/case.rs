//! Pages with what is found in them, and places in the units of formats.

use std::path::PathBuf;

use docdrift::check::check;
use docdrift::extract;
use docdrift::facts::Page;
use docdrift::lexicon::Lexicon;
use docdrift::outcome::Outcome;
use docdrift::read::{self, Inputs};
use docdrift::report::{self, Format, View};
use docdrift::schema::Schema;
use docdrift::settings::Settings;
use docdrift::spec;
use docdrift::text::{FileId, Span};
use serde_json::Value;

#[derive(Clone)]
pub struct Case {
    pub pages: Vec<Page>,
    pub outcome: Outcome,
    models: Schema,
}

impl Case {
    /// The findings in files and folders below the repository's root.
    pub fn of(paths: &[&str], settings: &Settings) -> Self {
        let lexicon = Lexicon::default();
        let inputs = Inputs { paths: paths.iter().map(PathBuf::from).collect(), ..Inputs::default() };
        let sources = read::read(&inputs).pages;
        let pages: Vec<Page> = sources
            .into_iter()
            .zip(0..)
            .map(|(source, index)| extract::page(FileId(index), source, &lexicon))
            .collect();
        let models = spec::models();
        let outcome = check(&pages, Some(&models), &lexicon, settings);
        Self { pages, outcome, models }
    }

    pub fn render(&self, format: Format) -> String {
        let view = View { outcome: &self.outcome, pages: &self.pages, spec: &self.models.files };
        report::render(&view, format)
    }
}

/// All pages of the repository.
pub fn corpus() -> Case {
    Case::of(&["corpus"], &Settings::default())
}

/// A page with its source: few findings of several kinds.
pub fn excerpt() -> Case {
    let page = |locale: &str| format!("corpus/{locale}/checkout-a-cart.md");
    Case::of(&[&page("en-us"), &page("zh-tw")], &Settings::default())
}

/// What a column counts.
#[derive(Clone, Copy)]
pub enum Unit {
    CodePoints,
    Bytes,
}

/// The bytes of a region: `startLine` and so on, or `start` and `end` with `line` and `column`.
pub fn bytes(text: &str, region: &Value, unit: Unit) -> Span {
    let number = |value: &Value| value.as_u64().map(|number| number as usize);
    let at = |end: &str| {
        let line = number(&region[format!("{end}Line")]).or(number(&region[end]["line"])).expect("a line");
        let column =
            number(&region[format!("{end}Column")]).or(number(&region[end]["column"])).expect("a column");
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let before: usize = match unit {
            Unit::Bytes => column - 1,
            Unit::CodePoints => text[start..].chars().take(column - 1).map(char::len_utf8).sum(),
        };
        (start + before) as u32
    };
    Span::new(at("start"), at("end"))
}
