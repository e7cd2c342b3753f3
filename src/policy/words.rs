//! Describes conditions in words, with the values found.

use super::condition::{Compare, Condition, Levelled, NumberTest, Set, Source, Test, Which};
use super::reason::Fact;
use super::state::Run;
use super::supplied::Outcome;
use super::{Levels, Policy, ResultOf, Step};
use crate::exact::Exact;

impl Run<'_> {
    /// The outcome of a condition, with the values found.
    pub(super) fn fact(&self, condition: &Condition, step: &Step, subject: usize) -> Fact {
        let at = At { step, subject };
        Fact { text: self.say(condition, true, at), holds: self.holds(condition, step, subject) }
    }

    /// The values found, and the values needed for the condition to be true, or false.
    fn say(&self, condition: &Condition, is_wanted: bool, at: At<'_>) -> String {
        match condition {
            Condition::Count { set, which, is, number } => {
                let counted = self.count(*set, which, at.step, at.subject);
                let levels = self.which(*set, which, counted.which);
                format!("{} of {} {levels} ({})", counted.which, counted.all, is.wanted(is_wanted).needs(number))
            }
            Condition::Share { set, which, is, percent } => {
                let counted = self.count(*set, which, at.step, at.subject);
                let needs = is.wanted(is_wanted).needs(percent);
                match counted.share() {
                    Some(share) => {
                        let (some, all) = (counted.which, counted.rated);
                        let levels = self.which(*set, which, some);
                        format!("{some} of the {all} rated {levels}, which is {} % ({needs} %)", share.shown_near())
                    }
                    None => {
                        format!(
                            "none of the {} has a rating, so there is no share of them ({needs} %)",
                            self.policy.set_name(*set)
                        )
                    }
                }
            }
            Condition::Rating { of, is } => self.say_rating(*of, *is, is_wanted, at.subject),
            Condition::Rated { indicator, is, number } => {
                let name = self.policy.indicator(*indicator);
                let needs = is.needs(is_wanted, number);
                match self.given.outcome(*indicator) {
                    Outcome::Number(rated) if is_wanted && *is == NumberTest::Is && rated.exact() == *number => {
                        format!("{name} is rated {}", number.shown())
                    }
                    Outcome::Number(rated) => format!("{name} is rated {} ({needs})", rated.exact().shown()),
                    Outcome::Level(level) => {
                        format!("{name} has “{}”, which is no rating ({needs})", self.policy.scale.label(level))
                    }
                    _ => format!("{name} has no rating ({needs})"),
                }
            }
            Condition::Score { of, is, number } => {
                let name = self.result_name(*of, at.subject);
                let score = self.result_of(*of, at.subject).and_then(super::StepResult::score);
                compared(&name, score, is.wanted(is_wanted), number)
            }
            Condition::Number { input, is, number } => {
                let name = self.policy.inputs.get(*input).map_or("", |input| input.label.as_str());
                compared(name, self.given.number(*input), is.wanted(is_wanted), number)
            }
            Condition::Choice { input, is } => {
                let name = self.policy.inputs.get(*input).map_or("", |input| input.label.as_str());
                let label = |choice| format!("“{}”", self.choice(*input, choice));
                let needs = is.needs(is_wanted, label);
                match self.given.choice(*input) {
                    Some(given) if *is == Test::Is(given) && is_wanted => format!("{name} is {}", label(given)),
                    Some(given) => format!("{name} is {} ({needs})", label(given)),
                    None => format!("{name} is not given ({needs})"),
                }
            }
            Condition::Known(source) => self.say_known(*source, is_wanted, at.subject),
            Condition::All(list) | Condition::Any(list) => {
                let is_each_needed = matches!(condition, Condition::All(_)) == is_wanted;
                self.say_deciding(list, self.holds(condition, at.step, at.subject), is_each_needed, is_wanted, at)
            }
            Condition::Not(condition) => self.say(condition, !is_wanted, at),
        }
    }

    /// "2.3 is rated", "Practice has no result (needs one)".
    fn say_known(&self, source: Source, is_wanted: bool, subject: usize) -> String {
        let is_known = self.is_known(source, subject);
        let said = match (source, is_known) {
            (Source::Indicator(indicator), true) => format!("{} is rated", self.policy.indicator(indicator)),
            (Source::Indicator(indicator), false) => self.missing_indicator(indicator),
            (Source::Result(of), true) => format!("{} has a result", self.result_name(of, subject)),
            (Source::Result(of), false) => self.missing_result(of, subject),
            (Source::Input(input), true) => format!("{} is given", self.policy.input_name(input)),
            (Source::Input(input), false) => format!("{} is not given", self.policy.input_name(input)),
        };
        let what = match source {
            Source::Indicator(_) => "rating",
            Source::Result(_) => "result",
            Source::Input(_) => "value",
        };
        match (is_known == is_wanted, is_wanted) {
            (true, _) => said,
            (false, true) => format!("{said} (needs a {what})"),
            (false, false) => format!("{said} (needs no {what})"),
        }
    }

    /// The deciding ones of several conditions: the true ones where one suffices, the false ones where one suffices.
    fn say_deciding(
        &self,
        list: &[Condition],
        together: Option<bool>,
        is_each_needed: bool,
        is_wanted: bool,
        at: At<'_>,
    ) -> String {
        let deciding = list.iter().filter(|condition| self.holds(condition, at.step, at.subject) == together);
        let said: Vec<(&Condition, String)> =
            deciding.map(|condition| (condition, self.say(condition, is_wanted, at))).collect();
        let several = said.len() > 1;
        let one = |(condition, said): &(&Condition, String)| match condition {
            Condition::All(_) | Condition::Any(_) if several => format!("({said})"),
            _ => said.clone(),
        };
        let mut text = said.iter().map(one).collect::<Vec<_>>().join(" and ");
        if several && !is_each_needed && together != Some(is_wanted) {
            text.push_str(", of which one would be enough");
        }
        text
    }

    fn say_rating(&self, of: Levelled, is: Test, is_wanted: bool, subject: usize) -> String {
        let (name, level, levels) = match of {
            Levelled::Indicator(indicator) => {
                let node = self.policy.nodes.indicators().get(indicator);
                let level = match self.given.outcome(indicator) {
                    Outcome::Level(level) => Some(level),
                    _ => None,
                };
                (node.map(|node| node.code.clone()).unwrap_or_default(), level, Some(&*self.policy.scale))
            }
            Levelled::Result(of) => {
                let level = self.result_of(of, subject).and_then(super::StepResult::rating);
                (self.result_name(of, subject), level, self.policy.levels_of(of))
            }
        };
        let label = |level| format!("“{}”", levels.map_or("", |levels| levels.label(level)));
        let needs = is.needs(is_wanted, label);
        match level {
            Some(level) if is == Test::Is(level) && is_wanted => format!("{name} is rated {}", label(level)),
            Some(level) if level >= self.policy.rated && matches!(of, Levelled::Indicator(_)) => {
                format!("{name} has {}, which is no rating ({needs})", label(level))
            }
            Some(level) => format!("{name} is rated {} ({needs})", label(level)),
            None => format!("{name} has no rating ({needs})"),
        }
    }

    /// The counted set: "indicators are rated “Has not met” or “Has met”".
    fn which(&self, set: Set, which: &Which, count: u64) -> String {
        let are = if count == 1 { "is" } else { "are" };
        format!("{} {are} rated {}", self.policy.set_name(set), self.policy.labels(set, which).join(" or "))
    }

    /// The label of a result: the step's, and the subject's where it has several.
    pub(super) fn result_name(&self, of: ResultOf, subject: usize) -> String {
        let (step, subject) = match of {
            ResultOf::Slot(slot) => match self.policy.at(slot) {
                Some(at) => at,
                None => return String::new(),
            },
            ResultOf::Same(step) => match self.policy.steps.get(step) {
                Some(step) => (step, subject),
                None => return String::new(),
            },
        };
        match self.policy.subject(step, subject) {
            Some(node) => format!("{} of {}", step.name(), node.label()),
            None => step.name().to_owned(),
        }
    }

    pub(super) fn level_label(&self, of: ResultOf, level: usize) -> String {
        self.policy.levels_of(of).map_or("", |levels| levels.label(level)).to_owned()
    }

    pub(super) fn choice(&self, input: usize, choice: usize) -> String {
        let labels = self.policy.inputs.get(input).map_or(&[][..], |input| input.choice_labels.as_slice());
        labels.get(choice).cloned().unwrap_or_default()
    }
}

impl Test {
    /// "needs at least “Experienced”": what makes the comparison true, or false.
    fn needs(self, is_wanted: bool, label: impl Fn(usize) -> String) -> String {
        match (self, is_wanted) {
            (Self::Is(wanted), _) => needs_it(&label(wanted), is_wanted),
            (Self::AtLeast(least), true) | (Self::Below(least), false) => format!("needs at least {}", label(least)),
            (Self::Below(least), true) | (Self::AtLeast(least), false) => format!("needs below {}", label(least)),
        }
    }
}

impl NumberTest {
    /// "needs at least 9": what makes the comparison true, or false.
    fn needs(self, is_wanted: bool, number: &Exact) -> String {
        match (self, is_wanted) {
            (Self::Is, true) => format!("needs {}", number.shown()),
            (Self::Is, false) => format!("needs another than {}", number.shown()),
            (Self::AtLeast, true) | (Self::Below, false) => format!("needs at least {}", number.shown()),
            (Self::Below, true) | (Self::AtLeast, false) => format!("needs below {}", number.shown()),
        }
    }
}

impl Policy {
    /// The labels of the levels that are counted, each in quotes.
    pub(super) fn labels(&self, set: Set, which: &Which) -> Vec<String> {
        let levels = match set {
            Set::Indicators => Some(&self.scale),
            Set::Results(step) => self.steps.get(step).map(|step| &step.levels),
        };
        let levels = levels.into_iter().flat_map(|levels| levels.list.iter().zip(&which.levels));
        levels.filter(|(_, is)| **is).map(|(level, _)| format!("“{}”", level.label)).collect()
    }

    /// The name of the members of a set.
    pub(super) fn set_name(&self, set: Set) -> String {
        match set {
            Set::Indicators => "indicators".to_owned(),
            Set::Results(step) => format!("results of {}", self.steps.get(step).map_or("", Step::name)),
        }
    }

    pub(super) fn levels_of(&self, of: ResultOf) -> Option<&Levels> {
        let step = match of {
            ResultOf::Slot(slot) => self.at(slot)?.0,
            ResultOf::Same(step) => self.steps.get(step)?,
        };
        Some(&step.levels)
    }
}

/// A result that is spoken of.
#[derive(Clone, Copy)]
struct At<'a> {
    step: &'a Step,
    subject: usize,
}

impl Compare {
    /// The comparison that is true where this one is, or where it is not.
    fn wanted(self, is_wanted: bool) -> Self {
        match (self, is_wanted) {
            (is, true) => is,
            (Self::AtLeast, false) => Self::LessThan,
            (Self::AtMost, false) => Self::MoreThan,
            (Self::MoreThan, false) => Self::AtMost,
            (Self::LessThan, false) => Self::AtLeast,
        }
    }

    fn needs(self, number: &Exact) -> String {
        format!("needs {} {}", self.in_words(), number.shown())
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::MoreThan => "more than",
            Self::LessThan => "less than",
        }
    }
}

fn needs_it(what: &str, is_wanted: bool) -> String {
    if is_wanted { format!("needs {what}") } else { format!("needs anything but {what}") }
}

fn compared(name: &str, found: Option<&Exact>, is: Compare, number: &Exact) -> String {
    match found {
        Some(found) => format!("{name} is {} ({})", found.shown_near(), is.needs(number)),
        None => format!("{name} has no score ({})", is.needs(number)),
    }
}
