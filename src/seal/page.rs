//! The evaluation that an HTML report carries as data, and the fingerprint of the page.

use crate::fingerprint;

use super::Doubt;

const DATA: &str = r#"<script type="application/json" id="appraise-evaluation">"#;
const PAGE: &str = r#"<script type="application/json" id="appraise-page">"#;
const END: &str = "</script>";
/// The key before the fingerprint of the page, which is over all other bytes of the page.
const OWN: &str = r#""page":"sha256:"#;
const DIGITS: usize = 64;

/// A page that carries an evaluation as data. `made` is the fingerprint of the program and templates that made the page;
/// `None` where the page shows more than its evaluation.
#[cfg(feature = "render")]
pub(crate) fn carry(page: &str, evaluation: &str, made: Option<&str>) -> String {
    // A text with `</script>` would end the data.
    let data = evaluation.replace('<', "\\u003c");
    let made = made.map(|made| format!(r#""made":"{made}","#)).unwrap_or_default();
    let (before, after) = page.rfind("</body>").and_then(|end| page.split_at_checked(end)).unwrap_or((page, ""));
    let head = format!("{before}{DATA}{data}{END}\n{PAGE}{{{made}{OWN}");
    let tail = format!("\"}}{END}\n{after}");
    let own = fingerprint::of_bytes(&[head.as_bytes(), tail.as_bytes()]);
    format!("{head}{}{tail}", own.trim_start_matches("sha256:"))
}

/// The parts of a report that can be verified.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The evaluation, as JSON.
    pub(crate) evaluation: &'a str,
    /// The fingerprint of the program and templates that made the page.
    pub(crate) made: Option<&'a str>,
    /// Whether the page is byte for byte as it was made.
    pub(crate) is_whole: bool,
}

/// Takes a report apart.
///
/// # Errors
///
/// A page that does not end as a page does, or has no evaluation as data.
pub(crate) fn parts(page: &str) -> Result<Report<'_>, Doubt> {
    if !page.trim_end().ends_with("</html>") {
        return Err(Doubt::Truncated);
    }
    let evaluation = only(page, DATA).ok_or(Doubt::NoData)?;
    let of_page = only(page, PAGE).ok_or(Doubt::NoData)?;
    let (made, own) = of_page.split_once(OWN).ok_or(Doubt::NoData)?;
    let own = own.split_at_checked(DIGITS).filter(|(_, rest)| *rest == "\"}").ok_or(Doubt::NoData)?.0;
    let at = page.find(PAGE).and_then(|start| Some(start + page.get(start..)?.find(OWN)? + OWN.len()));
    let rest = at.and_then(|at| Some([page.get(..at)?.as_bytes(), page.get(at + DIGITS..)?.as_bytes()]));
    let is_whole = rest.is_some_and(|rest| fingerprint::of_bytes(&rest).strip_prefix("sha256:") == Some(own));
    let made = made.strip_prefix(r#"{"made":""#).and_then(|made| made.strip_suffix(r#"","#));
    Ok(Report { evaluation, made, is_whole })
}

/// The content of an element that stands in the page once.
fn only<'a>(page: &'a str, begin: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(begin)?;
    let (content, after) = rest.split_once(END)?;
    (!after.contains(begin)).then_some(content)
}
