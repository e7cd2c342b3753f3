//! Rules of the reference to the rubric: its id, version and fingerprint.

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::fingerprint;
use crate::source::{Field, Finding, Findings, Word};
use crate::syntax;

use super::super::value;
use super::Context;
use super::stale;

/// A rubric that is not at hand.
pub(crate) fn unknown_rubric<'k>(field: &Field<Word>, known: impl Iterator<Item = &'k str>, findings: &Findings) {
    let Some(id) = field.word() else { return };
    let known: Vec<&str> = known.collect();
    let help = findings.did_you_mean(id, known.iter().copied(), || match known.as_slice() {
        [] => "give the rubric's own file too: `--rubric FILE` on the command line".to_owned(),
        known => format!(
            "give the rubric's own file too, `--rubric FILE` on the command line; at hand are {}",
            known.join(", ")
        ),
    });
    findings.error(
        Code::UnknownRubric,
        field.span,
        format!("the rubric `{}` is not at hand", value::shorten(id)),
        help,
    );
}

/// The rubric is the one that the evaluation names, and unchanged. The fingerprint decides where there is one.
///
/// False when it is another one altogether, so that nothing else can be said.
pub(super) fn rubric(document: &syntax::Evaluation, context: &Context<'_>) -> bool {
    let (rubric, findings) = (context.rubric, context.findings);
    let Some(reference) = document.rubric.get() else { return true };
    if let Some(id) = reference.id.word()
        && id != rubric.id()
    {
        findings.error(
            Code::UnknownRubric,
            reference.id.span,
            format!("this evaluation is for the rubric `{}`, but is read with `{}`", value::shorten(id), rubric.id()),
            "read it with the rubric it names, write it for this one with `appraise migrate`, or correct the id"
                .to_owned(),
        );
        return false;
    }
    let version = reference.version.as_ref().and_then(|field| Some((field, value::version(field, findings)?)));
    if let Some(field) = &reference.fingerprint {
        let Some(written) = field.word() else { return true };
        if !written.eq_ignore_ascii_case(rubric.fingerprint()) {
            let (message, help) = if fingerprint::is_fingerprint(&written.to_ascii_lowercase()) {
                let message = format!("this evaluation was made against another text of `{}`", rubric.id());
                changed(document, message, &format!("write {}", rubric.fingerprint()), context)
            } else {
                let help = format!("remove it, or write that of the rubric: {}", rubric.fingerprint());
                ("a fingerprint is `sha256:` and 64 hex digits, and this text is none".to_owned(), help)
            };
            findings.push(
                Finding::new(context.severity(), Code::OtherFingerprint, field.span, message, help).about(rubric.id()),
            );
        }
    } else if let Some((field, version)) = version
        && version != rubric.0.version
    {
        let (id, here) = (rubric.id(), rubric.version());
        let message = format!("this evaluation was made against version {version} of `{id}`, but {here} is here");
        let (message, help) = changed(document, message, "change the version", context);
        findings
            .push(Finding::new(context.severity(), Code::OtherVersion, field.span, message, help).about(rubric.id()));
    }
    true
}

/// Ends the message with what changed, where the old rubric is at hand; the help says how to know it where it is not.
fn changed(document: &syntax::Evaluation, message: String, confirm: &str, context: &Context<'_>) -> (String, String) {
    if let Some(old) = context.old {
        let (changes, help) = stale::changes(document, old, context.rubric);
        return (format!("{message}{changes}"), help);
    }
    let help = format!(
        "what changed cannot be known without the rubric it was made against: give that with `--old`, or look at every \
         rating again and {confirm}"
    );
    (message, help)
}

/// The period lies within the time that the rubric is in effect.
pub(super) fn effective(document: &syntax::Evaluation, period: Option<(Date, Date)>, context: &Context<'_>) {
    if let Some((from, to)) = period
        && let Some((first, last)) = context.rubric.0.effective
        && (from < first || to > last)
    {
        context.findings.push(
            Finding::new(
                crate::diagnostic::Severity::Warning,
                Code::OutsideEffective,
                document.period.span,
                format!("the rubric is in effect from {first} to {last}, and this period is not within"),
                "use the rubric that was in effect, or accept this under `allow` with the reason".to_owned(),
            )
            .about(context.rubric.id()),
        );
    }
}
