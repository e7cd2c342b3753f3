//! Rules of the ratings.

use jiff::civil::Date;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Evidence, Given, Rating, Remark, Seen};
use crate::rubric::{Indicator, ObservationKind, Scale};
use crate::source::{Blank, Either, Entries, Field, Finding, Plain, Text, Word};
use crate::syntax::{self, Day};

use super::super::{each_once, items, some_of, value};
use super::Context;
use super::given::given;
use super::practices::{self, Practices};
use super::rules::{Entry, Observed, Ratings, ReadRating, Rules, Said, Whose, missing_evaluator, unqualified};
use super::scope::Scope;

impl<'a> Rules<'a> {
    /// The ratings of the evaluation, before others follow from observations.
    pub(super) fn ratings(&self, document: &'a syntax::Evaluation, observed: &Observed) -> Ratings {
        let mut ratings = Ratings::none(self.context);
        if let Some(entries) = document.ratings.get() {
            self.read(entries, Whose::Evaluation(observed), &mut ratings);
        }
        ratings
    }

    /// Reads a list of ratings.
    pub(super) fn read(&self, entries: &'a Entries<Entry>, whose: Whose<'_>, ratings: &mut Ratings) {
        let context = self.context;
        let mut without_evaluator = Vec::new();
        let mut known_keys = Vec::new();
        for (id, key, value) in entries.iter() {
            let indicator = context.known_indicator(key).and_then(|index| self.indicators.get(index)).copied();
            // An empty place in a form that is still being filled in.
            if value.get().is_some_and(is_blank) {
                known_keys.extend(indicator.map(|_| (id, key.span)));
                ratings.all_known &= indicator.is_some();
                continue;
            }
            let rating = written(value, indicator, &self.practices, context);
            outside_period(id, value, self.period, context);
            if let Some(indicator) = indicator {
                known_keys.push((id, key.span));
                out_of_scope(id, key, indicator, rating.as_ref(), self.scope, context);
                if let Some(rating) = &rating {
                    self.of_rating(rating, indicator, key, whose);
                    if context.rubric.observations().is_some() {
                        ratings.said.insert(indicator.index, rating.said);
                    }
                }
            } else {
                ratings.all_known = false;
            }
            let by = rating.as_ref().and_then(|rating| self.rated_by(rating, key, whose, &mut without_evaluator));
            let (Some(indicator), Some(rating)) = (indicator, rating) else {
                indicator.into_iter().for_each(|indicator| ratings.mention(indicator));
                continue;
            };
            if !self.is_self {
                unqualified(&rating, by, indicator, key, context);
            }
            // A second rating of the same indicator is a finding below, and neither is taken.
            if !rating.is_remark {
                ratings.mention(indicator);
            }
            let by = rating.by.and_then(Field::word).map(str::to_owned);
            let (comment, evidence) = (rating.comment.map(str::to_owned), rating.evidence);
            if rating.is_remark {
                ratings.remarks.insert(indicator.index, Remark { by, comment, evidence });
            } else if let (Some(given), Some(slot)) = (rating.given, ratings.by_indicator.get_mut(indicator.index)) {
                let is_derived = !rating.is_given;
                let seen = rating.seen.map(|seen| Box::new(Seen { practices: seen.ids, is_derived }));
                *slot = Some(Rating { given, by, comment, evidence, seen, follows: None });
            }
        }
        missing_evaluator(&without_evaluator, self.evaluators, context);
        each_once(
            known_keys.into_iter(),
            Code::DuplicateRating,
            context.findings,
            |id| format!("`{}` is rated twice", value::shorten(id)),
            "keep one rating of it: neither is taken over the other in silence",
        );
    }

    /// The rules of one rating by itself.
    fn of_rating(&self, rating: &ReadRating<'_>, indicator: &Indicator, key: &Field<Word>, whose: Whose<'_>) {
        match whose {
            Whose::Evaluation(observed) => {
                missing_comment(rating.given, rating.said, indicator, self.context);
                let has_evidence = rating.said.has_evidence || observed.shows(indicator);
                missing_evidence(rating.given, Said { has_evidence, ..rating.said }, indicator, self.context);
            }
            // The words of the rating that follows are asked for once it is known.
            Whose::Observation { kind, .. } => out_of_kind(key, indicator, kind, self.context),
        }
        of_practices(rating, indicator, self.context);
    }
}

/// Whether an entry says nothing: a place in a form that is still being filled in.
fn is_blank(Blank(entry): &Entry) -> bool {
    match entry {
        None => true,
        Some(Either::Short(_)) => false,
        Some(Either::Long(long)) => {
            let is_nothing = |comment: &Field<Text>| comment.text().is_some_and(crate::source::is_blank);
            long.level.is_none()
                && long.practices.is_none()
                && long.by.is_none()
                && long.comment.as_ref().is_none_or(is_nothing)
                && long.evidence.as_ref().is_none_or(|list| list.get().is_some_and(Vec::is_empty))
        }
    }
}

fn written<'a>(
    value: &'a Field<Entry>,
    indicator: Option<&'a Indicator>,
    practices: &Practices<'a>,
    context: &Context<'_>,
) -> Option<ReadRating<'a>> {
    Some(match value.get()?.0.as_ref()? {
        Either::Short(mark) => {
            let given = given(mark, value.span, indicator, context);
            ReadRating {
                said: Said { place: value.span, has_comment: false, has_evidence: false },
                given,
                is_given: true,
                seen: None,
                is_remark: false,
                by: None,
                comment: None,
                evidence: Vec::new(),
            }
        }
        Either::Long(long) => {
            let comment = long.comment.as_ref();
            let text = comment.and_then(Field::text);
            let seen = practices.seen(long.practices.as_ref(), indicator);
            let place = long.level.as_ref().map(|level| level.span).or_else(|| Some(seen.as_ref()?.place));
            let mark = long.level.as_ref().and_then(|field| given(field.get()?, field.span, indicator, context));
            let derived = || seen.as_ref()?.derivation.as_ref().map(|derivation| Given::Level(derivation.level));
            let said = Said {
                place: place.unwrap_or(value.span),
                // One that could not be read is there all the same.
                has_comment: comment.is_some() && text.is_none_or(|text| !crate::source::is_blank(text)),
                has_evidence: long.evidence.as_ref().is_some_and(|list| list.get().is_none_or(|list| !list.is_empty())),
            };
            ReadRating {
                said,
                given: if long.level.is_some() { mark } else { derived() },
                is_given: long.level.is_some(),
                seen,
                is_remark: long.level.is_none() && long.practices.is_none(),
                by: long.by.as_deref(),
                comment: text,
                evidence: evidence(long.evidence.as_ref(), context),
            }
        }
    })
}

fn out_of_scope(
    id: &str,
    key: &Field<Word>,
    indicator: &Indicator,
    rating: Option<&ReadRating<'_>>,
    scope: &Scope,
    context: &Context<'_>,
) {
    let is_remark = rating.is_some_and(|rating| rating.is_remark);
    let (is_rated, remove) =
        if is_remark { ("is commented on", "move the text to `summary`") } else { ("is rated", "remove the rating") };
    let (message, help) = if let Some(entry) = scope.not_assigned_by(indicator.index) {
        (
            format!("`{id}` {is_rated}, but listed as not assigned"),
            format!("{remove}, or remove the entry `{}` under `not_assigned`", value::shorten(entry)),
        )
    } else if !scope.is_chosen(indicator.index) && scope.all_known {
        (
            format!("`{id}` {is_rated}, but not in this evaluation's scope"),
            format!("{remove}, or add the indicator to `scope`"),
        )
    } else {
        return;
    };
    context.findings.error(Code::OutOfScope, key.span, message, help);
}

/// A kind of observation rates the parts that the rubric says.
fn out_of_kind(key: &Field<Word>, indicator: &Indicator, kind: Option<&ObservationKind>, context: &Context<'_>) {
    let Some(kind) = kind.filter(|kind| !kind.rates(indicator)) else { return };
    let parts: Vec<&str> = kind.scope.iter().map(String::as_str).collect();
    let message = format!(
        "`{}` is rated, but an observation of the kind `{}` does not rate this part",
        indicator.id,
        value::shorten(&kind.id)
    );
    let help = format!("remove the rating, or correct the kind of observation: this one rates {}", some_of(&parts));
    context.findings.error(Code::OutOfScope, key.span, message, help);
}

/// The level and the practices of an indicator whose level follows from practices.
fn of_practices(rating: &ReadRating<'_>, indicator: &Indicator, context: &Context<'_>) {
    let level = match rating.given {
        Some(Given::Level(level)) if rating.is_given => Some(level),
        _ => None,
    };
    match &rating.seen {
        Some(seen) => {
            practices::other_than_derived(
                level,
                rating.said.place,
                seen,
                (indicator, rating.said.has_comment),
                context,
            );
        }
        None => practices::missing(level, rating.said.place, indicator, context),
    }
}

/// A level that wants a comment has one.
pub(super) fn missing_comment(given: Option<Given>, said: Said, indicator: &Indicator, context: &Context<'_>) {
    let Some(Given::Level(level)) = given else { return };
    let wants = context.rubric.0.comment_required.get(level).copied().unwrap_or_default();
    if !wants || said.has_comment {
        return;
    }
    let label = context.rubric.levels().get(level).map_or_else(String::new, |level| value::label(&level.label));
    context.findings.push(
        Finding::new(
            context.severity(),
            Code::MissingComment,
            said.place,
            format!("`{}` is rated “{label}” without a comment", indicator.id),
            "write `comment:` with what the rating rests on; this rubric asks for one at this level".to_owned(),
        )
        .about(&indicator.id),
    );
}

/// A rating below expectations rests on evidence: it may have to be defended.
pub(super) fn missing_evidence(given: Option<Given>, said: Said, indicator: &Indicator, context: &Context<'_>) {
    let scales = context.rubric.all();
    let range = context.rubric.scale_of(indicator).and_then(Scale::range);
    let label = match (given, range) {
        (Some(Given::Level(level)), _) if scales.is_rated(level) && !scales.meets(level) => {
            scales.level(level).map_or_else(String::new, |level| value::label(&level.label))
        }
        (Some(Given::Number(number)), Some(range)) if range.meets(&number.exact()) == Some(false) => {
            value::label(&range.label(number))
        }
        _ => return,
    };
    if said.has_evidence {
        return;
    }
    context.findings.push(
        Finding::new(
            Severity::Warning,
            Code::MissingEvidence,
            said.place,
            format!("`{}` is rated “{label}” without evidence", indicator.id),
            "write `evidence:` with what was seen: `[{ date: …, kind: observation, note: … }]`".to_owned(),
        )
        .about(&indicator.id),
    );
}

/// Evidence is dated within the evaluated period.
fn outside_period(id: &str, rating: &Field<Entry>, period: Option<(Date, Date)>, context: &Context<'_>) {
    let Some(Either::Long(rating)) = rating.get().and_then(|rating| rating.0.as_ref()) else { return };
    for date in items(rating.evidence.as_ref()).filter_map(|(_, evidence)| evidence.date.as_ref()) {
        outside(id, "evidence", date, period, context);
    }
}

/// A date of evidence, or of an observation, is within the evaluated period.
pub(super) fn outside(id: &str, what: &str, date: &Field<Day>, period: Option<(Date, Date)>, context: &Context<'_>) {
    let (Some((from, to)), Some((day, _))) = (period, value::sound_date(Some(date))) else { return };
    let (is_early, is_late) = (day < from, day > to);
    if is_early || is_late {
        let when = if is_early { "before" } else { "after" };
        let instead = if what == "evidence" { "use evidence from the period; else accept" } else { "accept" };
        context.findings.push(
            Finding::new(
                Severity::Warning,
                Code::OutsidePeriod,
                date.span,
                format!("this {what} is from {when} the period, which is from {from} to {to}"),
                format!("correct the date, or {instead} this under `allow` with the reason"),
            )
            .about(id),
        );
    }
}

/// The evidence that says something.
pub(super) fn evidence(
    list: Option<&Field<Vec<Field<syntax::evaluation::Evidence>>>>,
    context: &Context<'_>,
) -> Vec<Evidence> {
    let sound = items(list).filter(|(_, evidence)| {
        value::optional_date(evidence.date.as_ref(), context.findings);
        value::text(&evidence.note, context.findings).is_some()
    });
    sound.filter_map(|(_, evidence)| evidence.checked()).collect()
}
