//! A scorecard, for JSON and templates.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostic;
use crate::evaluation::{self, Status, Type, Whom, Withheld};
use crate::exact::Shown;
use crate::rubric::{self, Rubric};
use crate::source::{Any, inline_schema};
use crate::view::view;

#[cfg(feature = "render")]
pub(crate) use super::followed::Followed;
use super::narrative::{Narrative, narratives};
pub(crate) use super::observation::Observation;
#[cfg(feature = "render")]
pub(crate) use super::observation::ObservedRating;
use super::observation::observations;
use super::orphan::{Orphan, orphans};
#[cfg(feature = "render")]
pub(crate) use super::practice::{Derived, Practice};
#[cfg(feature = "render")]
pub(crate) use super::rating::Evidence;
pub(crate) use super::rating::Rating;
use super::seal::{Amendment, Seal};
pub(crate) use super::steps::view::{Comes, Step, Summative};
pub(crate) use super::supervision::Supervision;
use super::{ScoredBy, Tally};

// `R` is an indicator's rating, with more fields for pages than for JSON. The domains, and the fingerprint, which takes long, are
// left out by `of`.
view! {
    /// Everything computed from an evaluation.
    #[derive(Debug)]
    pub(crate) struct Scorecard<'a, R = Rating<'a>> of |scorecard: &'a super::Scorecard|
    let evaluation = &scorecard.evaluation;
    let rubric = evaluation.rubric();
    let (employee, organization) = match evaluation.whom() {
        whom @ Whom::Employee(_) => (Some(Person::of(whom)), None),
        whom @ Whom::Organization(_) => (None, Some(Person::of(whom))),
    };
    {
        /// The rubric it was computed with.
        pub(crate) rubric: Reference<'a> = Reference::of(rubric),
        /// The scoring policy it was computed with; null where the rubric has none, or none for this type of evaluation.
        pub(crate) scoring: Option<ScoringReference<'a>> = scorecard
            .scored_by()
            .and_then(|policy| Some(ScoringReference::of(policy, rubric.scoring_fingerprint()?))),
        // `None` where the value is computed on demand.
        /// The fingerprint of the evaluation.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        pub(crate) fingerprint: Option<&'a str> = None,
        /// The employee, where the rubric is about an employee.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) employee: Option<Person<'a>> = employee,
        /// The organization, where the rubric is about an organization.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) organization: Option<Person<'a>> = organization,
        /// The evaluators.
        pub(crate) evaluators: Vec<Evaluator<'a>> = evaluation.evaluators().iter().map(Evaluator::of).collect(),
        /// The period that is evaluated.
        pub(crate) period: Period = (&evaluation.0.period).into(),
        /// The kind of evaluation.
        pub(crate) r#type: Type = evaluation.kind().clone(),
        /// The label of the kind, where it is the rubric's own.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) type_label: Option<&'a str> = match evaluation.kind() {
            Type::Own(kind) => Some(&kind.label),
            _ => None,
        },
        /// Draft or final.
        pub(crate) status: Status = evaluation.status(),
        /// The fact that this is a view of the evaluation that leaves something out; absent where it does not.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) withheld: Option<&'a Withheld> = evaluation.0.withheld.as_deref(),
        /// Whether every indicator in scope has an entry, or is judged as part of a whole.
        pub(crate) complete: bool = scorecard.is_complete(),
        /// The ids of the indicators in scope without an entry that still need one.
        pub(crate) unrated: Vec<&'a str> = evaluation.unrated().map(|indicator| indicator.id.as_str()).collect(),
        /// The parts that the employee was not assigned, each with the reason.
        pub(crate) not_assigned: Vec<NotAssigned<'a>> = evaluation
            .0
            .not_assigned
            .iter()
            .filter_map(|(id, why)| {
                let node = rubric.node(id)?;
                Some(NotAssigned { id, code: &node.code, title: node.label(), why })
            })
            .collect(),
        /// The tally of every indicator in scope.
        pub(crate) overall: Count<'a> = Count::of(&scorecard.overall, rubric, None),
        /// The domains, in the rubric's order.
        pub(crate) domains: Vec<Domain<'a, R>> = Vec::new(),
        /// The results of the scoring policy's steps; empty where the rubric has none.
        pub(crate) steps: Vec<Step<'a>> = scorecard.steps().iter().map(Step::of).collect(),
        /// The result of the last step; null where no scoring policy scores the evaluation, or its last step has several results.
        pub(crate) summative: Option<Summative<'a>> = scorecard.summative().map(Summative::of),
        /// The inputs that are results of earlier evaluations, each with its source; absent where the policy has none with a value.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub(crate) from_history: Vec<FromHistory<'a>> = FromHistory::of(evaluation),
        /// The texts beside the ratings; absent where there is none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub(crate) narratives: Vec<Narrative<'a>> = narratives(evaluation),
        /// The supervision in the period; absent where the rubric does not ask for it, or the evaluation says nothing of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) supervision: Option<Supervision<'a>> = Supervision::of(evaluation),
        /// The observations, in the order of their dates; absent where there is none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub(crate) observations: Vec<Observation<'a>> = observations(evaluation),
        /// The seal; absent before the evaluation is finished.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) seal: Option<Seal<'a>> = evaluation.seal().map(|seal| Seal::of(seal, evaluation)),
        /// The changes since it was sealed, oldest first; absent where there is none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub(crate) amendments: Vec<Amendment<'a>> = Amendment::all(evaluation),
        /// Entries without a home in the rubric; counted nowhere.
        pub(crate) orphaned: Vec<Orphan<'a>> = orphans(evaluation),
        /// The findings that did not stop scoring.
        pub(crate) diagnostics: Vec<&'a Diagnostic> = scorecard.diagnostics().iter().collect(),
        /// The value under the evaluation's `extra`; null without one.
        pub(crate) extra: Option<&'a Any> = evaluation.extra(),
    }
}

view! {
    /// A rubric, by what identifies it.
    #[derive(Debug)]
    pub(crate) struct Reference<'a> of |rubric: &'a Rubric|
    {
        id: &'a str = rubric.id(),
        version: String = rubric.version(),
        fingerprint: &'a str = rubric.fingerprint(),
    }
}

view! {
    /// A scoring policy, by what identifies it.
    #[derive(Debug)]
    pub(crate) struct ScoringReference<'a> of |scored_by: ScoredBy<'a>, fingerprint: &'a str|
    {
        fingerprint: &'a str = fingerprint,
        /// The id of the policy, where the rubric names it; of several policies the one that scored the evaluation.
        #[serde(skip_serializing_if = "Option::is_none")]
        policy: Option<&'a str> = scored_by.id,
        /// The name of the policy that people read.
        #[serde(skip_serializing_if = "Option::is_none")]
        policy_label: Option<&'a str> = scored_by.label,
    }
}

view! {
    /// An employee or an organization.
    #[derive(Debug)]
    pub(crate) struct Person<'a> of |whom: &'a Whom|
    {
        id: &'a str = whom.id(),
        name: &'a str = whom.name(),
        title: Option<&'a str> = whom.title(),
    }
}

view! {
    /// Somebody who evaluates.
    #[derive(Debug)]
    pub(crate) struct Evaluator<'a> of |evaluator: &'a evaluation::Evaluator|
    {
        id: &'a str = &evaluator.id,
        name: &'a str = &evaluator.name,
        title: Option<&'a str> = evaluator.title.as_deref(),
        /// The ids of the rubric's qualifications that the evaluator has.
        qualifications: &'a [String] = &evaluator.qualifications,
    }
}

/// An input that is the result of an earlier evaluation.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct FromHistory<'a> {
    /// The id of the input.
    input: &'a str,
    /// The name that is printed.
    label: &'a str,
    /// Where the value comes from: "2024-25, Summative rating: 3.2", or "entered".
    source: String,
}

impl<'a> FromHistory<'a> {
    fn of(evaluation: &'a evaluation::Evaluation) -> Vec<Self> {
        let Some(policy) = evaluation.policy() else { return Vec::new() };
        let (values, sources) = (evaluation.inputs(), evaluation.sources(policy));
        let with_value = policy.inputs.iter().zip(sources).enumerate().filter_map(|(at, (input, source))| {
            values.get(at)?.as_ref()?;
            Some(Self { input: &input.id, label: &input.label, source: source? })
        });
        with_value.collect()
    }
}

/// A span of days, both ends included.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Period {
    from: String,
    to: String,
}

impl From<&evaluation::Period> for Period {
    fn from(period: &evaluation::Period) -> Self {
        Self { from: period.from(), to: period.to() }
    }
}

/// A part that the employee was not assigned.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct NotAssigned<'a> {
    id: &'a str,
    code: &'a str,
    /// The title, or the statement where there is none.
    title: &'a str,
    why: &'a str,
}

view! {
    /// A node's tally.
    #[derive(Debug)]
    pub(crate) struct Count<'a> of |tally: &'a Tally, rubric: &'a Rubric, node: Option<&str>|
    {
        /// The number of indicators at each level.
        tally: Levels<'a> = Levels::of(tally, rubric, node),
        /// The number of indicators in scope.
        indicators: u32 = tally.indicators,
        /// The number of rated indicators; a not-rated level is no rating.
        rated: u32 = tally.rated,
        /// The number of rated indicators that meet expectations.
        met: u32 = tally.met,
        /// The number of rated indicators that are in no share, since they are rated with a number of which the scale does not
        /// say what meets expectations; absent when there are none.
        #[serde(skip_serializing_if = "is_zero")]
        in_no_share: u32 = tally.in_no_share,
        /// The number of indicators in scope without an entry that still need one.
        unrated: u32 = tally.unrated,
        /// The number of indicators in scope without an entry that need none, since an entered rating judges them as a whole;
        /// absent when there are none.
        #[serde(skip_serializing_if = "is_zero")]
        judged: u32 = tally.judged,
        /// The share of the rated indicators that meet expectations, but for those in no share; null when none is rated.
        share_met: Option<Shown> = tally.share_met().as_ref().map(Shown::from),
    }
}

impl<'a> Count<'a> {
    fn at(scorecard: &'a super::Scorecard, node: &'a rubric::Node) -> Option<Self> {
        Some(Self::of(scorecard.tally(node)?, scorecard.evaluation.rubric(), Some(&node.id)))
    }
}

/// A mapping from every level of the scales that the indicators are rated on to the number of indicators at it.
#[derive(Debug)]
pub(crate) struct Levels<'a> {
    tally: &'a Tally,
    levels: &'a [rubric::Level],
    /// The numbers of the levels, as people read them.
    in_print: Vec<usize>,
}

impl<'a> Levels<'a> {
    pub(crate) fn of(tally: &'a Tally, rubric: &'a Rubric, node: Option<&str>) -> Self {
        Self { tally, levels: rubric.levels(), in_print: rubric.printed_levels(node) }
    }
}

impl Serialize for Levels<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.in_print.len()))?;
        for number in &self.in_print {
            let Some(level) = self.levels.get(*number) else { continue };
            map.serialize_entry(&level.id, self.tally.levels.get(*number).unwrap_or(&0))?;
        }
        map.end()
    }
}

inline_schema! {
    Levels<'_>, "Levels", |_| {
        schemars::json_schema!({ "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } })
    }
}

/// A domain.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Domain<'a, R> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    statement: Option<&'a str>,
    #[serde(flatten)]
    count: Count<'a>,
    /// The domain's competencies; empty where it holds indicators directly.
    competencies: Vec<Competency<'a, R>>,
    /// The ratings of the domain's own indicators in scope.
    ratings: Vec<R>,
}

/// A competency.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Competency<'a, R> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    statement: &'a str,
    #[serde(flatten)]
    count: Count<'a>,
    /// The ratings of its indicators in scope.
    ratings: Vec<R>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl<'a, R> Domain<'a, R> {
    /// `None` for a node that is no domain.
    pub(crate) fn of(
        scorecard: &'a super::Scorecard,
        node: &'a rubric::Node,
        competencies: Vec<Competency<'a, R>>,
        ratings: Vec<R>,
    ) -> Option<Self> {
        Some(Self {
            id: &node.id,
            code: &node.code,
            title: node.title.as_deref()?,
            statement: node.statement.as_deref(),
            count: Count::at(scorecard, node)?,
            competencies,
            ratings,
        })
    }
}

impl<'a, R> Competency<'a, R> {
    /// `None` for a node that is no competency.
    pub(crate) fn of(scorecard: &'a super::Scorecard, node: &'a rubric::Node, ratings: Vec<R>) -> Option<Self> {
        Some(Self {
            id: &node.id,
            code: &node.code,
            title: node.title.as_deref()?,
            statement: node.statement.as_deref()?,
            count: Count::at(scorecard, node)?,
            ratings,
        })
    }
}

impl<'a> Scorecard<'a> {
    /// With the domains and the fingerprint.
    pub(crate) fn whole(scorecard: &'a super::Scorecard) -> Self {
        let evaluation = &scorecard.evaluation;
        let ratings = |node| -> Vec<Rating<'a>> {
            let own = evaluation.rubric().own_indicators(node).iter();
            let in_scope = own.filter(|indicator| evaluation.is_in_scope(indicator));
            in_scope.map(|indicator| Rating::of(evaluation, indicator)).collect()
        };
        let domains = evaluation.rubric().outline().nest(
            |node| Competency::of(scorecard, node, ratings(node)),
            |node, competencies| {
                Domain::of(scorecard, node, competencies.into_iter().flatten().collect(), ratings(node))
            },
        );
        Self {
            fingerprint: Some(evaluation.fingerprint()),
            domains: domains.into_iter().flatten().collect(),
            ..Self::of(scorecard)
        }
    }
}
