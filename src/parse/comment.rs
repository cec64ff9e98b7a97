//! Comments that speak to this tool, and the block that each stands before.

use super::inline::Inlines;
use super::tag::{Token, Tokens};
use crate::document::{BlockKind, Comment};
use crate::text::{Span, is_blank};

/// How such a comment begins.
const ADDRESS: &str = "docdrift-";

impl Inlines<'_> {
    /// Takes note of the comments in a block of comments.
    pub fn comments(&mut self, block: Span) {
        if memchr::memmem::find(block.of(self.source).as_bytes(), ADDRESS.as_bytes()).is_none() {
            return;
        }
        for token in Tokens::new(self.source, block) {
            if let Token::Comment(span) = token {
                self.comment(span);
            }
        }
    }

    /// Takes note of a comment, if it speaks to this tool.
    pub fn comment(&mut self, span: Span) {
        let words = span.of(self.source).strip_prefix("<!--").unwrap_or("");
        if words.trim_start_matches(is_blank).starts_with(ADDRESS) {
            self.doc.comments.push(Comment { span, next: Span::empty(span.end) });
        }
    }

    /// Takes note of a comment of JSX in the page as written, if it speaks to this tool.
    pub fn jsx_comment(&mut self, written: &str, span: Span) {
        let words = span.of(written).trim_start_matches(|c| is_blank(c) || matches!(c, '{' | '/' | '*'));
        if words.starts_with(ADDRESS) {
            self.doc.comments.push(Comment { span, next: Span::empty(span.end) });
        }
    }

    /// Takes note of a list or quote, which a comment speaks of as a whole.
    pub fn group(&mut self, span: Span) {
        if !self.doc.comments.is_empty() {
            self.groups.push(span);
        }
    }

    /// Finds out what follows each comment.
    pub fn settle_comments(&mut self) {
        self.doc.comments.sort_by_key(|comment| comment.span);
        self.groups.sort_by_key(|group| (group.start, std::cmp::Reverse(group.end)));
        // From the end, so that a page of comments takes one pass.
        let mut blocks = self.doc.blocks.iter().rev().peekable();
        let mut next = None;
        for comment in self.doc.comments.iter_mut().rev() {
            while let Some(block) = blocks.next_if(|block| block.span.start >= comment.span.end) {
                // Neither says anything that could be allowed.
                if !matches!(block.kind, BlockKind::Html | BlockKind::Directive) {
                    next = Some(block.span);
                }
            }
            let Some(block) = next else { continue };
            let first = self.groups.partition_point(|group| group.start < comment.span.end);
            let group = self.groups.get(first).filter(|group| group.contains(block));
            comment.next = group.copied().unwrap_or(block);
        }
    }
}
