//! Compares two versions of a rubric: every change, with its class for ratings that were given before.

mod change;
mod condition;
mod narrative;
mod node;
mod observation;
mod order;
mod policy;
mod practice;
mod process;
mod scale;
mod section;
mod supervision;
mod touched;
mod words;

use crate::diagnostic::Severity;
use crate::rubric::{OwnKind, Qualification, Rubric, Tier};
use std::collections::HashMap;

pub use self::change::{ChangeKind, Class, Difference, Reference, RubricChange, Tag, Words};
use self::node::{Node, nodes};
pub(crate) use self::touched::RatingIds;
use self::words::words;

/// Compares two rubrics, matching their parts by id.
pub fn compare(old: &Rubric, new: &Rubric) -> Difference {
    difference(old, new, true)
}

/// As [`compare`], without the changed words of texts, which take the most time.
pub(crate) fn compare_classes(old: &Rubric, new: &Rubric) -> Difference {
    difference(old, new, false)
}

fn difference(old: &Rubric, new: &Rubric, with_words: bool) -> Difference {
    let mut changes = Changes { list: Vec::new(), renamed: scale::renamed(old, new), with_words };
    changes.rubric(old, new);
    changes.scale(old, new);
    changes.nodes(old, new);
    changes.practices(old, new);
    changes.policy(old, new);
    changes.kinds(old, new);
    changes.narratives(old, new);
    changes.process(old, new);
    changes.supervision(old, new);
    changes.observations(old, new);
    changes.qualifications(old, new);
    changes.sections(old, new);
    let changes = changes.list;
    Difference {
        old: old.into(),
        new: new.into(),
        class: changes.iter().map(|change| change.class).max().unwrap_or(Class::None),
        changes,
    }
}

impl From<&Rubric> for Reference {
    fn from(rubric: &Rubric) -> Self {
        Self { id: rubric.id().to_owned(), version: rubric.version(), fingerprint: rubric.fingerprint().to_owned() }
    }
}

/// The changes found so far.
struct Changes {
    list: Vec<RubricChange>,
    /// The ids, old and new, of scales that are the same but for the id.
    renamed: Vec<(String, String)>,
    /// Whether to tell the words of a text that changed.
    with_words: bool,
}

impl Changes {
    fn push(
        &mut self,
        class: Class,
        kind: ChangeKind,
        what: &'static str,
        id: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) -> &mut RubricChange {
        self.list.push_mut(RubricChange {
            class,
            kind,
            what,
            id: id.to_owned(),
            key: None,
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
            words: Vec::new(),
        })
    }

    /// A key whose value may differ.
    fn key(&mut self, class: Class, what: &'static str, id: &str, key: &str, old: Option<&str>, new: Option<&str>) {
        if old != new {
            self.push(class, ChangeKind::Changed, what, id, old, new).key = Some(key.to_owned());
        }
    }

    /// A text whose words may differ.
    fn text(&mut self, class: Class, what: &'static str, id: &str, key: &str, old: Option<&str>, new: Option<&str>) {
        let before = self.list.len();
        self.key(class, what, id, key, old, new);
        if let Some(change) = self.list.get_mut(before) {
            change.kind = ChangeKind::Reworded;
            if self.with_words {
                change.words = words(old.unwrap_or_default(), new.unwrap_or_default());
            }
        }
    }

    fn rubric(&mut self, old: &Rubric, new: &Rubric) {
        let id = new.id();
        self.key(Class::None, "rubric", id, "id", Some(old.id()), Some(id));
        self.text(Class::None, "rubric", id, "title", Some(old.title()), Some(new.title()));
        if old.subject() != new.subject() {
            // Whom an evaluation is about is not whom the rubric is about any more.
            let name = |rubric: &Rubric| format!("{:?}", rubric.subject()).to_lowercase();
            self.key(Class::Orphaned, "rubric", id, "subject", Some(&name(old)), Some(&name(new)));
        }
        let comments =
            |rubric: &Rubric| rubric.comment_required().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ");
        // A final evaluation wants the comment that no draft needed before.
        let asks_for_more = new.comment_required().any(|level| {
            old.comment_required().all(|known| known.id != level.id)
                && old.levels().iter().any(|known| known.id == level.id)
        });
        let class = if asks_for_more { Class::Incomplete } else { Class::None };
        self.key(class, "rubric", id, "comment_required", Some(&comments(old)), Some(&comments(new)));
    }

    fn nodes(&mut self, old: &Rubric, new: &Rubric) {
        let (before, after) = (nodes(old), nodes(new));
        let was: HashMap<&str, &Node<'_>> = before.iter().map(|node| (node.id, node)).collect();
        let is: HashMap<&str, &Node<'_>> = after.iter().map(|node| (node.id, node)).collect();
        for node in &after {
            let what = node.tier.name();
            match was.get(node.id) {
                Some(was) if was.tier == node.tier => self.node(was, node),
                // The id is rated before and after, whatever tier it is of.
                Some(was) if was.is_rated && node.is_rated => self.node(was, node),
                // The same id for something else: what had it is gone, and this is new.
                Some(was) => {
                    self.gone(was);
                    self.push(new_class(node), ChangeKind::Added, what, node.id, None, Some(node.label()));
                }
                None => _ = self.push(new_class(node), ChangeKind::Added, what, node.id, None, Some(node.label())),
            }
        }
        for node in before.iter().filter(|node| !is.contains_key(node.id)) {
            self.gone(node);
        }
        self.orders(new.id(), &before, &after);
    }

    fn gone(&mut self, node: &Node<'_>) {
        let class = if node.is_rated { Class::Orphaned } else { Class::None };
        self.push(class, ChangeKind::Removed, node.tier.name(), node.id, Some(node.label()), None);
    }

    fn node(&mut self, was: &Node<'_>, node: &Node<'_>) {
        let (what, id) = (node.tier.name(), node.id);
        if was.tier != node.tier {
            self.key(Class::Rescored, what, id, "tier", Some(was.tier.name()), Some(node.tier.name()));
        } else if was.domain != node.domain && node.tier != Tier::Domain {
            // The tallies of both domains are others now.
            self.push(Class::Rescored, ChangeKind::Moved, what, id, Some(was.domain), Some(node.domain));
        } else if was.competency != node.competency && node.tier == Tier::Indicator {
            let place = |node: &Node<'_>| node.competency.unwrap_or(node.domain).to_owned();
            self.push(Class::Rescored, ChangeKind::Moved, what, id, Some(&place(was)), Some(&place(node)));
        }
        self.text(Class::Wording, what, id, "title", was.title, node.title);
        self.text(Class::Wording, what, id, "statement", was.statement, node.statement);
        if was.is_rated == node.is_rated {
            self.rated(was, node);
        } else {
            let rated = |node: &Node<'_>| node.is_rated.then_some("true");
            let class = if node.is_rated { Class::Incomplete } else { Class::Orphaned };
            self.key(class, what, id, "rated", rated(was), rated(node));
        }
        self.key(Class::None, what, id, "code", Some(was.code), Some(node.code));
    }

    /// The keys of an indicator.
    fn rated(&mut self, was: &Node<'_>, node: &Node<'_>) {
        let (what, id) = (node.tier.name(), node.id);
        self.text(Class::Wording, what, id, "guidance", was.guidance, node.guidance);
        for (level, text) in &node.descriptors {
            let before = was.descriptors.iter().find(|(known, _)| known == level).map(|(_, text)| *text);
            self.text(Class::Wording, what, id, &format!("descriptors.{level}"), before, Some(text));
        }
        for (level, text) in &was.descriptors {
            if !node.descriptors.iter().any(|(known, _)| known == level) {
                self.text(Class::Wording, what, id, &format!("descriptors.{level}"), Some(text), None);
            }
        }
        let class = if node.is_qualification_enforced { Class::Incomplete } else { Class::None };
        self.key(class, what, id, "evaluated_by", was.evaluated_by, node.evaluated_by);
        // Where the other scale has the levels too, only their tallies are others.
        let keeps_levels = was.levels.iter().all(|level| node.levels.contains(level)) && !was.is_number;
        let class = if keeps_levels { Class::Rescored } else { Class::Orphaned };
        let scale = was.scale.map(|scale| self.now(scale).to_owned());
        self.key(class, what, id, "scale", scale.as_deref(), node.scale);
        let points = |node: &Node<'_>, level: &str| {
            node.points.iter().find(|(known, _)| known == level).map(|(_, points)| points.shown())
        };
        let gone = was.points.iter().filter(|(level, _)| points(node, level).is_none());
        for (level, _) in node.points.iter().chain(gone) {
            let (before, after) = (points(was, level), points(node, level));
            self.key(Class::Rescored, what, id, &format!("points.{level}"), before.as_deref(), after.as_deref());
        }
        let critical = |node: &Node<'_>| node.critical.then_some("true");
        self.key(Class::None, what, id, "critical", critical(was), critical(node));
    }

    /// Things that both rubrics list, matched by id: each one that came or went, and what `compare` finds of the others. `class` is that
    /// of one that came, and `gone` that of one that went.
    fn each<T>(
        &mut self,
        what: &'static str,
        (old, new): (&[T], &[T]),
        name: impl Fn(&T) -> (&str, &str),
        (class, gone): (impl Fn(&T) -> Class, Class),
        mut compare: impl FnMut(&mut Self, &T, &T),
    ) {
        let find = |list: &'_ [T], id: &str| list.iter().position(|known| name(known).0 == id);
        for is in new {
            let (id, label) = name(is);
            match find(old, id).and_then(|number| old.get(number)) {
                Some(was) => compare(self, was, is),
                None => _ = self.push(class(is), ChangeKind::Added, what, id, None, Some(label)),
            }
        }
        for (id, label) in old.iter().map(&name).filter(|(id, _)| find(new, id).is_none()) {
            self.push(gone, ChangeKind::Removed, what, id, Some(label), None);
        }
    }

    /// The rubric's own kinds of evaluation. Without one, an evaluation of this kind is a formal one.
    fn kinds(&mut self, old: &Rubric, new: &Rubric) {
        let classes = (|_: &OwnKind| Class::None, Class::Orphaned);
        self.each(
            "kind",
            (old.kinds(), new.kinds()),
            |kind| (&kind.id, &kind.label),
            classes,
            |changes, was, is| {
                changes.text(Class::None, "kind", &is.id, "label", Some(&was.label), Some(&is.label));
                changes.text(Class::None, "kind", &is.id, "note", was.note.as_deref(), is.note.as_deref());
            },
        );
    }

    fn qualifications(&mut self, old: &Rubric, new: &Rubric) {
        let (what, both) = ("qualification", (old.qualifications(), new.qualifications()));
        let classes = (|_: &Qualification| Class::None, Class::None);
        self.each(
            what,
            both,
            |one| (&one.id, &one.label),
            classes,
            |changes, was, is| {
                changes.text(Class::None, what, &is.id, "label", Some(&was.label), Some(&is.label));
                let (before, after) = (was.severity.to_string(), is.severity.to_string());
                // A rating that somebody else gave is an error now.
                let is_stricter = is.severity == Severity::Error;
                let class = if is_stricter { Class::Incomplete } else { Class::None };
                changes.key(class, what, &is.id, "enforce", Some(&before), Some(&after));
            },
        );
        let shared = |rubric: &Rubric, other: &Rubric| {
            let ids = rubric.qualifications().iter().filter(|one| other.qualification(&one.id).is_some());
            ids.map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (shared(old, new), shared(new, old));
        self.key(Class::None, "rubric", new.id(), "qualifications", Some(&was), Some(&is));
    }
}

fn new_class(node: &Node<'_>) -> Class {
    if node.is_rated { Class::Incomplete } else { Class::None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    const OLD: &str = "
id: r
version: 1.0.0
title: R
scale:
  levels: [{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }]
  meets_at: mid
  not_rated: [{ id: unseen, label: Unseen }]
domains:
  - id: a
    title: A
    indicators:
      - { id: a1, statement: Works well with others. }
      - { id: a2, statement: Plans. }
  - id: b
    title: B
    competencies:
      - { id: c, title: C, statement: C., indicators: [{ id: c1, statement: Listens., descriptors: { low: Never. } }] }
";

    fn difference(edits: &[(&str, &str)]) -> Difference {
        let new = edits.iter().fold(OLD.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        let rubric =
            |text: &str| Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        compare(&rubric(OLD), &rubric(&new))
    }

    fn summary(difference: &Difference) -> Vec<String> {
        let line = |change: &RubricChange| {
            let key = change.key.as_deref().map(|key| format!(" {key}")).unwrap_or_default();
            format!("{} {} {} {}{key}", change.class, change.kind.as_str(), change.what, change.id)
        };
        difference.changes.iter().map(line).collect()
    }

    #[test]
    fn a_rubric_does_not_differ_from_itself() {
        let same = difference(&[("version: 1.0.0", "version: 1.1.0")]);
        assert_eq!((summary(&same), same.class), (vec![], Class::None));
        assert_eq!((same.old.version.as_str(), same.new.version.as_str()), ("1.0.0", "1.1.0"));
    }

    /// Edits of the old text, and the changes they make.
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

    #[test]
    fn every_change_has_its_class() {
        let cases: [Case; 15] = [
            (&[("well with others", "with others")], &["wording reworded indicator a1 statement"]),
            (
                &[("{ id: a2, statement: Plans. }", "{ id: a2, title: Plans, statement: Plans. }")],
                &["wording reworded indicator a2 title"],
            ),
            (&[("Never.", "Hardly ever.")], &["wording reworded indicator c1 descriptors.low"]),
            (
                &[(
                    "{ id: a2, statement: Plans. }",
                    "{ id: a2, statement: Plans. }\n      - { id: a3, statement: New. }",
                )],
                &["incomplete added indicator a3"],
            ),
            (&[("      - { id: a2, statement: Plans. }\n", "")], &["orphaned removed indicator a2"]),
            (
                &[
                    ("      - { id: a2, statement: Plans. }\n", ""),
                    ("[{ id: c1,", "[{ id: a2, statement: Plans. }, { id: c1,"),
                ],
                &["rescored moved indicator a2", "none changed indicator a2 code", "none changed indicator c1 code"],
            ),
            (&[("label: Mid", "label: Middle")], &["wording reworded level mid label"]),
            (&[(", { id: high, label: High }", "")], &["orphaned removed level high"]),
            (&[("meets_at: mid", "meets_at: high")], &["rescored changed rubric r scale.meets_at"]),
            (
                &[(
                    "{ id: low, label: Low }, { id: mid, label: Mid }",
                    "{ id: mid, label: Mid }, { id: low, label: Low }",
                )],
                &["rescored changed rubric r scale.levels"],
            ),
            (&[("title: R\n", "title: R\nsubject: organization\n")], &["orphaned changed rubric r subject"]),
            (
                &[(
                    "title: R\n",
                    "title: R\npublisher: P\neffective: { from: 2025-07-01, to: 2028-06-30 }\nextra: { a: 1 }\n",
                )],
                &["none changed rubric r publisher", "none changed rubric r effective", "none changed rubric r extra"],
            ),
            (
                &[(
                    "domains:",
                    "goals: { limit: 2, templates: [{ id: g, when: low, statement: Better. }] }\nservice_data: [{ id: s, label: S, kind: count }]\n\
                     professional_development: { contact_hours: 90, years: 5 }\ndomains:",
                )],
                &[
                    "none changed rubric r service_data",
                    "none changed rubric r professional_development",
                    "none changed rubric r goals",
                ],
            ),
            (
                &[("statement: Plans. }", "statement: Plans., goal: { measure: Ten plans. } }")],
                &["none changed indicator a2 goal"],
            ),
            (
                &[("id: c, title: C", "id: d, title: C")],
                &["none added competency d", "rescored moved indicator c1", "none removed competency c"],
            ),
        ];
        for (edits, expected) in cases {
            assert_eq!(summary(&difference(edits)), expected, "{edits:?}");
        }
    }

    /// A fingerprint tells them apart, and a rating that was a warning is an error now.
    #[test]
    fn a_change_of_an_enforced_rule_is_listed() {
        let rubric = |enforce: &str| {
            let list = format!("title: R\nqualifications: [{{ id: q, label: Q, enforce: {enforce} }}]\n");
            let text = OLD.replace("title: R\n", &list);
            Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
        };
        let difference = compare(&rubric("warn"), &rubric("error"));
        assert_eq!(summary(&difference), ["incomplete changed qualification q enforce"]);
        let change = &difference.changes[0];
        assert_eq!((change.old.as_deref(), change.new.as_deref()), (Some("warning"), Some("error")));
        assert_eq!(summary(&compare(&rubric("error"), &rubric("warn"))), ["none changed qualification q enforce"]);
    }

    #[test]
    fn an_enforced_qualification_or_a_comment_that_is_asked_for_now_leaves_evaluations_incomplete() {
        let rubric = |enforce: &str, more: &str, by: &str| {
            let list = "qualifications: [{ id: p, label: P }, { id: q, label: Q, enforce: ENFORCE }]\n";
            let text = OLD.replace("title: R\n", &format!("title: R\n{}{more}", list.replace("ENFORCE", enforce)));
            let text = text.replace("statement: Plans. }", &format!("statement: Plans., evaluated_by: {by} }}"));
            Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
        };
        let class = |old: &Rubric, new: &Rubric| compare(old, new).class;
        assert_eq!(class(&rubric("error", "", "p"), &rubric("error", "", "q")), Class::Incomplete);
        assert_eq!(class(&rubric("warn", "", "p"), &rubric("warn", "", "q")), Class::None);
        assert_eq!(class(&rubric("error", "", "q"), &rubric("error", "", "p")), Class::None);
        let comments = |list: &str| rubric("warn", &format!("comment_required: [{list}]\n"), "p");
        assert_eq!(class(&comments("low"), &comments("low, mid")), Class::Incomplete);
        assert_eq!(class(&comments("low, mid"), &comments("low")), Class::None);
    }

    #[test]
    fn the_gravest_class_is_that_of_all() {
        let both = difference(&[("well with others", "with others"), ("      - { id: a2, statement: Plans. }\n", "")]);
        assert_eq!(both.class, Class::Orphaned);
    }
}
