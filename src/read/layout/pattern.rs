//! Paths with `{locale}` and `{path}` in them, as translation platforms write them.

/// A path with `{locale}` and `{path}`: `i18n/{locale}/docs/{path}`, `docs/{path}.{locale}.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    written: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Locale,
    Path,
}

impl Pattern {
    /// Reads a pattern of paths; `folder` stands before it.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn parse(text: &str, folder: &str) -> Result<Self, String> {
        let text = text.trim_start_matches("./").trim_start_matches('/');
        let full = super::join(folder, text);
        let mut parts = Vec::new();
        let mut rest = full.as_str();
        while !rest.is_empty() {
            let (part, length) = if rest.starts_with("{locale}") {
                (Part::Locale, "{locale}".len())
            } else if rest.starts_with("{path}") {
                (Part::Path, "{path}".len())
            } else {
                let length = rest[1..].find('{').map_or(rest.len(), |at| at + 1);
                let Some(text) = rest.get(..length) else {
                    return Err(format!("`{text}` is not a valid pattern"));
                };
                if text.starts_with('{') {
                    return Err(format!("`{text}` is neither `{{locale}}` nor `{{path}}`"));
                }
                (Part::Text(text.to_owned()), length)
            };
            parts.push(part);
            rest = rest.get(length..).unwrap_or("");
        }
        if parts.iter().filter(|part| **part == Part::Path).count() != 1 {
            return Err(format!("`{text}` needs one `{{path}}`"));
        }
        Ok(Self { parts, written: full })
    }

    /// Whether it has a place for a locale.
    pub fn has_locale(&self) -> bool {
        self.parts.contains(&Part::Locale)
    }

    /// As it is written, from the working folder.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The locale, if there is one, and the path in a path that fits.
    pub fn fits<'p>(&self, path: &'p str) -> Option<(Option<&'p str>, &'p str)> {
        let (mut locale, mut page) = (None, None);
        fits(&self.parts, path, &mut locale, &mut page).then_some((locale, page?))
    }

    /// The path of a page; without a locale.
    pub fn fill(&self, page: &str) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Locale => String::new(),
            Part::Path => page.to_owned(),
        };
        self.parts.iter().map(part).collect()
    }
}

fn fits<'p>(parts: &[Part], path: &'p str, locale: &mut Option<&'p str>, page: &mut Option<&'p str>) -> bool {
    let Some((part, rest)) = parts.split_first() else { return path.is_empty() };
    match part {
        Part::Text(text) => {
            path.strip_prefix(text.as_str()).is_some_and(|path| fits(rest, path, locale, page))
        }
        Part::Path if rest.is_empty() => {
            *page = Some(path);
            !path.is_empty()
        }
        Part::Locale | Part::Path => {
            let before = (*locale, *page);
            let is_locale = *part == Part::Locale;
            let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]).skip(1);
            let ends = ends.take_while(|end| !is_locale || !path[..*end].ends_with(['/', '.']));
            for end in ends.take(256) {
                (*locale, *page) = before;
                let piece = &path[..end];
                let slot = if is_locale { &mut *locale } else { &mut *page };
                if slot.is_some_and(|known| known != piece) {
                    continue;
                }
                *slot = Some(piece);
                if fits(rest, &path[end..], locale, page) {
                    return true;
                }
            }
            (*locale, *page) = before;
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_paths_apart() {
        for (pattern, path, expected) in [
            ("docs/{locale}/{path}", "docs/fr/a/b.md", Some((Some("fr"), "a/b.md"))),
            ("docs/{path}.{locale}.md", "docs/a/b.fr.md", Some((Some("fr"), "a/b"))),
            ("docs/{path}", "docs/a.md", Some((None, "a.md"))),
            ("docs/{path}", "src/a.md", None),
            ("{locale}/x/{locale}/{path}", "fr/x/de/a.md", None),
        ] {
            let pattern = Pattern::parse(pattern, "").expect("a pattern");
            assert_eq!(pattern.fits(path), expected, "{path}");
        }
        assert_eq!(Pattern::parse("docs/{path}.md", "sub").expect("a pattern").fill("a"), "sub/docs/a.md");
        for wrong in ["docs", "docs/{lang}/{path}", "{path}/{path}"] {
            assert!(Pattern::parse(wrong, "").is_err(), "{wrong}");
        }
    }
}
