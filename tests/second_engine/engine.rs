//! Scoring once more: slow, by plain recursion over the documents as JSON, with nothing of the library.
//!
//! The engine is written from the specification of the language, one function a sentence, and keeps nothing but the results
//! it has computed already.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::Value;

/// How a result stands, with what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub status: &'static str,
    pub score: Option<BigRational>,
    pub rating: Option<String>,
    pub flags: Vec<String>,
}

const NOTHING: Outcome = Outcome { status: "insufficient_evidence", score: None, rating: None, flags: Vec::new() };
const BLOCKED: Outcome = Outcome { status: "blocked", score: None, rating: None, flags: Vec::new() };

/// A step, and the subject of its result.
type Key = (String, Option<String>);

/// A step with its results, each by its subject.
pub type Results = (String, Vec<(Option<String>, Outcome)>);

pub struct Engine<'a> {
    rubric: &'a Value,
    policy: &'a Value,
    evaluation: &'a Value,
    known: RefCell<HashMap<Key, Option<Outcome>>>,
}

/// A step's conditions that are unknown, each with the truth that is tried.
type Trial<'c> = Vec<(&'c Value, bool)>;

/// The truth of a condition, or what is tried where that is unknown.
fn tried(holds: Option<bool>, condition: &Value, trial: &Trial<'_>) -> bool {
    holds.unwrap_or_else(|| {
        let same = |known: &&(&Value, bool)| std::ptr::eq(known.0, condition);
        trial.iter().find(same).is_some_and(|(_, truth)| *truth)
    })
}

/// A decimal as it is written.
pub fn number(value: &Value) -> BigRational {
    let text = value.to_string();
    let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
    let digits: BigInt = format!("{whole}{places}").parse().unwrap();
    BigRational::new(digits, BigInt::from(10).pow(places.len() as u32))
}

fn whole(count: usize) -> BigRational {
    BigRational::from(BigInt::from(count))
}

fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value[key].as_array().map(|items| items.iter().collect()).unwrap_or_default()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map(|items| items.iter().map(|item| item.as_str().unwrap()).collect()).unwrap_or_default()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// The rubric with each domain and competency that is rated itself as one that holds an indicator with its id and its keys.
pub fn spelled_out(rubric: &Value) -> Value {
    fn spell(part: &mut Value) {
        part["competencies"].as_array_mut().into_iter().flatten().for_each(spell);
        if part["rated"] == true {
            part["indicators"] = Value::Array(vec![part.clone()]);
            part["rated"].take();
        }
    }
    let mut rubric = rubric.clone();
    rubric["domains"].as_array_mut().into_iter().flatten().for_each(spell);
    rubric
}

/// The indicators at and under some nodes, or all.
fn under(rubric: &Value, nodes: &Value) -> BTreeSet<String> {
    let is_named = |node: &Value| nodes.is_null() || texts(nodes).contains(&id(node));
    let mut found = BTreeSet::new();
    for domain in list(rubric, "domains") {
        for parent in list(domain, "competencies").into_iter().chain([domain]) {
            for indicator in list(parent, "indicators") {
                if is_named(domain) || is_named(parent) || is_named(indicator) {
                    found.insert(id(indicator).to_owned());
                }
            }
        }
    }
    found
}

/// The policies of a rubric: one, or a list.
pub fn policies(rubric: &Value) -> Vec<&Value> {
    rubric["scoring"].as_array().map_or_else(|| vec![&rubric["scoring"]], |policies| policies.iter().collect())
}

/// Whether a policy is for an evaluation: for its type, and for exactly the indicators of its scope as written.
fn is_for(policy: &Value, rubric: &Value, evaluation: &Value) -> bool {
    let given = &policy["for"];
    let types = if given.is_object() { &given["type"] } else { given };
    let kind = evaluation["type"].as_str().unwrap_or("formal");
    let is_of_type = types.is_null() || types == kind || texts_of(types).contains(&kind);
    let scope = &given["scope"];
    is_of_type && (scope.is_null() || under(rubric, scope) == under(rubric, &evaluation["scope"]))
}

fn texts_of(types: &Value) -> Vec<&str> {
    if types.is_array() { texts(types) } else { Vec::new() }
}

/// The rubric as the policy sees it that scores an evaluation: with this policy alone, and of its scope alone.
pub fn scored(rubric: &Value, evaluation: &Value) -> Option<Value> {
    let rubric = &spelled_out(rubric);
    let policy = policies(rubric).into_iter().find(|policy| is_for(policy, rubric, evaluation))?;
    Some(part(rubric, policy))
}

/// The rubric with one policy, and without what is out of the policy's scope.
pub fn part(rubric: &Value, policy: &Value) -> Value {
    fn keep(node: &mut Value, kept: &BTreeSet<String>) -> bool {
        let mut is_kept = kept.contains(id(node));
        for key in ["indicators", "competencies"] {
            if let Some(children) = node[key].as_array_mut() {
                children.retain_mut(|child| keep(child, kept));
                is_kept |= !children.is_empty();
            }
        }
        is_kept
    }
    let mut alone = spelled_out(rubric);
    let kept = under(&alone, &policy["for"]["scope"]);
    alone["domains"].as_array_mut().unwrap().retain_mut(|domain| keep(domain, &kept));
    alone["scoring"] = policy.clone();
    alone
}

impl<'a> Engine<'a> {
    pub fn new(rubric: &'a Value, evaluation: &'a Value) -> Self {
        Self { rubric, policy: &rubric["scoring"], evaluation, known: RefCell::default() }
    }

    /// The indicators at and under a node, or all.
    fn indicators(&self, node: Option<&str>) -> Vec<&'a str> {
        let mut found = Vec::new();
        for domain in list(self.rubric, "domains") {
            let here = node.is_none() || node == Some(id(domain));
            for indicator in list(domain, "indicators") {
                if here || node == Some(id(indicator)) {
                    found.push(id(indicator));
                }
            }
            for competency in list(domain, "competencies") {
                let here = here || node == Some(id(competency));
                for indicator in list(competency, "indicators") {
                    if here || node == Some(id(indicator)) {
                        found.push(id(indicator));
                    }
                }
            }
        }
        found
    }

    /// The occasions by date, those of one day as they stand, each with its name: its kind, and its number among these.
    fn occasions(&self) -> Vec<(&'static str, &'a Value)> {
        const NAMES: [(&str, [&str; 3]); 2] =
            [("visit", ["visit_1", "visit_2", "visit_3"]), ("walk", ["walk_1", "walk_2", "walk_3"])];
        let mut occasions = list(self.evaluation, "observations");
        occasions.sort_by_key(|occasion| occasion["date"].as_str().unwrap());
        let named = NAMES.iter().flat_map(|(kind, names)| {
            names.iter().copied().zip(occasions.iter().copied().filter(|occasion| occasion["kind"] == *kind))
        });
        named.collect()
    }

    /// The result of an occasion: of an evaluation of what was rated on it, alone.
    fn on_occasion(&self, step: &Value, name: &str) -> Option<Outcome> {
        let (_, occasion) = self.occasions().into_iter().find(|(known, _)| *known == name)?;
        let mut evaluation = self.evaluation.clone();
        let ratings = occasion["ratings"].as_object().cloned().unwrap_or_default();
        evaluation["scope"] = ratings.keys().filter(|indicator| self.is_in_scope(indicator)).cloned().collect();
        evaluation["ratings"] = ratings.into();
        let (mut rubric, mut alone) = (self.rubric.clone(), step.clone());
        alone["each"].take();
        rubric["scoring"]["steps"] = Value::Array(vec![alone.clone()]);
        let engine = Engine::new(&rubric, &evaluation);
        if engine.region(&alone, None).is_empty() { None } else { engine.compute(&alone, None) }
    }

    /// The nodes that a step with `each` has results for.
    fn nodes(&self, each: &str) -> Vec<&'a str> {
        if each == "observation" {
            return self.occasions().into_iter().map(|(name, _)| name).collect();
        }
        let mut found = Vec::new();
        for domain in list(self.rubric, "domains") {
            let competencies = list(domain, "competencies");
            if each == "domain" || competencies.is_empty() {
                found.push(id(domain));
            } else {
                found.extend(competencies.into_iter().map(id));
            }
        }
        found
    }

    /// Whether a node is another one, or lies in it.
    fn lies_in(&self, node: &str, other: &str) -> bool {
        if node == other {
            return true;
        }
        list(self.rubric, "domains").into_iter().any(|domain| {
            let under_domain = list(domain, "indicators").into_iter().any(|indicator| id(indicator) == node);
            list(domain, "competencies").into_iter().any(|competency| {
                let under = list(competency, "indicators").into_iter().any(|indicator| id(indicator) == node);
                (under && (id(competency) == other || id(domain) == other))
                    || (id(competency) == node && id(domain) == other)
            }) || (under_domain && id(domain) == other)
        })
    }

    fn is_in_scope(&self, indicator: &str) -> bool {
        let scope = &self.evaluation["scope"];
        let is_chosen = scope.is_null() || texts(scope).iter().any(|node| self.lies_in(indicator, node));
        let not_assigned = self.evaluation["not_assigned"].as_object();
        let is_unassigned =
            not_assigned.is_some_and(|entries| entries.keys().any(|node| self.lies_in(indicator, node)));
        is_chosen && !is_unassigned
    }

    fn is_under(&self, node: &str, step: &Value) -> bool {
        step["under"].is_null() || texts(&step["under"]).iter().any(|under| self.lies_in(node, under))
    }

    /// The indicators in scope that a result looks at.
    fn region(&self, step: &Value, subject: Option<&str>) -> Vec<&'a str> {
        let all = self.indicators(subject).into_iter();
        all.filter(|indicator| self.is_in_scope(indicator) && self.is_under(indicator, step)).collect()
    }

    /// The level or the choice of an indicator: as it is given, or as it follows from the practices that are seen.
    fn rating_of(&self, indicator: &str) -> Option<&'a str> {
        let rating = &self.evaluation["ratings"][indicator];
        let given = rating.as_str().or_else(|| rating["level"].as_str());
        let level = given.or_else(|| self.derived(indicator, rating["practices"].as_array()?))?;
        // A choice may count as a level.
        let choice = list(self.scale_of(indicator), "not_rated").into_iter().find(|choice| id(choice) == level);
        choice.and_then(|choice| choice["counts_as"].as_str()).or(Some(level))
    }

    /// The highest level for which enough practices are seen, and for every lower one too; else the lowest.
    fn derived(&self, indicator: &str, seen: &[Value]) -> Option<&'a str> {
        let path = self.path(indicator);
        let rule = path.into_iter().chain([self.rubric]).map(|part| &part["derive"]).find(|rule| !rule.is_null())?;
        let (levels, practices) = (Self::lowest_first(self.scale_of(indicator)), list(path[0], "practices"));
        let mut reached = levels[0];
        for level in levels {
            let is_of = |practice: &&Value| rule.is_object() || practice["level"] == level;
            let all = practices.iter().copied().filter(is_of).count();
            let are_seen = practices.iter().copied().filter(is_of).filter(|one| seen.contains(&one["id"])).count();
            let is_enough = match rule.as_str() {
                // A level that asks for nothing is not reached, and holds no higher one back.
                Some(_) if all == 0 => continue,
                Some("cumulative") => are_seen == all,
                Some(_) => are_seen * 2 > all,
                None => match rule["at_least"][level].as_u64() {
                    Some(least) => are_seen as u64 >= least,
                    None => continue,
                },
            };
            if !is_enough {
                break;
            }
            reached = level;
        }
        Some(reached)
    }

    /// The number of an indicator that is rated in numbers.
    fn number_of(&self, indicator: &str) -> Option<BigRational> {
        let rating = &self.evaluation["ratings"][indicator];
        let number_in = |value: &Value| value.is_number().then(|| number(value));
        number_in(rating).or_else(|| number_in(&rating["level"]))
    }

    /// Whether an indicator has a rating, or a choice that is none.
    fn has_entry(&self, indicator: &str) -> bool {
        self.rating_of(indicator).is_some() || self.number_of(indicator).is_some()
    }

    /// Whether an indicator has a rating.
    fn has_rating(&self, indicator: &str) -> bool {
        self.rating_of(indicator).is_some_and(|level| self.is_rated(level)) || self.number_of(indicator).is_some()
    }

    fn lowest_first(of: &Value) -> Vec<&str> {
        let mut levels: Vec<&str> = list(of, "levels").into_iter().map(id).collect();
        if of["order"] == "highest_first" {
            levels.reverse();
        }
        levels
    }

    /// The default scale, and the others.
    fn scales(&self) -> Vec<&'a Value> {
        let others = self.rubric["scales"].as_object().map(|scales| scales.values().collect()).unwrap_or_default();
        [vec![&self.rubric["scale"]], others].concat()
    }

    /// An indicator with the parts that hold it, the nearest first.
    fn path(&self, indicator: &str) -> [&'a Value; 3] {
        for domain in list(self.rubric, "domains") {
            for parent in list(domain, "competencies").into_iter().chain([domain]) {
                let found = list(parent, "indicators").into_iter().find(|known| id(known) == indicator);
                if let Some(indicator) = found {
                    return [indicator, parent, domain];
                }
            }
        }
        panic!("{indicator}")
    }

    /// The scale that an indicator is rated on: the one that is chosen nearest to it.
    fn scale_of(&self, indicator: &str) -> &'a Value {
        let chosen = self.path(indicator).into_iter().find_map(|part| part["scale"].as_str());
        match chosen {
            None | Some("default") => &self.rubric["scale"],
            Some(name) => &self.rubric["scales"][name],
        }
    }

    fn is_rated(&self, level: &str) -> bool {
        self.scales().into_iter().any(|scale| Self::lowest_first(scale).contains(&level))
    }

    /// The levels and choices that a condition names.
    fn named_levels(condition: &Value) -> Vec<&str> {
        let bounds = ["rated_at_least", "rated_below"].into_iter().filter_map(|key| condition[key].as_str());
        texts_of(&condition["rated"]).into_iter().chain(bounds).collect()
    }

    /// The indicators that a condition looks at: those that may have one of the levels that it names.
    fn looked_at(&self, condition: &Value, step: &Value, subject: Option<&str>) -> Vec<&'a str> {
        let has_one = |scale: &Value| {
            let both = ["levels", "not_rated"].into_iter().flat_map(|key| list(scale, key));
            both.map(id).any(|level| Self::named_levels(condition).contains(&level))
        };
        let region = self.region(step, subject).into_iter();
        region.filter(|indicator| has_one(self.scale_of(indicator))).collect()
    }

    fn step(&self, name: &str) -> Option<&'a Value> {
        list(self.policy, "steps").into_iter().find(|step| id(step) == name)
    }

    fn input(&self, name: &str) -> Option<&'a Value> {
        list(self.policy, "inputs").into_iter().find(|input| id(input) == name)
    }

    fn given(&self, input: &str) -> Option<&'a Value> {
        Some(&self.evaluation["inputs"][input]).filter(|value| !value.is_null())
    }

    /// The levels of a step, lowest first, and the first that meets expectations.
    fn levels(&self, step: &Value) -> (Vec<&'a str>, Option<&'a str>) {
        let step = self.step(id(step)).unwrap();
        let policy = if self.policy["levels"].is_array() { self.policy } else { &self.rubric["scale"] };
        let levels = Self::lowest_first;
        let policy_meets = self.policy["meets_at"].as_str().or_else(|| policy["meets_at"].as_str());
        if step["levels"].is_array() {
            (levels(step), step["meets_at"].as_str())
        } else {
            (levels(policy), step["meets_at"].as_str().or(policy_meets))
        }
    }

    /// The results of a step with `each` that lie under the subject of another.
    fn results_under(&self, of: &Value, step: &Value, subject: Option<&str>) -> Vec<(&'a str, Outcome)> {
        let nodes = self.nodes(of["each"].as_str().unwrap()).into_iter();
        let under = nodes.filter(|node| subject.is_none_or(|subject| self.lies_in(node, subject)));
        let looked_at = under.filter(|node| self.is_under(node, step));
        looked_at.filter_map(|node| Some((node, self.result(of, Some(node))?))).collect()
    }

    /// The result of a step that a condition or a matrix names.
    fn one_result(&self, name: &str, named: Option<&str>, subject: Option<&str>) -> Option<Outcome> {
        let step = self.step(name)?;
        let subject = if step["each"].is_null() { None } else { named.or(subject) };
        self.result(step, subject)
    }

    /// The results of every step in order, and of each in the order of the rubric.
    pub fn all(&self) -> Vec<Results> {
        let steps = list(self.policy, "steps").into_iter();
        steps
            .map(|step| {
                let subjects: Vec<Option<&str>> = match step["each"].as_str() {
                    Some(each) => self.nodes(each).into_iter().map(Some).collect(),
                    None => vec![None],
                };
                let results = subjects
                    .into_iter()
                    .filter_map(|subject| Some((subject.map(str::to_owned), self.result(step, subject)?)));
                (id(step).to_owned(), results.collect())
            })
            .collect()
    }

    pub fn result(&self, step: &Value, subject: Option<&str>) -> Option<Outcome> {
        let key = (id(step).to_owned(), subject.map(str::to_owned));
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let result = match subject.filter(|_| step["each"] == "observation") {
            Some(occasion) => self.on_occasion(step, occasion),
            None => self.compute(step, subject),
        };
        self.known.borrow_mut().insert(key, result.clone());
        result
    }

    /// The names that a step reads: those of sets, in `of` and where a condition counts, and those of single results, each
    /// with the subject that it names.
    fn names(step: &Value) -> Vec<(&str, Option<Option<&str>>)> {
        fn of_condition<'v>(condition: &'v Value, names: &mut Vec<(&'v str, Option<Option<&'v str>>)>) {
            for key in ["count", "share"] {
                names.extend(condition[key].as_str().map(|name| (name, None)));
            }
            for key in ["rating", "score", "known"] {
                names.extend(condition[key].as_str().map(|name| (name, Some(condition["subject"].as_str()))));
            }
            let parts = list(condition, "all").into_iter().chain(list(condition, "any")).chain(condition.get("not"));
            parts.for_each(|part| of_condition(part, names));
        }
        let of = step["of"].as_str().map_or_else(|| texts(&step["of"]), |name| vec![name]);
        let mut names: Vec<(&str, Option<Option<&str>>)> = of.into_iter().map(|name| (name, None)).collect();
        let axes = ["rows", "columns"].into_iter();
        names.extend(axes.filter_map(|axis| Some((step["matrix"][axis].as_str()?, Some(None)))));
        for key in ["adjust", "rules", "limits", "flags"] {
            list(step, key).into_iter().for_each(|item| of_condition(&item["when"], &mut names));
        }
        names
    }

    /// Whether a step's results may rest on entered ratings that judge a part as a whole, its own or those it reads.
    fn may_be_judged(&self, step: &Value) -> bool {
        if !step["entered"].is_null() {
            return step["entered"]["without_ratings"] == true;
        }
        let others = Self::names(step).into_iter().filter(|(name, _)| *name != id(step));
        others.filter_map(|(name, _)| self.step(name)).any(|of| self.may_be_judged(of))
    }

    /// Whether a step reads a result that is there and may rest on such entered ratings.
    fn reads_judged(&self, step: &Value, subject: Option<&str>) -> bool {
        let is_scored = |result: &Outcome| result.status == "scored";
        step["entered"].is_null()
            && Self::names(step).into_iter().filter(|(name, _)| *name != id(step)).any(|(name, named)| {
                let Some(of) = self.step(name).filter(|of| self.may_be_judged(of)) else { return false };
                match named {
                    None if !of["each"].is_null() => {
                        self.results_under(of, step, subject).iter().any(|(_, result)| is_scored(result))
                    }
                    named => self.one_result(name, named.flatten(), subject).as_ref().is_some_and(is_scored),
                }
            })
    }

    fn compute(&self, step: &Value, subject: Option<&str>) -> Option<Outcome> {
        let region = self.region(step, subject);
        if subject.is_some() && region.is_empty() {
            return None;
        }
        // A person enters the rating of a whole node.
        if !step["entered"].is_null() && subject.is_some_and(|subject| !self.is_under(subject, step)) {
            return None;
        }
        let lacks_entry = !step["entered"].is_null() && self.entered(step, subject).is_none();
        let is_open = region.iter().any(|indicator| !self.has_entry(indicator));
        if self.is_blocked(step, subject) || (lacks_entry && is_open) {
            return Some(BLOCKED);
        }
        let members = self.members(step, subject);
        let have = members.iter().filter(|(_, value)| value.is_some()).count();
        if step["missing"] == "block" && (have < members.len() || self.lacks_member(step, subject)) {
            return Some(BLOCKED);
        }
        let minimum = &step["minimum_rated"];
        let is_short = !minimum.is_null() && whole(have * 100) < number(minimum) * whole(members.len());
        if (!step["of"].is_null() && have == 0) || is_short {
            return Some(NOTHING);
        }
        let any_rated = region.iter().any(|indicator| self.has_rating(indicator));
        let is_judged = step["entered"]["without_ratings"] == true || self.reads_judged(step, subject);
        if step["take"].is_null() && !any_rated && !is_judged {
            return Some(NOTHING);
        }
        if lacks_entry {
            return Some(BLOCKED);
        }
        // Every condition but those of flags, which may be about the result itself.
        let mut unknown: Vec<&Value> = Vec::new();
        for key in ["adjust", "rules", "limits"] {
            let conditions = list(step, key).into_iter().map(|item| &item["when"]).filter(|when| !when.is_null());
            unknown.extend(conditions.filter(|when| self.holds(when, step, subject).is_none()));
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        for number in 0..1_usize << unknown.len() {
            let trial = unknown.iter().enumerate().map(|(place, when)| (*when, number >> place & 1 == 1)).collect();
            let outcome = self.one_way(step, subject, &members, &trial);
            if !outcomes.contains(&outcome) {
                outcomes.push(outcome);
            }
        }
        match outcomes.as_slice() {
            [outcome] if outcome.status == "scored" => Some(self.flagged(step, subject, outcome)),
            _ => Some(NOTHING),
        }
    }

    /// The result but for its flags, where the unknown conditions turn out as is tried.
    fn one_way(
        &self,
        step: &Value,
        subject: Option<&str>,
        members: &[(&str, Option<BigRational>)],
        trial: &Trial<'_>,
    ) -> Outcome {
        let score = step["take"].as_str().map(|take| self.reckon(take, members, step, subject, trial));
        // A number below the first row of a look-up table is none.
        if score == Some(None) {
            return NOTHING;
        }
        let score = score.flatten();
        let mut outcome = Outcome { status: "scored", score, rating: None, flags: Vec::new() };
        let rates = ["bands", "rules", "matrix"].iter().any(|key| !step[key].is_null()) || !step["entered"].is_null();
        if rates {
            match self.rate(step, subject, &mut outcome, trial) {
                Some(rating) => outcome.rating = Some(rating),
                None => return NOTHING,
            }
        }
        let (levels, _) = self.levels(step);
        let rank = |level: &str| levels.iter().position(|known| *known == level).unwrap();
        for limit in list(step, "limits") {
            if tried(self.holds(&limit["when"], step, subject), &limit["when"], trial) {
                let rating = outcome.rating.clone().unwrap();
                let bound = limit["at_most"].as_str().or_else(|| limit["at_least"].as_str()).unwrap();
                let is_most = !limit["at_most"].is_null();
                if (is_most && rank(&rating) > rank(bound)) || (!is_most && rank(&rating) < rank(bound)) {
                    outcome.rating = Some(bound.to_owned());
                }
            }
        }
        if let (Some(points), Some(rating)) = (step["points"].as_object(), &outcome.rating) {
            outcome.score = Some(number(&points[rating]));
        }
        outcome
    }

    /// A result with its flags, which come last and see what the step has come to. One that may be raised or not, and that
    /// nothing else raises, leaves no result.
    fn flagged(&self, step: &Value, subject: Option<&str>, outcome: &Outcome) -> Outcome {
        let key = (id(step).to_owned(), subject.map(str::to_owned));
        self.known.borrow_mut().insert(key, Some(outcome.clone()));
        let mut outcome = outcome.clone();
        let (mut raised, mut doubtful) = (Vec::new(), Vec::new());
        for flag in list(step, "flags") {
            let name = flag["flag"].as_str().unwrap().to_owned();
            match self.holds(&flag["when"], step, subject) {
                Some(true) => raised.push(name),
                Some(false) => {}
                None => doubtful.push(name),
            }
        }
        for name in raised {
            if !outcome.flags.contains(&name) {
                outcome.flags.push(name);
            }
        }
        if doubtful.iter().all(|name| outcome.flags.contains(name)) { outcome } else { NOTHING }
    }

    /// Whether the evaluation does not answer for a member that the policy has.
    fn lacks_member(&self, step: &Value, subject: Option<&str>) -> bool {
        if step["of"] == "indicators" {
            let all = self.indicators(subject).into_iter();
            return all.filter(|indicator| self.is_under(indicator, step)).any(|one| !self.is_in_scope(one));
        }
        let Some(of) = step["of"].as_str().and_then(|name| self.step(name)).filter(|of| !of["each"].is_null()) else {
            return false;
        };
        let nodes = self.nodes(of["each"].as_str().unwrap()).into_iter();
        let under = nodes.filter(|node| subject.is_none_or(|subject| self.lies_in(node, subject)));
        let looked_at = under.filter(|node| self.is_under(node, step));
        let is_part = |node: &&str| !of["entered"].is_null() && !self.is_under(node, of);
        let has_results = looked_at
            .filter(|node| !is_part(node) && self.indicators(Some(node)).iter().any(|one| self.is_under(one, of)));
        has_results.into_iter().any(|node| self.result(of, Some(node)).is_none())
    }

    /// The members' names, and each one's number where it has one: for a share, 1 or 0 for whether it meets expectations;
    /// where nothing is taken, any.
    fn members(&self, step: &Value, subject: Option<&str>) -> Vec<(&'a str, Option<BigRational>)> {
        let is_share = step["take"] == "share_meeting";
        let is_untaken = step["take"].is_null();
        let met = |meets: bool| whole(usize::from(meets));
        let of_result = |of: &Value, result: &Outcome| {
            let (levels, meets_at) = self.levels(of);
            let rank = |level: &str| levels.iter().position(|known| *known == level);
            if is_share {
                let rating = result.rating.as_deref()?;
                Some(met(rank(rating) >= rank(meets_at?)))
            } else if is_untaken {
                (result.status == "scored").then(|| whole(0))
            } else {
                result.score.clone()
            }
        };
        if step["of"] == "indicators" {
            let value = |indicator: &str| {
                if let Some(rated) = self.number_of(indicator) {
                    let meets_at = &self.scale_of(indicator)["meets_at"];
                    return match is_share {
                        true => (!meets_at.is_null()).then(|| met(rated >= number(meets_at))),
                        false => Some(rated),
                    };
                }
                let level = self.rating_of(indicator).filter(|level| self.is_rated(level))?;
                let scale = self.scale_of(indicator);
                let levels = Self::lowest_first(scale);
                let rank = |level: &str| levels.iter().position(|known| *known == level);
                Some(if is_share {
                    met(rank(level) >= rank(scale["meets_at"].as_str().unwrap()))
                } else if is_untaken {
                    whole(0)
                } else {
                    self.points(indicator, level)
                })
            };
            // A number that meets no expectations of its scale is in no share.
            let is_in_one = |indicator: &&str| !is_share || !self.scale_of(indicator)["meets_at"].is_null();
            let region = self.region(step, subject).into_iter().filter(is_in_one);
            return region.map(|indicator| (indicator, value(indicator))).collect();
        }
        let step = self.step(id(step)).unwrap();
        let names: Vec<&'a str> = step["of"].as_str().map_or_else(|| texts(&step["of"]), |name| vec![name]);
        let mut members = Vec::new();
        for name in names {
            match self.step(name) {
                Some(of) if of["each"].is_null() => {
                    let result = self.result(of, None).unwrap();
                    members.push((name, of_result(of, &result)));
                }
                Some(of) => {
                    let results = self.results_under(of, step, subject).into_iter();
                    members.extend(results.map(|(node, result)| (node, of_result(of, &result))));
                }
                None => members.push((name, self.given(name).map(number))),
            }
        }
        members
    }

    /// The points of an indicator at a level: those that the policy gives it, its own, or those of all.
    fn points(&self, indicator: &str, level: &str) -> BigRational {
        let own = self.path(indicator)[0];
        let points = [&self.policy["indicator_points"][indicator], &own["points"], &self.policy["points"]];
        number(points.into_iter().map(|points| &points[level]).find(|points| !points.is_null()).unwrap())
    }

    /// The weights of a step: for all, or those of the choice that is made.
    fn weights(&self, step: &'a Value) -> &'a Value {
        match step["weights"]["by"].as_str() {
            Some(input) => &step["weights"][self.given(input).unwrap().as_str().unwrap()],
            None => &step["weights"],
        }
    }

    /// The weight of an indicator: its own, else that of its competency, its domain or all others.
    fn weight(&self, indicator: &str, weights: &Value) -> BigRational {
        let path = self.path(indicator).into_iter().map(id).chain(["others"]);
        let mut found = path.map(|name| &weights[name]);
        number(found.find(|weight| !weight.is_null()).unwrap())
    }

    fn reckon(
        &self,
        take: &str,
        members: &[(&str, Option<BigRational>)],
        step: &Value,
        subject: Option<&str>,
        trial: &Trial<'_>,
    ) -> Option<BigRational> {
        let weights = self.weights(self.step(id(step)).unwrap());
        let weight = |name: &str| match (weights.is_null(), step["of"] == "indicators") {
            (true, _) => whole(1),
            (false, true) => self.weight(name, weights),
            // The weights of occasions are those of their kinds.
            (false, false) if weights[name].is_null() => number(&weights[name.rsplit_once('_').unwrap().0]),
            (false, false) => number(&weights[name]),
        };
        let values: Vec<(BigRational, BigRational)> =
            members.iter().filter_map(|(name, value)| Some((value.clone()?, weight(name)))).collect();
        let mut sorted: Vec<BigRational> = values.iter().map(|(value, _)| value.clone()).collect();
        sorted.sort();
        let total: BigRational = values.iter().map(|(value, weight)| value * weight).sum();
        let weights: BigRational = values.iter().map(|(_, weight)| weight.clone()).sum();
        let mut score = match take {
            "mean" => total / weights,
            "sum" => total,
            "median" => (&sorted[(sorted.len() - 1) / 2] + &sorted[sorted.len() / 2]) / whole(2),
            "lowest" => sorted[0].clone(),
            "highest" => sorted[sorted.len() - 1].clone(),
            "share_meeting" => whole(100) * sorted.iter().sum::<BigRational>() / whole(sorted.len()),
            _ => panic!("{take}"),
        };
        if let Some(rescale) = step["rescale"].as_object() {
            let bound = |range: &str, end: usize| number(&rescale[range][end]);
            let share = (score - bound("from", 0)) / (bound("from", 1) - bound("from", 0));
            score = bound("to", 0) + share * (bound("to", 1) - bound("to", 0));
        }
        for adjust in list(step, "adjust") {
            let when = &adjust["when"];
            if when.is_null() || tried(self.holds(when, step, subject), when, trial) {
                let times = adjust["per"].as_str().and_then(|input| self.given(input)).map_or(whole(1), number);
                score += number(&adjust["add"]) * times;
            }
        }
        let clamp = &step["clamp"];
        if !clamp["from"].is_null() && score < number(&clamp["from"]) {
            score = number(&clamp["from"]);
        }
        if !clamp["to"].is_null() && score > number(&clamp["to"]) {
            score = number(&clamp["to"]);
        }
        if step["convert"].is_array() {
            let row = list(step, "convert").into_iter().rev().find(|row| number(&row["from"]) <= score)?;
            score = number(&row["to"]);
        }
        let rounds = if step["round"].is_object() { vec![&step["round"]] } else { list(step, "round") };
        for round in rounds {
            let unit = BigRational::from(BigInt::from(10).pow(round["places"].as_u64().unwrap() as u32));
            score = rounded(score * &unit, round["mode"].as_str().unwrap()) / unit;
        }
        Some(score)
    }

    fn rate(&self, step: &Value, subject: Option<&str>, outcome: &mut Outcome, trial: &Trial<'_>) -> Option<String> {
        if step["bands"].is_array() {
            let score = outcome.score.clone().unwrap();
            let bands = list(step, "bands");
            let band = bands.iter().rev().find(|band| number(&band["from"]) <= score)?;
            let last = bands.last().unwrap();
            let is_above = !last["to"].is_null() && score > number(&last["to"]);
            return (!is_above).then(|| band["rating"].as_str().unwrap().to_owned());
        }
        if step["rules"].is_array() {
            let rules = list(step, "rules").into_iter();
            let mut applies = rules.filter(|rule| {
                let when = &rule["when"];
                when.is_null() || tried(self.holds(when, step, subject), when, trial)
            });
            return applies.next().map(|rule| rule["rating"].as_str().unwrap().to_owned());
        }
        if step["matrix"].is_object() {
            let matrix = &step["matrix"];
            let on = |axis: &str| {
                let name = matrix[axis].as_str().unwrap();
                match self.step(name) {
                    Some(_) => self.one_result(name, None, subject)?.rating,
                    None => self.given(name).map(|choice| choice.as_str().unwrap().to_owned()),
                }
            };
            let (row, column) = (on("rows"), on("columns"));
            let is = |wanted: &Option<String>, key: &str| wanted.as_ref().is_none_or(|wanted| wanted == key);
            let rows = matrix["cells"].as_object().unwrap().iter().filter(|(key, _)| is(&row, key));
            let cells = rows.flat_map(|(_, cells)| cells.as_object().unwrap().iter());
            let possible = cells.filter(|(key, _)| is(&column, key)).map(|(_, cell)| {
                let rating = cell.as_str().or_else(|| cell["rating"].as_str()).unwrap();
                (rating.to_owned(), cell["flag"].as_str().map(str::to_owned))
            });
            // Where the row or the column is unknown, the cells that are possible must agree.
            let possible: BTreeSet<(String, Option<String>)> = possible.collect();
            let [(rating, flag)] = Vec::from_iter(possible).try_into().ok()?;
            outcome.flags.extend(flag);
            return Some(rating);
        }
        self.entered(step, subject).map(str::to_owned)
    }

    fn entered(&self, step: &Value, subject: Option<&str>) -> Option<&'a str> {
        let entry = &self.evaluation["entered"][id(step)];
        let entry = subject.map_or(entry, |subject| &entry[subject]);
        entry["rating"].as_str()
    }

    /// Whether something is not there that the result needs.
    fn is_blocked(&self, step: &Value, subject: Option<&str>) -> bool {
        let mut conditions: Vec<&Value> = Vec::new();
        for key in ["adjust", "rules", "limits", "flags"] {
            conditions.extend(list(step, key).into_iter().map(|item| &item["when"]).filter(|when| !when.is_null()));
        }
        let names = step["of"].as_str().map_or_else(|| texts(&step["of"]), |name| vec![name]);
        let mut counts = list(step, "adjust").into_iter().filter_map(|adjust| adjust["per"].as_str());
        let by = step["weights"]["by"].as_str();
        names.into_iter().any(|name| self.set_blocks(name, step, subject))
            || counts.any(|input| self.input_blocks(input))
            || by.is_some_and(|input| self.input_blocks(input))
            || conditions.into_iter().any(|condition| self.condition_blocks(condition, step, subject))
            || ["rows", "columns"].iter().any(|axis| {
                step["matrix"][axis].as_str().is_some_and(|name| match self.step(name) {
                    Some(_) => self.one_result(name, None, subject).is_some_and(|result| result == BLOCKED),
                    None => self.input_blocks(name),
                })
            })
    }

    fn input_blocks(&self, name: &str) -> bool {
        self.given(name).is_none() && self.input(name).is_some_and(|input| input["optional"] != true)
    }

    fn set_blocks(&self, name: &str, step: &Value, subject: Option<&str>) -> bool {
        if name == "indicators" {
            return self.region(step, subject).into_iter().any(|indicator| !self.has_entry(indicator));
        }
        match self.step(name) {
            Some(of) if of["each"].is_null() => self.result(of, None) == Some(BLOCKED),
            Some(of) => self.results_under(of, step, subject).into_iter().any(|(_, result)| result == BLOCKED),
            None => self.input_blocks(name),
        }
    }

    fn condition_blocks(&self, condition: &Value, step: &Value, subject: Option<&str>) -> bool {
        let name = |key: &str| condition[key].as_str();
        if let Some(set) = name("count").or_else(|| name("share")) {
            if set == "indicators" {
                let looked_at = self.looked_at(condition, step, subject);
                return looked_at.into_iter().any(|indicator| !self.has_entry(indicator));
            }
            return self.set_blocks(set, step, subject);
        }
        if let Some(name) = name("rating").or_else(|| name("score")).or_else(|| name("known")) {
            if name == id(step) {
                return false;
            }
            if self.step(name).is_some() {
                let result = self.one_result(name, condition["subject"].as_str(), subject);
                return result.is_some_and(|result| result == BLOCKED);
            }
            if self.input(name).is_some() {
                return self.input_blocks(name);
            }
            return self.is_in_scope(name) && !self.has_entry(name);
        }
        if let Some(input) = name("input") {
            return self.input_blocks(input);
        }
        let mut parts = list(condition, "all");
        parts.extend(list(condition, "any"));
        parts.extend(condition.get("not"));
        parts.into_iter().any(|part| self.condition_blocks(part, step, subject))
    }

    /// Whether a condition is true; `None` for unknown, which `known` never is.
    fn holds(&self, condition: &Value, step: &Value, subject: Option<&str>) -> Option<bool> {
        if let Some(parts) = condition["all"].as_array() {
            let parts: Vec<_> = parts.iter().map(|part| self.holds(part, step, subject)).collect();
            let is_false = parts.contains(&Some(false));
            return if is_false { Some(false) } else { (!parts.contains(&None)).then_some(true) };
        }
        if let Some(parts) = condition["any"].as_array() {
            let parts: Vec<_> = parts.iter().map(|part| self.holds(part, step, subject)).collect();
            let is_true = parts.contains(&Some(true));
            return if is_true { Some(true) } else { (!parts.contains(&None)).then_some(false) };
        }
        if let Some(part) = condition.get("not") {
            return Some(!self.holds(part, step, subject)?);
        }
        if let Some(name) = condition["input"].as_str() {
            let given = self.given(name)?;
            let choices = texts(&self.input(name).unwrap()["one_of"]);
            let rank = |choice: &Value| choices.iter().position(|known| choice == known).unwrap();
            return Some(match (&condition["at_least"], &condition["below"]) {
                (Value::Null, Value::Null) => given == &condition["is"],
                (Value::Null, bound) => rank(given) < rank(bound),
                (least, _) => rank(given) >= rank(least),
            });
        }
        let named = condition["subject"].as_str();
        if let Some(name) = condition["known"].as_str() {
            let is_scored = |result: Outcome| result.status == "scored";
            let is_rated = || self.is_in_scope(name) && self.has_rating(name);
            return Some(match (self.step(name), self.input(name)) {
                (Some(_), _) => self.one_result(name, named, subject).is_some_and(is_scored),
                (_, Some(_)) => self.given(name).is_some(),
                _ => is_rated(),
            });
        }
        if let Some(name) = condition["score"].as_str() {
            let score = match self.step(name) {
                Some(_) => self.one_result(name, named, subject)?.score?,
                None => number(self.given(name)?),
            };
            return Some(match &condition["at_least"] {
                Value::Null => score < number(&condition["below"]),
                least => score >= number(least),
            });
        }
        if let Some(name) = condition["rating"].as_str() {
            let bound = ["at_least", "below"].into_iter().map(|key| &condition[key]).find(|bound| bound.is_number());
            if let Some(bound) = bound {
                let rated = self.number_of(name).filter(|_| self.is_in_scope(name))?;
                return Some((rated >= number(bound)) == (bound == &condition["at_least"]));
            }
            let (levels, rating) = match self.step(name) {
                Some(of) => (self.levels(of).0, self.one_result(name, named, subject)?.rating?),
                None => {
                    let rating = self.rating_of(name).filter(|_| self.is_in_scope(name))?;
                    (Self::lowest_first(self.scale_of(name)), rating.to_owned())
                }
            };
            let rank = |level: &str| levels.iter().position(|known| *known == level);
            if let Some(wanted) = condition["is"].as_str() {
                // A not-rated level is what it is; of what has no rating, nothing else is known.
                return (rank(wanted).is_none() || rank(&rating).is_some()).then(|| rating == wanted);
            }
            let rank_of_rating = rank(&rating)?;
            return Some(match condition["at_least"].as_str() {
                Some(least) => rank_of_rating >= rank(least).unwrap(),
                None => rank_of_rating < rank(condition["below"].as_str().unwrap()).unwrap(),
            });
        }
        let set = condition["count"].as_str().or_else(|| condition["share"].as_str()).unwrap();
        // Each with the levels that it is one of, lowest first.
        let ratings: Vec<(Vec<&str>, String)> = if set == "indicators" {
            let looked_at = self.looked_at(condition, step, subject).into_iter();
            looked_at
                .filter_map(|one| match self.number_of(one) {
                    Some(_) => Some((vec!["a number"], "a number".to_owned())),
                    None => Some((Self::lowest_first(self.scale_of(one)), self.rating_of(one)?.to_owned())),
                })
                .collect()
        } else {
            let of = self.step(set).unwrap();
            let results = self.results_under(of, step, subject).into_iter();
            results.filter_map(|(_, result)| Some((self.levels(of).0, result.rating?))).collect()
        };
        let rank = |levels: &[&str], level: &str| levels.iter().position(|known| *known == level);
        let is_counted = |(levels, rating): &&(Vec<&str>, String)| {
            if let Some(rated) = condition["rated"].as_array() {
                return rated.iter().any(|level| level == rating.as_str());
            }
            let Some(rank_of_rating) = rank(levels, rating) else { return false };
            match condition["rated_at_least"].as_str() {
                Some(least) => rank_of_rating >= rank(levels, least).unwrap(),
                None => rank_of_rating < rank(levels, condition["rated_below"].as_str().unwrap()).unwrap(),
            }
        };
        let counted = ratings.iter().filter(is_counted).count();
        let rated = ratings.iter().filter(|(levels, rating)| rank(levels, rating).is_some()).count();
        // A count says nothing where nothing is rated, unless it is of what is not rated and there is something.
        let names_unrated = set == "indicators" && texts(&condition["rated"]).iter().any(|level| !self.is_rated(level));
        let found = match condition["count"].is_null() {
            false if rated == 0 && (ratings.is_empty() || !names_unrated) => return None,
            false => whole(counted),
            true if rated == 0 => return None,
            true => whole(counted * 100) / whole(rated),
        };
        let compared = |key: &str| Some(&condition[key]).filter(|value| !value.is_null()).map(number);
        compared("at_least")
            .map(|least| found >= least)
            .or_else(|| compared("at_most").map(|most| found <= most))
            .or_else(|| compared("more_than").map(|than| found > than))
            .or_else(|| compared("less_than").map(|than| found < than))
    }
}

/// To a whole number.
fn rounded(number: BigRational, mode: &str) -> BigRational {
    let (below, above) = (number.floor(), number.ceil());
    let half = &below + BigRational::new(1.into(), 2.into());
    let is_negative = number < whole(0);
    match mode {
        "floor" => below,
        "ceiling" => above,
        "truncate" => {
            if is_negative {
                above
            } else {
                below
            }
        }
        _ if number < half => below,
        _ if number > half => above,
        "half_up" => {
            if is_negative {
                below
            } else {
                above
            }
        }
        _ if (below.to_integer() % BigInt::from(2)) == BigInt::from(0) => below,
        _ => above,
    }
}
