//! Why a project could not be checked.

use std::error;
use std::fmt;

use crate::read::Problem;

/// Why pages could not be checked. Its text is one line for each thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Pages that were named are not there, cannot be read, or a folder holds none.
    Pages(Vec<Problem>),
    /// What pages are held against cannot be read, describes nothing or contradicts itself.
    Spec(Vec<String>),
    /// A rule, a locale or a setting of the configuration that there is not.
    Settings(String),
    /// The baseline cannot be read, is none, or cannot be written.
    Baseline(String),
    /// Pages that were fixed cannot be written.
    Write(Vec<String>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = match self {
            Self::Pages(problems) => {
                let line = |problem: &Problem| format!("{}: {}", problem.path, problem.kind);
                problems.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            Self::Spec(problems) | Self::Write(problems) => problems.join("\n"),
            Self::Settings(problem) | Self::Baseline(problem) => problem.clone(),
        };
        f.write_str(&lines)
    }
}

impl error::Error for Error {}
