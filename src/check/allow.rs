//! `allow`: warnings that are accepted, with a reason.

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Findings, Span};
use crate::syntax::Allow;

use super::items;

/// Drops the warnings that an entry accepts, and warns of every entry that accepts none. The last rule of a document.
pub(super) fn apply(allow: Option<&Field<Vec<Field<Allow>>>>, findings: &Findings) {
    let mut entries: Vec<Entry<'_>> = items(allow).filter_map(|(place, entry)| read(place, entry, findings)).collect();
    // By what they silence, so that many entries and many findings are no product.
    let mut by_meaning: HashMap<(Code, Option<&str>), Vec<usize>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        by_meaning.entry((entry.code, entry.at)).or_default().push(number);
    }
    findings.retain(|finding| {
        let mut is_silenced = false;
        for at in [None, finding.about.as_deref()] {
            for number in by_meaning.get(&(finding.code, at)).into_iter().flatten() {
                let Some(entry) = entries.get_mut(*number) else { continue };
                match finding.severity {
                    Severity::Warning => {
                        entry.silences = true;
                        is_silenced = true;
                    }
                    Severity::Error => entry.is_about_an_error = true,
                }
            }
        }
        !is_silenced
    });
    for entry in entries.iter().filter(|entry| !entry.silences) {
        let code = entry.code;
        let about = entry.at.map(|at| format!(" about `{}`", super::value::shorten(at))).unwrap_or_default();
        let (message, help) = if entry.is_about_an_error {
            (
                format!("`{code}`{about} is an error here, and errors cannot be silenced"),
                "mend what it is about, and remove this",
            )
        } else {
            (format!("this silences nothing: there is no warning `{code}`{about}"), "remove it")
        };
        findings.warning(Code::UnusedAllow, entry.place, message, help.to_owned());
    }
}

/// An entry that names a code.
struct Entry<'a> {
    place: Span,
    code: Code,
    at: Option<&'a str>,
    silences: bool,
    is_about_an_error: bool,
}

fn read<'a>(place: Span, entry: &'a Allow, findings: &Findings) -> Option<Entry<'a>> {
    super::value::text(&entry.because, findings);
    let written = super::value::word(&entry.code, findings)?;
    let Some(code) = Code::ALL.iter().copied().find(|code| code.as_str() == written) else {
        let known = Code::ALL.iter().map(|code| code.as_str());
        let help = findings.did_you_mean(written, known, || {
            "a finding's code stands in brackets when it is printed: `warning[code]`".to_owned()
        });
        let message = format!("`{}` is no code of a finding", super::value::shorten(written));
        findings.error(Code::UnknownCode, entry.code.span, message, help);
        return None;
    };
    let at = entry.at.as_ref().and_then(Field::word);
    Some(Entry { place, code, at, silences: false, is_about_an_error: false })
}
