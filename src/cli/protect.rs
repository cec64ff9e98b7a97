//! `docdrift protect`: reads, has it judged, prints what keeps translators' hands off.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::args::{ListFormat, Protect};
use super::console::{self, Console};
use super::{FAILURE, run};
use crate::facts::Page;
use crate::fix::{apply, unified};
use crate::outcome::Outcome;
use crate::protect::{self, Protection};
use crate::read::encode;
use crate::report;
use crate::report::protect::Format;
use crate::source::Locale;

pub fn protect(args: &Protect, console: &Console) -> Result<ExitCode, String> {
    let run = run::start(&args.scope, console)?;
    let outcome = run.judge(&run.pages);
    let protection = protect::protect(&run.pages, &outcome, &run.settings.reference);
    let file = args.output_file.as_deref();
    if args.diff {
        let diff = diff(&protection, &run.pages);
        if file.is_none() && console.is_looked_at() {
            console::print(&report::diff(&String::from_utf8_lossy(&diff), console.style()))?;
        } else {
            console::deliver_bytes(&diff, file)?;
        }
    } else {
        let format = match args.format {
            ListFormat::Text => Format::Text,
            ListFormat::FrontMatter => Format::FrontMatter,
            ListFormat::Docfx => Format::Docfx,
            ListFormat::GlossaryTsv => Format::GlossaryTsv,
            ListFormat::GlossaryCsv => Format::GlossaryCsv,
            ListFormat::Tmx => Format::Tmx,
            ListFormat::Tbx => Format::Tbx,
        };
        let languages = languages(&outcome);
        console::deliver(&report::protect::list(&protection.words, &languages, format), file)?;
    }
    console.remark(&summary(&protection));
    Ok(if run.failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}

/// The tag of the source language, then those of the others.
fn languages(outcome: &Outcome) -> Vec<String> {
    let source = outcome.reference.as_ref();
    let others = outcome.locales.iter().filter(|&locale| Some(locale) != source);
    let mut tags: Vec<String> = source.into_iter().chain(others).map(|locale| tag(locale, outcome)).collect();
    if tags.is_empty() {
        tags.push("und".to_owned());
    }
    tags
}

/// The language alone where that says all, since many services know no regions: not where two locales share it, nor for
/// Chinese.
fn tag(locale: &Locale, outcome: &Outcome) -> String {
    let language = locale.language();
    let known = outcome.reference.iter().chain(&outcome.locales).filter(|&other| other != locale);
    let is_shared = known.into_iter().any(|other| other.language() == language);
    if is_shared || language == "zh" { locale.to_string() } else { language.to_owned() }
}

/// What `git apply` takes: the reference pages with code spans.
fn diff(protection: &Protection, pages: &[Page]) -> Vec<u8> {
    let mut diff = Vec::new();
    for (file, edits) in &protection.edits {
        let source = &pages[file.0 as usize].source;
        let new = apply(&source.text, edits);
        let (old, new) = (encode(&source.text, source.encoding), encode(&new, source.encoding));
        diff.extend(unified(&source.path, &old, &new));
    }
    diff
}

/// `12 words damaged 40 times in 3 locales; 9 code spans in 4 reference pages would protect them`
fn summary(protection: &Protection) -> String {
    let count = |count: usize, noun: &str| {
        if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
    };
    let words = &protection.words;
    if words.is_empty() {
        return "nothing was damaged by translation\n".to_owned();
    }
    let locales: BTreeSet<_> = words.iter().flat_map(|word| word.locales.keys()).collect();
    let spans = protection.edits.values().map(Vec::len).sum();
    format!(
        "{} damaged {} in {}; {} in {} of the reference would protect them (--diff)\n",
        count(words.len(), "word"),
        count(words.iter().map(|word| word.count).sum(), "time"),
        count(locales.len(), "locale"),
        count(spans, "code span"),
        count(protection.edits.len(), "page"),
    )
}
