//! Both sides of each change, as a patch shows them, and below them in which respects they differ.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::{Sites, Spot, View, whom};
use crate::report::Style;
use crate::report::escape::visible;
use crate::schema_diff::{Aspect, Change, Kind};

/// Characters of a declaration that are shown.
const LONGEST: usize = 160;

/// All changes, by type and operation.
pub fn render(view: &View<'_>, style: Style) -> String {
    let painter = Painter { style };
    let sites = Sites::new(view);
    let mut out = String::new();
    if view.found.changes.is_empty() {
        return out;
    }
    let head = |sign: &str, label: &str| painter.paint("1", &format!("{sign} {}", visible(label)));
    let _ = writeln!(out, "{}\n{}", head("---", view.before.label), head("+++", view.after.label));
    let mut owner = None;
    for change in &view.found.changes {
        let group = (change.is_of_operation(), change.owner.as_str());
        if owner != Some(group) {
            owner = Some(group);
            let _ = writeln!(out, "\n{}", painter.paint("1", &visible(&change.owner)));
        }
        painter.change(&mut out, change, &sites);
    }
    out
}

struct Painter {
    style: Style,
}

impl Painter {
    fn paint(&self, ansi: &str, text: &str) -> String {
        match self.style {
            Style::Plain => text.to_owned(),
            Style::Coloured => format!("\u{1b}[{ansi}m{text}\u{1b}[0m"),
        }
    }

    fn change(&self, out: &mut String, change: &Change, sites: &Sites<'_>) {
        let texts = (change.before.as_ref(), change.after.as_ref());
        let texts = (texts.0.map(|side| side.text.as_str()), texts.1.map(|side| side.text.as_str()));
        let (before, after) = self.lines(change, texts);
        for line in before.into_iter().chain(after) {
            let _ = writeln!(out, "  {line}");
        }
        let is_shown = texts.0 != texts.1;
        let aspects = change.aspects.iter().map(|aspect| self.phrase(aspect, is_shown));
        let aspects: Vec<String> = aspects.collect();
        let _ = writeln!(out, "    {}", aspects.join("; "));
        let before = change.before.as_ref().and_then(|side| sites.before(side)).as_ref().map(place);
        let after = change.after.as_ref().and_then(|side| sites.after(side)).as_ref().map(place);
        let places: Vec<String> = before.into_iter().chain(after).collect();
        if !places.is_empty() {
            let _ = writeln!(out, "    {}", self.paint("2", &places.join(" -> ")));
        }
    }

    /// The line of each side, with what differs marked where there are two and colours to mark with.
    fn lines(
        &self,
        change: &Change,
        texts: (Option<&str>, Option<&str>),
    ) -> (Option<String>, Option<String>) {
        let line = |sign: &str, ansi: &str, text: &str| {
            self.paint(ansi, &format!("{sign} {}{}", prefix(change), shortened(text)))
        };
        let (Some(before), Some(after)) = texts else {
            return (texts.0.map(|text| line("-", "31", text)), texts.1.map(|text| line("+", "32", text)));
        };
        if before == after {
            // The difference is one that a declaration does not show.
            return (None, Some(format!("  {}{}", prefix(change), shortened(after))));
        }
        if self.style == Style::Plain {
            return (Some(line("-", "31", before)), Some(line("+", "32", after)));
        }
        let (before, after) = (shortened(before), shortened(after));
        let words = TextDiff::from_words(&*before, &*after);
        let side = |sign: &str, ansi: &str, tag: ChangeTag| {
            let mut line = String::new();
            // What is next to be painted, and whether it differs.
            let (mut run, mut differs) = (format!("{sign} {}", prefix(change)), false);
            let mut paint = |run: &str, differs: bool| {
                let ansi = if differs { format!("{ansi};1;4") } else { ansi.to_owned() };
                line.push_str(&self.paint(&ansi, run));
            };
            for word in
                words.iter_all_changes().filter(|one| one.tag() == ChangeTag::Equal || one.tag() == tag)
            {
                if differs != (word.tag() == tag) {
                    paint(&run, differs);
                    run.clear();
                    differs = !differs;
                }
                run.push_str(word.value());
            }
            paint(&run, differs);
            line
        };
        (Some(side("-", "31", ChangeTag::Delete)), Some(side("+", "32", ChangeTag::Insert)))
    }

    /// `retyped, breaks readers`; with names where the declarations do not show them.
    fn phrase(&self, aspect: &Aspect, is_shown: bool) -> String {
        let mut phrase = aspect.kind.name().replace('-', " ");
        let is_of_names =
            matches!(aspect.kind, Kind::AliasAdded | Kind::AliasRemoved | Kind::RenamedInRequests);
        if is_of_names || !is_shown {
            let names = [&aspect.before, &aspect.after].into_iter().flatten();
            let names: Vec<String> = names.map(|name| format!("`{}`", visible(name))).collect();
            if !names.is_empty() {
                let _ = write!(phrase, " {}", names.join(" -> "));
            }
        }
        if aspect.breaks.any() {
            let _ = write!(phrase, ", {}", self.paint("1;31", &format!("breaks {}", whom(aspect.breaks))));
        }
        phrase
    }
}

/// The beginning of a declaration.
fn shortened(text: &str) -> String {
    let text = visible(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

/// What a declaration alone does not say.
fn prefix(change: &Change) -> String {
    use crate::schema_diff::Subject;
    match change.subject {
        // A property of an object within the type.
        Subject::Property => match change.item.rsplit_once('.') {
            Some((outer, _)) => format!("{}.", visible(outer)),
            None => String::new(),
        },
        Subject::Parameter => "parameter ".to_owned(),
        Subject::Request => "request ".to_owned(),
        Subject::Type | Subject::Value | Subject::Operation | Subject::Response => String::new(),
    }
}

fn place(spot: &Spot<'_>) -> String {
    format!("{}:{}:{}", visible(spot.path), spot.line, spot.column)
}
