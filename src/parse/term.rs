//! Terms and definitions of HTML lists, as the parser meets them.

/// A `<dt>` or `<dd>` by its blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Whether it is a `<dd>`.
    pub definition: bool,
    /// The first of its blocks.
    pub first: u32,
    /// One past the last.
    pub end: u32,
}
