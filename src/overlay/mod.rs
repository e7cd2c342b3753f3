//! Applies a rubric that `extends` another to its base's tree, so that every value keeps its place.

mod operations;
mod arena;
mod reference;

use crate::diagnostic::Code;
use crate::source::{Field, Findings, Mapping, Node, NodeKind};
use crate::syntax::Overlay;

pub(crate) use self::reference::Reference;

/// The keys of an overlay that are no part of the rubric.
const OPERATIONS: [&str; 6] = ["extends", "omit", "change", "move", "add", "domains"];
/// The keys that a rubric requires.
const REQUIRED: [&str; 3] = ["id", "version", "title"];

/// Whether a document extends another.
pub(crate) fn is_overlay(document: &Node<'_>) -> bool {
    document.get("extends").is_some()
}

/// The whole rubric: the base's tree with the overlay's operations done, and its sections in place of the base's.
///
/// An operation that cannot be done is reported and left out.
pub(crate) fn merge(
    (document, text): (&Node<'_>, &str),
    overlay: &Overlay,
    mut base: Node<'static>,
    findings: &Findings,
) -> Node<'static> {
    if let Some(domains) = &overlay.domains {
        findings.error(
            Code::NotChangeable,
            domains.span,
            "a rubric that extends another has no `domains` of its own".to_owned(),
            "put new ones under `add:`, and use `omit:`, `change:` and `move:` for those of the base".to_owned(),
        );
    }
    operations::apply(overlay, text, &mut base, findings);
    sections(document, &mut base);
    base
}

/// Puts the overlay's sections in place of the base's.
fn sections(document: &Node<'_>, base: &mut Node<'static>) {
    let (NodeKind::Map(own), NodeKind::Map(entries)) = (&document.kind, &mut base.kind) else { return };
    let accepted = accepted_of_evaluations(entries);
    for (name, key, value) in known(own, <Overlay as Mapping>::KEYS).filter(|(name, ..)| !OPERATIONS.contains(name)) {
        replace(entries, key, value, REQUIRED.contains(&name));
    }
    accept(entries, accepted);
}

/// The entries with one of some keys, each once: what else there is was reported when they were read.
fn known<'n>(
    entries: &'n [(Node<'n>, Node<'n>)],
    keys: &'static [&'static str],
) -> impl Iterator<Item = (&'static str, &'n Node<'n>, &'n Node<'n>)> {
    let find = |name: &&str| entries.iter().position(|(key, _)| key.text() == Some(*name));
    let mut found: Vec<(usize, &'static str)> = keys.iter().filter_map(|name| Some((find(name)?, *name))).collect();
    found.sort_unstable();
    found.into_iter().filter_map(|(at, name)| entries.get(at).map(|(key, value)| (name, key, value)))
}

/// Takes `allow` out of the base: what it accepts of itself is not found again. Returns the entries about evaluations, which
/// go on.
fn accepted_of_evaluations(
    entries: &mut Vec<(Node<'static>, Node<'static>)>,
) -> Option<(Node<'static>, Node<'static>)> {
    let at = entries.iter().position(|(key, _)| key.text() == Some("allow"))?;
    let (key, mut allow) = entries.remove(at);
    let NodeKind::List(items) = &mut allow.kind else { return None };
    let is_of_evaluations = |item: &Node<'static>| {
        let code = item.get("code").and_then(Node::text);
        code.and_then(Code::named).is_some_and(Code::is_of_evaluations)
    };
    items.retain(is_of_evaluations);
    (!items.is_empty()).then_some((key, allow))
}

/// Puts what the base accepts of evaluations before what the overlay accepts.
fn accept(entries: &mut Vec<(Node<'static>, Node<'static>)>, of_base: Option<(Node<'static>, Node<'static>)>) {
    let Some((key, mut of_base)) = of_base else { return };
    let own = entries.iter_mut().find(|(key, _)| key.text() == Some("allow"));
    match own {
        Some((_, own)) => {
            if let (NodeKind::List(own), NodeKind::List(of_base)) = (&mut own.kind, &mut of_base.kind) {
                own.splice(0..0, of_base.drain(..));
            }
        }
        None => entries.push((key, of_base)),
    }
}

/// A document with another section in place of its own.
pub(crate) fn with_section(mut document: Node<'static>, name: &str, section: &Node<'_>) -> Node<'static> {
    if let NodeKind::Map(entries) = &mut document.kind {
        let text = std::borrow::Cow::Owned(name.to_owned());
        let key = Node { kind: NodeKind::Scalar { text, plain: true }, ..section.to_owned_node() };
        replace(entries, &key, section, false);
    }
    document
}

/// Puts an entry in place of the one with its key; nothing for a value clears it, if it may be absent.
fn replace(entries: &mut Vec<(Node<'static>, Node<'static>)>, key: &Node<'_>, value: &Node<'_>, is_required: bool) {
    let at = entries.iter().position(|(name, _)| name.text() == key.text());
    let entry = (key.to_owned_node(), value.to_owned_node());
    match at {
        Some(at) if value.is_null() && !is_required => {
            entries.remove(at);
        }
        None if value.is_null() && !is_required => {}
        Some(at) => {
            if let Some(there) = entries.get_mut(at) {
                *there = entry;
            }
        }
        None => entries.push(entry),
    }
}

/// The rubric that `extends` names.
pub(crate) fn reference(field: &Field<crate::source::Word>, findings: &Findings) -> Option<Reference> {
    let written = field.word()?;
    let reference = Reference::parse(written);
    if reference.is_none() {
        findings.error(
            Code::MalformedBase,
            field.span,
            format!("`{}` does not name a rubric and a version", crate::source::shorten(written)),
            "write the id of a rubric, or id@1, id@1.2 or id@1.2.0 for a version of it".to_owned(),
        );
    }
    reference
}
