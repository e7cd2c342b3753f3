//! Rules of the three tiers: domains, competencies, indicators.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of nodes, of which a document has at most `MAX_NODES`")]

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::policy::{Listed, Nodes};
use crate::rubric::Tier;
use crate::source::{Field, Finding, Findings, Span, Text, Word};
use crate::syntax;
use crate::syntax::rubric::Indicator;

use super::super::{alike, items, some_of, value};
use super::{Written, spreadsheet};

/// The most indicators of a rubric.
const MAX_INDICATORS: usize = 10_000;

/// Every node of the document, in order.
pub(super) fn written(document: &syntax::Rubric) -> Vec<Written<'_>> {
    let mut list = Vec::new();
    for (_, domain) in items(Some(&document.domains)) {
        list.push(Written {
            tier: Tier::Domain,
            id: &domain.id,
            title: Some(&domain.title),
            statement: domain.statement.as_ref(),
            evaluated_by: domain.evaluated_by.as_ref(),
        });
        written_indicators(domain.indicators.as_ref(), &mut list);
        for (_, competency) in items(domain.competencies.as_ref()) {
            list.push(Written {
                tier: Tier::Competency,
                id: &competency.id,
                title: Some(&competency.title),
                statement: Some(&competency.statement),
                evaluated_by: competency.evaluated_by.as_ref(),
            });
            written_indicators(competency.indicators.as_ref(), &mut list);
        }
    }
    list
}

fn written_indicators<'a>(indicators: Option<&'a Field<Vec<Field<Indicator>>>>, list: &mut Vec<Written<'a>>) {
    list.extend(items(indicators).map(|(_, indicator)| Written {
        tier: Tier::Indicator,
        id: &indicator.id,
        title: indicator.title.as_ref(),
        statement: Some(&indicator.statement),
        evaluated_by: indicator.evaluated_by.as_ref(),
    }));
}

/// The nodes that a policy's steps can have results for.
pub(super) fn policy_nodes(document: &syntax::Rubric) -> Nodes {
    let mut list = Vec::new();
    let mut add = |tier, id: &Field<Word>, code: Option<&Field<Text>>, label: Option<&Field<Text>>| {
        let (id, label) = (id.word().unwrap_or_default(), label.and_then(Field::text).unwrap_or_default());
        list.push((tier, id.to_owned(), code.and_then(Field::text).map(str::to_owned), label.to_owned()));
    };
    for (_, domain) in items(Some(&document.domains)) {
        add(Tier::Domain, &domain.id, domain.code.as_ref(), Some(&domain.title));
        for (_, indicator) in items(domain.indicators.as_ref()) {
            let label = indicator.title.as_ref().or(Some(&indicator.statement));
            add(Tier::Indicator, &indicator.id, indicator.code.as_ref(), label);
        }
        for (_, competency) in items(domain.competencies.as_ref()) {
            add(Tier::Competency, &competency.id, competency.code.as_ref(), Some(&competency.title));
            for (_, indicator) in items(competency.indicators.as_ref()) {
                let label = indicator.title.as_ref().or(Some(&indicator.statement));
                add(Tier::Indicator, &indicator.id, indicator.code.as_ref(), label);
            }
        }
    }
    Nodes::of(list.iter().map(|(tier, id, code, label)| Listed { tier: *tier, id, code: code.as_deref(), label }))
}

/// Whether every node could be read, and there is one.
pub(super) fn all_read(document: &syntax::Rubric) -> bool {
    fn is_read<T>(list: Option<&Field<Vec<Field<T>>>>) -> bool {
        list.is_none_or(|field| field.get().is_some_and(|list| list.iter().all(|item| item.get().is_some())))
    }
    let mut domains = items(Some(&document.domains));
    indicators(document).next().is_some()
        && is_read(Some(&document.domains))
        && domains.all(|(_, domain)| {
            let mut competencies = items(domain.competencies.as_ref());
            is_read(domain.indicators.as_ref())
                && is_read(domain.competencies.as_ref())
                && competencies.all(|(_, competency)| is_read(competency.indicators.as_ref()))
        })
}

/// Every indicator of the document, in order.
pub(super) fn indicators(document: &syntax::Rubric) -> impl Iterator<Item = (Span, &Indicator)> {
    items(Some(&document.domains)).flat_map(|(_, domain)| {
        let grouped = items(domain.competencies.as_ref());
        items(domain.indicators.as_ref())
            .chain(grouped.flat_map(|(_, competency)| items(competency.indicators.as_ref())))
    })
}

/// What is printed with a node is its own: a position, or the `code` that is given.
pub(super) fn codes(document: &syntax::Rubric, size: usize, findings: &Findings) {
    let mut codes = Codes { findings, first: HashMap::with_capacity(size), folded: HashMap::new(), given: Vec::new() };
    for (number, (place, domain)) in items(Some(&document.domains)).enumerate() {
        let code = codes.take(domain.code.as_ref(), place, (number + 1).to_string());
        codes.indicators(domain.indicators.as_ref(), &code);
        for (number, (place, competency)) in items(domain.competencies.as_ref()).enumerate() {
            let code = codes.take(competency.code.as_ref(), place, format!("{code}.{}", number + 1));
            codes.indicators(competency.indicators.as_ref(), &code);
        }
    }
    codes.report();
}

/// The printed numbers of a rubric, and which of them are given.
struct Codes<'f> {
    findings: &'f Findings,
    first: HashMap<String, Span>,
    /// The given ones by what readers see of them, without regard to case.
    folded: HashMap<String, (String, Span)>,
    given: Vec<(String, Span)>,
}

impl Codes<'_> {
    fn take(&mut self, code: Option<&Field<Text>>, place: Span, position: String) -> String {
        let Some(field) = code else {
            self.first.entry(position.clone()).or_insert(place);
            return position;
        };
        let Some(code) = value::text(field, self.findings) else { return position };
        spreadsheet::code(field, self.findings);
        self.given.push((code.to_owned(), field.span));
        code.to_owned()
    }

    fn indicators(&mut self, indicators: Option<&Field<Vec<Field<Indicator>>>>, code: &str) {
        for (number, (place, indicator)) in items(indicators).enumerate() {
            self.take(indicator.code.as_ref(), place, format!("{code}.{}", number + 1));
        }
    }

    /// A position is nobody's fault, so what is given gives way to it.
    fn report(mut self) {
        for (code, place) in self.given {
            if let Some(first) = self.first.get(&code) {
                self.findings.repeated(
                    Code::DuplicateCode,
                    place,
                    *first,
                    format!("`{}` is printed twice", value::shorten(&code)),
                    help(&code).to_owned(),
                );
            } else {
                let folded = alike::folded(&code);
                if let Some((other, first)) = self.folded.get(&folded) {
                    let (code, other) = (value::shorten(&code), value::shorten(other));
                    let finding = Finding::new(
                        Severity::Warning,
                        Code::DuplicateCode,
                        place,
                        format!(
                            "`{code}` differs from `{other}` in nothing that a reader sees but its case, if at all"
                        ),
                        "readers know parts of a rubric by their number: give this one another".to_owned(),
                    );
                    self.findings.push(finding.first_at(*first));
                } else {
                    self.folded.insert(folded, (code.clone(), place));
                }
                self.first.insert(code, place);
            }
        }
    }
}

/// What to do about a number that stands twice; a spreadsheet makes 1.1 of 1.10.
fn help(code: &str) -> &'static str {
    let is_decimal = code.split_once('.').is_some_and(|(whole, places)| {
        [whole, places].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    match is_decimal {
        true => {
            "readers know parts of a rubric by their number: give this one another; a spreadsheet turns 1.10 into 1.1"
        }
        false => "readers know parts of a rubric by their number: give this one another",
    }
}

/// A domain holds competencies or indicators, and every one of them something.
pub(super) fn shape(document: &syntax::Rubric, findings: &Findings) {
    if document.domains.get().is_some_and(Vec::is_empty) {
        findings.error(
            Code::EmptyRubric,
            document.domains.span,
            "the rubric has no domain".to_owned(),
            "add a domain with at least one indicator".to_owned(),
        );
    }
    for (place, domain) in items(Some(&document.domains)) {
        let name = name_of("domain", &domain.id);
        match (&domain.competencies, &domain.indicators) {
            (Some(competencies), Some(indicators)) => {
                let is_bare = is_empty(competencies) && is_empty(indicators);
                let (fault, help) = match is_bare {
                    true => (
                        "has both `competencies` and `indicators`, and nothing in either",
                        "keep the one you need, and put at least one indicator into it",
                    ),
                    false => (
                        "has competencies, and indicators of its own",
                        "put these indicators into one of the competencies, or into a competency of their own",
                    ),
                };
                let message = format!("{name} {fault}");
                let finding = Finding::new(Severity::Error, Code::MixedDomain, indicators.span, message, help);
                findings.push(finding.at_key());
            }
            (None, None) => findings.lacking(
                Code::EmptyDomain,
                place,
                format!("{name} has no indicators"),
                "add `indicators:`, or `competencies:` that have some".to_owned(),
            ),
            (Some(list), None) if is_empty(list) => findings.error(
                Code::EmptyDomain,
                list.span,
                format!("{name} has no competencies"),
                "add one with at least one indicator, or remove the domain".to_owned(),
            ),
            (None, Some(list)) if is_empty(list) => findings.error(
                Code::EmptyDomain,
                list.span,
                format!("{name} has no indicators"),
                "add at least one, or remove the domain".to_owned(),
            ),
            _ => {}
        }
        for (place, competency) in items(domain.competencies.as_ref()) {
            empty_competency(place, competency, findings);
        }
    }
}

fn is_empty<T>(list: &Field<Vec<T>>) -> bool {
    list.get().is_some_and(Vec::is_empty)
}

/// "domain `counselor`", or "this domain" where the id could not be read.
fn name_of(tier: &str, id: &Field<Word>) -> String {
    id.word().map_or_else(|| format!("this {tier}"), |id| format!("{tier} `{}`", value::shorten(id)))
}

fn empty_competency(place: Span, competency: &syntax::rubric::Competency, findings: &Findings) {
    let name = name_of("competency", &competency.id);
    let message = format!("{name} has no indicators");
    let help = "add at least one, or remove the competency".to_owned();
    match &competency.indicators {
        None => findings.lacking(Code::EmptyCompetency, place, message, help),
        Some(list) if is_empty(list) => {
            findings.error(Code::EmptyCompetency, list.span, message, help);
        }
        Some(_) => {}
    }
}

pub(super) fn count(written: &[Written<'_>], document: &syntax::Rubric, findings: &Findings) {
    let count = written.iter().filter(|node| node.tier == Tier::Indicator).count();
    if count > MAX_INDICATORS {
        findings.error(
            Code::TooManyIndicators,
            document.domains.span,
            format!("the rubric has {count} indicators"),
            format!("a rubric has at most {MAX_INDICATORS}: nobody can rate more"),
        );
    }
}

/// Whether the word means something else wherever an id can stand.
pub(crate) fn is_reserved_id(id: &str) -> bool {
    id == "indicators"
}

/// Ids are one namespace, for evaluations and policies refer to any of them by it alone.
pub(super) fn ids(written: &[Written<'_>], findings: &Findings) {
    let mut known: HashMap<&str, &Written<'_>> = HashMap::with_capacity(written.len());
    for node in written {
        let Some(id) = value::id(node.id, findings) else { continue };
        if is_reserved_id(id) {
            findings.error(
                Code::ReservedId,
                node.id.span,
                "`indicators` cannot be an id".to_owned(),
                "choose another: in a scoring policy the word stands for all indicators".to_owned(),
            );
        }
        if let Some(first) = known.get(id) {
            let what = node.tier.name();
            let message = if first.tier == node.tier {
                format!("{what} `{id}` is defined twice")
            } else {
                format!("{what} `{id}` has the id of a {}", first.tier.name())
            };
            findings.repeated(
                Code::DuplicateId,
                node.id.span,
                first.id.span,
                message,
                "ids are unique across the rubric".to_owned(),
            );
        } else {
            known.insert(id, node);
        }
    }
}

pub(super) fn titles(written: &[Written<'_>], findings: &Findings) {
    for title in written.iter().filter_map(|node| node.title) {
        value::title(title, findings);
    }
}

pub(super) fn statements(written: &[Written<'_>], findings: &Findings) {
    for statement in written.iter().filter_map(|node| node.statement) {
        value::text(statement, findings);
    }
}

/// `evaluated_by` names a qualification of the rubric.
pub(super) fn evaluated_by(written: &[Written<'_>], document: &syntax::Rubric, findings: &Findings) {
    let known: Vec<&str> =
        items(document.qualifications.as_ref()).filter_map(|(_, qualification)| qualification.id.word()).collect();
    for field in written.iter().filter_map(|node| node.evaluated_by) {
        let Some(name) = field.word().filter(|name| !known.contains(name)) else { continue };
        if known.iter().any(|known| value::is_mended(known, name)) {
            continue;
        }
        let sound = known.iter().copied().filter(|id| value::can_be_meant(id));
        let help = findings.did_you_mean(name, sound, || {
            if known.is_empty() {
                "define it under `qualifications:`".to_owned()
            } else {
                format!("the rubric's qualifications are {}", some_of(&known))
            }
        });
        findings.error(
            Code::UnknownQualification,
            field.span,
            format!("`{}` is no qualification of this rubric", value::shorten(name)),
            help,
        );
    }
}
