//! "Did you mean": the known word that a mistyped one was probably meant to be.

use std::cell::Cell;

/// The least letters of a part by which a word is recognized.
const PART: usize = 4;

/// The closest of `known` by edit distance, when it is close: a third of the letters at most, and not more
/// than three.
///
/// `budget` counts the comparisons down; without any left there is no suggestion.
pub(crate) fn closest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    budget: &Cell<usize>,
) -> Option<&'k str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    if length > 64 {
        return None;
    }
    let mut best = None;
    // `not_met` for `has_not_met`: a part of just one of them.
    let mut containing = Vec::new();
    for candidate in known {
        let Some(left) = budget.get().checked_sub(1) else { break };
        budget.set(left);
        if length >= PART && candidate.contains(&written) {
            containing.push(candidate);
        }
        if candidate.len().abs_diff(written.len()) > 6 {
            continue;
        }
        let distance = strsim::osa_distance(&written, candidate);
        let most = (length.max(candidate.chars().count()) / 3).min(3);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    match (best, containing.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestion(written: &str) -> Option<&'static str> {
        closest(written, ["title", "statement", "indicators", "id", "has_met"], &Cell::new(1000))
    }

    #[test]
    fn only_what_is_close_is_suggested() {
        assert_eq!(suggestion("titel"), Some("title"));
        assert_eq!(suggestion("Statment"), Some("statement"));
        assert_eq!(suggestion("has-met"), Some("has_met"));
        assert_eq!(suggestion("indicator"), Some("indicators"));
        assert_eq!(suggestion("state"), Some("statement"));
        assert_eq!(suggestion("colour"), None);
        assert_eq!(suggestion("xy"), None);
        assert_eq!(suggestion("it"), None);
    }

    #[test]
    fn nothing_is_suggested_when_the_budget_is_spent() {
        assert_eq!(closest("titel", ["title"], &Cell::new(0)), None);
    }
}
