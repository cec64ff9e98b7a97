//! `docdrift lexicon`: reads, prints the words of locales.

use std::process::ExitCode;

use super::args::{LexiconCheck, LexiconCommand, LexiconLearn, WordFormat};
use super::console::{self, Console};
use super::{FAILURE, input};
use crate::project::{Input, pipeline};
use crate::report::lexicon::{self, Format, Lessons};
use crate::source::Locale;

pub fn lexicon(command: &LexiconCommand, console: &Console) -> Result<ExitCode, String> {
    match command {
        LexiconCommand::Learn(args) => learn(args, console),
        LexiconCommand::Check(args) => check(args, console),
    }
}

fn learn(args: &LexiconLearn, console: &Console) -> Result<ExitCode, String> {
    let input = input::read(&args.input, console)?;
    let settings = input.plain_settings();
    let Input { pages, lexicon, locales, failed, .. } = input;
    let [locale] = locales.as_slice() else {
        return Err("a lexicon file is of one locale: name it by --locale".to_owned());
    };
    let locale: Locale = locale.clone();
    let usage = pipeline::words(&pages, &lexicon, &settings);
    // The locale is some page's, so it has words.
    let usage = usage.first().ok_or("no page says anything")?;
    if usage.parallel == 0 {
        return Err(format!("no page of {locale} has a parallel text: no reference page, no source half"));
    }
    let lessons = Lessons { min: args.min.max(1), all: args.all };
    let (file, learned) = lexicon::file(&locale, usage, &pages, lessons);
    console::deliver(&file, args.output_file.as_deref())?;
    let (pages, words) = (usage.parallel, if learned == 1 { "word" } else { "words" });
    console.remark(&format!("learned {learned} {words} of {locale} from {pages} parallel pages\n"));
    Ok(code(failed))
}

fn check(args: &LexiconCheck, console: &Console) -> Result<ExitCode, String> {
    let input = input::read(&args.input, console)?;
    let settings = input.plain_settings();
    let Input { pages, lexicon, failed, .. } = input;
    let usage = pipeline::words(&pages, &lexicon, &settings);
    let format = match args.format {
        WordFormat::Text => Format::Text,
        WordFormat::Json => Format::Json,
    };
    let text = lexicon::listing(&usage, &pages, format);
    console::deliver(&text, args.output_file.as_deref())?;
    Ok(code(failed))
}

fn code(failed: bool) -> ExitCode {
    if failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS }
}
