//! The instrument: the part of a rubric that an evaluation rests on, which its fingerprint covers.

use semver::Version;
use serde::Serialize;
use serde_json::{Value, json};

use crate::fingerprint;
use crate::source::{Entries, Field, Word};
use crate::syntax;
use crate::syntax::evaluation::RubricReference;
use crate::syntax::kind::OwnKind;
use crate::syntax::narrative::Narrative;
use crate::syntax::observation::Observations;
use crate::syntax::passage;
use crate::syntax::practice::Derive;
use crate::syntax::rubric::{Domain, Qualification, Subject};
use crate::syntax::scale::{DefaultScale, OtherScale};

use super::Rubric;

/// The fingerprint of a rubric as written.
pub(super) fn fingerprint(document: &syntax::Rubric) -> String {
    let syntax::Rubric {
        id,
        version,
        subject,
        scale,
        scales,
        kinds,
        narratives,
        observations,
        domains,
        qualifications,
        derive,
        ..
    } = document;
    let mut instrument = fingerprint::value(&Instrument {
        id,
        version,
        subject,
        scale,
        scales,
        kinds,
        narratives,
        observations,
        domains,
        qualifications,
        derive,
    });
    for domain in instrument.get_mut("domains").and_then(Value::as_array_mut).into_iter().flatten() {
        leave_out_what_changes_no_rating(domain);
    }
    for kind in instrument.get_mut("kinds").and_then(Value::as_array_mut).into_iter().flatten() {
        kind.as_object_mut().and_then(|entries| entries.remove("note"));
    }
    for narrative in instrument.get_mut("narratives").and_then(Value::as_array_mut).into_iter().flatten() {
        let is_default =
            |key: &str, value: &Value| (key == "of" && value == "whole") || (key == "required" && value == false);
        narrative.as_object_mut().into_iter().for_each(|entries| entries.retain(|key, value| !is_default(key, value)));
    }
    if let Some(observations) = instrument.get_mut("observations").and_then(Value::as_object_mut) {
        leave_out_defaults(observations);
    }
    if let Some(entries) = instrument.as_object_mut() {
        entries.retain(|key, value| !(["kinds", "narratives"].contains(&key.as_str()) && *value == json!([])));
        entries.retain(|key, value| key != "scales" || *value != json!({}));
    }
    fingerprint::of_value(&instrument)
}

/// Leaves out defaults: ratings that are entered, and a kind of which none is needed.
fn leave_out_defaults(observations: &mut serde_json::Map<String, Value>) {
    observations.retain(|key, value| key != "rating" || *value != json!("entered"));
    for kind in observations.get_mut("kinds").and_then(Value::as_array_mut).into_iter().flatten() {
        let is_default = |key: &str, value: &Value| {
            (key == "scope" && *value == json!([])) || (key == "at_least" && *value == json!(0))
        };
        kind.as_object_mut().into_iter().for_each(|entries| entries.retain(|key, value| !is_default(key, value)));
    }
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

/// The part of the document that the fingerprint covers: everything that gives a rating its meaning.
#[derive(Serialize)]
struct Instrument<'a> {
    id: &'a Field<Word>,
    version: &'a Field<Word>,
    subject: &'a Option<Field<Subject>>,
    scale: &'a Option<Field<DefaultScale>>,
    scales: &'a Option<Field<Entries<OtherScale>>>,
    kinds: &'a Option<Field<Vec<Field<OwnKind>>>>,
    narratives: &'a Option<Field<Vec<Field<Narrative>>>>,
    observations: &'a Option<Field<Observations>>,
    domains: &'a Field<Vec<Field<Domain>>>,
    qualifications: &'a Option<Field<Vec<Field<Qualification>>>>,
    derive: &'a Option<Field<Derive>>,
}

/// Goals may change without a rating changing its meaning, and empty descriptors or practices say as much as none.
fn leave_out_what_changes_no_rating(node: &mut Value) {
    if let Some(entries) = node.as_object_mut() {
        entries.remove("goal");
        if entries.get("descriptors").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
            entries.remove("descriptors");
        }
        if entries.get("practices").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            entries.remove("practices");
        }
        let descriptors = entries.get_mut("descriptors").and_then(Value::as_object_mut);
        descriptors.into_iter().flat_map(serde_json::Map::values_mut).for_each(in_plain_form);
        entries.get_mut("guidance").into_iter().for_each(in_plain_form);
        for key in ["competencies", "indicators"] {
            for child in entries.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
                leave_out_what_changes_no_rating(child);
            }
        }
    }
}

/// A list of bullets says what the text says in which each is a line.
fn in_plain_form(passage: &mut Value) {
    if let Value::Array(bullets) = passage {
        *passage = passage::joined(bullets.iter().filter_map(Value::as_str)).into();
    }
}

#[cfg(test)]
mod tests {
    use crate::library::Library;
    use crate::rubric::Rubric;

    const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One., descriptors: { has_met: Well. } }] }]
goals: { templates: [{ id: g, when: has_not_met, statement: Better. }] }
scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  steps: [{ id: summative, of: indicators, take: mean, flags: [{ flag: low, when: { score: growth, below: 2 } }] }]
  inputs: [{ id: growth, label: Growth, from: 0, to: 4 }]
";

    fn fingerprints(from: &str, to: &str) -> (String, String) {
        let text = RUBRIC.replace(from, to);
        let rubric = Rubric::parse("r", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        (rubric.fingerprint().to_owned(), rubric.scoring_fingerprint().unwrap().to_owned())
    }

    #[test]
    fn each_fingerprint_covers_all_of_its_part_and_nothing_else() {
        let (instrument, scoring) = fingerprints("", "");
        for (from, to) in
            [("One.", "Two."), ("Well.", "Better."), ("a1", "a2"), ("title: A", "title: B"), ("1.0.0", "1.0.1")]
        {
            let changed = fingerprints(from, to);
            assert_ne!(changed.0, instrument, "{from}");
            assert_eq!(changed.1, scoring, "{from}");
        }
        for (from, to) in
            [("has_met: 2", "has_met: 2.5"), ("take: mean", "take: sum"), ("below: 2", "below: 3"), ("to: 4", "to: 5")]
        {
            let changed = fingerprints(from, to);
            assert_eq!(changed.0, instrument, "{from}");
            assert_ne!(changed.1, scoring, "{from}");
        }
        for (from, to) in [("statement: Better.", "statement: Best."), ("has_met: 2", "has_met: 2.00")] {
            assert_eq!(fingerprints(from, to), (instrument.clone(), scoring.clone()), "{from}");
        }
    }

    #[test]
    fn bullets_are_the_same_as_a_list_and_as_lines_of_a_text() {
        let of = |descriptor: &str| fingerprints("descriptors: { has_met: Well. }", descriptor);
        let list = of("descriptors: { has_met: [Well., Soon.] }, guidance: [Ask.]");
        assert_eq!(list, of("descriptors: { has_met: \"• Well.\\n• Soon.\" }, guidance: • Ask."));
        assert_ne!(list, of("descriptors: { has_met: [Soon., Well.] }, guidance: [Ask.]"));
        assert_ne!(list, of("descriptors: { has_met: Well. Soon. }, guidance: [Ask.]"));
    }

    #[test]
    fn no_descriptors_are_the_same_in_either_form() {
        let described = ", descriptors: { has_met: Well. }";
        assert_eq!(fingerprints(described, ", descriptors: {}"), fingerprints(described, ""));
        assert_ne!(fingerprints(described, ""), fingerprints("", ""));
    }
}
