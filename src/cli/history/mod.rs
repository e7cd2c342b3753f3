//! `appraise history`.

mod output;

use std::ops::ControlFlow;

use appraise::history::{self, Drafts};
use appraise::{Code, Diagnostics, Evaluation, Format, Role, WhyWithheld};

use self::output::csv;
use super::Failure;
use super::arguments::history::{History, HistoryFormat};
use super::files::Output;
use super::many::{self, Input, Inputs, Progress};
use super::messages::{Messages, json, plural};
use super::pages;

pub(super) fn run(arguments: &History, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("html" | "htm") => HistoryFormat::Html,
        Some("csv") => HistoryFormat::Csv,
        Some("json") => HistoryFormat::Json,
        _ => HistoryFormat::Markdown,
    });
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let mut evaluations = read(arguments, output, messages)?;
    if let Some(id) = &arguments.employee {
        only(&mut evaluations, id)?;
    }
    if let Some(role) = arguments.role {
        let before = evaluations.len();
        evaluations = evaluations.iter().filter_map(|evaluation| seen(evaluation, role.role())).collect();
        if evaluations.len() < before {
            let number = plural(before - evaluations.len(), "evaluation");
            messages.note(&format!("left out: {number} that the {} is not shown", role.role().as_str()));
        }
    }
    let unshared = evaluations.iter().filter(|evaluation| !evaluation.is_shared()).count();
    if unshared > 0 {
        let number = plural(unshared, "self-evaluation");
        messages.note(&format!("left out: {number} that the employee does not share"));
    }
    let drafts = if arguments.drafts { Drafts::Counted } else { Drafts::LeftOut };
    let history = messages.usable(history::of(&evaluations, drafts), "evaluation")?;
    let page = |format: Format| renderer.history(&history, format).map_err(|error| Failure::Message(error.to_string()));
    output.write(&match format {
        HistoryFormat::Html => page(Format::Html)?,
        HistoryFormat::Markdown => page(Format::Markdown)?,
        HistoryFormat::Csv => csv(&history),
        HistoryFormat::Json => json(&history),
    })
}

/// The part of an evaluation that a role is shown; `None` where that is nothing of the ratings.
fn seen(evaluation: &Evaluation, role: Role) -> Option<Evaluation> {
    let view = evaluation.view(role);
    let is_shown = view.withheld().is_none_or(|withheld| withheld.why == WhyWithheld::Names);
    view.into_evaluation().filter(|_| is_shown)
}

/// Every evaluation. One that cannot be read may be a year of the person's, so none may be missing.
fn read(arguments: &History, output: &Output, messages: &Messages) -> Result<Vec<Evaluation>, Failure> {
    let inputs = Inputs::find(&arguments.evaluations, output, messages)?;
    let batch = many::batch(&arguments.evaluations, messages)?;
    let mut progress = Progress::of(&inputs, messages);
    let mut evaluations = Vec::new();
    let (mut unreadable, mut is_of_another_rubric) = (0, false);
    let work = |input: Input| -> (u64, Result<Evaluation, Diagnostics>) {
        match input.read() {
            Ok(document) => (document.bytes.len() as u64, batch.evaluation(&document)),
            Err(found) => (0, Err(found)),
        }
    };
    batch.in_order(inputs.each(), work, |(size, read)| {
        progress.advance(size);
        match read {
            Ok(evaluation) => {
                let found = evaluation.diagnostics();
                // A draft may be made against another rubric; the reader has to know.
                if is_about_rubric(found) {
                    progress.beside(|| messages.findings(found, "evaluation"));
                }
                evaluations.push(evaluation);
            }
            Err(found) => {
                unreadable += 1;
                is_of_another_rubric |= is_about_rubric(&found);
                progress.beside(|| messages.findings(&found, "evaluation"));
            }
        }
        ControlFlow::Continue(())
    });
    progress.finish();
    if unreadable == 0 {
        return Ok(evaluations);
    }
    let which = plural(unreadable, "evaluation");
    let next = if is_of_another_rubric {
        "name the rubric that each evaluation was made against with `--rubric FILE`, several versions of one rubric too"
    } else {
        "mend them, or name the person's evaluations only"
    };
    Err(Failure::Message(format!("{which} cannot be used, and the history would lack a year: {next}")))
}

fn is_about_rubric(found: &Diagnostics) -> bool {
    let codes = [Code::OtherVersion, Code::OtherFingerprint, Code::UnknownRubric];
    found.iter().any(|finding| codes.contains(&finding.code))
}

/// Keeps the evaluations of one person.
fn only(evaluations: &mut Vec<Evaluation>, id: &str) -> Result<(), Failure> {
    let wanted = many::identity(id);
    let before = evaluations.len();
    evaluations.retain(|evaluation| evaluation.whom().identity() == wanted);
    if evaluations.is_empty() {
        let all = plural(before, "evaluation");
        return Err(Failure::Message(format!("none of {all} is of `{id}`: look the id up in an evaluation")));
    }
    Ok(())
}
