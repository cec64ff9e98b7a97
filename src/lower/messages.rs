//! The bodies of an operation's requests and answers: the type that tables and prose name where examples bear
//! it out, else what examples show.
//!
//! Absent here: parameters.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::facts::{self, Page, SectionRole, StartLine};
use crate::fold::identifier_key;
use crate::json::NodeId;
use crate::lower::attach::{Attached, ExampleId, page};
use crate::lower::feed::{Feeder, Sample};
use crate::lower::finish;
use crate::lower::hints::Hints;
use crate::lower::merge::{self, Heard, by_key};
use crate::lower::place::Other;
use crate::lower::said::Side;
use crate::lower::shown::Shown;
use crate::lower::values;
use crate::lower::world::World;
use crate::normalize::bodies::Body;
use crate::schema::{Additional, Example, Note, Object, Property, Response, Type};
use crate::text::Place;

/// More examples of one message than this are left out.
const MOST_EXAMPLES: usize = 24;

/// What examples show of an operation's messages.
#[derive(Default)]
pub(super) struct Messages {
    request: Shown,
    examples: Vec<Example>,
    /// By status, 0 where none is written.
    responses: BTreeMap<u16, (Shown, Vec<Example>)>,
}

/// The status of an example's status line, else of what stands before it.
fn status(page: &Page, example: &facts::Example) -> u16 {
    let StartLine::Status { code, .. } = example.message.start else { return example.status.unwrap_or(0) };
    let block = page.document.codes.get(example.code as usize);
    let text = block.map(|block| page.document.code_text(&page.source.text, block)).unwrap_or_default();
    code.of(&text).parse().ok().filter(|status| (100..600).contains(status)).unwrap_or(0)
}

/// What examples are walked with.
pub(super) struct Walk<'k, 'f> {
    pub feeder: &'k mut Feeder<'f>,
    pub hints: &'k mut Hints,
    pub notes: &'k mut Vec<Note>,
}

impl<'w> World<'w> {
    /// Walks an operation's examples.
    pub fn messages(&self, attached: &Attached, walk: &mut Walk<'_, '_>) -> Messages {
        let mut messages = Messages::default();
        let mut said = HashSet::new();
        // What nothing tells of a request may be what the answer is; but not where a table lists it.
        let is_listed = !self.heard(attached, Other::Body(Side::Request)).is_empty();
        for id in &attached.requests {
            let Some((page, example)) = self.example(*id) else { continue };
            if let Some(mut sample) = self.sample(*id, Side::Request, walk) {
                if !is_listed {
                    sample.guesses = walk.hints.of(self, *id, example.section, Side::Response);
                }
                walk.feeder.feed(&sample, &mut messages.request);
            }
            self.keep(*id, page, example, &mut messages.examples, &mut said, walk.notes);
        }
        for id in &attached.responses {
            let Some((page, example)) = self.example(*id) else { continue };
            let (shown, examples) = messages.responses.entry(status(page, example)).or_default();
            if let Some(sample) = self.sample(*id, Side::Response, walk) {
                walk.feeder.feed(&sample, shown);
            }
            self.keep(*id, page, example, examples, &mut said, walk.notes);
        }
        messages
    }

    /// Walks an example that belongs to no operation: it shows the type of the table above it.
    pub fn loose(&self, id: ExampleId, walk: &mut Walk<'_, '_>) {
        if let Some(sample) = self.sample(id, Side::Both, walk) {
            walk.feeder.feed(&sample, &mut Shown::default());
        }
    }

    fn example(&self, id: ExampleId) -> Option<(&'w Page, &'w facts::Example)> {
        let page = page(self.all, self.pages.get(id.page)?)?;
        Some((page, page.facts.examples.get(id.example)?))
    }

    fn sample(&self, id: ExampleId, side: Side, walk: &mut Walk<'_, '_>) -> Option<Sample<'w>> {
        let (page, example) = self.example(id)?;
        let body = Body::of(page, example)?;
        // What is left of a body that could not be read shows nothing.
        let is_bare = |root: &NodeId| body.json.members(body.text(), *root).next().is_none();
        if !body.json.errors.is_empty() && body.json.roots.iter().all(is_bare) {
            return None;
        }
        let hints = walk.hints.of(self, id, example.section, side);
        Some(Sample {
            body,
            file: page.file,
            locale: &self.pages[id.page].locale,
            is_echo: self.echoes[id.page],
            hints,
            guesses: Vec::new(),
        })
    }

    /// Keeps the value of an example, once.
    fn keep(
        &self,
        id: ExampleId,
        page: &Page,
        example: &facts::Example,
        examples: &mut Vec<Example>,
        said: &mut HashSet<String>,
        notes: &mut Vec<Note>,
    ) {
        let Some(body) = Body::of(page, example).filter(|_| !self.echoes[id.page]) else { return };
        let span = page.document.codes.get(example.code as usize).map(|code| code.span).unwrap_or_default();
        let place = Place { file: page.file, span };
        match values::value(&body) {
            Ok(value) if examples.len() < MOST_EXAMPLES => {
                if examples.iter().all(|known| known.value != value) {
                    let locale = self.pages[id.page].locale.clone();
                    examples.push(Example { value, locale, place: Some(place) });
                }
            }
            Ok(_) => {}
            Err(why) => {
                // The same example of another language has the same holes.
                if said.insert(format!("{} {why}", body.text())) {
                    notes.push(Note {
                        place: Some(place),
                        message: format!("the example is not taken over: {why}"),
                    });
                }
            }
        }
    }

    /// The body of a message: what a table of its own lists, what examples show, what tables or prose name.
    fn body(&self, attached: &Attached, side: Side, shown: &Shown) -> Option<Type> {
        let named = |at: usize| Type::Named(self.types.names[at].clone());
        let own = self.heard(attached, Other::Body(side));
        let is_object = !shown.is_seen() || shown.kinds().any(|kind| matches!(kind, Type::Object(_)));
        if !own.is_empty() && is_object && shown.named.is_empty() {
            let listed = by_key(own)
                .into_iter()
                .map(|(key, rows)| merge::property(key, &rows, self.types, self.voice));
            let mut properties =
                finish::properties(listed.collect(), shown.object.as_deref(), self.types, self.voice);
            self.add_parts(attached, side, shown, &mut properties);
            return Some(Type::Object(Box::new(Object { properties, additional: Additional::Unspecified })));
        }
        if shown.is_seen() {
            return Some(finish::body(shown, self.types));
        }
        let table = attached.tables.iter().find_map(|id| {
            let subject = self.places.of_table.get(id)?;
            (self.places.side_of(*id) == Some(side)).then_some(*subject)
        });
        table.map(named)
    }

    /// Gives properties of a body the parts that tables of their own list.
    fn add_parts(&self, attached: &Attached, side: Side, shown: &Shown, properties: &mut [Property]) {
        let mut by_part: BTreeMap<&str, Vec<Heard<'w>>> = BTreeMap::new();
        for id in attached.tables.iter().filter(|id| self.places.others.get(id) == Some(&Other::Part(side))) {
            let Some(key) = self.places.parts.get(id) else { continue };
            by_part.entry(key).or_default().extend(self.rows(*id, side));
        }
        for (key, rows) in by_part {
            let Some(property) = properties.iter_mut().find(|one| identifier_key(&one.name) == key) else {
                continue;
            };
            if !matches!(property.ty, Type::Any | Type::Map(_) | Type::Object(_)) {
                continue;
            }
            let seen = shown.object.as_deref().and_then(|object| object.get(key)?.object.as_deref());
            let listed = by_key(rows)
                .into_iter()
                .map(|(key, rows)| merge::property(key, &rows, self.types, self.voice));
            let properties = finish::properties(listed.collect(), seen, self.types, self.voice);
            property.ty = Type::Object(Box::new(Object { properties, additional: Additional::Unspecified }));
        }
    }

    /// The request body, its examples, and the answers.
    pub fn bodies(
        &self,
        attached: &Attached,
        messages: Messages,
    ) -> (Option<Type>, Vec<Example>, Vec<Response>) {
        let Messages { request, examples, mut responses } = messages;
        let body = self.body(attached, Side::Request, &request).or_else(|| self.mentioned(attached));
        // A body without a status line is that of success.
        let success = responses.keys().copied().find(|status| (200..300).contains(status));
        if let Some(success) = success
            && let Some((_, more)) = responses.remove(&0)
            && let Some((_, known)) = responses.get_mut(&success)
        {
            known.extend(more);
        }
        let pages: BTreeSet<usize> = attached.pages();
        for status in pages.iter().flat_map(|page| &self.pages[*page].statuses) {
            responses.entry(status.0).or_default();
        }
        let answers = responses.into_iter().map(|(status, (shown, examples))| {
            let is_success = status == 0 || (200..300).contains(&status);
            let body = if shown.is_seen()
                || is_success && success.is_none_or(|first| first == status) && status != 204
            {
                self.body(attached, Side::Response, &shown)
            } else {
                None
            };
            Response { status, body, examples }
        });
        (body, examples, answers.collect())
    }

    /// The type that the prose about the request body names, where nothing else says what it is.
    fn mentioned(&self, attached: &Attached) -> Option<Type> {
        let pages = attached.pages();
        let sections = pages.iter().flat_map(|page| {
            let said = &self.pages[*page];
            said.sections
                .iter()
                .filter(|section| section.role == Some(SectionRole::RequestBody))
                .map(move |section| (said, section))
        });
        let mut mentions =
            sections.flat_map(|(said, section)| section.mentions.iter().map(move |one| (said, one)));
        let subject = mentions.find_map(|(said, mention)| self.places.mentioned(mention, &said.page))?;
        Some(Type::Named(self.types.names[subject].clone()))
    }
}
