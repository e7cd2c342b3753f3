//! `appraise report` and `appraise goals`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use appraise::{Error, Evaluation, Format, Goals, Renderer, agreement};

use super::Failure;
use super::arguments::{GoalsFormat, GoalsPage, Page, PageFormat};
use super::files::{self, Output};
use super::messages::{self, Messages};

pub(super) fn report(arguments: &Page, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let renderer = renderer(arguments.templates.as_deref(), messages)?;
    let format = match (arguments.format, output.ending().as_deref()) {
        (Some(PageFormat::Html), _) | (None, Some("html" | "htm")) => Format::Html,
        _ => Format::Markdown,
    };
    let named = &arguments.evaluation;
    output.check_inputs(std::iter::once(&named.file).chain(&named.rubric).chain(&arguments.beside))?;
    let scorecard = files::evaluation(named, output, messages)?.score();
    if arguments.beside.is_empty() {
        return output.write(&renderer.report(&scorecard, format).map_err(failed)?);
    }
    let rubric = scorecard.evaluation().rubric();
    let read = |path: &PathBuf| {
        let other = files::evaluation_of(path, Some(rubric), &files::library(&named.bases, messages)?, messages)?;
        let other = files::shown(other, path, named.role)?;
        shared(other, path, arguments.beside_unshared)
    };
    let others: Vec<Evaluation> = arguments.beside.iter().map(read).collect::<Result<_, _>>()?;
    let agreement = agreement::compare(std::iter::once(scorecard.evaluation()).chain(&others)).map_err(failed)?;
    output.write(&renderer.report_beside(&scorecard, &agreement, format).map_err(failed)?)
}

pub(super) fn goals(arguments: &GoalsPage, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let renderer = renderer(arguments.templates.as_deref(), messages)?;
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("html" | "htm") => GoalsFormat::Html,
        Some("json") => GoalsFormat::Json,
        Some("yaml" | "yml") => GoalsFormat::Yaml,
        _ => GoalsFormat::Markdown,
    });
    let scorecard = files::evaluation(&arguments.evaluation, output, messages)?.score();
    let text = match format {
        GoalsFormat::Markdown => renderer.goals(&scorecard, Format::Markdown).map_err(failed)?,
        GoalsFormat::Html => renderer.goals(&scorecard, Format::Html).map_err(failed)?,
        GoalsFormat::Json => messages::json(&scorecard.goals()),
        GoalsFormat::Yaml => yaml(&scorecard.goals())?,
    };
    output.write(&text)
}

/// The list as an evaluation carries it, to be pasted there as it is.
fn yaml(goals: &Goals) -> Result<String, Failure> {
    let list = BTreeMap::from([("goals", &goals.goals)]);
    let mut text = serde_yaml::to_string(&list)
        .map_err(|error| Failure::Message(format!("cannot write the goals as YAML: {error}")))?;
    if goals.more > 0 {
        text.push_str(&format!("# {} more could be proposed from the ratings.\n", goals.more));
    }
    Ok(text)
}

/// The evaluation, if it may be shown beside another: an employee's self-evaluation only where the employee says so.
pub(super) fn shared(evaluation: Evaluation, path: &Path, also_unshared: bool) -> Result<Evaluation, Failure> {
    if evaluation.is_shared() || also_unshared {
        return Ok(evaluation);
    }
    Err(Failure::Message(format!(
        "`{}` is a self-evaluation of {} that is not shared with the evaluators: the employee adds `shared: true`, or \
         --beside-unshared prints it all the same",
        path.display(),
        evaluation.whom().name()
    )))
}

fn failed(error: Error) -> Failure {
    Failure::Message(error.to_string())
}

/// The renderer, with the templates of a folder in place of the built-in ones.
pub(super) fn renderer(templates: Option<&Path>, messages: &Messages) -> Result<Renderer, Failure> {
    let mut renderer = Renderer::new();
    let Some(folder) = templates else { return Ok(renderer) };
    let unreadable = |error: std::io::Error| {
        Failure::Message(format!("cannot read the templates in `{}`: {}", folder.display(), files::reason(&error)))
    };
    let mut entries: Vec<_> =
        fs::read_dir(folder).map_err(unreadable)?.collect::<Result<_, _>>().map_err(unreadable)?;
    // In an order of its own a folder lists differently on every machine.
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut replaced = 0;
    for entry in entries {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if name.starts_with('.') || !path.is_file() {
            continue;
        }
        // Notes and what editors leave behind are no templates; a misspelt name of one is an error.
        if ![".html", ".md", ".css", ".js"].iter().any(|ending| name.ends_with(ending)) {
            messages.note(&format!("ignored `{name}`: a template's name ends in .html, .md, .css or .js"));
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| {
            Failure::Message(format!("cannot read the template `{}`: {}", path.display(), files::reason(&error)))
        })?;
        renderer = renderer.with_template(&name, &text).map_err(failed)?;
        replaced += 1;
    }
    if replaced == 0 {
        return Err(Failure::Message(format!("there is no template in `{}`", folder.display())));
    }
    Ok(renderer)
}
