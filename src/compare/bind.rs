//! Which type of the spec a table documents: by anchor, heading, lead-in link, operation, then structure.

use crate::alignment::{Alignment, Evidence};
use crate::compare::align::{Item, Terms, align};
use crate::compare::spec_index::SpecIndex;
use crate::compare::{bodies, items};
use crate::comparison::{Against, Bound};
use crate::document::{BlockKind, Style, View};
use crate::facts::{Page, Part, Section, SectionRole, TableFact, TableRole};
use crate::schema::{Operation, Property, Shape, TypeDef};

/// What a table may document, and how strongly its surroundings say so.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    to: Against<'a>,
    /// 3: anchor or heading is the type's name; 2: a link or word of the lead-in; 1: the operation; 0: structure.
    prior: u8,
    /// Whether the table stands in the section named after the type.
    home: bool,
}

impl<'a> Candidate<'a> {
    fn of(def: &'a TypeDef, prior: u8, home: bool) -> Option<Self> {
        let to = match &def.shape {
            Shape::Object(object) => Against::Properties(&def.name, &object.properties),
            Shape::Enum(set) => Against::Members(&def.name, set),
            Shape::Alias(_) => return None,
        };
        Some(Self { to, prior, home })
    }

    /// Whether both are about the same type.
    fn is(&self, other: &Self) -> bool {
        match (self.to, other.to) {
            (Against::Properties(_, left), Against::Properties(_, right)) => std::ptr::eq(left, right),
            (Against::Members(_, left), Against::Members(_, right)) => std::ptr::eq(left, right),
            _ => false,
        }
    }
}

/// Binds a property or member table to a type of the spec, if its rows bear the binding out.
pub fn bind_table<'a>(
    page: &Page,
    fact: &TableFact,
    items: &[Item<'_>],
    spec: &SpecIndex<'a>,
    (operation, above): (Option<&'a Operation>, &[&'a [Property]]),
    terms: &Terms<'_>,
) -> Option<Bound<'a>> {
    if items.is_empty() {
        return None;
    }
    let mut candidates = candidates(page, fact, spec, operation);
    add_by_property(&mut candidates, page, fact, spec, above);
    add_by_structure(&mut candidates, items, spec, fact.role);
    let mut best: Option<(f32, Bound<'a>)> = None;
    for candidate in candidates {
        let Some(bound) = against(&candidate, fact.role, items, spec, terms) else { continue };
        let fit = fit(items, &bound.alignment, candidate.prior);
        if let Some(fit) = fit {
            let weight = fit + f32::from(candidate.prior) * 0.4;
            if best.as_ref().is_none_or(|(other, _)| weight > *other) {
                best = Some((weight, bound));
            }
        }
    }
    best.map(|(_, bound)| bound)
}

/// Aligns the rows with a type's properties or members.
fn against<'a>(
    candidate: &Candidate<'a>,
    role: TableRole,
    rows: &[Item<'_>],
    spec: &SpecIndex<'a>,
    terms: &Terms<'_>,
) -> Option<Bound<'a>> {
    let (to, home, nested) = (candidate.to, candidate.home, Vec::new());
    match (to, role) {
        (Against::Properties(_, properties), TableRole::Properties | TableRole::Parameters) => {
            let right = items::of_properties(spec.schema, properties);
            Some(Bound { to, home, alignment: align(rows, &right, terms), nested })
        }
        (Against::Members(_, set), TableRole::Members | TableRole::Properties) => {
            let declared = align(rows, &items::of_members(set, true), terms);
            let wire = align(rows, &items::of_members(set, false), terms);
            let sure = |alignment: &Alignment| {
                alignment.pairs.iter().filter(|pair| pair.evidence.any(Evidence::EXACT)).count()
            };
            let alignment = if sure(&wire) > sure(&declared) { wire } else { declared };
            Some(Bound { to, home, alignment, nested })
        }
        _ => None,
    }
}

/// How well the rows bear a binding out, 0 to 1; `None` if too badly for what speaks for it.
fn fit(rows: &[Item<'_>], alignment: &Alignment, prior: u8) -> Option<f32> {
    let count =
        |wanted: Evidence| alignment.pairs.iter().filter(|pair| pair.evidence.any(wanted)).count() as f32;
    let rows = rows.len() as f32;
    let sure = count(Evidence::EXACT.with(Evidence::CASE).with(Evidence::GLOSS)) / rows;
    let likely = alignment.pairs.iter().filter(|pair| pair.confidence >= 0.5).count() as f32 / rows;
    // `verion` alone, where an operation answers with a `version`.
    let spelled = || {
        let alike = Evidence::EXACT.with(Evidence::CASE).with(Evidence::SPELLING);
        rows <= 2.0 && count(alike) >= rows
    };
    let bears = match prior {
        3 => sure >= 0.3 || (likely >= 0.6 && (sure > 0.0 || rows <= 2.0)),
        2 => sure >= 0.4 || (likely >= 0.75 && sure > 0.2),
        1 => sure >= 0.5 || (likely >= 0.8 && sure >= 0.3) || spelled(),
        _ => sure >= 0.75,
    };
    bears.then_some(sure + 0.3 * likely)
}

/// The types that a table's surroundings name.
fn candidates<'a>(
    page: &Page,
    fact: &TableFact,
    spec: &SpecIndex<'a>,
    operation: Option<&'a Operation>,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    let mut add = |candidate: Option<Candidate<'a>>| {
        if let Some(candidate) = candidate
            && !found.iter().any(|other| other.is(&candidate))
        {
            found.push(candidate);
        }
    };
    let like = |name: &str, prior: u8, home: bool| Candidate::of(spec.type_like(name)?, prior, home);
    let section = fact.section.and_then(|at| page.facts.sections.get(at as usize));
    // `Create a box` is what the operation is called, and no type of one of its lists.
    let subject = fact.operation.and_then(|at| page.facts.operations.get(at as usize)?.section);
    let is_title = fact.part.is_some() && operation.is_some() && subject.is_some() && subject == fact.section;
    if let Some(section) = section.filter(|_| !is_title) {
        for name in section_names(page, section) {
            add(like(&name, 3, true));
        }
        let parent = section.parent.and_then(|at| page.facts.sections.get(at as usize));
        let nested =
            section.role == Some(SectionRole::Properties) || section.role == Some(SectionRole::Enumeration);
        for name in parent.filter(|_| nested).into_iter().flat_map(|parent| section_names(page, parent)) {
            add(like(&name, 3, true));
        }
        for heading in [Some(section), parent.filter(|_| nested)].into_iter().flatten() {
            let heading = page.document.text(&page.source.text, heading.text, View::Source);
            spec.types_in(&heading).into_iter().for_each(|def| add(Candidate::of(def, 2, true)));
        }
    }
    if let Some(operation) = operation {
        // One declared answer for a table that says which; else whichever its rows bear out.
        // What says nothing of its part may list what is sent.
        for ty in bodies::of_part(operation, fact.part.or(Some(Part::Body)), fact.status) {
            for (name, object) in bodies::objects(spec.schema, ty, &operation.name) {
                add(Some(Candidate {
                    to: Against::Properties(name, &object.properties),
                    prior: 1,
                    home: false,
                }));
            }
        }
    }
    if let Some(lead_in) = fact.lead_in {
        // `## OrderStatus`, "the status of an [Order]": below a heading of its own a table is not about every
        // type that its introduction mentions.
        let own = section.is_some_and(|section| section.role.is_none());
        for (name, prior) in lead_in_names(page, lead_in) {
            let prior = if own { 1 } else { prior };
            add(like(name, prior, false));
            if name.contains(' ') {
                spec.types_in(name).into_iter().for_each(|def| add(Candidate::of(def, prior.min(2), false)));
            }
        }
    }
    found
}

/// Adds the types of properties that a list below the one they stand in is headed by: `price`, `The price object`.
fn add_by_property<'a>(
    candidates: &mut Vec<Candidate<'a>>,
    page: &Page,
    fact: &TableFact,
    spec: &SpecIndex<'a>,
    above: &[&'a [Property]],
) {
    const WORDS: usize = 4;
    if above.is_empty() {
        return;
    }
    let text = page.source.text.as_str();
    let section = fact.section.and_then(|at| page.facts.sections.get(at as usize));
    let heading = section.map(|section| page.document.text(text, section.text, View::Source));
    let label = fact.lead_in.and_then(|at| page.document.blocks.get(at as usize)?.kind.text());
    let label = label.map(|label| page.document.text(text, label, View::Source));
    // What stands nearest says it.
    for said in [label, heading].into_iter().flatten() {
        let words: Vec<&str> = said.split_whitespace().take(WORDS + 1).collect();
        if words.len() > WORDS {
            continue;
        }
        let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_').to_owned();
        for name in words.into_iter().map(bare).filter(|name| !name.is_empty()) {
            let named = above.iter().find_map(|all| all.iter().find(|property| property.answers_to(&name)));
            let Some(property) = named else { continue };
            for (owner, object) in bodies::objects(spec.schema, &property.ty, &property.name) {
                let to = Against::Properties(owner, &object.properties);
                let candidate = Candidate { to, prior: 3, home: true };
                if !candidates.iter().any(|other| other.is(&candidate)) {
                    candidates.push(candidate);
                }
            }
        }
    }
}

/// A section's anchors and its heading's words, with and without the last word (`Cart resource`).
pub fn section_names(page: &Page, section: &Section) -> Vec<String> {
    let text = page.source.text.as_str();
    let block = &page.document.blocks[section.block as usize];
    let mut names: Vec<String> =
        page.document.anchors_in(block.span).iter().map(|anchor| anchor.name.of(text).to_owned()).collect();
    let views: &[View] = if page.document.bilingual { &[View::Source, View::Page] } else { &[View::Page] };
    for view in views {
        let heading = page.document.text(text, section.text, *view);
        if let Some((first, _)) = heading.split_once(' ').filter(|(first, _)| is_type_name(first)) {
            names.push(first.to_owned());
        }
        names.push(heading.into_owned());
    }
    names
}

/// `CartLineItem`: more than one hump, so that it is no ordinary first word of a heading.
fn is_type_name(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Type names that a lead-in paragraph links to or sets apart, with their weight.
pub fn lead_in_names(page: &Page, block: u32) -> Vec<(&str, u8)> {
    let Some(BlockKind::Paragraph { text: inline, .. }) =
        page.document.blocks.get(block as usize).map(|b| &b.kind)
    else {
        return Vec::new();
    };
    let text = page.source.text.as_str();
    let mut names = Vec::new();
    // `[CartLineItem]` alone announces its fields as a heading would.
    let bracketed = inline.span.of(text).strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    names.extend(bracketed.filter(|name| !name.contains(['[', ']', '\n'])).map(|name| (name.trim(), 2)));
    for run in page.document.inline_runs(*inline).iter().take(256) {
        if let Some(link) = page.document.link(run.link) {
            if let Some((_, fragment)) = link.target.of(text).split_once('#') {
                names.push((fragment, 3));
            }
            names.push((page.document.run_text(text, run).trim(), 2));
        } else if run.style.has(Style::STRONG) || run.style.has(Style::CODE) {
            names.push((page.document.run_text(text, run).trim(), 2));
        }
    }
    names
}

/// Adds the type that has most of the rows' names, if it has nearly all and they are telling.
fn add_by_structure<'a>(
    candidates: &mut Vec<Candidate<'a>>,
    rows: &[Item<'_>],
    spec: &SpecIndex<'a>,
    role: TableRole,
) {
    if role != TableRole::Properties || rows.len() < 4 || !candidates.is_empty() {
        return;
    }
    let mut counts: Vec<(&TypeDef, usize, usize)> = Vec::new();
    for row in rows.iter().take(200) {
        let owners = spec.owners(row.name);
        let telling = usize::from(owners.len() == 1);
        for def in owners {
            match counts.iter_mut().find(|(other, ..)| std::ptr::eq(*other, *def)) {
                Some((_, shared, own)) => {
                    *shared += 1;
                    *own += telling;
                }
                None => counts.push((def, 1, telling)),
            }
        }
    }
    let best = counts.into_iter().max_by_key(|(_, shared, own)| (*shared, *own));
    if let Some((def, shared, own)) = best
        && own >= 2
        && shared * 4 >= rows.len().min(200) * 3
    {
        candidates.extend(Candidate::of(def, 0, false));
    }
}
