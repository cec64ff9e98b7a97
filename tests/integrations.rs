//! The files that other tools start docdrift from: what they run is run here.

#![cfg(feature = "cli")]
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_docdrift");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file of the repository")
}

/// The scripts of the action's steps, in order.
fn scripts() -> Vec<String> {
    let action = read("action.yml");
    let blocks = action.split("      run: |\n").skip(1);
    let script = |block: &str| {
        let lines = block
            .lines()
            .map_while(|line| if line.is_empty() { Some("") } else { line.strip_prefix("        ") });
        lines.flat_map(|line| [line, "\n"]).collect()
    };
    blocks.map(script).collect()
}

/// A runner's folders, with two pages in the checkout.
struct Runner {
    root: PathBuf,
}

impl Runner {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/formats.in");
        for locale in ["en-us", "fr-fr"] {
            let folder = root.join("checkout").join(locale);
            fs::create_dir_all(&folder).expect("a folder is made");
            fs::copy(pages.join(locale).join("parcel.md"), folder.join("parcel.md"))
                .expect("a page is copied");
        }
        // The nearest one upwards is not this repository's.
        fs::write(root.join("checkout/docdrift.toml"), "paths = [\".\"]\n").expect("a file is written");
        fs::create_dir_all(root.join("temp")).expect("a folder is made");
        fs::write(root.join("summary.md"), "before\n").expect("a file is written");
        Self { root }
    }

    /// Runs the script as the runner does.
    fn run(&self, script: &str, inputs: [&str; 3]) -> Output {
        let bin = Path::new(PROGRAM).parent().expect("a folder");
        let path = std::env::join_paths(
            [bin.to_owned()]
                .into_iter()
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let [paths, arguments, sarif_file] = inputs;
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.root.join("checkout"))
            .env("PATH", path.expect("a list of paths"))
            .env("RUNNER_TEMP", self.root.join("temp"))
            .env("GITHUB_STEP_SUMMARY", self.root.join("summary.md"))
            .env("GITHUB_OUTPUT", self.root.join("output"))
            .env("GITHUB_PATH", self.root.join("path"))
            .env("DOCDRIFT_PATHS", paths)
            .env("DOCDRIFT_ARGS", arguments)
            .env("DOCDRIFT_SARIF_FILE", sarif_file)
            .output()
            .expect("bash starts")
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).expect("a file")
    }
}

#[test]
fn the_action_annotates_sums_up_and_fails() {
    let runner = Runner::new("action");
    let [build, check] = &scripts()[..] else { panic!("two steps") };
    let output = runner.run(build, ["", "", ""]);
    assert!(output.status.success() && !runner.root.join("path").exists(), "docdrift was there already");

    let output = runner.run(check, ["", "", "docdrift.sarif"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let commands = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(commands.starts_with("::error title=translated-name,file=fr-fr/parcel.md,line=5,"), "{commands}");
    assert!(commands.lines().all(|line| line.starts_with("::")), "{commands}");
    let summary = runner.file("summary.md");
    assert!(summary.starts_with("before\n## docdrift\n\n1 error, 1 warning in 2 pages"), "{summary}");
    assert_eq!(runner.file("output"), "exit-code=1\n");
    let log: serde_json::Value =
        serde_json::from_str(&runner.file("checkout/docdrift.sarif")).expect("a SARIF log");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(2));
}

#[test]
fn inputs_of_the_action_are_values() {
    let runner = Runner::new("values");
    let check = &scripts()[1];
    // The page that is named is judged, against its source beside it.
    let output = runner.run(check, ["fr-fr/parcel.md\n", "--fail-on never", ""]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(runner.file("summary.md").contains("1 error, 1 warning in 1 of 2 pages"));

    for evil in ["$(touch evil)", "`touch evil`", "a; touch evil", "--format\njson", "*"] {
        let output = runner.run(check, [evil, "", ""]);
        assert_eq!(output.status.code(), Some(2), "{evil}");
        let output = runner.run(check, ["", evil, ""]);
        assert_eq!(output.status.code(), Some(2), "{evil}");
    }
    assert!(!runner.root.join("checkout/evil").exists());
}

#[test]
fn hooks_run_what_there_is() {
    let hooks = read(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")).collect();
    assert_eq!(entries, ["docdrift check", "docdrift fix"]);
    let runner = Runner::new("hooks");
    for (entry, code) in entries.iter().zip([1, 0]).chain([(&entries[0], 0)]) {
        let output = runner.run(entry, ["", "", ""]);
        assert_eq!(output.status.code(), Some(code), "{entry}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// What the manual shows of other tools' files names options that there are.
#[test]
fn the_manual_shows_options_that_there_are() {
    let section = read("docs/src/ci.md");
    let help = Command::new(PROGRAM).args(["check", "--help"]).output().expect("the program starts");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let of_others = ["--quiet"];
    let words =
        section.split([' ', '`', '\n']).filter(|word| word.starts_with("--") && !of_others.contains(word));
    let mut seen = 0;
    for option in words {
        assert!(help.contains(&format!(" {option} ")) || help.contains(&format!(" {option}\n")), "{option}");
        seen += 1;
    }
    assert!(seen > 8, "{seen} options");
    let inputs = section.split("with:\n").nth(1).expect("inputs of the action").lines();
    for line in inputs.map_while(|line| line.strip_prefix("          ")) {
        let Some((input, _)) = line.split_once(':') else { continue };
        assert!(read("action.yml").contains(&format!("\n  {input}:\n")), "{input} is no input of the action");
    }
}
