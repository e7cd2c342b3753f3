//! Tracks which reports of a folder are done, with the hashes of their inputs and contents.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use appraise::{Library, Renderer};
use sha2::{Digest, Sha256};

use super::super::file_name;
use super::super::stream::Stream;
use super::claims::{Claims, Whose};
use super::list::{self, Line, List};

/// A folder of reports: the work of earlier runs, and of this one.
pub(super) struct Done {
    folder: PathBuf,
    /// The hash of a report's inputs beside its evaluation.
    settings: Sha256,
    /// The reports of earlier runs, by the key of their names.
    before: HashMap<u64, Before>,
    /// The reports by the hash of their inputs, where the list has it; filled with `--resume` only.
    places: HashMap<[u8; 16], u64>,
    list: List,
    claims: Claims,
}

/// The list's entry for a report; 16 bytes of a SHA-256 tell any two apart.
struct Before {
    of: [u8; 16],
    /// The hash of the report's content. Absent in lists of old versions, whose reports are made again.
    holds: Option<[u8; 16]>,
}

/// The hash of a report's inputs.
pub(super) struct Made([u8; 32]);

/// A report that is to be written.
pub(super) struct Report<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) from: &'a Made,
    /// The number of its evaluation in the input.
    pub(super) number: u64,
    /// The place of the evaluation.
    pub(super) place: &'a str,
}

impl Made {
    fn begin(&self) -> [u8; 16] {
        let mut begin = [0; 16];
        begin.iter_mut().zip(self.0).for_each(|(to, from)| *to = from);
        begin
    }
}

impl Done {
    /// Opens a folder; reports on its list count as done only with `resume`.
    pub(super) fn open(folder: &Path, settings: Sha256, resume: bool) -> io::Result<Self> {
        let (mut before, mut places) = (HashMap::new(), HashMap::new());
        let list = List::open(folder, |at, line| {
            let Some(of) = begin_of(&line.of) else { return };
            before.insert(file_name::key(&line.file), Before { of, holds: line.holds.as_deref().and_then(begin_of) });
            // Lists of former times, which do not say where an evaluation stands, have reports by other names.
            if resume && line.from.is_some() {
                places.insert(of, at);
            }
        })?;
        Ok(Self { folder: folder.to_owned(), settings, before, places, list, claims: Claims::default() })
    }

    /// The hash of the inputs of this evaluation's report.
    pub(super) fn made_from(&self, evaluation: &[u8]) -> Made {
        Made(self.settings.clone().chain_update(evaluation).finalize().into())
    }

    /// The name of the report that was made from the very same before, as the list says.
    pub(super) fn name_before(&self, from: &Made) -> Option<String> {
        let name = self.list.name_at(*self.places.get(&from.begin())?)?;
        let before = self.before.get(&file_name::key(&name))?;
        (before.of == from.begin()).then_some(name)
    }

    /// Claims a name for the report of an evaluation.
    pub(super) fn claim(&self, name: &str, number: u64, from: &Made) -> Whose {
        self.claims.claim(name, number, from.begin())
    }

    /// Whether the report of this name is there as the list says it is. The list is not enough: a run that was interrupted
    /// may have written another there, and a file may be damaged.
    pub(super) fn is_whole(&self, name: &str) -> bool {
        let path = self.folder.join(name);
        let holds = self.before.get(&file_name::key(name)).and_then(|before| before.holds);
        holds.is_some_and(|holds| {
            fs::metadata(&path).is_ok_and(|file| file.is_file())
                && fs::read(&path).is_ok_and(|bytes| Sha256::digest(bytes).starts_with(&holds))
        })
    }

    /// Whether a file of this name exists that no run has written. A folder counts too, for it is in the way.
    pub(super) fn is_of_others(&self, name: &str) -> bool {
        !self.before.contains_key(&file_name::key(name))
            && !self.claims.hold().has_written(name)
            && fs::symlink_metadata(self.folder.join(name)).is_ok_and(|file| !file.is_dir())
    }

    /// The place of the evaluation that the report of this name was last made from.
    pub(super) fn place_of(&self, name: &str) -> Option<String> {
        let key = file_name::key(name);
        let mut place = None;
        // A list that cannot be read any more says nothing.
        let _ = self.list.each(|line| {
            if file_name::key(&line.file) == key {
                place = line.from.as_deref().map(str::to_owned);
            }
        });
        place
    }

    /// The reports on the list that are still there and that no evaluation of this run has.
    pub(super) fn left(&self, ending: &str) -> io::Result<Vec<String>> {
        let held = self.claims.hold();
        let mut left = BTreeMap::new();
        self.list.each(|line| {
            let name = &line.file;
            if list::is_name(name, ending) && !held.has(name) && self.folder.join(&**name).is_file() {
                left.entry(file_name::key(name)).or_insert_with(|| name.clone().into_owned());
            }
        })?;
        let mut left: Vec<String> = left.into_values().collect();
        left.sort();
        Ok(left)
    }

    /// Writes a report, unless its name is another's by now.
    pub(super) fn write(&self, report: &Report<'_>) -> io::Result<Whose> {
        let mut stream = Stream::replacing_by(&self.folder.join(report.name), &list::prefix())?;
        stream.write(report.text)?;
        let ready = stream.ready()?;
        let mut held = self.claims.hold();
        let whose = held.claim(report.name, report.number, report.from.begin());
        if whose != Whose::Own {
            return Ok(whose);
        }
        // The list comes first, so that a report is on it whenever a run ends: until the file holds what the list says, it
        // is not done.
        self.list.add(&Line {
            file: report.name.into(),
            of: hash(&report.from.0).into(),
            holds: Some(hash(&Sha256::digest(report.text)).into()),
            from: Some(report.place.into()),
        })?;
        held.wrote(report.name);
        ready.take_place()?;
        Ok(whose)
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

/// The hash of the common inputs of a run's reports: the program, the format, the templates, the rubrics.
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
