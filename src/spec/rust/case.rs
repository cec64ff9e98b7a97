//! `rename_all`: the eight spellings serde knows, applied as serde applies them.

/// A value of `rename_all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    /// Reads the attribute's value.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// Respells a variant, which is taken to be in Pascal case.
    pub fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => lower_first(variant),
            Self::Snake => snake(variant, '_'),
            Self::ScreamingSnake => snake(variant, '_').to_ascii_uppercase(),
            Self::Kebab => snake(variant, '-').replace('_', "-"),
            Self::ScreamingKebab => snake(variant, '-').replace('_', "-").to_ascii_uppercase(),
        }
    }

    /// Respells a field, which is taken to be in snake case.
    pub fn of_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => lower_first(&pascal(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut at_word = true;
    for c in field.chars() {
        if c == '_' {
            at_word = true;
        } else if std::mem::take(&mut at_word) {
            out.push(c.to_ascii_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

fn snake(variant: &str, separator: char) -> String {
    let mut out = String::with_capacity(variant.len() + 4);
    for (at, c) in variant.char_indices() {
        if at > 0 && c.is_uppercase() {
            out.push(separator);
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        let mut out = String::with_capacity(word.len());
        out.push(first.to_ascii_lowercase());
        out.push_str(chars.as_str());
        out
    })
}
