//! What a fix changes, as a unified diff that `git apply` and `patch` take.
//!
//! Made of bytes, so that the diff of an UTF-16 page applies to the page as it lies on the disk.

use std::fmt::Write as _;

use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

/// So many unchanged lines stand around a change.
const CONTEXT: usize = 3;

/// The diff from `old` to `new`, both called `path` (relative, forward slashes); empty if they are equal.
pub fn unified(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    // Lines end after `\n` only, as those who apply the diff count them.
    let old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
    let new: Vec<&[u8]> = new.split_inclusive(|byte| *byte == b'\n').collect();
    let mut out = Vec::new();
    for hunk in group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        if out.is_empty() {
            let (a, b) = (name("a/", path), name("b/", path));
            out.extend_from_slice(format!("--- {a}\n+++ {b}\n").as_bytes());
        }
        let from = range(first.old_range().start, last.old_range().end);
        let to = range(first.new_range().start, last.new_range().end);
        out.extend_from_slice(format!("@@ -{from} +{to} @@\n").as_bytes());
        for change in hunk.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let line: &[u8] = change.value();
            out.push(match change.tag() {
                ChangeTag::Equal => b' ',
                ChangeTag::Delete => b'-',
                ChangeTag::Insert => b'+',
            });
            out.extend_from_slice(line);
            if !line.ends_with(b"\n") {
                out.extend_from_slice(b"\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// First line, from 1, and number of lines.
fn range(start: usize, end: usize) -> String {
    match end - start {
        // An empty range is named by the line before it.
        0 => format!("{start},0"),
        1 => (start + 1).to_string(),
        count => format!("{},{count}", start + 1),
    }
}

/// The path as git writes it: in quotes if it would break the line, with a tab behind if it has a space.
fn name(side: &str, path: &str) -> String {
    let path = path.trim_start_matches('/');
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("{side}{path}{}", if path.contains(' ') { "\t" } else { "" });
    }
    let mut quoted = format!("\"{side}");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    write!(quoted, "\\{byte:03o}").expect("a String takes all text");
                }
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(path: &str, old: &str, new: &str) -> String {
        String::from_utf8(unified(path, old.as_bytes(), new.as_bytes())).expect("UTF-8 stays UTF-8")
    }

    #[test]
    fn a_change_stands_between_its_neighbours() {
        let old = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";
        let expected =
            "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-five\n+5\n 6\n 7\n 8\n";
        assert_eq!(diff("docs/a.md", old, &old.replace("five", "5")), expected);
        assert_eq!(diff("docs/a.md", old, old), "");
    }

    #[test]
    fn lines_end_as_the_tools_count_them() {
        let expected =
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-a\rb\r\n+a\rB\r\n c\n\\ No newline at end of file\n";
        assert_eq!(diff("a.md", "a\rb\r\nc", "a\rB\r\nc"), expected);
        assert_eq!(
            diff("a.md", "", "x\r"),
            "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+x\r\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn odd_paths_stay_on_their_line() {
        assert_eq!(name("a/", "my docs/à.md"), "a/my docs/à.md\t");
        assert_eq!(name("a/", "a\n\"b\".md"), "\"a/a\\012\\\"b\\\".md\"");
        assert_eq!(name("b/", "/srv/a.md"), "b/srv/a.md");
    }
}
