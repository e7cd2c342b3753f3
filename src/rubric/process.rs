//! The process: the steps of an evaluation in the order that is expected, with their deadlines.

use std::sync::LazyLock;

use crate::source::in_words;

use super::{Calendar, Rubric};

pub use crate::syntax::process::{Milestone, Who};

/// The steps of an evaluation in the order that is expected, with their deadlines.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// process:
///   steps:
///     - { id: delivered, label: Draft given to the employee, by: 05-15 }
///     - { id: acknowledged, who: employee, within: { school_days: 5, after: delivered } }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let [delivered, acknowledged] = rubric.process().steps() else { panic!("the rubric has two") };
/// assert_eq!(delivered.by().as_deref(), Some("05-15"));
/// assert_eq!((acknowledged.label.as_str(), acknowledged.count), ("Acknowledged receipt", 1));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct Process {
    pub(crate) steps: Vec<ProcessStep>,
    pub(crate) calendar: Calendar,
    /// The number of the step from which on the employee sees the evaluators' draft.
    pub(crate) shared_from: Option<usize>,
    pub(crate) note: Option<String>,
}

/// A step of the process.
///
/// ```
/// # let supports = appraise::Library::bundled().get("connecticut_district_supports").expect("it is bundled");
/// // The rubric has no process of its own: every evaluation can record these.
/// let steps = supports.process().steps().iter().map(|step| step.id.as_str());
/// assert_eq!(steps.collect::<Vec<_>>(), ["observed", "conferred", "delivered", "acknowledged", "responded"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessStep {
    /// The id that the record of an evaluation uses.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The person whose turn it is.
    pub who: Who,
    /// The month and the day of the school year by which it is in time.
    pub(crate) by: Option<(i8, i8)>,
    pub(crate) within: Option<Within>,
    /// Whether the process is complete without it.
    pub optional: bool,
    /// The times it happens.
    pub count: u32,
    /// The kind of observation that it is.
    pub kind: Option<String>,
    /// The meaning of the step for the engine.
    pub means: Option<Milestone>,
    /// A note for the reader.
    pub note: Option<String>,
}

/// A time after an earlier step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) time: Time,
    /// The number of the step that it waits for.
    pub(crate) after: usize,
}

/// A number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Days(u32),
    SchoolDays(u32),
}

impl ProcessStep {
    /// The last day of the school year on which it is in time, month and day: `05-15`.
    pub fn by(&self) -> Option<String> {
        self.by.map(|(month, day)| format!("{month:02}-{day:02}"))
    }
}

impl Process {
    /// The steps, in the order that is expected.
    pub fn steps(&self) -> &[ProcessStep] {
        &self.steps
    }

    /// The school calendar; Monday to Friday where the rubric has none.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The step from which on the employee sees the evaluators' draft.
    pub fn shared_from(&self) -> Option<&ProcessStep> {
        self.steps.get(self.shared_from?)
    }

    /// A note for the reader.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The step that an event stands for: the one with its id; or, for one of the five that every evaluation can have, the
    /// first that means the same.
    pub fn step(&self, event: &str) -> Option<&ProcessStep> {
        self.steps.get(self.number(event)?)
    }

    /// The number of the step that an event stands for.
    pub(crate) fn number(&self, event: &str) -> Option<usize> {
        let own = self.steps.iter().position(|step| step.id == event);
        own.or_else(|| self.meaning(built_in(event)?.means?))
    }

    /// The number of the first step with a meaning.
    pub(crate) fn meaning(&self, milestone: Milestone) -> Option<usize> {
        self.steps.iter().position(|step| step.means == Some(milestone))
    }

    /// The meaning of an event for the engine.
    pub(crate) fn milestone(&self, event: &str) -> Option<Milestone> {
        let own = self.steps.iter().find(|step| step.id == event);
        own.or_else(|| built_in(event))?.means
    }

    /// Whether a step waits for another, itself or through others.
    pub(crate) fn waits_for(&self, number: usize, other: usize) -> bool {
        let after = |number: &usize| Some(self.steps.get(*number)?.within?.after);
        std::iter::successors(after(&number), after).any(|before| before == other)
    }

    /// Whether two steps wait for the same one, so that either may come first.
    pub(crate) fn are_beside(&self, number: usize, other: usize) -> bool {
        let after = |number: usize| self.steps.get(number).and_then(|step| step.within).map(|within| within.after);
        after(number).is_some() && after(number) == after(other)
    }

    /// The words that an event can be: the ids of the steps, and the five that every evaluation can have.
    pub(crate) fn events(&self) -> impl Iterator<Item = &str> {
        let own = self.steps.iter().map(|step| step.id.as_str());
        let built_in = DEFAULT.steps.iter().map(|step| step.id.as_str());
        own.chain(built_in.filter(|id| !self.steps.iter().any(|step| step.id == *id)))
    }

    /// The name of an event as it is printed.
    pub(crate) fn label<'a>(&'a self, event: &'a str) -> &'a str {
        let own = self.steps.iter().find(|step| step.id == event);
        own.or_else(|| built_in(event)).map_or(event, |step| step.label.as_str())
    }
}

impl Rubric {
    /// The process of an evaluation: the rubric's own, or else the five events that every evaluation can have, without
    /// deadlines.
    pub fn process(&self) -> &Process {
        self.0.process.as_ref().unwrap_or(&DEFAULT)
    }

    /// The process, where the rubric has one of its own.
    pub fn own_process(&self) -> Option<&Process> {
        self.0.process.as_ref()
    }
}

/// The step of one of the five events that every evaluation can have.
fn built_in(event: &str) -> Option<&'static ProcessStep> {
    DEFAULT.steps.iter().find(|step| step.id == event)
}

/// The process of a rubric without one.
static DEFAULT: LazyLock<Process> = LazyLock::new(|| {
    let step = |id: &str, label: &str, who, optional, means| ProcessStep {
        id: id.to_owned(),
        label: label.to_owned(),
        who,
        by: None,
        within: None,
        optional,
        count: 1,
        kind: None,
        means: Some(means),
        note: None,
    };
    Process {
        steps: vec![
            step("observed", "Observed", Who::Evaluator, true, Milestone::Observed),
            step("conferred", "Conferred", Who::Both, false, Milestone::Conferred),
            step("delivered", "Delivered", Who::Evaluator, false, Milestone::Delivered),
            step("acknowledged", "Acknowledged receipt", Who::Employee, false, Milestone::Acknowledged),
            step("responded", "Responded", Who::Employee, true, Milestone::Responded),
        ],
        calendar: Calendar::default(),
        shared_from: Some(2),
        note: None,
    }
});

/// The name of a step without one: that of the event with its id, or the id in words.
pub(crate) fn usual_label(id: &str) -> String {
    match built_in(id) {
        Some(step) => step.label.clone(),
        None if id == "self_evaluation" => "Self-evaluation".to_owned(),
        None => in_words(id),
    }
}

/// The meaning of a step by its id.
pub(crate) fn meant_by(id: &str) -> Option<Milestone> {
    Some(match id {
        "self_evaluation" => Milestone::SelfEvaluation,
        "observed" | "observation" => Milestone::Observed,
        "conferred" | "conference" => Milestone::Conferred,
        "delivered" => Milestone::Delivered,
        "acknowledged" => Milestone::Acknowledged,
        "responded" | "response" => Milestone::Responded,
        "completed" | "final" => Milestone::Completed,
        _ => return None,
    })
}

impl Milestone {
    /// The word that documents write: `delivered`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfEvaluation => "self_evaluation",
            Self::Observed => "observed",
            Self::Conferred => "conferred",
            Self::Delivered => "delivered",
            Self::Acknowledged => "acknowledged",
            Self::Responded => "responded",
            Self::Completed => "completed",
        }
    }
}

impl Who {
    /// `employee`, `evaluator` or `both`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Evaluator => "evaluator",
            Self::Both => "both",
        }
    }

    /// The name that is printed: "Employee and evaluator".
    pub fn label(self) -> &'static str {
        match self {
            Self::Employee => "Employee",
            Self::Evaluator => "Evaluator",
            Self::Both => "Employee and evaluator",
        }
    }
}
