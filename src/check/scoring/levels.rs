//! Rules of the levels that steps rate with, and of the points of these.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::Levels;
use crate::scale::{Level, MOST_LEVELS, Scales};
use crate::source::{Entries, Field, Findings, Number, Word};
use crate::syntax;
use crate::syntax::Scoring;

use super::super::levels::{levels as read, reversed};
use super::super::{each_once, items, keys, some_of, value};

/// Every level of all scales, the not-rated ones too.
pub(super) fn of_scales(scales: &Scales) -> Arc<Levels> {
    Arc::new(Levels { is_highest_first: false, list: scales.levels().to_vec(), meets_at: None })
}

/// The default levels of steps: the policy's own, or the rated ones of the default scale.
pub(super) fn policy(document: &Scoring, scales: Option<&Scales>, findings: &Findings) -> Option<Arc<Levels>> {
    let inherited = || {
        let scale = scales?.default_scale();
        let (is_highest_first, meets_at) = (scale.is_highest_first(), Some(scale.meeting_level()));
        Some(Levels { is_highest_first, list: scale.rated().to_vec(), meets_at })
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
    levels: Option<&Field<Vec<Field<syntax::scale::Level>>>>,
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

/// The points of a step's rating, by level.
pub(super) fn points_of_step(
    field: &Field<Entries<Number>>,
    levels: &Levels,
    findings: &Findings,
) -> Option<Vec<Exact>> {
    let entries = field.get()?;
    for (id, key, _) in entries.iter().filter(|(id, ..)| value::level_number(&levels.list, id).is_none()) {
        unknown(id, key.span, &levels.list, findings);
    }
    let ids: Vec<&str> = levels.list.iter().map(|level| level.id.as_str()).collect();
    rising(field, entries, &ids, levels.is_highest_first, findings)
}

/// The points of every level, which rise. On a scale that is read highest first they may fall: there 1 can be the best.
pub(super) fn rising(
    field: &Field<Entries<Number>>,
    entries: &Entries<Number>,
    levels: &[&str],
    may_fall: bool,
    findings: &Findings,
) -> Option<Vec<Exact>> {
    let message = |id: &str| format!("`{}` has points twice", value::shorten(id));
    each_once(keys(entries), Code::DuplicateKey, findings, message, "keep one of them");
    let is = |level: &str, id: &str| level == id || value::is_mended(level, id);
    let find = |level: &str| entries.iter().find(|(id, ..)| is(level, id)).map(|(_, _, points)| points);
    let is_known = |id: &&str| levels.iter().any(|level| is(level, id));
    let unknown: Vec<&str> = entries.iter().map(|(id, ..)| id).filter(|id| !is_known(id)).collect();
    let is_meant = |level: &str| unknown.iter().any(|id| findings.closest(id, levels.iter().copied()) == Some(level));
    let missing: Vec<&str> = levels.iter().copied().filter(|level| find(level).is_none() && !is_meant(level)).collect();
    if !missing.is_empty() {
        findings.error(
            Code::MissingPoints,
            field.span,
            format!("there are no points for {}", some_of(&missing)),
            "give points for every level: each rating must count something".to_owned(),
        );
    }
    let all: Option<Vec<&Exact>> = levels.iter().map(|level| Some(&find(level)?.get()?.0)).collect();
    let fall =
        |least: usize| all.as_ref().is_some_and(|all| all.len() >= least && all.is_sorted_by(|one, next| one > next));
    if may_fall && fall(2) {
        return all.map(|all| all.into_iter().cloned().collect());
    }
    if fall(3) {
        let (lowest, highest) = (levels.first().unwrap_or(&""), levels.last().unwrap_or(&""));
        let message = format!("the points fall from `{lowest}` to `{highest}`, the highest level");
        let help = "turn them round: a better rating counts more".to_owned();
        findings.error(Code::PointsNotRising, field.span, message, help);
        return None;
    }
    let mut before: Option<(&str, &Exact)> = None;
    for level in levels {
        let Some(given) = find(level) else { continue };
        let Some(Number(points)) = given.get() else { continue };
        if let Some((lower, least)) = before
            && points <= least
        {
            findings.error(
                Code::PointsNotRising,
                given.span,
                format!("`{level}` counts {}, and `{lower}` below it {}", points.shown(), least.shown()),
                "let the points rise with the levels: a better rating counts more".to_owned(),
            );
        }
        before = Some((level, points));
    }
    levels.iter().map(|level| Some(find(level)?.get()?.0.clone())).collect()
}
