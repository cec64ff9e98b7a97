//! # translated-path
//!
//! A literal segment or a placeholder of a request path was translated.
//!
//! ## Why it matters
//! `/v1/clientes/{cliente-id}` answers 404.
//!
//! ## Example
//! ```md fr-FR
//! ## <a name="request-syntax"></a>Syntaxe de la requête
//!
//! | Méthode  | URI de requête                                         |
//! |----------|--------------------------------------------------------|
//! | **POST** | {baseURL}/v1/clients/{id-client}/carts HTTP/1.1        |
//!
//! ## <a name="request-example"></a>Exemple de requête
//!
//! ~~~http
//! POST /v1/customers/4c1f6b60-9f3b-4a3e-8d5c-2d7c5a7f1e11/carts HTTP/1.1
//! ~~~
//! ```
//!
//! ## Fix
//! Writes the path of the source text or the spec; base URL and version stay. Safe.
//!
//! ## Limits
//! A path that fits no operation and has no source text is left alone.

use crate::comparison::DriftKind;
use crate::rules::descriptions;
use crate::rules::requests;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "translated-path",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("translated_path.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Path);
    requests::report_paths(context, report, false, |found, expected, authority| {
        format!("the request path is `{expected}` in {authority}, not `{found}`")
    });
}
