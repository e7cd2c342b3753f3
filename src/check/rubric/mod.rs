//! The rules of a rubric.

mod build;
mod descriptors;
mod goals;
mod kinds;
mod narratives;
mod nodes;
mod points;
mod numbers;
mod observations;
mod practices;
mod process;
mod repeated;
mod scale;
mod scales;
mod spreadsheet;
mod supervision;
mod texts;

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::outline::Outline;
use crate::rubric::{Rubric, Type};
use crate::source::{Field, Findings, Origin};
use crate::syntax;
use crate::syntax::outline::{Node, outline};

use super::{allow, each_once, items, scoring, value};

pub(super) use self::process::words as calendar_words;

/// Checks a rubric as written; the checked one when it keeps every rule.
///
/// `base` is the one it extends, which has been checked: what was found there is not found again.
pub(crate) fn rubric(
    as_written: syntax::Rubric,
    origin: Origin,
    base: Option<&Rubric>,
    findings: &Findings,
) -> Option<Rubric> {
    let document = &as_written;
    super::format(document.format.as_deref(), findings);
    value::id(&document.id, findings);
    let version = value::version(&document.version, findings);
    value::text(&document.title, findings);
    if let Some(language) = &document.language {
        value::language(language, findings);
    }
    let adopted =
        document.adopted.as_ref().and_then(Field::get).and_then(|adopted| value::date(&adopted.date, findings));
    let effective = document.effective.as_ref().and_then(Field::get).and_then(|period| value::period(period, findings));
    let scales = scales::scales(document, findings);
    let nodes = outline(document);
    nodes::shape(&nodes, document, findings);
    nodes::count(&nodes, document, findings);
    nodes::ids(&nodes, findings);
    nodes::codes(&nodes, findings);
    nodes::titles(&nodes, findings);
    nodes::statements(&nodes, findings);
    repeated::titles(&nodes, findings);
    repeated::statements(&nodes, findings);
    kinds::kinds(document, findings);
    narratives::narratives(document, &nodes, findings);
    process::process(document, findings);
    observations::observations(document, &nodes, findings);
    qualifications(document, findings);
    nodes::evaluated_by(&nodes, document, findings);
    scales::chosen(document, &nodes, &scales, findings);
    service_data(document, findings);
    professional_development(document, findings);
    supervision::supervision(document, findings);
    if let Some(levels) = &scales.levels {
        scale::comment_required(document, levels, findings);
    }
    descriptors::descriptors(&nodes, &scales, findings);
    descriptors::missing(&nodes, &scales, findings);
    descriptors::unexpected(&nodes, &scales, findings);
    descriptors::same(&nodes, findings);
    points::points(&nodes, &scales, findings);
    practices::practices(document, &nodes, &scales, findings);
    texts::student_data(document, &nodes, findings);
    texts::spreadsheet_errors(&nodes, findings);
    let outlined = Arc::new(Outline::of(&nodes, scales.scales.as_ref()));
    let observations = observations::checked(document, &nodes);
    let scoring = document.scoring.as_ref().map(|field| {
        let ground = scoring::Ground {
            nodes: outlined.clone(),
            whole: None,
            all_known: nodes.iter().all(|node| node.id.word().is_some()),
            scales: scales.scales.as_ref(),
            observations: observations.as_ref(),
            types: Type::built_in().chain(kinds::ids(document)).collect(),
            is_whole: nodes::all_read(&nodes, document),
            used_by_goals: goals::used_steps(document),
        };
        scoring::policies(field, &ground, findings)
    });
    let goals = goals::goals(document, &nodes, &scales, scoring.as_deref(), findings);
    if let Some(base) = base {
        findings.drop_known(&base.0.warnings);
    }
    let warnings = findings.warnings();
    // Warnings about evaluations come up only with these.
    allow::apply(document.allow.as_ref(), |code, at| accepts_of_evaluations(code, at, &nodes, base), findings);
    findings.gather();
    let policies = scoring.map_or(Some(Vec::new()), scoring::sound)?;
    let (version, scales, base) = (version?, scales.scales?, base.cloned());
    let (domains, outline) = (build::domains(&nodes, &outlined, &scales)?, outlined);
    let checked = build::Checked {
        domains,
        outline,
        observations,
        version,
        adopted,
        effective,
        scales,
        goals,
        policies,
        origin,
        base,
        warnings,
    };
    build::rubric(as_written, checked)
}

/// Whether an entry under `allow` can accept a warning about an evaluation: those about ratings name a part of the rubric. An
/// entry of the base may name a part that this rubric omits.
fn accepts_of_evaluations(code: Code, at: Option<&str>, nodes: &[Node<'_>], base: Option<&Rubric>) -> bool {
    let is_about_a_rating = matches!(code, Code::MissingEvidence | Code::MissingComment);
    let is_part = |at: &str| nodes.iter().any(|node| node.id.word().is_none_or(|id| id == at));
    let inherited = || items(base.and_then(|base| base.0.written.allow.as_ref()));
    let is_inherited = |at: &str| inherited().any(|(_, entry)| entry.at.as_deref().and_then(Field::word) == Some(at));
    code.is_of_evaluations() && (!is_about_a_rating || at.is_none_or(|at| is_part(at) || is_inherited(at)))
}

/// The ids of a list of its own: well-formed, and each once.
fn own_ids<'a>(ids: impl Iterator<Item = &'a Field<crate::source::Word>>, what: &str, findings: &Findings) {
    let well_formed = ids.filter_map(|field| Some((value::id(field, findings)?, field.span)));
    each_once(
        well_formed,
        Code::DuplicateId,
        findings,
        |id| format!("{what} `{id}` is defined twice"),
        "remove one of them, or give it an id of its own",
    );
}

fn qualifications(document: &syntax::Rubric, findings: &Findings) {
    let list = || items(document.qualifications.as_ref());
    own_ids(list().map(|(_, qualification)| &*qualification.id), "qualification", findings);
    for (_, qualification) in list() {
        value::text(&qualification.label, findings);
    }
}

fn service_data(document: &syntax::Rubric, findings: &Findings) {
    let list = || items(document.service_data.as_ref());
    own_ids(list().map(|(_, item)| &*item.id), "service data", findings);
    for (_, item) in list() {
        value::text(&item.label, findings);
    }
}

fn professional_development(document: &syntax::Rubric, findings: &Findings) {
    let Some(hours) = document.professional_development.as_ref().and_then(Field::get) else { return };
    value::amount(&hours.contact_hours, "contact hours", findings);
    if hours.years.get() == Some(&0) {
        findings.error(
            Code::BadNumber,
            hours.years.span,
            "a cycle of 0 years has no hours".to_owned(),
            "write how many years the hours are for".to_owned(),
        );
    }
}
