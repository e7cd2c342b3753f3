//! Views: the part of an evaluation that a role is shown, and from which moment on.

mod nameless;
mod unshared;

use std::fmt;

use serde::Serialize;

use crate::rubric::{Milestone, ProcessStep};

use super::{Evaluation, Happened, Status, Type};

/// Stands in a view for a text that an evaluation must have.
const NOT_SHOWN: &str = "Not shown";

/// The person who is shown an evaluation.
///
/// ```
/// assert_eq!(appraise::Role::Outsider.as_str(), "outsider");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The employee who is evaluated, or somebody for the organization.
    Employee,
    /// An evaluator, or somebody who administers evaluations.
    Evaluator,
    /// Anybody else, such as a peer or a member of the board.
    Outsider,
}

impl Role {
    /// The word for it: `employee`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Evaluator => "evaluator",
            Self::Outsider => "outsider",
        }
    }
}

/// The reason why a view leaves something out.
///
/// ```
/// assert_eq!(appraise::WhyWithheld::NotShared.as_str(), "not_shared");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WhyWithheld {
    /// The process does not share the evaluators' draft with the employee yet.
    NotShared,
    /// The evaluation is the employee's own, which is not shared.
    SelfEvaluation,
    /// The evaluation is a draft.
    Draft,
    /// Names, and everything written in words, are for the employee and the evaluators.
    Names,
}

impl WhyWithheld {
    /// The word for it: `not_shared`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotShared => "not_shared",
            Self::SelfEvaluation => "self_evaluation",
            Self::Draft => "draft",
            Self::Names => "names",
        }
    }
}

/// The fact that a view leaves something out: why, and the step of the process that shows it.
///
/// ```
/// use appraise::{Library, Role, WhyWithheld};
///
/// let text = "
/// rubric: { id: connecticut_district_supports }
/// organization: { id: D-1, name: Harlow Public Schools }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: { }";
/// let draft = Library::bundled().check("harlow.yaml", text).value.expect("it keeps every rule");
/// let view = draft.view(Role::Employee);
/// let withheld = view.withheld().expect("the draft is not delivered");
/// assert_eq!((withheld.why, withheld.step.as_deref()), (WhyWithheld::NotShared, Some("delivered")));
/// assert_eq!(withheld.to_string(), "the ratings, and what is written with them, are shared with the employee from the step `delivered` (Delivered) on");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Withheld {
    /// The person who is shown the evaluation.
    pub role: Role,
    /// The reason.
    pub why: WhyWithheld,
    /// The id of the step of the process that shares it; null where none does.
    pub step: Option<String>,
    /// The reason in words, with the step.
    pub reason: String,
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// The part of an evaluation that a role is shown; made by [`Evaluation::view`].
///
/// ```
/// use appraise::{Evaluation, Library, Role, Rubric};
///
/// let rubric = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// process: { steps: [{ id: delivered, by: 05-15 }, { id: acknowledged, who: employee }, { id: final }] }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let text = "
/// rubric: { id: plan }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: { calendar: { level: has_not_met, comment: It was empty in May. } }";
/// let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
/// let draft = Evaluation::parse("rivera.yaml", text, &rubric)?;
/// let shown = draft.view(Role::Employee).into_evaluation().expect("the dates are shown, and nothing of the ratings");
/// assert_eq!(shown.score().overall().rated, 0);
/// assert!(!shown.to_yaml().contains("May"));
///
/// let delivered = Evaluation::parse("rivera.yaml", &format!("{text}\nrecord: [{{ date: 2026-05-11, event: delivered }}]"), &rubric)?;
/// assert!(delivered.view(Role::Employee).is_whole());
/// assert!(delivered.view(Role::Outsider).evaluation().is_none(), "a draft is for the two sides only");
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct View {
    evaluation: Option<Evaluation>,
    withheld: Option<Withheld>,
}

impl View {
    /// The evaluation without what the role is not shown, from which every page and all data can be made; `None` where the role
    /// is shown nothing of it.
    pub fn evaluation(&self) -> Option<&Evaluation> {
        self.evaluation.as_ref()
    }

    /// As [`View::evaluation`], taken out.
    pub fn into_evaluation(self) -> Option<Evaluation> {
        self.evaluation
    }

    /// The reason why something is left out; `None` where the view is the whole evaluation.
    pub fn withheld(&self) -> Option<&Withheld> {
        self.withheld.as_ref()
    }

    /// Whether the role is shown the whole evaluation.
    pub fn is_whole(&self) -> bool {
        self.withheld.is_none()
    }
}

impl Evaluation {
    /// The part of the evaluation that a role is shown.
    ///
    /// **An evaluator** is shown everything, but nothing of a self-evaluation that the employee does not share.
    ///
    /// **The employee** is shown everything of their self-evaluation. Of another evaluation they are shown everything from the
    /// moment on at which it is shared: when the step that the process names under `shared_from` has happened, as often as it
    /// is to happen; or when the evaluation is final, unless that step comes after the one that means `completed`. Before, they
    /// are shown what both sides know: the people, the period, the type and the status, the parts in scope (a reason why a
    /// part is not assigned reads "Not shown"), the events without their notes, the day, kind, place, length and observer of
    /// each observation, sessions of supervision without their notes, goals that are agreed or worked on, trainings and
    /// contact hours, and the employee's responses. Nothing else remains.
    ///
    /// **An outsider** is shown final evaluations that are shared with the employee, and no self-evaluation. There remain the
    /// rubric, the period, the type, the parts in scope, the ratings with the practices seen, the day and kind of observations
    /// with their ratings, the inputs and entered ratings of the scoring policy, and an organization's name. Employee and
    /// evaluators have no names; nothing that somebody wrote in words remains. In a small staff the ratings alone may tell who
    /// it is: for the numbers of many, a [summary](crate::summary) withholds such cells.
    ///
    /// Events count as they are recorded, whatever the day. A view that leaves something out is for showing, and takes no
    /// changes ([`Error::PartialView`](crate::Error::PartialView)): it has no seal, no findings, and a fingerprint of its own.
    pub fn view(&self, role: Role) -> View {
        let whole = || View { evaluation: Some(self.clone()), withheld: None };
        let nothing = |withheld| View { evaluation: None, withheld: Some(withheld) };
        let withheld = |why, step: Option<&ProcessStep>, reason: String| Withheld {
            role,
            why,
            step: step.map(|step| step.id.clone()),
            reason,
        };
        // A view of a view shows no more than that one.
        if let Some(before) = &self.0.withheld {
            return View { evaluation: Some(self.clone()), withheld: Some((**before).clone()) };
        }
        let is_self = *self.kind() == Type::SelfEvaluation;
        match role {
            Role::Employee if is_self => whole(),
            Role::Evaluator if self.is_shared() => whole(),
            Role::Evaluator => nothing(withheld(
                WhyWithheld::SelfEvaluation,
                None,
                "this self-evaluation is shared with the evaluators when the employee writes `shared: true`".to_owned(),
            )),
            Role::Outsider if is_self => nothing(withheld(
                WhyWithheld::SelfEvaluation,
                None,
                "a self-evaluation is shown to the employee, and to the evaluators where it is shared".to_owned(),
            )),
            Role::Outsider if self.status() == Status::Draft => nothing(withheld(
                WhyWithheld::Draft,
                None,
                "a draft is shown to nobody but the employee and the evaluators".to_owned(),
            )),
            _ if !self.is_shared_with_employee() => {
                let step = self.rubric().process().shared_from();
                let withheld = withheld(WhyWithheld::NotShared, step, self.not_shared(step));
                match role {
                    Role::Employee => self.partly(unshared::of(self), withheld),
                    _ => nothing(withheld),
                }
            }
            Role::Employee => whole(),
            Role::Outsider => {
                let words = "names, and everything written in words, are for the employee and the evaluators";
                self.partly(nameless::of(self), withheld(WhyWithheld::Names, None, words.to_owned()))
            }
        }
    }

    fn partly(&self, mut data: super::EvaluationData, withheld: Withheld) -> View {
        data.withheld = Some(Box::new(withheld.clone()));
        View { evaluation: Some(Self(data.into())), withheld: Some(withheld) }
    }

    /// Whether the employee sees an evaluation of theirs by others.
    fn is_shared_with_employee(&self) -> bool {
        let process = self.rubric().process();
        let happened = self.happened();
        let days = Happened::by_step(happened.iter(), process);
        let has_happened = |number: usize| {
            let wanted = process.steps().get(number).map_or(0, ProcessStep::times);
            days.get(number).is_some_and(|days| days.len() >= wanted)
        };
        let is_later =
            |number: usize| process.meaning(Milestone::Completed).is_some_and(|completed| number > completed);
        match process.shared_from {
            Some(number) => has_happened(number) || (self.status() == Status::Final && !is_later(number)),
            None => self.status() == Status::Final,
        }
    }

    /// The moment at which it is shared with the employee, in words.
    fn not_shared(&self, step: Option<&ProcessStep>) -> String {
        let what = "the ratings, and what is written with them, are shared with the employee";
        match step {
            Some(ProcessStep { id, label, count: 1, .. }) => format!("{what} from the step `{id}` ({label}) on"),
            Some(ProcessStep { id, label, count, .. }) => {
                format!("{what} when the step `{id}` ({label}) has happened {count} times")
            }
            None => format!("{what} when the evaluation is final: the process names no earlier step"),
        }
    }
}
