//! `appraise finish`, `appraise amend` and `appraise verify`.

use appraise::verify::{Doubt, Verified, verify};
use appraise::{Evaluation, Source};
use serde_json::value::RawValue;

use super::Failure;
use super::arguments::{Amend, Finish, SealedFile, Verify};
use super::files::{self, Input, Output};
use super::messages::{self, Messages, plural};

pub(super) fn finish(arguments: &Finish, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let (input, mut evaluation) = read(&arguments.evaluation, output, messages)?;
    evaluation.finish(&arguments.on, &arguments.by).map_err(messages.faulty("evaluation"))?;
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
    let mut text = String::new();
    let mut in_doubt = 0_usize;
    for path in &arguments.files {
        let input = files::read(path).map_err(messages.faulty("evaluation"));
        let verified = match input {
            Ok(input) => (input.name, verify(&input.text, &library)),
            Err(_) => {
                in_doubt = in_doubt.saturating_add(1);
                continue;
            }
        };
        in_doubt = in_doubt.saturating_add(usize::from(verified.1.is_err()));
        text.push_str(&said(&verified.0, verified.1));
    }
    output.write(&text)?;
    if in_doubt == 0 { Ok(()) } else { Err(Failure::Findings) }
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
