//! Compares the sections beside the instrument, such as the goals.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use crate::fingerprint;
use crate::rubric::Rubric;
use crate::source::{Field, Text};
use crate::syntax;
use crate::syntax::outline::{Node, outline};

use super::{ChangeKind, Changes, Class};

impl Changes {
    /// No rating already given means anything else by these.
    pub(super) fn sections(&mut self, old: &Rubric, new: &Rubric) {
        let (was, is) = (&old.0.written, &new.0.written);
        let id = new.id();
        let text = |field: &Option<Field<Text>>| field.as_ref().and_then(Field::text).map(str::to_owned);
        let language = |rubric: &syntax::Rubric| rubric.language.as_ref()?.word().map(str::to_owned);
        for (key, was, is) in [
            ("publisher", text(&was.publisher), text(&is.publisher)),
            ("source", text(&was.source), text(&is.source)),
            ("language", language(was), language(is)),
        ] {
            self.key(Class::None, "rubric", id, key, was.as_deref(), is.as_deref());
        }
        for ((key, was), (_, is)) in sections(was).into_iter().zip(sections(is)) {
            if was != is {
                self.section("rubric", id, key);
            }
        }
        let (was, is) = (goals(was), goals(is));
        for indicator in new.indicators().filter(|indicator| old.indicator(&indicator.id).is_some()) {
            if was.get(indicator.id.as_str()) != is.get(indicator.id.as_str()) {
                self.section("indicator", &indicator.id, "goal");
            }
        }
    }

    /// Reports a change of a key whose value is too long to print.
    pub(super) fn section(&mut self, what: &'static str, id: &str, key: &str) {
        self.push(Class::None, ChangeKind::Changed, what, id, None, None).key = Some(key.to_owned());
    }
}

/// The goal texts of single indicators, by id.
fn goals<'a>(rubric: &'a syntax::Rubric) -> HashMap<&'a str, Value> {
    let nodes = outline(rubric);
    let goal = |node: &Node<'a>| Some((node.id.word()?, fingerprint::value(node.indicator()?.goal?)));
    nodes.iter().filter_map(goal).collect()
}

/// The sections without a short form, as written.
fn sections(rubric: &syntax::Rubric) -> [(&'static str, Value); 7] {
    fn value<T: Serialize>(field: &Option<Field<T>>) -> Value {
        fingerprint::value(field)
    }
    [
        ("adopted", value(&rubric.adopted)),
        ("effective", value(&rubric.effective)),
        ("service_data", value(&rubric.service_data)),
        ("professional_development", value(&rubric.professional_development)),
        ("goals", value(&rubric.goals)),
        ("allow", value(&rubric.allow)),
        ("extra", value(&rubric.extra)),
    ]
}
