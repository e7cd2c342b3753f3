//! Lists the rubric's changes since an evaluation was made, for the finding about its fingerprint.

use crate::diff::{self, Class, Difference, RatingIds};
use crate::rubric::{Rubric, Scale};
use crate::source::{Either, Entries};
use crate::syntax::{self, Mark};

use super::super::some_of;

/// The classes that matter to ratings already given, the gravest first.
const CLASSES: [Class; 4] = [Class::Orphaned, Class::Rescored, Class::Incomplete, Class::Wording];

/// The changes, as the end of the message; and the help: the changes that affect this evaluation's own ratings.
pub(super) fn changes(document: &syntax::Evaluation, old: &Rubric, rubric: &Rubric) -> (String, String) {
    let difference = diff::compare_classes(old, rubric);
    let counts: Vec<String> = CLASSES
        .into_iter()
        .filter_map(|class| Some((difference.count(class), class)).filter(|(count, _)| *count > 0))
        .map(|(count, class)| format!("{count} {class}"))
        .collect();
    if counts.is_empty() {
        let help = "write it for this rubric with `appraise migrate`".to_owned();
        return ("; no change since then matters to a rating".to_owned(), help);
    }
    let own = own(document, rubric, &difference);
    let help = if own.is_empty() {
        "none of its own ratings is touched; write it for this rubric with `appraise migrate`".to_owned()
    } else {
        format!("of its own ratings: {own}; look at those, and write it for this rubric with `appraise migrate`")
    };
    (format!("; since then: {}", counts.join(", ")), help)
}

/// "1 orphaned (`x`), 2 wording (`y`, `z`)".
fn own(document: &syntax::Evaluation, rubric: &Rubric, difference: &Difference) -> String {
    let touched = difference.touched();
    let mut by_class: Vec<(Class, Vec<&str>)> = CLASSES.into_iter().map(|class| (class, Vec::new())).collect();
    for (id, _, rating) in document.ratings.get().into_iter().flat_map(Entries::iter) {
        let level = match rating.get().and_then(|rating| rating.0.as_ref()) {
            Some(Either::Short(mark)) => Some(mark.text()),
            Some(Either::Long(rating)) => rating.level.as_ref().map(|mark| mark.get().map_or("", Mark::text)),
            None => None,
        };
        // An entry without a level is no rating.
        let Some(level) = level else { continue };
        let scale = rubric.indicator(id).and_then(|indicator| rubric.scale_of(indicator)).and_then(Scale::id);
        let gravest = touched.rating(RatingIds { indicator: id, scale, level: Some(level) });
        if let Some((_, ids)) = by_class.iter_mut().find(|(known, _)| *known == gravest) {
            ids.push(id);
        }
    }
    let parts = by_class.iter().filter(|(_, ids)| !ids.is_empty());
    parts.map(|(class, ids)| format!("{} {class} ({})", ids.len(), some_of(ids))).collect::<Vec<_>>().join(", ")
}
