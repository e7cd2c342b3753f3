//! Rosters as HR systems and spreadsheets write them.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const CONNECTICUT: &str = "connecticut_school_social_work";

struct Run {
    status: i32,
    told: String,
    folder: TempDir,
}

impl Run {
    /// The names of the forms, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("o")).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The form of somebody, by the beginning of its name.
    fn form(&self, begin: &str) -> String {
        let names = self.names();
        let name = names.iter().find(|name| name.starts_with(begin)).unwrap_or_else(|| panic!("{names:?}"));
        support::read(self.folder.path().join("o").join(name))
    }
}

fn run_in(folder: TempDir, roster: &str, arguments: &[&str]) -> Run {
    fs::write(folder.path().join("staff.csv"), roster).unwrap();
    let command = ["form", CONNECTICUT, "--roster", "staff.csv", "--out", "o", "--format", "yaml"];
    let output = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .current_dir(folder.path())
        .args(command)
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    Run { status: output.status.code().unwrap(), told, folder }
}

fn run(roster: &str) -> Run {
    run_in(tempfile::tempdir().unwrap(), roster, &[])
}

#[test]
fn headers_of_an_hr_export_are_understood() {
    let roster =
        "Employee ID,Last Name,First Name,Job Title,Building,Hire Date\n1001,Ruiz,Ana,Social Worker,PS 1,08/25/2019\n";
    let run = run(roster);
    assert_eq!(run.status, 0, "{}", run.told);
    assert!(run.told.contains("dates read: 1 as month/day/year; `08/25/2019` is 2019-08-25"), "{}", run.told);
    assert_eq!(run.names(), ["1001_Ana-Ruiz_connecticut_school_social_work.yaml"]);
    for part in ["id: \"1001\"", "name: Ana Ruiz", "school: PS 1", "hired_on: \"2019-08-25\"", "title: Social Worker"] {
        assert!(run.form("1001").contains(part), "{part}");
    }
}

#[test]
fn a_oneroster_table_is_understood_and_what_it_has_too_much_is_said_once() {
    let roster =
        "sourcedId,status,enabledUser,givenName,familyName,identifier,email\nU-7,active,true,Bo,Lee,88,b@x.org\n";
    let run = run(roster);
    assert_eq!((run.status, run.names().len()), (0, 1), "{}", run.told);
    let columns = "columns that no form needs: `identifier`, `status`, `enabledUser`, `email`";
    assert!(run.told.contains(columns), "{}", run.told);
    assert!(run.form("U-7").contains("name: Bo Lee"));
}

#[test]
fn all_that_is_wrong_with_the_headers_is_said_at_once() {
    let run = run("Union,id,Badge,name,Employee ID,period_from\nx,1,2,Ann,3,2025-08-25\n");
    assert_eq!((run.status, run.names().len()), (1, 0));
    for part in [
        "there is no column `Union`, `Badge`",
        "`id` and `Employee ID` are both the column `id`",
        "the column `period_to` is missing beside `period_from`",
    ] {
        assert!(run.told.contains(part), "{part}: {}", run.told);
    }
}

#[test]
fn rows_above_the_header_and_names_last_first_are_understood() {
    let run = run("Staff of 2025,,\n,,\nID,\"Last Name, First Name\",School\n7,\"Ruiz, Ana\",PS 1\n");
    assert_eq!(run.status, 0, "{}", run.told);
    assert!(run.told.contains("row 3 names the columns"), "{}", run.told);
    assert!(run.form("7_").contains("name: Ana Ruiz"));
}

#[test]
fn american_dates_are_read_where_the_table_proves_them() {
    let head = "id,name,hired_on,certificate_from,certificate_to\n";
    let proven = run(&format!("{head}E-1,Ann,8/25/2014,7/1/2024,6/30/2029\nE-2,Bo,43702,7/1/2022,6/30/2027\n"));
    assert_eq!(proven.status, 0, "{}", proven.told);
    assert!(
        proven.told.contains("dates read: 5 as month/day/year, 1 as a spreadsheet's number of days"),
        "{}",
        proven.told
    );
    assert!(
        proven.form("E-1").contains("from: \"2024-07-01\"") && proven.form("E-2").contains("hired_on: \"2019-08-25\"")
    );
    let open = run("id,name,hired_on\nE-1,Ann,7/1/2024\nE-2,Bo,25.08.2019\nE-3,Cy,8/9/19\n");
    assert_eq!((open.status, open.names().len()), (1, 0));
    for part in [
        "row 2, column `hired_on`: `7/1/2024` can be 2024-07-01 or 2024-01-07",
        "row 3, column `hired_on`: `25.08.2019` is not a date",
        "row 4, column `hired_on`: `8/9/19` has a year of two digits",
        "3 rows without a form",
    ] {
        assert!(open.told.contains(part), "{part}: {}", open.told);
    }
}

#[test]
fn two_rows_of_one_person_are_two_assignments_of_one_form() {
    let rows = "A-2,Bo Lee,PS 1,50%\nA-2,Bo Lee,PS 2,\"0,25\"\nA-2,Bo Lee,PS 2,0.25\n";
    let run = run(&format!("id,name,school,fte\n{rows}"));
    assert_eq!((run.status, run.names().len()), (0, 1), "{}", run.told);
    let form = run.form("A-2");
    assert!(form.contains("    - school: PS 1\n      fte: 0.5\n    - school: PS 2\n      fte: 0.25\n"), "{form}");
    assert_eq!(form.matches("school: PS").count(), 2);
}

#[test]
fn contradictory_and_mangled_rows_are_reported_and_the_others_written() {
    let rows =
        "1.00E+05,Ann,PS 1,50\nE-2,Bo Lee,PS 1,1\nE-2,Bo Lea,PS 2,\nE-3,#REF!,PS 1,\nE-4,Cy,PS 1,1\ne-4,Cy,PS 1,1\n";
    let run = run(&format!("id,name,school,fte\n{rows}"));
    assert_eq!((run.status, run.names().len()), (1, 1), "{}", run.told);
    for part in [
        "row 2, column `id`: a spreadsheet shortened a number to `1.00E+05`",
        "row 2, column `fte`: `50` is more than a full position",
        "row 4, column `name`: `Bo Lea` here, and `Bo Lee` in row 3",
        "row 5, column `name`: `#REF!` is an error of the spreadsheet",
        "row 7, column `id`: `e-4` differs from `E-4` in row 6 by capitals only",
        "1 form written to o",
        "5 rows without a form: mend them",
    ] {
        assert!(run.told.contains(part), "{part}: {}", run.told);
    }
    assert_eq!(run.told.matches("error: ").count(), 5, "one fault is told once: {}", run.told);
}

#[test]
fn a_share_of_a_position_without_a_school_is_left_out_and_said_once() {
    let run = run("id,name,fte\nA-1,Ann,0.5\nA-2,Bo,50%\n");
    assert_eq!((run.status, run.names().len()), (0, 2), "{}", run.told);
    assert_eq!(run.told.matches("the share of a position is left out").count(), 1);
}

#[test]
fn a_name_is_somebodys_own_whoever_else_is_in_the_roster() {
    let long = "a".repeat(300);
    let all = run(&format!("id,name\n{long},Long\nE-1,Dup Name\nE-2,Dup Name\nCON,Con\n0012,Zero\n12,Twelve\n"));
    assert_eq!((all.status, all.names().len()), (0, 6), "{}", all.told);
    assert!(
        all.names().iter().all(|name| name.len() <= 255 && !name.to_uppercase().starts_with("CON.")),
        "{:?}",
        all.names()
    );
    let one = run("id,name\nE-2,Dup Name\n");
    assert!(all.names().contains(&one.names().remove(0)), "{:?}", one.names());
}

#[test]
fn a_roster_says_when_and_by_whom_everybody_is_evaluated() {
    let roster = "id,name,period_from,period_to,evaluator_id,evaluator,school\nE-1,Ann,2025-08-25,2026-06-12,E-7,Priya Shah,Elm\n";
    let run = run(roster);
    assert_eq!(run.status, 0, "{}", run.told);
    assert_eq!(run.names(), ["E-1_Ann_2025-08-25_2026-06-12_connecticut_school_social_work.yaml"]);
    let form = run.form("E-1");
    for part in ["from: \"2025-08-25\"", "to: \"2026-06-12\"", "id: E-7", "name: Priya Shah", "school: Elm"] {
        assert!(form.contains(part), "{part}: {form}");
    }
}

fn evaluation(folder: &Path, name: &str, id: &str, status: &str, kind: &str) {
    let text = format!(
        "rubric: {{ id: {CONNECTICUT} }}\nstatus: {status}\ntype: {kind}\nemployee: {{ id: {id}, name: Somebody, certificate: {{ \
         kind: initial, from: 2024-07-01, to: 2027-06-30 }} }}\nevaluators: [{{ id: E-7, name: Priya Shah }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ self_growth: {{ level: has_met, comment: Of {id}. }} }}\n"
    );
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_roster_goes_on_with_each_persons_evaluation_and_shows_only_their_own_beside() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["drafts", "self"] {
        fs::create_dir(folder.path().join(part)).unwrap();
    }
    evaluation(folder.path(), "drafts/1.yaml", "E-1", "draft", "formal");
    evaluation(folder.path(), "self/1.yaml", "E-1", "draft", "interim");
    evaluation(folder.path(), "self/2.yaml", "E-2", "draft", "interim");
    let run = run_in(
        folder,
        "id,name,school\nE-1,Ann Newname,Elm\nE-2,Bo,Oak\n",
        &["--evaluation", "drafts", "--beside", "self"],
    );
    assert_eq!(run.status, 0, "{}", run.told);
    let (first, second) = (run.form("E-1"), run.form("E-2"));
    // An entry of the personnel file comes first; an entry that the file lacks stays.
    for part in ["name: Ann Newname", "school: Elm", "kind: initial", "comment: \"Of E-1.\""] {
        assert!(first.contains(part), "{part}: {first}");
    }
    assert!(second.contains("Interim evaluation: Has met. Of E-2.") && !second.contains("Of E-1"), "{second}");
    assert!(first.contains("Interim evaluation: Has met. Of E-1.") && !first.contains("Of E-2"), "{first}");
}

#[test]
fn a_self_evaluation_that_is_not_shared_is_beside_nobodys_form() {
    let folder = tempfile::tempdir().unwrap();
    evaluation(folder.path(), "1.yaml", "E-1", "draft", "self");
    let run = run_in(folder, "id,name\nE-1,Ann\nE-2,Bo\n", &["--beside", "1.yaml"]);
    assert_eq!((run.status, run.names().len()), (0, 2), "{}", run.told);
    assert!(run.told.contains("left out: ") && !run.form("E-1").contains("Of E-1."), "{}", run.told);
    let run = run_in(run.folder, "id,name\nE-3,Cy\nE-1,Ann Other\n", &["--beside", "1.yaml", "--beside-unshared"]);
    assert!(run.form("E-1_Ann-Other").contains("Of E-1."), "{}", run.told);
}

#[test]
fn a_draft_of_another_period_than_the_rosters_is_told() {
    let folder = tempfile::tempdir().unwrap();
    evaluation(folder.path(), "1.yaml", "E-1", "draft", "formal");
    let roster = "id,name,period_from,period_to\nE-1,Ann,2026-08-25,2027-06-12\nE-2,Bo,2026-08-25,2027-06-12\n";
    let run = run_in(folder, roster, &["--evaluation", "1.yaml"]);
    assert_eq!((run.status, run.names().len()), (1, 1), "{}", run.told);
    assert!(
        run.told.contains("`E-1` has a draft of 2025-08-25 to 2026-06-12, which is another period"),
        "{}",
        run.told
    );
}
