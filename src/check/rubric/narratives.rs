//! Rules of the narratives that a rubric asks for.

use crate::diagnostic::Code;
use crate::rubric::{NarrativeOf, Tier};
use crate::source::{Field, Findings};
use crate::syntax;
use crate::syntax::outline::Node;

use super::super::{items, value};
use super::own_ids;

/// Ids that are well-formed, each once, and of no other part; labels that say something; parts to write about.
pub(super) fn narratives(document: &syntax::Rubric, nodes: &[Node<'_>], findings: &Findings) {
    let list = || items(document.narratives.as_ref());
    own_ids(list().map(|(_, narrative)| &*narrative.id), "narrative", findings);
    for (_, narrative) in list() {
        value::text(&narrative.label, findings);
        if let Some(of) = narrative.of.as_ref().filter(|of| of.get() == Some(&NarrativeOf::Competency)) {
            competencies(of, nodes, document, findings);
        }
        let Some(id) = narrative.id.word() else { continue };
        if let Some(node) = nodes.iter().find(|node| node.id.word() == Some(id)) {
            let message = format!("narrative `{}` has the id of {}", value::shorten(id), node.tier().one());
            let help =
                "choose another id: an entry of `allow` names a narrative or a part of the rubric by its id alone";
            findings.repeated(Code::DuplicateId, narrative.id.span, node.id.span, message, help.to_owned());
        }
    }
}

/// A narrative about each competency needs a competency.
fn competencies(of: &Field<NarrativeOf>, nodes: &[Node<'_>], document: &syntax::Rubric, findings: &Findings) {
    let has_some = nodes.iter().any(|node| node.tier() == Tier::Competency);
    // A domain that could not be read may hold competencies.
    if has_some || nodes.is_empty() || !super::nodes::all_read(nodes, document) {
        return;
    }
    let message = "this narrative is about each competency, but no domain has competencies".to_owned();
    let help = "write `of: domain`, or `of: whole` for one text about the whole".to_owned();
    findings.error(Code::NoCompetencies, of.span, message, help);
}
