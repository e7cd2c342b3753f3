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

    pub(super) fn begins_with_digit(&self) -> bool {
        self.text.starts_with(|first: char| first.is_ascii_digit())
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
        // Most words are longer, with what stands between them.
        let mut list = Vec::with_capacity(text.len() / 4);
        let (mut at, mut start) = (0_usize, None);
        while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if is_of_word(text, at, next, start.is_some()) {
                start.get_or_insert(at);
            } else if let Some(start) = start.take() {
                list.extend(text.get(start..at).map(|text| Word { text, start }));
            }
            at = at.saturating_add(next.len_utf8());
            // Most of what follows a letter are letters.
            if next.is_ascii_alphanumeric() {
                at = at.saturating_add(text.bytes().skip(at).take_while(u8::is_ascii_alphanumeric).count());
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

    /// The text between a word and the next.
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

/// Whether a character of a text begins a word, or goes on with one where it stands within.
fn is_of_word(text: &str, at: usize, character: char, is_within: bool) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '\'' | '’' | '-' | '.' => is_within && is_joint(text, at, character),
        // Marks stand over the letter before them.
        _ => !character.is_ascii() && (character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}')),
    }
}

/// Whether an apostrophe, a hyphen or a full stop belongs to the word before it.
fn is_joint(text: &str, at: usize, character: char) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    let mut next = rest.chars().skip(1);
    let (next, second) = (next.next(), next.next());
    match character {
        // `Jayden W.'s`
        '.' => matches!(next, Some('\'' | '’')) && second == Some('s'),
        // The children of a word in `s`: `James'`.
        '\'' | '’' if before.ends_with('s') => true,
        _ => next.is_some_and(char::is_alphanumeric),
    }
}
