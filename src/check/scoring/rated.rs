//! Rules of conditions on the rating of an indicator or a result.

use crate::diagnostic::Code;
use crate::exact::Decimal;
use crate::outline::Node;
use crate::policy::{Condition, Levelled, NumberTest, Reach, Test};
use crate::scale::NumberRange;
use crate::source::{Field, Span, Word, note_leading_zero};
use crate::syntax::{Mark, condition as written};

use super::super::value;
use super::reference::{Named, Wanted};
use super::{At, Checker};

impl Checker<'_> {
    pub(super) fn rating_condition(&self, rating: &written::Rating, place: Span, at: &At) -> Option<Condition> {
        let keys = [rating.is.as_ref(), rating.at_least.as_ref(), rating.below.as_ref()];
        let given = keys.iter().flatten().count();
        if given != 1 {
            self.nothing_to_compare(given, "`is`, `at_least` and `below`", place);
        }
        let name = value::shorten(rating.rating.word()?);
        let wrong = |message: String, help: String| {
            self.error(Code::WrongKind, rating.rating.span, message, help);
            None
        };
        let (of, levels, is_of_scale) = match self.named(&rating.rating, at, Wanted::Rated)? {
            Named::Node(node) if node.is_rated => {
                if let Some(subject) = &rating.subject {
                    let message = format!("`{name}` is {}, so it has no subject", node.rated_as());
                    self.error(Code::MisplacedKey, subject.span, message, "remove `subject`");
                }
                at.reaches(Reach::Indicator(node.indicators.start));
                if let Some(range) = self.ground.scales.and_then(|scales| scales.range(node.scale)) {
                    let key = keys.into_iter().flatten().next().filter(|_| given == 1)?;
                    return self.number_condition(node, range, rating, key);
                }
                (Levelled::Indicator(node.indicators.start), self.scale.map(|scale| &**scale), true)
            }
            Named::Node(node) => {
                let message = format!("`{name}` has no rating of its own: it holds indicators");
                let example = node.id.as_str();
                return wrong(
                    message,
                    format!("name a step that rates it, with `subject: {example}`, or an indicator"),
                );
            }
            Named::Input(_) => {
                let message = format!("`{name}` is an input, and has no rating");
                return wrong(message, format!("write `{{ input: {name}, is: … }}` or `{{ score: {name}, … }}`"));
            }
            Named::Step(step) => {
                let outline = self.outlines.get(step)?;
                if !outline.rates {
                    let message = format!("the step `{name}` gives no rating");
                    return wrong(message, "give it `bands`, or write a condition on its `score`".to_owned());
                }
                let of = self.result(step, &rating.rating, rating.subject.as_ref(), at)?;
                (Levelled::Result(of), outline.levels.as_deref(), false)
            }
        };
        let field = keys.into_iter().flatten().next().filter(|_| given == 1)?;
        let levels = levels?;
        let field = &self.level_of(field, &name)?;
        let level = self.level(field, levels, is_of_scale)?;
        if let Levelled::Indicator(indicator) = of {
            self.is_on_scale_of(indicator, level, field)?;
        }
        let last_rated = if is_of_scale { self.ground.scales?.rated().len() } else { levels.list.len() };
        if rating.is.is_some() {
            return Some(Condition::Rating { of, is: Test::Is(level) });
        }
        if level >= last_rated {
            self.not_a_rating(field, "nothing is above or below it");
            return None;
        }
        let is = if rating.at_least.is_some() { Test::AtLeast(level) } else { Test::Below(level) };
        Some(Condition::Rating { of, is })
    }

    /// The level that a rating is compared with; a finding where it is a number.
    fn level_of(&self, field: &Field<Mark>, name: &str) -> Option<Field<Word>> {
        match field.get()? {
            Mark::Level(level) => Some(Field { span: field.span, value: Some(Word(level.clone())) }),
            Mark::Number(digits) => {
                let message =
                    format!("`{name}` is rated at a level, but this is the number `{}`", value::shorten(digits));
                self.error(Code::NotText, field.span, message, "compare it with a level, by the level's id");
                None
            }
        }
    }

    /// A condition on an indicator that is rated with a number: compares it with a number, or asks for a choice that is no
    /// rating.
    fn number_condition(
        &self,
        node: &Node,
        range: &NumberRange,
        rating: &written::Rating,
        key: &Field<Mark>,
    ) -> Option<Condition> {
        let (indicator, name) = (node.indicators.start, value::shorten(&node.id));
        let is = match (&rating.is, &rating.at_least) {
            (Some(_), _) => NumberTest::Is,
            (None, Some(_)) => NumberTest::AtLeast,
            (None, None) => NumberTest::Below,
        };
        let digits = match key.get()? {
            Mark::Number(digits) => digits,
            Mark::Level(level) => {
                let choice = self.ground.scales?.each().get(node.scale)?.number(level);
                if let (Some(level), NumberTest::Is) = (choice, is) {
                    return Some(Condition::Rating { of: Levelled::Indicator(indicator), is: Test::Is(level) });
                }
                let message = match (choice, Decimal::parse(level)) {
                    (Some(_), _) => format!("`{level}` is no rating: nothing is above or below it"),
                    (None, Some(_)) => format!("`{name}` is rated with a number, but this is the text `{level}`"),
                    (None, None) => {
                        format!("`{name}` is rated with a number, and `{}` is none", value::shorten(level))
                    }
                };
                let help = format!("compare it with {}", range.range().wanted());
                self.error(Code::WrongType, key.span, message, help);
                return None;
            }
        };
        match range.range().read(digits) {
            Ok(number) => {
                note_leading_zero(digits, key.span, self.findings);
                Some(Condition::Rated { indicator, is, number: number.exact() })
            }
            Err(fault) => {
                let message = format!(
                    "this condition compares `{name}` with a number that it cannot be rated with: the number {fault}"
                );
                let help = format!("compare it with {}", range.range().wanted());
                self.error(Code::BadNumber, key.span, message, help);
                None
            }
        }
    }
}
