//! Compares the observations of two rubrics.

use crate::rubric::{ObservationKind, Observations, RecordRule, Rubric};

use super::{ChangeKind, Changes, Class};

impl Changes {
    /// A kind of observation that is gone leaves its observations without a place; so does a part that a kind rates no more. A
    /// kind that is needed more often makes final evaluations incomplete, and another rule another rating of record. The first
    /// observations of a rubric touch no rating given before, for no evaluation had any.
    pub(super) fn observations(&mut self, old: &Rubric, new: &Rubric) {
        let (before, after) = (old.observations(), new.observations());
        if before.is_none() && after.is_none() {
            return;
        }
        let rule = |rubric: &Rubric| rubric.record_rule().map(RecordRule::name);
        let class = if before.is_none() { Class::None } else { Class::Rescored };
        self.key(class, "rubric", new.id(), "observations.rating", rule(old), rule(new));
        let most = |all: Option<&Observations>| Some(all?.at_most?.to_string());
        let (was, is) = (most(before), most(after));
        let limit = |all: Option<&Observations>| all.and_then(|all| all.at_most);
        let is_less =
            before.is_some() && limit(after).is_some_and(|after| limit(before).is_none_or(|before| after < before));
        // Fewer observations than an evaluation may have leave its last ones without a place.
        let class = if is_less { Class::Orphaned } else { Class::None };
        self.key(class, "rubric", new.id(), "observations.at_most", was.as_deref(), is.as_deref());
        for kind in after.into_iter().flat_map(|all| &all.kinds) {
            match old.observation_kind(&kind.id) {
                Some(was) => self.observation_kind(was, kind, old, new),
                None => {
                    let class = if kind.at_least > 0 { Class::Incomplete } else { Class::None };
                    self.push(class, ChangeKind::Added, "observation", &kind.id, None, Some(&kind.label));
                }
            }
        }
        for was in before.into_iter().flat_map(|all| &all.kinds) {
            if new.observation_kind(&was.id).is_none() {
                self.push(Class::Orphaned, ChangeKind::Removed, "observation", &was.id, Some(&was.label), None);
            }
        }
    }

    fn observation_kind(&mut self, was: &ObservationKind, is: &ObservationKind, old: &Rubric, new: &Rubric) {
        let id = &is.id;
        self.text(Class::Wording, "observation", id, "label", Some(&was.label), Some(&is.label));
        let class = if is.at_least > was.at_least { Class::Incomplete } else { Class::None };
        let (before, after) = (was.at_least.to_string(), is.at_least.to_string());
        self.key(class, "observation", id, "at_least", Some(&before), Some(&after));
        // An indicator that the rubric lost or got is told of elsewhere.
        let lost = old
            .indicators()
            .filter(|indicator| was.rates(indicator))
            .any(|indicator| new.indicator(&indicator.id).is_some_and(|indicator| !is.rates(indicator)));
        let scope = |kind: &ObservationKind| (!kind.scope.is_empty()).then(|| kind.scope.join(", "));
        let class = if lost { Class::Orphaned } else { Class::None };
        self.key(class, "observation", id, "scope", scope(was).as_deref(), scope(is).as_deref());
    }
}
