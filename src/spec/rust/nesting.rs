//! How deep a piece of source nests, told from its bytes before `syn`, which recurses, sees it.

/// Nesting beyond which an item is not parsed: types nested this deep do not occur, and a debug build
/// must get by on a thread's 2 MiB of stack.
const DEEPEST: u32 = 48;

/// What is open at one level of brackets.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    angles: u32,
    /// Prefixes since the last comma: `&&&T`, `fn() -> fn() -> T`, `return return ..`.
    run: u32,
}

/// Whether parsing `source` could recurse deeper than [`DEEPEST`]: brackets, angle brackets, and runs of
/// prefixes between two commas all count. `source` must have passed the lexer.
pub fn is_too_deep(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut levels: Vec<Level> = Vec::new();
    let mut outer = 0;
    let mut level = Level::default();
    let mut after_word = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(next) = after_blank(bytes, at) {
            at = next;
            continue;
        }
        let was_after_word = std::mem::take(&mut after_word);
        let before = at.checked_sub(1).map(|before| bytes[before]);
        at = after_token(source, at);
        match byte {
            b'(' | b'[' | b'{' => {
                levels.push(level);
                outer += level.angles + level.run + 1;
                level = Level::default();
            }
            b')' | b']' | b'}' => {
                let Some(parent) = levels.pop() else { return true };
                outer -= parent.angles + parent.run + 1;
                level = parent;
            }
            b'<' => level.angles += 1,
            b'>' if !matches!(before, Some(b'-' | b'=')) => level.angles = level.angles.saturating_sub(1),
            b',' | b';' => level.run = 0,
            // Neither literals, paths nor attributes nest.
            b'"' | b'\'' | b':' | b'#' | b'>' => {}
            _ if is_word(byte) => {
                level.run += u32::from(was_after_word);
                after_word = true;
            }
            _ => level.run += 1,
        }
        if outer + level.angles + level.run > DEEPEST {
            return true;
        }
    }
    false
}

/// After the white space or comment at `at`, if there is one.
fn after_blank(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes[at], bytes.get(at + 1)) {
        (b'/', Some(b'/' | b'*')) => Some(after_comment(bytes, at + 1)),
        (byte, _) if byte.is_ascii_whitespace() => Some(at + 1),
        _ => None,
    }
}

/// After the literal, word or sign at `at`.
fn after_token(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    match bytes[at] {
        b'"' => after_string(bytes, at + 1),
        b'\'' => after_quote(source, at + 1),
        byte if is_word(byte) => {
            let raw = if matches!(byte, b'r' | b'b' | b'c') { after_raw_string(bytes, at) } else { None };
            let word = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
            raw.unwrap_or(at + word)
        }
        _ => at + 1,
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The byte after a string's closing quote; `at` is the byte after the opening one.
fn after_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return at + 1,
            _ => 1,
        };
    }
    at
}

/// After a character literal; a lifetime is left to be read as a word.
fn after_quote(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or("");
    if rest.starts_with('\\') {
        // The escaped character may itself be a quote: `'\''`.
        return rest.get(2..).and_then(|tail| tail.find('\'')).map_or(source.len(), |end| at + 2 + end + 1);
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(c), Some('\'')) => at + c.len_utf8() + 1,
        _ => at,
    }
}

/// After a comment; `at` is the byte after its first slash. Block comments nest.
fn after_comment(bytes: &[u8], mut at: usize) -> usize {
    if bytes.get(at) == Some(&b'/') {
        while bytes.get(at).is_some_and(|byte| *byte != b'\n') {
            at += 1;
        }
        return at;
    }
    let mut open = 1u32;
    at += 1;
    while open > 0 {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (open, at) = (open + 1, at + 2),
            Some(b"*/") => (open, at) = (open - 1, at + 2),
            Some(_) => at += 1,
            None => return bytes.len(),
        }
    }
    at
}

/// After the raw string at `at`, if there is one: `r".."`, `br#".."#`.
fn after_raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let prefix = if bytes[at] == b'r' { 1 } else { 2 };
    if bytes.get(at + prefix - 1) != Some(&b'r') {
        return None;
    }
    let rest = &bytes[at + prefix..];
    let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
    if rest.get(hashes) != Some(&b'"') {
        return None;
    }
    let mut at = at + prefix + hashes + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        let is_closed = || bytes.get(at..at + hashes).is_some_and(|end| end.iter().all(|one| *one == b'#'));
        if *byte == b'"' && is_closed() {
            return Some(at + hashes);
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    fn nested(open: &str, close: &str, times: usize) -> String {
        format!("struct A {{ a: {}T{} }}", open.repeat(times), close.repeat(times))
    }

    #[test]
    fn what_makes_a_parser_recurse_counts() {
        for (open, close) in [
            ("Vec<", ">"),
            ("[", ";1]"),
            ("(", ",)"),
            ("&", ""),
            ("&mut ", ""),
            ("*const ", ""),
            ("fn() -> ", ""),
        ] {
            assert!(!is_too_deep(&nested(open, close, 15)), "{open}");
            assert!(is_too_deep(&nested(open, close, 100)), "{open}");
        }
        assert!(is_too_deep(&format!("const A: u8 = {} 1;", "return ".repeat(100))));
        assert!(is_too_deep(&format!("const A: u8 = {} 1;", "& #[a] ".repeat(100))));
        assert!(is_too_deep(&format!("const A: u8 = 1 {};", "+ 1".repeat(100))));
    }

    #[test]
    fn what_stands_side_by_side_does_not() {
        assert!(!is_too_deep(&format!(
            "struct A {{ {} }}",
            "#[a(b)] /// c\n pub d: Vec<Option<E>>,".repeat(100)
        )));
        assert!(!is_too_deep(&format!("enum A {{ {} }}", "/// it's\n B = -1,".repeat(100))));
        assert!(!is_too_deep(&format!("struct A {{ {} b: C }}", "/// d\n".repeat(100))));
        assert!(!is_too_deep(&format!("struct A {{ a: {}B }}", "b::".repeat(100))));
    }

    #[test]
    fn brackets_in_literals_and_comments_neither_open_nor_close() {
        let hidden = [
            r#""]\"]""#,
            r##"r#"]"]"#"##,
            r#"b"]""#,
            r#"br"]""#,
            r#"c"]""#,
            "']'",
            r"'\''",
            "b']'",
            "/* ]/* ] */ */",
            "// ]\n",
            "'a ",
            "'é'",
        ];
        for one in hidden {
            let balanced = format!("const A: &[B] = &[{}];", format!("[{one}],").repeat(60));
            assert!(!is_too_deep(&balanced), "{one}");
            let deep = format!("const A: &[B] = &{}{};", format!("[{one},").repeat(60), "]".repeat(60));
            assert!(is_too_deep(&deep), "{one}");
        }
    }
}
