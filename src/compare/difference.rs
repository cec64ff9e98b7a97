//! A place where two versions of an example or of some code say different things.
//!
//! Absent here: how it is found.

use crate::text::Span;

/// Where two versions of one example say different things. Spans count bytes of the code texts; one is
/// empty where that side has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the first example.
    pub own: Span,
    /// In the second.
    pub theirs: Span,
    /// What differs.
    pub kind: DifferenceKind,
}

/// What two versions of an example disagree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A method, a target, a header.
    Head,
    /// Another key for the same value.
    Key,
    /// A member that one side lacks.
    Member,
    /// A string, number or literal.
    Value,
    /// The same word or number, in quotes on one side only or in other digits.
    Spelling,
    /// A value of another kind.
    Kind,
    /// An element that one side lacks.
    Element,
    /// Lines that are not read any further.
    Lines,
}
