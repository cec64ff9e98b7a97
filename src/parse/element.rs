//! Inline HTML: bilingual spans, anchors, and the elements that style or link text.

use super::inline::{Container, Inlines};
use super::tag::Tag;
use crate::document::{Anchor, Half, Style};
use crate::text::Span;

/// Inline elements open at a time; more than this is no text somebody wrote.
const MAX_ELEMENTS: usize = 64;

/// An inline HTML element that waits for its end tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    container: Container,
    start: u32,
    first_run: u32,
    /// 1 + index of its link, 0 for other elements and anchors.
    link: u32,
}

impl Inlines<'_> {
    /// Raw HTML between text: `span` is one tag or comment.
    pub fn tag(&mut self, span: Span) {
        self.touch(span);
        // Most tags of a bilingual page, told without reading their attributes.
        let markup = span.of(self.source);
        if markup == "</span>" {
            self.halves.close();
        } else if markup == "<span class=\"sxs-lookup\">" {
            self.halves.open_other(span);
        } else if markup.starts_with("<span data-ttu-id=") {
            self.open_half(span, Half::Translated);
        } else if markup.starts_with("<span data-stu-id=") {
            self.open_half(span, Half::Source);
        } else if let Some(tag) = Tag::spanning(self.source, span) {
            self.element(&tag);
        }
    }

    /// An inline HTML tag.
    pub fn element(&mut self, tag: &Tag) {
        let name = tag.name.of(self.source);
        let is = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
        let container = if is(&["a"]) {
            Some(Container::Link)
        } else if is(&["span"]) {
            return self.span_tag(tag);
        } else if is(&["br"]) {
            return self.line_break(tag.span);
        } else if is(&["img"]) {
            return self.image(tag);
        } else if is(&["strong", "b"]) {
            Some(Container::Strong)
        } else if is(&["em", "i"]) {
            Some(Container::Emphasis)
        } else if is(&["code", "tt", "kbd", "samp"]) {
            Some(Container::Code)
        } else {
            None
        };
        match (tag.end, container) {
            (true, Some(container)) => self.end_element(container, tag.span.end),
            (true, None) => {}
            (false, container) => {
                let target = self.anchors(tag);
                let complete = tag.span.of(self.source).ends_with("/>");
                if let Some(container) = container.filter(|_| !complete && self.elements.len() < MAX_ELEMENTS)
                {
                    self.start_element(container, tag, target);
                }
            }
        }
    }

    /// Takes note of the anchors that a start tag's `id` and `name` set; returns its `href`.
    pub fn anchors(&mut self, tag: &Tag) -> Option<Span> {
        let source = self.source;
        let mut target = None;
        for (key, value) in tag.attributes(source) {
            let is = |name| key.of(source).eq_ignore_ascii_case(name);
            if is("href") {
                target = target.or(Some(value));
            } else if !value.is_empty() && (is("id") || is("name") && tag.is(source, "a")) {
                self.doc.anchors.push(Anchor { span: tag.span, name: value });
            }
        }
        target
    }

    fn span_tag(&mut self, tag: &Tag) {
        if tag.end {
            return self.halves.close();
        }
        let source = self.source;
        let half = tag.attributes(source).find_map(|(key, _)| match key.of(source) {
            "data-ttu-id" => Some(Half::Translated),
            "data-stu-id" => Some(Half::Source),
            _ => None,
        });
        if let Some(half) = half {
            self.open_half(tag.span, half);
        } else {
            self.anchors(tag);
            self.halves.open_other(tag.span);
        }
    }

    fn open_half(&mut self, tag: Span, half: Half) {
        self.doc.bilingual = true;
        self.halves.open_half(tag, half, &mut self.doc.problems);
    }

    fn image(&mut self, tag: &Tag) {
        if let Some(target) = tag.attribute(self.source, "src").filter(|_| !tag.end) {
            self.add_link(tag.span, target, true);
            self.links.pop();
        }
    }

    fn start_element(&mut self, container: Container, tag: &Tag, target: Option<Span>) {
        let mut link = 0;
        if let Some(count) = self.styles.count(container) {
            *count += 1;
        } else if let Some(target) = target {
            self.add_link(tag.span, target, false);
            link = self.doc.links.len() as u32;
        }
        let first_run = self.doc.runs.len() as u32;
        self.elements.push(Element { container, start: tag.span.start, first_run, link });
    }

    fn end_element(&mut self, container: Container, end: u32) {
        let Some(at) = self.elements.iter().rposition(|element| element.container == container) else {
            return;
        };
        let closed = self.elements[at];
        for element in self.elements.drain(at..) {
            match self.styles.count(element.container) {
                Some(count) => *count = count.saturating_sub(1),
                None if element.link > 0 => drop(self.links.pop()),
                None => {}
            }
        }
        let whole = Span::new(closed.start, end);
        if closed.link > 0 {
            self.doc.links[closed.link as usize - 1].span = whole;
        }
        if self.elements.is_empty() && self.depth == 0 {
            for run in &mut self.doc.runs[closed.first_run as usize..] {
                if !run.style.has(Style::BREAK) {
                    run.outer = whole;
                }
            }
        }
    }
}
