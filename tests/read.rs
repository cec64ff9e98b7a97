//! Reading from a real file system: what becomes a page, once, and what is told instead.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use docdrift::read::{self, Inputs, PAGE_LIMIT, ProblemKind, Reading};
use docdrift::source::{Encoding, Source, Unreadable};

/// A folder of this test alone, with files.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("read").join(name);
        if root.exists() {
            fs::remove_dir_all(&root).expect("the last run's folder goes");
        }
        let tree = Self(root);
        for (path, text) in files {
            tree.write(path, text.as_bytes());
        }
        tree
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }

    fn inputs(&self, paths: &[&str]) -> Inputs {
        Inputs { paths: paths.iter().map(|path| self.0.join(path)).collect(), ..Inputs::default() }
    }

    fn read(&self, paths: &[&str]) -> Reading<Source> {
        read::read(&self.inputs(paths))
    }

    /// Paths of the pages, below the tree.
    fn pages(&self, reading: &Reading<Source>) -> Vec<String> {
        reading.pages.iter().map(|source| self.below(&source.path)).collect()
    }

    /// Paths and problems, below the tree.
    fn problems(&self, reading: &Reading<Source>) -> Vec<(String, ProblemKind)> {
        reading.problems.iter().map(|each| (self.below(&each.path), each.kind.clone())).collect()
    }

    fn below(&self, path: &str) -> String {
        let name = self.0.file_name().and_then(|name| name.to_str()).expect("a name");
        let start = path.find(name).expect("a path below the tree") + name.len();
        path[start..].trim_start_matches('/').to_owned()
    }
}

#[test]
fn a_walk_finds_pages_by_extension_and_ignore_rules() {
    let tree = Tree::new(
        "walk",
        &[
            ("b.md", ""),
            ("a/c.MARKDOWN", ""),
            ("a/d.htm", ""),
            ("a/e.html", ""),
            ("a/f.txt", ""),
            ("a/README", ""),
            (".hidden/g.md", ""),
            ("out/h.md", ""),
            ("old/i.md", ""),
            ("old/keep.md", ""),
            (".gitignore", "out/\n"),
            (".docdriftignore", "old/*\n!old/keep.md\n"),
        ],
    );
    let reading = tree.read(&[""]);
    assert_eq!(tree.pages(&reading), ["a/c.MARKDOWN", "a/d.htm", "a/e.html", "b.md", "old/keep.md"]);
    assert_eq!(reading.problems, []);
}

#[test]
fn a_named_file_is_read_whatever_it_is_called() {
    let tree = Tree::new("named", &[("a.txt", "x"), ("b.md", "y"), (".gitignore", "*\n")]);
    let reading = tree.read(&["b.md", "a.txt"]);
    assert_eq!(tree.pages(&reading), ["a.txt", "b.md"]);
    assert_eq!(reading.pages[0].text, "x");
}

#[test]
fn each_file_comes_once() {
    let tree = Tree::new("once", &[("a/b.md", ""), ("a/c.txt", ""), ("d.md", "")]);
    let reading = tree.read(&["a/b.md", "", "a", "a/../a/b.md", "a/c.txt", "d.md", "d.md"]);
    assert_eq!(reading.pages.len(), 3, "{:?}", tree.pages(&reading));
    let reversed = tree.read(&["d.md", "a/c.txt", "a/../a/b.md", "a", "", "a/b.md"]);
    assert_eq!(tree.pages(&reading), tree.pages(&reversed));
}

#[test]
fn what_was_named_and_gives_nothing_is_told() {
    let tree = Tree::new("nothing", &[("a.md", "x"), ("empty/x.txt", "")]);
    let reading = tree.read(&["gone.md", "empty", "a.md", "gone/"]);
    assert_eq!(tree.pages(&reading), ["a.md"]);
    assert_eq!(
        tree.problems(&reading),
        [
            ("empty".to_owned(), ProblemKind::NoPages),
            ("gone".to_owned(), ProblemKind::Missing),
            ("gone.md".to_owned(), ProblemKind::Missing),
        ]
    );
    assert!(reading.problems.iter().all(read::Problem::is_fatal));
}

#[test]
fn encodings_are_told_apart() {
    let tree = Tree::new("encodings", &[("bom.md", "\u{feff}ä"), ("plain.md", "a\r\n")]);
    let wide: Vec<u8> = "\u{feff}ä".encode_utf16().flat_map(u16::to_be_bytes).collect();
    tree.write("wide.md", &wide);
    tree.write("latin.md", b"# a\nr\xE9sum\xE9");
    let reading = tree.read(&[""]);
    let seen: Vec<_> = reading.pages.iter().map(|source| (source.text.as_str(), source.encoding)).collect();
    let why = Encoding::Unreadable(Unreadable::NotUtf8 { byte: 5, line: 2 });
    assert_eq!(
        seen,
        [
            ("\u{feff}ä", Encoding::Utf8),
            ("", why),
            ("a\r\n", Encoding::Utf8),
            ("\u{feff}ä", Encoding::Utf16Be),
        ]
    );
}

#[test]
fn a_file_that_is_too_large_is_a_page_without_text() {
    let tree = Tree::new("large", &[("small.md", "x")]);
    let file = fs::File::create(tree.0.join("large.md")).expect("a file is made");
    file.set_len(PAGE_LIMIT as u64).expect("a sparse file");
    let reading = tree.read(&[""]);
    let why = Encoding::Unreadable(Unreadable::TooLarge { limit: PAGE_LIMIT as u32 });
    assert_eq!(reading.pages[0].encoding, why);
    assert_eq!(reading.pages[1].text, "x");
    fs::remove_file(tree.0.join("large.md")).expect("it goes");
}

#[test]
fn a_text_longer_than_the_buffer_is_read_whole() {
    let long = "0123456789abcdef".repeat(100_000);
    let tree = Tree::new("long", &[("a.md", &long), ("b.md", "short")]);
    let reading = tree.read(&[""]);
    assert!(reading.pages[0].text == long);
    assert_eq!(reading.pages[1].text, "short");
}

#[cfg(unix)]
#[test]
fn links_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new("links", &[("docs/a.md", ""), ("other/b.md", "")]);
    let docs = tree.0.join("docs");
    for (target, link) in [
        ("..", "up"),
        ("../other", "side"),
        ("a.md", "c.md"),
        ("gone.md", "d.md"),
        ("e.md", "e.md"),
        ("x", "f.txt"),
    ] {
        symlink(target, docs.join(link)).expect("a link is made");
    }
    let reading = tree.read(&["docs"]);
    assert_eq!(tree.pages(&reading), ["docs/a.md"]);
    assert_eq!(
        tree.problems(&reading),
        [
            ("docs/c.md".to_owned(), ProblemKind::LinkSkipped),
            ("docs/d.md".to_owned(), ProblemKind::LinkBroken),
            ("docs/e.md".to_owned(), ProblemKind::LinkLoop),
            ("docs/side".to_owned(), ProblemKind::LinkSkipped),
            ("docs/up".to_owned(), ProblemKind::LinkLoop),
        ]
    );
    assert!(!reading.problems.iter().any(read::Problem::is_fatal));

    let named = tree.read(&["docs/side", "docs/c.md", "docs/e.md"]);
    assert_eq!(tree.pages(&named), ["docs/c.md", "docs/side/b.md"]);
    assert!(named.problems[0].is_fatal(), "a loop that was named");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let names: Vec<String> = (0..200).map(|index| format!("nl-nl/{}/{index}.md", index % 7)).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_str())).collect();
    let tree = Tree::new("threads", &files);
    let of = |threads| {
        let inputs = Inputs { threads: NonZeroUsize::new(threads), ..tree.inputs(&[""]) };
        read::read(&inputs)
            .pages
            .into_iter()
            .map(|source| (source.path, source.text, source.page))
            .collect::<Vec<_>>()
    };
    let one = of(1);
    assert_eq!(one.len(), 200);
    assert!(one.is_sorted());
    assert_eq!(one, of(2));
    assert_eq!(one, of(7));
}

#[test]
fn two_letter_folders_are_locales_only_in_families() {
    let tree =
        Tree::new("families", &[("a/fr/x.md", ""), ("a/de/x.md", ""), ("b/is/y.md", ""), ("b/src/z.md", "")]);
    let reading = tree.read(&[""]);
    let locales: Vec<_> = reading
        .pages
        .iter()
        .map(|source| source.locale.as_ref().map_or("-", |locale| locale.as_str()))
        .collect();
    assert_eq!(locales, ["de", "fr", "-", "-"]);
    assert_eq!(reading.pages[0].page, "x.md");
}

#[test]
fn spec_files_are_a_file_or_what_a_folder_has_of_their_kinds() {
    let files = [("m/b.rs", "b"), ("m/a/a.rs", "a"), ("m/c.yml", "c"), ("m/a/d.JSON", "d")];
    let tree = Tree::new("spec", &[files.as_slice(), &[("m/x.md", ""), ("one.txt", "1")]].concat());
    let texts = |path: &str| {
        let found = read::spec_files(&tree.0.join(path));
        let texts: Vec<_> = found.files.into_iter().map(|file| file.text).collect();
        (texts.concat(), found.problems.len(), found.is_file)
    };
    assert_eq!(texts("m"), ("adbc".to_owned(), 0, false));
    assert_eq!(texts("one.txt"), ("1".to_owned(), 0, true));
    assert_eq!(texts("gone"), (String::new(), 1, false));
    tree.write("bad/a.rs", b"\xff");
    assert_eq!(texts("bad"), (String::new(), 1, false));
}

#[test]
fn files_that_specs_refer_to_lie_below_their_folder() {
    let tree = Tree::new("referenced", &[("m/a/b.json", "b"), ("c.json", "c")]);
    let at = |path: &str| tree.0.join(path).to_string_lossy().into_owned();
    let text = |path: &str| read::referenced_spec_file(&at(path), &at("m")).map(|file| file.text);
    assert_eq!(text("m/a/b.json").as_deref(), Some("b"));
    assert_eq!(text("m/a/../a/b.json").as_deref(), Some("b"));
    assert_eq!(text("c.json"), None);
    assert_eq!(text("m/../c.json"), None);
    assert_eq!(text("m/gone.json"), None);
    assert_eq!(text("m/a"), None);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("c.json"), at("m/link.json")).expect("a link");
        assert_eq!(text("m/link.json"), None, "a link leads out");
    }
}
