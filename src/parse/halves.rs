//! Bilingual pages: which half of a sentence pair the text stands in.
//!
//! `<span data-ttu-id="..">translated</span><span class="sxs-lookup"><span data-stu-id="..">source</span></span>`
//! is read by a small stack over the span tags alone, whatever other markup stands between them. The
//! state ends with its block: now and then a translated block lacks a `</span>`, which must not swallow
//! the pairs after it.

use crate::document::{Half, Problem, ProblemKind};
use crate::text::Span;

/// The spans open at one place of a block.
#[derive(Debug, Default)]
pub(super) struct Halves {
    open: Vec<Open>,
    /// How many of `open` are halves, not spans of other kinds.
    unclosed: u32,
    half: Half,
    /// The last translated half, until its source half comes.
    unpaired: Option<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Span,
    /// What the text inside belongs to.
    half: Half,
    /// Whether this span itself is a half, or a span of any other kind.
    is_half: bool,
}

impl Halves {
    /// The half of the text at this place.
    pub fn half(&self) -> Half {
        self.half
    }

    /// A `<span>` that is no half.
    pub fn open_other(&mut self, tag: Span) {
        self.open.push(Open { tag, half: self.half, is_half: false });
    }

    /// A `<span>` that begins `half`.
    pub fn open_half(&mut self, tag: Span, half: Half, problems: &mut Vec<Problem>) {
        // Halves never nest: one that is still open lacks its end tag.
        if self.unclosed > 0 {
            let inner = self.open.iter().rposition(|open| open.is_half).map_or(0, |at| at + 1);
            for lost in self.open.drain(..inner).filter(|open| open.is_half) {
                problems.push(Problem { span: lost.tag, kind: ProblemKind::UnclosedSpan });
            }
            self.unclosed = 0;
        }
        let before = self.unpaired.take();
        match half {
            Half::Translated => {
                problems.extend(before.map(|span| Problem { span, kind: ProblemKind::UnpairedSpan }));
                self.unpaired = Some(tag);
            }
            _ if before.is_none() => problems.push(Problem { span: tag, kind: ProblemKind::UnpairedSpan }),
            _ => {}
        }
        self.open.push(Open { tag, half, is_half: true });
        self.unclosed += 1;
        self.half = half;
    }

    /// A `</span>`.
    pub fn close(&mut self) {
        if let Some(closed) = self.open.pop() {
            self.unclosed -= u32::from(closed.is_half);
            self.half = self.open.last().map_or(Half::Both, |open| open.half);
        }
    }

    /// The end of the block.
    pub fn end(&mut self, problems: &mut Vec<Problem>) {
        if self.open.is_empty() && self.unpaired.is_none() {
            return;
        }
        if self.unclosed > 0 {
            let lost = self.open.iter().filter(|open| open.is_half);
            problems.extend(lost.map(|open| Problem { span: open.tag, kind: ProblemKind::UnclosedSpan }));
        }
        let unpaired = self.unpaired.take();
        problems.extend(unpaired.map(|span| Problem { span, kind: ProblemKind::UnpairedSpan }));
        self.open.clear();
        self.unclosed = 0;
        self.half = Half::Both;
    }
}
