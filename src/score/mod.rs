//! Computes a scorecard from an evaluation: the tallies of every node, and the results of the scoring policy.

mod followed;
mod history;
mod narrative;
mod observation;
mod orphan;
mod practice;
mod rating;
mod scored_by;
pub(crate) mod seal;
mod steps;
mod supervision;
pub(crate) mod view;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostics;
use crate::evaluation::{Evaluation, Given, Rating};
use crate::exact::Exact;
use crate::rubric::{Node, Tier};
use crate::scale::Scales;

pub use self::scored_by::ScoredBy;
use self::steps::Explained;
pub use self::steps::{Outcome, OutcomeStatus, Step};

/// Everything computed from an evaluation. Not-rated levels are counted, and are in no denominator.
///
/// `Serialize` writes the documented JSON.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// assert!(scorecard.is_complete());
/// assert_eq!(scorecard.domains().len(), 3);
/// assert_eq!(scorecard.summative().map(ToString::to_string), Some("Effective, score 3.58".to_owned()));
/// assert!(serde_json::to_string(&scorecard)?.starts_with(r#"{"rubric":"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Scorecard {
    evaluation: Evaluation,
    overall: Tally,
    domains: Vec<DomainTally>,
    /// `None` where no policy scores the evaluation.
    explained: Option<Arc<Explained>>,
    steps: OnceLock<Vec<Step>>,
}

/// The tallies of a domain and of its competencies, in the rubric's order.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let planning = &scorecard.domains()[0];
/// assert_eq!((planning.tally.met, planning.tally.rated), (2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DomainTally {
    /// The tally of every indicator under the domain.
    pub tally: Tally,
    /// The tally of each competency; empty where the domain has indicators of its own.
    pub competencies: Vec<Tally>,
}

/// The tally of a domain or competency, with its names.
///
/// ```
/// # use appraise::Library;
/// # let text = std::fs::read_to_string("examples/evaluations/rivera_final.yaml")?;
/// # let scorecard = Library::bundled().check("rivera.yaml", &text).value.expect("it is sound").score();
/// let shown: Vec<String> = scorecard.nodes().map(|node| format!("{} {}: {}", node.code, node.title, node.tally.met)).collect();
/// assert_eq!(shown.len(), 8 + 12);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct NodeTally<'a> {
    /// The id.
    pub id: &'a str,
    /// The number that is printed.
    pub code: &'a str,
    /// The title.
    pub title: &'a str,
    /// Whether it is a domain; else it is a competency.
    pub is_domain: bool,
    /// The tally.
    pub tally: &'a Tally,
}

/// The number of a node's indicators at each level.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let overall = scorecard.overall();
/// assert_eq!(overall.levels, [0, 2, 1, 6, 1]); // the last one is “Not observed”, which is no rating
/// assert_eq!((overall.indicators, overall.rated, overall.met, overall.unrated), (10, 9, 7, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The number of indicators at each level, in the order of [`Rubric::levels`](crate::Rubric::levels): the rated
    /// levels of each scale in turn, lowest first, then the not-rated ones. A choice that counts as a level stands in its own
    /// place here, and in `rated` and `met` as the level.
    pub levels: Vec<u32>,
    /// The number of indicators in scope.
    pub indicators: u32,
    /// The number of rated indicators; a not-rated level is no rating.
    pub rated: u32,
    /// The number of rated indicators that meet expectations.
    pub met: u32,
    /// The number of rated indicators that are in no share of what is met: those rated with a number whose scale has no
    /// `meets_at`.
    pub in_no_share: u32,
    /// The number of indicators in scope without an entry that still need one.
    pub unrated: u32,
    /// The number of indicators in scope without an entry that need none, since an entered rating judges them as a whole.
    pub judged: u32,
}

impl Tally {
    fn new(scales: &Scales) -> Self {
        // For a few bytes, memory that comes zeroed takes longer than zeros that are written.
        let levels = scales.levels().iter().map(|_| 0).collect();
        Self { levels, indicators: 0, rated: 0, met: 0, in_no_share: 0, unrated: 0, judged: 0 }
    }

    /// The share of the rated indicators that meet expectations, but for those in no share; `None` when none is rated.
    pub fn share_met(&self) -> Option<Exact> {
        Exact::ratio(self.met.into(), self.rated.saturating_sub(self.in_no_share).into())
    }

    /// The tally of a range of the rubric's indicators.
    fn of(evaluation: &Evaluation, scales: &Scales, indicators: &Range<usize>) -> Self {
        let mut tally = Self::new(scales);
        let in_scope = evaluation.0.in_scope.get(indicators.clone()).unwrap_or_default();
        let ratings = evaluation.0.ratings.get(indicators.clone()).unwrap_or_default();
        for (number, (_, rating)) in
            indicators.clone().zip(in_scope.iter().zip(ratings)).filter(|(_, (is_in, _))| **is_in)
        {
            tally.count(evaluation, scales, number, rating.as_ref());
        }
        tally
    }

    #[expect(clippy::arithmetic_side_effects, reason = "counts of indicators, of which a rubric has at most 10,000")]
    fn count(&mut self, evaluation: &Evaluation, scales: &Scales, number: usize, rating: Option<&Rating>) {
        self.indicators += 1;
        let Some(rating) = rating else {
            let is_judged = evaluation.judged_whole().get(number) == Some(&true);
            self.judged += u32::from(is_judged);
            self.unrated += u32::from(!is_judged);
            return;
        };
        match rating.given {
            Given::Level(level) => {
                if let Some(count) = self.levels.get_mut(level) {
                    *count += 1;
                }
                let counted = scales.counted(level);
                self.rated += u32::from(scales.is_rated(counted));
                self.met += u32::from(scales.meets(counted));
            }
            Given::Number(given) => {
                let indicator = evaluation.rubric().outline().indicators().get(number);
                let range = indicator.and_then(|indicator| scales.range(indicator.scale));
                let meets = range.and_then(|range| range.meets(&given.exact()));
                self.rated += 1;
                self.met += u32::from(meets == Some(true));
                self.in_no_share += u32::from(meets.is_none());
            }
        }
    }

    fn sum<'a>(scales: &Scales, of: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::new(scales);
        of.into_iter().for_each(|tally| sum.add(tally));
        sum
    }

    #[expect(clippy::arithmetic_side_effects, reason = "counts of indicators, of which a rubric has at most 10,000")]
    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.levels.iter_mut().zip(&other.levels) {
            *mine += theirs;
        }
        self.indicators += other.indicators;
        self.rated += other.rated;
        self.met += other.met;
        self.in_no_share += other.in_no_share;
        self.unrated += other.unrated;
        self.judged += other.judged;
    }
}

impl Evaluation {
    /// Computes the scorecard. Cannot fail: a checked evaluation names only parts of its rubric.
    pub fn score(&self) -> Scorecard {
        let (outline, scales) = (self.rubric().outline(), self.rubric().all());
        let under = |node: &Node| Tally::of(self, scales, &node.indicators);
        let domains = outline.nest(under, |node, competencies| {
            let tally = if competencies.is_empty() { under(node) } else { Tally::sum(scales, &competencies) };
            DomainTally { tally, competencies }
        });
        let overall = Tally::sum(scales, domains.iter().map(|domain| &domain.tally));
        Scorecard { evaluation: self.clone(), overall, domains, explained: Explained::of(self), steps: OnceLock::new() }
    }
}

impl Scorecard {
    /// The evaluation it was computed from.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The tally of every indicator in scope.
    pub fn overall(&self) -> &Tally {
        &self.overall
    }

    /// The tallies of the domains, in the rubric's order.
    pub fn domains(&self) -> &[DomainTally] {
        &self.domains
    }

    /// The tally of every domain and competency, in the rubric's order, each with its id and title.
    ///
    /// ```
    /// # use appraise::{Evaluation, Library, Rubric};
    /// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
    /// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
    /// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
    /// let planning = scorecard.nodes().next().expect("the rubric has domains");
    /// assert_eq!((planning.id, planning.code, planning.tally.met), ("planning", "1", 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nodes(&self) -> impl Iterator<Item = NodeTally<'_>> {
        let nodes = self.evaluation.rubric().outline().iter().filter(|node| node.tier != Tier::Indicator);
        nodes.filter_map(|node| {
            let (id, code, title) = (node.id.as_str(), node.code.as_str(), node.title.as_deref().unwrap_or_default());
            Some(NodeTally { id, code, title, is_domain: node.tier == Tier::Domain, tally: self.tally(node)? })
        })
    }

    /// The tally of a domain or competency.
    pub(crate) fn tally(&self, node: &Node) -> Option<&Tally> {
        let domain = self.domains.get(self.evaluation.rubric().outline().domain(node).place)?;
        if node.tier == Tier::Domain { Some(&domain.tally) } else { domain.competencies.get(node.place) }
    }

    /// The tally of the indicators of a domain, or of all, that are rated on a scale. The domain and the scale by their numbers.
    #[cfg(feature = "render")]
    pub(crate) fn tally_on(&self, scale: usize, domain: Option<usize>) -> Tally {
        let evaluation = &self.evaluation;
        let (rubric, scales) = (evaluation.rubric(), evaluation.rubric().all());
        let under = domain.and_then(|number| rubric.node(&rubric.domains().get(number)?.id));
        let mut tally = Tally::new(scales);
        for indicator in rubric.indicators().filter(|indicator| indicator.scale == scale) {
            if under.is_none_or(|node| node.indicators.contains(&indicator.index)) && evaluation.is_in_scope(indicator)
            {
                tally.count(evaluation, scales, indicator.index, evaluation.rating(indicator));
            }
        }
        tally
    }

    /// Whether every indicator in scope has an entry, or is judged as part of a whole.
    pub fn is_complete(&self) -> bool {
        self.overall.unrated == 0
    }

    /// The findings that did not stop scoring.
    pub fn diagnostics(&self) -> &Diagnostics {
        self.evaluation.diagnostics()
    }
}

/// Names no person and no text of the evaluation, so that it can stand in a log.
impl fmt::Debug for Scorecard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { evaluation, overall, .. } = self;
        f.debug_struct("Scorecard").field("evaluation", evaluation).field("overall", overall).finish_non_exhaustive()
    }
}

impl Serialize for Scorecard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        view::Scorecard::whole(self).serialize(serializer)
    }
}
