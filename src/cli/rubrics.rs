//! `appraise rubrics`, `appraise templates` and `appraise schema`: the files that come with the program.

use appraise::{Library, Renderer, Rubric, schema, table};

use super::Failure;
use super::arguments::{Document, RubricFormat, Rubrics};
use super::files::{self, Output};
use super::many::count;
use super::messages::{self, Messages};

pub(super) fn run(arguments: &Rubrics, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(arguments.which.iter().chain(&arguments.bases.base))?;
    let library = files::library(&arguments.bases, messages)?;
    let Some(which) = &arguments.which else { return output.write(&list(&library)) };
    let by_ending = match output.ending().as_deref() {
        Some("csv") => RubricFormat::Csv,
        Some("json") => RubricFormat::Json,
        _ => RubricFormat::Yaml,
    };
    let format = arguments.format.unwrap_or(by_ending);
    if let Some(id) = which.to_str()
        && let (Some(text), Some(rubric)) = (library.text(id), library.get(id))
    {
        return output.write(&match format {
            RubricFormat::Csv => table::export(&rubric),
            RubricFormat::Json => messages::json(&rubric),
            RubricFormat::Yaml => text.to_owned(),
        });
    }
    files::check_id(which, &library)?;
    let input = files::read(which).map_err(messages.faulty("rubric"))?;
    let rubric = messages.usable(Rubric::check(&input.name, &input.text, &library), "rubric")?;
    match rubric.base() {
        _ if format == RubricFormat::Json => output.write(&messages::json(&rubric)),
        _ if format == RubricFormat::Csv => {
            let text = table::export(&rubric);
            // Between rows the two stand together too, but not in a cell.
            if text.split('"').skip(1).step_by(2).any(|cell| cell.contains("\r\n")) {
                messages.note("line ends of Windows within a text become plain ones when the table is imported again");
            }
            output.write(&text)
        }
        // JSON is YAML, but not what a person would write by hand.
        None if input.text.trim_start_matches('\u{feff}').trim_start().starts_with('{') => {
            output.write(&rubric.to_yaml())
        }
        None => output.write(&input.text),
        Some(base) => output.write(&format!(
            "# yaml-language-server: $schema=rubric.json\n# {} {}, made from {} {}\n\n{}",
            rubric.id(),
            rubric.version(),
            base.id(),
            base.version(),
            rubric.to_yaml()
        )),
    }
}

fn list(library: &Library) -> String {
    let mut text = String::new();
    for rubric in library.ids().iter().filter_map(|id| library.get(id)) {
        text.push_str(&format!(
            "{} {}\n    {}\n    {}\n",
            rubric.id(),
            rubric.version(),
            rubric.title(),
            size(&rubric)
        ));
    }
    text
}

pub(super) fn templates(name: Option<&str>, output: &Output) -> Result<(), Failure> {
    let Some(name) = name else {
        return output.write(&Renderer::template_names().map(|name| format!("{name}\n")).collect::<String>());
    };
    match Renderer::template(name) {
        Some(text) => output.write(text),
        None => {
            let known: Vec<_> = Renderer::template_names().collect();
            Err(Failure::Message(format!("there is no template `{name}`; there are {}", known.join(", "))))
        }
    }
}

pub(super) fn schema(document: Document, output: &Output) -> Result<(), Failure> {
    let schema = match document {
        Document::Rubric => schema::rubric(),
        Document::Overlay => schema::overlay(),
        Document::Policy => schema::policy(),
        Document::Evaluation => schema::evaluation(),
        Document::Scorecard => schema::scorecard(),
        Document::WhatIf => schema::what_if(),
        Document::Goals => schema::goals(),
        Document::Difference => schema::difference(),
        Document::Changes => schema::changes(),
        Document::Summary => schema::summary(),
        Document::Diagnostics => schema::diagnostics(),
        Document::Report => schema::report(),
        Document::GoalsPage => schema::goals_page(),
        Document::Form => schema::form(),
        Document::Status => schema::status(),
        Document::Verifications => schema::verifications(),
        Document::StatusPage => schema::status_page(),
        Document::SummaryPage => schema::summary_page(),
        Document::History => schema::history(),
        Document::HistoryPage => schema::history_page(),
        Document::Program => schema::program(),
        Document::ProgramPage => schema::program_page(),
    };
    output.write(&schema)
}

/// "8 domains, 67 indicators".
pub(super) fn size(rubric: &Rubric) -> String {
    let count = |number: usize, what| count(number as u64, what);
    format!("{}, {}", count(rubric.domains().len(), "domain"), count(rubric.indicators().count(), "indicator"))
}
