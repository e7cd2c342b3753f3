//! JSON Schemas (draft-07) of the documents, as JSON text, for editors and hosts.
//!
//! ```
//! let schema: serde_json::Value = serde_json::from_str(&appraise::schema::evaluation())?;
//! assert_eq!(schema["properties"]["employee"]["description"], "The employee who is evaluated, where the rubric's subject is an employee.");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod explain;
mod normalized;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use crate::changes::Revision;
use crate::diagnostic::Diagnostic;
use crate::{diff, goals, history, migrate, progress, score, summary, syntax, verify, what_if};

/// The schema of a rubric document.
pub fn rubric() -> String {
    of::<syntax::Rubric>()
}

/// The schema of a rubric document that extends another.
pub fn overlay() -> String {
    of::<syntax::Overlay>()
}

/// The schema of a scoring policy in a document of its own, the same as the value of `scoring` in a rubric.
pub fn policy() -> String {
    of::<syntax::Scoring>()
}

/// The schema of an evaluation document.
pub fn evaluation() -> String {
    of::<syntax::Evaluation>()
}

/// The schema of [`Evaluation::to_json_normalized`](crate::Evaluation::to_json_normalized), in which each key has one type.
pub fn normalized() -> String {
    normalized::normalized(&evaluation())
}

/// The schema of a scorecard's JSON.
pub fn scorecard() -> String {
    written::<score::view::Scorecard<'static>>()
}

/// The schema of the comparison of an evaluation under two scoring policies.
pub fn what_if() -> String {
    written::<what_if::Document<'static>>()
}

/// The schema of proposed goals.
pub fn goals() -> String {
    written::<goals::Goals>()
}

/// The schema of the changes between two rubrics.
pub fn difference() -> String {
    written::<diff::Difference>()
}

/// The schema of the changes between two states of an evaluation.
pub fn changes() -> String {
    written::<Revision>()
}

/// The schema of a summary of many evaluations.
pub fn summary() -> String {
    written::<summary::Summaries>()
}

/// The schema of one person's evaluations over the years.
pub fn history() -> String {
    written::<history::History>()
}

/// The schema of the context of the templates `history.html` and `history.md`.
#[cfg(feature = "render")]
pub fn history_page() -> String {
    written::<crate::render::HistoryPage<'static>>()
}

/// The schema of a program evaluation.
pub fn program() -> String {
    written::<summary::Program>()
}

/// The schema of the context of the templates `program.html` and `program.md`.
#[cfg(feature = "render")]
pub fn program_page() -> String {
    written::<crate::render::ProgramPage<'static>>()
}

/// The schema of what `appraise status --format json` prints.
pub fn status() -> String {
    written::<progress::Board>()
}

/// The schema of what `appraise verify --format json` prints.
pub fn verifications() -> String {
    written::<verify::Verifications>()
}

/// The schema of the context of the templates `status.html` and `status.md`.
#[cfg(feature = "render")]
pub fn status_page() -> String {
    written::<crate::render::StatusPage<'static>>()
}

/// The schema of the context of the template `summary.html`.
#[cfg(feature = "render")]
pub fn summary_page() -> String {
    written::<crate::render::SummaryPage<'static>>()
}

/// The schema of the context of the templates `report.html` and `report.md`.
#[cfg(feature = "render")]
pub fn report() -> String {
    written::<crate::render::Report<'static>>()
}

/// The schema of the context of the templates `goals.html` and `goals.md`.
#[cfg(feature = "render")]
pub fn goals_page() -> String {
    written::<crate::render::GoalsPage<'static>>()
}

/// The schema of the context of the templates `form.html` and `form.md`.
#[cfg(feature = "render")]
pub fn form() -> String {
    written::<crate::form::FormPage<'static>>()
}

/// The schema of what `appraise check --format json` prints, and every command with `--messages json`.
pub fn diagnostics() -> String {
    written::<Messages>()
}

/// The findings in files; or, among messages, the failure of a command, or the changes that `appraise migrate` made.
#[derive(JsonSchema)]
#[schemars(title = "Diagnostics", untagged)]
#[allow(dead_code, reason = "it describes JSON that the command line puts together")]
enum Messages {
    Files(CheckedFiles),
    Failed(Failed),
    Migrated(Box<Migrated>),
}

/// The failure of a command.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it describes JSON that the command line puts together")]
struct Failed {
    /// The fault, and the next step.
    error: String,
}

/// The changes that `appraise migrate` made.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it describes JSON that the command line puts together")]
struct Migrated {
    /// The changes, by kind.
    migrated: migrate::Changes,
}

/// The findings in the files that were checked.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it describes JSON that the command line puts together")]
struct CheckedFiles {
    /// The files, in the order they were named.
    files: Vec<CheckedFile>,
}

/// The findings in one file.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it describes JSON that the command line puts together")]
struct CheckedFile {
    /// The file as it was named.
    file: String,
    /// `rubric`, `evaluation` or `table`.
    kind: String,
    /// The reason why the file was not checked; absent where it was.
    #[schemars(skip_serializing_if = "Option::is_none")]
    not_checked: Option<String>,
    /// The findings, in the order of their places.
    diagnostics: Vec<Diagnostic>,
}

/// The schema of a document that people and hosts write: a key with a default may be absent.
fn of<T: JsonSchema>() -> String {
    text::<T>(SchemaSettings::draft07())
}

/// The schema of a document that the program writes: every key is present.
fn written<T: JsonSchema>() -> String {
    text::<T>(SchemaSettings::draft07().for_serialize())
}

fn text<T: JsonSchema>(mut settings: SchemaSettings) -> String {
    // First, for the dialect's own steps move what stands beside a reference.
    settings.transforms.insert(0, Box::new(explain::explain));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    // A schema is plain JSON already.
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}
