//! Names that a host finds parts by, and what of a person stands in no log.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Evaluation, Library};

/// An evaluation with a word of its own in every text, and in every name.
const MARKED: &str = "
rubric: { id: connecticut_school_social_work }
employee: { id: E-1, name: MARK, title: MARK, assignments: [{ school: MARK }] }
evaluators: [{ id: E-2, name: MARK-2, title: MARK, qualifications: [school_social_work] }]
period: { from: 2025-08-25, to: 2026-06-12 }
not_assigned: { inventories: MARK }
ratings:
  deadlines: { level: has_not_met, comment: MARK, evidence: [{ date: 2026-02-03, kind: MARK, at: MARK, note: MARK }] }
  self_growth: { comment: MARK, evidence: [{ note: MARK }] }
goals: [{ indicator: deadlines, statement: MARK, measure: MARK, activities: [MARK] }]
professional_development: [{ date: 2025-10-10, title: MARK, contact_hours: 4 }]
supervision: [{ date: 2025-10-01, kind: clinical, by: E-2, note: MARK }]
summary: MARK
responses: [{ date: 2026-06-08, by: E-1, text: MARK }]
record: [{ date: 2026-06-01, event: delivered, by: E-2, note: MARK }]
extra: { note: MARK }
";

#[test]
fn no_log_of_an_evaluation_shows_a_name_or_a_text() {
    let evaluation = Library::bundled().check("e.yaml", MARKED).value.unwrap_or_else(|| panic!("it keeps every rule"));
    let indicator = |id: &str| evaluation.rubric().indicator(id).unwrap();
    let shown = [
        format!("{evaluation:?}"),
        format!("{:?}", evaluation.score()),
        format!("{:?}", evaluation.rating(indicator("deadlines")).unwrap()),
        format!("{:?}", evaluation.remark(indicator("self_growth")).unwrap()),
        format!("{:?} {:?}", evaluation.whom(), evaluation.evaluators()),
        format!("{:?} {:?} {:?}", evaluation.goals(), evaluation.responses(), evaluation.record()),
        format!("{:?} {:?}", evaluation.professional_development(), evaluation.supervision()),
        format!("{:?}", evaluation.diagnostics()),
        format!("{:?}", Evaluation::check("e.yaml", &MARKED.replace("has_not_met", "has_no"), evaluation.rubric())),
    ];
    for shown in shown {
        assert!(!shown.contains("MARK"), "{shown}");
    }
    // Every marked text is read, or the test would see nothing.
    assert_eq!(MARKED.matches("MARK").count(), evaluation.to_yaml().matches("MARK").count());
}

#[test]
fn a_finding_names_the_part_of_the_rubric_that_it_is_about() {
    let text = MARKED.replace("has_not_met", "has_no").replace("inventories: MARK", "inventorys: MARK");
    let found = Library::bundled().check("e.yaml", &text).diagnostics;
    let subjects: Vec<_> = found.iter().map(|finding| (finding.path.as_str(), finding.subject.as_deref())).collect();
    assert!(subjects.contains(&("ratings.deadlines.level", Some("deadlines"))), "{subjects:?}");
    assert!(subjects.contains(&("not_assigned.inventorys", Some("inventorys"))), "{subjects:?}");
    let found = Library::bundled().check("e.yaml", "rubric: { id: connecticut_school_social_work }").diagnostics;
    assert!(found.iter().all(|finding| finding.subject.is_none()));
}

#[test]
fn every_rubric_is_found_by_its_version_and_fingerprint_until_it_is_removed() {
    let library = support::library();
    let rubrics = library.rubrics();
    assert!(rubrics.len() > 10);
    for rubric in &rubrics {
        let same = |found: Option<appraise::Rubric>| found.map(|found| found.fingerprint().to_owned());
        let own = Some(rubric.fingerprint().to_owned());
        assert_eq!(same(library.get_version(rubric.id(), &rubric.version())), own);
        assert_eq!(same(library.by_fingerprint(rubric.fingerprint())), own);
        let mut without = library.clone();
        let is_bundled = Library::bundled().get(rubric.id()).is_some();
        assert_eq!(without.remove(rubric.id(), &rubric.version()), !is_bundled, "{}", rubric.id());
        assert_eq!(without.get_version(rubric.id(), &rubric.version()).is_some(), is_bundled);
    }
    assert!(library.by_fingerprint("sha256:0").is_none());
}

#[test]
fn a_tally_has_the_names_of_its_node() {
    let evaluation = Library::bundled().check("e.yaml", MARKED).value.unwrap();
    let scorecard = evaluation.score();
    let domains: Vec<_> = scorecard.nodes().filter(|node| node.is_domain).collect();
    assert_eq!(domains.len(), scorecard.domains().len());
    for (node, domain) in domains.iter().zip(scorecard.domains()) {
        assert_eq!(node.tally, &domain.tally);
        assert!(!node.title.is_empty());
    }
    let ids: Vec<&str> = domains.iter().map(|node| node.id).collect();
    let known: Vec<&str> = evaluation.rubric().domains().iter().map(|domain| domain.id.as_str()).collect();
    assert_eq!(ids, known);
}
