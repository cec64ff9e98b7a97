//! `docdrift check`: reads, has it judged, prints.

use std::process::ExitCode;
use std::time::Instant;

use super::args::{Check, Format, Grouping};
use super::console::{self, Console};
use super::outputs::Output;
use super::{FAILURE, FINDINGS, baseline, run, watch};
use crate::project::Run;
use crate::report::{self, GroupBy, Style, View};

pub fn check(args: &Check, console: &Console) -> Result<ExitCode, String> {
    if args.watch { watch::watch(args, console) } else { once(args, console) }
}

/// Checks everything once.
pub fn once(args: &Check, console: &Console) -> Result<ExitCode, String> {
    let start = Instant::now();
    let outputs = args.outputs.pairs()?;
    let mut run = run::start(&args.scope, console)?;
    if args.show_files {
        return show_files(&run);
    }
    let progress = console.progress("judging");
    progress.add(run.pages.len());
    let mut outcome = run.judge(&run.pages);
    drop(progress);
    let Check { scope, known, .. } = args;
    if let Some(named) = &args.write_baseline {
        baseline::write(named.as_deref(), scope, known, &run, &outcome, console)?;
        return Ok(if run.failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS });
    }
    if args.prune_baseline {
        baseline::prune(scope, known, &run, &mut outcome, console)?;
    } else {
        baseline::apply(scope, known, &mut run, &mut outcome)?;
    }
    let Run { pages, schema, failed, .. } = run;
    outcome.keep_worst(args.max_findings.map_or_else(|| usual(&outputs), |most| most.0));

    let view =
        View { outcome: &outcome, pages: &pages, spec: schema.as_ref().map_or(&[], |schema| &schema.files) };
    for output in &outputs {
        write(output, args.group_by, &view, console)?;
    }
    if !outcome.left_out.is_empty() {
        let left_out = report::left_out(&outcome);
        console.remark(&format!("{}; --max-findings all shows them\n", left_out.trim_end()));
    }
    for note in report::notes(&view) {
        console.note(&note);
    }
    let unmarked = pages.iter().filter(|page| page.source.locale.is_none()).count();
    if let Some(line) = report::nothing_compared(&outcome, unmarked) {
        console.note(&line);
    }
    console.remark(&(report::summary(&outcome, start.elapsed()) + "\n"));
    console.remark(&report::fixable(&outcome));
    console.remark(&report::damage(&outcome));
    if args.statistics {
        console::tell(&report::statistics(&outcome));
    }
    let threshold = args.fail_on.severity().filter(|_| !args.exit_zero);
    let reached = threshold.is_some_and(|threshold| outcome.reaches(threshold));
    // The process ends here: giving back page by page what the system takes at once costs a tenth of a run.
    if !args.watch {
        std::mem::forget((pages, outcome, schema));
    }
    Ok(match (failed, reached) {
        (true, _) => ExitCode::from(FAILURE),
        (false, true) => ExitCode::from(FINDINGS),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// How many findings are shown unless the user says so: a terminal shows some, everything else gets all.
fn usual(outputs: &[Output]) -> usize {
    const TERMINAL: usize = 100;
    let is_read = matches!(outputs, [Output { format: Format::Text, file: None }]) && console::is_terminal();
    if is_read { TERMINAL } else { usize::MAX }
}

/// Writes the findings one way.
fn write(output: &Output, by: Option<Grouping>, view: &View, console: &Console) -> Result<(), String> {
    let Output { format, file } = output;
    let style = if file.is_some() { Style::Plain } else { console.style() };
    let is_read = file.is_none() && console::is_terminal();
    let by = by.map(Grouping::of_report).or(is_read.then_some(GroupBy::Page));
    if let (Format::Text, Some(by)) = (format, by) {
        let columns = if is_read { console::columns() } else { None };
        return console::deliver(&report::render_groups(view, style, by, columns), file.as_deref());
    }
    let style = format.of_report(style);
    match file {
        Some(file) => console::deliver(&report::render(view, style), Some(file))?,
        None => report::render_in_parts(view, style, console::print)?,
    }
    let all = view.outcome.findings.len();
    if matches!(format, Format::Sarif) && all > report::SARIF_MOST {
        console.note(&format!(
            "SARIF holds the {} worst of {all} findings: GitHub takes no more",
            report::SARIF_MOST
        ));
    }
    Ok(())
}

/// Prints the pages that would be judged, one a line.
fn show_files(run: &Run) -> Result<ExitCode, String> {
    let mut lines = String::new();
    for page in run.pages.iter().filter(|page| run.settings.judges(page.file, page.source.locale.as_ref())) {
        lines.push_str(&report::visible(&page.source.path));
        lines.push('\n');
    }
    console::print(&lines)?;
    Ok(if run.failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}
