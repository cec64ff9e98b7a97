//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::outputs::Outputs;
use super::source::Source;
use crate::finding::Severity;
use crate::nearest::unknown;
use crate::report;
use crate::rules::{self, Rule};

const CHECK_EXAMPLES: &str = "\
Examples:
  docdrift check docs                               all locales against the source locale
  docdrift check docs --spec openapi.yaml           and against the API spec
  docdrift check docs --locale fr-FR,nl-NL          judge two locales only
  docdrift check --select translated-name           one rule
  docdrift check --changed-since main               what this branch changed
  docdrift check --format sarif --output-file docdrift.sarif

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the run failed.";

const FIX_EXAMPLES: &str = "\
Examples:
  docdrift fix --diff docs                          show what would change
  docdrift fix docs                                 apply the safe fixes";

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

    /// Print only findings and errors
    #[arg(long, short, global = true, help_heading = "Output", display_order = 2)]
    pub quiet: bool,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one")]
pub enum Command {
    /// Check docs, translations and API spec against each other
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Show what was read from each page, and what was not understood and why
    Extract(Extract),
    /// Apply safe fixes
    #[command(after_help = FIX_EXAMPLES)]
    Fix(Fix),
    /// List words that translation damaged, to protect them from the next translation
    Protect(Protect),
    /// Write a report: one HTML file, and the same for other tools
    Report(Report),
    /// Learn the header and type words of a language, or list unknown ones
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
    /// Export the schema, or compare two schemas
    Schema {
        #[command(subcommand)]
        command: SchemaCommand,
    },
    /// Show the manual of a rule
    Explain {
        /// The rule's name
        #[arg(value_parser = rule)]
        rule: &'static Rule,
    },
    /// List all rules by group
    Rules {
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
        format: RulesFormat,
    },
    /// Create a docdrift.toml for this project
    Init(Init),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What is read, and how.
#[derive(clap::Args)]
pub struct Input {
    /// Files and folders to check; `-` reads standard input [default: `paths` in docdrift.toml, or .]
    pub paths: Vec<PathBuf>,

    /// The API spec: a file or folder of Rust source, JSON Schema or OpenAPI; `models` for the built-in one, or
    /// `none`. Repeat it for several [default: none]
    #[allow(clippy::doc_markdown, reason = "help is plain text")]
    #[arg(long, value_name = "SPEC")]
    pub spec: Vec<String>,

    /// Source locale, which the other locales are compared with; `none` to compare them with each other
    #[arg(long, value_name = "LOCALE")]
    pub reference: Option<String>,

    /// Judge only pages of these locales
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub locale: Vec<String>,

    /// Path of the page on standard input
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,

    /// Configuration file to use instead of the nearest docdrift.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Ignore configuration files
    #[arg(long)]
    pub no_config: bool,

    /// Whether nothing but what is named is read.
    #[arg(skip)]
    pub alone: bool,

    /// Number of threads [default: as many as help]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Which pages are judged, and by what.
#[derive(clap::Args)]
pub struct Scope {
    #[command(flatten)]
    pub input: Input,

    /// Use only these rules or groups of rules, such as `names` and `links`
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Selected::parse)]
    pub select: Vec<Selected>,

    /// Leave out these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = Selected::parse)]
    pub ignore: Vec<Selected>,

    /// Judge only pages changed since the git revision REV, committed or not, and pages that depend on them. All
    /// pages are read
    #[arg(long, value_name = "REV", conflicts_with = "files_from")]
    pub changed_since: Option<String>,

    /// Judge only pages listed in FILE, separated by line breaks or zero bytes, and pages that depend on them. All
    /// pages are read; `-` reads the list from standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
}

#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Check {
    #[command(flatten)]
    pub scope: Scope,

    /// Lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error", help_heading = "Output")]
    pub fail_on: FailOn,

    /// Exit with 0 even if there are findings
    #[arg(long, conflicts_with = "fail_on", help_heading = "Output")]
    pub exit_zero: bool,

    #[command(flatten)]
    pub outputs: Outputs,

    /// Show only the N worst findings; all count for the exit code [default: all, on a terminal 100]
    #[arg(long, value_name = "N|all", value_parser = Most::parse, help_heading = "Output")]
    pub max_findings: Option<Most>,

    /// Group findings in text output [default: by page on a terminal, else not at all]
    #[arg(long, value_name = "BY", help_heading = "Output")]
    pub group_by: Option<Grouping>,

    /// Count findings by rule; [*] marks what `docdrift fix` can fix
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,

    /// List the files that would be checked, without checking them
    #[arg(long, help_heading = "Output")]
    pub show_files: bool,

    /// Show all settings and where each value comes from, without checking
    #[arg(long, help_heading = "Output")]
    pub show_settings: bool,

    /// Check again whenever a file changes
    #[arg(long, conflicts_with_all = ["write_baseline", "prune_baseline", "show_files", "show_settings"])]
    pub watch: bool,

    #[command(flatten)]
    pub known: Known,

    /// Write all findings to a baseline; from then on only new ones are reported
    #[arg(long, value_name = "FILE", num_args = 0..=1, help_heading = "Baseline")]
    #[allow(clippy::option_option, reason = "the file may be left out")]
    pub write_baseline: Option<Option<PathBuf>>,

    /// Remove entries from the baseline that no longer match
    #[arg(long, conflicts_with_all = ["write_baseline", "no_baseline"], help_heading = "Baseline")]
    pub prune_baseline: bool,
}

/// Which findings are known, and not reported again.
#[derive(clap::Args)]
pub struct Known {
    /// Baseline of known findings [default: docdrift-baseline.json beside docdrift.toml, if it exists]
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub baseline: Option<PathBuf>,

    /// Report known findings, too
    #[arg(long, conflicts_with = "baseline", help_heading = "Baseline")]
    pub no_baseline: bool,
}

#[derive(clap::Args)]
pub struct Init {
    /// Overwrite an existing docdrift.toml
    #[arg(long)]
    pub force: bool,
}

#[derive(clap::Args)]
pub struct Extract {
    #[command(flatten)]
    pub input: Input,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: FactFormat,

    /// Write to this file instead of standard output
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

    /// Apply fixes with less evidence, too
    #[arg(long = "unsafe")]
    pub with_unsafe: bool,

    /// Show what would change as a unified diff, without writing; exit with 1 if anything would change
    #[arg(long, help_heading = "Output")]
    pub diff: bool,
}

#[derive(clap::Args)]
pub struct Protect {
    #[command(flatten)]
    pub scope: Scope,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: ListFormat,

    /// Show a diff of the source pages that puts damaged words into code spans
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub diff: bool,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum RulesFormat {
    /// One rule a line
    Text,
    /// Everything that is known of each rule, with its manual
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ListFormat {
    /// How often, what, where
    Text,
    /// The `no-loc` line of front matter, with counts as comments
    FrontMatter,
    /// The `no-loc` list of `docfx.json`
    Docfx,
    /// A glossary of two columns, source and target: `DeepL`, Azure document translation
    GlossaryTsv,
    /// A glossary with a column for each language: Google, Amazon Translate
    GlossaryCsv,
    /// A translation memory, TMX 1.4: Amazon Translate, Azure Custom Translator, most editors of translations
    Tmx,
    /// A termbase, TBX-Basic: Weblate, Crowdin, most translation platforms
    Tbx,
}

#[derive(clap::Args)]
pub struct Report {
    #[command(flatten)]
    pub scope: Scope,

    /// Folder to write to
    #[arg(long, value_name = "FOLDER", default_value = "reports", help_heading = "Output")]
    pub output_dir: PathBuf,

    /// An earlier `report.json` to compare with
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub previous: Option<PathBuf>,

    /// A line for the header of the HTML file, such as a commit and a date
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    pub note: Option<String>,

    /// Address of a line of a source file, with `{path}` and `{line}`: `https://host.example/blob/main/{path}#L{line}`
    #[arg(long, value_name = "URL", value_parser = source_url, help_heading = "Output")]
    pub source_url: Option<String>,

    #[command(flatten)]
    pub known: Known,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one")]
pub enum LexiconCommand {
    /// Learn words for header cells, types, marks, methods and sections from parallel pages
    Learn(LexiconLearn),
    /// List words that no lexicon has, and words that pages use differently
    Check(LexiconCheck),
}

#[derive(clap::Args)]
pub struct LexiconLearn {
    #[command(flatten)]
    pub input: Input,

    /// Minimum number of times a word occurs in a role
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min: usize,

    /// Include words that the lexicon has already
    #[arg(long)]
    pub all: bool,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct LexiconCheck {
    #[command(flatten)]
    pub input: Input,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: WordFormat,

    /// Write to this file instead of standard output
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
    /// Export a schema
    Export(SchemaExport),
    /// Compare two schemas and say which clients each change breaks
    Diff(SchemaDiff),
}

/// Which pages `docs` reads, and how.
#[derive(clap::Args)]
pub struct DocsInput {
    /// For `docs`: files and folders to read [default: `paths` in docdrift.toml, or .]
    pub paths: Vec<PathBuf>,

    /// For `docs`: the source locale
    #[arg(long, value_name = "LOCALE")]
    pub reference: Option<String>,

    /// For `docs`: configuration file to use instead of the nearest docdrift.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// For `docs`: ignore configuration files
    #[arg(long)]
    pub no_config: bool,
}

#[derive(clap::Args)]
pub struct SchemaExport {
    #[command(flatten)]
    pub input: DocsInput,

    /// Where the schema comes from: `models` (built in), `docs`, `docs:LOCALE`, a spec file or folder, or one of
    /// docdrift's own formats: `findings`, `changes`, `config`, `canonical`
    #[arg(long, value_name = "SOURCE", default_value = "models", value_parser = Source::parse)]
    pub from: Source,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "json-schema", help_heading = "Output")]
    pub format: SchemaFormat,

    /// Only these types, the types they use, and operations that send or return them. With one type, JSON Schema
    /// output validates documents of that type
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub resource: Vec<String>,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct SchemaDiff {
    /// The first schema: `models` (built in), `docs`, `docs:LOCALE`, or a spec file or folder
    #[arg(value_name = "A", value_parser = Source::parse)]
    pub before: Source,

    /// The second schema
    #[arg(value_name = "B", value_parser = Source::parse)]
    pub after: Source,

    #[command(flatten)]
    pub input: DocsInput,

    /// Only these types, the types they use, and operations that send or return them
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub resource: Vec<String>,

    /// Which changes make the exit code 1. If one schema comes from docs, a change is breaking if it breaks a
    /// program written by them
    #[arg(long, value_name = "LEVEL", default_value = "any", help_heading = "Output")]
    pub fail_on: ChangeLevel,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: ChangeFormat,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ChangeLevel {
    /// Breaking changes
    Breaking,
    /// Any change
    Any,
    /// No change
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
    /// OpenAPI 3.1 with operations, examples and places
    Openapi,
    /// TypeScript declarations
    Typescript,
    /// Tables of properties and values
    Markdown,
    /// Everything, in docdrift's own JSON, one property a line
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

/// How many findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct Most(pub usize);

impl Most {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self(usize::MAX)),
            _ => text.parse().map(Self).map_err(|_| "neither a number nor `all`".to_owned()),
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Grouping {
    /// By page, worst page first
    Page,
    /// By rule
    Rule,
    /// By locale
    Locale,
}

impl Grouping {
    /// The grouping as reports know it.
    pub fn of_report(self) -> report::GroupBy {
        match self {
            Self::Page => report::GroupBy::Page,
            Self::Rule => report::GroupBy::Rule,
            Self::Locale => report::GroupBy::Locale,
        }
    }
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

/// What `--select` and `--ignore` name: a rule, or all of a group.
#[derive(Clone)]
pub struct Selected(Vec<&'static Rule>);

impl Selected {
    fn parse(name: &str) -> Result<Self, String> {
        if let Some((_, rules)) = rules::groups().iter().find(|(group, _)| *group == name) {
            return Ok(Self(rules.to_vec()));
        }
        let known =
            rules::groups().iter().map(|(group, _)| *group).chain(rules::all().iter().map(|rule| rule.name));
        rules::find(name).map(|rule| Self(vec![rule])).ok_or_else(|| unknown("rule", name, known))
    }

    /// Whether a rule is among those.
    pub fn any(selected: &[Self], name: &str) -> bool {
        Self::names(selected).any(|each| each == name)
    }

    /// The names of those rules.
    pub fn names(selected: &[Self]) -> impl Iterator<Item = &'static str> {
        selected.iter().flat_map(|each| &each.0).map(|rule| rule.name)
    }
}

fn rule(name: &str) -> Result<&'static Rule, String> {
    rules::find(name).ok_or_else(|| unknown("rule", name, rules::all().iter().map(|rule| rule.name)))
}

/// An address that a browser may open.
fn source_url(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    if is_web && text.contains("{path}") {
        Ok(text.to_owned())
    } else {
        Err("it has to start with https:// and contain {path}".to_owned())
    }
}
