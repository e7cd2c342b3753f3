//! Builds the checked rubric from a document that keeps every rule.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of nodes, of which a document has at most `MAX_NODES`")]

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use semver::Version;

use crate::diagnostic::Severity;
use crate::policy::Policy;
use crate::rubric::{
    Adopted, Competency, Domain, GoalPlan, Indicator, Node, OwnKind, ProfessionalDevelopment, Qualification, Rubric,
    RubricData, Scale, ServiceData, Subject, Tier,
};
use crate::source::{Entries, Field, Origin, Text, Warnings, Word};
use crate::syntax;
use crate::syntax::rubric::Enforce;

use super::super::items;
use super::goals::indicator_goal;

/// What the rules have read already.
pub(super) struct Checked {
    /// How many domains, competencies and indicators there are together.
    pub(super) size: usize,
    pub(super) version: Version,
    pub(super) adopted: Option<Date>,
    pub(super) effective: Option<(Date, Date)>,
    pub(super) scale: Scale,
    pub(super) goals: Option<GoalPlan>,
    pub(super) origin: Origin,
    pub(super) base: Option<Rubric>,
    pub(super) warnings: Warnings,
    pub(super) policies: Vec<Policy>,
}

/// Builds the rubric. `None` only where a required value is absent, and then a finding says so.
pub(super) fn rubric(document: syntax::Rubric, checked: Checked) -> Option<Rubric> {
    let Checked { size, version, adopted, effective, scale, goals, origin, base, mut warnings, policies } = checked;
    base.iter().for_each(|base| warnings.extend(&base.0.warnings));
    let mut comment_required = vec![false; scale.levels().len()];
    for field in document.comment_required.as_ref().and_then(Field::get).into_iter().flatten() {
        *comment_required.get_mut(scale.position(field.word()?)?)? = true;
    }
    let (nodes, by_code) = (HashMap::with_capacity(size), HashMap::with_capacity(size));
    let mut tree = Tree { scale: &scale, nodes, by_code, next: 0 };
    let mut domains = Vec::new();
    for (index, (_, domain)) in items(Some(&document.domains)).enumerate() {
        domains.push(tree.domain(domain, index + 1)?);
    }
    let Tree { nodes, by_code, .. } = tree;
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
        nodes,
        by_code,
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
        policies,
        goals: goals.unwrap_or_else(|| GoalPlan::default_for(&scale)),
        extra: document.extra.as_ref().and_then(|extra| extra.value.clone()),
        scale,
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

/// The nodes while they are built, in order.
struct Tree<'a> {
    scale: &'a Scale,
    nodes: HashMap<String, Node>,
    by_code: HashMap<String, String>,
    next: usize,
}

impl Tree<'_> {
    fn enter(&mut self, tier: Tier, id: &str, code: &str, label: &str, indicators: Range<usize>) {
        let node = Node { tier, code: code.to_owned(), label: label.to_owned(), indicators };
        self.nodes.insert(id.to_owned(), node);
        self.by_code.entry(code.to_owned()).or_insert_with(|| id.to_owned());
    }

    fn domain(&mut self, domain: &syntax::rubric::Domain, number: usize) -> Option<Domain> {
        let first = self.next;
        let code = optional(domain.code.as_deref()).unwrap_or_else(|| number.to_string());
        let evaluated_by = domain.evaluated_by.as_deref().and_then(word);
        let mut indicators = Vec::new();
        for (index, (_, indicator)) in items(domain.indicators.as_ref()).enumerate() {
            indicators.push(self.indicator(indicator, &format!("{code}.{}", index + 1), evaluated_by.as_deref())?);
        }
        let mut competencies = Vec::new();
        for (index, (_, competency)) in items(domain.competencies.as_ref()).enumerate() {
            competencies.push(self.competency(
                competency,
                &format!("{code}.{}", index + 1),
                evaluated_by.as_deref(),
            )?);
        }
        let (id, title) = (word(&domain.id)?, text(&domain.title)?);
        self.enter(Tier::Domain, &id, &code, &title, first..self.next);
        Some(Domain {
            id,
            code,
            title,
            statement: optional(domain.statement.as_deref()),
            competencies,
            indicators,
            range: first..self.next,
        })
    }

    fn competency(
        &mut self,
        competency: &syntax::rubric::Competency,
        position: &str,
        inherited: Option<&str>,
    ) -> Option<Competency> {
        let first = self.next;
        let code = optional(competency.code.as_deref()).unwrap_or_else(|| position.to_owned());
        let evaluated_by = competency.evaluated_by.as_deref().and_then(word);
        let evaluated_by = evaluated_by.as_deref().or(inherited);
        let mut indicators = Vec::new();
        for (index, (_, indicator)) in items(competency.indicators.as_ref()).enumerate() {
            indicators.push(self.indicator(indicator, &format!("{code}.{}", index + 1), evaluated_by)?);
        }
        let (id, title) = (word(&competency.id)?, text(&competency.title)?);
        self.enter(Tier::Competency, &id, &code, &title, first..self.next);
        Some(Competency { id, code, title, statement: text(&competency.statement)?, indicators })
    }

    fn indicator(
        &mut self,
        indicator: &syntax::rubric::Indicator,
        position: &str,
        inherited: Option<&str>,
    ) -> Option<Indicator> {
        let index = self.next;
        self.next += 1;
        let code = optional(indicator.code.as_deref()).unwrap_or_else(|| position.to_owned());
        let (id, statement) = (word(&indicator.id)?, text(&indicator.statement)?);
        let title = optional(indicator.title.as_deref());
        self.enter(Tier::Indicator, &id, &code, title.as_deref().unwrap_or(&statement), index..index + 1);
        let mut descriptors: Vec<(usize, String)> = Vec::new();
        for (level, _, descriptor) in
            indicator.descriptors.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter)
        {
            descriptors.push((self.scale.position(level)?, descriptor.plain()?));
        }
        descriptors.sort_by_key(|(level, _)| *level);
        Some(Indicator {
            id,
            code,
            title,
            statement,
            guidance: indicator.guidance.as_ref().and_then(Field::plain),
            evaluated_by: indicator.evaluated_by.as_deref().and_then(word).or_else(|| inherited.map(str::to_owned)),
            critical: indicator.critical.as_ref().and_then(Field::get).copied().unwrap_or_default(),
            descriptors,
            goal: indicator.goal.as_ref().and_then(Field::get).map(indicator_goal).unwrap_or_default(),
            index,
        })
    }
}
