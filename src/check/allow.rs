//! Applies `allow`: removes accepted warnings, and reports entries that accept nothing.

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::rubric::Rubric;
use crate::source::{Field, Findings, Span, Word};
use crate::syntax::Allow;

use super::items;

/// Drops the warnings that an entry accepts, and warns of every entry that accepts none, unless `is_for_others` knows that its
/// code and part are for warnings elsewhere. The last rule of a document.
pub(super) fn apply(
    allow: Option<&Field<Vec<Field<Allow>>>>,
    is_for_others: impl Fn(Code, Option<&str>) -> bool,
    findings: &Findings,
) {
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
    let is_unused = |entry: &&Entry<'_>| !entry.silences && !is_for_others(entry.code, entry.at);
    for entry in entries.iter().filter(is_unused) {
        let code = entry.code;
        let about = entry.at.map(|at| format!(" about `{}`", super::value::shorten(at))).unwrap_or_default();
        let (message, help) = if entry.is_about_an_error {
            (
                format!("`{code}`{about} is an error here, and errors cannot be silenced"),
                "mend the error, and remove this entry",
            )
        } else {
            (format!("this entry silences nothing: there is no warning `{code}`{about}"), "remove it")
        };
        findings.warning(Code::UnusedAllow, entry.place, message, help.to_owned());
    }
}

/// Drops the warnings about an evaluation that its rubric accepts: all with a code, or those about one part of the rubric.
pub(super) fn apply_of_rubric(rubric: &Rubric, findings: &Findings) {
    let entries: Vec<&Allow> = items(rubric.0.written.allow.as_ref()).map(|(_, entry)| entry).collect();
    let lies_under = |about: Option<&str>, at: &str| {
        let indicators = |id: &str| rubric.node(id).map(|node| node.indicators.clone());
        let is_within = || {
            let (about, at) = (indicators(about?)?, indicators(at)?);
            Some(at.start <= about.start && about.end <= at.end)
        };
        about == Some(at) || is_within().unwrap_or_default()
    };
    findings.retain(|finding| {
        let accepts = |entry: &&Allow| {
            let is_at = |at: &Field<Word>| at.word().is_some_and(|at| lies_under(finding.about.as_deref(), at));
            entry.code.word() == Some(finding.code.as_str()) && entry.at.as_deref().is_none_or(is_at)
        };
        let is_silenced = finding.severity == Severity::Warning && entries.iter().any(accepts);
        !is_silenced
    });
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
    let Some(code) = Code::named(written) else {
        let known = Code::ALL.iter().map(|code| code.as_str());
        let help = findings.did_you_mean(written, known, || {
            "a finding's code stands in brackets when it is printed: `warning[code]`".to_owned()
        });
        let message = format!("`{}` is no code of a finding", super::value::shorten(written));
        findings.error(Code::UnknownCode, entry.code.span, message, help);
        return None;
    };
    let at = entry.at.as_deref().and_then(Field::word);
    Some(Entry { place, code, at, silences: false, is_about_an_error: false })
}
