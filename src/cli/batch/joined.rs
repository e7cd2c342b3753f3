//! Writes the outputs of all evaluations, one after another, to one place.

use std::io;
use std::ops::ControlFlow;

use appraise::{Diagnostics, Format};

use super::super::Failure;
use super::super::arguments::many::BatchFormat;
use super::super::files::Output;
use super::super::many::{Input, Inputs, place};
use super::table::TableRow;
use super::{Counter, Settings, outcome, report, score, warnings};

/// Writes it as it comes, a table with one header.
pub(super) fn joined(
    format: BatchFormat,
    settings: &Settings<'_>,
    inputs: Inputs,
    output: &Output,
    tally: &mut Counter<'_>,
) -> Result<(), Failure> {
    let Settings { renderer, batch, .. } = settings;
    let work = |input: Input| {
        outcome(input, |document| {
            let (scorecard, history) = score(settings, document)?;
            let (header, text) = match format {
                BatchFormat::Csv => {
                    let TableRow { header, row } = TableRow::of(document, &scorecard);
                    (header, row)
                }
                // A scorecard is plain data.
                BatchFormat::Json => {
                    (String::new(), format!("{}\n", serde_json::to_string(&scorecard).unwrap_or_default()))
                }
                _ => (String::new(), report(renderer, document, &scorecard, Format::Markdown)?),
            };
            let rubric = scorecard.evaluation().rubric();
            let rubric = format!("`{}` {}", rubric.id(), rubric.version());
            Ok(Piece { place: place(document), rubric, header, text, warnings: warnings(&scorecard), history })
        })
    };
    let mut stream = output.open().map_err(|error| output.failed(&error))?;
    let mut header: Option<String> = None;
    let mut result = Ok(());
    batch.in_order(inputs.each(), work, |outcome| {
        let piece = match tally.take(outcome) {
            Ok(Some(piece)) => piece,
            Ok(None) => return ControlFlow::Continue(()),
            Err(failure) => {
                result = Err(failure);
                return ControlFlow::Break(());
            }
        };
        let before = match &header {
            None => piece.header.as_str(),
            Some(header) if *header != piece.header => {
                tally.fail(&format!(
                    "{}: its rubric {} makes other columns than the first evaluation's; write a table for each rubric, or \
                     use `--format json`",
                    piece.place, piece.rubric
                ));
                return ControlFlow::Continue(());
            }
            Some(_) if format == BatchFormat::Markdown => "\n---\n\n",
            Some(_) => "",
        };
        match stream.write(&format!("{before}{}", piece.text)) {
            Ok(()) => {
                header.get_or_insert(piece.header);
                tally.written(piece.warnings, &piece.history);
                ControlFlow::Continue(())
            }
            Err(error) => {
                // Whoever reads us may have seen enough.
                if error.kind() != io::ErrorKind::BrokenPipe {
                    result = Err(output.failed(&error));
                }
                ControlFlow::Break(())
            }
        }
    });
    result?;
    if tally.written == 0 {
        // Nothing is no reason to replace what is there.
        if let Some(name) = output.name().filter(|_| tally.failed > 0) {
            tally.progress.beside(|| tally.messages.note(&format!("`{name}` is not written")));
        }
        return Ok(());
    }
    stream.finish().map_err(|error| output.failed(&error))
}

/// A part of an output that holds all of them.
struct Piece {
    place: String,
    rubric: String,
    /// The header of a table, written once.
    header: String,
    text: String,
    warnings: u64,
    /// The findings about the earlier evaluations.
    history: Diagnostics,
}
