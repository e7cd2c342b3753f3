//! `appraise summarize --program`: a program evaluation.

use appraise::summary::{Program, Summaries};
use appraise::{Format, Renderer, Scorecard};

use super::super::Failure;
use super::super::arguments::many::{Summarize, SummaryFormat};
use super::super::files::{self, Output};
use super::super::messages::{self, Messages};

/// A summary alone is no Markdown, and a program evaluation neither a table nor a line of text.
pub(super) fn check_format(arguments: &Summarize, format: SummaryFormat) -> Result<(), Failure> {
    let message = match (format, &arguments.program) {
        (SummaryFormat::Markdown, None) => "a summary is written as text, html, csv or json; Markdown needs --program",
        (SummaryFormat::Text | SummaryFormat::Csv, Some(_)) => {
            "a program evaluation is written as html, markdown or json: choose one with --format, or by the output file's ending"
        }
        _ => return Ok(()),
    };
    Err(Failure::Usage(message.to_owned()))
}

/// The organization's scorecard, read with the rubric that its evaluation names.
pub(super) fn supports(
    arguments: &Summarize,
    output: &Output,
    messages: &Messages,
) -> Result<Option<Scorecard>, Failure> {
    let Some(path) = &arguments.program else { return Ok(None) };
    output.check_inputs(std::iter::once(path))?;
    let mut library = files::library(&arguments.evaluations.bases, messages)?;
    for rubric in &arguments.evaluations.rubric {
        let rubric = files::rubric(rubric, &library, messages)?;
        library.add(rubric);
    }
    let scorecard = files::evaluation_of(path, None, &library, messages)?.score();
    // Said before the many evaluations are read.
    Program::new(scorecard.clone(), Summaries::default()).map_err(|error| Failure::Message(error.to_string()))?;
    Ok(Some(scorecard))
}

/// The document.
pub(super) fn text(
    supports: Scorecard,
    staff: Summaries,
    format: SummaryFormat,
    renderer: &Renderer,
) -> Result<String, Failure> {
    let failed = |error: appraise::Error| Failure::Message(error.to_string());
    let program = Program::new(supports, staff).map_err(failed)?;
    Ok(match format {
        SummaryFormat::Json => messages::json(&program),
        SummaryFormat::Html => renderer.program(&program, Format::Html).map_err(failed)?,
        _ => renderer.program(&program, Format::Markdown).map_err(failed)?,
    })
}
