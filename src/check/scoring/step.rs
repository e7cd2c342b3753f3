//! Rules of one step: the combinations of its keys, and the checked step.

use std::cell::{Cell, RefCell};

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::outline::Node;
use crate::policy::{self, Bound, Flag, Levels, Limit, Of};
use crate::source::{Field, Span};
use crate::syntax::scoring::{Each, Step};

use super::super::{items, value};
use super::number::most;
use super::reference::tier_name;
use super::{At, Checker, levels, not_empty, reference};

impl Checker<'_> {
    /// Checks one step. `None` when it breaks a rule, or could not be read.
    pub(super) fn step(&self, number: usize, place: Span, step: &Step) -> Option<policy::Step> {
        let outline = self.outlines.get(number)?;
        let at = At {
            number,
            each: outline.each.flatten(),
            reach: RefCell::default(),
            counted: RefCell::default(),
            is_last: Cell::new(false),
            is_told_empty: Cell::new(false),
        };
        if let Some(label) = &step.label {
            value::text(label, self.findings);
        }
        if let Some(because) = &step.because {
            value::text(because, self.findings);
        }
        self.keys(step, place);
        self.of_observations(step)?;
        let levels = outline.levels.as_deref();
        let under = self.under(step);
        let of = self.members(step, &at);
        self.nothing_under(step, of.as_ref(), &at);
        let weights = self.weights(step, of.as_ref(), &at);
        let (missing, minimum_rated) = (self.missing(step), self.minimum_rated(step, &at));
        self.fractional_share(step, &at);
        let (rescale, adjust) = (self.rescale(step), self.adjust(step, &at));
        let (clamp, convert, round) = (self.clamp(step), self.convert(step), self.round(step));
        let number_places =
            self.places(step, of.as_ref(), weights.as_ref().map_or(&[], |weights| weights.lists.as_slice()));
        let rate = self.rate(step, levels, number_places, &at);
        let limits = self.limits(step, levels, &at);
        let points = match (&step.points, levels) {
            (None, _) => Some(Vec::new()),
            (Some(field), Some(levels)) => levels::points_of_step(field, levels, self.findings),
            (Some(_), None) => None,
        };
        if let Some(places) = self.places.borrow_mut().get_mut(number) {
            let of_points = || most(points.as_ref()?.iter().map(Exact::places));
            *places = if step.points.is_some() { of_points() } else { number_places };
        }
        at.is_last.set(true);
        let flags = self.flags(step, &at);
        for of in at.counted.take() {
            self.nothing_to_count(step, of, &at);
        }
        if step.of.is_some() && of.is_none() {
            return None;
        }
        outline.each?;
        Some(policy::Step {
            id: outline.id?.to_owned(),
            label: step.label.as_deref().and_then(Field::text).map(str::to_owned),
            because: step.because.as_deref().and_then(Field::text).map(str::to_owned),
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
            convert: convert?,
            round: round?,
            rate: rate?,
            without_ratings: step.is_entered_without_ratings(),
            may_be_judged: step.is_entered_without_ratings(),
            levels: outline.levels.clone()?,
            limits: limits?,
            points: points?,
            flags: flags?,
            reach: at.reach.into_inner(),
        })
    }

    /// Keys that need other keys beside them.
    fn keys(&self, step: &Step, place: Span) {
        let rates = reference::rates(step);
        let with_number = [
            ("weights", step.weights.as_ref().map(|field| field.span)),
            ("rescale", step.rescale.as_ref().map(|field| field.span)),
            ("adjust", step.adjust.as_ref().map(|field| field.span)),
            ("clamp", step.clamp.as_ref().map(|field| field.span)),
            ("convert", step.convert.as_ref().map(|field| field.span)),
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
            self.error(
                Code::MissingMembers,
                take.span,
                "this step has no members to take a number of".to_owned(),
                help,
            );
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

    /// The parts that are named hold what the step takes or has entered.
    fn nothing_under(&self, step: &Step, of: Option<&Of>, at: &At) {
        let Some(own) = self.outlines.get(at.number) else { return };
        if let Some(each) = at.each.filter(|_| own.is_entered)
            && !self.ground.nodes.each(each).iter().any(|node| own.has_result(node))
        {
            let message =
                format!("no {} lies under these parts of the rubric, so nothing can be entered", tier_name(each));
            self.holds_nothing(step, at.number, each, message, at);
        }
        if let Some(Of::Results(of)) = of
            && let Some(each) = self.outlines.get(*of).and_then(|of| of.each.flatten())
            && self.of_results(*of, at).is_empty()
        {
            let message = "no member of this step lies under these parts of the rubric".to_owned();
            self.holds_nothing(step, *of, each, message, at);
        }
    }

    /// Members lie under the nodes that `under` names.
    fn nothing_to_count(&self, step: &Step, of: usize, at: &At) {
        let Some(outline) = self.outlines.get(of) else { return };
        if let (Some(each), Some(id)) = (outline.each.flatten(), outline.id)
            && self.of_results(of, at).is_empty()
        {
            let id = value::shorten(id);
            let message =
                format!("no result of `{id}` lies under these parts of the rubric, so there is none to count");
            self.holds_nothing(step, of, each, message, at);
        }
    }

    /// Reports once for a step that `under` leaves no result of the step `of`.
    fn holds_nothing(&self, step: &Step, of: usize, each: Each, message: String, at: &At) {
        let Some(field) = &step.under else { return };
        if field.value.is_none() || at.is_told_empty.replace(true) {
            return;
        }
        let under = self.outlines.get(at.number).and_then(|own| own.under.as_ref()?.as_ref());
        let is_around = |node: &&&Node| under.into_iter().flatten().any(|under| under.is_within(node));
        let has_result = |node: &&Node| of == at.number || self.outlines.get(of).is_none_or(|of| of.has_result(node));
        let nodes: Vec<&Node> = self.ground.nodes.each(each).iter().filter(has_result).collect();
        let example = nodes.iter().find(is_around).or(nodes.first()).map_or("", |node| node.id.as_str());
        let help = format!("name a whole {}, such as `{example}`, or leave `under` out", tier_name(each));
        self.error(Code::WrongKind, field.span, message, help);
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
