//! Makes ids from the words of a title or statement: short, well-formed, unique.

use std::collections::{HashMap, HashSet};

use crate::check;
use crate::rubric::{Rubric, Tier};

/// The longest id that is made from words.
const LONGEST: usize = 40;
/// The most words of a statement that go into an id.
const MOST_WORDS: usize = 5;

/// Words with little meaning, left out of ids.
const SMALL: [&str; 28] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "are", "its", "of", "on", "or", "that",
    "the", "their", "them", "this", "those", "to", "when", "where", "who", "with", "which",
];

/// The ids of one rubric.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// The number behind the words where they give an id that is taken.
    next: HashMap<String, usize>,
    /// The ids of another rubric by tier and words; none where the words stand there twice.
    known: HashMap<(Tier, String), Option<String>>,
    /// The known ids that are taken here.
    kept: HashSet<String>,
}

impl Ids {
    /// The ids of a rubric are kept for what stands in it under the same words, and for nothing else.
    pub(super) fn like(rubric: Option<&Rubric>) -> Self {
        let mut ids = Self::default();
        let Some(rubric) = rubric else { return ids };
        for node in rubric.outline().iter().filter(|node| node.tier != Tier::Indicator) {
            ids.know(node.tier, node.label(), &node.id);
        }
        for indicator in rubric.indicators() {
            ids.know(Tier::Indicator, &indicator.statement, &indicator.id);
            if let Some(title) = indicator.title.as_ref().filter(|title| **title != indicator.statement) {
                ids.know(Tier::Indicator, title, &indicator.id);
            }
        }
        ids
    }

    fn know(&mut self, tier: Tier, words: &str, id: &str) {
        self.taken.insert(id.to_owned());
        let known = self.known.entry((tier, words.trim().to_owned()));
        known.and_modify(|known| *known = None).or_insert_with(|| Some(id.to_owned()));
    }

    /// An id that the table gives.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
        self.kept.insert(id.to_owned());
    }

    /// Makes a unique id from texts, the most telling words first.
    pub(super) fn make(&mut self, tier: Tier, texts: &[&str]) -> String {
        for text in texts.iter().rev() {
            if let Some(Some(id)) = self.known.get(&(tier, text.trim().to_owned()))
                && self.kept.insert(id.clone())
            {
                return id.clone();
            }
        }
        let words = texts.iter().map(|text| from_words(text)).find(|id| !id.is_empty()).unwrap_or_default();
        let (base, first) = match tier {
            _ if words.is_empty() => (tier.name().to_owned(), 1),
            _ if check::is_reserved_id(&words) => (format!("{words}_{}", tier.name()), 0),
            _ => (words, 0),
        };
        let number = self.next.entry(base.clone()).or_insert(first);
        loop {
            let id = if *number == 0 { base.clone() } else { format!("{base}_{number}") };
            // The second of a name is number 2.
            *number = (*number + 1).max(2);
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The words that say most, in snake case; empty where there are none in letters that an id may have.
pub(super) fn from_words(text: &str) -> String {
    let plain: String = text.chars().map(letters).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).collect();
    let telling = if telling.is_empty() { words.iter().map(String::as_str).collect() } else { telling };
    // An id begins with a letter.
    let telling = telling.into_iter().skip_while(|word| !word.starts_with(|first: char| first.is_ascii_lowercase()));
    let mut id = String::new();
    for word in telling.take(MOST_WORDS) {
        let word: String = word.chars().take(LONGEST).collect();
        if !id.is_empty() {
            if id.len() + 1 + word.len() > LONGEST {
                break;
            }
            id.push('_');
        }
        id.push_str(&word);
    }
    id
}

/// The plain letters for a letter with a mark; an apostrophe within a word is nothing.
fn letters(character: char) -> String {
    let plain = match character {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'č' => "c",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ő' => "o",
        'œ' | 'Œ' => "oe",
        'ù'..='ü' | 'Ù'..='Ü' | 'ű' | 'ů' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ß' => "ss",
        'ś' | 'š' | 'Š' => "s",
        'ź' | 'ż' | 'ž' | 'Ž' => "z",
        'ł' | 'Ł' => "l",
        '\'' | '’' => "",
        _ => return character.to_string(),
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_it_is_about() {
        for (words, id) in [
            ("Self-growth and self-evaluation", "self_growth_self_evaluation"),
            ("Values and ethics of social work", "values_ethics_social_work"),
            ("Works cooperatively with colleagues and administrators.", "works_cooperatively_colleagues"),
            ("Évaluation des élèves", "evaluation_des_eleves"),
            ("Student's strengths", "students_strengths"),
            ("21st century skills", "century_skills"),
            ("The of", "the_of"),
            ("日本", ""),
            ("4.1", ""),
        ] {
            assert_eq!(from_words(words), id, "{words}");
        }
    }

    #[test]
    fn each_id_is_made_once_and_none_that_means_something_else() {
        let mut ids = Ids::default();
        ids.take("plans");
        assert_eq!(ids.make(Tier::Indicator, &["Plans"]), "plans_2");
        assert_eq!(ids.make(Tier::Indicator, &["plans!", "Writes."]), "plans_3");
        assert_eq!(ids.make(Tier::Indicator, &["日本", "Writes."]), "writes");
        assert_eq!(ids.make(Tier::Domain, &["Indicators"]), "indicators_domain");
        assert_eq!(ids.make(Tier::Domain, &["日本"]), "domain_1");
        assert_eq!(ids.make(Tier::Domain, &["4.1"]), "domain_2");
    }
}
