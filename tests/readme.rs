//! The README and the guides say what is so: their commands print what they show, and what they link to exists.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_appraise");

fn readme() -> String {
    support::read(support::project("README.md"))
}

fn guides() -> Vec<PathBuf> {
    support::files_ending("src/guide", ".md")
}

/// The README and the guides, by path.
fn pages() -> Vec<(PathBuf, String)> {
    let paths = [support::project("README.md")].into_iter().chain(guides());
    let pages: Vec<_> = paths.map(|path| (path.clone(), support::read(path))).collect();
    assert!(pages.len() >= 10, "{pages:?}");
    pages
}

/// A block of code with its language, and the text before it.
struct Block<'a> {
    language: &'a str,
    text: &'a str,
    before: &'a str,
}

fn blocks<'a>(page: &'a str) -> Vec<Block<'a>> {
    let parts: Vec<&str> = page.split("```").collect();
    assert_eq!(parts.len() % 2, 1, "a block of code is not closed");
    let block = |pair: &[&'a str]| {
        let (language, text) = pair[1].split_once('\n').unwrap();
        Block { language, text, before: pair[0] }
    };
    parts.chunks_exact(2).map(block).collect()
}

/// The actions of a reader: saves a file that the page shows under its name, or types a command.
enum Step {
    File { name: String, text: String },
    Command { line: String, output: String },
}

/// The steps of a page in their order. A file stands below a comment with its name; what a command prints stands below it.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in blocks(page) {
        match block.language {
            "yaml" | "json" | "csv" | "html" => {
                let line = block.before.trim_end().lines().last().unwrap_or_default();
                let name = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
                let name = name.unwrap_or_else(|| panic!("has no comment with its name above it:\n{}", block.text));
                steps.push(Step::File { name: name.to_owned(), text: block.text.to_owned() });
            }
            "console" => {
                for line in block.text.lines() {
                    match (line.strip_prefix("$ "), steps.last_mut()) {
                        (Some(line), _) => steps.push(Step::Command { line: line.to_owned(), output: String::new() }),
                        (None, Some(Step::Command { output, .. })) => output.push_str(&format!("{line}\n")),
                        _ => panic!("{line}"),
                    }
                }
            }
            // Rust is run by the documentation's tests, a text only read.
            "rust" | "text" | "sh" => {}
            // An example of a code: part of a document, which `documents.rs` checks.
            part if part.starts_with("yaml ") || part.starts_with("csv ") => {}
            other => panic!("a block of `{other}` is neither run nor checked:\n{}", block.text),
        }
    }
    steps
}

fn commands(page: &str) -> Vec<String> {
    let command = |step| match step {
        Step::Command { line, .. } => Some(line),
        Step::File { .. } => None,
    };
    steps(page).into_iter().filter_map(command).collect()
}

/// Takes the steps of a page as a reader does: in a folder of their own, beside the project's examples, with a shell.
#[cfg(unix)]
fn follow(path: &Path, page: &str) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    for shared in ["examples", "rubrics"] {
        std::os::unix::fs::symlink(support::project(shared), folder.path().join(shared)).unwrap();
    }
    let search = format!("{}:{}", Path::new(PROGRAM).parent().unwrap().display(), std::env::var("PATH").unwrap());
    let (mut run, mut files) = (0, 0);
    for step in steps(page) {
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
                    .env("PATH", &search)
                    .env("NO_COLOR", "1")
                    .output()
                    .unwrap();
                let printed = String::from_utf8(shell.stdout).unwrap();
                let errors = String::from_utf8_lossy(&shell.stderr);
                assert_eq!(printed, output, "{}: {line}\n{errors}", path.display());
                run += 1;
            }
        }
    }
    (run, files)
}

#[cfg(unix)]
#[test]
fn every_command_prints_what_its_page_shows() {
    let (mut run, mut files) = (0, 0);
    for (path, page) in pages() {
        let (more, others) = follow(&path, &page);
        run += more;
        files += others;
    }
    assert!(run >= 20 && files >= 8, "{run} commands, {files} files");
}

/// A file that no command reads would be checked by nobody.
#[test]
fn every_file_is_read_by_a_command_below_it() {
    for (path, page) in pages() {
        let steps = steps(&page);
        for (index, step) in steps.iter().enumerate() {
            let Step::File { name, .. } = step else { continue };
            let folder = name.split('/').next().unwrap();
            let reads = |step: &Step| matches!(step, Step::Command { line, .. } if line.contains(folder));
            assert!(steps[index..].iter().any(reads), "{}: {name}", path.display());
        }
    }
}

#[test]
fn its_cargo_commands_are_the_main_job_and_the_tests() {
    let commands = commands(&readme());
    let main_job =
        commands.iter().find_map(|command| command.strip_prefix("cargo run --release --features cli -- ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("rivera.html");
    let arguments = main_job.replace(" rivera.html", &format!(" {}", page.display()));
    let status = Command::new(PROGRAM).args(arguments.split(' ')).current_dir(support::project("")).status().unwrap();
    assert!(status.success());
    assert!(support::read(page).contains("Jordan Rivera"));
    assert!(commands.contains(&"cargo test --all-features && tests/browser/run".to_owned()));
    assert!(support::project("tests/browser/run").exists());
}

#[test]
fn its_table_of_commands_is_the_command_line() {
    let help = Command::new(PROGRAM).arg("--help").output().unwrap();
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
fn the_readme_is_short() {
    let lines = readme().lines().count();
    assert!(lines <= 250, "{lines} lines: a guide has room");
}

/// Files that a page names in a link: within the text, and at its foot as `[name]: file.md`.
fn linked(page: &str) -> Vec<&str> {
    let within = page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    let at_the_foot = page.lines().filter_map(definition).map(|(_, target)| target);
    within.chain(at_the_foot).filter(|target| !target.starts_with("https://") && !target.starts_with('#')).collect()
}

/// The name and the target of a line `[name]: target`.
fn definition(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.split_once("]: ")
}

#[test]
fn every_link_leads_to_a_file() {
    let mut links = 0;
    for (path, page) in pages() {
        for link in linked(&page) {
            assert!(path.parent().unwrap().join(link).exists(), "{}: {link}", path.display());
            links += 1;
        }
    }
    assert!(links >= 20, "{links} links");
}

/// In rustdoc a relative file is no page: a guide links by names, and `src/guide/mod.rs` says where each leads.
#[test]
fn guides_link_by_names_that_the_documentation_knows() {
    let module = support::read(support::project("src/guide/mod.rs"));
    let known: BTreeSet<&str> = module
        .lines()
        .filter_map(|line| definition(line.trim_start_matches([' ', '"'])))
        .map(|(name, _)| name)
        .collect();
    for path in guides() {
        let page = support::read(&path);
        // A place on the same page is named in rustdoc as it is on GitHub.
        assert!(!page.replace("](#", "").contains("]("), "{}: a link that is not by name", path.display());
        for (name, _) in page.lines().filter_map(definition) {
            assert!(known.contains(name), "{}: [{name}]", path.display());
        }
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(known.contains(stem) && readme().contains(&format!("| [{stem}] |")), "{stem}");
    }
}

/// `[name]` without a line `[name]: …` at the foot would be read as brackets on GitHub.
#[test]
fn every_name_that_a_page_links_by_has_a_target() {
    for (path, page) in pages() {
        let targets: BTreeSet<&str> = page.lines().filter_map(definition).map(|(name, _)| name).collect();
        for (index, part) in page.split("```").enumerate() {
            // Every second part is a block of code; within a line, so is every second part between back ticks.
            let prose = part.split('`').step_by(2).filter(|_| index % 2 == 0);
            for (name, behind) in
                prose.flat_map(|prose| prose.split('[').skip(1)).filter_map(|rest| rest.split_once(']'))
            {
                let is_a_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                let is_a_text = behind.is_empty() || behind.starts_with('(');
                assert!(!is_a_name || is_a_text || targets.contains(name), "{}: [{name}]", path.display());
            }
        }
    }
}

#[test]
fn the_figures_of_speed_are_in_the_guide_of_hosts() {
    let guide = support::read(support::project("src/guide/hosts.md"));
    let section = guide.split("\n## Speed\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|') && line.contains(|c: char| c.is_ascii_digit()));
    assert!(rows.count() >= 8, "{section}");
}
