//! What comments allow: `<!-- docdrift-allow RULE, RULE reason -->` the findings of those rules in the next
//! block, `docdrift-allow-page` those on the whole page.
//!
//! A comment without a reason allows nothing. Absent here: what was found.

use crate::facts::Page;
use crate::hash::HashMap;
use crate::text::{Span, is_blank};

/// How far a comment reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The block that follows; empty if none does.
    Block(Span),
    /// The page.
    Page,
    /// Nowhere: the comment begins with a word nobody knows.
    Unknown,
}

/// The rule that no comment can silence: it speaks of comments.
pub const NEVER: &str = "unused-suppression";

/// The words that allow something.
pub const WORDS: [&str; 2] = ["docdrift-allow", "docdrift-allow-page"];

/// A comment that speaks to this tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance<'a> {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// The word it begins with.
    pub word: (Span, &'a str),
    /// How far it reaches.
    pub reach: Reach,
    /// The rules that it names.
    pub rules: Vec<(Span, &'a str)>,
    /// Whether it says why.
    pub has_reason: bool,
}

impl Allowance<'_> {
    /// Where findings are allowed, in bytes from its start to its end, both included; `None` for the whole page.
    /// Nothing at all if the comment is not understood.
    pub fn allowed(&self) -> Option<Option<Span>> {
        match self.reach {
            _ if !self.has_reason => None,
            Reach::Block(block) => (!block.is_empty()).then_some(Some(block)),
            Reach::Page => Some(None),
            Reach::Unknown => None,
        }
    }
}

/// What all comments of a page allow.
#[derive(Debug, Default)]
pub struct Allowed<'a> {
    /// By rule: the whole page, or blocks in page order that do not meet.
    rules: HashMap<&'a str, (bool, Vec<Span>)>,
}

impl<'a> Allowed<'a> {
    /// Reads the comments of a page.
    pub fn on(page: &'a Page) -> Self {
        let mut rules: HashMap<&str, (bool, Vec<Span>)> = HashMap::default();
        for allowance in allowances(page) {
            let Some(place) = allowance.allowed() else { continue };
            for (_, rule) in allowance.rules.iter().filter(|(_, rule)| *rule != NEVER) {
                let (page, blocks) = rules.entry(rule).or_default();
                match place {
                    None => *page = true,
                    Some(block) => blocks.push(block),
                }
            }
        }
        for (_, blocks) in rules.values_mut() {
            blocks.sort_unstable();
            blocks.dedup_by(|next, block| {
                let meets = next.start <= block.end;
                block.end = if meets { block.end.max(next.end) } else { block.end };
                meets
            });
        }
        Self { rules }
    }

    /// Whether a comment allows what a rule says about the bytes `at`.
    pub fn covers(&self, rule: &str, at: Span) -> bool {
        let Some((page, blocks)) = self.rules.get(rule) else { return false };
        let behind = blocks.partition_point(|block| block.start <= at.start);
        *page || behind > 0 && at.start <= blocks[behind - 1].end
    }
}

/// The comments of a page that speak to this tool, in page order.
pub fn allowances(page: &Page) -> impl Iterator<Item = Allowance<'_>> {
    let text = page.source.text.as_str();
    page.document.comments.iter().map(move |comment| {
        let inside = comment.span.of(text);
        // `<!-- .. -->`, in MDX `{/* .. */}`.
        let begin = inside.find("docdrift-").unwrap_or(4) as u32;
        let mut words = Words { text, at: comment.span.start + begin, end: comment.span.end };
        if inside.starts_with('{') {
            words.end -= (inside.len() - inside.trim_end_matches(['}', '/', '*', ' ']).len()) as u32;
        } else if inside.len() >= "<!---->".len() && inside.ends_with("-->") {
            words.end -= 3;
        }
        let word = words.next();
        let reach = match word.1 {
            "docdrift-allow" => Reach::Block(comment.next),
            "docdrift-allow-page" => Reach::Page,
            _ => Reach::Unknown,
        };
        let mut rules = Vec::new();
        loop {
            let rule = words.next();
            if !rule.1.is_empty() {
                rules.push(rule);
            }
            if !words.skip_comma() {
                break;
            }
        }
        Allowance { span: comment.span, word, reach, rules, has_reason: words.has_more() }
    })
}

/// Goes through a comment word by word.
struct Words<'a> {
    text: &'a str,
    at: u32,
    end: u32,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        Span::new(self.at, self.end).of(self.text)
    }

    fn skip_blanks(&mut self) {
        self.at = self.end - self.rest().trim_start_matches(is_blank).len() as u32;
    }

    /// The next name; empty if something else comes first.
    fn next(&mut self) -> (Span, &'a str) {
        self.skip_blanks();
        let rest = self.rest();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let name = rest[..length].trim_end_matches('-');
        let span = Span::new(self.at, self.at + name.len() as u32);
        self.at = span.end;
        (span, name)
    }

    fn skip_comma(&mut self) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with([',', '，', '、']);
        self.at += self.rest().chars().next().filter(|_| found).map_or(0, |comma| comma.len_utf8() as u32);
        found
    }

    /// Whether any word follows.
    fn has_more(&self) -> bool {
        self.rest().contains(char::is_alphanumeric)
    }
}
