//! The texts that a rubric asks for beside the ratings.

use std::sync::Arc;

use crate::rubric::Narrative;
use crate::source::{Blank, Either, Entries, Field, Span, Text, Word};

use super::Evaluation;

impl Evaluation {
    /// The text of a narrative: about a domain or competency, by its id, or with `None` about the whole.
    ///
    /// ```
    /// use appraise::{Evaluation, Library, Rubric};
    ///
    /// let rubric = "
    /// id: plan
    /// version: 1.0.0
    /// title: Plan
    /// narratives:
    ///   - { id: commendations, label: Commendations, of: domain }
    ///   - { id: next_year, label: Plan for next year, required: true }
    /// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
    /// let text = "
    /// rubric: { id: plan }
    /// employee: { id: E-1042, name: Jordan Rivera }
    /// evaluators: [{ id: E-0007, name: Priya Shah }]
    /// period: { from: 2025-08-25, to: 2026-06-12 }
    /// ratings: { calendar: has_met }
    /// narratives: { commendations: { planning: Every plan was ready in August. }, next_year: Lead the crisis team. }";
    /// let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
    /// let evaluation = Evaluation::parse("rivera.yaml", text, &rubric)?;
    /// assert_eq!(evaluation.narrative("next_year", None), Some("Lead the crisis team."));
    /// assert_eq!(evaluation.narrative("commendations", Some("planning")), Some("Every plan was ready in August."));
    /// assert_eq!(evaluation.narratives().count(), 2);
    /// # Ok::<(), appraise::Diagnostics>(())
    /// ```
    pub fn narrative(&self, id: &str, part: Option<&str>) -> Option<&str> {
        self.0.document.told().find(|told| told.narrative == id && told.part == part).map(|told| told.text)
    }

    /// Every text of a narrative, in the rubric's order: the narrative, the id of the domain or competency that the text is
    /// about, `None` for the whole, and the text.
    pub fn narratives(&self) -> impl Iterator<Item = (&Narrative, Option<&str>, &str)> {
        self.rubric().narratives().iter().flat_map(move |narrative| {
            let parts = narrative.parts(self.rubric()).into_iter();
            parts.filter_map(move |part| Some((narrative, part, self.narrative(&narrative.id, part)?)))
        })
    }

    /// Sets a text, or takes it back.
    pub(crate) fn put_narrative(&mut self, id: &str, part: Option<&str>, text: Option<&str>) {
        let document = Arc::make_mut(&mut self.change().document);
        let entries = document.narratives.get_or_insert_with(|| field(Entries(Vec::new())));
        let entries = &mut entries.value.get_or_insert(Entries(Vec::new())).0;
        let Some(part) = part else {
            return replace(entries, id, text.map(|text| Blank(Some(Either::Short(Text(text.to_owned()))))));
        };
        let known = entries.iter().find(|(key, _)| key.word() == Some(id)).and_then(|(_, entry)| entry.get());
        let mut texts = match known {
            Some(Blank(Some(Either::Long(texts)))) => texts.0.clone(),
            _ => Vec::new(),
        };
        replace(&mut texts, part, text.map(|text| Blank(Some(Text(text.to_owned())))));
        replace(entries, id, (!texts.is_empty()).then_some(Blank(Some(Either::Long(Entries(texts))))));
    }
}

/// A value of no place in a text.
fn field<T>(value: T) -> Field<T> {
    Field { span: Span::default(), value: Some(value) }
}

/// Puts a value in the place of the one with a key, or takes that one away.
fn replace<T>(entries: &mut Vec<(Field<Word>, Field<T>)>, id: &str, value: Option<T>) {
    let known = entries.iter().position(|(key, _)| key.word() == Some(id));
    match (known.and_then(|at| entries.get_mut(at)), value) {
        (Some((_, place)), Some(value)) => *place = field(value),
        (None, Some(value)) => entries.push((field(Word(id.to_owned())), field(value))),
        (_, None) => entries.retain(|(key, _)| key.word() != Some(id)),
    }
}
