//! The changes of a draft.

use serde::{Deserialize, Deserializer, Serialize};

use crate::source::Value;

/// A change of a [`Draft`](super::Draft), as data: it serializes, so that a page or another program can send it.
///
/// A change names a part of the document and leaves everything else alone. Whether the value is right it does not say: the
/// findings of the draft do.
///
/// ```
/// use appraise::Change;
///
/// let change = Change::level("deadlines", "has_met").by("E-0007");
/// let json = r#"{"rate":{"indicator":"deadlines","level":"has_met","by":"E-0007"}}"#;
/// assert_eq!(serde_json::to_string(&change)?, json);
/// assert_eq!(serde_json::from_str::<Change>(json)?, change);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// Sets keys of the rating of an indicator: a key that is absent stays as it is, and `null` takes one out.
    Rate {
        /// The indicator's id.
        indicator: String,
        /// The id of the observation that the rating belongs to; the rating of record when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        observation: Option<String>,
        /// The level by its id, or a number.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        level: Option<Value>,
        /// The ids of the practices that are seen.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        practices: Option<Value>,
        /// The id of the evaluator.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        by: Option<Value>,
        /// The comment, which may stand before there is a level.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        comment: Option<Value>,
        /// The list of evidence.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        evidence: Option<Value>,
    },
    /// Takes the level of an indicator back, and the practices that are seen; the comment and the evidence stay.
    Unrate {
        /// The indicator's id.
        indicator: String,
        /// The id of the observation that the rating belongs to; the rating of record when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        observation: Option<String>,
    },
    /// Sets the value at a place; the groups that hold it are made where they are missing.
    Set {
        /// The place, as in a finding: `summary`, `employee.title`, `goals[0].status`.
        at: String,
        /// The value; `null` takes it out.
        to: Value,
    },
    /// Puts an item into a list: keys of one that is there already are set, and else it goes to the end.
    ///
    /// Evaluators and observations are known by their `id`, goals by `indicator` and `statement`, sessions of supervision by
    /// `date` and `kind`, professional development by `date` and `title`, assignments by `school`, `from` and `to`; anything
    /// else by the whole.
    Put {
        /// The list, by its place: `goals`, `employee.assignments`.
        list: String,
        /// The item.
        item: Value,
    },
    /// Takes an item out of a list. Nothing happens where it is not there.
    Remove {
        /// The list, by its place.
        list: String,
        /// The item, or as much of it as it is known by: `{ "id": "E-0231" }`.
        item: Value,
    },
    /// A JSON Merge Patch (RFC 7386) of the whole document. A rating that is a level alone counts as one with the key
    /// `level`, so that a comment that is added takes no level away.
    Patch(Value),
}

/// A key that is given, be it `null`.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// The value, or `null`, which takes out what is there.
fn or_null<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or(Value::Null, Into::into)
}

/// Changes of ratings.
impl Change {
    fn rate(indicator: &str) -> Self {
        let indicator = indicator.to_owned();
        Self::Rate {
            indicator,
            observation: None,
            level: None,
            practices: None,
            by: None,
            comment: None,
            evidence: None,
        }
    }

    /// Rates an indicator at a level, by its id.
    pub fn level(indicator: &str, to: &str) -> Self {
        let mut change = Self::rate(indicator);
        if let Self::Rate { level, .. } = &mut change {
            *level = Some(to.into());
        }
        change
    }

    /// Rates an indicator of a number scale, with a number in plain digits: `12.5`.
    pub fn number(indicator: &str, digits: &str) -> Self {
        let mut change = Self::rate(indicator);
        if let Self::Rate { level, .. } = &mut change {
            *level = Some(Value::Number(digits.to_owned()));
        }
        change
    }

    /// Says which practices of an indicator are seen; none, with an empty list.
    pub fn practices(indicator: &str, seen: &[&str]) -> Self {
        let mut change = Self::rate(indicator);
        if let Self::Rate { practices, .. } = &mut change {
            *practices = Some(Value::of(seen));
        }
        change
    }

    /// Sets the comment on an indicator, rated or not; `None` takes it out.
    pub fn comment(indicator: &str, text: Option<&str>) -> Self {
        let mut change = Self::rate(indicator);
        if let Self::Rate { comment, .. } = &mut change {
            *comment = Some(or_null(text));
        }
        change
    }

    /// Sets the whole list of evidence of an indicator. [`Change::put`] into `ratings.ID.evidence` adds a piece.
    ///
    /// ```
    /// use appraise::{Change, Evidence};
    ///
    /// let evidence = Evidence::new("Eight of nine files.").on("2026-02-03").expect("it is a day");
    /// let change = Change::evidence("deadlines", &[evidence]);
    /// assert!(serde_json::to_string(&change)?.contains(r#""evidence":[{"date":"2026-02-03","note":"Eight of nine files."}]"#));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn evidence(indicator: &str, list: &[impl Serialize]) -> Self {
        let mut change = Self::rate(indicator);
        if let Self::Rate { evidence, .. } = &mut change {
            *evidence = Some(Value::of(list));
        }
        change
    }

    /// Takes the level of an indicator back; its comment and evidence stay.
    pub fn unrate(indicator: &str) -> Self {
        Self::Unrate { indicator: indicator.to_owned(), observation: None }
    }

    /// The same change of a rating, with who gives it; or of an item of a list, with whose it is. Any other change stays.
    #[must_use]
    pub fn by(mut self, id: &str) -> Self {
        match &mut self {
            Self::Rate { by, .. } => *by = Some(id.into()),
            Self::Put { item, .. } => *item = std::mem::replace(item, Value::Null).with("by", id.into()),
            _ => {}
        }
        self
    }

    /// The same change of a rating, of the one on an observation. Any other change stays.
    #[must_use]
    pub fn on(mut self, id: &str) -> Self {
        if let Self::Rate { observation, .. } | Self::Unrate { observation, .. } = &mut self {
            *observation = Some(id.to_owned());
        }
        self
    }
}

/// Changes of values.
impl Change {
    /// Sets the value at a place, as a finding names it: `summary`, `employee.title`, `goals[0].status`.
    pub fn set(at: &str, to: &(impl Serialize + ?Sized)) -> Self {
        Self::Set { at: at.to_owned(), to: Value::of(to) }
    }

    /// Takes out the value at a place.
    pub fn clear(at: &str) -> Self {
        Self::Set { at: at.to_owned(), to: Value::Null }
    }

    fn set_or_clear(at: String, to: Option<Value>) -> Self {
        Self::Set { at, to: or_null(to) }
    }

    /// Sets the kind of evaluation: `formal`, `interim`, `self`, or one of the rubric's own.
    pub fn kind(kind: &str) -> Self {
        Self::set("type", kind)
    }

    /// Sets the status. Whoever finishes an evaluation seals it by [`Evaluation::finish`](crate::Evaluation::finish).
    pub fn status(status: crate::Status) -> Self {
        Self::set("status", &status)
    }

    /// Sets the time that is evaluated.
    pub fn period(period: crate::Period) -> Self {
        Self::set("period", &period)
    }

    /// Sets the evaluators' narrative; `None` takes it out.
    pub fn summary(text: Option<&str>) -> Self {
        Self::set_or_clear("summary".to_owned(), text.map(Into::into))
    }

    /// Sets the parts that the document answers for, by the ids of any tier; the whole rubric, with an empty list.
    pub fn scope(ids: &[&str]) -> Self {
        Self::set_or_clear("scope".to_owned(), (!ids.is_empty()).then(|| Value::of(ids)))
    }

    /// Says why a part is not assigned to the employee; `None` where it is.
    pub fn not_assigned(id: &str, why: Option<&str>) -> Self {
        Self::set_or_clear(format!("not_assigned.{id}"), why.map(Into::into))
    }

    /// Sets an item of service data, by the rubric's id; `None` takes it out.
    pub fn service_data(id: &str, value: Option<Value>) -> Self {
        Self::set_or_clear(format!("service_data.{id}"), value)
    }

    /// Sets an input of the scoring policy; `None` takes it out.
    pub fn input(id: &str, value: Option<Value>) -> Self {
        Self::set_or_clear(format!("inputs.{id}"), value)
    }

    /// Sets the rating that a person enters for a step of the scoring policy; `part` is the id of the domain or competency, for
    /// a step with a result for each.
    pub fn entered(step: &str, part: Option<&str>, rating: &str, rationale: &str) -> Self {
        let part = part.map(|part| format!(".{part}")).unwrap_or_default();
        let entry = [("rating", rating), ("rationale", rationale)].map(|(key, text)| (key.to_owned(), text.into()));
        Self::Set { at: format!("entered.{step}{part}"), to: Value::Map(entry.into()) }
    }

    /// Sets a text that the rubric asks for beside the ratings; `part` is the id of the domain or competency that it is about.
    pub fn narrative(id: &str, part: Option<&str>, text: Option<&str>) -> Self {
        let part = part.map(|part| format!(".{part}")).unwrap_or_default();
        Self::set_or_clear(format!("narratives.{id}{part}"), text.map(Into::into))
    }

    /// A JSON Merge Patch (RFC 7386) of the whole document.
    pub fn patch(patch: &(impl Serialize + ?Sized)) -> Self {
        Self::Patch(Value::of(patch))
    }
}

/// Changes of lists. An item is anything that serializes to one: a type of this library, of the host, or `json!({ … })`.
impl Change {
    /// Puts an item into a list, by its place; keys of one that is there already are set.
    pub fn put(list: &str, item: &impl Serialize) -> Self {
        Self::Put { list: list.to_owned(), item: Value::of(item) }
    }

    /// Takes an item out of a list, by as much of it as it is known by.
    pub fn remove(list: &str, item: &impl Serialize) -> Self {
        Self::Remove { list: list.to_owned(), item: Value::of(item) }
    }

    /// Adds an evaluator, or changes the one of that id.
    pub fn evaluator(evaluator: &impl Serialize) -> Self {
        Self::put("evaluators", evaluator)
    }

    /// Adds a goal, or changes the one with the same indicator and words.
    pub fn goal(goal: &impl Serialize) -> Self {
        Self::put("goals", goal)
    }

    /// Adds an observation, or changes the one of that id.
    pub fn observation(observation: &impl Serialize) -> Self {
        Self::put("observations", observation)
    }

    /// Adds a session of supervision, or changes the one of that day and kind.
    pub fn supervision(session: &impl Serialize) -> Self {
        Self::put("supervision", session)
    }

    /// Adds professional development, or changes that of the same day and title.
    pub fn training(training: &impl Serialize) -> Self {
        Self::put("professional_development", training)
    }

    /// Adds a response of the employee.
    pub fn response(response: &impl Serialize) -> Self {
        Self::put("responses", response)
    }

    /// Adds an event to the record.
    pub fn event(event: &impl Serialize) -> Self {
        Self::put("record", event)
    }
}
