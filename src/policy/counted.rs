//! Choices that are no rating and count as a level: the reasons that name them.

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

    /// Whether a result reads an indicator itself: as one of all, or by its name.
    fn reads(&self, indicator: usize, step: &Step, subject: usize) -> bool {
        step.reach.iter().any(|reach| match reach {
            Reach::Indicators => self.outcomes(step, subject).any(|(number, _)| number == indicator),
            Reach::Indicator(number) => *number == indicator,
            _ => false,
        })
    }
}
