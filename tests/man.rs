//! The manual pages and the completions know every command and every option.

#![cfg(feature = "cli")]

use std::fs;
use std::process::Command;

#[path = "../examples/man.rs"]
#[allow(dead_code)]
mod example;

/// Every command below `command`, by its page's name.
fn commands(command: &clap::Command, name: &str) -> Vec<(String, clap::Command)> {
    let own = (name.to_owned(), command.clone());
    let below = command.get_subcommands().filter(|command| command.get_name() != "help");
    let below = below.flat_map(|command| commands(command, &format!("{name}-{}", command.get_name())));
    std::iter::once(own).chain(below).collect()
}

fn long_options(command: &clap::Command) -> Vec<String> {
    command.get_arguments().filter_map(|argument| argument.get_long()).map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_page_with_its_options() {
    let folder = std::env::temp_dir().join(format!("docdrift-man-{}", std::process::id()));
    example::write(&folder).expect("pages are written");
    let mut options = 0;
    for (name, command) in commands(&docdrift::cli::command(), "docdrift") {
        let page = fs::read_to_string(folder.join(format!("{name}.1"))).expect(&name);
        for option in long_options(&command) {
            let written = format!("\\-\\-{}", option.replace('-', "\\-"));
            assert!(page.contains(&written), "{name}.1 lacks {option}");
            options += 1;
        }
    }
    assert!(options > 30, "{options}");
    fs::remove_dir_all(folder).expect("the folder goes");
}

#[test]
fn every_shell_completes_the_options_of_check() {
    let command = docdrift::cli::command();
    let check = command.find_subcommand("check").expect("a command");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(["completions", shell])
            .output()
            .expect("the program starts");
        let script = String::from_utf8(output.stdout).expect("UTF-8");
        for option in long_options(check) {
            assert!(script.contains(&option), "{shell} lacks {option}");
        }
    }
}
