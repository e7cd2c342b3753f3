//! `appraise score`: the scorecard as a table and an outline, or as JSON.

use std::path::Path;

use appraise::{Evaluation, Scorecard, Status, Tally};

use super::Failure;
use super::arguments::{Score, ScoreFormat};
use super::files::{self, Output};
use super::messages::{self, Messages, clean};
use super::outline;

pub(super) fn run(arguments: &Score, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let named = &arguments.evaluation;
    let others = named.rubric.iter().chain(&named.old).chain(&named.bases.base);
    output.check_inputs(std::iter::once(&named.file).chain(others).chain(&arguments.policy))?;
    let scorecard = files::evaluation(named, output, messages)?.score();
    if let Some(path) = &arguments.policy {
        return what_if(&scorecard, path, arguments.format, output, messages);
    }
    let text = match arguments.format {
        ScoreFormat::Text => text(&scorecard),
        ScoreFormat::Json => messages::json(&scorecard),
    };
    output.write(&text)
}

/// The score under another policy, with the differences.
fn what_if(
    scorecard: &Scorecard,
    path: &Path,
    format: ScoreFormat,
    output: &Output,
    messages: &Messages,
) -> Result<(), Failure> {
    let input = files::read(path).map_err(messages.faulty("policy"))?;
    let what_if = messages.usable(scorecard.what_if(&input.name, &input.text), "policy")?;
    output.write(&match format {
        ScoreFormat::Text => {
            let heading = heading(scorecard.evaluation());
            format!("{heading}\n{}", super::what_if::text(&what_if, &clean(&path.display().to_string())))
        }
        ScoreFormat::Json => messages::json(&what_if),
    })
}

fn text(scorecard: &Scorecard) -> String {
    let evaluation = scorecard.evaluation();
    let mut out = heading(evaluation);
    out.push_str(&outline::summative(scorecard));
    out.push_str(&outline::short_sums(evaluation));
    out.push('\n');
    out.push_str(&table(scorecard));
    let unrated: Vec<String> =
        evaluation.unrated().map(|indicator| format!("  {} {}\n", clean(&indicator.code), indicator.id)).collect();
    if !unrated.is_empty() {
        out.push_str(&format!("\nUnrated ({}):\n{}", unrated.len(), unrated.concat()));
    }
    out.push_str(&outline::steps(scorecard));
    out
}

fn heading(evaluation: &Evaluation) -> String {
    let whom = evaluation.whom();
    let title = whom.title().map(|title| format!(", {}", clean(title))).unwrap_or_default();
    let kind = evaluation.kind().label();
    let status = if evaluation.status() == Status::Final { "final" } else { "draft" };
    let period = evaluation.period();
    format!(
        "{}{title} ({})\n{kind}, {status}, {} to {}\n{} {}\n",
        clean(whom.name()),
        clean(whom.id()),
        period.from(),
        period.to(),
        clean(evaluation.rubric().title()),
        evaluation.rubric().version(),
    ) + &answers_for(evaluation)
}

/// The parts of the rubric that the evaluation answers for; nothing for all of it.
fn answers_for(evaluation: &Evaluation) -> String {
    match evaluation.scope() {
        [] => String::new(),
        ids => outline::wrap("", "", &format!("Answers for: {}", ids.join(", "))),
    }
}

/// A row a domain and competency, a column a level.
fn table(scorecard: &Scorecard) -> String {
    let rubric = scorecard.evaluation().rubric();
    let printed = rubric.printed_levels(None);
    let mut columns: Vec<Vec<String>> =
        printed.iter().filter_map(|number| rubric.levels().get(*number)).map(|level| wrap(&level.label)).collect();
    columns.push(wrap("Unrated"));
    let has_judged = scorecard.overall().judged > 0;
    if has_judged {
        columns.push(wrap("Judged as a whole"));
    }
    columns.push(wrap("Met of rated"));
    let mut rows: Vec<(String, Option<&str>, &Tally)> = Vec::new();
    for (domain, tallies) in rubric.domains().iter().zip(scorecard.domains()) {
        if tallies.tally.indicators == 0 {
            continue;
        }
        rows.push((clean(&format!("{} {}", domain.code, domain.title)), Some(&domain.id), &tallies.tally));
        for (competency, tally) in domain.competencies.iter().zip(&tallies.competencies) {
            if tally.indicators > 0 {
                let title = clean(&format!("  {} {}", competency.code, competency.title));
                rows.push((title, Some(&competency.id), tally));
            }
        }
    }
    rows.push(("All".to_owned(), None, scorecard.overall()));

    let cells = |node: Option<&str>, tally: &Tally| -> Vec<String> {
        let shown = |count: u32| if count == 0 { "·".to_owned() } else { count.to_string() };
        let own = rubric.printed_levels(node);
        let counts = printed.iter().map(|number| {
            let count = tally.levels.get(*number).filter(|_| own.contains(number));
            count.map_or_else(String::new, |count| shown(*count))
        });
        let others = [tally.unrated].into_iter().chain(has_judged.then_some(tally.judged)).map(shown);
        let mut cells: Vec<String> = counts.chain(others).collect();
        cells.push(match tally.share_met() {
            Some(share) => {
                format!("{}/{} {:>3} %", tally.met, tally.rated.saturating_sub(tally.in_no_share), share.percent())
            }
            None => "–".to_owned(),
        });
        cells
    };
    let first = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(column, header)| {
            let headers = header.iter().map(|line| line.chars().count());
            let cells =
                rows.iter().filter_map(|(_, node, tally)| Some(cells(*node, tally).get(column)?.chars().count()));
            headers.chain(cells).max().unwrap_or_default()
        })
        .collect();
    let line = |name: &str, cells: &[String]| {
        let mut line = format!("{name:<first$}");
        for (cell, width) in cells.iter().zip(&widths) {
            line.push_str(&format!("  {cell:>width$}"));
        }
        format!("{}\n", line.trim_end())
    };
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::new();
    for row in 0..height {
        // Headers stand on the line above the numbers, however many lines they have.
        let header: Vec<String> = columns
            .iter()
            .map(|lines| {
                (row + lines.len()).checked_sub(height).and_then(|at| lines.get(at)).cloned().unwrap_or_default()
            })
            .collect();
        out.push_str(&line("", &header));
    }
    for (name, node, tally) in rows {
        out.push_str(&line(&name, &cells(node, tally)));
    }
    for number in printed {
        if let (Some(choice), Some(level)) = (rubric.levels().get(number), rubric.counts_as(number)) {
            out.push_str(&format!("“{}” counts as “{}”.\n", clean(&choice.label), clean(&level.label)));
        }
    }
    out
}

/// A label in lines of a word or two.
pub(super) fn wrap(label: &str) -> Vec<String> {
    const WIDTH: usize = 12;
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace().map(clean) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
