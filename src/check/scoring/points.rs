//! Rules of the points of ratings.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::Levels;
use crate::source::{Entries, Field, Findings, Number};
use crate::syntax::Scoring;

use super::super::{each_once, keys, some_of, value};
use super::{Ground, levels};

/// What each rated level of the scale counts; `None` when the policy gives none, or faulty ones.
pub(super) fn of_scale(document: &Scoring, ground: &Ground<'_>, findings: &Findings) -> Option<Vec<Exact>> {
    let field = document.points.as_ref()?;
    let scale = ground.scale?;
    let entries = field.get()?;
    for (id, key, _) in entries.iter() {
        match value::level_number(scale.levels(), id) {
            Some(level) if scale.is_rated(level) => {}
            Some(_) => findings.error(
                Code::PointsForNotRated,
                key.span,
                format!("`{id}` is no rating, so it has no points"),
                "remove it: a choice that is no rating is left out of every number".to_owned(),
            ),
            None => value::unknown_level(id, key.span, scale.rated(), findings),
        }
    }
    let ids: Vec<&str> = scale.rated().iter().map(|level| level.id.as_str()).collect();
    read(field, entries, &ids, scale.is_highest_first(), findings)
}

/// What the rating of a step counts, by level.
pub(super) fn of_step(field: &Field<Entries<Number>>, levels: &Levels, findings: &Findings) -> Option<Vec<Exact>> {
    let entries = field.get()?;
    for (id, key, _) in entries.iter().filter(|(id, ..)| value::level_number(&levels.list, id).is_none()) {
        levels::unknown(id, key.span, &levels.list, findings);
    }
    let ids: Vec<&str> = levels.list.iter().map(|level| level.id.as_str()).collect();
    read(field, entries, &ids, levels.is_highest_first, findings)
}

/// The points of every level, which rise. On a scale that is read highest first they may fall: there 1 can be the best.
fn read(
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
