//! The view of an outsider: the ratings and results without names and words. Every field is named: a new one is decided on
//! here.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostics;
use crate::syntax::evaluation::Stated;

use super::super::{
    Employee, Entry, Evaluation, EvaluationData, Evaluator, Follows, Observation, Organization, Rating, Whom,
};
use super::NOT_SHOWN;

pub(super) fn of(evaluation: &Evaluation) -> EvaluationData {
    let parts = &*evaluation.0;
    let named = Named(&parts.evaluators);
    EvaluationData {
        rubric: parts.rubric.clone(),
        document: Arc::default(),
        stated_version: parts.stated_version.clone(),
        stated_fingerprint: parts.stated_fingerprint.clone(),
        kind: parts.kind.clone(),
        status: parts.status,
        whom: match &parts.whom {
            Whom::Employee(_) => Whom::Employee(Employee::new("employee", "Employee")),
            Whom::Organization(Organization { id, name }) => Whom::Organization(Organization::new(id, name)),
        },
        evaluators: parts.evaluators.iter().map(|evaluator| named.evaluator(evaluator)).collect(),
        period: parts.period,
        stated: Stated {
            completed_on: parts.stated.completed_on,
            scope: parts.stated.scope.clone(),
            goals: Vec::new(),
            professional_development: Vec::new(),
            supervision: None,
            responses: Vec::new(),
            record: Vec::new(),
            migrated_from: Vec::new(),
            orphaned: Vec::new(),
            seal: None,
            amendments: Vec::new(),
        },
        not_assigned: parts.not_assigned.iter().map(|(id, _)| (id.clone(), NOT_SHOWN.to_owned())).collect(),
        in_scope: parts.in_scope.clone(),
        ratings: parts.ratings.iter().map(|rating| rating.as_ref().map(|rating| named.rating(rating))).collect(),
        remarks: BTreeMap::new(),
        observations: parts.observations.iter().zip(1..).map(|(one, number)| named.occasion(one, number)).collect(),
        applying: parts.applying,
        inputs: parts.inputs.clone(),
        text: None,
        history: parts.history.clone(),
        entered: parts.entered.iter().map(entry).collect(),
        service_data: Vec::new(),
        judged: OnceLock::new(),
        fingerprint: OnceLock::new(),
        diagnostics: OnceLock::from(Diagnostics::default()),
        withheld: None,
    }
}

fn entry(entry: &Entry) -> Entry {
    let Entry { slot, rating, rationale: _ } = entry;
    Entry { slot: *slot, rating: *rating, rationale: NOT_SHOWN.to_owned() }
}

/// The evaluators, who are told apart by numbers.
struct Named<'a>(&'a [Evaluator]);

impl Named<'_> {
    fn id(&self, id: &str) -> String {
        let number = self.0.iter().zip(1..).find(|(evaluator, _)| evaluator.id == id).map_or(0, |(_, number)| number);
        format!("evaluator_{number}")
    }

    fn by(&self, by: Option<&String>) -> Option<String> {
        by.map(|id| self.id(id))
    }

    fn evaluator(&self, evaluator: &Evaluator) -> Evaluator {
        let Evaluator { id, name: _, title: _, qualifications } = evaluator;
        let id = self.id(id);
        let name = id.replace("evaluator_", "Evaluator ");
        Evaluator { id, name, title: None, qualifications: qualifications.clone() }
    }

    fn rating(&self, rating: &Rating) -> Rating {
        let Rating { given, by, comment: _, evidence: _, seen, follows } = rating;
        let follows = follows.as_deref().map(|Follows { observation, by }| {
            Box::new(Follows { observation: *observation, by: self.by(by.as_ref()) })
        });
        let by = self.by(by.as_ref());
        Rating { given: *given, by, comment: None, evidence: Vec::new(), seen: seen.clone(), follows }
    }

    fn occasion(&self, observation: &Observation, number: u32) -> Observation {
        let Observation { id: _, kind, date, by, minutes: _, at: _, notes: _, ratings, remarks: _ } = observation;
        Observation {
            id: format!("observation_{number}"),
            kind: kind.clone(),
            date: *date,
            by: self.by(by.as_ref()),
            minutes: None,
            at: None,
            notes: None,
            ratings: ratings.iter().map(|(indicator, rating)| (*indicator, self.rating(rating))).collect(),
            remarks: BTreeMap::new(),
        }
    }
}
