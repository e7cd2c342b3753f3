//! Rules of a step's levels.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::policy::Levels;
use crate::scale::{Level, MOST_LEVELS, Scale};
use crate::source::{Field, Findings, Word};
use crate::syntax;
use crate::syntax::Scoring;

use super::super::rubric::{levels as read, reversed};
use super::super::{each_once, items, value};

/// Every level of the scale, the not-rated ones too.
pub(super) fn of_scale(scale: &Scale) -> Arc<Levels> {
    let is_highest_first = scale.is_highest_first();
    Arc::new(Levels { is_highest_first, list: scale.levels().to_vec(), meets_at: Some(scale.meeting_level()) })
}

/// What steps rate with where they do not say otherwise: the policy's levels, or the rated ones of the scale.
pub(super) fn policy(
    document: &Scoring,
    all: Option<&Arc<Levels>>,
    scale: Option<&Scale>,
    findings: &Findings,
) -> Option<Arc<Levels>> {
    let inherited = || {
        let rated = scale.map(|scale| scale.rated().len())?;
        let Levels { is_highest_first, list, meets_at } = all?.as_ref();
        let list = list.iter().take(rated).cloned().collect();
        Some(Levels { is_highest_first: *is_highest_first, list, meets_at: *meets_at })
    };
    let levels = own(document.levels.as_ref(), document.meets_at.as_ref(), inherited, findings)?;
    if let Some(field) = &document.levels
        && document.meets_at.is_none()
    {
        findings.error(
            Code::MissingMeetsAt,
            field.span,
            "these levels do not say which of them meets expectations".to_owned(),
            "add `meets_at:` beside `levels:`, with the first level that does".to_owned(),
        );
    }
    Some(levels)
}

/// The levels that are given, or else the inherited ones; `None` where they could not be read.
pub(super) fn own(
    levels: Option<&Field<Vec<Field<syntax::rubric::Level>>>>,
    meets_at: Option<&Field<Word>>,
    inherited: impl FnOnce() -> Option<Levels>,
    findings: &Findings,
) -> Option<Arc<Levels>> {
    let mut levels = match levels {
        None => inherited()?,
        Some(field) => {
            let list = read(Some(field), findings);
            reversed(&list, field.span, None, findings);
            each_once(
                items(Some(field)).filter_map(|(_, level)| Some((level.id.word()?, level.id.span))),
                Code::DuplicateLevel,
                findings,
                |id| format!("level `{id}` is defined twice"),
                "give each level an id of its own",
            );
            let count = field.get()?.len();
            if count < 2 {
                let message = format!("there {} here", if count == 0 { "is no level" } else { "is one level only" });
                let help = "give at least two levels, lowest first".to_owned();
                findings.error(Code::ShortScale, field.span, message, help);
                return None;
            }
            if count > MOST_LEVELS {
                let message = format!("there are {count} levels here");
                let help = format!(
                    "give at most {MOST_LEVELS}: several bands or rules can lead to one level; a result that is finer than levels is a step's number, without `levels` and `bands`"
                );
                findings.error(Code::LongScale, field.span, message, help);
                return None;
            }
            if list.len() < count {
                return None;
            }
            Levels { is_highest_first: false, list, meets_at: None }
        }
    };
    if let Some(field) = meets_at {
        levels.meets_at = rating(field, Some(&levels), findings);
    }
    Some(Arc::new(levels))
}

/// The number of a rating among the levels of a step, or a finding.
pub(super) fn rating(field: &Field<Word>, levels: Option<&Levels>, findings: &Findings) -> Option<usize> {
    let written = field.word()?;
    let levels = levels?;
    let position = value::level_number(&levels.list, written);
    if position.is_none() {
        unknown(written, field.span, &levels.list, findings);
    }
    position
}

pub(super) fn unknown(written: &str, place: crate::source::Span, levels: &[Level], findings: &Findings) {
    let message = format!("`{}` is no level of this step", value::shorten(written));
    findings.error(Code::UnknownRating, place, message, value::meant_level(written, levels, findings));
}
