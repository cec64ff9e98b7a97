//! Where on the web the tool and its rules are at home: nowhere unless the package says so. A link that leads nowhere is
//! worse than none, and manuals are part of what needs them.

/// Says which tool a report comes from.
pub const TOOL: &str = env!("CARGO_PKG_NAME");
/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The tool's page: its home page or its repository.
pub fn tool() -> Option<String> {
    [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")]
        .into_iter()
        .find(|uri| !uri.is_empty())
        .map(str::to_owned)
}

/// The rule's file in the repository, which begins with its manual.
pub fn rule(name: &str) -> Option<String> {
    file(env!("CARGO_PKG_REPOSITORY"), name)
}

fn file(repository: &str, rule: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/').trim_end_matches(".git");
    let file = rule.replace('-', "_");
    (!repository.is_empty()).then(|| format!("{repository}/blob/HEAD/src/rules/{file}.rs"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_rule_leads_to_its_own_file() {
        for each in rules::all() {
            let uri = file("https://host.example/a/b.git", each.name).expect("a repository");
            let path = uri.strip_prefix("https://host.example/a/b/blob/HEAD/").expect("a path");
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let text = std::fs::read_to_string(file).expect("the rule's file");
            assert!(text.starts_with(&format!("//! # {}\n", each.name)), "{uri}");
        }
    }

    #[test]
    fn without_a_repository_there_is_no_link() {
        assert_eq!(file("", "name-case"), None);
    }
}
