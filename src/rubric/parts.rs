//! The parts of a checked rubric that a host reads.

use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::exact::Exact;

use super::{Checklist, GoalOverride, Practice, ServiceDataKind};

/// The adoption of a rubric: the day and the body.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// adopted: { date: 2025-07-01, by: Board of Education }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let adopted = rubric.adopted().expect("the rubric says so");
/// assert_eq!((adopted.date(), adopted.by.as_deref()), ("2025-07-01".to_owned(), Some("Board of Education")));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Adopted {
    pub(crate) date: Date,
    /// The body, such as a board of education.
    pub by: Option<String>,
    /// The record of the decision.
    pub reference: Option<String>,
}

impl Adopted {
    /// The day, as `2025-07-01`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

/// A qualification that an evaluator needs to rate certain indicators.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let qualification = &rubric.qualifications()[0];
/// assert_eq!((qualification.id.as_str(), qualification.severity), ("school_social_work", appraise::Severity::Warning));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Qualification {
    /// The id that `evaluated_by` and evaluators use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The severity of a rating by an evaluator without the qualification.
    pub severity: Severity,
}

/// An area of competence, with competencies or with indicators of its own.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let domain = &rubric.domains()[2];
/// assert_eq!((domain.id.as_str(), domain.code.as_str()), ("assessment", "3"));
/// assert_eq!(domain.all_indicators().count(), 5);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Domain {
    /// The id, unique across the rubric.
    pub id: String,
    /// The printed number: `4`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// The full text.
    pub statement: Option<String>,
    /// Its competencies; empty where the domain has indicators of its own.
    pub competencies: Vec<Competency>,
    /// The domain's own indicators; empty where it has competencies. A domain that is rated itself has one, with its own id.
    pub indicators: Vec<Indicator>,
}

impl Domain {
    /// Every indicator under the domain, in order.
    pub fn all_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().chain(self.competencies.iter().flat_map(|competency| &competency.indicators))
    }
}

/// A competency within a domain.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let competency = rubric.domains().iter().flat_map(|domain| &domain.competencies).next().expect("there is one");
/// assert_eq!((competency.code.as_str(), competency.indicators.len()), ("4.1", 6));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Competency {
    /// The id, unique across the rubric.
    pub id: String,
    /// The printed number: `4.1`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// The full text.
    pub statement: String,
    /// Its indicators. A competency that is rated itself has one, with its own id.
    pub indicators: Vec<Indicator>,
}

/// An indicator: one statement about practice, which is rated.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let indicator = rubric.indicators().next().expect("there is one");
/// assert_eq!((indicator.id.as_str(), indicator.code.as_str()), ("self_growth", "1.1"));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Indicator {
    /// The id, unique across the rubric.
    pub id: String,
    /// The printed number: `4.1.3`.
    pub code: String,
    /// A short title.
    pub title: Option<String>,
    /// The statement that is rated.
    pub statement: String,
    /// Guidance for the evaluator. Each bullet of a list is a line that begins with `• `.
    pub guidance: Option<String>,
    /// The id of the qualification needed to rate it: its own, or else its competency's or domain's.
    pub evaluated_by: Option<String>,
    /// Whether its goal comes before others.
    pub critical: bool,
    /// The number of the scale that it is rated on, among [`Rubric::scales`](super::Rubric::scales).
    pub(crate) scale: usize,
    /// The descriptors, lowest level first, each with the level's index. Each bullet of a list is a line that begins with
    /// `• `.
    pub(crate) descriptors: Vec<(usize, String)>,
    /// The practices that its level follows from; `None` where an evaluator gives the level.
    pub(crate) checklist: Option<Box<Checklist>>,
    /// The texts of its goal that replace the template's.
    pub(crate) goal: GoalOverride,
    /// Its index in the whole rubric, from 0.
    pub(crate) index: usize,
}

impl Indicator {
    /// The descriptors, lowest level first, each with the level's index in [`Rubric::levels`](super::Rubric::levels). Each
    /// bullet of a list is a line that begins with `• `.
    pub fn descriptors(&self) -> impl Iterator<Item = (usize, &str)> {
        self.descriptors.iter().map(|(level, text)| (*level, text.as_str()))
    }

    /// The practices that its level follows from, in order; empty where an evaluator gives the level.
    pub fn practices(&self) -> &[Practice] {
        self.checklist.as_ref().map_or(&[], |checklist| &checklist.practices)
    }

    /// The descriptor of a level, by the level's index; `None` where the indicator has none.
    pub(crate) fn descriptor(&self, level: usize) -> Option<&str> {
        self.descriptors.iter().find(|(number, _)| *number == level).map(|(_, text)| text.as_str())
    }
}

/// An item of data that a host may report beside the ratings.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// for item in rubric.service_data() {
///     println!("{}: {}", item.id, item.label);
/// }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServiceData {
    /// The id that evaluations use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The kind of value.
    pub kind: ServiceDataKind,
    /// The source.
    pub source: Option<String>,
    /// A note for the reader, printed beside it.
    pub note: Option<String>,
}

/// The contact hours of professional development that a district expects. They are shown beside the hours attended; no
/// result calls anybody deficient.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let expected = rubric.professional_development().expect("the rubric says so");
/// assert_eq!((expected.contact_hours.to_u64(), expected.years), (Some(90), 5));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProfessionalDevelopment {
    /// Contact hours in a cycle.
    pub contact_hours: Exact,
    /// The cycle's length in years.
    pub years: u32,
    /// The people it applies to.
    pub applies_to: Option<String>,
    /// The source.
    pub source: Option<String>,
    /// A note for the reader, printed beside it.
    pub note: Option<String>,
}
