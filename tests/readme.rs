//! What the README says is so: its commands print what it shows, and what it points to is there.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

fn readme() -> String {
    support::read(support::project("README.md"))
}

/// The commands of the console blocks, each with what is printed below it.
fn commands() -> Vec<(String, String)> {
    let readme = readme();
    let mut commands: Vec<(String, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => commands.push((command.to_owned(), String::new())),
                None => {
                    let (_, output) = commands.last_mut().unwrap();
                    output.push_str(line);
                    output.push('\n');
                }
            }
        }
    }
    commands
}

#[test]
fn its_appraise_commands_print_what_it_shows() {
    let mut run = 0;
    for (command, expected) in commands() {
        let Some(arguments) = command.strip_prefix("appraise ") else { continue };
        let output = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .args(arguments.split(' '))
            .current_dir(support::project(""))
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{command}");
        run += 1;
    }
    assert!(run >= 1);
}

#[test]
fn its_cargo_commands_are_the_main_job_and_the_tests() {
    let commands: Vec<String> = commands().into_iter().map(|(command, _)| command).collect();
    let main_job =
        commands.iter().find_map(|command| command.strip_prefix("cargo run --release --features cli -- ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("rivera.html");
    let arguments = main_job.replace(" rivera.html", &format!(" {}", page.display()));
    let status = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments.split(' '))
        .current_dir(support::project(""))
        .status()
        .unwrap();
    assert!(status.success());
    assert!(support::read(page).contains("Jordan Rivera"));
    assert!(commands.contains(&"cargo test --all-features".to_owned()));
}

#[test]
fn its_table_of_commands_is_the_command_line() {
    let help = Command::new(env!("CARGO_BIN_EXE_appraise")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let section = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap())
        .filter(|command| *command != "help")
        .collect();
    let readme = readme();
    let listed: Vec<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("| `appraise ")?.split([' ', '`']).next()).collect();
    assert_eq!(listed, commands);
}

#[test]
fn what_it_points_to_is_there() {
    let readme = readme();
    let mut links = 0;
    for link in readme.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(support::project(link).exists(), "{link}");
        links += 1;
    }
    assert!(links >= 1);
}

#[test]
fn its_speed_section_has_figures() {
    let readme = readme();
    let section = readme.split("\n## Speed\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|') && line.contains(|c: char| c.is_ascii_digit()));
    assert!(rows.count() >= 8, "{section}");
}
