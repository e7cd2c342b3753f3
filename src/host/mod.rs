//! One function for hosts in every language: a request in JSON goes in, an answer in JSON comes out.
//!
//! A request names a call and its arguments; `v` is the version of the protocol, and `id`, a text or a number, comes back with the
//! answer. The answer has `ok`, the result; or `findings`, where a document cannot be used; or `error`, where the request itself is
//! wrong. Every request has an answer, whatever its bytes are.
//!
//! ```json
//! { "v": 1, "id": 7, "call": "score", "document": { "rubric": { "id": "hartford" }, "ratings": {} } }
//! { "v": 1, "id": 7, "ok": { "scorecard": {}, "diagnostics": [] } }
//! ```
//!
//! A document is a JSON value, or a text of YAML or JSON. `rubrics`, a list of documents in the request itself, is at hand for that
//! call only, beside the rubrics of the library. Nothing is kept between two calls.
//!
//! ```
//! use appraise::{Library, host};
//!
//! let library = Library::bundled();
//! let request = r#"{ "v": 1, "id": 7, "call": "score", "document": {
//!     "rubric": { "id": "connecticut_school_social_work" },
//!     "employee": { "id": "E-1042", "name": "Jordan Rivera" },
//!     "evaluators": [{ "id": "E-0007", "name": "Priya Shah" }],
//!     "period": { "from": "2025-08-25", "to": "2026-06-12" },
//!     "ratings": { "deadlines": "has_met" } } }"#;
//! let answer: serde_json::Value = serde_json::from_slice(&host::call(&library, request.as_bytes()))?;
//! assert_eq!((answer["id"].as_u64(), answer["ok"]["scorecard"]["overall"]["met"].as_u64()), (Some(7), Some(1)));
//!
//! let request = request.replace("has_met", "has_meet");
//! let answer = host::answer(&library, request.as_bytes());
//! assert_eq!(answer.kind(), host::AnswerKind::Findings);
//! let answer: serde_json::Value = serde_json::from_slice(answer.body())?;
//! assert_eq!(answer["findings"][0]["path"], "ratings.deadlines");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod envelope;
mod document;
mod documents;
mod drafts;
mod pages;
mod people;
mod rubrics;
mod sealed;
mod calls;

use crate::library::Library;

pub use self::envelope::{Answer, AnswerKind, MAX_REQUEST, VERSION};
use self::envelope::{Request, Stop};

/// Answers a request; the bytes of the answer are JSON without a line break.
pub fn call(library: &Library, request: &[u8]) -> Vec<u8> {
    answer(library, request).into_body()
}

/// Answers a request, and tells the kind of the answer, which HTTP has a status for.
pub fn answer(library: &Library, request: &[u8]) -> Answer {
    let request = match Request::read(request) {
        Ok(request) => request,
        Err((id, stop)) => return Answer::of(id, Err(stop)),
    };
    let id = request.id;
    Answer::of(id, respond(library, request))
}

fn respond(library: &Library, request: Request<'_>) -> Result<Box<serde_json::value::RawValue>, Stop> {
    let call = calls::named(&request.call)?;
    if request.rubrics.is_empty() {
        return (call.run)(library, request.arguments);
    }
    let library = document::with_rubrics(library, &request.rubrics)?;
    (call.run)(&library, request.arguments)
}

/// The names of the calls, in the order of the guide.
pub fn calls() -> impl Iterator<Item = &'static str> {
    calls::CALLS.iter().map(|call| call.name)
}

/// JSON Schemas (2020-12) of the requests and answers, by call: `{ "score": { "about", "request", "ok" } }`, and under `$defs`
/// what they share.
pub fn schemas() -> String {
    calls::schemas()
}
