//! The events that a form offers for the record: the steps of the process.

use serde_json::Value;

use crate::rubric::Milestone;
use crate::view::view;

use super::Form;

view! {
    /// An event to choose.
    pub(super) struct EventChoice<'a> of |id: &'a str, label: &'a str|
    {
        id: &'a str = id,
        label: &'a str = label,
    }
}

impl<'a> EventChoice<'a> {
    /// The steps of the process, and whatever else the form's document records.
    pub(super) fn offered(form: &'a Form) -> Vec<Self> {
        let process = form.rubric.process();
        let recorded = form.document.get("record").and_then(Value::as_array).into_iter().flatten();
        let recorded: Vec<&str> = recorded.filter_map(|event| event.get("event")?.as_str()).collect();
        let is_offered = |id: &&str| {
            let is_step = process.steps().iter().any(|step| step.id == *id);
            is_step || recorded.contains(id) || *id == acknowledged(form)
        };
        process.events().filter(is_offered).map(|id| Self::of(id, process.label(id))).collect()
    }
}

/// The id of the event by which the employee acknowledges receipt.
pub(super) fn acknowledged(form: &Form) -> &str {
    let process = form.rubric.process();
    let own = process.steps().iter().find(|step| step.means == Some(Milestone::Acknowledged));
    own.map_or("acknowledged", |step| step.id.as_str())
}
