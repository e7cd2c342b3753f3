//! Rules of the value of a rating: a level, or a number.

use crate::diagnostic::Code;
use crate::evaluation::Given;
use crate::exact::Decimal;
use crate::rubric::{Indicator, Level, NumberRange, Rubric, Scale};
use crate::source::{Span, in_full, note_leading_zero};
use crate::syntax::Mark;

use super::super::value;
use super::Context;

/// The value of a rating: a level or a number, as the indicator's scale has it.
pub(super) fn given(mark: &Mark, place: Span, indicator: Option<&Indicator>, context: &Context<'_>) -> Option<Given> {
    let scale = indicator.and_then(|indicator| context.rubric.scale_of(indicator));
    let (range, id) = (scale.and_then(Scale::range), indicator.map_or("", |indicator| &indicator.id));
    match (mark, range) {
        (Mark::Level(level), Some(range)) if scale.is_some_and(|scale| scale.level(level).is_none()) => {
            no_number(level, place, id, scale.map(Scale::levels).unwrap_or_default(), range, context);
            None
        }
        (Mark::Level(level), _) => level_number(level, place, indicator, context).map(Given::Level),
        (Mark::Number(digits), Some(range)) => match range.range().read(digits) {
            Ok(number) => {
                note_leading_zero(digits, place, context.findings);
                Some(Given::Number(number))
            }
            Err(fault) => {
                let help = match meant(digits, range) {
                    Some(meant) => format!("write {meant}"),
                    None => format!("write {}", range.range().wanted()),
                };
                context.findings.error(Code::BadNumber, place, format!("`{id}` {fault}"), help);
                None
            }
        },
        // Of an indicator that is not known, nothing is known of its scale.
        (Mark::Number(_), None) if indicator.is_none() => None,
        (Mark::Number(digits), None) => {
            let message = format!("`{id}` is rated at a level, but this is the number `{}`", value::shorten(digits));
            let levels = scale.map(Scale::levels).unwrap_or_default();
            let help = format!("write one of the levels: {}", value::level_names(levels));
            context.findings.error(Code::NotText, place, message, help);
            None
        }
    }
}

/// The number of the scale that was probably meant.
fn meant(text: &str, range: &NumberRange) -> Option<Decimal> {
    range.range().meant(in_full(text).as_deref().unwrap_or(text))
}

/// A text where a number is due.
fn no_number(text: &str, place: Span, id: &str, choices: &[Level], range: &NumberRange, context: &Context<'_>) {
    let shown = value::shorten(text);
    let message = match Decimal::parse(text) {
        Some(_) => format!("`{id}` is rated with a number, but this is the text `{shown}`"),
        None => format!("`{id}` is rated with a number, and `{shown}` is none"),
    };
    let wanted = range.range().wanted();
    let help = match (Decimal::parse(text), meant(text, range), choices) {
        (Some(_), ..) => format!("remove the quotes: write {wanted}"),
        (None, Some(meant), _) => format!("write {meant}"),
        (None, None, []) => format!("write {wanted}"),
        (None, None, choices) => format!("write {wanted}, or {}", value::level_names(choices)),
    };
    context.findings.error(Code::WrongType, place, message, help);
}

/// The number of a level among those of all scales. Of an indicator that is not known, the scale is not known either.
fn level_number(level: &str, place: Span, indicator: Option<&Indicator>, context: &Context<'_>) -> Option<usize> {
    let (all, scale) = (context.rubric.all(), indicator.and_then(|indicator| context.rubric.scale_of(indicator)));
    let Some(scale) = scale else {
        let number = all.number(level);
        if number.is_none() {
            value::unknown_level(level, place, all.levels(), context.findings);
        }
        return number;
    };
    let number = scale.number(level);
    if number.is_none() {
        let had_level = |old: &Rubric| {
            let indicator = indicator.and_then(|indicator| old.indicator(&indicator.id));
            indicator.and_then(|indicator| old.scale_of(indicator)?.level(level)).is_some()
        };
        let indicator = indicator.map_or("", |indicator| &indicator.id);
        match (context.once(had_level), all.number(level)) {
            (Some(help), _) => {
                let message = format!("`{}` is no level of the scale any more", value::shorten(level));
                context.findings.error(Code::UnknownLevel, place, message, help);
            }
            (None, Some(_)) => {
                let message = format!("`{indicator}` is rated on another scale, which has no level `{level}`");
                let help = format!("the levels are {}", value::level_names(scale.levels()));
                context.findings.error(Code::UnknownLevel, place, message, help);
            }
            (None, None) => value::unknown_level(level, place, scale.levels(), context.findings),
        }
    }
    number
}
