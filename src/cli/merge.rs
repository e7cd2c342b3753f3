//! `appraise merge`.

use appraise::draft::{Conflict, merge};
use appraise::{Draft, Source, Value};
use serde::Serialize;

use super::Failure;
use super::arguments::Merge;
use super::files::{self, Output};
use super::messages::{Messages, clean, plural};

pub(super) fn run(arguments: &Merge, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let Merge { base, ours, theirs, bases } = arguments;
    // Ours may be replaced, as git wants it.
    output.check_inputs([base, theirs].into_iter().chain(&bases.base))?;
    let library = files::library(bases, messages)?;
    let read = |path| {
        let input = files::read(path).map_err(messages.faulty("evaluation"))?;
        Draft::read(&library, &input.name, &input.text).map_err(messages.faulty("evaluation"))
    };
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    let merged = merge(&base, &ours, &theirs);
    let is_json = match output.ending().as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => Source::parse(ours.name(), ours.text()).is_json(),
    };
    let is_so = |draft: &&Draft| {
        draft.document() == merged.draft.document() && Source::parse(draft.name(), draft.text()).is_json() == is_json
    };
    let text = match [&ours, &theirs].into_iter().find(is_so) {
        // A version that has the changes of both stays as it is, to the letter.
        Some(draft) => draft.text().to_owned(),
        None if is_json => format!("{}\n", merged.draft.to_json()),
        None => merged.draft.to_yaml(),
    };
    messages.findings(merged.draft.diagnostics(), "evaluation");
    output.write(&text)?;
    report(&merged.conflicts, messages);
    if merged.conflicts.is_empty() { Ok(()) } else { Err(Failure::Findings) }
}

/// The conflicts, for programs.
#[derive(Serialize)]
struct Conflicts<'a> {
    conflicts: &'a [Conflict],
}

fn report(conflicts: &[Conflict], messages: &Messages) {
    if !conflicts.is_empty() {
        messages.note(&format!("{} changed by both, each in another way:", plural(conflicts.len(), "place")));
    }
    for Conflict { path, base, ours, theirs, .. } in conflicts {
        let value = |value: &Option<Value>| match value {
            None => "nothing".to_owned(),
            Some(value) => clean(&serde_json::to_string(value).unwrap_or_default()),
        };
        let place = if path.is_empty() { "the whole document" } else { path };
        let (base, ours, theirs) = (value(base), value(ours), value(theirs));
        messages.note(&format!("  {}: ours is {ours}, theirs is {theirs}; it was {base}", clean(place)));
    }
    messages.data(&Conflicts { conflicts });
}
