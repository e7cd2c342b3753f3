//! Assigns report names to the evaluations of a run: the first one in the order of the input, whichever thread finishes
//! first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::file_name;

/// The evaluations of a run by the name of their report.
#[derive(Default)]
pub(super) struct Claims(Mutex<Held>);

/// The claims by the key of a name, 40 bytes each.
#[derive(Default)]
pub(super) struct Held(HashMap<u64, Claim>);

#[derive(Clone, Copy)]
struct Claim {
    /// The number of the evaluation in the input.
    number: u64,
    /// The beginning of the hash of its report's inputs.
    of: [u8; 16],
    /// Whether this run has written a report of the name.
    is_written: bool,
}

/// The owner of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// The evaluation that asks.
    Own,
    /// Another one's, from which the same report is made.
    Same,
    /// Another one's.
    Other,
}

impl Claims {
    /// Claims a name for an evaluation.
    pub(super) fn claim(&self, name: &str, number: u64, of: [u8; 16]) -> Whose {
        self.hold().claim(name, number, of)
    }

    /// Keeps every other from a claim for as long as this is held.
    pub(super) fn hold(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    pub(super) fn claim(&mut self, name: &str, number: u64, of: [u8; 16]) -> Whose {
        match self.0.entry(file_name::key(name)) {
            Entry::Vacant(free) => {
                free.insert(Claim { number, of, is_written: false });
                Whose::Own
            }
            Entry::Occupied(mut taken) => match *taken.get() {
                first if first.number < number && first.of == of => Whose::Same,
                first if first.number < number => Whose::Other,
                Claim { is_written, .. } => {
                    taken.insert(Claim { number, of, is_written });
                    Whose::Own
                }
            },
        }
    }

    /// Notes that a report of this name is written.
    pub(super) fn wrote(&mut self, name: &str) {
        if let Some(claim) = self.0.get_mut(&file_name::key(name)) {
            claim.is_written = true;
        }
    }

    /// Whether this run has written a report of this name.
    pub(super) fn has_written(&self, name: &str) -> bool {
        self.0.get(&file_name::key(name)).is_some_and(|claim| claim.is_written)
    }

    /// Whether any evaluation of this run has a report of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(&file_name::key(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_input_has_the_name_whoever_asks_first() {
        let claims = Claims::default();
        let claim = |number, of| claims.claim(if number % 2 == 0 { "a" } else { "A" }, number, [of; 16]);
        assert_eq!(claim(5, 1), Whose::Own);
        assert_eq!((claim(8, 2), claim(8, 1)), (Whose::Other, Whose::Same));
        assert_eq!(claim(3, 2), Whose::Own);
        assert_eq!((claim(3, 2), claim(5, 1)), (Whose::Own, Whose::Other));
        assert!(claims.hold().has("a") && !claims.hold().has("b"));
    }
}
