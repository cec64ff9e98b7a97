//! Which type of the spec a table documents: by anchor, heading, lead-in link, operation, then structure.

use crate::alignment::{Alignment, Evidence};
use crate::compare::align::{Item, Terms, align};
use crate::compare::items;
use crate::compare::spec_index::SpecIndex;
use crate::comparison::{Against, Bound};
use crate::document::{BlockKind, Style, View};
use crate::facts::{Page, Section, SectionRole, TableFact, TableRole};
use crate::schema::{Shape, Type, TypeDef};

/// A type that a table may document, and how strongly its surroundings say so.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    def: &'a TypeDef,
    /// 3: anchor or heading is the type's name; 2: a link or word of the lead-in; 1: the operation; 0: structure.
    prior: u8,
    /// Whether the table stands in the section named after the type.
    home: bool,
}

/// What is known of the request that a page documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageOperation<'a> {
    /// The type of its request body.
    pub request: Option<&'a Type>,
    /// The type of its successful response.
    pub response: Option<&'a Type>,
}

/// Binds a property or member table to a type of the spec, if its rows bear the binding out.
pub fn bind_table<'a>(
    page: &Page,
    fact: &TableFact,
    items: &[Item<'_>],
    spec: &SpecIndex<'a>,
    operation: PageOperation<'a>,
    terms: &Terms<'_>,
) -> Option<Bound<'a>> {
    if items.is_empty() {
        return None;
    }
    let mut candidates = candidates(page, fact, spec, operation);
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
    let (def, home) = (candidate.def, candidate.home);
    match (&def.shape, role) {
        (Shape::Object(object), TableRole::Properties | TableRole::Parameters) => {
            let right = items::of_properties(spec.schema, &object.properties);
            let to = Against::Properties(&def.name, &object.properties);
            Some(Bound { to, home, alignment: align(rows, &right, terms) })
        }
        (Shape::Enum(set), TableRole::Members | TableRole::Properties) => {
            let declared = align(rows, &items::of_members(set, true), terms);
            let wire = align(rows, &items::of_members(set, false), terms);
            let sure = |alignment: &Alignment| {
                alignment.pairs.iter().filter(|pair| pair.evidence.any(Evidence::EXACT)).count()
            };
            let alignment = if sure(&wire) > sure(&declared) { wire } else { declared };
            Some(Bound { to: Against::Members(&def.name, set), home, alignment })
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
    let bears = match prior {
        3 => sure >= 0.3 || (likely >= 0.6 && (sure > 0.0 || rows <= 2.0)),
        2 => sure >= 0.4 || (likely >= 0.75 && sure > 0.2),
        1 => sure >= 0.5 || (likely >= 0.8 && sure >= 0.3),
        _ => sure >= 0.75,
    };
    bears.then_some(sure + 0.3 * likely)
}

/// The types that a table's surroundings name.
fn candidates<'a>(
    page: &Page,
    fact: &TableFact,
    spec: &SpecIndex<'a>,
    operation: PageOperation<'a>,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    let mut add = |def: Option<&'a TypeDef>, prior: u8, home: bool| {
        if let Some(def) = def
            && !found.iter().any(|other| std::ptr::eq(other.def, def))
        {
            found.push(Candidate { def, prior, home });
        }
    };
    let section = fact.section.and_then(|at| page.facts.sections.get(at as usize));
    if let Some(section) = section {
        for name in section_names(page, section) {
            add(spec.type_like(&name), 3, true);
        }
        let parent = section.parent.and_then(|at| page.facts.sections.get(at as usize));
        let nested =
            section.role == Some(SectionRole::Properties) || section.role == Some(SectionRole::Enumeration);
        for name in parent.filter(|_| nested).into_iter().flat_map(|parent| section_names(page, parent)) {
            add(spec.type_like(&name), 3, true);
        }
        let body = match section.role {
            Some(SectionRole::RequestBody) => operation.request,
            Some(SectionRole::ResponseBody | SectionRole::Response) => operation.response,
            _ => None,
        };
        if let Some(Type::Named(name)) = body {
            add(spec.schema.get(name), 1, false);
        }
    }
    if let Some(lead_in) = fact.lead_in {
        // `## OrderStatus`, "the status of an [Order]": below a heading of its own a table is not about every
        // type that its introduction mentions.
        let own = section.is_some_and(|section| section.role.is_none());
        for (name, prior) in lead_in_names(page, lead_in) {
            add(spec.type_like(name), if own { 1 } else { prior }, false);
        }
    }
    found
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
        candidates.push(Candidate { def, prior: 0, home: false });
    }
}
