//! Rules of titles and statements that differ only in case, white space or Unicode form.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::rubric::Tier;
use crate::source::{Field, Finding, Findings, Span, Text, Word};
use crate::syntax;

use super::super::{alike, items, value};
use super::Written;

/// No two domains, and no two competencies of one domain, have titles that readers take for the same.
pub(super) fn titles(document: &syntax::Rubric, findings: &Findings) {
    let domains = || items(Some(&document.domains)).map(|(_, domain)| domain);
    same_titles(domains().map(|domain| (&domain.id, &domain.title)), "domain", findings);
    for domain in domains() {
        let competencies = items(domain.competencies.as_ref()).map(|(_, competency)| competency);
        same_titles(competencies.map(|competency| (&competency.id, &competency.title)), "competency", findings);
    }
}

fn same_titles<'a>(titled: impl Iterator<Item = (&'a Field<Word>, &'a Field<Text>)>, what: &str, findings: &Findings) {
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    for (id, title) in titled {
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
pub(super) fn statements(written: &[Written<'_>], findings: &Findings) {
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    // A statement that stands a thousand times is one mistake.
    let mut told = HashSet::new();
    for node in written.iter().filter(|node| node.tier == Tier::Indicator) {
        let Some((field, text)) = node.statement.and_then(|field| Some((field, field.text()?))) else { continue };
        let folded = alike::folded(text);
        if folded.is_empty() {
            continue;
        }
        let id = node.id.word().unwrap_or_default();
        if let Some((other, place)) = first.get(&folded) {
            // What an alias repeats is meant to be the same.
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
