//! The JSON Schema of evaluations by one rubric, for a host's own page.

use crate::rubric::{Indicator, Scale, ServiceDataKind, Subject, Type};
use crate::source::Any;

use super::Form;

impl Form {
    /// A JSON Schema (draft-07) made for this form: its instances are evaluations that can be read with the rubric.
    ///
    /// Every indicator is a property with its own title, and its level an `enum` of ids, so that a library that renders
    /// schemas (react-jsonschema-form, JSON Forms) shows a form. [`Form::ui_schema`] has the labels of the ids.
    pub fn json_schema(&self) -> String {
        let rubric = &self.rubric;
        let (subject, whom) = self.whom_schema();
        let nodes: Vec<Any> = rubric.outline().ids().map(text).collect();
        let kind = self.document.get("type").and_then(serde_json::Value::as_str).unwrap_or("formal");
        let types: Vec<Type> = rubric.types().collect();
        let mut properties = vec![
            ("rubric", self.reference()),
            ("type", choices(types.iter().map(Type::id)).with("title", text("Kind")).with("default", text(kind))),
            (
                "status",
                choices(STATUSES.map(|(id, _)| id)).with("title", text("Status")).with("default", text("draft")),
            ),
            (subject, whom),
            ("evaluators", list(self.evaluator()).with("title", text("Evaluators")).with("minItems", number(1))),
            ("period", object("Period", [("from", date("First day")), ("to", date("Last day"))], &["from", "to"])),
            ("completed_on", date("Completed on")),
            // Of a self-evaluation; a form may be given another kind.
            ("shared", flag("Share it with my evaluator")),
        ];
        let node = map([("type", text("string")), ("enum", Any::List(nodes))]);
        properties.push(("scope", self.scope_schema(&node)));
        properties.extend([
            (
                "not_assigned",
                map([
                    ("title", text("Not assigned")),
                    ("description", text("The id of what was not assigned, and why")),
                    ("type", text("object")),
                    ("propertyNames", node.clone()),
                    ("additionalProperties", words("Why")),
                ]),
            ),
            ("ratings", self.ratings_schema()),
            ("summary", words(if self.is_self() { "In my own words" } else { "Narrative of the evaluators" })),
            ("goals", list(goal(self.indicator_choice())).with("title", text("Goals"))),
        ]);
        if !rubric.narratives().is_empty() {
            properties.push(("narratives", self.narratives_schema()));
        }
        properties.extend(super::scoring_schema::properties(self));
        if !rubric.service_data().is_empty() {
            properties.push(("service_data", self.service_data_schema()));
        }
        if rubric.subject() == Subject::Employee {
            properties
                .push(("professional_development", list(training()).with("title", text("Professional development"))));
            properties.push(("contact_hours_before", amount("Contact hours earlier in the certificate's cycle")));
        }
        properties.extend([
            ("responses", list(response(node)).with("title", text("Responses"))),
            ("record", list(event()).with("title", text("Record of events"))),
            ("allow", list(allowed()).with("title", text("Accepted warnings"))),
            ("migrated_from", list(group()).with("title", text("Migrated from"))),
            ("orphaned", list(group()).with("title", text("Without a home in the rubric"))),
            ("extra", map([("title", text("Anything of the host's"))])),
            ("format", map([("const", number(1))])),
        ]);
        let schema = object(rubric.title(), properties, &["rubric", subject, "evaluators", "period", "ratings"])
            .with("definitions", self.rating_schemas());
        let Any::Map(mut entries) = schema else { return String::new() };
        entries.extend(self.complete_when_final());
        let draft = ("$schema".to_owned(), text("http://json-schema.org/draft-07/schema#"));
        written(&Any::Map(std::iter::once(draft).chain(entries).collect()))
    }

    pub(super) fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.rubric.indicators().filter(|indicator| self.holds(indicator))
    }

    /// Of a form for a part, that part; of any other, the parts that an evaluation is limited to.
    fn scope_schema(&self, node: &Any) -> Any {
        let Some(scope) = self.document.get("scope").and_then(serde_json::Value::as_array) else {
            // A list, which some pages would begin with an empty one if its type said so; an empty scope is none.
            let no_list = map([("not", map([("type", text("array"))]))]);
            return map([("items", node.clone()), ("minItems", number(1)), ("not", no_list), ("title", text("Scope"))]);
        };
        let ids: Vec<Any> = scope.iter().filter_map(serde_json::Value::as_str).map(text).collect();
        map([("const", Any::List(ids.clone())), ("default", Any::List(ids))])
    }

    /// The rubric that an instance names: this one. An instance may be of another version.
    fn reference(&self) -> Any {
        let rubric = &self.rubric;
        let (version, fingerprint) = (rubric.version(), rubric.fingerprint());
        let keys = [("id", rubric.id()), ("version", version.as_str()), ("fingerprint", fingerprint)];
        let default = map(keys.map(|(key, value)| (key, text(value))));
        let any = || map([("type", text("string"))]);
        let exactly = [("id", map([("const", text(rubric.id()))])), ("version", any()), ("fingerprint", any())];
        object("Rubric", exactly, &["id"]).with("default", default)
    }

    fn whom_schema(&self) -> (&'static str, Any) {
        let (id, name) = (("id", words("Identifier")), ("name", words("Name")));
        match self.rubric.subject() {
            Subject::Organization => ("organization", object("Organization", [id, name], &["id", "name"])),
            Subject::Employee => {
                let days = || [("from", date("First day")), ("to", date("Last day"))];
                let [from, to] = days();
                let assignment = object(
                    "Assignment",
                    [
                        ("school", words("School or program")),
                        ("fte", amount("Share of a full-time position")),
                        from,
                        to,
                    ],
                    &["school"],
                );
                let [from, to] = days();
                // Nothing, or both days: a page made of the schema offers the two, and asks for neither day without need.
                let none = map([("title", text("Not given")), ("type", text("null"))]);
                let given = object("Given", [("kind", words("Kind")), from, to], &["from", "to"]);
                let certificate = map([("title", text("Certificate")), ("oneOf", Any::List(vec![none, given]))]);
                let employee = [
                    id,
                    name,
                    ("title", words("Position")),
                    ("assignments", list(assignment).with("title", text("Assignments"))),
                    ("hired_on", date("Hired on")),
                    ("certificate", certificate),
                ];
                ("employee", object("Employee", employee, &["id", "name"]))
            }
        }
    }

    fn evaluator(&self) -> Any {
        let mut keys = vec![("id", words("Identifier")), ("name", words("Name")), ("title", words("Position"))];
        let known = self.rubric.qualifications();
        if !known.is_empty() {
            let one = choices(known.iter().map(|item| item.id.as_str()));
            keys.push((
                "qualifications",
                list(one).with("title", text("Qualifications")).with("uniqueItems", Any::Bool(true)),
            ));
        }
        object("Evaluator", keys, &["id", "name"])
    }

    /// The ratings by indicator, all of one definition.
    fn ratings_schema(&self) -> Any {
        let ratings: Vec<(&str, Any)> = self
            .indicators()
            .map(|indicator| {
                let title = indicator.title.as_deref().unwrap_or(&indicator.statement);
                let scale = self.rubric.scale_of(indicator).and_then(Scale::id);
                let rating = map([("$ref", text(&format!("#/definitions/{}", definition(scale))))]);
                let titled = rating.with("title", text(&format!("{} {title}", indicator.code)));
                let statement = indicator.title.as_ref().map(|_| text(&indicator.statement));
                (indicator.id.as_str(), titled.with_some("description", statement))
            })
            .collect();
        object("Ratings", ratings, &[])
    }

    /// A definition for each scale that an indicator is rated on.
    fn rating_schemas(&self) -> Any {
        let used = self.rubric.scales_under(None).into_iter();
        let scales = used.filter_map(|scale| self.rubric.scales().get(scale));
        let named: Vec<(String, Any)> =
            scales.map(|scale| (definition(scale.id()), self.rating_schema(scale))).collect();
        Any::Map(named)
    }

    /// A rating: a group of keys, for a page to show, or the level alone where nothing else is asked for. Where the rubric asks
    /// for a comment at the level, there is one.
    ///
    /// The two stand beside each other without a `type` or an `anyOf`, of which pages make a choice of its own.
    fn rating_schema(&self, scale: &Scale) -> Any {
        let levels = || scale.printed().map(|level| level.id.as_str());
        let asked = self.rubric.comment_required().map(|level| level.id.as_str());
        let asked: Vec<&str> = asked.filter(|level| scale.level(level).is_some()).collect();
        let evidence = object(
            "Evidence",
            [("date", date("Date")), ("kind", words("Kind")), ("at", words("Place")), ("note", words("What was seen"))],
            &["note"],
        );
        let keys = [
            ("level", choices(levels()).with("title", text("Rating"))),
            ("by", words("Rated by (identifier)")),
            ("comment", words("Comment")),
            ("evidence", list(evidence).with("title", text("Evidence"))),
        ];
        let Any::Map(mut rating) = object("", keys, &[]) else { return Any::Null };
        rating.retain(|(key, _)| key != "title" && key != "type");
        let alone = map([("enum", order(levels().filter(|level| !asked.contains(level))))]);
        let neither = [group(), alone].map(|one| map([("not", one)])).to_vec();
        rating.push(("not".to_owned(), map([("allOf", Any::List(neither))])));
        if !asked.is_empty() {
            let level = map([("level", map([("enum", order(asked))]))]);
            let is_asked = group().with("properties", level).with("required", order(["level"]));
            rating.push(("if".to_owned(), is_asked));
            rating.push(("then".to_owned(), required(["comment"])));
        }
        Any::Map(rating)
    }

    /// A final evaluation rates everything on the form that is assigned. Which part that is a schema cannot say, so it is
    /// asked of those without `not_assigned` and, of a form for the whole, without `scope`; and of none where a part may be
    /// judged as a whole.
    fn complete_when_final(&self) -> Vec<(String, Any)> {
        let asked = super::asked::Asked::of(self);
        if asked.iter().flat_map(|asked| &asked.entered).flat_map(|step| &step.parts).any(|part| part.is_whole) {
            return Vec::new();
        }
        let is_final = map([("status", map([("const", text("final"))]))]);
        let keys: &[&str] =
            if self.document.contains_key("scope") { &["not_assigned"] } else { &["not_assigned", "scope"] };
        let nothing_left_out = keys.iter().map(|key| map([("not", required([*key]))])).collect();
        let ids = || self.indicators().map(|indicator| indicator.id.as_str());
        // In its short form a rating is a level.
        let each = map(ids().map(|id| (id, required(["level"]))));
        let all = required(ids()).with("properties", each);
        let condition =
            map([("properties", is_final), ("required", order(["status"])), ("allOf", Any::List(nothing_left_out))]);
        let narratives = self.required_narratives();
        let required = narratives.is_some().then(|| order(["narratives"]));
        let keys = std::iter::once(("ratings", all)).chain(narratives.map(|of| ("narratives", of)));
        let needed = map([("properties", map(keys))]).with_some("required", required);
        vec![("if".to_owned(), condition), ("then".to_owned(), needed)]
    }

    fn indicator_choice(&self) -> Any {
        let ids = self.rubric.indicators().map(|indicator| indicator.id.as_str());
        choices(ids).with("title", text("On the indicator"))
    }

    fn service_data_schema(&self) -> Any {
        let items: Vec<(&str, Any)> = self
            .rubric
            .service_data()
            .iter()
            .map(|item| {
                let value = match item.kind {
                    ServiceDataKind::Count => {
                        map([("type", text("integer")), ("title", text(&item.label)), ("minimum", number(0))])
                    }
                    ServiceDataKind::Hours => amount(&format!("{} (hours)", item.label)),
                    ServiceDataKind::Text => words(&item.label),
                };
                (item.id.as_str(), value.with_some("description", item.note.as_deref().map(text)))
            })
            .collect();
        object("Service data", items, &[])
    }
}

/// The name of the definition of a rating on a scale.
fn definition(scale: Option<&str>) -> String {
    scale.map_or_else(|| "rating".to_owned(), |id| format!("rating_{id}"))
}

pub(super) const STATUSES: [(&str, &str); 2] = [("draft", "Draft"), ("final", "Final")];
pub(super) const GOAL_STATUSES: [(&str, &str); 6] = [
    ("proposed", "Proposed"),
    ("agreed", "Agreed"),
    ("in_progress", "In progress"),
    ("met", "Met"),
    ("not_met", "Not met"),
    ("dropped", "Dropped"),
];
pub(super) const EVENTS: [(&str, &str); 5] = [
    ("observed", "Observed"),
    ("conferred", "Conferred"),
    ("delivered", "Delivered"),
    ("acknowledged", "Acknowledged receipt"),
    ("responded", "Responded"),
];
/// Any group of keys and values.
fn group() -> Any {
    map([("type", text("object"))])
}

fn allowed() -> Any {
    let keys = [("code", words("Code of the warning")), ("at", words("About (id)")), ("because", words("Why"))];
    object("Accepted warning", keys, &["code", "because"])
}

fn goal(indicator: Any) -> Any {
    let status = choices(GOAL_STATUSES.map(|(id, _)| id));
    let keys = [
        ("statement", words("What practice will show")),
        ("indicator", indicator),
        ("measure", words("How it will be known")),
        ("activities", list(words("Activity")).with("title", text("Activities"))),
        ("contact_hours", amount("Contact hours")),
        ("due", date("Due")),
        ("status", status.with("title", text("How it stands"))),
    ];
    object("Goal", keys, &["statement"])
}

fn training() -> Any {
    let own = flag("Of the employee's own discipline");
    let keys = [
        ("date", date("Date")),
        ("title", words("Activity")),
        ("contact_hours", amount("Contact hours")),
        ("discipline_specific", own),
    ];
    object("Activity", keys, &["date", "title", "contact_hours"])
}

fn response(node: Any) -> Any {
    let keys = [
        ("date", date("Date")),
        ("by", words("By (identifier)")),
        ("about", node.with("title", text("About"))),
        ("text", words("Response")),
    ];
    object("Response", keys, &["text"])
}

fn event() -> Any {
    let kind = choices(EVENTS.map(|(id, _)| id));
    let keys = [
        ("date", date("Date")),
        ("event", kind.with("title", text("What happened"))),
        ("by", words("By (identifier)")),
        ("note", words("Note")),
    ];
    object("Event", keys, &["date", "event"])
}

// Parts of a schema.

pub(super) fn text(value: &str) -> Any {
    Any::Text(value.to_owned())
}

fn number(value: u32) -> Any {
    Any::Number(value.to_string())
}

pub(super) fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Any)>) -> Any {
    Any::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

pub(super) fn order<'k>(keys: impl IntoIterator<Item = &'k str>) -> Any {
    Any::List(keys.into_iter().map(text).collect())
}

pub(super) fn required<'k>(keys: impl IntoIterator<Item = &'k str>) -> Any {
    map([("required", order(keys))])
}

/// A group of keys and values, and no others.
pub(super) fn object<'k>(title: &str, keys: impl IntoIterator<Item = (&'k str, Any)>, needed: &[&str]) -> Any {
    let object = open(title, keys).with("additionalProperties", Any::Bool(false));
    if needed.is_empty() { object } else { object.with("required", order(needed.iter().copied())) }
}

/// An object that may have other keys too.
pub(super) fn open<'k>(title: &str, keys: impl IntoIterator<Item = (&'k str, Any)>) -> Any {
    map([("title", text(title)), ("type", text("object")), ("properties", map(keys))])
}

/// A text that says something.
pub(super) fn words(title: &str) -> Any {
    map([("type", text("string")), ("title", text(title)), ("pattern", text(crate::source::NOT_BLANK))])
}

fn date(title: &str) -> Any {
    map([("type", text("string")), ("title", text(title)), ("format", text("date"))])
}

fn flag(title: &str) -> Any {
    map([("type", text("boolean")), ("title", text(title))])
}

fn amount(title: &str) -> Any {
    map([("type", text("number")), ("title", text(title)), ("minimum", number(0))])
}

fn list(items: Any) -> Any {
    map([("type", text("array")), ("items", items)])
}

/// One of several ids. The UI schema has what people call them (`names`).
///
/// A plain `enum`: JSON Forms shows no other choice as one, and of a `oneOf` react-jsonschema-form takes the first for the
/// default, so that everybody whose form was not filled in would be rated at the lowest level.
pub(super) fn choices<'k>(ids: impl IntoIterator<Item = &'k str>) -> Any {
    map([("type", text("string")), ("enum", order(ids))])
}

impl Any {
    fn with_some(self, key: &str, value: Option<Self>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }
}

pub(super) fn written(schema: &Any) -> String {
    // A schema is plain JSON already.
    let text = serde_json::to_string_pretty(schema).unwrap_or_default();
    format!("{text}\n")
}
