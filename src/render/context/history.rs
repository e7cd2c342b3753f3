//! The context of the history's templates: the history, with its bars and its changes in words.

use std::borrow::Cow;

use minijinja::value::Value;
use serde::Serialize;

use crate::exact::Exact;
use crate::history::{Count, Course, History, ResultYears, WhyBeside, Year};
use crate::view::view;

use super::{Level, Yardstick, meeting_labels, picture};

/// The most years whose entries stand side by side in one table, so that it fits on a sheet.
const SIDE_BY_SIDE: usize = 5;

view! {
    /// The values that `history.html` and `history.md` see.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct HistoryPage<'a> of |history: &'a History|
    let rubric = &history.newest;
    let numbers = (0..history.years.len()).collect::<Vec<usize>>();
    {
        /// The version of this context.
        context: u32 = super::VERSION,
        /// The history, as `appraise schema history` describes it.
        history: &'a History = history,
        /// The levels and choices of the newest rubric, with what their patterns are drawn by.
        levels: Vec<Level<'a>> = Level::of(rubric.all(), rubric.scales_under(None)),
        /// Whether indicators of the newest rubric are rated with numbers.
        has_numbers: bool = rubric.all().has_numbers(),
        /// The levels, or numbers, at which expectations are met, as people call them.
        meets_at: Vec<Cow<'a, str>> = meeting_labels(rubric),
        /// The numbers of the years, from 0, in groups that fit side by side on a sheet.
        groups: Vec<Vec<usize>> = numbers.chunks(SIDE_BY_SIDE).map(<[usize]>::to_vec).collect(),
        /// The bars of all domains together.
        overall: Drawn<'a> = Drawn::of(history, "All domains", None, &history.overall),
        /// The bars of each domain, in the order of `history.domains`.
        domains: Vec<Drawn<'a>> = history
            .domains
            .iter()
            .map(|domain| Drawn::of(history, &domain.title, Some(&domain.id), &domain.course))
            .collect(),
        /// The results that are about none of the newest rubric's domains.
        results: Vec<Told<'a>> = Told::all(history, |about| {
            about.is_none_or(|about| !history.domains.iter().any(|domain| domain.id == about))
        }),
        /// Why each evaluation of `history.beside` does not count, in words.
        why: Vec<String> = history
            .beside
            .iter()
            .map(|beside| {
                let year = beside.counted.and_then(|number| history.years.get(number));
                why(beside.why, year)
            })
            .collect(),
        /// Whether any evaluation was made with another rubric than the newest one.
        several_rubrics: bool = history.years.iter().any(|year| !year.is_newest_rubric),
        /// Whether any entry was given for an indicator in other words.
        any_reworded: bool = entries(history).any(|entry| entry.reworded),
        /// Whether any entry counts differently now.
        any_rescored: bool = entries(history).any(|entry| entry.rescored),
        /// Whether any entry is a number on a scale that had other bounds.
        any_other_bounds: bool = entries(history).any(|entry| entry.other_bounds),
        /// Whether any evaluation has texts beside its ratings.
        any_narratives: bool = history.years.iter().any(|year| !year.narratives.is_empty()),
        /// Whether any evaluation has contact hours, or states those before.
        any_hours: bool = history
            .contact_hours
            .years
            .iter()
            .any(|year| !year.total.is_zero() || year.before.is_some() || year.in_cycle.is_some()),
        /// The years whose stated hours before are others than the year before adds up to, in sentences.
        hours_notes: Vec<String> = hours_notes(history),
        /// The contact hours that the newest rubric names as a yardstick.
        yardstick: Option<Yardstick<'a>> = rubric.professional_development().map(Yardstick::of),
    }
}

fn entries(history: &History) -> impl Iterator<Item = &crate::history::YearEntry> {
    let indicators = history.domains.iter().flat_map(|domain| &domain.indicators);
    indicators.flat_map(|indicator| &indicator.entries)
}

fn why(why: WhyBeside, counted: Option<&Year>) -> String {
    match (why, counted) {
        (WhyBeside::Draft, _) => "it is a draft".to_owned(),
        (WhyBeside::SelfEvaluation, _) => "it is the employee’s own, which the employee shares".to_owned(),
        (WhyBeside::OnTheWay, _) => "an evaluation of record is of the same school year".to_owned(),
        (WhyBeside::SamePeriod, Some(year)) => {
            let completed = year.completed_on.as_ref().map(|day| format!(", completed {day}")).unwrap_or_default();
            format!("another one of the same period counts: {}{completed}", year.type_label)
        }
        (WhyBeside::SamePeriod, None) => "another one of the same period counts".to_owned(),
    }
}

fn hours_notes(history: &History) -> Vec<String> {
    let years = history.years.iter().zip(&history.contact_hours.years);
    let notes = years.clone().skip(1).zip(years).filter_map(|((year, hours), (before, _))| {
        let added_up = hours.by_the_year_before.as_ref()?.decimal();
        let stated =
            hours.before.as_ref().map_or("no hours".to_owned(), |stated| format!("{} hours", stated.decimal()));
        let (year, before) = (&year.label, &before.label);
        Some(format!("{year} states {stated} before in the cycle, and {before} adds up to {added_up}."))
    });
    notes.collect()
}

/// A domain, or all of them, over the years: a bar for each year, and the change in words.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Drawn<'a> {
    /// A bar for each year.
    bars: Vec<YearBar<'a>>,
    /// The change of the share met, and of the indicators rated twice, in sentences; empty where there is no trend.
    trend: Vec<String>,
    /// The results of the scoring policies about the domain.
    results: Vec<Told<'a>>,
}

/// One year's entries as a stacked bar.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct YearBar<'a> {
    /// The year's label.
    year: &'a str,
    /// As SVG, with the patterns of the macro `fills`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    picture: Value,
    /// The number of rated indicators that meet expectations, as "9 of 10 met (90%)"; "none rated" where there is no share.
    met: String,
    /// The share met in whole percent; null where there is no share.
    percent_met: Option<String>,
}

impl<'a> Drawn<'a> {
    fn of(history: &'a History, title: &str, id: Option<&str>, course: &'a Course) -> Self {
        let bars = history.years.iter().zip(&course.counts).map(|(year, count)| YearBar {
            year: &year.label,
            picture: bar(history, title, &year.label, count),
            met: met(count),
            percent_met: count.share_met().map(|share| share.percent()),
        });
        let results = id.map(|id| Told::all(history, |about| about == Some(id))).unwrap_or_default();
        Self { bars: bars.collect(), trend: trend(history, course).unwrap_or_default(), results }
    }
}

fn bar(history: &History, title: &str, year: &str, count: &Count) -> Value {
    let levels = history.levels.iter().filter_map(|level| {
        let (id, number) = count.tally.iter().find(|(id, _)| *id == level.id)?;
        Some((Some(Cow::Borrowed(id.as_str())), level.label.as_str(), u64::from(*number)))
    });
    let levels: Vec<_> = levels.collect();
    let with_a_level: u64 = levels.iter().map(|(.., number)| number).sum();
    let numbers = u64::from(count.rated + count.not_rated).saturating_sub(with_a_level);
    let rest = [
        (Some(Cow::Borrowed("with-number")), "Rated with a number", numbers),
        (None, "No entry", count.no_entry.into()),
        (None, "Not asked", count.not_asked.into()),
    ];
    let total = u64::from(count.indicators + count.not_asked);
    picture::svg(&format!("{title}, {year}"), &picture::segments(levels.into_iter().chain(rest), total))
}

/// "9 of 10 met (90%)".
fn met(count: &Count) -> String {
    match count.share_met() {
        Some(share) => format!("{} of {} met ({}%)", count.met, count.rated - count.in_no_share, share.percent()),
        None => "none rated".to_owned(),
    }
}

/// The change between the two years, in sentences.
fn trend(history: &History, course: &Course) -> Option<Vec<String>> {
    let trend = course.trend.as_ref()?;
    let of = |year: usize| Some((&history.years.get(year)?.label, met(course.counts.get(year)?)));
    let ((from, before), (to, after)) = (of(trend.from)?, of(trend.to)?);
    let points = match trend.change.is_zero() {
        true => "no change".to_owned(),
        false => {
            let (size, word) = match trend.change.is_negative() {
                true => (&Exact::zero() - &trend.change, "lower"),
                false => (trend.change.clone(), "higher"),
            };
            let percent = size.percent();
            format!("{percent} percentage point{} {word}", if percent == "1" { "" } else { "s" })
        }
    };
    let mut said = vec![format!("Share met: {before} in {from}, {after} in {to}; {points}.")];
    said.push(match trend.compared {
        0 => "No indicator is rated in both years.".to_owned(),
        compared => format!(
            "Of {compared} indicator{} rated in both years: {} higher, {} the same, {} lower.",
            if compared == 1 { "" } else { "s" },
            trend.higher,
            trend.same,
            trend.lower
        ),
    });
    Some(said)
}

/// The results of a step over the years, in words.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Told<'a> {
    /// The step's name.
    label: &'a str,
    /// The title of the domain or competency; null for a step with one result.
    about: Option<&'a str>,
    /// By year: the result in words; null where there is none.
    results: Vec<Option<&'a str>>,
    /// The change from the first score to the last, as "0.5 higher"; null where there are not two scores of one policy.
    change: Option<String>,
}

impl<'a> Told<'a> {
    fn all(history: &'a History, is_about: impl Fn(Option<&str>) -> bool) -> Vec<Self> {
        let results = history.results.iter().filter(|row| is_about(row.about.as_deref()));
        results.map(Self::of).collect()
    }

    fn of(row: &'a ResultYears) -> Self {
        let results = row.results.iter();
        let change = row.change.as_ref().map(|change| match change.is_zero() {
            true => "no change".to_owned(),
            false if change.is_negative() => format!("{} lower", (&Exact::zero() - change).decimal()),
            false => format!("{} higher", change.decimal()),
        });
        Self {
            label: &row.label,
            about: row.about_title.as_deref(),
            results: results.map(|result| result.as_ref().map(|result| result.words.as_str())).collect(),
            change,
        }
    }
}
