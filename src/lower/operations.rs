//! Operations with their parameters, bodies, statuses and examples.
//!
//! Absent here: how each of them is found.

use std::collections::BTreeSet;

use crate::lower::attach::Attached;
use crate::lower::merge::{describe, push};
use crate::lower::messages::Messages;
use crate::lower::paths::{Documented, Operation as Draft};
use crate::lower::world::{Speakers, World};
use crate::schema::{Note, Operation, Origin, Witness, WitnessKind};

impl World<'_> {
    /// An operation; nothing if too few pages have it.
    pub fn operation(
        &self,
        draft: &Draft,
        template: &str,
        attached: &Attached,
        messages: Messages,
        could: &Speakers<'_>,
        notes: &mut Vec<Note>,
    ) -> Option<Operation> {
        let speakers: BTreeSet<&str> =
            draft.documented.iter().map(|one| self.pages[one.page].locale.as_str()).collect();
        let all = could.with(draft.documented.iter().map(|one| self.pages[one.page].page.as_str()));
        // The page with the shortest title is the most general one.
        let title = |one: &&Documented| self.pages[one.page].title.chars().count();
        let first = draft.documented.iter().filter(|one| title(one) > 0).min_by_key(title);
        let first = first.or_else(|| draft.documented.first())?;
        if !self.voice.carries(&speakers, &all) {
            let locales: Vec<&str> = speakers.into_iter().collect();
            notes.push(Note {
                place: Some(first.place),
                message: format!("`{} {template}` is left out: only in {}", draft.method, locales.join(", ")),
            });
            return None;
        }
        let origin = self.origin(draft, attached);
        let parameters = self.parameters(draft, template, attached, notes);
        let (request, examples, responses) = self.bodies(attached, messages);
        Some(Operation {
            name: self.pages[first.page].title.clone(),
            doc: self.voice.doc(&origin.descriptions),
            method: draft.method.clone(),
            path: template.to_owned(),
            parameters,
            request,
            examples,
            responses,
            place: Some(first.place),
            origin: Some(Box::new(origin)),
        })
    }

    fn origin(&self, draft: &Draft, attached: &Attached) -> Origin {
        let mut origin = Origin::default();
        for one in &draft.documented {
            let said = &self.pages[one.page];
            let kind = if one.table.is_some() { WitnessKind::Table } else { WitnessKind::Example };
            let witness = Witness { locale: said.locale.clone(), place: one.place, kind };
            if origin.witnesses.len() < 64 && !origin.witnesses.contains(&witness) {
                origin.witnesses.push(witness);
            }
            describe(&mut origin, &said.locale, &said.summary);
        }
        for (method, _) in &attached.others {
            push(&mut origin.notes, format!("an example sends {method}"));
        }
        origin
    }
}
