//! Every example runs and prints what lies beside it, and every evaluation among them is clean.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use appraise::Evaluation;

#[test]
fn every_example_prints_what_lies_beside_it() {
    // Cargo builds the examples beside the tests, whose own folder is `deps`.
    let built = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples");
    let mut run = 0;
    for path in support::files_ending("examples", ".rs") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let output = Command::new(built.join(name)).output().unwrap_or_else(|error| {
            panic!("example {name}: {error}; `cargo test` builds the examples, `--test` alone does not")
        });
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        support::expect(path.with_extension("txt"), &String::from_utf8(output.stdout).unwrap());
        run += 1;
    }
    assert!(run >= 3);
}

#[test]
fn every_example_evaluation_is_clean() {
    let library = support::library();
    let paths = support::files_ending("examples/evaluations", ".yaml");
    assert!(paths.len() >= 5);
    for path in paths {
        let text = support::read(&path);
        let name = path.file_name().unwrap().to_str().unwrap();
        let rubric = library.rubric_for(name, &text).unwrap_or_else(|found| panic!("{found}"));
        let (_, findings) = Evaluation::check(name, &text, &rubric);
        assert!(findings.is_empty(), "{findings}");
    }
}
