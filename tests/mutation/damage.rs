//! The kinds of damage, each as a way to do it once to a clean page.

use std::ops::Range;

use super::chance::Chance;
use super::ground::{Column, Ground, VALUE_MARKS, is_identifier, is_value};
use super::words;

/// A page with one damage.
pub struct Damaged {
    pub text: String,
    /// Bytes of `text`; each must have a finding that overlaps its lines.
    pub places: Vec<Range<usize>>,
}

/// A kind of damage.
pub struct Kind {
    pub name: &'static str,
    /// Rules of which one should speak at the damage.
    pub rules: &'static [&'static str],
    /// Rules that may speak elsewhere because of it.
    pub echoes: &'static [&'static str],
    /// `None` where the page has nothing of that kind.
    pub inflict: fn(&Ground<'_>, &mut Chance) -> Option<Damaged>,
}

const NAMES: &[&str] = &["translated-name", "name-case", "annotated-name", "misspelled-name"];
const PATHS: &[&str] = &["translated-path", "path-case"];
const ROWS: &[&str] = &["missing-row", "undocumented-property", "parameter-mismatch"];
const LINKS: &[&str] = &["altered-link", "broken-anchor", "broken-markup"];

/// All kinds, in the order of the report.
pub const KINDS: &[Kind] = &[
    kind("translated name", NAMES, &[], translated_name),
    kind("re-cased name", NAMES, &[], recased_name),
    kind("glossed name", NAMES, &[], glossed_name),
    kind("split name", NAMES, &[], split_name),
    kind("accent in a name", NAMES, &[], accented_name),
    kind("dotless i in a name", NAMES, &[], dotless_name),
    kind("no-break space in a name", NAMES, &[], spaced_name),
    kind("two names become one", NAMES, &["duplicate-property"], collapsed_names),
    kind(
        "translated member",
        &["translated-name", "translated-value", "unknown-value"],
        &[],
        translated_member,
    ),
    kind("translated value", &["translated-value", "altered-code-span"], &[], translated_value),
    kind("changed type", &["type-mismatch", "garbled-type", "vague-type"], &[], changed_type),
    kind("garbled type", &["garbled-type", "type-mismatch"], &[], garbled_type),
    kind("flipped required mark", &["required-mismatch"], &[], flipped_mark),
    kind("translated method", &["translated-method"], &[], translated_method),
    kind("translated path segment", PATHS, &["parameter-mismatch"], translated_segment),
    kind("translated placeholder", PATHS, &["parameter-mismatch"], translated_placeholder),
    kind("re-cased path", PATHS, &["parameter-mismatch"], recased_path),
    kind("ideographic stop in the version", PATHS, &[], stopped_version),
    kind("mojibake", &["mojibake"], &[], mojibake),
    kind(
        "ZWSP before a fence",
        &["malformed-http", "broken-markup", "relaxed-json", "malformed-fence"],
        &[],
        hidden_fence,
    ),
    kind("full-width colon in a delimiter row", &["malformed-table"], &[], wide_delimiter),
    kind("lost pipe", &["malformed-table"], &[], lost_pipe),
    kind(
        "translated JSON key",
        &["unknown-field", "missing-field", "example-differs"],
        &["example-differs", "missing-field"],
        translated_key,
    ),
    kind("changed link target", LINKS, &[], changed_target),
    kind("broken link", LINKS, &[], broken_link),
    kind("unwrapped code span", &["altered-code-span"], &[], unwrapped_code),
    kind("changed code span", &["altered-code-span", "translated-value"], &[], changed_code),
    kind("dropped row", ROWS, &["parameter-mismatch"], dropped_row),
    kind(
        "dropped table",
        &["missing-table", "undocumented-property"],
        &["parameter-mismatch"],
        dropped_table,
    ),
    kind("dropped section", &["missing-section"], &["missing-table", "broken-anchor"], dropped_section),
    kind("swapped rows", &[], &[], swapped_rows),
    kind("moved row", &[], &[], moved_row),
];

const fn kind(
    name: &'static str,
    rules: &'static [&'static str],
    echoes: &'static [&'static str],
    inflict: fn(&Ground<'_>, &mut Chance) -> Option<Damaged>,
) -> Kind {
    Kind { name, rules, echoes, inflict }
}

/// Writes `text` over some bytes.
fn put(ground: &Ground<'_>, at: &Range<usize>, text: &str) -> Option<Damaged> {
    put_all(ground, &[(at.clone(), text.to_owned())])
}

/// Writes texts over some bytes, sorted and apart. `None` if that changes nothing.
fn put_all(ground: &Ground<'_>, edits: &[(Range<usize>, String)]) -> Option<Damaged> {
    let (mut text, mut places, mut end) = (String::new(), Vec::new(), 0);
    for (at, new) in edits {
        text.push_str(&ground.clean[end..at.start]);
        places.push(text.len()..text.len() + new.len());
        text.push_str(new);
        end = at.end;
    }
    text.push_str(&ground.clean[end..]);
    (text != ground.clean).then_some(Damaged { text, places })
}

/// Rewrites one of the names in a table.
fn rename(
    ground: &Ground<'_>,
    chance: &mut Chance,
    new: impl Fn(&str, &mut Chance) -> Option<String>,
) -> Option<Damaged> {
    let names = ground.names(Column::Name);
    let start = chance.below(names.len())?;
    // From there on the first that can be rewritten.
    (0..names.len()).find_map(|step| {
        let at = &names[(start + step) % names.len()];
        put(ground, at, &new(&ground.clean[at.clone()], chance)?)
    })
}

fn translated_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| words::translated(name, ground.language, chance))
}

fn recased_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| {
        let first = name.get(..1)?;
        Some(match chance.below(3)? {
            0 if first != first.to_uppercase() => first.to_uppercase() + &name[1..],
            1 if name.contains(char::is_uppercase) => name.to_lowercase(),
            _ => name.to_uppercase(),
        })
    })
}

fn glossed_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| {
        let gloss = words::translated(name, ground.language, chance)?;
        Some(format!("{name} ({gloss})"))
    })
}

/// `creationTimestamp` to `crea tion_Timestamp`.
fn split_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| {
        let at = 2 + chance.below(name.len().checked_sub(4)?)?;
        let joint = ["_", " ", " _ "][chance.below(3)?];
        Some(format!("{} {}{joint}{}", &name[..2], &name[2..at], &name[at..]))
    })
}

fn accented_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| {
        replaced(name, &[('a', 'á'), ('e', 'é'), ('o', 'ö'), ('u', 'ü')], chance)
    })
}

fn dotless_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| replaced(name, &[('i', 'ı'), ('I', 'İ')], chance))
}

/// One letter of `name` changed by the pairs.
fn replaced(name: &str, pairs: &[(char, char)], chance: &mut Chance) -> Option<String> {
    let places: Vec<(usize, char)> = name
        .char_indices()
        .filter_map(|(at, c)| Some((at, pairs.iter().find(|(from, _)| *from == c)?.1)))
        .collect();
    let (at, new) = places[chance.below(places.len())?];
    Some(format!("{}{new}{}", &name[..at], &name[at + 1..]))
}

fn spaced_name(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    rename(ground, chance, |name, chance| {
        let at = 1 + chance.below(name.len() - 1)?;
        Some(format!("{}\u{a0}{}", &name[..at], &name[at..]))
    })
}

/// Two names of one table become the same word.
fn collapsed_names(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let names = ground.names(Column::Name);
    let of = |lines: &Range<usize>| -> Vec<&Range<usize>> {
        names.iter().filter(|name| lines.contains(&ground.line_of(name.start))).collect()
    };
    let tables: Vec<_> = ground.tables.iter().map(|table| of(&table.lines)).filter(|t| t.len() > 2).collect();
    let table = &tables[chance.below(tables.len())?];
    let first = chance.below(table.len() - 1)?;
    let second = first + 1 + chance.below(table.len() - first - 1)?;
    let word = words::translated(&ground.clean[table[first].clone()], ground.language, chance)?;
    put_all(ground, &[(table[first].clone(), word.clone()), (table[second].clone(), word)])
}

fn translated_member(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let names = ground.names(Column::Member);
    let at = &names[chance.below(names.len())?];
    put(ground, at, &words::translated(&ground.clean[at.clone()], ground.language, chance)?)
}

/// A value in quotes or bold in a table cell.
fn translated_value(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let mut found = Vec::new();
    for (_, cell) in ground.cells(Column::Other) {
        let text = &ground.clean[cell.clone()];
        for mark in VALUE_MARKS {
            let pieces: Vec<&str> = text.split(mark).collect();
            let mut at = cell.start;
            for (number, piece) in pieces.iter().enumerate() {
                // The text of a link is prose.
                let linked = ground.clean[..at].ends_with(&format!("[{mark}"));
                if number % 2 == 1 && number + 1 < pieces.len() && is_value(mark, piece) && !linked {
                    found.push(at..at + piece.len());
                }
                at += piece.len() + mark.len();
            }
        }
    }
    let at = &found[chance.below(found.len())?];
    let value = &ground.clean[at.clone()];
    put(
        ground,
        at,
        &words::translated(value, ground.language, chance).unwrap_or_else(|| value.to_lowercase()),
    )
}

fn changed_type(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let cells = ground.cells(Column::Type);
    let (_, at) = &cells[chance.below(cells.len())?];
    let new = match &ground.clean[at.clone()] {
        "bool" | "int" | "DateTime" => "Array of strings",
        _ => "int",
    };
    put(ground, at, new)
}

/// What machine translation makes of angle brackets.
fn garbled_type(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let mut cells = ground.cells(Column::Type);
    cells.retain(|(_, at)| ground.clean[at.clone()].contains('<'));
    let (_, at) = &cells[chance.below(cells.len())?];
    let text = &ground.clean[at.clone()];
    let inner = &text[text.find('<')? + 1..text.find('>')?];
    put(ground, at, &text.replace(inner, ", tekst"))
}

fn flipped_mark(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let cells = ground.cells(Column::Required);
    let (_, at) = &cells[chance.below(cells.len())?];
    let [yes, no] = words::marks(ground.language);
    let mark = &ground.clean[at.clone()];
    put(ground, at, if mark == yes { no } else { Some(yes).filter(|_| mark == no)? })
}

fn translated_method(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let names = ground.names(Column::Method);
    let at = &names[chance.below(names.len())?];
    put(ground, at, words::method(&ground.clean[at.clone()], ground.language, chance)?)
}

/// Bytes of a request path in a table, from its first slash.
fn path(ground: &Ground<'_>, chance: &mut Chance) -> Option<Range<usize>> {
    let cells = ground.cells(Column::Uri);
    let (_, cell) = &cells[chance.below(cells.len())?];
    let text = &ground.clean[cell.clone()];
    let start = cell.start + text.find(")/").map_or_else(|| text.find("}/"), Some)? + 1;
    let length = ground.clean[start..cell.end].find(' ').unwrap_or(cell.end - start);
    Some(start..start + length)
}

fn translated_segment(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let path = path(ground, chance)?;
    let text = &ground.clean[path.clone()];
    let mut literal: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for segment in text.split('?').next()?.split('/') {
        if segment.len() > 2 && is_identifier(segment) {
            literal.push(path.start + at..path.start + at + segment.len());
        }
        at += segment.len() + 1;
    }
    let at = &literal[chance.below(literal.len())?];
    put(ground, at, &words::translated(&ground.clean[at.clone()], ground.language, chance)?)
}

fn translated_placeholder(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let path = path(ground, chance)?;
    let text = &ground.clean[path.clone()];
    let opened: Vec<usize> = text.match_indices('{').map(|(at, _)| at + 1).collect();
    let start = opened[chance.below(opened.len())?];
    let at = path.start + start..path.start + start + text[start..].find('}')?;
    put(ground, &at, &words::translated(&ground.clean[at.clone()], ground.language, chance)?)
}

fn recased_path(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let path = path(ground, chance)?;
    let text = &ground.clean[path.clone()];
    let starts: Vec<usize> = text
        .match_indices(['/', '{'])
        .map(|(at, _)| at + 1)
        .filter(|at| text[*at..].starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    let at = path.start + starts[chance.below(starts.len())?];
    put(ground, &(at..at + 1), &ground.clean[at..=at].to_uppercase())
}

fn stopped_version(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let cells = ground.cells(Column::Uri);
    let (_, cell) = &cells[chance.below(cells.len())?];
    let at = cell.start + ground.clean[cell.clone()].find("HTTP/1.1")? + "HTTP/1".len();
    put(ground, &(at..at + 1), "。")
}

/// A letter of prose, its UTF-8 read as Windows-1252.
fn mojibake(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let torn = [('é', "Ã©"), ('ö', "Ã¶"), ('ä', "Ã¤"), ('å', "Ã¥"), ('ó', "Ã³"), ('’', "â€™"), ('ë', "Ã«")];
    let tell = |c: char| torn.iter().find(|(whole, _)| *whole == c).map(|(_, torn)| *torn);
    let prose = ground.lines.iter().filter(|line| !line.fenced && line.at > 0);
    let found: Vec<(usize, char)> = prose
        .flat_map(|line| line.text.char_indices().map(move |(at, c)| (line.at + at, c)))
        .filter(|(_, c)| tell(*c).is_some())
        .collect();
    let (at, c) = found[chance.below(found.len())?];
    put(ground, &(at..at + c.len_utf8()), tell(c)?)
}

fn hidden_fence(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let fences: Vec<usize> = ground
        .lines
        .iter()
        .filter(|line| line.text.starts_with("```") && line.text.len() > 3)
        .map(|line| line.at)
        .collect();
    let at = fences[chance.below(fences.len())?];
    put(ground, &(at..at), "\u{200b}")
}

fn wide_delimiter(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let rows = ground.tables.iter().map(|table| &ground.lines[table.lines.start + 1]);
    let colons: Vec<usize> =
        rows.flat_map(|line| line.text.match_indices(':').map(|(at, _)| line.at + at)).collect();
    let at = *colons.get(chance.below(colons.len())?)?;
    put(ground, &(at..at + 1), "：")
}

/// A pipe between two cells of a table with names or requests gone, neither of them empty.
fn lost_pipe(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let table = &ground.tables[long_table(ground, chance)?];
    let row = &table.rows[chance.below(table.rows.len())?];
    let inner: Vec<usize> = row
        .cells
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| pair[0].end + ground.clean[pair[0].end..].find('|').unwrap_or(0))
        .collect();
    let at = inner[chance.below(inner.len())?];
    put(ground, &(at..at + 1), " ")
}

fn translated_key(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let mut keys = Vec::new();
    for line in ground.lines.iter().filter(|line| line.fenced) {
        let Some((before, _)) = line.text.split_once("\":") else { continue };
        if let Some(start) = before.find('"').filter(|start| is_identifier(&before[start + 1..])) {
            keys.push(line.at + start + 1..line.at + before.len());
        }
    }
    let at = &keys[chance.below(keys.len())?];
    put(ground, at, &words::translated(&ground.clean[at.clone()], ground.language, chance)?)
}

/// Where links outside code have their `](`, in prose and descriptions.
fn links(ground: &Ground<'_>) -> Vec<usize> {
    let uris = ground.cells(Column::Uri);
    let outside = ground.lines.iter().filter(|line| !line.fenced);
    let found = outside.flat_map(|line| line.text.match_indices("](").map(|(at, _)| line.at + at));
    found.filter(|at| !uris.iter().any(|(_, cell)| cell.contains(at))).collect()
}

fn changed_target(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let links = links(ground);
    let start = links[chance.below(links.len())?] + 2;
    let target = &ground.clean[start..][..ground.clean[start..].find(')')?];
    let at = start + target.rfind(|c: char| c.is_ascii_alphabetic())?;
    put(ground, &(at..at + 1), "q")
}

fn broken_link(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let links = links(ground);
    let at = links[chance.below(links.len())?] + 1;
    put(ground, &(at..at), " ")
}

/// Bytes of code spans in prose and descriptions, back-ticks included.
fn code_spans(ground: &Ground<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in ground.lines.iter().filter(|line| !line.fenced && !line.text.contains("``")) {
        let ticks: Vec<usize> = line.text.match_indices('`').map(|(at, _)| line.at + at).collect();
        found.extend(ticks.chunks_exact(2).map(|pair| pair[0]..pair[1] + 1));
    }
    found
}

fn unwrapped_code(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let spans = code_spans(ground);
    let at = &spans[chance.below(spans.len())?];
    put(ground, at, ground.clean[at.clone()].trim_matches('`'))
}

fn changed_code(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let spans = code_spans(ground);
    let at = &spans[chance.below(spans.len())?];
    let code = ground.clean[at.clone()].trim_matches('`');
    let new = words::translated(code, ground.language, chance).unwrap_or_else(|| code.to_uppercase());
    put(ground, &(at.start + 1..at.end - 1), &new)
}

/// Takes whole lines away; found is what speaks anywhere in `scope`, given in lines of the clean page.
fn drop(ground: &Ground<'_>, lines: Range<usize>, scope: &Range<usize>) -> Option<Damaged> {
    let gone = ground.bytes(lines);
    let scope = ground.bytes(scope.clone());
    let mut damaged = put(ground, &gone, "")?;
    damaged.places.clear();
    damaged.places.push(scope.start..scope.end - gone.len());
    Some(damaged)
}

/// A table of names or requests with at least two rows.
fn long_table(ground: &Ground<'_>, chance: &mut Chance) -> Option<usize> {
    let long: Vec<usize> = ground
        .tables
        .iter()
        .enumerate()
        .filter(|(_, table)| table.rows.len() > 2 && table.has_identifiers())
        .map(|(at, _)| at)
        .collect();
    Some(long[chance.below(long.len())?])
}

fn dropped_row(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let table = &ground.tables[long_table(ground, chance)?];
    let line = table.rows[chance.below(table.rows.len())?].line;
    drop(ground, line..line + 1, &table.lines)
}

fn dropped_table(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let lines = &ground.tables[chance.below(ground.tables.len())?].lines;
    let section = ground.sections().into_iter().find(|section| section.contains(&lines.start))?;
    drop(ground, lines.clone(), &section)
}

fn dropped_section(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let sections = ground.sections();
    let section = &sections[1 + chance.below(sections.len().checked_sub(1)?)?];
    drop(ground, section.clone(), &(0..ground.lines.len()))
}

fn swapped_rows(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let table = &ground.tables[long_table(ground, chance)?];
    let first = chance.below(table.rows.len() - 1)?;
    let second = first + 1 + chance.below(table.rows.len() - first - 1)?;
    let bytes = |at: usize| ground.bytes(table.rows[at].line..table.rows[at].line + 1);
    let text = |at: usize| ground.clean[bytes(at)].to_owned();
    put_all(ground, &[(bytes(first), text(second)), (bytes(second), text(first))])
}

fn moved_row(ground: &Ground<'_>, chance: &mut Chance) -> Option<Damaged> {
    let table = &ground.tables[long_table(ground, chance)?];
    let (from, to) = (chance.below(table.rows.len())?, chance.below(table.rows.len())?);
    let row = ground.bytes(table.rows[from].line..table.rows[from].line + 1);
    let place = ground.bytes(table.rows[to].line..table.rows[to].line + 1).start;
    let mut edits = [(row.clone(), String::new()), (place..place, ground.clean[row].to_owned())];
    edits.sort_by_key(|(at, _)| at.start);
    if from == to { None } else { put_all(ground, &edits) }
}
