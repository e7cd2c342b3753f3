//! The UI schema beside a form's JSON Schema, for a host's own page.

use crate::rubric::{Indicator, Level, ServiceDataKind, Type};
use crate::source::{Any, Read, Shape};
use crate::syntax::evaluation::{Evidence, Goal, GoalStatus, Rating, Status};

use super::part::{map, names, order, text, written};
use super::schema::called;
use super::{CARRIED, Form, practices};

/// The keys of an evaluation in the order of the form.
const ORDER: [&str; 12] = [
    "type", "period", "employee", "organization", "evaluators", "not_assigned", "ratings", "inputs", "entered",
    "narratives", "summary", "*",
];

impl Form {
    /// The UI schema for react-jsonschema-form that goes with [`Form::json_schema`]: levels as radio buttons, texts as text
    /// areas, everything in order.
    pub fn ui_schema(&self) -> String {
        let area = || map([("ui:widget", text("textarea"))]);
        let hidden = || map([("ui:widget", text("hidden"))]);
        let evidence = map([("items", map([("ui:order", keys::<Evidence>()), ("note", area())]))]);
        let rating = |indicator: &Indicator| {
            let keys = Rating::shape().keys().iter().map(|key| key.0).collect::<Vec<_>>();
            let has_practices = !indicator.practices().is_empty();
            let keys = order(keys.into_iter().filter(|key| *key != practices::KEY || has_practices));
            let practices = has_practices.then(|| (practices::KEY, practices::boxes(indicator)));
            let rating = [
                ("ui:order", keys),
                ("level", self.level_names(indicator)),
                ("comment", area()),
                ("evidence", evidence.clone()),
            ];
            map(rating.into_iter().chain(practices))
        };
        let ids = self.indicators().map(|indicator| indicator.id.as_str());
        let each = self.indicators().map(|indicator| (indicator.id.as_str(), rating(indicator)));
        let ratings: Vec<(&str, Any)> = std::iter::once(("ui:order", order(ids))).chain(each).collect();
        let texts = self.rubric.service_data().iter().filter(|item| item.kind == ServiceDataKind::Text);
        let service: Vec<(&str, Any)> = texts.map(|item| (item.id.as_str(), area())).collect();
        let process = self.rubric.process();
        let types: Vec<Type> = self.rubric.types().collect();
        let items = |entries: Vec<(&'static str, Any)>| map([("items", map(entries))]);
        let unseen = ["rubric", "scope"].into_iter().chain(CARRIED).map(|key| (key, hidden()));
        let seen = [
            ("ui:order", order(ORDER)),
            ("type", names(types.iter().map(Type::label))),
            ("status", words::<Status>()),
            ("shared", if self.is_self() { map([]) } else { hidden() }),
            ("ratings", map(ratings)),
            ("summary", area()),
            ("narratives", self.narratives_ui(area)),
            ("evaluators", items(self.qualification_names())),
            (
                "goals",
                items(vec![
                    ("ui:order", keys::<Goal>()),
                    ("statement", area()),
                    ("measure", area()),
                    ("indicator", self.indicator_names()),
                    ("status", words::<GoalStatus>()),
                ]),
            ),
            ("service_data", map(service)),
            ("inputs", super::scoring_schema::inputs(self)),
            ("entered", super::scoring_schema::pages(self)),
            ("supervision", items(self.supervision_names())),
            ("responses", items(vec![("text", area())])),
            ("record", items(vec![("event", names(process.events().map(|event| process.label(event))))])),
        ];
        written(&map(seen.into_iter().chain(unseen)))
    }

    /// The labels of the levels of an indicator, each with its descriptor, as radio buttons. A number is a field; the choices
    /// of its scale are told by their ids.
    fn level_names(&self, indicator: &Indicator) -> Any {
        if self.rubric.scale_of(indicator).is_some_and(|scale| scale.range().is_some()) {
            return map([]);
        }
        let own = self.names_at(indicator);
        let name = |(place, (number, level)): (usize, (usize, &Level))| {
            let label = own.get(place).map_or(level.label.as_str(), AsRef::as_ref);
            match indicator.descriptor(number) {
                Some(descriptor) => format!("{label}: {descriptor}"),
                None => label.to_owned(),
            }
        };
        let all: Vec<String> = self.levels_at(indicator).into_iter().enumerate().map(name).collect();
        names(all.iter().map(String::as_str)).with("ui:widget", text("radio"))
    }

    fn qualification_names(&self) -> Vec<(&'static str, Any)> {
        let known = self.rubric.qualifications();
        let all = || names(known.iter().map(|item| item.label.as_str()));
        if known.is_empty() { Vec::new() } else { vec![("qualifications", all())] }
    }

    fn supervision_names(&self) -> Vec<(&'static str, Any)> {
        let Some(asked) = self.rubric.supervision() else { return Vec::new() };
        vec![("kind", names(asked.kinds.iter().map(|kind| kind.label.as_str())))]
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

/// The keys of a group, in order.
fn keys<T: Read>() -> Any {
    order(T::shape().keys().iter().map(|key| key.0))
}

/// How a page shows a choice among the words of a document.
fn words<T: Read>() -> Any {
    let Shape::Choice(words) = T::shape() else { return map([]) };
    names(words.iter().map(|word| called(word)).collect::<Vec<_>>().iter().map(String::as_str))
}
