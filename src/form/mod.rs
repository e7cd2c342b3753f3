//! Forms that collect an evaluation: a page to fill in, a sheet to print, an evaluation to complete, and the schemas for a
//! host's own page.

#![allow(clippy::arithmetic_side_effects, reason = "counts of what a checked rubric has, and of the letters of a line")]

mod asked;
mod context;
mod document;
mod schema;
mod scoring_schema;
mod ui_schema;
mod yaml;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::evaluation::{Evaluation, Evaluator, Period, Type, Whom};
use crate::render::{Format, Renderer};
use crate::rubric::{Indicator, Rubric};
use crate::source::Any;

pub(crate) use self::context::FormPage;

/// A form for an evaluation: blank, or with what is known filled in.
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
    /// What is filled in, in the shape of an evaluation; empty for a blank form.
    document: Map<String, Value>,
    /// What stands under `extra`, each number as it is written.
    extra: Option<Any>,
    beside: Vec<Evaluation>,
}

/// What a form is filled in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To evaluate.
    Evaluate,
    /// To respond to an evaluation, which itself can only be read.
    Respond,
}

impl Form {
    /// A blank form.
    pub fn new(rubric: &Rubric) -> Self {
        Self {
            rubric: rubric.clone(),
            purpose: Purpose::Evaluate,
            document: Map::new(),
            extra: None,
            beside: Vec::new(),
        }
    }

    /// A form to go on with an evaluation: all that is in it is filled in.
    pub fn of(evaluation: &Evaluation) -> Self {
        Self { document: document::of(evaluation), extra: evaluation.0.extra.clone(), ..Self::new(evaluation.rubric()) }
    }

    /// A form for the evaluation after this one. No rating is carried over, and responses, narrative and scope stay with their
    /// document.
    ///
    /// After an interim evaluation the year goes on: the form has the same people, what was not assigned, the goals as they
    /// stand, service data, professional development, the contact hours of earlier years, and the record of observations and
    /// conferences; the interim ratings are shown [beside](Form::beside) the choices.
    ///
    /// After any other evaluation a new year begins: the form has the same people, the goals that are still open as agreed
    /// goals, and as contact hours of earlier years those before and those of this year, where the certificate's cycle goes
    /// on.
    pub fn after(evaluation: &Evaluation) -> Self {
        let blank = Self::new(evaluation.rubric());
        match evaluation.kind() {
            Type::Interim => Self { document: document::later_in_the_year(evaluation), ..blank }.beside(evaluation),
            _ => Self { document: document::next_year(evaluation), ..blank },
        }
    }

    /// A form in which the one who is evaluated responds and acknowledges receipt; all else in it can only be read.
    pub fn response_to(evaluation: &Evaluation) -> Self {
        Self { purpose: Purpose::Respond, ..Self::of(evaluation) }
    }

    /// The rubric that it is a form of.
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The same form for one employee or organization.
    ///
    /// # Errors
    ///
    /// [`Error::OtherSubject`] when the rubric is not for an evaluation of an employee, or of an organization.
    pub fn about(mut self, whom: &Whom) -> Result<Self, Error> {
        let (key, value) = document::whom(whom, &self.rubric)?;
        self.document.insert(key.to_owned(), value);
        Ok(self)
    }

    /// The same form for this period.
    pub fn during(mut self, period: Period) -> Self {
        self.document.insert("period".to_owned(), serde_json::to_value(period).unwrap_or_default());
        self
    }

    /// The same form for an evaluation by these people.
    pub fn by(mut self, evaluators: &[Evaluator]) -> Self {
        self.document.insert("evaluators".to_owned(), serde_json::to_value(evaluators).unwrap_or_default());
        self
    }

    /// The same form for an evaluation of this kind.
    ///
    /// A self-evaluation that begins with what somebody else evaluated keeps whom it is about, the period and the goals: the
    /// ratings and texts of others are not the employee's own ([`Form::beside`] shows them).
    pub fn kind(mut self, kind: Type) -> Self {
        let is_own = self.document.get("type").is_some_and(|of| of == "self");
        if kind == Type::SelfEvaluation && !is_own && self.document.contains_key("evaluators") {
            document::of_oneself(&mut self.document);
        }
        self.document.insert("type".to_owned(), serde_json::to_value(kind).unwrap_or_default());
        self
    }

    /// The same form for a part of the rubric: ids of domains, competencies or indicators.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownNode`] when the rubric has no such id.
    pub fn scope<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let ids: Vec<&str> = ids.into_iter().collect();
        if let Some(unknown) = ids.iter().find(|id| self.rubric.node(id).is_none()) {
            return Err(Error::UnknownNode { rubric: self.rubric.id().to_owned(), node: (*unknown).to_owned() });
        }
        document::narrow(&mut self.document, &ids, &self.rubric);
        Ok(self)
    }

    /// The same form with another evaluation's ratings shown beside the choices, such as the self-evaluation or the interim
    /// one. They are to be read; none is copied.
    pub fn beside(mut self, evaluation: &Evaluation) -> Self {
        self.beside.push(evaluation.clone());
        self
    }

    /// Whether it is for a self-evaluation.
    fn is_self(&self) -> bool {
        self.document.get("type").is_some_and(|kind| kind == "self")
    }

    /// Whether an indicator is on the form: in its scope, which is the whole rubric unless it says otherwise.
    fn holds(&self, indicator: &Indicator) -> bool {
        let scope = self.document.get("scope").and_then(Value::as_array);
        let under = |id: &Value| {
            let node = id.as_str().and_then(|id| self.rubric.node(id));
            node.is_some_and(|node| node.indicators.contains(&indicator.index))
        };
        scope.is_none_or(|scope| scope.iter().any(under))
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
