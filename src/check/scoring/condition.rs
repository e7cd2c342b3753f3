//! Rules of conditions.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{Compare, Condition, InputKind, Levels, Reach, Set, Source, Test, Which};
use crate::source::{Field, Number, Span, Word};
use crate::syntax::condition as written;

use super::super::{each_once, value};
use super::reference::{Named, Wanted, tier_name};
use super::{At, Checker, levels, not_empty};

/// The comparisons of a count or a share.
type Numbers<'a> = [(Compare, Option<&'a Field<Number>>); 4];

impl Checker<'_> {
    pub(super) fn condition(&self, field: &Field<written::Condition>, at: &At) -> Option<Condition> {
        let place = field.span;
        match field.get()? {
            written::Condition::Count(count) => {
                let set = self.set(&count.count, at);
                let of = set.as_ref().map(|(set, levels)| (*set, *levels));
                let which = self.which(
                    [(true, count.rated_at_least.as_ref()), (false, count.rated_below.as_ref())],
                    count.rated.as_ref(),
                    of,
                    false,
                    place,
                    at,
                );
                let numbers = [
                    (Compare::AtLeast, count.at_least.as_ref()),
                    (Compare::AtMost, count.at_most.as_ref()),
                    (Compare::MoreThan, count.more_than.as_ref()),
                    (Compare::LessThan, count.less_than.as_ref()),
                ];
                let (is, number) = self.compare(numbers, place)?;
                if number.get().is_some_and(|Number(number)| number.to_u64().is_none()) {
                    let message = "a count is a whole number".to_owned();
                    self.error(Code::BadNumber, number.span, message, "write 0, 1, 2 and so on");
                    return None;
                }
                Some(Condition::Count { set: set?.0, which: which?, is, number: number.get()?.0.clone() })
            }
            written::Condition::Share(share) => {
                let set = self.set(&share.share, at);
                let of = set.as_ref().map(|(set, levels)| (*set, *levels));
                let which = self.which(
                    [(true, share.rated_at_least.as_ref()), (false, share.rated_below.as_ref())],
                    share.rated.as_ref(),
                    of,
                    true,
                    place,
                    at,
                );
                let numbers = [
                    (Compare::AtLeast, share.at_least.as_ref()),
                    (Compare::AtMost, share.at_most.as_ref()),
                    (Compare::MoreThan, share.more_than.as_ref()),
                    (Compare::LessThan, share.less_than.as_ref()),
                ];
                let (is, percent) = self.compare(numbers, place)?;
                let percent = self.percent(percent, at);
                Some(Condition::Share { set: set?.0, which: which?, is, percent: percent? })
            }
            written::Condition::Rating(rating) => self.rating_condition(rating, place, at),
            written::Condition::Score(score) => self.score_condition(score, place, at),
            written::Condition::Choice(choice) => self.choice_condition(choice, place, at),
            written::Condition::Known(known) => self.known_condition(known, at),
            written::Condition::All(list) => self.list(&list.all, at).map(Condition::All),
            written::Condition::Any(list) => self.list(&list.any, at).map(Condition::Any),
            written::Condition::Not(not) => Some(Condition::Not(Box::new(self.condition(&not.not, at)?))),
        }
    }

    fn list(&self, field: &Field<Vec<Field<written::Condition>>>, at: &At) -> Option<Vec<Condition>> {
        let list = field.get()?;
        not_empty(list, field.span, "no condition", self.findings);
        let conditions: Vec<_> = list.iter().map(|condition| self.condition(condition, at)).collect();
        conditions.into_iter().collect()
    }

    /// The counted set, and the levels of its ratings, where they are known.
    fn set(&self, field: &Field<Word>, at: &At) -> Option<(Set, Option<&Levels>)> {
        if field.word()? == "indicators" {
            // Of several scales a condition needs only those of the levels that it names.
            if self.ground.scales.filter(|all| !all.is_one()).is_none() {
                at.reaches(Reach::Indicators);
            }
            return Some((Set::Indicators, self.scale.map(|scale| &**scale)));
        }
        let (name, help) = (value::shorten(field.word()?), "name `indicators`, or an earlier step with `each`");
        let wrong = |message: String| {
            self.error(Code::WrongKind, field.span, message, help);
            None
        };
        match self.named(field, at, Wanted::Set)? {
            Named::Step(step) => {
                let outline = self.outlines.get(step)?;
                let Some(each) = outline.each? else {
                    return wrong(format!("`{name}` has one result, and this condition counts several"));
                };
                if step == at.number {
                    let help = "count them in a later step; a flag sees the rating of its own result, with `rating:`";
                    self.error(Code::LaterStep, field.span, format!("the step `{name}` reads itself"), help);
                    return None;
                }
                if !outline.rates {
                    return wrong(format!("`{name}` gives no rating that could be counted"));
                }
                if !self.lies_under(each, field, at) {
                    return None;
                }
                at.reaches(Reach::Results(step));
                at.counted.borrow_mut().insert(step);
                Some((Set::Results(step), outline.levels.as_deref()))
            }
            Named::Input(_) => wrong(format!("`{name}` is an input, and this condition counts ratings")),
            Named::Node(_) => wrong(format!(
                "`{name}` is a part of the rubric; this condition counts the indicators under the subject"
            )),
        }
    }

    /// The levels that are counted: exactly one of three ways to say so.
    fn which(
        &self,
        [at_least, below]: [(bool, Option<&Field<Word>>); 2],
        rated: Option<&Field<Vec<Field<Word>>>>,
        set: Option<(Set, Option<&Levels>)>,
        is_share: bool,
        place: Span,
        at: &At,
    ) -> Option<Which> {
        let given = [rated.is_some(), at_least.1.is_some(), below.1.is_some()].into_iter().filter(|is| *is).count();
        if given != 1 {
            let what =
                if given == 0 { "does not say which ratings it counts" } else { "says twice which ratings it counts" };
            let help = "give one of `rated: [levels]`, `rated_at_least: level` and `rated_below: level`".to_owned();
            self.findings.lacking(Code::AmbiguousCondition, place, format!("this condition {what}"), help);
            return None;
        }
        let (set, levels) = set?;
        let levels = levels?;
        let is_of_scale = set == Set::Indicators;
        // Of the scale's levels the last ones are no ratings.
        let last_rated = if is_of_scale { self.ground.scales?.rated().len() } else { levels.list.len() };
        if let Some(field) = rated {
            let list = field.get()?;
            not_empty(list, field.span, "no level", self.findings);
            let named = list.iter().filter_map(|level| Some((level.word()?, level.span)));
            let message = |level: &str| format!("`{}` stands twice", value::shorten(level));
            each_once(named, Code::RepeatedItem, self.findings, message, "remove one of them");
            let numbers: Vec<Option<usize>> = list
                .iter()
                .map(|field| {
                    let level = self.level(field, levels, is_of_scale)?;
                    if is_share && level >= last_rated {
                        self.not_a_rating(field, "a share is taken of rated members only");
                        return None;
                    }
                    Some(level)
                })
                .collect();
            let numbers: Vec<usize> = numbers.into_iter().collect::<Option<_>>()?;
            let levels = (0..levels.list.len()).map(|level| numbers.contains(&level)).collect();
            return self.on_scales(Which { levels, scales: None }, is_of_scale, field.span, at);
        }
        let field = at_least.1.or(below.1)?;
        let level = self.level(field, levels, is_of_scale)?;
        if level >= last_rated {
            self.not_a_rating(field, "nothing is above or below it");
            return None;
        }
        let is_at_least = at_least.1.is_some();
        let of_scale = |number: usize| self.ground.scales.filter(|_| is_of_scale).and_then(|all| all.of_level(number));
        let counts = |number: usize| {
            number < last_rated && (number >= level) == is_at_least && of_scale(number) == of_scale(level)
        };
        let levels = (0..levels.list.len()).map(counts).collect();
        self.on_scales(Which { levels, scales: None }, is_of_scale, field.span, at)
    }

    pub(super) fn level(&self, field: &Field<Word>, levels: &Levels, is_of_scale: bool) -> Option<usize> {
        if !is_of_scale {
            return levels::rating(field, Some(levels), self.findings);
        }
        let written = field.word()?;
        let position = value::level_number(&levels.list, written);
        let Some(level) = position else {
            value::unknown_level(written, field.span, &levels.list, self.findings);
            return None;
        };
        let scales = self.ground.scales?;
        if let Some(counted) = scales.counts_as(level).and_then(|counted| scales.level(counted)) {
            let message =
                format!("`{}` counts as `{}`, so a condition never sees it", value::shorten(written), counted.id);
            self.error(Code::WrongKind, field.span, message, format!("name `{}`, or remove `counts_as`", counted.id));
            return None;
        }
        Some(level)
    }

    pub(super) fn not_a_rating(&self, field: &Field<Word>, why: &str) {
        let name = value::shorten(field.word().unwrap_or_default());
        self.error(Code::WrongKind, field.span, format!("`{name}` is no rating: {why}"), "name a rated level");
    }

    /// Exactly one comparison.
    fn compare<'n>(&self, numbers: Numbers<'n>, place: Span) -> Option<(Compare, &'n Field<Number>)> {
        let given: Vec<(Compare, &Field<Number>)> =
            numbers.into_iter().filter_map(|(is, number)| Some((is, number?))).collect();
        if let [only] = given.as_slice() {
            return Some(*only);
        }
        self.nothing_to_compare(given.len(), "`at_least`, `at_most`, `more_than` and `less_than`", place);
        None
    }

    pub(super) fn nothing_to_compare(&self, given: usize, keys: &str, place: Span) {
        let (message, help) = match given {
            0 => ("this condition compares with nothing", format!("give one of {keys}")),
            _ => (
                "this condition compares with two things",
                format!("give one of {keys}; write two conditions under `all:` for both"),
            ),
        };
        self.findings.lacking(Code::AmbiguousCondition, place, message.to_owned(), help);
    }

    /// From 0 to 100.
    pub(super) fn percent(&self, field: &Field<Number>, at: &At) -> Option<Exact> {
        let Number(percent) = field.get()?;
        if percent.is_negative() || *percent > Exact::from(100) {
            let message = format!("{} is no percentage", percent.shown());
            self.error(Code::BadNumber, field.span, message, "write a number from 0 to 100");
            return None;
        }
        self.fraction(field, at);
        Some(percent.clone())
    }

    fn score_condition(&self, score: &written::Score, place: Span, at: &At) -> Option<Condition> {
        let given = [(Compare::AtLeast, score.at_least.as_ref()), (Compare::LessThan, score.below.as_ref())];
        let count = given.iter().filter(|(_, number)| number.is_some()).count();
        if count != 1 {
            self.nothing_to_compare(count, "`at_least` and `below`", place);
        }
        let (is, written) = given.into_iter().find_map(|(is, number)| Some((is, number?)))?;
        let number = || written.get().filter(|_| count == 1).map(|Number(number)| number.clone());
        let name = value::shorten(score.score.word()?);
        let wrong = |message: String, help: String| {
            self.error(Code::WrongKind, score.score.span, message, help);
            None
        };
        match self.named(&score.score, at, Wanted::Number)? {
            Named::Step(step) => {
                if !self.outlines.get(step)?.has_score {
                    let message = format!("the step `{name}` gives a rating without a score");
                    return wrong(message, "give it `points`, or write a condition on its `rating`".to_owned());
                }
                let of = self.result(step, &score.score, score.subject.as_ref(), at)?;
                if self.outlines.get(step)?.is_percent {
                    self.fraction(written, at);
                }
                Some(Condition::Score { of, is, number: number()? })
            }
            Named::Input(input) => {
                if let Some(subject) = &score.subject {
                    let message = format!("`{name}` is an input, so it has no subject");
                    self.error(Code::MisplacedKey, subject.span, message, "remove `subject`");
                }
                if matches!(self.inputs.get(input)?.checked.as_ref()?.kind, InputKind::Choice(_)) {
                    let message = format!("the input `{name}` is a choice, not a number");
                    return wrong(message, format!("write `{{ input: {name}, is: … }}`"));
                }
                at.reaches(Reach::Input(input));
                Some(Condition::Number { input, is, number: number()? })
            }
            Named::Node(_) => {
                let message = format!("`{name}` is a part of the rubric, and has no score");
                wrong(message, "name an earlier step, or an input with a number".to_owned())
            }
        }
    }

    fn known_condition(&self, written: &written::Known, at: &At) -> Option<Condition> {
        let name = value::shorten(written.known.word()?);
        let no_subject = |what: &str| {
            if let Some(subject) = &written.subject {
                let message = format!("`{name}` is {what}, so it has no subject");
                self.error(Code::MisplacedKey, subject.span, message, "remove `subject`");
            }
        };
        let source = match self.named(&written.known, at, Wanted::Known)? {
            Named::Node(node) if node.is_rated => {
                no_subject(node.rated_as());
                at.reaches(Reach::Indicator(node.indicators.start));
                Source::Indicator(node.indicators.start)
            }
            Named::Node(node) => {
                let message = format!("`{name}` has no rating of its own: it holds indicators");
                let help = format!("name a step that rates it, with `subject: {}`, or an indicator", node.id);
                self.error(Code::WrongKind, written.known.span, message, help);
                return None;
            }
            Named::Step(step) => Source::Result(self.result(step, &written.known, written.subject.as_ref(), at)?),
            Named::Input(input) => {
                no_subject("an input");
                at.reaches(Reach::Input(input));
                Source::Input(input)
            }
        };
        Some(Condition::Known(source))
    }

    fn choice_condition(&self, written: &written::Choice, place: Span, at: &At) -> Option<Condition> {
        let keys = [written.is.as_ref(), written.at_least.as_ref(), written.below.as_ref()];
        let given = keys.iter().flatten().count();
        if given != 1 {
            self.nothing_to_compare(given, "`is`, `at_least` and `below`", place);
        }
        let name = value::shorten(written.input.word()?);
        let wrong = |message: String, help: String| {
            self.error(Code::WrongKind, written.input.span, message, help);
            None
        };
        match self.named(&written.input, at, Wanted::Choice)? {
            Named::Input(input) => {
                let known = self.inputs.get(input)?.checked.as_ref()?;
                let InputKind::Choice(choices) = &known.kind else {
                    let message = format!("the input `{name}` is a number, not a choice");
                    return wrong(message, format!("write `{{ score: {name}, at_least: … }}`"));
                };
                at.reaches(Reach::Input(input));
                let field = keys.into_iter().flatten().next().filter(|_| given == 1)?;
                let choice = self.choice(field, choices)?;
                if written.is.is_some() {
                    return Some(Condition::Choice { input, is: Test::Is(choice) });
                }
                if !known.is_ordered {
                    let message = format!("the choices of `{name}` have no order, so none is above or below another");
                    let help =
                        format!("write `ordered: true` beside the `one_of` of `{name}`, lowest first, or `is` here");
                    self.error(Code::WrongKind, field.span, message, help);
                    return None;
                }
                let is = if written.at_least.is_some() { Test::AtLeast(choice) } else { Test::Below(choice) };
                Some(Condition::Choice { input, is })
            }
            Named::Step(step) => {
                let each = self.outlines.get(step)?.each?;
                let subject = each.map(|each| format!(", subject: <{}>", tier_name(each))).unwrap_or_default();
                wrong(
                    format!("`{name}` is a step, not an input"),
                    format!("write `{{ rating: {name}{subject}, is: … }}`"),
                )
            }
            Named::Node(_) => wrong(
                format!("`{name}` is a part of the rubric, not an input"),
                format!("write `{{ rating: {name}, is: … }}`"),
            ),
        }
    }

    /// The number of a choice, or a finding.
    pub(super) fn choice(&self, field: &Field<Word>, choices: &[String]) -> Option<usize> {
        let written = field.word()?;
        let position = choices.iter().position(|choice| choice == written);
        if position.is_none() {
            let known: Vec<&str> = choices.iter().map(String::as_str).collect();
            let list = || format!("the choices are {}", super::some_of(&known));
            let help = self.findings.did_you_mean(written, known.iter().copied(), list);
            let message = format!("`{}` is no choice of this input", value::shorten(written));
            self.error(Code::UnknownRating, field.span, message, help);
        }
        position
    }
}
