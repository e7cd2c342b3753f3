//! Writes output piece by piece: to a file that is replaced whole or not at all, or to a pipe or device.

use std::fs::{self, File, Permissions};
use std::io::{self, StdoutLock, Write};
use std::path::{Path, PathBuf};

use super::interrupt::Temporary;
use super::startup;

/// Somewhere that output goes.
pub(super) enum Stream {
    Standard(StdoutLock<'static>),
    /// A device or a pipe, which cannot be replaced.
    Device(File),
    File(Replacement),
}

/// A file that is written beside another and then renamed, so that the other is old or new at any moment.
pub(super) struct Replacement {
    target: PathBuf,
    temporary: Temporary,
    permissions: Option<Permissions>,
}

impl Stream {
    pub(super) fn standard() -> Self {
        Self::Standard(io::stdout().lock())
    }

    /// A file that is replaced when its last piece is written; a device is written as it is.
    pub(super) fn replacing(path: &Path) -> io::Result<Self> {
        Self::replacing_by(path, ".appraise-")
    }

    /// As [`Stream::replacing`], with a prefix for the temporary file's name.
    pub(super) fn replacing_by(path: &Path, prefix: &str) -> io::Result<Self> {
        let target = destination(path)?;
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            // A named pipe waits for its reader, as with any program.
            return Ok(Self::Device(File::options().write(true).open(&target)?));
        }
        if let Some(existing) = &existing {
            // Renaming asks only for the folder, so whether the file may be written is asked here; the superuser always may.
            File::options().write(true).open(&target)?;
            if existing.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = Temporary::new(folder, prefix)?;
        Ok(Self::File(Replacement { target, temporary, permissions: existing.map(|existing| existing.permissions()) }))
    }

    /// Writes a piece, of which nothing is held back: a reader at the other end of a pipe may wait for it.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        match self {
            Self::Standard(_) if text.is_empty() => Ok(()),
            Self::Standard(to) => {
                check_standard().and_then(|()| to.write_all(text.as_bytes())).and_then(|()| to.flush())
            }
            Self::Device(to) => to.write_all(text.as_bytes()),
            Self::File(replacement) => replacement.temporary.file()?.write_all(text.as_bytes()),
        }
    }

    /// Completes it. A file that is not completed stays as it was.
    pub(super) fn finish(self) -> io::Result<()> {
        self.ready()?.take_place()
    }

    /// Completes it but for its name. Dropped, it is gone.
    pub(super) fn ready(self) -> io::Result<Ready> {
        let Self::File(mut replacement) = self else { return Ok(Ready(None)) };
        let file = replacement.temporary.file()?;
        if let Some(permissions) = replacement.permissions.take() {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        Ok(Ready(Some(replacement)))
    }
}

/// Checks that standard output is open.
pub(super) fn check_standard() -> io::Result<()> {
    if startup::is_standard_output_closed() { Err(io::Error::other("it is closed")) } else { Ok(()) }
}

/// A file that is whole and waits for its name.
pub(super) struct Ready(Option<Replacement>);

impl Ready {
    /// Gives it its name, in place of the file that has it.
    pub(super) fn take_place(self) -> io::Result<()> {
        let Some(Replacement { target, temporary, .. }) = self.0 else { return Ok(()) };
        temporary.persist(&target)
    }
}

/// The file to replace: a link stays, and its target is written, even where it does not exist yet.
fn destination(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(target) => Ok(target),
        // The file behind standard output may be open without a name.
        Err(_) if path.exists() => Ok(path.to_owned()),
        Err(_) => {
            let mut target = path.to_owned();
            // As many as Linux follows; more are a circle.
            for _ in 0..40 {
                let Ok(link) = fs::read_link(&target) else { return Ok(target) };
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            Err(io::Error::other("its links lead in a circle"))
        }
    }
}
