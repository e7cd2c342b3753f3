//! Counts the entries of each year, and tells how they changed.

use serde::{Serialize, Serializer};

use crate::exact::{Exact, Shown};
use crate::rubric::{Rubric, Tier};
use crate::score::Tally;

use super::counted::Counted;
use super::entry::{EntryStatus, Place, YearEntry};

/// The entries of one evaluation for the indicators of a part of a rubric, counted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Count {
    /// The number of indicators at each level and choice, by the level's id, as people read them.
    pub tally: Vec<(String, u32)>,
    /// The number of indicators that the evaluation answers for.
    pub indicators: u32,
    /// The number of rated indicators.
    pub rated: u32,
    /// The number of rated indicators that meet expectations.
    pub met: u32,
    /// The number of rated indicators that are in no share, since their number scale says nothing of expectations.
    pub in_no_share: u32,
    /// The number of indicators with a choice that is no rating, and counts as none.
    pub not_rated: u32,
    /// The number of indicators without an entry, or with a rating that has no home.
    pub no_entry: u32,
    /// The number of indicators that the evaluation does not answer for: not assigned, out of scope, or not in that year's
    /// rubric.
    pub not_asked: u32,
}

impl Count {
    /// The share of the rated indicators that meet expectations, but for those in no share; `None` where none is rated.
    pub fn share_met(&self) -> Option<Exact> {
        Exact::ratio(self.met.into(), self.rated.saturating_sub(self.in_no_share).into())
    }

    fn empty(levels: Vec<(String, u32)>) -> Self {
        Self { tally: levels, indicators: 0, rated: 0, met: 0, in_no_share: 0, not_rated: 0, no_entry: 0, not_asked: 0 }
    }

    /// The tally of an evaluation by its own rubric.
    pub(super) fn of_tally(tally: &Tally, rubric: &Rubric) -> Self {
        let count = |(id, number): (String, usize)| (id, tally.levels.get(number).copied().unwrap_or_default());
        let no_entry = tally.unrated + tally.judged;
        Self {
            indicators: tally.indicators,
            rated: tally.rated,
            met: tally.met,
            in_no_share: tally.in_no_share,
            not_rated: tally.indicators.saturating_sub(tally.rated).saturating_sub(no_entry),
            no_entry,
            ..Self::empty(levels(rubric, None).into_iter().map(count).collect())
        }
    }

    fn add(&mut self, entry: &YearEntry) {
        match entry.status {
            EntryStatus::NotAssigned | EntryStatus::NotAsked => {
                self.not_asked += 1;
                return;
            }
            EntryStatus::Unrated | EntryStatus::Judged | EntryStatus::WithoutHome => self.no_entry += 1,
            EntryStatus::NotRated => self.not_rated += 1,
            EntryStatus::Rated => {
                self.rated += 1;
                self.met += u32::from(entry.meets == Some(true));
                self.in_no_share += u32::from(entry.meets.is_none());
            }
        }
        self.indicators += 1;
        let level = entry.level.as_ref().and_then(|level| self.tally.iter_mut().find(|(id, _)| id == level));
        if let Some((_, count)) = level {
            *count += 1;
        }
    }
}

/// The levels that indicators under a node can have, in print, each with its number.
fn levels(rubric: &Rubric, node: Option<&str>) -> Vec<(String, usize)> {
    let numbers = rubric.printed_levels(node).into_iter();
    numbers.filter_map(|number| Some((rubric.levels().get(number)?.id.clone(), number))).collect()
}

/// A count as JSON has it, with its share.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Count"))]
struct WrittenCount<'a> {
    /// The number of indicators at each level and choice, by the level's id, as people read them.
    #[serde(serialize_with = "by_level")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, u32>"))]
    tally: &'a [(String, u32)],
    /// The number of indicators that the evaluation answers for.
    indicators: u32,
    /// The number of rated indicators.
    rated: u32,
    /// The number of rated indicators that meet expectations.
    met: u32,
    /// The number of rated indicators that are in no share, since their number scale says nothing of expectations.
    in_no_share: u32,
    /// The number of indicators with a choice that is no rating, and counts as none.
    not_rated: u32,
    /// The number of indicators without an entry, or with a rating that has no home.
    no_entry: u32,
    /// The number of indicators that the evaluation does not answer for: not assigned, out of scope, or not in that year's
    /// rubric.
    not_asked: u32,
    /// The share of the rated indicators that meet expectations, but for those in no share; null where none is rated.
    share_met: Option<Shown>,
}

fn by_level<S: Serializer>(tally: &[(String, u32)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(tally.iter().map(|(level, count)| (level, count)))
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { tally, indicators, rated, met, in_no_share, not_rated, no_entry, not_asked } = self;
        let (indicators, rated, met, in_no_share) = (*indicators, *rated, *met, *in_no_share);
        let (not_rated, no_entry, not_asked) = (*not_rated, *no_entry, *not_asked);
        let share_met = self.share_met().as_ref().map(Shown::from);
        WrittenCount { tally, indicators, rated, met, in_no_share, not_rated, no_entry, not_asked, share_met }
            .serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Count {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        WrittenCount::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WrittenCount::json_schema(generator)
    }
}

/// The counts of a part of the newest rubric over the years.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Course {
    /// By year: the entries for the indicators of the newest rubric, by the meaning that its scales give them.
    pub counts: Vec<Count>,
    /// How the share of what is met changed; null where fewer than two years have a rating that is in a share.
    pub trend: Option<Trend>,
}

/// How the ratings changed between the first and the last year that have a share of what is met.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trend {
    /// The number of the first such year among the years, from 0.
    pub from: usize,
    /// The number of the last such year.
    pub to: usize,
    /// The share met of the last of the two years less that of the first. The two shares may be of different indicators.
    pub change: Exact,
    /// The number of indicators that are rated in both years.
    pub compared: u32,
    /// The number of those rated higher in the last of the two years, by the newest rubric's scale.
    pub higher: u32,
    /// The number of those rated the same.
    pub same: u32,
    /// The number of those rated lower.
    pub lower: u32,
}

/// A domain of the newest rubric over the years.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DomainYears {
    /// The domain's id.
    pub id: String,
    /// Its printed number.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its counts.
    #[serde(flatten)]
    pub course: Course,
    /// Its indicators, in the rubric's order.
    pub indicators: Vec<IndicatorYears>,
}

/// An indicator of the newest rubric over the years.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndicatorYears {
    /// The indicator's id.
    pub id: String,
    /// Its printed number.
    pub code: String,
    /// Its title, or else its statement.
    pub title: String,
    /// The title of its competency; null where the domain has none.
    pub competency: Option<String>,
    /// By year: the entry.
    pub entries: Vec<YearEntry>,
}

/// The domains of the newest rubric with what each year says of their indicators.
pub(super) fn domains(years: &[Counted], newest: &Rubric) -> Vec<DomainYears> {
    let outline = newest.outline();
    let domains = outline.iter().filter(|node| node.tier == Tier::Domain);
    let of = |domain: &crate::rubric::Node| {
        let indicators: Vec<IndicatorYears> = domain
            .indicators
            .clone()
            .filter_map(|number| {
                let indicator = newest.indicator_at(number)?;
                let competency = outline.find(&indicator.id).and_then(|node| outline.competency(node));
                Some(IndicatorYears {
                    id: indicator.id.clone(),
                    code: indicator.code.clone(),
                    title: indicator.title.as_ref().unwrap_or(&indicator.statement).clone(),
                    competency: competency.map(|competency| competency.label().to_owned()),
                    entries: years.iter().map(|year| YearEntry::of(year, indicator)).collect(),
                })
            })
            .collect();
        DomainYears {
            id: domain.id.clone(),
            code: domain.code.clone(),
            title: domain.label().to_owned(),
            course: Course::of(&indicators, years.len(), newest, Some(&domain.id)),
            indicators,
        }
    };
    domains.map(of).collect()
}

impl Course {
    pub(super) fn of<'a>(
        indicators: impl IntoIterator<Item = &'a IndicatorYears, IntoIter: Clone>,
        years: usize,
        newest: &Rubric,
        node: Option<&str>,
    ) -> Self {
        let indicators = indicators.into_iter();
        let empty: Vec<_> = levels(newest, node).into_iter().map(|(id, _)| (id, 0)).collect();
        let count = |year: usize| {
            let mut count = Count::empty(empty.clone());
            indicators.clone().filter_map(|indicator| indicator.entries.get(year)).for_each(|entry| count.add(entry));
            count
        };
        let counts: Vec<Count> = (0..years).map(count).collect();
        let trend = Trend::of(&counts, indicators.clone());
        Self { counts, trend }
    }
}

impl Trend {
    fn of<'a>(counts: &[Count], indicators: impl Iterator<Item = &'a IndicatorYears>) -> Option<Self> {
        let shares: Vec<(usize, Exact)> =
            counts.iter().enumerate().filter_map(|(year, count)| Some((year, count.share_met()?))).collect();
        let [(from, first), .., (to, last)] = shares.as_slice() else { return None };
        let mut trend = Self { from: *from, to: *to, change: last - first, compared: 0, higher: 0, same: 0, lower: 0 };
        for indicator in indicators {
            let place = |year: usize| -> Option<&Place> { indicator.entries.get(year)?.place.as_ref() };
            let Some((before, after)) = place(*from).zip(place(*to)) else { continue };
            trend.compared += 1;
            trend.higher += u32::from(after > before);
            trend.same += u32::from(after == before);
            trend.lower += u32::from(after < before);
        }
        Some(trend)
    }
}
