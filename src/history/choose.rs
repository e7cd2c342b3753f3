//! Chooses the evaluations that count: one of each period, evaluations of record before others.

use std::cmp::Reverse;

use crate::evaluation::{Evaluation, Status, Type};

use super::Drafts;
use super::year::{Beside, WhyBeside};

/// The evaluations of one person: those that count, and the others.
pub(super) struct Choice<'a> {
    pub(super) counted: Vec<&'a Evaluation>,
    pub(super) beside: Vec<Beside>,
}

pub(super) fn choose(evaluations: &[Evaluation], drafts: Drafts) -> Choice<'_> {
    let mut left: Vec<(&Evaluation, WhyBeside)> = Vec::new();
    // A self-evaluation that the employee does not share is in no history, not even as left out.
    let mut those: Vec<&Evaluation> = evaluations.iter().filter(|evaluation| evaluation.is_shared()).collect();
    let mut leave_out = |those: &mut Vec<_>, why, is_out: &dyn Fn(&Evaluation) -> bool| {
        left.extend(out_of(those, is_out).into_iter().map(|evaluation| (evaluation, why)));
    };
    leave_out(&mut those, WhyBeside::SelfEvaluation, &|evaluation| *evaluation.kind() == Type::SelfEvaluation);
    if drafts == Drafts::LeftOut {
        leave_out(&mut those, WhyBeside::Draft, &|evaluation| evaluation.status() == Status::Draft);
    }
    let year = |evaluation: &Evaluation| evaluation.period().school_year();
    let of_record = those.iter().filter(|evaluation| evaluation.kind().is_of_record());
    let of_record: Vec<i16> = of_record.map(|evaluation| year(evaluation)).collect();
    leave_out(&mut those, WhyBeside::OnTheWay, &|evaluation| {
        !evaluation.kind().is_of_record() && of_record.contains(&year(evaluation))
    });
    // The sort keeps the order of what is equal, so the first of a period is the one that counts.
    those.sort_by_key(|evaluation| {
        let period = evaluation.period();
        let is_final = evaluation.status() == Status::Final;
        (period.to, period.from, Reverse(is_final), Reverse(evaluation.completed_on()))
    });
    let mut counted: Vec<&Evaluation> = Vec::with_capacity(those.len());
    for evaluation in those {
        if counted.last().is_some_and(|last| last.period() == evaluation.period()) {
            left.push((evaluation, WhyBeside::SamePeriod));
        } else {
            counted.push(evaluation);
        }
    }
    left.sort_by_key(|(evaluation, _)| (evaluation.period().to, evaluation.period().from));
    let beside = left.into_iter().map(|(evaluation, why)| Beside::of(evaluation, why, &counted)).collect();
    Choice { counted, beside }
}

/// Takes out those of which something holds.
fn out_of<'a>(those: &mut Vec<&'a Evaluation>, is_out: &dyn Fn(&Evaluation) -> bool) -> Vec<&'a Evaluation> {
    let (out, stay) = those.iter().partition(|evaluation| is_out(evaluation));
    *those = stay;
    out
}
