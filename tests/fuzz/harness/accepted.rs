//! Statements about every rubric and evaluation that the checks accept: it is scored, explained, printed in every way there
//! is, and written to be read again as the same.

use std::sync::OnceLock;

use appraise::table::{self, Options};
use appraise::{
    Checked, Diagnostics, Evaluation, Form, Format, Indicator, Library, Renderer, Rubric, Scorecard, agreement, diff,
    migrate,
};

use super::{Effort, get};

/// Its templates are compiled once.
fn renderer() -> &'static Renderer {
    static RENDERER: OnceLock<Renderer> = OnceLock::new();
    RENDERER.get_or_init(Renderer::new)
}

/// A fault is said at a place of the text, and so that it can be drawn; and there is a value, or an error.
pub fn found(text: &str, diagnostics: &Diagnostics, is_accepted: bool) {
    assert_eq!(is_accepted, !diagnostics.has_errors(), "{diagnostics}");
    // Three characters end a line, alone or in pairs.
    let lines = text.split(['\r', '\n', '\u{85}']).count() + 1;
    for finding in diagnostics {
        assert!(finding.start <= finding.end, "{diagnostics}");
        assert!(finding.file != diagnostics.file() || finding.end.line as usize <= lines, "{diagnostics}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{diagnostics}");
    }
    assert_eq!(diagnostics.to_string().is_empty(), diagnostics.is_empty());
    serde_json::to_string(diagnostics).unwrap();
}

/// The rubric reads as the same when written, and everything that is made of a rubric can be made.
pub fn rubric(rubric: &Rubric, effort: Effort) {
    let written = rubric.to_yaml();
    let library = match effort {
        Effort::Whole => Library::empty(),
        Effort::Least => Library::empty().without_proof(),
    };
    let Checked { value: again, diagnostics: findings } = Rubric::check("written.yaml", &written, &library);
    let again = again.unwrap_or_else(|| panic!("what is written is not accepted: {findings}\n{written}"));
    assert_eq!(again.fingerprint(), rubric.fingerprint(), "{written}");
    assert_eq!(again.scoring_fingerprint(), rubric.scoring_fingerprint(), "{written}");
    assert_eq!(again.to_yaml(), written);
    let levels = rubric.scale().levels().len();
    if effort == Effort::Least {
        if let Some(rated) = filled(rubric, levels.checked_sub(1)) {
            scorecard(&rated.score());
        }
        return;
    }
    assert!(diff::compare(rubric, &again).changes.is_empty(), "{written}");
    as_table(rubric);
    let form = Form::new(rubric);
    pages_of_form(&form);
    if let Some(empty) = filled(rubric, None) {
        evaluation(&empty, effort);
    }
    for level in [0, levels.saturating_sub(1)] {
        if let Some(rated) = filled(rubric, Some(level)) {
            pages(&rated.score());
        }
    }
}

/// The rubric comes back from its table with the same words in the same places.
fn as_table(rubric: &Rubric) {
    // Spreadsheets write the line breaks of a cell in any of three ways, so all of them come back as one.
    if rubric.to_yaml().contains("\\r") {
        return;
    }
    let text = table::export(rubric);
    let mut options = Options::default();
    options.from = Some(rubric.clone());
    let Checked { value: yaml, diagnostics: findings } = table::import("t.csv", &text, &options);
    let Some(yaml) = yaml else { panic!("its own table is not accepted: {findings}\n{text}") };
    let Checked { value: again, diagnostics: findings } = Rubric::check("t.yaml", &yaml, &Library::empty());
    let again = again.unwrap_or_else(|| panic!("what its table makes is not accepted: {findings}\n{yaml}"));
    assert_eq!(again.fingerprint(), rubric.fingerprint(), "{text}\n{yaml}");
    let changes = diff::compare(rubric, &again).changes;
    assert!(changes.is_empty(), "{changes:?}\n{text}\n{yaml}");
}

/// An evaluation with no rating, or with every indicator at one level.
fn filled(rubric: &Rubric, level: Option<usize>) -> Option<Evaluation> {
    let subject = format!("{:?}", rubric.subject()).to_lowercase();
    let level_at = |indicator: &Indicator| {
        let levels = rubric.scale_of(indicator)?.levels();
        Some(levels.get(level?).or(levels.last())?.id.as_str())
    };
    let rating =
        |level: &str| serde_json::json!({ "level": level, "comment": "Seen.", "evidence": [{ "note": "Seen." }] });
    let ratings: serde_json::Map<_, _> = rubric
        .indicators()
        .filter_map(|indicator| Some((indicator.id.clone(), rating(level_at(indicator)?))))
        .collect();
    let evaluation = serde_json::json!({
        "rubric": { "id": rubric.id() },
        subject: { "id": "E-1", "name": "Ann" },
        "evaluators": [{ "id": "E-2", "name": "Bo" }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": ratings,
    });
    // A qualification that the evaluator does not have may be an error.
    Evaluation::check("filled.json", &evaluation.to_string(), rubric).value
}

/// The evaluation reads as the same when written, and everything that is made of an evaluation can be made.
pub fn evaluation(evaluation: &Evaluation, effort: Effort) {
    let rubric = evaluation.rubric();
    for written in [evaluation.to_yaml(), serde_json::to_string(evaluation).unwrap()] {
        let Checked { value: again, diagnostics: findings } = Evaluation::check("written", &written, rubric);
        let again = again.unwrap_or_else(|| panic!("what is written is not accepted: {findings}\n{written}"));
        assert_eq!(again.fingerprint(), evaluation.fingerprint(), "{written}");
        let (before, after) = (scorecard(&evaluation.score()), scorecard(&again.score()));
        for (key, before) in before.as_object().unwrap() {
            assert_eq!(after.get(key), Some(before), "{key} of {written}");
        }
        assert_eq!(before.as_object().map(serde_json::Map::len), after.as_object().map(serde_json::Map::len));
    }
    if effort == Effort::Least {
        return;
    }
    pages(&evaluation.score());
    for form in [Form::of(evaluation), Form::after(evaluation), Form::response_to(evaluation)] {
        pages_of_form(&form);
    }
    let beside = agreement::compare([evaluation, evaluation]).unwrap();
    assert_eq!(beside.differences().count(), 0);
    renderer().report_beside(&evaluation.score(), &beside, Format::Html).unwrap();
    let document = serde_json::to_string(evaluation).unwrap();
    // The evaluation stays as it is for the rubric that it was made against; for another nothing is lost, or something is
    // found.
    if let Ok(same) = migrate::migrate("e.json", &document, rubric, Some(rubric)) {
        assert_eq!(same.evaluation.score().overall().rated, evaluation.score().overall().rated);
    }
    for id in ["connecticut_school_social_work", "connecticut_district_supports"] {
        let other = get(id);
        if let Ok(moved) = migrate::migrate("e.json", &document, &other, Some(rubric)) {
            pages(&moved.evaluation.score());
            let again = Evaluation::check("moved.yaml", &moved.evaluation.to_yaml(), &other);
            assert!(again.value.is_some(), "{}", again.diagnostics);
        }
    }
}

/// The computed values, without the findings, whose places depend on how a document is laid out.
fn scorecard(scorecard: &Scorecard) -> serde_json::Value {
    let tally = scorecard.overall();
    // A number is at no level.
    let evaluation = scorecard.evaluation();
    let ratings = evaluation.rubric().indicators().filter_map(|indicator| evaluation.rating(indicator));
    let numbers = ratings.filter(|rating| evaluation.level(rating).is_none()).count();
    let levels = tally.levels.iter().sum::<u32>();
    assert_eq!(levels + u32::try_from(numbers).unwrap() + tally.unrated + tally.judged, tally.indicators);
    let mut value = serde_json::to_value(scorecard).unwrap();
    value.as_object_mut().unwrap().remove("diagnostics");
    value
}

/// Every page and every document that is made of a scorecard.
fn pages(scorecard: &Scorecard) {
    let goals = scorecard.goals();
    serde_json::to_string(&goals).unwrap();
    self::scorecard(scorecard);
    for format in [Format::Html, Format::Markdown] {
        renderer().report(scorecard, format).unwrap();
        renderer().goals(scorecard, format).unwrap();
    }
    let mut summary = appraise::summary::Summary::new(scorecard.evaluation().rubric());
    summary.add(scorecard).unwrap();
    let summaries = [summary.overviews(5), summary.overviews(0)].concat().into();
    serde_json::to_string(&summaries).unwrap();
    renderer().summary(&summaries).unwrap();
}

fn pages_of_form(form: &Form) {
    for format in [Format::Html, Format::Markdown] {
        renderer().form(form, format).unwrap();
    }
    form.yaml();
    for schema in [form.json_schema(), form.ui_schema()] {
        serde_json::from_str::<serde_json::Value>(&schema).unwrap();
    }
}
