//! Writes a form for every person in a table of staff.

mod cell;
mod columns;
mod people;

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use appraise::{Evaluation, Form, Rubric, Status, table};

use self::people::Roster;
use super::Failure;
use super::file_name::FileName;
use super::files::{self, Output};
use super::many::Progress;
use super::messages::{Messages, clean, plural};

/// The common settings of a roster's forms.
pub(super) struct Forms<'a> {
    pub(super) rubric: &'a Rubric,
    /// Evaluations that forms begin with, by whom they are about.
    pub(super) earlier: HashMap<String, Evaluation>,
    /// Words that tell the files apart from other forms for the same people.
    pub(super) words: Vec<String>,
    /// The ids of the part of the rubric that the forms are for.
    pub(super) scope: Vec<String>,
    pub(super) folder: &'a Path,
    /// The ending of the files.
    pub(super) ending: &'static str,
}

/// A person in the roster: the draft of an evaluation, without a rating.
pub(super) struct Listed<'a> {
    pub(super) draft: &'a Evaluation,
    pub(super) earlier: Option<&'a Evaluation>,
    /// Whether the roster says when they are evaluated, and by whom.
    pub(super) has_period: bool,
    pub(super) has_evaluator: bool,
}

/// Writes a form for everybody. An unusable row is reported and stops no other; an existing file may be filled in already,
/// and stays.
pub(super) fn run(
    roster: &Path,
    forms: &Forms<'_>,
    form: impl Fn(&Listed<'_>) -> Result<Form, Failure>,
    text: impl Fn(&Form) -> Result<String, Failure>,
    messages: &Messages,
) -> Result<(), Failure> {
    let input = files::read_table(roster).map_err(messages.faulty("roster"))?;
    let rows = table::records(&input.name, &input.text).map_err(messages.faulty("roster"))?;
    let named = |fault: &String| format!("{}: {fault}", input.name);
    let table = Roster::of(rows, forms.rubric).map_err(|faults| {
        faults.iter().for_each(|fault| messages.error(&named(fault)));
        Failure::Findings
    })?;
    let folder = forms.folder;
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Message(format!("cannot make `{}`: {}", folder.display(), files::reason(&error))))?;
    let (mut written, mut stay, mut faulty) = (0, 0, 0);
    let mut progress = Progress::towards(Some(table.rows() as u64), "form", messages);
    for (rows, found) in table.people(&forms.earlier) {
        let faults = match found {
            Ok(draft) => {
                let earlier = forms.earlier.get(&draft.whom().identity());
                if let Some(fault) = earlier.and_then(|earlier| other_period(earlier, &draft, table.has_period())) {
                    faulty += rows;
                    progress.beside(|| messages.error(&named(&fault)));
                    continue;
                }
                let has_period = table.has_period();
                let listed = Listed { draft: &draft, earlier, has_period, has_evaluator: table.has_evaluator() };
                let path = folder.join(file_name(&listed, forms));
                if path.exists() && !path.is_dir() {
                    stay += 1;
                    Vec::new()
                } else {
                    match write(&path, &text(&form(&listed)?)?)? {
                        None => {
                            written += 1;
                            Vec::new()
                        }
                        Some(fault) => vec![fault],
                    }
                }
            }
            Err(faults) => faults,
        };
        if !faults.is_empty() {
            faulty += rows;
            progress.beside(|| faults.iter().for_each(|fault| messages.error(&named(fault))));
        }
        progress.advance(rows as u64);
    }
    progress.finish();
    table.notes.iter().chain(&table.dates_read()).for_each(|note| messages.note(&named(note)));
    messages.note(&format!("{} written to {}", plural(written, "form"), folder.display()));
    if stay > 0 {
        let (those, are, them) = if stay == 1 { ("that is", "is", "it") } else { ("that are", "are", "them") };
        messages.note(&format!(
            "{stay} {those} there already, and may be filled in, {are} left alone: move {them} away to have {them} made anew"
        ));
    }
    if faulty > 0 {
        let them = if faulty == 1 { "it" } else { "them" };
        messages.note(&format!("{} without a form: mend {them}, and make the forms again", plural(faulty, "row")));
        return Err(Failure::Findings);
    }
    Ok(())
}

/// A draft that is gone on with is about its own period.
fn other_period(earlier: &Evaluation, draft: &Evaluation, has_period: bool) -> Option<String> {
    let (own, given) = (earlier.period(), draft.period());
    let differs = has_period && earlier.status() == Status::Draft && own != given;
    let id = clean(draft.whom().id());
    differs.then(|| {
        let (from, to) = (own.from(), own.to());
        format!(
            "`{id}` has a draft of {from} to {to}, which is another period: leave the draft out, or mend the period"
        )
    })
}

/// Writes a form; a fault of its name stops no other.
fn write(path: &Path, text: &str) -> Result<Option<String>, Failure> {
    let output = Output::new(Some(path.to_owned()));
    let written = output.open().and_then(|mut stream| {
        stream.write(text)?;
        stream.finish()
    });
    match written {
        Ok(()) => Ok(None),
        Err(error) => match (error.kind(), output.failed(&error)) {
            // The next would fail in the same way.
            (ErrorKind::StorageFull | ErrorKind::ReadOnlyFilesystem | ErrorKind::QuotaExceeded, failure) => {
                Err(failure)
            }
            (_, Failure::Message(message)) => Ok(Some(message)),
            (_, failure) => Err(failure),
        },
    }
}

/// The name of a form's file: from the person, the period and the purpose. It does not depend on the rest of the roster.
fn file_name(listed: &Listed<'_>, forms: &Forms<'_>) -> String {
    let whom = listed.draft.whom();
    let mut name = FileName::of(whom.id(), whom.name());
    let period = listed.draft.period();
    if listed.has_period {
        name = name.period(&period.from(), &period.to());
    }
    for word in forms.words.iter().map(String::as_str).chain([forms.rubric.id()]) {
        name = name.word(word);
    }
    name.hidden(&forms.scope).file(forms.ending)
}
