//! Catalogues of gettext (`.po`): each message is a pair of texts, the source and its translation.
//!
//! Texts are quoted pieces with escapes; runs lie in the file as they are written, so that a fix lands inside the quotes.
//! Fuzzy, obsolete and untranslated messages are left out. Inline code is what stands between back-ticks, one or two, and
//! what is an identifier as a whole. Absent here: what is right.

use crate::document::{Document, Half, Inline, Link, Message, Run, Style};
use crate::text::Span;

/// A quoted text: its pieces between quotes, as they are written.
#[derive(Debug, Default, Clone)]
struct Quoted {
    pieces: Vec<Span>,
}

/// A message being read.
#[derive(Debug, Default)]
struct Entry {
    id: Quoted,
    plural: Option<Quoted>,
    translations: Vec<(u32, Quoted)>,
    fuzzy: bool,
    begun: bool,
}

/// What the lines of quoted text belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    None,
    Id,
    Plural,
    Translation,
}

/// Parses a catalogue.
pub fn document(text: &str) -> Document {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    let mut target = Target::None;
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        if trimmed.starts_with('#') {
            // A comment stands before its message.
            if entry.begun {
                entries.push(std::mem::take(&mut entry));
                target = Target::None;
            }
            entry.fuzzy |= trimmed.starts_with("#,") && trimmed.split([',', ' ']).any(|flag| flag == "fuzzy");
            continue;
        }
        let (keyword, rest) = match trimmed.find(['"', ' ', '\t']) {
            Some(end) => (&trimmed[..end], &trimmed[end..]),
            None => (trimmed, ""),
        };
        match keyword {
            "msgid" | "msgctxt" if entry.begun && !entry.translations.is_empty() => {
                entries.push(std::mem::take(&mut entry));
            }
            _ => {}
        }
        target = match keyword {
            "" if trimmed.starts_with('"') => target,
            "msgid" => Target::Id,
            "msgid_plural" => {
                entry.plural = Some(Quoted::default());
                Target::Plural
            }
            "msgstr" => {
                entry.translations.push((0, Quoted::default()));
                Target::Translation
            }
            _ if keyword.starts_with("msgstr[") => {
                let number = keyword[7..].trim_end_matches(']').parse().unwrap_or(0);
                entry.translations.push((number, Quoted::default()));
                Target::Translation
            }
            _ => Target::None,
        };
        entry.begun |= target != Target::None;
        if let Some(open) = rest.find('"')
            && let Some(length) = rest[open + 1..].rfind('"')
        {
            let from = at + indent + keyword.len() + open + 1;
            let piece = Span::new(from as u32, (from + length) as u32);
            let quoted = match target {
                Target::None => continue,
                Target::Id => &mut entry.id,
                Target::Plural => match &mut entry.plural {
                    Some(plural) => plural,
                    None => continue,
                },
                Target::Translation => match entry.translations.last_mut() {
                    Some((_, quoted)) => quoted,
                    None => continue,
                },
            };
            if !piece.is_empty() {
                quoted.pieces.push(piece);
            }
        }
    }
    entries.push(entry);
    entries.retain(|entry| entry.begun && !entry.fuzzy && !entry.id.pieces.is_empty());
    Catalogue::new(text, &entries).build(&entries)
}

/// Whether a word is spelled as no word of prose is: `hullLength`, `hull_length`, `/v1/boats`, `GET`.
fn is_code_word(text: &str) -> bool {
    let text = text.strip_prefix(['-', '$']).unwrap_or(text);
    let word = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '{' | '}' | ':' | '[' | ']')
    };
    if text.len() < 3 || !text.chars().all(word) || text.ends_with(['.', ':', '-']) {
        return false;
    }
    let bytes = text.as_bytes();
    let hump = bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let method = matches!(text, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS");
    let snake = text.contains('_') && bytes.iter().any(u8::is_ascii_lowercase);
    method || hump || snake || text.starts_with('/') && text.len() > 3
}

struct Catalogue<'t> {
    text: &'t str,
    doc: Document,
    /// Whether messages are named by keys, which say nothing of how they are translated.
    has_keys: bool,
}

impl<'t> Catalogue<'t> {
    fn new(text: &'t str, entries: &[Entry]) -> Self {
        let whole = |entry: &&Entry| match entry.id.pieces.as_slice() {
            [piece] => is_code_word(piece.of(text)),
            _ => false,
        };
        let keys = entries.iter().filter(whole).count();
        let doc = Document { bilingual: true, ..Document::default() };
        Self { text, doc, has_keys: entries.len() > 4 && keys * 2 > entries.len() }
    }

    fn build(mut self, entries: &[Entry]) -> Document {
        for entry in entries {
            for (number, translation) in &entry.translations {
                if translation.pieces.is_empty() {
                    continue;
                }
                // The first form is that of one, if there are several.
                let singular = *number == 0 && entry.translations.len() > 1;
                let source = if singular { &entry.id } else { entry.plural.as_ref().unwrap_or(&entry.id) };
                self.message(source, translation);
            }
        }
        let runs = (0..).zip(&self.doc.runs);
        let in_code = runs.filter(|(_, run)| run.style.has(Style::CODE)).map(|(at, _)| at);
        self.doc.code_runs = in_code.collect();
        self.doc
    }

    fn message(&mut self, source: &Quoted, translation: &Quoted) {
        let whole = match (source.pieces.as_slice(), translation.pieces.as_slice()) {
            ([one], [other]) => {
                let (one, other) = (one.of(self.text), other.of(self.text));
                !self.has_keys && is_code_word(one) && !other.contains(char::is_whitespace)
            }
            _ => false,
        };
        let source = self.inline(source, Half::Source, whole);
        let translation = self.inline(translation, Half::Translated, whole);
        self.doc.messages.push(Message { source, translation });
    }

    /// The runs of a text: all of it as code, or as its marks say.
    fn inline(&mut self, quoted: &Quoted, half: Half, whole: bool) -> Inline {
        let first = self.doc.runs.len() as u32;
        let (Some(start), Some(end)) = (quoted.pieces.first(), quoted.pieces.last()) else {
            return Inline::default();
        };
        for piece in &quoted.pieces {
            if whole {
                self.run(*piece, *piece, Style::CODE, 0, half);
            } else {
                self.piece(*piece, half);
            }
        }
        Inline { span: start.to(*end), first, end: self.doc.runs.len() as u32 }
    }

    fn run(&mut self, span: Span, outer: Span, style: Style, link: u32, half: Half) {
        if !span.is_empty() {
            self.doc.runs.push(Run { span, outer, literal: 0, link, style, half });
        }
    }

    /// The runs of one line of quoted text. Marks that span lines are left alone.
    fn piece(&mut self, piece: Span, half: Half) {
        let text = piece.of(self.text);
        let bytes = text.as_bytes();
        let place = |from: usize, to: usize| Span::new(piece.start + from as u32, piece.start + to as u32);
        let (mut plain, mut at) = (0, 0);
        while at < bytes.len() {
            let end = match bytes[at] {
                b'\\' => {
                    at += 2;
                    continue;
                }
                b'`' => code(text, at),
                b'[' => link(text, at),
                _ => None,
            };
            let Some(found) = end else {
                at += 1;
                continue;
            };
            self.run(place(plain, at), place(plain, at), Style::default(), 0, half);
            let outer = place(at, found.end);
            match found.kind {
                Kind::Code(from, to) => self.run(place(from, to), outer, Style::CODE, 0, half),
                Kind::Link(label, target) => {
                    let target = place(target.0, target.1);
                    self.doc.links.push(Link { span: outer, target, image: false, half });
                    let link = self.doc.links.len() as u32;
                    self.run(place(label.0, label.1), outer, Style::default(), link, half);
                }
            }
            at = found.end;
            plain = at;
        }
        self.run(place(plain, bytes.len()), place(plain, bytes.len()), Style::default(), 0, half);
    }
}

/// Markup in a line.
struct Found {
    end: usize,
    kind: Kind,
}

/// Bytes of what it holds.
enum Kind {
    Code(usize, usize),
    /// Its text and its target.
    Link((usize, usize), (usize, usize)),
}

/// What back-ticks hold: code of Markdown and reStructuredText, or a link of the latter.
fn code(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    if ticks > 2 {
        return None;
    }
    let fence = &rest[..ticks];
    let inside = &rest[ticks..];
    let close = inside.find(fence).filter(|close| *close > 0)?;
    let end = start + 2 * ticks + close;
    let body = &inside[..close];
    // Escapes: what is written is not what it says.
    if body.contains('\\') || body.contains('"') {
        return None;
    }
    let from = start + ticks;
    if ticks == 1 && text[end..].starts_with('_') || ticks == 1 && body.ends_with('>') && body.contains(" <")
    {
        let open = body.rfind('<')?;
        let close = body.rfind('>').filter(|close| *close > open)?;
        let end = end + text[end..].bytes().take_while(|byte| *byte == b'_').count();
        return Some(Found { end, kind: Kind::Link((from, from + open), (from + open + 1, from + close)) });
    }
    Some(Found { end, kind: Kind::Code(from, from + close) })
}

/// `[text](target)` on one line, without marks inside.
fn link(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start + 1..];
    let label = rest.find(['[', ']', '`', '\\']).filter(|at| rest[*at..].starts_with("]("))?;
    let target = &rest[label + 2..];
    let close = target.find([')', ' ', '\\']).filter(|at| target[*at..].starts_with(')'))?;
    let from = start + 1 + label + 2;
    let end = from + close + 1;
    Some(Found { end, kind: Kind::Link((start + 1, start + 1 + label), (from, from + close)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::View;

    const CATALOGUE: &str = r#"msgid ""
msgstr ""
"Language: fr\n"

#: a.md:3
msgid "The `hullLength` of a "
"boat, see [ropes](/ropes.md)."
msgstr "La `longueurCoque` d'un "
"bateau, voir [cordes](/cordes.md)."

#, fuzzy
msgid "Set `mast`."
msgstr "Mettre `mât`."

msgid "callSign"
msgstr "indicatifAppel"

msgid "One `rope`"
msgid_plural "%d `rope`"
msgstr[0] "Une `corde`"
msgstr[1] "%d `cordes`"

#~ msgid "`old`"
#~ msgstr "`vieux`"
"#;

    #[test]
    fn messages_are_pairs() {
        let document = document(CATALOGUE);
        let shown: Vec<(String, String)> = document
            .messages
            .iter()
            .map(|message| {
                let text = |inline, view| document.text(CATALOGUE, inline, view).into_owned();
                (text(message.source, View::Source), text(message.translation, View::Page))
            })
            .collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("The hullLength of a boat, see ropes.", "La longueurCoque d'un bateau, voir cordes."),
                ("callSign", "indicatifAppel"),
                ("One rope", "Une corde"),
                ("%d rope", "%d cordes"),
            ]
        );
        let codes = document.code_runs.iter().map(|at| document.runs[*at as usize].span.of(CATALOGUE));
        let codes: Vec<&str> = codes.collect();
        assert_eq!(
            codes,
            ["hullLength", "longueurCoque", "callSign", "indicatifAppel", "rope", "corde", "rope", "cordes"]
        );
    }

    #[test]
    fn broken_catalogues_are_read_as_far_as_they_go() {
        for text in
            ["msgid", "msgid \"", "msgstr[x] \"a\"", "msgid \"a`\"\nmsgstr \"`\\\"", "\"\"\"", "msgstr[", "#"]
        {
            document(text);
        }
    }
}
