//! "Did you mean": finds the known word that a mistyped one was probably meant to be.

use std::cell::Cell;

/// The least letters of a part by which a word is recognized, and of one that is whole words of it.
const PART: usize = 4;
const WORDS: usize = 3;
/// The most characters of what is compared.
const LONGEST: usize = 64;

/// Words that say the opposite of each other: the one group of the other.
const OPPOSITES: &[(&[&str], &[&str])] = &[
    (
        &[
            "least", "lowest", "low", "lower", "min", "minimum", "below", "less", "under", "fewest", "first", "worst",
            "before",
        ],
        &[
            "most", "highest", "high", "higher", "max", "maximum", "above", "more", "over", "last", "latest", "newest",
            "best", "after",
        ],
    ),
    (&["include", "included"], &["exclude", "excluded"]),
    (&["up"], &["down"]),
    (&["even"], &["odd"]),
];

/// Prefixes and words that negate.
const PREFIXES: &[&str] = &["un", "in", "im", "il", "ir", "non", "dis", "mis"];
const NEGATIONS: &[&str] = &["not", "no", "non", "never"];

/// Whether a word that is like another says the opposite of it: `ineffective` of `effective`, `at_most` of `at_least`.
fn is_opposite(one: &str, other: &str) -> bool {
    let parts = |text: &str| text.split(|one: char| !one.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(one), parts(other));
    let says = |parts: &[String], words: &[&str]| parts.iter().any(|part| words.contains(&part.as_str()));
    let is_denied = |parts: &[String]| {
        says(parts, NEGATIONS) || parts.iter().any(|part| part.len() > WORDS && part.ends_with("not"))
    };
    let is_near = |parts: &[String], word: &str| parts.iter().any(|part| strsim::osa_distance(part, word) <= 1);
    // The one has a word without the prefix that the other's has, and not with it.
    let is_negated = |plain: &[String], negated: &[String]| {
        negated.iter().any(|word| {
            let rests =
                PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).filter(|rest| rest.len() >= WORDS);
            rests.into_iter().any(|rest| is_near(plain, rest)) && !is_near(plain, word)
        })
    };
    let is_pair = OPPOSITES.iter().any(|(less, more)| {
        let is_crossed = |one: &[String], other: &[String]| says(one, less) && says(other, more);
        is_crossed(&one, &other) || is_crossed(&other, &one)
    });
    is_pair || is_denied(&one) != is_denied(&other) || is_negated(&one, &other) || is_negated(&other, &one)
}

/// The one of some choices that was mistyped. Choices are few, and each means something: they are rather all told than one
/// named that another word is only like, as `lowest` is like `latest`.
pub(crate) fn choice<'k>(
    written: &str,
    choices: impl IntoIterator<Item = &'k str>,
    budget: &Cell<usize>,
) -> Option<&'k str> {
    let written = written.to_lowercase();
    let most = (written.chars().count() / 4).max(1);
    let is_mistyped = |meant: &&str| meant.contains(&*written) || strsim::osa_distance(&written, meant) <= most;
    let choices: Vec<&str> = choices.into_iter().collect();
    // A word that is written out, as `monday` for `mon`.
    let mut begun = choices.iter().copied().filter(|choice| choice.len() >= SHORTENED && written.starts_with(choice));
    let (first, second) = (begun.next(), begun.next());
    first.filter(|_| second.is_none()).or_else(|| closest(&written, choices, budget).filter(is_mistyped))
}

/// The fewest letters of a choice that a longer word can stand for.
const SHORTENED: usize = 3;

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
    if length > LONGEST {
        return None;
    }
    let mut best = None;
    // `not_met` for `has_not_met`: a part of just one of them.
    let mut containing = Vec::new();
    // `met` for `has_met`, and not for `has_not_met`, which says more beside it.
    let mut words: Vec<(usize, &str)> = Vec::new();
    for candidate in known {
        let Some(left) = budget.get().checked_sub(1) else { break };
        budget.set(left);
        // A longer word resembles no key, and comparing it takes time.
        if candidate.char_indices().nth(LONGEST).is_some() {
            continue;
        }
        if length >= PART && candidate.contains(&written) && !is_opposite(&written, candidate) {
            containing.push(candidate);
        }
        if length >= WORDS
            && let Some(more) = words_beside(&written, candidate)
            && !is_opposite(&written, candidate)
        {
            words.push((more, candidate));
        }
        if candidate.len().abs_diff(written.len()) > 6 {
            continue;
        }
        let distance = strsim::osa_distance(&written, candidate);
        let most = (length.max(candidate.chars().count()) / 3).min(3);
        let is_best = distance <= most && best.is_none_or(|(least, _)| distance < least);
        if is_best && !is_opposite(&written, candidate) {
            best = Some((distance, candidate));
        }
    }
    words.sort_unstable();
    let least_beside = || match words.as_slice() {
        [(_, only)] => Some(*only),
        [(least, candidate), (next, _), ..] if least < next => Some(*candidate),
        _ => None,
    };
    match (best, containing.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => least_beside(),
    }
}

/// How many words an id has beside those that are written, which stand in it one after another.
fn words_beside(written: &str, id: &str) -> Option<usize> {
    let (written, id): (Vec<&str>, Vec<&str>) = (written.split('_').collect(), id.split('_').collect());
    id.windows(written.len()).any(|part| part == written).then(|| id.len() - written.len())
}

/// The version that was probably meant: `2025-26` becomes `2025.1.0`, `v2` becomes `2.0.0`.
pub(crate) fn version(written: &str) -> String {
    let numbers: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let trimmed = |number: &str| match number.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.chars().take(9).collect(),
    };
    match numbers.as_slice() {
        [year, _] if year.len() == 4 && !written.contains('.') => format!("{}.1.0", trimmed(year)),
        [major] => format!("{}.0.0", trimmed(major)),
        [major, minor] => format!("{}.{}.0", trimmed(major), trimmed(minor)),
        [major, minor, patch, ..] => format!("{}.{}.{}", trimmed(major), trimmed(minor), trimmed(patch)),
        [] => "1.0.0".to_owned(),
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
    fn whole_words_are_enough_where_one_says_least_beside_them() {
        let close = |written| closest(written, ["has_not_met", "has_met", "exceeds_expectations"], &Cell::new(1000));
        assert_eq!(close("met"), Some("has_met"));
        assert_eq!(close("not_met"), Some("has_not_met"));
        assert_eq!(close("not"), Some("has_not_met"));
        assert_eq!(close("has"), Some("has_met"));
        assert_eq!(close("no"), None);
        assert_eq!(closest("met", ["has_met", "met_all"], &Cell::new(1000)), None);
    }

    #[test]
    fn the_opposite_of_what_was_written_is_not_suggested() {
        for (written, opposite) in [
            ("effective", "ineffective"),
            ("efective", "ineffective"),
            ("unsatisfactory", "satisfactory"),
            ("mostly_satisfactory", "mostly_unsatisfactory"),
            ("rated_at_most", "rated_at_least"),
            ("maximum_rated", "minimum_rated"),
            ("include", "exclude"),
            ("met", "has_not_met"),
            ("has_met", "has_not_met"),
            ("latest", "lowest"),
        ] {
            assert_eq!(closest(written, [opposite], &Cell::new(1000)), None, "{written}");
        }
        for (written, meant) in [("inefective", "ineffective"), ("hasnot_met", "has_not_met"), ("iputs", "inputs")] {
            assert_eq!(closest(written, [meant], &Cell::new(1000)), Some(meant));
        }
    }

    #[test]
    fn of_choices_only_a_mistyped_one_is_suggested() {
        let take = |written| {
            choice(written, ["mean", "sum", "median", "lowest", "highest", "share_meeting"], &Cell::new(1000))
        };
        for other in ["latest", "newest", "oldest", "first", "last", "min", "max", "mode", "best"] {
            assert_eq!(take(other), None, "{other}");
        }
        for (written, meant) in
            [("Lowset", "lowest"), ("meen", "mean"), ("hihgest", "highest"), ("share", "share_meeting")]
        {
            assert_eq!(take(written), Some(meant));
        }
    }

    #[test]
    fn nothing_long_is_suggested() {
        let long = format!("has_met{}", "_a".repeat(40));
        assert_eq!(closest("has_met", [long.as_str()], &Cell::new(1000)), None);
        assert_eq!(closest("has_met", [long.as_str(), "has_me"], &Cell::new(1000)), Some("has_me"));
    }

    #[test]
    fn nothing_is_suggested_when_the_budget_is_spent() {
        assert_eq!(closest("titel", ["title"], &Cell::new(0)), None);
    }

    #[test]
    fn a_school_year_is_answered_with_a_version() {
        for (written, meant) in [
            ("2025-26", "2025.1.0"),
            ("1.0", "1.0.0"),
            ("v2", "2.0.0"),
            ("2025.09", "2025.9.0"),
            ("1.2.3.4", "1.2.3"),
            ("new", "1.0.0"),
        ] {
            assert_eq!(super::version(written), meant);
            assert!(semver::Version::parse(meant).is_ok());
        }
    }
}
