//! Splits a text into words.

/// The words of a text, in order.
#[derive(Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    list: Vec<Word<'t>>,
}

/// One word: letters and digits, with the apostrophes and hyphens within.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    /// Whether it is one of some words, in either case.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    pub(super) fn begins_upper(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// One capital letter.
    pub(super) fn is_initial(&self) -> bool {
        self.begins_upper() && self.text.chars().nth(1).is_none()
    }

    /// The word without `'s` at its end.
    pub(super) fn owner(&self) -> Option<&str> {
        let owner = ["'s", "’s", "'", "’"].iter().find_map(|ending| self.text.strip_suffix(ending));
        owner.map(|owner| owner.trim_end_matches('.'))
    }
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut list = Vec::new();
        let mut start = None;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let is_joint = matches!(character, '\'' | '’' | '-');
            // `Jayden W.'s`
            let is_stop = character == '.'
                && matches!(next, Some('\'' | '’'))
                && text.get(at..).is_some_and(|rest| rest.chars().nth(2) == Some('s'));
            let goes_on = start.is_some() && is_joint && next.is_some_and(char::is_alphanumeric);
            // Children of a word in `s`: `James'`.
            let closes = start.is_some()
                && matches!(character, '\'' | '’')
                && text.get(..at).is_some_and(|head| head.ends_with('s'));
            if character.is_alphanumeric() || is_mark(character) || goes_on || closes || (is_stop && start.is_some()) {
                start.get_or_insert(at);
            } else if let Some(start) = start.take() {
                list.extend(text.get(start..at).map(|text| Word { text, start }));
            }
        }
        list.extend(start.and_then(|start| Some(Word { text: text.get(start..)?, start })));
        Self { text, list }
    }

    pub(super) fn get(&self, number: usize) -> Option<&Word<'t>> {
        self.list.get(number)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// What stands between a word and the next.
    pub(super) fn after(&self, number: usize) -> &'t str {
        let begins = self.get(number).map_or(self.text.len(), Word::end);
        let ends = number.checked_add(1).and_then(|next| self.get(next)).map_or(self.text.len(), |word| word.start);
        self.text.get(begins..ends).unwrap_or_default()
    }

    /// Whether a word follows the one before within a sentence, with nothing but white space, quotation marks, brackets, or
    /// what parts the parts of a sentence between.
    pub(super) fn follows(&self, number: usize) -> bool {
        number.checked_sub(1).is_some_and(|before| {
            let between = self.after(before);
            let is_short = self
                .get(before)
                .is_some_and(|word| word.is_initial() || word.is_one_of(&["gr", "ms", "mr", "mrs", "dr"]));
            between.chars().all(|c| match c {
                '.' => is_short,
                '\n' => !between.contains("\n\n"),
                _ => c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '-' | '–' | '—' | '#' | '“' | '”' | '"'),
            })
        })
    }

    /// Whether nothing but white space stands between a word and the one before.
    pub(super) fn is_joined(&self, number: usize) -> bool {
        number.checked_sub(1).is_some_and(|before| self.after(before).chars().all(char::is_whitespace))
    }
}

/// Whether a character stands over the letter before it.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}
