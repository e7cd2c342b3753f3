//! Fields whose text or number has a form: a pattern that an editor checks while somebody types, and the examples it shows.
//!
//! The JSON Schemas say the form. A form is no stricter than the rules in [`crate::check`].

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

use crate::source::{Field, Number, Plain, Read, Reader, Shape, Span, Text, Word};

/// A field that is read as a `T`, with the form `F`.
#[derive(Debug, Clone)]
pub(crate) struct Formed<T, F> {
    field: Field<T>,
    form: PhantomData<F>,
}

impl<T, F> From<Field<T>> for Formed<T, F> {
    fn from(field: Field<T>) -> Self {
        Self { field, form: PhantomData }
    }
}

impl<T, F> From<Formed<T, F>> for Field<T> {
    fn from(formed: Formed<T, F>) -> Self {
        formed.field
    }
}

impl<T, F> Default for Formed<T, F> {
    fn default() -> Self {
        Field::default().into()
    }
}

impl<T, F> Deref for Formed<T, F> {
    type Target = Field<T>;

    fn deref(&self) -> &Field<T> {
        &self.field
    }
}

impl<T, F> DerefMut for Formed<T, F> {
    fn deref_mut(&mut self) -> &mut Field<T> {
        &mut self.field
    }
}

/// The kind of value that has a form.
pub(crate) trait Kind {
    /// Whether it is the form of an id, which no number can be.
    const IS_ID: bool;
}

impl<T: Read, F: Kind> Read for Formed<T, F> {
    const IS_OPTIONAL: bool = T::IS_OPTIONAL;

    fn read(reader: Reader<'_>) -> Option<Self> {
        Field::read(if F::IS_ID { reader.of_id() } else { reader }).map(Self::from)
    }

    fn is_present(&self) -> bool {
        self.field.is_present()
    }

    fn place(&self) -> Option<Span> {
        self.field.place()
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Serialize, F> Serialize for Formed<T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.field.serialize(serializer)
    }
}

impl<T: Plain<P>, F, P> Plain<P> for Formed<T, F> {
    fn checked(&self) -> Option<P> {
        self.field.checked()
    }

    fn write<S: Serializer>(plain: &P, serializer: S) -> Result<S::Ok, S::Error> {
        T::write(plain, serializer)
    }
}

#[cfg(feature = "schema")]
impl<T, F: schemars::JsonSchema> schemars::JsonSchema for Formed<T, F> {
    fn inline_schema() -> bool {
        F::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        F::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        F::json_schema(generator)
    }
}

/// A text that says something, or a list of them.
#[cfg(feature = "schema")]
pub(crate) type Passage = crate::source::OneOrList<Prose>;

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident of $type:ty $(as $id:ident)?: $schema:tt)*) => {
        $(
            $(#[$doc])*
            pub(crate) type $name<T = $type> = Formed<T, form_of::$name>;
        )*

        /// The forms.
        pub(crate) mod form_of {
            #[cfg(feature = "schema")]
            use crate::source::NOT_BLANK;

            $(
                $(#[$doc])*
                #[derive(Debug, Clone)]
                pub(crate) enum $name {}

                $(#[$doc])*
                impl super::Kind for $name {
                    const IS_ID: bool = !concat!("" $(, stringify!($id))?).is_empty();
                }

                crate::source::inline_schema! { $name, stringify!($name), |_| schemars::json_schema!($schema) }
            )*
        }
    };
}

forms! {
    /// The kind of an evaluation: a built-in one, or one of the rubric's own.
    Type of Word: {
        "anyOf": [
            { "description": "The evaluation of the period.", "type": "string", "const": "formal" },
            { "description": "One on the way, often of a part.", "type": "string", "const": "interim" },
            { "description": "The employee's own.", "type": "string", "const": "self" },
            { "description": "One of the rubric's own kinds, by its id.", "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["focused"] }
        ]
    }
    /// The names that the document itself defines.
    Id of Word as id: { "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["positive_self_concept"] }
    /// The id of a level, in a document that may have its own.
    Level of Word as id: { "type": "string", "examples": ["has_met"] }
    /// The id of a domain, competency or indicator.
    Node of Word: { "type": "string", "pattern": NOT_BLANK, "examples": ["counselor", "student_strengths"] }
    /// The id of a qualification.
    Qualification of Word: { "type": "string", "examples": ["school_social_work"] }
    /// The id of a scale.
    ScaleId of Word as id: { "type": "string", "examples": ["compliance", "default"] }
    /// An identifier of the host's own.
    Identifier of Word: { "type": "string", "pattern": NOT_BLANK, "examples": ["E-1042"] }
    /// The printed number of a node.
    Code of Text: { "type": "string", "pattern": NOT_BLANK, "examples": ["4.1.3"] }
    /// An item of service data, of the kind that the rubric gives it.
    #[cfg(feature = "schema")]
    Datum of crate::source::Any: { "not": { "type": "null" } }
    /// A text that says something.
    Prose of Text: { "type": "string", "pattern": NOT_BLANK }
    /// A short text for tables.
    Title of Text: { "type": "string", "pattern": NOT_BLANK, "maxLength": 50, "examples": ["Positive self-concept"] }
    /// A text with placeholders.
    Phrase of Text: { "type": "string", "pattern": NOT_BLANK, "examples": ["Practice will show: “{{ indicator.statement }}”"] }
    /// A semantic version.
    Version of Word: {
        "type": "string",
        "pattern": "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)([-+][0-9A-Za-z.+-]+)?$",
        "examples": ["1.0.0", "2025.1.0"]
    }
    /// A rubric, with or without a version.
    Base of Word: {
        "type": "string",
        "pattern": "^[^@]+(@(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)([-+][0-9A-Za-z.+-]+)?)?)?)?$",
        "examples": ["connecticut_school_social_work@1", "connecticut_school_social_work"]
    }
    /// The id of a step of the process.
    StepId of Word: { "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["delivered"] }
    /// An event: a step of the rubric's process by its id, or one of the five that every evaluation can have.
    Event of Word: {
        "anyOf": [
            { "description": "Practice was observed.", "type": "string", "const": "observed" },
            { "description": "Evaluator and employee conferred.", "type": "string", "const": "conferred" },
            { "description": "The evaluation was delivered.", "type": "string", "const": "delivered" },
            { "description": "The employee acknowledged receipt.", "type": "string", "const": "acknowledged" },
            { "description": "The employee responded.", "type": "string", "const": "responded" },
            { "description": "A step of the rubric's process, by its id.", "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "examples": ["first_conference"] }
        ]
    }
    /// A day of any year.
    MonthDay of Word: { "type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "examples": ["01-31"] }
    /// The fingerprint of a rubric's text.
    Fingerprint of Word: {
        "type": "string",
        "examples": ["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
    }
    /// A language tag.
    Language of Word: { "type": "string", "examples": ["en-US"] }
    /// Hours, or a share.
    Amount of Number: { "type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000_000, "examples": [6, 0.5] }
    /// A whole number from one.
    Count of u32: { "type": "integer", "minimum": 1, "maximum": 4_294_967_295_u32, "examples": [3] }
    /// The minutes of something that takes less than a day.
    Minutes of u32: { "type": "integer", "minimum": 1, "maximum": 1440, "examples": [45] }
    /// Calendar weeks, a year at most.
    Weeks of u32: { "type": "integer", "minimum": 1, "maximum": 52, "examples": [1, 2] }
    /// A whole number, nought too.
    Whole of u32: { "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32, "examples": [3, 120] }
    /// The version of the document format.
    Format of u32: { "type": "integer", "const": 1, "examples": [1] }
}
