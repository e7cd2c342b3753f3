//! The checklist of an indicator, and the level that follows from the practices that are seen.

use crate::scale::Level;

/// One practice of an indicator's checklist: a behavior that is seen or not.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: climate
/// version: 1.0.0
/// title: Climate
/// derive: cumulative
/// domains:
///   - id: school
///     title: School
///     indicators:
///       - id: safe_climate
///         statement: Helps to make the school safe.
///         practices:
///           - { id: knows_plan, level: has_met, statement: Knows the crisis plan. }
///           - { id: leads_drills, level: exceeds_expectations, statement: Leads drills. }";
/// let rubric = Rubric::parse("climate.yaml", text, &Library::empty())?;
/// let safe_climate = rubric.indicator("safe_climate").expect("the rubric has it");
/// let practices = safe_climate.practices();
/// assert_eq!(practices.len(), 2);
/// let level = practices[1].level().and_then(|number| rubric.levels().get(number));
/// assert_eq!(level.map(|level| level.label.as_str()), Some("Exceeds expectations"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Practice {
    /// The id that evaluations use; unique across the rubric.
    pub id: String,
    /// The practice, in words.
    pub statement: String,
    pub(crate) level: Option<usize>,
}

impl Practice {
    /// The index in [`Rubric::levels`](super::Rubric::levels) of the level that the practice belongs to; `None` where
    /// practices are counted by their number.
    pub fn level(&self) -> Option<usize> {
        self.level
    }
}

/// The practices of an indicator, and the rule by which the indicator's level follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checklist {
    pub(crate) practices: Vec<Practice>,
    pub(crate) rule: Rule,
    /// The level where not enough is seen for any other: the lowest of the scale.
    pub(crate) lowest: usize,
}

/// The practices that must be seen for a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// All practices of the level, and of each lower level that has practices.
    Cumulative,
    /// More than half of them.
    Majority,
    /// By level, lowest first: a number of practices, whatever they are.
    AtLeast(Vec<(usize, usize)>),
}

impl Rule {
    /// The word that stands for it in a document.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Majority => "majority",
            Self::AtLeast(_) => "at_least",
        }
    }
}

/// The level that follows from the practices that are seen, with the counts that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Derivation<'a> {
    pub(crate) level: usize,
    checklist: &'a Checklist,
    /// By level that asks for practices, lowest first.
    counts: Vec<Count>,
}

/// The practices seen for a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    level: usize,
    seen: usize,
    /// The practices that there are at the level; of a rule by number, how many the level asks for.
    of: usize,
    is_enough: bool,
}

impl Checklist {
    /// The levels that practices belong to, lowest first.
    pub(crate) fn levels(&self) -> Vec<usize> {
        let mut levels: Vec<usize> = self.practices.iter().filter_map(|practice| practice.level).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// Derives the level: the highest for which enough is seen, and for each lower one too. A level that asks for no
    /// practice is never derived, but for the lowest, and keeps no higher one back.
    pub(crate) fn derive(&self, is_seen: impl Fn(&Practice) -> bool) -> Derivation<'_> {
        let at = |level: usize| self.practices.iter().filter(move |practice| practice.level == Some(level));
        let count = |level: usize| {
            let (seen, of) = (at(level).filter(|practice| is_seen(practice)).count(), at(level).count());
            let is_enough = if self.rule == Rule::Majority { seen > of.saturating_sub(seen) } else { seen == of };
            Count { level, seen, of, is_enough }
        };
        let counts: Vec<Count> = match &self.rule {
            Rule::AtLeast(levels) => {
                let seen = self.practices.iter().filter(|practice| is_seen(practice)).count();
                let count = |&(level, of): &(usize, usize)| Count { level, seen, of, is_enough: seen >= of };
                levels.iter().map(count).collect()
            }
            Rule::Cumulative | Rule::Majority => self.levels().into_iter().map(count).collect(),
        };
        let level = counts.iter().take_while(|count| count.is_enough).last().map_or(self.lowest, |count| count.level);
        Derivation { level, checklist: self, counts }
    }

    /// The practices that are not seen and that the next higher level asks for: those of the lowest level for which not enough
    /// is seen. Where practices count by their number, each that is not seen.
    pub(crate) fn missing(&self, is_seen: impl Fn(&Practice) -> bool) -> Vec<&Practice> {
        let next = self.derive(&is_seen).counts.into_iter().find(|count| !count.is_enough);
        let Some(next) = next else { return Vec::new() };
        let is_asked = |practice: &&Practice| practice.level.is_none_or(|level| level == next.level);
        self.practices.iter().filter(is_asked).filter(|practice| !is_seen(practice)).collect()
    }
}

impl Derivation<'_> {
    /// The level and the counts, in words; `levels` are those of all scales.
    pub(crate) fn reason(&self, levels: &[Level]) -> String {
        let label = |level: usize| levels.get(level).map_or("", |level| level.label.as_str());
        let enough = self.counts.iter().take_while(|count| count.is_enough).count();
        let (enough, next) = (self.counts.get(..enough).unwrap_or_default(), self.counts.get(enough));
        let words = match self.checklist.rule {
            Rule::AtLeast(_) => self.by_number(enough.last(), next, label),
            Rule::Cumulative | Rule::Majority => self.by_level(enough, next, label),
        };
        format!("{}: {words}", label(self.level))
    }

    /// "4 of 8 practices are seen, and Proficient asks for 3; Accomplished asks for 5".
    fn by_number<'l>(&self, reached: Option<&Count>, next: Option<&Count>, label: impl Fn(usize) -> &'l str) -> String {
        let seen = reached.or(next).map_or(0, |count| count.seen);
        let mut words = seen_of(seen, self.checklist.practices.len(), "");
        if let Some(Count { level, of, .. }) = reached {
            words.push_str(&format!(", and {} asks for {of}", label(*level)));
        }
        if let Some(Count { level, of, .. }) = next {
            words.push_str(&format!("; {} asks for {of}", label(*level)));
        }
        words
    }

    /// "both practices at Developing and all 3 at Proficient are seen; at Accomplished 1 of 2".
    fn by_level<'l>(&self, enough: &[Count], next: Option<&Count>, label: impl Fn(usize) -> &'l str) -> String {
        let is_majority = self.checklist.rule == Rule::Majority;
        let too_few = if is_majority { ", not more than half" } else { "" };
        let Some((first, rest)) = enough.split_first() else {
            return next.map_or_else(String::new, |Count { level, seen, of, .. }| {
                format!("{}{too_few}", seen_of(*seen, *of, &format!(" at {}", label(*level))))
            });
        };
        let number = |Count { seen, of, .. }: &Count| match (is_majority, of) {
            (true, _) => format!("{seen} of {of}"),
            (false, 1) => "the one".to_owned(),
            (false, 2) => "both".to_owned(),
            (false, _) => format!("all {of}"),
        };
        let mut each = vec![format!("{} {} at {}", number(first), practices(first.of), label(first.level))];
        each.extend(rest.iter().map(|count| format!("{} at {}", number(count), label(count.level))));
        let is_one = rest.is_empty() && first.seen == 1;
        let half = match (is_majority, rest.is_empty()) {
            (false, _) => "",
            (true, true) => ", more than half",
            (true, false) => ", more than half of each",
        };
        let next = next.map_or_else(String::new, |Count { level, seen, of, .. }| {
            format!("; at {} {seen} of {of}{too_few}", label(*level))
        });
        format!("{} {} seen{half}{next}", listed(&each), if is_one { "is" } else { "are" })
    }
}

/// "1 of 2 practices at Developing is seen".
fn seen_of(seen: usize, of: usize, at: &str) -> String {
    format!("{seen} of {of} {}{at} {} seen", practices(of), if seen == 1 || of == 1 { "is" } else { "are" })
}

fn practices(count: usize) -> &'static str {
    if count == 1 { "practice" } else { "practices" }
}

/// "one, two and three".
fn listed(items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels 0 to 4; the digits are the levels of the practices `a`, `b`, `c`, and so on.
    fn checklist(levels: &str, rule: Rule) -> Checklist {
        let practices = levels.chars().zip('a'..).map(|(level, id)| Practice {
            id: id.to_string(),
            statement: String::new(),
            level: level.to_digit(10).map(|level| level as usize),
        });
        Checklist { practices: practices.collect(), rule, lowest: 0 }
    }

    /// The level and the reason for the practices named by a letter each.
    fn derived(checklist: &Checklist, seen: &str) -> (usize, String) {
        let label = |label: &str| Level { id: String::new(), label: label.to_owned(), description: None };
        let levels = ["None", "Developing", "Proficient", "Accomplished", "Distinguished"].map(label);
        let derivation = checklist.derive(|practice| seen.contains(&practice.id));
        (derivation.level, derivation.reason(&levels))
    }

    #[test]
    fn every_lower_level_must_be_complete() {
        let list = checklist("11222334", Rule::Cumulative);
        for (seen, level, reason) in [
            ("", 0, "None: 0 of 2 practices at Developing are seen"),
            ("a", 0, "None: 1 of 2 practices at Developing is seen"),
            ("acdefgh", 0, "None: 1 of 2 practices at Developing is seen"),
            ("ab", 1, "Developing: both practices at Developing are seen; at Proficient 0 of 3"),
            (
                "abcdef",
                2,
                "Proficient: both practices at Developing and all 3 at Proficient are seen; at Accomplished 1 of 2",
            ),
            (
                "abcdefgh",
                4,
                "Distinguished: both practices at Developing, all 3 at Proficient, both at Accomplished and the one at \
                 Distinguished are seen",
            ),
        ] {
            assert_eq!(derived(&list, seen), (level, reason.to_owned()), "{seen}");
        }
    }

    #[test]
    fn a_majority_is_more_than_half() {
        let list = checklist("11222", Rule::Majority);
        for (seen, level, reason) in [
            ("a", 0, "None: 1 of 2 practices at Developing is seen, not more than half"),
            (
                "abc",
                1,
                "Developing: 2 of 2 practices at Developing are seen, more than half; at Proficient 1 of 3, not more than half",
            ),
            (
                "abcd",
                2,
                "Proficient: 2 of 2 practices at Developing and 2 of 3 at Proficient are seen, more than half of each",
            ),
        ] {
            assert_eq!(derived(&list, seen), (level, reason.to_owned()), "{seen}");
        }
    }

    #[test]
    fn practices_count_by_their_number() {
        let list = checklist("-----", Rule::AtLeast(vec![(2, 2), (3, 4)]));
        for (seen, level, reason) in [
            ("e", 0, "None: 1 of 5 practices is seen; Proficient asks for 2"),
            ("ace", 2, "Proficient: 3 of 5 practices are seen, and Proficient asks for 2; Accomplished asks for 4"),
            ("abcde", 3, "Accomplished: 5 of 5 practices are seen, and Accomplished asks for 4"),
        ] {
            assert_eq!(derived(&list, seen), (level, reason.to_owned()), "{seen}");
        }
    }

    #[test]
    fn a_level_without_practices_is_never_derived_and_keeps_none_back() {
        let list = checklist("113", Rule::Cumulative);
        assert_eq!(derived(&list, "ab").0, 1);
        assert_eq!(derived(&list, "abc").0, 3);
        // Of practices at the lowest level, none makes it anything but the lowest.
        let list = checklist("01", Rule::Cumulative);
        assert_eq!(derived(&list, "b"), (0, "None: 0 of 1 practice at None is seen".to_owned()));
        assert_eq!(derived(&list, "ab").0, 1);
    }

    #[test]
    fn the_practices_of_the_next_level_are_missing() {
        let ids = |list: &Checklist, seen: &str| -> String {
            list.missing(|practice| seen.contains(&practice.id)).iter().map(|practice| practice.id.as_str()).collect()
        };
        let list = checklist("1122", Rule::Cumulative);
        assert_eq!((ids(&list, "a").as_str(), ids(&list, "abd").as_str(), ids(&list, "abcd").as_str()), ("b", "c", ""));
        let list = checklist("---", Rule::AtLeast(vec![(1, 2)]));
        assert_eq!((ids(&list, "a").as_str(), ids(&list, "ab").as_str()), ("bc", ""));
    }
}
