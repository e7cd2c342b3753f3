//! The source keeps its own rules: data flows one way, the map is a map, the list of codes in the guide is that of the code.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "layers/circles.rs"]
mod circles;
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

/// How many modules a file is below the crate: `score/view.rs` is 2, `score/mod.rs` is 1.
fn depth(file: &Path) -> usize {
    file.iter().count() - usize::from(file.ends_with("mod.rs"))
}

/// The modules of the crate that a file names: as `crate::name`, as one of `crate::{name, name::Item}`, or with as many
/// `super::` as lead from the file to the crate.
fn used_modules(text: &str, depth: usize) -> Vec<String> {
    let name = |path: &str| path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let to_crate = "super::".repeat(depth);
    let below = |root: &str| text.split(root).skip(1).map(str::to_owned).collect::<Vec<_>>();
    let mut used = Vec::new();
    for rest in below("crate::").iter().chain(&below(&to_crate)) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(members(group).map(name)),
            None => used.push(name(rest)),
        }
    }
    used
}

/// The members of a group, which the text behind its brace begins with; what stands in a group within counts to the
/// member that holds it.
fn members(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 1;
    let end = group.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    });
    let mut depth = 0;
    group[..end.unwrap()].split(move |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    })
}

#[test]
fn uses_are_seen_in_groups_and_through_parents() {
    let text = "use crate::{date, score::{view, Tally}, goals};\nlet x = super::super::render::Format; super::near";
    assert_eq!(used_modules(text, 2), ["date", "score", "goals", "render"]);
    assert_eq!(used_modules("use super::check;", 1), ["check"]);
    assert_eq!(depth(Path::new("score/view.rs")), 2);
    assert_eq!(depth(Path::new("score/mod.rs")), 1);
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
        for name in used_modules(&text, depth(relative)) {
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

/// `outline` lists the nodes of a rubric in order, with what is derived from their places, and nests what is made of them.
/// Only a file that defines tiers one within the other, or checks how they are written, goes through them itself.
#[test]
fn only_files_that_nest_the_tiers_of_a_rubric_walk_them() {
    const NESTED: [&str; 8] = [
        // The documents' own tiers, and the keys of an overlay's changes.
        "overlay/operations.rs", "syntax/outline.rs",
        // The rubric's, with the tallies and the counts of each.
        "outline.rs", "rubric/mod.rs", "rubric/parts.rs", "score/mod.rs", "summary/overview.rs",
        // The table of a scorecard, which the command line makes of public parts only, as a host would.
        "cli/score.rs",
    ];
    let source = support::project("src");
    let mut walking = Vec::new();
    for path in rust_files(&source) {
        let relative = path.strip_prefix(&source).unwrap();
        let lines = support::read(&path);
        let text: String = lines.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let text: String = text.split_whitespace().collect();
        let taken_apart = |tier| text.split(tier).skip(1).any(|rest| rest.split('}').next().unwrap().ends_with(",.."));
        let walks = text.replace(".competencies(", "").contains(".competencies")
            || ["Domain{", "Competency{"].into_iter().any(taken_apart);
        // A table has groups of its own.
        if walks && !relative.starts_with("table") {
            walking.push(relative.to_str().unwrap().to_owned());
        }
    }
    let mut nested = NESTED.map(str::to_owned);
    nested.sort_unstable();
    walking.sort_unstable();
    assert_eq!(walking, nested);
}

#[test]
fn the_map_is_short_and_files_have_one_subject() {
    let source = support::project("src");
    assert!(support::read(source.join("lib.rs")).lines().count() < 100);
    for path in rust_files(&source) {
        let text = support::read(&path);
        let lines = text.lines().count();
        assert!(lines <= 450, "{} has {lines} lines: perhaps two subjects", path.display());
    }
}

/// The Markdown files beside the source but the guides and the templates.
fn markdown_files() -> Vec<PathBuf> {
    let source = support::project("src");
    let mut folders = vec![source.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let (inner, own): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        folders.extend(inner.into_iter().filter(|folder| !folder.ends_with("guide") && !folder.ends_with("templates")));
        files.extend(own.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    files
}

#[test]
fn the_documentation_of_a_code_stands_beside_its_rule() {
    let files = markdown_files();
    assert_eq!(files.len(), appraise::Code::ALL.len());
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let code = appraise::Code::named(name).unwrap_or_else(|| panic!("{} is named for no code", path.display()));
        let beside = rust_files(path.parent().unwrap());
        let is_raised = |path: &PathBuf| support::read(path).contains(&format!("Code::{code:?}"));
        assert!(beside.iter().any(is_raised), "no file beside {} has the rule", path.display());
    }
}

/// The guide's list of codes, and then each code with its documentation, between what people wrote above and below.
#[test]
fn the_guide_of_codes_has_every_code_with_its_documentation() {
    const LIST: &str = "| Code | Means |\n|---|---|\n";
    let path = support::project("src/guide/codes.md");
    let written = support::read(&path);
    let (head, _) = written.split_once(LIST).unwrap();
    let links = written.find("\n[rubrics]: ").unwrap();
    let mut guide = format!("{head}{LIST}");
    for code in appraise::Code::ALL {
        guide.push_str(&format!("| [`{code}`](#{code}) | {} |\n", code.description()));
    }
    for code in appraise::Code::ALL {
        guide.push_str(&format!("\n## {code}\n\n{}", code.explanation()));
    }
    guide.push_str(&written[links..]);
    support::expect(path, &guide);
}

/// The lines of a file at which a comment begins, with the first words of the comment.
fn comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = None;
    (1..).zip(text.lines()).filter_map(move |(number, line)| {
        let line = line.trim_start();
        let mark = ["///", "//!", "//", "{#-", "{#", "/*"].into_iter().find(|mark| line.starts_with(mark));
        let words = mark.map_or("", |mark| line[mark.len()..].trim());
        // An empty line within a comment begins a paragraph.
        let begins = before != mark && !words.is_empty();
        before = mark.filter(|_| !words.is_empty());
        begins.then_some((number, words))
    })
}

/// Whether a sentence begins with a pronoun that has no noun beside it.
fn is_without_noun(sentence: &str) -> bool {
    const PRONOUNS: [&str; 9] = ["What", "Which", "It", "That", "Such", "There", "Those", "They", "So"];
    const NO_NOUN: [&str; 10] = ["of", "by", "with", "where", "for", "as", "once", "without", "when", "in"];
    let same = sentence.strip_prefix("The same").filter(|rest| rest.starts_with([' ', ',']));
    PRONOUNS.contains(&sentence.split([' ', ',']).next().unwrap())
        || same.is_some_and(|rest| rest.starts_with(',') || NO_NOUN.contains(&rest.split(' ').nth(1).unwrap()))
}

/// A comment begins with a noun or a verb, and a test is named for a behaviour.
#[test]
fn comments_and_tests_name_their_subject() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(|folder| rust_files(&support::project(folder)));
    let templates = fs::read_dir(support::project("src/templates")).unwrap().map(|entry| entry.unwrap().path());
    let files = files.chain(templates);
    for path in files.filter(|path| !path.iter().any(|folder| folder == "target")) {
        let text = support::read(&path);
        for (line, words) in comments(&text) {
            assert!(!is_without_noun(words), "{}:{line}: `{words}` begins without its noun", path.display());
        }
        let mut named = text.split("#[test]").skip(1).filter_map(|rest| rest.split("fn ").nth(1));
        let nameless = named.find(|name| name.starts_with("what_") && !name.starts_with("what_if_"));
        assert_eq!(nameless.map(|name| name.split('(').next().unwrap()), None, "{}", path.display());
    }
}

/// The beginnings of the sentences of a Markdown text, each with the number of its line: of a paragraph, a heading, an item or
/// a cell, or behind a full stop. Examples of code have none.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let (mut found, mut is_code, mut is_open) = (Vec::new(), false, false);
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        let words =
            line.trim_start_matches(['-', '*', '#', '|', ' ', '.', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        if !is_code && !is_fence && !words.is_empty() {
            let mut parts = words.split(if line.starts_with('|') { " | " } else { ". " });
            // A line within a paragraph goes on with the sentence of the line before, unless that one has ended.
            if is_open && words.len() == line.len() {
                parts.next();
            }
            found.extend(parts.map(|part| (number, part.trim_start())));
            is_open = !line.ends_with(['.', '|', ':', '?']);
        } else {
            is_open = false;
        }
    }
    found
}

#[test]
fn sentences_are_seen_in_paragraphs_items_and_cells() {
    let text = "# Head\n\nOne is. Two\nis. Three.\nFour\n- Five\n\n| Six | Seven |\n```text\nNo. No\n```\nEight";
    let begun: Vec<&str> = sentences(text).iter().map(|(_, words)| words.split([' ', '.']).next().unwrap()).collect();
    assert_eq!(begun, ["Head", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]);
}

#[test]
fn sentences_of_guides_and_codes_name_their_subject() {
    let guides = fs::read_dir(support::project("src/guide")).unwrap().map(|entry| entry.unwrap().path());
    let guides = guides.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let texts = markdown_files().into_iter().chain(guides).chain([support::project("README.md")]);
    for path in texts {
        for (line, words) in sentences(&support::read(&path)) {
            assert!(!is_without_noun(words), "{}:{line}: `{words}` begins without its noun", path.display());
        }
    }
}

#[test]
fn the_types_that_a_host_holds_can_be_shared_between_threads_and_cloned() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<appraise::Library>();
    shared::<appraise::Rubric>();
    shared::<appraise::Evaluation>();
    shared::<appraise::Scorecard>();
    shared::<appraise::Goals>();
    shared::<appraise::Diagnostics>();
    #[cfg(feature = "render")]
    shared::<appraise::Renderer>();
}

/// A type is known by its name, whichever module a host takes it from.
#[test]
fn no_two_public_types_share_a_name() {
    let list = support::read(support::project("tests/api/public.txt"));
    let types = ["pub struct appraise::", "pub enum appraise::", "pub trait appraise::"];
    let paths =
        list.lines().filter_map(|line| types.iter().find_map(|kind| line.split_once(kind))).map(|(_, path)| path);
    // One that the root re-exports, as it does `draft::Draft`, is listed by both paths.
    let map = support::read(support::project("src/lib.rs"));
    let is_re_exported = |path: &&str| path.contains("::") && map.contains(&format!("{path},"));
    let paths = paths.filter_map(|path| path.split(['<', ' ']).next()).filter(|path| !is_re_exported(path));
    let mut names: Vec<&str> = paths.filter_map(|path| path.rsplit("::").next()).collect();
    assert!(names.len() > 100, "{names:?}");
    names.sort_unstable();
    let twice: Vec<&[&str]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// The types that a host gets by `appraise::Name`.
fn exported() -> Vec<String> {
    let map = support::read(support::project("src/lib.rs"));
    let uses = map.split("pub use crate::").skip(1).map(|rest| rest.split(';').next().unwrap());
    let names = uses.flat_map(|path| path.split(['{', '}', ',', ':']).map(|name| name.trim().to_owned()));
    names.filter(|name| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)).collect()
}

/// Whether the documentation above each public type of a file has an example, by the type's name.
fn examples(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut has_example = false;
    for line in text.lines().map(str::trim_start) {
        let declared = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        if let Some(rest) = declared {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            found.push((name, has_example));
        }
        has_example = match line {
            line if line.starts_with("/// ```") => true,
            line => has_example && (line.starts_with("///") || line.starts_with('#')),
        };
    }
    found
}

/// The parts of an evaluation, which are shown with it.
const SHOWN_WITH_EVALUATION: [&str; 17] = [
    "AgreedGoal", "Assignment", "Certificate", "Employee", "Event", "GivenFor", "GoalStatus", "Migration",
    "Organization", "Orphan", "OrphanKind", "Rating", "Remark", "Response", "RubricReference", "Status", "Training",
];

#[test]
fn every_exported_type_has_an_example_in_its_documentation() {
    let exported = exported();
    assert!(exported.len() > 50, "{exported:?}");
    let mut without = exported;
    for path in rust_files(&support::project("src")) {
        for (name, _) in examples(&support::read(&path)).into_iter().filter(|(_, has_example)| *has_example) {
            without.retain(|other| *other != name);
        }
    }
    without.sort_unstable();
    assert_eq!(without, SHOWN_WITH_EVALUATION);
    // The types of a public module are shown together, with one of them or with a function.
    let map = support::read(support::project("src/lib.rs"));
    for module in map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let folder = support::project(&format!("src/{module}"));
        let files = if folder.is_dir() { rust_files(&folder) } else { vec![folder.with_extension("rs")] };
        let has_example =
            files.iter().any(|file| ["/// ```", "//! ```"].iter().any(|fence| support::read(file).contains(fence)));
        assert!(module == "guide" || has_example, "`{module}` has no example");
    }
}
