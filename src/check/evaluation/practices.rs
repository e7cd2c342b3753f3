//! Rules of the practices that are seen, and of levels beside them.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::rubric::{Checklist, Derivation, Indicator};
use crate::source::{Field, Finding, Help, Span, Word};

use super::super::{each_once, some_of, value};
use super::Context;

/// The practices of the rubric, each with its indicator.
pub(super) struct Practices<'a> {
    context: &'a Context<'a>,
    by_id: OnceCell<HashMap<&'a str, &'a Indicator>>,
}

/// The practices that an entry names.
pub(super) struct SeenPractices<'a> {
    /// The place of the list.
    pub(super) place: Span,
    /// The ids of the known ones, in the rubric's order.
    pub(super) ids: Vec<String>,
    /// The level that follows; `None` where one is not known.
    pub(super) derivation: Option<Derivation<'a>>,
}

impl<'a> Practices<'a> {
    pub(super) fn of(context: &'a Context<'a>) -> Self {
        Self { context, by_id: OnceCell::new() }
    }

    /// The practices that an entry of an indicator names; `None` where nothing can follow from them.
    pub(super) fn seen(
        &self,
        list: Option<&Field<Vec<Field<Word>>>>,
        indicator: Option<&'a Indicator>,
    ) -> Option<SeenPractices<'a>> {
        let (list, indicator) = (list?, indicator?);
        let Some(checklist) = indicator.checklist.as_deref() else {
            self.without_checklist(list, indicator);
            return None;
        };
        let items = list.get()?;
        let unknown = items.iter().filter(|item| !self.is_known(item, indicator, checklist)).count();
        each_once(
            items.iter().filter_map(|item| Some((item.word()?, item.span))),
            Code::RepeatedItem,
            self.context.findings,
            |id| format!("the practice `{}` stands twice", value::shorten(id)),
            "name each practice that is seen once",
        );
        let is_named = |id: &str| items.iter().any(|item| item.word() == Some(id));
        let named = checklist.practices.iter().filter(|practice| is_named(&practice.id));
        Some(SeenPractices {
            place: list.span,
            ids: named.map(|practice| practice.id.clone()).collect(),
            derivation: (unknown == 0).then(|| checklist.derive(|practice| is_named(&practice.id))),
        })
    }

    fn without_checklist(&self, list: &Field<Vec<Field<Word>>>, indicator: &Indicator) {
        let had =
            |old: &crate::rubric::Rubric| old.indicator(&indicator.id).is_some_and(|was| !was.practices().is_empty());
        let help = self
            .context
            .once(had)
            .unwrap_or_else(|| "remove the practices, and write `level:` with the rating".to_owned());
        let message = format!("`{}` has no practices in this rubric", indicator.id);
        let finding = Finding::new(Severity::Error, Code::UnknownPractice, list.span, message, help);
        self.context.findings.push(finding.at_key());
    }

    /// Whether the indicator has the practice; else a finding.
    fn is_known(&self, item: &Field<Word>, indicator: &Indicator, checklist: &Checklist) -> bool {
        let Some(id) = item.word() else { return false };
        if checklist.practices.iter().any(|practice| practice.id == id) {
            return true;
        }
        let shown = value::shorten(id);
        let own = || checklist.practices.iter().map(|practice| practice.id.as_str());
        let (message, help) = match self.by_id().get(id) {
            Some(other) => (
                format!("`{shown}` is a practice of `{}`, not of `{}`", other.id, indicator.id),
                Help::from(format!("move it to the entry of `{}`, or remove it", other.id)),
            ),
            None => (format!("`{}` has no practice `{shown}`", indicator.id), self.meant(id, indicator, own())),
        };
        self.context.findings.error(Code::UnknownPractice, item.span, message, help);
        false
    }

    fn meant<'k>(&self, id: &str, indicator: &Indicator, own: impl Iterator<Item = &'k str> + Clone) -> Help {
        let had = |old: &crate::rubric::Rubric| {
            old.indicator(&indicator.id).is_some_and(|was| was.practices().iter().any(|practice| practice.id == id))
        };
        if let Some(help) = self.context.once(had) {
            return help.into();
        }
        let list = || format!("the practices of `{}` are {}", indicator.id, some_of(&own.clone().collect::<Vec<_>>()));
        self.context.findings.did_you_mean(id, own.clone(), list)
    }

    fn by_id(&self) -> &HashMap<&'a str, &'a Indicator> {
        self.by_id.get_or_init(|| {
            let indicators = self.context.rubric.indicators();
            let each = indicators.flat_map(|indicator| indicator.practices().iter().map(move |one| (indicator, one)));
            each.map(|(indicator, practice)| (practice.id.as_str(), indicator)).collect()
        })
    }
}

/// A level that is given beside practices follows from them, or a comment says why not.
///
/// A choice that is no rating says nothing of practices, so it stands beside an empty list.
pub(super) fn other_than_derived(
    level: Option<usize>,
    place: Span,
    seen: &SeenPractices<'_>,
    (indicator, has_comment): (&Indicator, bool),
    context: &Context<'_>,
) {
    let rubric = context.rubric;
    let (Some(level), Some(derivation)) = (level, &seen.derivation) else { return };
    let is_no_rating = seen.ids.is_empty() && !rubric.all().is_rated(level);
    if level == derivation.level || is_no_rating {
        return;
    }
    let label = |level: usize| rubric.levels().get(level).map_or_else(String::new, |level| value::label(&level.label));
    let (given, derived) = (label(level), label(derivation.level));
    let reason = derivation.reason(rubric.levels());
    let (severity, help) = match has_comment {
        true => (
            Severity::Warning,
            format!("the given rating counts, and its comment says why; else remove `level` (follows: {reason})"),
        ),
        false => (
            Severity::Error,
            format!("remove `level`, correct the practices, or write `comment:` with the reason (follows: {reason})"),
        ),
    };
    let message = format!("`{}` is rated “{given}”, but “{derived}” follows from its practices", indicator.id);
    let finding = Finding::new(severity, Code::OtherThanDerived, place, message, help);
    context.findings.push(finding.about(&indicator.id));
}

/// A rating of an indicator with practices rests on them.
pub(super) fn missing(level: Option<usize>, place: Span, indicator: &Indicator, context: &Context<'_>) {
    let rubric = context.rubric;
    let Some(level) = level.filter(|level| rubric.all().is_rated(*level)) else { return };
    if indicator.practices().is_empty() {
        return;
    }
    let label = rubric.levels().get(level).map_or_else(String::new, |level| value::label(&level.label));
    let message = format!("`{}` is rated “{label}” without the practices that are seen", indicator.id);
    let help =
        "write `practices:` with the ids of those that are seen, and the level follows; `practices: []` for none"
            .to_owned();
    let finding = Finding::new(Severity::Warning, Code::MissingPractices, place, message, help);
    context.findings.push(finding.about(&indicator.id));
}
