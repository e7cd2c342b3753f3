//! Observations: the occasions of a period on which indicators are rated.

use crate::syntax::observation::RecordRule;

use super::{Indicator, Rubric};

/// The observations that a rubric has evaluations rest on: their kinds, and the rule by which ratings follow from them.
///
/// ```
/// use appraise::{Library, RecordRule, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// observations:
///   kinds:
///     - { id: announced, label: Announced observation, at_least: 1 }
///     - { id: walkthrough, label: Walkthrough, scope: [practice] }
///   at_most: 8
///   rating: latest
/// domains:
///   - { id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }
///   - { id: practice, title: Practice, indicators: [{ id: circles, statement: Leads circles. }] }";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let observations = rubric.observations().expect("the rubric has them");
/// assert_eq!((observations.at_most, observations.rating), (Some(8), RecordRule::Latest));
/// let [announced, walkthrough] = &*observations.kinds else { panic!("it has two kinds") };
/// assert_eq!((announced.at_least, walkthrough.at_least), (1, 0));
/// let calendar = rubric.indicator("calendar").expect("the rubric has it");
/// assert!(announced.rates(calendar) && !walkthrough.rates(calendar));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Observations {
    /// The kinds of observation, in order.
    pub kinds: Vec<ObservationKind>,
    /// The most observations in one evaluation; `None` without a limit.
    pub at_most: Option<u32>,
    /// The rule by which the ratings of record follow.
    pub rating: RecordRule,
}

/// A kind of observation.
///
/// ```
/// # use appraise::{Library, Rubric};
/// # let text = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # observations: { kinds: [{ id: walkthrough, label: Walkthrough }] }
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// # let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let walkthrough = rubric.observations().and_then(|all| all.kind("walkthrough")).expect("the rubric has it");
/// assert_eq!((walkthrough.label.as_str(), walkthrough.scope.is_empty()), ("Walkthrough", true));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ObservationKind {
    /// The id that evaluations use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The ids, of any tier, of the parts that an observation of this kind rates; empty for the whole rubric.
    pub scope: Vec<String>,
    /// The number of observations of this kind that a final evaluation needs.
    pub at_least: u32,
    /// By indicator, whether it is in the scope; empty for the whole rubric.
    pub(crate) holds: Vec<bool>,
}

impl Observations {
    /// The kind with this id.
    pub fn kind(&self, id: &str) -> Option<&ObservationKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }
}

impl ObservationKind {
    /// Whether an observation of this kind rates an indicator.
    pub fn rates(&self, indicator: &Indicator) -> bool {
        self.holds_index(indicator.index)
    }

    pub(crate) fn holds_index(&self, indicator: usize) -> bool {
        self.holds.is_empty() || self.holds.get(indicator).copied().unwrap_or_default()
    }
}

impl Rubric {
    /// The observations of a period; `None` where the rubric has none.
    pub fn observations(&self) -> Option<&Observations> {
        self.0.observations.as_ref()
    }

    pub(crate) fn observation_kind(&self, id: &str) -> Option<&ObservationKind> {
        self.observations()?.kind(id)
    }

    /// The rule by which ratings follow from observations; `None` where none follows.
    pub(crate) fn record_rule(&self) -> Option<RecordRule> {
        self.observations().map(|observations| observations.rating).filter(|rule| *rule != RecordRule::Entered)
    }
}
