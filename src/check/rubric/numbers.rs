//! Rules of number scales.

use crate::diagnostic::Code;
use crate::exact::{Exact, Range};
use crate::scale::{NumberRange, Scale};
use crate::source::{Field, Findings, Number};
use crate::syntax::scale::NumberScale;

use super::super::scoring::{in_order, places};
use super::super::{items, value};
use super::scale::{Read, choices_of, told_apart};

/// The most digits before the point of a number of a scale. With the most places these are all that a number can have.
const MOST_WHOLE_DIGITS: usize = 9;
/// The places of a scale that does not say, as of an input.
const DEFAULT_PLACES: u32 = 2;

/// A number scale as a rubric writes it.
pub(super) fn written(scale: &NumberScale, findings: &Findings) -> Read {
    let range = range(scale, findings);
    let (not_rated, means) = choices_of(scale.not_rated.as_ref(), findings);
    told_apart(items(scale.not_rated.as_ref()).map(|(_, choice)| (&*choice.id, &*choice.label)), findings);
    for field in items(scale.not_rated.as_ref()).filter_map(|(_, choice)| choice.counts_as.as_ref()) {
        // A number that is written there is no level either; quotes would not mend it.
        findings.retain(|finding| finding.code != Code::NotText || finding.at != field.span);
        let message = "a choice counts as a level, and a scale of numbers has none".to_owned();
        let code = if field.get().is_some() { Code::UnknownLevel } else { Code::NotText };
        findings.error(code, field.span, message, "remove `counts_as`, or give the scale levels".to_owned());
    }
    let written = scale.not_rated.as_ref().and_then(Field::get).map_or(0, Vec::len);
    if not_rated.len() < written {
        return Read::default();
    }
    let levels = Some(not_rated.clone());
    Read { scale: range.map(|range| Scale::of_numbers(range, not_rated).meaning(&means)), levels, may_describe: false }
}

fn range(scale: &NumberScale, findings: &Findings) -> Option<NumberRange> {
    let places = match &scale.places {
        None => Some(DEFAULT_PLACES),
        Some(field) => places(field, findings),
    };
    let unit = match &scale.unit {
        None => Some(None),
        Some(unit) => value::text(unit, findings).map(|unit| Some(unit.to_owned())),
    };
    let bounds = (bound(&scale.from, places, findings), bound(&scale.to, places, findings));
    let (from, to) = (bounds.0?, bounds.1?);
    in_order(from, to, scale.to.span, findings)?;
    let range = Range { from, to, places: places? };
    let meets_at = match &scale.meets_at {
        None => Some(None),
        Some(field) => meeting(field, range, findings).map(Some),
    };
    Some(NumberRange { from: from.clone(), to: to.clone(), places: places?, meets_at: meets_at?, unit: unit? })
}

/// A bound that is itself a number of the scale.
fn bound<'a>(field: &'a Field<Number>, places: Option<u32>, findings: &Findings) -> Option<&'a Exact> {
    let Number(number) = field.get()?;
    let has_fitting_size = number.fits(MOST_WHOLE_DIGITS, usize::MAX);
    if !has_fitting_size {
        findings.error(
            Code::BadNumber,
            field.span,
            format!("`{}` is too large for a scale", value::shorten(&number.shown())),
            format!("write at most {MOST_WHOLE_DIGITS} digits before the point"),
        );
        return None;
    }
    // Without its places the scale has a finding already.
    let Some(places) = places else { return Some(number) };
    if number.places().is_none_or(|own| own > places) {
        let message = format!("{} is no number of this scale, which has {}", number.shown(), in_words(places));
        findings.error(Code::BadNumber, field.span, message, "write fewer places, or raise `places`".to_owned());
        return None;
    }
    Some(number)
}

/// `meets_at`, a number of the scale.
fn meeting(field: &Field<Number>, range: Range<'_>, findings: &Findings) -> Option<Exact> {
    let Number(number) = field.get()?;
    if !range.has(number) {
        let message = format!("{} is no number of this scale, so nothing is met at it", number.shown());
        let help = format!("write the least number that meets expectations: {}", range.wanted());
        findings.error(Code::BadNumber, field.span, message, help);
        return None;
    }
    Some(number.clone())
}

/// "no places after the point".
fn in_words(places: u32) -> String {
    match places {
        0 => "no places after the point".to_owned(),
        1 => "1 place after the point".to_owned(),
        places => format!("{places} places after the point"),
    }
}
