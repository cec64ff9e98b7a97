//! Layouts as patterns, to be shown: `docs/{locale}/{path}` and how many pages of which locale follow it.

use std::collections::BTreeMap;
use std::fmt;

use super::{Layout, below, join, marks};
use crate::source::Locale;

/// Pages of one pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// With `{locale}` and `{path}`.
    pub pattern: String,
    /// How many pages follow it, by locale.
    pub locales: BTreeMap<Locale, usize>,
}

/// All patterns of a layout with their pages.
pub(super) fn shapes<'p>(
    layout: &Layout,
    paths: impl Iterator<Item = (&'p str, Option<&'p Locale>)>,
) -> Vec<Shape> {
    let mut found: BTreeMap<String, BTreeMap<Locale, usize>> = BTreeMap::new();
    for (path, locale) in paths {
        if let Some(locale) = locale {
            *found.entry(shape(layout, path)).or_default().entry(locale.clone()).or_default() += 1;
        }
    }
    let mut shapes: Vec<Shape> =
        found.into_iter().map(|(pattern, locales)| Shape { pattern, locales }).collect();
    shapes.sort_by_key(|shape| {
        let source = !shape.pattern.contains("{locale}");
        (std::cmp::Reverse(shape.locales.values().sum::<usize>()), !source)
    });
    shapes
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.pattern)?;
        for (at, (locale, count)) in self.locales.iter().enumerate() {
            write!(f, "{}{locale} {count}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// The pattern that a path follows.
pub(super) fn shape(layout: &Layout, path: &str) -> String {
    let bare = layout.bare(path);
    if let Some(rule) = bare.rule.and_then(|at| layout.rules.get(at)) {
        return rule.translations.written().to_owned();
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if !layout.plain.contains(path) {
        let known = |found: &marks::InName| layout.endings.contains_key(&(found.style, found.code.clone()));
        if let Some(found) = marks::in_name(name, &layout.names).into_iter().find(known) {
            let (stem, end) = found.rest.rsplit_once('.').unwrap_or((&found.rest, ""));
            let _ = stem;
            return match found.style {
                marks::Style::Dot => format!("{{path}}.{{locale}}.{end}"),
                marks::Style::Underscore => format!("{{path}}_{{locale}}.{end}"),
                marks::Style::Dash => format!("{{path}}-{{locale}}.{end}"),
                marks::Style::Lead => format!("{{locale}}-{{path}}.{end}"),
            };
        }
    }
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    if let Some((folder, mark)) =
        folders.filter_map(|folder| Some((folder, layout.folders.get(folder)?))).next_back()
    {
        let (above, step) = folder.rsplit_once('/').unwrap_or(("", folder));
        let step = match step.strip_prefix(mark.rest.as_str()).filter(|_| !mark.rest.is_empty()) {
            Some(code) => format!("{}{}{{locale}}", mark.rest, code.get(..1).unwrap_or("")),
            None if mark.rest.is_empty() => "{locale}".to_owned(),
            None => format!("{{locale}}-{}", mark.rest),
        };
        // What lies between the locale and the pages.
        let home = join(above, &mark.rest);
        let home = home.trim_end_matches('/');
        let moved = layout.moves.iter().find(|(from, _)| below(&bare.page, from).is_some());
        let between = moved.and_then(|(from, _)| below(from, home)).unwrap_or("");
        let pattern = join(above, &step);
        return join(&if between.is_empty() { pattern } else { join(&pattern, between) }, "{path}");
    }
    if let Some(root) = layout.roots.iter().find(|root| below(path, &root.prefix).is_some()) {
        return join(&root.prefix, "{path}");
    }
    let source = layout.sources.iter().find(|(folder, _)| below(path, folder).is_some());
    join(source.map_or("", |(folder, _)| folder), "{path}")
}

/// What a page's path has before its locale and what all languages share; the page's folder if its name carries the
/// locale.
pub(super) fn home<'p>(layout: &Layout, path: &'p str) -> Option<&'p str> {
    let pattern = shape(layout, path);
    let folders = pattern.rsplit_once('/').map_or("", |(folders, _)| folders);
    if pattern.starts_with('{') && !folders.contains('{') && pattern != "{path}" {
        return Some(path.rsplit_once('/').map_or("", |(folder, _)| folder));
    }
    let fixed = pattern.split_once('{').map_or(folders, |(fixed, _)| fixed);
    path.get(..fixed.rfind('/').unwrap_or(0))
}
