//! The rules of an evaluation, checked against its rubric.

mod aside;
mod asked;
mod assignments;
mod build;
mod combined;
mod dates;
mod entries;
mod given;
mod kind;
mod narratives;
mod observations;
mod orphans;
mod people;
mod practices;
mod ratings;
mod record;
mod reference;
mod responses;
mod rules;
mod scope;
mod scoring;
mod seal;
mod short;
mod stale;
mod supervision;
mod texts;
mod unscored;

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Evaluation, Status};
use crate::exact::Exact;
use crate::rubric::{Node, Rubric, ServiceDataKind, Type};
use crate::source::{Any, Field, Finding, Findings, Help, Span, Word, note_leading_zero};
use crate::syntax;

use super::rubric::calendar_words;
use super::{allow, each_once, items, some_of, value};

pub(crate) use self::aside::form_entries_among_ratings;
pub(crate) use self::asked::{takes_entry, takes_input};
pub(crate) use self::combined::{Earlier, chosen, combined, same};
pub(crate) use self::reference::unknown_rubric;
pub(crate) use self::seal::holds;

/// Checks an evaluation as written against its rubric; the checked one when it keeps every rule.
///
/// `old` is the rubric it was made against, where that is another one and at hand.
pub(crate) fn evaluation(
    document: &Arc<syntax::Evaluation>,
    rubric: &Rubric,
    old: Option<&Rubric>,
    findings: &Findings,
) -> Option<Evaluation> {
    let written = document;
    let moved = form_entries_among_ratings(document, rubric).map(Arc::new);
    let document = moved.as_ref().unwrap_or(document);
    let context = Context { rubric, old, findings, status: status(document) };
    super::format(document.format.as_deref(), findings);
    if !reference::rubric(document, &context) {
        return None;
    }
    let whom = people::whom(document, &context);
    let evaluators = people::evaluators(document, &context);
    let kind = kind::kind(document, &context);
    people::shared(document, kind.as_ref(), &context);
    let period = document.period.get().and_then(|period| value::period(period, findings));
    let known_period = dates::dates(document, period, &context);
    reference::effective(document, known_period, &context);
    people::unfilled(document, &context);
    people::own_evaluator(document, kind.as_ref(), &context);
    let scope = scope::scope(document, &context);
    let is_self = kind == Some(Type::SelfEvaluation);
    let rules = rules::Rules::of(&context, evaluators.as_deref(), known_period, &scope, is_self);
    let observed = observations::observations(document, &rules);
    let mut ratings = rules.ratings(document, &observed);
    observations::follow(&observed, &rules, &mut ratings);
    observations::missing(document, kind.as_ref(), &rules);
    scope::empty(document, &scope, &context);
    goals(document, &context);
    service_data(document, &context);
    let mut given = scoring::given(document, kind.as_ref(), &scope, &context);
    incomplete(document, &ratings, &scope, &given, &context);
    let is_rated = || unrated(&ratings, &scope, &given, &context).is_empty();
    narratives::narratives(document, &scope, is_rated, &context);
    let (places, not_entered, applying) = (given.take_places(), given.take_not_entered(), given.applying);
    professional_development(document, &context);
    supervision::supervision(document, known_period, &context);
    responses::responses(document, &context);
    record::record(document, kind.as_ref(), &context);
    orphans::migrated_from(document, &context);
    orphans::orphaned(document, &context);
    seal::seal(written, &context);
    texts::student_data(document, &context);
    let observations = observed.list;
    let evaluation =
        whom.zip(evaluators).zip(kind).filter(|_| period.is_some()).and_then(|((whom, evaluators), kind)| {
            build::evaluation(
                document,
                build::CheckedParts { rubric, kind, whom, evaluators, scope, ratings, observations, given },
            )
        });
    entries::entries(document, evaluation.as_ref(), &places, &not_entered, applying, &context);
    unscored::unscored(document, evaluation.as_ref(), &context);
    short::sums(document, evaluation.as_ref(), &context);
    // An orphan keeps the reason that was accepted for it.
    let orphans: HashSet<&str> = items(document.orphaned.as_ref()).filter_map(|(_, orphan)| orphan.id.word()).collect();
    allow::apply(document.allow.as_ref(), |_, at| at.is_some_and(|at| orphans.contains(at)), findings);
    allow::apply_of_rubric(rubric, findings);
    evaluation
}

/// The input of every rule.
struct Context<'a> {
    rubric: &'a Rubric,
    /// The one that the evaluation was made against, where that is another and at hand.
    old: Option<&'a Rubric>,
    findings: &'a Findings,
    status: Status,
}

impl Context<'_> {
    /// The severity of a fault that a draft may have, and a final evaluation may not.
    fn severity(&self) -> Severity {
        match self.status {
            Status::Final => Severity::Error,
            Status::Draft => Severity::Warning,
        }
    }

    /// Reports a placeholder of a form. `what` is such as "the period"; `help` says what to write instead.
    fn unfilled(&self, place: Span, what: &str, help: &str) {
        let message = format!("{what} is still the placeholder of a form");
        self.findings.push(Finding::new(self.severity(), Code::UnfilledPlaceholder, place, message, help.to_owned()));
    }

    /// An id of any tier, or a finding.
    fn known_node(&self, field: &Field<Word>) -> Option<&str> {
        let id = value::word(field, self.findings)?;
        if let Some(node) = self.rubric.node(id) {
            return Some(&node.id);
        }
        let help = self.meant(id, self.rubric.outline().ids());
        let message = format!("`{}` is no domain, competency or indicator of the rubric", value::shorten(id));
        self.findings.error(Code::UnknownNode, field.span, message, help);
        None
    }

    /// The number of an indicator, or a finding.
    fn known_indicator(&self, field: &Field<Word>) -> Option<usize> {
        let id = value::word(field, self.findings)?;
        let (message, help) = match self.rubric.node(id) {
            Some(node) if node.is_rated => return Some(node.indicators.start),
            Some(node) => {
                let first = self.rubric.indicators().nth(node.indicators.start);
                let first = first.map_or_else(String::new, |indicator| value::shorten(&indicator.id));
                (
                    format!("`{id}` is not an indicator but holds several"),
                    format!("name its indicators one by one, beginning with `{first}`").into(),
                )
            }
            None => {
                let known = self.rubric.indicators().map(|indicator| indicator.id.as_str());
                (format!("`{}` is no indicator of the rubric", value::shorten(id)), self.meant(id, known))
            }
        };
        self.findings.error(Code::UnknownIndicator, field.span, message, help);
        None
    }

    /// Help about an id that only the former rubric has.
    fn once(&self, had: impl FnOnce(&Rubric) -> bool) -> Option<String> {
        let old = self.old.filter(|old| had(old))?;
        Some(format!("version {} had it; `appraise migrate` keeps the entries for it", old.version()))
    }

    /// The id that was probably meant, or where to look it up.
    fn meant<'k>(&self, written: &str, known: impl Iterator<Item = &'k str>) -> Help {
        if let Some(help) = self.once(|old| old.node(written).is_some()) {
            return help.into();
        }
        // People know an indicator by the number that is printed.
        if let Some(Node { id, .. }) = self.rubric.outline().printed_as(written) {
            let (printed, shown) = (value::shorten(written), value::shorten(id));
            return Help::from(format!("write the id of the part printed as {printed}: `{shown}`"))
                .writing(written, id);
        }
        let otherwise = || format!("look up the ids in the rubric `{}`", value::shorten(self.rubric.id()));
        self.findings.did_you_mean(written, known, otherwise)
    }
}

fn status(document: &syntax::Evaluation) -> Status {
    document.status.as_ref().and_then(Field::get).copied().unwrap_or(Status::Draft)
}

/// A final evaluation rates everything in its scope, but for what an entered rating judges as a whole.
fn incomplete(
    document: &syntax::Evaluation,
    ratings: &rules::Ratings,
    scope: &scope::Scope,
    given: &scoring::ScoringEntries,
    context: &Context<'_>,
) {
    let Some(status) = document.status.as_ref().filter(|_| context.status == Status::Final) else { return };
    let unrated = unrated(ratings, scope, given, context);
    let is_sure = ratings.all_known && scope.all_known && document.ratings.get().is_some();
    if !unrated.is_empty() && is_sure {
        let count =
            if unrated.len() == 1 { "1 indicator is".to_owned() } else { format!("{} indicators are", unrated.len()) };
        context.findings.error(
            Code::Incomplete,
            status.span,
            format!("this evaluation is final, but {count} unrated: {}", some_of(&unrated)),
            "rate them, list them under `not_assigned` with the reason, or write `status: draft`".to_owned(),
        );
    }
}

/// The indicators in scope without a level, but for those that an entered rating judges as a whole.
fn unrated<'r>(
    ratings: &rules::Ratings,
    scope: &scope::Scope,
    given: &scoring::ScoringEntries,
    context: &Context<'r>,
) -> Vec<&'r str> {
    let policy = given.applying.and_then(|applying| context.rubric.0.policies.get(applying.policy));
    let judged: HashSet<usize> = policy
        .into_iter()
        .flat_map(|policy| {
            given.entered.iter().flat_map(|entry| {
                policy.judged_whole(entry.slot).into_iter().map(|indicator| policy.in_rubric(indicator))
            })
        })
        .collect();
    context
        .rubric
        .indicators()
        .filter(|indicator| {
            scope.holds(indicator.index) && !ratings.has_level(indicator) && !judged.contains(&indicator.index)
        })
        .map(|indicator| indicator.id.as_str())
        .collect()
}

fn goals(document: &syntax::Evaluation, context: &Context<'_>) {
    for (_, goal) in items(document.goals.as_ref()) {
        if let Some(indicator) = &goal.indicator {
            context.known_indicator(indicator);
        }
        value::text(&goal.statement, context.findings);
        value::optional_date(goal.due.as_ref(), context.findings);
        if let Some(hours) = &goal.contact_hours {
            value::amount(hours, "contact hours", context.findings);
        }
    }
}

/// Service data is what the rubric asks for, of the kind it asks for.
fn service_data(document: &syntax::Evaluation, context: &Context<'_>) {
    let findings = context.findings;
    let Some(entries) = document.service_data.as_ref().and_then(Field::get) else { return };
    let known: Vec<&str> = context.rubric.service_data().iter().map(|item| item.id.as_str()).collect();
    let mut known_keys = Vec::new();
    for (id, key, value) in entries.iter() {
        let Some(item) = context.rubric.service_data().iter().find(|item| item.id == id) else {
            let once = context.once(|old| old.service_data().iter().any(|item| item.id == id));
            let otherwise = || match known.as_slice() {
                [] => "this rubric asks for none; a host's own data goes under `extra`".to_owned(),
                known => format!("the rubric asks for {}; a host's own data goes under `extra`", some_of(known)),
            };
            let help = once.map_or_else(|| findings.did_you_mean(id, known.iter().copied(), otherwise), Help::from);
            findings.error(
                Code::UnknownServiceData,
                key.span,
                format!("the rubric does not ask for `{}`", value::shorten(id)),
                help,
            );
            continue;
        };
        known_keys.push((id, key.span));
        if let Some(given) = value.get() {
            service_data_kind(id, item.kind, given, value.span, findings);
        }
    }
    each_once(
        known_keys.into_iter(),
        Code::DuplicateKey,
        findings,
        |id| format!("`{id}` is reported twice"),
        "remove one of the two",
    );
}

/// A count, hours or text, as the rubric asks.
fn service_data_kind(id: &str, kind: ServiceDataKind, given: &Any, place: Span, findings: &Findings) {
    if is_of_kind(given, kind) {
        if let Any::Number(text) = given {
            note_leading_zero(text, place, findings);
        }
        return;
    }
    if number_of_kind(given, kind).is_some() {
        return value::not_carried(&format!("`{id}`"), place, findings);
    }
    let (wanted, help) = match kind {
        ServiceDataKind::Count => ("a whole number", "such as 12"),
        ServiceDataKind::Hours => ("a number of hours", "such as 7.5, and 0 or more"),
        ServiceDataKind::Text => ("text", "in quotes"),
    };
    let message = format!("`{id}` wants {wanted}, but this is {}", given.describe());
    findings.error(Code::WrongType, place, message, format!("write {wanted}, {help}"));
}

/// Whether service data is of a kind.
pub(crate) fn is_of_kind(given: &Any, kind: ServiceDataKind) -> bool {
    match kind {
        ServiceDataKind::Count | ServiceDataKind::Hours => {
            number_of_kind(given, kind).is_some_and(|number| value::is_carried(&number))
        }
        ServiceDataKind::Text => matches!(given, Any::Text(_)),
    }
}

/// The count or the hours, however large or precise.
fn number_of_kind(given: &Any, kind: ServiceDataKind) -> Option<Exact> {
    let Any::Number(text) = given else { return None };
    let number = Exact::parse(text)?;
    let is_of_kind = match kind {
        ServiceDataKind::Count => number.fits(usize::MAX, 0) && !number.is_negative(),
        ServiceDataKind::Hours => !number.is_negative(),
        ServiceDataKind::Text => false,
    };
    is_of_kind.then_some(number)
}

fn professional_development(document: &syntax::Evaluation, context: &Context<'_>) {
    for (_, training) in items(document.professional_development.as_ref()) {
        value::date(&training.date, context.findings);
        value::text(&training.title, context.findings);
        value::amount(&training.contact_hours, "contact hours", context.findings);
    }
    if let Some(hours) = &document.contact_hours_before {
        value::amount(hours, "contact hours", context.findings);
    }
}
