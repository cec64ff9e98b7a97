//! Rust source to [`Schema`].
//!
//! `items` cuts files into items, `declarations` keeps those that describe data, and a [`Reader`] lowers
//! them from a work list: one named type after the other, each generic type once for every set of
//! arguments it is used with. Absent here: macro expansion, trait solving, `cfg` evaluation.

mod attributes;
mod case;
mod declarations;
mod enums;
mod fields;
mod imports;
mod items;
mod known;
mod nesting;
mod operations;
mod reader;
mod types;

use crate::schema::{Schema, SpecFile};

use crate::spec::notes::Notes;
use declarations::Declarations;
use reader::Reader;

/// Reads files that belong together.
pub fn read(files: Vec<SpecFile>) -> Schema {
    let mut notes = Notes::default();
    let declarations = Declarations::collect(&files, &mut notes);
    let mut reader = Reader::new(&files, &declarations, &mut notes);
    reader.roots();
    let operations = reader.operations();
    let types = reader.finish();
    Schema { types, operations, files, notes: notes.into_sorted() }
}
