//! A finding: one place where documentation and its authority part, with both sides and the cure.
//!
//! Plain data; absent here: output formats, how a finding was made.

use crate::text::{FileId, Place, Span};

/// How serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Misleads the reader.
    Error,
}

impl Severity {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// `error`, `warning` or `note`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Who vouches for what is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The spec.
    Model,
    /// The reference locale's page, or the source half of a bilingual page.
    Reference,
    /// The page itself.
    Page,
    /// Other locales.
    Locales,
}

impl Basis {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Model, Self::Reference, Self::Page, Self::Locales];

    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Reference => "reference",
            Self::Page => "page",
            Self::Locales => "locales",
        }
    }
}

/// Whose defect it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The translation damaged what its source says.
    Translation,
    /// Documentation and API have moved apart.
    Drift,
    /// The translation is older than its source.
    Age,
    /// A defect of the page itself.
    Page,
}

impl Cause {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Translation, Self::Drift, Self::Age, Self::Page];

    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Drift => "drift",
            Self::Age => "age",
            Self::Page => "page",
        }
    }
}

/// What kind of thing a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// An identifier.
    Name,
    /// A type.
    Type,
    /// A required mark.
    Required,
    /// A literal or enum value.
    Value,
    /// An HTTP method.
    Method,
    /// A request path.
    Uri,
    /// A request or response example.
    Example,
    /// Prose, markup, links.
    Text,
    /// The page as a whole.
    Page,
}

impl SubjectKind {
    /// All there are.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Type,
        Self::Required,
        Self::Value,
        Self::Method,
        Self::Uri,
        Self::Example,
        Self::Text,
        Self::Page,
    ];

    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Required => "required",
            Self::Value => "value",
            Self::Method => "method",
            Self::Uri => "uri",
            Self::Example => "example",
            Self::Text => "text",
            Self::Page => "page",
        }
    }
}

/// What a finding is about: stable under edits elsewhere, used for grouping and fingerprints.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The kind.
    pub kind: SubjectKind,
    /// Canonical path: `CartLineItem.quantity`, `POST /v1/customers/{customer-id}/carts`.
    pub path: String,
}

/// A second place that explains the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Site,
    /// What that side says.
    pub message: String,
}

/// A place in a page or in a spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// In one of the pages.
    Page(Place),
    /// In one of the schema's files.
    Spec(Place),
}

/// How far a fix can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// One unambiguous authority.
    Safe,
    /// Less evidence; applied only on request.
    Unsafe,
}

impl Safety {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Safe, Self::Unsafe];

    /// `safe` or `unsafe`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A cure: sorted, disjoint edits of the finding's own page, applied all or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How far to trust it.
    pub safety: Safety,
    /// Replacements by start byte.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

/// One defect.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's name, kebab-case.
    pub rule: &'static str,
    /// The rule's severity, after configuration.
    pub severity: Severity,
    /// Who vouches.
    pub basis: Basis,
    /// Whose defect.
    pub cause: Cause,
    /// Where it is.
    pub place: Place,
    /// What it is about.
    pub subject: Subject,
    /// What stands there.
    pub found: String,
    /// The whole right text of the subject, if known.
    pub expected: Option<String>,
    /// One sentence without final full stop.
    pub message: String,
    /// What to do about it; empty if the message says all.
    pub help: String,
    /// The other sides.
    pub related: Vec<Related>,
    /// An example as documented against as the model would write it: unified diff, or empty.
    pub diff: String,
    /// The cure, if there is one.
    pub fix: Option<Fix>,
    /// How sure who vouches is of what is right, 0 to 1.
    pub confidence: f32,
    /// What tells it over time from others of its rule and subject, if not what stands there: each thing
    /// that it lists, or the text without what an edit elsewhere changes. Empty: `found` does.
    pub identity: Vec<String>,
}

impl Finding {
    /// The page it is in.
    pub const fn file(&self) -> FileId {
        self.place.file
    }

    /// Whether a translation did damage. A translated type keyword still says what it should: a note is no damage.
    pub fn is_damage(&self) -> bool {
        self.cause == Cause::Translation && self.severity > Severity::Note
    }

    /// Sort key: page, start, rule, then what it says.
    pub fn order(&self) -> (Place, &'static str, &Subject, &str) {
        (self.place, self.rule, &self.subject, &self.message)
    }
}
