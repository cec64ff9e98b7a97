//! Which pages of a project may be changed, and how they are written.

use std::fs;
use std::path::{Path, PathBuf};

use super::replace::Replacement;
use crate::facts::Page;
use crate::outcome::Outcome;
use crate::read::{encode, shown, working_folder};
use crate::source::Source;

/// By page, whether it may be changed: pages of the reference locale only if they were named. Standard input has a
/// name if it is read.
pub fn writable(given: &[PathBuf], stdin: Option<&str>, pages: &[Page], outcome: &Outcome) -> Vec<bool> {
    let is_judged =
        |page: &Page| outcome.judged.is_empty() || outcome.judged.binary_search(&page.file).is_ok();
    let Some(reference) = &outcome.reference else { return pages.iter().map(is_judged).collect() };
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
    pages.iter().map(|page| is_judged(page) && (!is_reference(page) || is_named(&page.source))).collect()
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
///
/// # Errors
/// The file has changed, or cannot be written or read again.
pub fn write(source: &Source, before: &str) -> Result<(), String> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use crate::lexicon::Lexicon;
    use crate::source::{Encoding, Locale};
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
