//! Rules of `rescale`, `adjust`, `clamp`, `convert` and `round`, and the number of decimal places that result.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{Adjust, InputKind, Of, Reach, Rescale, Round, Row, Single};
use crate::scale::{Scale, Scales};
use crate::source::{Field, Number, OneOrList, Word};
use crate::syntax::scoring::{self, Missing, Step, Take};

use super::super::{items, value};
use super::reference::{Named, Wanted};
use super::{At, Checker, inputs, not_empty};

/// The roundings of a step, however they are written.
fn roundings(step: &Step) -> Vec<(crate::source::Span, &scoring::Round)> {
    let field = step.round.as_ref();
    match field.and_then(|field| Some((field.span, field.get()?))) {
        None => Vec::new(),
        Some((place, OneOrList::One(round))) => vec![(place, round)],
        Some((_, OneOrList::List(list))) => list.iter().filter_map(|round| Some((round.span, round.get()?))).collect(),
    }
}

/// The most of some places; `None` where one of them is not known.
pub(super) fn most(mut places: impl Iterator<Item = Option<u32>>) -> Option<u32> {
    places.try_fold(0, |most, places| Some(places?.max(most)))
}

impl Checker<'_> {
    /// The places of the numbers that indicators are rated with.
    fn places_of_numbers(&self) -> impl Iterator<Item = Option<u32>> {
        let ranges = self.ground.scales.into_iter().flat_map(Scales::each).filter_map(Scale::range);
        ranges.map(|range| Some(range.places))
    }

    pub(super) fn minimum_rated(&self, step: &Step, at: &At) -> Option<Option<Exact>> {
        match &step.minimum_rated {
            None => Some(None),
            Some(field) => self.percent(field, at).map(Some),
        }
    }

    pub(super) fn missing(&self, step: &Step) -> Option<Missing> {
        match &step.missing {
            None => Some(Missing::Exclude),
            Some(field) => field.get().copied(),
        }
    }

    pub(super) fn rescale(&self, step: &Step) -> Option<Option<Rescale>> {
        let Some(field) = &step.rescale else { return Some(None) };
        let rescale = field.get()?;
        let (from, to) = (self.range(&rescale.from), self.range(&rescale.to));
        Some(Some(Rescale { from: from?, to: to? }))
    }

    fn range(&self, field: &Field<Vec<Field<Number>>>) -> Option<(Exact, Exact)> {
        let list = field.get()?;
        let [from, to] = list.as_slice() else {
            let message = format!("a range has two numbers, and this list has {}", list.len());
            self.error(Code::BadRange, field.span, message, "write the least and the greatest: `[0, 100]`");
            return None;
        };
        let (from, to) = (&from.get()?.0, &to.get()?.0);
        if from > to {
            let message = format!(
                "this range falls from {} to {}: greater numbers would become lesser ones",
                from.shown(),
                to.shown()
            );
            let help = "let both ranges rise; what is taken off a number goes under `adjust`, such as `adjust: [{ add: -10, when: … }]`";
            self.error(Code::BadRange, field.span, message, help);
            return None;
        }
        inputs::in_order(from, to, field.span, self.findings)?;
        Some((from.clone(), to.clone()))
    }

    pub(super) fn adjust(&self, step: &Step, at: &At) -> Option<Vec<Adjust>> {
        let Some(field) = &step.adjust else { return Some(Vec::new()) };
        let list = field.get()?;
        not_empty(list, field.span, "nothing to add", self.findings);
        let adjusts: Vec<Option<Adjust>> = items(Some(field))
            .map(|(_, adjust)| {
                let when = match &adjust.when {
                    None => Some(None),
                    Some(when) => self.condition(when, at).map(Some),
                };
                let per = match &adjust.per {
                    None => Some(None),
                    Some(per) => self.per(per, at).map(Some),
                };
                Some(Adjust { add: adjust.add.get()?.0.clone(), per: per?, when: when? })
            })
            .collect();
        adjusts.into_iter().collect::<Option<Vec<_>>>().filter(|adjusts| adjusts.len() == list.len())
    }

    /// The input that says how often something is added: a whole number from 0 on that every evaluation gives.
    fn per(&self, field: &Field<Word>, at: &At) -> Option<usize> {
        let id = value::shorten(field.word()?);
        let wrong = |message: String, help: &str| {
            self.error(Code::WrongKind, field.span, format!("{message}, so it cannot say how often"), help);
            None
        };
        let input = match self.named(field, at, Wanted::Times)? {
            Named::Input(input) => input,
            Named::Step(_) => {
                return wrong(format!("`{id}` is a step, not an input"), "name an input that is a whole number");
            }
            Named::Node(_) => {
                return wrong(
                    format!("`{id}` is a part of the rubric, not an input"),
                    "name an input that is a whole number",
                );
            }
        };
        let is = self.inputs.get(input)?.checked.as_ref()?;
        match &is.kind {
            InputKind::Choice(_) => {
                return wrong(format!("the input `{id}` is a choice"), "name an input that is a whole number");
            }
            InputKind::Number { places: 1.., .. } => {
                return wrong(format!("the input `{id}` is no whole number"), "add `places: 0` to the input");
            }
            InputKind::Number { from, .. } if from.is_negative() => {
                return wrong(format!("the input `{id}` can be below 0"), "let the input begin at `from: 0`");
            }
            InputKind::Number { .. } if is.optional => {
                return wrong(
                    format!("the input `{id}` may be missing"),
                    "remove its `optional`: a 0 says that there was none",
                );
            }
            InputKind::Number { .. } => {}
        }
        at.reaches(Reach::Input(input));
        Some(input)
    }

    pub(super) fn clamp(&self, step: &Step) -> Option<(Option<Exact>, Option<Exact>)> {
        let Some(field) = &step.clamp else { return Some((None, None)) };
        let clamp = field.get()?;
        let read = |bound: &Option<Field<Number>>| match bound {
            None => Some(None),
            Some(bound) => bound.get().map(|Number(bound)| Some(bound.clone())),
        };
        let (from, to) = (read(&clamp.from)?, read(&clamp.to)?);
        match (&from, &to) {
            (None, None) => {
                let help = "write `from:`, the least that the number can be, or `to:`, the greatest";
                self.error(Code::EmptyList, field.span, "there is no bound here".to_owned(), help);
                return None;
            }
            (Some(from), Some(to)) => inputs::in_order(from, to, field.span, self.findings)?,
            _ => {}
        }
        Some((from, to))
    }

    /// The rows of the look-up table, which rise.
    pub(super) fn convert(&self, step: &Step) -> Option<Vec<Row>> {
        let Some(field) = &step.convert else { return Some(Vec::new()) };
        let list = field.get()?;
        not_empty(list, field.span, "no row", self.findings);
        let mut rows: Vec<Row> = Vec::new();
        let mut all_read = true;
        for (_, row) in items(Some(field)) {
            let (Some(Number(from)), Some(Number(to))) = (row.from.get(), row.to.get()) else {
                all_read = false;
                continue;
            };
            if let Some(before) = rows.last()
                && *from <= before.from
            {
                let message =
                    format!("this row begins at {}, and the one before it at {}", from.shown(), before.from.shown());
                let help = "put the rows in the order of their lower bounds, lowest first";
                self.error(Code::BandsOutOfOrder, row.from.span, message, help);
                // The rows after one out of order are in no order with it either.
                return None;
            }
            rows.push(Row { from: from.clone(), to: to.clone() });
        }
        (all_read && !rows.is_empty() && rows.len() == list.len()).then_some(rows)
    }

    pub(super) fn round(&self, step: &Step) -> Option<Vec<Round>> {
        let Some(field) = &step.round else { return Some(Vec::new()) };
        let count = match field.get()? {
            OneOrList::One(_) => 1,
            OneOrList::List(list) => {
                not_empty(list, field.span, "no rounding", self.findings);
                list.len()
            }
        };
        let mut rounds: Vec<Round> = Vec::new();
        for (place, round) in roundings(step) {
            let places = inputs::places(&round.places, self.findings);
            let (Some(places), Some(mode)) = (places, round.mode.get()) else { continue };
            if let Some(before) = rounds.last()
                && before.places <= places
            {
                let message = format!("the number is rounded to {} places already", before.places);
                let help = "round to fewer places each time, or remove this one";
                self.error(Code::MisplacedKey, place, message, help);
            }
            rounds.push(Round { places, mode: *mode });
        }
        (rounds.len() == count).then_some(rounds)
    }

    /// The most places after the point that the number of a step can have; `None` where they may never end, or are not
    /// known. With it, whether there is a score between two bounds is known without trying every evaluation.
    pub(super) fn places(&self, step: &Step, of: Option<&Of>, weights: &[Vec<Exact>]) -> Option<u32> {
        let of_members = || match of? {
            Of::Indicators => most(self.points?.all().map(Exact::places).chain(self.places_of_numbers())),
            Of::Results(step) => self.places.borrow().get(*step).copied().flatten(),
            Of::List(list) => most(list.iter().map(|single| match single {
                Single::Input(input) => match self.inputs.get(*input)?.checked.as_ref()?.kind {
                    InputKind::Number { places, .. } => Some(places),
                    InputKind::Choice(_) => None,
                },
                Single::Result(slot) => {
                    let step = self.outlines.iter().position(|outline| outline.first == *slot)?;
                    self.places.borrow().get(step).copied().flatten()
                }
            })),
        };
        let taken = || {
            let members = of_members()?;
            match step.take.as_ref()?.get()? {
                Take::Sum => members.checked_add(most(weights.iter().flatten().map(Exact::places))?),
                Take::Lowest | Take::Highest => Some(members),
                // The mean of the middle two.
                Take::Median => Some(members.saturating_add(1)),
                Take::Mean | Take::ShareMeeting => None,
            }
        };
        let mut places = if step.rescale.is_some() { None } else { taken() };
        for (_, adjust) in items(step.adjust.as_ref()) {
            places = places.and_then(|places| Some(places.max(adjust.add.get()?.0.places()?)));
        }
        if let Some(clamp) = step.clamp.as_ref().and_then(Field::get) {
            for bound in [&clamp.from, &clamp.to].into_iter().flatten() {
                places = places.and_then(|places| Some(places.max(bound.get()?.0.places()?)));
            }
        }
        if step.convert.is_some() {
            places = most(items(step.convert.as_ref()).map(|(_, row)| row.to.get()?.0.places()));
        }
        for (_, round) in roundings(step) {
            let rounded = *round.places.get()?;
            places = Some(places.map_or(rounded, |places| places.min(rounded)));
        }
        places
    }
}
