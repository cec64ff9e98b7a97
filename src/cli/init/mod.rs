//! `docdrift init`: looks at the tree, writes a configuration that works, and says what it found.

mod specs;
mod survey;
mod template;

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use super::args::{Args, Command, Init};
use super::console::{self, Console};
use super::run;
use crate::finding::Severity;
use crate::outcome::Outcome;
use crate::project::config::{Config, FILE};
use crate::project::replace::Replacement;
use survey::Survey;

/// So many specs that no page documents are listed.
const SHOWN: usize = 5;

pub fn init(args: &Init, console: &Console) -> Result<ExitCode, String> {
    let path = Path::new(FILE);
    if path.exists() && !args.force {
        return Err(format!("{FILE} is there already; --force writes a new one"));
    }
    let survey = survey::survey()?;
    let text = template::template(&survey);
    Replacement::prepare(path, text.as_bytes())
        .and_then(Replacement::commit)
        .map_err(|error| format!("{FILE} cannot be written: {error}"))?;
    Config::load(Some(path))?;
    let outcome = if survey.paths.is_empty() { None } else { Some(check(console)?) };
    console::print(&told(&survey, outcome.as_ref()))?;
    Ok(ExitCode::SUCCESS)
}

/// What `docdrift check` will find.
fn check(console: &Console) -> Result<Outcome, String> {
    let args =
        Args::try_parse_from(["docdrift", "check", "--no-baseline"]).map_err(|error| error.to_string())?;
    let Command::Check(args) = args.command else { return Err("these arguments are for check".to_owned()) };
    let run = run::start(&args.scope, console)?;
    Ok(run.judge(&run.pages))
}

fn told(survey: &Survey, outcome: Option<&Outcome>) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").expect("a String takes all text");
    if survey.paths.is_empty() {
        line("found no page below this folder".to_owned());
    } else {
        let pages = survey.locales.values().sum();
        line(format!("found {} in {}", counted(pages, "page"), survey.paths.join(", ")));
        let others = survey.pages - pages;
        if others > 0 {
            line(format!("  left out {} elsewhere", counted(others, "page")));
        }
        for shape in &survey.layouts {
            line(format!("  {shape}"));
        }
        for (locale, count) in &survey.locales {
            let locale = locale.as_ref().map_or("unknown locale", |locale| locale.as_str());
            let is_reference = survey.reference.as_ref().is_some_and(|tag| tag.as_str() == locale);
            let why = survey.reference_why.as_deref().filter(|_| is_reference);
            let role = match (is_reference, why) {
                (false, _) => String::new(),
                (true, None) => ", the reference".to_owned(),
                (true, Some(why)) => format!(", the reference, {why}"),
            };
            line(format!("  {locale}: {}{role}", counted(*count, "page")));
        }
        let coverage = survey.coverage;
        line(format!(
            "  understood {} of {} and {} of {}",
            coverage.tables_recognized,
            counted(coverage.tables, "table"),
            coverage.examples_read,
            counted(coverage.examples, "example")
        ));
        for found in &survey.specs.chosen {
            line(format!("found the spec {}: {}", found.path, template::about_spec(found)));
        }
        if survey.specs.chosen.is_empty() {
            line("found no spec that the pages document; name one to hold them against".to_owned());
        }
        for found in survey.specs.others.iter().take(SHOWN) {
            line(format!("  not used: {}: {}", found.path, template::about_spec(found)));
        }
        if survey.specs.others.len() > SHOWN {
            line(format!("  and {} more", survey.specs.others.len() - SHOWN));
        }
    }
    line(format!("wrote {FILE}"));
    if let Some(outcome) = outcome {
        let counts = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| counted(outcome.count(severity), severity.name()));
        line(format!("`docdrift check` now finds {}", counts.join(", ")));
        if !outcome.findings.is_empty() {
            line(
                "`docdrift check --write-baseline` records these, so that only new ones are reported"
                    .to_owned(),
            );
        }
    }
    text
}

fn counted(count: usize, noun: &str) -> String {
    let noun = if count == 1 { noun.to_owned() } else { plural(noun) };
    format!("{count} {noun}")
}

fn plural(noun: &str) -> String {
    noun.split(" or ").map(|noun| format!("{noun}s")).collect::<Vec<_>>().join(" or ")
}
