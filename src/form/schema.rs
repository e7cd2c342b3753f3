//! The JSON Schema of evaluations by one rubric, for a host's own page: an evaluation's shape, narrowed to the rubric.

use crate::exact::Exact;
use crate::rubric::{Indicator, NumberRange, Scale, ServiceDataKind, Type};
use crate::source::{Any, Key, Read, Shape, in_words};
use crate::syntax::evaluation::{Evaluation, Rating};

use super::asked::Range;
use super::part::{amount, choices, list, map, number, object, order, required, text, titled, words, written};
use super::{Form, practices};

impl Form {
    /// A JSON Schema (draft-07) made for this form: its instances are evaluations that can be read with the rubric.
    ///
    /// Every indicator is a property with its own title, and its level an `enum` of ids, so that a library that renders
    /// schemas (react-jsonschema-form, JSON Forms) shows a form. [`Form::ui_schema`] has the labels of the ids.
    pub fn json_schema(&self) -> String {
        let schema = titled(self.rubric.title(), self.group("", &Evaluation::shape()));
        let Any::Map(entries) = schema.with("definitions", self.rating_schemas()) else {
            return String::new();
        };
        let draft = ("$schema".to_owned(), text("http://json-schema.org/draft-07/schema#"));
        written(&Any::Map(std::iter::once(draft).chain(entries).chain(self.complete_when_final()).collect()))
    }

    /// A group with the keys of a document, and no others.
    fn group(&self, path: &str, shape: &Shape) -> Any {
        let Shape::Keys(name, keys) = shape else { return map([]) };
        let within = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let known: Vec<_> = keys.iter().filter_map(|key| Some((key.0, self.value(&within(key.0), key)?))).collect();
        let is_needed = |key: &&Key| !key.2 || path.is_empty() && key.0 == self.subject();
        let needed: Vec<&str> = keys.iter().filter(is_needed).map(|key| key.0).collect();
        object(name, known, &needed)
    }

    /// The value of a key, narrowed where the rubric says more of it; `None` where an evaluation by the rubric has none.
    fn value(&self, path: &str, Key(key, shape, is_optional): &Key) -> Option<Any> {
        let rubric = &self.rubric;
        let plain = || self.plain(path, shape);
        let value = match path {
            "format" => map([("const", number(1))]),
            "rubric" => plain().with("default", self.reference()),
            "rubric.id" => map([("const", text(rubric.id()))]),
            "type" => {
                let types: Vec<Type> = rubric.types().collect();
                choices(types.iter().map(Type::id)).with("default", text(self.type_word()))
            }
            "status" => plain().with("default", text("draft")),
            "employee" | "organization" if path != self.subject() => return None,
            "professional_development" | "contact_hours_before" if self.subject() != "employee" => return None,
            "evaluators" => plain().with("minItems", number(1)),
            "evaluators.qualifications" if rubric.qualifications().is_empty() => return None,
            "evaluators.qualifications" => {
                let one = choices(rubric.qualifications().iter().map(|item| item.id.as_str()));
                list(one).with("uniqueItems", Any::Bool(true))
            }
            "scope" => self.scope_schema(),
            "not_assigned" => {
                let says = text("The id of what was not assigned, and why");
                plain().with("propertyNames", choices(rubric.outline().ids())).with("description", says)
            }
            "ratings" => self.ratings_schema(),
            "goals.indicator" => choices(rubric.indicators().map(|indicator| indicator.id.as_str())),
            "responses.about" => choices(rubric.outline().ids()),
            "record.event" => choices(rubric.process().events()),
            "inputs" | "entered" => super::scoring_schema::property(self, key)?,
            "observations" if rubric.observations().is_none() => return None,
            "observations.kind" => {
                let kinds = rubric.observations().into_iter().flat_map(|observations| &observations.kinds);
                choices(kinds.map(|kind| kind.id.as_str()))
            }
            // The words that a rating calls for may stand beside the rating of record.
            "observations.ratings" => {
                let ids = rubric.indicators().map(|indicator| indicator.id.as_str());
                plain().with("propertyNames", choices(ids))
            }
            "narratives" if rubric.narratives().is_empty() => return None,
            "narratives" => self.narratives_schema(),
            "service_data" if rubric.service_data().is_empty() => return None,
            "service_data" => self.service_data_schema(),
            "migrated_from" | "orphaned" | "amendments" => list(group()),
            "supervision" if rubric.supervision().is_none() => return None,
            "supervision.kind" => {
                choices(rubric.supervision().iter().flat_map(|asked| &asked.kinds).map(|kind| kind.id.as_str()))
            }
            "supervision.minutes" => {
                map([("type", text("integer")), ("minimum", number(1)), ("maximum", number(1440))])
            }
            _ => match shape {
                // None, or all that it needs: a page made of the schema offers the two, and asks for no part without need.
                Shape::Keys(_, keys) if *is_optional && path != self.subject() && keys.iter().any(|key| !key.2) => {
                    let none = map([("title", text("Not given")), ("type", text("null"))]);
                    map([("oneOf", Any::List(vec![none, titled("Given", plain())]))])
                }
                _ => plain(),
            },
        };
        let is_own = path == "summary" && self.is_self();
        let title = if is_own { "In my own words".to_owned() } else { called(path) };
        Some(titled(&title, value))
    }

    /// A value as its document says.
    fn plain(&self, path: &str, shape: &Shape) -> Any {
        let of_type = |name: &str| map([("type", text(name))]);
        match shape {
            Shape::Text => words(&called(path)),
            Shape::Date => of_type("string").with("format", text("date")),
            Shape::Number => amount(&called(path)),
            Shape::Mark => map([("type", Any::List(vec![text("string"), text("number")]))]),
            Shape::Flag => of_type("boolean"),
            Shape::Anything | Shape::Either(_) => map([]),
            Shape::Choice(words) => choices(words.iter().copied()),
            Shape::Items(item) => list(self.plain(path, item)),
            Shape::Entries(value) => group().with("additionalProperties", self.plain(path, value)),
            Shape::Keys(..) => self.group(path, shape),
        }
    }

    pub(super) fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.rubric.indicators().filter(|indicator| self.holds(indicator))
    }

    /// Of a form for a part, that part; of any other, the parts that an evaluation is limited to.
    fn scope_schema(&self) -> Any {
        let Some(scope) = self.document.get("scope").and_then(serde_json::Value::as_array) else {
            // A list, which some pages would begin with an empty one if its type said so; an empty scope is none.
            let no_list = map([("not", map([("type", text("array"))]))]);
            return map([("items", choices(self.rubric.outline().ids())), ("minItems", number(1)), ("not", no_list)]);
        };
        let ids: Vec<Any> = scope.iter().filter_map(serde_json::Value::as_str).map(text).collect();
        map([("const", Any::List(ids.clone())), ("default", Any::List(ids))])
    }

    /// The rubric as an instance names it, unless it is of another version.
    fn reference(&self) -> Any {
        let rubric = &self.rubric;
        let (version, fingerprint) = (rubric.version(), rubric.fingerprint());
        let keys = [("id", rubric.id()), ("version", version.as_str()), ("fingerprint", fingerprint)];
        map(keys.map(|(key, value)| (key, text(value))))
    }

    /// The ratings by indicator, all of one definition.
    fn ratings_schema(&self) -> Any {
        let ratings: Vec<(&str, Any)> = self
            .indicators()
            .map(|indicator| {
                let title = indicator.title.as_deref().unwrap_or(&indicator.statement);
                let scale = self.rubric.scale_of(indicator).and_then(Scale::id);
                let name = practices::definition(indicator).unwrap_or_else(|| definition(scale));
                let rating = map([("$ref", text(&format!("#/definitions/{name}")))]);
                let titled = rating.with("title", text(&format!("{} {title}", indicator.code)));
                let statement = indicator.title.as_ref().map(|_| text(&indicator.statement));
                (indicator.id.as_str(), titled.with_some("description", statement))
            })
            .collect();
        object("Ratings", ratings, &[])
    }

    /// A definition for each scale that an indicator is rated on, and for each indicator with practices.
    fn rating_schemas(&self) -> Any {
        let used = self.rubric.scales_under(None).into_iter();
        let scales = used.filter_map(|scale| self.rubric.scales().get(scale));
        let named: Vec<(String, Any)> =
            scales.map(|scale| (definition(scale.id()), self.rating_schema(scale))).collect();
        let own = self.indicators().filter_map(|indicator| {
            let rating = self.rating_schema(self.rubric.scale_of(indicator)?);
            let title = called("ratings.practices");
            Some((practices::definition(indicator)?, practices::in_schema(rating, indicator, &title)))
        });
        Any::Map(named.into_iter().chain(own).collect())
    }

    /// A rating: a group of keys, for a page to show, or the level alone where nothing else is asked for. Where the rubric asks
    /// for a comment at the level, there is one.
    ///
    /// The two stand beside each other without a `type` or an `anyOf`, of which pages make a choice of its own.
    fn rating_schema(&self, scale: &Scale) -> Any {
        let levels = || scale.printed().map(|level| level.id.as_str());
        let asked = self.rubric.comment_required().map(|level| level.id.as_str());
        let asked: Vec<&str> = asked.filter(|level| scale.level(level).is_some()).collect();
        let Any::Map(mut rating) = self.group("ratings", &Rating::shape()) else { return Any::Null };
        rating.retain(|(key, _)| key != "title" && key != "type");
        if let Some((_, Any::Map(keys))) = rating.iter_mut().find(|(key, _)| key == "properties") {
            keys.retain(|(key, _)| key != practices::KEY);
            let level = || titled(&called("level"), mark(scale, choices(levels())));
            keys.iter_mut().filter(|(key, _)| key == "level").for_each(|(_, value)| *value = level());
        }
        let alone = map([("enum", order(levels().filter(|level| !asked.contains(level))))]);
        let alone = match scale.range() {
            Some(range) => either(numbers(range), levels(), alone),
            None => alone,
        };
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
    /// judged as a whole, or where ratings follow from observations.
    fn complete_when_final(&self) -> Vec<(String, Any)> {
        let asked = super::asked::Asked::of(self);
        let follows = self.rubric.record_rule().is_some();
        if follows
            || asked.iter().flat_map(|asked| &asked.entered).flat_map(|step| &step.parts).any(|part| part.is_whole)
        {
            return Vec::new();
        }
        let is_final = map([("status", map([("const", text("final"))]))]);
        let keys: &[&str] =
            if self.document.contains_key("scope") { &["not_assigned"] } else { &["not_assigned", "scope"] };
        let nothing_left_out = keys.iter().map(|key| map([("not", required([*key]))])).collect();
        let ids = || self.indicators().map(|indicator| indicator.id.as_str());
        // In its short form a rating is a level.
        let each = map(self.indicators().map(|indicator| (indicator.id.as_str(), practices::rated(indicator))));
        let all = required(ids()).with("properties", each);
        let condition =
            map([("properties", is_final), ("required", order(["status"])), ("allOf", Any::List(nothing_left_out))]);
        let narratives = self.required_narratives();
        let required = narratives.is_some().then(|| order(["narratives"]));
        let keys = std::iter::once(("ratings", all)).chain(narratives.map(|of| ("narratives", of)));
        let needed = map([("properties", map(keys))]).with_some("required", required);
        vec![("if".to_owned(), condition), ("then".to_owned(), needed)]
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

/// A level of a scale, or a number of its range.
fn mark(scale: &Scale, levels: Any) -> Any {
    let ids = scale.printed().map(|level| level.id.as_str());
    scale.range().map_or_else(|| levels.clone(), |range| either(numbers(range), ids, levels.clone()))
}

/// A number, or a choice that is no rating where the scale has one.
fn either<'a>(numbers: Any, mut levels: impl Iterator<Item = &'a str>, choices: Any) -> Any {
    match levels.next() {
        Some(_) => map([("anyOf", Any::List(vec![numbers, choices]))]),
        None => numbers,
    }
}

/// The numbers of a number scale. Places are not bounded by `multipleOf`: a validator that holds numbers in binary takes 0.3
/// for no multiple of 0.1. The description says them, and `check` finds one too many.
fn numbers(range: &NumberRange) -> Any {
    let exact = |number: &Exact| Any::Number(number.decimal());
    let kind = if range.places == 0 { "integer" } else { "number" };
    let bounds = [("minimum", exact(&range.from)), ("maximum", exact(&range.to))];
    let words = super::yaml::capital(&Range::of(range).words);
    map([("type", text(kind))].into_iter().chain(bounds)).with("description", text(&words))
}

/// The name of the definition of a rating on a scale.
fn definition(scale: Option<&str>) -> String {
    scale.map_or_else(|| "rating".to_owned(), |id| format!("rating_{id}"))
}

/// The name that a page has for a key or a word, by path or alone, where the name is not the word.
const CALLED: [(&str, &str); 34] = [
    ("type", "Kind"),
    ("shared", "Share it with my evaluator"),
    ("contact_hours_before", "Contact hours earlier in the certificate's cycle"),
    ("summary", "Narrative of the evaluators"),
    ("inputs", "Given beside the ratings"),
    ("entered", "Ratings entered with a rationale"),
    ("record", "Record of events"),
    ("allow", "Accepted warnings"),
    ("orphaned", "Without a home in the rubric"),
    ("extra", "Anything of the host's"),
    ("id", "Identifier"),
    ("school", "School or program"),
    ("fte", "Share of a full-time position"),
    ("from", "First day"),
    ("to", "Last day"),
    ("level", "Rating"),
    ("ratings.practices", "Practices that are seen"),
    ("ratings.by", "Rated by (identifier)"),
    ("ratings.evidence.at", "Place"),
    ("ratings.evidence.note", "What was seen"),
    ("statement", "What practice will show"),
    ("indicator", "On the indicator"),
    ("measure", "How it will be known"),
    ("goals.status", "How it stands"),
    ("professional_development.title", "Activity"),
    ("supervision.kind", "Kind of supervision"),
    ("supervision.by", "Supervised by (identifier)"),
    ("supervision.note", "Note, without anything about a student"),
    ("title", "Position"),
    ("discipline_specific", "Of the employee's own discipline"),
    ("by", "By (identifier)"),
    ("text", "Response"),
    ("event", "What happened"),
    ("acknowledged", "Acknowledged receipt"),
];

/// Returns the name that a page has for a key, by its path, or for a word.
pub(super) fn called(path: &str) -> String {
    let key = path.rsplit('.').next().unwrap_or_default();
    let known = |wanted: &str| CALLED.iter().find(|(known, _)| *known == wanted);
    known(path).or_else(|| known(key)).map_or_else(|| in_words(key), |(_, name)| (*name).to_owned())
}

/// Any group of keys and values.
fn group() -> Any {
    map([("type", text("object"))])
}
