//! `docdrift schema`: loads schemas, has them written or compared, prints.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::args::{ChangeFormat, ChangeLevel, SchemaCommand, SchemaDiff, SchemaExport, SchemaFormat};
use super::console::{self, Console};
use super::source::{Loaded, Loader};
use super::{FAILURE, FINDINGS};
use crate::export::{self, Format};
use crate::nearest::unknown;
use crate::report::Style;
use crate::report::schema_diff::{self as report, Labelled, View};
use crate::schema::Schema;
use crate::schema_diff;

pub fn schema(command: &SchemaCommand, console: &Console) -> Result<ExitCode, String> {
    match command {
        SchemaCommand::Export(args) => export(args, console),
        SchemaCommand::Diff(args) => diff(args, console),
    }
}

fn export(args: &SchemaExport, console: &Console) -> Result<ExitCode, String> {
    let loader = Loader::new(&args.input, &[&args.from], console)?;
    let Loaded { schema, root } = loader.load(&args.from)?;
    let picked = picked(&[&schema], &args.resource)?;
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

fn diff(args: &SchemaDiff, console: &Console) -> Result<ExitCode, String> {
    let loader = Loader::new(&args.input, &[&args.before, &args.after], console)?;
    let (mut before, mut after) = (loader.load(&args.before)?.schema, loader.load(&args.after)?.schema);
    if !args.resource.is_empty() {
        let picked = picked(&[&before, &after], &args.resource)?;
        (before, after) = export::pick_both(&before, &after, &picked);
    }
    let languages = loader.languages(&args.before, &args.after);
    let found = schema_diff::diff(&before, &after, languages);
    let labels = (args.before.to_string(), args.after.to_string());
    let view = View {
        found: &found,
        before: Labelled { label: &labels.0, schema: &before },
        after: Labelled { label: &labels.1, schema: &after },
    };
    let format = match args.format {
        ChangeFormat::Text if args.output_file.is_some() => report::Format::Text(Style::Plain),
        ChangeFormat::Text => report::Format::Text(console.style()),
        ChangeFormat::Json => report::Format::Json,
        ChangeFormat::Markdown => report::Format::Markdown,
    };
    console::deliver(&report::render(&view, format), args.output_file.as_deref())?;
    console.remark(&(report::summary(&view) + "\n"));
    let reached = match args.fail_on {
        ChangeLevel::Breaking => found.changes.iter().any(|change| change.breaks().any()),
        ChangeLevel::Any => !found.changes.is_empty(),
        ChangeLevel::Never => false,
    };
    Ok(match (loader.failed(), reached) {
        (true, _) => ExitCode::from(FAILURE),
        (false, true) => ExitCode::from(FINDINGS),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// The names of the types that were asked for, as each of the schemas that have them writes them.
fn picked<'s>(schemas: &[&'s Schema], names: &[String]) -> Result<Vec<&'s str>, String> {
    let mut picked = BTreeSet::new();
    for name in names {
        let known = schemas.iter().filter_map(|schema| schema.get_ignore_case(name));
        let mut known = known.map(|def| def.name.as_str()).peekable();
        if known.peek().is_none() {
            let all = schemas.iter().flat_map(|schema| schema.types.keys()).map(String::as_str);
            return Err(unknown("resource", name, all));
        }
        picked.extend(known);
    }
    Ok(picked.into_iter().collect())
}
