//! `appraise check`.

use appraise::{Diagnostics, DocumentKind, Evaluation, Library, Rubric};

use super::Failure;
use super::arguments::{Check, CheckFormat, Kind};
use super::files::{self, Input, Output};
use super::messages::{self, Messages, clean};

/// What came of one file.
struct Checked {
    kind: DocumentKind,
    diagnostics: Diagnostics,
    /// What it is, in a few words, when it can be used.
    summary: Option<String>,
}

pub(super) fn run(arguments: &Check, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(arguments.files.iter().chain(&arguments.rubric))?;
    let mut library = Library::bundled();
    for path in &arguments.rubric {
        let checked = files::read(path).map(|input| Rubric::check(&input.name, &input.text, &library));
        let (rubric, diagnostics) = checked.unwrap_or_else(|diagnostics| (None, diagnostics));
        messages.findings(&diagnostics, "rubric");
        library.add(rubric.ok_or(Failure::Findings)?);
    }
    let inputs: Vec<Result<Input, Diagnostics>> = arguments.files.iter().map(|path| files::read(path)).collect();
    let kind_of = |input: &Input| match arguments.kind {
        Some(Kind::Rubric) => DocumentKind::Rubric,
        Some(Kind::Evaluation) => DocumentKind::Evaluation,
        None => DocumentKind::of(&input.text),
    };
    // Rubrics first, so that an evaluation finds its own wherever it stands among the files.
    let mut checked: Vec<Option<Checked>> = inputs.iter().map(|_| None).collect();
    for (input, slot) in inputs.iter().zip(&mut checked) {
        match input {
            Err(diagnostics) => {
                let kind = if arguments.kind == Some(Kind::Evaluation) {
                    DocumentKind::Evaluation
                } else {
                    DocumentKind::Rubric
                };
                *slot = Some(Checked { kind, diagnostics: diagnostics.clone(), summary: None });
            }
            Ok(input) if kind_of(input) == DocumentKind::Rubric => {
                let (rubric, diagnostics) = Rubric::check(&input.name, &input.text, &library);
                let summary = rubric.as_ref().map(rubric_summary);
                if let Some(rubric) = rubric {
                    library.add(rubric);
                }
                *slot = Some(Checked { kind: DocumentKind::Rubric, diagnostics, summary });
            }
            Ok(_) => {}
        }
    }
    for (input, slot) in inputs.iter().zip(&mut checked) {
        if let (Ok(input), None) = (input, &slot) {
            *slot = Some(evaluation(input, &library));
        }
    }
    let checked: Vec<Checked> = checked.into_iter().flatten().collect();
    write(&checked, arguments.format, output, messages)
}

fn evaluation(input: &Input, library: &Library) -> Checked {
    let kind = DocumentKind::Evaluation;
    let rubric = match library.rubric_for(&input.name, &input.text) {
        Ok(rubric) => rubric,
        Err(diagnostics) => return Checked { kind, diagnostics, summary: None },
    };
    let (evaluation, diagnostics) = Evaluation::check(&input.name, &input.text, &rubric);
    let summary = evaluation.map(|evaluation| {
        let scorecard = evaluation.score();
        let overall = scorecard.overall();
        format!(
            "evaluation of {}, {} of {} indicators in scope have an entry",
            clean(evaluation.whom().name()),
            overall.indicators - overall.unrated,
            overall.indicators
        )
    });
    Checked { kind, diagnostics, summary }
}

fn rubric_summary(rubric: &Rubric) -> String {
    format!(
        "rubric `{}` {}, {} domains, {} indicators",
        rubric.id(),
        rubric.version(),
        rubric.domains().len(),
        rubric.indicators().count()
    )
}

fn write(checked: &[Checked], format: CheckFormat, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let has_errors = checked.iter().any(|checked| checked.diagnostics.has_errors());
    match format {
        CheckFormat::Json => {
            let files = messages::files(checked.iter().map(|checked| (&checked.diagnostics, checked.kind.as_str())));
            output.write(&files)?;
        }
        CheckFormat::Text => {
            let styled = output.is_standard() && messages::colours(&std::io::stdout());
            let mut text = String::new();
            for Checked { diagnostics, summary, .. } in checked {
                text.push_str(&diagnostics.draw(styled));
                if !diagnostics.is_empty() {
                    text.push('\n');
                }
                if let Some(summary) = summary {
                    text.push_str(&format!("{}: {summary}: {}\n", diagnostics.file(), messages::count([diagnostics])));
                }
            }
            output.write(&text)?;
            if checked.len() > 1 || has_errors {
                let files = if checked.len() == 1 { "1 file".to_owned() } else { format!("{} files", checked.len()) };
                messages.note(&format!(
                    "{files} checked: {}",
                    messages::count(checked.iter().map(|checked| &checked.diagnostics))
                ));
            }
        }
    }
    if has_errors { Err(Failure::Findings) } else { Ok(()) }
}
