//! Differential tests of the checker's verdict, *valid or not*: on whatever both sides can express it is that
//! of a JSON Schema validator, and of serde for the built-in models.

// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

#[path = "support/cases.rs"]
mod case_files;
#[path = "truth/cases.rs"]
mod cases;
#[path = "mutation/chance.rs"]
mod chance;
#[path = "support/contract.rs"]
mod contract;
#[path = "truth/damage.rs"]
mod damage;
#[path = "truth/examples.rs"]
mod examples;
#[path = "truth/forms.rs"]
mod forms;
#[path = "truth/generated.rs"]
mod generated;
#[path = "truth/limits.rs"]
mod limits;
#[path = "support/shared.rs"]
mod support;
#[path = "truth/verdict.rs"]
mod verdict;
