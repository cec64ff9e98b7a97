//! Which formats go where: `--format` and `--output-file`, in pairs.
//!
//! Each file takes the format named before it. One format may go without a file, to standard output. A
//! single pair may come in either order.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, Error, value_parser};

use super::args::Format;

const FORMAT: &str = "format";
const FILE: &str = "output_file";

/// Formats and files with their positions among all arguments.
pub struct Outputs {
    formats: Vec<(usize, Format)>,
    files: Vec<(usize, PathBuf)>,
}

/// One way to write findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    pub format: Format,
    /// `None` is standard output.
    pub file: Option<PathBuf>,
}

impl clap::Args for Outputs {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new(FORMAT)
            .long("format")
            .value_name("FORMAT")
            .value_parser(value_parser!(Format))
            .action(ArgAction::Append)
            .help_heading("Output")
            .help("Output format [default: text]; repeat it with --output-file for several");
        let file = Arg::new(FILE)
            .long("output-file")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .action(ArgAction::Append)
            .help_heading("Output")
            .help("Write the preceding format to this file instead of standard output");
        command.arg(format).arg(file)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self { formats: positioned(matches, FORMAT), files: positioned(matches, FILE) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn positioned<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> Vec<(usize, T)> {
    let positions = matches.indices_of(id).unwrap_or_default();
    positions.zip(matches.get_many(id).unwrap_or_default().cloned()).collect()
}

impl Outputs {
    /// What is written, in the order of the formats; at least one. Else, what is wrong.
    pub fn pairs(&self) -> Result<Vec<Output>, String> {
        if let ([] | [_], [] | [_]) = (&*self.formats, &*self.files) {
            let format = self.formats.first().map_or(Format::Text, |(_, format)| *format);
            return Ok(vec![Output { format, file: self.files.first().map(|(_, file)| file.clone()) }]);
        }
        let mut outputs: Vec<Output> =
            self.formats.iter().map(|(_, format)| Output { format: *format, file: None }).collect();
        for (at, file) in &self.files {
            let shown = file.display();
            if outputs.iter().any(|output| output.file.as_ref() == Some(file)) {
                return Err(format!("two formats would go to `{shown}`"));
            }
            let before = self.formats.partition_point(|(format, _)| format < at);
            match outputs[..before].last_mut() {
                Some(Output { file: free @ None, .. }) => *free = Some(file.clone()),
                _ => return Err(format!("`--output-file {shown}` has no `--format` of its own before it")),
            }
        }
        if outputs.iter().filter(|output| output.file.is_none()).count() > 1 {
            return Err("only one `--format` can go to standard output; give each other its `--output-file`"
                .to_owned());
        }
        Ok(outputs)
    }

    /// The files that are written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(_, file)| file.as_path())
    }
}
