//! Handles Ctrl-C and termination signals: removes half-written files before the program ends.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The ending of a file that is being written.
const ENDING: &str = ".tmp";

/// Whether a file of this name was being written, by a program that gave this prefix and left six letters to chance.
pub(super) fn is_temporary(name: &str, prefix: &str) -> bool {
    let middle = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(ENDING));
    middle.is_some_and(|chance| chance.len() == 6 && chance.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The files being written. The lock keeps every other thread from beginning or completing a file.
static BEING_WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn being_written() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    BEING_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, removes half-written files when the program is asked to end, says a last word, and ends.
pub(super) fn clean_up_on_interrupt(last_word: impl Fn() + Send + 'static) {
    // Without a handler the program ends as any other does.
    let _ = ctrlc::set_handler(move || {
        let half_written = being_written();
        for path in half_written.iter() {
            let _ = std::fs::remove_file(path);
        }
        last_word();
        #[allow(clippy::exit, reason = "the threads at work are not waited for: one may wait for input itself")]
        std::process::exit(130)
    });
}

/// A file that is being written, under another name than it is to have. Dropped, it is gone.
pub(super) struct Temporary(Option<NamedTempFile>);

impl Temporary {
    /// A file in this folder, with a name that begins so, and the permissions of any new one.
    pub(super) fn new(folder: &Path, prefix: &str) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix).suffix(ENDING);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut being_written = being_written();
        let file = builder.tempfile_in(folder)?;
        being_written.insert(file.path().to_owned());
        Ok(Self(Some(file)))
    }

    pub(super) fn file(&mut self) -> io::Result<&mut File> {
        self.0.as_mut().map(NamedTempFile::as_file_mut).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Gives it the name it is to have, in place of the file that has it.
    pub(super) fn persist(mut self, target: &Path) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        let mut being_written = being_written();
        being_written.remove(file.path());
        file.persist(target).map(drop).map_err(|error| error.error)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let mut being_written = being_written();
            being_written.remove(file.path());
            drop(file);
        }
    }
}
