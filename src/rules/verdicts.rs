//! Name verdicts as findings: what the rules of the *Names* family share.

use crate::alignment::{Evidence, NameDifference};
use crate::compare::names::is_identifier;
use crate::compare::spelling::has_hump;
use crate::comparison::{NameVerdict, TableComparison};
use crate::finding::{Basis, Safety, Site, SubjectKind};
use crate::fold::split_identifier;
use crate::rules::draft::member;
use crate::rules::{Context, Draft, Report, rows};

/// From this confidence on a fix is safe.
const SURE: f32 = 0.85;

/// Reports every verdict that differs in the way of `wanted`, worded by `message`.
pub(super) fn report(
    context: &Context<'_>,
    report: &mut Report<'_>,
    wanted: NameDifference,
    best: Safety,
    message: impl Fn(&str, &str, &str) -> String,
) {
    for table in &context.comparison.tables {
        for verdict in table.names.iter().filter(|verdict| verdict.difference == wanted) {
            report.add(draft(context, table, verdict, best, &message));
        }
    }
}

fn draft(
    context: &Context<'_>,
    table: &TableComparison<'_>,
    verdict: &NameVerdict<'_>,
    best: Safety,
    message: &impl Fn(&str, &str, &str) -> String,
) -> Draft {
    let row = &table.rows[verdict.row as usize];
    let path = member(&table.owner, &verdict.expected);
    let sighting = context.sightings.get(&path);
    let found: &str = &row.name.text;
    let expected: &str = &verdict.expected;
    let authority = match (verdict.basis, verdict.witnesses.is_empty()) {
        // No table has it: it is what their words mean.
        (Basis::Locales, false) if verdict.evidence.any(Evidence::WORDS) => "the examples and paths",
        (Basis::Locales, true) if verdict.evidence.any(Evidence::WORDS) => {
            "most other locales, by their words,"
        }
        (basis, _) => authority(basis),
    };
    let mut draft = Draft::new(row.name.span, verdict.basis, verdict.cause, (SubjectKind::Name, path), found)
        .expected(expected)
        .witnesses(&verdict.witnesses, || label(verdict.basis, expected))
        .confidence(verdict.confidence);
    let mut sentence = message(found, expected, authority);
    if let Some(sighting) = sighting.filter(|_| verdict.basis == Basis::Model) {
        sentence.push_str("; the examples agree with the spec");
        let site = Site::Page(sighting.place);
        draft = draft.related(Some(site), format!("examples send `{expected}`"));
    }
    draft = draft.message(sentence);
    let edits = rows::rewrite(context, &row.name, expected);
    if verdict.confidence < SURE {
        let percent = (verdict.confidence * 100.0).round();
        return draft
            .help(format!(
                "`{expected}` is the best guess, {percent} % sure: check the row before changing it"
            ))
            .fix(Safety::Unsafe, edits);
    }
    draft.fix(if is_another_name(verdict, found) { Safety::Unsafe } else { best }, edits)
}

/// Whether what stands there is a name of code itself, in the words of the source's and mostly of others: `legacyDomain`
/// in the place of `domainFederationSettings`. The row may be new.
fn is_another_name(verdict: &NameVerdict<'_>, found: &str) -> bool {
    let alike = Evidence::SPELLING.with(Evidence::GLOSS).with(Evidence::CASE);
    let words = |name: &str| split_identifier(name).map(str::to_ascii_lowercase).collect::<Vec<_>>();
    let is_code = found.is_ascii() && is_identifier(found) && (has_hump(found) || found.contains('_'));
    verdict.basis == Basis::Reference && is_code && !verdict.evidence.any(alike) && {
        let (own, right) = (words(found), words(&verdict.expected));
        let shared = own.iter().filter(|word| right.contains(word)).count();
        shared > 0 && 2 * shared < own.len().max(right.len())
    }
}

/// How far a fix on a word of that confidence can be trusted.
pub(super) fn safety(confidence: f32) -> Safety {
    if confidence < SURE { Safety::Unsafe } else { Safety::Safe }
}

/// Who vouches, as the subject of a sentence on what is right.
pub(super) fn says(basis: Basis) -> &'static str {
    match basis {
        Basis::Model => "the spec says",
        Basis::Reference => "the source says",
        Basis::Page => "the page says",
        Basis::Locales => "most other locales say",
    }
}

/// What stands beside a witness.
pub(super) fn label(basis: Basis, right: &str) -> String {
    match basis {
        Basis::Locales => format!("`{right}` here"),
        _ => [says(basis), " `", right, "`"].concat(),
    }
}

/// How messages call who vouches.
pub(super) fn authority(basis: Basis) -> &'static str {
    match basis {
        Basis::Model => "the spec",
        Basis::Reference => "the source",
        Basis::Page => "the page",
        Basis::Locales => "most other locales",
    }
}
