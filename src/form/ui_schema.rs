//! The UI schema beside a form's JSON Schema, for a host's own page.

use crate::rubric::{Indicator, Level, ServiceDataKind, Type};
use crate::source::Any;

use super::Form;
use super::schema::{EVENTS, GOAL_STATUSES, STATUSES, map, order, text, written};

/// The keys of an evaluation in the order of the form.
const ORDER: [&str; 12] = [
    "type",
    "period",
    "employee",
    "organization",
    "evaluators",
    "not_assigned",
    "ratings",
    "inputs",
    "entered",
    "narratives",
    "summary",
    "*",
];
const GOAL: [&str; 7] = ["statement", "indicator", "measure", "activities", "contact_hours", "due", "status"];

impl Form {
    /// The UI schema for react-jsonschema-form that goes with [`Form::json_schema`]: levels as radio buttons, texts as text
    /// areas, everything in order.
    pub fn ui_schema(&self) -> String {
        let area = || map([("ui:widget", text("textarea"))]);
        let hidden = || map([("ui:widget", text("hidden"))]);
        let evidence = map([("items", map([("ui:order", order(["date", "kind", "at", "note"])), ("note", area())]))]);
        let rating = |indicator: &Indicator| {
            map([
                ("ui:order", order(["level", "by", "comment", "evidence"])),
                ("level", self.level_names(indicator).with("ui:widget", text("radio"))),
                ("comment", area()),
                ("evidence", evidence.clone()),
            ])
        };
        let ids = self.indicators().map(|indicator| indicator.id.as_str());
        let each = self.indicators().map(|indicator| (indicator.id.as_str(), rating(indicator)));
        let ratings: Vec<(&str, Any)> = std::iter::once(("ui:order", order(ids))).chain(each).collect();
        let texts = self.rubric.service_data().iter().filter(|item| item.kind == ServiceDataKind::Text);
        let service: Vec<(&str, Any)> = texts.map(|item| (item.id.as_str(), area())).collect();
        let types: Vec<Type> = self.rubric.types().collect();
        let items = |entries: Vec<(&'static str, Any)>| map([("items", map(entries))]);
        written(&map([
            ("ui:order", order(ORDER)),
            ("rubric", hidden()),
            ("scope", hidden()),
            ("allow", hidden()),
            ("migrated_from", hidden()),
            ("orphaned", hidden()),
            ("extra", hidden()),
            ("type", names(types.iter().map(Type::label))),
            ("status", names(STATUSES.map(|(_, name)| name))),
            ("shared", if self.is_self() { map([]) } else { hidden() }),
            ("format", hidden()),
            ("ratings", map(ratings)),
            ("summary", area()),
            ("narratives", self.narratives_ui(area)),
            ("evaluators", items(self.qualification_names())),
            (
                "goals",
                items(vec![
                    ("ui:order", order(GOAL)),
                    ("statement", area()),
                    ("measure", area()),
                    ("indicator", self.indicator_names()),
                    ("status", names(GOAL_STATUSES.map(|(_, name)| name))),
                ]),
            ),
            ("service_data", map(service)),
            ("inputs", super::scoring_schema::inputs(self)),
            ("entered", super::scoring_schema::pages(self)),
            ("responses", items(vec![("text", area())])),
            ("record", items(vec![("event", names(EVENTS.map(|(_, name)| name)))])),
        ]))
    }

    /// The labels of the levels of an indicator, each with its descriptor.
    fn level_names(&self, indicator: &Indicator) -> Any {
        let name = |(number, level): (usize, &Level)| match indicator.descriptor(number) {
            Some(descriptor) => format!("{}: {descriptor}", level.label),
            None => level.label.clone(),
        };
        let levels = self.levels_at(indicator).into_iter();
        let all: Vec<String> = levels.map(name).collect();
        names(all.iter().map(String::as_str))
    }

    fn qualification_names(&self) -> Vec<(&'static str, Any)> {
        let known = self.rubric.qualifications();
        let all = || names(known.iter().map(|item| item.label.as_str()));
        if known.is_empty() { Vec::new() } else { vec![("qualifications", all())] }
    }

    fn indicator_names(&self) -> Any {
        let name = |indicator: &Indicator| {
            let title = indicator.title.as_deref().unwrap_or(&indicator.statement);
            format!("{} {title}", indicator.code)
        };
        let all: Vec<String> = self.rubric.indicators().map(name).collect();
        names(all.iter().map(String::as_str))
    }
}

/// How a page shows a choice: by what people call its ids, in their order.
pub(super) fn names<'k>(names: impl IntoIterator<Item = &'k str>) -> Any {
    map([("ui:enumNames", order(names))])
}
