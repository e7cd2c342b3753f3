//! Groups the digits of large numbers for people.

use std::fmt;

/// A number with its thousands apart: 12,345.
#[derive(Clone, Copy)]
pub(super) struct Grouped(pub(super) u64);

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
            assert_eq!(Grouped(number).to_string(), text);
        }
    }
}
