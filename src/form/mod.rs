//! Forms that collect an evaluation: a page to fill in, a sheet to print, an evaluation to complete, and the schemas for a
//! host's own page.

#![allow(clippy::arithmetic_side_effects, reason = "counts of what a checked rubric has, and of the letters of a line")]

mod asked;
mod context;
mod document;
mod event;
mod narrative;
mod observation;
mod part;
mod practices;
mod schema;
mod scoring_schema;
mod ui_schema;
mod yaml;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::evaluation::{Evaluation, Evaluator, Period, Type, Whom};
use crate::render::{Format, Renderer, points};
use crate::rubric::{Indicator, Level, Rubric, Subject};
use crate::source::Any;

pub(crate) use self::context::FormPage;

/// A form for an evaluation, blank or partly filled in.
///
/// [`Renderer::form`] makes a page or a sheet of it; [`Form::yaml`] is an evaluation to complete, [`Form::json_schema`] and
/// [`Form::ui_schema`] are for a host's own page.
///
/// ```
/// use appraise::{Form, Format, Library, Renderer};
///
/// let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let page = Renderer::new().form(&Form::new(&rubric), Format::Html)?;
/// assert_eq!(page.matches("<legend").count(), 67);
/// # Ok::<(), appraise::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Form {
    rubric: Rubric,
    purpose: Purpose,
    /// The values filled in, as a partial evaluation; empty for a blank form.
    document: Map<String, Value>,
    /// The values that a form only carries along, by their keys, each number as written.
    carried: Vec<(&'static str, Any)>,
    beside: Vec<Evaluation>,
    /// The observation that the form is for; `None` for a form of a whole evaluation.
    observation: Option<observation::Asked>,
    /// By id of an indicator, the rating that follows from observations, and why.
    followed: Vec<(String, String)>,
}

/// The keys of an evaluation that a form has no field for, and carries along.
const CARRIED: [&str; 7] = ["format", "allow", "migrated_from", "orphaned", "seal", "amendments", "extra"];

/// The purpose of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To evaluate.
    Evaluate,
    /// To respond to an evaluation, which is read-only.
    Respond,
}

impl Form {
    /// A blank form, for a formal evaluation. Where no scoring policy of the rubric is for formal evaluations, the form is for
    /// the first kind of record that a policy scores.
    pub fn new(rubric: &Rubric) -> Self {
        let blank = Self {
            rubric: rubric.clone(),
            purpose: Purpose::Evaluate,
            document: Map::new(),
            carried: Vec::new(),
            beside: Vec::new(),
            observation: None,
            followed: Vec::new(),
        };
        blank.of_a_scored_kind()
    }

    /// A form to continue an evaluation, with all its values filled in. A sealed one is changed by amendments only: its form
    /// is that of [`Form::response_to`].
    pub fn of(evaluation: &Evaluation) -> Self {
        Self {
            purpose: if evaluation.seal().is_some() { Purpose::Respond } else { Purpose::Evaluate },
            document: document::of(evaluation),
            carried: document::carried(evaluation),
            followed: document::followed(evaluation),
            ..Self::new(evaluation.rubric())
        }
    }

    /// A form for the evaluation after this one. No rating is carried over, and responses, narrative and scope stay with their
    /// document.
    ///
    /// After an interim evaluation the year goes on: the form has the same people, the parts not assigned, the goals with
    /// their status, service data, professional development, the contact hours of earlier years, and the record of
    /// observations and conferences; the interim ratings are shown [beside](Form::beside) the choices.
    ///
    /// After any other evaluation a new year begins: the form has the same people, the open goals as agreed goals, and,
    /// where the certificate's cycle goes on, the contact hours so far as hours of earlier years.
    pub fn after(evaluation: &Evaluation) -> Self {
        let blank = Self::new(evaluation.rubric());
        match evaluation.kind() {
            Type::Interim => Self { document: document::later_in_the_year(evaluation), ..blank }.beside(evaluation),
            _ => Self { document: document::next_year(evaluation), ..blank },
        }
        .of_a_scored_kind()
    }

    /// A form in which the employee responds and acknowledges receipt; all else is read-only.
    pub fn response_to(evaluation: &Evaluation) -> Self {
        Self { purpose: Purpose::Respond, ..Self::of(evaluation) }
    }

    /// The form's rubric.
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// Sets the employee or organization.
    ///
    /// # Errors
    ///
    /// [`Error::OtherSubject`] when the rubric's subject is not an employee, or not an organization.
    pub fn about(mut self, whom: &Whom) -> Result<Self, Error> {
        let (key, value) = document::whom(whom, &self.rubric)?;
        self.document.insert(key.to_owned(), value);
        Ok(self)
    }

    /// Sets the period.
    pub fn during(mut self, period: Period) -> Self {
        self.document.insert("period".to_owned(), serde_json::to_value(period).unwrap_or_default());
        self
    }

    /// Sets the evaluators.
    pub fn by(mut self, evaluators: &[Evaluator]) -> Self {
        self.document.insert("evaluators".to_owned(), serde_json::to_value(evaluators).unwrap_or_default());
        self
    }

    /// Sets the kind of evaluation.
    ///
    /// A self-evaluation that begins with an evaluation by others keeps the employee, the period and the goals, and drops
    /// the ratings and texts of others ([`Form::beside`] shows them).
    pub fn kind(mut self, kind: Type) -> Self {
        let is_own = self.document.get("type").is_some_and(|of| of == "self");
        if kind == Type::SelfEvaluation && !is_own && self.document.contains_key("evaluators") {
            document::of_oneself(&mut self.document);
            self.purpose = Purpose::Evaluate;
        }
        self.document.insert("type".to_owned(), serde_json::to_value(kind).unwrap_or_default());
        self
    }

    /// Limits the form to a part of the rubric: ids of domains, competencies or indicators.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownNode`] when the rubric lacks an id.
    pub fn scope<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let ids: Vec<&str> = ids.into_iter().collect();
        if let Some(unknown) = ids.iter().find(|id| self.rubric.node(id).is_none()) {
            return Err(Error::UnknownNode { rubric: self.rubric.id().to_owned(), node: (*unknown).to_owned() });
        }
        document::narrow(&mut self.document, &ids, &self.rubric);
        Ok(self)
    }

    /// Shows another evaluation's ratings beside the choices, such as the self-evaluation's or the interim evaluation's;
    /// none is copied.
    pub fn beside(mut self, evaluation: &Evaluation) -> Self {
        self.beside.push(evaluation.clone());
        self
    }

    /// The form with a kind that a policy scores, where it has none and no policy scores formal evaluations.
    fn of_a_scored_kind(self) -> Self {
        let policies = &self.rubric.0.policies;
        let is_scored = |kind: &Type| policies.iter().any(|policy| policy.scores(kind.id()));
        if self.document.contains_key("type") || policies.is_empty() || is_scored(&Type::Formal) {
            return self;
        }
        let whole = vec![true; self.rubric.size()];
        let is_scored_whole = |kind: &Type| policies.iter().any(|policy| policy.fits(kind.id(), &whole));
        let of_record = || self.rubric.types().filter(Type::is_of_record);
        let scored = of_record().find(is_scored_whole).or_else(|| of_record().find(is_scored));
        match scored {
            Some(kind) => self.kind(kind),
            None => self,
        }
    }

    /// The levels that an indicator can be rated at, with their numbers, as people read them.
    fn levels_at(&self, indicator: &Indicator) -> Vec<(usize, &Level)> {
        let numbers = self.rubric.all().in_print([indicator.scale]);
        numbers.into_iter().filter_map(|number| Some((number, self.rubric.levels().get(number)?))).collect()
    }

    /// The names of these levels at an indicator with points of its own; else none.
    fn names_at(&self, indicator: &Indicator) -> Vec<Cow<'_, str>> {
        let labelled = |level| points::labelled(&self.rubric, None, indicator, level);
        let has_own = points::has_own(&self.rubric);
        let names: Vec<_> = self.levels_at(indicator).iter().filter(|_| has_own).map(|(at, _)| labelled(*at)).collect();
        if names.iter().any(|name| matches!(name, Cow::Owned(_))) { names } else { Vec::new() }
    }

    /// The numbers of the scales that indicators on the form are rated on; of a form without indicators, the default one's.
    fn scales(&self) -> Vec<usize> {
        let used = self.rubric.scales_under(None).into_iter();
        let used: Vec<usize> =
            used.filter(|scale| self.indicators().any(|indicator| indicator.scale == *scale)).collect();
        if used.is_empty() { vec![0] } else { used }
    }

    /// The type that is filled in, formal where none is.
    fn type_word(&self) -> &str {
        self.document.get("type").and_then(Value::as_str).unwrap_or("formal")
    }

    /// Why no scoring policy will score what is filled in, although one scores evaluations of the form's kind: the form's scope
    /// is not that of a policy. `None` where that is not so.
    ///
    /// ```
    /// use appraise::{Form, Library, Rubric};
    ///
    /// let text = "
    /// id: years
    /// version: 1.0.0
    /// title: Years
    /// kinds: [{ id: focused, label: Focused evaluation }]
    /// domains:
    ///   - { id: planning, title: Planning, indicators: [{ id: plans, statement: Writes plans. }] }
    ///   - { id: records, title: Records, indicators: [{ id: notes, statement: Keeps notes. }] }
    /// scoring:
    ///   for: { type: focused, scope: [planning] }
    ///   points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
    ///   steps: [{ id: practice, of: indicators, take: mean }]";
    /// let rubric = Rubric::parse("years.yaml", text, &Library::empty())?;
    /// let focused = rubric.type_of("focused").expect("it is a kind of the rubric's own");
    /// let form = Form::new(&rubric).kind(focused);
    /// assert!(form.unscored_scope().is_some());
    /// assert!(form.scope(["planning"])?.unscored_scope().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unscored_scope(&self) -> Option<String> {
        asked::unscored_scope(self)
    }

    /// The key of what is evaluated.
    fn subject(&self) -> &'static str {
        match self.rubric.subject() {
            Subject::Employee => "employee",
            Subject::Organization => "organization",
        }
    }

    /// By indicator of the rubric: whether it is on the form.
    fn chosen(&self) -> Vec<bool> {
        self.rubric.indicators().map(|indicator| self.holds(indicator)).collect()
    }

    /// Whether the form is for a self-evaluation.
    fn is_self(&self) -> bool {
        self.document.get("type").is_some_and(|kind| kind == "self")
    }

    /// Whether an indicator is in the form's scope, which is the whole rubric unless limited.
    fn holds(&self, indicator: &Indicator) -> bool {
        let scope = self.document.get("scope").and_then(Value::as_array);
        let under = |id: &Value| {
            let node = id.as_str().and_then(|id| self.rubric.node(id));
            node.is_some_and(|node| node.indicators.contains(&indicator.index))
        };
        let is_observed = self.occasion().is_none_or(|kind| kind.rates(indicator));
        is_observed && scope.is_none_or(|scope| scope.iter().any(under))
    }
}

impl Renderer {
    /// A form as a page to fill in (HTML), or as a sheet to print and mail (Markdown).
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn form(&self, form: &Form, format: Format) -> Result<String, Error> {
        self.render("form", format, &FormPage::of(form))
    }
}
