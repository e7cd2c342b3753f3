//! Compares the practices of indicators, and the rules by which levels follow from them.

use std::collections::HashMap;

use crate::rubric::{Indicator, Practice, Rubric, Rule};

use super::{ChangeKind, Changes, Class};

impl Changes {
    /// A practice that is gone leaves what was seen of it without a place. A new one, one at another level and another rule may
    /// change the level that follows from what was seen. Where an indicator had no practices, its ratings stay as they are.
    pub(super) fn practices(&mut self, old: &Rubric, new: &Rubric) {
        let (before, after) = (by_id(old), by_id(new));
        for (indicator, practice) in each(new) {
            let (id, statement) = (indicator.id.as_str(), practice.statement.as_str());
            let key = format!("practices.{}", practice.id);
            // The practices of a new indicator are no changes of their own.
            let Some(had_some) = old.indicator(id).map(|was| !was.practices().is_empty()) else { continue };
            match before.get(practice.id.as_str()).filter(|(of, _)| of.id == indicator.id) {
                None => {
                    let class = if had_some { Class::Rescored } else { Class::Wording };
                    self.push(class, ChangeKind::Added, "indicator", id, None, Some(statement)).key = Some(key);
                }
                Some((_, was)) => {
                    self.text(Class::Wording, "indicator", id, &key, Some(&was.statement), Some(statement));
                    let (was, is) = (level(old, was), level(new, practice));
                    self.key(Class::Rescored, "indicator", id, &format!("{key}.level"), was, is);
                }
            }
        }
        for (indicator, was) in each(old).filter(|(indicator, _)| new.indicator(&indicator.id).is_some()) {
            let is_there = after.get(was.id.as_str()).is_some_and(|(of, _)| of.id == indicator.id);
            if !is_there {
                let (kind, statement) = (ChangeKind::Removed, Some(was.statement.as_str()));
                let change = self.push(Class::Orphaned, kind, "indicator", &indicator.id, statement, None);
                change.key = Some(format!("practices.{}", was.id));
            }
        }
        for indicator in new.indicators() {
            let Some(was) = old.indicator(&indicator.id) else { continue };
            if let (Some(was), Some(is)) = (rule(old, was), rule(new, indicator)) {
                self.key(Class::Rescored, "indicator", &indicator.id, "derive", Some(&was), Some(&is));
            }
        }
    }
}

fn each(rubric: &Rubric) -> impl Iterator<Item = (&Indicator, &Practice)> {
    rubric.indicators().flat_map(|indicator| indicator.practices().iter().map(move |practice| (indicator, practice)))
}

fn by_id(rubric: &Rubric) -> HashMap<&str, (&Indicator, &Practice)> {
    each(rubric).map(|(indicator, practice)| (practice.id.as_str(), (indicator, practice))).collect()
}

/// The id of the level that a practice belongs to.
fn level<'a>(rubric: &'a Rubric, practice: &Practice) -> Option<&'a str> {
    Some(rubric.levels().get(practice.level()?)?.id.as_str())
}

/// The rule of an indicator with practices, as a person would write it.
fn rule(rubric: &Rubric, indicator: &Indicator) -> Option<String> {
    let rule = &indicator.checklist.as_ref()?.rule;
    let Rule::AtLeast(levels) = rule else { return Some(rule.name().to_owned()) };
    let each =
        levels.iter().filter_map(|(level, number)| Some(format!("{} {number}", rubric.levels().get(*level)?.id)));
    Some(format!("{} {}", rule.name(), each.collect::<Vec<_>>().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use crate::library::Library;
    use crate::rubric::Rubric;

    const OLD: &str = "
id: r
version: 1.0.0
title: R
derive: cumulative
domains:
  - id: a
    title: A
    indicators:
      - id: a1
        statement: Plans.
        practices:
          - { id: p1, level: has_met, statement: Names goals. }
          - { id: p2, level: exceeds_expectations, statement: Dates plans. }
      - { id: a2, statement: Files. }
";

    #[test]
    fn every_change_of_practices_has_its_class() {
        for (from, to, expected) in [
            ("Names goals.", "Names a goal.", "wording reworded indicator a1 practices.p1"),
            (
                "p2, level: exceeds_expectations",
                "p2, level: has_met",
                "rescored changed indicator a1 practices.p2.level",
            ),
            ("derive: cumulative", "derive: majority", "rescored changed indicator a1 derive"),
            (
                "          - { id: p2, level: exceeds_expectations, statement: Dates plans. }\n",
                "",
                "orphaned removed indicator a1 practices.p2",
            ),
            (
                "      - { id: a2",
                "          - { id: p3, level: has_met, statement: Writes. }\n      - { id: a2",
                "rescored added indicator a1 practices.p3",
            ),
            (
                "statement: Files. }",
                "statement: Files., practices: [{ id: p3, level: has_met, statement: Locks. }] }",
                "wording added indicator a2 practices.p3",
            ),
        ] {
            assert!(OLD.contains(from), "{from}");
            let rubric =
                |text: &str| Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
            let difference = compare(&rubric(OLD), &rubric(&OLD.replacen(from, to, 1)));
            let found: Vec<String> = difference
                .changes
                .iter()
                .map(|change| {
                    let key = change.key.as_deref().map(|key| format!(" {key}")).unwrap_or_default();
                    format!("{} {} {} {}{key}", change.class, change.kind.as_str(), change.what, change.id)
                })
                .collect();
            assert_eq!(found, [expected], "{from}");
        }
    }
}
