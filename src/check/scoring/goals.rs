//! Rules of goal templates that a step's rating triggers.

use crate::diagnostic::Code;
use crate::rubric::GoalWhen;
use crate::source::Findings;
use crate::syntax::rubric::WhenRating;

use super::super::value;
use super::{Read, levels, some_of};

/// The step and the rating that call for a goal, or a finding.
pub(crate) fn goal_when(when: &WhenRating, scoring: Option<&Read>, findings: &Findings) -> Option<GoalWhen> {
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
    let Some(step) = scoring.steps.iter().find(|step| step.id == id) else {
        // One that could not be read may be meant.
        let steps = || scoring.steps.iter().map(|step| step.id.as_str());
        let is_mended = || steps().any(|step| value::is_mended(step, id));
        if (!scoring.is_whole && !scoring.steps.is_empty()) || is_mended() {
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
