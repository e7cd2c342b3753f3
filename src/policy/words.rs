//! Conditions in words, with what was found.

use super::condition::{Compare, Condition, Levelled, Set, Test, Which};
use super::given::Outcome;
use super::reason::Fact;
use super::run::Run;
use super::{Levels, ResultOf, Step};
use crate::exact::Exact;

impl Run<'_> {
    /// A condition, what was found, and whether it is true.
    pub(super) fn fact(&self, condition: &Condition, step: &Step, subject: usize) -> Fact {
        Fact { text: self.say(condition, step, subject), holds: self.holds(condition, step, subject) }
    }

    fn say(&self, condition: &Condition, step: &Step, subject: usize) -> String {
        match condition {
            Condition::Count { set, which, is, number } => {
                let counted = self.count(*set, which, step, subject);
                let levels = self.which(*set, which, counted.which);
                format!("{} of {} {levels} ({})", counted.which, counted.all, wants(*is, number))
            }
            Condition::Share { set, which, is, percent } => {
                let counted = self.count(*set, which, step, subject);
                let levels = self.which(*set, which, counted.which);
                let wants = wants(*is, percent);
                match counted.share() {
                    Some(share) => {
                        let (some, all) = (counted.which, counted.rated);
                        format!("{some} of the {all} rated {levels}, which is {} % ({wants} %)", share.shown_near())
                    }
                    None => format!("none of them is rated, so there is no share that {levels} ({wants} %)"),
                }
            }
            Condition::Rating { of, is } => {
                let (name, level, levels) = match of {
                    Levelled::Indicator(indicator) => {
                        let node = self.policy.nodes.indicators().get(*indicator);
                        let level = match self.given.outcome(*indicator) {
                            Outcome::Level(level) => Some(level),
                            _ => None,
                        };
                        (node.map(|node| node.code.clone()).unwrap_or_default(), level, Some(&*self.policy.scale))
                    }
                    Levelled::Result(of) => {
                        let level = self.result_of(*of, subject).and_then(super::StepResult::rating);
                        (self.result_name(*of, subject), level, self.levels_of(*of))
                    }
                };
                let label = |level| format!("“{}”", levels.map_or("", |levels| levels.label(level)));
                let wants = match is {
                    Test::Is(level) => format!("needs {}", label(*level)),
                    Test::AtLeast(level) => format!("needs at least {}", label(*level)),
                    Test::Below(level) => format!("needs below {}", label(*level)),
                };
                match level {
                    Some(level) if *is == Test::Is(level) => format!("{name} is rated {}", label(level)),
                    Some(level) => format!("{name} is rated {} ({wants})", label(level)),
                    None => format!("{name} has no rating ({wants})"),
                }
            }
            Condition::Score { of, is, number } => {
                let name = self.result_name(*of, subject);
                let score = self.result_of(*of, subject).and_then(super::StepResult::score);
                compared(&name, score, *is, number)
            }
            Condition::Number { input, is, number } => {
                let name = self.policy.inputs.get(*input).map_or("", |input| input.label.as_str());
                compared(name, self.given.number(*input), *is, number)
            }
            Condition::Choice { input, choice } => {
                let name = self.policy.inputs.get(*input).map_or("", |input| input.label.as_str());
                let wanted = self.choice(*input, *choice);
                match self.given.choice(*input) {
                    Some(given) if given == *choice => format!("{name} is “{wanted}”"),
                    Some(given) => format!("{name} is “{}” (needs “{wanted}”)", self.choice(*input, given)),
                    None => format!("{name} is not given (needs “{wanted}”)"),
                }
            }
            Condition::All(list) => self.join(list, " and ", step, subject),
            Condition::Any(list) => self.join(list, " or ", step, subject),
            Condition::Not(condition) => format!("it is not so that {}", self.say(condition, step, subject)),
        }
    }

    fn join(&self, list: &[Condition], word: &str, step: &Step, subject: usize) -> String {
        let one = |condition: &Condition| match condition {
            Condition::All(_) | Condition::Any(_) => format!("({})", self.say(condition, step, subject)),
            _ => self.say(condition, step, subject),
        };
        list.iter().map(one).collect::<Vec<_>>().join(word)
    }

    /// What is counted: "indicators are rated “Has not met” or “Has met”".
    fn which(&self, set: Set, which: &Which, count: u64) -> String {
        let are = if count == 1 { "is" } else { "are" };
        let (what, levels) = match set {
            Set::Indicators => (format!("indicators {are} rated"), Some(&self.policy.scale)),
            Set::Results(step) => {
                let step = self.policy.steps.get(step);
                let name = step.map_or("", Step::name);
                (format!("results of {name} {are} rated"), step.map(|step| &step.levels))
            }
        };
        let levels = levels.into_iter().flat_map(|levels| levels.list.iter().zip(&which.0));
        let labels: Vec<String> =
            levels.filter(|(_, is)| **is).map(|(level, _)| format!("“{}”", level.label)).collect();
        format!("{what} {}", labels.join(" or "))
    }

    /// What people call a result: the step, and the subject where it has several.
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
            Some(node) => format!("{} of {}", step.name(), node.label),
            None => step.name().to_owned(),
        }
    }

    fn levels_of(&self, of: ResultOf) -> Option<&Levels> {
        let step = match of {
            ResultOf::Slot(slot) => self.policy.at(slot)?.0,
            ResultOf::Same(step) => self.policy.steps.get(step)?,
        };
        Some(&step.levels)
    }

    pub(super) fn level_label(&self, of: ResultOf, level: usize) -> String {
        self.levels_of(of).map_or("", |levels| levels.label(level)).to_owned()
    }

    pub(super) fn choice(&self, input: usize, choice: usize) -> String {
        match self.policy.inputs.get(input).map(|input| &input.kind) {
            Some(super::InputKind::Choice(choices)) => choices.get(choice).cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }
}

fn wants(is: Compare, number: &Exact) -> String {
    let word = match is {
        Compare::AtLeast => "at least",
        Compare::AtMost => "at most",
        Compare::MoreThan => "more than",
        Compare::LessThan => "less than",
    };
    format!("needs {word} {}", number.shown())
}

fn compared(name: &str, found: Option<&Exact>, is: Compare, number: &Exact) -> String {
    match found {
        Some(found) => format!("{name} is {} ({})", found.shown_near(), wants(is, number)),
        None => format!("{name} has no score ({})", wants(is, number)),
    }
}
