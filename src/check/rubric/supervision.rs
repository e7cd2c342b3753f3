//! Rules of the supervision that a rubric asks for.

use crate::diagnostic::Code;
use crate::source::{Field, Findings};
use crate::syntax;

use super::super::{items, value};
use super::own_ids;

/// The most weeks in which supervision can be asked for once.
const MOST_WEEKS: u32 = 52;

/// Kinds with ids that are well-formed, each once, and with labels that say something; a number of weeks that a year has.
pub(super) fn supervision(document: &syntax::Rubric, findings: &Findings) {
    let Some(supervision) = document.supervision.as_ref().and_then(Field::get) else { return };
    if supervision.kinds.get().is_some_and(Vec::is_empty) {
        let message = "this supervision has no kinds, so no session can be recorded".to_owned();
        let help = "write at least one kind with `id` and `label`, or remove `supervision`".to_owned();
        findings.error(Code::EmptyList, supervision.kinds.span, message, help);
    }
    let kinds = || items(Some(&supervision.kinds));
    own_ids(kinds().map(|(_, kind)| &*kind.id), "kind of supervision", findings);
    for (_, kind) in kinds() {
        value::text(&kind.label, findings);
    }
    let Some(weeks) = supervision.every.as_ref().and_then(Field::get).map(|every| &every.weeks) else { return };
    if let Some(number) = weeks.get()
        && !(1..=MOST_WEEKS).contains(number)
    {
        let message = format!("supervision every {number} weeks is outside the range from 1 to {MOST_WEEKS}");
        let help = "write how many weeks may pass from one session to the next, such as 1".to_owned();
        findings.error(Code::BadNumber, weeks.span, message, help);
    }
}
