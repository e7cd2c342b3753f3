//! A cursor over the rest of a text.

/// The rest of a text. Each step takes a piece of bounded length, or nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest<'a>(pub(super) &'a str);

impl<'a> Rest<'a> {
    pub(super) fn take(&mut self, start: &str) -> bool {
        let after = self.0.strip_prefix(start);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    /// A word, in either case, that no letter or digit follows.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let is_there = self.0.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let after = Self(self.0.get(word.len()..).unwrap_or_default());
        if is_there && !after.begins_with_word() {
            *self = after;
            return true;
        }
        false
    }

    /// The rest after words with white space or full stops between them.
    pub(super) fn after_words(mut self, words: &[&str]) -> Option<Self> {
        for (number, word) in words.iter().enumerate() {
            if number > 0 {
                self.take(".");
                self.blank();
            }
            if !self.take_word(word) {
                return None;
            }
        }
        Some(self)
    }

    pub(super) fn one_of(&mut self, is_wanted: impl Fn(char) -> bool) -> Option<char> {
        let first = self.0.chars().next().filter(|first| is_wanted(*first))?;
        self.take(first.encode_utf8(&mut [0; 4])).then_some(first)
    }

    /// White space: as much as two lines that are broken and indented have between them.
    pub(super) fn blank(&mut self) {
        self.run(16, char::is_whitespace);
    }

    /// All the digits here, if there are as many as wanted.
    pub(super) fn digits(&mut self, wanted: std::ops::RangeInclusive<usize>) -> Option<&'a str> {
        let start = *self;
        let digits = self.run(*wanted.end(), |c| c.is_ascii_digit()).filter(|digits| wanted.contains(&digits.len()));
        if digits.is_none() || self.begins_with_digit() {
            *self = start;
            return None;
        }
        digits
    }

    /// As many wanted characters as there are, if there is one; at most `most`.
    pub(super) fn run(&mut self, most: usize, is_wanted: impl Fn(char) -> bool) -> Option<&'a str> {
        let length = self.0.chars().take(most).take_while(|c| is_wanted(*c)).map(char::len_utf8).sum();
        let (run, rest) = self.0.split_at_checked(length).filter(|(run, _)| !run.is_empty())?;
        self.0 = rest;
        Some(run)
    }

    pub(super) fn begins_with_digit(self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(super) fn begins_with_word(self) -> bool {
        self.0.starts_with(char::is_alphanumeric)
    }
}
