//! Values with the evaluation's fingerprint among them: of all values it takes longest, and few templates print it.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Serde, Value};
use serde::Serialize;

use crate::evaluation::Evaluation;

const KEY: &str = "fingerprint";

/// Values of which `fingerprint` is computed when it is asked for.
#[derive(Debug)]
pub(super) struct Fingerprinted {
    evaluation: Evaluation,
    others: Value,
}

impl Fingerprinted {
    pub(super) fn of(evaluation: &Evaluation, others: impl Serialize) -> Value {
        Value::from_object(Self { evaluation: evaluation.clone(), others: Value::from(Serde(others)) })
    }
}

impl Object for Fingerprinted {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        if key == KEY {
            return Some(Value::from(self.evaluation.fingerprint()));
        }
        self.others.get_attr(key).ok().filter(|value| !value.is_undefined())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.others.try_iter().into_iter().flatten().collect())
    }
}
