//! The forms of values in the JSON Schemas: patterns that an editor checks while somebody types, and the examples it shows.
//!
//! A field says `schemars(with = "form::Prose")`, or `with = "Option<form::Prose>"`. A form is no stricter than the rules in
//! [`crate::check`].

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::source::NOT_BLANK;

/// A text that says something, or a list of them.
pub(crate) type Passage = crate::source::OneOrList<Prose>;

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident: $schema:tt)*) => { $(
        $(#[$doc])*
        pub(crate) enum $name {}

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

forms! {
    /// The kind of an evaluation: a built-in one, or one of the rubric's own.
    Type: {
        "anyOf": [
            { "description": "The evaluation of the period.", "type": "string", "const": "formal" },
            { "description": "One on the way, often of a part.", "type": "string", "const": "interim" },
            { "description": "The employee's own.", "type": "string", "const": "self" },
            { "description": "One of the rubric's own kinds, by its id.", "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["focused"] }
        ]
    }
    /// What the document itself names.
    Id: { "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["positive_self_concept"] }
    /// The id of a level, in a document that may have its own.
    Level: { "type": "string", "examples": ["has_met"] }
    /// The id of a domain, competency or indicator.
    Node: { "type": "string", "pattern": NOT_BLANK, "examples": ["counselor", "student_strengths"] }
    /// The id of a qualification.
    Qualification: { "type": "string", "examples": ["school_social_work"] }
    /// An identifier of the host's own.
    Identifier: { "type": "string", "pattern": NOT_BLANK, "examples": ["E-1042"] }
    /// The printed number of a node.
    Code: { "type": "string", "pattern": NOT_BLANK, "examples": ["4.1.3"] }
    /// An item of service data, of the kind that the rubric gives it.
    Datum: { "not": { "type": "null" } }
    /// A text that says something.
    Prose: { "type": "string", "pattern": NOT_BLANK }
    /// A short text for tables.
    Title: { "type": "string", "pattern": NOT_BLANK, "maxLength": 50, "examples": ["Positive self-concept"] }
    /// A text with placeholders.
    Phrase: { "type": "string", "pattern": NOT_BLANK, "examples": ["Practice will show: “{{ indicator.statement }}”"] }
    /// A semantic version.
    Version: {
        "type": "string",
        "pattern": "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)([-+][0-9A-Za-z.+-]+)?$",
        "examples": ["1.0.0", "2025.1.0"]
    }
    /// A rubric, with or without a version.
    Base: {
        "type": "string",
        "pattern": "^[^@]+(@(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)([-+][0-9A-Za-z.+-]+)?)?)?)?$",
        "examples": ["connecticut_school_social_work@1", "connecticut_school_social_work"]
    }
    /// A day of any year.
    MonthDay: { "type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "examples": ["01-31"] }
    /// The fingerprint of a rubric's text.
    Fingerprint: {
        "type": "string",
        "examples": ["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
    }
    /// A language tag.
    Language: { "type": "string", "examples": ["en-US"] }
    /// Hours, or a share.
    Amount: { "type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000_000, "examples": [6, 0.5] }
    /// A whole number from one.
    Count: { "type": "integer", "minimum": 1, "maximum": 4_294_967_295_u32, "examples": [3] }
    /// A whole number, nought too.
    Whole: { "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32, "examples": [3, 120] }
    /// The version of the document format.
    Format: { "type": "integer", "const": 1, "examples": [1] }
}
