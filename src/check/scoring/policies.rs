//! Rules of several policies in one rubric.

use crate::diagnostic::{Code, Severity};
use crate::policy::Policy;
use crate::source::{Field, Finding, Findings, OneOrList};
use crate::syntax::Scoring;
use crate::syntax::scoring::Policies;

use super::applies::Applies;
use super::{Ground, Read, each_once, not_empty, scoring, value};

/// Every policy in the order of the document, sound or not.
pub(crate) fn policies(field: &Field<Policies>, ground: &Ground<'_>, findings: &Findings) -> Vec<Read> {
    let list = match field.get() {
        None => return vec![Read::unread()],
        Some(OneOrList::One(policy)) => return vec![scoring(policy, field.span, ground, findings)],
        Some(OneOrList::List(list)) => list,
    };
    not_empty(list, field.span, "no scoring policy", findings);
    let ids = list.iter().filter_map(|field| field.get()?.id.as_ref());
    let ids = ids.filter_map(|id| Some((id.word()?, id.span)));
    let twice = |id: &str| format!("policy `{}` is defined twice", value::shorten(id));
    each_once(ids, Code::DuplicateId, findings, twice, "remove one of them, or give it an id of its own");
    let read: Vec<Read> = list
        .iter()
        .map(|field| field.get().map_or_else(Read::unread, |policy| scoring(policy, field.span, ground, findings)))
        .collect();
    unreachable(list, &read, ground, findings);
    read
}

/// Whether every policy could be read.
pub(crate) fn all_read(field: &Field<Policies>) -> bool {
    match field.get() {
        None => false,
        Some(OneOrList::One(_)) => true,
        Some(OneOrList::List(list)) => list.iter().all(|field| field.get().is_some()),
    }
}

/// The policies, when each keeps every rule.
pub(crate) fn sound(read: Vec<Read>) -> Option<Vec<Policy>> {
    read.into_iter().map(|read| read.policy).collect()
}

/// Each evaluation is scored by the first policy that fits it: a policy that only fits what an earlier one fits is never used.
fn unreachable(list: &[Field<Scoring>], read: &[Read], ground: &Ground<'_>, findings: &Findings) {
    for (number, (field, own)) in list.iter().zip(read).enumerate() {
        let earlier: Vec<&Applies> = read.iter().take(number).map(|read| &read.applies).collect();
        let is_known = own.applies.is_known && earlier.iter().all(|applies| applies.is_known);
        if !is_known || !own.applies.is_within(&earlier, &ground.types) {
            continue;
        }
        let policy = field.get();
        let place = policy.and_then(|policy| policy.r#for.as_ref()).map_or(field.span, |field| field.span);
        let id = policy.and_then(|policy| policy.id.as_ref()?.word());
        let name = id.map_or_else(|| format!("policy {}", number.saturating_add(1)), |id| format!("the policy `{id}`"));
        let message = format!("{name} scores no evaluation: a policy above it takes each one that it is for");
        let help = "move it up, above the more general policy, or narrow the `for` of that one".to_owned();
        let finding = Finding::new(Severity::Warning, Code::UnreachablePolicy, place, message, help);
        findings.push(match id {
            Some(id) => finding.about(id),
            None => finding,
        });
    }
}

/// The id and the label of a policy.
pub(super) fn own_id(policy: &Scoring, findings: &Findings) -> (Option<String>, Option<String>) {
    let id = policy.id.as_ref().and_then(|id| value::id(id, findings));
    let label = policy.label.as_ref().and_then(|label| value::text(label, findings));
    (id.map(str::to_owned), label.map(str::to_owned))
}
