//! `docdrift fix`: reads, has it judged and cured, writes or shows what changed.

use std::process::ExitCode;

use super::args::Fix;
use super::console::{self, Console};
use super::{FAILURE, FINDINGS, run};
use crate::facts::Page;
use crate::finding::Safety;
use crate::fix::{self, Changed, Permission, Repair};
use crate::project::fix::{writable, write};
use crate::read::{self, encode};
use crate::report;
use crate::source::{Encoding, Source};
use crate::text::LineIndex;

pub fn fix(args: &Fix, console: &Console) -> Result<ExitCode, String> {
    let mut run = run::start(&args.scope, console)?;
    let mut pages = std::mem::take(&mut run.pages);
    let stdin = stdin(args);
    let input = stdin.and_then(|name| pages.iter().position(|page| page.source.path == name));
    if let Some(Source { path, encoding: Encoding::Unreadable(why), .. }) = input.map(|at| &pages[at].source)
    {
        return Err(format!("{path}: {why}"));
    }
    let judged = pages.iter().filter(|page| run.settings.judges(page.file, page.source.locale.as_ref()));
    for Source { path, encoding, .. } in judged.map(|page| &page.source) {
        if let Encoding::Unreadable(why) = encoding {
            console.note(&format!("{path}: this file is not read: {why}"));
        }
    }
    let outcome = run.judge(&pages);
    let safety = if args.with_unsafe { Safety::Unsafe } else { Safety::Safe };
    let writable = writable(&args.scope.input.paths, stdin, &pages, &outcome);
    let permission = Permission { safety, writable: &writable };
    let repair =
        fix::fix(&mut pages, outcome.findings, &permission, &run.lexicon, |pages| run.judge(pages).findings);
    explain(&repair, &pages, console);

    let mut failed = run.failed;
    let mut done: Vec<&Changed> = Vec::new();
    if args.diff {
        show(&repair, &pages, console)?;
        done.extend(&repair.changed);
    } else {
        for changed in &repair.changed {
            let source = &pages[changed.file.0 as usize].source;
            let written =
                if stdin == Some(source.path.as_str()) { Ok(()) } else { write(source, &changed.before) };
            match written {
                Ok(()) => done.push(changed),
                Err(why) => {
                    console.error(&format!("{}: {why}", source.path));
                    failed = true;
                }
            }
        }
        if let Some(at) = input {
            let source = &pages[at].source;
            console::print_bytes(&encode(&source.text, source.encoding))?;
        }
    }
    let is_open = |fix: &crate::finding::Fix| fix.safety > safety;
    let unsafe_left = repair
        .left
        .iter()
        .filter(|finding| writable[finding.file().0 as usize] && finding.fix.as_ref().is_some_and(is_open));
    console.remark(&summary(&done, args.diff, unsafe_left.count()));
    Ok(match (failed, args.diff && !done.is_empty()) {
        (true, _) => ExitCode::from(FAILURE),
        (false, true) => ExitCode::from(FINDINGS),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// What standard input is called, if it is read.
fn stdin(args: &Fix) -> Option<&str> {
    let is_read = args.scope.input.paths.iter().any(|path| path.as_os_str() == "-");
    is_read.then(|| args.scope.input.stdin_filename.as_deref().unwrap_or(read::STDIN))
}

/// Prints what would change: byte for byte for tools, readable for people.
fn show(repair: &Repair, pages: &[Page], console: &Console) -> Result<(), String> {
    for changed in &repair.changed {
        let Source { path, text, encoding, .. } = &pages[changed.file.0 as usize].source;
        if console.is_looked_at() {
            let diff = fix::unified(path, changed.before.as_bytes(), text.as_bytes());
            console::print(&report::diff(&String::from_utf8_lossy(&diff), console.style()))?;
        } else {
            let (old, new) = (encode(&changed.before, *encoding), encode(text, *encoding));
            console::print_bytes(&fix::unified(path, &old, &new))?;
        }
    }
    Ok(())
}

/// Says which fixes were not made, and why.
fn explain(repair: &Repair, pages: &[Page], console: &Console) {
    for withheld in &repair.withheld {
        let Source { path, text, .. } = &pages[withheld.place.file.0 as usize].source;
        let at = LineIndex::new(text).line_column(text, withheld.place.span.start);
        let rule = withheld.rule;
        console.note(&format!(
            "{path}:{}:{}: the fix of {rule} would not remove it, left alone",
            at.line, at.column
        ));
    }
    for file in &repair.unsettled {
        let path = &pages[file.0 as usize].source.path;
        console.note(&format!("{path}: fixes give reason for ever more fixes, left alone"));
    }
}

/// `Fixed 12 findings in 3 files (2 more with --unsafe)`
fn summary(done: &[&Changed], is_dry: bool, unsafe_left: usize) -> String {
    let fixed: usize = done.iter().map(|changed| changed.fixed).sum();
    let more = if unsafe_left == 0 { String::new() } else { format!(" ({unsafe_left} more with --unsafe)") };
    if done.is_empty() {
        return format!("Nothing to fix{more}\n");
    }
    let verb = if is_dry { "Would fix" } else { "Fixed" };
    let findings = if fixed == 1 { "finding" } else { "findings" };
    let files = if done.len() == 1 { "file" } else { "files" };
    format!("{verb} {fixed} {findings} in {} {files}{more}\n", done.len())
}
