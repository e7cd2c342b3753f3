//! One person's evaluations over the years, of one rubric or of several.
//!
//! Every rating is shown at its indicator of the newest rubric, the rubric of the latest evaluation that counts: an evaluation
//! made with another one is [migrated](crate::migrate) for that. A rating without a home in the newest rubric is listed
//! apart, with the words it was given for. The results of each year stay those of its own rubric and scoring policy.
//!
//! ```
//! use appraise::history::{self, Drafts};
//! use appraise::{Evaluation, Library};
//!
//! let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
//! let of_year = |from: &str, to: &str, ratings: &str| {
//!     let text = format!("
//! rubric: {{ id: connecticut_school_social_work }}
//! employee: {{ id: E-1042, name: Jordan Rivera }}
//! evaluators: [{{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }}]
//! period: {{ from: {from}, to: {to} }}
//! ratings: {{ {ratings} }}");
//!     Evaluation::parse("rivera.yaml", &text, &rubric)
//! };
//! let years = [
//!     of_year("2024-08-26", "2025-06-13", "inventories: has_not_met, data_gathering: has_met")?,
//!     of_year("2025-08-25", "2026-06-12", "inventories: has_met, data_gathering: no_opportunity_to_practice")?,
//! ];
//! let history = history::of(&years, Drafts::Counted).ok()?;
//! assert_eq!((history.years[0].label.as_str(), history.years[1].label.as_str()), ("2024-25", "2025-26"));
//!
//! let assessment = &history.domains[2];
//! let shares: Vec<_> = assessment.course.counts.iter().map(|count| count.share_met().map(|share| share.to_string())).collect();
//! assert_eq!(shares, [Some("1/2".to_owned()), Some("1".to_owned())]); // no opportunity is no number
//! let trend = assessment.course.trend.as_ref().expect("two years have a share");
//! assert_eq!((trend.change.to_string().as_str(), trend.compared, trend.higher), ("1/2", 1, 1));
//! # Ok::<(), appraise::Diagnostics>(())
//! ```

#![allow(
    clippy::arithmetic_side_effects,
    reason = "counts of the indicators and years of one person, of which nobody adds 2 to the power of 32"
)]

mod choose;
mod counted;
mod course;
mod entry;
mod goals;
mod hours;
mod results;
mod year;

use serde::Serialize;

use crate::diagnostic::{Checked, Code};
use crate::evaluation::{Evaluation, Whom};
use crate::migrate;
use crate::rubric::{Level, Rubric};
use crate::source::{Findings, Parsed, Span};

pub use self::course::{Count, Course, DomainYears, IndicatorYears, Trend};
pub use self::entry::{EntryStatus, GivenEarlier, KeptRating, WithoutHome, YearEntry};
pub use self::goals::{Ending, GoalYears};
pub use self::hours::{ContactHours, ExpectedHours, YearHours};
pub use self::results::{ResultInYear, ResultYears};
pub use self::year::{Beside, NarrativeTitle, RubricName, WhyBeside, Year};

use self::counted::Counted;

/// The name under which findings about evaluations of several years stand.
const NAME: &str = "history";

/// Whether drafts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// Only final evaluations count; drafts are named as not counted.
    LeftOut,
    /// A draft counts where its period has no final evaluation.
    Counted,
}

/// One person's evaluations over the years.
///
/// A list by year has an item for each of `years`, in their order.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct History {
    /// The employee or organization.
    pub whom: Person,
    /// The newest rubric: the rubric of the latest evaluation that counts, at whose indicators all ratings are shown.
    pub rubric: RubricName,
    /// The language of that rubric, such as `en-US`.
    pub language: Option<String>,
    /// The levels and choices of the newest rubric, as people read them.
    pub levels: Vec<HistoryLevel>,
    /// The evaluations that count, in the order of their periods.
    pub years: Vec<Year>,
    /// The evaluations that do not count, in the order of their periods; a self-evaluation only where the employee shares it.
    pub beside: Vec<Beside>,
    /// All indicators together.
    pub overall: Course,
    /// The domains of the newest rubric, in its order.
    pub domains: Vec<DomainYears>,
    /// The ratings without a home in the newest rubric; counted nowhere here.
    pub without_home: Vec<WithoutHome>,
    /// The results of the scoring policies' steps, each year's by the policy of its own rubric.
    pub results: Vec<ResultYears>,
    /// The goals, in the order in which they first appear.
    pub goals: Vec<GoalYears>,
    /// Contact hours of professional development.
    pub contact_hours: ContactHours,
    #[cfg(feature = "render")]
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) newest: Rubric,
}

/// The employee or organization whose history it is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Person {
    /// `employee` or `organization`.
    pub subject: &'static str,
    /// The district's own identifier, as in the latest evaluation.
    pub id: String,
    /// The name, as in the latest evaluation.
    pub name: String,
    /// The position, as in the latest evaluation.
    pub title: Option<String>,
    /// Other names that earlier evaluations have for this id.
    pub other_names: Vec<String>,
}

/// A level of the newest rubric's scales, or a choice that is no rating.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HistoryLevel {
    /// The id that ratings use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// Whether it is a rating.
    pub rated: bool,
    /// Whether it meets expectations, or counts as a level that does.
    pub meets: bool,
}

/// The history of one person, from evaluations in any order; and what was found.
///
/// Evaluations of record count: formal ones, and those of a rubric's own kinds. An interim evaluation counts where no
/// evaluation of record is of its school year. Of several evaluations of one period one counts: one of record before others,
/// then a final one before a draft, then the one completed last, then the one given first. A self-evaluation never counts.
/// [`History::beside`] names every evaluation that does not count, but for self-evaluations that the employee does not share:
/// nothing of these is in a history.
///
/// An id tells who is the same, as [`Whom::identity`] says. Evaluations of different people, and none that counts, are errors.
pub fn of(evaluations: &[Evaluation], drafts: Drafts) -> Checked<History> {
    let findings = Findings::default();
    let value = made(evaluations, drafts, &findings);
    let diagnostics = Parsed::unparsed(NAME, "").resolve(findings, &[]);
    Checked { value, diagnostics }
}

fn made(evaluations: &[Evaluation], drafts: Drafts, findings: &Findings) -> Option<History> {
    if !are_of_one(evaluations, findings) {
        return None;
    }
    let choice = choose::choose(evaluations, drafts);
    let Some(latest) = choice.counted.last() else {
        let (message, help) = match (evaluations.len(), choice.beside.iter().any(|other| other.why == WhyBeside::Draft))
        {
            (0, _) => ("there is no evaluation", "give the person's evaluations"),
            (_, true) => ("no evaluation that counts is final", "count drafts too: `--drafts` on the command line"),
            _ => ("no evaluation counts: self-evaluations alone have no history", "give the evaluations of record too"),
        };
        findings.error(Code::OtherEvaluation, Span::default(), message.to_owned(), help.to_owned());
        return None;
    };
    let newest = latest.rubric().clone();
    let mut years = Vec::with_capacity(choice.counted.len());
    for evaluation in &choice.counted {
        years.push(counted(evaluation, &newest, findings)?);
    }
    let labels = year::labels(&choice.counted);
    let whom = latest.whom();
    let mut other_names: Vec<String> = choice.counted.iter().map(|other| other.whom().name().to_owned()).collect();
    other_names.dedup();
    other_names.retain(|name| name != whom.name());
    let domains = course::domains(&years, &newest);
    Some(History {
        whom: Person {
            subject: if matches!(whom, Whom::Employee(_)) { "employee" } else { "organization" },
            id: whom.id().to_owned(),
            name: whom.name().to_owned(),
            title: whom.title().map(str::to_owned),
            other_names,
        },
        rubric: RubricName::of(&newest),
        language: newest.language().map(str::to_owned),
        levels: levels(&newest),
        overall: Course::of(domains.iter().flat_map(|domain| &domain.indicators), years.len(), &newest, None),
        domains,
        without_home: entry::without_home(&years),
        results: results::over(&choice.counted),
        goals: goals::over(&choice.counted, &newest),
        contact_hours: ContactHours::over(&choice.counted),
        years: years.iter().zip(labels).map(|(year, label)| Year::of(&year.evaluation, label, &newest)).collect(),
        beside: choice.beside,
        #[cfg(feature = "render")]
        newest,
    })
}

/// Whether all evaluations are of one employee or organization; a finding for each other one.
fn are_of_one(evaluations: &[Evaluation], findings: &Findings) -> bool {
    let Some(first) = evaluations.first().map(Evaluation::whom) else { return true };
    let kind = |whom: &Whom| matches!(whom, Whom::Employee(_));
    let mut named: Vec<String> = vec![first.identity()];
    for whom in evaluations.iter().map(Evaluation::whom) {
        let is_same = whom.identity() == first.identity() && kind(whom) == kind(first);
        if is_same || named.len() > 1 && named.contains(&whom.identity()) {
            continue;
        }
        named.push(whom.identity());
        let message = format!(
            "one evaluation is of {} (`{}`), and another of {} (`{}`)",
            first.name(),
            first.id(),
            whom.name(),
            whom.id()
        );
        let help = "give the evaluations of one person; on the command line `--employee ID` picks them out of a folder";
        findings.error(Code::OtherEvaluation, Span::default(), message, help.to_owned());
    }
    named.len() == 1
}

/// An evaluation, and the same for the newest rubric.
fn counted(evaluation: &Evaluation, newest: &Rubric, findings: &Findings) -> Option<Counted> {
    if evaluation.rubric().fingerprint() == newest.fingerprint() {
        return Some(Counted { evaluation: evaluation.clone(), now: evaluation.clone(), changes: None });
    }
    match migrate::of(evaluation, newest) {
        Ok(migrated) => {
            Some(Counted { evaluation: evaluation.clone(), now: migrated.evaluation, changes: Some(migrated.changes) })
        }
        Err(found) => {
            let why = found.iter().next().map(|finding| finding.message.clone()).unwrap_or_default();
            let message = format!(
                "the evaluation of {} to {} cannot be written for the rubric `{}`: {why}",
                evaluation.period().from(),
                evaluation.period().to(),
                newest.id()
            );
            let help = "write it for that rubric with `appraise migrate`, mend it, and give the result".to_owned();
            findings.error(Code::OtherEvaluation, Span::default(), message, help);
            None
        }
    }
}

fn levels(rubric: &Rubric) -> Vec<HistoryLevel> {
    let scales = rubric.all();
    let of = |number: usize| {
        let Level { id, label, .. } = rubric.levels().get(number)?.clone();
        let counted = scales.counted(number);
        Some(HistoryLevel { id, label, rated: scales.is_rated(number), meets: scales.meets(counted) })
    };
    rubric.printed_levels(None).into_iter().filter_map(of).collect()
}
