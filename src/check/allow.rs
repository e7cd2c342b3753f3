//! `allow`: warnings that are accepted, with a reason.

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Finding, Findings};
use crate::syntax::Allow;

use super::items;

/// Drops the warnings that an entry accepts, and warns of every entry that accepts none. The last rule of a document.
pub(super) fn apply(allow: Option<&Field<Vec<Field<Allow>>>>, findings: &Findings) {
    for (place, entry) in items(allow) {
        super::value::text(&entry.because, findings);
        let Some(written) = entry.code.word() else { continue };
        let Some(code) = Code::ALL.iter().copied().find(|code| code.as_str() == written) else {
            let known = Code::ALL.iter().map(|code| code.as_str());
            let help = findings.did_you_mean(written, known, || {
                "a finding's code stands in brackets when it is printed: `warning[code]`".to_owned()
            });
            findings.error(Code::UnknownCode, entry.code.span, format!("`{written}` is no code of a finding"), help);
            continue;
        };
        let at = entry.at.as_ref().and_then(Field::word);
        let is_about = |finding: &Finding| finding.code == code && (at.is_none() || finding.about.as_deref() == at);
        let mut silenced = false;
        let mut is_error = false;
        findings.retain(|finding| {
            // An entry that silences nothing is not to be hidden by the next one.
            let is_meant = is_about(finding) && code != Code::UnusedAllow;
            is_error |= is_meant && finding.severity == Severity::Error;
            let is_silenced = is_meant && finding.severity == Severity::Warning;
            silenced |= is_silenced;
            !is_silenced
        });
        if !silenced {
            let about = at.map(|at| format!(" about `{}`", super::value::shorten(at))).unwrap_or_default();
            let (message, help) = if is_error {
                (
                    format!("`{code}`{about} is an error here, and errors cannot be silenced"),
                    "mend what it is about, and remove this",
                )
            } else {
                (format!("this silences nothing: there is no warning `{code}`{about}"), "remove it")
            };
            findings.warning(Code::UnusedAllow, place, message, help.to_owned());
        }
    }
}
