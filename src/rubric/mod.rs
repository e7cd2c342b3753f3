//! A checked rubric, with ways to walk and search it.

mod goal;
mod instrument;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use semver::Version;
use serde::{Serialize, Serializer};

use crate::diagnostic::Severity;
use crate::exact::Exact;
use crate::policy::Policy;
use crate::source::{self, Any, Origin, Warnings};
use crate::syntax;

pub(crate) use self::goal::{
    DEFAULT_LIMIT as DEFAULT_GOAL_LIMIT, Due, GoalOverride, GoalPlan, GoalTemplate, GoalWhen, KNOWN_PLACEHOLDERS,
    MOST_ERRORS, Phrase, PhraseError,
};
pub use crate::scale::{Level, Scale};
pub(crate) use crate::syntax::rubric::Tier;
pub use crate::syntax::rubric::{ServiceDataKind, Subject};

/// A competency rubric that has been checked: its ids are unique, its references hold, its scale is ordered.
///
/// It is shared inside and cheap to clone. [`Rubric::parse`] and [`Library`](crate::Library) give one.
#[derive(Debug, Clone)]
pub struct Rubric(pub(crate) Arc<Parts>);

/// The document, whole: what it extends is part of it, and keys without a value are left out.
impl Serialize for Rubric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.origin.tree().serialize(serializer)
    }
}

/// What a rubric consists of.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) id: String,
    pub(crate) version: Version,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) subject: Subject,
    pub(crate) adopted: Option<Adopted>,
    pub(crate) effective: Option<(Date, Date)>,
    pub(crate) scale: Scale,
    /// By level: whether a rating at it wants a comment.
    pub(crate) comment_required: Vec<bool>,
    pub(crate) qualifications: Vec<Qualification>,
    pub(crate) domains: Vec<Domain>,
    /// Every domain, competency and indicator by id.
    pub(crate) nodes: HashMap<String, Node>,
    /// Their ids by the number that is printed.
    pub(crate) by_code: HashMap<String, String>,
    pub(crate) service_data: Vec<ServiceData>,
    pub(crate) professional_development: Option<ProfessionalDevelopment>,
    pub(crate) goals: GoalPlan,
    pub(crate) policy: Option<Policy>,
    pub(crate) extra: Option<Any>,
    /// The document it was read from, which the fingerprint is of.
    pub(crate) written: syntax::Rubric,
    pub(crate) fingerprint: OnceLock<String>,
    pub(crate) scoring_fingerprint: OnceLock<String>,
    /// The text it was read from.
    pub(crate) origin: Origin,
    /// The rubric it extends.
    pub(crate) base: Option<Rubric>,
    /// What was found in it and in its base, accepted or not, so that one that extends it need not hear of it again.
    pub(crate) warnings: Warnings,
}

/// Where an id leads.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) tier: Tier,
    pub(crate) code: String,
    /// The title, or the statement where there is none.
    pub(crate) label: String,
    /// The indicators at and under it, by their number in the whole rubric.
    pub(crate) indicators: Range<usize>,
}

/// When and by whom a rubric was adopted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Adopted {
    pub(crate) date: Date,
    /// The body, such as a board of education.
    pub by: Option<String>,
    /// Where the decision is recorded.
    pub reference: Option<String>,
}

impl Adopted {
    /// The day, as `2025-07-01`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

/// Something an evaluator must be to rate certain indicators.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Qualification {
    /// What `evaluated_by` and evaluators call it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What a rating by somebody without it is.
    pub severity: Severity,
}

/// An area of competence. It holds competencies, or indicators directly.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Domain {
    /// Unique across the rubric.
    pub id: String,
    /// The printed number: `4`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// The full text.
    pub statement: Option<String>,
    /// Its competencies; empty where it holds indicators directly.
    pub competencies: Vec<Competency>,
    /// The indicators that hang directly on it; empty where it holds competencies.
    pub indicators: Vec<Indicator>,
    /// The numbers of its indicators in the whole rubric.
    pub(crate) range: Range<usize>,
}

impl Domain {
    /// Every indicator under the domain, in order.
    pub fn all_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.placed_indicators().map(|(_, indicator)| indicator)
    }

    /// Every indicator under the domain, in order, each with the competency it is in.
    pub(crate) fn placed_indicators(&self) -> impl Iterator<Item = (Option<&Competency>, &Indicator)> {
        let direct = self.indicators.iter().map(|indicator| (None, indicator));
        let grouped = self
            .competencies
            .iter()
            .flat_map(|competency| competency.indicators.iter().map(move |indicator| (Some(competency), indicator)));
        direct.chain(grouped)
    }
}

/// A competency within a domain.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Competency {
    /// Unique across the rubric.
    pub id: String,
    /// The printed number: `4.1`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// The full text.
    pub statement: String,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
}

/// What is rated: one statement about practice.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Indicator {
    /// Unique across the rubric.
    pub id: String,
    /// The printed number: `4.1.3`.
    pub code: String,
    /// A short title.
    pub title: Option<String>,
    /// What is rated.
    pub statement: String,
    /// What to look for. Each bullet of a list is a line that begins with `• `.
    pub guidance: Option<String>,
    /// The id of the qualification that rating it wants, its own or that of what it is in.
    pub evaluated_by: Option<String>,
    /// Whether it comes first among goals.
    pub critical: bool,
    /// What each level looks like here, lowest first, by the level's number. Each bullet of a list is a line that begins with
    /// `• `.
    pub(crate) descriptors: Vec<(usize, String)>,
    /// What its goal says instead of the template.
    pub(crate) goal: GoalOverride,
    /// Its number in the whole rubric, from 0.
    pub(crate) index: usize,
}

impl Indicator {
    /// The levels that are described here, lowest first, each by its place in [`Scale::levels`] and with its descriptor. Each
    /// bullet of a list is a line that begins with `• `.
    pub fn descriptors(&self) -> impl Iterator<Item = (usize, &str)> {
        self.descriptors.iter().map(|(level, text)| (*level, text.as_str()))
    }

    /// What a level looks like here, by the level's number.
    pub(crate) fn descriptor(&self, level: usize) -> Option<&str> {
        self.descriptors.iter().find(|(number, _)| *number == level).map(|(_, text)| text.as_str())
    }
}

/// Something a host may report beside the ratings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServiceData {
    /// What evaluations call it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What is reported.
    pub kind: ServiceDataKind,
    /// Where it comes from.
    pub source: Option<String>,
    /// What a reader must know about it.
    pub note: Option<String>,
}

/// The contact hours of professional development that a district looks for. A yardstick: nothing is computed from it
/// that calls anybody deficient.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProfessionalDevelopment {
    /// Contact hours in a cycle.
    pub contact_hours: Exact,
    /// The cycle's length in years.
    pub years: u32,
    /// Whom it applies to.
    pub applies_to: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// What a reader must know about it.
    pub note: Option<String>,
}

impl Rubric {
    /// What evaluations call it.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The version, a semantic one: `1.0.0`.
    pub fn version(&self) -> String {
        self.0.version.to_string()
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// Who publishes it.
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

    /// The whole document as YAML, laid out as a person would write it: what the rubric extends is part of it.
    pub fn to_yaml(&self) -> String {
        source::yaml::write(self)
    }

    /// When and by whom it was adopted.
    pub fn adopted(&self) -> Option<&Adopted> {
        self.0.adopted.as_ref()
    }

    /// The first and the last day it is in effect, as `2025-07-01`.
    pub fn effective(&self) -> Option<(String, String)> {
        self.0.effective.map(|(from, to)| (from.to_string(), to.to_string()))
    }

    /// Whatever its author put under `extra`, to serialize.
    pub fn extra(&self) -> Option<&(impl Serialize + use<>)> {
        self.0.extra.as_ref()
    }

    /// Whether an evaluation is about an employee or an organization.
    pub fn subject(&self) -> Subject {
        self.0.subject
    }

    /// The ordered levels.
    pub fn scale(&self) -> &Scale {
        &self.0.scale
    }

    /// What an evaluator must be to rate certain indicators.
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
        self.indicator_at(self.0.nodes.get(id).filter(|node| node.tier == Tier::Indicator)?.indicators.start)
    }

    /// The indicator with this number, from 0, in the order of the rubric.
    pub(crate) fn indicator_at(&self, index: usize) -> Option<&Indicator> {
        let domain = self.0.domains.iter().find(|domain| domain.range.contains(&index))?;
        domain.all_indicators().nth(index.checked_sub(domain.range.start)?)
    }

    /// What a host may report beside the ratings.
    pub fn service_data(&self) -> &[ServiceData] {
        &self.0.service_data
    }

    /// The contact hours that are looked for, if any.
    pub fn professional_development(&self) -> Option<&ProfessionalDevelopment> {
        self.0.professional_development.as_ref()
    }

    /// `sha256:` and 64 hex digits over what an evaluation rests on: id, version, subject, scale, every domain, competency
    /// and indicator with all their text, qualifications. Any word of an indicator changes it; comments, key order, goals
    /// and service data do not.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| instrument::fingerprint(&self.0.written))
    }

    /// `sha256:` and 64 hex digits over the scoring policy as written; `None` without one.
    pub fn scoring_fingerprint(&self) -> Option<&str> {
        let scoring = self.0.written.scoring.as_ref().filter(|_| self.0.policy.is_some())?;
        Some(self.0.scoring_fingerprint.get_or_init(|| crate::fingerprint::of(scoring)))
    }

    /// The results that the scoring policy computes, in its order: the step's id, and the id of the domain or competency,
    /// where the step has a result for each. Empty without a policy.
    pub fn results(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.policy.iter().flat_map(|policy| {
            (0..policy.slots).filter_map(|slot| {
                let (step, subject) = policy.at(slot)?;
                Some((step.id.as_str(), policy.subject(step, subject).map(|node| node.id.as_str())))
            })
        })
    }

    /// Every id, in order: each domain, then what is in it.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.domains.iter().flat_map(|domain| {
            let competencies = domain.competencies.iter().flat_map(|competency| {
                std::iter::once(competency.id.as_str())
                    .chain(competency.indicators.iter().map(|indicator| indicator.id.as_str()))
            });
            let direct = domain.indicators.iter().map(|indicator| indicator.id.as_str());
            std::iter::once(domain.id.as_str()).chain(direct).chain(competencies)
        })
    }

    /// The levels at which a rating wants a comment.
    pub(crate) fn comment_required(&self) -> impl Iterator<Item = &Level> {
        let levels = self.scale().levels().iter().zip(&self.0.comment_required);
        levels.filter(|(_, required)| **required).map(|(level, _)| level)
    }

    pub(crate) fn node(&self, id: &str) -> Option<&Node> {
        self.0.nodes.get(id)
    }

    /// How many indicators there are.
    pub(crate) fn size(&self) -> usize {
        self.0.domains.last().map_or(0, |domain| domain.range.end)
    }

    pub(crate) fn qualification(&self, id: &str) -> Option<&Qualification> {
        self.0.qualifications.iter().find(|qualification| qualification.id == id)
    }
}
