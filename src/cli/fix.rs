//! `docdrift fix`: reads, has it judged and cured, writes or shows what changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::Fix;
use super::console::{self, Console};
use super::{FAILURE, FINDINGS, run};
use crate::facts::Page;
use crate::finding::Safety;
use crate::fix::{self, Changed, Permission, Repair};
use crate::outcome::Outcome;
use crate::project::replace::Replacement;
use crate::read::{self, encode, shown, working_folder};
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

/// By page, whether it may be changed: pages of the reference locale only if they were named.
fn writable(given: &[PathBuf], stdin: Option<&str>, pages: &[Page], outcome: &Outcome) -> Vec<bool> {
    let Some(reference) = &outcome.reference else { return vec![true; pages.len()] };
    let is_reference = |page: &Page| page.source.locale.as_ref() == Some(reference);
    let working_folder = working_folder();
    let given: Vec<String> = given
        .iter()
        .map(|path| match shown(path, &working_folder) {
            path if path == "." => String::new(),
            path => path,
        })
        // A folder that holds other locales, too, was not named for the sake of the reference.
        .filter(|path| pages.iter().filter(|page| is_below(&page.source.path, path)).all(is_reference))
        .collect();
    let is_named = |source: &Source| {
        let tree = tree(source);
        let names = |path: &String| is_below(&source.path, path) && is_below(path, tree);
        stdin == Some(source.path.as_str()) || given.iter().any(names)
    };
    pages.iter().map(|page| !is_reference(page) || is_named(&page.source)).collect()
}

/// The root of the locale's tree that a page lies in; the page alone if it lies in none.
fn tree(source: &Source) -> &str {
    let root = source.path.strip_suffix(source.page.as_str());
    root.map_or(&source.path, |root| root.strip_suffix('/').unwrap_or(root))
}

fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Writes the page, if its file still says what was read.
fn write(source: &Source, before: &str) -> Result<(), String> {
    let path = Path::new(&source.path);
    let cannot = |error: std::io::Error| format!("cannot be written: {error}");
    let replacement = Replacement::prepare(path, &encode(&source.text, source.encoding)).map_err(cannot)?;
    // As late as can be: what is changed after this is lost.
    match fs::read(path) {
        Ok(now) if now == *encode(before, source.encoding) => replacement.commit().map_err(cannot),
        Ok(_) => Err("changed on disk since it was read, skipped".to_owned()),
        Err(error) => Err(format!("cannot be read again: {error}")),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use crate::lexicon::Lexicon;
    use crate::source::Locale;
    use crate::text::FileId;

    fn source(path: &str, page: &str, locale: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            page: page.to_owned(),
            locale: Locale::parse(locale),
            text: text.to_owned(),
            encoding: Encoding::Utf8,
        }
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let path = std::env::temp_dir().join(format!("docdrift-fix-{}.md", std::process::id()));
        let fixed = source(&path.to_string_lossy(), "a.md", "nl", "fixed");
        fs::write(&path, "edited").expect("a file is written");
        let why = write(&fixed, "read").expect_err("the file changed");
        assert_eq!(why, "changed on disk since it was read, skipped");
        assert_eq!(fs::read(&path).expect("a file"), b"edited");
        assert_eq!(write(&fixed, "edited"), Ok(()));
        assert_eq!(fs::read(&path).expect("a file"), b"fixed");
        fs::remove_file(&path).expect("the file goes");
        assert!(write(&fixed, "fixed").is_err_and(|why| why.starts_with("cannot be read again: ")));
        assert!(!path.exists());
    }

    /// Which of the pages may be written: W or `-` each.
    fn writable_pages(sources: &[(&str, &str, &str)], given: &[&str]) -> String {
        let lexicon = Lexicon::default();
        let page = |(at, (path, page, locale)): (usize, &(&str, &str, &str))| {
            extract::page(FileId(at as u32), source(path, page, locale, ""), &lexicon)
        };
        let pages: Vec<Page> = sources.iter().enumerate().map(page).collect();
        let outcome = Outcome { reference: Locale::parse("en-US"), ..Outcome::default() };
        let given: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
        let is_writable = writable(&given, None, &pages, &outcome);
        is_writable.iter().map(|is_writable| if *is_writable { 'W' } else { '-' }).collect()
    }

    #[test]
    fn the_reference_is_written_only_if_it_was_named() {
        let trees = [
            ("docs/en-us/a.md", "a.md", "en-US"),
            ("docs/en-us/b/c.md", "b/c.md", "en-US"),
            ("docs/nl-nl/a.md", "a.md", "nl-NL"),
        ];
        for (given, expected) in [
            (&[][..], "--W"),
            (&["."], "--W"),
            (&["docs"], "--W"),
            (&["./docs/", "docs/nl-nl"], "--W"),
            (&["docs/en-us"], "WWW"),
            (&["docs", "./docs/en-us/"], "WWW"),
            (&["docs", "docs/en-us/b"], "-WW"),
            (&["docs", "docs/en-us/a.md"], "W-W"),
            (&["docs/en"], "--W"),
        ] {
            assert_eq!(writable_pages(&trees, given), expected, "{given:?}");
        }
        // A folder above does not count, even if nothing else is in it.
        assert_eq!(writable_pages(&trees[..2], &["docs"]), "--");
    }

    #[test]
    fn loose_pages_are_named_one_by_one() {
        let loose = [("a.md", "a.md", "en-US"), ("b.md", "b.md", "nl-NL"), ("c.en.md", "c.md", "en-US")];
        assert_eq!(writable_pages(&loose, &["."]), "-W-");
        assert_eq!(writable_pages(&loose, &["a.md", "b.md", "c.en.md"]), "WWW");
        // Inside the tree of one locale, the folder is the tree.
        assert_eq!(writable_pages(&loose[..1], &["."]), "W");
    }
}
