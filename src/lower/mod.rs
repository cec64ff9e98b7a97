//! Lowers documentation into the canonical [`Schema`]: what the pages of one locale say, or what all agree on.
//!
//! Types come from property and member tables with what examples add: formats, keys that no table lists,
//! parts that tables leave open. Operations come from request-syntax tables, parameter tables and examples. Each
//! part knows who says it ([`Origin`](crate::schema::Origin)), and where tables, pages and examples contradict
//! each other a note says so; the table of the type's own page leads. Identifiers that a translation damaged
//! are taken from whoever vouches for them. Absent here: files, output formats, what code says.

mod attach;
mod feed;
mod files;
mod finish;
mod headers;
mod heal;
mod hints;
mod listen;
mod merge;
mod messages;
mod names;
mod operations;
mod parameters;
mod paths;
mod place;
mod prose;
mod queries;
mod resolve;
mod rows;
mod said;
mod shown;
mod surroundings;
mod types;
pub mod values;
mod world;

use crate::check;
use crate::compare::reference::References;
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::lower::attach::{add_shown, all_lines, attach};
use crate::lower::feed::Feeder;
use crate::lower::hints::Hints;
use crate::lower::merge::Voice;
use crate::lower::messages::Walk;
use crate::lower::paths::Operations;
use crate::lower::place::Places;
use crate::lower::resolve::Types;
use crate::lower::said::Said;
use crate::lower::world::{Speakers, World};
use crate::schema::{Note, Schema};
use crate::settings::Settings;
use crate::source::Locale;

/// Lowers the pages of one locale, or what most locales agree on if none is chosen. `pages` are sorted by path and
/// numbered in that order; those of other locales serve as witnesses. `model` helps to heal names that were
/// translated where no other page vouches for them; it changes nothing of what the docs say.
///
/// A locale of a language alone (`pl`) stands for all its regions.
pub fn schema(
    pages: &[Page],
    model: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    locale: Option<&Locale>,
) -> Schema {
    let chosen = chosen(pages, locale);
    if locale.is_some() && chosen.is_empty() {
        return Schema::default();
    }
    let mut settings = settings.clone();
    if locale.is_some() {
        settings.locales.clone_from(&chosen);
    }
    let heard = check::compare(pages, model, lexicon, &settings, |context| listen::said(context, lexicon));
    let mut notes: Vec<Note> = Vec::new();
    let mut said: Vec<Said> = Vec::with_capacity(heard.len());
    for (page, more) in heard {
        said.push(page);
        notes.extend(more);
    }
    said.sort_by_key(|said| (!said.is_reference, said.file));
    let voice = Voice {
        chosen: chosen.first().map(ToString::to_string),
        reference: References::new(pages, &settings.reference).locale.map(|locale| locale.to_string()),
    };
    let mut schema = together(pages, &said, lexicon, &voice, &mut notes);
    notes.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.message.cmp(&b.message)));
    notes.dedup();
    schema.notes = notes;
    files::take_back(&mut schema);
    files::settle(&mut schema, pages);
    schema
}

/// The locales that are meant.
fn chosen(pages: &[Page], locale: Option<&Locale>) -> Vec<Locale> {
    let Some(wanted) = locale else { return Vec::new() };
    let has = |locale: &Locale| pages.iter().any(|page| page.source.locale.as_ref() == Some(locale));
    if has(wanted) {
        return vec![wanted.clone()];
    }
    let of_language = |locale: &&Locale| wanted.as_str() == locale.language();
    let mut found: Vec<Locale> =
        pages.iter().filter_map(|page| page.source.locale.as_ref()).filter(of_language).cloned().collect();
    found.sort();
    found.dedup();
    found
}

/// What the pages say together.
fn together(all: &[Page], pages: &[Said], lexicon: &Lexicon, voice: &Voice, notes: &mut Vec<Note>) -> Schema {
    let places = Places::of(pages, notes);
    let names = names::assign(&places.subjects, pages);
    let types = Types::of(&places, &names);
    let speakers = Speakers::of(pages);
    let drafts = types::drafts(pages, &speakers, &types, voice, notes);
    let lines = all_lines(pages, all);
    let (mut operations, positions) = Operations::of(pages, &lines);
    add_shown(&mut operations, pages, &lines);
    let attachments = attach(&operations, &positions, pages, all);
    let world = World::new(pages, all, &types, voice, lexicon);
    let mut hints = Hints::default();
    let mut feeder = Feeder::new(&types, &drafts);
    let mut walk = Walk { feeder: &mut feeder, hints: &mut hints, notes };
    let messages: Vec<_> =
        attachments.of.iter().map(|attached| world.messages(attached, &mut walk)).collect();
    attachments.loose.iter().for_each(|id| world.loose(*id, &mut walk));
    let seen = feeder.seen;
    let mut schema = Schema::default();
    let templates = operations.templates();
    let drafted = operations.list.iter().zip(&templates).zip(attachments.of.iter().zip(messages));
    for ((draft, template), (attached, messages)) in drafted {
        schema.operations.extend(world.operation(draft, template, attached, messages, &speakers, notes));
    }
    let sent = types::sent(&drafts, &seen);
    for (mut draft, seen) in drafts.into_iter().zip(&seen) {
        heal::by_examples(&mut draft, seen, lexicon);
        let sent = sent.get(&draft.name);
        if let Some(def) = types::finished(draft, seen, sent, &types, voice) {
            schema.types.insert(def.name.clone(), def);
        }
    }
    schema
}
