//! Findings whose every word comes from an enemy.

use std::sync::LazyLock;

use docdrift::report::{Format, visible};
use proptest::prelude::*;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

use super::case::{self, Case};
use super::{grammar, json, schemas};

static EXCERPT: LazyLock<Case> = LazyLock::new(case::excerpt);

const FORMATS: [Format; 8] = [
    Format::JsonLines,
    Format::Sarif,
    Format::Github,
    Format::Gitlab,
    Format::Junit,
    Format::Checkstyle,
    Format::Rdjsonl,
    Format::Markdown,
];

/// What means something to one of the formats, to terminals or to nobody.
fn evil() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "::set-output name=x::y",
        "\n::error::x",
        "\r\n",
        "%0A",
        "##[error]",
        "::",
        ",",
        ":",
        "%",
        "=",
        "]]>",
        "<!--",
        "-->",
        "<script>",
        "</failure>",
        "&amp;",
        "&#0;",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "`",
        "``",
        "```",
        "|",
        "\\",
        "*",
        "_",
        "~~",
        "[x](javascript:y)",
        "![](http://x)",
        "](",
        "[",
        "]",
        "@user",
        "https://x.y/",
        "www.x.y",
        "a@b.cd",
        ":x:",
        "#1",
        "$x$",
        "\n# h",
        "\n- ",
        "    ",
        "\t",
        " ",
        "{0}",
        "{{0}}",
        "{id}",
        "}",
        "\u{0}",
        "\u{1b}[2J",
        "\u{7}",
        "\u{7f}",
        "\u{85}",
        "\u{9b}",
        "\u{202e}",
        "\u{2028}",
        "\u{200b}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{e0041}",
        "\u{feff}",
        "é",
        "e\u{301}",
        "車",
        "🛒",
        "a",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat())
}

/// The excerpt with the words taken from `evil`, one after the other.
fn twisted(evil: &[String]) -> Case {
    let mut words = evil.iter().cycle();
    let mut word = || words.next().cloned().unwrap_or_default();
    let mut case = EXCERPT.clone();
    for page in &mut case.pages {
        page.source.path = format!("x{}", word());
        page.source.text = format!("{}{}", word(), page.source.text);
    }
    for finding in &mut case.outcome.findings {
        finding.message = word();
        finding.help = word();
        finding.found = word();
        finding.expected = Some(word());
        finding.subject.path = word();
        for related in &mut finding.related {
            related.message = word();
        }
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.text = word();
        }
    }
    case
}

/// What is seen by nobody or acts on a terminal; line ends apart.
fn is_raw(c: char) -> bool {
    c != '\n' && visible(c.encode_utf8(&mut [0; 4])).starts_with('\\') && c != '\\'
}

/// Fails if there is more in the Markdown than text, code and what it is made of.
fn assert_inert(markdown: &str) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    for event in Parser::new_ext(markdown, options) {
        let is_ours = match &event {
            Event::Text(_) | Event::Code(_) | Event::End(_) => true,
            Event::InlineHtml(html) => &**html == "<!-- -->",
            Event::Start(Tag::Link { dest_url: CowStr::Borrowed(target), .. }) => {
                let home = env!("CARGO_PKG_REPOSITORY");
                !home.is_empty() && target.starts_with(home)
            }
            Event::Start(tag) => matches!(
                tag,
                Tag::Paragraph
                    | Tag::Heading { .. }
                    | Tag::List(None)
                    | Tag::Item
                    | Tag::Strong
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell
            ),
            _ => false,
        };
        assert!(is_ours, "{event:?} in {markdown}");
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn nothing_acts_or_hides_in_any_format(words in prop::collection::vec(evil(), 1..12)) {
        let case = twisted(&words);
        for format in FORMATS {
            let text = case.render(format);
            prop_assert_eq!(text.chars().find(|c| is_raw(*c)), None, "{:?}: {}", format, text);
        }
    }

    #[test]
    fn json_formats_read_back_as_they_were(words in prop::collection::vec(evil(), 1..12)) {
        let case = twisted(&words);
        let findings = &case.outcome.findings;
        let path = |index: usize| case.pages[findings[index].file().0 as usize].source.path.as_str();
        let lines: Vec<_> = case.render(Format::JsonLines).lines().map(json).collect();
        let diagnostics: Vec<_> = case.render(Format::Rdjsonl).lines().map(json).collect();
        let log = json(&case.render(Format::Sarif));
        let issues = json(&case.render(Format::Gitlab));
        for (index, finding) in findings.iter().enumerate() {
            prop_assert_eq!(&lines[index]["message"], &finding.message);
            prop_assert_eq!(&lines[index]["path"], path(index));
            prop_assert_eq!(&lines[index]["found"], &finding.found);
            prop_assert_eq!(&diagnostics[index]["location"]["path"], path(index));
            prop_assert_eq!(&issues[index]["location"]["path"], path(index));
            prop_assert_eq!(
                &issues[index]["description"],
                &format!("{}: {}", finding.rule, visible(&finding.message))
            );
            let result = &log["runs"][0]["results"][index];
            let text = result["message"]["text"].as_str().expect("text");
            prop_assert!(!text.replace("\\](", "").contains("]("), "{}", text);
            let more = if finding.help.is_empty() { String::new() } else { format!("; {}", finding.help) };
            let said = finding.message.clone() + &more;
            prop_assert_eq!(text.replace("\\](", "]("), visible(&said));
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
            prop_assert!(uri.is_some_and(|uri| uri.bytes().all(|b| b.is_ascii_graphic() && b != b'"')));
            if let Some(fix) = &finding.fix {
                let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
                prop_assert_eq!(&change["insertedContent"]["text"], &fix.edits[0].text);
            }
        }
        prop_assert_eq!(lines.len(), findings.len());
        prop_assert_eq!(diagnostics.len(), findings.len());
    }

    #[test]
    fn xml_reads_back_as_it_is_seen(words in prop::collection::vec(evil(), 1..12)) {
        let case = twisted(&words);
        let messages: Vec<String> =
            case.outcome.findings.iter().map(|finding| visible(&finding.message).replace("\\u{23}", "#")).collect();
        for (format, tag) in [(Format::Junit, "failure"), (Format::Checkstyle, "error")] {
            let text = case.render(format);
            let document = roxmltree::Document::parse(&text).expect("XML");
            let nodes = document.descendants().filter(|node| node.has_tag_name(tag));
            let read: Vec<_> = nodes.map(|node| node.attribute("message").unwrap_or("?").to_owned()).collect();
            prop_assert_eq!(&read, &messages);
        }
    }

    #[test]
    fn no_command_is_slipped_in(words in prop::collection::vec(evil(), 1..12)) {
        let case = twisted(&words);
        let text = case.render(Format::Github);
        prop_assert_eq!(text.lines().count(), case.outcome.findings.len());
        let mut seen = Vec::new();
        for line in text.lines() {
            let command = grammar::command(line);
            prop_assert!(matches!(&*command.name, "error" | "warning" | "notice"), "{}", line);
            seen.push((command.properties["file"].clone(), command.data));
        }
        for finding in &case.outcome.findings {
            let path = visible(&case.pages[finding.file().0 as usize].source.path).into_owned();
            let message = visible(&finding.message).into_owned();
            let found = seen.iter().any(|(file, data)| *file == path && data.starts_with(&message));
            prop_assert!(found, "{:?} in {}", message, text);
        }
    }

    #[test]
    fn markdown_is_only_ours(words in prop::collection::vec(evil(), 1..12)) {
        let case = twisted(&words);
        assert_inert(&case.render(Format::Markdown));
        for line in case.render(Format::Rdjsonl).lines() {
            assert_inert(&format!("x {}", json(line)["message"].as_str().expect("text")));
        }
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn schemas_agree_with_whatever_is_said(words in prop::collection::vec(evil(), 1..12)) {
        schemas::assert_all_valid(&twisted(&words));
    }
}
