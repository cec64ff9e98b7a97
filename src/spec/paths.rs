//! Paths and URIs of documents, as text: no file is touched.

/// The file that a reference in the file at `from` leads to, as a path that starts where `from` starts;
/// `None` if it stays in its document or leads out of the file system.
pub fn file_of(from: &str, reference: &str) -> Option<String> {
    let path = reference.split('#').next().unwrap_or_default();
    if path.is_empty() || has_scheme(path) || path.starts_with("//") {
        return None;
    }
    let path = percent_decoded(path)?;
    let base =
        if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let joined = match (base, from.starts_with('/')) {
        ("", true) if !path.starts_with('/') => format!("/{path}"),
        ("", _) => path,
        (base, _) => format!("{base}/{path}"),
    };
    Some(normal(&joined))
}

/// A path without `.` and, where a folder stands before it, `..`.
pub fn normal(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", steps.join("/"))
}

/// Whether a file lies in a folder, by their normal paths. The working folder is `.` or empty.
pub fn is_below(path: &str, folder: &str) -> bool {
    let folder = normal(folder);
    match folder.as_str() {
        "" => !path.starts_with('/') && path != ".." && !path.starts_with("../"),
        "/" => path.starts_with('/'),
        folder => path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| !rest.starts_with("../")),
    }
}

/// The file's name without folder and extensions: `cart` of `specs/cart.schema.json`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.split('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// Whether a reference starts with a scheme: `https:`, `urn:`. One letter is a drive of Windows.
pub fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// A URI reference as seen from a base URI (RFC 3986, as far as references between schemas go).
pub fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) || base.is_empty() {
        return reference.to_owned();
    }
    let base = base.split(['#', '?']).next().unwrap_or_default();
    let (root, path) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            (format!("{scheme}://{}", &rest[..host]), &rest[host..])
        }
        None => (String::new(), base),
    };
    if reference.is_empty() {
        return base.to_owned();
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{}://{rest}", root.split("://").next().unwrap_or_default());
    }
    let folder =
        if reference.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let joined = normal(&format!("{folder}/{reference}"));
    let is_absolute = !root.is_empty() || reference.starts_with('/') || path.starts_with('/');
    match (is_absolute, joined.starts_with('/')) {
        (true, false) => format!("{root}/{joined}"),
        (false, true) => joined[1..].to_owned(),
        _ => format!("{root}{joined}"),
    }
}

/// Percent signs decoded; `None` if that is no text.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let decoded = code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_between_files() {
        for (from, reference, expected) in [
            ("specs/api.yaml", "cart.json#/Cart", Some("specs/cart.json")),
            ("specs/api.yaml", "./a/../cart.json", Some("specs/cart.json")),
            ("specs/api.yaml", "../common.json", Some("common.json")),
            ("api.yaml", "../common.json", Some("../common.json")),
            ("../api.yaml", "../common.json", Some("../../common.json")),
            ("/api.yaml", "a%20b.json", Some("/a b.json")),
            ("/x/api.yaml", "/b.json", Some("/b.json")),
            ("api.yaml", "#/components", None),
            ("api.yaml", "", None),
            ("api.yaml", "https://example.com/a.json", None),
            ("api.yaml", "//example.com/a.json", None),
            ("api.yaml", "urn:example:cart", None),
        ] {
            assert_eq!(file_of(from, reference).as_deref(), expected, "{from} {reference}");
        }
    }

    #[test]
    fn files_in_folders() {
        for (path, folder, expected) in [
            ("specs/a.json", "specs", true),
            ("specs/a.json", "./specs/", true),
            ("specs/../a.json", "specs", false),
            ("specs2/a.json", "specs", false),
            ("a.json", ".", true),
            ("../a.json", "", false),
            ("../a.json", "..", true),
            ("/x/a.json", "", false),
            ("/x/a.json", "/", true),
        ] {
            assert_eq!(is_below(path, folder), expected, "{path} in {folder}");
        }
    }

    #[test]
    fn references_between_identifiers() {
        for (base, reference, expected) in [
            ("https://example.com/schemas/cart.json", "item.json", "https://example.com/schemas/item.json"),
            ("https://example.com/schemas/cart.json", "/item", "https://example.com/item"),
            ("https://example.com", "item", "https://example.com/item"),
            ("https://example.com/a/b#x", "../c", "https://example.com/c"),
            ("https://example.com/a", "//other.org/b", "https://other.org/b"),
            ("https://example.com/a", "urn:b", "urn:b"),
            ("cart.json", "item.json", "item.json"),
            ("", "item.json", "item.json"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
