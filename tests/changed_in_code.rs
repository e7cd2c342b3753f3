//! An evaluation that is changed in code: nothing that was written is lost, and the same rules hold as for a document.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{
    Checked, Code, Employee, Error, Evaluation, Evaluator, Evidence, Format, Library, Organization, Period, Renderer,
    Rubric, Whom,
};

const TEXT: &str = "
rubric: { id: small }
employee: { id: E-1, name: Ann }
evaluators: [{ id: E-2, name: Bo }, { id: E-3, name: Cy }]
period: { from: 2025-08-25, to: 2026-06-12 }
ratings:
  plans: { level: has_met, by: E-2, comment: Nine of nine., evidence: [{ date: 2026-01-01, note: The log. }] }
  space: { level: has_not_met, by: E-3 }
  budget: { comment: The list of May. }
";

fn evaluation() -> Evaluation {
    let Checked { value: evaluation, diagnostics: found } = support::library().check("e.yaml", TEXT);
    evaluation.unwrap_or_else(|| panic!("{found}"))
}

fn codes(evaluation: &Evaluation) -> Vec<Code> {
    evaluation.diagnostics().iter().map(|finding| finding.code).collect()
}

/// The code of what is refused; the evaluation stays as it is.
fn refused(evaluation: &mut Evaluation, change: impl FnOnce(&mut Evaluation) -> Result<(), Error>) -> Code {
    let before = serde_json::to_string(evaluation).unwrap();
    let Err(Error::Refused { finding }) = change(evaluation) else { panic!("it is refused") };
    assert_eq!(serde_json::to_string(evaluation).unwrap(), before);
    finding.code
}

#[test]
fn another_level_leaves_comment_evidence_and_evaluator_alone() {
    let mut evaluation = evaluation();
    let rating = evaluation.rate("plans", "exceeds_expectations").unwrap();
    assert_eq!((rating.comment.as_deref(), rating.by.as_deref()), (Some("Nine of nine."), Some("E-2")));
    assert_eq!(rating.evidence[0].note, "The log.");
    let plans = evaluation.rubric().indicator("plans").unwrap().clone();
    let level = |evaluation: &Evaluation| evaluation.level(evaluation.rating(&plans).unwrap()).unwrap().id.clone();
    assert_eq!(level(&evaluation), "exceeds_expectations");
    evaluation.rate("plans", "no_opportunity_to_practice").unwrap();
    assert_eq!(evaluation.rating(&plans).unwrap().comment.as_deref(), Some("Nine of nine."));
}

#[test]
fn a_level_that_is_taken_back_leaves_the_texts_and_one_that_is_given_takes_them() {
    let mut evaluation = evaluation();
    let indicator = |id: &str| evaluation.rubric().indicator(id).unwrap().clone();
    let (plans, budget) = (indicator("plans"), indicator("budget"));
    evaluation.unrate("plans").unwrap();
    assert!(evaluation.rating(&plans).is_none());
    let remark = evaluation.remark(&plans).unwrap();
    assert_eq!((remark.comment.as_deref(), remark.evidence.len()), (Some("Nine of nine."), 1));
    evaluation.rate("budget", "has_met").unwrap();
    assert!(evaluation.remark(&budget).is_none());
    assert_eq!(evaluation.rating(&budget).unwrap().comment.as_deref(), Some("The list of May."));
    evaluation.unrate("counsels").unwrap();
    evaluation.set_comment("plans", None).unwrap();
    assert_eq!(evaluation.remark(&plans).unwrap().comment, None);
    assert!(serde_json::to_value(&evaluation).unwrap()["ratings"].get("counsels").is_none());
}

#[test]
fn texts_may_come_before_the_level() {
    let mut evaluation = evaluation();
    evaluation.set_comment("counsels", Some("Two groups.")).unwrap();
    evaluation.set_by("counsels", Some("E-3")).unwrap();
    evaluation.add_evidence("counsels", Evidence::new("The plan of March.").on("2026-03-02").unwrap()).unwrap();
    let rating = evaluation.rate("counsels", "has_met").unwrap();
    assert_eq!((rating.comment.as_deref(), rating.by.as_deref()), (Some("Two groups."), Some("E-3")));
    assert_eq!(rating.evidence[0].date().as_deref(), Some("2026-03-02"));
    evaluation.add_evidence("counsels", Evidence::new("That of May.")).unwrap();
    assert_eq!(evaluation.rate("counsels", "has_met").unwrap().evidence.len(), 2);
    let text = serde_json::to_string(&evaluation).unwrap();
    let again = Evaluation::parse("again", &text, evaluation.rubric()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), evaluation.fingerprint());
}

#[test]
fn a_comment_of_what_is_not_in_the_scope_is_refused() {
    let text = TEXT.replace("ratings:", "not_assigned: { counsels: Others do. }\nratings:");
    let mut evaluation = support::library().check("e.yaml", &text).value.unwrap();
    for id in ["counsels", "none"] {
        let errors = [
            evaluation.set_comment(id, Some("x")).unwrap_err(),
            evaluation.set_by(id, Some("E-2")).unwrap_err(),
            evaluation.add_evidence(id, Evidence::new("x")).unwrap_err(),
            evaluation.unrate(id).unwrap_err(),
        ];
        assert!(errors.iter().all(|error| matches!(error, Error::UnknownIndicator { .. })));
    }
}

#[test]
fn findings_are_found_again_after_every_change() {
    let evaluation = evaluation();
    let read = codes(&evaluation);
    assert_eq!(read, [Code::MissingComment, Code::MissingEvidence]);
    let mut changed = evaluation.clone();
    changed.set_summary("A good year.").unwrap();
    assert_eq!(codes(&changed), read);
    assert_eq!(changed.score().diagnostics().len(), 2);
    for format in [Format::Html, Format::Markdown] {
        let report = Renderer::new().report(&changed.score(), format).unwrap();
        assert!(report.contains("without a comment") && report.contains("without evidence"), "{report}");
    }
    changed.rate("space", "has_not_met").unwrap().comment = Some("Two rooms.".to_owned());
    assert_eq!(codes(&changed), [Code::MissingEvidence]);
    changed.rate("space", "has_met").unwrap();
    assert_eq!(codes(&changed), []);
    // Code can write into a field a value that no document may hold, but the check finds it.
    changed.rate("space", "has_met").unwrap().by = Some("nobody".to_owned());
    assert_eq!(codes(&changed), [Code::UnknownEvaluator]);
    assert!(changed.diagnostics().has_errors());
    assert_eq!(codes(&evaluation), read);
}

#[test]
fn findings_of_an_evaluation_that_is_new_are_those_of_its_document() {
    let rubric = support::library().get("small").unwrap();
    let mut evaluation =
        made(&rubric, Whom::Employee(Employee::new("E-1", "Ann")), Evaluator::new("E-2", "Bo")).unwrap();
    assert_eq!(codes(&evaluation), []);
    evaluation.rate("space", "has_not_met").unwrap();
    assert_eq!(codes(&evaluation), [Code::MissingComment, Code::MissingEvidence]);
}

fn made(rubric: &Rubric, whom: Whom, evaluator: Evaluator) -> Result<Evaluation, Error> {
    Evaluation::new(rubric, whom, evaluator, Period::new("2025-08-25", "2026-06-12").unwrap())
}

#[test]
fn a_blank_id_or_name_is_refused_as_in_a_document() {
    let rubric = support::library().get("small").unwrap();
    let code = |whom: (&str, &str), evaluator: (&str, &str)| {
        let (whom, by) = (Employee::new(whom.0, whom.1), Evaluator::new(evaluator.0, evaluator.1));
        match made(&rubric, Whom::Employee(whom), by) {
            Err(Error::Refused { finding }) => Some((finding.code, finding.path)),
            _ => None,
        }
    };
    assert_eq!(code(("E-1", "Ann"), ("E-2", "Bo")), None);
    let blank = |path: &str| Some((Code::BlankText, path.to_owned()));
    assert_eq!(code(("", "Ann"), ("E-2", "Bo")), blank("employee.id"));
    assert_eq!(code(("E-1", " "), ("E-2", "Bo")), blank("employee.name"));
    assert_eq!(code(("E-1", "Ann"), ("\t", "Bo")), blank("evaluators[0].id"));
    assert_eq!(code(("E-1", "Ann"), ("E-2", "")), blank("evaluators[0].name"));
    let district = Library::bundled().get("connecticut_district_supports").unwrap();
    let nameless = Whom::Organization(Organization::new("D-1", ""));
    assert!(matches!(made(&district, nameless, Evaluator::new("E-2", "Bo")), Err(Error::Refused { .. })));
}

#[test]
fn an_evaluator_whom_a_document_may_not_have_is_refused() {
    let mut evaluation = evaluation();
    assert_eq!(
        refused(&mut evaluation, |evaluation| evaluation.add_evaluator(Evaluator::new("E-2", "Bo again"))),
        Code::DuplicateEvaluator
    );
    assert_eq!(
        refused(&mut evaluation, |evaluation| evaluation.add_evaluator(Evaluator::new("E-4", ""))),
        Code::BlankText
    );
    let mut qualified = Evaluator::new("E-4", "Di");
    qualified.qualifications.push("none".to_owned());
    assert_eq!(refused(&mut evaluation, |evaluation| evaluation.add_evaluator(qualified)), Code::UnknownQualification);
    evaluation.add_evaluator(Evaluator::new("E-4", "Di")).unwrap();
    assert_eq!(evaluation.evaluators().len(), 3);
}

#[test]
fn a_rating_by_nobody_and_evidence_of_nothing_are_refused() {
    let mut evaluation = evaluation();
    for id in ["plans", "budget", "counsels"] {
        let by = |evaluation: &mut Evaluation| evaluation.set_by(id, Some("nobody"));
        assert_eq!(refused(&mut evaluation, by), Code::UnknownEvaluator);
        let seen = |evaluation: &mut Evaluation| evaluation.add_evidence(id, Evidence::new(" "));
        assert_eq!(refused(&mut evaluation, seen), Code::BlankText);
    }
    // Of several evaluators, a rating says whose it is.
    assert_eq!(refused(&mut evaluation, |evaluation| evaluation.set_by("plans", None)), Code::MissingEvaluator);
    // An error that was there before refuses no other change.
    evaluation.rate("plans", "has_met").unwrap().by = None;
    evaluation.set_comment("plans", Some("Ten of ten.")).unwrap();
    evaluation.set_by("plans", Some("E-3")).unwrap();
    assert!(!evaluation.diagnostics().has_errors());
}
