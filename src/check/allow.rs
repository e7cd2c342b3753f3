//! `allow`: warnings that are accepted, with a reason.

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Findings};
use crate::syntax::Allow;

use super::items;

/// Drops the warnings that an entry accepts, and warns of every entry that accepts none. The last rule of a document.
pub(super) fn apply(allow: Option<&Field<Vec<Field<Allow>>>>, findings: &Findings) {
    for (place, entry) in items(allow) {
        super::value::text(&entry.because, findings);
        let Some(written) = entry.code.word() else { continue };
        let Some(code) = Code::ALL.iter().copied().find(|code| code.as_str() == written) else {
            let known = Code::ALL.iter().map(|code| code.as_str());
            let help = findings.did_you_mean(written, known, || "the codes are listed in the README".to_owned());
            findings.error(Code::UnknownCode, entry.code.span, format!("`{written}` is no code of a finding"), help);
            continue;
        };
        let at = entry.at.as_ref().and_then(Field::word);
        let mut silenced = false;
        findings.retain(|finding| {
            let is_meant = finding.severity == Severity::Warning
                && finding.code == code
                && (at.is_none() || finding.about.as_deref() == at);
            silenced |= is_meant;
            !is_meant
        });
        if !silenced {
            findings.warning(
                Code::UnusedAllow,
                place,
                format!(
                    "this silences nothing: there is no warning `{code}`{}",
                    at.map(|at| format!(" about `{at}`")).unwrap_or_default()
                ),
                "remove it; only warnings can be silenced".to_owned(),
            );
        }
    }
}
