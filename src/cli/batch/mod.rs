//! `appraise batch`.

mod claims;
mod done;
mod history;
mod joined;
mod list;
mod table;

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use appraise::batch::{Batch, Document};
use appraise::{Diagnostics, Format, Renderer, Scorecard, Severity};
use serde::Serialize;

use self::claims::Whose;
use self::done::Done;
use self::history::History;
use self::joined::joined;
use super::Failure;
use super::arguments::many::{Batch as Arguments, BatchFormat};
use super::file_name;
use super::files::{self, Output};
use super::interrupt::clean_up_on_interrupt;
use super::many::{self, Input, Inputs, Progress, count, place};
use super::messages::Messages;
use super::pages;

pub(super) fn run(arguments: &Arguments, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let format = format(arguments, output)?;
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let inputs = Inputs::find(&arguments.evaluations, output, messages)?;
    output.check_inputs(arguments.evaluations.files.iter().chain(&arguments.history))?;
    let batch = many::batch(&arguments.evaluations, messages)?;
    let history = History::read(arguments, &batch, output, messages)?;
    let settings = Settings { arguments, renderer, batch, history };
    let (resumes, shown) = (arguments.out.is_some(), Progress::is_wanted(messages));
    let last_words = *messages;
    clean_up_on_interrupt(move || {
        let more = if resumes { "; `--resume` goes on from here" } else { "" };
        if shown {
            // The bar is left as it stands.
            last_words.note("");
        }
        last_words.error(&format!("interrupted: every file is whole{more}"));
    });
    let mut tally = Counter::new(Progress::of(&inputs, messages), messages);
    let outcome = match &arguments.out {
        Some(folder) => reports(folder, format, &settings, inputs, &mut tally),
        None => joined(format, &settings, inputs, output, &mut tally),
    };
    tally.progress.finish();
    outcome?;
    if tally.seen == 0 {
        return Err(Failure::Message("there is no evaluation in what was named".to_owned()));
    }
    messages.note(&tally.text(format));
    if settings.history.failed > 0 {
        messages.note(&format!("{} could not be read", count(settings.history.failed, "earlier evaluation")));
    }
    if tally.failed + settings.history.failed > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// The settings for every evaluation.
struct Settings<'a> {
    arguments: &'a Arguments,
    renderer: Renderer,
    batch: Batch,
    history: History,
}

fn format(arguments: &Arguments, output: &Output) -> Result<BatchFormat, Failure> {
    let usage = |text: &str| Err(Failure::Usage(text.to_owned()));
    let in_folder = arguments.out.is_some();
    let mut rubrics = arguments.evaluations.rubric.iter().chain(&arguments.evaluations.bases.base);
    if arguments.resume && rubrics.any(|rubric| rubric == Path::new("-")) {
        return usage("`--resume` must know the rubrics again: name a file instead of `-`");
    }
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        _ if in_folder => BatchFormat::Html,
        Some("html" | "htm") => BatchFormat::Html,
        Some("md") => BatchFormat::Markdown,
        Some("csv") => BatchFormat::Csv,
        _ => BatchFormat::Json,
    });
    match format {
        _ if in_folder && !output.is_standard() => {
            usage("`--out` is for one file each, `-o` for one file: give one of them")
        }
        BatchFormat::Json | BatchFormat::Csv if in_folder => {
            usage("scorecards go to standard output or to `-o FILE`, not to a folder")
        }
        BatchFormat::Html if !in_folder => usage(
            "an HTML report is a page of its own: name a folder for them with `--out`; Markdown reports can be joined",
        ),
        format => Ok(format),
    }
}

/// The failure of one evaluation.
enum Failed {
    Findings(Diagnostics),
    /// Anything else, with where it stands.
    Message(String),
    /// A failure that stops the run.
    Halt(Failure),
}

/// The outcome of one evaluation.
struct Processed<T> {
    size: u64,
    made: Result<T, Failed>,
}

/// Reads one evaluation on a thread, and makes something of it.
fn outcome<T>(input: Input, make: impl FnOnce(&Document) -> Result<T, Failed>) -> Processed<T> {
    match input.read() {
        Ok(document) => Processed { size: document.bytes.len() as u64, made: make(&document) },
        Err(found) => Processed { size: 0, made: Err(Failed::Findings(found)) },
    }
}

/// The scorecard, and what was found about the earlier evaluations.
fn score(settings: &Settings<'_>, document: &Document) -> Result<(Scorecard, Diagnostics), Failed> {
    let evaluation = settings.batch.evaluation(document).map_err(Failed::Findings)?;
    let (evaluation, found) = settings.history.fill(evaluation)?;
    Ok((evaluation.score(), found))
}

fn report(renderer: &Renderer, document: &Document, scorecard: &Scorecard, page: Format) -> Result<String, Failed> {
    renderer.report(scorecard, page).map_err(|error| Failed::Message(format!("{}: {error}", place(document))))
}

fn warnings(scorecard: &Scorecard) -> u64 {
    scorecard.diagnostics().iter().filter(|finding| finding.severity == Severity::Warning).count() as u64
}

/// The number of evaluations by outcome.
struct Counter<'a> {
    progress: Progress,
    messages: &'a Messages,
    seen: u64,
    written: u64,
    done_before: u64,
    /// Evaluations equal to another one of the run, with the same report.
    same: u64,
    failed: u64,
    warnings: u64,
}

impl<'a> Counter<'a> {
    fn new(progress: Progress, messages: &'a Messages) -> Self {
        Self { progress, messages, seen: 0, written: 0, done_before: 0, same: 0, failed: 0, warnings: 0 }
    }

    /// Counts one, and shows why it failed if it did. What was made of it is given back, or why nothing more can be.
    fn take<T>(&mut self, outcome: Processed<T>) -> Result<Option<T>, Failure> {
        self.progress.advance(outcome.size);
        self.seen += 1;
        match outcome.made {
            Ok(made) => return Ok(Some(made)),
            Err(Failed::Halt(failure)) => return Err(failure),
            Err(Failed::Findings(found)) => {
                self.progress.beside(|| self.messages.findings(&found, "evaluation"));
            }
            Err(Failed::Message(text)) => {
                self.fail(&text);
                return Ok(None);
            }
        }
        self.failed += 1;
        Ok(None)
    }

    fn fail(&mut self, text: &str) {
        self.failed += 1;
        self.progress.beside(|| self.messages.error(text));
    }

    /// Counts a written outcome, and shows what was found about its earlier evaluations.
    fn written(&mut self, warnings: u64, history: &Diagnostics) {
        if !history.is_empty() {
            self.progress.beside(|| self.messages.findings(history, "evaluation"));
        }
        self.written += 1;
        self.warnings += warnings;
    }

    fn text(&self, format: BatchFormat) -> String {
        let what = match format {
            BatchFormat::Html | BatchFormat::Markdown => "report",
            BatchFormat::Json | BatchFormat::Csv => "scorecard",
        };
        let mut text = format!("{} written", count(self.written, what));
        if self.done_before > 0 {
            text.push_str(&format!(", {} done before", many::grouped(self.done_before)));
        }
        if self.same > 0 {
            text.push_str(&format!(", {} the same as another", many::grouped(self.same)));
        }
        if self.failed > 0 {
            text.push_str(&format!(", {} failed", count(self.failed, "evaluation")));
        }
        if self.warnings > 0 {
            text.push_str(&format!("; {}, which `appraise check` shows", count(self.warnings, "warning")));
        }
        text
    }
}

/// The outcome of a report that becomes a file.
enum Made {
    DoneBefore {
        name: String,
    },
    Written {
        name: String,
        warnings: u64,
        /// The findings about the earlier evaluations.
        history: Diagnostics,
    },
    /// An evaluation before this one has its name; `is_same` where the same report is made from both.
    NameTaken {
        name: String,
        is_same: bool,
    },
}

impl Made {
    fn name(&self) -> &str {
        let (Self::DoneBefore { name } | Self::Written { name, .. } | Self::NameTaken { name, .. }) = self;
        name
    }
}

/// An outcome of a file each, with what tells whether its name is still its own.
struct Report {
    number: u64,
    place: String,
    from: done::Made,
    made: Made,
}

/// A file each, in a folder.
fn reports(
    folder: &Path,
    format: BatchFormat,
    settings: &Settings<'_>,
    inputs: Inputs,
    tally: &mut Counter<'_>,
) -> Result<(), Failure> {
    let ending = if format == BatchFormat::Markdown { "md" } else { "html" };
    let arguments = settings.arguments;
    let prepared = fs::create_dir_all(folder)
        .and_then(|()| Done::open(folder, done::settings(ending, &files_of(settings)), arguments.resume));
    let done = prepared.map_err(|error| {
        Failure::Message(format!("cannot write to the folder `{}`: {}", folder.display(), files::reason(&error)))
    })?;
    let work = |(number, input): (u64, Input)| {
        outcome(input, |document| {
            let from = done.made_from(&document.bytes);
            let made = one_report(folder, format, settings, &done, document, number, &from)?;
            Ok(Report { number, place: place(document), from, made })
        })
    };
    let mut result = Ok(());
    settings.batch.in_order((0..).zip(inputs.each()), work, |outcome| match tally.take(outcome) {
        Ok(report) => {
            if let Some(report) = report {
                count_report(&report, &done, tally);
            }
            ControlFlow::Continue(())
        }
        Err(failure) => {
            result = Err(failure);
            ControlFlow::Break(())
        }
    });
    result?;
    // A list that cannot be read any more has nothing to say.
    let left = done.left(ending).unwrap_or_default();
    // Where no evaluation came, something else is wrong.
    if !left.is_empty() && tally.seen > 0 {
        tally.progress.beside(|| say_left(&left, folder, tally.messages));
    }
    Ok(())
}

/// Makes one report, unless it is done or another evaluation has its name.
fn one_report(
    folder: &Path,
    format: BatchFormat,
    settings: &Settings<'_>,
    done: &Done,
    document: &Document,
    number: u64,
    from: &done::Made,
) -> Result<Made, Failed> {
    let (page, ending) = match format {
        BatchFormat::Markdown => (Format::Markdown, "md"),
        _ => (Format::Html, "html"),
    };
    if let Some(name) = done.name_before(from) {
        match done.claim(&name, number, from) {
            Whose::Own if done.is_whole(&name) => return Ok(Made::DoneBefore { name }),
            Whose::Own => {}
            other => return Ok(Made::NameTaken { name, is_same: other == Whose::Same }),
        }
    }
    let (scorecard, history) = score(settings, document)?;
    let name = file_name::of_evaluation(scorecard.evaluation()).file(ending);
    let path = folder.join(&name);
    let whose = match done.claim(&name, number, from) {
        Whose::Own if done.is_of_others(&name) => {
            return Err(Failed::Message(format!(
                "{}: cannot write to `{}`: there is a file of that name, and no run of `batch` wrote it",
                place(document),
                path.display()
            )));
        }
        Whose::Own => {
            let text = report(&settings.renderer, document, &scorecard, page)?;
            let report = done::Report { name: &name, text: &text, from, number, place: &place(document) };
            done.write(&report).map_err(|error| not_written(document, &path, &error))?
        }
        other => other,
    };
    Ok(match whose {
        Whose::Own => Made::Written { name, warnings: warnings(&scorecard), history },
        other => Made::NameTaken { name, is_same: other == Whose::Same },
    })
}

/// Counts a report, in the order of the input: those before it have claimed their names.
fn count_report(report: &Report, done: &Done, tally: &mut Counter<'_>) {
    let name = report.made.name();
    let is_same = match (done.claim(name, report.number, &report.from), &report.made) {
        (Whose::Own, Made::DoneBefore { .. }) => return tally.done_before += 1,
        (Whose::Own, Made::Written { warnings, history, .. }) => return tally.written(*warnings, history),
        (Whose::Own, Made::NameTaken { is_same, .. }) => *is_same,
        (other, _) => other == Whose::Same,
    };
    if is_same {
        tally.same += 1;
        return;
    }
    let other = done.place_of(name).map(|place| format!(", of `{place}`")).unwrap_or_default();
    tally.fail(&format!(
        "{}: its report would be `{name}`, which is that of another evaluation of these{other}: both have the same \
         employee, period, type, status, evaluators and rubric; leave one of them out",
        report.place
    ));
}

/// Reports of earlier runs that this one has not made.
#[derive(Serialize)]
struct Left<'a> {
    left: &'a [String],
}

/// Names the reports left from earlier runs, which a reader of the folder would take for reports of this one.
fn say_left(left: &[String], folder: &Path, messages: &Messages) {
    const MOST: usize = 20;
    messages.data(&Left { left });
    let reports = count(left.len() as u64, "report");
    let are = if left.len() == 1 { "is of an earlier run" } else { "are of earlier runs" };
    let mut named = left.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    if let Some(more) = left.len().checked_sub(MOST).filter(|more| *more > 0) {
        named.push_str(&format!(" and {} more", many::grouped(more as u64)));
    }
    messages.note(&format!(
        "warning: {reports} in `{}` {are}, and not of these evaluations: {named}; remove what no longer holds",
        folder.display()
    ));
}

fn not_written(document: &Document, path: &Path, error: &io::Error) -> Failed {
    let reason = files::reason(error);
    let text = format!("{}: cannot write to `{}`: {reason}", place(document), path.display());
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::ReadOnlyFilesystem => {
            Failed::Halt(Failure::Message(text))
        }
        _ => Failed::Message(text),
    }
}

/// The files that every report is made from; unreadable ones have been reported.
fn files_of(Settings { arguments, history, .. }: &Settings<'_>) -> Vec<(String, Vec<u8>)> {
    let evaluations = &arguments.evaluations;
    let templates = arguments.templates.as_ref().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
    let mut templates: Vec<PathBuf> = templates.filter_map(|entry| Some(entry.ok()?.path())).collect();
    templates.sort();
    let rubrics = evaluations.rubric.iter().chain(&evaluations.bases.base);
    let earlier = &history.fingerprints;
    let earlier = (!earlier.is_empty()).then(|| ("--history".to_owned(), earlier.clone().into_bytes()));
    rubrics
        .chain(&templates)
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap_or_default())
        })
        .chain(earlier)
        .collect()
}
