//! # path-case
//!
//! A request path differs from the right one in case only.
//!
//! ## Why it matters
//! Paths are case-sensitive by the standard, and readers copy placeholders into parameter tables.
//!
//! ## Example
//! ```md fr-FR
//! ## <a name="request-syntax"></a>Syntaxe de la requête
//!
//! | Méthode  | URI de requête                                         |
//! |----------|--------------------------------------------------------|
//! | **POST** | {baseURL}/v1/Customers/{Customer-ID}/carts HTTP/1.1    |
//! ```
//!
//! ## Fix
//! Writes the path as its authority does. Safe.
//!
//! ## Limits
//! The case of `HTTP/1.1` and of the base URL is left alone.

use crate::rules::requests;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "path-case",
    severity: Severity::Warning,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("path_case.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    requests::report_paths(context, report, true, |found, expected, authority| {
        format!("the request path is written `{expected}` in {authority}, not `{found}`")
    });
}
