//! Calls about several evaluations.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Checked;
use crate::evaluation::Evaluation;
use crate::history::{self, Drafts, History};
use crate::library::Library;
use crate::progress::{Board, Standings};
use crate::render::Renderer;

use super::document::{AnyDocument, Document, PageFormat, day_error, evaluations};
use super::envelope::{Found, Stop, arguments_error};

/// Arguments: a list of evaluations.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Several<'a> {
    /// The evaluations.
    #[serde(borrow)]
    documents: Vec<Document<'a>>,
}

/// Several evaluations joined.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Joined {
    #[schemars(with = "AnyDocument")]
    document: Evaluation,
    /// The fingerprint of the joined evaluation.
    fingerprint: String,
    /// The warnings about the parts.
    diagnostics: Found,
}

/// Joins evaluations of one person, each of its own part of the rubric.
pub(super) fn combine(library: &Library, Several { documents }: Several<'_>) -> Result<Joined, Stop> {
    let named: Vec<(String, _)> =
        documents.iter().enumerate().map(|(number, one)| (format!("documents[{number}]"), one.text())).collect();
    let parts: Vec<(&str, &str)> = named.iter().map(|(name, text)| (name.as_str(), text.as_ref())).collect();
    let Some((name, text)) = parts.first() else { return Err(none()) };
    let rubric = library.rubric_for(name, text)?;
    let (joined, found) = Evaluation::combine(&parts, &rubric);
    let Some(document) = joined else { return Err(Stop::Findings(found)) };
    Ok(Joined { fingerprint: document.fingerprint().to_owned(), document, diagnostics: Found(found) })
}

fn none() -> Stop {
    arguments_error("`documents` is empty: name at least one evaluation")
}

/// Arguments of the state of processes.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OnDay<'a> {
    /// The evaluations.
    #[serde(borrow)]
    documents: Vec<Document<'a>>,
    /// The day, such as 2026-04-13: the library has no clock.
    on: String,
    /// The format of a page; no page when absent.
    #[serde(default)]
    format: Option<PageFormat>,
}

/// The state of people's processes.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Standing {
    status: Board,
    /// The page, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// The steps that are done, due and overdue, for each person.
pub(super) fn status(library: &Library, request: OnDay<'_>) -> Result<Standing, Stop> {
    let mut standings = Standings::default();
    evaluations(&request.documents, library)?.iter().for_each(|evaluation| standings.add(evaluation));
    let board = standings.on(&request.on).ok_or_else(|| day_error("on"))?;
    let page = request.format.map(|format| Renderer::new().status(&board, format.into())).transpose()?;
    Ok(Standing { status: board, page })
}

/// Arguments of a history.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverYears<'a> {
    /// The evaluations of one person.
    #[serde(borrow)]
    documents: Vec<Document<'a>>,
    /// Whether a draft counts where its period has no final evaluation.
    #[serde(default)]
    drafts: bool,
    /// The format of a page; no page when absent.
    #[serde(default)]
    format: Option<PageFormat>,
}

/// One person's years.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Years {
    history: History,
    /// The page, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The warnings.
    diagnostics: Found,
}

/// One person's evaluations over the years.
pub(super) fn history(library: &Library, request: OverYears<'_>) -> Result<Years, Stop> {
    if request.documents.is_empty() {
        return Err(none());
    }
    let read = evaluations(&request.documents, library)?;
    let drafts = if request.drafts { Drafts::Counted } else { Drafts::LeftOut };
    let Checked { value, diagnostics } = history::of(&read, drafts);
    let Some(history) = value else { return Err(diagnostics.into()) };
    let page = request.format.map(|format| Renderer::new().history(&history, format.into())).transpose()?;
    Ok(Years { history, page, diagnostics: (&diagnostics).into() })
}
