//! Describes a witness in words.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::syntax::scoring::{Each, Missing};

use super::super::condition::{Condition, Source};
use super::super::state::Run;
use super::super::supplied::{InputValue, Outcome};
use super::super::{Axis, InputKind, Node, Of, Policy, Rate, Reach, ResultOf, Single, Step};
use super::Witness;
use super::sources::{Looks, conditions};

impl Policy {
    /// "3 indicators at `has_met` and 1 at `has_not_met`, `student_growth` 2.5".
    pub(crate) fn example(&self, witness: &Witness) -> String {
        let first_input = self.nodes.indicators().len();
        let first_entry = first_input + self.inputs.len();
        let (ratings, others): (Vec<usize>, Vec<usize>) = witness.support.iter().partition(|one| **one < first_input);
        let (inputs, entries): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|one| *one < first_entry);
        let mut parts = self.ratings(&ratings, witness);
        for input in inputs.into_iter().map(|input| input - first_input) {
            let Some(is) = self.inputs.get(input) else { continue };
            parts.push(match (witness.trial.inputs.get(input).cloned().flatten(), &is.kind) {
                (Some(InputValue::Number(number)), _) => format!("`{}` {}", is.id, number.shown()),
                (Some(InputValue::Choice(choice)), InputKind::Choice(choices)) => {
                    format!("`{}` `{}`", is.id, choices.get(choice).map_or("", String::as_str))
                }
                _ => format!("without `{}`", is.id),
            });
        }
        for slot in entries.into_iter().map(|entry| entry - first_entry) {
            let Some((step, _)) = self.at(slot) else { continue };
            let level = witness.trial.entered.get(slot).copied().flatten();
            let level = level.and_then(|level| step.levels.list.get(level)).map_or("", |level| &level.id);
            parts.push(format!("{} entered as `{level}`", self.result_id(slot)));
        }
        parts.join(", ")
    }

    /// Whether an indicator of the witness has no rated level.
    pub(crate) fn lacks_a_rating(&self, witness: &Witness) -> bool {
        let indicators = witness.support.iter().filter(|one| **one < self.nodes.indicators().len());
        let is_rating = |outcome: &Outcome| self.is_rating(*outcome) || *outcome == Outcome::OutOfScope;
        indicators.into_iter().any(|indicator| !witness.trial.outcomes.get(*indicator).is_some_and(is_rating))
    }

    /// The ratings in words: of named indicators one by one, of others by domain, or all together where the domain does not
    /// matter.
    fn ratings(&self, ratings: &[usize], witness: &Witness) -> Vec<String> {
        let Some((step, _)) = self.at(witness.slot) else { return Vec::new() };
        /// As many as are named one by one where each counts unlike the others.
        const FEW: usize = 8;
        let are_told_apart = ratings.len() <= FEW && self.counts_apart(step);
        let is_named = |indicator: usize| {
            if are_told_apart {
                return true;
            }
            let all = self.steps.iter().flat_map(conditions).flat_map(|one| Looks::under(one).alone);
            all.into_iter().any(|one| one.source() == Some(Source::Indicator(indicator)))
        };
        let (named, others): (Vec<usize>, Vec<usize>) = ratings.iter().partition(|indicator| is_named(**indicator));
        let mut parts: Vec<String> = named
            .iter()
            .filter_map(|indicator| {
                let node = self.nodes.indicators().get(*indicator)?;
                let outcome = witness.trial.outcomes.get(*indicator)?;
                let at = node.observed.and_then(|at| self.nodes.each(Each::Observation).get(at.observation));
                let on = at.map(|at| format!(" on `{}`", at.id)).unwrap_or_default();
                let id = &node.id;
                if *outcome == Outcome::OutOfScope {
                    return None;
                }
                if let Some(Outcome::Number(number)) = witness.trial.outcomes.get(*indicator) {
                    return Some(format!("`{id}` {number}{on}"));
                }
                Some(format!("`{id}` at `{}`{on}", self.scale.list.get(witness.level(*indicator)?)?.id))
            })
            .collect();
        let counts_alike = matches!(step.of, None | Some(Of::Indicators)) && step.reads_no_results();
        if counts_alike && step.each.is_none() {
            parts.extend((!others.is_empty()).then(|| self.tally(&others, witness)));
            return parts;
        }
        // Domains of which the same is said stand together.
        let mut groups: Vec<(String, Vec<&Node>)> = Vec::new();
        for domain in self.nodes.each(Each::Domain).iter().chain(self.nodes.each(Each::Observation).iter()) {
            let is_rated = |one: &&usize| witness.trial.outcomes.get(**one) != Some(&Outcome::OutOfScope);
            let own = others.iter().filter(|one| domain.indicators.contains(one)).filter(is_rated);
            let own: Vec<usize> = own.copied().collect();
            if own.is_empty() {
                continue;
            }
            let tally = self.tally(&own, witness);
            match groups.iter_mut().find(|(known, _)| *known == tally) {
                Some((_, domains)) => domains.push(domain),
                None => groups.push((tally, vec![domain])),
            }
        }
        let is_one = groups.iter().map(|(_, domains)| domains.len()).sum::<usize>() == 1;
        parts.extend(groups.into_iter().map(|(tally, domains)| {
            let ids: Vec<String> = domains.iter().map(|domain| format!("`{}`", domain.id)).collect();
            match ids.as_slice() {
                [id] if is_one && step.each.is_none() => format!("{tally} in {id}"),
                [id] => format!("in {id} {tally}"),
                ids => format!("in each of {} {tally}", ids.join(", ")),
            }
        }));
        parts
    }

    /// "3 indicators at `has_met` and 1 at `has_not_met`".
    fn tally(&self, indicators: &[usize], witness: &Witness) -> String {
        let mut counts = vec![0usize; self.scale.list.len()];
        for level in indicators.iter().filter_map(|indicator| witness.level(*indicator)) {
            if let Some(count) = counts.get_mut(level) {
                *count += 1;
            }
        }
        let levels = self.scale.list.iter().zip(counts).filter(|(_, count)| *count > 0);
        let levels = levels.map(|(level, count)| (format!("`{}`", level.id), count));
        let mut numbers: BTreeMap<Exact, usize> = BTreeMap::new();
        for indicator in indicators {
            if let Some(Outcome::Number(number)) = witness.trial.outcomes.get(*indicator) {
                *numbers.entry(number.exact()).or_default() += 1;
            }
        }
        let numbers = numbers.into_iter().map(|(number, count)| (number.shown(), count));
        let parts: Vec<String> = levels
            .chain(numbers)
            .enumerate()
            .map(|(number, (rating, count))| {
                let what = match (number, count) {
                    (0, 1) => " indicator",
                    (0, _) => " indicators",
                    _ => "",
                };
                format!("{count}{what} at {rating}")
            })
            .collect();
        match parts.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => parts.concat(),
        }
    }

    /// A result by its ids: `domain_rating` of `counselor`.
    pub(crate) fn result_id(&self, slot: usize) -> String {
        match self.at(slot) {
            None => String::new(),
            Some((step, subject)) => match self.subject(step, subject) {
                Some(node) => format!("`{}` of `{}`", step.id, node.id),
                None => format!("`{}`", step.id),
            },
        }
    }

    /// The first member of a result that is at its lowest level, and that level.
    pub(crate) fn lowest_member(&self, witness: &Witness) -> Option<(String, String)> {
        let trial = &witness.trial;
        let results = self.run(trial.given());
        let (step, subject) = self.at(witness.slot)?;
        let of_slot = |slot: usize| {
            let is_lowest = results.get(slot)?.rating() == Some(0);
            is_lowest.then(|| Some((self.result_id(slot), self.at(slot)?.0.levels.list.first()?.id.clone())))?
        };
        match step.of.as_ref()? {
            Of::Indicators => {
                let mut lowest = witness
                    .support
                    .iter()
                    .filter(|one| witness.level(**one).is_some_and(|level| self.scales.is_lowest(level)));
                let lowest = *lowest.next()?;
                let node = self.nodes.indicators().get(lowest)?;
                let level = self.scale.list.get(witness.level(lowest)?)?;
                Some((format!("`{}`", node.id), level.id.clone()))
            }
            Of::Results(of) => {
                let first = self.steps.get(*of)?.first;
                self.numbers_under(*of, step, subject).find_map(|number| of_slot(first + number))
            }
            Of::List(list) => list.iter().find_map(|single| match single {
                Single::Result(slot) => of_slot(*slot),
                Single::Input(_) => None,
            }),
        }
    }
}

impl Policy {
    /// The missing value where a rule is unknown, in the notation of `known`: "growth", "domain_rating, subject: planning".
    /// `None` where nothing of a set is rated.
    pub(crate) fn missing_id(&self, witness: &Witness) -> Option<String> {
        let (step, subject) = self.at(witness.slot)?;
        let Some(Rate::Rules(rules)) = &step.rate else { return None };
        let run = Run { policy: self, given: witness.trial.given(), results: self.run(witness.trial.given()) };
        let unknown = rules.iter().filter_map(|rule| rule.when.as_ref());
        let unknown = unknown.filter(|when| run.holds(when, step, subject).is_none());
        let mut sources = unknown.flat_map(|when| Looks::under(when).alone).filter_map(Condition::source);
        match sources.find(|source| !run.is_known(*source, subject))? {
            Source::Indicator(indicator) => Some(self.nodes.indicators().get(indicator)?.id.clone()),
            Source::Input(input) => Some(self.inputs.get(input)?.id.clone()),
            Source::Result(of) => {
                let (of, of_subject) = self.at(self.slot_of(of, subject)?)?;
                let node = self.subject(of, of_subject).map(|node| format!(", subject: {}", node.id));
                Some(format!("{}{}", of.id, node.unwrap_or_default()))
            }
        }
    }

    /// The id of a row or a column.
    pub(crate) fn axis_id(&self, axis: Axis, number: usize) -> Option<String> {
        match axis {
            Axis::Result(ResultOf::Slot(slot)) => Some(self.at(slot)?.0.levels.list.get(number)?.id.clone()),
            Axis::Result(ResultOf::Same(step)) => Some(self.steps.get(step)?.levels.list.get(number)?.id.clone()),
            Axis::Choice(input) => match &self.inputs.get(input)?.kind {
                InputKind::Choice(choices) => choices.get(number).cloned(),
                InputKind::Number { .. } => None,
            },
        }
    }
}

impl Step {
    /// Whether its number can be taken of fewer members than the policy has.
    pub(crate) fn takes_of_fewer(&self) -> bool {
        let needs_all = self.minimum_rated.as_ref().is_some_and(|percent| *percent == Exact::from(100));
        self.missing == Missing::Exclude && !needs_all
    }

    /// Whether it looks at no earlier result.
    fn reads_no_results(&self) -> bool {
        let is_result =
            |reach: &Reach| matches!(reach, Reach::Results(_) | Reach::Result(ResultOf::Slot(_) | ResultOf::Same(_)));
        !self.reach.iter().any(is_result)
    }
}

impl Witness {
    fn level(&self, indicator: usize) -> Option<usize> {
        match self.trial.outcomes.get(indicator)? {
            Outcome::Level(level) => Some(*level),
            Outcome::OutOfScope | Outcome::Unrated | Outcome::Number(_) => None,
        }
    }
}
