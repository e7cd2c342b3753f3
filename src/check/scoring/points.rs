//! Rules of the points of ratings: those of all indicators, and those of single ones.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::outline::Node;
use crate::policy::{self, Of};
use crate::scale::{Level, Scale, Scales};
use crate::source::{Entries, Field, Finding, Findings, Number, Span};
use crate::syntax::Scoring;
use crate::syntax::scoring::Take;

use super::super::{each_once, keys, some_of, value};
use super::levels::rising;
use super::{Checker, Ground, reference};

/// The points of ratings.
pub(super) struct Points {
    /// By rated level of all scales; 0 on a scale without points. Empty where the policy gives none.
    pub(super) by_level: Vec<Exact>,
    /// By scale: whether its levels have points.
    covered: Vec<bool>,
    /// By indicator with points of its own: those of each rated level of its scale, `None` for a level without.
    own: HashMap<usize, Vec<Option<Exact>>>,
}

impl Points {
    /// The points of an indicator at each rated level of its scale, lowest first; `None` for a level without.
    fn at<'p>(&'p self, number: usize, scale: usize, on: &Scale) -> Vec<Option<&'p Exact>> {
        match self.own.get(&number) {
            Some(own) => own.iter().map(Option::as_ref).collect(),
            None => {
                let is_covered = self.covered.get(scale) == Some(&true);
                let rated = on.numbers().iter().take(on.rated().len());
                rated.map(|level| self.by_level.get(*level).filter(|_| is_covered)).collect()
            }
        }
    }

    /// The levels at which an indicator has no points.
    pub(super) fn missing<'s>(&self, number: usize, scale: usize, on: &'s Scale) -> Vec<&'s str> {
        let points = self.at(number, scale, on);
        let without = on.rated().iter().zip(points).filter(|(_, points)| points.is_none());
        without.map(|(level, _)| level.id.as_str()).collect()
    }

    /// Whether a better level of an indicator has fewer points than a lower one.
    pub(super) fn fall(&self, number: usize, scale: usize, on: &Scale) -> bool {
        let points = self.at(number, scale, on);
        points.first() > points.last()
    }

    /// Whether some indicator has points of its own.
    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// All points of single indicators, and of all.
    pub(super) fn all(&self) -> impl Iterator<Item = &Exact> {
        self.by_level.iter().chain(self.own.values().flatten().flatten())
    }

    /// By indicator, the points of each rated level of its scale, as a policy has them.
    pub(super) fn of_indicators(&self, count: usize) -> Vec<Vec<Exact>> {
        if self.own.is_empty() {
            return Vec::new();
        }
        let own = |number: usize| self.own.get(&number)?.iter().cloned().collect::<Option<Vec<Exact>>>();
        (0..count).map(|number| own(number).unwrap_or_default()).collect()
    }
}

/// The points of ratings; `None` where some are faulty.
pub(super) fn points(document: &Scoring, ground: &Ground<'_>, findings: &Findings) -> Option<Points> {
    let scales = ground.scales?;
    let of_all = match &document.points {
        Some(field) => of_all(field, scales, findings),
        None => Some((Vec::new(), vec![false; scales.each().len()])),
    };
    let given = given(document, ground, findings);
    let ((by_level, covered), given) = (of_all?, given?);
    let points = Points { by_level, covered, own: HashMap::new() };
    let own = own(&points, &given, document, ground, findings)?;
    Some(Points { own, ..points })
}

/// The points of each rated level of all scales, and whether each scale has points: of a scale either every level has some,
/// or none. `None` where they are faulty.
fn of_all(field: &Field<Entries<Number>>, scales: &Scales, findings: &Findings) -> Option<(Vec<Exact>, Vec<bool>)> {
    let entries = field.get()?;
    for (id, key, _) in entries.iter() {
        match value::level_number(scales.levels(), id) {
            Some(level) if scales.is_rated(level) => {}
            Some(choice) => {
                let counted = scales.counts_as(choice).and_then(|level| scales.level(level));
                not_rated(id, counted, key.span, findings);
            }
            None if scales.each().iter().any(|scale| scale.range().is_some() && scale.id() == Some(id)) => {
                let message = format!("`{id}` is a number scale, which has no points");
                let help = "remove it: a number counts as it is".to_owned();
                findings.error(Code::PointsForNotRated, key.span, message, help);
            }
            None => value::unknown_level(id, key.span, scales.rated(), findings),
        }
    }
    let is_of = |scale: &Scale, id: &str| value::level_number(scale.rated(), id).is_some();
    let mut covered: Vec<bool> =
        scales.each().iter().map(|scale| entries.iter().any(|(id, ..)| is_of(scale, id))).collect();
    if !covered.contains(&true) {
        covered.iter_mut().take(1).for_each(|default| *default = true);
    }
    let mut by_level = Vec::with_capacity(scales.rated().len());
    let mut all_read = true;
    for (scale, covered) in scales.each().iter().zip(&covered) {
        if !covered {
            by_level.extend(scale.rated().iter().map(|_| Exact::zero()));
            continue;
        }
        let is_of_other = |id: &str| scales.each().iter().any(|other| other.id() != scale.id() && is_of(other, id));
        let own = entries.0.iter().filter(|(key, _)| !key.word().is_some_and(is_of_other)).cloned().collect();
        let ids: Vec<&str> = scale.rated().iter().map(|level| level.id.as_str()).collect();
        match rising(field, &Entries(own), &ids, scale.is_highest_first(), findings) {
            Some(points) => by_level.extend(points),
            None => all_read = false,
        }
    }
    all_read.then_some((by_level, covered))
}

/// Points for a choice that is no rating, and that counts as a level or not at all.
fn not_rated(id: &str, counted: Option<&Level>, place: Span, findings: &Findings) {
    let message = format!("`{id}` is no rating, so it has no points");
    let help = match counted {
        Some(level) => format!("remove it: the choice counts as `{}`, and has the points of this level", level.id),
        None => "remove it: a choice that is no rating is left out of every number".to_owned(),
    };
    findings.error(Code::PointsForNotRated, place, message, help);
}

/// The levels that are given points of one indicator are rated ones of its scale.
pub(in crate::check) fn levels_of_one(entries: &Entries<Number>, scale: &Scale, findings: &Findings) {
    let message = |id: &str| format!("`{}` has points twice", value::shorten(id));
    each_once(keys(entries), Code::DuplicateKey, findings, message, "keep one of them");
    for (id, key, _) in entries.iter() {
        match value::level_number(scale.levels(), id) {
            None if scale.range().is_some() => {
                let message =
                    format!("this indicator is rated with a number, so `{}` has no points", value::shorten(id));
                let help = "remove the points: a number counts as it is";
                findings.error(Code::PointsForNotRated, key.span, message, help.to_owned());
            }
            Some(level) if level < scale.rated().len() => {}
            Some(choice) => not_rated(id, scale.counts_as(choice), key.span, findings),
            None => value::unknown_level(id, key.span, scale.rated(), findings),
        }
    }
}

/// Two levels of a scale of which the better one has no more points.
pub(in crate::check) fn falls<'l>(given: &[(&'l str, &'l Exact)], scale: &Scale) -> Option<[(&'l str, &'l Exact); 2]> {
    if scale.is_highest_first() && given.is_sorted_by(|(_, one), (_, next)| one > next) {
        return None;
    }
    let pair = given.windows(2).find(|pair| matches!(pair, [(_, one), (_, next)] if next <= one))?;
    pair.try_into().ok()
}

/// The points that a policy gives an indicator.
struct Given<'d> {
    entries: &'d Entries<Number>,
    key: Span,
    place: Span,
}

/// The points that the policy gives to single indicators, by the indicator's number; `None` where some are faulty.
fn given<'d>(document: &'d Scoring, ground: &Ground<'_>, findings: &Findings) -> Option<HashMap<usize, Given<'d>>> {
    let mut given = HashMap::new();
    let Some(field) = &document.indicator_points else { return Some(given) };
    let (entries, scales) = (field.get()?, ground.scales?);
    let errors = findings.errors();
    let message = |id: &str| format!("`{}` has points twice", value::shorten(id));
    each_once(keys(entries), Code::DuplicateKey, findings, message, "keep one of them");
    let malformed: Vec<&str> = ground.nodes.ids().filter(|id| !value::can_be_meant(id)).collect();
    let mut all_known = true;
    for (id, key, field) in entries.iter() {
        let Some(node) = reference::known_node(key, ground, &malformed, findings) else {
            all_known = false;
            continue;
        };
        if !node.is_rated {
            let message =
                format!("`{}` is {}, and points are those of an indicator", value::shorten(id), node.tier.one());
            findings.error(Code::WrongKind, key.span, message, "name each indicator under it".to_owned());
            continue;
        }
        if let (Some(entries), Some(scale)) = (field.get(), scales.each().get(node.scale)) {
            levels_of_one(entries, scale, findings);
            given.insert(node.indicators.start, Given { entries, key: key.span, place: field.span });
        } else {
            all_known = false;
        }
    }
    (all_known && findings.errors() == errors).then_some(given)
}

/// The points of each indicator that has some of its own, or of the policy's alone; `None` where they are faulty.
fn own(
    of_all: &Points,
    given: &HashMap<usize, Given<'_>>,
    document: &Scoring,
    ground: &Ground<'_>,
    findings: &Findings,
) -> Option<HashMap<usize, Vec<Option<Exact>>>> {
    let mut own = HashMap::new();
    let mut all_rise = true;
    for (number, node) in ground.nodes.indicators().iter().enumerate() {
        let of_policy = given.get(&number);
        if of_policy.is_none() && node.points.is_empty() {
            continue;
        }
        let scale = ground.scales?.each().get(node.scale)?;
        let of_node = |level: &str| node.points.iter().find(|(id, _)| id == level).map(|(_, points)| points);
        let at_level = |(level, of_all): (&Level, Option<&Exact>)| {
            let mut entries = of_policy.into_iter().flat_map(|given| given.entries.iter());
            let of_policy = entries.find(|(id, ..)| *id == level.id).and_then(|(_, _, points)| points.get());
            of_policy.map(|Number(points)| points).or_else(|| of_node(&level.id)).or(of_all).cloned()
        };
        let levels = scale.rated().iter();
        let points: Vec<Option<Exact>> = levels.zip(of_all.at(number, node.scale, scale)).map(at_level).collect();
        let levels = scale.rated().iter().map(|level| level.id.as_str());
        let known: Vec<(&str, &Exact)> =
            levels.zip(&points).filter_map(|(level, points)| Some((level, points.as_ref()?))).collect();
        let written: Vec<(&str, &Exact)> =
            scale.rated().iter().filter_map(|level| Some((level.id.as_str(), of_node(&level.id)?))).collect();
        if let Some(pair) = falls(&known, scale) {
            // Points that fall among the indicator's own are a finding at the indicator.
            if falls(&written, scale).is_none() || of_policy.is_some() {
                let place = of_policy.map(|given| given.place).or(document.points.as_ref().map(|points| points.span));
                not_rising(node, pair, place.unwrap_or(document.steps.span), findings);
            }
            all_rise = false;
        }
        own.insert(number, points);
    }
    all_rise.then_some(own)
}

fn not_rising(node: &Node, [(lower, least), (level, points)]: [(&str, &Exact); 2], place: Span, findings: &Findings) {
    let message = format!(
        "`{level}` of `{}` counts {}, and `{lower}` below it {}",
        value::shorten(&node.id),
        points.shown(),
        least.shown()
    );
    let help = "let the points of an indicator rise with its levels: a level that it does not name has those of `points`; \
                an indicator with fewer levels wants a scale of its own";
    findings.error(Code::PointsNotRising, place, message, help.to_owned());
}

impl Checker<'_> {
    /// Points that no step counts, of a policy of which every step could be read.
    pub(super) fn unused_points(&self, document: &Scoring, steps: &[Option<policy::Step>]) {
        let (Some(points), Some(scales)) = (self.points, self.ground.scales) else { return };
        if !points.has_own() {
            return;
        }
        let counts = |step: &&policy::Step| {
            matches!(step.of, Some(Of::Indicators)) && step.take.is_some_and(|take| take != Take::ShareMeeting)
        };
        let counting: Vec<&policy::Step> = steps.iter().flatten().filter(counts).collect();
        let counted: HashSet<usize> = (0..self.ground.nodes.of_rubric())
            .filter(|number| counting.iter().any(|step| step.looks_at(*number)))
            .collect();
        let warn = |place: Span, message: String, help: &str, about: &str| {
            let finding = Finding::new(Severity::Warning, Code::UnusedPoints, place, message, help.to_owned());
            self.findings.push(finding.about(about));
        };
        let given = given(document, self.ground, &Findings::default()).unwrap_or_default();
        let indicators = self.ground.nodes.indicators();
        let mut given: Vec<_> = given.iter().filter(|(number, _)| !counted.contains(number)).collect();
        given.sort_by_key(|(number, _)| **number);
        for (number, given) in given {
            let Some(node) = indicators.get(*number) else { continue };
            let message = format!("no step counts the points of `{}`", value::shorten(&node.id));
            warn(given.key, message, "remove them, or let a step take the indicator", &node.id);
        }
        let Some(field) = document.points.as_ref().filter(|_| !counted.is_empty()) else { return };
        // A level that one counted indicator has no points of its own for has those of all.
        let entries = || field.get().into_iter().flat_map(Entries::iter);
        let is_used =
            |number: &usize| !points.own.contains_key(number) || self.takes_some_of_all(*number, document, scales);
        if !counted.iter().any(is_used) {
            let levels: Vec<&str> = entries().map(|(id, ..)| id).collect();
            let message = format!("each indicator that a step counts has points of its own for {}", some_of(&levels));
            warn(field.span, message, "remove `points`, or the points of single indicators", "points");
        }
    }

    /// Whether an indicator has the points of all at some level.
    fn takes_some_of_all(&self, number: usize, document: &Scoring, scales: &Scales) -> bool {
        let Some(node) = self.ground.nodes.indicators().get(number) else { return true };
        let Some(scale) = scales.each().get(node.scale) else { return true };
        let given = document.indicator_points.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter);
        let given = given.filter(|(id, ..)| *id == node.id).filter_map(|(_, _, field)| field.get());
        let given: HashSet<&str> = given.flat_map(Entries::iter).map(|(id, ..)| id).collect();
        let has_own = |id: &str| given.contains(id) || node.points.iter().any(|(known, _)| known == id);
        !scale.rated().iter().all(|level| has_own(&level.id))
    }
}
