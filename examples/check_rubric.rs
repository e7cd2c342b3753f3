//! A district's rubric with several mistakes: all of them are reported at once, each at its place.

#![allow(clippy::print_stdout, reason = "an example shows something")]

use appraise::{Checked, Library, Rubric};

const RUBRIC: &str = "\
id: elm_hill
version: 2025-26
title: School social work, Elm Hill
scale:
  levels:
    - { id: developing, label: Developing }
    - { id: proficient, label: Proficient }
  meets_at: proficent
domains:
  - id: counseling
    title: Counseling
    indicators:
      - { id: listens, statement: Listens to students. }
      - { id: listens, statment: Respects students. }
";

fn main() {
    let Checked { value: rubric, diagnostics: findings } = Rubric::check("elm_hill.yaml", RUBRIC, &Library::bundled());
    assert!(rubric.is_none());
    print!("{findings}");
    println!();
    for finding in &findings {
        println!("{} at {}, line {}, column {}", finding.code, finding.path, finding.start.line, finding.start.column);
    }
}
