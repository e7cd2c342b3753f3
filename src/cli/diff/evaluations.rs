//! The changes between two states of an evaluation.

use appraise::changes::{Revised, Revision};
use appraise::{Evaluation, changes};

use super::super::Failure;
use super::super::arguments::{Diff, DiffFormat, For};
use super::super::messages::{self, Messages, clean, plural};

/// The changes, as they are asked for: of the whole evaluations, or of what a role is shown of them.
pub(super) fn compared(
    arguments: &Diff,
    old: &Evaluation,
    new: &Evaluation,
    messages: &Messages,
) -> Result<String, Failure> {
    if old.whom().identity() != new.whom().identity() {
        let (old, new) = (clean(old.whom().id()), clean(new.whom().id()));
        messages.note(&format!("warning: these are evaluations of two people, `{old}` and `{new}`"));
    }
    let changes = match arguments.role {
        None => changes(old, new),
        Some(role) => changes(&shown(old, role, "old")?, &shown(new, role, "new")?),
    };
    Ok(match arguments.format {
        DiffFormat::Text => text(&changes),
        DiffFormat::Json => messages::json(&changes),
    })
}

fn shown(evaluation: &Evaluation, role: For, which: &str) -> Result<Evaluation, Failure> {
    let view = evaluation.view(role.role());
    let why = view.withheld().map(ToString::to_string).unwrap_or_default();
    let refused = || Failure::Message(format!("the {which} one is not shown to the {}: {why}", role.role().as_str()));
    view.into_evaluation().ok_or_else(refused)
}

fn text(changes: &Revision) -> String {
    let (old, new) = (&changes.old, &changes.new);
    let status = |status| if status == appraise::Status::Final { "final" } else { "draft" };
    let mut out = format!("{} {} -> {} {}\n", clean(&old.id), status(old.status), clean(&new.id), status(new.status));
    if changes.is_empty() {
        return out + "Nothing changed.\n";
    }
    out.push_str(&format!("{}.\n", plural(changes.changes.len(), "change")));
    let mut section = "";
    for change in &changes.changes {
        // Ratings that follow stand at the end, and are no entries of the document.
        let heading = if change.follows { "ratings that follow" } else { change.section.as_str() };
        if section != heading {
            section = heading;
            out.push_str(&format!("\n{}\n", clean(&heading.replace('_', " "))));
        }
        out.push_str(&format!("  {}\n", clean(&line(change))));
    }
    out
}

fn line(change: &Revised) -> String {
    let kind = change.kind.as_str();
    let values = match (&change.was_text, &change.is_text) {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    format!("{kind} {}: {values}", change.label).replace(['\n', '\r'], " ")
}
