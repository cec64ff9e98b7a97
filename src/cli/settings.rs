//! `docdrift check --show-settings`: what a run would use, and where each value came from.

use std::fmt::{Display, Write as _};

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::args::{Check, Selected};
use super::run::severities;
use super::{baseline, input};
use crate::project::config::{Config, LEVELS, Setting};
use crate::project::input::{lexicon, pages, source};
use crate::read::{EXTENSIONS, shown, working_folder};
use crate::rules;

/// What is not in the configuration: the argument's name, what it is called here, and what counts without it if
/// its declaration does not say.
const ARGUMENTS: [(&str, &str, Option<&str>); 4] = [
    ("fail_on", "fail-on", None),
    ("format", "format", Some("text")),
    ("output_file", "output-file", None),
    ("jobs", "jobs", None),
];

/// The settings as TOML, with where they came from as comments, and what the tree looks like.
pub fn show(args: &Check, matches: &ArgMatches) -> Result<String, String> {
    let config = input::config(&args.scope.input)?;
    let mut page = Page { text: String::new(), config: &config };
    page.file(args);
    page.lists(args);
    page.baseline(args);
    page.arguments(matches);
    page.layout(args);
    page.rules(args);
    for table in ["locales", "locale-names"] {
        page.table(table);
    }
    page.overrides();
    Ok(page.text)
}

struct Page<'c> {
    text: String,
    config: &'c Config,
}

impl Page<'_> {
    fn file(&mut self, args: &Check) {
        let input = &args.scope.input;
        match &self.config.file {
            Some(path) => {
                let origin = if input.config.is_some() { "--config" } else { "the nearest upwards" };
                self.line("config", quoted(shown(path, &working_folder())), origin);
            }
            None => self.unset("config", if input.no_config { "--no-config" } else { "there is none" }),
        }
    }

    fn lists(&mut self, args: &Check) {
        let input = &args.scope.input;
        let given: Vec<String> = input.paths.iter().map(|path| shown(path, &working_folder())).collect();
        self.setting("paths", &given, "the command line", "[\".\"]");
        self.setting("include", &[], "", &list(&[format!("**/*.{{{}}}", EXTENSIONS.join(","))]));
        self.setting("exclude", &[], "", "[]");
        self.setting("spec", &input.spec, "--spec", "\"none\"");
        let reference: Vec<String> = input.reference.iter().cloned().collect();
        match (reference.first(), self.written("reference")) {
            (Some(tag), _) => self.line("reference", quoted(tag), "--reference"),
            (None, Some((written, place))) => self.line("reference", written, place),
            (None, None) => {}
        }
        match input.locale.as_slice() {
            [] => self.unset("locale", "all are judged"),
            tags => self.line("locale", list(tags), "--locale"),
        }
        self.setting("lexicons", &[], "", "[]");
        self.setting("keep", &[], "", "[]");
    }

    /// Where pages of which locale lie, and which are the source of the others, if nobody says.
    fn layout(&mut self, args: &Check) {
        let input = &args.scope.input;
        let mut inputs = input::inputs(input, self.config);
        inputs.paths.retain(|path| path.as_os_str() != "-");
        // What is wrong with a lexicon, a check says; the settings are shown all the same.
        let lexicon = lexicon(&self.config.lexicons).unwrap_or_default();
        let reading = pages(&inputs, &lexicon, |_| ());
        let sources = || reading.pages.iter().map(|page| &page.source);
        self.text.push('\n');
        if input.reference.is_none() && self.written("reference").is_none() {
            match source(&reading.pages, &reading.layout) {
                Some(chosen) => self.unset("reference", &format!("{}, {}", chosen.locale, chosen.why)),
                None => self.unset("reference", "no locale is the source of the others"),
            }
        }
        for shape in reading.layout.shapes(sources().map(|page| (page.path.as_str(), page.locale.as_ref()))) {
            self.unset("layout", &shape.to_string());
        }
        let others = sources().filter(|page| page.locale.is_none()).count();
        if others > 0 {
            self.unset("without a locale", &format!("{others} of {} pages", reading.pages.len()));
        }
    }

    fn baseline(&mut self, args: &Check) {
        let place = baseline::place(&args.scope, &args.known, self.config)
            .map(|path| shown(&path, &working_folder()));
        match (place, &args.known.baseline, self.written("baseline")) {
            (Some(path), Some(_), _) => self.line("baseline", quoted(path), "--baseline"),
            (Some(path), None, Some((_, origin))) => self.line("baseline", quoted(path), origin),
            (Some(path), None, None) => self.line("baseline", quoted(path), "there is one"),
            (None, ..) if args.known.no_baseline => self.unset("baseline", "--no-baseline"),
            (None, ..) => self.unset("baseline", "there is none"),
        }
    }

    fn arguments(&mut self, matches: &ArgMatches) {
        for (id, name, default) in ARGUMENTS {
            let Ok(Some(values)) = matches.try_get_raw(id) else {
                if let Some(value) = default {
                    self.line(name, quoted(value), "default");
                }
                continue;
            };
            let values: Vec<String> = values.map(|value| value.to_string_lossy().into_owned()).collect();
            let value = if let [one] = values.as_slice() { quoted(one) } else { list(&values) };
            let origin = match matches.value_source(id) {
                Some(ValueSource::CommandLine) => format!("--{name}"),
                Some(ValueSource::EnvVariable) => "the environment".to_owned(),
                _ => "default".to_owned(),
            };
            self.line(name, value, origin);
        }
    }

    fn rules(&mut self, args: &Check) {
        self.text.push_str("\n[rules]\n");
        let severities = severities(&args.scope, self.config.rules.clone());
        for rule in rules::all() {
            let severity = severities.get(rule.name).copied().unwrap_or(Some(rule.severity));
            let level = LEVELS.iter().find(|(_, level)| *level == severity).map_or("", |(name, _)| name);
            let configured = self.config.places.get(&["rules", rule.name]);
            let origin = if Selected::any(&args.scope.ignore, rule.name) {
                "--ignore".to_owned()
            } else if !args.scope.select.is_empty()
                && (severity.is_none() || self.config.rules.get(rule.name) == Some(&None))
            {
                "--select".to_owned()
            } else {
                configured.map_or_else(|| "default".to_owned(), |setting| setting.place.clone())
            };
            self.line(rule.name, quoted(level), origin);
        }
    }

    /// A table whose keys are the user's.
    fn table(&mut self, name: &str) {
        let settings: Vec<Setting> = self.config.places.within(name).cloned().collect();
        if settings.is_empty() {
            return;
        }
        writeln!(self.text, "\n[{name}]").expect("a String takes all text");
        for Setting { keys, place, written } in settings {
            self.line(keys[1..].iter().map(key).collect::<Vec<_>>().join("."), written, place);
        }
    }

    fn overrides(&mut self) {
        let settings: Vec<Setting> = self.config.places.within("overrides").cloned().collect();
        for Setting { keys, place, written } in settings {
            match &keys[2..] {
                [] => writeln!(self.text, "\n[[overrides]]  # {place}").expect("a String takes all text"),
                [_] if written.is_empty() => {}
                keys => self.line(keys.iter().map(key).collect::<Vec<_>>().join("."), written, place),
            }
        }
    }

    /// A setting that the command line may replace.
    fn setting(&mut self, name: &str, given: &[String], origin: &str, default: &str) {
        match self.written(name) {
            _ if !given.is_empty() => self.line(name, list(given), origin),
            Some((written, place)) => self.line(name, written, place),
            None => self.line(name, default, "default"),
        }
    }

    /// How the configuration writes a setting, and where.
    fn written(&self, name: &str) -> Option<(String, String)> {
        let setting = self.config.places.get(&[name])?;
        Some((setting.written.split_whitespace().collect::<Vec<_>>().join(" "), setting.place.clone()))
    }

    fn line(&mut self, name: impl Display, value: impl Display, origin: impl Display) {
        writeln!(self.text, "{name} = {value}  # {origin}").expect("a String takes all text");
    }

    fn unset(&mut self, name: &str, why: &str) {
        writeln!(self.text, "# {name}: {why}").expect("a String takes all text");
    }
}

/// A text as TOML writes it.
fn quoted(text: impl AsRef<str>) -> String {
    toml::Value::from(text.as_ref()).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// A key as TOML writes it.
fn key(key: &String) -> String {
    let is_bare =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_bare { key.clone() } else { quoted(key) }
}
