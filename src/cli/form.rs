//! `appraise form`.

use std::path::Path;

use appraise::{Evaluation, Form, Format, Renderer, Status, Type};

use super::arguments::{Form as Arguments, FormFormat};
use super::files::{self, Output};
use super::messages::Messages;
use super::{Failure, pages, roster};

pub(super) fn run(arguments: &Arguments, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let files = [&arguments.rubric, &arguments.evaluation, &arguments.roster].into_iter().flatten();
    output.check_inputs(files.chain(&arguments.beside).chain(&arguments.bases.base))?;
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let format = arguments.format.unwrap_or_else(|| by_ending(output));
    let form = form(arguments, messages)?;
    match (&arguments.roster, &arguments.out) {
        (Some(roster), Some(folder)) => {
            let write = |form: &Form| text(form, arguments.format.unwrap_or(FormFormat::Html), &renderer);
            roster::run(roster, folder, ending(arguments.format.unwrap_or(FormFormat::Html)), &form, write, messages)
        }
        _ => output.write(&text(&form, format, &renderer)?),
    }
}

/// The form that the arguments ask for.
fn form(arguments: &Arguments, messages: &Messages) -> Result<Form, Failure> {
    let library = files::library(&arguments.bases, messages)?;
    let rubric = arguments.rubric.as_deref().map(|which| files::rubric(which, &library, messages)).transpose()?;
    let read = |path: &Path| files::evaluation_of(path, rubric.as_ref(), &library, messages);
    let mut form = match (&arguments.evaluation, &rubric) {
        (Some(path), _) => begun(&read(path)?, arguments, messages),
        (None, Some(rubric)) => Form::new(rubric),
        (None, None) => return Err(Failure::Usage("name the rubric, or an evaluation with --evaluation".to_owned())),
    };
    if arguments.self_evaluation {
        form = form.kind(Type::SelfEvaluation);
    }
    for path in &arguments.beside {
        form = form.beside(&pages::shared(read(path)?, path, arguments.beside_unshared)?);
    }
    if !arguments.scope.is_empty() {
        let ids = arguments.scope.iter().map(String::as_str);
        form = form.scope(ids).map_err(|error| Failure::Message(error.to_string()))?;
    }
    Ok(form)
}

/// A form that begins with an evaluation: a draft is gone on with, a final one is followed by the next.
fn begun(evaluation: &Evaluation, arguments: &Arguments, messages: &Messages) -> Form {
    if arguments.self_evaluation && evaluation.kind() != Type::SelfEvaluation {
        messages.note(
            "the evaluation is by others: the self-evaluation has the same employee, period and goals, and none of their \
             ratings, which --beside shows",
        );
        return Form::of(evaluation);
    }
    match (arguments.respond, evaluation.status()) {
        (true, _) => Form::response_to(evaluation),
        (false, Status::Final) => {
            messages.note(match evaluation.kind() {
                Type::Interim => {
                    "the interim evaluation is final: the form is for the next one of the same year, with its people, goals, \
                     record, service data and training; its ratings are shown beside the choices"
                }
                _ => {
                    "the evaluation is final: the form is for the next year, with the same people, the goals still open and \
                     the contact hours of the certificate's cycle so far"
                }
            });
            Form::after(evaluation)
        }
        (false, _) => Form::of(evaluation),
    }
}

fn by_ending(output: &Output) -> FormFormat {
    match output.ending().as_deref() {
        Some("md" | "markdown") => FormFormat::Markdown,
        Some("yaml" | "yml") => FormFormat::Yaml,
        Some("json") => FormFormat::JsonSchema,
        _ => FormFormat::Html,
    }
}

fn ending(format: FormFormat) -> &'static str {
    match format {
        FormFormat::Html => "html",
        FormFormat::Markdown => "md",
        FormFormat::Yaml => "yaml",
        FormFormat::JsonSchema | FormFormat::UiSchema => "json",
    }
}

fn text(form: &Form, format: FormFormat, renderer: &Renderer) -> Result<String, Failure> {
    let page = |format| renderer.form(form, format).map_err(|error| Failure::Message(error.to_string()));
    match format {
        FormFormat::Html => page(Format::Html),
        FormFormat::Markdown => page(Format::Markdown),
        FormFormat::Yaml => Ok(form.yaml()),
        FormFormat::JsonSchema => Ok(form.json_schema()),
        FormFormat::UiSchema => Ok(form.ui_schema()),
    }
}
