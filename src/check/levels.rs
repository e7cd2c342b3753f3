//! Rules of a list of levels, in a scale or in a scoring policy.

use crate::diagnostic::{Code, Severity};
use crate::scale::{self, Direction, Level};
use crate::source::{Field, Finding, Findings, Span, Text, Word};
use crate::syntax;

use super::{items, value};

/// Levels whose labels plainly go the other way than they are taken. `levels` are in the order in which they are written, and
/// `order` is whether the scale says that this is highest first; `None` where nothing but lowest first can be said.
pub(super) fn reversed(levels: &[Level], place: Span, order: Option<bool>, findings: &Findings) {
    let labels = levels.iter().map(|level| level.label.as_str()).filter(|label| !scale::is_not_rated(label));
    let (fault, first, help) = match (scale::direction(labels), order) {
        (Some(Direction::Falling), None) => ("highest first", "lowest", "write the levels lowest first"),
        (Some(Direction::Falling), Some(false)) => (
            "highest first",
            "lowest",
            "write the levels lowest first, or add `order: highest_first` to the scale (when importing a table: --best-first)",
        ),
        (Some(Direction::Rising), Some(true)) => {
            ("lowest first", "highest", "write the levels highest first, or remove `order: highest_first`")
        }
        _ => return,
    };
    let label = levels.first().map_or("", |level| level.label.as_str());
    let message =
        format!("the levels read {fault}, but `{}`, the first, is taken for the {first}", value::shorten(label));
    findings.push(Finding::new(Severity::Warning, Code::ReversedScale, place, message, help.to_owned()));
}

/// The levels of a list that have an id, in order. One that is malformed is referred to all the same.
pub(super) fn levels(list: Option<&Field<Vec<Field<syntax::scale::Level>>>>, findings: &Findings) -> Vec<Level> {
    let levels = items(list);
    levels.filter_map(|(_, level)| level_of(&level.id, &level.label, level.description.as_ref(), findings)).collect()
}

pub(super) fn level_of(
    id: &Field<Word>,
    label: &Field<Text>,
    description: Option<&Field<Text>>,
    findings: &Findings,
) -> Option<Level> {
    value::id(id, findings);
    let label = value::text(label, findings).unwrap_or_default().to_owned();
    let description = description.and_then(Field::text).map(str::to_owned);
    Some(Level { id: id.word()?.to_owned(), label, description })
}
