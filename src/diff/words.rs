//! Compares two texts word by word.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{Tag, Words};

/// Longer texts are shown whole, before and after: comparing them word by word takes the square of the time.
const MOST_WORDS: usize = 4_000;

/// The words of two texts: kept, removed and added.
pub(super) fn words(old: &str, new: &str) -> Vec<Words> {
    let (old, new): (Vec<&str>, Vec<&str>) = (split(old), split(new));
    if old.len().saturating_add(new.len()) > MOST_WORDS {
        let all = |tag, words: Vec<&str>| Words { tag, text: words.concat() };
        return vec![all(Tag::Removed, old), all(Tag::Added, new)];
    }
    let mut list: Vec<Words> = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, &old, &new).iter().flat_map(|op| op.iter_changes(&old, &new)) {
        let tag = match change.tag() {
            ChangeTag::Equal => Tag::Same,
            ChangeTag::Delete => Tag::Removed,
            ChangeTag::Insert => Tag::Added,
        };
        match list.last_mut() {
            Some(last) if last.tag == tag => last.text.push_str(change.value()),
            _ => list.push(Words { tag, text: change.value().to_owned() }),
        }
    }
    list
}

/// Words, each with the white space after it.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_changed_are_told_from_those_that_stayed() {
        let words = words("Works well with others.", "Works with all others.");
        let tagged: Vec<_> = words.iter().map(|words| (words.tag, words.text.as_str())).collect();
        assert_eq!(
            tagged,
            [
                (Tag::Same, "Works "),
                (Tag::Removed, "well "),
                (Tag::Same, "with "),
                (Tag::Added, "all "),
                (Tag::Same, "others."),
            ]
        );
    }
}
