//! Which reports of a folder are done, what each was made from, and what it holds.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use appraise::{Library, Renderer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::names;

/// The file in the folder that says so.
const LIST: &str = ".appraise-batch.ndjson";

/// What a report is made from beside its evaluation, and what each was made from in the end.
pub(super) struct Done {
    folder: PathBuf,
    settings: Sha256,
    /// Whether what is done is left out.
    resume: bool,
    /// By the key of the report's name.
    before: HashMap<u64, Before>,
    /// The list, to add to.
    list: Mutex<File>,
}

/// What the list says of a report; 16 bytes of a SHA-256 tell any two apart.
struct Before {
    of: [u8; 16],
    /// Not in the lists of former times: such a report is made again.
    holds: Option<[u8; 16]>,
}

/// A line of the list; the last one about a file counts.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    file: &'a str,
    /// The hash of everything that it is made from.
    of: &'a str,
    /// The hash of its own bytes.
    #[serde(default)]
    holds: Option<&'a str>,
}

/// What a report is made from.
pub(super) struct Made([u8; 32]);

impl Done {
    /// Opens the list of a folder; what is on it counts as done only if `resume`.
    pub(super) fn open(folder: &Path, settings: Sha256, resume: bool) -> io::Result<Self> {
        let path = folder.join(LIST);
        let mut file = File::options().read(true).append(true).create(true).open(&path)?;
        let before = read(&file)?;
        // A line that was not completed must not swallow the next.
        let length = file.seek(SeekFrom::End(0))?;
        if length > 0 {
            file.seek(SeekFrom::Start(length - 1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok(Self { folder: folder.to_owned(), settings, resume, before, list: Mutex::new(file) })
    }

    /// What the report of this evaluation is made from.
    pub(super) fn made_from(&self, evaluation: &[u8]) -> Made {
        Made(self.settings.clone().chain_update(evaluation).finalize().into())
    }

    /// Whether that very report is there. Its name and the list are not enough: a run that was interrupted may have written
    /// another's there, and a file may be damaged.
    pub(super) fn is_done(&self, name: &str, from: &Made) -> bool {
        let before = self.before.get(&names::key(name)).filter(|before| from.0.starts_with(&before.of));
        let path = self.folder.join(name);
        self.resume
            && before.and_then(|before| before.holds).is_some_and(|holds| {
                fs::metadata(&path).is_ok_and(|file| file.is_file())
                    && fs::read(&path).is_ok_and(|bytes| Sha256::digest(bytes).starts_with(&holds))
            })
    }

    /// Whether there is a file of this name that no run has written: it is somebody's. A folder is none, and in the way.
    pub(super) fn is_of_others(&self, name: &str) -> bool {
        !self.before.contains_key(&names::key(name))
            && fs::symlink_metadata(self.folder.join(name)).is_ok_and(|file| !file.is_dir())
    }

    /// The reports on the list that are still there and are none of these, by the keys of their names.
    pub(super) fn left(&self, ending: &str, of_this_run: &HashSet<u64>) -> io::Result<Vec<String>> {
        let mut known = of_this_run.clone();
        let mut left = Vec::new();
        for line in BufReader::new(File::open(self.folder.join(LIST))?).split(b'\n') {
            let line = line?;
            let Ok(Line { file, .. }) = serde_json::from_slice(&line) else { continue };
            let name = Path::new(file);
            // A list that somebody wrote may lead elsewhere.
            let is_ours =
                name.file_name() == Some(name.as_os_str()) && name.extension().is_some_and(|own| own == ending);
            if is_ours && self.folder.join(name).is_file() && known.insert(names::key(file)) {
                left.push(file.to_owned());
            }
        }
        left.sort();
        Ok(left)
    }

    /// Notes a report that is about to be written. The list comes first, so that a report is on it whenever a run ends: until
    /// the file holds what the list says, it is not done.
    pub(super) fn begin(&self, name: &str, from: &Made, text: &str) -> io::Result<()> {
        let line = Line { file: name, of: &hash(&from.0), holds: Some(&hash(&Sha256::digest(text))) };
        let line = serde_json::to_string(&line)?;
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.write_all(format!("{line}\n").as_bytes())
    }
}

fn hash(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// The beginning of a hash as it is written.
fn begin_of(hash: &str) -> Option<[u8; 16]> {
    let hex = hash.strip_prefix("sha256:")?.get(..32)?;
    Some(u128::from_str_radix(hex, 16).ok()?.to_be_bytes())
}

fn read(file: &File) -> io::Result<HashMap<u64, Before>> {
    let mut done = HashMap::new();
    for line in BufReader::new(file).split(b'\n') {
        // What is not such a line says nothing: the report is made again.
        let line = line?;
        let Ok(line) = serde_json::from_slice::<Line<'_>>(&line) else { continue };
        if let Some(of) = begin_of(line.of) {
            done.insert(names::key(line.file), Before { of, holds: line.holds.and_then(begin_of) });
        }
    }
    Ok(done)
}

/// What all reports of a run are made from: the program, the format, the templates, the rubrics.
pub(super) fn settings(format: &str, replaced: &[(String, Vec<u8>)]) -> Sha256 {
    let library = Library::bundled();
    let built_in = Renderer::template_names().filter_map(|name| Some((name, Renderer::template(name)?)));
    let bundled: Vec<String> = library.ids();
    let bundled = bundled.iter().filter_map(|id| Some((id.as_str(), library.text(id)?)));
    let own = [("program", env!("CARGO_PKG_VERSION")), ("format", format)];
    let mut settings = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        // With its length before it, no part can be taken for two.
        for part in [name.as_bytes(), content] {
            settings.update(part.len().to_be_bytes());
            settings.update(part);
        }
    };
    for (name, text) in own.into_iter().chain(built_in).chain(bundled) {
        add(name, text.as_bytes());
    }
    for (name, bytes) in replaced {
        add(name, bytes);
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(done: &Done, name: &str, text: &str) -> bool {
        done.is_done(name, &done.made_from(text.as_bytes()))
    }

    #[test]
    fn only_the_same_from_the_same_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let open = |format: &str, resume| Done::open(folder.path(), settings(format, &[]), resume).unwrap();
        let begin = |done: &Done, name: &str, from: &str, text: &str| {
            done.begin(name, &done.made_from(from.as_bytes()), text).unwrap();
        };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let done = open("html", false);
        begin(&done, "a.html", "one", "report");
        write("a.html", "report");
        begin(&done, "b.html", "two", "report");
        // Killed in the middle of a line.
        done.list.lock().unwrap().write_all(b"{\"file\": \"a.ht").unwrap();
        drop(done);

        let done = open("html", true);
        assert!(made(&done, "a.html", "one"));
        assert!(!made(&done, "a.html", "other"), "the evaluation changed");
        assert!(!made(&done, "b.html", "two"), "the report is not there");
        assert!(!made(&open("html", false), "a.html", "one"), "nobody asked");
        assert!(!made(&open("markdown", true), "a.html", "one"), "another format");
        let replaced = [("report.html".to_owned(), b"x".to_vec())];
        let other = Done::open(folder.path(), settings("html", &replaced), true).unwrap();
        assert!(!made(&other, "a.html", "one"), "another template");

        write("a.html", "reporT");
        assert!(!made(&done, "a.html", "one"), "the report changed");

        // About to be made anew from something else, and then wanted as it first was.
        begin(&done, "a.html", "other", "other report");
        write("a.html", "report");
        assert!(!made(&open("html", true), "a.html", "one"));
        assert!(!made(&open("html", true), "a.html", "other"), "it was not written any more");
        write("a.html", "other report");
        assert!(made(&open("html", true), "a.html", "other"));
    }
}
