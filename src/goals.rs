//! Proposes professional-development goals from a scorecard.

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::date;
use crate::evaluation::{Evaluation, GoalStatus, Rating};
use crate::exact::Exact;
use crate::rubric::{Due, GoalTemplate, GoalWhen, Indicator, Node, Phrase, Rubric, Scale};
use crate::score::Scorecard;
use crate::source;

/// The professional-development goals that an evaluation's ratings call for, most important first.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let goals = scorecard.goals();
/// assert_eq!((goals.goals.len(), goals.more), (2, 0));
/// assert_eq!(goals.goals[0].indicator, "calendar");
/// assert!(serde_json::to_string(&goals.goals)?.contains("Practice can be relied on"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Goals {
    /// The proposed goals, in the form in which an evaluation carries goals.
    pub goals: Vec<Goal>,
    /// The number of further ratings that call for a goal; the rubric limits the number of goals proposed at once.
    pub more: usize,
    /// The number of goals that were not proposed, by level, in the order of priority.
    pub more_by_level: Vec<More>,
}

/// The number of further ratings at one level that call for a goal.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// for more in scorecard.goals().more_by_level {
///     println!("{} more at {}", more.count, more.level);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct More {
    /// The level's id.
    pub level: String,
    /// The number of ratings.
    pub count: usize,
}

/// A proposed goal.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let goal = &scorecard.goals().goals[0];
/// assert_eq!((goal.indicator.as_str(), goal.due.as_deref()), ("calendar", Some("2026-11-18")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Goal {
    /// The id of the indicator that the goal is about.
    pub indicator: String,
    /// The practice that will be seen.
    pub statement: String,
    /// The measure by which the practice is known; `None` where the template has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The activities, in order; possibly empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<String>,
    /// Contact hours of professional development; `None` where the template has none.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "contact_hours")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Number>"))]
    pub contact_hours: Option<Exact>,
    /// The due day, as `2026-09-30`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Always `proposed`.
    pub status: GoalStatus,
    /// The result of the scoring policy that called for it, in words: "Domain rating of Counselor: Developing". `None` where
    /// the rating of the indicator itself did. Not part of the document: an evaluation does not carry it.
    #[serde(skip)]
    pub called_by: Option<String>,
}

fn contact_hours<S: serde::Serializer>(hours: &Option<Exact>, serializer: S) -> Result<S::Ok, S::Error> {
    match hours {
        Some(hours) => hours.serialize_number(serializer),
        None => serializer.serialize_none(),
    }
}

impl Scorecard {
    /// Proposes goals from the ratings, by the rubric's templates.
    ///
    /// Priority is the order of the templates, then critical indicators, then one domain after another in turn, so that the
    /// goals are not all of the first domain. An indicator with an open goal gets no second one, and goals that the
    /// evaluation carries as proposed count toward the limit. Where a template's text comes out empty, as from a comment
    /// that was not written, the goal is the indicator's statement.
    pub fn goals(&self) -> Goals {
        let evaluation = self.evaluation();
        let rubric = evaluation.rubric();
        let (outline, plan) = (rubric.outline(), &rubric.0.goals);
        let mut wanted: Vec<(&GoalTemplate, Place<'_>)> = Vec::new();
        // An indicator with an open goal, or with a goal from an earlier template, gets no second one.
        let mut taken = with_open_goal(evaluation);
        let all: Vec<Calls> = plan.templates.iter().map(|template| self.calls(&template.when)).collect();
        for (template, calls) in plan.templates.iter().zip(&all) {
            let mut places: Vec<Place<'_>> = Vec::new();
            for (node, indicator) in outline.indicators().iter().zip(rubric.indicators()) {
                let is_called = |rating: &&Rating| match rating.number() {
                    None => calls.for_one(indicator.index, rating.level()),
                    Some(number) => calls.for_number(indicator, &number.exact(), rubric),
                };
                let Some(rating) = evaluation.rating(indicator).filter(is_called) else { continue };
                if let Some(taken) = taken.get_mut(indicator.index).filter(|taken| !**taken) {
                    *taken = true;
                    let (domain, competency) = (outline.domain(node), outline.competency(node));
                    let called_by = calls.result(indicator.index);
                    places.push(Place { domain, competency, indicator, rating, called_by });
                }
            }
            wanted.extend(in_turn(places).into_iter().map(|place| (template, place)));
        }
        // Goals that the evaluation carries as proposed count toward the limit.
        let carried = evaluation.goals().iter().filter(|goal| goal.status == GoalStatus::Proposed).count();
        let limit = plan.limit.saturating_sub(carried);
        let more = wanted.len().saturating_sub(limit);
        let goals = wanted.iter().take(limit).map(|(template, place)| place.goal(template, evaluation)).collect();
        let mut more_by_level: Vec<More> = Vec::new();
        for (_, place) in wanted.iter().skip(limit) {
            let Some(level) = place.rating.level().and_then(|level| rubric.levels().get(level)) else { continue };
            match more_by_level.iter_mut().find(|more| more.level == level.id) {
                Some(more) => more.count = more.count.saturating_add(1),
                None => more_by_level.push(More { level: level.id.clone(), count: 1 }),
            }
        }
        Goals { goals, more, more_by_level }
    }
}

/// The ratings that call for a goal of one template.
enum Calls {
    /// Ratings at one level.
    Level(usize),
    /// Ratings of certain indicators: by indicator, the index of the result that calls for its goal, and the results in
    /// words.
    Indicators(Vec<Option<usize>>, Vec<String>),
}

impl Calls {
    fn for_one(&self, indicator: usize, level: Option<usize>) -> bool {
        match self {
            Self::Level(wanted) => level == Some(*wanted),
            Self::Indicators(called, _) => called.get(indicator).is_some_and(Option::is_some),
        }
    }

    /// Whether a number calls for a goal: one below expectations, as a level below them does.
    fn for_number(&self, indicator: &Indicator, number: &Exact, rubric: &Rubric) -> bool {
        let scales = rubric.all();
        let is_below = || scales.range(indicator.scale).and_then(|range| range.meets(number)) == Some(false);
        match self {
            Self::Level(level) => scales.is_rated(*level) && !scales.meets(*level) && is_below(),
            Self::Indicators(..) => self.for_one(indicator.index, None),
        }
    }

    /// The result that calls for an indicator's goal, in words; `None` where the rating itself does.
    fn result(&self, indicator: usize) -> Option<&str> {
        let Self::Indicators(called, results) = self else { return None };
        Some(results.get((*called.get(indicator)?)?)?.as_str())
    }
}

impl Scorecard {
    fn calls(&self, when: &GoalWhen) -> Calls {
        match when {
            GoalWhen::Level(level) => Calls::Level(*level),
            GoalWhen::Result { step, rating } => {
                let (results, under): (Vec<String>, Vec<Vec<usize>>) = self.rated_so(step, rating).into_iter().unzip();
                Calls::Indicators(self.called_by(&under), results)
            }
        }
    }

    /// The indicators that the results of a step call for: under each subject with the template's rating, the indicators
    /// rated below expectations; where all meet expectations, the indicators at the lowest level given there.
    fn called_by(&self, results: &[Vec<usize>]) -> Vec<Option<usize>> {
        let evaluation = self.evaluation();
        let rubric = evaluation.rubric();
        let scales = rubric.all();
        let mut called = vec![None; rubric.size()];
        let levels: Vec<Option<usize>> = rubric
            .indicators()
            .map(|indicator| {
                evaluation.rating(indicator).and_then(Rating::level).filter(|level| scales.is_rated(*level))
            })
            .collect();
        let below = self.numbers_below();
        for (number, under) in results.iter().enumerate() {
            let level = |indicator: &usize| levels.get(*indicator).copied().flatten();
            // All indicators below expectations, or the lowest ones of each scale.
            let is_number_below = |indicator: &usize| below.contains(indicator);
            let is_any_below =
                under.iter().filter_map(level).any(|level| !scales.meets(level)) || under.iter().any(is_number_below);
            let is_lowest = |wanted: usize| {
                let of_scale = under.iter().filter_map(level);
                of_scale.filter(|level| scales.of_level(*level) == scales.of_level(wanted)).min() == Some(wanted)
            };
            let calls = |level: usize| if is_any_below { !scales.meets(level) } else { is_lowest(level) };
            let is_called = |indicator: &&usize| level(indicator).is_some_and(calls) || is_number_below(indicator);
            for indicator in under.iter().filter(is_called) {
                if let Some(called) = called.get_mut(*indicator) {
                    called.get_or_insert(number);
                }
            }
        }
        called
    }
}

impl Scorecard {
    /// The indicators that are rated with a number below expectations.
    fn numbers_below(&self) -> Vec<usize> {
        let evaluation = self.evaluation();
        let scales = evaluation.rubric().all();
        if !scales.has_numbers() {
            return Vec::new();
        }
        let is_below = |indicator: &&Indicator| {
            let number = evaluation.rating(indicator).and_then(|rating| evaluation.number(rating));
            let range = scales.range(indicator.scale);
            number.zip(range).and_then(|(number, range)| range.meets(&number)) == Some(false)
        };
        evaluation.rubric().indicators().filter(is_below).map(|indicator| indicator.index).collect()
    }
}

/// By indicator, whether the evaluation carries an open goal for it.
fn with_open_goal(evaluation: &Evaluation) -> Vec<bool> {
    let rubric = evaluation.rubric();
    let mut open = vec![false; rubric.size()];
    let is_open = |status| matches!(status, GoalStatus::Proposed | GoalStatus::Agreed | GoalStatus::InProgress);
    for goal in evaluation.goals().iter().filter(|goal| is_open(goal.status)) {
        let node = goal.indicator.as_deref().and_then(|id| rubric.node(id));
        for open in node.and_then(|node| open.get_mut(node.indicators.clone())).into_iter().flatten() {
            *open = true;
        }
    }
    open
}

/// A rating that calls for a goal, with its indicator, competency and domain.
#[derive(Clone, Copy)]
struct Place<'a> {
    domain: &'a Node,
    competency: Option<&'a Node>,
    indicator: &'a Indicator,
    rating: &'a Rating,
    called_by: Option<&'a str>,
}

/// Orders places: critical indicators first, and within each group one domain after another in turn.
fn in_turn(places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    let mut rounds: Vec<usize> = Vec::new();
    let mut keyed: Vec<(bool, usize, Place<'_>)> = places
        .into_iter()
        .map(|place| {
            // The number of earlier places of the same domain and group.
            let slot = place.domain.place.saturating_mul(2).saturating_add(usize::from(place.indicator.critical));
            if rounds.len() <= slot {
                rounds.resize(slot.saturating_add(1), 0);
            }
            let round = rounds.get(slot).copied().unwrap_or_default();
            if let Some(count) = rounds.get_mut(slot) {
                *count = count.saturating_add(1);
            }
            (!place.indicator.critical, round, place)
        })
        .collect();
    keyed.sort_by_key(|(not_critical, round, place)| (*not_critical, *round, place.indicator.index));
    keyed.into_iter().map(|(_, _, place)| place).collect()
}

impl Place<'_> {
    fn goal(&self, template: &GoalTemplate, evaluation: &Evaluation) -> Goal {
        let own = &self.indicator.goal;
        let due = template.due.and_then(|due| due_date(due, evaluation));
        // A text whose placeholders all come out empty, as from a comment that was not written, is no text.
        let fill = |phrase: &Phrase| {
            let text = phrase.fill(|name| self.placeholder(name, due, evaluation));
            (!source::is_blank(&text)).then_some(text)
        };
        let has_comment = self.rating.comment.as_deref().is_some_and(|comment| !source::is_blank(comment));
        let activities = template.without_comment.as_ref().filter(|_| !has_comment).unwrap_or(&template.activities);
        let activities = own.activities.as_ref().unwrap_or(activities);
        Goal {
            indicator: self.indicator.id.clone(),
            statement: fill(own.statement.as_ref().unwrap_or(&template.statement))
                .unwrap_or_else(|| self.indicator.statement.clone()),
            measure: own.measure.as_ref().or(template.measure.as_ref()).and_then(fill),
            activities: activities.iter().filter_map(fill).collect(),
            contact_hours: own.contact_hours.clone().or_else(|| template.contact_hours.clone()),
            due: due.map(|due| due.to_string()),
            status: GoalStatus::Proposed,
            called_by: self.called_by.map(str::to_owned),
        }
    }

    /// The value of a placeholder; empty where the value is absent, such as the competency in a domain without
    /// competencies.
    fn placeholder(&self, name: &str, due: Option<Date>, evaluation: &Evaluation) -> String {
        let rubric = evaluation.rubric();
        let (domain, competency, indicator) = (self.domain, self.competency, self.indicator);
        let level = evaluation.level(self.rating);
        let meets = rubric.scale_of(indicator).and_then(Scale::meets_at);
        let value = match name {
            "employee.id" => evaluation.whom().id(),
            "employee.name" => evaluation.whom().name(),
            "employee.title" => evaluation.whom().title().unwrap_or_default(),
            "period.from" => return date::long(evaluation.period().from),
            "period.to" => return date::long(evaluation.period().to),
            "domain.id" => &domain.id,
            "domain.code" => &domain.code,
            "domain.title" => domain.label(),
            "domain.statement" => domain.statement.as_deref().unwrap_or_default(),
            "competency.id" => competency.map_or("", |competency| &competency.id),
            "competency.code" => competency.map_or("", |competency| &competency.code),
            "competency.title" => competency.map_or("", Node::label),
            "competency.statement" => {
                competency.and_then(|competency| competency.statement.as_deref()).unwrap_or_default()
            }
            "indicator.id" => &indicator.id,
            "indicator.code" => &indicator.code,
            "indicator.title" => indicator.title.as_deref().unwrap_or(&indicator.statement),
            "indicator.statement" => &indicator.statement,
            "rating.level" => level.map_or("", |level| &level.id),
            "rating.label" => {
                return evaluation.said(indicator, self.rating).unwrap_or_default().into_owned();
            }
            "rating.comment" => self.rating.comment.as_deref().unwrap_or_default(),
            "meets.id" => meets.map_or("", |level| &level.id),
            "meets.label" => match rubric.scale_of(indicator).and_then(Scale::range) {
                Some(range) => {
                    return range.meeting_label().map(|least| format!("{least} or more")).unwrap_or_default();
                }
                None => meets.map_or("", |level| &level.label),
            },
            "missing_practices" => return missing_practices(indicator, self.rating),
            "due" => return due.map(date::long).unwrap_or_default(),
            _ => "",
        };
        value.to_owned()
    }
}

/// The practices that are not seen and that the next higher level asks for, in one line; empty where the evaluation does not
/// say which are seen.
fn missing_practices(indicator: &Indicator, rating: &Rating) -> String {
    let (Some(checklist), Some(seen)) = (&indicator.checklist, rating.practices()) else { return String::new() };
    let missing = checklist.missing(|practice| seen.contains(&practice.id)).into_iter();
    let statements = missing.map(|practice| practice.statement.trim().trim_end_matches('.'));
    statements.collect::<Vec<_>>().join("; ")
}

/// The due day, counted from the day the evaluation was completed, else from the end of its period.
fn due_date(due: Due, evaluation: &Evaluation) -> Option<Date> {
    let base = evaluation.0.stated.completed_on.unwrap_or(evaluation.period().to);
    match due {
        Due::InDays(days) => base.checked_add(Span::new().try_days(days).ok()?).ok(),
        // The next February 29 may be eight years away.
        Due::By { month, day } => (0..=8)
            .filter_map(|years| Date::new(base.year().checked_add(years)?, month, day).ok())
            .find(|date| *date > base),
    }
}

#[cfg(test)]
mod tests;
