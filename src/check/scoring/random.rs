//! Generates random small rubrics and policies that use every key and condition.

use std::fmt::Write as _;

use super::dice::Dice;

/// A step that was made, as later ones refer to it.
#[derive(Clone)]
struct Made {
    id: String,
    each: Option<&'static str>,
    scores: bool,
    rates: bool,
}

#[derive(Default)]
pub(super) struct Maker {
    dice: Dice,
    levels: Vec<String>,
    unrated: Vec<String>,
    /// The levels of a second scale, where there is one.
    others: Vec<String>,
    /// Whether there is a number scale, from 0 to 3.
    has_numbers: bool,
    /// The indicators that are rated on it.
    numbered: Vec<String>,
    domains: Vec<String>,
    /// Domains that hold indicators directly count as a competency.
    competency_ids: Vec<String>,
    indicators: Vec<String>,
    numbers: Vec<String>,
    /// The input that says how often something is added, where there is one.
    times: Option<String>,
    /// The choices of the input by which indicators are weighed, where there is one.
    weighed_by: Option<[&'static str; 2]>,
    /// The choice inputs, each with its choices.
    choices: Vec<(String, Vec<String>)>,
    steps: Vec<Made>,
}

impl Maker {
    /// A rubric, and a policy for it.
    pub(super) fn make(seed: u64) -> (String, String) {
        let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut maker = Self { dice, ..Self::default() };
        let mut text = "id: r\nversion: 1.0.0\ntitle: R\n".to_owned();
        maker.scale(&mut text);
        maker.nodes(&mut text);
        let mut policy = String::new();
        maker.policy(&mut policy);
        (text, policy)
    }

    fn scale(&mut self, text: &mut String) {
        self.levels = (0..2 + self.dice.roll(2)).map(|level| format!("l{level}")).collect();
        self.unrated = (0..self.dice.roll(3)).map(|level| format!("u{level}")).collect();
        let list =
            |ids: &[String]| ids.iter().map(|id| format!("{{ id: {id}, label: {id} }}")).collect::<Vec<_>>().join(", ");
        let (levels, mut unrated) = (list(&self.levels), list(&self.unrated));
        // One more choice, which counts as the lowest level, and which no condition names.
        if self.levels.len() == 2 && self.unrated.len() < 2 {
            let more = "{ id: c0, label: c0, counts_as: l0 }";
            unrated = if unrated.is_empty() { more.to_owned() } else { format!("{more}, {unrated}") };
        }
        writeln!(text, "scale: {{ levels: [{levels}], not_rated: [{unrated}], meets_at: l1 }}").unwrap();
        if self.dice.one_in(3) {
            self.others = vec!["m0".to_owned(), "m1".to_owned()];
            // A choice of its own, one that stands in both scales, or none.
            let own = ["v0".to_owned()];
            let choices = list(match self.dice.roll(3) {
                0 => &own,
                1 => &self.unrated,
                _ => &[],
            });
            let levels = list(&self.others);
            writeln!(text, "scales: {{ s: {{ levels: [{levels}], not_rated: [{choices}], meets_at: m1 }} }}").unwrap();
        } else if self.dice.one_in(3) {
            self.has_numbers = true;
            let range = self.dice.pick(&[
                "to: 3, places: 0, meets_at: 2", "to: 3, places: 0", "to: 0.6, places: 1, meets_at: 0.5",
                "to: 2.5, places: 1",
            ]);
            let choices = list(if self.dice.one_in(2) { &self.unrated } else { &[] });
            writeln!(text, "scales: {{ s: {{ from: 0, {range}, not_rated: [{choices}] }} }}").unwrap();
        }
    }

    fn nodes(&mut self, text: &mut String) {
        text.push_str("domains:\n");
        let count = 1 + self.dice.roll(3);
        let mut left = count + self.dice.roll(5 - count);
        for domain in 0..count {
            let id = format!("d{domain}");
            let own = if domain + 1 == count { left } else { 1 + self.dice.roll(left - (count - domain - 1)) };
            left -= own;
            let is_rated_itself = own == 1 && domain % 2 == 0;
            let mut list: Vec<String> = Vec::new();
            for _ in 0..own {
                let indicator = if is_rated_itself { id.clone() } else { format!("i{}", self.indicators.len()) };
                let keys = self.keys(&indicator);
                list.push(format!("{{ id: {indicator}, statement: Does {indicator}.{keys} }}"));
            }
            let at = self.dice.one_in(3).then(|| self.dice.roll(list.len()));
            if is_rated_itself {
                writeln!(text, "- {}, title: {id}, rated: true }}", list[0].strip_suffix(" }").unwrap()).unwrap();
                self.competency_ids.push(id.clone());
            } else if let Some(at) = at {
                let parts = list.split_at(at);
                let mut competencies = Vec::new();
                for part in [parts.0, parts.1].into_iter().filter(|part| !part.is_empty()) {
                    let c = format!("c{}", self.competency_ids.len());
                    competencies
                        .push(format!("{{ id: {c}, title: {c}, statement: S., indicators: [{}] }}", part.join(", ")));
                    self.competency_ids.push(c);
                }
                writeln!(text, "- {{ id: {id}, title: {id}, competencies: [{}] }}", competencies.join(", ")).unwrap();
            } else {
                writeln!(text, "- {{ id: {id}, title: {id}, indicators: [{}] }}", list.join(", ")).unwrap();
                self.competency_ids.push(id.clone());
            }
            self.domains.push(id);
        }
    }

    /// Notes what is rated by an id, an indicator or a domain that is rated itself, and makes its keys.
    fn keys(&mut self, id: &str) -> String {
        let has_other = !self.others.is_empty() || self.has_numbers;
        let scale = if has_other && self.dice.one_in(2) { ", scale: s" } else { "" };
        if self.has_numbers && !scale.is_empty() {
            self.numbered.push(id.to_owned());
        }
        let own = self.dice.pick(&["", "", "", ", points: { l0: 0 }", ", points: { l1: 2, l0: 0.5 }"]);
        self.indicators.push(id.to_owned());
        format!("{scale}{}", if scale.is_empty() { own } else { "" })
    }

    fn policy(&mut self, text: &mut String) {
        let points: Vec<String> =
            self.levels.iter().enumerate().map(|(number, level)| format!("{level}: {}", number + 1)).collect();
        let others = self.others.iter().enumerate().map(|(number, level)| format!("{level}: {}", 2 * number));
        let points: Vec<String> = points.into_iter().chain(others).collect();
        writeln!(text, "scoring:\n  points: {{ {} }}", points.join(", ")).unwrap();
        let mut inputs = String::new();
        if self.dice.one_in(3) {
            let optional = self.dice.one_in(2);
            let places = self.dice.roll(2);
            writeln!(inputs, "    - {{ id: n0, label: N, from: 1, to: 2, places: {places}, optional: {optional} }}")
                .unwrap();
            self.numbers.push("n0".to_owned());
        }
        if self.dice.one_in(4) {
            writeln!(inputs, "    - {{ id: t0, label: T, from: 0, to: 2, places: 0 }}").unwrap();
            self.times = Some("t0".to_owned());
        }
        if self.dice.one_in(4) {
            writeln!(inputs, "    - {{ id: w0, label: W, one_of: [early, late] }}").unwrap();
            self.weighed_by = Some(["early", "late"]);
        }
        for number in 0..self.dice.pick_number(&[0, 0, 1, 2]) {
            let optional = self.dice.one_in(3);
            let choices = self.dice.pick(&["yes_it_is, not_so", "yes_it_is, not_so, in_part"]);
            let input = format!("id: k{number}, label: K, one_of: [{choices}], ordered: true, optional: {optional}");
            writeln!(inputs, "    - {{ {input} }}").unwrap();
            self.choices.push((format!("k{number}"), choices.split(", ").map(str::to_owned).collect()));
        }
        if !inputs.is_empty() {
            write!(text, "  inputs:\n{inputs}").unwrap();
        }
        text.push_str("  steps:\n");
        for number in 0..1 + self.dice.roll(4) {
            self.step(number, text);
        }
    }

    fn step(&mut self, number: usize, text: &mut String) {
        let id = format!("s{number}");
        let mut each = *[None, None, Some("domain"), Some("competency")].get(self.dice.roll(4)).unwrap();
        let mut keys: Vec<String> = Vec::new();
        let mut scores = false;
        let take = self.dice.pick(&["mean", "mean", "sum", "sum", "lowest", "highest", "median", "share_meeting"]);
        let by_rating = take == "share_meeting";
        let usable = |made: &&Made| if by_rating { made.rates } else { made.scores };
        let several: Vec<Made> = self.steps.iter().filter(usable).filter(|made| made.each.is_some()).cloned().collect();
        let single: Vec<Made> = self.steps.iter().filter(usable).filter(|made| made.each.is_none()).cloned().collect();
        let mut members: Option<Vec<String>> = None;
        match self.dice.roll(6) {
            0 => {}
            1 | 2 if !several.is_empty() => {
                let of = several[self.dice.roll(several.len())].clone();
                each = if of.each == Some("domain") && each == Some("competency") { None } else { each };
                keys.push(format!("of: {}", of.id));
                if each.is_none() {
                    let nodes = if of.each == Some("domain") { &self.domains } else { &self.competency_ids };
                    members = Some(nodes.clone());
                }
                scores = true;
            }
            3 if !single.is_empty() || (!self.numbers.is_empty() && !by_rating) => {
                each = None;
                let mut list: Vec<String> = single.iter().map(|made| made.id.clone()).collect();
                list.extend(if by_rating { Vec::new() } else { self.numbers.clone() });
                keys.push(format!("of: [{}]", list.join(", ")));
                members = Some(list);
                scores = true;
            }
            _ => {
                keys.push("of: indicators".to_owned());
                scores = true;
            }
        }
        if scores {
            keys.push(format!("take: {take}"));
            let is_of_indicators = keys.iter().any(|key| key == "of: indicators");
            self.number(members.as_deref(), is_of_indicators, take, each, &mut keys);
        }
        let rates = !scores || self.dice.roll(4) > 0;
        if rates {
            self.rate(scores, by_rating, each, &mut keys);
        }
        let has_points = rates && self.dice.one_in(3);
        if self.dice.one_in(4) {
            let mut when = self.condition(each, 2);
            if self.dice.one_in(2) && (rates || scores) {
                let own = match self.dice.roll(3) {
                    1 if scores || has_points => format!("{{ score: {id}, at_least: 2 }}"),
                    _ if rates => format!("{{ rating: {id}, {}: l1 }}", self.dice.pick(&["is", "below"])),
                    _ => format!("{{ score: {id}, below: 2 }}"),
                };
                when = if self.dice.one_in(2) { own } else { format!("{{ all: [{own}, {when}] }}") };
            }
            keys.push(format!("flags: [{{ flag: review, when: {when} }}]"));
        }
        if self.dice.one_in(6) {
            let under = [&self.domains[..], &self.competency_ids, &self.indicators].concat();
            let (one, other) = (self.dice.roll(under.len()), self.dice.roll(under.len()));
            let other = if one == other { String::new() } else { format!(", {}", under[other]) };
            keys.push(format!("under: [{}{other}]", under[one]));
        }
        if has_points {
            let points: Vec<String> =
                self.levels.iter().enumerate().map(|(number, level)| format!("{level}: {}", 2 * number)).collect();
            keys.push(format!("points: {{ {} }}", points.join(", ")));
        }
        let of_each = each.map(|each| format!("each: {each}, ")).unwrap_or_default();
        writeln!(text, "    - {{ id: {id}, {of_each}{} }}", keys.join(", ")).unwrap();
        self.steps.push(Made { id, each, scores: scores || has_points, rates });
    }

    fn number(
        &mut self,
        members: Option<&[String]>,
        is_of_indicators: bool,
        take: &str,
        each: Option<&str>,
        keys: &mut Vec<String>,
    ) {
        if let Some(members) = members
            && ["mean", "sum"].contains(&take)
            && self.dice.one_in(2)
        {
            let last = 100 - 30 * (members.len() - 1);
            let weight = |number: usize| if number == 0 { last } else { 30 };
            let weights: Vec<String> =
                members.iter().enumerate().map(|(n, id)| format!("{id}: {}", weight(n))).collect();
            keys.push(format!("weights: {{ {} }}", weights.join(", ")));
        } else if is_of_indicators && ["mean", "sum"].contains(&take) && self.dice.one_in(3) {
            let of_one = |weight: &str| format!("{{ {}: {weight}, others: 1 }}", self.indicators[0]);
            let (one, other) = (of_one("3"), of_one("2"));
            let weights = match &self.weighed_by {
                Some(choices) if self.indicators.len() > 1 => {
                    format!("{{ by: w0, {}: {one}, {}: {other} }}", choices[0], choices[1])
                }
                _ if self.indicators.len() > 1 => one,
                _ => "{ others: 2 }".to_owned(),
            };
            keys.push(format!("weights: {weights}"));
        }
        if self.dice.one_in(6) {
            keys.push("missing: block".to_owned());
        }
        if self.dice.one_in(6) {
            keys.push(format!("minimum_rated: {}", self.dice.pick(&["50", "60", "100"])));
        }
        if self.dice.one_in(8) {
            keys.push("rescale: { from: [1, 3], to: [0, 10] }".to_owned());
        }
        if self.dice.one_in(5) {
            let list: Vec<String> = (0..1 + self.dice.roll(2))
                .map(|_| {
                    let add = self.dice.pick(&["-0.5", "-1", "1"]);
                    let per = match &self.times {
                        Some(times) if self.dice.one_in(2) => format!(", per: {times}"),
                        _ => String::new(),
                    };
                    format!("{{ add: {add}{per}, when: {} }}", self.condition(each, 1))
                })
                .collect();
            let always = self.times.iter().map(|times| format!("{{ add: -0.5, per: {times} }}"));
            let list: Vec<String> = list.into_iter().chain(always.filter(|_| self.dice.one_in(3))).collect();
            keys.push(format!("adjust: [{}]", list.join(", ")));
        }
        if self.dice.one_in(8) {
            keys.push("clamp: { from: 1.25, to: 2.5 }".to_owned());
        }
        if self.dice.one_in(6) {
            let first = self.dice.pick(&["0", "1", "1.5", "-20"]);
            let rows = format!("{{ from: {first}, to: 1 }}, {{ from: 2, to: 1.5 }}, {{ from: 2.5, to: 3 }}");
            let last = self.dice.pick(&["", ", { from: 4, to: 3 }", ", { from: 50, to: 2 }"]);
            keys.push(format!("convert: [{rows}{last}]"));
        }
        if self.dice.one_in(3) {
            let mode = self.dice.pick(&["half_up", "half_even", "truncate", "ceiling", "floor"]);
            keys.push(format!("round: {{ places: {}, mode: {mode} }}", self.dice.roll(2)));
        }
    }

    fn rate(&mut self, scores: bool, by_rating: bool, each: Option<&str>, keys: &mut Vec<String>) {
        let rating: Vec<Made> = self.steps.iter().filter(|made| made.rates && made.each.is_none()).cloned().collect();
        match self.dice.roll(6) {
            0 | 1 if scores => {
                let scale = if by_rating { 40 } else { 1 };
                let (a, b) = (self.dice.roll(6), 1 + self.dice.roll(3));
                let mut list = vec![format!("{{ from: {}, rating: l0 }}", a * scale)];
                let ends = self.dice.one_in(2);
                let to = if ends { format!("to: {}.5, ", (a + b - 1) * scale) } else { String::new() };
                list[0] = format!("{{ from: {}, {to}rating: l0 }}", a * scale);
                let to = if self.dice.one_in(2) { format!("to: {}, ", (a + b + 1) * scale) } else { String::new() };
                list.push(format!("{{ from: {}, {to}rating: l1 }}", (a + b) * scale));
                keys.push(format!("bands: [{}]", list.join(", ")));
            }
            2 if rating.len() + self.choices.len() > 1 => {
                let of_steps = rating.iter().map(|made| (made.id.clone(), self.levels.clone()));
                let axes: Vec<(String, Vec<String>)> = of_steps.chain(self.choices.iter().cloned()).collect();
                let (rows, down) = axes[self.dice.roll(axes.len())].clone();
                let (columns, across) = axes[self.dice.roll(axes.len())].clone();
                let row: Vec<String> = across.iter().map(|id| format!("{id}: l{}", self.dice.roll(2))).collect();
                let row = row.join(", ");
                let cells: Vec<String> = down.iter().map(|id| format!("{id}: {{ {row} }}")).collect();
                keys.push(format!("matrix: {{ rows: {rows}, columns: {columns}, cells: {{ {} }} }}", cells.join(", ")));
            }
            3 if self.dice.roll(2) == 0 => keys.push("entered: { without_ratings: true }".to_owned()),
            3 => keys.push("entered: true".to_owned()),
            _ => {
                let mut rules: Vec<String> = Vec::new();
                for _ in 0..1 + self.dice.roll(3) {
                    let level = self.dice.roll(self.levels.len());
                    let when = self.condition(each, 2);
                    rules.push(format!("{{ rating: l{level}, when: {when} }}"));
                }
                if self.dice.one_in(2) {
                    rules.push("{ rating: l1 }".to_owned());
                }
                keys.push(format!("rules: [{}]", rules.join(", ")));
            }
        }
        let limits: Vec<String> = (0..self.dice.pick_number(&[0, 0, 1, 1, 2, 3]))
            .map(|_| {
                let bound = self.dice.pick(&["at_most", "at_least"]);
                let level = self.dice.roll(self.levels.len());
                format!("{{ {bound}: l{level}, when: {} }}", self.condition(each, 2))
            })
            .collect();
        if !limits.is_empty() {
            keys.push(format!("limits: [{}]", limits.join(", ")));
        }
    }

    /// A level of indicators: the one given, or now and then one of the other scale.
    fn of_indicators(&mut self, level: &str) -> String {
        match self.others.is_empty() || self.dice.one_in(2) {
            true => level.to_owned(),
            false => self.others[self.dice.roll(2)].clone(),
        }
    }

    fn condition(&mut self, each: Option<&str>, deep: usize) -> String {
        let of_each: Vec<Made> = self.steps.iter().filter(|made| made.rates && made.each.is_some()).cloned().collect();
        let of_each: Vec<Made> =
            of_each.into_iter().filter(|made| !(made.each == Some("domain") && each == Some("competency"))).collect();
        let is_near = |made: &&Made| made.each.is_none() || made.each == each;
        let rating: Vec<Made> = self.steps.iter().filter(|made| made.rates).filter(is_near).cloned().collect();
        let scoring: Vec<Made> = self.steps.iter().filter(|made| made.scores).filter(is_near).cloned().collect();
        let level = format!("l{}", self.dice.roll(self.levels.len()));
        let test = format!("{}: {level}", self.dice.pick(&["is", "at_least", "below"]));
        let number = self.dice.roll(4);
        match self.dice.roll(if deep > 0 { 12 } else { 9 }) {
            0 | 1 => {
                let mut set = "indicators".to_owned();
                let mut named = self.of_indicators(&level);
                if !of_each.is_empty() && self.dice.one_in(2) {
                    set = of_each[self.dice.roll(of_each.len())].id.clone();
                } else if !self.unrated.is_empty() && self.dice.one_in(3) {
                    named = self.unrated[0].clone();
                }
                let is = self.dice.pick(&["at_least", "at_most", "more_than", "less_than"]);
                format!("{{ count: {set}, rated: [{named}], {is}: {number} }}")
            }
            2 => {
                let level = self.of_indicators(&level);
                format!("{{ share: indicators, rated_at_least: {level}, at_least: {} }}", number * 30)
            }
            3 if !of_each.is_empty() => {
                let set = of_each[self.dice.roll(of_each.len())].id.clone();
                let is = self.dice.pick(&["more_than", "at_least"]);
                format!("{{ share: {set}, rated_below: {level}, {is}: {} }}", number * 30)
            }
            4 if !rating.is_empty() => {
                format!("{{ rating: {}, {test} }}", rating[self.dice.roll(rating.len())].id)
            }
            5 if !scoring.is_empty() => {
                format!("{{ score: {}, at_least: {number} }}", scoring[self.dice.roll(scoring.len())].id)
            }
            6 if !self.numbers.is_empty() => "{ score: n0, below: 1.5 }".to_owned(),
            6 | 7 if !self.choices.is_empty() => {
                let (id, choices) = self.choices[self.dice.roll(self.choices.len())].clone();
                let is = self.dice.pick(&["is", "is", "at_least", "below"]);
                format!("{{ input: {id}, {is}: {} }}", choices[self.dice.roll(choices.len())])
            }
            8 => {
                let steps = self.steps.iter().filter(is_near).map(|made| made.id.clone());
                let inputs = self.numbers.iter().chain(self.choices.iter().map(|(id, _)| id)).cloned();
                let all: Vec<String> = steps.chain(inputs).chain(self.indicators.iter().cloned()).collect();
                format!("{{ known: {} }}", all[self.dice.roll(all.len())])
            }
            9 => format!("{{ not: {} }}", self.condition(each, deep - 1)),
            10 | 11 => {
                let (one, other) = (self.condition(each, deep - 1), self.condition(each, deep - 1));
                format!("{{ {}: [{one}, {other}] }}", self.dice.pick(&["all", "any"]))
            }
            _ if !self.unrated.is_empty() && self.dice.one_in(3) => {
                format!("{{ rating: {}, is: {} }}", self.indicators[0], self.unrated[0])
            }
            _ => {
                let indicator = self.indicators[self.dice.roll(self.indicators.len())].clone();
                let of_number = format!(
                    "{}: {}",
                    self.dice.pick(&["is", "at_least", "below"]),
                    self.dice.pick(&["0", "0.5", "1", "2"])
                );
                let test = if self.numbered.contains(&indicator) { of_number } else { test };
                format!("{{ rating: {indicator}, {test} }}")
            }
        }
    }
}
