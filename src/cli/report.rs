//! `docdrift report`: reads, has it judged, writes a folder of reports.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::args::Report;
use super::console::{self, Console};
use super::{FAILURE, baseline, run};
use crate::export;
use crate::read::read_text;
use crate::report::html::{self, Heading, Previous};
use crate::report::{self, Format, View};

/// What keeps the reports from being read as pages.
const IGNORE: (&str, &str) = (".docdriftignore", "# Reports are not pages.\n/index.html\n/report.md\n");

pub fn report(args: &Report, console: &Console) -> Result<ExitCode, String> {
    let start = Instant::now();
    // Read before anything is written: it may be the file that is written.
    let previous = args.previous.as_deref().map(previous).transpose()?;
    let mut run = run::start(&args.scope, console)?;
    let mut outcome = run.judge(&run.pages);
    if outcome.judged.is_empty() && run.failed {
        // Said why. What an earlier run found is worth more than an empty report.
        return Ok(ExitCode::from(FAILURE));
    }
    baseline::apply(&args.scope, &args.known, &mut run, &mut outcome)?;
    let spec = run.schema.as_ref().map_or(&[][..], |schema| &schema.files);
    let view = View { outcome: &outcome, pages: &run.pages, spec };

    let folder = args.output_dir.as_path();
    fs::create_dir_all(folder).map_err(|error| format!("cannot make `{}`: {error}", folder.display()))?;
    let write = |name: &str, text: &str| console::deliver(text, Some(&folder.join(name)));
    // One that is there is somebody's own.
    if !folder.join(IGNORE.0).exists() {
        write(IGNORE.0, IGNORE.1)?;
    }
    let heading = Heading {
        previous: previous.as_ref(),
        note: args.note.as_deref(),
        source_url: args.source_url.as_deref(),
    };
    write("index.html", &html::render(&view, &heading))?;
    write("report.json", &report::render(&view, Format::Json))?;
    write("report.md", &report::render(&view, Format::Markdown))?;
    write("report.sarif", &report::render(&view, Format::Sarif))?;
    write("badge.json", &report::badge(&outcome))?;
    for locale in &outcome.locales {
        write(&format!("findings.{}.csv", locale.as_str()), &report::csv(&view, Some(locale)))?;
    }
    if let Some(schema) = &run.schema {
        let name = if run.is_built_in { "cart.schema.json" } else { "schema.json" };
        write(name, &export::render(schema, export::Format::JsonSchema, None))?;
        write("openapi.json", &export::render(schema, export::Format::OpenApi, None))?;
    }
    for note in report::notes(&view) {
        console.note(&note);
    }
    console.remark(&(report::summary(&outcome, start.elapsed()) + "\n"));
    console.remark(&report::fixable(&outcome));
    console.remark(&format!("Wrote {}\n", folder.join("index.html").display()));
    Ok(if run.failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}

fn previous(path: &Path) -> Result<Previous, String> {
    let name = path.display();
    let text = read_text(path).map_err(|error| format!("previous report {name}: {error}"))?;
    Previous::read(&text).map_err(|why| format!("previous report {name}: {why}"))
}
