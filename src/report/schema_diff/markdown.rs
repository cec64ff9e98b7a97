//! A table for each type and operation that changed.

use std::fmt::Write as _;

use super::{View, summary, whom};
use crate::report::markup::{code_in_cell as code, plain};
use crate::schema_diff::{Aspect, Change, Side};

/// All changes, by type and operation.
pub fn render(view: &View<'_>) -> String {
    let mut out = String::from("# Schema changes\n");
    let _ = write!(out, "\n{}\n", plain(&summary(view)));
    let mut owner = None;
    for change in &view.found.changes {
        let group = (change.is_of_operation(), change.owner.as_str());
        if owner != Some(group) {
            owner = Some(group);
            let _ = write!(out, "\n## {}\n\n", plain(&change.owner));
            out.push_str("| What | Before | After | Change | Breaks |\n| --- | --- | --- | --- | --- |\n");
        }
        row(&mut out, change);
    }
    out
}

fn row(out: &mut String, change: &Change) {
    let what = if change.item.is_empty() { change.subject.name() } else { change.item.as_str() };
    let side = |side: &Option<Side>| side.as_ref().map(|side| code(&side.text)).unwrap_or_default();
    let kinds: Vec<String> = change.aspects.iter().map(phrase).collect();
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} |",
        plain(what),
        side(&change.before),
        side(&change.after),
        kinds.join("; "),
        whom(change.breaks()),
    );
}

fn phrase(aspect: &Aspect) -> String {
    aspect.kind.name().replace('-', " ")
}
