//! Rules of compensatory policies, in which a high rating makes up for a low one.

use crate::diagnostic::Code;
use crate::source::Findings;
use crate::syntax::Scoring;

use super::super::value;

/// The clause that lets a high rating make up for a low one: `compensatory: true` has one, and nothing else does.
pub(super) fn clause(document: &Scoring, findings: &Findings) -> Option<String> {
    let because = document.because.as_ref();
    if let Some(because) = because {
        value::text(because, findings);
    }
    let field = document.compensatory.as_ref();
    let is_compensatory = field.is_some_and(|field| field.get() != Some(&false));
    match (field, because) {
        (Some(field), None) if is_compensatory => {
            let message = "the policy is `compensatory`, and does not say which clause makes it so".to_owned();
            let help = "add `because:` beside it, with the clause of the instrument or of the contract".to_owned();
            findings.error(Code::MissingClause, field.span, message, help);
        }
        (_, Some(because)) if !is_compensatory => {
            let message = "`because` of a policy says why it is `compensatory`, and it is not".to_owned();
            let help = "write `compensatory: true`, or move this to the step that the clause is about".to_owned();
            findings.error(Code::MisplacedKey, because.span, message, help);
        }
        _ => {}
    }
    because.filter(|_| is_compensatory).and_then(|field| field.text()).map(str::to_owned)
}
