//! The whole way, from the folders where pages lie to what was found in them: for the command line, and for programs
//! that use the crate.
//!
//! Absent here: arguments, printing, what is right.

pub mod baseline;
pub mod bound;
mod check;
mod checked;
pub mod config;
mod conform;
mod error;
mod evidence;
pub mod fix;
mod fixes;
pub mod input;
mod models;
pub mod pipeline;
pub mod replace;
mod run;
pub mod specs;

pub use check::Check;
pub use checked::{Checked, Found};
pub use config::Config;
pub use error::Error;
pub use fixes::{Change, Fixes};
pub use input::Input;
pub use run::Run;
pub use specs::Spec;
