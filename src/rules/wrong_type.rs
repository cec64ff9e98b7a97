//! # wrong-type
//!
//! A value in an example has a different type from the one in the spec.
//!
//! ## Why it matters
//! `"quantity": "1"` is refused where a number is wanted.
//!
//! ## Example
//! ~~~~md
//! ## Request example
//!
//! ```http
//! POST /v1/customers/4c1f6b60-9f3b-4a3e-8d5c-2d7c5a7f1e11/carts HTTP/1.1
//!
//! {
//!   "lineItems": [
//!     { "catalogItemId": "ABC:0001", "quantity": "1", "billingCycle": "monthly" }
//!   ]
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! None; a number or literal in quotes is shown without them.
//!
//! ## Limits
//! Placeholders such as `<token>` stand for any value.

use crate::comparison::MismatchKind;
use crate::rules::bodies;
use std::borrow::Cow;

use crate::compare::kind_name;
use crate::json::NodeKind;
use crate::normalize::types;
use crate::schema::{Resolved, Type};
use crate::finding::{Basis, Severity};
use crate::rules::draft::with_article;
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "wrong-type",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("wrong_type.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    bodies::mismatches(context, |body, mismatch| {
        let MismatchKind::WrongType(wanted) = mismatch.kind else { return };
        let node = body.json.node(mismatch.node);
        let Some(kind) = kind_name(node.kind) else { return };
        let wanted = match wanted {
            Resolved::Def(def) => Cow::Borrowed(def.name.as_str()),
            // Pages have no words for how long a list is, or that nothing may be there.
            Resolved::Type(ty @ Type::Tuple(_)) => Cow::Owned(ty.to_string()),
            Resolved::Type(ty @ Type::OneOf(list)) if list.is_empty() => Cow::Owned(ty.to_string()),
            Resolved::Type(ty) => types::english(ty),
        };
        let found = if node.first_child.is_some() { kind } else { node.span.of(body.text()) };
        let mut draft = bodies::draft(mismatch, body.value(mismatch.node), found)
            .message(format!("the example sends {} for `{}`, but the spec says `{wanted}`", with_article(kind), mismatch.path));
        let inner = body.json.string(body.text(), mismatch.node);
        if node.kind == NodeKind::String && wanted != "string" && unquotes(&inner) {
            draft = draft.expected(inner.as_ref()).diff(body.diff(node.span, &inner));
        }
        report.add(draft);
    });
}

/// Whether the text of a string is a number or boolean of its own.
fn unquotes(text: &str) -> bool {
    matches!(text, "true" | "false") || (!text.is_empty() && text.len() < 20 && text.bytes().all(|b| b.is_ascii_digit()))
}
