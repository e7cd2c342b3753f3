//! Compares texts by their words, without regard to case, white space and Unicode form.

use unicode_normalization::UnicodeNormalization;

use crate::source::without_invisible;

/// A text without the differences that readers do not see: its case, its white space, characters that take no place, and
/// the Unicode form of its letters.
pub(super) fn folded(text: &str) -> String {
    let lower = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => without_invisible(text).nfkc().flat_map(char::to_lowercase).nfkc().collect(),
    };
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_white_space_and_unicode_form_are_no_difference() {
        let composed = folded("Planeación  del\u{a0}Año");
        assert_eq!(composed, folded("PLANEACIO\u{301}N DEL AN\u{303}O "));
        assert_ne!(composed, folded("planeacion del ano"));
        assert_eq!(folded("E-9"), folded("E-9\u{200b}"));
    }
}
