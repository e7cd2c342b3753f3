//! The practices of indicators on a form, with what is filled in.

use serde::Serialize;
use serde_json::Value;

use crate::rubric::{Indicator, Practice as OfRubric, Rule};
use crate::source::Any;

use super::Form;
use super::part::{choices, map, names, required, text};

/// The practices that an indicator's level follows from.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Checklist<'a> {
    /// The rule by which the level follows: `cumulative`, `majority` or `at_least`.
    rule: &'static str,
    /// The id of the level where not enough is seen for any other.
    lowest: &'a str,
    /// The levels that ask for practices, lowest first.
    asking: Vec<Asking<'a>>,
    /// The practices by the level that they belong to, in the order in which levels are printed; one group without a level
    /// where practices count by their number.
    groups: Vec<Group<'a>>,
    /// Whether it is filled in that none of the practices is seen.
    nothing: bool,
    /// Why the level follows from what is filled in, in words; null where nothing is.
    reason: Option<String>,
}

/// A level that asks for practices.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Asking<'a> {
    /// The id of the level.
    level: &'a str,
    /// The number of practices that the level asks for, whatever they are; null where it asks for its own.
    at_least: Option<usize>,
}

/// Practices of one level.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Group<'a> {
    /// The id of the level; null where practices count by their number.
    level: Option<&'a str>,
    /// The label of the level.
    label: Option<&'a str>,
    /// The practices, in the rubric's order.
    practices: Vec<Practice<'a>>,
}

/// A practice on the form.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Practice<'a> {
    /// The id that evaluations use.
    id: &'a str,
    /// The practice, in words.
    statement: &'a str,
    /// Whether it is filled in that the practice is seen.
    seen: bool,
}

impl<'a> Checklist<'a> {
    /// `None` for an indicator without practices.
    pub(super) fn of(indicator: &'a Indicator, form: &'a Form) -> Option<Self> {
        let checklist = indicator.checklist.as_deref()?;
        let levels = form.rubric.levels();
        let id = |level: usize| levels.get(level).map(|level| level.id.as_str());
        let entry = form.document.get("ratings").and_then(|ratings| ratings.get(&indicator.id));
        let given = entry.and_then(|entry| entry.get("practices")).and_then(Value::as_array);
        let is_seen = |practice: &OfRubric| {
            given.is_some_and(|given| given.iter().any(|id| id.as_str() == Some(practice.id.as_str())))
        };
        let group = |level: Option<usize>| Group {
            level: level.and_then(id),
            label: level.and_then(|level| levels.get(level)).map(|level| level.label.as_str()),
            practices: checklist
                .practices
                .iter()
                .filter(|practice| practice.level == level)
                .map(|one| Practice { id: &one.id, statement: &one.statement, seen: is_seen(one) })
                .collect(),
        };
        let printed = form.levels_at(indicator).into_iter().map(|(level, _)| Some(level));
        let groups = printed.chain([None]).map(group).filter(|group| !group.practices.is_empty());
        let asking: Vec<(usize, Option<usize>)> = match &checklist.rule {
            Rule::AtLeast(levels) => levels.iter().map(|(level, number)| (*level, Some(*number))).collect(),
            Rule::Cumulative | Rule::Majority => checklist.levels().into_iter().map(|level| (level, None)).collect(),
        };
        let asking = asking.into_iter().filter_map(|(level, at_least)| Some(Asking { level: id(level)?, at_least }));
        Some(Self {
            rule: checklist.rule.name(),
            lowest: id(checklist.lowest)?,
            asking: asking.collect(),
            groups: groups.collect(),
            nothing: given.is_some_and(Vec::is_empty),
            reason: given.map(|_| checklist.derive(is_seen).reason(levels)),
        })
    }
}

/// The key of a rating that names the practices that are seen.
pub(super) const KEY: &str = "practices";

/// The name of the definition of the rating of an indicator with practices; `None` for any other, whose scale has one.
pub(super) fn definition(indicator: &Indicator) -> Option<String> {
    (!indicator.practices().is_empty()).then(|| format!("rating_of_{}", indicator.id))
}

/// The schema of a rating, with the practices of an indicator behind the level, under a title.
pub(super) fn in_schema(rating: Any, indicator: &Indicator, title: &str) -> Any {
    let Any::Map(mut rating) = rating else { return rating };
    if let Some((_, Any::Map(keys))) = rating.iter_mut().find(|(key, _)| key == "properties") {
        let items = choices(indicator.practices().iter().map(|practice| practice.id.as_str()));
        let unique = ("uniqueItems", Any::Bool(true));
        let list = map([("type", text("array")), ("title", text(title)), ("items", items), unique]);
        let behind = keys.iter().position(|(key, _)| key == "level").map_or(0, |at| at.saturating_add(1));
        keys.insert(behind, (KEY.to_owned(), list));
    }
    Any::Map(rating)
}

/// The practices by their statements, as boxes.
pub(super) fn boxes(indicator: &Indicator) -> Any {
    let statements = indicator.practices().iter().map(|practice| practice.statement.as_str());
    names(statements).with("ui:widget", text("checkboxes"))
}

/// The key that a rating has: a level, or practices where the level follows from them.
pub(super) fn rated(indicator: &Indicator) -> Any {
    let neither = |key: &str| map([("not", required([key]))]);
    match indicator.practices().is_empty() {
        true => required(["level"]),
        // Without an `anyOf`, of which pages make a choice of its own.
        false => map([("not", map([("allOf", Any::List(vec![neither("level"), neither(KEY)]))]))]),
    }
}
