//! Writes an evaluation as the document it was read from: nothing dropped, nothing added.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::exact::Decimal;
use crate::source::{self, Any, Mapping};
use crate::syntax;

use super::policy::{Entered, Inputs};
use super::{Evaluation, Evidence, Given, IndicatorTexts, Rating, RubricReference, Status, Type, Whom};

impl Evaluation {
    /// The document as YAML, laid out as a person would write it.
    pub fn to_yaml(&self) -> String {
        source::yaml::write_with_extra(self, self.own_extra())
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
        let levels = evaluation.0.rubric.levels();
        serializer.collect_map(evaluation.0.rubric.indicators().filter_map(|indicator| {
            let rating = evaluation.rating(indicator);
            let mark = rating.filter(|rating| !rating.is_derived()).and_then(|rating| match rating.given {
                Given::Level(level) => Some(Mark::Level(&levels.get(level)?.id)),
                Given::Number(number) => Some(Mark::Number(number)),
            });
            let practices = rating.and_then(Rating::practices);
            Some((&indicator.id, Entry { mark, practices, written: evaluation.written(indicator)? }))
        }))
    }
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
        let is_bare = practices.is_none() && by.is_none() && comment.is_none() && evidence.is_empty();
        match mark {
            Some(mark) if is_bare => mark.serialize(serializer),
            level => Long { level, practices, by, comment, evidence }.serialize(serializer),
        }
    }
}
