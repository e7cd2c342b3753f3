//! Supervision: `supervision: { kinds: […], every: { weeks: 1 } }` of a rubric, and the sessions that an evaluation records.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::diff::{self, Class};
use appraise::migrate::migrate;
use appraise::{Code, Evaluation, Form, Format, Library, OrphanKind, Renderer, Rubric, Type};
use serde_json::{Value, json};

fn text_of_rubric() -> String {
    support::read(support::project("tests/documents/rubrics/supervised.yaml"))
}

fn parsed(text: &str) -> Rubric {
    Rubric::parse("supervised.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn rubric() -> Rubric {
    parsed(&text_of_rubric())
}

/// The rubric with changes of its text.
fn changed(edits: &[(&str, &str)]) -> Rubric {
    let mut text = text_of_rubric();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    parsed(&text)
}

const HEAD: &str = "rubric: { id: supervised }
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-0007, name: Priya Shah }]
period: { from: 2025-09-01, to: 2025-10-26 }
ratings: { plans: has_met, circles: has_met }
";

const SESSIONS: &str = "supervision:
  - { date: 2025-09-03, kind: clinical, by: E-0007, minutes: 45, note: Crisis plans. }
  - { date: 2025-09-05, kind: administrative, by: E-0100, minutes: 30 }
  - { date: 2025-10-15, kind: clinical, by: E-0007 }
";

fn read(rest: &str) -> Evaluation {
    Evaluation::parse("e.yaml", &format!("{HEAD}{rest}"), &rubric()).unwrap_or_else(|found| panic!("{found}"))
}

fn evaluation() -> Evaluation {
    read(SESSIONS)
}

#[test]
fn a_rubric_is_written_back_with_its_supervision_which_changes_no_fingerprint() {
    let rubric = rubric();
    for text in [rubric.to_yaml(), serde_json::to_string(&rubric).unwrap()] {
        let again = parsed(&text);
        assert_eq!(format!("{:?}", again.supervision()), format!("{:?}", rubric.supervision()));
        assert_eq!(again.fingerprint(), rubric.fingerprint());
    }
    let asked = rubric.supervision().unwrap();
    assert_eq!((asked.kinds.len(), asked.every_weeks, asked.source.is_some()), (3, Some(1), true));
    // Supervision gives no rating another meaning: evaluations made before it was added stay readable.
    let start = text_of_rubric().find("supervision:").unwrap();
    let end = text_of_rubric().find("domains:").unwrap();
    let without = parsed(&format!("{}{}", &text_of_rubric()[..start], &text_of_rubric()[end..]));
    assert!(without.supervision().is_none());
    assert_eq!(without.fingerprint(), rubric.fingerprint());
}

#[test]
fn the_bundled_rubric_asks_for_three_kinds_weekly_and_keeps_its_fingerprint() {
    let rubric = Library::bundled().get("connecticut_school_social_work").unwrap();
    let asked = rubric.supervision().unwrap();
    let kinds: Vec<&str> = asked.kinds.iter().map(|kind| kind.id.as_str()).collect();
    assert_eq!((kinds, asked.every_weeks), (vec!["administrative", "clinical", "profession_specific"], Some(1)));
    assert!(asked.source.as_ref().unwrap().contains("Administrative Structure and Support"));
    assert!(asked.note.as_ref().unwrap().contains("never a finding about the employee"));
    // As it was printed before the rubric asked for supervision.
    let before = "sha256:e542815f945a9948d530c3ce094666522abc0bdeb5e3a05f3914107101479106";
    assert_eq!((rubric.version().as_str(), rubric.fingerprint()), ("1.0.0", before));
}

#[test]
fn the_supervision_of_an_overlay_replaces_that_of_its_base() {
    let mut library = Library::empty();
    library.add(rubric());
    let head = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: supervised@1\n";
    let inherits = Rubric::parse("ours.yaml", head, &library).unwrap();
    assert_eq!(inherits.supervision().unwrap().kinds, rubric().supervision().unwrap().kinds);
    let own = format!("{head}supervision: {{ kinds: [{{ id: peer, label: Peer supervision }}] }}\n");
    let own = Rubric::parse("ours.yaml", &own, &library).unwrap();
    let asked = own.supervision().unwrap();
    assert_eq!((asked.kinds.len(), asked.kinds[0].id.as_str(), asked.every_weeks), (1, "peer", None));
    let none = Rubric::parse("ours.yaml", &format!("{head}supervision: null\n"), &library);
    assert!(none.is_ok_and(|rubric| rubric.supervision().is_none()));
}

/// Changes of the old rubric's text, and the changes found: class, id and key.
type Compared<'a> = (&'a [(&'a str, &'a str)], &'a [(Class, &'a str, Option<&'a str>)]);

#[test]
fn a_comparison_tells_what_becomes_of_sessions_already_recorded() {
    let clinical = "    - { id: clinical, label: Clinical supervision }\n";
    let cases: [Compared<'_>; 5] = [
        (&[("label: Clinical supervision", "label: Clinical")], &[(Class::Wording, "clinical", Some("label"))]),
        (&[(clinical, "")], &[(Class::Orphaned, "clinical", None)]),
        (
            &[(clinical, "    - { id: clinical, label: Clinical supervision }\n    - { id: peer, label: Peer }\n")],
            &[(Class::None, "peer", None)],
        ),
        (&[("weeks: 1", "weeks: 2")], &[(Class::None, "supervised", Some("supervision.every.weeks"))]),
        (
            &[("item 2", "item 3"), ("nobody is rated", "nobody is ever rated")],
            &[
                (Class::None, "supervised", Some("supervision.source")),
                (Class::None, "supervised", Some("supervision.note")),
            ],
        ),
    ];
    for (edits, expected) in cases {
        let difference = diff::compare(&rubric(), &changed(edits));
        let found: Vec<_> =
            difference.changes.iter().map(|change| (change.class, change.id.as_str(), change.key.as_deref())).collect();
        assert_eq!(found, expected, "{edits:?}");
    }
}

#[test]
fn an_evaluation_is_written_back_with_its_sessions() {
    let evaluation = evaluation();
    for text in [evaluation.to_yaml(), serde_json::to_string(&evaluation).unwrap()] {
        let again = Evaluation::parse("again.yaml", &text, evaluation.rubric()).unwrap();
        assert_eq!(again.fingerprint(), evaluation.fingerprint());
        assert_eq!(again.supervision(), evaluation.supervision());
    }
    // An empty list is another thing than none.
    let (none, silent) = (read("supervision: []\n"), read(""));
    assert_eq!((none.supervision().map(<[_]>::len), silent.supervision().map(<[_]>::len)), (Some(0), None));
    assert!(none.to_yaml().contains("supervision: []") && !silent.to_yaml().contains("supervision:"));
    assert_ne!(none.fingerprint(), silent.fingerprint());
}

/// Days in 2025, each a session, of a period from the first to the last day; and how they are counted.
struct Counted<'a> {
    period: (&'a str, &'a str),
    days: &'a [&'a str],
    every: u32,
    /// Weeks with a session, and weeks.
    weeks: (u32, u32),
    gap: (u32, &'a str, &'a str),
}

#[test]
fn weeks_are_those_of_the_calendar_and_the_gap_is_the_longest_time_without_a_session() {
    let cases = [
        // Monday to Sunday; both ends of one week are one week.
        Counted {
            period: ("09-01", "09-14"),
            days: &["09-01", "09-07"],
            every: 1,
            weeks: (1, 2),
            gap: (7, "09-07", "09-14"),
        },
        Counted {
            period: ("09-01", "09-14"),
            days: &["09-07", "09-08"],
            every: 1,
            weeks: (2, 2),
            gap: (6, "09-01", "09-07"),
        },
        // A period that begins on a Sunday has a first week of one day.
        Counted { period: ("09-07", "09-14"), days: &["09-08"], every: 1, weeks: (1, 2), gap: (6, "09-08", "09-14") },
        Counted { period: ("09-07", "09-07"), days: &[], every: 1, weeks: (0, 1), gap: (0, "09-07", "09-07") },
        // Without a session the gap is all of it.
        Counted { period: ("09-01", "10-26"), days: &[], every: 1, weeks: (0, 8), gap: (55, "09-01", "10-26") },
        // Two weeks are one where the rubric asks for supervision every two weeks; the last may be shorter.
        Counted {
            period: ("09-01", "10-05"),
            days: &["09-03", "09-10", "10-01"],
            every: 2,
            weeks: (2, 3),
            gap: (21, "09-10", "10-01"),
        },
        // Of two gaps of one length the first.
        Counted { period: ("09-01", "09-15"), days: &["09-08"], every: 1, weeks: (1, 3), gap: (7, "09-01", "09-08") },
    ];
    for Counted { period: (from, to), days, every, weeks, gap } in cases {
        let rubric = changed(&[("weeks: 1", &format!("weeks: {every}"))]);
        // The order in which they are written does not matter.
        let sessions: Vec<String> =
            days.iter().rev().map(|day| format!("{{ date: 2025-{day}, kind: clinical, minutes: 10 }}")).collect();
        let text = HEAD
            .replace("{ from: 2025-09-01, to: 2025-10-26 }", &format!("{{ from: 2025-{from}, to: 2025-{to} }}"))
            + &format!("supervision: [{}]\n", sessions.join(", "));
        let evaluation = Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
        let supervised = evaluation.supervised().unwrap();
        assert_eq!((supervised.total.weeks, supervised.weeks, supervised.every_weeks), (weeks.0, weeks.1, every));
        let (first, last) = (supervised.gap.from(), supervised.gap.to());
        assert_eq!((supervised.gap.days, &first[5..], &last[5..]), gap, "{from} to {to}: {days:?}");
        assert_eq!(supervised.total.sessions as usize, days.len());
        assert_eq!(supervised.total.minutes as usize, days.len() * 10);
    }
}

#[test]
fn sessions_are_counted_by_kind_with_minutes_where_they_have_some() {
    let supervised = evaluation().supervised().unwrap();
    let of = |id: &str| supervised.kinds.iter().find(|(kind, _)| kind.id == id).unwrap().1;
    let numbers =
        |count: appraise::SupervisionCount| (count.sessions, count.minutes, count.without_minutes, count.weeks);
    assert_eq!(numbers(supervised.total), (3, 75, 1, 2));
    assert_eq!(numbers(of("clinical")), (2, 45, 1, 2));
    assert_eq!(numbers(of("administrative")), (1, 30, 0, 1));
    assert_eq!(numbers(of("profession_specific")), (0, 0, 0, 0));
    assert!(read("").supervised().is_none());
}

#[test]
fn the_time_counted_ends_with_the_day_of_completion_or_a_later_session() {
    let counted = |rest: &str| {
        let supervised = read(rest).supervised().unwrap();
        (supervised.to(), supervised.total.sessions, supervised.outside)
    };
    let until = |day: &str, rest: &str| counted(&format!("completed_on: {day}\n{rest}"));
    assert_eq!(counted(SESSIONS), ("2025-10-26".to_owned(), 3, 0));
    assert_eq!(until("2025-10-20", SESSIONS), ("2025-10-20".to_owned(), 3, 0));
    assert_eq!(until("2025-10-01", SESSIONS), ("2025-10-15".to_owned(), 3, 0));
    assert_eq!(until("2025-11-05", SESSIONS), ("2025-10-26".to_owned(), 3, 0));
    assert_eq!(until("2025-09-20", "supervision: []\n"), ("2025-09-20".to_owned(), 0, 0));
    // A session outside the period counts nowhere.
    let outside = SESSIONS.replace("2025-10-15", "2025-11-15");
    assert_eq!(counted(&outside), ("2025-10-26".to_owned(), 2, 1));
}

#[test]
fn evaluations_of_parts_are_combined_with_the_sessions_of_both_each_once() {
    let part = |scope: &str, by: &str, rest: &str| {
        let rated = if scope == "planning" { "ratings: { plans: has_met }" } else { "ratings: { circles: has_met }" };
        let head = HEAD.replace("E-0007", by).replace("ratings: { plans: has_met, circles: has_met }", rated);
        format!("{head}scope: [{scope}]\n{rest}")
    };
    let combined = |one: &str, other: &str| {
        let parts = [("a.yaml", part("planning", "E-0007", one)), ("b.yaml", part("practice", "E-0100", other))];
        Evaluation::combine(&[(parts[0].0, &parts[0].1), (parts[1].0, &parts[1].1)], &rubric())
    };
    let session = |day: &str, minutes: u32| format!("{{ date: {day}, kind: clinical, minutes: {minutes} }}");
    let list = |sessions: &[String]| format!("supervision: [{}]\n", sessions.join(", "));
    let (joined, found) = combined(
        &list(&[session("2025-09-03", 45), session("2025-09-10", 45)]),
        &list(&[session("2025-09-10", 45), session("2025-09-17", 30)]),
    );
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    let days: Vec<String> = joined.supervision().unwrap().iter().map(appraise::SupervisionSession::date).collect();
    assert_eq!(days, ["2025-09-03", "2025-09-10", "2025-09-17"]);
    let (joined, found) = combined(&list(&[session("2025-09-10", 45)]), &list(&[session("2025-09-10", 30)]));
    assert!(joined.is_none());
    let conflict = found[1].iter().find(|finding| finding.code == Code::ConflictingValue).unwrap();
    assert_eq!(conflict.message, "supervision of the kind `clinical` on 2025-09-10 differs from that in a.yaml");
    // A part that says that there was none does not take away those of the other.
    let (joined, _) = combined("supervision: []\n", &list(&[session("2025-09-10", 30)]));
    assert_eq!(joined.unwrap().supervision().unwrap().len(), 1);
}

#[test]
fn a_session_without_a_kind_in_the_new_rubric_is_kept_printed_and_comes_home() {
    let old = rubric();
    let document = evaluation().to_yaml();
    let clinical = "    - { id: clinical, label: Clinical supervision }\n";
    let without = changed(&[("version: 1.0.0", "version: 2.0.0"), (clinical, "")]);
    let migrated = migrate("e.yaml", &document, &without, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
    let kept: Vec<_> = migrated
        .evaluation
        .orphaned()
        .iter()
        .map(|orphan| {
            assert_eq!((orphan.kind, orphan.id.as_str()), (OrphanKind::Supervision, "clinical"));
            (orphan.date(), orphan.minutes, orphan.by.clone(), orphan.text.clone(), orphan.label.clone())
        })
        .collect();
    let (by, label) = (Some("E-0007".to_owned()), Some("Clinical supervision".to_owned()));
    let first = (Some("2025-09-03".to_owned()), Some(45), by.clone(), Some("Crisis plans.".to_owned()), label.clone());
    assert_eq!(kept, [first, (Some("2025-10-15".to_owned()), None, by, None, label)]);
    assert_eq!(migrated.evaluation.supervision().unwrap().len(), 1);
    for format in [Format::Markdown, Format::Html] {
        let report = Renderer::new().report(&migrated.evaluation.score(), format).unwrap();
        assert!(["Crisis plans.", "45", "Clinical supervision"].iter().all(|text| report.contains(text)), "{report}");
    }
    let again = changed(&[("version: 1.0.0", "version: 3.0.0")]);
    let home = migrate("e.yaml", &migrated.evaluation.to_yaml(), &again, Some(&without)).unwrap();
    assert_eq!(home.changes.came_home.len(), 2);
    let sorted = |evaluation: &Evaluation| {
        let mut sessions: Vec<String> =
            evaluation.supervision().unwrap().iter().map(|one| format!("{one:?}")).collect();
        sessions.sort_unstable();
        sessions
    };
    assert_eq!(sorted(&home.evaluation), sorted(&evaluation()));
    // A kind with another label is another kind.
    let renamed = changed(&[("version: 1.0.0", "version: 3.0.0"), ("label: Clinical", "label: Peer")]);
    let stays = migrate("e.yaml", &migrated.evaluation.to_yaml(), &renamed, Some(&without)).unwrap();
    assert_eq!((stays.evaluation.orphaned().len(), stays.evaluation.supervision().unwrap().len()), (2, 1));
}

#[test]
fn a_rubric_without_supervision_takes_over_none_and_loses_none() {
    let (start, end) = (text_of_rubric().find("supervision:").unwrap(), text_of_rubric().find("domains:").unwrap());
    let without = format!("{}{}", &text_of_rubric()[..start], &text_of_rubric()[end..]);
    let without = parsed(&without.replace("version: 1.0.0", "version: 2.0.0"));
    let migrated = migrate("e.yaml", &evaluation().to_yaml(), &without, Some(&rubric())).unwrap();
    assert_eq!((migrated.evaluation.orphaned().len(), migrated.evaluation.supervision()), (3, None));
    let home = migrate("e.yaml", &migrated.evaluation.to_yaml(), &rubric(), Some(&without)).unwrap();
    assert_eq!((home.evaluation.orphaned().len(), home.evaluation.supervision().unwrap().len()), (0, 3));
    let none = migrate("e.yaml", &read("supervision: []\n").to_yaml(), &without, Some(&rubric())).unwrap();
    assert_eq!((none.evaluation.orphaned().len(), none.evaluation.supervision()), (0, None));
}

#[test]
fn a_forms_schema_takes_sessions_where_the_check_does() {
    let rubric = rubric();
    let schema: Value = serde_json::from_str(&Form::new(&rubric).json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sound = serde_json::to_value(evaluation()).unwrap();
    assert!(validator.is_valid(&sound));
    for (key, value) in [
        ("kind", json!("peer")),
        ("minutes", json!(0)),
        ("minutes", json!(1441)),
        ("minutes", json!(1.5)),
        ("date", json!("09/03/2025")),
        ("room", json!("12")),
    ] {
        let mut wrong = sound.clone();
        wrong["supervision"][0][key] = value.clone();
        assert!(Evaluation::check("e.json", &wrong.to_string(), &rubric).diagnostics.has_errors(), "{key}: {value}");
        // A validator does not look at the format of a date.
        assert!(key == "date" || !validator.is_valid(&wrong), "{key}: {value}");
    }
    let ui: Value = serde_json::from_str(&Form::new(&rubric).ui_schema()).unwrap();
    assert_eq!(ui["supervision"]["items"]["kind"]["ui:enumNames"][1], "Clinical supervision");
    let other = support::rubric("tests/documents/rubrics/small.yaml");
    let schema: Value = serde_json::from_str(&Form::new(&other).json_schema()).unwrap();
    assert!(schema["properties"].get("supervision").is_none());
}

#[test]
fn the_next_document_of_the_year_takes_the_sessions_over_and_that_of_the_next_year_and_a_self_evaluation_do_not() {
    let of = |text: String| Evaluation::parse("f.yaml", &text, &rubric()).unwrap_or_else(|found| panic!("{found}"));
    let interim = read(&format!("type: interim\n{SESSIONS}"));
    let next = Form::after(&interim).yaml();
    assert!(next.contains("Crisis plans."), "{next}");
    assert!(!Form::after(&evaluation()).yaml().contains("Crisis plans."));
    assert!(!Form::of(&evaluation()).kind(Type::SelfEvaluation).yaml().contains("Crisis plans."));
    assert_eq!(of(Form::of(&evaluation()).yaml()).fingerprint(), evaluation().fingerprint());
    let blank = Form::new(&rubric()).yaml();
    assert!(blank.contains("# supervision: [{ date: 2025-09-03, kind: …, by: …, minutes: 45 }]"), "{blank}");
    assert!(!Form::new(&support::rubric("tests/documents/rubrics/small.yaml")).yaml().contains("supervision"));
}

#[test]
fn a_report_prints_counts_weeks_the_longest_gap_and_each_session_as_the_districts_to_provide() {
    let scorecard = evaluation().score();
    let report = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    for line in [
        "What the district provided: a yardstick for the district, and no finding about the employee.",
        "| Kind | Sessions | Minutes | Weeks with it, of 8 |",
        "| Administrative supervision | 1 | 30 | 1 (13%) |",
        "| Clinical supervision | 2 | 45, 1 without minutes | 2 (25%) |",
        "| Profession-specific supervision | 0 | 0 | 0 (0%) |",
        "| **Of any kind** | 3 | 75, 1 without minutes | 2 (25%) |",
        "- Counted: September 1, 2025 to October 26, 2025",
        "- Asked of the district: weekly",
        "- Longest time without: 5 weeks and 5 days, September 5, 2025 to October 15, 2025",
        "In a draft the weeks to come count too.",
        "| September 3, 2025 | Clinical supervision | Priya Shah | 45 | Crisis plans. |",
        "| October 15, 2025 | Clinical supervision | Priya Shah |  |  |",
        "Supervision is the district's to provide; nobody is rated by it.",
        "Source: Practice guidelines, item 2",
    ] {
        assert!(report.contains(line), "{line} in\n{report}");
    }
    let html = Renderer::new().report(&scorecard, Format::Html).unwrap();
    for text in ["no finding about the employee", "5 weeks and 5 days", "Crisis plans.", "1 without minutes", "2 (25%)"]
    {
        assert!(html.contains(text), "{text} in\n{html}");
    }
    // Nothing is said where the evaluation says nothing, and the times where there was none.
    let silent = Renderer::new().report(&read("").score(), Format::Markdown).unwrap();
    assert!(!silent.contains("Supervision"), "{silent}");
    let none = Renderer::new().report(&read("supervision: []\n").score(), Format::Markdown).unwrap();
    assert!(
        none.contains("| **Of any kind** | 0 | 0 | 0 (0%) |")
            && none.contains("Longest time without: 7 weeks and 6 days")
    );
    let html = Renderer::new().report(&read("supervision: []\n").score(), Format::Html).unwrap();
    assert!(html.contains("<h2>Supervision</h2>") && !html.contains("Sessions</caption>"));
}

#[test]
fn a_report_marks_a_session_outside_the_period_and_escapes_what_a_person_wrote() {
    let hostile = SESSIONS.replace("Crisis plans.", "\"<b>Plans</b> | *now*\"").replace("2025-10-15", "2025-11-15");
    let scorecard = read(&hostile).score();
    let html = Renderer::new().report(&scorecard, Format::Html).unwrap();
    assert!(html.contains("&lt;b&gt;Plans") && html.contains("not in this period"), "{html}");
    let markdown = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    assert!(markdown.contains("November 15, 2025, not in this period") && !markdown.contains("<b>"), "{markdown}");
}

#[test]
fn a_scorecard_in_json_counts_the_sessions_where_there_are_some() {
    let scorecard = serde_json::to_value(evaluation().score()).unwrap();
    let supervision = &scorecard["supervision"];
    assert_eq!(supervision["total"]["sessions"], 3);
    assert_eq!(supervision["total"]["share_of_weeks"], json!({ "exact": "1/4", "decimal": "0.25" }));
    assert_eq!(supervision["kinds"][1]["id"], "clinical");
    assert_eq!(supervision["longest_gap"]["days"], 40);
    assert!(serde_json::to_value(read("").score()).unwrap().get("supervision").is_none());
}

#[test]
fn a_form_has_rows_for_sessions_and_shows_those_that_there_are() {
    let page = Renderer::new().form(&Form::new(&rubric()), Format::Html).unwrap();
    assert_eq!(page.matches("data-list=\"supervision\"").count(), 1);
    assert!(page.contains("<template id=\"row-session\">") && page.contains("asked of it weekly"));
    let filled = Renderer::new().form(&Form::of(&evaluation()), Format::Html).unwrap();
    assert!(filled.contains("Crisis plans.") && filled.contains("<option value=\"clinical\" selected>"), "{filled}");
    let sheet = Renderer::new().form(&Form::of(&evaluation()), Format::Markdown).unwrap();
    assert!(sheet.contains("| 2025-09-03 | Clinical supervision | E-0007 | 45 | Crisis plans. |"), "{sheet}");
    let other = Form::new(&support::rubric("tests/documents/rubrics/small.yaml"));
    for (format, heading) in [(Format::Html, "<h2>Supervision"), (Format::Markdown, "## Supervision")] {
        assert!(!Renderer::new().form(&other, format).unwrap().contains(heading));
        assert!(Renderer::new().form(&Form::new(&rubric()), format).unwrap().contains(heading));
    }
}

#[test]
fn a_batch_as_a_table_has_columns_for_supervision_where_the_rubric_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rubric.yaml"), text_of_rubric()).unwrap();
    std::fs::write(folder.path().join("a.yaml"), format!("{HEAD}{SESSIONS}")).unwrap();
    std::fs::write(folder.path().join("b.yaml"), HEAD.replace("E-1042", "E-1043")).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(["batch", "a.yaml", "b.yaml", "--rubric", "rubric.yaml", "--format", "csv"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let of = |row: usize, name: &str| rows[row][rows[0].iter().position(|known| *known == name).unwrap()];
    let numbers = |row: usize| {
        ["sessions", "minutes", "weeks", "of_weeks", "longest_gap_days", "clinical.sessions", "administrative.minutes"]
            .map(|name| of(row, &format!("supervision.{name}")))
    };
    assert_eq!(numbers(1), ["3", "75", "2", "8", "40", "2", "30"]);
    assert_eq!(numbers(2), [""; 7]);
}
