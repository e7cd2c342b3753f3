//! The values of arguments: formats, kinds, documents.

use appraise::Role;
use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RubricFormat {
    /// As it was written, with its comments
    Yaml,
    /// The whole rubric as JSON, its base included
    Json,
    /// A table for a spreadsheet, one row an indicator
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CheckKind {
    Rubric,
    Evaluation,
}

/// The person who is shown what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum For {
    /// The employee: nothing of a draft before the step at which the process shares it
    Employee,
    /// An evaluator: nothing of a self-evaluation that is not shared
    Evaluator,
    /// Somebody else: of a final evaluation the ratings and results, without names and words
    #[value(aliases = ["peer", "board"])]
    Outsider,
}

impl For {
    pub(in crate::cli) fn role(self) -> Role {
        match self {
            Self::Employee => Role::Employee,
            Self::Evaluator => Role::Evaluator,
            Self::Outsider => Role::Outsider,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MessageFormat {
    /// For people: each finding under the line that caused it
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CheckFormat {
    /// For people: each finding under the line that caused it
    Text,
    /// For programs; `appraise schema diagnostics` describes it
    Json,
    /// SARIF 2.1.0, for code scanning and for editors
    Sarif,
    /// For GitHub Actions: each finding as a workflow command, shown beside its line in a pull request
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Findings that do not keep a document from being used
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ScoreFormat {
    /// A table
    Text,
    /// For programs; `appraise schema scorecard` describes it
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// For people, the gravest changes first
    Text,
    /// For programs; `appraise schema difference` describes it, and `appraise schema changes` that of evaluations
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocumentFormat {
    Yaml,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PageFormat {
    Html,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormFormat {
    /// A page to fill in, which saves to a file
    Html,
    /// A sheet for print and mail
    Markdown,
    /// An evaluation to complete in a text editor
    Yaml,
    /// A JSON Schema (draft-07) made for this rubric, whose instances are evaluations
    JsonSchema,
    /// How react-jsonschema-form shows that schema
    UiSchema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GoalsFormat {
    Markdown,
    Html,
    /// In the form in which an evaluation carries goals
    Json,
    /// In the form in which an evaluation carries goals
    Yaml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Document {
    /// A rubric, as its author writes it
    Rubric,
    /// A rubric that extends another
    Overlay,
    /// A scoring policy in a file of its own, as `appraise score --policy` takes it
    Policy,
    /// An evaluation, as it is written or exported
    Evaluation,
    /// The output of `appraise score --format json`
    Scorecard,
    /// The output of `appraise score --policy --format json`
    WhatIf,
    /// The output of `appraise goals --format json`
    Goals,
    /// The output of `appraise diff --format json` for two rubrics
    Difference,
    /// The output of `appraise diff --format json` for two evaluations
    Changes,
    /// The output of `appraise summarize --format json`
    Summary,
    /// The output of `appraise history --format json`
    History,
    /// The output of `appraise status --format json`
    Status,
    /// The output of `appraise verify --format json`
    Verifications,
    /// The output of `appraise check --format json` and `--messages json`
    Diagnostics,
    /// The context of the templates report.html and report.md
    Report,
    /// The context of the templates goals.html and goals.md
    GoalsPage,
    /// The context of the templates form.html and form.md
    Form,
    /// The context of the templates status.html and status.md
    StatusPage,
    /// The context of the template summary.html
    SummaryPage,
    /// The context of the templates history.html and history.md
    HistoryPage,
    /// The output of `appraise summarize --program --format json`
    Program,
    /// The context of the templates program.html and program.md
    ProgramPage,
}
