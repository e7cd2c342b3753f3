//! `appraise combine` and `appraise import`: make a document of others.

use appraise::Evaluation;
use appraise::table::{self, Options};

use super::Failure;
use super::arguments::{Combine, Import};
use super::files::{self, Input, Output};
use super::messages::{self, Messages};

pub(super) fn combine(arguments: &Combine, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(arguments.files.iter().chain(&arguments.rubric).chain(&arguments.bases.base))?;
    let library = files::library(&arguments.bases, messages)?;
    let inputs: Vec<Input> = arguments
        .files
        .iter()
        .map(|path| files::read(path))
        .collect::<Result<_, _>>()
        .map_err(messages.faulty("evaluation"))?;
    let rubric = match (&arguments.rubric, inputs.first()) {
        (Some(path), _) => files::rubric(path, &library, messages)?,
        (None, Some(first)) => library.rubric_for(&first.name, &first.text).map_err(messages.faulty("evaluation"))?,
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

pub(super) fn import(arguments: &Import, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(std::iter::once(&arguments.file).chain(&arguments.from).chain(&arguments.bases.base))?;
    let mut options = Options::default();
    options.id.clone_from(&arguments.id);
    options.version.clone_from(&arguments.version);
    options.title.clone_from(&arguments.title);
    options.levels.clone_from(&arguments.levels);
    options.best_first = arguments.best_first;
    options.not_rated.clone_from(&arguments.not_rated);
    options.meets_at.clone_from(&arguments.meets_at);
    let library = files::library(&arguments.bases, messages)?;
    options.from = arguments.from.as_ref().map(|from| files::rubric(from, &library, messages)).transpose()?;
    let input = files::read_table(&arguments.file).map_err(messages.faulty("table"))?;
    output.write(&messages.usable(table::import(&input.name, &input.text, &options), "table")?)
}
