//! An overlay as written: a rubric that lists its differences from the rubric it extends.

use crate::source::{Any, Entries, Field, Findings, Flag, Kept, Number, Text, Unread, Word, document, look};

use super::form;
use super::kind::OwnKind;
use super::narrative::Narrative;
use super::observation::Observations;
use super::practice::{Derive, Practice};
use super::process::Process;
use super::rubric::{
    Adopted, Competency, Goals, Indicator, IndicatorGoal, ProfessionalDevelopment, Qualification, ServiceData, Subject,
};
use super::scale::{DefaultScale, OtherScale};
use super::scoring::Policies;
use super::supervision::Supervision;
use super::{Allow, Passage, Period};

document! {
/// A rubric that adapts another: it leaves parts out, changes, moves and adds parts, in this order. Every other key
/// replaces the base's.
pub(crate) struct Overlay {
    /// The version of this document format; 1 when absent.
    pub(crate) format: Option<form::Format<Unread<u32>>>,
    /// The id that evaluations use: a lower-case letter, then lower-case letters, digits and underscores.
    pub(crate) id: form::Id<Unread<Word>>,
    /// The rubric's own version, in three parts: 1.0.0.
    pub(crate) version: form::Version<Unread<Word>>,
    /// The name that is printed.
    #[cfg_attr(feature = "schema", schemars(default, skip_serializing_if = "Option::is_none", with = "form::Prose"))]
    pub(crate) title: Option<Field<Unread<Text>>>,
    /// The publisher.
    pub(crate) publisher: Option<Field<Unread<Text>>>,
    /// The document it comes from.
    pub(crate) source: Option<Field<Unread<Text>>>,
    /// The language of its texts, such as en-US.
    pub(crate) language: Option<form::Language<Unread<Word>>>,
    /// The subject of evaluations.
    pub(crate) subject: Option<Field<Unread<Subject>>>,
    /// The adoption: the day and the body; printed in reports.
    pub(crate) adopted: Option<Field<Unread<Adopted>>>,
    /// The period of effect; an evaluation of another period gets a warning.
    pub(crate) effective: Option<Field<Unread<Period>>>,
    /// The rubric that this one adapts: its id, and the version after an @. With @1 it is the newest 1.x.y, with @1.2 the
    /// newest 1.2.x, with @1.2.0 that one.
    pub(crate) extends: form::Base,
    /// The levels that indicators are rated at.
    pub(crate) scale: Option<Field<Unread<DefaultScale>>>,
    /// Other scales by id; all of them, for they replace the base's.
    pub(crate) scales: Option<Field<Unread<Entries<OtherScale>>>>,
    /// The levels at which a rating needs a comment.
    pub(crate) comment_required: Option<Field<Unread<Vec<form::Level>>>>,
    /// The rubric's own kinds of evaluation; all of them, for they replace the base's.
    pub(crate) kinds: Option<Field<Unread<Vec<Field<OwnKind>>>>>,
    /// The texts that people write beside the ratings; all of them, for they replace the base's.
    pub(crate) narratives: Option<Field<Unread<Vec<Field<Narrative>>>>>,
    /// The process of a year: the school calendar, and the steps with their deadlines; all of it, for it replaces the base's.
    pub(crate) process: Option<Field<Unread<Process>>>,
    /// The observations of a period; all of it, for it replaces the base's.
    pub(crate) observations: Option<Field<Unread<Observations>>>,
    /// The qualifications that evaluators need to rate certain indicators.
    pub(crate) qualifications: Option<Field<Unread<Vec<Field<Qualification>>>>>,
    /// The rule by which the level of an indicator follows from the practices that are seen.
    pub(crate) derive: Option<Field<Unread<Derive>>>,
    /// The parts left out, by id of any tier, each with the reason.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Prose>>"))]
    pub(crate) omit: Option<Field<Entries<Text>>>,
    /// The changed keys of a part, by the part's id, of any tier. `null` clears a key.
    pub(crate) change: Option<Field<Entries<Kept<Change>>>>,
    /// The parts that move.
    pub(crate) r#move: Option<Field<Vec<Field<Move>>>>,
    /// The new parts.
    pub(crate) add: Option<Field<Vec<Field<Kept<Add>>>>>,
    /// Rejected; parsed only so that the finding can name the right key.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) domains: Option<Field<Any>>,
    /// The data that a host may report beside the ratings.
    pub(crate) service_data: Option<Field<Unread<Vec<Field<ServiceData>>>>>,
    /// The contact hours of professional development that the district expects.
    pub(crate) professional_development: Option<Field<Unread<ProfessionalDevelopment>>>,
    /// The supervision that the district provides: a yardstick for the district, and no part of a rating.
    pub(crate) supervision: Option<Field<Unread<Supervision>>>,
    /// The templates of professional-development goals.
    pub(crate) goals: Option<Field<Unread<Goals>>>,
    /// The policy that combines ratings into a summative rating; or a list of policies, of which the first that is for an
    /// evaluation scores the evaluation.
    pub(crate) scoring: Option<Field<Unread<Policies>>>,
    /// Warnings about this rubric that are accepted.
    pub(crate) allow: Option<Field<Unread<Vec<Field<Allow>>>>>,
    /// Data of the host's own; passed on to templates and JSON.
    pub(crate) extra: Option<Field<Unread<Any>>>,
}
}

document! {
/// The keys of a domain, competency or indicator that change.
pub(crate) struct Change {
    /// The number that is printed.
    pub(crate) code: Option<form::Code<Unread<Text>>>,
    /// A short title, at most 50 characters, for tables.
    pub(crate) title: Option<form::Title<Unread<Text>>>,
    /// The full text; for an indicator, the statement that is rated.
    pub(crate) statement: Option<form::Prose<Unread<Text>>>,
    /// The qualification needed to rate it.
    pub(crate) evaluated_by: Option<form::Qualification<Unread<Word>>>,
    /// The scale that it is rated on: an id of `scales`, or `default` for the one under `scale`.
    pub(crate) scale: Option<form::ScaleId<Unread<Word>>>,
    /// `true` for a domain or competency that is rated as a whole, by its own id, and has no parts.
    pub(crate) rated: Option<Field<Unread<Flag>>>,
    /// Guidance for an evaluator from another field; a text, or a list of bullets.
    pub(crate) guidance: Option<Field<Unread<Passage>>>,
    /// A description of each level, by level, each a text or a list of bullets; all of them, for they replace the base's.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Passage>>"))]
    pub(crate) descriptors: Option<Field<Unread<Entries<Passage>>>>,
    /// The points of an indicator by level, where they are not those of the scoring policy's `points`.
    pub(crate) points: Option<Field<Unread<Entries<Number>>>>,
    /// The checklist that an indicator's level follows from; all practices, for they replace the base's.
    pub(crate) practices: Option<Field<Unread<Vec<Field<Practice>>>>>,
    /// The rule by which the level follows from the practices that are seen.
    pub(crate) derive: Option<Field<Unread<Derive>>>,
    /// Whether an indicator comes first among goals.
    pub(crate) critical: Option<Field<Unread<Flag>>>,
    /// The texts of an indicator's goal that replace the template's.
    pub(crate) goal: Option<Field<Unread<IndicatorGoal>>>,
    /// Rejected; parsed only so that the finding can name the right key.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) id: Option<Field<Any>>,
    /// Rejected; parsed only so that the finding can name the right key.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) competencies: Option<Field<Any>>,
    /// Rejected; parsed only so that the finding can name the right key.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) indicators: Option<Field<Any>>,
}
}

document! {
/// A part that moves.
pub(crate) struct Move {
    /// The id of the domain, competency or indicator that moves, with all its parts.
    pub(crate) id: form::Node,
    /// The domain or competency it moves into; without it, it stays where it is, at another place.
    pub(crate) to: Option<form::Node>,
    /// The id of the part it comes after; without a place it comes last.
    pub(crate) after: Option<form::Node>,
    /// The id of the part it comes before.
    pub(crate) before: Option<form::Node>,
    /// Whether it comes first there.
    pub(crate) first: Option<Field<Flag>>,
}
}

document! {
/// A new part: an indicator or a competency, or, without `to`, a whole domain.
pub(crate) struct Add {
    /// The domain or competency it is added to; without it, it is a domain.
    pub(crate) to: Option<form::Node>,
    /// The id of the part it comes after; without a place it comes last.
    pub(crate) after: Option<form::Node>,
    /// The id of the part it comes before.
    pub(crate) before: Option<form::Node>,
    /// Whether it comes first there.
    pub(crate) first: Option<Field<Flag>>,
    /// The id, unique across the rubric, that evaluations use.
    pub(crate) id: form::Id<Unread<Word>>,
    /// The number that is printed; from the position when absent.
    pub(crate) code: Option<form::Code<Unread<Text>>>,
    /// A short title, at most 50 characters, for tables; a domain and a competency must have one.
    pub(crate) title: Option<form::Title<Unread<Text>>>,
    /// The full text; a competency and an indicator must have one.
    pub(crate) statement: Option<form::Prose<Unread<Text>>>,
    /// The qualification needed to rate it.
    pub(crate) evaluated_by: Option<form::Qualification<Unread<Word>>>,
    /// The scale that it is rated on: an id of `scales`, or `default` for the one under `scale`.
    pub(crate) scale: Option<form::ScaleId<Unread<Word>>>,
    /// `true` for a domain or competency that is rated as a whole, by its own id, and has no parts.
    pub(crate) rated: Option<Field<Unread<Flag>>>,
    /// Guidance for an evaluator from another field; a text, or a list of bullets.
    pub(crate) guidance: Option<Field<Unread<Passage>>>,
    /// A description of each level, by level; each a text, or a list of bullets.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Passage>>"))]
    pub(crate) descriptors: Option<Field<Unread<Entries<Passage>>>>,
    /// The points of an indicator by level, where they are not those of the scoring policy's `points`.
    pub(crate) points: Option<Field<Unread<Entries<Number>>>>,
    /// The checklist that an indicator's level follows from.
    pub(crate) practices: Option<Field<Unread<Vec<Field<Practice>>>>>,
    /// The rule by which the level follows from the practices that are seen.
    pub(crate) derive: Option<Field<Unread<Derive>>>,
    /// Whether an indicator comes first among goals.
    pub(crate) critical: Option<Field<Unread<Flag>>>,
    /// The texts of an indicator's goal that replace the template's.
    pub(crate) goal: Option<Field<Unread<IndicatorGoal>>>,
    /// The competencies of a domain.
    pub(crate) competencies: Option<Field<Unread<Vec<Field<Competency>>>>>,
    /// The indicators of a competency, or of a domain without competencies.
    pub(crate) indicators: Option<Field<Unread<Vec<Field<Indicator>>>>>,
}
}

/// Finds the faults of each unread value of a document.
macro_rules! look_at {
    ($document:expr, $texts:expr, $findings:expr, $($field:ident)*) => {
        $($document.$field.iter().for_each(|field| look(field, $texts, $findings));)*
    };
}

impl Overlay {
    /// Finds the faults of all that a rubric would be made of, where the base is not at hand.
    pub(crate) fn look(&self, texts: &[&str], findings: &Findings) {
        look(&self.id, texts, findings);
        look(&self.version, texts, findings);
        look_at!(self, texts, findings, format title publisher source language subject adopted effective scale
            scales comment_required kinds narratives process qualifications derive service_data professional_development supervision goals
            scoring allow extra);
        for (_, _, change) in self.change.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
            change.get().into_iter().for_each(|change| change.value.look(texts, findings));
        }
        for add in self.add.as_ref().and_then(Field::get).into_iter().flatten().filter_map(Field::get) {
            add.value.look(texts, findings);
        }
    }
}

impl Change {
    /// Finds the faults of a change that cannot be made.
    pub(crate) fn look(&self, texts: &[&str], findings: &Findings) {
        look_at!(self, texts, findings, code title statement evaluated_by scale guidance descriptors points practices derive
            critical goal);
    }
}

impl Add {
    /// Finds the faults of what cannot be added.
    pub(crate) fn look(&self, texts: &[&str], findings: &Findings) {
        look(&self.id, texts, findings);
        look_at!(self, texts, findings, code title statement evaluated_by scale guidance descriptors points practices derive
            critical goal competencies indicators);
    }
}
