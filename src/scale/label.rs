//! Interprets a level's label where its words are plain: as no rating, or as a rank between the lowest and the highest
//! level.

use crate::syntax::scale::Means;

/// The words of a label, in lower case.
fn words(label: &str) -> Vec<String> {
    let parts = label.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words = parts.map(|part| part.replace(['\'', '’'], "").to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// Labels of choices that are no rating, abbreviated; each stands for the words beside it.
const ABBREVIATIONS: [(&str, &str); 8] = [
    ("na", "not applicable"),
    ("n a", "not applicable"),
    ("n o", "not observed"),
    ("nr", "not rated"),
    ("n r", "not rated"),
    ("dna", "does not apply"),
    ("nob", "not observed"),
    ("no rating", "not rated"),
];

/// The first words of labels of choices that are no rating.
const BEGINNINGS: [&str; 29] = [
    "not applicable", "not observed", "not yet observed", "not rated", "not yet rated", "not assessed",
    "not yet assessed", "not evaluated", "not yet evaluated", "not scored", "not assigned", "not seen",
    "did not observe", "does not apply", "no opportunity", "no basis", "no rating", "no data", "unable to rate",
    "unable to assess", "unable to evaluate", "unable to observe", "cannot rate", "cannot be rated",
    "insufficient evidence", "insufficient information", "unrated", "no aplica", "no observado",
];

/// The beginnings of labels that mean “not applicable”.
const NOT_APPLICABLE: [&str; 7] = ["not applicable", "n a", "na", "does not apply", "dna", "not assigned", "no aplica"];

/// The meaning of a choice that is no rating, by its label: not applicable, not observed, or, where the words do not say,
/// no opportunity.
pub(crate) fn meaning(label: &str) -> Means {
    let named = named(label);
    let begins = |text: &str| named.strip_prefix(text).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if NOT_APPLICABLE.iter().any(|beginning| begins(beginning)) {
        Means::NotApplicable
    } else if begins("no opportunity") || !is_not_rated(label) {
        Means::NoOpportunity
    } else {
        Means::NotObserved
    }
}

/// The words of a label without a number before them: `0 - Not applicable` is "not applicable".
fn named(label: &str) -> String {
    let words = words(label);
    let named = words.iter().skip_while(|word| word.chars().all(char::is_numeric));
    named.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether the label names a choice that is no rating, such as `N/A`, `Not observed` or `0 - Not applicable`.
pub(crate) fn is_not_rated(label: &str) -> bool {
    let named = named(label);
    let is_abbreviated = |text: &str| ABBREVIATIONS.iter().any(|(short, _)| *short == text);
    // `NA: not applicable` and `N/A (no students)` say the abbreviation first.
    let begins = |text: &str| named.strip_prefix(text).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    is_abbreviated(&named) || begins("n a") || BEGINNINGS.iter().any(|beginning| begins(beginning))
}

/// The label with an abbreviation such as `N/A` written out, to make an id of.
#[cfg(feature = "table")]
pub(crate) fn in_words(label: &str) -> String {
    let plain = words(label).join(" ");
    let known = ABBREVIATIONS.iter().find(|(short, _)| *short == plain);
    known.map_or_else(|| label.to_owned(), |(_, long)| (*long).to_owned())
}

/// The way in which the labels of a list go from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the lowest to the highest.
    Rising,
    /// From the highest to the lowest.
    Falling,
}

/// The direction of labels, where it is plain: at least two say how good they are, and none contradicts the others.
pub(crate) fn direction<'a>(labels: impl Iterator<Item = &'a str>) -> Option<Direction> {
    let labels: Vec<&str> = labels.collect();
    let ranks: Vec<u32> = labels.iter().filter_map(|label| rank(label)).collect();
    if ranks.len() > 1 {
        return of_numbers(&ranks);
    }
    // Without telling words, numbers tell: 4, 3, 2, 1 or 90–100 %, 80–89 %.
    let numbers: Option<Vec<u32>> = labels.iter().map(|label| number(label)).collect();
    of_numbers(&numbers.filter(|_| ranks.is_empty())?)
}

fn of_numbers(numbers: &[u32]) -> Option<Direction> {
    let (first, last) = (numbers.first()?, numbers.last()?);
    if first > last && numbers.is_sorted_by(|one, next| one >= next) {
        Some(Direction::Falling)
    } else if first < last && numbers.is_sorted() {
        Some(Direction::Rising)
    } else {
        None
    }
}

/// The number that a label begins with, or that follows the word "level". `None` where it counts something else.
fn number(label: &str) -> Option<u32> {
    let words = words(label);
    if words.iter().any(|word| BURDENS.contains(&word.as_str())) {
        return None;
    }
    words.iter().find(|word| !matches!(word.as_str(), "level" | "score" | "rating" | "nivel"))?.parse().ok()
}

/// Words for burdens, of which less is better, so that `No concerns` is no low level.
const BURDENS: [&str; 24] = [
    "concern", "concerns", "problem", "problems", "issue", "issues", "deficiency", "deficiencies", "error", "errors",
    "violation", "violations", "support", "supports", "assistance", "help", "prompting", "supervision", "incident",
    "incidents", "occurrence", "occurrences", "risk", "absences",
];

const LACKING: [&str; 22] = [
    "not", "no", "never", "doesnt", "isnt", "hasnt", "didnt", "none", "fail", "fails", "failing", "rarely", "seldom",
    "unsatisfactory", "ineffective", "unacceptable", "inadequate", "deficient", "poor", "insatisfactorio", "nunca",
    "deficiente",
];

const PARTIAL: [&str; 34] = [
    "partially", "partial", "partly", "approaching", "approaches", "nearly", "almost", "minimally", "minimal", "needs",
    "need", "improvement", "some", "sometimes", "occasionally", "limited", "inconsistent", "inconsistently", "below",
    "under", "basic", "developing", "emerging", "beginning", "novice", "fair", "progressing", "marginal", "unskilled",
    "low", "desarrollo", "básico", "mejorar", "parcialmente",
];

const HIGHEST: [&str; 27] = [
    "exceeds", "exceed", "exceeded", "exceeding", "exceptional", "distinguished", "exemplary", "outstanding",
    "excellent", "superior", "advanced", "highly", "innovating", "mastery", "above", "beyond", "always",
    "consistently", "all", "very", "high", "excels", "excelling", "excelente", "sobresaliente", "destacado", "siempre",
];

const MEETING: [&str; 27] = [
    "meets", "meet", "met", "meeting", "proficient", "effective", "satisfactory", "competent", "acceptable", "good",
    "skilled", "accomplished", "adequate", "usually", "often", "frequently", "most", "mostly", "yes", "pass", "target",
    "applying", "medium", "average", "satisfactorio", "competente", "cumple",
];

/// A rank from 1, the lowest, to 4, the highest; `None` where the words do not tell.
fn rank(label: &str) -> Option<u32> {
    let words = words(label);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match () {
        () if has(&BURDENS) => None,
        () if has(&LACKING) => Some(1),
        () if has(&PARTIAL) => Some(2),
        () if has(&HIGHEST) => Some(4),
        () if has(&MEETING) => Some(3),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_means_what_its_label_plainly_says() {
        for label in ["N/A", "NA", "0 - Not applicable", "Does not apply", "N/A - not part of the job", "Not assigned"]
        {
            assert_eq!(meaning(label), Means::NotApplicable, "{label}");
        }
        for label in ["Not observed", "N/O", "NR", "Not rated", "Insufficient evidence"] {
            assert_eq!(meaning(label), Means::NotObserved, "{label}");
        }
        for label in ["No opportunity to practice", "Had no clients", "On leave"] {
            assert_eq!(meaning(label), Means::NoOpportunity, "{label}");
        }
    }

    #[test]
    fn a_choice_that_is_no_rating_is_known_by_its_label() {
        for label in [
            "N/A", "NA", "n.a.", "N / A", "Not applicable", "NOT-APPLICABLE", "Not Applicable (N/A)",
            "N/A - not part of the job", "Not observed", "N/O", "Not rated", "NR", "No opportunity",
            "No opportunity to practice", "0 Not applicable", "not_applicable", "Unable to rate", "Does not apply",
            "No aplica", "Insufficient evidence",
        ] {
            assert!(is_not_rated(label), "{label}");
        }
        for label in [
            "No", "Not met", "Has not met", "Not evident", "Not demonstrated", "None", "Never", "Novice", "A", "N",
            "1", "Naturally", "No evidence", "Not yet", "National", "",
        ] {
            assert!(!is_not_rated(label), "{label}");
        }
    }

    #[test]
    fn labels_rise_or_fall_where_their_words_are_plain() {
        for falling in [
            &["Distinguished", "Accomplished", "Emerging", "Unsatisfactory"][..],
            &["Exceeds", "Meets", "Below"],
            &["1 Exceeds standard", "2 Meets standard", "3 Does not meet standard", "4 Unsatisfactory over time"],
            &["Highly effective", "Effective", "Minimally effective", "Ineffective"],
            &["Met", "Not met"],
            &["Always", "Usually", "Sometimes", "Never"],
            &["4", "3", "2", "1"],
            &["90-100%", "80–89%", "0-79%"],
            &["Level 3", "Level 2", "Level 1"],
            &["Excellent", "Good", "Fair", "Poor"],
            &["Sobresaliente", "Satisfactorio", "Insatisfactorio"],
        ] {
            assert_eq!(direction(falling.iter().copied()), Some(Direction::Falling), "{falling:?}");
            assert_eq!(direction(falling.iter().rev().copied()), Some(Direction::Rising), "{falling:?}");
        }
        for unclear in [
            &["Red", "Green"][..],
            &["Basic", "Green"],
            &["Serious concerns", "Some concerns", "No concerns"],
            &["6 or more occurrences", "3 to 5 occurrences", "0 to 2 occurrences"],
            &["Meets", "Exceeds", "Below"],
            &["3", "1", "2"],
            &["Effective", "Proficient"],
            &[],
        ] {
            assert_eq!(direction(unclear.iter().copied()), None, "{unclear:?}");
        }
    }

    #[test]
    fn the_published_scales_that_are_written_lowest_first_rise() {
        for rising in [
            &["Not demonstrated", "Developing", "Proficient", "Accomplished", "Distinguished"][..],
            &["Improvement Needed", "Developing", "Proficient", "Accomplished", "Distinguished"],
            &["Below basic", "Basic", "Proficient", "Advanced"],
            &["Has not met", "Has met", "Exceeds expectations"],
            &["Unsatisfactory", "Basic", "Proficient", "Distinguished"],
            &["Beginning", "Developing", "Applying", "Innovating"],
        ] {
            assert_eq!(direction(rising.iter().copied()), Some(Direction::Rising), "{rising:?}");
        }
    }
}
