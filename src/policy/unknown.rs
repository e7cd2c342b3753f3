//! Describes in words the values that are missing where a condition is unknown.

use crate::exact::Exact;

use super::condition::{Condition, Levelled, Set, Which};
use super::decide::Way;
use super::reason::{LeftOut, Reason, Why};
use super::reason_words::added;
use super::state::{Run, State};
use super::supplied::Outcome;
use super::{Adjust, Bound, Flag, Limit, ResultOf, Step};

/// The most missing indicators or results that are named; the rest are counted.
const MOST_NAMES: usize = 8;

impl Run<'_> {
    /// The reason why differing ways are no result.
    pub(super) fn why_unknown(&self, ways: &[Way], unknown: &[&Condition], step: &Step, subject: usize) -> Reason {
        let mut ratings: Vec<Option<usize>> = ways.iter().map(|way| way.rating).collect();
        ratings.sort_unstable();
        ratings.dedup();
        let between = if ratings.len() > 1 {
            let label = |rating: usize| step.levels.label(rating).to_owned();
            ratings.into_iter().map(|rating| rating.map_or_else(|| "no rating".to_owned(), label)).collect()
        } else {
            let mut scores: Vec<_> = ways.iter().map(|way| way.score.as_ref()).collect();
            scores.sort();
            scores.dedup();
            let told = |score: &Exact| format!("a score of {}", score.shown_near());
            scores.into_iter().map(|score| score.map_or_else(|| "no score".to_owned(), told)).collect()
        };
        Reason::Insufficient { why: Why::Unknown { between, missing: self.missing_for(unknown, step, subject) } }
    }

    /// The reason why a result with unknown flags is undecided.
    pub(super) fn why_flags_unknown(&self, flags: &[&Flag], step: &Step, subject: usize) -> Vec<Reason> {
        let undecided = flags.iter().map(|flag| Reason::NotTold {
            would: format!("flagged {}", flag.flag),
            when: self.fact(&flag.when, step, subject),
        });
        let mut names: Vec<&str> = flags.iter().map(|flag| flag.flag.as_str()).collect();
        names.dedup();
        let between = vec![format!("flagged {}", names.join(" or ")), "not flagged".to_owned()];
        let conditions: Vec<&Condition> = flags.iter().map(|flag| &flag.when).collect();
        let missing = self.missing_for(&conditions, step, subject);
        undecided.chain([Reason::Insufficient { why: Why::Unknown { between, missing } }]).collect()
    }

    pub(super) fn why_not_limited(&self, limit: &Limit, step: &Step, subject: usize) -> Reason {
        let would = match limit.bound {
            Bound::AtMost(level) => format!("limited to at most {}", step.levels.label(level)),
            Bound::AtLeast(level) => format!("raised to at least {}", step.levels.label(level)),
        };
        Reason::NotTold { would, when: self.fact(&limit.when, step, subject) }
    }

    pub(super) fn why_not_adjusted(&self, adjust: &Adjust, step: &Step, subject: usize) -> Vec<Reason> {
        let would = format!("adjusted by {}", added(&self.times(adjust)));
        let when = adjust.when.as_ref().map(|when| self.fact(when, step, subject));
        when.into_iter().map(|when| Reason::NotTold { would: would.clone(), when }).collect()
    }

    /// The missing values that keep conditions unknown, each clause once: "2.3 has “Not observed”", "Student growth is not
    /// given".
    fn missing_for(&self, unknown: &[&Condition], step: &Step, subject: usize) -> Vec<String> {
        let mut missing = Vec::new();
        for condition in unknown {
            self.add_missing(condition, step, subject, &mut missing);
        }
        missing
    }

    fn add_missing(&self, condition: &Condition, step: &Step, subject: usize, missing: &mut Vec<String>) {
        if self.holds(condition, step, subject).is_some() {
            return;
        }
        let clause = match condition {
            Condition::Count { set, which, .. } | Condition::Share { set, which, .. } => {
                self.missing_in(*set, which, step, subject)
            }
            Condition::Rating { of: Levelled::Indicator(indicator), .. } | Condition::Rated { indicator, .. } => {
                self.missing_indicator(*indicator)
            }
            Condition::Rating { of: Levelled::Result(of), .. } | Condition::Score { of, .. } => {
                format!("{}{}", self.missing_result(*of, subject), self.missing_members(*of, subject))
            }
            Condition::Number { input, .. } | Condition::Choice { input, .. } => {
                format!("{} is not given", self.policy.input_name(*input))
            }
            Condition::Known(_) => return,
            Condition::All(list) | Condition::Any(list) => {
                return list.iter().for_each(|condition| self.add_missing(condition, step, subject, missing));
            }
            Condition::Not(condition) => return self.add_missing(condition, step, subject, missing),
        };
        if !missing.contains(&clause) {
            missing.push(clause);
        }
    }

    pub(super) fn missing_indicator(&self, indicator: usize) -> String {
        let name = self.policy.indicator(indicator);
        match self.given.outcome(indicator) {
            Outcome::Level(level) => format!("{name} has “{}”", self.policy.scale.label(level)),
            Outcome::Number(number) => format!("{name} is rated {}", number.exact().shown()),
            Outcome::OutOfScope => format!("{name} is not in the scope"),
            Outcome::Unrated => format!("{name} is unrated"),
        }
    }

    pub(super) fn missing_result(&self, of: ResultOf, subject: usize) -> String {
        let name = self.result_name(of, subject);
        let is_absent = self.result_of(of, subject).is_none_or(|result| result.state == State::Absent);
        if is_absent { format!("{name} is not in the scope") } else { format!("{name} has no result") }
    }

    /// The members that a missing result lacks, in brackets: " (2.3 has “Not observed”)"; empty where it has none.
    fn missing_members(&self, of: ResultOf, subject: usize) -> String {
        let slot = self.policy.slot_of(of, subject);
        let at = slot.and_then(|slot| self.policy.at(slot));
        let Some((step, subject)) =
            at.filter(|_| self.result_of(of, subject).is_some_and(|it| it.state == State::Insufficient))
        else {
            return String::new();
        };
        let members: Vec<String> = self.missing(step, subject).into_iter().map(said).collect();
        if members.is_empty() { String::new() } else { format!(" ({})", some_of(&members)) }
    }

    /// The reason why nothing in a set is rated.
    fn missing_in(&self, set: Set, which: &Which, step: &Step, subject: usize) -> String {
        let (all, names): (&str, Vec<String>) = match set {
            Set::Indicators => {
                let outcomes = self.outcomes(step, subject);
                let outcomes = outcomes.filter(|(number, _)| self.policy.is_looked_at(which, *number));
                ("no indicator", outcomes.map(|(number, _)| self.policy.indicator(number)).collect())
            }
            Set::Results(of) => {
                let name = self.policy.steps.get(of).map_or("", Step::name);
                let first = self.policy.steps.get(of).map_or(0, |of| of.first);
                let results = self.results_under(of, step, subject);
                let names: Vec<String> = results.map(|(number, _)| self.policy.slot_name(first + number)).collect();
                if names.is_empty() {
                    return format!("no result of {name} is in the scope");
                }
                return format!("{name} has no result for {}", some_of(&names));
            }
        };
        match names.as_slice() {
            [] => format!("{all} is in the scope"),
            names => format!("{all} is rated of {}", some_of(names)),
        }
    }
}

/// "2.3 has “Not observed”".
pub(super) fn said((why, name): (LeftOut, String)) -> String {
    match why {
        LeftOut::NotRated(level) => format!("{name} has “{level}”"),
        LeftOut::WithoutResult => format!("{name} has no result"),
        LeftOut::OutOfScope | LeftOut::NotGiven | LeftOut::InNoShare => format!("{name} is {why}"),
    }
}

/// "2.1, 2.2 and 4 more".
fn some_of(names: &[String]) -> String {
    let shown = names.get(..MOST_NAMES.min(names.len())).unwrap_or_default().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
