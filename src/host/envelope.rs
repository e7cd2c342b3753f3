//! Requests and answers, without what a call is about.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::source::MAX_BYTES;

/// The version of the protocol: `v` of each request and answer. A request of a newer one is refused, never guessed at.
pub const VERSION: u64 = 1;

/// The most bytes of a request.
pub const MAX_REQUEST: usize = MAX_BYTES;

/// The arguments of a call, by name.
pub(super) type Arguments<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

/// A request, of which the arguments are not read yet.
pub(super) struct Request<'a> {
    pub(super) id: Option<&'a RawValue>,
    pub(super) call: String,
    pub(super) rubrics: Vec<&'a RawValue>,
    pub(super) arguments: Arguments<'a>,
}

impl<'a> Request<'a> {
    /// Reads a request; an error goes with the request's `id`, where that could be read.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, (Option<&'a RawValue>, Stop)> {
        if bytes.len() > MAX_REQUEST {
            let message = format!("the request has {} bytes, and the most is {MAX_REQUEST}", bytes.len());
            return Err((None, Stop::error("too-large", message)));
        }
        let Keys(keys) = serde_json::from_slice(bytes)
            .map_err(|error| (None, Stop::error("not-json", format!("the request is no JSON object: {error}"))))?;
        let find = |name: &str| keys.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
        let id = find("id").filter(|id| !id.get().starts_with(['{', '[', 't', 'f', 'n']));
        Self::of(id, &find, &keys).map_err(|stop| (id, stop))
    }

    fn of(
        id: Option<&'a RawValue>,
        find: &dyn Fn(&str) -> Option<&'a RawValue>,
        keys: &[(Cow<'a, str>, &'a RawValue)],
    ) -> Result<Self, Stop> {
        if let Some(key) = twice(keys) {
            return Err(Stop::error("arguments", format!("`{key}` stands twice in the request")));
        }
        if find("id").is_some_and(|given| id.is_none() && given.get() != "null") {
            return Err(Stop::error("arguments", "`id` is a text or a number"));
        }
        let version = find("v").and_then(|version| serde_json::from_str::<u64>(version.get()).ok());
        if version != Some(VERSION) {
            return Err(Stop::error(
                "other-version",
                format!("write `\"v\": {VERSION}`: this program speaks no other"),
            ));
        }
        let call = find("call").and_then(|call| serde_json::from_str(call.get()).ok());
        let call = call.ok_or_else(|| Stop::error("arguments", "`call` is missing: the name of the call, a text"))?;
        let rubrics = find("rubrics").map(|rubrics| serde_json::from_str(rubrics.get())).transpose();
        let rubrics = rubrics.map_err(|_| Stop::error("arguments", "`rubrics` is a list of rubric documents"))?;
        let is_argument = |(key, _): &&(Cow<'_, str>, _)| !["v", "id", "call", "rubrics"].contains(&key.as_ref());
        let arguments = keys.iter().filter(is_argument).cloned().collect();
        Ok(Self { id, call, rubrics: rubrics.unwrap_or_default(), arguments })
    }
}

fn twice<'k>(keys: &'k [(Cow<'_, str>, &RawValue)]) -> Option<&'k str> {
    let mut names: Vec<&str> = keys.iter().map(|(key, _)| key.as_ref()).collect();
    names.sort_unstable();
    names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}

/// The keys of an object, in their order, each as often as it stands there.
struct Keys<'a>(Arguments<'a>);

impl<'de> Deserialize<'de> for Keys<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Keys<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    keys.push((key.0, value));
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

/// A key, borrowed where it is written without an escape.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// The reason why a call has no result.
#[derive(Debug)]
pub(super) enum Stop {
    /// A document cannot be used.
    Findings(Vec<Diagnostics>),
    /// A change of an evaluation is refused.
    Refused(Box<Diagnostic>),
    /// The request is wrong.
    Error { code: &'static str, message: String },
}

impl Stop {
    pub(super) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::Error { code, message: message.into() }
    }
}

/// A wrong argument.
pub(super) fn arguments_error(message: impl Into<String>) -> Stop {
    Stop::error("arguments", message)
}

impl From<Diagnostics> for Stop {
    fn from(found: Diagnostics) -> Self {
        Self::Findings(vec![found])
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused { finding } => Self::Refused(finding),
            error => Self::error(error.code(), error.to_string()),
        }
    }
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerKind {
    /// The result.
    Ok,
    /// Findings, of which at least one is an error: a document cannot be used.
    Findings,
    /// The request is wrong.
    Error,
}

/// The answer to a request.
///
/// ```
/// use appraise::{Library, host};
///
/// let answer = host::answer(&Library::empty(), b"{}");
/// assert_eq!((answer.kind(), answer.code()), (host::AnswerKind::Error, Some("other-version")));
/// ```
#[derive(Debug, Clone)]
pub struct Answer {
    kind: AnswerKind,
    code: Option<&'static str>,
    body: Vec<u8>,
}

impl Answer {
    /// The kind of the answer.
    pub fn kind(&self) -> AnswerKind {
        self.kind
    }

    /// The code of an error; `None` for another kind of answer.
    pub fn code(&self) -> Option<&'static str> {
        self.code
    }

    /// The answer in JSON, without a line break.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The answer in JSON, without a line break.
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    pub(super) fn of(id: Option<&RawValue>, result: Result<Box<RawValue>, Stop>) -> Self {
        let (kind, code, result) = match result {
            Ok(ok) => (AnswerKind::Ok, None, Written::Ok(ok)),
            Err(Stop::Findings(found)) => (AnswerKind::Findings, None, Written::Findings(Found(found))),
            Err(Stop::Refused(finding)) => (AnswerKind::Findings, None, Written::Refused(Box::new([*finding]))),
            Err(Stop::Error { code, message }) => {
                (AnswerKind::Error, Some(code), Written::Error(WrittenError { code, message }))
            }
        };
        // Plain data: its keys are texts, and nothing in it can fail.
        let body = serde_json::to_vec(&Envelope { v: VERSION, id, result }).unwrap_or_default();
        Self { kind, code, body }
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    v: u64,
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    result: Written,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Written {
    Ok(Box<RawValue>),
    Findings(Found),
    #[serde(rename = "findings")]
    Refused(Box<[Diagnostic; 1]>),
    Error(WrittenError),
}

#[derive(Serialize)]
struct WrittenError {
    code: &'static str,
    message: String,
}

/// Findings in the documents of a request, each with the document that it is in.
#[derive(Debug)]
pub(super) struct Found(pub(super) Vec<Diagnostics>);

impl From<&Diagnostics> for Found {
    fn from(found: &Diagnostics) -> Self {
        Self(vec![found.clone()])
    }
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flat_map(Diagnostics::iter).map(FoundIn::of))
    }
}

/// A finding in a document of a request.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct FoundIn<'a> {
    /// The document that it is in: an argument, such as `document` or `documents[2]`, or a rubric.
    file: &'a str,
    #[serde(flatten)]
    finding: Cow<'a, Diagnostic>,
}

impl<'a> FoundIn<'a> {
    fn of(finding: &'a Diagnostic) -> Self {
        Self { file: &finding.file, finding: Cow::Borrowed(finding) }
    }
}

impl schemars::JsonSchema for Found {
    fn schema_name() -> Cow<'static, str> {
        "Findings".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<FoundIn<'_>>::json_schema(generator)
    }
}
