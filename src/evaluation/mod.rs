//! A checked evaluation.

mod build;
mod happened;
mod hours;
mod migration;
mod narrative;
mod normalized;
mod observation;
mod parts;
pub(crate) mod placeholder;
mod policy;
mod practice;
mod seal;
mod supervision;
mod view;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostics;
use crate::exact::{Decimal, Exact};
use crate::policy::{InputValue, Policy};
use crate::rubric::{Indicator, Level, Qualification, Rubric};
use crate::source::{Any, Field};
use crate::syntax;
use crate::syntax::evaluation::Stated;

pub(crate) use self::happened::{Days, Happened};
pub use self::migration::{GivenFor, Migration, Orphan};
pub(crate) use self::observation::{Chosen, choose};
pub use self::observation::{Followed, Observation};
pub use self::parts::{
    AgreedGoal, Assignment, Certificate, Employee, Evaluator, Event, Evidence, Organization, Period, Rating, Remark,
    Response, RubricReference, SupervisionSession, Training, Whom,
};
pub(crate) use self::parts::{Entry, Follows, FromEarlier, Given, IndicatorTexts, Seen, ServiceValue};
pub(crate) use self::policy::Applying;
pub use self::practice::Derived;
pub use self::seal::{Amendment, Seal, SealedResult};
pub use self::supervision::{Supervised, SupervisionCount, SupervisionGap};
pub use self::view::{Role, View, WhyWithheld, Withheld};
pub use crate::rubric::Type;
pub use crate::syntax::evaluation::{GoalStatus, Status};
pub use crate::syntax::migration::OrphanKind;

/// The ratings of one employee (or organization) for one period, checked against the rubric they were made with.
///
/// Every rating in it is for an indicator in its scope and at a level of the scale, so scoring cannot fail. It is shared
/// inside and cheap to clone; it holds its rubric. `Serialize` writes it as the document it was read from.
///
/// ```
/// use appraise::{Evaluation, Library, Status, Type, Whom};
///
/// let text = std::fs::read_to_string("examples/evaluations/santos_two_evaluators.yaml")?;
/// let rubric = Library::bundled().rubric_for("santos.yaml", &text)?;
/// let evaluation = Evaluation::parse("santos.yaml", &text, &rubric)?;
/// assert_eq!((evaluation.kind(), evaluation.status()), (&Type::Formal, Status::Final));
/// let Whom::Employee(employee) = evaluation.whom() else { panic!("the rubric is about employees") };
/// assert_eq!(employee.assignments[0].school, "Tannery Brook Middle School");
///
/// let indicator = rubric.indicator("inventories").expect("the rubric has it");
/// let rating = evaluation.rating(indicator).expect("it is rated");
/// assert_eq!(evaluation.level(rating).map(|level| level.id.as_str()), Some("has_not_met"));
/// assert_eq!(rating.by.as_deref(), Some("E-0007"));
/// assert!(rating.comment.is_some() && rating.evidence.len() >= 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Evaluation(pub(crate) Arc<EvaluationData>);

/// The content of an evaluation.
#[derive(Clone)]
pub(crate) struct EvaluationData {
    pub(crate) rubric: Rubric,
    /// The document: what is not beside it here is as it was written.
    pub(crate) document: Arc<syntax::Evaluation>,
    /// The version and fingerprint as the document gives them.
    pub(crate) stated_version: Option<String>,
    pub(crate) stated_fingerprint: Option<String>,
    pub(crate) kind: Type,
    pub(crate) status: Status,
    pub(crate) whom: Whom,
    pub(crate) evaluators: Vec<Evaluator>,
    pub(crate) period: Period,
    /// Its scope is empty when the document answers for the whole rubric.
    pub(crate) stated: Stated,
    pub(crate) not_assigned: Vec<(String, String)>,
    /// Whether this document answers for each indicator.
    pub(crate) in_scope: Vec<bool>,
    /// The ratings, by indicator.
    pub(crate) ratings: Vec<Option<Rating>>,
    /// The remarks, by indicator without a rating.
    pub(crate) remarks: BTreeMap<usize, Remark>,
    pub(crate) observations: Vec<Observation>,
    /// The rubric's policy that applies; `None` where the rubric has none.
    pub(crate) applying: Option<Applying>,
    /// The values, by input of the scoring policy.
    pub(crate) inputs: Vec<Option<InputValue>>,
    /// The text that it was read from, kept only where inputs may be results of earlier evaluations: findings about these have
    /// places in it. `None` after a change in code.
    pub(crate) text: Option<Arc<str>>,
    /// The results of earlier evaluations, by input; empty where none was given. No part of the document.
    pub(crate) history: Vec<Option<FromEarlier>>,
    pub(crate) entered: Vec<Entry>,
    pub(crate) service_data: Vec<ServiceValue>,
    /// Whether an entered rating judges each indicator as a whole; computed on demand.
    pub(crate) judged: OnceLock<Vec<bool>>,
    /// Computed when it is first asked for.
    pub(crate) fingerprint: OnceLock<String>,
    /// The findings in its present state; computed on demand after a change in code.
    pub(crate) diagnostics: OnceLock<Diagnostics>,
    /// The fact that this is a view that leaves something out; no part of the document.
    pub(crate) withheld: Option<Box<Withheld>>,
}

/// Names no person and no text of the document, so that it can stand in a log.
impl fmt::Debug for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Evaluation");
        shown.field("rubric", &self.rubric().id()).field("kind", self.kind()).field("status", &self.status());
        shown.field("period", &self.period()).field("ratings", &self.0.ratings.iter().flatten().count());
        shown.field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

impl Evaluation {
    /// The rubric it was made against.
    pub fn rubric(&self) -> &Rubric {
        &self.0.rubric
    }

    /// Formal, interim, a self-evaluation, or of a kind of the rubric's own.
    pub fn kind(&self) -> &Type {
        &self.0.kind
    }

    /// Draft or final.
    pub fn status(&self) -> Status {
        self.0.status
    }

    /// The employee or organization.
    pub fn whom(&self) -> &Whom {
        &self.0.whom
    }

    /// The evaluators.
    pub fn evaluators(&self) -> &[Evaluator] {
        &self.0.evaluators
    }

    /// The time that is evaluated.
    pub fn period(&self) -> Period {
        self.0.period
    }

    /// Whether this document answers for an indicator: it is in its scope and assigned.
    pub fn is_in_scope(&self, indicator: &Indicator) -> bool {
        self.0.in_scope.get(indicator.index).copied().unwrap_or_default()
    }

    /// The rating of an indicator, unless it is unrated.
    pub fn rating(&self, indicator: &Indicator) -> Option<&Rating> {
        self.0.ratings.get(indicator.index)?.as_ref()
    }

    /// The comment and evidence of an indicator without a level; `None` when it has none, or is rated.
    ///
    /// ```
    /// use appraise::Library;
    ///
    /// let text = "
    /// rubric: { id: connecticut_school_social_work }
    /// employee: { id: E-1042, name: Jordan Rivera }
    /// evaluators: [{ id: E-0007, name: Priya Shah }]
    /// period: { from: 2025-08-25, to: 2026-06-12 }
    /// ratings: { deadlines: { comment: Three reports in October were late. } }
    /// ";
    /// let evaluation = Library::bundled().check("rivera.yaml", text).value.expect("a draft may hold a comment without a level");
    /// let deadlines = evaluation.rubric().indicator("deadlines").expect("the rubric has it");
    /// let remark = evaluation.remark(deadlines).expect("there is a comment");
    /// assert_eq!(remark.comment.as_deref(), Some("Three reports in October were late."));
    /// assert!(evaluation.rating(deadlines).is_none());
    /// ```
    pub fn remark(&self, indicator: &Indicator) -> Option<&Remark> {
        self.0.remarks.get(&indicator.index)
    }

    /// The texts of an indicator, rated or not.
    pub(crate) fn written(&self, indicator: &Indicator) -> Option<IndicatorTexts<'_>> {
        self.rating(indicator).map(IndicatorTexts::from).or_else(|| self.remark(indicator).map(IndicatorTexts::from))
    }

    /// The level of a rating, or the choice that is no rating, with its label; `None` for a number.
    pub fn level(&self, rating: &Rating) -> Option<&Level> {
        self.0.rubric.levels().get(rating.level()?)
    }

    /// The number of a rating on a number scale; `None` for a level or choice.
    ///
    /// ```
    /// use appraise::{Employee, Evaluation, Evaluator, Library, Period, Rubric, Whom};
    ///
    /// let text = "
    /// id: clerk
    /// version: 1.0.0
    /// title: Clerk
    /// scales: { fifteen_points: { from: 0, to: 15, places: 1, meets_at: 9, unit: points } }
    /// domains:
    ///   - id: office
    ///     title: Office
    ///     scale: fifteen_points
    ///     indicators: [{ id: portfolio, statement: Keeps a portfolio. }]";
    /// let rubric = Rubric::parse("clerk.yaml", text, &Library::empty())?;
    /// let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
    /// let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// evaluation.rate("portfolio", "12.5")?;
    /// let portfolio = rubric.indicator("portfolio").expect("the rubric has it");
    /// let rating = evaluation.rating(portfolio).expect("it is rated");
    /// assert_eq!(evaluation.number(rating).map(|number| number.shown()), Some("12.5".to_owned()));
    /// assert!(evaluation.level(rating).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn number(&self, rating: &Rating) -> Option<Exact> {
        rating.number().map(Decimal::exact)
    }

    /// A rating as people call it: the level's label, or the number with its unit.
    pub(crate) fn said(&self, indicator: &Indicator, rating: &Rating) -> Option<Cow<'_, str>> {
        match rating.number() {
            Some(number) => Some(self.0.rubric.scale_of(indicator)?.range()?.label(number).into()),
            None => Some(self.level(rating)?.label.as_str().into()),
        }
    }

    /// Whether a rating counts as one: a number, or a level; not a choice that is no rating.
    pub(crate) fn is_rated(&self, rating: &Rating) -> bool {
        rating.level().is_none_or(|level| self.0.rubric.all().is_rated(level))
    }

    /// The indicators in scope that have no level and still need one, in order; some may have a
    /// [remark](Evaluation::remark). One that [is judged](Evaluation::is_judged) as part of a whole needs none.
    pub fn unrated(&self) -> impl Iterator<Item = &Indicator> {
        self.0.rubric.indicators().filter(|indicator| {
            self.is_in_scope(indicator) && self.rating(indicator).is_none() && !self.is_judged(indicator)
        })
    }

    /// Whether an indicator in scope has no level because an entered rating judges the part of the rubric that it is in as a
    /// whole, and the scoring policy says `entered: { without_ratings: true }`.
    pub fn is_judged(&self, indicator: &Indicator) -> bool {
        let is_judged = self.judged_whole().get(indicator.index) == Some(&true);
        is_judged && self.is_in_scope(indicator) && self.rating(indicator).is_none()
    }

    /// By indicator: whether an entered rating judges it as part of a whole, rated itself or not; empty where none does.
    pub(crate) fn judged_whole(&self) -> &[bool] {
        self.0.judged.get_or_init(|| self.judged())
    }

    /// The day it was completed, as `2026-05-29`.
    pub fn completed_on(&self) -> Option<String> {
        self.0.stated.completed_on.map(|date| date.to_string())
    }

    /// Whether the evaluators may see it: an employee's self-evaluation only where it says `shared: true`, every other always.
    ///
    /// [`Evaluation::view`] shows nothing of one that is not shared. Where it is printed beside the ratings of others, a host asks
    /// before.
    pub fn is_shared(&self) -> bool {
        *self.kind() != Type::SelfEvaluation || self.0.document.shared.as_ref().and_then(Field::get) == Some(&true)
    }

    /// The ids, of any tier, of the parts it answers for; empty for the whole rubric.
    pub fn scope(&self) -> &[String] {
        &self.0.stated.scope
    }

    /// The parts that the employee was not assigned: the id, of any tier, and the reason.
    pub fn not_assigned(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.not_assigned.iter().map(|(id, why)| (id.as_str(), why.as_str()))
    }

    /// Data beside the ratings, by the rubric's id: a number in plain digits, or a text.
    pub fn service_data(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.service_data.iter().filter_map(|item| match &item.value {
            Any::Number(value) | Any::Text(value) => Some((item.id.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// Contact hours earlier in the certificate's cycle.
    pub fn contact_hours_before(&self) -> Option<&Exact> {
        Some(&self.0.document.contact_hours_before.as_ref()?.get()?.0)
    }

    /// Professional development in this period.
    pub fn professional_development(&self) -> &[Training] {
        &self.0.stated.professional_development
    }

    /// The evaluators' narrative.
    pub fn summary(&self) -> Option<&str> {
        self.0.document.summary.as_ref()?.text()
    }

    /// The responses of the employee.
    pub fn responses(&self) -> &[Response] {
        &self.0.stated.responses
    }

    /// The events of the evaluation, such as observations and conferences.
    pub fn record(&self) -> &[Event] {
        &self.0.stated.record
    }

    /// The name of an event as it is printed: that of the step of the rubric's process.
    pub fn event_label<'a>(&'a self, event: &'a Event) -> &'a str {
        self.rubric().process().label(&event.event)
    }

    /// The value under `extra`; `None` without one.
    pub fn extra(&self) -> Option<&Any> {
        self.0.document.extra.as_ref()?.get()
    }

    /// The goals that were agreed before, with how they stand.
    pub fn goals(&self) -> &[AgreedGoal] {
        &self.0.stated.goals
    }

    /// The documents that it was made from, by migrating them to other rubrics; oldest first.
    pub fn migrated_from(&self) -> &[Migration] {
        &self.0.stated.migrated_from
    }

    /// The entries without a home in the rubric, with the words they were given for; printed, and never counted.
    pub fn orphaned(&self) -> &[Orphan] {
        &self.0.stated.orphaned
    }

    /// `sha256:` and 64 hex digits over the document, defaults left out: the same however it was laid out.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| crate::fingerprint::of(self))
    }

    /// The evaluation with these warnings.
    pub(crate) fn accepted_with(mut self, diagnostics: &Diagnostics) -> Self {
        Arc::make_mut(&mut self.0).diagnostics = OnceLock::from(diagnostics.clone());
        self
    }

    /// The evaluation with the text that it was read from, where findings about earlier evaluations may need that.
    pub(crate) fn read_from(mut self, text: &str) -> Self {
        if self.asking().is_some_and(Policy::asks_for_history) {
            Arc::make_mut(&mut self.0).text = Some(text.into());
        }
        self
    }

    pub(crate) fn evaluator(&self, id: &str) -> Option<&Evaluator> {
        self.0.evaluators.iter().find(|evaluator| evaluator.id == id)
    }

    /// The evaluator of a rating: the one it names, or else the only one.
    pub(crate) fn rated_by(&self, rating: &Rating) -> Option<&Evaluator> {
        match rating.follows.as_deref() {
            Some(Follows { by: Some(by), .. }) => self.evaluator(by),
            _ => self.written_by(rating.into()),
        }
    }

    /// The evaluator who gave the rating of an indicator, or wrote the texts before there is one.
    pub(crate) fn given_by(&self, indicator: &Indicator) -> Option<&Evaluator> {
        let rated = self.rating(indicator).map(|rating| self.rated_by(rating));
        rated.unwrap_or_else(|| self.written_by(self.written(indicator)?))
    }

    /// The evaluator who wrote the texts of an indicator: the one they name, or else the only one.
    pub(crate) fn written_by(&self, written: IndicatorTexts<'_>) -> Option<&Evaluator> {
        self.evaluator_or_only(written.by)
    }

    /// The evaluator with an id, or without one the only evaluator.
    pub(crate) fn evaluator_or_only(&self, id: Option<&str>) -> Option<&Evaluator> {
        match (id, self.0.evaluators.as_slice()) {
            (Some(id), _) => self.evaluator(id),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// The name of somebody of this evaluation; of nobody else is more known than the id.
    pub(crate) fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        let whom = self.whom();
        let evaluator = self.evaluator(id).map(|evaluator| evaluator.name.as_str());
        evaluator.unwrap_or(if id == whom.id() { whom.name() } else { id })
    }

    /// The qualification that rating the indicator wants and the evaluator who rated it has not. Everybody may judge their own
    /// work: a self-evaluation wants none.
    pub(crate) fn lacking_qualification(&self, indicator: &Indicator, rating: &Rating) -> Option<&Qualification> {
        if *self.kind() == Type::SelfEvaluation {
            return None;
        }
        let wanted = self.0.rubric.qualification(indicator.evaluated_by.as_deref()?)?;
        // A choice that is no rating may be seen by anyone.
        let evaluator = self.rated_by(rating).filter(|_| self.is_rated(rating))?;
        (!evaluator.qualifications.contains(&wanted.id)).then_some(wanted)
    }
}
