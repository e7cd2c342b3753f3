//! `appraise finish`, `appraise amend` and `appraise verify`.

use std::collections::HashSet;
use std::ops::ControlFlow;

use appraise::batch::{Batch, Document};
use appraise::verify::{Doubt, Verification, Verifications, Verified, verify};
use appraise::{Diagnostics, Evaluation, Library, Source, decode};
use serde_json::value::RawValue;

use super::Failure;
use super::arguments::{Amend, Finish, SealedFile, Verify, VerifyFormat};
use super::files::{self, Input, Output};
use super::many::{self, Inputs, Progress};
use super::messages::{self, Messages, plural};

pub(super) fn finish(arguments: &Finish, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let (input, mut evaluation) = read(&arguments.evaluation, output, messages)?;
    let said = |found: &Diagnostics| found.iter().map(|finding| finding.message.clone()).collect::<HashSet<_>>();
    let before = said(evaluation.diagnostics());
    evaluation.finish(&arguments.on, &arguments.by).map_err(messages.faulty("evaluation"))?;
    // A seal stays: the warnings that only a final evaluation has are shown before the file goes anywhere.
    if !said(evaluation.diagnostics()).is_subset(&before) {
        messages.findings(evaluation.diagnostics(), "evaluation");
    }
    if !evaluation.evaluators().iter().any(|evaluator| evaluator.id == arguments.by) {
        messages.note(&format!("{}: `{}` is no evaluator of this evaluation, by id", input.name, arguments.by));
    }
    write(&evaluation, &input, output)?;
    if let Some(seal) = evaluation.seal() {
        messages.note(&format!("{}: final, and sealed on {} as {}", input.name, seal.on(), seal.evaluation));
        messages.note("print this fingerprint on the paper that is signed: the report has it at its end");
    }
    Ok(())
}

pub(super) fn amend(arguments: &Amend, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let (input, mut evaluation) = read(&arguments.evaluation, output, messages)?;
    let split = |set: &String| set.split_once('=').map(|(at, value)| (at.to_owned(), value_of(value)));
    let changes: Option<Vec<_>> = arguments.set.iter().map(split).collect();
    let changes = changes.ok_or_else(|| {
        Failure::Usage("write `--set PLACE=VALUE`, such as `--set ratings.deadlines.level=has_met`".to_owned())
    })?;
    let changes: Vec<_> = changes.iter().map(|(at, value)| (at.as_str(), value)).collect();
    let (before, found) = (evaluation.amendments().len(), evaluation.diagnostics().len());
    let made = evaluation.amend(&changes, &arguments.on, &arguments.by, &arguments.because);
    made.map_err(|error| Failure::Message(error.to_string()))?;
    // An amendment stays: a warning about its reason is shown before the file goes anywhere.
    if evaluation.diagnostics().len() > found {
        messages.findings(evaluation.diagnostics(), "evaluation");
    }
    write(&evaluation, &input, output)?;
    let made = evaluation.amendments().len().saturating_sub(before);
    messages.note(&format!("{}: {}; the sealed original can be computed back", input.name, plural(made, "amendment")));
    Ok(())
}

/// A value as it was typed: JSON, or else the text itself.
fn value_of(written: &str) -> Box<RawValue> {
    let text = || serde_json::to_string(written).ok().and_then(|text| RawValue::from_string(text).ok());
    let value = RawValue::from_string(written.to_owned()).ok().or_else(text);
    value.unwrap_or_else(|| RawValue::NULL.to_owned())
}

fn read(named: &SealedFile, output: &Output, messages: &Messages) -> Result<(Input, Evaluation), Failure> {
    output.check_inputs(std::iter::once(&named.file).chain(&named.rubric).chain(&named.bases.base))?;
    let library = files::library(&named.bases, messages)?;
    let rubric = named.rubric.as_deref().map(|path| files::rubric(path, &library, messages)).transpose()?;
    let input = files::read(&named.file).map_err(messages.faulty("evaluation"))?;
    let checked = match &rubric {
        Some(rubric) => library.check_with(&input.name, &input.text, rubric),
        None => library.check(&input.name, &input.text),
    };
    let evaluation = messages.usable(checked, "evaluation")?;
    Ok((input, evaluation))
}

/// Writes the evaluation as the output's ending says, else as it was.
fn write(evaluation: &Evaluation, input: &Input, output: &Output) -> Result<(), Failure> {
    let is_json = match output.ending().as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => Source::parse(&input.name, &input.text).is_json(),
    };
    output.write(&match is_json {
        true => messages::json(evaluation),
        false => files::yaml(evaluation, &input.name, "", "write it to a file that ends in `.json`")?,
    })
}

pub(super) fn run(arguments: &Verify, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(arguments.files.iter().chain(&arguments.rubric).chain(&arguments.bases.base))?;
    let mut library = files::library(&arguments.bases, messages)?;
    for path in &arguments.rubric {
        let rubric = files::rubric(path, &library, messages)?;
        library.add(rubric);
    }
    let inputs = Inputs::with_reports(&arguments.files, output, messages)?;
    let mut progress = Progress::towards(inputs.size(), "file", messages);
    let work = |input: many::Input| match input.read() {
        Ok(document) => (document.bytes.len() as u64, verified(&document, &library)),
        Err(found) => (0, (Verification::of(found.file(), 1, &Err(unreadable(&found))), String::new(), Some(found))),
    };
    let (mut outcomes, mut text) = (Verifications::default(), String::new());
    Batch::new(library.clone()).in_order(inputs.each(), work, |(size, (outcome, lines, found))| {
        progress.advance(size);
        if let Some(found) = found {
            progress.beside(|| messages.findings(&found, "evaluation"));
        }
        outcomes.add(outcome);
        text.push_str(&lines);
        ControlFlow::Continue(())
    });
    progress.finish();
    output.write(&match arguments.format {
        VerifyFormat::Text => text,
        VerifyFormat::Json => messages::json(&outcomes),
    })?;
    if outcomes.files.len() > 1 {
        messages.note(&summary(&outcomes));
    }
    if outcomes.in_doubt == 0 { Ok(()) } else { Err(Failure::Findings) }
}

/// An outcome, the lines about it, and the findings where the file could not be read.
type Outcome = (Verification, String, Option<Diagnostics>);

fn verified(document: &Document, library: &Library) -> Outcome {
    let line = document.line;
    match decode(&document.name, &document.bytes) {
        Ok(text) => {
            let outcome = verify(text, library);
            let about = Verification::of(&document.name, line, &outcome);
            (about, said(&many::place(document), outcome), None)
        }
        Err(found) => (Verification::of(&document.name, line, &Err(unreadable(&found))), String::new(), Some(found)),
    }
}

/// The doubt about a file that cannot be read.
fn unreadable(found: &Diagnostics) -> Doubt {
    let reason = found.iter().next().map_or_else(String::new, |finding| finding.message.clone());
    Doubt::Unreadable { reason }
}

/// "3 verified, 2 not: 1 has no seal".
fn summary(outcomes: &Verifications) -> String {
    let unsealed = outcomes.files.iter().filter_map(|file| file.doubt.as_ref());
    let unsealed = unsealed.filter(|doubt| doubt.code == "not-sealed").count();
    let (verified, in_doubt) = (many::grouped(outcomes.verified), many::grouped(outcomes.in_doubt));
    let have = if unsealed == 1 { "has" } else { "have" };
    let of_these = match unsealed {
        0 => String::new(),
        _ => format!(", of which {} {have} no seal", many::grouped(unsealed as u64)),
    };
    format!(
        "{}: {verified} verified, {in_doubt} NOT VERIFIED{of_these}",
        many::count(outcomes.verified.saturating_add(outcomes.in_doubt), "file")
    )
}

/// The lines about a file.
fn said(name: &str, verified: Result<Verified, Doubt>) -> String {
    let verified = match verified {
        Ok(verified) => verified,
        Err(doubt) => return format!("{name}: NOT VERIFIED: {}\n", messages::clean(&doubt.to_string())),
    };
    let seal = &verified.seal;
    let since = match verified.amendments {
        0 => String::new(),
        amendments => format!(", with {} since", plural(amendments, "amendment")),
    };
    let mut lines = vec![format!("{name}: verified, sealed on {} by {}{since}", seal.on(), seal.by)];
    lines.extend(verified.verified.iter().map(|what| format!("  holds: {what}")));
    lines.extend(verified.not_verified.iter().map(|what| format!("  not verified: {what}")));
    lines.iter().map(|line| format!("{}\n", messages::clean(line))).collect()
}
