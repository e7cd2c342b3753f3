//! The reasons that name choices which count as a level, and inputs from earlier evaluations.

use super::reason::Reason;
use super::state::Run;
use super::supplied::Outcome;
use super::{Reach, Step};

impl Run<'_> {
    /// The indicators that a result reads and that have a choice which counts as a level, by choice.
    pub(super) fn counted_as(&self, step: &Step, subject: usize) -> Vec<Reason> {
        let mut groups: Vec<(usize, usize, Vec<String>)> = Vec::new();
        for (indicator, choice) in self.given.counting {
            let Outcome::Level(level) = self.given.outcome(*indicator) else { continue };
            if !self.reads(*indicator, step, subject) {
                continue;
            }
            let code = self.policy.indicator(*indicator);
            match groups.iter_mut().find(|(known, ..)| known == choice) {
                Some((.., codes)) => codes.push(code),
                None => groups.push((*choice, level, vec![code])),
            }
        }
        let label = |level: usize| self.policy.scale.label(level).to_owned();
        let said =
            |(choice, level, indicators)| Reason::CountedAs { choice: label(choice), level: label(level), indicators };
        groups.into_iter().map(said).collect()
    }

    /// The sources of the inputs that a step reads.
    pub(super) fn sources_of(&self, step: &Step) -> Vec<Reason> {
        let of = |reach: &Reach| match reach {
            Reach::Input(input) => {
                let source = self.given.sources.get(*input)?.clone()?;
                Some(Reason::FromHistory { input: self.policy.input_name(*input), source })
            }
            _ => None,
        };
        if self.given.sources.is_empty() { Vec::new() } else { step.reach.iter().filter_map(of).collect() }
    }

    /// Whether a result reads an indicator itself: as one of all, as one of all on a scale, or by its name.
    fn reads(&self, indicator: usize, step: &Step, subject: usize) -> bool {
        let is_under = || self.outcomes(step, subject).any(|(number, _)| number == indicator);
        step.reach.iter().any(|reach| match reach {
            Reach::Indicators => is_under(),
            Reach::OnScale(scale) => self.policy.is_on_scale(indicator, *scale) && is_under(),
            Reach::Indicator(number) => *number == indicator,
            _ => false,
        })
    }
}
