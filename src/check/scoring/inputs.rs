//! Rules of a policy's inputs.

use crate::diagnostic::Code;
use crate::policy::{FromHistory, Input, InputKind};
use crate::source::{Either, Field, Findings, Span, Word};
use crate::syntax::scoring::{InputChoice, InputChoices};
use crate::syntax::{Scoring, scoring};

use super::super::{each_once, items, value};
use super::{KnownInput, not_empty};

/// The most places after the point of an input, and of a rounding.
pub(super) const MOST_PLACES: u32 = 9;
/// When an input does not say.
const DEFAULT_PLACES: u32 = 2;

/// The inputs, and whether every one could be read.
pub(super) fn inputs<'a>(document: &'a Scoring, findings: &Findings) -> (Vec<KnownInput<'a>>, bool) {
    let inputs: Vec<KnownInput<'_>> = items(document.inputs.as_ref())
        .map(|(place, input)| KnownInput { id: input.id.word(), checked: checked(place, input, findings) })
        .collect();
    let field = document.inputs.as_ref();
    let count = field.map_or(Some(0), |field| Some(field.get()?.len()));
    let all_read = count == Some(inputs.len()) && inputs.iter().all(|input| input.id.is_some());
    (inputs, all_read)
}

fn checked(place: Span, input: &scoring::Input, findings: &Findings) -> Option<Input> {
    let label = value::text(&input.label, findings);
    let kind = match &input.one_of {
        Some(field) => {
            for (key, place) in numeric_keys(input) {
                findings.error(
                    Code::AmbiguousInput,
                    place,
                    format!("`{key}` is for a number, but this input has choices"),
                    "keep `one_of`, or `from` and `to`".to_owned(),
                );
            }
            choices(field, findings)
        }
        None => match (&input.from, &input.to) {
            (Some(_), Some(_)) => {
                if let Some(ordered) = &input.ordered {
                    findings.error(
                        Code::AmbiguousInput,
                        ordered.span,
                        "`ordered` is for choices, but this input is a number".to_owned(),
                        "remove it: numbers have their order".to_owned(),
                    );
                }
                range(input, findings).map(|range| (range, Vec::new()))
            }
            _ => {
                findings.lacking(
                    Code::AmbiguousInput,
                    place,
                    "this input has neither a range nor choices".to_owned(),
                    "write `from:` and `to:` for a number, or `one_of:` for choices".to_owned(),
                );
                None
            }
        },
    };
    let from_history = match &input.from_history {
        None => Some(None),
        Some(field) => from_history(field, findings).map(Some),
    };
    let (kind, choice_labels) = kind?;
    Some(Input {
        from_history: from_history?,
        id: input.id.word()?.to_owned(),
        label: label?.to_owned(),
        kind,
        choice_labels,
        is_ordered: input.ordered.as_ref().and_then(Field::get) == Some(&true),
        optional: input.optional.as_ref().and_then(Field::get).copied().unwrap_or_default(),
    })
}

/// The most school years that an earlier result may be old.
const MOST_YEARS: u32 = 20;

/// The earlier result that an input is.
fn from_history(field: &Field<scoring::FromHistory>, findings: &Findings) -> Option<FromHistory> {
    let from = field.get()?;
    let years = from.years_ago.get()?;
    if !(1..=MOST_YEARS).contains(years) {
        let message = format!("an earlier evaluation is 1 to {MOST_YEARS} school years ago, not {years}");
        let help = "write `years_ago: 1` for the school year before".to_owned();
        findings.error(Code::BadNumber, from.years_ago.span, message, help);
        return None;
    }
    Some(FromHistory { step: from.step.word()?.to_owned(), years_ago: i16::try_from(*years).ok()? })
}

fn numeric_keys(input: &scoring::Input) -> impl Iterator<Item = (&'static str, Span)> {
    let span = |field: &Option<Field<crate::source::Number>>| field.as_ref().map(|field| field.span);
    let places = input.places.as_ref().map(|field| field.span);
    [("from", span(&input.from)), ("to", span(&input.to)), ("places", places)]
        .into_iter()
        .filter_map(|(key, place)| Some((key, place?)))
}

/// The ids of choices, and what people call each.
fn choices(field: &Field<InputChoices>, findings: &Findings) -> Option<(InputKind, Vec<String>)> {
    let list = field.get()?;
    not_empty(list, field.span, "no choice", findings);
    let ids: Vec<Option<Field<Word>>> = list.iter().map(id_of).collect();
    let words: Vec<Option<&str>> =
        ids.iter().map(|choice| choice.as_ref().and_then(|choice| value::id(choice, findings))).collect();
    let labels = list.iter().zip(&words).map(|(choice, id)| match choice.get() {
        Some(Either::Long(choice)) => value::text(&choice.label, findings).map(str::to_owned),
        _ => id.map(str::to_owned),
    });
    let labels: Vec<Option<String>> = labels.collect();
    let named = ids.iter().flatten().filter_map(|choice| Some((choice.word()?, choice.span)));
    let message = |choice: &str| format!("the choice `{}` stands twice", value::shorten(choice));
    each_once(named, Code::RepeatedItem, findings, message, "remove one of them");
    if list.is_empty() {
        return None;
    }
    let words = words.into_iter().map(|word| word.map(str::to_owned)).collect::<Option<_>>()?;
    Some((InputKind::Choice(words), labels.into_iter().collect::<Option<_>>()?))
}

/// The id of a choice, in either form, at its place. `None` where it could not be read.
fn id_of(choice: &Field<Either<Word, InputChoice>>) -> Option<Field<Word>> {
    match choice.get()? {
        Either::Short(word) => Some(Field { span: choice.span, value: Some(word.clone()) }),
        Either::Long(long) => Some(Field::clone(&long.id)),
    }
}

fn range(input: &scoring::Input, findings: &Findings) -> Option<InputKind> {
    let (from, to) = (input.from.as_ref()?, input.to.as_ref()?);
    let places = match &input.places {
        None => Some(DEFAULT_PLACES),
        Some(field) => self::places(field, findings),
    };
    let (least, greatest) = (&from.get()?.0, &to.get()?.0);
    in_order(least, greatest, to.span, findings)?;
    Some(InputKind::Number { from: least.clone(), to: greatest.clone(), places: places? })
}

/// How many digits may stand after the point.
pub(in crate::check) fn places(field: &Field<u32>, findings: &Findings) -> Option<u32> {
    let places = *field.get()?;
    if places > MOST_PLACES {
        findings.error(
            Code::BadNumber,
            field.span,
            format!("{places} places after the point are more than a number can have here"),
            format!("write at most {MOST_PLACES}"),
        );
        return None;
    }
    Some(places)
}

/// A range ends above where it begins.
pub(in crate::check) fn in_order(
    from: &crate::exact::Exact,
    to: &crate::exact::Exact,
    place: Span,
    findings: &Findings,
) -> Option<()> {
    if from >= to {
        let message = format!("this range ends at {}, and begins at {}", to.shown(), from.shown());
        let help = if from == to { "let it end above where it begins" } else { "put the lesser number first" };
        findings.error(Code::BadRange, place, message, help.to_owned());
        return None;
    }
    Some(())
}
