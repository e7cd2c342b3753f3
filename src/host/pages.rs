//! Calls that make pages and forms.

use serde::{Deserialize, Serialize};

use crate::evaluation::Status;
use crate::form::Form;
use crate::library::Library;
use crate::render::Renderer;
use crate::source::Any as Value;

use super::document::{Document, Named, PageFormat};
use super::envelope::{Found, Stop, arguments_error};

/// Arguments of a page about an evaluation.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PageOf<'a> {
    /// The evaluation.
    #[serde(borrow)]
    document: Document<'a>,
    /// The format of the page.
    #[serde(default)]
    format: PageFormat,
}

/// A page.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Page {
    /// The whole page, as a text.
    page: String,
    /// The warnings about the evaluation.
    diagnostics: Found,
}

/// The report of an evaluation.
pub(super) fn report(library: &Library, request: PageOf<'_>) -> Result<Page, Stop> {
    let scorecard = request.document.evaluation("document", library)?.score();
    let page = Renderer::new().report(&scorecard, request.format.into())?;
    Ok(Page { page, diagnostics: scorecard.diagnostics().into() })
}

/// The page of proposed goals.
pub(super) fn goals_page(library: &Library, request: PageOf<'_>) -> Result<Page, Stop> {
    let scorecard = request.document.evaluation("document", library)?.score();
    let page = Renderer::new().goals(&scorecard, request.format.into())?;
    Ok(Page { page, diagnostics: scorecard.diagnostics().into() })
}

/// Arguments of a form.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToFill<'a> {
    /// The rubric of an empty form; needed without `document`.
    #[serde(default)]
    rubric: Option<Named>,
    /// An evaluation to go on with: a draft, or the final evaluation of the year before.
    #[serde(borrow, default)]
    document: Option<Document<'a>>,
    /// Whether the form is for the employee's response to `document`.
    #[serde(default)]
    respond: bool,
    /// The kind of evaluation, by its id: `formal`, `interim`, `self`, or one of the rubric's own.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// The kind of observation that the form is for, by its id.
    #[serde(default)]
    observation: Option<String>,
    /// The ids of the parts that the form asks for; all when empty.
    #[serde(default)]
    scope: Vec<String>,
    /// The format of the form.
    #[serde(default)]
    format: FormFormat,
}

/// The formats of a form.
#[derive(Debug, Clone, Copy, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FormFormat {
    /// A page that fills itself in and saves a document.
    #[default]
    Html,
    /// A sheet for paper.
    Markdown,
    /// A document to fill in by hand.
    Yaml,
    /// A JSON Schema and its UI schema, for a page of the host's own.
    Schema,
}

/// A form: a page, or its schemas.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Filled {
    /// The page or document; absent for a schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The JSON Schema (draft-07) of the evaluation that the form yields; absent for a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    schema: Option<Value>,
    /// The UI schema of react-jsonschema-form; absent for a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    ui_schema: Option<Value>,
}

/// A form to fill in.
pub(super) fn form(library: &Library, request: ToFill<'_>) -> Result<Filled, Stop> {
    let mut form = begun(library, &request)?;
    if let Some(kind) = &request.kind {
        let known = || form.rubric().types().map(|kind| format!("`{}`", kind.id())).collect::<Vec<_>>().join(", ");
        let found = form.rubric().type_of(kind);
        let kind =
            found.ok_or_else(|| arguments_error(format!("there is no type `{kind}`: the types are {}", known())))?;
        form = form.kind(kind);
    }
    if let Some(kind) = &request.observation {
        form = form.observation(kind)?;
    }
    if !request.scope.is_empty() {
        form = form.scope(request.scope.iter().map(String::as_str))?;
    }
    let page = |page: String| Filled { page: Some(page), schema: None, ui_schema: None };
    // On one line, as the whole answer is.
    let value = |json: String| serde_json::from_str::<Value>(&json).ok();
    Ok(match request.format {
        FormFormat::Html => page(Renderer::new().form(&form, PageFormat::Html.into())?),
        FormFormat::Markdown => page(Renderer::new().form(&form, PageFormat::Markdown.into())?),
        FormFormat::Yaml => page(form.yaml()),
        FormFormat::Schema => {
            Filled { page: None, schema: value(form.json_schema()), ui_schema: value(form.ui_schema()) }
        }
    })
}

fn begun(library: &Library, request: &ToFill<'_>) -> Result<Form, Stop> {
    let Some(document) = &request.document else {
        let missing = || arguments_error("name the `rubric`, or give a `document` to go on with");
        return Ok(Form::new(&request.rubric.as_ref().ok_or_else(missing)?.of(library)?));
    };
    let evaluation = match &request.rubric {
        Some(rubric) => library.check_with("document", &document.text(), &rubric.of(library)?).ok()?,
        None => document.evaluation("document", library)?,
    };
    Ok(match evaluation.status() {
        _ if request.respond => Form::response_to(&evaluation),
        Status::Final => Form::after(&evaluation),
        Status::Draft => Form::of(&evaluation),
    })
}
