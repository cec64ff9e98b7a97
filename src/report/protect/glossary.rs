//! Words to leave as they are, in the forms that machine translation and translation platforms read: each word
//! is its own translation in every language.

use super::super::escape::visible;
use super::super::links::TOOL;
use super::super::xml;

/// Words and languages of a glossary.
pub struct Glossary<'a> {
    /// The words, each once.
    pub words: &'a [&'a str],
    /// The tag of the source language, then those of the others, sorted.
    pub languages: &'a [String],
}

impl Glossary<'_> {
    /// Two columns without a head, divided by a tabulator: word and translation.
    pub fn tsv(&self) -> String {
        let mut out = String::new();
        for word in self.words {
            let word = visible(word);
            out.extend([&*word, "\t", &word, "\n"]);
        }
        out
    }

    /// A column for each language below its tag (RFC 4180). Cells are the words exactly, also where a
    /// spreadsheet would take one for a formula.
    pub fn csv(&self) -> String {
        let mut out = self.languages.join(",") + "\r\n";
        for word in self.words {
            let shown = visible(word);
            let cell = if shown.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", shown.replace('"', "\"\""))
            } else {
                shown.into_owned()
            };
            out.push_str(&vec![cell; self.languages.len()].join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// TMX 1.4: a translation unit for each word.
    pub fn tmx(&self) -> String {
        let mut out = XML.to_owned() + "<tmx version=\"1.4\">\n  <header";
        for (name, value) in [
            ("creationtool", TOOL),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "phrase"),
            ("o-tmf", TOOL),
            ("adminlang", "en"),
            ("srclang", &self.languages[0]),
            ("datatype", "plaintext"),
        ] {
            xml::attribute(&mut out, name, value);
        }
        out.push_str("/>\n  <body>\n");
        for word in self.words {
            out.push_str("    <tu>");
            self.each_language(&mut out, "tuv", |out| element(out, "seg", word));
            out.push_str("</tu>\n");
        }
        out.push_str("  </body>\n</tmx>\n");
        out
    }

    /// TBX-Basic (ISO 30042:2008): a term entry for each word.
    pub fn tbx(&self) -> String {
        let mut out = XML.to_owned() + "<martif type=\"TBX-Basic\"";
        xml::attribute(&mut out, "xml:lang", &self.languages[0]);
        out.push_str(">\n  <martifHeader><fileDesc><sourceDesc>");
        element(&mut out, "p", "Words of the API that stay as they are in every language");
        out.push_str("</sourceDesc></fileDesc></martifHeader>\n  <text><body>\n");
        for (at, word) in self.words.iter().enumerate() {
            out.push_str("    <termEntry");
            xml::attribute(&mut out, "id", &format!("word-{}", at + 1));
            out.push('>');
            self.each_language(&mut out, "langSet", |out| {
                out.push_str("<tig>");
                element(out, "term", word);
                out.push_str("</tig>");
            });
            out.push_str("</termEntry>\n");
        }
        out.push_str("  </body></text>\n</martif>\n");
        out
    }

    fn each_language(&self, out: &mut String, name: &str, content: impl Fn(&mut String)) {
        for language in self.languages {
            out.extend(["<", name]);
            xml::attribute(out, "xml:lang", language);
            out.push('>');
            content(out);
            out.extend(["</", name, ">"]);
        }
    }
}

/// The first line of an XML document.
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn element(out: &mut String, name: &str, text: &str) {
    out.extend(["<", name, ">"]);
    xml::push(out, text);
    out.extend(["</", name, ">"]);
}
