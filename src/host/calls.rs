//! The calls, by name.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::library::Library;

use super::envelope::{Arguments, Stop, arguments_error};
use super::{documents, drafts, pages, people, rubrics, sealed};

/// A call.
pub(super) struct Call {
    pub(super) name: &'static str,
    about: &'static str,
    pub(super) run: for<'a> fn(&Library, Arguments<'a>) -> Result<Box<RawValue>, Stop>,
    request: fn(&mut SchemaGenerator) -> Schema,
    ok: fn(&mut SchemaGenerator) -> Schema,
}

macro_rules! calls {
    ($($about:literal $module:ident::$name:ident $of:ty => $to:ty;)+) => {
        /// Every call.
        pub(super) const CALLS: &[Call] = &[$(Call {
            name: stringify!($name),
            about: $about,
            run: |library, arguments| perform(arguments, |of| $module::$name(library, of)),
            request: |generator| generator.subschema_for::<$of>(),
            ok: |generator| generator.subschema_for::<$to>(),
        },)+];
    };
}

calls! {
    "Lists the rubrics at hand." rubrics::rubrics rubrics::Nothing => rubrics::Listed;
    "Gives one rubric, as a document to store." rubrics::rubric rubrics::Which => rubrics::Whole;
    "Checks a rubric or an evaluation." documents::check documents::One<'_> => documents::Sound;
    "Changes a draft, however unfinished, and gives its findings and scorecard." drafts::apply drafts::ToChange<'_> => drafts::Edited;
    "Merges what two editors made of one draft." drafts::merge drafts::ToMerge<'_> => drafts::Both;
    "Scores an evaluation." documents::score documents::ToScore<'_> => documents::Scored;
    "Scores an evaluation under another policy too." documents::what_if documents::UnderAnother<'_> => documents::Compared;
    "Makes the report of an evaluation." pages::report pages::PageOf<'_> => pages::Page;
    "Proposes goals." documents::goals documents::One<'_> => documents::Proposed;
    "Makes the page of proposed goals." pages::goals_page pages::PageOf<'_> => pages::Page;
    "Makes a form to fill in." pages::form pages::ToFill<'_> => pages::Filled;
    "Compares two rubrics." rubrics::diff rubrics::Two => crate::diff::Difference;
    "Writes an evaluation for another rubric." documents::migrate documents::ToMigrate<'_> => documents::Moved;
    "Joins evaluations of one person." people::combine people::Several<'_> => people::Joined;
    "Completes a draft and seals it." sealed::finish sealed::ToFinish<'_> => sealed::Changed;
    "Amends a sealed evaluation." sealed::amend sealed::ToAmend<'_> => sealed::Changed;
    "Verifies a sealed evaluation, or its HTML report." sealed::verify documents::One<'_> => crate::verify::Verification;
    "Tells the steps that are done, due and overdue." people::status people::OnDay<'_> => people::Standing;
    "Sets one person's years side by side." people::history people::OverYears<'_> => people::Years;
    "Gives the JSON Schema of a document." rubrics::schema rubrics::Kind => rubrics::Described;
}

/// The call of a name.
pub(super) fn named(name: &str) -> Result<&'static Call, Stop> {
    CALLS.iter().find(|call| call.name == name).ok_or_else(|| {
        let known: Vec<String> = CALLS.iter().map(|call| format!("`{}`", call.name)).collect();
        Stop::error("unknown-call", format!("there is no call `{name}`: there are {}", known.join(", ")))
    })
}

/// Reads the arguments, and writes the result.
fn perform<'a, R: Deserialize<'a>, T: Serialize>(
    arguments: Arguments<'a>,
    work: impl FnOnce(R) -> Result<T, Stop>,
) -> Result<Box<RawValue>, Stop> {
    let keys = MapDeserializer::new(arguments.into_iter());
    let request = R::deserialize(keys).map_err(|error: serde_json::Error| arguments_error(error.to_string()))?;
    serde_json::value::to_raw_value(&work(request)?).map_err(|error| Stop::error("unwritable", error.to_string()))
}

/// The schemas of every call. One type may have two: as it is read, and as it is written.
pub(super) fn schemas() -> String {
    let settings = SchemaSettings::draft2020_12();
    let at = |path: &str| settings.clone().with(|settings| settings.definitions_path = path.to_owned().into());
    let mut requests = at("/$defs/requests").into_generator();
    let mut answers = at("/$defs/answers").for_serialize().into_generator();
    let described = CALLS.iter().map(|call| {
        let (request, ok) = ((call.request)(&mut requests), (call.ok)(&mut answers));
        (call.name.to_owned(), serde_json::json!({ "about": call.about, "request": request, "ok": ok }))
    });
    let mut all: serde_json::Map<String, serde_json::Value> = described.collect();
    let shared =
        serde_json::json!({ "requests": requests.take_definitions(true), "answers": answers.take_definitions(true) });
    all.insert("$defs".to_owned(), shared);
    let text = serde_json::to_string_pretty(&all).unwrap_or_default();
    format!("{text}\n")
}
