//! An evaluation and rubric engine: computes scorecards from rubrics and evaluations (YAML, JSON), renders reports and goals.
//!
//! ```text
//! text ─ source ─▶ tree ─ overlay ─▶ syntax::Rubric ─ check ─▶ Rubric
//! text ─ source ─▶ syntax::Evaluation ─ check, against a Rubric ─▶ Evaluation
//! Evaluation ─ score ─▶ Scorecard ─ goals ─▶ Goals
//! Rubric, Scorecard, Goals ─ render, form ─▶ Markdown, HTML, schemas
//! Rubric, Rubric ─ diff ─▶ Difference; Evaluation, another Rubric ─ migrate ─▶ Evaluation
//! ```
//! A [`Library`] holds the rubrics at hand; a [`Rubric`] and an [`Evaluation`] exist only once checked, else there are
//! [`Diagnostics`]; a [`Draft`] may be unfinished; a [`Scorecard`] cannot fail, and a `Renderer` prints it. A file uses only
//! modules above its own in the list.
//! ```
//! use appraise::{Checked, Library};
//!
//! let text = "
//! rubric: { id: connecticut_school_social_work }
//! employee: { id: E-1042, name: Jordan Rivera }
//! evaluators: [{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }]
//! period: { from: 2025-08-25, to: 2026-06-12 }
//! ratings: { self_growth: has_met, informed_consent: exceeds_expectations, inventories: no_opportunity_to_practice }
//! ";
//! let Checked { value: evaluation, diagnostics: findings } = Library::bundled().check("rivera.yaml", text);
//! assert_eq!(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["missing-comment"]);
//! let overall = evaluation.expect("a warning does not stop it").score().overall().clone();
//! assert_eq!((overall.rated, overall.met, overall.unrated), (2, 2, 64));
//! ```
//! Text in, values out: the library neither prints, nor reads files, nor asks the clock. The [`guide`] explains each subject.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod diagnostic;
mod error;
mod exact;
mod date;
mod source;
mod syntax;
mod overlay;
mod fingerprint;
mod seal;
mod scale;
mod outline;
mod policy;
mod rubric;
mod evaluation;
pub mod progress;
pub mod diff;
mod check;
mod combine;
mod library;
pub mod draft;
pub mod migrate;
mod view;
mod score;
pub mod changes;
pub mod what_if;
pub mod agreement;
mod goals;
pub mod summary;
pub mod history;
#[cfg(feature = "render")]
mod render;
#[cfg(feature = "render")]
mod form;
pub mod verify;
#[cfg(feature = "table")]
pub mod table;
#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "host")]
pub mod host;
pub mod guide;

pub use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, Edit, First, Position, Severity};
pub use crate::evaluation::{
    AgreedGoal, Amendment, Assignment, Certificate, Derived, Employee, Evaluation, Evaluator, Event, Evidence,
    Followed, GivenFor, GoalStatus, Migration, Observation, Organization, Orphan, OrphanKind, Period, Rating, Remark,
    Response, Role, RubricReference, Seal, SealedResult, Status, Supervised, SupervisionCount, SupervisionGap,
    SupervisionSession, Training, Type, View, Whom, WhyWithheld, Withheld,
};
pub use crate::exact::{Exact, RoundingMode};
pub use crate::goals::{Goal, Goals, More};
pub use crate::library::Library;
pub use crate::policy::{Fact, LeftOut, Reason, Take, Term, Why};
pub use crate::rubric::{
    Adopted, Calendar, Competency, Domain, Indicator, Level, Milestone, Narrative, NarrativeOf, NumberRange,
    ObservationKind, Observations, OwnKind, Practice, Process, ProcessStep, ProfessionalDevelopment, Qualification,
    RecordRule, Rubric, Scale, ServiceData, ServiceDataKind, Subject, Supervision, SupervisionKind, Who,
};
pub use crate::score::{DomainTally, NodeTally, Outcome, OutcomeStatus, Scorecard, ScoredBy, Step, Tally};
pub use crate::source::{MAX_BYTES, Value, decode};
pub use crate::syntax::{DocumentKind, Source};
pub use crate::{changes::changes, draft::Change, draft::Draft, error::Error};
#[cfg(feature = "render")]
pub use crate::{form::Form, render::Format, render::Renderer};
