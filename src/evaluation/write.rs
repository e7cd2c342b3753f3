//! Writes an evaluation as the document it was read from: nothing dropped, nothing added.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::source::{self, Any};

use super::policy::{Entered, Inputs};
use super::{Evaluation, Evidence, Status, Type, Whom, Written};

impl Evaluation {
    /// The document as YAML, laid out as a person would write it.
    pub fn to_yaml(&self) -> String {
        source::yaml::write_with_extra(self, self.0.extra.as_ref())
    }
}

impl Serialize for Evaluation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = &*self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(
            "rubric",
            &Reference {
                id: parts.rubric.id(),
                version: parts.stated_version.as_deref(),
                fingerprint: parts.stated_fingerprint.as_deref(),
            },
        )?;
        if parts.kind != Type::Formal {
            map.serialize_entry("type", &parts.kind)?;
        }
        match &parts.whom {
            Whom::Employee(employee) => map.serialize_entry("employee", employee)?,
            Whom::Organization(organization) => map.serialize_entry("organization", organization)?,
        }
        map.serialize_entry("evaluators", &parts.evaluators)?;
        map.serialize_entry("period", &parts.period)?;
        if let Some(date) = parts.completed_on {
            map.serialize_entry("completed_on", &date.to_string())?;
        }
        if parts.status != Status::Draft {
            map.serialize_entry("status", &parts.status)?;
        }
        if let Some(shared) = parts.shared {
            map.serialize_entry("shared", &shared)?;
        }
        list(&mut map, "scope", &parts.scope)?;
        if !parts.not_assigned.is_empty() {
            map.serialize_entry("not_assigned", &Pairs(parts.not_assigned.iter().map(|(id, why)| (id, why))))?;
        }
        map.serialize_entry("ratings", &Ratings(self))?;
        if parts.inputs.iter().any(Option::is_some) {
            map.serialize_entry("inputs", &Inputs(self))?;
        }
        if !parts.entered.is_empty() {
            map.serialize_entry("entered", &Entered(self))?;
        }
        list(&mut map, "goals", &parts.goals)?;
        if !parts.service_data.is_empty() {
            map.serialize_entry(
                "service_data",
                &Pairs(parts.service_data.iter().map(|item| (&item.id, Given(&item.value)))),
            )?;
        }
        list(&mut map, "professional_development", &parts.professional_development)?;
        if let Some(hours) = &parts.contact_hours_before {
            map.serialize_entry("contact_hours_before", &crate::source::Number(hours.clone()))?;
        }
        if let Some(summary) = &parts.summary {
            map.serialize_entry("summary", summary)?;
        }
        list(&mut map, "responses", &parts.responses)?;
        list(&mut map, "record", &parts.record)?;
        let allow: Vec<_> =
            parts.allow.iter().map(|(code, at, because)| Allow { code, at: at.as_deref(), because }).collect();
        list(&mut map, "allow", &allow)?;
        list(&mut map, "migrated_from", &parts.migrated_from)?;
        list(&mut map, "orphaned", &parts.orphaned)?;
        if let Some(extra) = &parts.extra {
            map.serialize_entry("extra", extra)?;
        }
        map.end()
    }
}

fn list<M: SerializeMap, T: Serialize>(map: &mut M, key: &'static str, items: &[T]) -> Result<(), M::Error> {
    if items.is_empty() { Ok(()) } else { map.serialize_entry(key, items) }
}

/// Keys and values in their order.
struct Pairs<I>(I);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)> + Clone> Serialize for Pairs<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

struct Given<'a>(&'a Any);

impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        source::in_plain_digits(self.0, serializer)
    }
}

#[derive(Serialize)]
struct Reference<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<&'a str>,
}

#[derive(Serialize)]
struct Allow<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    because: &'a str,
}

struct Ratings<'a>(&'a Evaluation);

impl Serialize for Ratings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(evaluation) = self;
        let levels = evaluation.0.rubric.scale().levels();
        serializer.collect_map(evaluation.0.rubric.indicators().filter_map(|indicator| {
            let level = evaluation.rating(indicator).and_then(|rating| levels.get(rating.level));
            let level = level.map(|level| level.id.as_str());
            Some((&indicator.id, Entry { level, written: evaluation.written(indicator)? }))
        }))
    }
}

/// A rating: the level alone where there is nothing else; or what is written before there is a level.
struct Entry<'a> {
    level: Option<&'a str>,
    written: Written<'a>,
}

#[derive(Serialize)]
struct Long<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [Evidence],
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { level, written: Written { by, comment, evidence } } = *self;
        match level {
            Some(level) if by.is_none() && comment.is_none() && evidence.is_empty() => serializer.serialize_str(level),
            level => Long { level, by, comment, evidence }.serialize(serializer),
        }
    }
}
