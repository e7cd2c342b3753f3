//! Over-approximates the possible results with intervals on grids, where enumerating them would take too long.

use crate::exact::Exact;
use crate::syntax::scoring::{Each, Missing, Take};

use super::super::supplied::InputValue;
use super::super::{Axis, Band, Bound, InputKind, Of, Rate, Row, Rule, Single};
use super::can::Can;
use super::case::Allowed;
use super::contribution::At;
use super::fold::Examined;
use super::span::Span;
use super::trial::FEW;
use super::values::Within;
use super::{Event, Possible};

/// Members that are alike.
struct Member {
    span: Span,
    can_lack: bool,
    times: u64,
}

impl Examined<'_> {
    /// Bounds of a result, and the events that are possible within them.
    pub(super) fn approximate(&self, at: &At<'_>) -> (Within, Possible) {
        let step = at.step;
        let mut possible = Possible::default();
        let mut within = Within {
            score: None,
            ratings: if step.rate.is_some() { vec![false; step.levels.list.len()] } else { Vec::new() },
            can_lack: true,
            can_block: step.missing == Missing::Block
                || at.sources.slots.iter().any(|slot| self.values.get(*slot).is_none_or(|v| v.within.can_block)),
        };
        let mut taken = None;
        if step.take.is_some() {
            taken = self.taken(at);
            let Some(span) = taken.clone() else { return (within, possible) };
            within.score = self.reckoned(span, at, Can::is_true, &mut possible);
            if within.score.is_none() {
                return (within, possible);
            }
        }
        if let Some(rate) = &step.rate {
            self.rated(rate, at, &mut within, &mut possible);
            let mut of_ways = self.of_ways(rate, taken, &within.ratings, at);
            for (number, limit) in step.limits.iter().enumerate() {
                let can = self.can(&limit.when, at);
                let (bites, ways) = limited(&of_ways, limit.bound, can.is_true_or_unknown(), can.must_hold());
                of_ways = ways;
                if bites && can.hold {
                    possible.add(Event::Limit(number), None);
                }
                (_, within.ratings) = limited(&within.ratings, limit.bound, can.hold, can.must_hold());
            }
            for (floor, ceiling) in step.contradictions() {
                let can_hold = |number: &usize| step.limits.get(*number).is_some_and(|it| self.can(&it.when, at).hold);
                if [floor, ceiling].iter().all(can_hold) {
                    possible.add(Event::Contradiction { floor, ceiling }, None);
                }
            }
            for (rating, _) in within.ratings.iter().enumerate().filter(|(_, is)| **is) {
                possible.add(Event::Rating(rating), None);
                let meets = step.levels.meets_at.is_some_and(|meets_at| rating >= meets_at);
                if meets && self.can_be_at_lowest(at) {
                    possible.add(Event::Paradox, None);
                }
            }
            if !step.points.is_empty() {
                let points = step.points.iter().zip(&within.ratings).filter(|(_, is)| **is).map(|(points, _)| points);
                within.score = Span::of(points);
            }
        }
        at.own.get_or_init(|| within.clone());
        for (number, flag) in step.flags.iter().enumerate() {
            if self.can(&flag.when, at).hold {
                possible.add(Event::Flag(number), None);
            }
        }
        (within, possible)
    }

    /// The number that is taken; `None` where there never is one.
    fn taken(&self, at: &At<'_>) -> Option<Span> {
        let weights = &at.step.weights;
        let Some(input) = weights.by else { return self.taken_by(at, weights.under(None)) };
        let lists = weights.lists.iter().enumerate().filter(|(choice, _)| self.can_be_chosen(input, *choice));
        lists.filter_map(|(_, list)| self.taken_by(at, list)).reduce(|one, other| one.or(&other))
    }

    /// The number that is taken by these weights.
    fn taken_by(&self, at: &At<'_>, weights: &[Exact]) -> Option<Span> {
        let step = at.step;
        let take = step.take?;
        if take == Take::ShareMeeting {
            return Some(Span { least: Exact::zero(), greatest: Exact::from(100), grid: None });
        }
        let is_complete = step.missing == Missing::Block
            || step.minimum_rated.as_ref().is_some_and(|percent| *percent == Exact::from(100));
        // An observation that did not take place keeps nothing back.
        let of_observations =
            |of: &usize| self.policy.steps.get(*of).is_some_and(|of| of.each == Some(Each::Observation));
        let reads_observations =
            step.each == Some(Each::Observation) || matches!(&step.of, Some(Of::Results(of)) if of_observations(of));
        let mut members = Vec::new();
        for (number, mut member) in self.members(at) {
            member.can_lack &= !is_complete || reads_observations;
            members.push((member, weights.get(number).cloned().unwrap_or_else(|| Exact::from(1))));
        }
        let sure = || members.iter().filter(|(member, _)| !member.can_lack);
        let all = members.iter().map(|(member, _)| &member.span);
        let hull = all.cloned().reduce(|one, other| one.or(&other))?;
        let weighed = |(member, weight): &(Member, Exact)| member.span.times(&weight.times(member.times));
        let grid_of = |(member, weight): &(Member, Exact)| member.span.times(weight).grid;
        Some(match take {
            Take::Lowest | Take::ShareMeeting => {
                let most = sure().map(|(member, _)| member.span.greatest.clone()).min();
                Span { greatest: most.unwrap_or(hull.greatest), ..hull }
            }
            Take::Highest => {
                let least = sure().map(|(member, _)| member.span.least.clone()).max();
                Span { least: least.unwrap_or(hull.least), ..hull }
            }
            Take::Median => Span { grid: hull.grid.and_then(|grid| grid.checked_mul(2)), ..hull },
            Take::Mean if members.iter().all(|(member, _)| !member.can_lack) => {
                let total: Exact = members.iter().map(|(member, weight)| weight.times(member.times)).sum();
                let grid = members.iter().map(grid_of).reduce(super::span::both).flatten();
                let sum = members.iter().map(weighed).reduce(|one, other| one.plus(&other))?;
                Span { grid, ..sum }.times(&total.inverse())
            }
            Take::Mean => Span { grid: None, ..hull },
            Take::Sum => {
                let grid = members.iter().map(grid_of).reduce(super::span::both).flatten();
                let zero = Exact::zero();
                let (mut least, mut greatest) = (zero.clone(), zero.clone());
                for (member, weight) in &members {
                    let sum = member.span.times(&weight.times(member.times));
                    let (mut low, mut high) = (sum.least, sum.greatest);
                    if member.can_lack {
                        (low, high) = (low.min(zero.clone()), high.max(zero.clone()));
                    }
                    (least, greatest) = (least + low, greatest + high);
                }
                // One member at least has a score.
                if sure().next().is_none() {
                    let ones = members.iter().map(|(member, weight)| member.span.times(weight));
                    let one = ones.reduce(|one, other| one.or(&other))?;
                    least = if one.least.is_positive() { one.least } else { least };
                    greatest = if one.greatest.is_negative() { one.greatest } else { greatest };
                }
                Span { least, greatest, grid }
            }
        })
    }

    /// Whether a member can be at the lowest of its levels.
    fn can_be_at_lowest(&self, at: &At<'_>) -> bool {
        let is_lowest = |slot: usize| self.values.get(slot).is_some_and(|v| v.within.ratings.first() == Some(&true));
        match &at.step.of {
            None => false,
            Some(Of::Indicators) => at.sources.looked_at.len() <= FEW,
            Some(Of::Results(of)) => {
                let first = self.policy.steps.get(*of).map_or(0, |of| of.first);
                self.policy.numbers_under(*of, at.step, at.subject).any(|number| is_lowest(first + number))
            }
            Some(Of::List(list)) => {
                list.iter().any(|single| matches!(single, Single::Result(slot) if is_lowest(*slot)))
            }
        }
    }

    /// The members that can have a score, with their number among the weights.
    fn members(&self, at: &At<'_>) -> Vec<(usize, Member)> {
        let of_slot = |slot: usize| {
            let within = &self.values.get(slot)?.within;
            Some(Member { span: within.score.clone()?, can_lack: within.can_lack, times: 1 })
        };
        match &at.step.of {
            None => Vec::new(),
            Some(Of::Indicators) => {
                let member = |group: Vec<usize>| {
                    let first = *group.first()?;
                    let points = self.policy.levels_at(first).iter();
                    let span = match self.policy.range_of(first) {
                        Some(range) => Span::numbers(range),
                        None => Span::of(points.filter_map(|level| self.policy.points_of(first, *level)))?,
                    };
                    let can_lack = self.policy.can_lack_rating(&group) || self.policy.nodes.observed(first).is_some();
                    Some((first, Member { span, can_lack, times: group.len() as u64 }))
                };
                self.policy.alike(at.step, &at.sources.looked_at).into_iter().filter_map(member).collect()
            }
            Some(Of::Results(of)) => {
                let first = self.policy.steps.get(*of).map_or(0, |of| of.first);
                let numbers = self.policy.numbers_under(*of, at.step, at.subject);
                numbers.filter_map(|number| Some((number, of_slot(first + number)?))).collect()
            }
            Some(Of::List(list)) => {
                let of_single = |(number, single): (usize, &Single)| {
                    let member = match single {
                        Single::Result(slot) => of_slot(*slot)?,
                        Single::Input(input) => {
                            Member { span: self.number(*input)?, can_lack: self.can_be_absent(*input), times: 1 }
                        }
                    };
                    Some((number, member))
                };
                list.iter().enumerate().filter_map(of_single).collect()
            }
        }
    }

    /// The ratings before limits that a way can come to, where a condition that is unknown is taken as true, too. A limit
    /// may change one of them that the result never has.
    fn of_ways(&self, rate: &Rate, taken: Option<Span>, sure: &[bool], at: &At<'_>) -> Vec<bool> {
        let mut within = Within { ratings: sure.to_vec(), ..Within::default() };
        let mut ignored = Possible::default();
        match (rate, taken) {
            (Rate::Bands(bands), Some(taken)) if !at.step.limits.is_empty() => {
                if let Some(span) = self.reckoned(taken, at, Can::is_true_or_unknown, &mut ignored) {
                    banded(bands, &span, &mut within, &mut ignored);
                }
            }
            (Rate::Rules(rules), _) => {
                for rule in rules {
                    if rule.when.as_ref().is_some_and(|when| self.can(when, at).be_unknown) {
                        set(&mut within.ratings, rule.rating);
                    }
                }
            }
            _ => {}
        }
        within.ratings
    }

    /// The number after all changes; `None` where no row of the look-up table holds any.
    fn reckoned(&self, mut span: Span, at: &At<'_>, applies: fn(Can) -> bool, possible: &mut Possible) -> Option<Span> {
        let step = at.step;
        if let Some(rescale) = &step.rescale {
            let (least, greatest) = (rescale.apply(&span.least), rescale.apply(&span.greatest));
            span = Span { least, greatest, grid: None };
        }
        for (number, adjust) in step.adjust.iter().enumerate() {
            let can = adjust.when.as_ref().map(|when| self.can(when, at));
            let added = match adjust.per {
                None => Some(Span::only(&adjust.add)),
                Some(input) => self.number(input).map(|times| times.times(&adjust.add)),
            };
            let Some(added) = added else { continue };
            let added = span.plus(&added);
            match can {
                Some(can) if !applies(can) => continue,
                Some(can) if !can.must_hold() => span = span.or(&added),
                _ => span = added,
            }
            possible.add(Event::Adjust(number), None);
        }
        span = span.clamped(step.clamp.0.as_ref(), step.clamp.1.as_ref());
        if !step.convert.is_empty() {
            span = converted(&step.convert, &span, possible)?;
        }
        for round in &step.round {
            span = span.rounded(round.places, round.mode);
        }
        Some(span)
    }

    fn rated(&self, rate: &Rate, at: &At<'_>, within: &mut Within, possible: &mut Possible) {
        match rate {
            Rate::Bands(bands) => {
                if let Some(span) = within.score.clone() {
                    banded(bands, &span, within, possible);
                }
            }
            Rate::Rules(rules) => self.ruled(rules, at, within, possible),
            Rate::Matrix(matrix) => {
                let (rows, columns) = (self.on(matrix.rows, at), self.on(matrix.columns, at));
                for (row, _) in matrix.cells.iter().zip(&rows).filter(|(_, can)| **can) {
                    for (cell, _) in row.iter().zip(&columns).filter(|(_, can)| **can) {
                        set(&mut within.ratings, cell.rating);
                    }
                }
                // Where a row or column is unknown, cells that agree decide.
                let every = |list: usize| std::iter::once(None).chain((0..list).map(Some));
                let width = matrix.cells.first().map_or(0, Vec::len);
                let with_row = every(matrix.cells.len()).map(|row| (row, None));
                let with_column = every(width).map(|column| (None, column));
                let can_be = |list: &[bool], at: Option<usize>| at.is_none_or(|at| list.get(at) == Some(&true));
                for (row, column) in with_row.chain(with_column) {
                    if can_be(&rows, row)
                        && can_be(&columns, column)
                        && let Some(cell) = matrix.agreed(row, column)
                    {
                        set(&mut within.ratings, cell.rating);
                    }
                }
            }
            Rate::Entered => within.ratings.fill(true),
        }
    }

    /// The ratings that rules can give, before limits. A rule decides where the rules above it are false, or unknown with
    /// the same rating or one that limits change.
    fn ruled(&self, rules: &[Rule], at: &At<'_>, within: &mut Within, possible: &mut Possible) {
        let has_limits = !at.step.limits.is_empty();
        let mut above: Vec<(usize, Can)> = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let can = rule.when.as_ref().map(|when| self.can(when, at));
            let is_passed =
                |(rating, can): &(usize, Can)| can.fail || (can.be_unknown && (has_limits || *rating == rule.rating));
            if can.is_none_or(|can| can.hold) && above.iter().all(is_passed) {
                possible.add(Event::Rule(number), None);
                set(&mut within.ratings, rule.rating);
            }
            if can.is_none() && above.iter().any(|(rating, can)| can.be_unknown && *rating != rule.rating) {
                possible.add(Event::PastUnknown, None);
            }
            match can {
                Some(can) if !can.must_hold() => above.push((rule.rating, can)),
                _ => return,
            }
        }
        if above.iter().all(|(_, can)| can.fail) {
            possible.add(Event::NoRule, None);
        }
    }

    /// The possible rows or columns of a matrix.
    fn on(&self, axis: Axis, at: &At<'_>) -> Vec<bool> {
        match axis {
            Axis::Result(of) => self.of(of, at).map(|within| within.ratings.clone()).unwrap_or_default(),
            Axis::Choice(input) => match self.policy.inputs.get(input).map(|input| &input.kind) {
                Some(InputKind::Choice(choices)) => {
                    let has = |choice| self.allowed(input).has(Some(&InputValue::Choice(choice)));
                    (0..choices.len()).map(has).collect()
                }
                _ => Vec::new(),
            },
        }
    }

    /// The numbers that an input can be; `None` where it never is one.
    pub(super) fn number(&self, input: usize) -> Option<Span> {
        match (&self.policy.inputs.get(input)?.kind, self.allowed(input)) {
            (InputKind::Number { from, to, places }, Allowed::Any) => {
                Some(Span { least: from.clone(), greatest: to.clone(), grid: 10u64.checked_pow(*places) })
            }
            (InputKind::Number { places, .. }, Allowed::Number(from, to)) => {
                Some(Span { least: from.clone(), greatest: to.clone(), grid: 10u64.checked_pow(*places) })
            }
            _ => None,
        }
    }

    pub(super) fn can_be_absent(&self, input: usize) -> bool {
        let is_optional = self.policy.inputs.get(input).is_some_and(|input| input.optional);
        is_optional && self.allowed(input).has(None)
    }

    pub(super) fn of<'a>(&'a self, of: super::super::ResultOf, at: &'a At<'_>) -> Option<&'a Within> {
        let slot = self.policy.slot_of(of, at.subject)?;
        let own = || at.own.get().filter(|_| slot == at.step.first + at.subject);
        self.values.get(slot).map(|values| &values.within).or_else(own)
    }
}

fn set(ratings: &mut [bool], rating: usize) {
    if let Some(is) = ratings.get_mut(rating) {
        *is = true;
    }
}

/// Whether a limit changes one of these ratings, and the ratings after it.
fn limited(ratings: &[bool], bound: Bound, applies: bool, always: bool) -> (bool, Vec<bool>) {
    let mut after = vec![false; ratings.len()];
    let mut bites = false;
    for (rating, _) in ratings.iter().enumerate().filter(|(_, is)| **is) {
        let bounded = bound.apply(rating);
        if applies && bounded != rating {
            bites = true;
            set(&mut after, bounded);
        }
        if bounded == rating || !always {
            set(&mut after, rating);
        }
    }
    (bites, after)
}

/// The numbers that a number of the span can become; `None` where no row holds any.
fn converted(rows: &[Row], span: &Span, possible: &mut Possible) -> Option<Span> {
    if rows.first().is_some_and(|first| span.meets(None, Some(&first.from))) {
        possible.add(Event::BelowRows, None);
    }
    let next = rows.iter().skip(1).map(|next| Some(&next.from)).chain([None]);
    let reached = rows.iter().zip(next).enumerate();
    let reached = reached.filter(|(_, (row, next))| span.meets(Some((&row.from, false)), *next));
    Span::of(reached.map(|(number, (row, _))| {
        possible.add(Event::Row(number), None);
        &row.to
    }))
}

/// The bands that a number of the span can be in, and whether it can be in none.
fn banded(bands: &[Band], span: &Span, within: &mut Within, possible: &mut Possible) {
    if let Some(first) = bands.first()
        && span.meets(None, Some(&first.from))
    {
        possible.add(Event::BelowBands, None);
    }
    for (number, band) in bands.iter().enumerate() {
        let next = bands.get(number + 1).map(|next| &next.from);
        if let Some(to) = &band.to
            && next.is_none_or(|next| to < next)
        {
            if span.meets(Some((to, true)), next) {
                let above = next.map_or(Event::AboveBands, |_| Event::BetweenBands(number));
                possible.add(above, None);
            }
            let is_in = span.meets(Some((&band.from, false)), Some(to))
                || (*to >= band.from
                    && span.meets(Some((to, false)), None)
                    && *to <= span.greatest
                    && *to >= span.least);
            if is_in {
                set(&mut within.ratings, band.rating);
            }
        } else if span.meets(Some((&band.from, false)), next) {
            set(&mut within.ratings, band.rating);
        }
    }
}
