//! Reports for the browser to show: the program's own, on pages that are written here.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that names the program; the test of the program that asks for a browser sets it.
const PROGRAM: &str = "DOCDRIFT_PROGRAM";

/// Text that wants to act, or to look like something else: markup, ends of elements, links, the other direction,
/// colours of a terminal.
pub const HOSTILE: [&str; 6] = [
    "<script>document.title='acted'</script>",
    "</style></script><img src=x onerror=\"document.title='acted'\">nom",
    "<a href=\"javascript:document.title='acted'\">a</a>",
    "[b](javascript:alert(1))",
    "quan\u{202e}ytit\u{202c}",
    "\u{1b}[31mred\u{1b}[0m",
];

/// Where these tests may write.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).expect("a folder");
    folder.join(name)
}

/// Whether these tests are asked for: whether there is a program to test.
pub fn are_wanted() -> bool {
    std::env::var_os(PROGRAM).is_some()
}

/// The report of pages, the arguments of `docdrift report`, in a folder of its own below `name`.
fn report(folder: &Path, pages: &Path, name: &str) -> PathBuf {
    let program = std::env::var_os(PROGRAM).expect("asked before");
    let reports = scratch(name).join("reports");
    let output = Command::new(program)
        .args(["report", "--no-config", "--spec", "models", "--output-dir"])
        .args([&reports, pages])
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    reports.join("index.html")
}

/// The report of the pages that the repository carries.
pub fn of_corpus() -> PathBuf {
    report(&repository(), Path::new("corpus"), "corpus")
}

/// The report of real pages, where they lie next to the repository.
pub fn of_real_pages() -> Option<PathBuf> {
    let folder = repository().join("../shared/corpus");
    folder.join("partner-center").is_dir().then(|| report(&folder, Path::new("partner-center"), "real"))
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// The report of pages, one for each of [`HOSTILE`], that say so in place of an identifier, and whose names are no better.
pub fn of_hostile_pages() -> PathBuf {
    let page = |name: &str| {
        format!(
            "# CartLineItem\n\n| Property | Type | Description |\n|---|---|---|\n| id | int | Text |\n\
             | {name} | string | Text |\n| quantity | int | Text |\n"
        )
    };
    let names = (0..HOSTILE.len()).map(|at| format!("<img src=x onerror=alert(1)> {at}.md"));
    let pages = names.zip(HOSTILE).flat_map(|(name, text)| {
        [(format!("en-us/{name}"), page("catalogItemId")), (format!("fr-fr/{name}"), page(text))]
    });
    write("hostile", pages)
}

/// The report of so many pages in English and four languages that damaged each of their names: `names` a page.
pub fn of_many(pages: usize, names: usize, name: &str) -> PathBuf {
    const LANGUAGES: [(&str, &str); 4] =
        [("de-de", "Wert"), ("fr-fr", "valeur"), ("nl-nl", "waarde"), ("sv-se", "värde")];
    let page = |number: usize, word: Option<&str>| {
        let mut text = format!("# Resource {number}\n\n| Property | Type | Description |\n|---|---|---|\n");
        for at in 0..names {
            let name =
                word.map_or_else(|| format!("item{at}Value"), |word| format!("{word} des Elements {at}"));
            writeln!(text, "| {name} | string | Nr. {at} |").expect("a String takes all text");
        }
        text
    };
    let english = (0..pages).map(|number| (format!("en-us/page-{number}.md"), page(number, None)));
    let others = LANGUAGES.iter().flat_map(|(locale, word)| {
        (0..pages).map(move |number| (format!("{locale}/page-{number}.md"), page(number, Some(word))))
    });
    write(name, english.chain(others))
}

/// Writes pages, and a report of them.
fn write(name: &str, pages: impl Iterator<Item = (String, String)>) -> PathBuf {
    let folder = scratch(name);
    let docs = folder.join("docs");
    // What an earlier run left.
    let _ = fs::remove_dir_all(&docs);
    for (path, text) in pages {
        let path = docs.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a page");
    }
    report(&folder, Path::new("docs"), name)
}
