//! How many cells of each locale are damaged, of how many, by kind.

use std::collections::BTreeSet;

use crate::compare::names::is_identifier;
use crate::comparison::TableComparison;
use crate::facts::Page;
use crate::finding::{Finding, SubjectKind};
use crate::outcome::{Damage, Share};
use crate::rules::{self, Context};
use crate::source::Locale;

/// The cells of one page that a translation could damage, by kind.
pub(super) fn cells(context: &Context<'_>) -> Cells {
    let comparison = context.comparison;
    let names = |table: &TableComparison<'_>| {
        (0..table.rows.len() as u32).filter(|row| is_identifier(table.right_name(*row))).count()
    };
    let types = |table: &TableComparison<'_>| table.rows.iter().filter(|row| row.ty.is_some()).count();
    Cells {
        names: comparison.tables.iter().map(names).sum(),
        types: comparison.tables.iter().map(types).sum(),
        requests: comparison.requests.len(),
        values: if comparison.pairing.is_some() || context.page.document.bilingual {
            comparison.kept_values + comparison.values.len()
        } else {
            rules::values_of_model(context)
        },
    }
}

/// See [`cells`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cells {
    names: usize,
    types: usize,
    requests: usize,
    values: usize,
}

/// Damage by locale, in the order of the locales.
pub(super) fn by_locale(pages: &[Page], cells: &[Cells], findings: &[Finding]) -> Vec<(Locale, Damage)> {
    let locales: BTreeSet<&Locale> = pages.iter().filter_map(|page| page.source.locale.as_ref()).collect();
    let mut damage: Vec<(&Locale, Damage)> =
        locales.into_iter().map(|locale| (locale, Damage::default())).collect();
    // Findings are many; their pages know where to count.
    let place = |page: &Page| {
        let locale = page.source.locale.as_ref()?;
        damage.binary_search_by_key(&locale, |(known, _)| known).ok()
    };
    let of_page: Vec<Option<usize>> = pages.iter().map(place).collect();
    for (at, cells) in of_page.iter().zip(cells) {
        let Some(at) = at else { continue };
        let damage = &mut damage[*at].1;
        damage.names.cells += cells.names;
        damage.types.cells += cells.types;
        damage.methods.cells += cells.requests;
        damage.paths.cells += cells.requests;
        damage.values.cells += cells.values;
    }
    for finding in findings.iter().filter(|finding| finding.is_damage()) {
        let Some(at) = of_page.get(finding.file().0 as usize).copied().flatten() else { continue };
        let damage = &mut damage[at].1;
        let share: &mut Share = match finding.subject.kind {
            SubjectKind::Name => &mut damage.names,
            SubjectKind::Type => &mut damage.types,
            SubjectKind::Method => &mut damage.methods,
            SubjectKind::Uri => &mut damage.paths,
            SubjectKind::Value => &mut damage.values,
            _ => continue,
        };
        share.damaged += 1;
        // What only the model vouches for is no cell that was held against a source.
        share.cells = share.cells.max(share.damaged);
    }
    damage.into_iter().map(|(locale, damage)| (locale.clone(), damage)).collect()
}
