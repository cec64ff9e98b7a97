//! `docdrift check`: reads, has it judged, prints.

use std::process::ExitCode;
use std::time::Instant;

use super::args::{Check, Format};
use super::console::{self, Console};
use super::run::Run;
use super::{FAILURE, FINDINGS};
use crate::report::{self, View};

pub fn check(args: &Check, console: &Console) -> Result<ExitCode, String> {
    let start = Instant::now();
    let run = Run::start(&args.scope, console)?;
    let outcome = run.judge(&run.pages);
    let Run { pages, schema, failed, .. } = run;

    let view =
        View { outcome: &outcome, pages: &pages, spec: schema.as_ref().map_or(&[], |schema| &schema.files) };
    let format = match args.format {
        Format::Text if args.output_file.is_some() => report::Format::Text(report::Style::Plain),
        Format::Text => report::Format::Text(console.style()),
        Format::Concise => report::Format::Concise,
        Format::Json => report::Format::Json,
    };
    let text = report::render(&view, format);
    console::deliver(&text, args.output_file.as_deref())?;
    for note in report::notes(&view) {
        console.note(&note);
    }
    console.remark(&(report::summary(&outcome, start.elapsed()) + "\n"));
    console.remark(&report::damage(&outcome));
    if args.statistics {
        console::tell(&report::statistics(&outcome));
    }
    let reached = args.fail_on.severity().is_some_and(|threshold| outcome.reaches(threshold));
    // The process ends here: giving back page by page what the system takes at once costs a tenth of a run.
    std::mem::forget((pages, outcome));
    Ok(match (failed, reached) {
        (true, _) => ExitCode::from(FAILURE),
        (false, true) => ExitCode::from(FINDINGS),
        (false, false) => ExitCode::SUCCESS,
    })
}
