//! Rules of the evaluations that a policy scores: of which types, and with which scope.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::source::{Field, Findings, OneOrList, Span, Word};
use crate::syntax::Scoring;
use crate::syntax::scoring::For;

use super::{Ground, each_once, not_empty, reference, value};

/// The evaluations that a policy scores.
#[derive(Debug, Clone, Default)]
pub(super) struct Applies {
    /// The types, as documents write them; all when it is none.
    pub(super) types: Option<Vec<String>>,
    /// The numbers of the indicators that the evaluation answers for; any when it is none.
    pub(super) scope: Option<Vec<usize>>,
    /// Whether every name could be read and is known.
    pub(super) is_known: bool,
}

pub(super) fn applies(document: &Scoring, ground: &Ground<'_>, findings: &Findings) -> Applies {
    let Some(field) = &document.r#for else { return Applies { is_known: true, ..Applies::default() } };
    let errors = findings.errors();
    let (types, scope) = match field.get() {
        None => return Applies::default(),
        Some(OneOrList::List(list)) => (Some(types(list, field.span, ground, findings)), None),
        Some(OneOrList::One(For { r#type: None, scope: None })) => {
            let help =
                "name a `type` or a `scope`, or leave `for` out where the policy scores every evaluation".to_owned();
            findings.error(Code::EmptyList, field.span, "`for` names neither a type nor a scope".to_owned(), help);
            (None, None)
        }
        Some(OneOrList::One(written)) => {
            let types = written.r#type.as_ref().and_then(|field| match field.get()? {
                OneOrList::One(word) => {
                    let one = Field { span: field.span, value: Some(word.clone()) };
                    Some(types(&[one], field.span, ground, findings))
                }
                OneOrList::List(list) => Some(types(list, field.span, ground, findings)),
            });
            (types, written.scope.as_ref().and_then(|field| scope(field, ground, findings)))
        }
    };
    let is_read = field.get().is_some_and(|written| match written {
        OneOrList::List(list) => is_read(list),
        OneOrList::One(written) => {
            let types = written.r#type.as_ref().is_none_or(|field| match field.get() {
                None => false,
                Some(OneOrList::One(_)) => true,
                Some(OneOrList::List(list)) => is_read(list),
            });
            types && written.scope.as_ref().is_none_or(|field| field.get().is_some_and(|list| is_read(list)))
        }
    });
    Applies { types, scope, is_known: is_read && findings.errors() == errors }
}

fn is_read(list: &[Field<Word>]) -> bool {
    list.iter().all(|field| field.word().is_some())
}

/// The types of evaluations, as documents write them.
fn types(list: &[Field<Word>], place: Span, ground: &Ground<'_>, findings: &Findings) -> Vec<String> {
    not_empty(list, place, "no type of evaluation", findings);
    let names = || list.iter().filter_map(|field| Some((field.word()?, field.span)));
    each_once(names(), Code::RepeatedItem, findings, |name| format!("`{name}` stands twice"), "remove one of them");
    for (name, place) in names().filter(|(name, _)| !ground.types.contains(name)) {
        value::unknown_kind(name, place, &ground.types, None, findings);
    }
    names().map(|(name, _)| name.to_owned()).collect()
}

/// The numbers of the indicators at and under the nodes; `None` where one of these is not known.
fn scope(field: &Field<Vec<Field<Word>>>, ground: &Ground<'_>, findings: &Findings) -> Option<Vec<usize>> {
    let list = field.get()?;
    not_empty(list, field.span, "no part of the rubric", findings);
    let names = list.iter().filter_map(|field| Some((field.word()?, field.span)));
    each_once(names, Code::RepeatedItem, findings, |name| format!("`{name}` stands twice"), "remove one of them");
    let malformed: Vec<&str> = ground.nodes.ids().filter(|id| !value::can_be_meant(id)).collect();
    let found: Vec<_> = list.iter().map(|field| reference::known_node(field, ground, &malformed, findings)).collect();
    let found: Vec<_> = found.into_iter().collect::<Option<_>>()?;
    let is_within = |indicator: &usize| found.iter().any(|node| node.indicators.contains(indicator));
    let scope: Vec<usize> = (0..ground.nodes.indicators().len()).filter(is_within).collect();
    (!scope.is_empty()).then_some(scope)
}

impl Applies {
    /// The ground of the policy: of the rubric's nodes those in its scope. Where the scope is not known, nothing is proven.
    pub(super) fn narrowed<'a>(&self, ground: &Ground<'a>) -> Ground<'a> {
        match &self.scope {
            None if self.is_known => ground.clone(),
            None => Ground { all_known: false, is_whole: false, ..ground.clone() },
            Some(scope) => Ground {
                nodes: Arc::new(ground.nodes.only(scope)),
                whole: Some(ground.nodes.clone()),
                ..ground.clone()
            },
        }
    }

    /// Whether every evaluation that `self` fits is one that an earlier policy fits.
    pub(super) fn is_within(&self, earlier: &[&Self], types: &[&str]) -> bool {
        let is_taken = |kind: &str| {
            earlier.iter().any(|other| {
                let has_type = other.types.as_ref().is_none_or(|types| types.iter().any(|known| known == kind));
                has_type && (other.scope.is_none() || other.scope == self.scope)
            })
        };
        match &self.types {
            Some(own) => own.iter().all(|kind| is_taken(kind)),
            None => types.iter().all(|kind| is_taken(kind)),
        }
    }
}
