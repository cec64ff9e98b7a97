//! What holds for every input, on the whole way from text to findings and fixes.

#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use docdrift::check::check;
use docdrift::extract;
use docdrift::facts::Page;
use docdrift::finding::{Finding, Safety, Site};
use docdrift::fix::{self, Permission, Repair};
use docdrift::lexicon::Lexicon;
use docdrift::outcome::Outcome;
use docdrift::read::{self, Inputs};
use docdrift::report::{self, Format, Style, View};
use docdrift::schema::Schema;
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::spec;
use docdrift::text::{FileId, Place};
use proptest::prelude::*;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
static MODELS: LazyLock<Schema> = LazyLock::new(spec::models);

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn judge(pages: &[Page]) -> Outcome {
    check(pages, Some(&MODELS), &LEXICON, &Settings::default())
}

fn page(file: u32, locale: &str, text: String) -> Page {
    let source = Source {
        path: format!("{locale}/page.md"),
        page: "page.md".to_owned(),
        locale: Locale::parse(locale),
        text,
        encoding: Encoding::Utf8,
    };
    extract::page(FileId(file), source, &LEXICON)
}

/// What pages of an API reference are made of, damaged and sound, so that it meets in unforeseen ways.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "# ",
        "## CartLineItem\n\n",
        "## <a name=\"cart\"></a>Panier\n\n",
        "### <a name=\"request-syntax\"></a>Request syntax\n\n",
        "### <a name=\"uri-parameters\"></a>URI 參數\n\n",
        "### <a name=\"request-example\"></a>Request example\n\n",
        "| Property | Type | Required | Description |\n|---|---|---|---|\n",
        "| Egenskap | Typ | Beskrivning |\n|：---|——|---|\n",
        "| Method | Request URI |\n|---|---|\n",
        "| Name | Type | Required | Description |\n|---|---|---|---|\n",
        "| Value | Description |\n|---|---|\n",
        "| **EFTER** | {baseURL}/v1/Kunden/{Kunden-ID}/carts/{cart\u{a0}id} HTTP/1。1 |\n",
        "| **POST** | [*{baseURL}*](a.md#b)/v1/customers/{customer-id}/carts?x={y}&z HTTP/1.1 |\n",
        "| **customer-id** | sträng | [是] | |\n",
        "| kund-ID | Matrix<van [X,](y.md)> | O |\n",
        "| creationTimeStamp | DateTime | No | \"Aktiv\" or **Ordered**. |\n",
        "| quantité | Ciąg<, ciąg> | Oui | customerâ€™s | 5 |\n",
        "| quant\u{131}ty | 字典<字串，字串> |\n",
        "| orderGroup (ordergrupp) | Array of [RenewsTo](#renewsto) objects | ** fet ** |\n",
        "| id | string | Yes | `Active`, “Ordered”, «p1m» |\n",
        "| addonItems | List of **CartLineItem** objects | x | \\| |\n",
        "| | | | |\n",
        "|\n",
        "| monthly |\n",
        "<span data-ttu-id=\"a-1\">deelnemers</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">participants</span></span>",
        "| <span data-ttu-id=\"a-2\">fout</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-2\">error</span></span> | ",
        "<span data-ttu-id=\"a-3\">",
        "</span>",
        "<table><tr><th>Property<th>Type<tr><td colspan=2>id<td rowspan=9>int",
        "</table>\n",
        "```http\n",
        "```json\n",
        "~~~\n",
        "```\n",
        "POST /v1/customers/1/carts HTTP/1.1\nContent-Length: 3\n",
        "HTTP/1.1 201 Created\nDate: now\n",
        "?{\n",
        "{ \"lineItems\": [ { \"id\": \"0\", \"billingCycle\": \"månatlig\", ",
        "\"status\": \"Aktiv\", \"renewsTo\": [",
        "{...}, ...",
        "\"quantity\": <n>, /* é */ // 字\n",
        "“id”: 'x',\u{a0}",
        "}",
        "]",
        "[",
        "{",
        "\"",
        "\\u12",
        "\\",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "    ",
        "> ",
        "- ",
        "|",
        "｜",
        "**",
        "`",
        "é",
        "e\u{301}",
        "字",
        "😀",
        "👩‍👩‍👧",
        "\u{200b}",
        "\u{feff}",
        "\u{a0}",
        "\u{202e}",
        "\u{0}",
        "İı",
        "ß",
        "ﬀ",
        "Ã¤",
        "---\ntitle: x\n---\n",
        "<!-- docdrift-allow mojibake, translated-name, translated-type why -->\n",
        "<!-- docdrift-allow-page name-case, relaxed-json, unknown why -->",
        "<!-- docdrift-allow-page translated-type",
    ];
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..50).prop_map(|pieces| pieces.concat())
}

/// Fails unless all that findings point at lies in the pages and the spec, and on character boundaries.
fn all_fits(pages: &[Page], findings: &[Finding]) {
    let fits = |text: &str, place: Place| {
        let range = place.span.range();
        assert!(range.start <= range.end && text.get(range).is_some(), "{place:?} is not in {text:?}");
    };
    let page_text = |place: Place| &*pages[place.file.0 as usize].source.text;
    for finding in findings {
        fits(page_text(finding.place), finding.place);
        for related in &finding.related {
            match related.place {
                Site::Page(place) => fits(page_text(place), place),
                Site::Spec(place) => fits(&MODELS.files[place.file.0 as usize].text, place),
            }
        }
        let mut end = 0;
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            fits(page_text(finding.place), Place { file: finding.place.file, span: edit.span });
            assert!(end <= edit.span.start, "{}: edits overlap or are not sorted", finding.rule);
            end = edit.span.end;
        }
    }
}

proptest! {
    #![proptest_config(config(192))]

    /// A translation beside its reference, so that every way to compare is gone.
    #[test]
    fn findings_of_any_text_point_into_it(source in text(), translation in text()) {
        let pages = [page(0, "en-us", source), page(1, "nl-nl", translation)];
        let outcome = judge(&pages);
        all_fits(&pages, &outcome.findings);
        let view = View { outcome: &outcome, pages: &pages, spec: &MODELS.files };
        let concise = report::render(&view, Format::Concise);
        prop_assert_eq!(concise.lines().count(), outcome.findings.len());
        let json: serde_json::Value =
            serde_json::from_str(&report::render(&view, Format::Json)).expect("the report is JSON");
        prop_assert_eq!(json["findings"].as_array().map(Vec::len), Some(outcome.findings.len()));
        report::render(&view, Format::Text(Style::Plain));
    }
}

/// Three translations without a source, which vote on each other.
fn voters(texts: [String; 3]) -> [Page; 3] {
    let [a, b, c] = texts;
    [page(0, "nl-nl", a), page(1, "pl-pl", b), page(2, "sv-se", c)]
}

proptest! {
    #![proptest_config(config(96))]

    /// Any three texts can vote, what comes of it lies in them, and what is mended by it stays.
    #[test]
    fn any_texts_can_vote(a in text(), b in text(), c in text()) {
        let mut pages = voters([a, b, c]);
        let outcome = judge(&pages);
        all_fits(&pages, &outcome.findings);
        for finding in &outcome.findings {
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
        }
        let repair = mend(&mut pages, Safety::Unsafe);
        if repair.unsettled.is_empty() {
            let again = pages.map(|page| extract::page(page.file, page.source, &LEXICON));
            prop_assert_eq!(judge(&again).findings, repair.left);
        }
    }

    /// Translations of one mind set nothing off; the one cell that says something else is told what the others say.
    #[test]
    fn the_odd_one_out_is_told_what_the_others_say(
        names in prop::collection::btree_set("[a-z]{4,8}[A-Z][a-z]{3,6}", 2..9),
        at in any::<prop::sample::Index>(),
        odd in 0_usize..3,
        word in "[a-zåéß]{2,6} [a-zåéß]{2,6}",
    ) {
        let names: Vec<String> = names.into_iter().collect();
        let at = at.index(names.len());
        let table = |damaged: Option<&str>| {
            let rows = names.iter().enumerate().map(|(row, name)| {
                let name = damaged.filter(|_| row == at).unwrap_or(name);
                format!("| {name} | string | - |\n")
            });
            let rows: String = rows.collect();
            format!("## <a name=\"thing\"></a>Thing\n\n| Property | Type | Description |\n|---|---|---|\n{rows}")
        };
        prop_assert_eq!(judge(&voters([table(None), table(None), table(None)])).findings, []);
        let texts = [0, 1, 2].map(|voter| table((voter == odd).then_some(&word)));
        let findings = judge(&voters(texts)).findings;
        let told: Vec<_> = findings.iter().map(|f| (f.file().0 as usize, f.expected.as_deref())).collect();
        prop_assert_eq!(told, [(odd, Some(&*names[at]))], "{:#?}", findings);
    }
}

/// Makes all fixes up to that safety, on all pages.
fn mend(pages: &mut [Page], safety: Safety) -> Repair {
    let writable = vec![true; pages.len()];
    let permission = Permission { safety, writable: &writable };
    let findings = judge(pages).findings;
    fix::fix(pages, findings, &permission, &LEXICON, |pages| judge(pages).findings)
}

proptest! {
    #![proptest_config(config(48))]

    /// What the fixer says is left is what a new reading of its pages finds; what it says it changed, it did.
    #[test]
    fn mending_any_text_is_told_as_it_is(source in text(), translation in text()) {
        let mut pages = [page(0, "en-us", source), page(1, "nl-nl", translation)];
        let before = pages.each_ref().map(|page| page.source.text.clone());
        let repair = mend(&mut pages, Safety::Unsafe);
        for (page, before) in pages.iter().zip(&before) {
            let changed = repair.changed.iter().find(|changed| changed.file == page.file);
            prop_assert_eq!(changed.is_some(), page.source.text != *before);
            prop_assert!(changed.is_none_or(|changed| changed.before == *before && changed.fixed > 0));
        }
        if repair.unsettled.is_empty() {
            let again = pages.map(|page| extract::page(page.file, page.source, &LEXICON));
            let left = judge(&again).findings;
            all_fits(&again, &left);
            prop_assert_eq!(left, repair.left);
        }
    }
}

/// The repository's own pages.
fn corpus() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let reading = read::read(&Inputs { paths: vec![folder], ..Inputs::default() });
    let pages: Vec<Page> = (0..)
        .zip(reading.pages)
        .map(|(file, source)| extract::page(FileId(file), source, &LEXICON))
        .collect();
    assert!(!pages.is_empty() && reading.problems.is_empty(), "{:?}", reading.problems);
    pages
}

#[test]
fn the_corpus_is_mended_in_one_go() {
    let mut pages = corpus();
    let before = judge(&pages).findings;
    all_fits(&pages, &before);
    let is_safe = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    assert!(before.iter().any(|finding| is_safe(&finding)));

    let repair = mend(&mut pages, Safety::Safe);
    assert_eq!((repair.withheld, repair.unsettled), (Vec::new(), Vec::new()));
    assert!(!repair.changed.is_empty());
    // Read anew: nothing may hang on what the fixer remembers.
    let mut again: Vec<Page> =
        pages.into_iter().map(|page| extract::page(page.file, page.source, &LEXICON)).collect();
    let left = judge(&again).findings;
    assert_eq!(left.iter().find(is_safe), None);
    assert_eq!(left, repair.left);
    assert_eq!(mend(&mut again, Safety::Safe).changed, []);
}

/// An empty folder of that name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("properties").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder takes folders");
    folder
}

/// What `check` prints as JSON.
fn json(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config", "--format", "json"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {said}", output.status);
    String::from_utf8(output.stdout).expect("the report is UTF-8")
}

/// Fails unless these paths give one and the same report in any order, named twice, and on any number of
/// threads.
fn same_in_any_order(folder: &Path, paths: &[&str]) {
    let once = json(folder, &[&["-j", "1"], paths].concat());
    let turned: Vec<&str> = paths.iter().rev().copied().collect();
    let mut shifted = paths.to_vec();
    shifted.rotate_left(paths.len() / 2);
    shifted.push(paths[0]);
    for (threads, paths) in [("1", &*turned), ("4", paths), ("4", &turned), ("4", &shifted)] {
        let again = json(folder, &[&["-j", threads], paths].concat());
        assert!(again == once, "{}: another report for -j {threads} {paths:?}", folder.display());
    }
}

#[test]
fn order_and_threads_do_not_matter_to_the_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders: Vec<String> = fs::read_dir(root.join("corpus"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .map(|path| format!("corpus/{}", path.file_name().and_then(|name| name.to_str()).expect("a name")))
        .collect();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    same_in_any_order(root, &folders);
    assert!(json(root, &["-j", "4", "corpus"]) == json(root, &folders), "as one folder or as five");
}

proptest! {
    #![proptest_config(config(6))]

    /// Enough pages for the threads to share.
    #[test]
    fn order_and_threads_do_not_matter(texts in prop::collection::vec(text(), 18..30)) {
        const LOCALES: [&str; 3] = ["en-us", "nl-nl", "zh-tw"];
        let folder = folder("order");
        for locale in LOCALES {
            fs::create_dir(folder.join(locale)).expect("the target folder takes folders");
        }
        let mut paths = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let path = format!("{}/page-{}.md", LOCALES[at % 3], at / 3);
            fs::write(folder.join(&path), text).expect("the target folder takes files");
            paths.push(path);
        }
        same_in_any_order(&folder, &paths.iter().map(String::as_str).collect::<Vec<_>>());
        same_in_any_order(&folder, &LOCALES);
    }
}

/// Spellings of a name that look the same, or nearly so, and are not.
fn lookalikes(name: &str) -> Vec<String> {
    let mut spellings = vec![name.replacen('i', "\u{131}", 1)];
    for mark in ['\u{a0}', '\u{200b}'] {
        for at in [1, name.len() / 2, name.len() - 1] {
            spellings.push(format!("{}{mark}{}", &name[..at], &name[at..]));
        }
    }
    spellings.retain(|spelling| spelling != name);
    spellings
}

/// A table of `CartLineItem` with other spellings of some names.
fn line_items(spell: impl Fn(&str) -> String) -> String {
    const ROWS: [(&str, &str); 6] = [
        ("catalogItemId", "string"),
        ("friendlyName", "string"),
        ("quantity", "int"),
        ("currencyCode", "string"),
        ("promotionId", "string"),
        ("attestationAccepted", "bool"),
    ];
    let mut text = "## CartLineItem\n\n| Property | Type | Description |\n|---|---|---|\n".to_owned();
    for (name, ty) in ROWS {
        writeln!(text, "| {} | {ty} | Text. |", spell(name)).expect("a String takes all text");
    }
    text
}

#[test]
fn lookalike_names_are_told_apart_and_matched() {
    for name in ["catalogItemId", "friendlyName", "quantity", "promotionId", "attestationAccepted"] {
        for spelling in lookalikes(name) {
            let text = line_items(|row| if row == name { spelling.clone() } else { row.to_owned() });
            let findings = judge(&[page(0, "en-us", text)]).findings;
            let is_about = |finding: &&Finding| finding.expected.as_deref() == Some(name);
            let found: Vec<&Finding> = findings.iter().filter(is_about).collect();
            assert_eq!(found.len(), 1, "{spelling:?} for {name}: {findings:#?}");
            assert!(
                !findings.iter().any(|finding| finding.rule == "unknown-property"),
                "{spelling:?} for {name}: {findings:#?}"
            );
        }
    }
}

/// Composed and decomposed letters are other bytes on the wire.
#[test]
fn unicode_forms_of_a_name_are_told_apart_and_matched() {
    let source = "#[derive(Serialize)]\npub struct Invoice {\n    #[serde(rename = \"d\u{e9}but\")]\n    \
                  pub start: String,\n    pub number: i32,\n    pub total: i32,\n}\n";
    let file = docdrift::schema::SpecFile { path: "invoice.rs".to_owned(), text: source.to_owned() };
    let schema = spec::rust(vec![file]);
    for (written, is_same) in [("d\u{e9}but", true), ("de\u{301}but", false)] {
        let text = format!(
            "## Invoice\n\n| Property | Type | Description |\n|---|---|---|\n| number | int | Text. |\n\
             | {written} | string | Text. |\n| total | int | Text. |\n"
        );
        let findings =
            check(&[page(0, "en-us", text)], Some(&schema), &LEXICON, &Settings::default()).findings;
        let found: Vec<_> = findings.iter().map(|finding| finding.expected.as_deref()).collect();
        let expected = if is_same { Vec::new() } else { vec![Some("d\u{e9}but")] };
        assert_eq!(found, expected, "{written:?}: {findings:#?}");
    }
}
