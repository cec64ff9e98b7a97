//! Cures pages: makes the edits that findings carry, and shows them as a diff.
//!
//! Texts in, texts out. Only the bytes of the edits change; fixes that overlap take turns; a fix that
//! would not remove its finding is not made, so a second run has nothing to do. Absent here: files,
//! what is right.

mod diff;
mod plan;
mod rounds;

pub use diff::unified;
pub use plan::{Fate, Plan, apply, plan};
pub use rounds::{Changed, Permission, Repair, Withheld, fix};
