//! Bytes as a series of decisions, so that what a fuzzer changes in its input is one decision more or less.

/// The decisions that are left.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    /// The next byte; zero when there are no more.
    pub fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// One of so many things, by its number.
    pub fn below(&mut self, count: usize) -> usize {
        let number = if count > 256 { self.byte() * 256 + self.byte() } else { self.byte() };
        number % count.max(1)
    }

    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }
}
