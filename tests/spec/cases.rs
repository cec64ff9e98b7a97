//! Rust source in, schema out: the cases of `cases/*.md`, a block of Rust and the dump.

use docdrift::schema::{Schema, SpecFile};
use docdrift::spec;

use crate::case_files::hold;
use crate::dump::dump;

#[test]
fn cases() {
    hold("tests/spec/cases", 20, |case| {
        let [("rust", source)] = case.blocks[..] else { panic!("{}: a block of Rust", case.title) };
        dump(&read(source))
    });
}

/// `// file: path` starts a further file.
fn read(source: &str) -> Schema {
    let mut files = vec![SpecFile { path: "a.rs".into(), text: String::new() }];
    for line in source.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("// file: ") {
            files.push(SpecFile { path: path.trim().into(), text: String::new() });
        } else {
            files.last_mut().unwrap().text.push_str(line);
        }
    }
    spec::rust(files)
}
