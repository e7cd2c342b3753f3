//! The leaves of documents that are more than a text: each reads itself, once, into the value that is used from then on.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::date;
use crate::diagnostic::Code;
use crate::exact::is_decimal;
use crate::source::{Help, Plain, Read, Reader, Shape, Word, inline_schema, serialize_digits, shorten, without_zeros};

/// The value of a rating as written: a level by its id, or a number digit for digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    Level(String),
    Number(String),
}

impl Mark {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Level(text) | Self::Number(text) => text,
        }
    }
}

impl Read for Mark {
    fn read(reader: Reader<'_>) -> Option<Self> {
        match reader.digits() {
            Some(digits) => Some(Self::Number(digits.to_owned())),
            None if let Some(truth) = reader.plain_truth_value() => {
                let message = format!("a level or a number is wanted here, but this is the truth value `{truth}`");
                let help = format!(
                    "write the id of a level, in quotes where it is \"{truth}\"; on a number scale write the number in digits"
                );
                reader.note(Code::NotText, message, help);
                None
            }
            None => Word::read(reader).map(|word| Self::Level(word.0)),
        }
    }

    fn shape() -> Shape {
        Shape::Mark
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Level(id) => serializer.serialize_str(id),
            Self::Number(digits) => serialize_digits(&without_zeros(digits), serializer),
        }
    }
}

/// No id of a level is a number.
impl Plain<String> for Mark {
    fn checked(&self) -> Option<String> {
        Some(match self {
            Self::Level(id) => id.clone(),
            Self::Number(digits) => without_zeros(digits),
        })
    }

    fn write<S: Serializer>(plain: &String, serializer: S) -> Result<S::Ok, S::Error> {
        match is_decimal(plain) {
            true => serialize_digits(plain, serializer),
            false => serializer.serialize_str(plain),
        }
    }
}

inline_schema! {
    Mark, "LevelOrNumber", |_| schemars::json_schema!({
        "anyOf": [
            { "description": "A level, by its id.", "type": "string", "examples": ["has_met"] },
            { "description": "A number, where the indicator is rated on a number scale.", "type": "number", "examples": [12.5] }
        ]
    })
}

/// A day of the calendar, written as 2026-06-30 and in no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) Date);

impl Day {
    /// The day that a text names, unless its year has two digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        date::parse(text).filter(|date| !(0..100).contains(&date.year())).map(Self)
    }
}

impl Read for Day {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let text = reader.reference(|number| {
            let date = compact(number).map(|date| date.to_string());
            let shown = reader.quoted(date.as_deref().unwrap_or("2026-06-30"));
            let help = Help::from(format!("write year, month and day: {shown}"));
            Some(if date.is_some() { help.writing_whole(number, &shown) } else { help })
        })?;
        let day = Self::parse(text);
        if day.is_none() {
            let (message, help) = no_day(text);
            reader.note(Code::BadDate, message, help);
        }
        day
    }

    fn shape() -> Shape {
        Shape::Date
    }
}

/// Says why a text is no day.
fn no_day(written: &str) -> (String, Help) {
    if let Some(date) = date::parse(written) {
        let meant = date::with_century(date).to_string();
        let help = Help::from(format!("write all four digits of the year: {meant}")).writing(written, &meant);
        return (format!("the year of `{written}` has two digits"), help);
    }
    if !date::is_iso(written) {
        return (format!("`{}` is not a date", shorten(written)), "write year, month and day: 2026-06-30".into());
    }
    let has_month = written.get(5..7).is_some_and(|month| ("01"..="12").contains(&month));
    let help = match has_month {
        true => "look up how many days that month has",
        false => "write year, month and day, with a month from 01 to 12",
    };
    (format!("`{written}` is no day of the calendar"), help.into())
}

/// The date that a number was probably meant to be, such as 20250825.
fn compact(number: &str) -> Option<Date> {
    let (year, month, day) = (number.get(..4)?, number.get(4..6)?, number.get(6..)?);
    date::parse(&format!("{year}-{month}-{day}"))
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Plain<Date> for Day {
    fn checked(&self) -> Option<Date> {
        Some(self.0)
    }

    fn write<S: Serializer>(plain: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(plain)
    }
}

inline_schema! {
    Day, "Date", |_| schemars::json_schema!({
        "type": "string",
        "format": "date",
        "pattern": "^(0[1-9]|[1-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$",
        "examples": ["2026-06-30"]
    })
}
