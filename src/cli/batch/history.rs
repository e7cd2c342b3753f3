//! Gives each evaluation of a run the earlier ones of the same person.

use std::collections::HashMap;
use std::ops::ControlFlow;

use appraise::batch::Batch;
use appraise::{Diagnostics, Evaluation};

use super::super::Failure;
use super::super::arguments::many::Batch as Arguments;
use super::super::files::{self, Output};
use super::super::many::{Input, Inputs};
use super::super::messages::Messages;
use super::Failed;

/// The earlier evaluations, by the id of the person.
#[derive(Default)]
pub(super) struct History {
    of: HashMap<String, Vec<Evaluation>>,
    /// The number of those that could not be read.
    pub(super) failed: u64,
    /// Their fingerprints, in the order in which they were named.
    pub(super) fingerprints: String,
}

impl History {
    /// Reads all of them, and shows why one cannot be read.
    pub(super) fn read(
        arguments: &Arguments,
        batch: &Batch,
        output: &Output,
        messages: &Messages,
    ) -> Result<Self, Failure> {
        let mut history = Self::default();
        if arguments.history.is_empty() {
            return Ok(history);
        }
        let inputs = Inputs::of(&arguments.history, output, messages)?;
        let work = |input: Input| batch.evaluation(&input.read()?);
        let mut read: Vec<Evaluation> = Vec::new();
        batch.in_order(inputs.each(), work, |outcome| {
            match outcome {
                Ok(evaluation) => read.push(evaluation),
                Err(found) => {
                    history.failed += 1;
                    messages.findings(&found, "evaluation");
                }
            }
            ControlFlow::Continue(())
        });
        for evaluation in read {
            history.fingerprints.push_str(evaluation.fingerprint());
            history.of.entry(evaluation.whom().identity()).or_default().push(evaluation);
        }
        history.of.values_mut().for_each(|list| *list = files::chained(std::mem::take(list)));
        Ok(history)
    }

    /// The evaluation with the results of the earlier ones of the same person, and what was found.
    pub(super) fn fill(&self, evaluation: Evaluation) -> Result<(Evaluation, Diagnostics), Failed> {
        let earlier = self.of.get(&evaluation.whom().identity()).map_or(&[][..], Vec::as_slice);
        let checked = evaluation.with_history(earlier);
        match checked.value {
            Some(filled) => Ok((filled, checked.diagnostics)),
            None => Err(Failed::Findings(checked.diagnostics)),
        }
    }
}
