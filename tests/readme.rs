//! What the README says is so: its commands print what it shows, and what it points to is there.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

fn readme() -> String {
    support::read(support::project("README.md"))
}

/// What a reader does with the README: writes a file that it shows under its name, or types a command.
enum Step {
    File { name: String, text: String },
    Command { line: String, output: String },
}

/// The steps in their order. A file stands below a comment with its name; what a command prints stands below it.
fn steps() -> Vec<Step> {
    let readme = readme();
    let mut steps: Vec<Step> = Vec::new();
    for (before, block) in readme.split("```").collect::<Vec<_>>().chunks_exact(2).map(|pair| (pair[0], pair[1])) {
        let (language, text) = block.split_once('\n').unwrap();
        let name = before.trim_end().lines().last().and_then(|line| line.strip_prefix("<!-- ")?.strip_suffix(" -->"));
        match (language, name) {
            ("yaml" | "csv" | "html", Some(name)) => {
                steps.push(Step::File { name: name.to_owned(), text: text.to_owned() });
            }
            ("console", _) => {
                for line in text.lines() {
                    match (line.strip_prefix("$ "), steps.last_mut()) {
                        (Some(line), _) => steps.push(Step::Command { line: line.to_owned(), output: String::new() }),
                        (None, Some(Step::Command { output, .. })) => output.push_str(&format!("{line}\n")),
                        _ => panic!("{line}"),
                    }
                }
            }
            _ => {}
        }
    }
    steps
}

fn commands() -> Vec<String> {
    let command = |step| match step {
        Step::Command { line, .. } => Some(line),
        Step::File { .. } => None,
    };
    steps().into_iter().filter_map(command).collect()
}

/// Done by a reader in a folder of their own, beside the project's examples, with a shell.
#[cfg(unix)]
#[test]
fn its_commands_print_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    for shared in ["examples", "rubrics"] {
        std::os::unix::fs::symlink(support::project(shared), folder.path().join(shared)).unwrap();
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_appraise")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let (mut run, mut files) = (0, 0);
    for step in steps() {
        match step {
            Step::File { name, text } => {
                let file = folder.path().join(name);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, text).unwrap();
                files += 1;
            }
            Step::Command { line, .. } if line.starts_with("cargo ") => {}
            Step::Command { line, output } => {
                let shell = Command::new("sh")
                    .args(["-c", &line])
                    .current_dir(folder.path())
                    .env("PATH", &path)
                    .env("NO_COLOR", "1")
                    .output()
                    .unwrap();
                let printed = String::from_utf8(shell.stdout).unwrap();
                assert_eq!(printed, output, "{line}\n{}", String::from_utf8_lossy(&shell.stderr));
                run += 1;
            }
        }
    }
    assert!(run >= 8 && files >= 2, "{run} commands, {files} files");
}

#[test]
fn its_cargo_commands_are_the_main_job_and_the_tests() {
    let commands = commands();
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
    assert!(commands.contains(&"cargo test --all-features && tests/browser/run".to_owned()));
    assert!(support::project("tests/browser/run").exists());
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
