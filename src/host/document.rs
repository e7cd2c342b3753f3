//! The arguments that several calls take.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::diagnostic::{Checked, Diagnostics};
use crate::evaluation::Evaluation;
use crate::library::Library;
use crate::rubric::Rubric;

use super::envelope::{Stop, arguments_error};

/// A document: a JSON value, or a text of YAML or JSON.
#[derive(Debug, Deserialize)]
pub(super) struct Document<'a>(#[serde(borrow)] &'a RawValue);

impl<'a> Document<'a> {
    /// The document's text.
    pub(super) fn text(&self) -> Cow<'a, str> {
        let written = self.0.get();
        match serde_json::from_str::<String>(written) {
            Ok(text) => Cow::Owned(text),
            Err(_) => Cow::Borrowed(written),
        }
    }

    /// The evaluation, by the rubric that it names; or everything found.
    pub(super) fn evaluation(&self, name: &str, library: &Library) -> Result<Evaluation, Diagnostics> {
        library.check(name, &self.text()).ok()
    }
}

impl schemars::JsonSchema for Document<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Document".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A document: a JSON value, or a text of YAML or JSON.",
            "type": ["object", "string"],
        })
    }
}

/// An evaluation in an answer: the call `schema` has what is in it.
#[derive(schemars::JsonSchema)]
#[schemars(rename = "Evaluation", transparent)]
#[expect(dead_code, reason = "it is what the schema is made of")]
pub(super) struct AnyDocument(serde_json::Map<String, serde_json::Value>);

/// The evaluations of a list; every finding of each that cannot be used.
pub(super) fn evaluations(documents: &[Document<'_>], library: &Library) -> Result<Vec<Evaluation>, Stop> {
    let (mut read, mut faulty) = (Vec::new(), Vec::new());
    for (number, document) in documents.iter().enumerate() {
        match document.evaluation(&format!("documents[{number}]"), library) {
            Ok(evaluation) => read.push(evaluation),
            Err(found) => faulty.push(found),
        }
    }
    if faulty.is_empty() { Ok(read) } else { Err(Stop::Findings(faulty)) }
}

/// A rubric at hand: its id, or its id and version.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub(super) enum Named {
    /// The newest version.
    Id(String),
    /// One version.
    Version(Version),
}

/// A version of a rubric.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Version {
    /// The rubric's id.
    id: String,
    /// The version; the newest when absent.
    #[serde(default)]
    version: Option<String>,
}

impl Named {
    pub(super) fn of(&self, library: &Library) -> Result<Rubric, Stop> {
        let (id, version) = match self {
            Self::Id(id) => (id, None),
            Self::Version(Version { id, version }) => (id, version.as_ref()),
        };
        let rubric = match version {
            Some(version) => library.get_version(id, version),
            None => library.get(id),
        };
        rubric.ok_or_else(|| {
            let version = version.map(|version| format!(" {version}")).unwrap_or_default();
            Stop::error("unknown-rubric", format!("there is no rubric `{id}`{version} at hand: `rubrics` lists them"))
        })
    }
}

/// The library, with the rubrics that a request brings along.
pub(super) fn with_rubrics(library: &Library, rubrics: &[&RawValue]) -> Result<Library, Stop> {
    let mut library = library.clone();
    let named: Vec<(String, Cow<'_, str>)> = rubrics
        .iter()
        .enumerate()
        .map(|(number, rubric)| (format!("rubrics[{number}]"), Document(rubric).text()))
        .collect();
    let documents: Vec<(&str, &str)> = named.iter().map(|(name, text)| (name.as_str(), text.as_ref())).collect();
    let faulty = |Checked { value, diagnostics }: Checked<Rubric>| value.is_none().then_some(diagnostics);
    let faulty: Vec<Diagnostics> = library.read(&documents).into_iter().filter_map(faulty).collect();
    if faulty.is_empty() { Ok(library) } else { Err(Stop::Findings(faulty)) }
}

/// The formats of a page.
#[derive(Debug, Clone, Copy, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PageFormat {
    /// One HTML page, with everything in it.
    #[default]
    Html,
    /// CommonMark.
    Markdown,
}

impl From<PageFormat> for crate::render::Format {
    fn from(format: PageFormat) -> Self {
        match format {
            PageFormat::Html => Self::Html,
            PageFormat::Markdown => Self::Markdown,
        }
    }
}

/// A day that was asked for, in words where it is none.
pub(super) fn day_error(argument: &str) -> Stop {
    arguments_error(format!("`{argument}` is no day: write it as 2026-04-13"))
}
