//! # unused-suppression
//!
//! A comment that allows findings allows nothing: there is none, or the comment is not understood.
//!
//! ## Why it matters
//! What was once allowed would be allowed again, unseen. And a comment with a mistyped rule does not do what its author
//! thinks.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! <!-- docdrift-allow mojibake quotes an old log -->
//! The log is readable now.
//! ```
//!
//! ## Fix
//! Removes the comment, or the rule from a comment that names several. Safe for a comment of one line, or whose further
//! lines are set in. Comments that are not understood, or that end far below, are left for people to correct.
//!
//! ## Limits
//! A comment is called unused only where the run had all that its rules go by: the spec, and a reference for pages of
//! another language. Comments for rules that are off are left alone.

use crate::finding::{Basis, Cause, Finding, Safety, Severity, SubjectKind};
use crate::hash::HashMap;
use crate::nearest::unknown;
use crate::rules::allow::{self, Allowance, Reach};
use crate::rules::{self, Context, Draft, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: allow::NEVER,
    severity: Severity::Warning,
    bases: &[],
    fix: Some(Safety::Safe),
    source: include_str!("unused_suppression.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if context.page.document.comments.is_empty() {
        return;
    }
    let found = Found::new(report.earlier());
    for allowance in allow::allowances(context.page) {
        if let Some(mistake) = mistake(context, &allowance) {
            report.add(mistake);
            continue;
        }
        let mut idle = Vec::new();
        for (at, (span, name)) in allowance.rules.iter().enumerate() {
            let is_on =
                |rule: &Rule| context.settings.severity(context.page.file, name, rule.severity).is_some();
            match rules::find(name) {
                None => {
                    let names = rules::all().iter().map(|rule| rule.name);
                    report.add(draft(context, *span).message(unknown("rule", name, names)));
                }
                Some(_) if *name == allow::NEVER => {
                    report.add(draft(context, *span).message(format!("no comment can allow `{name}`")));
                }
                Some(rule) if is_on(rule) && is_decided(context, rule) && !found.any(name, &allowance) => {
                    idle.push(at);
                }
                Some(_) => {}
            }
        }
        if idle.len() == allowance.rules.len() {
            report.add(whole(context, &allowance));
        } else {
            for at in idle {
                report.add(single(context, &allowance, at));
            }
        }
    }
}

/// Where the rules of this run found something on the page.
struct Found {
    /// Starts in bytes by rule, sorted.
    starts: HashMap<&'static str, Vec<u32>>,
}

impl Found {
    fn new(findings: &[Finding]) -> Self {
        let mut starts: HashMap<&'static str, Vec<u32>> = HashMap::default();
        for finding in findings {
            starts.entry(finding.rule).or_default().push(finding.place.span.start);
        }
        for starts in starts.values_mut() {
            starts.sort_unstable();
        }
        Self { starts }
    }

    /// Whether a comment allows anything of what a rule found.
    fn any(&self, rule: &str, allowance: &Allowance<'_>) -> bool {
        let Some(starts) = self.starts.get(rule) else { return false };
        match allowance.allowed() {
            None => false,
            Some(None) => true,
            Some(Some(block)) => {
                let first = starts.partition_point(|start| *start < block.start);
                starts.get(first).is_some_and(|start| *start <= block.end)
            }
        }
    }
}

/// What keeps a comment from allowing anything.
fn mistake(context: &Context<'_>, allowance: &Allowance<'_>) -> Option<Draft> {
    let (span, message) = if !allowance.span.of(context.text()).ends_with("-->") {
        (allowance.word.0, "this comment is never closed; the rest of the page is part of it".to_owned())
    } else if let Some(lines) = swallowed(allowance.span.of(context.text())) {
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        (allowance.word.0, format!("this comment ends {lines} below; everything up to there is part of it"))
    } else if allowance.reach == Reach::Unknown {
        (allowance.word.0, unknown("comment", allowance.word.1, allow::WORDS))
    } else if allowance.rules.is_empty() {
        (allowance.span, "this comment names no rule, so it allows nothing".to_owned())
    } else if !allowance.has_reason {
        (allowance.span, "this comment gives no reason, so it allows nothing".to_owned())
    } else if matches!(allowance.reach, Reach::Block(block) if block.is_empty()) {
        (allowance.span, "no block follows this comment, so it allows nothing".to_owned())
    } else {
        return None;
    };
    Some(draft(context, span).message(message).help("write `<!-- docdrift-allow RULE, RULE reason -->`"))
}

/// How many lines below its first one a comment ends that seems to have lost its end: a blank line, a block or another
/// comment is part of it.
fn swallowed(comment: &str) -> Option<usize> {
    let begins_block = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['#', '|', '>']) || ["```", "~~~", "<!--", "- ", "* "].iter().any(|mark| line.starts_with(mark))
    };
    let (head, rest) = comment.split_once('\n')?;
    let inside = rest.trim_end().strip_suffix("-->").unwrap_or(rest);
    let last = inside.lines().count().saturating_sub(1);
    let mut lines = inside.lines().enumerate();
    let blocks = lines.any(|(at, line)| begins_block(line) || at < last && line.trim().is_empty());
    (blocks || head.get(4..).unwrap_or_default().contains("<!--") || rest.contains("<!--")).then(|| comment.matches('\n').count())
}

/// Whether a run like this one would have found what the rule is about. A page of another language alone cannot be
/// compared with its source, nor any page with a model that was left out.
fn is_decided(context: &Context<'_>, rule: &Rule) -> bool {
    let facts = &context.page.facts;
    let has_facts = !(facts.tables.is_empty() && facts.examples.is_empty());
    rule.bases.iter().all(|basis| match basis {
        Basis::Model => context.schema.is_some() || !has_facts,
        Basis::Reference | Basis::Locales => {
            context.corpus.references.locale.is_some()
                || context.page.source.locale.is_none()
                || context.comparison.pairing.is_some()
        }
        Basis::Page => true,
    })
}

/// A comment none of whose rules finds anything.
fn whole(context: &Context<'_>, allowance: &Allowance<'_>) -> Draft {
    let names: Vec<&str> = allowance.rules.iter().map(|(_, name)| *name).collect();
    let edit = (removed(context.text(), allowance.span), String::new());
    // Where further lines are not set in, only its author knows where it should have ended.
    let mut more = allowance.span.of(context.text()).lines().skip(1);
    let is_sure = more.all(|line| line.starts_with([' ', '\t']) || line == "-->");
    let safety = if is_sure { Safety::Safe } else { Safety::Unsafe };
    idle(draft(context, allowance.span), allowance, &names.join("`, `")).fix(safety, [edit])
}

/// One rule of a comment that names several.
fn single(context: &Context<'_>, allowance: &Allowance<'_>, at: usize) -> Draft {
    let (span, name) = allowance.rules[at];
    let edit = match (allowance.rules.get(at + 1), at.checked_sub(1)) {
        (Some((next, _)), _) => Span::new(span.start, next.start),
        (None, Some(before)) => Span::new(allowance.rules[before].0.end, span.end),
        (None, None) => span,
    };
    idle(draft(context, span), allowance, name).fix(Safety::Safe, [(edit, String::new())])
}

fn idle(draft: Draft, allowance: &Allowance<'_>, names: &str) -> Draft {
    let place = if allowance.reach == Reach::Page { "on this page" } else { "in the next block" };
    draft.message(format!("this allows `{names}`, which finds nothing {place}"))
}

fn draft(context: &Context<'_>, span: Span) -> Draft {
    let found = span.of(context.text());
    let subject = (SubjectKind::Text, "docdrift-allow".to_owned());
    Draft::new(span, Basis::Page, Cause::Page, subject, found)
}

/// What to remove of a comment: with the line it has to itself, but never the blank line between two blocks.
fn removed(text: &str, comment: Span) -> Span {
    const BLANKS: [char; 3] = [' ', '\t', '\r'];
    let (before, after) = (&text[..comment.start as usize], &text[comment.end as usize..]);
    let head = before.trim_end_matches(BLANKS);
    let start = head.len();
    let Some(next) = line_end(after) else { return comment };
    let Some(above) = head.strip_suffix('\n').or(head.is_empty().then_some("")) else { return comment };
    let above = above.trim_end_matches(BLANKS);
    let blank_before = above.is_empty() || above.ends_with('\n');
    match (blank_before, line_end(next)) {
        (false, None) => Span::new(start as u32, comment.end),
        (true, Some(rest)) => Span::new(start as u32, (text.len() - rest.len()) as u32),
        _ => Span::new(start as u32, (text.len() - next.len()) as u32),
    }
}

/// What follows the line break that comes first in a text, blanks aside; its end counts as one.
fn line_end(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t', '\r']);
    if rest.is_empty() { Some("") } else { rest.strip_prefix('\n') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, left: &str) {
        let start = text.find("<!--").expect("a comment") as u32;
        let end = text.find("-->").expect("its end") as u32 + 3;
        let gone = removed(text, Span::new(start, end));
        assert_eq!(format!("{}{}", &text[..gone.start as usize], &text[gone.end as usize..]), left);
    }

    #[test]
    fn blocks_stay_apart() {
        check("a\n\n<!-- c -->\nb\n", "a\n\nb\n");
        check("a\n\n<!-- c -->\n\nb\n", "a\n\nb\n");
        check("a\r\n \r\n\t<!-- c --> \r\n\r\nb", "a\r\n \r\nb");
        check("a\n<!-- c -->\n\nb\n", "a\n\nb\n");
        check("a\n<!-- c -->\nb\n", "a\n\nb\n");
        check("a\r\n<!-- c -->\r\nb", "a\r\n\r\nb");
        check("<!-- c\n -->\n# a\n", "# a\n");
        check("a\n<!-- c -->", "a\n");
        check("<!-- c -->", "");
    }

    #[test]
    fn what_shares_the_line_stays() {
        check("> <!-- c -->\n> b\n", "> \n> b\n");
        check("a <!-- c --> b\n", "a  b\n");
        check("| <!-- c --> |\n", "|  |\n");
    }
}
