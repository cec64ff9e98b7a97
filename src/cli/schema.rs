//! `docdrift schema`: loads schemas, has them written or compared, prints.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::FAILURE;
use super::args::{SchemaCommand, SchemaExport, SchemaFormat};
use super::console::{self, Console};
use super::nearest::unknown;
use super::source::{Loaded, Loader};
use crate::export::{self, Format};
use crate::schema::Schema;

pub fn schema(command: &SchemaCommand, console: &Console) -> Result<ExitCode, String> {
    match command {
        SchemaCommand::Export(args) => export(args, console),
    }
}

fn export(args: &SchemaExport, console: &Console) -> Result<ExitCode, String> {
    let loader = Loader::new(&args.input, &[&args.from], console)?;
    let Loaded { schema, root } = loader.load(&args.from)?;
    let picked = picked(&schema, &args.resource)?;
    let (schema, root) = match picked.as_slice() {
        [] => (schema, root),
        [only] => (export::pick(&schema, &picked), Some(*only)),
        _ => (export::pick(&schema, &picked), None),
    };
    let format = match args.format {
        SchemaFormat::JsonSchema => Format::JsonSchema,
        SchemaFormat::Openapi => Format::OpenApi,
        SchemaFormat::Typescript => Format::TypeScript,
        SchemaFormat::Markdown => Format::Markdown,
        SchemaFormat::Canonical => Format::Canonical,
    };
    console::deliver(&export::render(&schema, format, root), args.output_file.as_deref())?;
    Ok(if loader.failed() { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}

/// The names of the types that were asked for, as the schema writes them.
fn picked<'s>(schema: &'s Schema, names: &[String]) -> Result<Vec<&'s str>, String> {
    let find = |name: &String| {
        let known = schema.get_ignore_case(name).map(|def| def.name.as_str());
        known.ok_or_else(|| unknown("resource", name, schema.types.keys().map(String::as_str)))
    };
    let picked: BTreeSet<&str> = names.iter().map(find).collect::<Result<_, _>>()?;
    Ok(picked.into_iter().collect())
}
