//! How a rule writes a finding down.

use crate::comparison::Pairing;
use crate::finding::{
    Basis, Cause, Edit, Finding, Fix, Related, Safety, Severity, Site, Subject, SubjectKind,
};
use crate::rules::Rule;
use crate::text::{FileId, Place, Span};

/// Where the findings of one rule on one page go.
pub struct Report<'a> {
    rule: &'static Rule,
    severity: Severity,
    file: FileId,
    pairing: Option<&'a Pairing<'a>>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    /// Collects findings of `rule` in page `file`.
    pub fn new(
        rule: &'static Rule,
        severity: Severity,
        file: FileId,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { rule, severity, file, pairing: None, findings }
    }

    /// With the page's pairing: what hangs on a counterpart that is a guess becomes a note without a fix.
    #[must_use]
    pub const fn beside(mut self, pairing: Option<&'a Pairing<'a>>) -> Self {
        self.pairing = pairing;
        self
    }

    /// What rules before this one found on the page.
    pub fn earlier(&self) -> &[Finding] {
        self.findings
    }

    /// Adds a finding.
    pub fn add(&mut self, mut draft: Draft) {
        let mut severity = draft.at_most.map_or(self.severity, |most| self.severity.min(most));
        let doubtful = |pairing: &Pairing<'_>| !pairing.is_certain(draft.span);
        if draft.basis == Basis::Reference && self.pairing.is_some_and(doubtful) {
            draft.fix = None;
            severity = severity.min(Severity::Note);
        }
        self.findings.push(Finding {
            rule: self.rule.name,
            severity,
            basis: draft.basis,
            cause: draft.cause,
            place: Place { file: self.file, span: draft.span },
            subject: draft.subject,
            found: draft.found,
            expected: draft.expected,
            message: draft.message,
            help: draft.help,
            related: draft.related,
            diff: draft.diff,
            fix: draft.fix,
            confidence: draft.confidence,
            identity: draft.identity,
        });
    }
}

/// A finding in the making: what a rule says, without what follows from the rule itself.
pub struct Draft {
    span: Span,
    basis: Basis,
    cause: Cause,
    subject: Subject,
    found: String,
    expected: Option<String>,
    message: String,
    help: String,
    related: Vec<Related>,
    diff: String,
    fix: Option<Fix>,
    confidence: f32,
    identity: Vec<String>,
    at_most: Option<Severity>,
}

impl Draft {
    /// Something at `span` that `basis` contradicts: `found` stands there.
    pub fn new(span: Span, basis: Basis, cause: Cause, subject: (SubjectKind, String), found: &str) -> Self {
        Self {
            span,
            basis,
            cause,
            subject: Subject { kind: subject.0, path: subject.1 },
            found: found.to_owned(),
            expected: None,
            message: String::new(),
            help: String::new(),
            related: Vec::new(),
            diff: String::new(),
            fix: None,
            confidence: 1.0,
            identity: Vec::new(),
            at_most: None,
        }
    }

    /// No more than a note, whatever the rule is set to above that.
    #[must_use]
    pub const fn note(mut self) -> Self {
        self.at_most = Some(Severity::Note);
        self
    }

    /// How sure `expected` is, 0 to 1; a rule that does not say is sure.
    #[must_use]
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.confidence = confidence;
        self
    }

    /// What tells it over time from others of its rule and subject, instead of what stands there: each
    /// thing that it lists, or one text that edits elsewhere leave alone.
    #[must_use]
    pub fn identity<T: Into<String>>(mut self, things: impl IntoIterator<Item = T>) -> Self {
        self.identity = things.into_iter().map(Into::into).collect();
        self
    }

    /// One sentence without final full stop.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The whole right text of the subject.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Another place and what it says; nothing if there is none.
    #[must_use]
    pub fn related(mut self, site: Option<Site>, message: impl Into<String>) -> Self {
        if let Some(place) = site {
            self.related.push(Related { place, message: message.into() });
        }
        self
    }

    /// The places that say the right thing, each with the same message; of many only the first, and the count.
    #[must_use]
    pub fn witnesses(mut self, sites: &[Site], message: impl Fn() -> String) -> Self {
        const SHOWN: usize = 3;
        let more = sites.len().saturating_sub(SHOWN);
        let shown = sites.iter().take(SHOWN);
        self.related.extend(shown.map(|site| Related { place: *site, message: message() }));
        if more > 0
            && let Some(last) = self.related.last_mut()
        {
            last.message = format!("{}, and in {more} more", last.message);
        }
        self
    }

    /// The example as documented against as the spec would write it.
    #[must_use]
    pub fn diff(mut self, diff: String) -> Self {
        self.diff = diff;
        self
    }

    /// A cure: each span is replaced by its text. Edits are sorted here; none at all is no cure.
    #[must_use]
    pub fn fix(mut self, safety: Safety, edits: impl IntoIterator<Item = (Span, String)>) -> Self {
        let mut edits: Vec<Edit> = edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
        edits.sort_by_key(|edit| edit.span);
        let disjoint = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        if !edits.is_empty() && disjoint {
            self.fix = Some(Fix { safety, edits });
        }
        self
    }
}

/// The subject path of something inside another: `CartLineItem.quantity`.
pub(super) fn member(owner: &str, name: &str) -> String {
    [owner, ".", name].concat()
}

/// The first characters of what stands on a page, as many as a message takes.
pub(super) fn brief(text: &str) -> &str {
    const SHOWN: usize = 60;
    text.char_indices().nth(SHOWN).map_or(text, |(end, _)| &text[..end])
}

/// A row of a table, however wide its columns are: cells without the blanks around them, runs of signs as one.
pub(super) fn row_text(row: &str) -> String {
    const LONGEST: usize = 400;
    let mut text = String::new();
    let mut last = '|';
    for c in row.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        let repeats = c == last && !c.is_alphanumeric();
        if repeats || (c == ' ' && last == '|') {
            continue;
        }
        if c == '|' && last == ' ' {
            text.pop();
        }
        text.push(c);
        last = c;
        if text.len() > LONGEST {
            break;
        }
    }
    text.truncate(text.trim_end_matches([' ', '|']).len());
    text
}

/// Names in back-ticks as part of a sentence: `a`, `b` and `c`; of many only the first.
pub(super) fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let rest = names.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| format!("`{name}`")).collect();
    if rest > 0 {
        shown.push(format!("{rest} more"));
    }
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A kind of JSON value as part of a sentence: `a string`, `an array`.
pub(super) fn with_article(kind: &str) -> String {
    let article = match kind {
        "null" => "the value",
        _ if kind.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']) => "an",
        _ => "a",
    };
    format!("{article} {kind}")
}

#[cfg(test)]
mod tests {
    use super::row_text;

    #[test]
    fn rows_are_the_same_however_wide_their_columns() {
        for row in ["| a b | c |", "|a b|c|", "|  a  b   |\tc  |", "a b | c"] {
            assert_eq!(row_text(row), "a b|c", "{row}");
        }
        assert_eq!(row_text("|：---|—————|"), row_text("| ：- | — |"));
        assert_ne!(row_text("| a | b |"), row_text("| a b |"));
        assert_eq!(row_text("| |"), "");
    }
}
