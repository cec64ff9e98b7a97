//! Rust source to [`Schema`].
//!
//! `items` cuts files into items, `declarations` keeps those that describe data, and a [`Reader`] lowers
//! them from a work list: one named type after the other, each generic type once for every set of
//! arguments it is used with. Operations are those of constants, of routers and of attributes at handlers. Absent here: macro expansion, trait solving, `cfg` evaluation.

mod attributes;
mod case;
mod declarations;
mod described;
mod enums;
mod fields;
mod handlers;
mod imports;
mod items;
mod known;
mod modules;
mod nesting;
mod operations;
mod reader;
mod routes;
mod tokens;
mod types;

use crate::schema::{Note, SpecFile};

use crate::spec::merge::Part;
use crate::spec::notes::Notes;
use declarations::Declarations;
use reader::Reader;

/// Reads files that belong together: those of `files` whose numbers are `which`.
pub fn read(files: &[SpecFile], which: &[usize]) -> (Part, Vec<Note>) {
    let mut notes = Notes::default();
    let declarations = Declarations::collect(files, which, &mut notes);
    let mut reader = Reader::new(files, which, &declarations, &mut notes);
    reader.roots();
    let mut operations = reader.operations();
    operations.extend(reader.routes());
    let types = reader.finish();
    (Part { types, operations }, notes.into_sorted())
}
