//! The tally of a domain, with its stacked bar.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::Value;

use crate::rubric::Scale;
use crate::score::{Scorecard, Tally};

use super::Level;
use super::lazy::{Lazy, keyed, value};
use super::picture::{self, Segment};

/// The bar of a domain, or of all.
#[derive(Debug)]
struct Drawn {
    scorecard: Arc<Scorecard>,
    domain: Option<usize>,
    /// The scale whose indicators alone are counted, with the tally of those; none where all are.
    on_scale: Option<(usize, Tally)>,
    /// The title of the bar of all.
    all: &'static str,
}

/// The title of the bar of all indicators.
const ALL: &str = "All domains";

/// The bars of the domains that have indicators in scope.
pub(super) fn bars(scorecard: &Arc<Scorecard>) -> Value {
    bars_on(scorecard, None)
}

/// One bar for all domains.
pub(super) fn overall_bar(scorecard: &Arc<Scorecard>) -> Value {
    Lazy::of(Drawn::of(scorecard, None, None))
}

/// The bars of the domains that have indicators in scope, on a scale if one is given.
fn bars_on(scorecard: &Arc<Scorecard>, scale: Option<usize>) -> Value {
    let drawn = (0..scorecard.domains().len()).map(|number| Drawn::of(scorecard, Some(number), scale));
    drawn.filter(|drawn| drawn.tally().indicators > 0).map(Lazy::of).collect()
}

/// The ratings on one scale.
#[derive(Debug)]
struct OnScale {
    scorecard: Arc<Scorecard>,
    scale: usize,
    /// Whether it is the only one.
    is_alone: bool,
}

/// A profile for each scale that indicators in scope are rated on.
pub(super) fn profiles(scorecard: &Arc<Scorecard>) -> Value {
    let rubric = scorecard.evaluation().rubric();
    let mut scales = rubric.scales_under(None);
    scales.retain(|scale| rubric.all().is_one() || scorecard.tally_on(*scale, None).indicators > 0);
    let is_alone = scales.len() == 1;
    let of = |scale| Lazy::of(OnScale { scorecard: scorecard.clone(), scale, is_alone });
    scales.into_iter().map(of).collect()
}

impl OnScale {
    /// The scale, where there are others.
    fn of_several(&self) -> Option<usize> {
        (!self.scorecard.evaluation().rubric().all().is_one()).then_some(self.scale)
    }

    fn overall_bar(&self) -> Value {
        let drawn = Drawn::of(&self.scorecard, None, self.of_several());
        Lazy::of(if self.is_alone { drawn } else { Drawn { all: "All on this scale", ..drawn } })
    }
}

keyed! {
    /// The ratings on one of the rubric's scales, as stacked bars.
    pub(in crate::render) struct Profile<'a> of |profile: OnScale|
    let rubric = profile.scorecard.evaluation().rubric();
    let scale = rubric.scales().get(profile.scale);
    {
        /// The levels of the scale as people read them.
        levels: Vec<Level<'a>> = value(Level::of(rubric.all(), [profile.scale])),
        /// The numbers of a number scale in words; null on a scale of levels.
        range: Option<String> = scale.and_then(Scale::range).map(super::range_in_words).into(),
        /// The level or number at which expectations are met, as people call it; empty where the scale says nothing of them.
        meets_at: &'a str = scale.and_then(Scale::meeting_label).unwrap_or_default().as_ref().into(),
        /// A stacked bar for each domain that has indicators in scope on the scale.
        bars: Vec<Bar<'a>> = bars_on(&profile.scorecard, profile.of_several()),
        /// One bar for all of them.
        overall_bar: Bar<'a> = profile.overall_bar(),
    }
}

impl Drawn {
    fn of(scorecard: &Arc<Scorecard>, domain: Option<usize>, scale: Option<usize>) -> Self {
        let on_scale = scale.map(|scale| (scale, scorecard.tally_on(scale, domain)));
        Self { scorecard: scorecard.clone(), domain, on_scale, all: ALL }
    }

    fn tally(&self) -> &Tally {
        if let Some((_, tally)) = &self.on_scale {
            return tally;
        }
        let domain = self.domain.and_then(|number| self.scorecard.domains().get(number));
        domain.map_or(self.scorecard.overall(), |domain| &domain.tally)
    }

    /// The id, the code and the title.
    fn about(&self) -> (&str, &str, &str) {
        let domains = self.scorecard.evaluation().rubric().domains();
        let domain = self.domain.and_then(|number| domains.get(number));
        domain.map_or(("", "", self.all), |domain| (&domain.id, &domain.code, &domain.title))
    }

    /// The numbers of the levels that indicators under the domain can have, as people read them.
    fn in_print(&self) -> Vec<usize> {
        let rubric = self.scorecard.evaluation().rubric();
        if let Some((scale, _)) = self.on_scale {
            return rubric.all().in_print([scale]);
        }
        let domain = self.domain.and_then(|number| rubric.domains().get(number));
        rubric.printed_levels(domain.map(|domain| domain.id.as_str()))
    }

    /// By level of the rubric, or of the bar's scale, in print: its count, or none where the level is of no scale of the domain.
    fn counts(&self) -> Value {
        let (tally, own) = (self.tally(), self.in_print());
        let all = match self.on_scale {
            Some(_) => own.clone(),
            None => self.scorecard.evaluation().rubric().printed_levels(None),
        };
        let all = all.into_iter();
        all.map(|number| own.contains(&number).then(|| tally.levels.get(number).copied().unwrap_or_default()))
            .map(Value::from)
            .collect()
    }

    /// How many are rated with a number: those that are rated at no level, nor with a choice that counts as one.
    fn numbers(&self) -> u32 {
        let tally = self.tally();
        let all = self.scorecard.evaluation().rubric().all();
        let counted = tally.levels.iter().enumerate().filter(|(level, _)| all.is_rated(all.counted(*level)));
        tally.rated.saturating_sub(counted.map(|(_, count)| count).sum())
    }

    fn segments(&self) -> Vec<Segment<'_>> {
        let tally = self.tally();
        let rubric = self.scorecard.evaluation().rubric();
        let levels = self.in_print().into_iter().filter_map(|number| {
            let count = tally.levels.get(number).copied().unwrap_or_default();
            Some((rubric.levels().get(number)?, count))
        });
        let parts = levels
            .map(|(level, count)| (Some(Cow::Borrowed(level.id.as_str())), level.label.as_str(), u64::from(count)))
            .chain([(Some(Cow::Borrowed("with-number")), "Rated with a number", u64::from(self.numbers()))])
            .chain([(None, "Unrated", u64::from(tally.unrated)), (None, "Judged as a whole", u64::from(tally.judged))]);
        picture::segments(parts, u64::from(tally.indicators))
    }
}

keyed! {
    /// A tally as a stacked bar, 1000 wide.
    pub(in crate::render) struct Bar<'a> of |drawn: Drawn|
    let tally = drawn.tally();
    let about = drawn.about();
    {
        /// The domain; empty for the bar of all.
        id: &'a str = about.0.into(),
        code: &'a str = about.1.into(),
        title: &'a str = about.2.into(),
        /// The number of ratings at each of the rubric's levels, as `rubric.levels` lists them, or of the profile's
        /// levels; null for a level of a scale that
        /// no indicator under the domain is rated on.
        counts: &'a [Option<u32>] = drawn.counts(),
        /// The levels that somebody got, in the order of the scale, and what is unrated.
        segments: Vec<Segment<'a>> = value(drawn.segments()),
        /// The bar as SVG, for HTML, with the patterns of the macro `fills`.
        picture: &'a str = picture::svg(about.2, &drawn.segments()),
        indicators: u32 = tally.indicators.into(),
        rated: u32 = tally.rated.into(),
        met: u32 = tally.met.into(),
        /// How many are rated with a number.
        numbers: u32 = drawn.numbers().into(),
        /// How many are in no share, since they are rated with a number of which the scale does not say what meets expectations.
        in_no_share: u32 = tally.in_no_share.into(),
        unrated: u32 = tally.unrated.into(),
        judged: u32 = tally.judged.into(),
        /// The share of the rated that meet expectations, in whole percent; null when none is rated.
        percent_met: Option<&'a str> = tally.share_met().map(|share| share.percent()).into(),
    }
}
