//! Goal templates: the ratings that call for each, and its texts with placeholders.

use std::ops::Range;

use crate::exact::Exact;

use crate::scale::{Means, Scales};

/// The placeholders that goal texts may hold.
pub(crate) const KNOWN_PLACEHOLDERS: [&str; 24] = [
    "employee.id", "employee.name", "employee.title", "period.from", "period.to", "domain.id", "domain.code",
    "domain.title", "domain.statement", "competency.id", "competency.code", "competency.title", "competency.statement",
    "indicator.id", "indicator.code", "indicator.title", "indicator.statement", "rating.level", "rating.label",
    "rating.comment", "meets.id", "meets.label", "missing_practices", "due",
];

/// A text with placeholders, `{{ dotted.name }}`, and nothing else of a template language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A placeholder, and where it stands in the text.
    Placeholder(&'static str, Range<usize>),
}

/// Errors told of one text: whoever reads ten has understood.
pub(crate) const MOST_ERRORS: usize = 10;

/// A fault of a text with placeholders, and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PhraseError {
    /// A placeholder that is not known.
    Unknown { name: String, at: Range<usize> },
    /// Template syntax other than a placeholder.
    Syntax { at: Range<usize> },
}

impl Phrase {
    /// Reads a text; every error in it, or the phrase.
    #[expect(clippy::arithmetic_side_effects, reason = "places within the text")]
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<PhraseError>> {
        let mut parts = Vec::new();
        let mut errors = Vec::new();
        let mut rest = 0;
        while let Some(open) = next_opening(text, rest) {
            push_text(&mut parts, text.get(rest..open));
            let (close, end) = match text.get(open..).unwrap_or_default().get(..2) {
                Some("{{") => ("}}", 2),
                Some("{%") => ("%}", 2),
                Some("{#") => ("#}", 2),
                _ => ("", 2),
            };
            let inside = text.get(open + end..).unwrap_or_default();
            let length = if close.is_empty() { Some(0) } else { inside.find(close) };
            let Some(length) = length else {
                errors.push(PhraseError::Syntax { at: open..text.len() });
                rest = text.len();
                break;
            };
            let after = open + end + length + close.len();
            let name = inside.get(..length).unwrap_or_default().trim();
            match KNOWN_PLACEHOLDERS.iter().find(|known| **known == name) {
                Some(known) if close == "}}" => parts.push(Part::Placeholder(known, open..after)),
                _ if close == "}}" && is_dotted_name(name) => {
                    errors.push(PhraseError::Unknown { name: name.to_owned(), at: open..after });
                }
                _ => errors.push(PhraseError::Syntax { at: open..after }),
            }
            rest = after;
            if errors.len() == MOST_ERRORS {
                break;
            }
        }
        push_text(&mut parts, text.get(rest..));
        if errors.is_empty() { Ok(Self(parts)) } else { Err(errors) }
    }

    /// Where a placeholder stands in the text.
    pub(crate) fn places(&self, placeholder: &str) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().filter_map(move |part| match part {
            Part::Placeholder(name, at) if *name == placeholder => Some(at.clone()),
            _ => None,
        })
    }

    /// The text with every placeholder replaced by what `value` gives for it.
    pub(crate) fn fill(&self, value: impl Fn(&str) -> String) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Placeholder(name, _) => value(name),
            })
            .collect()
    }
}

/// Where template syntax begins next, or a closing without an opening stands.
fn next_opening(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let is_token = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#" | b"}}" | b"%}" | b"#}");
    bytes.windows(2).position(is_token).map(|at| from.saturating_add(at))
}

fn push_text(parts: &mut Vec<Part>, text: Option<&str>) {
    if let Some(text) = text
        && !text.is_empty()
    {
        parts.push(Part::Text(text.to_owned()));
    }
}

fn is_dotted_name(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.split('.').all(is_word)
}

/// How goals are proposed from ratings.
#[derive(Debug, Clone)]
pub(crate) struct GoalPlan {
    /// How many are proposed at once.
    pub(crate) limit: usize,
    /// In the order of their priority.
    pub(crate) templates: Vec<GoalTemplate>,
}

/// The text of a goal, and what calls for it.
#[derive(Debug, Clone)]
pub(crate) struct GoalTemplate {
    pub(crate) when: GoalWhen,
    pub(crate) statement: Phrase,
    pub(crate) measure: Option<Phrase>,
    pub(crate) activities: Vec<Phrase>,
    /// The activities where the rating has no comment; the same ones when it is none.
    pub(crate) without_comment: Option<Vec<Phrase>>,
    pub(crate) due: Option<Due>,
    pub(crate) contact_hours: Option<Exact>,
}

/// The condition of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GoalWhen {
    /// A rating at this level, by its number.
    Level(usize),
    /// A result of a step of the scoring policy with this rating, by their ids: the rubric may be scored under another
    /// policy, which may not have them.
    Result { step: String, rating: String },
}

/// The texts of one indicator's goal that replace those of the template.
#[derive(Debug, Clone, Default)]
pub(crate) struct GoalOverride {
    pub(crate) statement: Option<Phrase>,
    pub(crate) measure: Option<Phrase>,
    pub(crate) activities: Option<Vec<Phrase>>,
    pub(crate) contact_hours: Option<Exact>,
}

/// When a goal is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Days after the evaluation was completed, else after its period ends.
    InDays(u32),
    /// The next such day of a year.
    By { month: i8, day: i8 },
}

/// Proposed at once when a rubric does not say.
pub(crate) const DEFAULT_LIMIT: usize = 3;

impl GoalPlan {
    /// Goals for a rubric that gives none: improve what is not met, arrange what could not be practiced, build on what is
    /// met. What does not apply, or was not observed, calls for no goal.
    pub(crate) fn default_for(scales: &Scales) -> Self {
        let template = |level: usize, statement: &str, measure: &str, activity: &str, days: u32| GoalTemplate {
            when: GoalWhen::Level(level),
            statement: phrase(statement),
            measure: Some(phrase(measure)),
            activities: vec![phrase(activity)],
            without_comment: None,
            due: Some(Due::InDays(days)),
            contact_hours: None,
        };
        let rated = 0..scales.rated().len();
        let improve = rated.clone().filter(|level| !scales.meets(*level)).map(|level| GoalTemplate {
            without_comment: Some(vec![phrase("Supervision and consultation on this indicator")]),
            ..template(
                level,
                "Practice will show: “{{ indicator.statement }}”",
                "Rated “{{ meets.label }}” by {{ due }}, with evidence from practice.",
                "Supervision and consultation on this indicator, beginning with the evaluator's comment",
                120,
            )
        });
        let counts = |level: usize| scales.counts_as(level).is_some();
        let is_to_arrange = |level: &usize| scales.means(*level) == Some(Means::NoOpportunity) && !counts(*level);
        let arrange = (scales.rated().len()..scales.levels().len()).filter(is_to_arrange).map(|level| {
            template(
                level,
                "An opportunity to practice this will be arranged: “{{ indicator.statement }}”",
                "Practiced and rated by {{ due }}.",
                "Agree on an assignment in which this can be practiced and observed",
                180,
            )
        });
        let is_to_grow = |level: &usize| scales.meets(*level) && scales.exceeds(level.saturating_add(1));
        let grow = rated.filter(is_to_grow).map(|level| {
            template(
                level,
                "Build on what is met: “{{ indicator.statement }}”",
                "Evidence of practice beyond “{{ rating.label }}” by {{ due }}.",
                "Choose one part of this indicator to deepen, and share what was learned with colleagues",
                270,
            )
        });
        Self { limit: DEFAULT_LIMIT, templates: improve.chain(arrange).chain(grow).collect() }
    }
}

/// One of our own texts. A test fills every one of them, so none is left empty.
fn phrase(text: &str) -> Phrase {
    Phrase::parse(text).unwrap_or(Phrase(Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_all_else_stays() {
        let phrase = Phrase::parse("By {{ due }}: {{indicator.code}} { } 100 % {x} {{ due }}").unwrap();
        assert_eq!(phrase.fill(|name| format!("<{name}>")), "By <due>: <indicator.code> { } 100 % {x} <due>");
    }

    #[test]
    fn anything_else_of_a_template_language_is_refused_where_it_stands() {
        for text in
            ["{% if x %}", "{# note #}", "{{ due | upper }}", "{{ 1 + 1 }}", "{{", "a }} b", "{{ }}", "{{ a.b() }}"]
        {
            let errors = Phrase::parse(text).unwrap_err();
            assert!(matches!(errors[0], PhraseError::Syntax { .. }), "{text}: {errors:?}");
        }
        let text = "So {{ indicator.statment }} and {{ duo }}";
        let errors = Phrase::parse(text).unwrap_err();
        let names: Vec<_> = errors
            .iter()
            .map(|error| match error {
                PhraseError::Unknown { name, at } => (name.as_str(), &text[at.clone()]),
                PhraseError::Syntax { .. } => panic!("{error:?}"),
            })
            .collect();
        assert_eq!(names, [("indicator.statment", "{{ indicator.statment }}"), ("duo", "{{ duo }}")]);
    }

    #[test]
    fn the_default_goals_say_something_for_every_level_but_the_highest() {
        let plan = GoalPlan::default_for(&Scales::of(vec![crate::scale::Scale::default()]));
        let levels: Vec<_> = plan.templates.iter().map(|template| template.when.clone()).collect();
        assert_eq!(levels, [GoalWhen::Level(0), GoalWhen::Level(3), GoalWhen::Level(1)]);
        for template in &plan.templates {
            assert!(template.statement.fill(str::to_owned).contains("indicator.statement"));
            assert!(template.measure.as_ref().unwrap().fill(str::to_owned).contains("due"));
            assert!(!template.activities[0].fill(str::to_owned).is_empty());
        }
    }
}
