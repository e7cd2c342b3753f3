//! The list file in a folder of reports: the hash of each report's inputs, and the lock against a second run.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::super::interrupt;

/// The name of the file.
const LIST: &str = ".appraise-batch.ndjson";

/// The list of a folder, open and locked for this run; the lock goes with the process, however that ends.
pub(super) struct List {
    path: PathBuf,
    file: Mutex<File>,
}

/// A line about a report; the last one about a file counts.
#[derive(Serialize, Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) file: Cow<'a, str>,
    /// The hash of everything that it is made from.
    pub(super) of: Cow<'a, str>,
    /// The hash of its own bytes; absent in lists of former times.
    #[serde(default)]
    pub(super) holds: Option<Cow<'a, str>>,
    /// The place of its evaluation; absent in lists of old versions.
    #[serde(default)]
    pub(super) from: Option<Cow<'a, str>>,
}

/// A line about a run.
#[derive(Serialize, Deserialize)]
struct Run {
    /// The number of its process.
    run: u32,
}

impl List {
    /// Opens the list of a folder and takes in its lines, each with where it begins, in bytes.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::WouldBlock`] where another run writes to the folder.
    pub(super) fn open(folder: &Path, mut each: impl FnMut(u64, &Line<'_>)) -> io::Result<Self> {
        let path = folder.join(LIST);
        let mut file = File::options().read(true).append(true).create(true).open(&path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(io::ErrorKind::WouldBlock, is_busy(runs(&file).last().copied())));
            }
            // A disk without locks is not kept from use.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        lines(&file, |at, line| {
            if let Ok(line) = serde_json::from_slice(line) {
                each(at, &line);
            }
        })?;
        remove_half_written(folder, &runs(&file).into_iter().collect());
        let run = Run { run: std::process::id() };
        // A line that was not completed must not swallow the next.
        let before = if ends_within_a_line(&mut file)? { "\n" } else { "" };
        file.write_all(format!("{before}{}\n", serde_json::to_string(&run)?).as_bytes())?;
        Ok(Self { path, file: Mutex::new(file) })
    }

    /// Every line about a report, again.
    pub(super) fn each(&self, mut each: impl FnMut(&Line<'_>)) -> io::Result<()> {
        lines(&File::open(&self.path)?, |_, line| {
            if let Ok(line) = serde_json::from_slice(line) {
                each(&line);
            }
        })
    }

    /// The report that the line at this byte is about.
    pub(super) fn name_at(&self, at: u64) -> Option<String> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // Writes append, wherever the file is read.
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut line = Vec::new();
        BufReader::with_capacity(512, &*file).read_until(b'\n', &mut line).ok()?;
        Some(serde_json::from_slice::<Line<'_>>(&line).ok()?.file.into_owned())
    }

    pub(super) fn add(&self, line: &Line<'_>) -> io::Result<()> {
        let line = serde_json::to_string(line)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(format!("{line}\n").as_bytes())
    }
}

/// The beginning of a report's file name while this run writes it.
pub(super) fn prefix() -> String {
    prefix_of(std::process::id())
}

fn prefix_of(run: u32) -> String {
    format!(".appraise-batch-{run}-")
}

fn is_busy(run: Option<u32>) -> String {
    let process = run.map(|run| format!(" (process {run})")).unwrap_or_default();
    format!("another run of `batch`{process} is writing there; wait until it has ended, or name another folder")
}

/// Every line with where it begins. A line that is damaged is one of none of its kinds.
fn lines(file: &File, mut each: impl FnMut(u64, &[u8])) -> io::Result<()> {
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(0))?;
    let (mut at, mut line) = (0, Vec::new());
    while reader.read_until(b'\n', &mut line)? > 0 {
        each(at, &line);
        at += line.len() as u64;
        line.clear();
    }
    Ok(())
}

/// The runs that are on the list, the last one last.
fn runs(file: &File) -> Vec<u32> {
    let mut runs = Vec::new();
    // Where the list cannot be read, nothing is known of runs.
    let _ = lines(file, |_, line| runs.extend(serde_json::from_slice::<Run>(line).ok().map(|run| run.run)));
    runs
}

/// Removes half-written files of killed runs: files with the number of a run on the list. No run works beside this one.
fn remove_half_written(folder: &Path, runs: &HashSet<u32>) {
    let prefixes: Vec<String> = runs.iter().map(|run| prefix_of(*run)).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours =
            name.to_str().is_some_and(|name| prefixes.iter().any(|prefix| interrupt::is_temporary(name, prefix)));
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // A leftover file does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn ends_within_a_line(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length - 1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Whether a name on the list is one of this folder: a list that somebody wrote may lead elsewhere.
pub(super) fn is_name(name: &str, ending: &str) -> bool {
    let path = Path::new(name);
    path.file_name() == Some(path.as_os_str()) && path.extension().is_some_and(|own| own == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_kept_out_until_the_first_has_ended_however_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let open = || List::open(folder.path(), |_, _| {});
        let first = open().unwrap();
        let error = open().err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        assert!(error.to_string().contains(&format!("(process {})", std::process::id())), "{error}");
        drop(first);
        assert!(open().is_ok());
    }

    #[test]
    fn only_what_a_run_of_this_folder_left_half_written_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let ours = format!("{}aB3xY9.tmp", prefix());
        let others = [
            ".appraise-batch-1-aB3xY9.tmp".to_owned(),
            ".appraise-aB3xY9.tmp".to_owned(),
            format!("{}notes.of.mine.tmp", prefix()),
            format!("{}aB3xY9.html", prefix()),
            "notes.tmp".to_owned(),
        ];
        for name in others.iter().chain([&ours]) {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        // The list is not there yet, so no run is known.
        drop(List::open(folder.path(), |_, _| {}).unwrap());
        assert!(folder.path().join(&ours).exists());
        drop(List::open(folder.path(), |_, _| {}).unwrap());
        assert!(!folder.path().join(&ours).exists());
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }
}
