//! The rule that a better rating never gives a worse result, read off the direction of bounds and conditions.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{
    Axis, Band, Bound, Compare, Condition, Event, Known, Levelled, Matrix, NumberTest, Of, Policy, Rate, ResultOf, Row,
    Rule, Set, Single, Step, Take, Test, Which,
};
use crate::scale::Scale;

use crate::source::Span;

use super::super::{items, value};
use super::prove::Proven;

/// The effect of a better rating on a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Ratings do not matter to the condition.
    Neither,
    /// A better rating can make the condition true, and never false.
    Rises,
    /// A better rating can make the condition false, and never true.
    Falls,
    Both,
}

impl Way {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Neither, way) | (way, Self::Neither) => way,
            (one, other) if one == other => one,
            _ => Self::Both,
        }
    }

    fn turned(self) -> Self {
        match self {
            Self::Rises => Self::Falls,
            Self::Falls => Self::Rises,
            way => way,
        }
    }

    fn compared(self, is: Compare) -> Self {
        match is {
            Compare::AtLeast | Compare::MoreThan => self,
            Compare::AtMost | Compare::LessThan => self.turned(),
        }
    }
}

/// The way of a score by the points of the levels, lowest level first.
fn of_points(points: &[Exact]) -> Way {
    match points {
        _ if points.is_sorted_by(|one, next| one == next) => Way::Neither,
        _ if points.is_sorted() => Way::Rises,
        _ if points.is_sorted_by(|one, next| one >= next) => Way::Falls,
        _ => Way::Both,
    }
}

/// The way of a condition that holds for some of the levels, lowest first.
fn of_levels(which: &[bool]) -> Way {
    match (which.first(), which.last()) {
        _ if which.iter().all(|is| *is == which.contains(&true)) => Way::Neither,
        (Some(false), Some(true)) if which.is_sorted() => Way::Rises,
        (Some(true), Some(false)) if which.is_sorted_by(|one, next| one >= next) => Way::Falls,
        _ => Way::Both,
    }
}

impl Policy {
    fn step_of(&self, of: ResultOf) -> Option<&Step> {
        match of {
            ResultOf::Slot(slot) => Some(self.at(slot)?.0),
            ResultOf::Same(step) => self.steps.get(step),
        }
    }

    /// The effect of a better rating on the score of a step: lowers it where the best level has the fewest points. A number that
    /// an evaluation gives can be better or worse where it is higher, such as days of absence.
    fn score_way(&self, step: &Step) -> Way {
        if step.points.is_empty() { self.number_way(step) } else { of_points(&step.points) }
    }

    /// The effect of a better rating on the number that bands see.
    fn number_way(&self, step: &Step) -> Way {
        let taken = self.taken_way(step);
        let table: Vec<Exact> = step.convert.iter().map(|row| row.to.clone()).collect();
        match of_points(&table) {
            _ if table.is_empty() || taken == Way::Neither => taken,
            Way::Rises => taken,
            Way::Falls => taken.turned(),
            way => way,
        }
    }

    /// The effect of a better rating on the number that is taken of the members.
    fn taken_way(&self, step: &Step) -> Way {
        let of_members = match &step.of {
            None => Way::Neither,
            Some(Of::Indicators) => {
                let of_all = self.way_on_scales(|numbers| {
                    let points: Vec<Exact> = numbers.filter_map(|level| self.points.get(level).cloned()).collect();
                    of_points(&points)
                });
                let of_all = if self.looks_at_numbers(step) { of_all.and(Way::Rises) } else { of_all };
                let own = self.own_points.iter().enumerate().filter(|(number, _)| step.looks_at(*number));
                own.filter(|(_, own)| !own.is_empty()).fold(of_all, |way, (_, own)| way.and(of_points(own)))
            }
            Some(Of::Results(of)) => self.steps.get(*of).map_or(Way::Neither, |of| self.score_way(of)),
            Some(Of::List(list)) => list.iter().fold(Way::Neither, |way, single| match single {
                Single::Result(slot) => self.at(*slot).map_or(way, |(of, _)| way.and(self.score_way(of))),
                Single::Input(_) => way,
            }),
        };
        if step.take == Some(Take::ShareMeeting) { Way::Rises } else { of_members }
    }

    fn way(&self, condition: &Condition) -> Way {
        let together = |list: &[Condition]| list.iter().fold(Way::Neither, |way, one| way.and(self.way(one)));
        match condition {
            Condition::Count { set, which, is, .. } | Condition::Share { set, which, is, .. } => {
                self.counted(*set, which).compared(*is)
            }
            Condition::Rating { of, is } => {
                let levels = match of {
                    Levelled::Indicator(indicator) => self.rated_numbers(self.scale_of(*indicator)),
                    Levelled::Result(of) => 0..self.step_of(*of).map_or(0, |step| step.levels.list.len()),
                };
                let holds = |level: usize| match *is {
                    Test::Is(wanted) => level == wanted,
                    Test::AtLeast(wanted) => level >= wanted,
                    Test::Below(wanted) => level < wanted,
                };
                of_levels(&levels.map(holds).collect::<Vec<_>>())
            }
            Condition::Rated { is, .. } => match is {
                NumberTest::Is => Way::Both,
                NumberTest::AtLeast => Way::Rises,
                NumberTest::Below => Way::Falls,
            },
            Condition::Score { of, is, .. } => {
                self.step_of(*of).map_or(Way::Neither, |step| self.score_way(step).compared(*is))
            }
            Condition::Number { .. } | Condition::Choice { .. } | Condition::Known(_) => Way::Neither,
            Condition::All(list) | Condition::Any(list) => together(list),
            Condition::Not(one) => self.way(one).turned(),
        }
    }

    /// The way of what a condition counts.
    fn counted(&self, set: Set, which: &Which) -> Way {
        let of = |levels: &mut dyn Iterator<Item = usize>| {
            of_levels(&levels.map(|level| which.has(level)).collect::<Vec<_>>())
        };
        match set {
            Set::Indicators => self.way_on_scales(|mut numbers| of(&mut numbers)),
            Set::Results(step) => of(&mut (0..self.steps.get(step).map_or(0, |of| of.levels.list.len()))),
        }
    }

    /// The numbers of the rated levels of a scale.
    fn rated_numbers(&self, scale: Option<&Scale>) -> std::ops::Range<usize> {
        let first = scale.and_then(|scale| scale.numbers().first()).copied().unwrap_or_default();
        first..first.saturating_add(scale.map_or(0, |scale| scale.rated().len()))
    }

    /// The way on all scales together.
    fn way_on_scales(&self, on: impl Fn(std::ops::Range<usize>) -> Way) -> Way {
        self.scales.each().iter().fold(Way::Neither, |way, scale| way.and(on(self.rated_numbers(Some(scale)))))
    }
}

impl Proven<'_> {
    /// Bands, rules, limits and adjustments where a better rating gives a worse result.
    pub(super) fn falling(&self) {
        match &self.step.rate {
            Some(Rate::Bands(bands)) => self.falling_bands(bands),
            Some(Rate::Rules(rules)) => self.falling_rules(rules),
            Some(Rate::Matrix(matrix)) => self.falling_matrix(matrix),
            Some(Rate::Entered) | None => {}
        }
        self.falling_limits();
        self.falling_adjustments();
        self.falling_table();
    }

    /// A table in which some of the greater numbers become lesser ones.
    fn falling_table(&self) {
        let falls = |pair: &[Row]| matches!(pair, [before, row] if row.to < before.to);
        let rises = |pair: &[Row]| matches!(pair, [before, row] if row.to > before.to);
        let pairs = || self.step.convert.windows(2);
        // One that only falls turns the number round.
        if !pairs().any(rises) {
            return;
        }
        let written = items(self.written.convert.as_ref()).skip(1);
        if let Some((pair, (_, written))) = pairs().zip(written).find(|(pair, _)| falls(pair))
            && let [before, row] = pair
        {
            let message = format!(
                "a number from {} becomes {}, and one from {}, which is less, becomes {}",
                row.from.shown(),
                row.to.shown(),
                before.from.shown(),
                before.to.shown()
            );
            self.warn(Code::FallingResult, written.to.span, message, "let the numbers of the table rise");
        }
    }

    fn falling_bands(&self, bands: &[Band]) {
        for (pair, (_, written)) in bands.windows(2).zip(items(self.written.bands.as_ref()).skip(1)) {
            let [before, band] = pair else { continue };
            let falls = match self.policy.number_way(self.step) {
                Way::Rises => band.rating < before.rating,
                Way::Falls => band.rating > before.rating,
                Way::Neither | Way::Both => false,
            };
            if falls {
                let message = format!(
                    "a score from {} is `{}`, and one from {}, which is less, is `{}`",
                    band.from.shown(),
                    self.level(band.rating),
                    before.from.shown(),
                    self.level(before.rating)
                );
                let help = "let the ratings follow the points: the better the ratings, the higher the result";
                return self.warn(Code::FallingResult, written.rating.span, message, help);
            }
        }
    }

    fn falling_rules(&self, rules: &[Rule]) {
        let decides = |number: usize| !self.is_never(Event::Rule(number));
        let way = |rule: &Rule| rule.when.as_ref().map_or(Way::Neither, |when| self.policy.way(when));
        for ((number, rule), (_, written)) in rules.iter().enumerate().zip(items(self.written.rules.as_ref())) {
            let falls_to = |later: &Rule| match way(rule) {
                Way::Rises => rule.rating < later.rating,
                Way::Falls => rule.rating > later.rating,
                Way::Neither | Way::Both => false,
            };
            let below = rules.iter().enumerate().skip(number.saturating_add(1));
            let mut falling = below.filter(|(below, later)| decides(*below) && falls_to(later));
            if let (true, Some((_, later))) = (decides(number), falling.next()) {
                let better = if way(rule) == Way::Rises { "better" } else { "worse" };
                let message = format!(
                    "this rule gives `{}` for {better} ratings, and a rule below it gives `{}` otherwise",
                    self.level(rule.rating),
                    self.level(later.rating)
                );
                let help = "let better ratings lead to the higher result, or change the order of the rules";
                return self.warn(Code::FallingResult, written.rating.span, message, help);
            }
        }
    }

    /// A higher row or column never gives a lower rating. Choices have no order.
    fn falling_matrix(&self, matrix: &Matrix) {
        let rating = |row: usize, column: usize| Some(matrix.cells.get(row)?.get(column)?.rating);
        for (row, cells) in matrix.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let left = column.checked_sub(1).filter(|_| matches!(matrix.columns, Axis::Result(_)));
                let above = row.checked_sub(1).filter(|_| matches!(matrix.rows, Axis::Result(_)));
                let left = left.and_then(|column| Some(("column", rating(row, column)?)));
                let above = above.and_then(|row| Some(("row", rating(row, column)?)));
                let before = [left, above].into_iter().flatten().find(|(_, before)| cell.rating < *before);
                if let (Some((what, before)), Some(place)) = (before, self.cell(row, column)) {
                    let label = |rating: usize| self.step.levels.list.get(rating).map_or("", |level| level.id.as_str());
                    let message = format!(
                        "this cell is `{}`, and the {what} before it, which is lower, gives `{}`",
                        label(cell.rating),
                        label(before)
                    );
                    self.warn(Code::FallingMatrix, place, message, "let the ratings rise along rows and columns");
                    return;
                }
            }
        }
    }

    /// The place of a cell.
    fn cell(&self, row: usize, column: usize) -> Option<Span> {
        let Some(Rate::Matrix(matrix)) = &self.step.rate else { return None };
        let name = |axis: Axis, number: usize| self.policy.axis_id(axis, number);
        let (row, column) = (name(matrix.rows, row)?, name(matrix.columns, column)?);
        let rows = self.written.matrix.as_ref()?.get()?.cells.get()?;
        let (_, _, cells) = rows.iter().find(|(id, ..)| *id == row)?;
        let (_, _, cell) = cells.get()?.iter().find(|(id, ..)| *id == column)?;
        Some(cell.span)
    }

    fn falling_limits(&self) {
        let written = items(self.written.limits.as_ref());
        for ((number, limit), (_, written)) in self.step.limits.iter().enumerate().zip(written) {
            let message = match (limit.bound, self.policy.way(&limit.when)) {
                (Bound::AtMost(most), Way::Rises) => {
                    format!("better ratings limit the result to at most `{}`", self.level(most))
                }
                (Bound::AtLeast(least), Way::Falls) => {
                    format!("worse ratings raise the result to at least `{}`", self.level(least))
                }
                _ => continue,
            };
            let place = written.at_most.as_ref().or(written.at_least.as_ref()).map(|bound| bound.span);
            if let (Some(place), false) = (place, self.is_told_of_limit(number, limit.bound)) {
                self.warn(
                    Code::FallingResult,
                    place,
                    message,
                    "exchange `at_most` and `at_least`, or turn the condition",
                );
            }
        }
    }

    /// Whether another finding is about the limit: it does nothing, contradicts another, or leaves no way to a rating.
    fn is_told_of_limit(&self, number: usize, bound: Bound) -> bool {
        let is_cut = |level: usize| match bound {
            Bound::AtMost(most) => level > most,
            Bound::AtLeast(least) => level < least,
        };
        self.known.iter().any(|(event, known)| match (event, known) {
            (Event::Limit(idle), Known::Never) => *idle == number,
            (Event::Rating(level), Known::Never) => is_cut(*level),
            (Event::Contradiction { floor, ceiling }, Known::Shown(_)) => [*floor, *ceiling].contains(&number),
            _ => false,
        })
    }

    fn falling_adjustments(&self) {
        let written = items(self.written.adjust.as_ref());
        for ((number, adjust), (_, written)) in self.step.adjust.iter().enumerate().zip(written) {
            let way = adjust.when.as_ref().map_or(Way::Neither, |when| self.policy.way(when));
            let adds = if adjust.add.is_negative() { Way::Falls } else { Way::Rises };
            let better = self.policy.taken_way(self.step);
            let message = match (way, adds) {
                _ if better == Way::Both || adjust.add.is_zero() => continue,
                (Way::Rises, adds) if adds == better.turned() => {
                    "this adjustment makes the number worse for better ratings"
                }
                (Way::Falls, adds) if adds == better => "this adjustment makes the number better for worse ratings",
                _ => continue,
            };
            if !self.is_never(Event::Adjust(number)) {
                let help = "change the sign, or turn the condition";
                self.warn(Code::FallingResult, written.add.span, message.to_owned(), help);
            }
        }
    }

    fn level(&self, level: usize) -> String {
        self.step.levels.list.get(level).map_or_else(String::new, |level| value::shorten(&level.id))
    }
}
