//! `docdrift extract`: reads, prints what was understood and what was not.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::args::{Extract, FactFormat};
use super::console::{self, Console};
use super::{FAILURE, input};
use crate::project::{Input, pipeline};
use crate::report::extract::{self, Format};

pub fn extract(args: &Extract, console: &Console) -> Result<ExitCode, String> {
    let input = input::read(&args.input, console)?;
    let settings = input.plain_settings();
    let Input { pages, spec, lexicon, failed, .. } = input;
    let schema = input::schema(&pages, spec, console)?;
    let format = match args.format {
        FactFormat::Text => Format::Text,
        FactFormat::Json => Format::Json,
    };
    let written = pipeline::extract(&pages, schema.as_ref(), &lexicon, &settings, format);
    let chosen = || pages.iter().filter(|page| settings.judges(page.file, page.source.locale.as_ref()));
    let locales: BTreeSet<_> = chosen().filter_map(|page| page.source.locale.clone()).collect();
    let locales: Vec<_> = locales.into_iter().collect();
    let text = extract::render(&written, &locales, pipeline::coverage(chosen()), format);
    console::deliver(&text, args.output_file.as_deref())?;
    Ok(if failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}
