//! A checked rubric, with ways to walk and search it.

mod calendar;
mod goal;
mod instrument;
mod kind;
mod narrative;
mod observation;
mod occasion;
mod parts;
mod practice;
mod process;
mod supervision;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use semver::Version;
use serde::{Serialize, Serializer};

use crate::outline::Outline;
use crate::policy::Policy;
use crate::scale::Scales;
use crate::source::{self, Any, Origin, Warnings};
use crate::syntax;

pub use self::calendar::Calendar;
pub(crate) use self::goal::{
    DEFAULT_LIMIT as DEFAULT_GOAL_LIMIT, Due, GoalOverride, GoalPlan, GoalTemplate, GoalWhen, KNOWN_PLACEHOLDERS,
    MOST_ERRORS, Phrase, PhraseError,
};
pub use self::kind::{OwnKind, Type};
pub use self::narrative::{Narrative, NarrativeOf};
pub use self::observation::{ObservationKind, Observations};
pub use self::parts::{Adopted, Competency, Domain, Indicator, ProfessionalDevelopment, Qualification, ServiceData};
pub use self::practice::Practice;
pub(crate) use self::practice::{Checklist, Derivation, Rule};
pub use self::process::{Milestone, Process, ProcessStep, Who};
pub(crate) use self::process::{Time, Within, meant_by, usual_label};
pub use self::supervision::{Supervision, SupervisionKind};
pub(crate) use crate::outline::{Node, Tier};
pub use crate::scale::{Level, NumberRange, Scale};
pub use crate::syntax::observation::RecordRule;
pub use crate::syntax::rubric::{ServiceDataKind, Subject};

/// A competency rubric that has been checked: its ids are unique, its references hold, its scale is ordered.
///
/// Shared inside, and cheap to clone. [`Rubric::parse`] and [`Library`](crate::Library) return rubrics.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// assert_eq!((rubric.domains().len(), rubric.indicators().count()), (8, 67));
/// let deadlines = rubric.indicator("deadlines").expect("the rubric has it");
/// assert_eq!(deadlines.code, "7.2.4");
/// ```
#[derive(Debug, Clone)]
pub struct Rubric(pub(crate) Arc<RubricData>);

/// Writes the whole document, its base included, without the keys that have no value.
impl Serialize for Rubric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.origin.tree().serialize(serializer)
    }
}

/// The content of a rubric.
#[derive(Debug, Clone)]
pub(crate) struct RubricData {
    pub(crate) id: String,
    pub(crate) version: Version,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) subject: Subject,
    pub(crate) adopted: Option<Adopted>,
    pub(crate) effective: Option<(Date, Date)>,
    pub(crate) scales: Scales,
    /// By level of all scales: whether a rating at the level needs a comment.
    pub(crate) comment_required: Vec<bool>,
    pub(crate) kinds: Vec<OwnKind>,
    pub(crate) narratives: Vec<Narrative>,
    /// Of its own.
    pub(crate) process: Option<Process>,
    pub(crate) observations: Option<Observations>,
    pub(crate) qualifications: Vec<Qualification>,
    pub(crate) domains: Vec<Domain>,
    /// Every domain, competency and indicator.
    pub(crate) outline: Arc<Outline>,
    pub(crate) service_data: Vec<ServiceData>,
    pub(crate) professional_development: Option<ProfessionalDevelopment>,
    pub(crate) supervision: Option<Supervision>,
    pub(crate) goals: GoalPlan,
    /// The first that fits an evaluation scores the evaluation.
    pub(crate) policies: Vec<Policy>,
    pub(crate) extra: Option<Any>,
    /// The document as read, which the fingerprint is computed from.
    pub(crate) written: syntax::Rubric,
    pub(crate) fingerprint: OnceLock<String>,
    pub(crate) scoring_fingerprint: OnceLock<String>,
    /// The text it was read from.
    pub(crate) origin: Origin,
    /// The rubric it extends.
    pub(crate) base: Option<Rubric>,
    /// The warnings about it and its base, accepted or not, so that a rubric that extends it does not repeat them.
    pub(crate) warnings: Warnings,
}

impl Rubric {
    /// The id that evaluations use.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The semantic version: `1.0.0`.
    pub fn version(&self) -> String {
        self.0.version.to_string()
    }

    /// The name that is printed.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// The publisher.
    pub fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// The document it comes from.
    pub fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The language of its texts, such as `en-US`.
    pub fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// The rubric that this one extends.
    pub fn base(&self) -> Option<&Rubric> {
        self.0.base.as_ref()
    }

    /// The whole document as YAML, laid out as a person would write it, its base included.
    pub fn to_yaml(&self) -> String {
        source::yaml::write(self)
    }

    /// When and by whom it was adopted.
    pub fn adopted(&self) -> Option<&Adopted> {
        self.0.adopted.as_ref()
    }

    /// The first and the last day of effect, as `2025-07-01`; `None` where the rubric does not say.
    pub fn effective(&self) -> Option<(String, String)> {
        self.0.effective.map(|(from, to)| (from.to_string(), to.to_string()))
    }

    /// The value under `extra`; `None` without one.
    pub fn extra(&self) -> Option<&Any> {
        self.0.extra.as_ref()
    }

    /// The subject of evaluations: an employee or an organization.
    pub fn subject(&self) -> Subject {
        self.0.subject
    }

    /// The default scale.
    pub fn scale(&self) -> &Scale {
        self.all().default_scale()
    }

    /// The scales, the default one first.
    ///
    /// ```
    /// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
    /// assert_eq!(rubric.scales().len(), 1);
    /// ```
    pub fn scales(&self) -> &[Scale] {
        self.all().each()
    }

    /// The scale that an indicator is rated on.
    pub fn scale_of(&self, indicator: &Indicator) -> Option<&Scale> {
        self.scales().get(indicator.scale)
    }

    /// The levels of all scales: the rated ones of each scale in turn, lowest first, then the choices that are no rating.
    pub fn levels(&self) -> &[Level] {
        self.all().levels()
    }

    /// The level that a choice which is no rating counts as, by the choice's place in [`Rubric::levels`]; `None` for a rated level,
    /// and for a choice that is no number anywhere.
    pub fn counts_as(&self, level: usize) -> Option<&Level> {
        self.all().level(self.all().counts_as(level)?)
    }

    pub(crate) fn all(&self) -> &Scales {
        &self.0.scales
    }

    /// The numbers of the scales that the indicators at and under a node, or all, are rated on, in order.
    pub(crate) fn scales_under(&self, node: Option<&str>) -> Vec<usize> {
        if self.all().is_one() {
            return vec![0];
        }
        let indicators = node.and_then(|id| self.outline().find(id)).map(|node| node.indicators.clone());
        let is_under = |index: &usize| indicators.as_ref().is_none_or(|indicators| indicators.contains(index));
        let all = self.outline().indicators().iter().enumerate();
        let mut scales: Vec<usize> = all.filter(|(index, _)| is_under(index)).map(|(_, node)| node.scale).collect();
        scales.sort_unstable();
        scales.dedup();
        scales
    }

    /// The numbers, in [`Rubric::levels`], of the levels that the indicators at and under a node can have, or all indicators
    /// without one, as people read them: scale by scale.
    pub fn printed_levels(&self, node: Option<&str>) -> Vec<usize> {
        self.all().in_print(self.scales_under(node))
    }

    /// The kinds of evaluation that the rubric has beside the built-in ones.
    pub fn kinds(&self) -> &[OwnKind] {
        &self.0.kinds
    }

    /// Every kind of evaluation that can be made with the rubric: the built-in ones, then its own.
    pub fn types(&self) -> impl Iterator<Item = Type> {
        Type::BUILT_IN.into_iter().chain(self.kinds().iter().cloned().map(Type::Own))
    }

    /// The kind of evaluation that a word stands for, built-in or of the rubric's own; `None` for any other word.
    pub fn type_of(&self, word: &str) -> Option<Type> {
        self.types().find(|kind| kind.id() == word)
    }

    /// The qualifications that evaluators need to rate certain indicators.
    pub fn qualifications(&self) -> &[Qualification] {
        &self.0.qualifications
    }

    /// The domains, in order.
    pub fn domains(&self) -> &[Domain] {
        &self.0.domains
    }

    /// Every indicator, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.0.domains.iter().flat_map(Domain::all_indicators)
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicator_at(self.node(id).filter(|node| node.is_rated)?.indicators.start)
    }

    /// The printed number of the domain, competency or indicator with this id.
    pub fn code(&self, id: &str) -> Option<&str> {
        self.node(id).map(|node| node.code.as_str())
    }

    /// The indicator with this index, from 0, in the order of the rubric.
    pub(crate) fn indicator_at(&self, index: usize) -> Option<&Indicator> {
        let node = self.0.outline.indicators().get(index)?;
        let place = if node.is_rated_itself() { 0 } else { node.place };
        self.own_indicators(self.0.outline.heading(node)).get(place)
    }

    /// The indicators that are in a domain, or in a competency, themselves.
    pub(crate) fn own_indicators(&self, node: &Node) -> &[Indicator] {
        let domain = |node: &Node| self.0.domains.get(node.place);
        let parent = || self.0.outline.get(node.parent?);
        let indicators = match node.tier {
            Tier::Domain => domain(node).map(|domain| &domain.indicators),
            _ => parent().and_then(domain).and_then(|domain| Some(&domain.competencies.get(node.place)?.indicators)),
        };
        indicators.map_or(&[], |indicators| indicators)
    }

    /// The data that a host may report beside the ratings.
    pub fn service_data(&self) -> &[ServiceData] {
        &self.0.service_data
    }

    /// The contact hours that the district expects; `None` where the rubric does not say.
    pub fn professional_development(&self) -> Option<&ProfessionalDevelopment> {
        self.0.professional_development.as_ref()
    }

    /// `sha256:` and 64 hex digits over the instrument: id, version, subject, scale, kinds, narratives, observations, qualifications, the rule for practices, and every domain,
    /// competency and indicator with all their text. Any word of an indicator changes it; comments, key order, goals,
    /// service data and the process do not.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| instrument::fingerprint(&self.0.written))
    }

    /// `sha256:` and 64 hex digits over the scoring policy as written; `None` without one.
    pub fn scoring_fingerprint(&self) -> Option<&str> {
        let scoring = self.0.written.scoring.as_ref().filter(|_| !self.0.policies.is_empty())?;
        Some(self.0.scoring_fingerprint.get_or_init(|| crate::fingerprint::of(scoring)))
    }

    /// The results that the scoring policy computes, in its order: the step's id, and the id of the domain or competency,
    /// where the step has a result for each. Empty without a policy.
    pub fn results(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let results = self.0.policies.iter().flat_map(|policy| {
            (0..policy.slots).filter_map(|slot| {
                let (step, subject) = policy.at(slot)?;
                Some((step.id.as_str(), policy.subject(step, subject).map(|node| node.id.as_str())))
            })
        });
        let mut seen = HashSet::new();
        results.filter(move |result| seen.insert(*result))
    }

    /// The levels at which a rating needs a comment.
    pub(crate) fn comment_required(&self) -> impl Iterator<Item = &Level> {
        let levels = self.levels().iter().zip(&self.0.comment_required);
        levels.filter(|(_, required)| **required).map(|(level, _)| level)
    }

    /// Every domain, competency and indicator, with what is derived from its place.
    pub(crate) fn outline(&self) -> &Outline {
        &self.0.outline
    }

    pub(crate) fn node(&self, id: &str) -> Option<&Node> {
        self.0.outline.find(id)
    }

    /// The number of indicators.
    pub(crate) fn size(&self) -> usize {
        self.0.outline.indicators().len()
    }

    pub(crate) fn qualification(&self, id: &str) -> Option<&Qualification> {
        self.0.qualifications.iter().find(|qualification| qualification.id == id)
    }
}
