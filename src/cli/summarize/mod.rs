//! `appraise summarize`.

mod written;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use appraise::summary::{Overview, Summary};
use appraise::{Diagnostics, Error, Scorecard, Status, Type};

use super::Failure;
use super::files::Output;
use super::many::arguments::{EvaluationType, Summarize, SummaryFormat};
use super::many::{self, Input, Inputs, Progress, count};
use super::messages::Messages;
use super::pages;

pub(super) fn run(arguments: &Summarize, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("html" | "htm") => SummaryFormat::Html,
        Some("csv") => SummaryFormat::Csv,
        Some("json") => SummaryFormat::Json,
        _ => SummaryFormat::Text,
    });
    let renderer = pages::renderer(arguments.templates.as_deref(), messages)?;
    let inputs = Inputs::find(&arguments.evaluations, output, messages)?;
    let batch = many::batch(&arguments.evaluations, messages)?;
    let mut progress = Progress::of(&inputs, messages);
    let mut counted = Counted::default();
    let mut refused = Ok(());
    let work = |input: Input| -> (u64, Result<Scorecard, Diagnostics>) {
        let document = match input.read() {
            Ok(document) => document,
            Err(found) => return (0, Err(found)),
        };
        (document.bytes.len() as u64, batch.evaluation(&document).map(|evaluation| evaluation.score()))
    };
    batch.in_order(inputs.each(), work, |(size, scorecard)| {
        progress.advance(size);
        match scorecard {
            Ok(scorecard) => refused = counted.add(&scorecard, arguments),
            Err(found) => {
                counted.failed += 1;
                progress.beside(|| messages.findings(&found, "evaluation"));
            }
        }
        if refused.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.finish();
    refused.map_err(|error| Failure::Message(error.to_string()))?;
    messages.note(&counted.text(arguments.threshold));
    if counted.summaries.is_empty() {
        return Err(Failure::Message("there is no evaluation to count".to_owned()));
    }
    let overviews: Vec<Overview> =
        counted.summaries.iter().map(|(summary, _)| summary.overview(arguments.threshold)).collect();
    output.write(&match format {
        SummaryFormat::Text => written::text(&overviews),
        SummaryFormat::Csv => written::csv(&overviews),
        SummaryFormat::Json => written::json(&overviews),
        SummaryFormat::Html => renderer.summary(&overviews).map_err(|error| Failure::Message(error.to_string()))?,
    })?;
    if counted.failed > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// The summaries, and what is in none of them.
#[derive(Default)]
struct Counted {
    /// Each with who is in it, sixteen bytes a person: the id, and the name that it was counted by.
    summaries: Vec<(Summary, HashMap<u64, u64>)>,
    failed: u64,
    other_type: u64,
    drafts: u64,
    other_time: u64,
    counted_already: u64,
    /// Of these, under how many there is another name.
    by_another_name: u64,
}

impl Counted {
    fn add(&mut self, scorecard: &Scorecard, arguments: &Summarize) -> Result<(), Error> {
        let evaluation = scorecard.evaluation();
        let kind = match arguments.kind {
            EvaluationType::Formal => Type::Formal,
            EvaluationType::Interim => Type::Interim,
            EvaluationType::SelfEvaluation => Type::SelfEvaluation,
        };
        // As 2026-06-30, days are in the order of their letters.
        let end = evaluation.period().to();
        let is_outside = arguments.from.as_ref().is_some_and(|from| end < *from)
            || arguments.to.as_ref().is_some_and(|to| end > *to);
        let left_out = match () {
            () if evaluation.kind() != kind => Some(&mut self.other_type),
            () if evaluation.status() == Status::Draft && !arguments.drafts => Some(&mut self.drafts),
            () if is_outside => Some(&mut self.other_time),
            () => None,
        };
        if let Some(left_out) = left_out {
            *left_out += 1;
            return Ok(());
        }
        let rubric = evaluation.rubric();
        let known =
            self.summaries.iter().position(|(summary, _)| summary.rubric().fingerprint() == rubric.fingerprint());
        let place = known.unwrap_or_else(|| {
            self.summaries.push((Summary::new(rubric), HashMap::new()));
            self.summaries.len() - 1
        });
        let Some((summary, people)) = self.summaries.get_mut(place) else { return Ok(()) };
        let whom = evaluation.whom();
        // The id decides, however it is written: one person with five spellings of a name must not pass for five.
        match people.entry(hash(&whom.id().trim().to_lowercase())) {
            Entry::Occupied(known) => {
                self.counted_already += 1;
                self.by_another_name += u64::from(*known.get() != hash(whom.name()));
                Ok(())
            }
            Entry::Vacant(new) => {
                new.insert(hash(whom.name()));
                summary.add(scorecard)
            }
        }
    }

    fn text(&self, threshold: u32) -> String {
        let threshold = u64::from(threshold);
        let mut enough = 0;
        let mut counted = Vec::new();
        for (summary, _) in &self.summaries {
            let number = summary.evaluations();
            if number < threshold {
                // How many is no more for everyone's eyes here than in the summary.
                let (rubric, few) = (summary.rubric(), count(threshold, "evaluation"));
                counted.push(format!("fewer than {few} of `{}` {}", rubric.id(), rubric.version()));
            } else {
                enough += number;
            }
        }
        if enough > 0 || counted.is_empty() {
            counted.insert(0, count(enough, "evaluation"));
        }
        let by_another_name = match self.by_another_name {
            0 => String::new(),
            number => format!(" ({} by another name, with the same id)", many::grouped(number)),
        };
        let already = format!("of somebody counted already{by_another_name}");
        let left_out = [
            (self.failed, "failed"),
            (self.other_type, "of another type"),
            (self.drafts, "in draft"),
            (self.other_time, "of another time"),
            (self.counted_already, &already),
        ];
        let left_out: Vec<String> = left_out
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, why)| format!("{} {why}", many::grouped(number)))
            .collect();
        let mut text = format!("{} counted", counted.join(", "));
        if !left_out.is_empty() {
            text.push_str(&format!("; left out: {}", left_out.join(", ")));
        }
        text
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
