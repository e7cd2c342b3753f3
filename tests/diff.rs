//! `appraise diff`: what a district sees before it puts a changed rubric to use.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::process::Command;

use serde_json::Value;

fn diff(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .arg("diff")
        .args(arguments)
        .current_dir(support::project(""))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The Connecticut rubric with a few words, an indicator and a level's label changed.
fn changed() -> (tempfile::TempDir, String) {
    let text = support::read(support::project("rubrics/connecticut_school_social_work.yaml"));
    let edits = [
        ("version: 1.0.0", "version: 1.1.0"),
        ("Works cooperatively with colleagues and administrators.", "Works constructively with all colleagues."),
        ("label: Has met\n", "label: Meets\n"),
        ("id: deadlines\n", "id: documentation\n"),
    ];
    let changed = edits.iter().fold(text, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.yaml");
    fs::write(&path, changed).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn changes_are_told_with_what_they_mean_the_gravest_first() {
    let (_folder, path) = changed();
    let (status, stdout, stderr) = diff(&["connecticut_school_social_work", &path]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout,
        "connecticut_school_social_work 1.0.0 -> connecticut_school_social_work 1.1.0
For ratings already given: 1 orphaned, 1 incomplete, 2 wording.

orphaned: ratings or texts that have no place any more
  removed indicator `deadlines`: Meets deadlines for documentation and related reports.

incomplete: ratings or texts that are not there yet
  added indicator `documentation`: Meets deadlines for documentation and related reports.

wording: the same indicator, in other words
  reworded level `has_met`, label: [-Has met-][+Meets+]
  reworded indicator `cooperation_with_colleagues`, statement: Works [-cooperatively-] [+constructively+] with \
         [-colleagues and administrators.-][+all colleagues.+]
"
    );
}

#[test]
fn a_value_that_only_one_side_has_is_said_to_be_added_or_removed() {
    let rubric = |counts: &str, meets: &str, optional: &str| {
        format!(
            "id: r\nversion: 1.0.0\ntitle: R\nscale:\n  levels: [{{ id: l1, label: Low }}, {{ id: l2, label: High }}]\n  meets_at: l2\n  \
             not_rated: [{{ id: na, label: Waived{counts} }}]\n\
             scales: {{ v: {{ from: 0, to: 4{meets} }} }}\n\
             domains:\n  - {{ id: a, title: A, indicators: [{{ id: a1, statement: One. }}] }}\n  \
             - {{ id: b, title: B, scale: v, indicators: [{{ id: b1, statement: Two. }}] }}\n\
             scoring:\n  inputs: [{{ id: ly, label: Last year, from: 1, to: 3{optional} }}]\n  \
             steps:\n    - {{ id: s, of: [ly], take: mean }}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let without = write("without.yaml", rubric("", "", ""));
    let with = write("with.yaml", rubric(", counts_as: l2", ", meets_at: 2", ", optional: true"));
    for (old, new, kind, other) in [(&without, &with, "added", "removed"), (&with, &without, "removed", "added")] {
        let (status, stdout, stderr) = diff(&[old, new]);
        assert_eq!(status, 0, "{stderr}");
        for line in ["level `na`, counts_as: l2", "rubric `r`, scales.v.meets_at: 2", "input `ly`, optional: true"] {
            assert!(stdout.contains(&format!("  {kind} {line}\n")), "{kind} {line}\n{stdout}");
        }
        assert!(!stdout.contains(other) && !stdout.contains("changed"), "{stdout}");
        let (_, json, _) = diff(&[old, new, "--format", "json"]);
        assert!(json.contains("\"kind\": \"changed\""), "{json}");
    }
}

#[test]
fn programs_get_json_as_its_schema_says() {
    let (_folder, path) = changed();
    let (status, stdout, _) = diff(&["connecticut_school_social_work", &path, "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, &json["class"]), (0, &Value::from("orphaned")));
    assert_eq!(json["changes"].as_array().unwrap().len(), 4);
    let schema: Value = serde_json::from_str(&appraise::schema::difference()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
}

#[test]
fn a_rubric_does_not_differ_from_itself_and_a_faulty_one_is_a_finding() {
    let id = "connecticut_district_supports";
    let (status, stdout, _) = diff(&[id, &format!("rubrics/{id}.yaml")]);
    assert_eq!((status, stdout.lines().last().unwrap()), (0, "Nothing changed."));
    let folder = tempfile::tempdir().unwrap();
    let faulty = folder.path().join("faulty.yaml");
    fs::write(&faulty, "id: r\nversion: 1.0.0\ntitle: R\n").unwrap();
    let (status, stdout, stderr) = diff(&[id, faulty.to_str().unwrap()]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.contains("error[missing-key]"), "{stderr}");
    let (status, stdout, stderr) = diff(&[id, "examples/mistakes/evaluation.yaml"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("one of these is a rubric and the other an evaluation"), "{stderr}");
}

#[test]
fn another_order_is_told_where_the_printed_numbers_stay() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).to_str().unwrap().to_owned()
    };
    let rubric = |domains: &str| {
        format!(
            "id: r\nversion: 1.0.0\ntitle: R\nqualifications: [{{ id: q, label: Q }}, {{ id: p, label: P }}]\n{domains}"
        )
    };
    let old = "domains:
  - { id: a, code: A-1, title: A, indicators: [{ id: a1, code: x, statement: One. }, { id: a2, code: y, statement: Two. }, { id: a3, code: z, statement: Three. }] }
  - id: b
    title: B
    competencies:
      - { id: c, code: C, title: C, statement: C., indicators: [{ id: c1, code: c1, statement: Four. }] }
      - { id: d, code: D, title: D, statement: D., indicators: [{ id: d1, code: d1, statement: Five. }, { id: d2, code: d2, statement: Six. }] }
";
    let new = "domains:
  - { id: a, code: Z-9, title: A, indicators: [{ id: a2, code: y, statement: Two. }, { id: a1, code: x, statement: One. }, { id: a4, code: n, statement: New. }] }
  - id: b
    title: B
    competencies:
      - { id: d, code: D, title: D, statement: D., indicators: [{ id: d2, code: d2, statement: Six. }, { id: d1, code: d1, statement: Five. }] }
      - { id: c, code: Q, title: C, statement: C., indicators: [{ id: c1, code: c1, statement: Four. }] }
";
    let (old, new) = (
        write("old.yaml", &rubric(old)),
        write(
            "new.yaml",
            &rubric(new)
                .replace("{ id: q, label: Q }, { id: p, label: P }", "{ id: p, label: P }, { id: q, label: Q }"),
        ),
    );
    let (_, stdout, _) = diff(&[&old, &new]);
    for line in [
        "changed domain `a`, indicators: a1, a2 -> a2, a1",
        "changed domain `b`, competencies: c, d -> d, c",
        "changed competency `d`, indicators: d1, d2 -> d2, d1",
        "changed rubric `r`, qualifications: q, p -> p, q",
        // Not a matter of counting: each is told.
        "changed domain `a`, code: A-1 -> Z-9",
        "changed competency `c`, code: C -> Q",
    ] {
        assert!(stdout.contains(&format!("  {line}\n")), "{line}\n{stdout}");
    }
    assert!(!stdout.contains("in the same way"), "{stdout}");
}
