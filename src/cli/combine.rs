//! `appraise combine`.

use appraise::{Diagnostics, Evaluation};

use super::Failure;
use super::arguments::Combine;
use super::files::{self, Input, Output};
use super::messages::{self, Messages};

pub(super) fn run(arguments: &Combine, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(arguments.files.iter().chain(&arguments.rubric).chain(&arguments.bases.base))?;
    let library = files::library(&arguments.bases, messages)?;
    let failed = |diagnostics: Diagnostics| {
        messages.findings(&diagnostics, "evaluation");
        Failure::Findings
    };
    let inputs: Vec<Input> =
        arguments.files.iter().map(|path| files::read(path)).collect::<Result<_, _>>().map_err(failed)?;
    let rubric = match (&arguments.rubric, inputs.first()) {
        (Some(path), _) => files::rubric(path, &library, messages)?,
        (None, Some(first)) => library.rubric_for(&first.name, &first.text).map_err(failed)?,
        (None, None) => return Err(Failure::Usage("name the evaluations to combine".to_owned())),
    };
    let parts: Vec<(&str, &str)> = inputs.iter().map(|input| (input.name.as_str(), input.text.as_str())).collect();
    let (evaluation, found) = Evaluation::combine(&parts, &rubric);
    for diagnostics in &found {
        messages.findings(diagnostics, "evaluation");
    }
    let evaluation = evaluation.ok_or(Failure::Findings)?;
    output.write(&match output.ending().as_deref() {
        Some("json") => messages::json(&evaluation),
        _ => files::yaml(&evaluation, "combined", "", "write it to a file that ends in `.json`")?,
    })
}
