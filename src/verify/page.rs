//! Makes a report again, and compares it.

use crate::evaluation::Evaluation;
use crate::render::{Format, Renderer};
use crate::seal::Doubt;

/// Compares a page with the report that is made of its evaluation now. Returns why it was not compared, if it was not.
pub(super) fn compare(page: &str, evaluation: &Evaluation, made: Option<&str>) -> Result<Option<String>, Doubt> {
    let renderer = Renderer::new();
    let why = match made {
        None => Some("it shows other evaluations too"),
        Some(made) if made != renderer.fingerprint() => {
            Some("it was made by another version of this program, or with other templates")
        }
        Some(_) => None,
    };
    if let Some(why) = why {
        return Ok(Some(why.to_owned()));
    }
    match renderer.report(&evaluation.score(), Format::Html) {
        Ok(again) if again == page => Ok(None),
        _ => Err(Doubt::OtherPage),
    }
}
