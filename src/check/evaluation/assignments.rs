//! The rule of an employee's assignments: their shares of a full-time position at one time.

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::source::{Field, Number};
use crate::syntax;

use super::super::{items, value};
use super::Context;

/// The assignments at one time add up to one position at most.
pub(super) fn excess_fte(employee: &syntax::evaluation::Employee, context: &Context<'_>) {
    const HELP: &str = "write 0.5 for half a position, and `from` and `to` where one assignment follows another; if it \
                        is more than one position, accept this under `allow` with the reason";
    let warn = |place, message| context.findings.warning(Code::ExcessFte, place, message, HELP.to_owned());
    let shares = items(employee.assignments.as_ref()).filter_map(|(_, assignment)| assignment.fte.as_ref());
    let mut single =
        shares.filter_map(|field| Some((field.span, field.get()?))).filter(|(_, share)| is_excess(&share.0));
    let mut is_single = false;
    for (place, Number(share)) in single.by_ref() {
        is_single = true;
        warn(place, format!("{} is a share of more than one position", share.decimal()));
    }
    let most = most_at_one_time(employee);
    if let (Some(field), Some(most)) = (&employee.assignments, most.filter(|most| is_excess(most) && !is_single)) {
        warn(field.span, format!("the assignments at one time add up to {} positions", most.decimal()));
    }
}

fn is_excess(share: &Exact) -> bool {
    *share > Exact::from(1)
}

/// The greatest sum of shares on one day. `None` where a share or a day is one that could not be read.
fn most_at_one_time(employee: &syntax::evaluation::Employee) -> Option<Exact> {
    // Assignments that end on a day end before another begins on the same day.
    let mut changes = Vec::new();
    for (_, assignment) in items(employee.assignments.as_ref()) {
        let Some(share) = &assignment.fte else { continue };
        let Number(share) = share.get()?;
        let day = |field: Option<&Field<_>>, otherwise| match field {
            Some(field) => value::sound_date(Some(field)).map(|(date, _)| date),
            None => Some(otherwise),
        };
        changes.push((day(assignment.from.as_ref(), Date::MIN)?, Change::Begins, share));
        changes.push((day(assignment.to.as_ref(), Date::MAX)?, Change::Ends, share));
    }
    changes.sort_by_key(|(date, change, _)| (*date, *change));
    let mut now = Exact::zero();
    let mut most = Exact::zero();
    for (_, change, share) in changes {
        now = match change {
            Change::Begins => now + share.clone(),
            Change::Ends => now - share.clone(),
        };
        most = most.max(now.clone());
    }
    Some(most)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Ends,
    Begins,
}
