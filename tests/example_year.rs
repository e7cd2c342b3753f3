//! The example year of `examples/year`, lived through command by command.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::process::Command;

/// A copy of the year's documents, with the rubric beside them.
struct Year(tempfile::TempDir);

impl Year {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rubric = support::project("examples/rubrics/elm_hill_school_social_work.yaml");
        for path in support::files_ending("examples/year", ".yaml").into_iter().chain([rubric]) {
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        Self(folder)
    }

    /// Runs a command with the rubric at hand; its output, and its messages.
    fn run(&self, command: &str) -> (String, String) {
        self.run_words(command, &[])
    }

    /// Runs a command with further arguments, which may hold blanks.
    fn run_words(&self, command: &str, more: &[&str]) -> (String, String) {
        let words = command.split(' ').chain(more.iter().copied());
        let flag = if command.starts_with("form") { "--base" } else { "--rubric" };
        let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .current_dir(self.0.path())
            .args(words.chain([flag, "elm_hill_school_social_work.yaml"]))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let messages = text(run.stderr);
        assert!(run.status.success(), "{command}: {messages}");
        (text(run.stdout), messages)
    }

    fn read(&self, name: &str) -> String {
        support::read(self.0.path().join(name))
    }
}

#[test]
fn every_document_of_the_year_is_without_findings() {
    let year = Year::new();
    let names: Vec<String> = support::files_ending("examples/year", ".yaml")
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert!(names.len() >= 7);
    let (said, _) = year.run(&format!("check {} --deny warnings", names.join(" ")));
    let clean = said.lines().filter(|line| line.ends_with(": no findings")).count();
    assert_eq!(clean, names.len(), "{said}");
}

#[test]
fn the_interim_evaluation_begins_the_draft_and_the_draft_is_set_beside_the_self_evaluation() {
    let year = Year::new();
    let (_, said) = year.run("form --evaluation 2_interim.yaml --format yaml -o begun.yaml");
    assert!(said.contains("interim"), "{said}");
    let begun = year.read("begun.yaml");
    for part in ["Every new plan names at least one objective", "event: observation", "E-2081"] {
        assert!(begun.contains(part), "{part}");
    }
    let (report, _) = year.run("report 3_draft.yaml --beside 1_self.yaml");
    assert!(report.contains("Self-evaluation") && report.contains("DRAFT"), "{report}");
}

/// The observations of a document.
fn observed(text: &str) -> serde_json::Value {
    serde_yaml::from_str::<serde_json::Value>(text).unwrap()["observations"].take()
}

#[test]
fn the_observation_of_the_spring_is_filled_in_on_its_form_and_comes_into_the_draft() {
    let year = Year::new();
    let (begun, _) = year.run("form --evaluation 2_interim.yaml --type formal --format yaml");
    let begun = begun.replace("2000-01-01", "2025-08-25").replace("2000-12-31", "2026-06-12");
    fs::write(year.0.path().join("begun.yaml"), &begun).unwrap();
    let of_fall = observed(&begun);
    assert_eq!(of_fall[0]["id"], "fall", "the observation of the fall goes on into the draft");

    // The page and the sheet ask for the occasion, and for nothing else of the evaluation.
    year.run("form --observation announced --evaluation begun.yaml -o occasion.html");
    let page = year.read("occasion.html");
    for part in ["Announced observation", "Amara Osei", "data-key=\"observation.date\"", "\"taken\":[\"fall\"]"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("data-list=\"goals\"") && !page.contains("A silence that most adults"));

    // The form as YAML, filled in as the example is.
    let (form, _) = year.run("form --observation announced --evaluation begun.yaml --format yaml");
    let spring = year.read("2_observation.yaml");
    let given = &observed(&spring)[0];
    let word = |key: &str| given[key].as_str().unwrap().to_owned();
    let mut filled = form
        .replace("    date:\n", &format!("    date: {}\n    notes: \"{}\"\n", word("date"), word("notes").trim_end()))
        .replace("id: announced_1", "id: spring\n    by: E-0007\n    minutes: 50\n    at: Maple Street Middle School");
    for (indicator, rating) in given["ratings"].as_object().unwrap() {
        filled = filled.replace(&format!("      {indicator}:\n"), &format!("      {indicator}: {rating}\n"));
    }
    fs::write(year.0.path().join("filled.yaml"), &filled).unwrap();
    let (own, _) = year.run("combine begun.yaml filled.yaml");
    let (joined, _) = year.run("combine begun.yaml 2_observation.yaml");
    assert_eq!(own, joined, "{filled}");
    assert_eq!(observed(&joined), observed(&year.read("3_draft.yaml")));
}

#[test]
fn the_status_of_the_year_is_mailed_as_a_table_and_pinned_as_a_page() {
    let year = Year::new();
    let on = |day: &str, documents: &str| year.run(&format!("status {documents} --on {day}")).0;
    let mailed = on("2026-05-22", "1_self.yaml 2_interim.yaml 2_observation.yaml 3_draft.yaml");
    support::expect(support::project("examples/year/status.txt"), &mailed);
    assert!(mailed.contains("2 days  Receipt acknowledged  Employee    2026-05-20  4 of 6"), "{mailed}");
    // Late is nobody once the receipt is acknowledged, and nothing is to do once the final evaluation is sealed.
    let answered = on("2026-05-22", "1_self.yaml 4_response.yaml");
    assert!(answered.contains("0 late") && answered.contains("Evaluator   2026-06-12  5 of 6"), "{answered}");
    assert!(on("2026-06-06", "1_self.yaml 5_final.yaml").contains("all is done"));
    assert!(on("2026-10-05", "7_next.yaml").contains("5 days  Self-evaluation"), "the next year begins anew");

    year.run("status 1_self.yaml 2_interim.yaml 3_draft.yaml --on 2026-05-22 -o status.html");
    let page = year.read("status.html");
    for part in ["1 person, 1 late", "Receipt acknowledged", "October 8", "2 days late"] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert!(!page.contains("January 28"), "the mid-year conference is not the goal conference");
}

#[test]
fn the_employee_responds_on_a_form_and_the_report_prints_it() {
    let year = Year::new();
    year.run("form --evaluation 3_draft.yaml --respond -o respond.html");
    assert!(year.read("respond.html").contains("Amara Osei"));
    let (report, _) = year.run("report 4_response.yaml");
    assert!(report.contains("By my list 21 of 24 were on time"), "{report}");
    // Nothing but what the employee wrote is new since the draft.
    let before_response =
        |text: &str| text[text.find("\nratings:").unwrap()..text.find("\nsupervision:").unwrap()].to_owned();
    assert_eq!(before_response(&year.read("3_draft.yaml")), before_response(&year.read("4_response.yaml")));
}

#[test]
fn the_employee_sees_the_draft_once_it_is_delivered_and_what_changed_since() {
    let year = Year::new();
    let (whole, _) = year.run("report 3_draft.yaml");
    let (seen, _) = year.run("report 3_draft.yaml --for employee");
    assert_eq!(seen, whole);
    let (changed, _) = year.run("diff 3_draft.yaml 6_amended.yaml --for employee");
    for part in [
        "changed Deadlines for documentation (7.2.4): level: Has not met -> Has met",
        "added Response of 2026-05-20: ",
        "changed Status: draft -> final",
        "added Seal: ",
    ] {
        assert!(changed.contains(part), "{part} in\n{changed}");
    }
}

/// A document of the year that the program writes.
fn document(head: &str, written: &str) -> String {
    format!("# yaml-language-server: $schema=../../rubrics/schema/evaluation.json\n#\n# {head}\n{written}")
}

#[test]
fn the_evaluation_is_sealed_and_amended_when_the_employee_turns_out_to_be_right() {
    let year = Year::new();
    let (_, said) = year.run("finish 4_response.yaml --on 2026-06-05 --by E-0007 -o final.yaml");
    assert!(said.contains("final, and sealed on 2026-06-05"), "{said}");
    let head = "June. The final evaluation with its seal: a change of it is found.";
    support::expect(support::project("examples/year/5_final.yaml"), &document(head, &year.read("final.yaml")));

    let because = "The special education office corrected its report: it had counted three reports of March twice, the second time as late.";
    let comment =
        "ratings.deadlines.comment=21 of 24 reports were on time: 14 of 15 in the first half, and 7 of 9 after that.";
    let more = ["--because", because, "--set", "ratings.deadlines.level=has_met", "--set", comment];
    let (_, said) = year.run_words("amend final.yaml --on 2026-09-03 --by E-0007 -o amended.yaml", &more);
    assert!(said.contains("2 amendments; the sealed original can be computed back"), "{said}");
    let head = "September. The final evaluation as amended; the original can be computed back from it.";
    support::expect(support::project("examples/year/6_amended.yaml"), &document(head, &year.read("amended.yaml")));

    year.run("report amended.yaml -o report.html");
    let (said, _) = year.run("verify final.yaml amended.yaml report.html");
    for part in
        ["final.yaml: verified, sealed on 2026-06-05 by E-0007\n", "with 2 amendments since", "report.html: verified"]
    {
        assert!(said.contains(part), "{part} in\n{said}");
    }
}

#[test]
fn the_amended_evaluation_begins_the_next_year_with_the_open_goals_and_the_hours_so_far() {
    let year = Year::new();
    let (_, said) = year.run("form --evaluation 6_amended.yaml --format yaml -o next.yaml");
    assert!(said.contains("the form is for the next year"), "{said}");
    let begun = year.read("next.yaml");
    let begun = begun.replace("# FILL IN the first and the last day\n", "");
    let begun = begun.replace("2000-01-01", "2026-08-24").replace("2000-12-31", "2027-06-11");
    support::expect(support::project("examples/year/7_next.yaml"), &begun);
    // 11 hours of the year before, and 16.5 of this one.
    for part in ["contact_hours_before: 27.5", "Plan the reports of March in January", "Every group that begins after"]
    {
        assert!(begun.contains(part), "{part}");
    }
    for part in ["File at least nine of ten", "Every new plan names"] {
        assert!(!begun.contains(part), "{part}");
    }
}

#[test]
fn the_history_sets_the_year_beside_the_one_before_and_shows_the_other_evaluations_apart() {
    let year = Year::new();
    let files = "0_year_before.yaml 1_self.yaml 2_interim.yaml 3_draft.yaml 6_amended.yaml 7_next.yaml";
    let (history, said) = year.run(&format!("history {files}"));
    assert_eq!(said, "");
    for part in [
        "- Years: 2, 2024-25 to 2025-26",
        // Nothing that was rated is without a home in the district's rubric, and hours before are those of the year before.
        "Manager (7). Share met: 6 of 8 met (75%) in 2024-25, 7 of 8 met (88%) in 2025-26; 13 percentage points higher. \
         Of 8 indicators rated in both years: 1 higher, 7 the same, 0 lower.",
        "| Students select their own objectives (4.2.3) | Has not met | Has met |",
        "Formal evaluation, final, sealed, amended 2 times since, June 5, 2026; by Priya Shah",
        "| Deadlines for documentation (7.2.4) | Has not met | Has met |",
        "27.5 contact hours so far in the certificate’s cycle",
        "It does not count: it is the employee’s own, which the employee shares.",
        "It does not count: an evaluation of record is of the same school year.",
        "It does not count: it is a draft.",
        "**File at least nine of ten service reports by their due date.** Not met",
    ] {
        assert!(history.contains(part), "{part} in\n{history}");
    }
    assert!(!history.contains("without a home") && !history.contains("adds up to"), "{history}");
}
