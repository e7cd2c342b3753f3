//! `appraise summarize`.

mod choice;
mod output;
mod program;
mod reported;

use std::ops::ControlFlow;

use appraise::Diagnostics;
use appraise::summary::{Overview, Span, Summaries, Summary, Uncounted};
use serde::Serialize;

use self::choice::{Candidate, Choice, Named, Why};
use super::Failure;
use super::arguments::many::{Summarize, SummaryFormat};
use super::files::Output;
use super::many::{self, Input, Inputs, Progress, count, place};
use super::messages::Messages;
use super::pages;

pub(super) fn run(arguments: &Summarize, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("html" | "htm") => SummaryFormat::Html,
        Some("md" | "markdown") => SummaryFormat::Markdown,
        Some("csv") => SummaryFormat::Csv,
        Some("json") => SummaryFormat::Json,
        _ if arguments.program.is_some() => SummaryFormat::Markdown,
        _ => SummaryFormat::Text,
    });
    program::check_format(arguments, format)?;
    let supports = program::supports(arguments, output, messages)?;
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let inputs = Inputs::find(&arguments.evaluations, output, messages)?;
    let batch = many::batch(&arguments.evaluations, messages)?;
    let mut progress = Progress::of(&inputs, messages);
    let mut choice = Choice::new(arguments);
    let work = |input: Input| -> (u64, Result<Candidate, Diagnostics>) {
        let document = match input.read() {
            Ok(document) => document,
            Err(found) => return (0, Err(found)),
        };
        let evaluation = batch.evaluation(&document);
        let candidate = evaluation.map(|evaluation| Candidate::new(evaluation.score(), place(&document)));
        (document.bytes.len() as u64, candidate)
    };
    batch.in_order(inputs.each(), work, |(size, candidate)| {
        progress.advance(size);
        match candidate {
            Ok(candidate) => choice.add(&candidate),
            Err(found) => {
                choice.left_out.unreadable += 1;
                progress.beside(|| messages.findings(&found, "evaluation"));
            }
        }
        ControlFlow::Continue(())
    });
    progress.finish();
    choice.check_type()?;
    choice.check_years()?;
    let failed = |error: appraise::Error| Failure::Message(error.to_string());
    let counted = choice.summaries().map_err(failed)?;
    messages.note(&said(&counted, &choice, arguments.threshold));
    say_left_out(&choice.named, messages);
    if counted.is_empty() {
        return Err(Failure::Message("there is no evaluation to count".to_owned()));
    }
    let mut summaries: Summaries =
        counted.iter().flat_map(|summary| summary.overviews(arguments.threshold)).collect::<Vec<Overview>>().into();
    summaries.staff = counted.iter().filter_map(|summary| summary.staff(arguments.threshold)).collect();
    summaries.period = choice.span;
    summaries.left_out = choice.left_out;
    let unreadable = summaries.left_out.unreadable;
    if let Some(supports) = supports {
        output.write(&program::text(supports, summaries, format, &renderer)?)?;
        return if unreadable > 0 { Err(Failure::Findings) } else { Ok(()) };
    }
    output.write(&match format {
        SummaryFormat::Text => output::text(&summaries),
        SummaryFormat::Csv => output::csv(&summaries),
        SummaryFormat::Json => super::messages::json(&summaries),
        SummaryFormat::Html | SummaryFormat::Markdown => renderer.summary(&summaries).map_err(failed)?,
    })?;
    if unreadable > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// The numbers counted and left out, for the person at the terminal.
fn said(counted: &[Summary], choice: &Choice<'_>, threshold: u32) -> String {
    let threshold = u64::from(threshold);
    let mut enough = 0;
    let mut parts = Vec::new();
    for summary in counted {
        let number = summary.evaluations();
        if number < threshold {
            // How many is no more for everyone's eyes here than in the summary.
            let (rubric, few) = (summary.rubric(), count(threshold, "evaluation"));
            parts.push(format!("fewer than {few} of `{}` {}", rubric.id(), rubric.version()));
        } else {
            enough += number;
        }
    }
    if enough > 0 || parts.is_empty() {
        parts.insert(0, count(enough, "evaluation"));
    }
    let mut text = format!("{} counted", parts.join(", "));
    if let Some(span) = &choice.span {
        text.push_str(&format!(", of {}", days(span)));
    }
    let left_out = left_out(&choice.left_out);
    if !left_out.is_empty() {
        text.push_str(&format!("; left out: {left_out}"));
    }
    if choice.by_another_name > 0 {
        let number = many::grouped(choice.by_another_name);
        text.push_str(&format!(" ({number} by another name, with the same id)"));
    }
    text
}

/// The days in which periods end, for people.
fn days(span: &Span) -> String {
    match &span.school_year {
        Some(year) => format!("the school year {year}"),
        None => format!("periods that end from {} to {}", span.from, span.to),
    }
}

/// The number left out, by reason; empty where none is.
fn left_out(left_out: &Uncounted) -> String {
    let plural = |number: u64, one: &str, several: &str| (number, if number == 1 { one } else { several }.to_owned());
    [
        (left_out.unreadable, "that cannot be read".to_owned()),
        plural(left_out.drafts, "draft", "drafts"),
        plural(left_out.self_evaluations, "self-evaluation", "self-evaluations"),
        (left_out.other_types, "of another type".to_owned()),
        plural(left_out.other_periods, "of another period", "of other periods"),
        (left_out.superseded, "superseded by another of the same person".to_owned()),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, why)| format!("{} {why}", many::grouped(number)))
    .collect::<Vec<_>>()
    .join(", ")
}

/// The evaluations left out, for programs.
#[derive(Serialize)]
struct NotCounted<'a> {
    left_out: &'a [Named],
}

/// Names the people left out, at the terminal; a page for others has numbers only.
fn say_left_out(named: &[Named], messages: &Messages) {
    const MOST: usize = 20;
    if !named.is_empty() {
        messages.data(&NotCounted { left_out: named });
    }
    for why in Why::ALL {
        let of_why: Vec<&Named> = named.iter().filter(|one| one.why == why).collect();
        let shown: Vec<String> = of_why.iter().take(MOST).map(|one| format!("{} ({})", one.name, one.id)).collect();
        let more = of_why.len().saturating_sub(MOST) as u64;
        let more = if more > 0 { format!(" and {} more", many::grouped(more)) } else { String::new() };
        if !shown.is_empty() {
            messages.note(&format!("left out, {}: {}{more}", why.text(), shown.join(", ")));
        }
    }
}
