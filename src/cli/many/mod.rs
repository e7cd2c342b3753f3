//! Finds and reads many evaluations: files, directories, and lines of NDJSON.

mod ndjson;
mod progress;

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use appraise::batch::{Batch, Document};
use appraise::{Diagnostics, Employee, Library, Whom};
use indicatif::HumanCount;
use serde_json::Value;

use super::Failure;
use super::arguments::Bases;
use super::arguments::many::EvaluationFiles;
use super::files::{self, Output, STANDARD_INPUT};
use super::messages::{Messages, clean};

pub(super) use self::ndjson::read_line;
pub(super) use self::progress::Progress;

/// An evaluation to be read.
pub(super) enum Input {
    File(PathBuf),
    /// A line of NDJSON, read already.
    Line(Document),
    /// An unreadable input.
    Unreadable(Diagnostics),
}

impl Input {
    /// The text, with the name that findings call it.
    pub(super) fn read(self) -> Result<Document, Diagnostics> {
        match self {
            Self::File(path) => files::read(&path).map(|input| Document::new(input.name, input.text)),
            Self::Line(document) => Ok(document),
            Self::Unreadable(diagnostics) => Err(diagnostics),
        }
    }
}

/// The places of evaluations, in order.
pub(super) struct Inputs(Vec<Found>);

enum Found {
    File(PathBuf),
    Lines(PathBuf),
    StandardInput,
    Unreadable(Diagnostics),
}

impl Inputs {
    /// Searches directories, and says which files it leaves out. A missing file is reported when its turn comes.
    pub(super) fn find(named: &EvaluationFiles, output: &Output, messages: &Messages) -> Result<Self, Failure> {
        output.check_inputs(named.files.iter().chain(&named.rubric).chain(&named.bases.base))?;
        Self::of(&named.files, output, messages)
    }

    /// The evaluations in files, directories and NDJSON.
    pub(super) fn of(files: &[PathBuf], output: &Output, messages: &Messages) -> Result<Self, Failure> {
        Self::among(files, Wanted::Evaluations, output, messages)
    }

    /// The evaluations, and the reports of such, in files, directories and NDJSON. Standard input is one of either.
    pub(super) fn with_reports(files: &[PathBuf], output: &Output, messages: &Messages) -> Result<Self, Failure> {
        Self::among(files, Wanted::WithReports, output, messages)
    }

    fn among(files: &[PathBuf], wanted: Wanted, output: &Output, messages: &Messages) -> Result<Self, Failure> {
        let mut found = Vec::new();
        for path in files {
            if path == Path::new("-") && wanted == Wanted::Evaluations {
                found.push(Found::StandardInput);
            } else if path.is_dir() {
                output.check_inputs(would_be_lost(path, output).as_ref())?;
                let before = found.len();
                search(path, wanted, output, messages, &mut found);
                if found.len() == before {
                    let folder = path.display();
                    let endings = wanted.endings();
                    return Err(Failure::Message(format!("there is no {endings} file in `{folder}`")));
                }
            } else {
                found.push(of_ending(path.clone(), wanted).unwrap_or_else(Found::File));
            }
        }
        Ok(Self(found))
    }

    /// The number of bytes to read; `None` where it is not known in advance.
    pub(super) fn size(&self) -> Option<u64> {
        let size = |found: &Found| match found {
            Found::File(path) | Found::Lines(path) => Some(fs::metadata(path).map_or(0, |metadata| metadata.len())),
            Found::StandardInput => None,
            Found::Unreadable(_) => Some(0),
        };
        self.0.iter().map(size).sum()
    }

    /// The evaluations one by one, their files still unread.
    pub(super) fn each(self) -> impl Iterator<Item = Input> + Send {
        self.0.into_iter().flat_map(|found| -> Box<dyn Iterator<Item = Input> + Send> {
            match found {
                Found::File(path) => Box::new(std::iter::once(Input::File(path))),
                Found::StandardInput => {
                    Box::new(ndjson::Lines::new(BufReader::new(io::stdin()), STANDARD_INPUT.to_owned()))
                }
                Found::Lines(path) => {
                    let name = clean(&path.display().to_string());
                    match File::open(&path) {
                        Ok(file) => Box::new(ndjson::Lines::new(BufReader::new(file), name)),
                        Err(error) => Box::new(std::iter::once(unreadable(&path, &error))),
                    }
                }
                Found::Unreadable(diagnostics) => Box::new(std::iter::once(Input::Unreadable(diagnostics))),
            }
        })
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Input {
    Input::Unreadable(Diagnostics::unreadable(&clean(&path.display().to_string()), &files::reason(error)))
}

/// The documents that a directory is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Evaluations,
    WithReports,
}

impl Wanted {
    /// The endings of files, in words.
    fn endings(self) -> &'static str {
        match self {
            Self::Evaluations => ".yaml, .json or .ndjson",
            Self::WithReports => ".yaml, .json, .ndjson or .html",
        }
    }
}

/// The content of a file by its ending; the path again, when the ending is unknown.
fn of_ending(path: PathBuf, wanted: Wanted) -> Result<Found, PathBuf> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("ndjson" | "jsonl") => Ok(Found::Lines(path)),
        Some("yaml" | "yml" | "json") => Ok(Found::File(path)),
        Some("html" | "htm") if wanted == Wanted::WithReports => Ok(Found::File(path)),
        _ => Err(path),
    }
}

/// The output file, where it lies in a searched directory and holds an evaluation, not an earlier run's output.
fn would_be_lost(folder: &Path, output: &Output) -> Option<PathBuf> {
    let path = PathBuf::from(output.name()?);
    let is_within = fs::canonicalize(&path).ok()?.starts_with(fs::canonicalize(folder).ok()?);
    let first = || {
        let mut values =
            serde_json::Deserializer::from_reader(BufReader::new(File::open(&path).ok()?)).into_iter::<Value>();
        values.next()
    };
    let is_ours = match of_ending(path.clone(), Wanted::Evaluations).ok().filter(|_| is_within)? {
        Found::File(path) if path.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("json")) => false,
        // Scorecards and summaries say what neither an evaluation nor a line of them does.
        _ => first().is_none_or(|first| {
            first.is_ok_and(|first| ["overall", "summaries"].iter().any(|key| first.get(key).is_some()))
        }),
    };
    (!is_ours).then_some(path)
}

/// Finds the evaluations in a directory and its subdirectories, by name. Does not follow links to directories, which may
/// lead back, nor read pipes, which may have no writer.
fn search(folder: &Path, wanted: Wanted, output: &Output, messages: &Messages, found: &mut Vec<Found>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let name = clean(&folder.display().to_string());
            found.push(Found::Unreadable(Diagnostics::unreadable(&name, &files::reason(&error))));
            return;
        }
    };
    // In an order of its own a folder lists differently on every machine.
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") || output.is(&path) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            search(&path, wanted, output, messages, found);
            continue;
        }
        // A file whose metadata fails is read, and reading reports the reason.
        let kind = fs::metadata(&path).ok();
        let left_out = |why: &str| messages.note(&format!("left out: `{}` is {why}", path.display()));
        if kind.as_ref().is_some_and(fs::Metadata::is_dir) {
            left_out("a link to a directory");
        } else if let Ok(input) = of_ending(path.clone(), wanted) {
            match kind {
                Some(kind) if !kind.is_file() => left_out("no regular file"),
                _ => found.push(input),
            }
        }
    }
}

/// The batch for the evaluations: the bundled and the named rubrics, and the number of threads.
pub(super) fn batch(named: &EvaluationFiles, messages: &Messages) -> Result<Batch, Failure> {
    let rubrics = Bases { base: named.rubric.iter().chain(&named.bases.base).cloned().collect() };
    let library: Library = files::library(&rubrics, messages)?;
    let batch = Batch::new(library);
    Ok(match named.jobs {
        Some(jobs) => batch.with_jobs(jobs.into()),
        None => batch,
    })
}

/// The place of a document in words: the file, and the line of NDJSON.
pub(super) fn place(document: &Document) -> String {
    match document.line {
        1 => document.name.clone(),
        line => format!("{}:{line}", document.name),
    }
}

/// An id as it tells one person or organization from another.
pub(super) fn identity(id: &str) -> String {
    // An organization's id is compared in the same way.
    Whom::Employee(Employee::new(id, "")).identity()
}

/// Begins a table, so that a spreadsheet reads it as UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// "1 evaluation", "2 evaluations".
pub(super) fn count(number: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with its thousands apart: 12,345.
pub(super) fn grouped(number: u64) -> String {
    HumanCount(number).to_string()
}
