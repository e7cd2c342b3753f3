//! The context of the templates of a program evaluation.

use std::borrow::Cow;

use crate::evaluation::{Evaluation, Rating, Status};
use crate::exact::Exact;
use crate::rubric::{self, Node, Rubric};
use crate::score::Scorecard;
use crate::summary::Program;
use crate::view::view;

use super::summary::SummaryPage;
use super::{Dates, Level, RubricView};

view! {
    /// The values that `program.html` and `program.md` see.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct ProgramPage<'a> of |program: &'a Program|
    let scorecard = program.supports();
    let evaluation = scorecard.evaluation();
    let rubric = evaluation.rubric();
    let period = evaluation.period();
    let overall = scorecard.overall();
    {
        /// The version of this context.
        context: u32 = super::VERSION,
        /// The rubric by which the organization is evaluated.
        rubric: RubricView<'a> = RubricView::of(rubric),
        /// The organization's name.
        name: &'a str = evaluation.whom().name(),
        /// The period of the organization's evaluation.
        period: Dates = Dates::of(Some(period.from), Some(period.to)),
        /// Draft or final.
        status: Status = evaluation.status(),
        /// The names of those who evaluated the organization.
        evaluators: Vec<&'a str> = evaluation.evaluators().iter().map(|evaluator| evaluator.name.as_str()).collect(),
        /// The narrative of the organization's evaluation.
        narrative: Option<&'a str> = evaluation.summary(),
        /// The levels of the organization's rubric.
        levels: Vec<Level<'a>> = Level::of(rubric.all(), rubric.scales_under(None)),
        /// The number of rated indicators of the organization's rubric.
        rated: u32 = overall.rated,
        /// The number of these that meet expectations.
        met: u32 = overall.met,
        /// This share in whole percent; null when none is rated.
        percent_met: Option<String> = overall.share_met().as_ref().map(Exact::percent),
        /// The domains of the organization's rubric: what the district provides.
        domains: Vec<Provided<'a>> = Provided::all(scorecard),
        /// The evaluations of the staff, as far as they may be shown; the context of `summary.html`.
        staff: SummaryPage<'a> = SummaryPage::of(program.staff()),
        /// The fingerprint of the organization's evaluation.
        fingerprint: &'a str = evaluation.fingerprint(),
    }
}

view! {
    /// A domain of what the district provides.
    struct Provided<'a> of |node: &'a Node, evaluation: &'a Evaluation, rubric: &'a Rubric|
    let under = rubric.indicators().skip(node.indicators.start).take(node.indicators.len());
    {
        code: &'a str = &node.code,
        title: &'a str = node.title.as_deref().unwrap_or_default(),
        statement: Option<&'a str> = node.statement.as_deref(),
        /// Its indicators in scope.
        indicators: Vec<Support<'a>> = under
            .filter(|indicator| evaluation.is_in_scope(indicator))
            .map(|indicator| Support::of(indicator, evaluation, evaluation.rating(indicator)))
            .collect(),
    }
}

impl<'a> Provided<'a> {
    fn all(scorecard: &'a Scorecard) -> Vec<Self> {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let mut all = rubric.outline().nest(|_: &'a Node| (), |node, _| Self::of(node, evaluation, rubric));
        all.retain(|domain| !domain.indicators.is_empty());
        all
    }
}

view! {
    /// One thing that a district is to provide.
    struct Support<'a> of |indicator: &'a rubric::Indicator, evaluation: &'a Evaluation, rating: Option<&'a Rating>|
    let level = rating.and_then(|rating| evaluation.level(rating));
    {
        id: &'a str = &indicator.id,
        code: &'a str = &indicator.code,
        title: Option<&'a str> = indicator.title.as_deref(),
        statement: &'a str = &indicator.statement,
        /// The id of the level; null where it has none.
        level: Option<&'a str> = level.map(|level| level.id.as_str()),
        /// The rating as people call it; null where it is not rated.
        given: Option<String> = rating.and_then(|rating| evaluation.said(indicator, rating)).map(Cow::into_owned),
        /// The comment.
        comment: Option<&'a str> = rating.and_then(|rating| rating.comment.as_deref()),
        /// Whether it is about supervision, of which the staff's evaluations tell.
        of_supervision: bool = indicator.id.contains("supervision"),
    }
}
