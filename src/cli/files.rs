//! Reads files up to the size limit, and writes the output.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use appraise::{Diagnostics, Evaluation, Library, MAX_BYTES, Rubric, WhyWithheld, decode, table};

use super::Failure;
use super::arguments::{Bases, EvaluationFile, For};
use super::messages::{Messages, clean};
use super::stream::Stream;

/// The name of standard input in findings.
pub(super) const STANDARD_INPUT: &str = "<stdin>";

/// A file that could be read as text.
pub(super) struct Input {
    /// Fit for a terminal, since findings are drawn with it.
    pub(super) name: String,
    pub(super) text: String,
}

/// The text of a file; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<Input, Diagnostics> {
    read_by(path, decode)
}

/// The text of a file that is a table.
pub(super) fn read_table(path: &Path) -> Result<Input, Diagnostics> {
    read_by(path, table::decode)
}

fn read_by(
    path: &Path,
    decode: impl for<'b> Fn(&str, &'b [u8]) -> Result<&'b str, Diagnostics>,
) -> Result<Input, Diagnostics> {
    let name = if path == Path::new("-") { STANDARD_INPUT.to_owned() } else { clean(&path.display().to_string()) };
    let bytes = read_bytes(path).map_err(|error| Diagnostics::unreadable(&name, &reason(&error)))?;
    let text = decode(&name, &bytes)?.to_owned();
    Ok(Input { name, text })
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    // One byte more than is accepted, so that what is too large is known without reading all of it.
    let most = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        if fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The reason of an error, without the operating system's code.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "not a directory".to_owned(),
        io::ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// The rubrics at hand: the bundled ones, and the named bases. Shows the findings about these.
pub(super) fn library(bases: &Bases, messages: &Messages) -> Result<Library, Failure> {
    let mut library = Library::bundled();
    let read = |path: &PathBuf| read(path).map_err(messages.faulty("rubric"));
    let inputs: Vec<Input> = bases.base.iter().map(read).collect::<Result<_, _>>()?;
    let documents: Vec<(&str, &str)> = inputs.iter().map(|input| (input.name.as_str(), input.text.as_str())).collect();
    let read = library.read(&documents).into_iter().map(|checked| messages.usable(checked, "rubric"));
    // Every faulty base is shown, not the first alone.
    read.collect::<Vec<_>>().into_iter().try_for_each(|base| base.map(drop))?;
    Ok(library)
}

/// A rubric by its file, or by the id of one that is at hand. What is found is shown; a failure when it cannot be used.
pub(super) fn rubric(which: &Path, library: &Library, messages: &Messages) -> Result<Rubric, Failure> {
    if let Some(rubric) = which.to_str().and_then(|id| library.get(id)) {
        return Ok(rubric);
    }
    check_id(which, library)?;
    let input = read(which).map_err(messages.faulty("rubric"))?;
    messages.usable(Rubric::check(&input.name, &input.text, library), "rubric")
}

/// Checks an argument that is no file: a name without the form of a path was meant as an id.
pub(super) fn check_id(which: &Path, library: &Library) -> Result<(), Failure> {
    let looks_like_an_id = which.components().count() == 1 && which.extension().is_none();
    if !looks_like_an_id || which.exists() || which.as_os_str() == "-" {
        return Ok(());
    }
    let (which, ids) = (which.display(), library.ids().join(", "));
    Err(Failure::Message(format!("there is no rubric and no file `{which}`; the rubrics are {ids}")))
}

/// An evaluation, read with its rubric. What is found is shown; a failure when it cannot be used.
pub(super) fn evaluation(named: &EvaluationFile, output: &Output, messages: &Messages) -> Result<Evaluation, Failure> {
    let others = named.rubric.iter().chain(&named.old).chain(&named.bases.base).chain(&named.history);
    output.check_inputs(std::iter::once(&named.file).chain(others))?;
    let mut library = library(&named.bases, messages)?;
    if let Some(old) = &named.old {
        let old = rubric(old, &library, messages)?;
        library.add_old(old);
    }
    let rubric = named.rubric.as_deref().map(|path| rubric(path, &library, messages)).transpose()?;
    let evaluation = evaluation_of(&named.file, rubric.as_ref(), &library, messages)?;
    // Earlier evaluations may name the same rubric.
    rubric.into_iter().for_each(|rubric| library.add(rubric));
    let earlier = history(&named.history, &library, messages)?;
    let evaluation = messages.usable(evaluation.with_history(&earlier), "evaluation")?;
    shown(evaluation, &named.file, named.role)
}

/// The part of an evaluation that a role may see; a failure where that is nothing of the ratings.
pub(super) fn shown(evaluation: Evaluation, path: &Path, role: Option<For>) -> Result<Evaluation, Failure> {
    let Some(role) = role.map(For::role) else { return Ok(evaluation) };
    let view = evaluation.view(role);
    match view.withheld() {
        Some(withheld) if withheld.why != WhyWithheld::Names => Err(Failure::Message(format!(
            "`{}` is not shown to the {}: {withheld}",
            clean(&path.display().to_string()),
            role.as_str()
        ))),
        _ => Ok(view.into_evaluation().unwrap_or(evaluation)),
    }
}

/// Earlier evaluations, each with the results of those before it. What is missing in one of them is that one's own matter.
fn history(paths: &[PathBuf], library: &Library, messages: &Messages) -> Result<Vec<Evaluation>, Failure> {
    let read = paths.iter().map(|path| evaluation_of(path, None, library, messages));
    Ok(chained(read.collect::<Result<_, _>>()?))
}

/// Evaluations by the end of their periods, each with the results of those before it.
pub(super) fn chained(mut evaluations: Vec<Evaluation>) -> Vec<Evaluation> {
    evaluations.sort_by_key(|evaluation| evaluation.period().to());
    let mut earlier: Vec<Evaluation> = Vec::with_capacity(evaluations.len());
    for evaluation in evaluations {
        let with_history = evaluation.with_history(&earlier).value;
        earlier.push(with_history.unwrap_or(evaluation));
    }
    earlier
}

/// An evaluation, read with this rubric, or else with the one that it names.
pub(super) fn evaluation_of(
    path: &Path,
    rubric: Option<&Rubric>,
    library: &Library,
    messages: &Messages,
) -> Result<Evaluation, Failure> {
    let input = read(path).map_err(messages.faulty("evaluation"))?;
    let checked = match rubric {
        Some(rubric) => library.check_with(&input.name, &input.text, rubric),
        None => library.check(&input.name, &input.text),
    };
    messages.usable(checked, "evaluation")
}

/// An evaluation as YAML under the comments of `head`, checked to read back as the same; `instead` is the help for when it
/// does not.
pub(super) fn yaml(evaluation: &Evaluation, name: &str, head: &str, instead: &str) -> Result<String, Failure> {
    let text = format!("{head}{}", evaluation.to_yaml());
    match Evaluation::check(name, &text, evaluation.rubric()).value {
        Some(again) if again.fingerprint() == evaluation.fingerprint() => Ok(text),
        _ => {
            let why = "it would not be read back as the same";
            Err(Failure::Message(format!("cannot write this evaluation as YAML: {why}: {instead}")))
        }
    }
}

/// The destination of a command's output.
pub(super) struct Output {
    path: Option<PathBuf>,
}

impl Output {
    pub(super) fn new(path: Option<PathBuf>) -> Self {
        Self { path: path.filter(|path| path != Path::new("-")) }
    }

    /// Whether it goes to standard output.
    pub(super) fn is_standard(&self) -> bool {
        self.path.is_none()
    }

    /// The output file's name, for messages.
    pub(super) fn name(&self) -> Option<String> {
        Some(self.path.as_ref()?.display().to_string())
    }

    /// The output file's ending, in lower case.
    pub(super) fn ending(&self) -> Option<String> {
        Some(self.path.as_ref()?.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// Whether it goes to this file.
    pub(super) fn is(&self, path: &Path) -> bool {
        let same = |output: &PathBuf| Some(fs::canonicalize(output).ok()? == fs::canonicalize(path).ok()?);
        self.path.as_ref().and_then(same).unwrap_or_default()
    }

    /// Standard input is there to be read once, and the output must not replace what it is made from.
    pub(super) fn check_inputs<'a>(
        &self,
        inputs: impl IntoIterator<Item = &'a PathBuf, IntoIter: Clone>,
    ) -> Result<(), Failure> {
        let inputs = inputs.into_iter();
        if inputs.clone().filter(|input| *input == Path::new("-")).count() > 1 {
            return Err(Failure::Usage("`-` is named twice: standard input can be read only once".to_owned()));
        }
        let Some(output) = self.path.as_ref().and_then(|path| fs::canonicalize(path).ok()) else { return Ok(()) };
        for input in inputs {
            if fs::canonicalize(input).is_ok_and(|input| is_same(&input, &output)) {
                return Err(Failure::Usage(format!("`{}` is read: write the output to another file", input.display())));
            }
        }
        Ok(())
    }

    /// Writes the whole output, or nothing.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        let written = self.open().and_then(|mut stream| {
            stream.write(text)?;
            stream.finish()
        });
        match written {
            // Whoever reads us has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|error| self.failed(&error)),
        }
    }

    /// Opens it to be written piece by piece; a file is replaced when the last one is.
    pub(super) fn open(&self) -> io::Result<Stream> {
        match &self.path {
            None => Ok(Stream::standard()),
            Some(path) => Stream::replacing(path),
        }
    }

    /// The failure to write.
    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        let to = self.path.as_ref().map_or("standard output".to_owned(), |path| format!("`{}`", path.display()));
        Failure::Message(format!("cannot write to {to}: {}", reason(error)))
    }
}

/// Whether two paths without links lead to one file: by another name, a file may be the same.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path| fs::metadata(path).map(|file| (file.dev(), file.ino())).ok();
        if let (Some(one), Some(other)) = (identity(one), identity(other)) {
            return one == other;
        }
    }
    one == other
}
