//! Groups the digits of large numbers for people.

use std::fmt;

/// A number with its thousands apart: 12,345.
#[derive(Clone, Copy)]
pub(super) struct Grouped(pub(super) u64);

impl Grouped {
    /// Adds the number to a text. Most are small, and a formatter takes longer than their digits.
    pub(super) fn add_to(self, out: &mut String) {
        match self.0 {
            small @ 0..1000 => digits(small, out),
            _ => out.push_str(&self.to_string()),
        }
    }
}

/// Adds a number to a text, in decimal digits.
pub(super) fn digits(number: u64, out: &mut String) {
    if number >= 10 {
        digits(number / 10, out);
    }
    out.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
}

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 / 1000 {
            0 => write!(f, "{}", self.0),
            thousands => write!(f, "{},{:03}", Self(thousands), self.0 % 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (12_000_034, "12,000,034")];
        for (number, text) in cases {
            let mut added = String::new();
            Grouped(number).add_to(&mut added);
            assert_eq!((Grouped(number).to_string().as_str(), added.as_str()), (text, text));
        }
    }
}
