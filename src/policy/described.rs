//! Describes the limits of a step in words, for a form: what they will compare is not known there.

use crate::exact::Exact;

use super::condition::{Compare, Condition, Levelled, NumberTest, Set, Source, Test, Which};
use super::{Bound, Policy, ResultOf, Step};

impl Test {
    /// "at least ", "below " or nothing, and the level or choice that is named.
    fn in_words(self) -> (&'static str, usize) {
        match self {
            Self::Is(wanted) => ("", wanted),
            Self::AtLeast(least) => ("at least ", least),
            Self::Below(bound) => ("below ", bound),
        }
    }
}

impl Policy {
    /// The limits of a step, such as "at most “Has met” where at least 1 of the indicators is rated “Has not met”".
    pub(crate) fn limits_in_words(&self, step: &Step) -> Vec<String> {
        let in_words = |limit: &super::Limit| {
            let (bound, level) = match limit.bound {
                Bound::AtMost(level) => ("at most", level),
                Bound::AtLeast(level) => ("at least", level),
            };
            format!("{bound} “{}” where {}", step.levels.label(level), self.in_words(&limit.when))
        };
        step.limits.iter().map(in_words).collect()
    }

    fn in_words(&self, condition: &Condition) -> String {
        let number = |name: String, is: Compare, than: String| format!("{name} is {} {than}", is.in_words());
        match condition {
            Condition::Count { set, which, is, number } => {
                format!(
                    "{} {} of the {}",
                    is.in_words(),
                    number.shown(),
                    self.rated_so(*set, which, number == &Exact::from(1_u64))
                )
            }
            Condition::Share { set, which, is, percent } => {
                format!("{} {} % of the rated {}", is.in_words(), percent.shown(), self.rated_so(*set, which, false))
            }
            Condition::Rating { of, is } => self.rating_in_words(*of, *is),
            Condition::Rated { indicator, is, number: than } => {
                let is = match is {
                    NumberTest::Is => "",
                    NumberTest::AtLeast => "at least ",
                    NumberTest::Below => "below ",
                };
                format!("{} is rated {is}{}", self.indicator(*indicator), than.shown())
            }
            Condition::Score { of, is, number: than } => number(self.name_of(*of), *is, than.shown()),
            Condition::Number { input, is, number: than } => {
                number(self.input_name(*input).to_owned(), *is, than.shown())
            }
            Condition::Choice { input, is } => {
                let labels = self.inputs.get(*input).map_or(&[][..], |input| input.choice_labels.as_slice());
                let (word, choice) = is.in_words();
                format!("{} is {word}“{}”", self.input_name(*input), labels.get(choice).map_or("", String::as_str))
            }
            Condition::Known(Source::Indicator(indicator)) => format!("{} is rated", self.indicator(*indicator)),
            Condition::Known(Source::Result(of)) => format!("{} has a result", self.name_of(*of)),
            Condition::Known(Source::Input(input)) => format!("{} is given", self.input_name(*input)),
            Condition::All(list) => self.several(list, " and "),
            Condition::Any(list) => self.several(list, " or "),
            Condition::Not(condition) => format!("it is not so that {}", self.in_brackets(condition)),
        }
    }

    fn several(&self, list: &[Condition], joined_by: &str) -> String {
        list.iter().map(|condition| self.in_brackets(condition)).collect::<Vec<_>>().join(joined_by)
    }

    /// A condition that is part of another.
    fn in_brackets(&self, condition: &Condition) -> String {
        let words = self.in_words(condition);
        match condition {
            Condition::All(list) | Condition::Any(list) if list.len() > 1 => format!("({words})"),
            _ => words,
        }
    }

    fn rating_in_words(&self, of: Levelled, is: Test) -> String {
        let (name, levels) = match of {
            Levelled::Indicator(indicator) => (self.indicator(indicator), Some(&*self.scale)),
            Levelled::Result(of) => (self.name_of(of), self.levels_of(of)),
        };
        let (word, level) = is.in_words();
        format!("{name} is rated {word}“{}”", levels.map_or("", |levels| levels.label(level)))
    }

    /// "indicators are rated “Has not met” or “Has met”".
    fn rated_so(&self, set: Set, which: &Which, is_one: bool) -> String {
        let are = if is_one { "is" } else { "are" };
        format!("{} {are} rated {}", self.set_name(set), self.labels(set, which).join(" or "))
    }

    /// The name of a result: the step, and the part of the rubric where a certain one is meant.
    fn name_of(&self, of: ResultOf) -> String {
        let (step, node) = match of {
            ResultOf::Slot(slot) => {
                let Some((step, subject)) = self.at(slot) else { return String::new() };
                (step, self.subject(step, subject))
            }
            ResultOf::Same(step) => {
                let Some(step) = self.steps.get(step) else { return String::new() };
                (step, None)
            }
        };
        match node {
            Some(node) => format!("{} of {}", step.name(), node.label()),
            None => step.name().to_owned(),
        }
    }
}
