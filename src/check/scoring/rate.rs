//! Rules of `bands`, `rules` and `matrix`, the ways to a step's rating.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{Axis, Band, Cell, InputKind, Levels, Matrix, Rate, Reach, Rule};
use crate::source::{Either, Entries, Field, Help, Number, Span, Word};
use crate::syntax::scoring::{self, Step};

use super::super::{each_once, items, keys, some_of, value};
use super::reference::{Named, Wanted, tier_name};
use super::{At, Checker, levels, not_empty, prove};

/// By row, the cells by column.
type Cells = Entries<Entries<Either<Word, scoring::Cell>>>;

/// The chooser of a row or a column, with the names of all rows or columns.
struct Lines {
    axis: Axis,
    ids: Vec<String>,
}

impl Checker<'_> {
    /// How the step rates; `None` within where it gives no rating, `None` where that is faulty.
    pub(super) fn rate(
        &self,
        step: &Step,
        levels: Option<&Levels>,
        places: Option<u32>,
        at: &At,
    ) -> Option<Option<Rate>> {
        let is_entered = step.is_entered();
        let ways = [
            step.bands.as_ref().map(|field| ("bands", field.span)),
            step.rules.as_ref().map(|field| ("rules", field.span)),
            step.matrix.as_ref().map(|field| ("matrix", field.span)),
            step.entered.as_ref().filter(|_| is_entered).map(|field| ("entered", field.span)),
        ];
        let mut ways = ways.into_iter().flatten();
        if let Some((first, _)) = ways.next() {
            for (other, place) in ways {
                let message = format!("this step rates twice: by `{first}`, and by `{other}`");
                self.error(Code::MisplacedKey, place, message, "keep one, or make two steps of it");
            }
        }
        let bands = step.bands.as_ref().map(|field| self.bands(field, levels, places, at).map(Rate::Bands));
        let rules = step.rules.as_ref().map(|field| self.rules(field, levels, at).map(Rate::Rules));
        let matrix = step.matrix.as_ref().map(|field| self.matrix(field.get()?, levels, at).map(Rate::Matrix));
        let entered = is_entered.then(|| {
            at.reaches(Reach::Entered);
            Some(Rate::Entered)
        });
        match bands.or(rules).or(matrix).or(entered) {
            None => Some(None),
            Some(rate) => rate.map(Some),
        }
    }

    fn bands(
        &self,
        field: &Field<Vec<Field<scoring::Band>>>,
        levels: Option<&Levels>,
        places: Option<u32>,
        at: &At,
    ) -> Option<Vec<Band>> {
        let list = field.get()?;
        not_empty(list, field.span, "no band", self.findings);
        let mut bands: Vec<Option<Band>> = Vec::new();
        let mut before: Option<(&Exact, Option<&Field<Number>>)> = None;
        let is_reversed = self.stand_highest_first(field);
        for (_, band) in items(Some(field)) {
            let rating = levels::rating(&band.rating, levels, self.findings);
            let from = band.from.get().map(|Number(from)| from);
            if let (Some((lower, to)), Some(from)) = (before, from) {
                match to {
                    _ if is_reversed => {}
                    _ if from <= lower => {
                        let message =
                            format!("this band begins at {}, and the one before it at {}", from.shown(), lower.shown());
                        let help = "put the bands in the order of their lower bounds, lowest first";
                        self.error(Code::BandsOutOfOrder, band.from.span, message, help);
                    }
                    Some(to) => self.printed_bounds(to, from, places, at),
                    None => {}
                }
            }
            if let (Some(to), Some(from)) = (&band.to, from)
                && let Some(Number(upper)) = to.get()
                && upper < from
            {
                let message = format!("this band ends at {}, and begins at {}", upper.shown(), from.shown());
                self.error(Code::BadRange, to.span, message, "put the lesser number first");
            }
            before = from.map(|from| (from, band.to.as_ref()));
            let to = band.to.as_ref().and_then(Field::get).map(|Number(to)| to.clone());
            bands.push(from.zip(rating).map(|(from, rating)| Band { from: from.clone(), to, rating }));
        }
        bands.into_iter().collect::<Option<Vec<_>>>().filter(|bands| bands.len() == list.len())
    }

    /// Whether more than two bands fall from the first to the last: that is one mistake.
    fn stand_highest_first(&self, field: &Field<Vec<Field<scoring::Band>>>) -> bool {
        let from: Option<Vec<&Exact>> = items(Some(field)).map(|(_, band)| Some(&band.from.get()?.0)).collect();
        let is_reversed = from.is_some_and(|from| from.len() > 2 && from.is_sorted_by(|one, next| one > next));
        if is_reversed {
            let help = "turn the list round: lowest first, as everywhere";
            self.error(Code::BandsOutOfOrder, field.span, "the bands stand highest first".to_owned(), help);
        }
        is_reversed
    }

    /// The upper bound that is printed is not above the next lower one. Whether a score can lie between is proven later;
    /// where that cannot be, because some other step is faulty, every score counts that has as many places as this one's.
    fn printed_bounds(&self, to: &Field<Number>, next: &Exact, places: Option<u32>, at: &At) {
        let Some(Number(upper)) = to.get() else { return };
        if upper > next {
            let message =
                format!("this band ends at {}, above {}, where the next one begins", upper.shown(), next.shown());
            let help = "let it end where the next one begins, or leave `to` out: a band ends there by itself";
            self.error(Code::BandOverlap, to.span, message, help);
            return;
        }
        let unit = |places: u32| Exact::from(10u64.pow(places.min(18))).inverse();
        let gap = next - upper;
        if !gap.is_zero() && places.is_none_or(|places| gap > unit(places)) {
            self.printed_gaps.borrow_mut().push((at.number, prove::gap(to.span, upper, next, None)));
        }
    }

    fn rules(&self, field: &Field<Vec<Field<scoring::Rule>>>, levels: Option<&Levels>, at: &At) -> Option<Vec<Rule>> {
        let list = field.get()?;
        not_empty(list, field.span, "no rule", self.findings);
        let mut rules: Vec<Option<Rule>> = Vec::new();
        let (mut catch_all, mut is_told) = (false, false);
        for (place, rule) in items(Some(field)) {
            if catch_all && !is_told {
                is_told = true;
                let message = "this rule is never reached: a rule above it has no `when`".to_owned();
                self.error(Code::RuleAfterCatchAll, place, message, "put the rule without `when` last");
            }
            catch_all |= rule.when.is_none();
            let rating = levels::rating(&rule.rating, levels, self.findings);
            let when = match &rule.when {
                None => Some(None),
                Some(when) => self.condition(when, at).map(Some),
            };
            rules.push(rating.zip(when).map(|(rating, when)| Rule { rating, when }));
        }
        rules.into_iter().collect::<Option<Vec<_>>>().filter(|rules| rules.len() == list.len())
    }

    fn matrix(&self, matrix: &scoring::Matrix, levels: Option<&Levels>, at: &At) -> Option<Matrix> {
        let (rows, columns) = (self.axis(&matrix.rows, at), self.axis(&matrix.columns, at));
        let written = matrix.cells.get()?;
        let (row_ids, column_ids) = (rows.as_ref().map(|rows| &*rows.ids), columns.as_ref().map(|c| &*c.ids));
        if let (Some(rows), Some(columns)) = (row_ids, column_ids)
            && are_turned(written, rows, columns)
        {
            let (rows, columns) = (matrix.rows.word().unwrap_or_default(), matrix.columns.word().unwrap_or_default());
            let message = format!("the rows here are those of `{}`, which `columns` names", value::shorten(columns));
            let help = format!("write `rows: {}` and `columns: {}`", value::shorten(columns), value::shorten(rows));
            self.error(Code::UnknownCell, matrix.rows.span, message, help);
            return None;
        }
        let is_choice = |names: &Option<Lines>| matches!(names, Some(Lines { axis: Axis::Choice(_), .. }));
        self.lines(written, matrix.cells.span, row_ids, "row", is_choice(&rows));
        let mut cells: Vec<Vec<Option<Cell>>> = Vec::new();
        for (_, _, row) in written.iter() {
            let Some(entries) = row.get() else { continue };
            self.lines(entries, row.span, column_ids, "column", is_choice(&columns));
            for (_, _, cell) in entries.iter() {
                self.cell(cell, levels);
            }
        }
        let (rows, columns) = (rows?, columns?);
        for id in &rows.ids {
            let row = written.iter().find(|(row, ..)| row == id).and_then(|(_, _, row)| row.get());
            let cell = |column: &String| {
                let (_, _, cell) = row?.iter().find(|(id, ..)| id == column)?;
                read_cell(cell, levels)
            };
            cells.push(columns.ids.iter().map(cell).collect());
        }
        let cells: Option<Vec<Vec<Cell>>> = cells.into_iter().map(|row| row.into_iter().collect()).collect();
        Some(Matrix { rows: rows.axis, columns: columns.axis, cells: cells? })
    }

    /// Every row, or every column, is there, and no other.
    fn lines<T>(&self, entries: &Entries<T>, place: Span, ids: Option<&[String]>, what: &str, is_choice: bool) {
        let message = |id: &str| format!("the {what} `{}` stands twice", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, self.findings, message, "keep one of them");
        let Some(ids) = ids else { return };
        let given: HashSet<&str> = entries.iter().map(|(id, ..)| id).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let known: HashSet<&str> = all.iter().copied().collect();
        let without: Vec<&str> = all.iter().copied().filter(|id| !given.contains(id)).collect();
        let mut meant: HashSet<&str> = HashSet::new();
        for (id, key, _) in entries.iter().filter(|(id, ..)| !known.contains(id)) {
            if let Some(mended) = without.iter().find(|known| value::is_mended(known, id)) {
                meant.insert(mended);
                continue;
            }
            let close = self.findings.closest(id, without.iter().copied().filter(|id| value::can_be_meant(id)));
            meant.extend(close);
            let help = match close {
                Some(close) => Help::did_you_mean(id, close),
                None => format!("the {what}s are {}", some_of(&all)).into(),
            };
            self.error(Code::UnknownCell, key.span, format!("there is no {what} `{}`", value::shorten(id)), help);
        }
        let missing: Vec<&str> = without.into_iter().filter(|id| !meant.contains(id)).collect();
        if !missing.is_empty() {
            let message = format!("there is no {what} for {}", some_of(&missing));
            let who = if is_choice { "whoever it is chosen for" } else { "whoever is rated so" };
            let help = format!("add it: {who} must get a rating");
            self.error(Code::MissingCell, place, message, help);
        }
    }

    fn cell(&self, field: &Field<Either<Word, scoring::Cell>>, levels: Option<&Levels>) {
        match field.get() {
            Some(Either::Short(word)) => {
                let name = Field { span: field.span, value: Some(word.clone()) };
                levels::rating(&name, levels, self.findings);
            }
            Some(Either::Long(cell)) => {
                levels::rating(&cell.rating, levels, self.findings);
                if let Some(flag) = &cell.flag {
                    value::id(flag, self.findings);
                }
            }
            None => {}
        }
    }

    /// The chooser of a row or a column: a rating, or a choice.
    fn axis(&self, field: &Field<Word>, at: &At) -> Option<Lines> {
        let name = value::shorten(field.word()?);
        let wrong = |message: String, help: &str| {
            self.error(Code::WrongKind, field.span, message, help);
            None
        };
        match self.named(field, at, Wanted::Axis)? {
            Named::Step(step) => {
                let outline = self.outlines.get(step)?;
                if !outline.rates {
                    return wrong(
                        format!("the step `{name}` gives no rating"),
                        "give it `bands`, or name another step",
                    );
                }
                if let Some(each) = outline.each?
                    && at.each != Some(each)
                {
                    let tier = tier_name(each);
                    let message = format!("`{name}` has a result for each {tier}, and a matrix wants one");
                    return wrong(message, "name a step with one result, or give this step the same `each`");
                }
                let axis = Axis::Result(self.result(step, field, None, at)?);
                let ids = outline.levels.as_ref()?.list.iter().map(|level| level.id.clone()).collect();
                Some(Lines { axis, ids })
            }
            Named::Input(input) => {
                let InputKind::Choice(choices) = &self.inputs.get(input)?.checked.as_ref()?.kind else {
                    let message = format!("the input `{name}` is a number, not a choice");
                    return wrong(message, "rate it in a step with `bands`, and name that step");
                };
                at.reaches(Reach::Input(input));
                Some(Lines { axis: Axis::Choice(input), ids: choices.clone() })
            }
            Named::Node(_) => wrong(
                format!("`{name}` is a part of the rubric, and leads to no row"),
                "name an earlier step, or an input with choices",
            ),
        }
    }
}

/// Whether the cells stand by column and then by row.
fn are_turned(cells: &Cells, rows: &[String], columns: &[String]) -> bool {
    let are_all =
        |ids: Vec<&str>, of: &[String]| !ids.is_empty() && ids.iter().all(|id| of.iter().any(|one| one == id));
    let outer: Vec<&str> = cells.iter().map(|(id, ..)| id).collect();
    let inner: Vec<&str> =
        cells.iter().filter_map(|(_, _, row)| row.get()).flat_map(|row| row.iter().map(|(id, ..)| id)).collect();
    let is_right = outer.iter().any(|id| rows.iter().any(|row| row == id));
    !is_right && are_all(outer, columns) && are_all(inner, rows)
}

/// A cell that keeps the rules.
fn read_cell(field: &Field<Either<Word, scoring::Cell>>, levels: Option<&Levels>) -> Option<Cell> {
    let (rating, flag) = match field.get()? {
        Either::Short(Word(rating)) => (rating.as_str(), None),
        Either::Long(cell) => (cell.rating.word()?, cell.flag.as_ref()),
    };
    let flag = match flag {
        None => None,
        Some(flag) => Some(flag.word()?.to_owned()),
    };
    Some(Cell { rating: levels?.position(rating)?, flag })
}
