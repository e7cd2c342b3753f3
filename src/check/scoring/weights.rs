//! Rules of the weights of indicators, and of weights by the choice of an input.

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::outline::Node;
use crate::policy::{InputKind, Reach, Weights};
use crate::source::{Either, Entries, Field, Number, Span};
use crate::syntax::scoring::InputName;

use super::super::{each_once, keys, some_of, value};
use super::reference::{Named, Wanted};
use super::{At, Checker};

/// The word for all indicators that are not named.
const OTHERS: &str = "others";
/// The word for the sum of all weights.
const TOTAL: &str = "total";
/// The word for the input by whose choice members are weighed.
const BY: &str = "by";

/// A weight by the id of a node.
struct Weighed<'a> {
    node: &'a Node,
    weight: &'a Exact,
    place: Span,
    is_used: bool,
}

impl Checker<'_> {
    /// The weight of each indicator, by its number; `None` where the weights are faulty.
    pub(super) fn weights_of_indicators(&self, place: Span, entries: &Entries<Number>, at: &At) -> Option<Vec<Exact>> {
        let outline = &self.ground.nodes;
        let under = self.outlines.get(at.number)?.under.as_ref()?;
        let is_member = |node: &&Node| under.as_ref().is_none_or(|parts| parts.iter().any(|part| node.is_within(part)));
        let message = |id: &str| format!("`{}` has two weights", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, self.findings, message, "keep one of them");
        let (mut named, mut others, mut total, mut all_read) = (Vec::new(), None, None, true);
        for (id, key, field) in entries.iter() {
            let weight = field.get().and_then(|Number(weight)| self.positive(id, weight, field.span));
            let is_word = [OTHERS, TOTAL].contains(&id);
            if is_word && outline.find(id).is_some() {
                let message = format!("`{id}` is the id of a part of the rubric, and a word of `weights`");
                self.error(Code::ReservedId, key.span, message, "give that part another id");
                return None;
            }
            let node = if is_word { None } else { self.node(key) };
            match (id, weight, node) {
                (_, None, _) => all_read = false,
                (OTHERS, Some(weight), _) => others = Some((weight, key.span, false)),
                (TOTAL, Some(weight), _) => total = Some((weight, field.span)),
                (_, Some(weight), Some(node)) => {
                    named.push(Weighed { node, weight, place: key.span, is_used: false });
                }
                (_, Some(_), None) => all_read = false,
            }
        }
        let by_id: HashMap<&str, usize> =
            named.iter().enumerate().map(|(number, named)| (named.node.id.as_str(), number)).collect();
        let members: Vec<&Node> = outline.indicators().iter().take(outline.of_rubric()).filter(is_member).collect();
        let mut weights = vec![Exact::zero(); outline.indicators().len()];
        let mut without: Vec<&str> = Vec::new();
        for member in &members {
            let mut path = std::iter::once(*member).chain(outline.around(member));
            let nearest = path.find_map(|node| by_id.get(node.id.as_str())).and_then(|number| named.get_mut(*number));
            let weight = match (nearest, &mut others) {
                (Some(named), _) => {
                    named.is_used = true;
                    named.weight
                }
                (None, Some((weight, _, is_used))) => {
                    *is_used = true;
                    weight
                }
                (None, None) => {
                    without.push(&member.id);
                    continue;
                }
            };
            if let Some(place) = weights.get_mut(member.indicators.start) {
                place.clone_from(weight);
            }
        }
        self.weights_of_nothing(&named, &members);
        if let Some((_, place, false)) = others.filter(|_| all_read) {
            let message = "`others` stands for no indicator: each has a weight already".to_owned();
            self.error(Code::UnknownMember, place, message, "remove it");
        }
        if !all_read || members.is_empty() {
            return None;
        }
        if !without.is_empty() {
            let message = format!("there is no weight for {}", some_of(&without));
            let help = "give a weight to each indicator, to the domain or competency over it, or to `others`";
            self.error(Code::MissingWeight, place, message, help);
            return None;
        }
        if let Some((total, place)) = total {
            let sum: Exact = weights.iter().cloned().sum();
            if sum != *total {
                let message = format!(
                    "the weights of these {} indicators add up to {}, not to {}",
                    members.len(),
                    sum.shown(),
                    total.shown()
                );
                let help = "change a weight or `total`; the weight of a domain or competency counts for each indicator under it";
                self.error(Code::WeightsTotal, place, message, help);
                return None;
            }
        }
        // On an observation an indicator weighs as it does otherwise.
        for indicator in outline.of_rubric()..weights.len() {
            let own = weights.get(outline.of_record(indicator)).cloned();
            if let (Some(own), Some(place)) = (own, weights.get_mut(indicator)) {
                *place = own;
            }
        }
        Some(weights)
    }

    /// A weight above 0, or a finding.
    fn positive<'n>(&self, id: &str, weight: &'n Exact, place: Span) -> Option<&'n Exact> {
        if weight.is_positive() {
            return Some(weight);
        }
        self.not_positive(id, weight, place, "name the parts that count under `under`");
        None
    }

    /// Reports a weight of 0 or less. `otherwise` says how a part counts for nothing.
    pub(super) fn not_positive(&self, id: &str, weight: &Exact, place: Span, otherwise: &str) {
        let (id, shown) = (value::shorten(id), weight.shown());
        let message = format!("the weight of `{id}` is {shown}, and a weight is above 0");
        let help = match *weight < Exact::zero() {
            true => format!(
                "write a positive number; what takes points away is an input: `adjust: [{{ add: {shown}, per: … }}]`"
            ),
            false => format!("write a positive number, or {otherwise}"),
        };
        self.error(Code::BadNumber, place, message, help);
    }

    /// Weights by which no member is weighed.
    fn weights_of_nothing(&self, named: &[Weighed<'_>], members: &[&Node]) {
        for named in named.iter().filter(|named| !named.is_used) {
            let id = value::shorten(&named.node.id);
            let (message, help) = match members.iter().any(|member| member.is_within(named.node)) {
                true => {
                    let message =
                        format!("the weight of `{id}` counts for nothing: each indicator under it has its own");
                    (message, "remove it, or the weight of an indicator under it")
                }
                false => {
                    let message = format!("no member of this step lies under `{id}`");
                    (message, "name a part that the step looks at, or remove it")
                }
            };
            self.error(Code::UnknownMember, named.place, message, help);
        }
    }

    /// The weights under each choice of an input; `list` reads those of one choice.
    pub(super) fn weights_by_choice(
        &self,
        place: Span,
        entries: &Entries<Either<InputName, Entries<Number>>>,
        at: &At,
        list: impl Fn(Span, &Entries<Number>) -> Option<Vec<Exact>>,
    ) -> Option<Weights> {
        let message = |id: &str| format!("`{}` stands twice", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, self.findings, message, "keep one of them");
        let input = self.weighed_by(place, entries, at)?;
        let InputKind::Choice(choices) = &self.inputs.get(input)?.checked.as_ref()?.kind else { return None };
        if choices.iter().any(|choice| choice == BY) {
            let message = format!("`{BY}` is a choice of this input, and a word of `weights`");
            self.error(Code::ReservedId, place, message, "give that choice another id");
            return None;
        }
        let mut lists: HashMap<usize, Option<Vec<Exact>>> = HashMap::new();
        let mut unknown: Vec<&str> = Vec::new();
        for (id, key, field) in entries.iter().filter(|(id, ..)| *id != BY) {
            let Some(choice) = self.choice(key, choices) else {
                unknown.push(id);
                continue;
            };
            let read = match field.get() {
                Some(Either::Long(entries)) => list(field.span, entries),
                Some(Either::Short(_)) => {
                    let message = format!("`{id}` is a choice, and this is no group of weights");
                    self.error(Code::WrongKind, field.span, message, "write the weight of each member under it");
                    None
                }
                None => None,
            };
            lists.insert(choice, read);
        }
        let known = || choices.iter().map(String::as_str);
        let is_meant = |choice: &str| unknown.iter().any(|id| self.findings.closest(id, known()) == Some(choice));
        let without: Vec<&str> = known()
            .enumerate()
            .filter(|(number, choice)| !lists.contains_key(number) && !is_meant(choice))
            .map(|(_, choice)| choice)
            .collect();
        if !without.is_empty() {
            let message = format!("there are no weights for the choice {}", some_of(&without));
            self.error(Code::MissingWeight, place, message, "give each choice its weights");
        }
        let lists = (0..choices.len()).map(|choice| lists.remove(&choice)?).collect::<Option<_>>()?;
        Some(Weights { by: Some(input), lists })
    }

    /// The input by whose choice members are weighed, which every evaluation gives.
    fn weighed_by(&self, place: Span, entries: &Entries<Either<InputName, Entries<Number>>>, at: &At) -> Option<usize> {
        let Some((_, _, field)) = entries.iter().find(|(id, ..)| *id == BY) else {
            let message = "these are weights by choice, and no input is named".to_owned();
            self.findings.lacking(Code::WrongKind, place, message, "add `by:` with the id of an input with `one_of`");
            return None;
        };
        let help = "name an input with `one_of`";
        let wrong = |message: String, help: &str| {
            self.error(Code::WrongKind, field.span, message, help);
            None
        };
        let Either::Short(InputName(word)) = field.get()? else {
            return wrong("`by` is a group here, and it names an input".to_owned(), help);
        };
        let id = value::shorten(&word.0);
        let name = Field { span: field.span, value: Some(word.clone()) };
        let input = match self.named(&name, at, Wanted::Choice)? {
            Named::Input(input) => input,
            Named::Step(_) => return wrong(format!("`{id}` is a step, not an input"), help),
            Named::Node(_) => return wrong(format!("`{id}` is a part of the rubric, not an input"), help),
        };
        let is = self.inputs.get(input)?.checked.as_ref()?;
        if matches!(is.kind, InputKind::Number { .. }) {
            return wrong(format!("the input `{id}` is a number, not a choice"), help);
        }
        if is.optional {
            let message = format!("the input `{id}` may be missing, and then no weights hold");
            return wrong(message, "remove its `optional`, or add a choice for all others");
        }
        at.reaches(Reach::Input(input));
        Some(input)
    }
}
