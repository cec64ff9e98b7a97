//! What reading could not do, as values; the sentences are made when they are printed.

use std::fmt;
use std::io::{self, ErrorKind};

/// Something about a path that the user should hear once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path, as shown in findings.
    pub path: String,
    /// What about it.
    pub kind: ProblemKind,
}

/// What about a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// It was named and is not there.
    Missing,
    /// It was named and holds no page.
    NoPages,
    /// A file that was named, or a folder, cannot be read; with what the system says.
    Unreadable(String),
    /// A link to a folder it lies in, or to itself.
    LinkLoop,
    /// A link that leads nowhere.
    LinkBroken,
    /// A link that was met on the way and not followed.
    LinkSkipped,
    /// Documents in a folder whose format is not read.
    Unread {
        /// What the format is called.
        format: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A line of an ignore file that cannot be understood.
    IgnoreFile(String),
}

impl Problem {
    /// Whether what the user asked for could not be done in full.
    pub const fn is_fatal(&self) -> bool {
        matches!(self.kind, ProblemKind::Missing | ProblemKind::NoPages | ProblemKind::Unreadable(_))
    }
}

impl ProblemKind {
    /// The problem behind an error of the system. Its own words may repeat the whole path, so the kind
    /// speaks.
    pub(super) fn of(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            kind => Self::Unreadable(kind.to_string()),
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file or folder"),
            Self::NoPages => f.write_str("no page found (.md, .markdown, .mdx, .html, .htm, .po)"),
            Self::Unread { format, count: 1 } => write!(f, "1 {format} file is not read"),
            Self::Unread { format, count } => write!(f, "{count} {format} files are not read"),
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::LinkLoop => f.write_str("link loop, not followed"),
            Self::LinkBroken => f.write_str("link leads nowhere"),
            Self::LinkSkipped => f.write_str("link not followed; name it to have it checked"),
            Self::IgnoreFile(why) => write!(f, "bad ignore pattern: {why}"),
        }
    }
}
