//! Whatever the text, a document comes out, and all its spans fit.

#[path = "support/check.rs"]
mod check;

use check::check;
use docdrift::parse;
use proptest::prelude::*;

/// Text made of the pieces that markup is made of, so that they meet in unforeseen ways.
fn markup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "|",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "    ",
        "---",
        "|---|---|\n",
        "| a | b |\n",
        "：",
        "｜",
        "—",
        "# ",
        "## ",
        "{#x}",
        "{id}",
        "\\",
        "\\|",
        "`",
        "```",
        "```json\n",
        "~~~",
        "\u{200B}",
        "\u{FEFF}",
        "\u{A0}",
        "?",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "1. ",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        ")",
        "![",
        "<",
        ">",
        "<x y>",
        "&amp;",
        "&nbsp;",
        "&#x1F600;",
        "é",
        "字",
        "😀",
        ":::",
        ":::zone\n",
        "[!INCLUDE [a](b.md)]",
        "[x](#tab/y)",
        "<br/>",
        "<a name=\"n\"></a>",
        "<a href='h'>",
        "</a>",
        "<span data-ttu-id=\"1\">",
        "<span class=\"sxs-lookup\"><span data-stu-id=\"1\">",
        "</span>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th colspan=3 rowspan=2>",
        "<thead>",
        "<p>",
        "</p>",
        "<pre class='lang-http'>",
        "</pre>",
        "<code>",
        "</code>",
        "<strong>",
        "</strong>",
        "<!-- ",
        "-->",
        "<!-- docdrift-allow a b -->",
        " -->",
        "<h2 id=q>",
        "<script>",
        "<li>",
        "<ul>",
        "<html lang=fr>",
        "<!doctype html>",
        "title: x",
        "key: 'v'",
        "word",
        "<div>",
        "\"",
        "<img src=i.png>",
        "<http://a.b>",
        "[r]: /u\n",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markup_gives_a_sound_document(source in markup()) {
        check(&source, &parse::document(&source));
    }

    #[test]
    fn any_html_gives_a_sound_document(source in markup()) {
        check(&source, &parse::html::parse(&source));
    }

    #[test]
    fn any_text_gives_a_sound_document(source in any::<String>()) {
        check(&source, &parse::document(&source));
    }

    #[test]
    fn front_matter_never_hides_the_page(source in markup()) {
        let page = format!("---\n{source}");
        check(&page, &parse::document(&page));
    }
}
