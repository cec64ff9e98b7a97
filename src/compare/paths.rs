//! Request targets against each other: segment by segment, placeholders by position.

use std::sync::Arc;

use crate::extract::path::Path;
use crate::fold::is_same_identifier;
use crate::memo::Memo;
use crate::schema::Operation;

/// Paths by their text, read once a run: translations copy their examples, and most of their tables.
#[derive(Debug, Default)]
pub struct Paths(Memo<Box<str>, Arc<Path>>);

impl Paths {
    /// See [`Path::read`].
    pub(super) fn read(&self, text: &str) -> Arc<Path> {
        // Longer ones are rare, and each would be kept.
        const LONGEST: usize = 1024;
        let read = || Arc::new(Path::read(text));
        if text.len() > LONGEST { read() } else { self.0.get_or(text.len(), text, || text.into(), read) }
    }
}

/// How much of the literal segments of `right` stand in `left` at the same place, 0 to 1; `None` if
/// they have different numbers of segments. Segments that stand for placeholders of `right` are free.
pub fn likeness(left: &Path, right: &Path) -> Option<f32> {
    if left.segments() != right.segments() || right.segments() == 0 {
        return None;
    }
    let mut literals = 0.0_f32;
    let mut points = 0.0_f32;
    for at in 0..right.segments() {
        let Some(wanted) = right.literal(at) else { continue };
        literals += 1.0;
        match left.literal(at) {
            Some(found) if found == wanted => points += 1.0,
            Some(found) if is_same_identifier(found, wanted) => points += 0.9,
            Some(_) => {}
            // A placeholder where the other side has a word is another path.
            None => points -= 0.5,
        }
    }
    Some(if literals == 0.0 { 0.5 } else { (points / literals).max(0.0) })
}

/// Whether `path` documents `template`: every literal segment is the same, is so but for case and
/// separators, or is a translation by the word of `translates`. The share that needs no such word, or
/// `None` if some segment is of another path.
pub fn documents(path: &Path, template: &Path, translates: &dyn Fn(&str, &str) -> bool) -> Option<f32> {
    if path.segments() != template.segments() || template.segments() == 0 {
        return None;
    }
    let (mut literals, mut points) = (0.0_f32, 0.0_f32);
    for at in 0..template.segments() {
        let Some(wanted) = template.literal(at) else { continue };
        let found = path.literal(at)?;
        literals += 1.0;
        points += if found == wanted {
            1.0
        } else if is_same_identifier(found, wanted) {
            0.9
        } else if translates(found, wanted) {
            0.5
        } else {
            return None;
        };
    }
    Some(if literals == 0.0 { 0.5 } else { points / literals })
}

/// Whether `operation` is about the same resource as `path`: the first literal segment after the
/// version, and the one after its placeholder, are the same.
pub fn covers(operation: &Path, path: &Path) -> bool {
    let (mut wanted, mut found) = (literals(operation).take(2).peekable(), literals(path));
    wanted.peek().is_some() && wanted.all(|wanted| found.next().is_some_and(|found| is_same(found, wanted)))
}

/// The literal segments of a path without its version.
fn literals(path: &Path) -> impl Iterator<Item = &str> {
    (0..path.segments()).filter_map(|at| path.literal(at)).filter(|literal| !is_version(literal))
}

/// Whether two segments differ in case and separators at most.
fn is_same(left: &str, right: &str) -> bool {
    left == right || is_same_identifier(left, right)
}

/// `v1`, `v2.0`, `beta`-like first segments carry no meaning of their own.
fn is_version(segment: &str) -> bool {
    segment
        .strip_prefix(['v', 'V'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// The template of an operation.
pub fn of_operation(operation: &Operation) -> Path {
    Path::read(&operation.path)
}
