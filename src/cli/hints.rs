//! What somebody who wrote an option or command of another tool may have meant.

use std::path::Path;

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Options that other tools have, and the one here.
const OPTIONS: [(&str, &str); 33] = [
    ("--lang", "--locale"),
    ("--langs", "--locale"),
    ("--language", "--locale"),
    ("--languages", "--locale"),
    ("--target", "--locale"),
    ("--source", "--reference"),
    ("--source-lang", "--reference"),
    ("--source-language", "--reference"),
    ("--source-locale", "--reference"),
    ("--base-locale", "--reference"),
    ("--default-locale", "--reference"),
    ("--openapi", "--spec"),
    ("--swagger", "--spec"),
    ("--schema", "--spec"),
    ("--api", "--spec"),
    ("--rule", "--select"),
    ("--rules", "--select"),
    ("--only", "--select"),
    ("--enable", "--select"),
    ("--disable", "--ignore"),
    ("--skip", "--ignore"),
    ("--since", "--changed-since"),
    ("--threads", "--jobs"),
    ("--stdin", "-"),
    ("--stdin-filepath", "--stdin-filename"),
    ("--json", "--format json"),
    ("--sarif", "--format sarif"),
    ("--output", "--output-file"),
    ("--out", "--output-file"),
    ("-o", "--output-file"),
    ("--dry-run", "--diff"),
    ("--check", "--diff"),
    ("--config-file", "--config"),
];

/// Options that are commands here.
const COMMANDS: [(&str, &str); 6] = [
    ("--fix", "docdrift fix"),
    ("--apply", "docdrift fix"),
    ("--write", "docdrift fix"),
    ("--init", "docdrift init"),
    ("--explain", "docdrift explain"),
    ("--diff", "docdrift fix --diff"),
];

/// Commands of other tools.
const NAMES: [(&str, &str); 7] = [
    ("lint", "check"),
    ("validate", "check"),
    ("verify", "check"),
    ("test", "check"),
    ("diff", "fix --diff"),
    ("apply", "fix"),
    ("rule", "rules"),
];

/// The error with the right option or command as its tip, if it is known.
pub fn with_hint(mut error: Error, command: &Command) -> Error {
    let hint = match error.kind() {
        ErrorKind::UnknownArgument => {
            text(&error, ContextKind::InvalidArg).and_then(|option| of_option(&option, command))
        }
        ErrorKind::InvalidSubcommand => {
            text(&error, ContextKind::InvalidSubcommand).and_then(|name| of_command(&name))
        }
        _ => None,
    };
    if let Some(hint) = hint {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(hint)]));
    }
    error
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn of_option(option: &str, command: &Command) -> Option<String> {
    let option = option.split('=').next().unwrap_or(option);
    let called = std::env::args_os().skip(1).find_map(|argument| command.find_subcommand(argument))?;
    let takes = |meant: &str| {
        let long = meant.split(' ').next().and_then(|word| word.strip_prefix("--"));
        long.is_none_or(|long| called.get_arguments().any(|argument| argument.get_long() == Some(long)))
    };
    let meant = OPTIONS.iter().find(|(known, meant)| *known == option && takes(meant));
    let other = || COMMANDS.iter().find(|(known, _)| *known == option);
    let (_, meant) = meant.or_else(other)?;
    Some(format!("use '{meant}'"))
}

fn of_command(name: &str) -> Option<String> {
    if let Some((_, meant)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(format!("use 'docdrift {meant}'"));
    }
    Path::new(name).exists().then(|| format!("to check it, use 'docdrift check {name}'"))
}
