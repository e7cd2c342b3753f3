//! `appraise status`.

use std::ops::ControlFlow;

use appraise::progress::{Board, Progress as PersonProgress, Standings, StepProgress, StepState};
use appraise::table::Row;
use appraise::{Diagnostics, Format};

use super::Failure;
use super::arguments::many::{Status, StatusFormat};
use super::files::Output;
use super::many::{self, Input, Inputs, MARK, Progress, count};
use super::messages::{Messages, clean};
use super::pages;

pub(super) fn run(arguments: &Status, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("html" | "htm") => StatusFormat::Html,
        Some("md") => StatusFormat::Markdown,
        Some("csv") => StatusFormat::Csv,
        Some("json") => StatusFormat::Json,
        _ => StatusFormat::Text,
    });
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let on = arguments.on.clone().unwrap_or_else(|| jiff::Zoned::now().date().to_string());
    let inputs = Inputs::find(&arguments.evaluations, output, messages)?;
    let batch = many::batch(&arguments.evaluations, messages)?;
    let mut progress = Progress::of(&inputs, messages);
    let work = |input: Input| -> (u64, Result<Standings, Diagnostics>) {
        let document = match input.read() {
            Ok(document) => document,
            Err(found) => return (0, Err(found)),
        };
        let standing = batch.evaluation(&document).map(|evaluation| {
            let mut one = Standings::default();
            one.add(&evaluation);
            one
        });
        (document.bytes.len() as u64, standing)
    };
    let (mut standings, mut read, mut unreadable) = (Standings::default(), 0, 0);
    batch.in_order(inputs.each(), work, |(size, standing)| {
        progress.advance(size);
        match standing {
            Ok(standing) => {
                read += 1;
                standings.extend(standing);
            }
            Err(found) => {
                unreadable += 1;
                progress.beside(|| messages.findings(&found, "evaluation"));
            }
        }
        ControlFlow::Continue(())
    });
    progress.finish();
    // The arguments have been read as a day.
    let board = standings.on(&on).filter(|board| !board.people.is_empty());
    let board = board.ok_or_else(|| Failure::Message("there is no evaluation to tell of".to_owned()))?;
    let unread = if unreadable > 0 { format!("; {} cannot be read", many::grouped(unreadable)) } else { String::new() };
    messages.note(&format!("{} of {} {}{unread}", count(read, "evaluation"), people(&board), late(&board)));
    let failed = |error: appraise::Error| Failure::Message(error.to_string());
    output.write(&match format {
        StatusFormat::Text => text(&board),
        StatusFormat::Csv => csv(&board),
        StatusFormat::Json => super::messages::json(&board),
        StatusFormat::Html => renderer.status(&board, Format::Html).map_err(failed)?,
        StatusFormat::Markdown => renderer.status(&board, Format::Markdown).map_err(failed)?,
    })?;
    if unreadable > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// "12 people".
fn people(board: &Board) -> String {
    match board.people.len() {
        1 => "1 person".to_owned(),
        number => format!("{} people", many::grouped(number as u64)),
    }
}

/// "on 2026-04-13, 3 of them late".
fn late(board: &Board) -> String {
    format!("on {}, {} late", board.on, many::grouped(board.late as u64))
}

/// "2 final evaluations have no seal: `appraise finish` seals them".
fn unsealed(board: &Board) -> String {
    match board.unsealed {
        0 => String::new(),
        1 => "1 final evaluation has no seal: `appraise finish` seals it\n".to_owned(),
        number => {
            let number = many::grouped(number as u64);
            format!("{number} final evaluations have no seal: `appraise finish` seals them\n")
        }
    }
}

/// A table of what is overdue and due: a line for each step that is overdue, or for the next one.
fn text(board: &Board) -> String {
    const HEADINGS: [&str; 6] = ["Name", "Late", "Step", "Whose turn", "Due", "Done"];
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    for person in &board.people {
        let (done, of) = person.done();
        let steps = to_be_done(person);
        let name = format!("{} ({})", clean(&person.name), clean(&person.id));
        if steps.is_empty() {
            let empty = || String::new();
            let what = if done == of { "all is done" } else { "nothing is due" };
            rows.push([name.clone(), empty(), what.to_owned(), empty(), empty(), done_of(person)]);
        }
        for (number, step) in steps.into_iter().enumerate() {
            let first = |text: String| if number == 0 { text } else { String::new() };
            rows.push([
                first(name.clone()),
                if step.state == StepState::Overdue { days(step.late) } else { String::new() },
                named(step),
                step.who.label().to_owned(),
                step.due.clone().unwrap_or_default(),
                first(done_of(person)),
            ]);
        }
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..HEADINGS.len()).map(|column| width(column).unwrap_or_default()).collect();
    let mut out = format!("{} {}\n{}\n", people(board), late(board), unsealed(board));
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        out.push_str(&format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end()));
    }
    out
}

/// "3 of 3, no seal".
fn done_of(person: &PersonProgress) -> String {
    let (done, of) = person.done();
    let unsealed = if person.sealed == Some(false) { ", no seal" } else { "" };
    format!("{done} of {of}{unsealed}")
}

/// The steps that are overdue, the longest first; or else the next one.
fn to_be_done(person: &PersonProgress) -> Vec<&StepProgress> {
    let mut overdue: Vec<_> = person.steps.iter().filter(|step| step.state == StepState::Overdue).collect();
    overdue.sort_by_key(|step| std::cmp::Reverse(step.late));
    if overdue.is_empty() { person.next().into_iter().collect() } else { overdue }
}

/// "Observation (1 of 2)".
fn named(step: &StepProgress) -> String {
    let times = if step.of > 1 { format!(" ({} of {})", step.times, step.of) } else { String::new() };
    format!("{}{times}", clean(&step.label))
}

fn days(number: u32) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}

/// A row for each person and step.
fn csv(board: &Board) -> String {
    let mut out = format!(
        "{MARK}on,id,name,rubric,rubric_version,period_from,period_to,step,label,who,optional,state,times,of,done_on,last_on,due,days_late,sealed\n"
    );
    for person in &board.people {
        for step in &person.steps {
            let mut row = Row::default();
            for text in [
                &board.on, &person.id, &person.name, &person.rubric, &person.version, &person.from, &person.to,
                &step.id, &step.label,
            ] {
                row.text(text);
            }
            for text in [step.who.as_str(), if step.optional { "true" } else { "false" }, step.state.as_str()] {
                row.text(text);
            }
            row.number(step.times);
            row.number(step.of);
            row.text(step.done_on.as_deref().unwrap_or_default());
            row.text(step.last_on.as_deref().unwrap_or_default());
            row.text(step.due.as_deref().unwrap_or_default());
            row.number(step.late);
            row.text(person.sealed.map_or("", |sealed| if sealed { "true" } else { "false" }));
            out.push_str(&row.line());
        }
    }
    out
}
