use super::*;

const ENGLISH: &str = "The boat is at the quay, and this page is for all of the crew that sails with it.";
const FRENCH: &str = "Le bateau est dans le port, et cette page est pour les marins qui sont sur le quai.";
const CHINESE: &str = "船停在码头，本页供所有船员阅读。";

/// The beginning of a page whose path ends with one of those texts' languages.
#[allow(clippy::unnecessary_wraps, reason = "a page may be unreadable")]
fn text(path: &str) -> Option<String> {
    let french = ["fr/", "fr-", "-fr", "_fr", ".fr", "_FR"];
    let chinese = ["cn/", "_CN", ".cn", "zh", "CHS"];
    let has = |marks: &[&str]| marks.iter().any(|mark| path.contains(mark));
    Some(
        if has(&chinese) {
            CHINESE
        } else if has(&french) {
            FRENCH
        } else {
            ENGLISH
        }
        .to_owned(),
    )
}

fn layout(paths: &[&str]) -> Layout {
    let mut paths = paths.to_vec();
    paths.sort_unstable();
    let given = Given { roots: &[], names: &BTreeMap::new(), patterns: &[] };
    Layout::new(&given, &paths, &text)
}

/// Every path as `locale page`.
fn places(layout: &Layout, paths: &[&str]) -> Vec<String> {
    let place = |path: &&str| {
        let Place { locale, page } = layout.of(path);
        format!("{} {page}", locale.map_or_else(|| "-".to_owned(), |locale| locale.to_string()))
    };
    paths.iter().map(place).collect()
}

#[track_caller]
fn check(paths: &[&str], expected: &[&str]) {
    assert_eq!(places(&layout(paths), paths), expected);
}

#[test]
fn a_lone_locale_folder_stands_beside_its_source() {
    check(&["docs/a/b.md", "docs/fr/a/b.md"], &["en a/b.md", "fr a/b.md"]);
    check(&["a.md", "zh/a.md", "c.md"], &["en a.md", "zh a.md", "en c.md"]);
    check(&["src/guide/a.md", "src/zh/guide/a.md"], &["en guide/a.md", "zh guide/a.md"]);
}

#[test]
fn names_of_files_carry_locales() {
    check(&["docs/a.md", "docs/a.fr.md"], &["en docs/a.md", "fr docs/a.md"]);
    check(&["README.md", "README_CN.md"], &["en README.md", "zh-CN README.md"]);
    check(&["x.md", "x-fr.md"], &["en x.md", "fr x.md"]);
    check(&["index.html.md", "index.cn.html.md"], &["en index.html.md", "zh-CN index.html.md"]);
    check(&["_x.md", "_x_fr.md"], &["en _x.md", "fr _x.md"]);
}

#[test]
fn names_that_are_words_are_none() {
    check(&["sign.md", "sign-in.md"], &["- sign.md", "- sign-in.md"]);
    check(&["quick.md", "quick-cs.md"], &["- quick.md", "- quick-cs.md"]);
    check(&["orders.md", "my-orders.md"], &["- orders.md", "- my-orders.md"]);
    check(&["sdk/cs/a.md", "sdk/ts/a.md"], &["- sdk/cs/a.md", "- sdk/ts/a.md"]);
}

#[test]
fn folders_carry_locales() {
    check(&["docs/a.md", "docs-fr/a.md"], &["en a.md", "fr a.md"]);
    check(&["articles/a.md", "articles.fr-fr/a.md"], &["en a.md", "fr-FR a.md"]);
    check(&["english/a.md", "cn/a.md"], &["en a.md", "zh-CN a.md"]);
    check(&["docs/EN/a.md", "docs/CHS/a.md"], &["en a.md", "zh-Hans a.md"]);
}

#[test]
fn translations_that_lie_elsewhere_are_moved() {
    let docusaurus = [
        "docs/help/a.md",
        "docs/b.md",
        "versioned_docs/version-1.0/b.md",
        "i18n/fr/docusaurus-plugin-content-docs/current/help/a.md",
        "i18n/fr/docusaurus-plugin-content-docs/current/b.md",
        "i18n/fr/docusaurus-plugin-content-docs/version-1.0/b.md",
    ];
    let expected = [
        "en docs/help/a.md",
        "en docs/b.md",
        "en versioned_docs/version-1.0/b.md",
        "fr docs/help/a.md",
        "fr docs/b.md",
        "fr versioned_docs/version-1.0/b.md",
    ];
    check(&docusaurus, &expected);
    check(&["docs/a.md", "translations/fr/a.md"], &["en docs/a.md", "fr docs/a.md"]);
    check(&["docs/a.md", "fr/docs/a.md"], &["en docs/a.md", "fr docs/a.md"]);
    check(&["README.md", "translations/README.fr.md"], &["en README.md", "fr README.md"]);
    check(&["docs/en/a.md", "i18n/fr/a.md"], &["en docs/en/a.md", "fr docs/en/a.md"]);
}

#[test]
fn versions_lie_above_or_below() {
    check(
        &["v1/en/a.md", "v1/fr/a.md", "v2/en/a.md", "v2/fr/a.md"],
        &["en v1/a.md", "fr v1/a.md", "en v2/a.md", "fr v2/a.md"],
    );
    check(&["en/v1/a.md", "fr/v1/a.md", "en/v2/a.md"], &["en v1/a.md", "fr v1/a.md", "en v2/a.md"]);
}

#[test]
fn posts_are_one_whatever_their_dates() {
    check(
        &["_posts/2024-05-06-hello.md", "fr/_posts/2024-05-09-hello.md"],
        &["en _posts/hello.md", "fr _posts/hello.md"],
    );
}

#[test]
fn a_smaller_tree_keeps_to_itself() {
    let paths = [
        "docs/a.md",
        "docs/b.md",
        "docs/en/a.md",
        "docs/zh/a.md",
        "i18n/zh/docusaurus-plugin-content-docs/current/a.md",
        "i18n/zh/docusaurus-plugin-content-docs/current/b.md",
        "i18n/zh/docusaurus-plugin-content-docs/current/c.md",
    ];
    let places = places(&layout(&paths), &paths);
    assert_eq!(places[0].split(' ').nth(1), places[4].split(' ').nth(1));
    assert_eq!(places[1].split(' ').nth(1), places[5].split(' ').nth(1));
    assert_ne!(places[0], places[2]);
    assert_ne!(places[3], places[4]);
}

#[test]
fn translations_that_have_their_source_beside_them_need_no_other() {
    check(&["api/x.en.md", "api/x.fr.md", "blog/x.md"], &["en api/x.md", "fr api/x.md", "- blog/x.md"]);
}

#[test]
fn a_lone_folder_counts_if_its_pages_are_in_its_language() {
    check(&["docs/fr/a.md"], &["fr a.md"]);
    check(&["docs/is/a.md"], &["- docs/is/a.md"]);
    check(&["docs/de/a.md"], &["- docs/de/a.md"]);
}

#[test]
fn pages_of_other_languages_do_not_hide_a_tree() {
    let docs = ["a.md", "b.md", "c.md", "d.md", "en/x/y.md", "zh/x/y.md"];
    let path = |base: &str| docs.map(|page| format!("{base}/{page}"));
    let paths = [path("docs"), path("i18n/fr/plugin/current")].concat();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let places = places(&layout(&paths), &paths);
    assert_eq!((places[0].as_str(), places[6].as_str()), ("en a.md", "fr a.md"));
}

#[test]
fn layouts_are_shown_as_patterns() {
    let paths = ["manual/a.md", "i18n/fr/docusaurus-plugin-content-docs/current/a.md"];
    let layout = layout(&paths);
    let places: Vec<Place> = paths.iter().map(|path| layout.of(path)).collect();
    let pages = paths.into_iter().zip(places.iter().map(|place| place.locale.as_ref()));
    let shapes: Vec<String> = layout.shapes(pages).iter().map(ToString::to_string).collect();
    assert_eq!(
        shapes,
        ["manual/{path}: en 1", "i18n/{locale}/docusaurus-plugin-content-docs/current/{path}: fr 1"]
    );
    assert_eq!(
        layout.source.map(|chosen| (chosen.locale.to_string(), chosen.why)),
        Some(("en".to_owned(), Why::Unmarked))
    );
}

#[test]
fn the_user_says_where_translations_lie() {
    let pattern = |text: &str| Pattern::parse(text, "").expect("a pattern");
    let rule = Rule {
        source: Some(pattern("manual/{path}.md")),
        translations: pattern("done/{path}.{locale}.out.md"),
        locale: Locale::parse("en"),
    };
    let given = Given { roots: &[], names: &BTreeMap::new(), patterns: &[rule] };
    let paths = ["done/a/b.fr.out.md", "manual/a/b.md"];
    let layout = Layout::new(&given, &paths, &text);
    assert_eq!(places(&layout, &paths), ["fr manual/a/b.md", "en manual/a/b.md"]);
}
