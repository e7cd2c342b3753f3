//! The source keeps its own rules: data flows one way, the map is a map, the lists in the README are those of the code.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules in the order of `lib.rs`, which is the order in which data flows.
fn layers() -> Vec<String> {
    let map = support::read(support::project("src/lib.rs"));
    map.lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_file_uses_only_what_stands_above_it_in_the_map() {
    let layers = layers();
    assert!(layers.len() > 10, "{layers:?}");
    let source = support::project("src");
    let mut uses = 0;
    for path in rust_files(&source) {
        let relative = path.strip_prefix(&source).unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = layers.iter().position(|layer| *layer == module) else {
            assert!(["lib", "main", "cli"].contains(&module.as_str()), "{} is in no layer", path.display());
            continue;
        };
        let text = support::read(&path);
        // Tests at the end of a file may look around.
        let text = text.split("#[cfg(test)]").next().unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let text = code.collect::<Vec<_>>().join("\n");
        for used in text.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(other) = layers.iter().position(|layer| *layer == name) else { continue };
            uses += 1;
            assert!(other <= own, "{} uses `{name}`, which stands below it", path.display());
        }
    }
    assert!(uses > 50, "only {uses} uses were seen");
}

#[test]
fn only_source_names_a_parser() {
    let source = support::project("src");
    for path in rust_files(&source) {
        let is_source = path.starts_with(source.join("source"));
        assert!(is_source || !support::read(&path).contains("granit_parser"), "{}", path.display());
    }
}

#[test]
fn the_map_is_short_and_files_have_one_subject() {
    let source = support::project("src");
    assert!(support::read(source.join("lib.rs")).lines().count() < 100);
    for path in rust_files(&source) {
        let lines = support::read(&path).lines().count();
        assert!(lines <= 450, "{} has {lines} lines: perhaps two subjects", path.display());
    }
}

#[test]
fn the_readme_lists_every_code_with_its_description() {
    let readme = support::read(support::project("README.md"));
    let listed: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .filter_map(|(code, rest)| Some((code, rest.strip_suffix(" |")?)))
        .filter(|(code, _)| appraise::Code::ALL.iter().any(|known| known.as_str() == *code))
        .collect();
    let expected: Vec<(&str, &str)> =
        appraise::Code::ALL.iter().map(|code| (code.as_str(), code.description())).collect();
    assert_eq!(listed, expected);
}
