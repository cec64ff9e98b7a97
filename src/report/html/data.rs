//! What the report's script is given, as plain structs; lists are short because there are many.

use serde::Serialize;

/// All but the findings.
#[derive(Serialize)]
pub struct Data<'a> {
    pub tool: &'a str,
    pub reference: Option<&'a str>,
    pub locales: Vec<&'a str>,
    /// A line of the user's for the header.
    pub note: Option<&'a str>,
    /// Where sources are kept, with `{path}` and `{line}`.
    pub source_url: Option<&'a str>,
    /// How many pages were read; `files` may hold a baseline besides.
    pub pages: usize,
    /// How many findings a baseline held back, if there is one.
    pub held_back: Option<usize>,
    /// Files: path, number into `identities`, number into `locales` or -1.
    pub files: Vec<(String, u32, i32)>,
    /// Page identities, what translations of one page have in common.
    pub identities: Vec<String>,
    pub rules: Vec<RuleInfo>,
    pub health: Vec<Health>,
    /// Identity, locale or -1, errors, warnings, notes.
    pub heat: Vec<(u32, i32, u32, u32, u32)>,
    /// Rule, locale or -1, count.
    pub kinds: Vec<(u32, i32, u32)>,
    /// The identifiers that are damaged most often.
    pub names: Vec<DamagedName<'a>>,
    /// How many more there are.
    pub more_names: usize,
    pub trend: Option<Trend>,
    /// Findings in all, errors, warnings, notes.
    pub counts: [usize; 4],
    /// How many of them `docdrift fix` fixes.
    pub fixable: usize,
    /// What is left for people: cause, locale or -1, count.
    pub remaining: Vec<(&'static str, i32, u32)>,
    /// How many of them are left out.
    pub folded: usize,
}

/// A rule that fired.
#[derive(Serialize)]
pub struct RuleInfo {
    pub name: &'static str,
    pub summary: String,
}

/// The state of one locale.
#[derive(Serialize)]
pub struct Health {
    /// Number into `locales`, -1 for pages of no known locale.
    pub locale: i32,
    pub pages: usize,
    /// Errors, warnings, notes.
    pub counts: [u32; 3],
    /// How many of them `docdrift fix` fixes.
    pub fixable: u32,
    /// Kind, damaged, all.
    pub damage: Vec<(&'static str, usize, usize)>,
    /// Tables, recognized, examples, read.
    pub coverage: [usize; 4],
}

/// An identifier and what became of it.
#[derive(Serialize)]
pub struct DamagedName<'a> {
    pub name: &'a str,
    pub count: u32,
    /// Locale or -1, what it became, how often.
    pub became: Vec<(i32, String, u32)>,
}

/// What changed since an earlier report.
#[derive(Serialize)]
pub struct Trend {
    pub new: usize,
    pub gone: usize,
    /// Locale, kind, by how many damaged cells there are more.
    pub damaged: Vec<(i32, &'static str, i64)>,
}

/// A line cut around a span: before, the span, after.
pub type Quote = [String; 3];

/// A finding.
#[derive(Serialize)]
pub struct Entry<'a> {
    /// Rule.
    pub r: u32,
    /// 2 error, 1 warning, 0 note.
    pub s: u8,
    /// Cause.
    pub c: &'static str,
    /// Who vouches.
    pub b: &'static str,
    /// File, line, column.
    pub at: (u32, u32, u32),
    /// Kind and path of the subject.
    pub u: (&'static str, String),
    pub m: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub h: String,
    /// What is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    pub q: Quote,
    /// Other sides: path, line, column, message, quotation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub o: Vec<(String, u32, u32, String, Quote)>,
    /// How many more sides there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub n: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub d: &'a str,
    /// Whether the fix is safe, and its edits: old, new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f: Option<(bool, Vec<(String, String)>)>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
