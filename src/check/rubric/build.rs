//! Builds the checked rubric from a document that keeps every rule.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use semver::Version;

use crate::diagnostic::Severity;
use crate::outline::{self, Outline};
use crate::policy::Policy;
use crate::rubric::{
    Adopted, Competency, Domain, GoalPlan, Indicator, Narrative, Observations, OwnKind, ProfessionalDevelopment,
    Qualification, Rubric, RubricData, ServiceData, Subject, Supervision, SupervisionKind,
};
use crate::scale::Scales;
use crate::source::{Entries, Field, Origin, Text, Warnings, Word};
use crate::syntax;
use crate::syntax::outline::Node;
use crate::syntax::rubric::Enforce;

use super::super::items;
use super::goals::indicator_goal;

/// Values that the rules have read already.
pub(super) struct Checked {
    pub(super) domains: Vec<Domain>,
    pub(super) outline: Arc<Outline>,
    pub(super) observations: Option<Observations>,
    pub(super) version: Version,
    pub(super) adopted: Option<Date>,
    pub(super) effective: Option<(Date, Date)>,
    pub(super) scales: Scales,
    pub(super) goals: Option<GoalPlan>,
    pub(super) origin: Origin,
    pub(super) base: Option<Rubric>,
    pub(super) warnings: Warnings,
    pub(super) policies: Vec<Policy>,
}

/// Builds the rubric. `None` only where a required value is absent, and then a finding says so.
pub(super) fn rubric(document: syntax::Rubric, checked: Checked) -> Option<Rubric> {
    let Checked {
        domains,
        outline,
        observations,
        version,
        adopted,
        effective,
        scales,
        goals,
        origin,
        base,
        mut warnings,
        policies,
    } = checked;
    base.iter().for_each(|base| warnings.extend(&base.0.warnings));
    let mut comment_required = vec![false; scales.levels().len()];
    for field in document.comment_required.as_ref().and_then(Field::get).into_iter().flatten() {
        *comment_required.get_mut(scales.number(field.word()?)?)? = true;
    }
    Some(Rubric(Arc::new(RubricData {
        id: word(&document.id)?,
        version,
        title: text(&document.title)?,
        publisher: optional(document.publisher.as_ref()),
        source: optional(document.source.as_ref()),
        language: document.language.as_deref().and_then(word),
        subject: document.subject.as_ref().and_then(Field::get).copied().unwrap_or(Subject::Employee),
        adopted: adopted.map(|date| Adopted {
            date,
            by: document.adopted.as_ref().and_then(Field::get).and_then(|adopted| optional(adopted.by.as_ref())),
            reference: document
                .adopted
                .as_ref()
                .and_then(Field::get)
                .and_then(|adopted| optional(adopted.reference.as_ref())),
        }),
        effective,
        comment_required,
        kinds: items(document.kinds.as_ref())
            .filter_map(|(_, kind)| {
                Some(OwnKind { id: word(&kind.id)?, label: text(&kind.label)?, note: optional(kind.note.as_ref()) })
            })
            .collect(),
        narratives: items(document.narratives.as_ref())
            .filter_map(|(_, narrative)| {
                Some(Narrative {
                    id: word(&narrative.id)?,
                    label: text(&narrative.label)?,
                    of: narrative.of.as_ref().and_then(Field::get).copied().unwrap_or_default(),
                    required: narrative.required.as_ref().and_then(Field::get).copied().unwrap_or_default(),
                })
            })
            .collect(),
        process: match document.process.as_ref().and_then(Field::get) {
            Some(process) => Some(super::process::build(process)?),
            None => None,
        },
        observations,
        qualifications: items(document.qualifications.as_ref())
            .filter_map(|(_, qualification)| {
                let enforce = qualification.enforce.as_ref().and_then(Field::get);
                Some(Qualification {
                    id: word(&qualification.id)?,
                    label: text(&qualification.label)?,
                    severity: if matches!(enforce, Some(Enforce::Error)) { Severity::Error } else { Severity::Warning },
                })
            })
            .collect(),
        domains,
        outline,
        service_data: items(document.service_data.as_ref())
            .filter_map(|(_, item)| {
                Some(ServiceData {
                    id: word(&item.id)?,
                    label: text(&item.label)?,
                    kind: *item.kind.get()?,
                    source: optional(item.source.as_ref()),
                    note: optional(item.note.as_ref()),
                })
            })
            .collect(),
        professional_development: document.professional_development.as_ref().and_then(Field::get).and_then(|hours| {
            Some(ProfessionalDevelopment {
                contact_hours: hours.contact_hours.get()?.0.clone(),
                years: *hours.years.get()?,
                applies_to: optional(hours.applies_to.as_ref()),
                source: optional(hours.source.as_ref()),
                note: optional(hours.note.as_ref()),
            })
        }),
        supervision: document.supervision.as_ref().and_then(Field::get).map(|supervision| Supervision {
            kinds: items(Some(&supervision.kinds))
                .filter_map(|(_, kind)| Some(SupervisionKind { id: word(&kind.id)?, label: text(&kind.label)? }))
                .collect(),
            every_weeks: supervision.every.as_ref().and_then(Field::get).and_then(|every| every.weeks.get()).copied(),
            source: optional(supervision.source.as_ref()),
            note: optional(supervision.note.as_ref()),
        }),
        policies,
        goals: goals.unwrap_or_else(|| GoalPlan::default_for(&scales)),
        extra: document.extra.as_ref().and_then(|extra| extra.value.clone()),
        scales,
        fingerprint: OnceLock::new(),
        scoring_fingerprint: OnceLock::new(),
        written: document,
        origin,
        base,
        warnings,
    })))
}

fn word(field: &Field<Word>) -> Option<String> {
    field.word().map(str::to_owned)
}

fn text(field: &Field<Text>) -> Option<String> {
    field.text().map(str::to_owned)
}

fn optional(field: Option<&Field<Text>>) -> Option<String> {
    field.and_then(text)
}

/// The domains with what is in them. `None` only where a required value is absent.
pub(super) fn domains(nodes: &[Node<'_>], outline: &Outline, scales: &Scales) -> Option<Vec<Domain>> {
    let own = |node: &outline::Node| indicator(nodes.get(node.number)?, node, scales);
    let indicators = |node: &outline::Node| outline.own(node).map(own).collect::<Option<Vec<_>>>();
    let competency = |node: &outline::Node| {
        let (id, code, title) = (node.id.clone(), node.code.clone(), node.title.clone()?);
        Some(Competency { id, code, title, statement: node.statement.clone()?, indicators: indicators(node)? })
    };
    let domains = outline.nest(competency, |node, competencies| {
        let (id, code, title) = (node.id.clone(), node.code.clone(), node.title.clone()?);
        let competencies = competencies.into_iter().collect::<Option<_>>()?;
        Some(Domain { id, code, title, statement: node.statement.clone(), competencies, indicators: indicators(node)? })
    });
    domains.into_iter().collect()
}

fn indicator(node: &Node<'_>, outlined: &outline::Node, scales: &Scales) -> Option<Indicator> {
    let (written, scale) = (node.indicator()?, scales.each().get(outlined.scale)?);
    let mut descriptors: Vec<(usize, String)> = Vec::new();
    for (level, _, text) in written.descriptors.and_then(Field::get).into_iter().flat_map(Entries::iter) {
        descriptors.push((scale.number(level)?, text.plain()?));
    }
    descriptors.sort_by_key(|(level, _)| *level);
    Some(Indicator {
        id: outlined.id.clone(),
        code: outlined.code.clone(),
        title: outlined.title.clone().filter(|_| outlined.statement.is_some()),
        statement: outlined.statement.as_ref().or(outlined.title.as_ref())?.clone(),
        guidance: written.guidance.and_then(Field::plain),
        evaluated_by: node.qualification.and_then(word),
        scale: outlined.scale,
        critical: written.critical.and_then(Field::get).copied().unwrap_or_default(),
        descriptors,
        checklist: super::practices::checklist(node, scale),
        goal: written.goal.and_then(Field::get).map(indicator_goal).unwrap_or_default(),
        index: outlined.indicators.start,
    })
}
