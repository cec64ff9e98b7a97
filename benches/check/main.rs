//! How much `docdrift check` costs above what nobody can avoid.
//!
//! ```sh
//! cargo bench --bench check -- [PATH] [--threads N] [--runs N] [--profile NAME]
//! ```
//!
//! Whole processes are measured, in turns, in one run: `docdrift check --format concise` and a floor
//! program ([`floor`]) that only walks the tree, reads the files, checks that they are UTF-8 and runs
//! the Markdown parser over them, on as many threads. Findings go to the null device. Processor time is
//! user plus system time, peak memory the largest resident set; all figures are medians.
//!
//! Times on a busy machine are noise; the number of instructions is not. Instructions per byte of input
//! are what callgrind says it collected, divided by the bytes in the first line of the benchmark:
//!
//! ```sh
//! cargo build --profile dist
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null \
//!     target/dist/docdrift check -j 1 --format concise PATH >/dev/null
//! ```

// A benchmark speaks to the person who runs it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod floor;
#[cfg(unix)]
mod measure;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// The repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Compares `docdrift check` with walking, reading and parsing the same files.
#[derive(Parser)]
#[command(name = "cargo bench --bench check --")]
struct Options {
    /// Folder or file to check
    #[arg(default_value = "corpus")]
    path: PathBuf,
    /// Threads of both programs [default: one a processor]
    #[arg(long, short = 'j', value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// How often each program runs
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The profile that the tool is built in: that of what is released
    #[arg(long, default_value = "dist")]
    profile: String,
    /// Passed by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    // The floor and the stopwatch are processes, too: this program again, in another role.
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next().as_deref().and_then(|role| role.to_str()) {
        Some(floor::ROLE) => return floor::main(arguments),
        #[cfg(unix)]
        Some(measure::ROLE) => return measure::main(arguments),
        _ => {}
    }
    let options = Options::parse();
    // Cargo starts a benchmark in the folder of its package; paths are those of the repository.
    if let Err(error) = std::env::set_current_dir(ROOT) {
        eprintln!("{ROOT}: {error}");
        return ExitCode::FAILURE;
    }
    if !options.path.exists() {
        println!("{}: no such file or folder, nothing measured", options.path.display());
        return ExitCode::SUCCESS;
    }
    compare(&options)
}

#[cfg(not(unix))]
fn compare(_: &Options) -> ExitCode {
    println!("this benchmark needs getrusage, which this system lacks: nothing measured");
    ExitCode::SUCCESS
}

#[cfg(unix)]
fn compare(options: &Options) -> ExitCode {
    match table(options) {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Measures and lays out the result.
#[cfg(unix)]
fn table(options: &Options) -> Result<String, String> {
    use std::fmt::Write;

    use measure::{Program, alternate};

    const ONE_PAGE: &str = "corpus/en-us/checkout-a-cart.md";

    let threads = options.threads.map_or_else(processors, usize::from).to_string();
    let path = options.path.as_os_str();
    let this = std::env::current_exe().map_err(|error| format!("own path: {error}"))?;
    let tool = build_tool(&this, &options.profile)?;
    let floor = Program::new(this).args([floor::ROLE, &threads]).arg(path);
    let check = Program::new(&tool).args(["check", "--format", "concise", "-j", &threads]).arg(path);
    let counts = floor.stdout()?;

    let [floor, check] = alternate([&floor, &check], options.runs)?;
    let version = Program::new(&tool).args(["--version"]);
    let page = Program::new(&tool).args(["check", "--format", "concise", ONE_PAGE]);
    let [version, page] = alternate([&version, &page], options.runs)?;

    let mut out = String::new();
    let mut line = |text: std::fmt::Arguments<'_>| writeln!(out, "{text}").expect("a String takes any text");
    line(format_args!("{}: {}", options.path.display(), counts.trim()));
    line(format_args!("threads {threads}, medians of {} runs each, in turns", options.runs));
    line(format_args!("{:10}{:>10}{:>10}{:>12}", "", "CPU ms", "wall ms", "peak MiB"));
    for (name, usage) in [("floor", floor), ("check", check)] {
        let (cpu, wall, peak) = (usage.cpu_ms(), usage.wall_ms(), usage.peak_mib());
        line(format_args!("{name:10}{cpu:>10.1}{wall:>10.1}{peak:>12.1}"));
    }
    let (cpu, wall) = (check.cpu_ms() / floor.cpu_ms(), check.wall_ms() / floor.wall_ms());
    let peak = check.peak_mib() / floor.peak_mib();
    line(format_args!("{:10}{cpu:>10.2}{wall:>10.2}{peak:>12.2}", "ratio"));
    line(format_args!(
        "start-up: `--version` {:.1} ms, checking one page {:.1} ms (wall)",
        version.wall_ms(),
        page.wall_ms()
    ));
    Ok(out)
}

/// Builds the tool in a profile, in the target folder of this program, which cargo puts three folders below it.
#[cfg(unix)]
fn build_tool(this: &std::path::Path, profile: &str) -> Result<PathBuf, String> {
    use std::process::Command;

    let target = this.ancestors().nth(3).ok_or("this program does not lie where cargo puts it")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--profile", profile, "--quiet", "--bin", "docdrift"]);
    let status = command.arg("--target-dir").arg(target).status();
    match status {
        Ok(status) if status.success() => Ok(target.join(profile).join("docdrift")),
        Ok(status) => Err(format!("cargo build: {status}")),
        Err(error) => Err(format!("cargo build: {error}")),
    }
}

#[cfg(unix)]
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
