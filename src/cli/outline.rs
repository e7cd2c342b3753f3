//! Prints how a summative rating came about, as an outline that a reader can follow with pencil and paper.

use appraise::{Code, Evaluation, Outcome, Reason, Rubric, Scorecard, Step};

use super::messages::clean;

/// The width of most terminals, and of a page of paper.
const WIDTH: usize = 100;

/// The summative rating in a line, or the reason why none exists. Empty without a policy.
pub(super) fn summative(scorecard: &Scorecard) -> String {
    let evaluation = scorecard.evaluation();
    if evaluation.rubric().scoring_fingerprint().is_none() {
        return String::new();
    }
    if let Some(finding) = evaluation.diagnostics().iter().find(|finding| finding.code == Code::UnscoredScope) {
        return wrap("", "", &format!("No summative rating: {}.", finding.message));
    }
    if scorecard.steps().is_empty() {
        let kind = evaluation.kind().label().to_lowercase();
        return wrap("", "", &format!("No summative rating: the scoring policy does not score a {kind}."));
    }
    match scorecard.summative() {
        Some(outcome) => {
            let policy = scorecard.scored_by();
            let is_whole = evaluation.scope().is_empty() || policy.is_some_and(|policy| policy.is_for_scope);
            let part = if is_whole { "" } else { " of the part that it answers for" };
            let by = policy.and_then(|policy| policy.label).map(|label| format!(", by “{label}”")).unwrap_or_default();
            wrap("", "", &format!("Summative rating{part}{by}: {outcome}"))
        }
        None => wrap("", "", "No summative rating: the last step of the scoring policy has several results."),
    }
}

/// The warnings that a sum lacks members, a line each.
pub(super) fn short_sums(evaluation: &Evaluation) -> String {
    let short = evaluation.diagnostics().iter().filter(|finding| finding.code == Code::ShortSum);
    short.map(|finding| wrap("", "", &format!("Warning: {}.", finding.message))).collect()
}

/// Every step, and in it every result with its reasons. Empty where no policy scores the evaluation.
pub(super) fn steps(scorecard: &Scorecard) -> String {
    let rubric = scorecard.evaluation().rubric();
    let steps = scorecard.steps().iter().enumerate();
    steps.map(|(number, step)| self::step(number + 1, step, rubric)).collect()
}

fn step(number: usize, step: &Step, rubric: &Rubric) -> String {
    let mut out = format!("\n{}", wrap("", "", &format!("Step {number}: {}", name(step))));
    if let Some(clause) = &step.because {
        out.push_str(&wrap("  ", "", &format!("From: {clause}")));
    }
    if step.results.is_empty() {
        out.push_str("  No part that this step looks at is in the scope.\n");
    }
    for outcome in &step.results {
        let head = match subject(outcome, rubric) {
            Some(subject) => format!("{subject}: {outcome}"),
            None => format!("Result: {outcome}"),
        };
        out.push_str(&wrap("  ", "", &head));
        for reason in outcome.reasons() {
            out.push_str(&self::reason(reason));
        }
    }
    out
}

/// The label of a step.
pub(super) fn name(step: &Step) -> &str {
    step.label.as_deref().unwrap_or(&step.id)
}

/// The subject of a result, with its printed number: "4 Counselor".
pub(super) fn subject(outcome: &Outcome, rubric: &Rubric) -> Option<String> {
    let (id, label) = (outcome.subject.as_deref()?, outcome.label.as_deref().unwrap_or_default());
    Some(rubric.code(id).map_or(label.to_owned(), |code| format!("{code} {label}")))
}

fn reason(reason: &Reason) -> String {
    if reason.is_in_head() {
        return String::new();
    }
    let terms = match reason {
        Reason::Terms { terms, .. } => terms.as_slice(),
        _ => &[],
    };
    let mut out = wrap("    ", "- ", &reason.to_string());
    for term in terms.iter().filter(|term| !term.indicators.is_empty()) {
        out.push_str(&wrap("        ", "", &format!("{}: {}", term.label, term.indicators.join(", "))));
    }
    out
}

/// A text in lines, each behind the indent, the first behind the bullet too.
pub(super) fn wrap(indent: &str, bullet: &str, text: &str) -> String {
    let margin = format!("{indent}{}", " ".repeat(bullet.chars().count().max(2)));
    let mut lines: Vec<String> = vec![format!("{indent}{bullet}")];
    let mut is_first = true;
    for word in clean(text).split(' ') {
        match lines.last_mut() {
            Some(line) if is_first || line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push_str(if is_first { "" } else { " " });
                line.push_str(word);
            }
            _ => lines.push(format!("{margin}{word}")),
        }
        is_first = false;
    }
    lines.join("\n") + "\n"
}
