//! The tool from outside: its commands, their output, what is read and written, and the documents about it.
//!
//! One binary: linking takes longer than compiling. `cargo test --test tool adopt::` runs one of its files.

#![allow(clippy::duplicate_mod, reason = "each file says which support it takes")]

#[path = "adopt.rs"]
mod adopt;
#[path = "browser.rs"]
mod browser;
#[path = "changes.rs"]
mod changes;
#[path = "config.rs"]
mod config;
#[path = "formats.rs"]
mod formats;
#[path = "hostile.rs"]
mod hostile;
#[path = "integrations.rs"]
mod integrations;
#[path = "tool/layouts.rs"]
mod layouts;
#[path = "learn.rs"]
mod learn;
#[path = "man.rs"]
mod man;
#[path = "protect.rs"]
mod protect;
#[path = "readme.rs"]
mod readme;
#[path = "report.rs"]
mod report;
#[path = "reports.rs"]
mod reports;
#[path = "watch.rs"]
mod watch;
