//! The evaluations that a policy scores, and the numbers of their indicators.

use super::Policy;

impl Policy {
    /// Whether evaluations of this type are scored.
    pub(crate) fn scores(&self, kind: &str) -> bool {
        self.types.as_ref().is_none_or(|types| types.iter().any(|known| known == kind))
    }

    /// Whether the policy is for an evaluation of this type that answers for these indicators of the rubric.
    pub(crate) fn fits(&self, kind: &str, chosen: &[bool]) -> bool {
        let numbers = || chosen.iter().enumerate().filter(|(_, is_chosen)| **is_chosen).map(|(number, _)| number);
        self.scores(kind) && self.scope.as_ref().is_none_or(|scope| numbers().eq(scope.iter().copied()))
    }

    /// The number in the rubric of an indicator of the policy.
    pub(crate) fn in_rubric(&self, indicator: usize) -> usize {
        match &self.scope {
            Some(scope) => scope.get(indicator).copied().unwrap_or(usize::MAX),
            None => self.nodes.of_record(indicator),
        }
    }

    /// The name for people, where the policy has one.
    pub(crate) fn name(&self) -> Option<&str> {
        self.label.as_deref().or(self.id.as_deref())
    }
}
