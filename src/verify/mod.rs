//! Finishes, amends and verifies evaluations: a sealed evaluation proves itself offline, and so does its HTML report.
//!
//! A seal is a fingerprint, no signature. Whoever can write a document can seal it anew: compare the fingerprint with the one
//! that stands where nobody can change it, such as on the paper that was signed.

mod amend;
mod finish;
mod outcome;
#[cfg(feature = "render")]
mod page;

use crate::diagnostic::Severity;
use crate::evaluation::{Evaluation, Seal};
use crate::library::Library;
use crate::rubric::Rubric;
use crate::seal;
use crate::source::{Any, Plain};
use crate::syntax::{self, Source};

pub use self::outcome::{FirstDoubt, Verification, Verifications, VerifiedSeal};
pub use crate::seal::Doubt;

/// The statements about a sealed evaluation, or its report, that hold.
///
/// ```
/// use appraise::{Library, verify::verify};
///
/// let text = "
/// rubric: { id: connecticut_school_social_work }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// scope: [deadlines]
/// ratings: { deadlines: has_met }
/// ";
/// let library = Library::bundled();
/// let mut evaluation = library.check("rivera.yaml", text).value.expect("it keeps every rule");
/// evaluation.finish("2026-06-12", "E-0007")?;
/// let verified = verify(&evaluation.to_yaml(), &library).expect("nothing was changed");
/// assert_eq!(verified.seal, *evaluation.seal().expect("it is sealed"));
/// assert!(verified.verified[0].starts_with("nothing under the seal of 2026-06-12"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verified {
    /// The seal.
    pub seal: Seal,
    /// The number of amendments.
    pub amendments: usize,
    /// The statements that hold, in words.
    pub verified: Vec<String>,
    /// The statements that nobody can know from the document, or from the rubrics at hand, in words.
    pub not_verified: Vec<String>,
    /// The evaluation, where its rubric is at hand.
    pub evaluation: Option<Evaluation>,
}

/// Verifies a sealed evaluation (YAML or JSON), or the HTML report of one. Where the library has its rubric, the evaluation is
/// also checked, its sealed original is scored again, and a report is made again and compared.
///
/// A text that begins as JSON has to be JSON. White space outside of texts is no part of the data, nor is another spelling of
/// the same number or character, such as `1e3` and `1E3`; of a report every byte counts.
///
/// # Errors
///
/// The first thing that does not hold.
pub fn verify(text: &str, library: &Library) -> Result<Verified, Doubt> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return verify_document(text, library);
    }
    let report = seal::parts(text)?;
    let mut verified = verify_document(report.evaluation, library)?;
    if !report.is_whole {
        return Err(Doubt::ChangedPage);
    }
    verified.verified.push("the page is as it was made, byte for byte".to_owned());
    let same = "that the page shows what its evaluation says";
    let not_compared = match &verified.evaluation {
        None => Some("the rubric is not at hand".to_owned()),
        #[cfg(feature = "render")]
        Some(evaluation) => page::compare(text, evaluation, report.made)?,
        #[cfg(not(feature = "render"))]
        Some(_) => report.made.or(Some("")).map(|_| "this program makes no pages".to_owned()),
    };
    match not_compared {
        None => verified.verified.push("the page was made again of its evaluation, and is the same".to_owned()),
        Some(why) => verified.not_verified.push(format!("{same}: {why}; `appraise report` makes it again")),
    }
    Ok(verified)
}

fn verify_document(text: &str, library: &Library) -> Result<Verified, Doubt> {
    let source = Source::parse("evaluation", text);
    let unreadable = |reason: &str| Doubt::Unreadable { reason: reason.to_owned() };
    let tree = source.tree().ok_or_else(|| match text.trim().is_empty() {
        true => unreadable("it is empty"),
        false => unreadable("it is neither YAML nor JSON"),
    })?;
    if !tree.is_map() {
        return Err(unreadable("it has no keys, such as `rubric:` and `ratings:`"));
    }
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') && !source.is_json() {
        return Err(unreadable("it begins as JSON and is none"));
    }
    let document = Any::of_node(tree);
    if document.get("domains").is_some() && document.get("seal").is_none() {
        return Err(unreadable("it is a rubric"));
    }
    let original = seal::original(&document)?;
    let findings = source.findings();
    let written: Option<syntax::Evaluation> = source.read(&findings);
    let seal = written.as_ref().and_then(|written| written.seal.as_ref()?.get()?.checked());
    let seal = seal.ok_or_else(|| Doubt::Malformed { reason: "the seal lacks a key, or one is no date".to_owned() })?;
    let amendments = written.and_then(|written| written.amendments?.get().map(Vec::len)).unwrap_or_default();
    let mut verified = Verified {
        verified: vec![format!("nothing under the seal of {} by `{}` was changed but by amendments", seal.on, seal.by)],
        not_verified: vec![
            format!(
                "who made the seal, for it is no signature: compare {} with the paper that was signed",
                seal.evaluation
            ),
            "that no later amendment, response or event was taken off at the end".to_owned(),
        ],
        seal,
        amendments,
        evaluation: None,
    };
    if amendments > 0 {
        let chain = "each amendment follows on the one before, and together they lead back to what was sealed";
        verified.verified.push(chain.to_owned());
    }
    match library.made_against("evaluation", text) {
        None => verified.not_verified.push("the check and the result: the rubric is not at hand".to_owned()),
        Some(rubric) => {
            verified.evaluation = Some(checked(text, &rubric)?);
            verified.verified.push(format!("it keeps every rule of the rubric `{}` {}", rubric.id(), rubric.version()));
            let original = serde_json::to_string(&original).unwrap_or_default();
            result(&checked(&original, &rubric)?, &mut verified)?;
        }
    }
    Ok(verified)
}

/// The evaluation, if the check finds no error.
fn checked(text: &str, rubric: &Rubric) -> Result<Evaluation, Doubt> {
    Evaluation::parse("evaluation", text, rubric).map_err(|found| {
        let error = found.iter().find(|finding| finding.severity == Severity::Error);
        Doubt::Refused { reason: error.map(|finding| finding.message.clone()).unwrap_or_default() }
    })
}

/// Compares the result in the seal with the one that is computed from what was sealed.
fn result(original: &Evaluation, verified: &mut Verified) -> Result<(), Doubt> {
    let Some(sealed) = &verified.seal.result else { return Ok(()) };
    let policy = original.policy();
    let other_policy = original.rubric().scoring_fingerprint() != verified.seal.scoring.as_deref();
    let asks_history = policy.is_some_and(|policy| policy.inputs.iter().any(|input| input.from_history.is_some()));
    let why = match (other_policy, asks_history) {
        (true, _) => Some("the rubric at hand has another scoring policy"),
        (_, true) => Some("it may rest on earlier evaluations"),
        _ => None,
    };
    if let Some(why) = why {
        verified.not_verified.push(format!("the result in the seal: {why}"));
        return Ok(());
    }
    let (sealed, computed) = (Any::of(sealed), finish::result(&original.score()));
    if !seal::same(Some(&sealed), computed.as_ref()) {
        return Err(Doubt::OtherResult { sealed: in_words(Some(&sealed)), computed: in_words(computed.as_ref()) });
    }
    verified.verified.push("the result in the seal is computed again from what was sealed, and is the same".to_owned());
    Ok(())
}

/// "has_met, score 2.5".
fn in_words(result: Option<&Any>) -> String {
    let text = |key: &str| match result.and_then(|result| result.get(key)) {
        Some(Any::Text(text)) => Some(text.clone()),
        _ => None,
    };
    match (text("rating"), text("score"), text("status")) {
        (Some(rating), Some(score), _) => format!("{rating}, score {score}"),
        (Some(rating), None, _) => rating,
        (None, Some(score), _) => format!("score {score}"),
        (None, None, Some(status)) => status,
        _ => "none".to_owned(),
    }
}
