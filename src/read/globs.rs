//! Patterns of paths, relative to the folder that they were written in.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::file::working_folder;

/// A pattern of more bytes is refused: compiling one takes far more time than its length.
const LONGEST: usize = 4096;

/// Patterns such as `fr-fr/**` or `**/*.md`. One that names a folder means all that is in it.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    base: PathBuf,
    working_folder: PathBuf,
    set: GlobSet,
}

impl Globs {
    /// Reads patterns of paths below `base`, which is relative to the working folder.
    ///
    /// # Errors
    /// Which of the patterns cannot be one, and why.
    pub fn new<'p>(
        base: &Path,
        patterns: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (at, pattern) in patterns.into_iter().enumerate() {
            let below = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
            if below.is_empty() || below.starts_with('/') || below.split('/').any(|step| step == "..") {
                return Err((at, format!("`{pattern}` does not lead to anything below this folder")));
            }
            if below.len() > LONGEST {
                return Err((
                    at,
                    format!("a pattern of {} bytes: at most {LONGEST} are allowed", below.len()),
                ));
            }
            for pattern in [below, &format!("{below}/**")] {
                let glob = GlobBuilder::new(pattern).literal_separator(true).build();
                set.add(
                    glob.map_err(|error| {
                        (at, format!("`{below}` is not a valid pattern: {}", error.kind()))
                    })?,
                );
            }
        }
        let working_folder = working_folder();
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { base: normal(&working_folder.join(base)), working_folder, set })
    }

    /// Whether a path, relative to the working folder or absolute, fits one of them.
    pub fn matches(&self, path: &Path) -> bool {
        let path = normal(&self.working_folder.join(path));
        path.strip_prefix(&self.base).is_ok_and(|below| self.set.is_match(below))
    }
}

/// A path without `.` and `..` steps, as far as its text tells.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            step => normal.push(step),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_relative_to_their_folder() {
        let globs = Globs::new(Path::new("docs/../site"), ["fr-fr/**", "*.md", "./old/", "a?/[bc].html"])
            .expect("patterns");
        for (path, expected) in [
            ("site/fr-fr/a/b.md", true),
            ("./site/x.md", true),
            ("site/sub/x.md", false),
            ("site/old", true),
            ("site/old/deep/x.html", true),
            ("other/../site/ab/c.html", true),
            ("site/ab/d.html", false),
            ("x.md", false),
            ("../x.md", false),
        ] {
            assert_eq!(globs.matches(Path::new(path)), expected, "{path}");
        }
        let here = working_folder().join("site/x.md");
        assert!(globs.matches(&here));
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let long = "a{b,c}".repeat(20_000);
        let wrong = Globs::new(Path::new(""), [long.as_str()]).expect_err("no pattern");
        assert_eq!(wrong, (0, "a pattern of 120000 bytes: at most 4096 are allowed".to_owned()));
        for (pattern, message) in [
            ("a[", "`a[` is not a valid pattern: unclosed character class; missing ']'"),
            ("../a", "`../a` does not lead to anything below this folder"),
            ("/a", "`/a` does not lead to anything below this folder"),
            ("", "`` does not lead to anything below this folder"),
        ] {
            let wrong = Globs::new(Path::new(""), ["ok", pattern]).expect_err("no pattern");
            assert_eq!(wrong, (1, message.to_owned()));
        }
    }
}
