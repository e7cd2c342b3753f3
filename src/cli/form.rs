//! `appraise form`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use appraise::{Evaluation, Form, Format, Renderer, Status, Type};

use super::arguments::{Form as Arguments, FormFormat};
use super::files::{self, Output};
use super::messages::Messages;
use super::roster::Listed;
use super::{Failure, pages, roster};

pub(super) fn run(arguments: &Arguments, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let files = [&arguments.rubric, &arguments.roster].into_iter().flatten();
    output.check_inputs(files.chain(&arguments.evaluation).chain(&arguments.beside).chain(&arguments.bases.base))?;
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    match (&arguments.roster, &arguments.out) {
        (Some(roster), Some(folder)) => everybodys(arguments, roster, folder, &renderer, messages),
        _ => {
            let format = arguments.format.unwrap_or_else(|| by_ending(output));
            let form = form(arguments, messages)?;
            if let Some(why) = form.unscored_scope().filter(|_| !arguments.respond) {
                messages.note(&format!("warning: {why}; name the part that it answers for with --scope"));
            }
            output.write(&text(&form, format, &renderer)?)
        }
    }
}

/// The form that the arguments ask for.
fn form(arguments: &Arguments, messages: &Messages) -> Result<Form, Failure> {
    let library = files::library(&arguments.bases, messages)?;
    let rubric = arguments.rubric.as_deref().map(|which| files::rubric(which, &library, messages)).transpose()?;
    let read = |path: &PathBuf| {
        let evaluation = files::evaluation_of(path, rubric.as_ref(), &library, messages)?;
        files::shown(evaluation, path, arguments.role)
    };
    let mut form = match (arguments.evaluation.as_slice(), &rubric) {
        ([path], _) => {
            let (form, note) = begun(&read(path)?, arguments);
            note.into_iter().for_each(|note| messages.note(note));
            form
        }
        ([], Some(rubric)) => Form::new(rubric),
        ([], None) => return Err(Failure::Usage("name the rubric, or an evaluation with --evaluation".to_owned())),
        _ => return Err(Failure::Usage("--evaluation may be given several times only with --roster".to_owned())),
    };
    form = of_kind(form, arguments)?;
    for path in &arguments.beside {
        form = form.beside(&pages::shared(read(path)?, path, arguments.beside_unshared)?);
    }
    scoped(form, arguments)
}

/// A form for everybody in a roster: each begins with the evaluation that is about them, and shows the others that are.
fn everybodys(
    arguments: &Arguments,
    roster: &Path,
    folder: &Path,
    renderer: &Renderer,
    messages: &Messages,
) -> Result<(), Failure> {
    let library = files::library(&arguments.bases, messages)?;
    let rubric = arguments.rubric.as_deref().map(|which| files::rubric(which, &library, messages)).transpose()?;
    let read = |path: &PathBuf| {
        let evaluation = files::evaluation_of(path, rubric.as_ref(), &library, messages)?;
        files::shown(evaluation, path, arguments.role)
    };
    let begin: Vec<Evaluation> = within(&arguments.evaluation)?.iter().map(read).collect::<Result<_, _>>()?;
    let mut beside = Vec::new();
    for path in within(&arguments.beside)? {
        // One that is not shared stops nobody else's form.
        match pages::shared(read(&path)?, &path, arguments.beside_unshared) {
            Ok(evaluation) => beside.push(evaluation),
            Err(Failure::Message(message) | Failure::Usage(message)) => messages.note(&format!("left out: {message}")),
            Err(failure) => return Err(failure),
        }
    }
    let Some(rubric) = rubric.clone().or_else(|| begin.first().map(|first| first.rubric().clone())) else {
        return Err(Failure::Usage("name the rubric, or evaluations with --evaluation".to_owned()));
    };
    let mut earlier = HashMap::new();
    for evaluation in begin {
        let id = evaluation.whom().id().to_owned();
        if earlier.insert(evaluation.whom().identity(), evaluation).is_some() {
            return Err(Failure::Message(format!(
                "two evaluations with --evaluation are about `{id}`: name one of them"
            )));
        }
    }
    let format = arguments.format.unwrap_or(FormFormat::Html);
    let words = wanted(arguments).filter(|word| *word != "formal").map(str::to_owned).into_iter().collect();
    let forms = roster::Forms {
        rubric: &rubric,
        earlier,
        words,
        scope: arguments.scope.clone(),
        folder,
        ending: ending(format),
    };
    let make = |listed: &Listed<'_>| {
        let draft = listed.draft;
        let mut form = listed.earlier.map_or_else(|| Form::new(&rubric), |earlier| begun(earlier, arguments).0);
        // A draft that is gone on with has its own period and evaluators.
        let is_new = listed.earlier.is_none_or(|earlier| earlier.status() == Status::Final);
        if listed.has_period && is_new {
            form = form.during(draft.period());
        }
        if listed.has_evaluator && is_new {
            form = form.by(draft.evaluators());
        }
        form = form.about(draft.whom()).map_err(|error| Failure::Message(error.to_string()))?;
        form = of_kind(form, arguments)?;
        let identity = draft.whom().identity();
        for other in beside.iter().filter(|other| other.whom().identity() == identity) {
            form = form.beside(other);
        }
        scoped(form, arguments)
    };
    roster::run(roster, &forms, make, |form| text(form, format, renderer), messages)
}

/// Files as they are, and of directories the evaluations in them.
fn within(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let is_document = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        matches!(ending.as_deref(), Some("yaml" | "yml" | "json")) && path.is_file()
    };
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let unreadable = |error: &std::io::Error| {
            Failure::Message(format!("cannot read `{}`: {}", path.display(), files::reason(error)))
        };
        let entries = std::fs::read_dir(path).map_err(|error| unreadable(&error))?;
        let mut found: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_document).collect();
        found.sort();
        all.extend(found);
    }
    Ok(all)
}

/// The word for the kind of evaluation that the arguments ask for.
fn wanted(arguments: &Arguments) -> Option<&str> {
    if arguments.self_evaluation { Some("self") } else { arguments.kind.as_deref() }
}

/// The form for the kind of evaluation that the arguments ask for.
fn of_kind(form: Form, arguments: &Arguments) -> Result<Form, Failure> {
    let Some(word) = wanted(arguments) else { return Ok(form) };
    let rubric = form.rubric();
    let kind = rubric.type_of(word).ok_or_else(|| {
        let known: Vec<String> = rubric.types().map(|kind| format!("`{}`", kind.id())).collect();
        let (id, known) = (rubric.id(), known.join(", "));
        Failure::Usage(format!("the rubric `{id}` has no kind of evaluation `{word}`: its kinds are {known}"))
    })?;
    Ok(form.kind(kind))
}

fn scoped(mut form: Form, arguments: &Arguments) -> Result<Form, Failure> {
    if let Some(kind) = &arguments.observation {
        form = form.observation(kind).map_err(|error| Failure::Usage(error.to_string()))?;
    }
    if arguments.scope.is_empty() {
        return Ok(form);
    }
    let ids = arguments.scope.iter().map(String::as_str);
    form.scope(ids).map_err(|error| Failure::Message(error.to_string()))
}

/// A form that begins with an evaluation: it continues a draft, or begins the one after a final evaluation. Also returns a
/// message for the user.
fn begun(evaluation: &Evaluation, arguments: &Arguments) -> (Form, Option<&'static str>) {
    if wanted(arguments) == Some("self") && *evaluation.kind() != Type::SelfEvaluation {
        let note = "the evaluation is by others: the self-evaluation has the same employee, period and goals, and none of their \
                    ratings, which --beside shows";
        return (Form::of(evaluation), Some(note));
    }
    if !arguments.respond && evaluation.seal().is_some() && evaluation.status() == Status::Draft {
        let note = "the evaluation is sealed, and `appraise amend` changes it: this form takes responses only";
        return (Form::response_to(evaluation), Some(note));
    }
    match (arguments.respond, evaluation.status()) {
        (true, _) => (Form::response_to(evaluation), None),
        (false, Status::Final) => {
            let note = match evaluation.kind() {
                Type::Interim => {
                    "the interim evaluation is final: the form is for the next one of the same year, with its people, goals, \
                     record, service data and training; its ratings are shown beside the choices"
                }
                _ => {
                    "the evaluation is final: the form is for the next year, with the same people, the goals still open and \
                     the contact hours of the certificate's cycle so far"
                }
            };
            (Form::after(evaluation), Some(note))
        }
        (false, _) => (Form::of(evaluation), None),
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
