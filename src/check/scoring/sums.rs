//! The rule of sums that a member without a score lowers.

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::policy::{Of, Single, Step};
use crate::rubric::Scale;
use crate::source::{Finding, Findings};
use crate::syntax::Scoring;
use crate::syntax::scoring::{Missing, Take};

use super::super::{items, value};

/// "No opportunity" is no number, yet a sum without it is the sum with a 0 in its place.
pub(super) fn lowered(document: &Scoring, steps: &[Option<Step>], scale: &Scale, findings: &Findings) {
    // Without a level that is no rating, whatever is in scope has a score.
    if scale.not_rated().is_empty() {
        return;
    }
    let mut may_lack: Vec<bool> = Vec::new();
    for ((_, written), step) in items(Some(&document.steps)).zip(steps) {
        let Some(step) = step else {
            may_lack.push(false);
            continue;
        };
        let of_result = |slot: usize| {
            let of = steps.iter().position(|of| of.as_ref().is_some_and(|of| of.each.is_none() && of.first == slot));
            of.and_then(|of| may_lack.get(of)).copied().unwrap_or_default()
        };
        let (any, all) = match &step.of {
            None => (false, false),
            Some(Of::Indicators) => (true, true),
            Some(Of::Results(of)) => may_lack.get(*of).map_or((false, false), |may| (*may, *may)),
            Some(Of::List(list)) => {
                // An optional input may be meant to add to a sum where there is one.
                let may: Vec<bool> =
                    list.iter().map(|single| matches!(single, Single::Result(slot) if of_result(*slot))).collect();
                (may.contains(&true), !may.contains(&false))
            }
        };
        let excludes = step.missing == Missing::Exclude;
        let needs_all = step.minimum_rated.as_ref().is_some_and(|percent| *percent >= Exact::from(100));
        if step.take == Some(Take::Sum)
            && any
            && excludes
            && !needs_all
            && let Some(take) = &written.take
        {
            let message =
                format!("a member without a score lowers the sum of `{}`, as a 0 would", value::shorten(&step.id));
            let help = "write `missing: block` or `minimum_rated: 100`, take a mean, or accept this under `allow`";
            let finding = Finding::new(Severity::Warning, Code::LoweredSum, take.span, message, help.to_owned());
            findings.push(finding.about(&step.id));
        }
        let falls_short = step.minimum_rated.is_some() && any;
        may_lack.push(step.take.is_none() || (excludes && (all || falls_short)));
    }
}
