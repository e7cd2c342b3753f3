//! `appraise score --policy`: compares an evaluation under its rubric's policy and under another.

use appraise::what_if::{Differs, NotUsed, WhatIf};
use appraise::{Outcome, Scorecard};

use super::outline::{self, wrap};

/// Both summative ratings, every difference, the unused values; then every step under the other policy.
pub(super) fn text(what_if: &WhatIf, policy: &str) -> String {
    let mut out = String::new();
    out.push_str(&line("", &format!("Now: {}", summative(&what_if.old))));
    out.push_str(&line("", &format!("Under {policy}: {}", summative(&what_if.new))));
    let differences = what_if.differences();
    if differences.is_empty() {
        out.push_str("\nNo result differs.\n");
    } else {
        out.push_str(&format!("\nWhat differs ({}):\n", differences.len()));
    }
    for Differs { old, new, .. } in differences {
        if let Some(card) = new.or(old) {
            out.push_str(&line("  ", &head(card, if new.is_some() { &what_if.new } else { &what_if.old })));
            let none = "there is no such step";
            out.push_str(&line("    ", &format!("now: {}", old.map_or(none.to_owned(), Outcome::to_string))));
            out.push_str(&line("    ", &format!("then: {}", new.map_or(none.to_owned(), Outcome::to_string))));
        }
    }
    if !what_if.not_used.is_empty() {
        out.push_str(&format!("\nGiven, and not used under {policy}:\n"));
        out.extend(what_if.not_used.iter().map(|unused| line("  ", &not_used(unused))));
    }
    let steps = outline::steps(&what_if.new);
    if !steps.is_empty() {
        out.push_str(&format!("\nHow it is computed under {policy}\n{steps}"));
    }
    out
}

fn summative(scorecard: &Scorecard) -> String {
    let is_scored = !scorecard.steps().is_empty();
    let none = if is_scored { "no summative rating" } else { "no scoring: the profile of the ratings alone" };
    scorecard.summative().map_or(none.to_owned(), Outcome::to_string)
}

/// The step, and the subject of the result.
fn head(outcome: &Outcome, scorecard: &Scorecard) -> String {
    let step = scorecard.steps().iter().find(|step| step.id == outcome.step).map_or("", outline::name);
    match outline::subject(outcome, scorecard.evaluation().rubric()) {
        Some(subject) => format!("{step}, {subject}"),
        None => step.to_owned(),
    }
}

fn not_used(unused: &NotUsed) -> String {
    let kind = if unused.entered { "entered rating" } else { "input" };
    let subject = unused.subject_label.as_ref().map(|subject| format!(" of {subject}")).unwrap_or_default();
    format!("{kind} {}{subject}: {}", unused.label, unused.value)
}

fn line(indent: &str, text: &str) -> String {
    wrap(indent, "", text)
}
