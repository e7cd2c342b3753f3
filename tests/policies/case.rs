//! A case of a policy as written, and running it.

#![allow(unreachable_pub, reason = "one test uses it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use appraise::{Checked, Evaluation, Indicator, Rubric};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use serde_yaml::{Mapping, Value};

/// The cases of a policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The rubric of the library that the policy is for, where the policy stands alone.
    pub rubric: Option<String>,
    /// The findings of the policy's check: `code at path`. A policy that is refused has no cases.
    #[serde(default)]
    pub found: Vec<String>,
    /// Lower bounds of bands that no score reaches, by step.
    #[serde(default)]
    pub never_reached: Mapping,
    #[serde(default)]
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub title: String,
    /// `S`: the source prints this case. `D`: it follows from the source's rule.
    pub mark: Mark,
    /// Where it is printed, or how it was reckoned; for readers.
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default)]
    ratings: Mapping,
    /// The numbers of indicators on number scales.
    #[serde(default)]
    numbers: Mapping,
    /// The practices that are seen, by indicator: their ids, or a level, for each of its practices up to there. `rest` has those
    /// of every other indicator, and `unmarked` is an indicator without an entry.
    #[serde(default)]
    practices: Mapping,
    /// Rated without the comment that every other rating has.
    #[serde(default)]
    without_comment: Vec<String>,
    r#type: Option<String>,
    status: Option<String>,
    scope: Option<Value>,
    not_assigned: Option<Value>,
    /// The observations, each with ratings in the same notation.
    #[serde(default)]
    observations: Vec<Occasion>,
    inputs: Option<Value>,
    entered: Option<Value>,
    /// The codes of what checking the evaluation finds.
    #[serde(default)]
    pub found: Vec<String>,
    /// The result of the last step; absent where the evaluation is refused.
    pub gives: Option<Gives>,
    /// The results of other steps: by id, and for a step with several results by domain or competency.
    #[serde(default)]
    steps: Mapping,
    /// The counts: by domain, by competency or `overall`, the number at a level, or a key of a scorecard's counts.
    #[serde(default)]
    counts: Mapping,
    pub in_binary: Option<InBinary>,
}

/// An observation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    kind: String,
    date: String,
    ratings: Mapping,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    S,
    D,
}

/// An expected result. A value that is not stated must be absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gives {
    /// `scored` when absent; `none` where there is no result at all.
    status: Option<String>,
    /// A decimal or a fraction.
    pub score: Option<Text>,
    rating: Option<String>,
    #[serde(default)]
    flags: Vec<String>,
    /// Lines that must be among the reasons.
    #[serde(default)]
    reasons: Vec<String>,
}

/// How binary fractions get it wrong: the products, added up from left to right, are below the cut.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InBinary {
    pub sum_of: Vec<Vec<Text>>,
    pub falls_below: Text,
}

/// A number or a text, as text.
#[derive(Deserialize)]
#[serde(from = "Value")]
pub struct Text(pub String);

impl From<Value> for Text {
    fn from(value: Value) -> Self {
        Self(plain(&value))
    }
}

pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| serde_yaml::to_string(value).unwrap().trim_end().to_owned(), str::to_owned)
}

/// A decimal or a fraction, in lowest terms.
pub fn exact(text: &str) -> (i128, i128) {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let (whole, places) = above.split_once('.').unwrap_or((above, ""));
    let number = format!("{whole}{places}").parse::<i128>().unwrap_or_else(|_| panic!("`{text}` is no number"));
    let below = below.parse::<i128>().unwrap() * 10_i128.pow(u32::try_from(places.len()).unwrap());
    let divisor = greatest_divisor(number.abs(), below).max(1);
    (number / divisor, below / divisor)
}

fn greatest_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

fn shown((above, below): (i128, i128)) -> String {
    if below == 1 { above.to_string() } else { format!("{above}/{below}") }
}

/// An indicator, with the domain and the competency it is under.
fn places(rubric: &Rubric) -> Vec<[&str; 3]> {
    let mut places = Vec::new();
    for domain in rubric.domains() {
        places.extend(domain.indicators.iter().map(|indicator| [&*indicator.id, &*domain.id, ""]));
        for competency in &domain.competencies {
            let under = competency.indicators.iter().map(|i| [&*i.id, &*domain.id, &*competency.id]);
            places.extend(under);
        }
    }
    places
}

impl Case {
    /// The ratings, one for each indicator: those that are listed, then so many in order, then the rest.
    fn ratings(&self, rubric: &Rubric) -> Result<Json, String> {
        let scope = self.scope.as_ref().and_then(Value::as_sequence);
        let scope = scope.map(|scope| scope.iter().filter_map(Value::as_str).collect::<Vec<_>>());
        let ratings = self.rated(rubric, &self.ratings, scope.as_deref())?;
        let practices = rubric.indicators().filter_map(|indicator| {
            let seen = json!({ "practices": self.seen(rubric, indicator)?, "evidence": [{ "note": "Seen." }] });
            Some((indicator.id.clone(), seen))
        });
        let numbers = self.numbers.iter().map(|(id, number)| {
            (id.as_str().unwrap().to_owned(), json!({ "level": number, "evidence": [{ "note": "Seen." }] }))
        });
        Ok(Json::Object(ratings.into_iter().chain(practices).chain(numbers).collect()))
    }

    /// The observations, numbered as they are listed.
    fn observations(&self, rubric: &Rubric) -> Result<Option<Json>, String> {
        let one = |(number, of): (usize, &Occasion)| {
            let kind = rubric.observations().and_then(|all| all.kind(&of.kind)).unwrap();
            let scope: Vec<&str> = kind.scope.iter().map(String::as_str).collect();
            let ratings: serde_json::Map<_, _> =
                self.rated(rubric, &of.ratings, (!scope.is_empty()).then_some(&scope))?.into_iter().collect();
            Ok(json!({ "id": format!("o{number}"), "kind": of.kind, "date": of.date, "ratings": ratings }))
        };
        let all: Vec<Json> = self.observations.iter().enumerate().map(one).collect::<Result<_, String>>()?;
        Ok((!all.is_empty()).then(|| all.into()))
    }

    /// The ratings that a mapping says, of indicators in a scope.
    fn rated(&self, rubric: &Rubric, ratings: &Mapping, scope: Option<&[&str]>) -> Result<Vec<(String, Json)>, String> {
        let places = places(rubric);
        let mut levels: Vec<Option<&str>> = vec![None; places.len()];
        let entries: Vec<(&str, &Value)> =
            ratings.iter().map(|(level, which)| (level.as_str().unwrap(), which)).collect();
        for (level, which) in &entries {
            for id in which.as_sequence().into_iter().flatten() {
                let id = id.as_str().unwrap();
                let under: Vec<usize> = (0..places.len()).filter(|at| places[*at].contains(&id)).collect();
                if under.is_empty() {
                    return Err(format!("`{id}` is no part of the rubric"));
                }
                for at in under {
                    if let Some(other) = levels[at].replace(level) {
                        return Err(format!("{} is rated {other} and {level}", places[at][0]));
                    }
                }
            }
        }
        for (level, which) in &entries {
            let may_have = |at: &usize| {
                let scale = rubric.indicator(places[*at][0]).and_then(|indicator| rubric.scale_of(indicator));
                let is_in_scope = scope.is_none_or(|scope| scope.iter().any(|node| places[*at].contains(node)));
                is_in_scope && (rubric.scales().len() == 1 || scale.is_some_and(|scale| scale.level(level).is_some()))
            };
            let free: Vec<usize> = (0..places.len()).filter(|at| levels[*at].is_none()).filter(may_have).collect();
            let count = match which.as_u64() {
                Some(count) => usize::try_from(count).unwrap(),
                None if which.as_str() == Some("rest") => free.len(),
                None => continue,
            };
            if count > free.len() {
                return Err(format!("{count} are rated {level}, and only {} are left", free.len()));
            }
            for at in &free[..count] {
                levels[*at] = Some(level);
            }
        }
        let ratings = places.iter().zip(levels).filter(|(_, level)| *level != Some("unrated"));
        let rating = |id: &str, level: &str| {
            let comment = (!self.without_comment.iter().any(|other| other == id)).then_some("As discussed.");
            json!({ "level": level, "comment": comment, "evidence": [{ "note": "Seen." }] })
        };
        Ok(ratings.filter_map(|(place, level)| Some((place[0].to_owned(), rating(place[0], level?)))).collect())
    }

    /// The ids of the practices of an indicator that are seen; `None` where none is marked.
    fn seen(&self, rubric: &Rubric, indicator: &Indicator) -> Option<Vec<String>> {
        let which = self.practices.get(&indicator.id).or_else(|| self.practices.get("rest"))?;
        if let Some(ids) = which.as_sequence() {
            return Some(ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect());
        }
        let level = which.as_str().filter(|level| *level != "unmarked")?;
        let most = rubric.levels().iter().position(|known| known.id == level);
        let seen = indicator.practices().iter().filter(|practice| practice.level() <= most);
        Some(seen.map(|practice| practice.id.clone()).collect())
    }

    fn evaluation(&self, rubric: &Rubric) -> Result<String, String> {
        let mut document = json!({
            "rubric": { "id": rubric.id() },
            "employee": { "id": "E-1", "name": "Somebody" },
            "evaluators": [{ "id": "E-2", "name": "Somebody else", "qualifications": qualifications(rubric) }],
            "period": { "from": "2025-08-25", "to": "2026-06-12" },
            "ratings": self.ratings(rubric)?,
        });
        let mut add = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                document[key] = value;
            }
        };
        let converted = |value: &Option<Value>| value.as_ref().map(|value| serde_json::to_value(value).unwrap());
        add("type", self.r#type.clone().map(Json::from));
        add("status", self.status.clone().map(Json::from));
        add("scope", converted(&self.scope));
        add("not_assigned", converted(&self.not_assigned));
        add("observations", self.observations(rubric)?);
        add("inputs", converted(&self.inputs));
        add("entered", converted(&self.entered));
        Ok(document.to_string())
    }

    /// Everything that is not as it should be.
    pub fn run(&self, rubric: &Rubric) -> (Vec<String>, Json) {
        let mut wrong = Vec::new();
        let text = match self.evaluation(rubric) {
            Ok(text) => text,
            Err(message) => return (vec![message], Json::Null),
        };
        let Checked { value: evaluation, diagnostics: findings } = Evaluation::check("case.json", &text, rubric);
        let found: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        if found != self.found {
            wrong.push(format!("found {found:?}, not {:?}:\n{findings}", self.found));
        }
        let Some(evaluation) = evaluation else {
            if self.gives.is_some() {
                wrong.push("it is refused".to_owned());
            }
            return (wrong, Json::Null);
        };
        let card = serde_json::to_value(evaluation.score()).unwrap();
        match &self.gives {
            Some(gives) => wrong.extend(gives.compare("", &card["summative"])),
            None => wrong.push("it does not say what this gives".to_owned()),
        }
        for (id, gives) in &self.steps {
            let id = id.as_str().unwrap();
            let Some(step) = card["steps"].as_array().unwrap().iter().find(|step| step["id"] == id) else {
                wrong.push(format!("there is no step `{id}`"));
                continue;
            };
            let results = step["results"].as_array().unwrap();
            let alone = results.iter().find(|result| result["subject"].is_null());
            if let Some(result) = alone {
                let gives: Gives = serde_yaml::from_value(gives.clone()).unwrap();
                wrong.extend(gives.compare(id, result));
                continue;
            }
            for (subject, gives) in gives.as_mapping().unwrap() {
                let subject = subject.as_str().unwrap();
                let result = results.iter().find(|result| result["subject"] == subject);
                let gives: Gives = serde_yaml::from_value(gives.clone()).unwrap();
                wrong.extend(gives.compare(&format!("{id} of {subject}"), result.unwrap_or(&Json::Null)));
            }
        }
        for (id, counts) in &self.counts {
            let id = id.as_str().unwrap();
            for (key, expected) in counts.as_mapping().unwrap() {
                let (key, expected) = (key.as_str().unwrap(), shown(exact(&plain(expected))));
                let actual = counted(&card, id, key);
                if actual.as_ref() != Some(&expected) {
                    wrong.push(format!("{key} of {id} should be {expected}, and is {actual:?}"));
                }
            }
        }
        (wrong, card)
    }
}

/// A count of a scorecard: at a level, or under a key.
fn counted(card: &Json, id: &str, key: &str) -> Option<String> {
    let domains = card["domains"].as_array().unwrap();
    let competencies = domains.iter().flat_map(|domain| domain["competencies"].as_array().unwrap());
    let node = match id {
        "overall" => &card["overall"],
        _ => domains.iter().chain(competencies).find(|node| node["id"] == id)?,
    };
    let value = if node["tally"][key].is_null() { &node[key] } else { &node["tally"][key] };
    value["exact"].as_str().map(str::to_owned).or_else(|| value.as_u64().map(|count| count.to_string()))
}

fn qualifications(rubric: &Rubric) -> Vec<&str> {
    rubric.qualifications().iter().map(|qualification| &*qualification.id).collect()
}

impl Gives {
    fn compare(&self, what: &str, result: &Json) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |name: &str, expected: Json, actual: &Json| {
            if expected != *actual {
                wrong.push(format!("{what} {name} should be {expected}, and is {actual}"));
            }
        };
        let status = self.status.as_deref().unwrap_or("scored");
        if status == "none" {
            same("result", Json::Null, result);
            return wrong;
        }
        same("status", status.into(), &result["status"]);
        same("score", self.score.as_ref().map(|score| shown(exact(&score.0))).into(), &result["score"]["exact"]);
        same("rating", self.rating.clone().into(), &result["rating"]);
        same("flags", self.flags.clone().into(), &result["flags"]);
        let reasons = result["reasons"].as_array().map_or(&[][..], Vec::as_slice);
        for line in &self.reasons {
            if !reasons.iter().any(|reason| reason == line) {
                wrong.push(format!("{what} the reasons lack `{line}`; they are {reasons:#?}"));
            }
        }
        wrong
    }
}
