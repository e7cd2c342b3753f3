//! The rules of one step: which keys go together, and what they come to.

use std::cell::{Cell, RefCell};

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{self, Bound, Flag, Levels, Limit, Node, Of};
use crate::source::{Field, Span};
use crate::syntax::scoring::Step;

use super::super::{items, value};
use super::number::most;
use super::{At, Checker, levels, names, not_empty, points};

impl Checker<'_> {
    /// Checks one step. `None` when it breaks a rule, or could not be read.
    pub(super) fn step(&self, number: usize, place: Span, step: &Step) -> Option<policy::Step> {
        let outline = self.outlines.get(number)?;
        let at = At { number, each: outline.each.flatten(), reach: RefCell::default(), is_last: Cell::new(false) };
        if let Some(label) = &step.label {
            value::text(label, self.findings);
        }
        if let Some(because) = &step.because {
            value::text(because, self.findings);
        }
        self.keys(step, place);
        let levels = outline.levels.as_deref();
        let under = self.under(step);
        let of = self.members(step, &at);
        self.nothing_under(step, of.as_ref(), under.as_ref().and_then(Option::as_deref), &at);
        let weights = self.weights(step, of.as_ref(), under.as_ref().and_then(Option::as_deref), &at);
        let (missing, minimum_rated) = (self.missing(step), self.minimum_rated(step));
        let (rescale, adjust) = (self.rescale(step), self.adjust(step, &at));
        let (clamp, round) = (self.clamp(step), self.round(step));
        let number_places = self.places(step, of.as_ref(), weights.as_deref().unwrap_or_default());
        let rate = self.rate(step, levels, number_places, &at);
        let limits = self.limits(step, levels, &at);
        let points = match (&step.points, levels) {
            (None, _) => Some(Vec::new()),
            (Some(field), Some(levels)) => points::of_step(field, levels, self.findings),
            (Some(_), None) => None,
        };
        if let Some(places) = self.places.borrow_mut().get_mut(number) {
            let of_points = || most(points.as_ref()?.iter().map(Exact::places));
            *places = if step.points.is_some() { of_points() } else { number_places };
        }
        at.is_last.set(true);
        let flags = self.flags(step, &at);
        if step.of.is_some() && of.is_none() {
            return None;
        }
        outline.each?;
        Some(policy::Step {
            id: outline.id?.to_owned(),
            label: step.label.as_ref().and_then(Field::text).map(str::to_owned),
            because: step.because.as_ref().and_then(Field::text).map(str::to_owned),
            each: at.each,
            first: outline.first,
            under: under?,
            of,
            take: match &step.take {
                None => None,
                Some(take) => Some(*take.get()?),
            },
            weights: weights?,
            missing: missing?,
            minimum_rated: minimum_rated?,
            rescale: rescale?,
            adjust: adjust?,
            clamp: clamp?,
            round: round?,
            rate: rate?,
            levels: outline.levels.clone()?,
            limits: limits?,
            points: points?,
            flags: flags?,
            reach: at.reach.into_inner(),
        })
    }

    /// Which keys want others beside them.
    fn keys(&self, step: &Step, place: Span) {
        let rates = names::rates(step);
        let with_number = [
            ("weights", step.weights.as_ref().map(|field| field.span)),
            ("rescale", step.rescale.as_ref().map(|field| field.span)),
            ("adjust", step.adjust.as_ref().map(|field| field.span)),
            ("clamp", step.clamp.as_ref().map(|field| field.span)),
            ("round", step.round.as_ref().map(|field| field.span)),
            ("bands", step.bands.as_ref().map(|field| field.span)),
        ];
        let with_members = [
            ("missing", step.missing.as_ref().map(|field| field.span)),
            ("minimum_rated", step.minimum_rated.as_ref().map(|field| field.span)),
        ];
        let with_rating = [
            ("limits", step.limits.as_ref().map(|field| field.span)),
            ("levels", step.levels.as_ref().map(|field| field.span)),
            ("meets_at", step.meets_at.as_ref().map(|field| field.span)),
            ("points", step.points.as_ref().map(|field| field.span)),
        ];
        let given = |keys: &[(&'static str, Option<Span>)]| -> Vec<(&'static str, Span)> {
            keys.iter().filter_map(|(key, place)| Some((*key, (*place)?))).collect()
        };
        if step.take.is_none() {
            for (key, place) in given(&with_number) {
                let message = format!("`{key}` is about a number, and this step takes none");
                self.misplaced(place, &message, "add `take:`, or remove it");
            }
        }
        if step.of.is_none() {
            for (key, place) in given(&with_members) {
                let message = format!("`{key}` is about members, and this step has none");
                self.misplaced(place, &message, "add `of:`, or remove it");
            }
        }
        if !rates {
            for (key, place) in given(&with_rating) {
                let message = format!("`{key}` is about a rating, and this step gives none");
                self.misplaced(place, &message, "add `bands`, `rules`, `matrix` or `entered: true`, or remove it");
            }
        }
        if let (Some(take), None) = (&step.take, &step.of) {
            let help = "add `of:` with `indicators`, an earlier step, or a list of steps and inputs";
            self.error(Code::MissingMembers, take.span, "this takes a number of nothing".to_owned(), help);
        }
        if step.take.is_none() && !rates {
            let name = step
                .id
                .word()
                .map_or_else(|| "this step".to_owned(), |id| format!("the step `{}`", value::shorten(id)));
            self.findings.lacking(
                Code::EmptyStep,
                place,
                format!("{name} gives neither a number nor a rating"),
                "add `take:`, or one of `rules`, `matrix` and `entered: true`".to_owned(),
            );
        }
    }

    /// Some result of the step that is named lies under the parts that are named.
    fn nothing_under(&self, step: &Step, of: Option<&Of>, under: Option<&[Node]>, at: &At) {
        let (Some(field), Some(Of::Results(of)), Some(_)) = (&step.under, of, under) else { return };
        if self.of_results(*of, under, at).is_empty() {
            let message = "no member of this step lies under these parts of the rubric".to_owned();
            let help = "name what holds them, such as a domain, or leave `under` out";
            self.error(Code::WrongKind, field.span, message, help);
        }
    }

    fn limits(&self, step: &Step, levels: Option<&Levels>, at: &At) -> Option<Vec<Limit>> {
        let Some(field) = &step.limits else { return Some(Vec::new()) };
        let list = field.get()?;
        not_empty(list, field.span, "no limit", self.findings);
        let limits: Vec<Option<Limit>> = items(Some(field))
            .map(|(place, limit)| {
                let when = self.condition(&limit.when, at);
                let bounds: Vec<Option<Bound>> = [
                    limit.at_most.as_ref().map(|most| levels::rating(most, levels, self.findings).map(Bound::AtMost)),
                    limit
                        .at_least
                        .as_ref()
                        .map(|least| levels::rating(least, levels, self.findings).map(Bound::AtLeast)),
                ]
                .into_iter()
                .flatten()
                .collect();
                if bounds.len() != 1 {
                    let message = "a limit has one of `at_most` and `at_least`".to_owned();
                    let help = "write one of them; write two limits for both".to_owned();
                    self.findings.lacking(Code::AmbiguousLimit, place, message, help);
                    return None;
                }
                Some(Limit { bound: bounds.into_iter().next()??, when: when? })
            })
            .collect();
        limits.into_iter().collect::<Option<Vec<_>>>().filter(|limits| limits.len() == list.len())
    }

    fn flags(&self, step: &Step, at: &At) -> Option<Vec<Flag>> {
        let Some(field) = &step.flags else { return Some(Vec::new()) };
        let list = field.get()?;
        not_empty(list, field.span, "no flag", self.findings);
        let flags: Vec<Option<Flag>> = items(Some(field))
            .map(|(_, flag)| {
                let (name, when) = (value::id(&flag.flag, self.findings), self.condition(&flag.when, at));
                Some(Flag { flag: name?.to_owned(), when: when? })
            })
            .collect();
        flags.into_iter().collect::<Option<Vec<_>>>().filter(|flags| flags.len() == list.len())
    }
}
