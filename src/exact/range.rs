//! Ranges of decimals: the numbers that an input or a number scale takes.

use super::{Decimal, Exact, is_decimal};

/// The numbers from one bound to another, both included, with at most so many places after the point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range<'a> {
    pub(crate) from: &'a Exact,
    pub(crate) to: &'a Exact,
    pub(crate) places: u32,
}

impl Range<'_> {
    /// "a whole number from 1 to 4".
    pub(crate) fn wanted(self) -> String {
        let number = match self.places {
            0 => "a whole number".to_owned(),
            1 => "a number with at most 1 place,".to_owned(),
            places => format!("a number with at most {places} places,"),
        };
        format!("{number} from {} to {}", self.from.shown(), self.to.shown())
    }

    pub(crate) fn has(self, number: &Exact) -> bool {
        number >= self.from && number <= self.to && number.places().is_some_and(|places| places <= self.places)
    }

    /// The number of the range that a text was probably meant to be: one with a comma for the point, with a sign, without a
    /// digit before or after the point, or with its unit behind it.
    pub(crate) fn meant(self, text: &str) -> Option<Decimal> {
        let number = text.split_whitespace().next()?.trim_end_matches('%').trim_start_matches('+').replace(',', ".");
        let number = number.strip_suffix('.').unwrap_or(&number);
        let number = if number.starts_with('.') { format!("0{number}") } else { number.to_owned() };
        Decimal::parse(&number).filter(|number| self.has(&number.exact()))
    }

    /// Reads a number of the range.
    ///
    /// # Errors
    ///
    /// The fault, as the second half of a sentence about the number's name: "is 16, which is outside its range".
    pub(crate) fn read(self, text: &str) -> Result<Decimal, String> {
        let Some(decimal) = Decimal::parse(text) else {
            let is_too_long = is_decimal(text);
            return Err(if is_too_long { "has too many digits" } else { "is not in plain digits" }.to_owned());
        };
        let number = decimal.exact();
        if number < *self.from || number > *self.to {
            return Err(format!("is {}, which is outside its range", number.shown()));
        }
        match (self.has(&number), self.places) {
            (true, _) => Ok(decimal),
            (false, 0) => Err("is no whole number".to_owned()),
            (false, 1) => Err("has more than 1 place after the point".to_owned()),
            (false, places) => Err(format!("has more than {places} places after the point")),
        }
    }
}
