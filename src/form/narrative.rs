//! The texts beside the ratings that a form asks for.

use std::fmt::Write as _;

use serde_json::Value;

use crate::rubric::{Narrative, NarrativeOf};
use crate::source::Any;
use crate::view::view;

use super::Form;
use super::part::{map, object, order, required, words};
use super::yaml::{comment, entry_at};

view! {
    /// A text to write beside the ratings.
    pub(super) struct Asked<'a> of |narrative: &'a Narrative, part: Option<&'a str>, form: &'a Form|
    {
        /// The place of the text in an evaluation: `narratives.commendations.planning`.
        key: String = match part {
            Some(part) => format!("narratives.{}.{part}", narrative.id),
            None => format!("narratives.{}", narrative.id),
        },
        /// The name of the text: "Commendations, Planning".
        name: String = name(form, narrative, part),
        /// The id of the domain or competency that the text is about; null for the whole.
        part: Option<&'a str> = part,
        /// Whether a final evaluation needs the text.
        required: bool = is_required(form, narrative),
    }
}

impl<'a> Asked<'a> {
    /// The texts about a domain or competency, or with `None` about the whole.
    pub(super) fn about(form: &'a Form, part: Option<&'a str>) -> Vec<Self> {
        let narratives = form.rubric.narratives().iter();
        let of_part = narratives.filter(|narrative| form.parts(narrative).contains(&part));
        of_part.map(|narrative| Self::of(narrative, part, form)).collect()
    }
}

/// The label, with that of the domain or competency that the text is about.
fn name(form: &Form, narrative: &Narrative, part: Option<&str>) -> String {
    match part.and_then(|part| form.rubric.node(part)) {
        Some(node) => format!("{}, {}", narrative.label, node.label()),
        None => narrative.label.clone(),
    }
}

/// Whether a final evaluation needs the text. One about the whole is not asked of a form for a part.
fn is_required(form: &Form, narrative: &Narrative) -> bool {
    narrative.required && (narrative.of != NarrativeOf::Whole || !form.document.contains_key("scope"))
}

impl Form {
    /// The parts on the form that a narrative is about.
    fn parts<'a>(&'a self, narrative: &Narrative) -> Vec<Option<&'a str>> {
        let holds_some = |part: &Option<&str>| {
            let range = part.and_then(|part| self.rubric.node(part)).map(|node| node.indicators.clone());
            range.is_none_or(|range| self.indicators().any(|indicator| range.contains(&indicator.index)))
        };
        narrative.parts(&self.rubric).into_iter().filter(holds_some).collect()
    }

    /// The values of the narratives in a JSON Schema.
    pub(super) fn narratives_schema(&self) -> Any {
        let of = |narrative: &Narrative| {
            let of_part = |part: &str| words(&name(self, narrative, Some(part)));
            match narrative.of {
                NarrativeOf::Whole => words(&narrative.label),
                _ => object(
                    &narrative.label,
                    self.parts(narrative).into_iter().flatten().map(|part| (part, of_part(part))),
                    &[],
                ),
            }
        };
        let narratives = self.rubric.narratives().iter();
        object("Narratives", narratives.map(|narrative| (narrative.id.as_str(), of(narrative))), &[])
    }

    /// The narratives that a final evaluation requires, as a JSON Schema; `None` where none is required.
    pub(super) fn required_narratives(&self) -> Option<Any> {
        let needed = || self.rubric.narratives().iter().filter(|narrative| is_required(self, narrative));
        needed().next()?;
        let of_parts = needed().filter(|narrative| narrative.of != NarrativeOf::Whole);
        let parts = |narrative: &Narrative| required(self.parts(narrative).into_iter().flatten());
        let each = map(of_parts.map(|narrative| (narrative.id.as_str(), parts(narrative))));
        Some(required(needed().map(|narrative| narrative.id.as_str())).with("properties", each))
    }

    /// The narratives in a UI schema: text areas, in order.
    pub(super) fn narratives_ui(&self, area: impl Fn() -> Any) -> Any {
        let of = |narrative: &Narrative| match narrative.of {
            NarrativeOf::Whole => area(),
            _ => map(self.parts(narrative).into_iter().flatten().map(|part| (part, area()))),
        };
        let ids = || self.rubric.narratives().iter().map(|narrative| narrative.id.as_str());
        let each = self.rubric.narratives().iter().map(|narrative| (narrative.id.as_str(), of(narrative)));
        map(std::iter::once(("ui:order", order(ids()))).chain(each))
    }

    /// Writes a place for each text in YAML.
    pub(super) fn narratives_yaml(&self, out: &mut String) {
        if self.rubric.narratives().is_empty() {
            return;
        }
        let given = self.document.get("narratives");
        let _ = writeln!(out);
        let some_required = self.rubric.narratives().iter().any(|narrative| is_required(self, narrative));
        let required = if some_required { " A final evaluation needs the required ones." } else { "" };
        comment(out, 0, &format!("Texts beside the ratings.{required}"));
        let _ = writeln!(out, "narratives:");
        for narrative in self.rubric.narratives() {
            let given = given.and_then(|given| given.get(&narrative.id));
            let about = match narrative.of {
                NarrativeOf::Whole => "",
                NarrativeOf::Domain => ", for each domain",
                NarrativeOf::Competency => ", for each competency",
            };
            let needed = if is_required(self, narrative) { " (required)" } else { "" };
            comment(out, 2, &format!("{}{about}{needed}", narrative.label));
            if narrative.of == NarrativeOf::Whole {
                place(out, 2, &narrative.id, given);
                continue;
            }
            let _ = writeln!(out, "  {}:", narrative.id);
            for part in self.parts(narrative).into_iter().flatten() {
                if let Some(node) = self.rubric.node(part) {
                    comment(out, 4, &format!("{} {}", node.code, node.label()));
                }
                place(out, 4, part, given.and_then(|given| given.get(part)));
            }
        }
    }
}

/// A text, or the place for one.
fn place(out: &mut String, indent: usize, id: &str, given: Option<&Value>) {
    match given {
        Some(given) => entry_at(out, indent, id, given),
        None => {
            let _ = writeln!(out, "{:indent$}{id}:", "");
        }
    }
}
