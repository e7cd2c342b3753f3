//! Calls about one evaluation, or one document of any kind.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Checked, Diagnostics};
use crate::evaluation::Evaluation;
use crate::goals::Goals;
use crate::library::Library;
use crate::rubric::Rubric;
use crate::score::{self, Scorecard};
use crate::syntax::{DocumentKind, Source};
use crate::{migrate, what_if};

use super::document::{AnyDocument, Document, Named, evaluations};
use super::envelope::{Found, Stop, arguments_error};

/// Arguments: a document alone.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct One<'a> {
    /// The document.
    #[serde(borrow)]
    pub(super) document: Document<'a>,
}

/// A document that can be used.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Sound {
    /// `rubric` or `evaluation`.
    #[schemars(with = "String")]
    kind: DocumentKind,
    /// The id of the rubric, or of the evaluation's rubric.
    id: String,
    /// The version of that rubric.
    version: String,
    /// The fingerprint of the document.
    fingerprint: String,
    /// The warnings.
    diagnostics: Found,
}

/// Checks a rubric or an evaluation.
pub(super) fn check(library: &Library, One { document }: One<'_>) -> Result<Sound, Stop> {
    let text = document.text();
    let source = Source::parse("document", &text);
    let kind = source.kind();
    let of = |rubric: &Rubric, fingerprint: &str, found: &Diagnostics| Sound {
        kind,
        id: rubric.id().to_owned(),
        version: rubric.version(),
        fingerprint: fingerprint.to_owned(),
        diagnostics: found.into(),
    };
    match kind {
        DocumentKind::Rubric => {
            let Checked { value: rubric, diagnostics } = Rubric::check("document", &text, library);
            rubric.map(|rubric| of(&rubric, rubric.fingerprint(), &diagnostics)).ok_or(diagnostics.into())
        }
        DocumentKind::Evaluation => {
            let evaluation = library.check_source(&source).ok()?;
            Ok(of(evaluation.rubric(), evaluation.fingerprint(), evaluation.diagnostics()))
        }
        DocumentKind::Policy => Err(arguments_error(
            "a scoring policy alone cannot be checked, for its names mean nothing: use `what_if` with an evaluation",
        )),
    }
}

/// Arguments of a score.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToScore<'a> {
    /// The evaluation.
    #[serde(borrow)]
    document: Document<'a>,
    /// Earlier evaluations of the same person, from which a scoring policy may take results.
    #[serde(borrow, default)]
    history: Vec<Document<'a>>,
}

/// An evaluation and its scorecard.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Scored {
    /// The fingerprint of the evaluation.
    fingerprint: String,
    /// Whether every indicator in scope has an entry, and every result of the scoring policy is there.
    complete: bool,
    #[schemars(with = "score::view::Scorecard<'static>")]
    scorecard: Scorecard,
    /// The warnings.
    diagnostics: Found,
}

impl Scored {
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        let scorecard = evaluation.score();
        Self {
            fingerprint: evaluation.fingerprint().to_owned(),
            complete: scorecard.is_complete(),
            diagnostics: scorecard.diagnostics().into(),
            scorecard,
        }
    }
}

/// Scores an evaluation.
pub(super) fn score(library: &Library, request: ToScore<'_>) -> Result<Scored, Stop> {
    let ToScore { document, history } = request;
    let evaluation = document.evaluation("document", library)?;
    let history = evaluations(&history, library)?;
    let evaluation = if history.is_empty() { evaluation } else { evaluation.with_history(&history).ok()? };
    Ok(Scored::of(&evaluation))
}

/// Arguments of a score under another policy.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnderAnother<'a> {
    /// The evaluation.
    #[serde(borrow)]
    document: Document<'a>,
    /// The other scoring policy.
    #[serde(borrow)]
    policy: Document<'a>,
}

/// An evaluation under two scoring policies.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Compared {
    #[schemars(with = "what_if::Document<'static>")]
    what_if: what_if::WhatIf,
    /// The warnings about the other policy.
    diagnostics: Found,
}

/// Scores an evaluation under another policy too.
pub(super) fn what_if(library: &Library, request: UnderAnother<'_>) -> Result<Compared, Stop> {
    let scorecard = request.document.evaluation("document", library)?.score();
    let Checked { value, diagnostics } = scorecard.what_if("policy", &request.policy.text());
    let warnings = Found::from(&diagnostics);
    value.map(|what_if| Compared { what_if, diagnostics: warnings }).ok_or(diagnostics.into())
}

/// Proposed goals.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Proposed {
    goals: Goals,
    /// The warnings about the evaluation.
    diagnostics: Found,
}

/// Proposes goals.
pub(super) fn goals(library: &Library, One { document }: One<'_>) -> Result<Proposed, Stop> {
    let scorecard = document.evaluation("document", library)?.score();
    Ok(Proposed { goals: scorecard.goals(), diagnostics: scorecard.diagnostics().into() })
}

/// Arguments of a migration.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToMigrate<'a> {
    /// The evaluation.
    #[serde(borrow)]
    document: Document<'a>,
    /// The rubric that it is to be for.
    to: Named,
    /// The rubric that it was made against; found by its fingerprint or version when absent.
    #[serde(default)]
    old: Option<Named>,
}

/// An evaluation for another rubric.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Moved {
    #[schemars(with = "AnyDocument")]
    document: Evaluation,
    changes: migrate::Changes,
    /// The warnings.
    diagnostics: Found,
}

/// Writes an evaluation for another rubric.
pub(super) fn migrate(library: &Library, request: ToMigrate<'_>) -> Result<Moved, Stop> {
    let to = request.to.of(library)?;
    let text = request.document.text();
    let old = match &request.old {
        Some(old) => Some(old.of(library)?),
        None => library.made_against("document", &text),
    };
    let migrated = migrate::migrate("document", &text, &to, old.as_ref())?;
    let diagnostics = Found::from(migrated.evaluation.diagnostics());
    Ok(Moved { document: migrated.evaluation, changes: migrated.changes, diagnostics })
}
