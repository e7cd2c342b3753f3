//! Rules of goal templates that a step's rating triggers.

use crate::diagnostic::Code;
use crate::rubric::GoalWhen;
use crate::source::Findings;
use crate::syntax::rubric::WhenRating;

use super::super::value;
use super::{Read, StepName, levels, some_of};

/// The step and the rating that call for a goal, or a finding. Of several policies one with the step is enough.
pub(crate) fn goal_when(when: &WhenRating, scoring: Option<&[Read]>, findings: &Findings) -> Option<GoalWhen> {
    let id = when.rating.word()?;
    let name = value::shorten(id);
    let Some(scoring) = scoring else {
        findings.error(
            Code::UnknownStep,
            when.rating.span,
            format!("there is no step `{name}`: this rubric has no scoring policy"),
            "name a level of the scale instead, as in `when: has_not_met`".to_owned(),
        );
        return None;
    };
    let all = || scoring.iter().flat_map(|policy| &policy.steps);
    let of_this_name = || all().filter(|step| step.id == id);
    let has_level = |step: &&StepName| {
        let word = when.is.word();
        step.levels.as_ref().is_none_or(|levels| word.is_none_or(|word| levels.position(word).is_some()))
    };
    let rating = || of_this_name().filter(|step| step.rates);
    let step = rating().find(has_level).or_else(|| rating().next()).or_else(|| of_this_name().next());
    let Some(step) = step else {
        // One that could not be read may be meant.
        let steps = || all().map(|step| step.id.as_str());
        let is_mended = || steps().any(|step| value::is_mended(step, id));
        if scoring.iter().any(|policy| !policy.is_whole && !policy.steps.is_empty()) || is_mended() {
            return None;
        }
        let known: Vec<&str> = steps().filter(|id| value::can_be_meant(id)).collect();
        let help = findings.did_you_mean(id, known.iter().copied(), || match known.as_slice() {
            [] => "name a level of the scale instead, as in `when: has_not_met`".to_owned(),
            known => format!("the steps are {}", some_of(known)),
        });
        findings.error(Code::UnknownStep, when.rating.span, format!("there is no step `{name}`"), help);
        return None;
    };
    if !step.rates {
        findings.error(
            Code::WrongKind,
            when.rating.span,
            format!("the step `{name}` gives no rating"),
            "give it `bands`, or name another step or a level of the scale".to_owned(),
        );
        return None;
    }
    levels::rating(&when.is, step.levels.as_deref(), findings)?;
    Some(GoalWhen::Result { step: id.to_owned(), rating: when.is.word()?.to_owned() })
}
