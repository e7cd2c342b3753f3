//! The instrument: what of a rubric an evaluation rests on, and so its fingerprint covers.

use semver::Version;
use serde::Serialize;

use crate::fingerprint;
use crate::source::{Field, Word};
use crate::syntax;
use crate::syntax::evaluation::RubricReference;
use crate::syntax::rubric::{Qualification, Scale, Subject};

use super::Rubric;

/// The fingerprint of a rubric as written.
pub(super) fn fingerprint(document: &syntax::Rubric) -> String {
    fingerprint::of(&Instrument::of(document))
}

impl Rubric {
    /// Whether an evaluation that refers to its rubric so was made against this one; `None` when it says too little to
    /// know. The fingerprint decides where there is one, else the version.
    pub(crate) fn is_meant_by(&self, reference: &RubricReference) -> Option<bool> {
        if let Some(fingerprint) = &reference.fingerprint {
            return Some(fingerprint.word()?.eq_ignore_ascii_case(self.fingerprint()));
        }
        let version = || Some(Version::parse(reference.version.as_ref()?.word()?).ok()? == self.0.version);
        if reference.id.word()? == self.id() { version() } else { Some(false) }
    }
}

/// What the fingerprint covers, as written: all that a rating means something by.
#[derive(Serialize)]
struct Instrument<'a> {
    id: &'a Field<Word>,
    version: &'a Field<Word>,
    subject: &'a Option<Field<Subject>>,
    scale: &'a Option<Field<Scale>>,
    domains: Vec<serde_json::Value>,
    qualifications: &'a Option<Field<Vec<Field<Qualification>>>>,
}

impl<'a> Instrument<'a> {
    fn of(document: &'a syntax::Rubric) -> Self {
        let domains = document
            .domains
            .get()
            .into_iter()
            .flatten()
            .map(|domain| {
                let mut domain = serde_json::to_value(domain).unwrap_or_default();
                without_goals(&mut domain);
                domain
            })
            .collect();
        Self {
            id: &document.id,
            version: &document.version,
            subject: &document.subject,
            scale: &document.scale,
            domains,
            qualifications: &document.qualifications,
        }
    }
}

/// Goals may change without a rating changing its meaning.
fn without_goals(node: &mut serde_json::Value) {
    if let Some(entries) = node.as_object_mut() {
        entries.remove("goal");
        for key in ["competencies", "indicators"] {
            for child in entries.get_mut(key).and_then(serde_json::Value::as_array_mut).into_iter().flatten() {
                without_goals(child);
            }
        }
    }
}
