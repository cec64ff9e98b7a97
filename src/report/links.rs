//! Where on the web the tool and its rules are at home.

/// Says which tool a report comes from.
pub const TOOL: &str = env!("CARGO_PKG_NAME");
/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The tool's page: its home page or repository, else where crates are listed.
pub fn tool() -> String {
    [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")]
        .into_iter()
        .find(|uri| !uri.is_empty())
        .map_or_else(|| format!("https://crates.io/crates/{TOOL}"), str::to_owned)
}

/// The rule's file, which begins with its manual.
pub fn rule(name: &str) -> String {
    format!("{}/src/rules/{}.rs", sources(env!("CARGO_PKG_REPOSITORY")), name.replace('-', "_"))
}

/// Where files can be looked at: in the repository, if it is known, else where crates are published.
fn sources(repository: &str) -> String {
    if repository.is_empty() {
        format!("https://docs.rs/crate/{TOOL}/latest/source")
    } else {
        format!("{}/blob/HEAD", repository.trim_end_matches('/').trim_end_matches(".git"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_rule_leads_to_its_own_file() {
        for each in rules::all() {
            let uri = rule(each.name);
            let (_, path) = uri.split_once("/src/").expect("a path below src");
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path);
            let text = std::fs::read_to_string(file).expect("the rule's file");
            assert!(text.starts_with(&format!("//! # {}\n", each.name)), "{uri}");
        }
    }

    #[test]
    fn a_repository_comes_before_the_registry() {
        assert_eq!(sources(""), "https://docs.rs/crate/docdrift/latest/source");
        assert_eq!(sources("https://host.example/a/b.git"), "https://host.example/a/b/blob/HEAD");
    }
}
