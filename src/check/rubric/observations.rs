//! Rules of the observations that a rubric asks for.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::rubric::{ObservationKind, Observations};
use crate::source::{Field, Findings};
use crate::syntax;
use crate::syntax::outline::Node;

use super::super::{each_once, items, value};
use super::own_ids;

/// The most observations of an evaluation that a rubric may allow.
const MOST: u32 = 100;

/// Kinds with ids and labels, each of known parts; no more of them needed than are allowed.
pub(super) fn observations(document: &syntax::Rubric, nodes: &[Node<'_>], findings: &Findings) {
    let Some(observations) = document.observations.as_ref().and_then(Field::get) else { return };
    let list = || items(Some(&observations.kinds));
    if observations.kinds.get().is_some_and(Vec::is_empty) {
        let help = "list at least one kind with `id` and `label`, or remove `observations`".to_owned();
        findings.error(Code::EmptyList, observations.kinds.span, "no kind of observation is listed".to_owned(), help);
    }
    own_ids(list().map(|(_, kind)| &*kind.id), "kind of observation", findings);
    for (_, kind) in list() {
        value::text(&kind.label, findings);
        scope(kind, nodes, document, findings);
    }
    at_most(observations, findings);
}

/// The parts that a kind rates are parts of the rubric.
fn scope(
    kind: &syntax::observation::ObservationKind,
    nodes: &[Node<'_>],
    document: &syntax::Rubric,
    findings: &Findings,
) {
    let Some(field) = &kind.scope else { return };
    let Some(ids) = field.get() else { return };
    if ids.is_empty() {
        let help = "name the parts that it rates, or remove `scope` if it rates the whole rubric".to_owned();
        findings.error(Code::EmptyList, field.span, "this kind of observation rates nothing".to_owned(), help);
    }
    let known = || nodes.iter().filter_map(|node| node.id.word());
    let of_rubric: HashSet<&str> = known().collect();
    let all_read = super::nodes::all_read(nodes, document);
    for field in ids {
        let Some(id) = value::word(field, findings) else { continue };
        // A part that could not be read may be the one.
        if of_rubric.contains(id) || !all_read {
            continue;
        }
        let message = format!("`{}` is no domain, competency or indicator of the rubric", value::shorten(id));
        let help = findings.did_you_mean(id, known(), || "name a part by the id that it has in this rubric".to_owned());
        findings.error(Code::UnknownNode, field.span, message, help);
    }
    each_once(
        ids.iter().filter_map(|field| Some((field.word()?, field.span))),
        Code::RepeatedItem,
        findings,
        |id| format!("`{}` stands twice in the scope of this kind of observation", value::shorten(id)),
        "remove one of the two",
    );
}

fn at_most(observations: &syntax::observation::Observations, findings: &Findings) {
    let Some(field) = &observations.at_most else { return };
    let Some(&most) = field.get() else { return };
    if most == 0 || most > MOST {
        let message = format!("an evaluation cannot have at most {most} observations");
        let help = format!("write a whole number from 1 to {MOST}, or remove `at_most` if there is no limit");
        findings.error(Code::BadNumber, field.span, message, help);
        return;
    }
    let needed = items(Some(&observations.kinds)).filter_map(|(_, kind)| kind.at_least.as_ref()?.get().copied());
    let needed = needed.fold(0, u32::saturating_add);
    if needed > most {
        let message = format!("an evaluation needs at least {needed} observations, but has at most {most}");
        let help = "correct `at_most`, or `at_least` of the kinds, which are added up".to_owned();
        findings.error(Code::BadRange, field.span, message, help);
    }
}

/// The observations as the checked rubric has them. `None` where one could not be read, and then a finding says so.
pub(super) fn checked(document: &syntax::Rubric, nodes: &[Node<'_>]) -> Option<Observations> {
    let written = document.observations.as_ref()?.get()?;
    let size = nodes.iter().map(|node| node.indicators.end).max().unwrap_or_default();
    let kinds = items(Some(&written.kinds)).filter_map(|(_, kind)| {
        let scope: Vec<String> = kind
            .scope
            .as_ref()
            .and_then(Field::get)
            .into_iter()
            .flatten()
            .filter_map(|id| id.word().map(str::to_owned))
            .collect();
        let chosen: HashSet<&str> = scope.iter().map(String::as_str).collect();
        let mut holds = vec![false; if scope.is_empty() { 0 } else { size }];
        for node in nodes.iter().filter(|node| node.id.word().is_some_and(|id| chosen.contains(id))) {
            holds.get_mut(node.indicators.clone()).into_iter().flatten().for_each(|holds| *holds = true);
        }
        Some(ObservationKind {
            id: kind.id.word()?.to_owned(),
            label: kind.label.text()?.to_owned(),
            scope,
            at_least: kind.at_least.as_ref().and_then(|field| field.get().copied()).unwrap_or_default(),
            holds,
        })
    });
    Some(Observations {
        kinds: kinds.collect(),
        at_most: written.at_most.as_ref().and_then(|field| field.get().copied()),
        rating: written.rating.as_ref().and_then(Field::get).copied().unwrap_or_default(),
    })
}
