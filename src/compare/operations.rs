//! Which operation of the spec each operation of a page is: by method and path, base paths and the names of
//! placeholders aside. Absent here: methods and paths that a translation took apart, see [`super::requests`].

use crate::compare::paths::{Paths, covers};
use crate::compare::requests::is_method;
use crate::compare::spec_index::SpecIndex;
use crate::comparison::RequestComparison;
use crate::extract::path::Path;
use crate::facts::{METHODS, Page, RequestSense};
use crate::schema::Operation;

/// The operation of the spec for each of [`crate::facts::Facts::operations`].
pub fn operations<'a>(
    page: &Page,
    requests: &[RequestComparison<'a>],
    paths: &Paths,
    spec: &SpecIndex<'a>,
) -> Vec<Option<&'a Operation>> {
    let text = page.source.text.as_str();
    let written = |at: &u32| page.facts.requests.get(*at as usize);
    let of_page = page.facts.operations.iter().map(|operation| {
        // What the page declares, before what its examples show.
        let mut own: Vec<_> = operation.requests.iter().filter_map(written).collect();
        own.sort_by_key(|request| request.sense != RequestSense::Declared);
        let by_word = own.iter().find_map(|request| {
            let method = request.method(text);
            if is_method(method) {
                spec.operation_at(method, &paths.read(&request.target(text)))
            } else {
                None
            }
        });
        by_word.or_else(|| {
            let same = |request: &&RequestComparison<'a>| {
                own.iter()
                    .any(|own| own.target.start < request.path.1.end && request.path.1.start < own.target.end)
            };
            requests.iter().filter(same).find_map(|request| request.operation)
        })
    });
    of_page.collect()
}

/// The requests of the page that the spec does not have, with the nearest that it has: what the page declares, and what its
/// examples send in its place. What is on another resource altogether is out of the spec's scope.
pub fn unknown<'a>(
    page: &Page,
    operations: &[Option<&'a Operation>],
    paths: &Paths,
    spec: &SpecIndex<'a>,
) -> Vec<(u32, Option<&'a Operation>)> {
    let mut found = Vec::new();
    for (operation, known) in page.facts.operations.iter().zip(operations) {
        let mut own: Vec<Sent<'a>> =
            operation.requests.iter().filter_map(|at| Sent::read(page, *at, paths, spec)).collect();
        let declares = own.iter().any(|sent| sent.declared);
        let is_declared_known = own.iter().any(|sent| sent.declared && sent.operation.is_some());
        // `/quota/7/limits` is no base and the `/limits` of another operation where `/quotas/{id}/limits` is documented.
        for sent in &mut own {
            let is_tail = known.is_some_and(|known| sent.is_tail_of_another(known, spec));
            sent.operation = sent.operation.filter(|_| !is_tail);
        }
        own.retain(|sent| sent.operation.is_none());
        match known {
            // One form of several that are given is enough.
            Some(known) if is_declared_known => {
                let near = |sent: &Sent<'a>| {
                    spec.is_near(known, &sent.path)
                        || spec
                            .nearest(sent.method, &sent.path, true)
                            .is_some_and(|near| std::ptr::eq(near, *known))
                };
                found.extend(own.iter().filter(|sent| near(sent)).map(|sent| (sent.at, Some(*known))));
            }
            // What examples send is right, so that the text has it wrong.
            Some(known) if declares => {
                let first = own.iter().find(|sent| sent.declared);
                found.extend(first.map(|sent| (sent.at, Some(*known))));
            }
            Some(_) => {}
            None => {
                let first = own.iter().find(|sent| sent.declared == declares);
                let Some(first) = first else { continue };
                let nearest = spec.nearest(first.method, &first.path, !first.declared);
                if nearest.is_some() || spec.operations().any(|(_, template)| covers(template, &first.path)) {
                    found.push((first.at, nearest));
                }
            }
        }
    }
    found
}

/// A request as the page writes it, and the operation of the spec that it is.
struct Sent<'a> {
    /// Index into [`crate::facts::Facts::requests`].
    at: u32,
    method: &'static str,
    path: std::sync::Arc<Path>,
    declared: bool,
    operation: Option<&'a Operation>,
}

impl<'a> Sent<'a> {
    /// None where the method or path is no such thing.
    fn read(page: &Page, at: u32, paths: &Paths, spec: &SpecIndex<'a>) -> Option<Self> {
        let text = page.source.text.as_str();
        let request = page.facts.requests.get(at as usize)?;
        let written = request.method(text);
        let method = METHODS.into_iter().find(|method| *method == written)?;
        let path = paths.read(&request.target(text));
        let operation = spec.operation_at(method, &path);
        // Whatever can be got has a head.
        let operation =
            operation.or_else(|| if method == "HEAD" { spec.operation_at("GET", &path) } else { None });
        let declared = request.sense == RequestSense::Declared;
        path.is_path().then_some(Self { at, method, path, declared, operation })
    }
}

impl<'a> Sent<'a> {
    /// Whether only the end of the path is that of an operation, and all of it is nearly that of `known`.
    fn is_tail_of_another(&self, known: &'a Operation, spec: &SpecIndex<'a>) -> bool {
        let Some(operation) = self.operation.filter(|operation| !std::ptr::eq(*operation, known)) else {
            return false;
        };
        let template = Path::read(&operation.path);
        !self.declared && self.path.significant() > template.significant() && spec.is_near(known, &self.path)
    }
}

/// How well a path is one of a template, if it is: how many of its words are the template's.
pub fn fit(path: &Path, template: &Path) -> Option<usize> {
    let (have, want) = (path.significant(), template.significant());
    // A base has no placeholders.
    if have > want && (1..have - want).any(|at| path.literal(at).is_none()) {
        return None;
    }
    let shared = have.min(want);
    // What a template has in front may be a version; what a path has there, any base.
    let front = |at: usize| template.literal(at).is_some_and(is_base);
    if want == 0 || have < want && !(0..want - have).all(front) {
        return None;
    }
    let mut words = 0;
    for back in 1..=shared {
        let (at, with) = (have - back, want - back);
        match (path.literal(at), template.literal(with)) {
            (Some(found), Some(wanted)) if found.eq_ignore_ascii_case(wanted) => words += 1,
            (_, Some(_)) => return None,
            _ => {}
        }
    }
    (words > 0).then_some(words)
}

/// `api`, `v1`: what stands in front of resources.
pub fn is_base(segment: &str) -> bool {
    let version =
        segment.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    version || segment.eq_ignore_ascii_case("api") || segment.eq_ignore_ascii_case("rest")
}
