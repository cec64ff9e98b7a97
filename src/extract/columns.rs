//! The role of each column: header words first, checked and corrected by the shape of the cells.

use crate::document::{Row, View};
use crate::extract::Reader;
use crate::extract::shape::Shape;
use crate::facts::ColumnRole;
use crate::lexicon::HeaderRole;

/// A set of header roles, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Headers(u64);

impl Headers {
    /// Whether `role` is in it.
    pub fn has(self, role: HeaderRole) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether any of `roles` is in it.
    pub fn any(self, roles: &[HeaderRole]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What the header cells say, a set of roles a column in either language of the page.
pub(super) fn header_roles(reader: &Reader<'_>, header: Option<&Row>, width: usize) -> Vec<Headers> {
    let mut roles = vec![Headers::default(); width];
    let Some(header) = header else { return roles };
    for (found, cell) in roles.iter_mut().zip(reader.document.row_cells(header)) {
        let mut add = |text: &str| {
            reader.vocabulary.header(text).for_each(|role| found.0 |= 1 << role as u32);
        };
        let text = reader.document.text(reader.text, *cell, View::Page);
        add(&text);
        if reader.document.bilingual {
            let original = reader.document.text(reader.text, *cell, View::Source);
            if original != text {
                add(&original);
            }
        }
    }
    roles
}

/// Roles by what header and cells say together; every role but `Other` at most once, leftmost wins.
pub(super) fn column_roles(headers: &[Headers], shapes: &[Shape]) -> Vec<ColumnRole> {
    let mut roles = vec![ColumnRole::Other; shapes.len()];
    let mut free: Vec<usize> = (0..shapes.len()).collect();
    let mut take = |role: ColumnRole, fits: &dyn Fn(usize) -> f32| {
        let best = free
            .iter()
            .map(|at| (fits(*at), *at))
            .filter(|(fit, _)| *fit >= 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, at)) = best {
            roles[at] = role;
            free.retain(|other| *other != at);
        }
        best.is_some()
    };
    let says = |at: usize, wanted: &[HeaderRole]| headers[at].any(wanted);
    let header = |at: usize, wanted: &[HeaderRole], weight: f32| if says(at, wanted) { weight } else { 0.0 };
    let share = |at: usize, count: fn(&Shape) -> u32| shapes[at].share(count(&shapes[at]));

    let uri = take(ColumnRole::Uri, &|at| share(at, |s| s.uri) + header(at, &[HeaderRole::RequestUri], 0.3));
    if uri {
        let beside = |at: usize| {
            share(at, |s| s.method)
                + header(at, &[HeaderRole::Method], 0.6)
                + if at == 0 && share(at, |s| s.prose) < 0.5 { 0.1 } else { 0.0 }
        };
        take(ColumnRole::Method, &beside);
    }
    take(ColumnRole::HttpStatus, &|at| {
        share(at, |s| s.status) * 0.6
            + header(at, &[HeaderRole::HttpStatus], 0.5) * share(at, |s| s.number)
            + header(at, &[HeaderRole::HttpStatus], 0.1)
    });
    take(ColumnRole::ErrorCode, &|at| header(at, &[HeaderRole::ErrorCode], 0.6));
    let is_name = [
        HeaderRole::Property,
        HeaderRole::Parameter,
        HeaderRole::Header,
        HeaderRole::Member,
        HeaderRole::Name,
    ];
    take(ColumnRole::Type, &|at| {
        let lacks_names = if says(at, &is_name) { -0.6 } else { 0.0 };
        let leads = if at == 0 { -0.3 } else { 0.0 };
        // Short descriptions name types as well; only where all cells do is the header wrong.
        let describes =
            if says(at, &[HeaderRole::Description]) && !says(at, &[HeaderRole::Type]) { -0.5 } else { 0.0 };
        share(at, |s| s.type_word) + header(at, &[HeaderRole::Type], 0.5) - 0.7 * share(at, |s| s.prose)
            + lacks_names
            + describes
            + leads
    });
    let optional = |at: usize| says(at, &[HeaderRole::Optional]) && !says(at, &[HeaderRole::Required]);
    take(ColumnRole::Optional, &|at| if optional(at) { share(at, |s| s.mark) } else { 0.0 });
    // A column under a word that is not known, where the other words are, marks something else; and so do several.
    let unclaimed = |at: usize| headers[at].is_empty() && share(at, |s| s.mark) >= 0.5;
    let others = headers.iter().filter(|header| !header.is_empty()).count();
    let several = (0..shapes.len()).filter(|at| unclaimed(*at)).count() > 1;
    take(ColumnRole::Required, &|at| {
        if headers[at].is_empty() && (several || others > 1) {
            return 0.0;
        }
        let other = [
            HeaderRole::ReadOnly,
            HeaderRole::Updatable,
            HeaderRole::Nullable,
            HeaderRole::Description,
            HeaderRole::Default,
            HeaderRole::Example,
        ];
        let misled = header(at, &other, 0.8) + if at == 0 { 0.6 } else { 0.0 };
        share(at, |s| s.mark) * 0.8 + header(at, &[HeaderRole::Required], 0.5) - misled
    });
    take(ColumnRole::Name, &|at| {
        let alone = header(at, &is_name, 0.6) + header(at, &[HeaderRole::Value], 0.2);
        let leads = if at == 0 { 0.3 } else { 0.0 };
        // What a known word says to be something else is no name.
        let other =
            [HeaderRole::Method, HeaderRole::Operation, HeaderRole::PermissionType, HeaderRole::Permissions];
        let misled = if says(at, &other) && !says(at, &is_name) { -0.8 } else { 0.0 };
        misled + alone + leads + 0.4 * share(at, |s| s.identifier) + 0.2 * share(at, |s| s.type_word)
            - share(at, |s| s.prose)
            - share(at, |s| s.number)
    });
    take(ColumnRole::Description, &|at| {
        header(at, &[HeaderRole::Description, HeaderRole::Usage], 0.6) + 0.6 * share(at, |s| s.prose)
    });
    // Defaults are numbers as often as not.
    take(ColumnRole::Default, &|at| header(at, &[HeaderRole::Default], 0.6));
    take(ColumnRole::Number, &|at| share(at, |s| s.number));
    take(ColumnRole::Value, &|at| header(at, &[HeaderRole::Value], 0.6));
    take(ColumnRole::Example, &|at| header(at, &[HeaderRole::Example], 0.6));
    take(ColumnRole::Position, &|at| header(at, &[HeaderRole::Position], 0.6));
    roles
}
