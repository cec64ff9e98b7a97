//! Real pages in two languages, taken apart into source and translation, the translation cleaned of damage.

use std::fs;
use std::path::{Path, PathBuf};

use super::ground::{VALUE_MARKS, is_value, lines};
use super::trial::Clean;

/// Pairs of source and clean translation, `most` of each locale; `None` if there are no bilingual pages.
pub fn clean_pairs(most: usize) -> Option<Vec<[Clean; 2]>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/bilingual");
    let mut pairs = Vec::new();
    for locale in ["nl-nl", "pl-pl", "sv-se"] {
        let clean = pages(&root.join(locale)).into_iter().filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let (translation, source) = split(&text);
            let page = path.file_name()?.to_string_lossy().into_owned();
            let text = cleaned(&source, &translation)?;
            let source = Clean { locale: "en-us", page: page.clone(), text: source };
            Some([source, Clean { locale, page, text }])
        });
        pairs.extend(clean.take(most));
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Markdown files below a folder, sorted by a name that scatters their subjects.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    let scattered = |path: &PathBuf| {
        let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        name.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)))
    };
    found.sort_by_key(|path| (scattered(path), path.clone()));
    found
}

/// The translated and the source page of a bilingual one.
fn split(text: &str) -> (String, String) {
    const OPEN: &str = "<span data-ttu-id=\"";
    const MIDDLE: &str = "</span><span class=\"sxs-lookup\"><span data-stu-id=\"";
    const CLOSE: &str = "</span></span>";
    let (mut translation, mut source) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        translation.push_str(before);
        source.push_str(before);
        let parts = after.split_once("\">").and_then(|(_, after)| {
            let (theirs, after) = after.split_once(MIDDLE)?;
            let (ours, after) = after.split_once("\">")?.1.split_once(CLOSE)?;
            Some((theirs, ours, after))
        });
        let Some((theirs, ours, after)) = parts else {
            rest = after;
            continue;
        };
        translation.push_str(theirs);
        source.push_str(ours);
        rest = after;
    }
    translation.push_str(rest);
    source.push_str(rest);
    (translation, source)
}

/// The translation with the source's cells wherever they hold no prose; `None` if the two are not aligned, or
/// links, code or emphasis of the rest are not what they were.
fn cleaned(source: &str, translation: &str) -> Option<String> {
    let (theirs, ours) = (lines(source), lines(translation));
    let has_table = theirs.iter().any(|line| !line.fenced && line.text.starts_with("| "));
    if theirs.len() != ours.len() || !has_table || source.contains('\r') {
        return None;
    }
    let mut clean = String::new();
    // The type column of the table at hand, once its header was read.
    let mut types: Option<Option<usize>> = None;
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let row = |line: &str| line.starts_with('|') && line.ends_with('|');
        if theirs.fenced || ours.fenced {
            if theirs.text != ours.text {
                return None;
            }
            clean.push_str(theirs.text);
        } else if row(theirs.text) && row(ours.text) {
            let (left, right): (Vec<&str>, Vec<&str>) =
                (theirs.text.split('|').collect(), ours.text.split('|').collect());
            if left.len() != right.len() {
                return None;
            }
            let is_type = |cell: &&str| cell.trim().trim_matches('*').eq_ignore_ascii_case("type");
            let is_header = types.is_none();
            let types = *types.get_or_insert_with(|| left.iter().position(is_type));
            let cells: Vec<String> = left
                .iter()
                .zip(&right)
                .enumerate()
                .map(|(at, (left, right))| {
                    let code = !left.trim().contains(' ') || left.contains("HTTP/1.1") || Some(at) == types;
                    let mark = ["Yes", "No", "Y", "N"].contains(&left.trim().trim_matches('*'));
                    if code && !mark && !is_header { (*left).to_owned() } else { with_values(left, right) }
                })
                .collect();
            clean.push_str(&cells.join("|"));
        } else {
            clean.push_str(ours.text);
        }
        if !theirs.text.starts_with('|') {
            types = None;
        }
        let line = &clean[clean.rfind('\n').map_or(0, |at| at + 1)..];
        if !theirs.fenced && marks(line) != marks(theirs.text) {
            return None;
        }
        clean.push('\n');
    }
    Some(clean)
}

/// A cell in translation with the values that the source's cell has in quotes or bold; the source's cell where it
/// cannot be told what they became.
fn with_values(source: &str, translation: &str) -> String {
    let (source, mut cell) = (source.replace("&quot;", "\""), translation.replace("&quot;", "\""));
    let mut values: Vec<&str> = Vec::new();
    for mark in VALUE_MARKS {
        let (theirs, ours): (Vec<&str>, Vec<&str>) =
            (source.split(mark).collect(), cell.split(mark).collect());
        values.extend(theirs.iter().skip(1).step_by(2).filter(|piece| is_value(mark, piece)));
        if theirs.len() == ours.len() {
            let piece = |(at, (left, right))| if at % 2 == 1 && is_value(mark, left) { left } else { right };
            cell = theirs.iter().copied().zip(ours).enumerate().map(piece).collect::<Vec<_>>().join(mark);
        }
    }
    match values.as_slice() {
        [] => translation.to_owned(),
        values if values.iter().all(|value| cell.contains(*value)) => cell,
        _ => source,
    }
}

/// Link targets, code spans and emphasis of a line.
fn marks(line: &str) -> (Vec<&str>, Vec<&str>, usize, usize) {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let code = line.split('`').skip(1).step_by(2).collect();
    (targets, code, line.matches("**").count(), line.matches(['[', '<', '{']).count())
}
