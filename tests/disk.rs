//! Disks that are full, that cannot be written, and on which something is in the way: a message, and nothing half done.
//!
//! The disks are real: a small file system in memory, mounted where only the command under test sees it.

#![cfg(all(feature = "cli", target_os = "linux"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::process::{Command, Stdio};

const RIVERA: &str = "examples/evaluations/rivera_final.yaml";
const NOVAK: &str = "examples/evaluations/novak_scored.yaml";
const RIVERSIDE: &str = "examples/rubrics/riverside_school_counselor.yaml";
const PROVO: &str = "examples/rubrics/provo_school_social_work.yaml";

/// Mounts, prepares, runs, and then tells what is on the disk: a line for each name, with the end of what a file holds.
const SCRIPT: &str = r#"
disk=$1 options=$2 prepare=$3
shift 3
mount -t tmpfs -o "$options" tmpfs "$disk" || exit 77
(cd "$disk" && eval "$prepare") || exit 77
"$@"
status=$?
cd "$disk"
printf '\n== left\n'
for name in $(ls -A); do
  if [ -d "$name" ]; then echo "$name/"; else echo "$name $(tail -c 8 "$name" | tr '\n' ' ')"; fi
done
exit $status
"#;

struct Run {
    status: i32,
    stderr: String,
    /// The files on the disk afterwards.
    left: Vec<String>,
}

/// Runs the program in the project, with a disk of its own at `DISK`, which stands for its folder in the arguments. `None`
/// where no disk can be mounted; that must not happen where every change is tested.
fn on_disk(options: &str, prepare: &str, arguments: &[&str]) -> Option<Run> {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().to_str().unwrap();
    let arguments = arguments.iter().map(|argument| argument.replace("DISK", disk));
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", disk, options, prepare])
        .arg(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(support::project(""))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output();
    let output = output.ok().filter(|output| String::from_utf8_lossy(&output.stdout).contains("\n== left\n"));
    let Some(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "no disk can be mounted here: run as root, or let users have namespaces of their own \
             (sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_unprivileged_userns=0)"
        );
        return None;
    };
    let stdout = String::from_utf8(output.stdout).unwrap();
    let (_, left) = stdout.split_once("\n== left\n").unwrap();
    Some(Run {
        status: output.status.code().unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap().replace(disk, "DISK"),
        left: left.lines().map(|line| line.trim_end().to_owned()).collect(),
    })
}

/// Every command that writes a file, without the file.
const WRITERS: [&[&str]; 13] = [
    &["report", RIVERA, "--format", "html", "-o"],
    &["report", RIVERA, "--format", "markdown", "-o"],
    &["score", NOVAK, "--rubric", RIVERSIDE, "--format", "json", "-o"],
    &["goals", RIVERA, "-o"],
    &["form", "connecticut_school_social_work", "--format", "html", "-o"],
    &["form", "connecticut_school_social_work", "--format", "yaml", "-o"],
    &["rubrics", PROVO, "-o"],
    &["diff", "connecticut_school_social_work", PROVO, "-o"],
    &["schema", "rubric", "-o"],
    &["templates", "report.html", "-o"],
    &["migrate", "examples/evaluations/okafor_interim.yaml", "--to", PROVO, "-o"],
    &["batch", RIVERA, NOVAK, "--base", RIVERSIDE, "-o"],
    &["summarize", RIVERA, "-o"],
];

fn writing<'a>(command: &[&'a str]) -> Vec<&'a str> {
    command.iter().copied().chain(["DISK/out"]).collect()
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    for command in WRITERS {
        // Two pages, and both are taken.
        let prepare = "printf before > out && head -c 4096 /dev/zero > other";
        let Some(run) = on_disk("size=8k", prepare, &writing(command)) else { return };
        assert_eq!(run.status, 1, "{command:?}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap_or_default();
        assert_eq!(last, "error: cannot write to `DISK/out`: the disk is full", "{command:?}: {}", run.stderr);
        assert_eq!(run.left.len(), 2, "{command:?}: {:?}", run.left);
        assert!(run.left.contains(&"out before".to_owned()), "{command:?}: {:?}", run.left);
    }
}

#[test]
fn a_disk_that_cannot_be_written_stays_as_it_is() {
    for command in WRITERS {
        let prepare = "printf before > out && mount -o remount,ro \"$disk\"";
        let Some(run) = on_disk("size=64k", prepare, &writing(command)) else { return };
        assert_eq!(run.status, 1, "{command:?}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap_or_default();
        assert_eq!(
            last, "error: cannot write to `DISK/out`: the file system is read-only",
            "{command:?}: {}",
            run.stderr
        );
        assert_eq!(run.left, ["out before"], "{command:?}");
    }
}

#[test]
fn a_folder_in_the_way_stays_one() {
    for command in WRITERS {
        let Some(run) = on_disk("size=64k", "mkdir out", &writing(command)) else { return };
        assert_eq!(run.status, 1, "{command:?}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: cannot write to `DISK/out`: "), "{command:?}: {}", run.stderr);
        assert_eq!(run.left, ["out/"], "{command:?}");
    }
}

/// A table of so many people.
fn roster(folder: &std::path::Path, people: usize) -> String {
    let rows: String = (0..people).map(|number| format!("E-{number},Name of {number}\n")).collect();
    let path = folder.join("staff.csv");
    fs::write(&path, format!("id,name\n{rows}")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn forms_for_everybody_are_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let staff = roster(folder.path(), 6);
    let command = ["form", "connecticut_school_social_work", "--roster", &staff, "--out", "DISK"];
    // The disk has room for some of them.
    let Some(run) = on_disk("size=600k", "true", &command) else { return };
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("the disk is full"), "{}", run.stderr);
    assert!(!run.left.is_empty() && run.left.len() < 6, "{:?}", run.left);
    assert!(run.left.iter().all(|file| file.contains(".html </html>")), "{:?}", run.left);

    let run = on_disk("size=600k", "mount -o remount,ro \"$disk\"", &command).unwrap();
    assert_eq!((run.status, run.left.len()), (1, 0), "{}", run.stderr);
    assert!(run.stderr.contains("the file system is read-only"), "{}", run.stderr);

    // A folder has the name of one of them: the others are written.
    let run = on_disk("size=9m", "mkdir E-3_Name-of-3_connecticut_school_social_work.html", &command).unwrap();
    assert_eq!((run.status, run.left.len()), (1, 6), "{}\n{:?}", run.stderr, run.left);
    assert!(
        run.stderr.contains("E-3_") && run.left.iter().any(|file| file.starts_with("E-3_") && file.ends_with(".html/")),
        "{}",
        run.stderr
    );
}

#[test]
fn reports_of_many_are_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let text = support::read(support::project(RIVERA));
    for number in 0..6 {
        let own = text.replace("id: E-1042", &format!("id: E-{number}"));
        assert_ne!(own, text);
        fs::write(folder.path().join(format!("e{number}.yaml")), own).unwrap();
    }
    let from = folder.path().to_str().unwrap();
    let Some(run) = on_disk("size=300k", "true", &["batch", from, "--out", "DISK"]) else { return };
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("the disk is full"), "{}", run.stderr);
    assert!(run.stderr.lines().filter(|line| line.contains("the disk is full")).count() == 1, "{}", run.stderr);
    let pages: Vec<&String> = run.left.iter().filter(|file| file.contains(".html")).collect();
    assert!(!pages.is_empty() && pages.len() < 6, "{:?}", run.left);
    assert!(pages.iter().all(|file| file.contains(".html </html>")), "{:?}", run.left);
    assert!(!run.left.iter().any(|file| file.contains(".tmp")), "{:?}", run.left);

    let read_only = "mount -o remount,ro \"$disk\"";
    let run = on_disk("size=300k", read_only, &["batch", from, "--out", "DISK"]).unwrap();
    assert_eq!((run.status, run.left.len()), (1, 0), "{}", run.stderr);
    assert!(run.stderr.contains("the file system is read-only"), "{}", run.stderr);

    let report = "E-3_Jordan-Rivera_2025-08-25_2026-06-12_by-E-0007_connecticut_school_social_work.html";
    let run = on_disk("size=9m", &format!("mkdir {report}"), &["batch", from, "--out", "DISK"]).unwrap();
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(run.left.iter().filter(|file| file.contains(".html </html>")).count(), 5, "{:?}", run.left);
    assert!(run.left.contains(&format!("{report}/")) && run.stderr.contains(report), "{}", run.stderr);
}

#[test]
fn whoever_stops_reading_hears_no_complaint() {
    for command in WRITERS {
        let command = &command[..command.len() - 1];
        let mut child = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .args(command)
            .current_dir(support::project(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{command:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{command:?}: {stderr}");

        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .args(command)
            .current_dir(support::project(""))
            .stdin(Stdio::null())
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}: {stderr}");
        let last = stderr.lines().last().unwrap_or_default();
        assert_eq!(last, "error: cannot write to standard output: the disk is full", "{command:?}: {stderr}");
    }
}

/// Runs the program in the project by a shell, with what stands behind it on the line.
fn in_shell(command: &[&str], behind: &str) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", &format!("\"$@\" {behind}"), "sh", env!("CARGO_BIN_EXE_appraise")])
        .args(command)
        .current_dir(support::project(""))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn output_that_goes_nowhere_is_an_error_unless_that_is_wished() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out");
    let written: [&[&str]; 4] = [
        &["--help"],
        &["batch", "--help"],
        &["check", RIVERA, "--format", "json"],
        &["check", RIVERA, "--format", "sarif"],
    ];
    for command in WRITERS.iter().map(|command| &command[..command.len() - 1]).chain(written) {
        let (status, stderr) = in_shell(command, ">&-");
        assert_eq!(status, 1, "{command:?}: {stderr}");
        let last = stderr.lines().last().unwrap_or_default();
        assert_eq!(last, "error: cannot write to standard output: it is closed", "{command:?}: {stderr}");
        // The null device by whatever way it is opened.
        for wished in [">/dev/null", "1<>/dev/null"] {
            let (status, stderr) = in_shell(command, wished);
            assert_eq!(status, 0, "{command:?} {wished}: {stderr}");
        }
    }
    // Nothing is to be written there.
    let to_file = [WRITERS[0], &[file.to_str().unwrap()]].concat();
    assert_eq!(in_shell(&to_file, ">&-").0, 0);
    assert!(support::read(&file).ends_with("</html>\n"));
}
