//! Names the members that are left out of a number.

use crate::syntax::scoring::Take;

use super::members::has;
use super::reason::{LeftOut, Reason};
use super::state::Run;
use super::supplied::Outcome;
use super::{Of, Single, Step, unknown};

impl Run<'_> {
    /// The members without the value that is taken, each with its name.
    pub(super) fn missing(&self, step: &Step, subject: usize) -> Vec<(LeftOut, String)> {
        let mut missing = Vec::new();
        match &step.of {
            None => {}
            Some(Of::Indicators) => {
                for (number, outcome) in self.outcomes(step, subject) {
                    if let Outcome::Level(level) = outcome
                        && level >= self.policy.rated
                    {
                        let why = LeftOut::NotRated(self.policy.scale.label(level).to_owned());
                        missing.push((why, self.policy.indicator(number)));
                    }
                }
            }
            Some(Of::Results(of)) => {
                let first = self.policy.steps.get(*of).map_or(0, |of| of.first);
                for (number, result) in self.results_under(*of, step, subject) {
                    if !has(result, step) {
                        missing.push((LeftOut::WithoutResult, self.policy.slot_name(first + number)));
                    }
                }
            }
            Some(Of::List(list)) => {
                for single in list {
                    match single {
                        Single::Input(input) if self.given.number(*input).is_none() => {
                            missing.push((LeftOut::NotGiven, self.policy.input_name(*input)));
                        }
                        Single::Result(slot) if !self.results.get(*slot).is_some_and(|result| has(result, step)) => {
                            missing.push((LeftOut::WithoutResult, self.policy.slot_name(*slot)));
                        }
                        _ => {}
                    }
                }
            }
        }
        missing
    }

    /// The members left out of the number, by reason.
    pub(super) fn left_out(&self, step: &Step, subject: usize) -> Vec<Reason> {
        let mut groups: Vec<(LeftOut, Vec<String>)> = Vec::new();
        let mut add = |why: LeftOut, name: String| match groups.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(name),
            None => groups.push((why, vec![name])),
        };
        for (why, name) in self.missing(step, subject) {
            add(why, name);
        }
        for name in self.names_in_no_share(step, subject) {
            add(LeftOut::InNoShare, name);
        }
        for name in self.names_out_of_scope(step, subject) {
            add(LeftOut::OutOfScope, name);
        }
        groups.into_iter().map(|(why, members)| Reason::LeftOut { why, members }).collect()
    }

    /// The names of the indicators that are rated, and are in no share where one is taken.
    fn names_in_no_share(&self, step: &Step, subject: usize) -> Vec<String> {
        let is_share = matches!(step.of, Some(Of::Indicators)) && step.take == Some(Take::ShareMeeting);
        if !is_share || !self.policy.looks_at_numbers(step) {
            return Vec::new();
        }
        let rated = self.outcomes(step, subject).filter(|(_, outcome)| matches!(outcome, Outcome::Number(_)));
        let names = rated.filter(|(number, _)| self.policy.is_in_no_share(*number));
        names.map(|(number, _)| self.policy.indicator(number)).collect()
    }

    /// The names of the members out of the evaluation's scope.
    fn names_out_of_scope(&self, step: &Step, subject: usize) -> Vec<String> {
        match &step.of {
            Some(Of::Indicators) => {
                let out = self.indicators_out_of_scope(step, subject);
                out.map(|number| self.policy.indicator(number)).collect()
            }
            Some(Of::Results(of)) => {
                let first = self.policy.steps.get(*of).map_or(0, |of| of.first);
                let out = self.results_out_of_scope(*of, step, subject);
                out.map(|number| self.policy.slot_name(first + number)).collect()
            }
            Some(Of::List(_)) | None => Vec::new(),
        }
    }

    pub(super) fn why_member_missing(&self, step: &Step, subject: usize) -> Reason {
        let by = self.missing(step, subject).into_iter().map(unknown::said);
        let out = self.names_out_of_scope(step, subject);
        let are = if out.len() == 1 { "is" } else { "are" };
        let out = (!out.is_empty()).then(|| format!("{} {are} {}", out.join(", "), LeftOut::OutOfScope));
        Reason::Blocked { by: by.chain(out).chain(["all must have a score".to_owned()]).collect() }
    }
}
