//! The operations of an overlay, in their order: omit, change, move, add.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Code;
use crate::source::{Entries, Field, Findings, Flag, Kept, Mapping, Node, NodeKind, Span, Word, shorten};
use crate::syntax::Overlay;
use crate::syntax::overlay::{Add, Change};
use crate::syntax::rubric::Tier;

use super::arena::{Arena, Number};

/// Does what the overlay says to the base's domains.
pub(super) fn apply(overlay: &Overlay, text: &str, base: &mut Node<'static>, findings: &Findings) {
    let mut operations = Operations { parts: Arena::take(base), not_added: HashSet::new(), texts: [text], findings };
    operations.leave(overlay);
    operations.omit(overlay);
    operations.change(overlay);
    operations.r#move(overlay);
    operations.add(overlay);
    operations.parts.give_back(base);
}

struct Operations<'a> {
    parts: Arena,
    /// The ids that could not be added, so that a reference to one is no second finding.
    not_added: HashSet<&'a str>,
    /// The overlay's text.
    texts: [&'a str; 1],
    findings: &'a Findings,
}

/// The wording about a place that an operation names.
const NAMED: &str = "named here";

/// The places that an operation names.
#[derive(Clone, Copy)]
struct Named<'a> {
    to: Option<&'a Field<Word>>,
    after: Option<&'a Field<Word>>,
    before: Option<&'a Field<Word>>,
    first: Option<&'a Field<Flag>>,
}

impl<'a> Operations<'a> {
    /// Marks what is moved to another holder: so domains and competencies are merged or dissolved, and what was in them keeps
    /// its id, and with it its ratings.
    fn leave(&mut self, overlay: &'a Overlay) {
        for operation in overlay.r#move.as_ref().and_then(Field::get).into_iter().flatten().filter_map(Field::get) {
            let number = operation.to.as_ref().and(operation.id.word()).and_then(|id| self.parts.find(id));
            if let Some(part) = number.and_then(|number| self.parts.get_mut(number)) {
                part.leaves = true;
            }
        }
    }

    fn omit(&mut self, overlay: &'a Overlay) {
        let mut omitted = Vec::new();
        for (id, key, reason) in entries(overlay.omit.as_ref()) {
            if reason.text().is_some_and(|reason| reason.trim().is_empty()) {
                self.findings.error(
                    Code::BlankText,
                    reason.span,
                    format!("there is no reason why `{}` is left out", shorten(id)),
                    "write the reason: people will ask for it".to_owned(),
                );
            }
            let Some(number) = self.known(id, key.span) else { continue };
            let Some(part) = self.parts.get_mut(number) else { continue };
            if let Some(first) = part.omitted {
                self.twice("omitted", id, key.span, first);
                continue;
            }
            part.omitted = Some(key.span);
            omitted.push((number, key.span));
        }
        for (number, place) in omitted {
            let holder =
                self.parts.get(number).and_then(|part| part.parent).and_then(|parent| self.parts.omitted(parent));
            if let Some((holder, _)) = holder {
                let message =
                    format!("`{}` is omitted already, with `{}`", self.parts.id(number), self.parts.id(holder));
                self.conflict(place, message, "remove this one");
            }
            self.parts.detach(number, place);
        }
    }

    fn change(&mut self, overlay: &'a Overlay) {
        let mut changed: HashMap<&str, Span> = HashMap::new();
        for (id, key, change) in entries(overlay.change.as_ref()) {
            let Some(Kept { value: change, node }) = change.get() else { continue };
            let number = match changed.insert(id, key.span) {
                Some(first) => {
                    self.twice("changed", id, key.span, first);
                    None
                }
                None => self.present(id, key.span, "changed"),
            };
            let Some(number) = number else {
                change.look(&self.texts, self.findings);
                continue;
            };
            self.not_changeable(change);
            let Some(part) = self.parts.get_mut(number) else { continue };
            let required: &[&str] = match part.tier {
                Tier::Domain => &["title"],
                Tier::Competency => &["title", "statement"],
                Tier::Indicator => &["statement"],
            };
            let (NodeKind::Map(entries), NodeKind::Map(changes)) = (&mut part.node.kind, &node.kind) else { continue };
            let is_changed = |name: &str| !["id", "competencies", "indicators"].contains(&name);
            for (name, key, value) in
                super::known(changes, <Change as Mapping>::KEYS).filter(|(name, ..)| is_changed(name))
            {
                super::replace(entries, key, value, required.contains(&name));
            }
        }
    }

    /// The keys that an entry of `change` cannot have.
    fn not_changeable(&self, change: &Change) {
        let children = "put new ones under `add:`, and use `omit:`, `move:` or `change:` with the id of one";
        let parts = [
            ("id", &change.id, "ratings refer to it; to replace it by another, omit it and add that"),
            ("competencies", &change.competencies, children),
            ("indicators", &change.indicators, children),
        ];
        for (key, field, help) in parts {
            if let Some(field) = field {
                self.findings.error(
                    Code::NotChangeable,
                    field.span,
                    format!("`{key}` cannot be changed here"),
                    help.to_owned(),
                );
            }
        }
    }

    fn r#move(&mut self, overlay: &'a Overlay) {
        for operation in overlay.r#move.as_ref().and_then(Field::get).into_iter().flatten().filter_map(Field::get) {
            let named = Named {
                to: operation.to.as_deref(),
                after: operation.after.as_deref(),
                before: operation.before.as_deref(),
                first: operation.first.as_ref(),
            };
            let are_there = self.are_there(named);
            self.move_one(&operation.id, named, are_there);
        }
    }

    fn move_one(&mut self, id: &'a Field<Word>, named: Named<'a>, are_there: bool) -> Option<()> {
        let place = id.span;
        let id = id.word()?;
        let number = self.present(id, place, "moved")?;
        let part = self.parts.get_mut(number)?;
        if let Some(first) = part.moved {
            self.twice("moved", id, place, first);
            return None;
        }
        part.moved = Some(place);
        let (tier, parent) = (part.tier, part.parent);
        let mut places = [named.to, named.after, named.before].into_iter().flatten();
        if let Some(itself) = places.find(|place| place.word() == Some(id)) {
            let message = format!("`{}` cannot be placed by itself", shorten(id));
            self.misplaced(itself.span, message, "name something else");
            return None;
        }
        if !are_there {
            return None;
        }
        let parent = match named.to {
            Some(to) => self.holder(to, tier)?,
            None => parent,
        };
        let neighbour = self.neighbour(named, parent, tier)?;
        // The part leaves its place first, so that positions count without it.
        self.parts.detach(number, place);
        let at = self.at(&neighbour, parent);
        self.parts.attach(number, parent, at);
        Some(())
    }

    /// Whether the places that an operation names are there; a finding for each that is not.
    fn are_there(&self, named: Named<'_>) -> bool {
        let named = [named.to, named.after, named.before].into_iter().flatten();
        let is_missing =
            |field: &&Field<Word>| field.word().is_some_and(|id| self.present(id, field.span, NAMED).is_none());
        named.filter(is_missing).count() == 0
    }

    fn add(&mut self, overlay: &'a Overlay) {
        for add in overlay.add.as_ref().and_then(Field::get).into_iter().flatten().filter_map(Field::get) {
            let Kept { value: operation, node } = add;
            let named = Named {
                to: operation.to.as_deref(),
                after: operation.after.as_deref(),
                before: operation.before.as_deref(),
                first: operation.first.as_ref(),
            };
            let are_there = self.are_there(named);
            if self.add_one(operation, named, node, are_there).is_none() {
                operation.look(&self.texts, self.findings);
                self.not_added.extend(id_of(operation));
            }
        }
    }

    fn add_one(&mut self, operation: &'a Add, named: Named<'a>, node: &Node<'_>, are_there: bool) -> Option<()> {
        // Without an id it has no place.
        operation.id.get()?;
        if let Some(id) = id_of(operation)
            && let Some((omitted, first)) = self.parts.find(id).and_then(|number| self.parts.omitted(number))
            && self.parts.id(omitted) == id
        {
            let message = format!("`{}` is omitted, and added again", shorten(id));
            let help = "use `change:` if it is the same; give it an id of its own if it is another";
            self.conflict_with(operation.id.span, first, message, help);
            return None;
        }
        if !are_there {
            return None;
        }
        let (tier, parent) = match named.to {
            None => (Tier::Domain, None),
            Some(to) => {
                let tier = self.tier_within(to, operation)?;
                (tier, self.holder(to, tier)?)
            }
        };
        let neighbour = self.neighbour(named, parent, tier)?;
        let NodeKind::Map(entries) = &node.kind else { return None };
        let is_own = |name: &str| !["to", "after", "before", "first"].contains(&name);
        let own = super::known(entries, <Add as Mapping>::KEYS).filter(|(name, ..)| is_own(name));
        let own = own.map(|(_, key, value)| (key.to_owned_node(), value.to_owned_node())).collect();
        let part = Node { span: node.span, kind: NodeKind::Map(own), explained: node.explained };
        let number = self.parts.insert(part, tier);
        let at = self.at(&neighbour, parent);
        self.parts.attach(number, parent, at);
        Some(())
    }

    /// The tier of a part added to `to`: in a domain, a part with indicators of its own, or that is rated itself, is a
    /// competency.
    fn tier_within(&self, to: &Field<Word>, operation: &Add) -> Option<Tier> {
        let holder = self.parts.get(self.present(to.word()?, to.span, NAMED)?)?;
        let is_competency =
            holder.tier == Tier::Domain && (operation.indicators.is_some() || operation.rated.is_some());
        Some(if is_competency { Tier::Competency } else { Tier::Indicator })
    }

    /// The parent for a part of a tier, or a finding.
    fn holder(&self, to: &Field<Word>, tier: Tier) -> Option<Option<Number>> {
        let id = to.word()?;
        let number = self.present(id, to.span, NAMED)?;
        let holder = self.parts.get(number)?;
        let holds = holder.children.first().and_then(|child| self.parts.get(*child)).map(|child| child.tier);
        let what = tier.name();
        let first = holder.children.first().map(|child| shorten(self.parts.id(*child))).unwrap_or_default();
        let (message, help) = match (tier, holder.tier) {
            (Tier::Domain, _) => (
                format!("a domain stands in no {}", holder.tier.name()),
                "leave `to` out; `after:`, `before:` or `first: true` say where it comes".to_owned(),
            ),
            (Tier::Competency, Tier::Domain) | (Tier::Indicator, Tier::Domain)
                if holds.is_some_and(|holds| holds != tier) =>
            {
                (
                    format!("domain `{id}` holds {}, not {}", plural(holds?), plural(tier)),
                    match tier {
                        Tier::Indicator => format!("name one of its competencies, such as `{first}`"),
                        _ => "add the indicators one by one, or name another domain".to_owned(),
                    },
                )
            }
            (Tier::Competency, Tier::Domain) | (Tier::Indicator, Tier::Domain | Tier::Competency) => {
                return Some(Some(number));
            }
            (_, Tier::Indicator) => (
                format!("`{id}` is an indicator: it holds nothing"),
                "name a domain or competency under `to`, and put this one under `after`".to_owned(),
            ),
            (Tier::Competency, Tier::Competency) => {
                (format!("a {what} stands in no competency"), "name a domain under `to`".to_owned())
            }
        };
        self.misplaced(to.span, message, &help);
        None
    }

    /// The sibling that a part is placed by among the children of `parent`. The outer `None` is a finding.
    fn neighbour(&self, named: Named<'_>, parent: Option<Number>, tier: Tier) -> Option<Neighbour> {
        let first = named.first.filter(|first| first.get() == Some(&true));
        let places = [("after", named.after.map(|field| field.span)), ("before", named.before.map(|field| field.span))];
        let places: Vec<_> = places.into_iter().chain([("first", first.map(|field| field.span))]).collect();
        let given: Vec<_> = places.iter().filter_map(|(key, place)| Some((*key, (*place)?))).collect();
        if let [(one, _), (other, place), ..] = given.as_slice() {
            self.conflict(*place, format!("`{one}` and `{other}` are both given"), "keep one of them");
            return None;
        }
        let (field, after) = match (named.after, named.before) {
            (Some(after), _) => (after, true),
            (None, Some(before)) => (before, false),
            (None, None) if first.is_some() => return Some(Neighbour::First),
            (None, None) => return Some(Neighbour::Last),
        };
        let id = field.word()?;
        let number = self.present(id, field.span, NAMED)?;
        let sibling = self.parts.get(number)?;
        if sibling.parent == parent {
            return Some(if after { Neighbour::After(number) } else { Neighbour::Before(number) });
        }
        let there = sibling.parent.map(|parent| shorten(self.parts.id(parent)));
        let holder = parent.map(|parent| shorten(self.parts.id(parent))).unwrap_or_default();
        let (message, help) = match (parent, there) {
            (None, there) => (
                format!("`{id}` is no domain, and without `to` this is a whole domain"),
                format!("write `to: {}`, or name a domain here", there.unwrap_or_default()),
            ),
            (Some(_), Some(there)) => (
                format!("`{id}` does not stand in `{holder}`"),
                format!("it stands in `{there}`; name one of the {} of `{holder}`", plural(tier)),
            ),
            (Some(_), None) => (
                format!("`{id}` is a domain, and does not stand in `{holder}`"),
                format!("name one of the {} of `{holder}`", plural(tier)),
            ),
        };
        self.misplaced(field.span, message, &help);
        None
    }

    fn at(&self, neighbour: &Neighbour, parent: Option<Number>) -> Option<usize> {
        let position = |number: Number| self.parts.siblings(parent).iter().position(|sibling| *sibling == number);
        match neighbour {
            Neighbour::First => Some(0),
            Neighbour::Last => None,
            Neighbour::Before(number) => position(*number),
            Neighbour::After(number) => position(*number)?.checked_add(1),
        }
    }

    /// A part of the base, or of what was added before, or a finding.
    fn known(&self, id: &str, place: Span) -> Option<Number> {
        let number = self.parts.find(id);
        if number.is_none() && !self.not_added.contains(id) {
            self.findings.error(
                Code::UnknownNode,
                place,
                format!("`{}` is no domain, competency or indicator of the base", shorten(id)),
                self.parts.meant(id, self.findings),
            );
        }
        number
    }

    /// A part that is not omitted, or a finding.
    fn present(&self, id: &str, place: Span, what: &str) -> Option<Number> {
        let number = self.known(id, place)?;
        let Some((omitted, first)) = self.parts.omitted(number) else { return Some(number) };
        let with = match self.parts.id(omitted) {
            holder if holder == id => String::new(),
            holder => format!(" with `{}`", shorten(holder)),
        };
        let message = format!("`{}` is omitted{with}, and {what}", shorten(id));
        self.conflict_with(place, first, message, "remove one of the two");
        None
    }

    fn twice(&self, what: &str, id: &str, place: Span, first: Span) {
        let message = format!("`{}` is {what} twice", shorten(id));
        self.conflict_with(place, first, message, "keep one of them");
    }

    fn conflict_with(&self, place: Span, first: Span, message: String, help: &str) {
        self.findings.repeated(Code::ConflictingOperations, place, first, message, help.to_owned());
    }

    fn conflict(&self, place: Span, message: String, help: &str) {
        self.findings.error(Code::ConflictingOperations, place, message, help.to_owned());
    }

    fn misplaced(&self, place: Span, message: String, help: &str) {
        self.findings.error(Code::MisplacedNode, place, message, help.to_owned());
    }
}

/// The sibling that a part is placed by.
enum Neighbour {
    First,
    Last,
    Before(Number),
    After(Number),
}

fn plural(tier: Tier) -> &'static str {
    match tier {
        Tier::Domain => "domains",
        Tier::Competency => "competencies",
        Tier::Indicator => "indicators",
    }
}

fn entries<T>(section: Option<&Field<Entries<T>>>) -> impl Iterator<Item = (&str, &Field<Word>, &Field<T>)> {
    section.and_then(Field::get).into_iter().flat_map(Entries::iter)
}

fn id_of(operation: &Add) -> Option<&str> {
    operation.id.get()?.word()
}
