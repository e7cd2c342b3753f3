//! Writes an evaluation as the document it was read from: nothing dropped, nothing added.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::exact::Decimal;
use crate::rubric::Rubric;
use crate::source::{self, Any, Mapping};
use crate::syntax;

use super::policy::{Entered, Inputs};
use super::{Evaluation, Evidence, Given, IndicatorTexts, Observation, Rating, RubricReference, Status, Type, Whom};

impl Evaluation {
    /// The document as YAML, laid out as a person would write it.
    pub fn to_yaml(&self) -> String {
        source::yaml::write_with_extra(self, self.extra())
    }
}

impl Serialize for Evaluation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for key in syntax::Evaluation::KEYS {
            self.write(key, &mut map)?;
        }
        map.end()
    }
}

impl Evaluation {
    /// Writes the entry with a key, unless it is the default: what code can change, and else what the document says.
    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        let parts = &*self.0;
        match (key, &parts.whom) {
            ("format", _) => Ok(()),
            ("rubric", _) => {
                let (version, fingerprint) = (parts.stated_version.clone(), parts.stated_fingerprint.clone());
                map.serialize_entry(key, &RubricReference { id: parts.rubric.id().to_owned(), version, fingerprint })
            }
            ("type", _) if parts.kind == Type::Formal => Ok(()),
            ("type", _) => map.serialize_entry(key, &parts.kind),
            ("employee", Whom::Employee(employee)) => map.serialize_entry(key, employee),
            ("organization", Whom::Organization(organization)) => map.serialize_entry(key, organization),
            ("employee" | "organization", _) => Ok(()),
            ("evaluators", _) => map.serialize_entry(key, &parts.evaluators),
            ("period", _) => map.serialize_entry(key, &parts.period),
            // A sealed evaluation that was reopened says so, as its amendments do.
            ("status", _) if parts.status == Status::Draft && parts.stated.seal.is_none() => Ok(()),
            ("status", _) => map.serialize_entry(key, &parts.status),
            ("not_assigned", _) if parts.not_assigned.is_empty() => Ok(()),
            ("not_assigned", _) => {
                map.serialize_entry(key, &Pairs(parts.not_assigned.iter().map(|(id, why)| (id, why))))
            }
            ("ratings", _) => map.serialize_entry(key, &Ratings(self)),
            ("observations", _) if parts.observations.is_empty() => Ok(()),
            ("observations", _) => map.serialize_entry(key, &Observations(self)),
            ("inputs", _) if !parts.inputs.iter().any(Option::is_some) => Ok(()),
            ("inputs", _) => map.serialize_entry(key, &Inputs(self)),
            ("entered", _) if parts.entered.is_empty() => Ok(()),
            ("entered", _) => map.serialize_entry(key, &Entered(self)),
            ("service_data", _) if parts.service_data.is_empty() => Ok(()),
            ("service_data", _) => {
                let items = parts.service_data.iter().map(|item| (&item.id, PlainDigits(&item.value)));
                map.serialize_entry(key, &Pairs(items))
            }
            _ => parts.stated.write(&parts.document, key, map),
        }
    }
}

/// Keys and values in their order.
struct Pairs<I>(I);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)> + Clone> Serialize for Pairs<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

struct PlainDigits<'a>(&'a Any);

impl Serialize for PlainDigits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        source::in_plain_digits(self.0, serializer)
    }
}

struct Ratings<'a>(&'a Evaluation);

impl Serialize for Ratings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(evaluation) = self;
        let rubric = &evaluation.0.rubric;
        serializer.collect_map(rubric.indicators().filter_map(|indicator| {
            // A rating that follows from observations is not written, only what is said of it.
            let given = evaluation.rating(indicator).filter(|rating| !rating.is_followed());
            let entry = Entry::of(given, evaluation.written(indicator)?, rubric);
            (given.is_some() || entry.says_something()).then_some((&indicator.id, entry))
        }))
    }
}

struct Observations<'a>(&'a Evaluation);

impl Serialize for Observations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let evaluation = self.0;
        serializer.collect_seq(evaluation.observations().iter().map(|observation| Occasion { observation, evaluation }))
    }
}

struct Occasion<'a> {
    observation: &'a Observation,
    evaluation: &'a Evaluation,
}

impl Serialize for Occasion<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { observation, evaluation } = *self;
        let Observation { id, kind, date, by, minutes, at, notes, .. } = observation;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", id)?;
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("date", &date.to_string())?;
        optional(&mut map, "by", by.as_ref())?;
        optional(&mut map, "minutes", minutes.as_ref())?;
        optional(&mut map, "at", at.as_ref())?;
        optional(&mut map, "notes", notes.as_ref())?;
        let rubric = evaluation.rubric();
        let entries: Vec<_> = rubric
            .indicators()
            .filter_map(|indicator| {
                let entry = Entry::of(observation.rating(indicator), observation.written(indicator)?, rubric);
                Some((&indicator.id, entry))
            })
            .collect();
        if !entries.is_empty() {
            map.serialize_entry("ratings", &Pairs(entries.iter().map(|(id, entry)| (id, entry))))?;
        }
        map.end()
    }
}

fn optional<M: SerializeMap, T: Serialize>(map: &mut M, key: &'static str, value: Option<&T>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, value))
}

/// A level by its id, or a number.
#[derive(Clone, Copy)]
enum Mark<'a> {
    Level(&'a str),
    Number(Decimal),
}

impl Serialize for Mark<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Level(id) => serializer.serialize_str(id),
            Self::Number(number) => source::serialize_digits(&number.to_string(), serializer),
        }
    }
}

/// A rating: the level or number alone where nothing else is written; the practices without a level where it follows from
/// them; or the comment and evidence before there is one.
struct Entry<'a> {
    mark: Option<Mark<'a>>,
    practices: Option<&'a [String]>,
    written: IndicatorTexts<'a>,
}

impl<'a> Entry<'a> {
    fn of(rating: Option<&'a Rating>, written: IndicatorTexts<'a>, rubric: &'a Rubric) -> Self {
        let mark = rating.filter(|rating| !rating.is_derived()).and_then(|rating| match rating.given {
            Given::Level(level) => Some(Mark::Level(&rubric.levels().get(level)?.id)),
            Given::Number(number) => Some(Mark::Number(number)),
        });
        Self { mark, practices: rating.and_then(Rating::practices), written }
    }

    /// Whether the entry has a text, or names who wrote it.
    fn says_something(&self) -> bool {
        let IndicatorTexts { by, comment, evidence } = self.written;
        by.is_some() || comment.is_some() || !evidence.is_empty()
    }
}

#[derive(Serialize)]
struct Long<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Mark<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    practices: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [Evidence],
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { mark, practices, written: IndicatorTexts { by, comment, evidence } } = *self;
        let is_bare = practices.is_none() && !self.says_something();
        match mark {
            Some(mark) if is_bare => mark.serialize(serializer),
            level => Long { level, practices, by, comment, evidence }.serialize(serializer),
        }
    }
}
