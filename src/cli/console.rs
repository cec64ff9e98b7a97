//! Standard output and standard error, and whether they take colours.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::args::When;
use super::progress::{PATIENCE, Progress};
use crate::project::replace::Replacement;
use crate::report::{Style, visible};

/// Whether somebody who read what is printed has gone away.
static DESERTED: AtomicBool = AtomicBool::new(false);

/// Where everything is printed.
pub struct Console {
    color: When,
    quiet: bool,
    start: Instant,
}

impl Console {
    pub fn new(color: When, quiet: bool) -> Self {
        Self { color, quiet, start: Instant::now() }
    }

    /// The style for findings on standard output.
    pub fn style(&self) -> Style {
        style(self.color, &io::stdout())
    }

    /// Whether standard output is looked at, rather than handed on to another tool.
    pub fn is_looked_at(&self) -> bool {
        matches!(self.color, When::Always) || io::stdout().is_terminal()
    }

    /// Says why the tool could not do its work.
    pub fn error(&self, message: &str) {
        self.say("error", "1;91", message);
    }

    /// Says something by the way, unless quiet.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", "1;92", message);
        }
    }

    /// Says something without a title, unless quiet.
    pub fn remark(&self, lines: &str) {
        if !self.quiet {
            tell(lines);
        }
    }

    /// Tells those who look at a terminal how far a part of the run has come, unless quiet.
    pub fn progress(&self, what: &'static str) -> Progress {
        let can_clear = std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb");
        if self.quiet || !can_clear || !io::stderr().is_terminal() {
            return Progress::default();
        }
        Progress::new(what, self.start, PATIENCE.saturating_sub(self.start.elapsed()), io::stderr())
    }

    fn say(&self, title: &str, ansi: &str, message: &str) {
        let message = visible(message);
        let line = match style(self.color, &io::stderr()) {
            Style::Plain => format!("{title}: {message}\n"),
            Style::Coloured => format!("\u{1b}[{ansi}m{title}\u{1b}[0m: {message}\n"),
        };
        tell(&line);
    }
}

/// The columns of the terminal that standard output goes to.
pub fn columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Whether people read standard output as it comes.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes results to standard output. A reader that has seen enough is no failure.
pub fn print(text: &str) -> Result<(), String> {
    print_bytes(text.as_bytes())
}

/// Writes results that need not be UTF-8 to standard output.
pub fn print_bytes(bytes: &[u8]) -> Result<(), String> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            DESERTED.store(true, Ordering::Relaxed);
            Ok(())
        }
        Err(error) => Err(format!("cannot write to standard output: {error}")),
        Ok(()) => Ok(()),
    }
}

/// Writes results to a file, or to standard output if there is none.
pub fn deliver(text: &str, file: Option<&Path>) -> Result<(), String> {
    deliver_bytes(text.as_bytes(), file)
}

/// Writes results that need not be UTF-8 to a file, or to standard output if there is none.
pub fn deliver_bytes(bytes: &[u8], file: Option<&Path>) -> Result<(), String> {
    let Some(path) = file else { return print_bytes(bytes) };
    replace(path, bytes).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

/// Whether somebody who read what is printed has gone away: nothing that is printed from now on gets there.
pub fn is_deserted() -> bool {
    DESERTED.load(Ordering::Relaxed)
}

/// Writes lines to standard error. Nobody to listen is no failure.
pub fn tell(lines: &str) {
    if io::stderr()
        .lock()
        .write_all(lines.as_bytes())
        .is_err_and(|error| error.kind() == ErrorKind::BrokenPipe)
    {
        DESERTED.store(true, Ordering::Relaxed);
    }
}

/// The option, then `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, then the terminal.
fn style<S: anstream::stream::RawStream + IsTerminal>(when: When, stream: &S) -> Style {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let coloured = match when {
        When::Always => true,
        When::Never => false,
        // The one variable anstream does not know.
        When::Auto if is_set("FORCE_COLOR") && !is_set("NO_COLOR") => true,
        When::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    };
    if coloured { Style::Coloured } else { Style::Plain }
}

/// Makes `bytes` the content of the file at `path`. What is no regular file (a pipe, a terminal) is
/// written to directly.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    Replacement::prepare(path, bytes)?.commit()
}
