//! Random rubrics, policies and evaluations, with every key of the language.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::engine;

/// Numbers that look random and are the same each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to below `count`.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn from(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A decimal of up to two places.
    fn decimal(&mut self, least: i64, most: i64) -> Value {
        let hundredths = least * 100 + self.below(((most - least) * 100 + 1) as usize) as i64;
        let coarse = if self.percent(60) { hundredths / 50 * 50 } else { hundredths };
        written(coarse)
    }
}

/// Hundredths as a JSON number.
fn written(hundredths: i64) -> Value {
    let sign = if hundredths < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    serde_json::from_str(text).unwrap()
}

/// A step, as later ones may use it.
struct Known {
    id: String,
    each: Option<&'static str>,
    has_score: bool,
    /// Empty for one that gives no rating.
    levels: Vec<String>,
    meets: bool,
}

/// A scale: its id, its levels from the lowest, and its choices that are no rating.
#[derive(Clone)]
struct Scale {
    id: String,
    /// None of a scale of numbers.
    rated: Vec<String>,
    not_rated: Vec<String>,
}

/// The parts of a rubric that have been made so far.
struct Making {
    dice: Dice,
    /// The default scale, and the others.
    scales: Vec<Scale>,
    /// By indicator, the number of its scale.
    scale_of: BTreeMap<String, usize>,
    /// By indicator, the domain and the competency that hold it.
    parts: BTreeMap<String, Vec<String>>,
    /// By domain, its competencies' ids; empty for one that holds indicators directly.
    domains: Vec<(String, Vec<String>)>,
    indicators: Vec<String>,
    levels: Vec<String>,
    has_meets: bool,
    numbers: Vec<String>,
    /// The inputs that say how often something is added.
    times: Vec<String>,
    choices: Vec<(String, Vec<String>)>,
    /// Of these inputs, those with an order, and those that every evaluation gives.
    ordered: Vec<String>,
    required: Vec<String>,
    steps: Vec<Known>,
}

fn ids(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{prefix}{number}")).collect()
}

fn levels(ids: &[String]) -> Value {
    ids.iter().map(|id| json!({ "id": id, "label": format!("Level {id}") })).collect()
}

pub fn rubric(seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let scales = scales(&mut dice);
    let mut making = Making::new(dice, scales);
    let domains: Vec<Value> = (0..making.dice.from(1, 3)).map(|_| making.domain()).collect();
    let mut written: Vec<Value> = making.scales.clone().iter().map(|scale| making.written(scale)).collect();
    let mut rubric = json!({
        "id": "made", "version": "1.0.0", "title": "Made", "domains": domains, "scale": written.remove(0),
        "scoring": making.policy(),
    });
    if rubric["domains"].to_string().contains("practices") {
        rubric["derive"] = (*making.dice.pick(&["cumulative", "majority"])).into();
    }
    if !written.is_empty() {
        let names = making.scales.iter().skip(1).map(|scale| scale.id.clone());
        rubric["scales"] = Value::Object(names.zip(written).collect());
    }
    told(&mut rubric, &mut Dice::new(seed ^ 0xbeef));
    if making.dice.percent(30) {
        rubric["scoring"] = making.policies(&rubric);
    } else if making.dice.percent(40) {
        making.observe(&mut rubric);
    }
    rubric
}

/// Keys that no result rests on: narratives, units, and the meaning of choices, which is the same wherever one stands.
fn told(rubric: &mut Value, dice: &mut Dice) {
    if dice.percent(40) {
        let tiers: &[&str] = match rubric["domains"].to_string().contains("competencies") {
            true => &["whole", "domain", "competency"],
            false => &["whole", "domain"],
        };
        let of = *dice.pick(tiers);
        rubric["narratives"] = json!([{ "id": "plan", "label": "Plan", "of": of, "required": dice.percent(30) }]);
    }
    let means = *dice.pick(&["not_observed", "not_applicable"]);
    let mark = |scale: &mut Value| {
        if scale["from"].is_number() {
            scale["unit"] = "points".into();
        }
        for choice in scale["not_rated"].as_array_mut().into_iter().flatten() {
            choice["means"] = means.into();
        }
    };
    mark(&mut rubric["scale"]);
    rubric["scales"].as_object_mut().into_iter().flat_map(|scales| scales.values_mut()).for_each(mark);
}

/// The default scale, and sometimes others. A choice that is no rating may stand in several.
fn scales(dice: &mut Dice) -> Vec<Scale> {
    let others = if dice.percent(50) { dice.from(1, 2) } else { 0 };
    (0..=others)
        .map(|number| {
            let (levels, choices) = match number {
                0 => ("level".to_owned(), "unseen".to_owned()),
                _ => (format!("scale{number}_"), if dice.percent(50) { "unseen" } else { "other" }.to_owned()),
            };
            let (count, not_rated) = (dice.from(2, 4), dice.from(0, 2));
            let id = if number == 0 { "default".to_owned() } else { format!("scale{number}") };
            let count = if number > 0 && dice.percent(30) { 0 } else { count };
            Scale { id, rated: ids(&levels, count), not_rated: ids(&choices, not_rated) }
        })
        .collect()
}

impl Making {
    fn new(dice: Dice, scales: Vec<Scale>) -> Self {
        Self {
            dice,
            scale_of: BTreeMap::new(),
            parts: BTreeMap::new(),
            domains: Vec::new(),
            indicators: Vec::new(),
            levels: scales[0].rated.clone(),
            scales,
            has_meets: true,
            numbers: Vec::new(),
            times: Vec::new(),
            choices: Vec::new(),
            ordered: Vec::new(),
            required: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// A scale as it is written: sometimes from the highest level, which does not change what the levels mean.
    fn written(&mut self, scale: &Scale) -> Value {
        if scale.rated.is_empty() {
            let mut written = json!({ "from": -2, "to": 8, "places": 1, "not_rated": levels(&scale.not_rated) });
            if self.dice.percent(70) {
                written["meets_at"] = self.dice.from(0, 6).into();
            }
            return written;
        }
        let meets_at = self.dice.pick(&scale.rated).clone();
        let mut written =
            json!({ "meets_at": meets_at, "levels": levels(&scale.rated), "not_rated": levels(&scale.not_rated) });
        // A choice that counts, which no condition names.
        if self.dice.percent(30) {
            let id = format!("counted_{}", scale.id);
            let counted = json!({ "id": id, "label": id, "counts_as": self.dice.pick(&scale.rated) });
            written["not_rated"].as_array_mut().unwrap().push(counted);
        }
        if self.dice.percent(25) {
            written["levels"] = levels(&scale.rated.iter().rev().cloned().collect::<Vec<_>>());
            written["order"] = "highest_first".into();
        }
        written
    }

    fn domain(&mut self) -> Value {
        let id = format!("domain{}", self.domains.len());
        let mut domain = json!({ "id": id, "title": "D" });
        let scale = self.chosen_scale(&mut domain, 0);
        if self.dice.percent(15) {
            domain["derive"] = "majority".into();
        }
        if self.dice.percent(15) {
            self.rate_itself(&mut domain, scale, &[&id]);
            self.domains.push((id, Vec::new()));
            return domain;
        }
        if self.dice.percent(40) {
            domain["indicators"] = self.some_indicators(scale, &[&id]);
            self.domains.push((id, Vec::new()));
            return domain;
        }
        let mut competencies = Vec::new();
        let mut names = Vec::new();
        for number in 0..self.dice.from(1, 3) {
            let name = format!("{id}_{number}");
            let mut competency = json!({ "id": name, "title": "C", "statement": "C." });
            let scale = self.chosen_scale(&mut competency, scale);
            if self.dice.percent(20) {
                self.rate_itself(&mut competency, scale, &[&id, &name]);
            } else {
                competency["indicators"] = self.some_indicators(scale, &[&id, &name]);
            }
            competencies.push(competency);
            names.push(name);
        }
        self.domains.push((id, names));
        domain["competencies"] = competencies.into();
        domain
    }

    fn some_indicators(&mut self, scale: usize, parts: &[&String]) -> Value {
        let made: Vec<Value> = (0..self.dice.from(1, 3))
            .map(|_| {
                let id = format!("indicator{}", self.indicators.len());
                self.indicators.push(id.clone());
                let mut indicator = json!({ "id": id, "statement": "I." });
                let scale = self.chosen_scale(&mut indicator, scale);
                self.keys(&id, &mut indicator, scale, parts);
                indicator
            })
            .collect();
        made.into()
    }

    /// Makes a domain or competency, the last of `parts`, its own indicator.
    fn rate_itself(&mut self, part: &mut Value, scale: usize, parts: &[&String]) {
        let id = part["id"].as_str().unwrap().to_owned();
        part["rated"] = true.into();
        self.indicators.push(id.clone());
        self.keys(&id, part, scale, parts);
    }

    /// The keys that an indicator sometimes has.
    fn keys(&mut self, id: &str, indicator: &mut Value, scale: usize, parts: &[&String]) {
        self.parts.insert(id.to_owned(), parts.iter().copied().cloned().collect());
        self.scale_of.insert(id.to_owned(), scale);
        let levels = self.scales[scale].rated.clone();
        if levels.is_empty() {
            return;
        }
        if self.dice.percent(30) {
            self.practices(indicator, &levels);
        }
        if self.dice.percent(10) {
            indicator["points"] = self.rising(&levels).into();
        } else if self.dice.percent(10) {
            indicator["points"] = json!({ (levels[0].clone()): -2 });
        }
    }

    /// A checklist of practices, and sometimes a rule of its own by which a level follows from them.
    fn practices(&mut self, indicator: &mut Value, levels: &[String]) {
        let by_number = self.dice.percent(30);
        let practices: Vec<Value> = (0..self.dice.from(1, 5))
            .map(|number| {
                let id = format!("practice{}_{number}", self.indicators.len());
                let mut practice = json!({ "id": id, "statement": format!("P{number}.") });
                if !by_number {
                    practice["level"] = self.dice.pick(levels).as_str().into();
                }
                practice
            })
            .collect();
        if by_number {
            let above = self.dice.from(1, levels.len() - 1);
            let numbers = levels[above..].iter().zip(1..).filter(|(_, number)| *number <= practices.len());
            let at_least: Map<String, Value> = numbers.map(|(level, number)| (level.clone(), number.into())).collect();
            indicator["derive"] = json!({ "at_least": at_least });
        } else if self.dice.percent(50) {
            indicator["derive"] = (*self.dice.pick(&["cumulative", "majority"])).into();
        }
        indicator["practices"] = practices.into();
    }

    /// The scale of a part: its own, sometimes, or the one of the part that holds it.
    fn chosen_scale(&mut self, part: &mut Value, inherited: usize) -> usize {
        if self.scales.len() == 1 || self.dice.percent(70) {
            return inherited;
        }
        let own = self.dice.below(self.scales.len());
        part["scale"] = self.scales[own].id.as_str().into();
        own
    }

    /// The scale that an indicator is rated on.
    fn scale(&self, indicator: &str) -> &Scale {
        &self.scales[self.scale_of[indicator]]
    }

    /// Scales that something of each of some parts is rated on, so that a condition on their levels looks at something
    /// everywhere.
    fn scales_in(&self, parts: &[String]) -> Vec<Scale> {
        let is_in = |part: &String, scale: usize| {
            self.indicators.iter().any(|one| self.scale_of[one] == scale && self.parts[one].contains(part))
        };
        let with_levels = (0..self.scales.len()).filter(|scale| !self.scales[*scale].rated.is_empty());
        let everywhere = with_levels.filter(|scale| parts.iter().all(|part| is_in(part, *scale)));
        let used = everywhere.filter(|scale| self.indicators.iter().any(|one| self.scale_of[one] == *scale));
        let found: Vec<Scale> = used.map(|scale| self.scales[scale].clone()).collect();
        if found.is_empty() { vec![self.scales[0].clone()] } else { found }
    }

    fn nodes(&self, each: &str) -> Vec<String> {
        let of = |(domain, competencies): &(String, Vec<String>)| {
            if each == "domain" || competencies.is_empty() { vec![domain.clone()] } else { competencies.clone() }
        };
        self.domains.iter().flat_map(of).collect()
    }

    fn policy(&mut self) -> Value {
        let mut policy = Map::new();
        if self.dice.percent(40) {
            let count = self.dice.from(2, 4);
            self.levels = ids("rating", count);
            policy.insert("levels".into(), levels(&self.levels));
            policy.insert("meets_at".into(), self.dice.pick(&self.levels.clone()).as_str().into());
        }
        if self.dice.percent(20) {
            policy.insert("for".into(), json!(["formal", "self"]));
        }
        if self.dice.percent(20) {
            policy.insert("compensatory".into(), true.into());
            policy.insert("because".into(), "Clause 2".into());
        }
        let mut points = Map::new();
        for scale in self.scales.clone() {
            points.extend(self.rising(&scale.rated));
        }
        policy.insert("points".into(), points.into());
        if self.dice.percent(20) {
            let indicator = self.dice.pick(&self.indicators.clone()).clone();
            if let Some(highest) = self.scale(&indicator).rated.last().cloned() {
                policy.insert("indicator_points".into(), json!({ indicator: { (highest): 50 } }));
            }
        }
        let mut inputs = Vec::new();
        for number in 0..self.dice.from(0, 3) {
            let (id, optional) = (format!("input{number}"), self.dice.percent(50));
            if self.dice.percent(50) {
                let mut input = json!({ "id": id, "label": "I", "from": -5, "to": 10, "optional": optional });
                // The evaluation gives the value, or it is missing: no earlier evaluation is at hand.
                if number == 2 {
                    input["from_history"] = json!({ "step": "earlier", "years_ago": 1 });
                }
                inputs.push(input);
                self.numbers.push(id);
            } else {
                let count = self.dice.from(2, 3);
                let choices = ids("choice", count);
                let mut input = json!({ "id": id, "label": "I", "one_of": choices, "optional": optional });
                if self.dice.percent(50) {
                    input["ordered"] = true.into();
                    self.ordered.push(id.clone());
                }
                if !optional {
                    self.required.push(id.clone());
                }
                inputs.push(input);
                self.choices.push((id, choices));
            }
        }
        if self.dice.percent(20) {
            inputs.push(json!({ "id": "times", "label": "T", "from": 0, "to": 4, "places": 0 }));
            self.times.push("times".to_owned());
        }
        policy.insert("inputs".into(), inputs.into());
        let steps: Vec<Value> = (0..self.dice.from(1, 6)).map(|number| self.step(number)).collect();
        policy.insert("steps".into(), steps.into());
        policy.into()
    }

    /// Kinds of observation, the second of which rates a part, and steps that count the occasions.
    fn observe(&mut self, rubric: &mut Value) {
        let part = self.dice.pick(&self.domains.clone()).0.clone();
        let kinds = json!([{ "id": "visit", "label": "V" }, { "id": "walk", "label": "W", "scope": [part] }]);
        rubric["observations"] = json!({ "kinds": kinds, "at_most": 3, "rating": "entered" });
        let takes = ["mean", "sum", "median", "lowest", "highest", "share_meeting"];
        let mut each =
            json!({ "id": "occasion", "each": "observation", "of": "indicators", "take": self.dice.pick(&takes) });
        if self.dice.percent(30) && matches!(each["take"].as_str(), Some("mean" | "sum")) {
            each["weights"] = json!({ "others": 2, (self.indicators[0].clone()): 1 });
        }
        if self.dice.percent(40) {
            each["round"] = json!({ "places": 1, "mode": self.dice.pick(&["half_up", "floor"]) });
        }
        let levels = self.levels.clone();
        if self.dice.percent(50) {
            each["bands"] = json!([{ "from": -1000, "rating": levels[0] }, { "from": 1, "rating": levels[1] }]);
        }
        let mut all = json!({ "id": "occasions", "of": "occasion", "take": self.dice.pick(&takes[..5]) });
        if self.dice.percent(50) && all["take"] == "mean" {
            all["weights"] = json!({ "visit": 3, "walk": self.dice.from(1, 4) });
        }
        if self.dice.percent(30) {
            let counted = json!({ "count": "occasion", "at_least": self.dice.from(1, 3) });
            if !each["bands"].is_null() {
                all["adjust"] = json!([{ "add": 1, "when": with(counted, "rated", levels[1].as_str().into()) }]);
            }
        }
        rubric["scoring"]["steps"].as_array_mut().unwrap().extend([each, all]);
    }

    /// The policy of the rubric after one for a part of it.
    fn policies(&mut self, rubric: &Value) -> Value {
        let named: Vec<String> =
            self.domains.iter().flat_map(|(id, competencies)| competencies.iter().chain([id])).cloned().collect();
        let scope = match self.dice.percent(50) {
            true => self.dice.pick(&named).clone(),
            false => self.dice.pick(&self.indicators.clone()).clone(),
        };
        let types = [json!("formal"), json!(["formal", "interim"]), Value::Null];
        let given =
            json!({ "type": self.dice.pick(&types), "scope": [scope, self.dice.pick(&self.indicators.clone())] });
        let part = engine::part(rubric, &json!({ "for": given }));
        let (mut domains, mut indicators) = (Vec::new(), Vec::new());
        for domain in part["domains"].as_array().unwrap() {
            let competencies: Vec<&Value> = domain["competencies"].as_array().into_iter().flatten().collect();
            for parent in competencies.iter().copied().chain([domain]) {
                let ids = parent["indicators"].as_array().into_iter().flatten();
                indicators.extend(ids.map(|indicator| indicator["id"].as_str().unwrap().to_owned()));
            }
            let ids = competencies.iter().map(|competency| competency["id"].as_str().unwrap().to_owned());
            domains.push((domain["id"].as_str().unwrap().to_owned(), ids.collect()));
        }
        let mut making = Making::new(Dice::new(self.dice.next()), self.scales.clone());
        (making.domains, making.indicators) = (domains, indicators);
        (making.scale_of, making.parts) = (self.scale_of.clone(), self.parts.clone());
        let mut policy = making.policy();
        policy["id"] = "of_a_part".into();
        policy["label"] = "Of a part".into();
        policy["for"] = given;
        json!([policy, rubric["scoring"]])
    }

    /// Points that rise.
    fn rising(&mut self, levels: &[String]) -> Map<String, Value> {
        let mut hundredths = self.dice.below(300) as i64 - 100;
        let mut points = Map::new();
        for level in levels {
            points.insert(level.clone(), written(hundredths));
            hundredths += if self.dice.percent(60) { 100 } else { 1 + self.dice.below(150) as i64 };
        }
        points
    }

    fn step(&mut self, number: usize) -> Value {
        let id = format!("step{number}");
        let each = *self.dice.pick(&[None, Some("domain"), Some("competency")]);
        let mut step = Map::new();
        step.insert("id".into(), id.as_str().into());
        if let Some(each) = each {
            step.insert("each".into(), each.into());
        }
        if self.dice.percent(30) {
            step.insert("because".into(), "Clause 1".into());
        }
        let is_list = self.members(&mut step, each);
        if !is_list && self.dice.percent(20) {
            // At least one domain, so that something of every tier lies under it.
            let mut under = vec![self.dice.pick(&self.domains.clone()).0.clone()];
            let all: Vec<String> = self.nodes("competency").into_iter().chain(self.indicators.clone()).collect();
            let other = self.dice.pick(&all).clone();
            if !under.contains(&other) {
                under.push(other);
            }
            step.insert("under".into(), under.into());
        }
        if step.contains_key("take") {
            self.weights(&mut step, each);
            self.number(&mut step, each);
        }
        if step.contains_key("of") {
            if self.dice.percent(20) {
                step.insert("missing".into(), (*self.dice.pick(&["block", "exclude"])).into());
            }
            if self.dice.percent(20) {
                step.insert("minimum_rated".into(), self.dice.from(0, 100).into());
            }
        }
        let (levels, meets) = self.rate(&mut step, each);
        if self.dice.percent(30) {
            let flags: Vec<Value> = ids("flag", 2)
                .iter()
                .map(|flag| json!({ "flag": flag, "when": self.flag_condition(&step, &levels, each) }))
                .collect();
            step.insert("flags".into(), flags.into());
        }
        let has_score = step.contains_key("take") || step.contains_key("points");
        self.steps.push(Known { id, each, has_score, levels, meets });
        step.into()
    }

    /// A condition, often on what the step itself comes to.
    fn flag_condition(&mut self, step: &Map<String, Value>, levels: &[String], each: Option<&str>) -> Value {
        let other = self.condition(each, 2);
        let own = if !levels.is_empty() && self.dice.percent(30) {
            json!({ "rating": step["id"], *self.dice.pick(&["is", "at_least", "below"]): self.dice.pick(levels) })
        } else if (step.contains_key("take") || step.contains_key("points")) && self.dice.percent(30) {
            json!({ "score": step["id"], *self.dice.pick(&["at_least", "below"]): self.dice.decimal(0, 4) })
        } else {
            return other;
        };
        match self.dice.below(4) {
            0 => json!({ "all": [own, other] }),
            1 => json!({ "any": [other, own] }),
            2 => json!({ "not": own }),
            _ => own,
        }
    }

    /// `of` and `take`. Whether the members stand by themselves.
    fn members(&mut self, step: &mut Map<String, Value>, each: Option<&str>) -> bool {
        let several: Vec<usize> = (0..self.steps.len())
            .filter(|number| match (self.steps[*number].each, each) {
                (None, _) | (Some("domain"), Some("competency")) => false,
                (Some(_), _) => true,
            })
            .collect();
        let singles: Vec<usize> = (0..self.steps.len()).filter(|number| self.steps[*number].each.is_none()).collect();
        let all = ["mean", "sum", "median", "lowest", "highest"];
        match self.dice.below(10) {
            0 => false,
            1..=4 => {
                step.insert("of".into(), "indicators".into());
                let take = if self.dice.percent(20) { "share_meeting" } else { self.dice.pick(&all) };
                if self.dice.percent(90) {
                    step.insert("take".into(), take.into());
                }
                false
            }
            5..=7 if !several.is_empty() => {
                let number = *self.dice.pick(&several);
                step.insert("of".into(), self.steps[number].id.as_str().into());
                let (has_score, meets) = (self.steps[number].has_score, self.steps[number].meets);
                if meets && self.dice.percent(30) {
                    step.insert("take".into(), "share_meeting".into());
                } else if has_score && self.dice.percent(90) {
                    step.insert("take".into(), (*self.dice.pick(&all)).into());
                }
                false
            }
            _ if each.is_none() && !(singles.is_empty() && self.numbers.is_empty()) => {
                let is_share = self.dice.percent(20);
                let fits = |known: &Known| if is_share { known.meets } else { known.has_score };
                let of_steps = singles.iter().map(|number| &self.steps[*number]).filter(|known| fits(known));
                let mut names: Vec<String> = of_steps.map(|known| known.id.clone()).collect();
                if !is_share {
                    names.extend(self.numbers.iter().cloned());
                }
                while names.len() > 3 {
                    let number = self.dice.below(names.len());
                    names.remove(number);
                }
                if names.is_empty() {
                    return false;
                }
                let of =
                    if names.len() == 1 && self.dice.percent(50) { names[0].as_str().into() } else { names.into() };
                step.insert("of".into(), of);
                let take = if is_share { "share_meeting" } else { self.dice.pick(&all) };
                step.insert("take".into(), take.into());
                true
            }
            _ => false,
        }
    }

    /// Weights that add up to 100 in every group of members.
    fn weights(&mut self, step: &mut Map<String, Value>, each: Option<&str>) {
        let is_weighted = step["take"] == "mean" || step["take"] == "sum";
        if !is_weighted || self.dice.percent(50) {
            return;
        }
        let required: Vec<(String, Vec<String>)> =
            self.choices.iter().filter(|(input, _)| self.required.contains(input)).cloned().collect();
        if !required.is_empty() && self.dice.percent(30) {
            let (input, choices) = self.dice.pick(&required).clone();
            let mut weights = Map::new();
            weights.insert("by".into(), input.into());
            for choice in choices {
                weights.insert(choice, self.some_weights(step, each).into());
            }
            step.insert("weights".into(), weights.into());
        } else {
            let weights = self.some_weights(step, each);
            step.insert("weights".into(), weights.into());
        }
    }

    /// The weights of a step's members: of indicators some of each tier, else those that add up to 100.
    fn some_weights(&mut self, step: &Map<String, Value>, each: Option<&str>) -> Map<String, Value> {
        if step["of"] == "indicators" {
            let mut weights = Map::new();
            weights.insert("others".into(), self.dice.from(1, 3).into());
            // Whatever is named holds an indicator that counts, and is not all of them.
            let under = step.get("under").cloned();
            let named = self.indicators.clone();
            let is_under = |node: &String| under.as_ref().is_none_or(|under| self.is_under(node, under));
            let named: Vec<String> = named.into_iter().filter(is_under).collect();
            if named.len() > 1 {
                weights.insert(named[0].clone(), written(self.dice.from(1, 400) as i64));
            }
            weights
        } else {
            self.weights_of_results(step, each)
        }
    }

    fn weights_of_results(&mut self, step: &Map<String, Value>, each: Option<&str>) -> Map<String, Value> {
        let groups: Vec<Vec<String>> = match step["of"].as_str() {
            Some(name) => match self.steps.iter().find(|known| known.id == name).and_then(|known| known.each) {
                None => vec![vec![name.to_owned()]],
                Some(of) => {
                    let under = step.get("under").cloned();
                    let groups = match each {
                        None => vec![self.nodes(of)],
                        Some(own) => self.nodes(own).iter().map(|node| self.within(of, node)).collect(),
                    };
                    let is_under = |node: &String| under.as_ref().is_none_or(|under| self.is_under(node, under));
                    groups.into_iter().map(|group| group.into_iter().filter(is_under).collect()).collect()
                }
            },
            None => vec![step["of"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()],
        };
        let mut weights = Map::new();
        for group in groups {
            let mut left = 100;
            for (number, name) in group.iter().enumerate() {
                let others = group.len() - number - 1;
                let weight =
                    if others == 0 { left } else { self.dice.from(1, (left - others) / 2 + 1).min(left - others) };
                left -= weight;
                weights.insert(name.clone(), weight.into());
            }
        }
        weights
    }

    /// The nodes of a tier at and under one of another.
    fn within(&self, each: &str, node: &str) -> Vec<String> {
        let nodes = self.nodes(each).into_iter();
        nodes
            .filter(|known| known == node || (known.starts_with(node) && known[node.len()..].starts_with('_')))
            .collect()
    }

    fn is_under(&self, node: &str, under: &Value) -> bool {
        under.as_array().unwrap().iter().any(|under| {
            let under = under.as_str().unwrap();
            node == under || (node.starts_with(under) && node[under.len()..].starts_with('_'))
        })
    }

    /// The changes of the number.
    fn number(&mut self, step: &mut Map<String, Value>, each: Option<&str>) {
        if self.dice.percent(20) {
            step.insert(
                "rescale".into(),
                json!({ "from": [self.dice.decimal(-3, 0), self.dice.decimal(1, 6)], "to": [0, 100] }),
            );
        }
        if self.dice.percent(40) {
            let mut adjust = vec![json!({ "add": self.dice.decimal(-2, 2), "when": self.doubtful(each) })];
            if self.dice.percent(40) {
                adjust.push(json!({ "add": self.dice.decimal(-2, 2) }));
            }
            for adjust in &mut adjust {
                if !self.times.is_empty() && self.dice.percent(50) {
                    adjust["per"] = self.times[0].as_str().into();
                }
            }
            step.insert("adjust".into(), adjust.into());
        }
        if self.dice.percent(20) {
            let clamp = match self.dice.below(3) {
                0 => json!({ "from": self.dice.decimal(-1, 2) }),
                1 => json!({ "to": self.dice.decimal(2, 6) }),
                _ => json!({ "from": self.dice.decimal(-1, 1), "to": self.dice.decimal(2, 6) }),
            };
            step.insert("clamp".into(), clamp);
        }
        if self.dice.percent(20) {
            let mut from = self.dice.from(0, 200) as i64 - if self.dice.percent(70) { 1000 } else { 0 };
            let rows = (0..self.dice.from(1, 5)).map(|_| {
                let row = json!({ "from": written(from), "to": self.dice.decimal(-1, 6) });
                from += 1 + self.dice.from(0, 300) as i64;
                row
            });
            step.insert("convert".into(), rows.collect());
        }
        let modes = ["half_up", "half_even", "truncate", "ceiling", "floor"];
        match self.dice.below(5) {
            0 => {
                step.insert("round".into(), json!({ "places": self.dice.from(0, 2), "mode": self.dice.pick(&modes) }));
            }
            1 => {
                let (first, second) = (json!({ "places": 3, "mode": self.dice.pick(&modes) }), self.dice.pick(&modes));
                step.insert("round".into(), json!([first, { "places": 1, "mode": second }]));
            }
            _ => {}
        }
    }

    /// How the step comes to its rating: the levels that it rates with, and whether it is known which meet expectations.
    fn rate(&mut self, step: &mut Map<String, Value>, each: Option<&'static str>) -> (Vec<String>, bool) {
        let has_number = step.contains_key("take");
        let (mut levels_, mut meets) = (self.levels.clone(), self.has_meets);
        if self.dice.percent(25) {
            let count = self.dice.from(2, 3);
            levels_ = ids("own", count);
            meets = self.dice.percent(60);
        }
        let way = if has_number { self.dice.below(6) } else { self.dice.from(1, 4) };
        match way {
            0 | 5 if has_number => {
                let mut hundredths = if self.dice.percent(80) { -100_000 } else { 100 };
                let mut bands = Vec::new();
                for _ in 0..self.dice.from(1, 4) {
                    bands.push(json!({ "from": written(hundredths), "rating": self.dice.pick(&levels_) }));
                    hundredths = hundredths.max(-100) + self.dice.from(1, 150) as i64;
                }
                if self.dice.percent(10) {
                    bands.last_mut().unwrap()["to"] = written(hundredths);
                }
                step.insert("bands".into(), bands.into());
            }
            1 | 2 => {
                let mut rules = Vec::new();
                for _ in 0..self.dice.from(1, 3) {
                    let rating = self.dice.pick(&levels_).clone();
                    rules.push(json!({ "rating": rating, "when": self.condition(each, 3) }));
                }
                if self.dice.percent(80) {
                    rules.push(json!({ "rating": self.dice.pick(&levels_) }));
                }
                step.insert("rules".into(), rules.into());
            }
            3 if self.axes(each).len() >= 2 => {
                let axes = self.axes(each);
                let (rows, columns) = (self.dice.pick(&axes).clone(), self.dice.pick(&axes).clone());
                let mut cells = Map::new();
                for row in &rows.1 {
                    let mut line = Map::new();
                    for column in &columns.1 {
                        let rating = self.dice.pick(&levels_).clone();
                        let cell = if self.dice.percent(20) {
                            json!({ "rating": rating, "flag": "flag0" })
                        } else {
                            rating.into()
                        };
                        line.insert(column.clone(), cell);
                    }
                    cells.insert(row.clone(), line.into());
                }
                step.insert("matrix".into(), json!({ "rows": rows.0, "columns": columns.0, "cells": cells }));
            }
            4 => {
                let how = if self.dice.percent(30) { json!({ "without_ratings": true }) } else { json!(true) };
                step.insert("entered".into(), how);
            }
            _ if has_number => return (Vec::new(), false),
            _ => {
                step.insert("rules".into(), json!([{ "rating": self.dice.pick(&levels_) }]));
            }
        }
        if levels_ != self.levels {
            step.insert("levels".into(), levels(&levels_));
            if meets {
                step.insert("meets_at".into(), self.dice.pick(&levels_).as_str().into());
            }
        }
        if self.dice.percent(30) {
            let mut limits = Vec::new();
            for _ in 0..self.dice.from(1, 2) {
                let bound = *self.dice.pick(&["at_most", "at_least"]);
                let rating = self.dice.pick(&levels_).clone();
                limits.push(json!({ bound: rating, "when": self.doubtful(each) }));
            }
            step.insert("limits".into(), limits.into());
        }
        if self.dice.percent(50) {
            let points = self.rising(&levels_);
            step.insert("points".into(), points.into());
        }
        (levels_, meets)
    }

    /// The things that can be a row or a column.
    fn axes(&self, each: Option<&str>) -> Vec<(String, Vec<String>)> {
        let steps = self.steps.iter().filter(|known| !known.levels.is_empty());
        let usable = steps.filter(|known| known.each.is_none() || known.each == each);
        usable.map(|known| (known.id.clone(), known.levels.clone())).chain(self.choices.iter().cloned()).collect()
    }

    fn condition(&mut self, each: Option<&str>, depth: usize) -> Value {
        if depth > 0 && self.dice.percent(40) {
            let parts: Vec<Value> = (0..self.dice.from(1, 3)).map(|_| self.condition(each, depth - 1)).collect();
            return match self.dice.below(3) {
                0 => json!({ "all": parts }),
                1 => json!({ "any": parts }),
                _ => json!({ "not": parts[0] }),
            };
        }
        if self.dice.percent(10) {
            return self.known(each);
        }
        match self.dice.below(8) {
            0 | 1 => self.counted(each),
            2 => {
                let indicator = self.dice.pick(&self.indicators.clone()).clone();
                let Scale { rated, not_rated, .. } = self.scale(&indicator).clone();
                if rated.is_empty() {
                    let bound = *self.dice.pick(&["at_least", "below"]);
                    return json!({ "rating": indicator, bound: self.dice.decimal(-2, 8) });
                }
                match self.dice.below(3) {
                    0 => json!({ "rating": indicator, "is": self.dice.pick(&[rated, not_rated].concat()) }),
                    1 => json!({ "rating": indicator, "at_least": self.dice.pick(&rated) }),
                    _ => json!({ "rating": indicator, "below": self.dice.pick(&rated) }),
                }
            }
            3 | 4 if self.steps.iter().any(|known| !known.levels.is_empty()) => {
                let rating: Vec<usize> =
                    (0..self.steps.len()).filter(|number| !self.steps[*number].levels.is_empty()).collect();
                let number = *self.dice.pick(&rating);
                let mut condition = self.of_step("rating", number, each);
                let key = *self.dice.pick(&["is", "at_least", "below"]);
                condition[key] = self.dice.pick(&self.steps[number].levels).as_str().into();
                condition
            }
            5 if self.steps.iter().any(|known| known.has_score) => {
                let scored: Vec<usize> = (0..self.steps.len()).filter(|number| self.steps[*number].has_score).collect();
                let number = *self.dice.pick(&scored);
                let mut condition = self.of_step("score", number, each);
                condition[*self.dice.pick(&["at_least", "below"])] = self.dice.decimal(0, 4);
                condition
            }
            6 if !self.numbers.is_empty() => {
                let mut condition = json!({ "score": self.dice.pick(&self.numbers.clone()) });
                condition[*self.dice.pick(&["at_least", "below"])] = self.dice.decimal(-3, 8);
                condition
            }
            7 if !self.choices.is_empty() => {
                let (input, choices) = self.dice.pick(&self.choices.clone()).clone();
                let is_ordered = self.ordered.contains(&input);
                let key = if is_ordered { *self.dice.pick(&["is", "at_least", "below"]) } else { "is" };
                json!({ "input": input, key: self.dice.pick(&choices) })
            }
            _ => self.counted(each),
        }
    }

    /// A condition that is often unknown: of one indicator, one result or one input.
    fn doubtful(&mut self, each: Option<&str>) -> Value {
        if self.dice.percent(50) {
            return self.condition(each, 2);
        }
        let scored: Vec<usize> = (0..self.steps.len()).filter(|number| self.steps[*number].has_score).collect();
        match self.dice.below(3) {
            0 if !scored.is_empty() => {
                let number = *self.dice.pick(&scored);
                let mut condition = self.of_step("score", number, each);
                condition["at_least"] = self.dice.decimal(0, 4);
                condition
            }
            1 if !self.choices.is_empty() => {
                let (input, choices) = self.dice.pick(&self.choices.clone()).clone();
                json!({ "not": { "input": input, "is": self.dice.pick(&choices) } })
            }
            _ => {
                let indicator = self.dice.pick(&self.indicators.clone()).clone();
                let rated = self.scale(&indicator).rated.clone();
                if rated.is_empty() {
                    return json!({ "rating": indicator, "at_least": self.dice.decimal(-2, 8) });
                }
                json!({ "rating": indicator, "below": self.dice.pick(&rated) })
            }
        }
    }

    /// Whether something is there: an indicator's rating, a step's result, an input.
    fn known(&mut self, each: Option<&str>) -> Value {
        let inputs: Vec<String> =
            self.numbers.iter().chain(self.choices.iter().map(|(input, _)| input)).cloned().collect();
        match self.dice.below(3) {
            0 if !self.steps.is_empty() => {
                let number = self.dice.below(self.steps.len());
                self.of_step("known", number, each)
            }
            1 if !inputs.is_empty() => json!({ "known": self.dice.pick(&inputs) }),
            _ => json!({ "known": self.dice.pick(&self.indicators.clone()) }),
        }
    }

    /// A condition on one result of a step.
    fn of_step(&mut self, key: &str, number: usize, each: Option<&str>) -> Value {
        let known = &self.steps[number];
        let mut condition = json!({ key: known.id });
        if let Some(of) = known.each
            && (each != Some(of) || self.dice.percent(50))
        {
            condition["subject"] = self.dice.pick(&self.nodes(of)).as_str().into();
        }
        condition
    }

    fn counted(&mut self, each: Option<&str>) -> Value {
        let sets: Vec<usize> = (0..self.steps.len())
            .filter(|number| {
                let known = &self.steps[*number];
                let lies_under = !(each == Some("competency") && known.each == Some("domain"));
                known.each.is_some() && !known.levels.is_empty() && lies_under
            })
            .collect();
        let is_share = self.dice.percent(40);
        let mut condition = Map::new();
        let (set, levels, not_rated) = if sets.is_empty() || self.dice.percent(50) {
            let parts = each.map(|each| self.nodes(each)).unwrap_or_default();
            let scale = self.dice.pick(&self.scales_in(&parts)).clone();
            ("indicators".to_owned(), scale.rated, scale.not_rated)
        } else {
            let known = &self.steps[*self.dice.pick(&sets)];
            (known.id.clone(), known.levels.clone(), Vec::new())
        };
        let may_be_unseen = set == "indicators" && !is_share;
        condition.insert(if is_share { "share" } else { "count" }.into(), set.as_str().into());
        match self.dice.below(3) {
            0 => {
                let mut rated = vec![self.dice.pick(&levels).clone()];
                if may_be_unseen && !not_rated.is_empty() && self.dice.percent(40) {
                    rated.push(self.dice.pick(&not_rated).clone());
                }
                // Levels of several scales at once.
                if set == "indicators" && self.dice.percent(30) {
                    let with_levels = self.scales.iter().filter(|scale| !scale.rated.is_empty());
                    let all: Vec<String> = with_levels.flat_map(|scale| scale.rated.clone()).collect();
                    rated.push(self.dice.pick(&all).clone());
                    rated.sort();
                    rated.dedup();
                }
                condition.insert("rated".into(), rated.into());
            }
            1 => {
                condition.insert("rated_at_least".into(), self.dice.pick(&levels).as_str().into());
            }
            _ => {
                condition.insert("rated_below".into(), self.dice.pick(&levels).as_str().into());
            }
        }
        let number = if is_share { self.dice.decimal(0, 100) } else { self.dice.from(0, 4).into() };
        let compare = *self.dice.pick(&["at_least", "at_most", "more_than", "less_than"]);
        condition.insert(compare.into(), number);
        condition.into()
    }
}

/// A number of a scale of numbers.
fn tenths(dice: &mut Dice) -> Value {
    written((dice.from(0, 100) as i64 - 20) * 10)
}

/// The practices that are seen, and sometimes a level against what they say.
fn some_practices(dice: &mut Dice, all: &[Value], level: Value) -> Value {
    let share = *dice.pick(&[0, 50, 80, 100]);
    let seen: Vec<&Value> = all.iter().filter(|_| dice.percent(share)).map(|practice| &practice["id"]).collect();
    match dice.percent(15) {
        true => json!({ "practices": seen, "level": level, "comment": "Seen on another day." }),
        false => json!({ "practices": seen }),
    }
}

fn with(mut value: Value, key: &str, entry: Value) -> Value {
    value[key] = entry;
    value
}

/// An evaluation of a rubric: of all of it or a part, finished or not.
pub fn evaluation(rubric: &Value, seed: u64) -> Value {
    let rubric = &engine::spelled_out(rubric);
    let mut dice = Dice::new(seed);
    let mut evaluation = json!({
        "rubric": { "id": "made" }, "employee": { "id": "E-1", "name": "Ann" },
        "evaluators": [{ "id": "E-2", "name": "Bo" }], "period": { "from": "2025-08-25", "to": "2026-06-12" },
    });
    if dice.percent(15) {
        evaluation["type"] = (*dice.pick(&["interim", "self", "formal"])).into();
    }
    let of_a_part = &rubric["scoring"][0]["for"]["scope"];
    let domains = rubric["domains"].as_array().unwrap();
    let mut nodes: Vec<String> = Vec::new();
    let mut indicators: Vec<(String, Vec<String>)> = Vec::new();
    let mut scale_of: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut practices: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for domain in domains {
        let own = domain["id"].as_str().unwrap().to_owned();
        nodes.push(own.clone());
        let competencies = domain["competencies"].as_array().into_iter().flatten();
        for parent in competencies.chain([domain]) {
            let name = parent["id"].as_str().unwrap().to_owned();
            if name != own {
                nodes.push(name.clone());
            }
            for indicator in parent["indicators"].as_array().into_iter().flatten() {
                let id = indicator["id"].as_str().unwrap().to_owned();
                let chosen = [indicator, parent, domain].into_iter().find_map(|part| part["scale"].as_str());
                if let Some(all) = indicator["practices"].as_array() {
                    practices.insert(id.clone(), all.clone());
                }
                scale_of.insert(id.clone(), chosen.filter(|chosen| *chosen != "default"));
                indicators.push((id.clone(), vec![own.clone(), name.clone(), id]));
            }
        }
    }
    let mut scope: Vec<String> = Vec::new();
    if of_a_part.is_array() && dice.percent(60) {
        scope = of_a_part.as_array().into_iter().flatten().map(|id| id.as_str().unwrap().to_owned()).collect();
        evaluation["scope"] = of_a_part.clone();
    } else if dice.percent(30) {
        scope.push(dice.pick(&nodes).clone());
        scope.push(dice.pick(&indicators).0.clone());
        evaluation["scope"] = scope.clone().into();
    }
    let mut not_assigned: Vec<String> = Vec::new();
    if dice.percent(25) {
        not_assigned.push(dice.pick(&indicators).0.clone());
        if dice.percent(30) {
            not_assigned.push(dice.pick(&nodes).clone());
        }
        not_assigned.dedup();
        let entries: Map<String, Value> = not_assigned.iter().map(|id| (id.clone(), "Elsewhere".into())).collect();
        evaluation["not_assigned"] = entries.into();
    }
    let ids = |scale: &Value, key: &str| -> Vec<String> {
        let levels = scale[key].as_array().into_iter().flatten();
        levels.map(|level| level["id"].as_str().unwrap().to_owned()).collect()
    };
    let (share_rated, share_unseen) = (*dice.pick(&[100, 100, 100, 90, 50]), *dice.pick(&[0, 15, 60, 100]));
    let mut ratings = Map::new();
    for (id, path) in &indicators {
        let is_in = |list: &[String]| path.iter().any(|node| list.contains(node));
        if (!scope.is_empty() && !is_in(&scope)) || is_in(&not_assigned) || !dice.percent(share_rated) {
            continue;
        }
        let scale = scale_of[id].map_or(&rubric["scale"], |name| &rubric["scales"][name]);
        let (rated, not_rated) = (ids(scale, "levels"), ids(scale, "not_rated"));
        let is_unseen = !not_rated.is_empty() && dice.percent(share_unseen);
        let rating = match is_unseen {
            true => dice.pick(&not_rated).as_str().into(),
            false if rated.is_empty() => tenths(&mut dice),
            false => dice.pick(&rated).as_str().into(),
        };
        let rating = match practices.get(id) {
            Some(all) if dice.percent(70) => some_practices(&mut dice, all, rating),
            _ if dice.percent(10) => json!({ "level": rating, "comment": "Seen." }),
            _ => rating,
        };
        ratings.insert(id.clone(), rating);
    }
    evaluation["ratings"] = ratings.into();
    // Texts about the whole, for those about parts have to be in scope.
    if rubric["narratives"][0]["of"] == "whole" {
        evaluation["narratives"] = json!({ "plan": "More circles." });
    }
    if rubric["observations"].is_object() {
        let part = rubric["observations"]["kinds"][1]["scope"][0].as_str().unwrap();
        let mut occasions: Vec<Value> = Vec::new();
        for number in 0..dice.from(0, 3) {
            let kind = *dice.pick(&["visit", "walk"]);
            let mut seen = Map::new();
            for (id, path) in &indicators {
                let is_in = |list: &[String]| path.iter().any(|node| list.contains(node));
                let is_rated = kind == "visit" || path.iter().any(|node| node == part);
                let is_open = (scope.is_empty() || is_in(&scope)) && !is_in(&not_assigned);
                if !is_rated || !is_open || !dice.percent(50) {
                    continue;
                }
                let scale = scale_of[id].map_or(&rubric["scale"], |name| &rubric["scales"][name]);
                let (rated, not_rated) = (ids(scale, "levels"), ids(scale, "not_rated"));
                let rating = match (dice.percent(20) && !not_rated.is_empty(), rated.is_empty()) {
                    (true, _) => dice.pick(&not_rated).as_str().into(),
                    (false, true) => tenths(&mut dice),
                    (false, false) => dice.pick(&rated).as_str().into(),
                };
                seen.insert(id.clone(), rating);
            }
            let date = *dice.pick(&["2025-10-14", "2026-01-20", "2026-03-02"]);
            let id = format!("seen{number}");
            occasions.push(json!({ "id": id, "kind": kind, "date": date, "by": "E-2", "ratings": seen }));
        }
        evaluation["observations"] = occasions.into();
    }
    // Where several policies are there and none is for the evaluation, it gives nothing.
    let nothing =
        json!({ "scoring": { "inputs": [], "steps": [] }, "scale": rubric["scale"], "domains": rubric["domains"] });
    let applying = match rubric["scoring"].is_array() {
        true => engine::scored(rubric, &evaluation).unwrap_or(nothing),
        false => rubric.clone(),
    };
    let rubric = &applying;
    let mut inputs = Map::new();
    for input in rubric["scoring"]["inputs"].as_array().unwrap() {
        if dice.percent(85) {
            let choices: Option<Vec<Value>> = input["one_of"].as_array().cloned();
            let value = match choices {
                Some(choices) => dice.pick(&choices).clone(),
                None if input["places"] == 0 => dice.from(0, 4).into(),
                None => dice.decimal(-5, 10),
            };
            inputs.insert(input["id"].as_str().unwrap().to_owned(), value);
        }
    }
    evaluation["inputs"] = inputs.into();
    let mut entered = Map::new();
    for step in rubric["scoring"]["steps"].as_array().unwrap().iter().filter(|step| !step["entered"].is_null()) {
        let levels = [&step["levels"], &rubric["scoring"]["levels"], &rubric["scale"]["levels"]];
        let levels = levels.into_iter().find_map(Value::as_array).unwrap();
        let entry = |dice: &mut Dice| json!({ "rating": dice.pick(levels)["id"], "rationale": "Seen." });
        let subjects: Vec<String> = match step["each"].as_str() {
            None => {
                if dice.percent(90) {
                    entered.insert(step["id"].as_str().unwrap().to_owned(), entry(&mut dice));
                }
                continue;
            }
            Some("domain") => domains.iter().map(|domain| domain["id"].as_str().unwrap().to_owned()).collect(),
            Some(_) => nodes
                .iter()
                .filter(|node| node.contains('_') || !nodes.iter().any(|other| other.starts_with(&format!("{node}_"))))
                .cloned()
                .collect(),
        };
        let under: Vec<&str> = step["under"].as_array().into_iter().flatten().map(|id| id.as_str().unwrap()).collect();
        let mut by_node = Map::new();
        for subject in subjects {
            let is_in_scope = indicators.iter().any(|(_, path)| {
                let is_in = |list: &[String]| path.iter().any(|node| list.contains(node));
                path.contains(&subject) && (scope.is_empty() || is_in(&scope)) && !is_in(&not_assigned)
            });
            let is_under = under.is_empty()
                || under.iter().any(|node| subject == *node || subject.starts_with(&format!("{node}_")));
            if is_in_scope && is_under && dice.percent(95) {
                by_node.insert(subject, entry(&mut dice));
            }
        }
        entered.insert(step["id"].as_str().unwrap().to_owned(), by_node.into());
    }
    evaluation["entered"] = entered.into();
    evaluation
}
