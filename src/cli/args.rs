//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::outputs::Outputs;
use super::source::Source;
use crate::finding::Severity;
use crate::nearest::unknown;
use crate::report;
use crate::rules::{self, Rule};

/// Does every language of your API docs still say what your code does?
#[derive(Parser)]
#[command(name = "docdrift", version, subcommand_required = true, arg_required_else_help = true)]
#[command(max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,

    /// Colours: `always`, `never`, or `auto` for the terminal, `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    // Else the number of commands would decide where among other options these two stand.
    #[arg(help_heading = "Output", display_order = 1)]
    pub color: When,

    /// Print findings and failures only
    #[arg(long, short, global = true, help_heading = "Output", display_order = 2)]
    pub quiet: bool,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one")]
pub enum Command {
    /// Report where pages, their translations and the code part
    Check(Check),
    /// Print what was understood of pages, and what was not
    Extract(Extract),
    /// Put right what has one right answer, and touch nothing else
    Fix(Fix),
    /// List what translation damaged, for `no-loc` lists and for code spans in the reference pages
    Protect(Protect),
    /// Write a folder with a report to look at, and the same for other tools
    Report(Report),
    /// Learn the words that pages of a locale use, or list those that no lexicon has
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
    /// Write the API's schema in the formats of other tools, or tell what changed between two
    Schema {
        #[command(subcommand)]
        command: SchemaCommand,
    },
    /// Print the manual of a rule
    Explain {
        /// The rule's name
        #[arg(value_parser = rule)]
        rule: &'static Rule,
    },
    /// List all rules
    Rules,
    /// Look at what is here, and write a docdrift.toml for it
    Init(Init),
    /// Print a script that completes commands and options in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What is read, and how.
#[derive(clap::Args)]
pub struct Input {
    /// Pages and folders of pages; `-` is standard input [default: `paths` of docdrift.toml, else .]
    pub paths: Vec<PathBuf>,

    /// What the pages are held against: `models` (built in), `none`, or a file or folder of Rust source,
    /// JSON Schema or OpenAPI; may be given several times
    #[allow(clippy::doc_markdown, reason = "help is plain text")]
    #[arg(long, value_name = "SPEC")]
    pub spec: Vec<String>,

    /// The locale whose pages vouch for the others; `none` for none [default: English, if there is any]
    #[arg(long, value_name = "LOCALE")]
    pub reference: Option<String>,

    /// Only pages of these locales
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub locale: Vec<String>,

    /// The name of the page on standard input
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,

    /// The configuration to use instead of the nearest docdrift.toml upwards
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long)]
    pub no_config: bool,

    /// How many threads to use [default: as many as pay off]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Which pages are judged, and by what.
#[derive(clap::Args)]
pub struct Scope {
    #[command(flatten)]
    pub input: Input,

    /// Judge by these rules only
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub select: Vec<&'static Rule>,

    /// Do not judge by these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub ignore: Vec<&'static Rule>,

    /// Judge only pages that changed since git's revision REV, committed or not, and pages that depend on
    /// them; all are read
    #[arg(long, value_name = "REV", conflicts_with = "files_from")]
    pub changed_since: Option<String>,

    /// Judge only pages listed in FILE, one a line or with zero bytes between, and pages that depend on
    /// them; all are read; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
}

#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Check {
    #[command(flatten)]
    pub scope: Scope,

    /// The lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error", help_heading = "Output")]
    pub fail_on: FailOn,

    /// Make findings no reason for exit code 1
    #[arg(long, conflicts_with = "fail_on", help_heading = "Output")]
    pub exit_zero: bool,

    #[command(flatten)]
    pub outputs: Outputs,

    /// Write the N worst findings only, and say how many more there are; all count for the exit code
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub max_findings: Option<usize>,

    /// Count findings by rule, after the summary
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,

    /// List the files that would be checked, and check none
    #[arg(long, help_heading = "Output")]
    pub show_files: bool,

    /// Check nothing; print what would be used, and where each value came from
    #[arg(long, help_heading = "Output")]
    pub show_settings: bool,

    /// Check again whenever something that is read has changed, until interrupted
    #[arg(long, conflicts_with_all = ["write_baseline", "prune_baseline", "show_files", "show_settings"])]
    pub watch: bool,

    #[command(flatten)]
    pub known: Known,

    /// Report nothing; write down all findings, to be held back from now on
    #[arg(long, value_name = "FILE", num_args = 0..=1, help_heading = "Baseline")]
    #[allow(clippy::option_option, reason = "the file may be left out")]
    pub write_baseline: Option<Option<PathBuf>>,

    /// Remove from the baseline what is no longer found
    #[arg(long, conflicts_with_all = ["write_baseline", "no_baseline"], help_heading = "Baseline")]
    pub prune_baseline: bool,
}

/// Which findings are known, and not told again.
#[derive(clap::Args)]
pub struct Known {
    /// Hold back the findings that this file knows [default: docdrift-baseline.json beside docdrift.toml,
    /// if it is there]
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub baseline: Option<PathBuf>,

    /// Hold nothing back
    #[arg(long, conflicts_with = "baseline", help_heading = "Baseline")]
    pub no_baseline: bool,
}

#[derive(clap::Args)]
pub struct Init {
    /// Replace the configuration that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(clap::Args)]
pub struct Extract {
    #[command(flatten)]
    pub input: Input,

    /// How facts are written
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: FactFormat,

    /// Write facts to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FactFormat {
    /// A digest of each page
    Text,
    /// The documented JSON object
    Json,
}

#[derive(clap::Args)]
pub struct Fix {
    #[command(flatten)]
    pub scope: Scope,

    /// Make also the fixes that have less evidence
    #[arg(long = "unsafe")]
    pub with_unsafe: bool,

    /// Write no file; print what would change as a unified diff, with exit code 1 if anything would
    #[arg(long, help_heading = "Output")]
    pub diff: bool,
}

#[derive(clap::Args)]
pub struct Protect {
    #[command(flatten)]
    pub scope: Scope,

    /// How damaged words are written
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: ListFormat,

    /// Print instead the diff of the reference pages that puts damaged words into code spans
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub diff: bool,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ListFormat {
    /// How often, what, where
    Text,
    /// The `no-loc` line of front matter, with counts as comments
    FrontMatter,
    /// The `no-loc` list of `docfx.json`
    Docfx,
}

#[derive(clap::Args)]
pub struct Report {
    #[command(flatten)]
    pub scope: Scope,

    /// The folder to write; it is made if it is not there
    #[arg(long, value_name = "FOLDER", default_value = "reports", help_heading = "Output")]
    pub output_dir: PathBuf,

    /// An earlier `report.json`, to show what became better and worse
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub previous: Option<PathBuf>,

    #[command(flatten)]
    pub known: Known,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one")]
pub enum LexiconCommand {
    /// Write a lexicon file of what parallel pages call header cells, types, marks, methods, sections
    Learn(LexiconLearn),
    /// List the words of pages that no lexicon has, and those used against it
    Check(LexiconCheck),
}

#[derive(clap::Args)]
pub struct LexiconLearn {
    #[command(flatten)]
    pub input: Input,

    /// Learn words that were seen at least so often in one role
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min: usize,

    /// Write down also what the lexicon knows
    #[arg(long)]
    pub all: bool,

    /// Write the lexicon to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct LexiconCheck {
    #[command(flatten)]
    pub input: Input,

    /// How words are written
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: WordFormat,

    /// Write words to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum WordFormat {
    /// One line each
    Text,
    /// The documented JSON object
    Json,
}

#[derive(Subcommand)]
pub enum SchemaCommand {
    /// Write a schema
    Export(SchemaExport),
    /// Tell what changed between two schemas, and whom it breaks
    Diff(SchemaDiff),
}

/// Which pages `docs` reads, and how.
#[derive(clap::Args)]
pub struct DocsInput {
    /// For `docs`: pages and folders of pages [default: `paths` of docdrift.toml, else .]
    pub paths: Vec<PathBuf>,

    /// For `docs`: the locale whose pages vouch for the others [default: English, if there is any]
    #[arg(long, value_name = "LOCALE")]
    pub reference: Option<String>,

    /// For `docs`: the configuration to use instead of the nearest docdrift.toml upwards
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// For `docs`: use no configuration
    #[arg(long)]
    pub no_config: bool,
}

#[derive(clap::Args)]
pub struct SchemaExport {
    #[command(flatten)]
    pub input: DocsInput,

    /// `models` (built in), `docs`, `docs:LOCALE`, a file or folder that holds a spec, or docdrift's own
    /// formats: `findings`, `changes`, `config`, `canonical`
    #[arg(long, value_name = "SOURCE", default_value = "models", value_parser = Source::parse)]
    pub from: Source,

    /// How the schema is written
    #[arg(long, value_name = "FORMAT", default_value = "json-schema", help_heading = "Output")]
    pub format: SchemaFormat,

    /// Only these types, what they refer to, and the operations that send or answer them. Of one type, JSON
    /// Schema is a schema that documents can be held against
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub resource: Vec<String>,

    /// Write the schema to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct SchemaDiff {
    /// The first schema: `models` (built in), `docs`, `docs:LOCALE`, or a file or folder that holds a spec
    #[arg(value_name = "A", value_parser = Source::parse)]
    pub before: Source,

    /// The second schema
    #[arg(value_name = "B", value_parser = Source::parse)]
    pub after: Source,

    #[command(flatten)]
    pub input: DocsInput,

    /// Only these types, of whichever schema has them, what they refer to, and the operations that send or answer
    /// them
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub resource: Vec<String>,

    /// Which changes make the exit code 1. Where one schema is documentation, those are breaking that
    /// break a program written by it
    #[arg(long, value_name = "LEVEL", default_value = "any", help_heading = "Output")]
    pub fail_on: ChangeLevel,

    /// How changes are written
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: ChangeFormat,

    /// Write changes to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ChangeLevel {
    /// Those that break somebody
    Breaking,
    /// All
    Any,
    /// None
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ChangeFormat {
    /// Both sides of each change
    Text,
    /// The documented JSON object
    Json,
    /// Tables
    Markdown,
}

#[derive(Clone, Copy, ValueEnum)]
#[allow(clippy::doc_markdown, reason = "clap prints it")]
pub enum SchemaFormat {
    /// A bundle of JSON Schema 2020-12
    JsonSchema,
    /// OpenAPI 3.1, with operations, examples, and where each part is from
    Openapi,
    /// TypeScript declarations
    Typescript,
    /// Tables of properties and values
    Markdown,
    /// All there is, in docdrift's own JSON, one property a line
    Canonical,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(clippy::doc_markdown, reason = "clap prints it")]
pub enum Format {
    /// Blocks with source lines
    Text,
    /// `path:line:column: severity[rule] message`
    Concise,
    /// The documented JSON object
    Json,
    /// Its findings, one a line
    JsonLines,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// Annotations in GitHub Actions
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// For reviewdog
    Rdjsonl,
    /// Tables and a list, for job summaries and comments
    Markdown,
}

impl Format {
    /// The format as reports know it; text in that style.
    pub fn of_report(self, style: report::Style) -> report::Format {
        match self {
            Self::Text => report::Format::Text(style),
            Self::Concise => report::Format::Concise,
            Self::Json => report::Format::Json,
            Self::JsonLines => report::Format::JsonLines,
            Self::Sarif => report::Format::Sarif,
            Self::Github => report::Format::Github,
            Self::Gitlab => report::Format::Gitlab,
            Self::Junit => report::Format::Junit,
            Self::Checkstyle => report::Format::Checkstyle,
            Self::Rdjsonl => report::Format::Rdjsonl,
            Self::Markdown => report::Format::Markdown,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

fn rule(name: &str) -> Result<&'static Rule, String> {
    rules::find(name).ok_or_else(|| unknown("rule", name, rules::all().iter().map(|rule| rule.name)))
}
