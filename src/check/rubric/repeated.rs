//! Rules of titles and statements that differ only in case, white space or Unicode form.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::rubric::Tier;
use crate::source::{Field, Finding, Findings, Span, Word};
use crate::syntax::outline::Node;

use super::super::{alike, value};

/// No two domains, and no two competencies of one domain, have titles that readers take for the same.
pub(super) fn titles(nodes: &[Node<'_>], findings: &Findings) {
    same_titles(nodes, Tier::Domain, findings);
    for domain in nodes.chunk_by(|_, next| next.tier() != Tier::Domain) {
        same_titles(domain, Tier::Competency, findings);
    }
}

fn same_titles(nodes: &[Node<'_>], tier: Tier, findings: &Findings) {
    let what = tier.name();
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    for node in nodes.iter().filter(|node| node.tier() == tier) {
        let (id, Some(title)) = (node.id, node.title) else { continue };
        let Some(text) = title.text().filter(|text| !text.trim().is_empty()) else { continue };
        let Some((other, place)) = first.get(&alike::folded(text)) else {
            first.insert(alike::folded(text), (text, title.span));
            continue;
        };
        let message = if *other == text {
            format!("`{}` is the title of another {what} too", value::shorten(text))
        } else {
            let (text, other) = (value::shorten(text), value::shorten(other));
            format!(
                "`{text}` and `{other}`, the title of another {what}, differ in case, white space or Unicode form only"
            )
        };
        let help = format!("make one {what} of the two, or give this one a title that tells them apart");
        push(Code::SameTitle, id, (title.span, *place), message, help, findings);
    }
}

/// No two indicators have the same statement: nobody could tell which of them a rating is for.
pub(super) fn statements(nodes: &[Node<'_>], findings: &Findings) {
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    // A statement that stands a thousand times is one mistake.
    let mut told = HashSet::new();
    for node in nodes.iter().filter(|node| node.is_rated) {
        let Some((field, text)) = node.statement.and_then(|field| Some((field, field.text()?))) else { continue };
        let folded = alike::folded(text);
        if folded.is_empty() {
            continue;
        }
        let id = node.id.word().unwrap_or_default();
        if let Some((other, place)) = first.get(&folded) {
            // Values that an alias repeats are meant to be the same.
            let is_alias = *place == field.span && *place != Span::default();
            if is_alias || !told.insert(folded) {
                continue;
            }
            let message = format!("`{}` has the same statement as `{}`", value::shorten(id), value::shorten(other));
            let help = "write the difference between the two, or remove one".to_owned();
            push(Code::SameStatements, node.id, (field.span, *place), message, help, findings);
        } else {
            first.insert(folded, (id, field.span));
        }
    }
}

/// A warning at the second place; of a document and its base, in the document.
fn push(code: Code, id: &Field<Word>, (at, first): (Span, Span), message: String, help: String, findings: &Findings) {
    let (at, first) = if at.document > first.document { (first, at) } else { (at, first) };
    let finding = Finding::new(Severity::Warning, code, at, message, help).first_at(first);
    findings.push(finding.about(id.word().unwrap_or_default()));
}
