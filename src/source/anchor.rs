//! Finds texts whose first word YAML takes for the name of an anchor.

use crate::diagnostic::{Code, Severity};

use super::findings::{Finding, Findings};
use super::quote::shorten;
use super::span::Span;
use super::tree::narrow;

/// Reports the anchors of texts that no alias names: `&Mrs. Shah agreed` loses its first word. `places` are those of the
/// texts.
pub(super) fn unused<'p>(text: &str, places: impl Iterator<Item = &'p Span>, findings: &Findings) {
    for place in places {
        let before = text.get(..place.start as usize).unwrap_or_default();
        let Some(start) = before.rfind('&') else { continue };
        let name = before.get(start..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        let at = Span { start: narrow(start), end: narrow(start.saturating_add(name.len())), ..*place };
        let message = format!("YAML takes `{}` for the name of an anchor: it is not part of the text", shorten(name));
        let help = "put the whole text in quotes; an anchor is for an alias, and no alias names this one".to_owned();
        findings.push(Finding::new(Severity::Error, Code::CutText, at, message, help).of(*place));
    }
}
