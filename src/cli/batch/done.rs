//! Which reports of a folder are done, and what each was made from.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

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
    /// By the key of the report's name; 16 bytes of a SHA-256 tell any two apart.
    before: HashMap<u64, [u8; 16]>,
}

/// The list, to add to.
pub(super) struct List(File);

/// A line of the list; the last one about a file counts.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    file: &'a str,
    of: &'a str,
}

/// What a report is made from.
pub(super) struct Made([u8; 32]);

impl Done {
    /// Opens the list of a folder; what is on it counts only if `resume`.
    pub(super) fn open(folder: &Path, settings: Sha256, resume: bool) -> io::Result<(Self, List)> {
        let path = folder.join(LIST);
        let mut file = File::options().read(true).append(true).create(true).open(&path)?;
        let before = if resume { read(&file)? } else { HashMap::new() };
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
        Ok((Self { folder: folder.to_owned(), settings, before }, List(file)))
    }

    /// What the report of this evaluation is made from.
    pub(super) fn made_from(&self, evaluation: &[u8]) -> Made {
        Made(self.settings.clone().chain_update(evaluation).finalize().into())
    }

    /// Whether that very report is there.
    pub(super) fn is_done(&self, name: &str, from: &Made) -> bool {
        let before = self.before.get(&names::key(name));
        before.is_some_and(|before| from.0.starts_with(before))
            && fs::metadata(self.folder.join(name)).is_ok_and(|file| file.is_file() && file.len() > 0)
    }
}

impl List {
    pub(super) fn add(&mut self, name: &str, from: &Made) -> io::Result<()> {
        let of: String = from.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let line = serde_json::to_string(&Line { file: name, of: &format!("sha256:{of}") })?;
        self.0.write_all(format!("{line}\n").as_bytes())
    }
}

fn read(file: &File) -> io::Result<HashMap<u64, [u8; 16]>> {
    let mut done = HashMap::new();
    for line in BufReader::new(file).split(b'\n') {
        // What is not such a line says nothing: the report is made again.
        let line = line?;
        let Ok(line) = serde_json::from_slice::<Line<'_>>(&line) else { continue };
        if let Some(hex) = line.of.strip_prefix("sha256:")
            && let Some(begin) = hex.get(..32).and_then(|hex| u128::from_str_radix(hex, 16).ok())
        {
            done.insert(names::key(line.file), begin.to_be_bytes());
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
        let (done, mut list) = open("html", false);
        fs::write(folder.path().join("a.html"), "report").unwrap();
        list.add("a.html", &done.made_from(b"one")).unwrap();
        list.add("b.html", &done.made_from(b"two")).unwrap();
        // Killed in the middle of a line.
        list.0.write_all(b"{\"file\": \"a.ht").unwrap();
        drop(list);

        let (done, mut list) = open("html", true);
        assert!(made(&done, "a.html", "one"));
        assert!(!made(&done, "a.html", "other"), "the evaluation changed");
        assert!(!made(&done, "b.html", "two"), "the report is not there");
        assert!(!made(&open("html", false).0, "a.html", "one"), "nobody asked");
        assert!(!made(&open("markdown", true).0, "a.html", "one"), "another format");
        let replaced = [("report.html".to_owned(), b"x".to_vec())];
        let (other, _) = Done::open(folder.path(), settings("html", &replaced), true).unwrap();
        assert!(!made(&other, "a.html", "one"), "another template");

        // Made anew from something else, and then wanted as it first was.
        list.add("a.html", &done.made_from(b"other")).unwrap();
        assert!(!made(&open("html", true).0, "a.html", "one"));
        assert!(made(&open("html", true).0, "a.html", "other"));
    }
}
