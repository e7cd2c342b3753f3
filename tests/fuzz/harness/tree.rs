//! Documents as trees in which a key may stand twice, to be damaged and written again as JSON and as YAML.

use super::choices::Choices;

/// A document, or a part of one.
#[derive(Debug, Clone)]
pub enum Tree {
    /// A number, boolean or null, as it is written.
    Plain(String),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// Values that are of the wrong kind in most places, or at an edge.
const ODD: [&str; 20] = [
    "null", "true", "0", "1", "-1", "2", "3", "100", "1.10", "0.0000001", "99999999", "10000", "4294967296",
    "18446744073709551616", "123456789012345678", "-0.5", "50", "0.5", "9999999999999999999999", "33.3",
];

/// Texts that some part of a document wants, and others do not.
const TEXTS: [&str; 24] = [
    "indicators",
    "mean",
    "sum",
    "median",
    "lowest",
    "share_meeting",
    "domain",
    "competency",
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "1.0.0",
    "has_met",
    "has_not_met",
    "no_opportunity_to_practice",
    "final",
    "self",
    "{{ due }} {{ indicator.title }}",
    "{{ nothing }}",
    "a #b: <i>c</i> | `d` [e](f) \u{202e}\u{1f600}",
    "no",
    "1.10",
    "half_even",
    "line\n\nline\n  - more\n",
];

impl Tree {
    /// The tree of a YAML or JSON text, where it is one that both readers know, without anything that is YAML's alone.
    pub fn of(text: &str) -> Option<Self> {
        let value: serde_json::Value = serde_yaml::from_str(text).ok()?;
        Some(Self::from(&value))
    }

    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            serde_json::Value::Object(map) => {
                Self::Map(map.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
            plain => Self::Plain(plain.to_string()),
        }
    }

    /// As JSON on one line.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::List(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    out.push_str(if number == 0 { "" } else { ", " });
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (number, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if number == 0 { "" } else { ", " });
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write_json(out);
                }
                out.push('}');
            }
        }
    }

    /// The tree as YAML in blocks, every text in quotes.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        self.write_yaml(0, &mut out);
        out.push('\n');
        out
    }

    fn write_yaml(&self, depth: usize, out: &mut String) {
        let line = |start: &str, value: &Self, out: &mut String| {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
            out.push_str(start);
            out.push(' ');
            value.write_yaml(depth + 1, out);
        };
        match self {
            Self::List(items) if !items.is_empty() => items.iter().for_each(|item| line("-", item, out)),
            Self::Map(entries) if !entries.is_empty() => {
                // The text before the colon may not be long.
                let start = |key: &str| {
                    if key.len() > 100 {
                        format!("? {}\n{}:", quoted(key), "  ".repeat(depth))
                    } else {
                        format!("{}:", quoted(key))
                    }
                };
                entries.iter().for_each(|(key, value)| line(&start(key), value, out));
            }
            _ => self.write_json(out),
        }
    }

    /// Whether its texts hold nothing that YAML cannot be told in the way of JSON.
    pub fn is_plain_in_yaml(&self) -> bool {
        let is_plain = |text: &str| !quoted(text).contains('\\') && !text.contains(is_refused);
        match self {
            Self::Plain(_) => true,
            Self::Text(text) => is_plain(text),
            Self::List(items) => items.iter().all(Self::is_plain_in_yaml),
            Self::Map(entries) => entries.iter().all(|(key, value)| is_plain(key) && value.is_plain_in_yaml()),
        }
    }

    /// How many values there are, this one too.
    pub fn size(&self) -> usize {
        1 + match self {
            Self::Plain(_) | Self::Text(_) => 0,
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.size()).sum(),
        }
    }

    /// The value of a number, counted from the top.
    fn at(&mut self, number: &mut usize) -> Option<&mut Self> {
        if *number == 0 {
            return Some(self);
        }
        *number -= 1;
        match self {
            Self::Plain(_) | Self::Text(_) => None,
            Self::List(items) => items.iter_mut().find_map(|item| item.at(number)),
            Self::Map(entries) => entries.iter_mut().find_map(|(_, value)| value.at(number)),
        }
    }

    /// Every key and every short text, which stand for one another sometimes.
    fn words(&self, words: &mut Vec<String>) {
        match self {
            Self::Plain(_) => {}
            Self::Text(text) => words.extend((text.len() < 40).then(|| text.clone())),
            Self::List(items) => items.iter().for_each(|item| item.words(words)),
            Self::Map(entries) => {
                for (key, value) in entries {
                    words.push(key.clone());
                    value.words(words);
                }
            }
        }
    }

    /// Damages it as the choices say, until they are over.
    pub fn damage(&mut self, choices: &mut Choices<'_>) {
        let mut words = Vec::new();
        self.words(&mut words);
        let mut rounds = 0;
        while !choices.is_over() && rounds < 24 && self.size() < 4_000 {
            self.damage_once(choices, &words);
            rounds += 1;
        }
    }

    fn damage_once(&mut self, choices: &mut Choices<'_>, words: &[String]) {
        let what = choices.below(16);
        let size = self.size();
        let other = {
            let mut number = choices.below(size);
            self.at(&mut number).map_or_else(|| Self::Plain("null".to_owned()), |other| other.clone())
        };
        let word = |choices: &mut Choices<'_>| words.get(choices.below(words.len())).cloned().unwrap_or_default();
        let mut number = choices.below(size);
        let Some(here) = self.at(&mut number) else { return };
        match (what, here) {
            // As above, for whatever it is.
            (0, here) => *here = other,
            (1, here) => *here = odd(choices),
            (2, here) => *here = Self::Text(word(choices)),
            (3, here) => *here = Self::Text(TEXTS.get(choices.below(TEXTS.len())).copied().unwrap_or("x").to_owned()),
            (4, here) => *here = Self::List(vec![here.clone()]),
            (5, here) => *here = Self::Map(vec![(word(choices), here.clone())]),
            (_, Self::Map(entries)) => {
                let at = choices.below(entries.len());
                let Some((key, value)) = entries.get(at).cloned() else {
                    entries.push((word(choices), other));
                    return;
                };
                match what {
                    6 | 7 => drop(entries.remove(at)),
                    8 => entries.push((key, value)),
                    9 => entries.insert(at, (word(choices), value)),
                    10 => entries.push((word(choices), other)),
                    11 => entries.swap(at, 0),
                    _ => {
                        let word = word(choices);
                        if let Some((key, _)) = entries.get_mut(at) {
                            *key = word;
                        }
                    }
                }
            }
            (_, Self::List(items)) => {
                let at = choices.below(items.len());
                let Some(item) = items.get(at).cloned() else {
                    items.push(other);
                    return;
                };
                match what {
                    6 | 7 => drop(items.remove(at)),
                    8 | 9 => items.insert(at, item),
                    10 => items.push(other),
                    11 => items.swap(at, 0),
                    12 if item.size() < 20 => items.extend(vec![item; choices.below(40)]),
                    _ => *items = items.iter().rev().cloned().collect(),
                }
            }
            (_, Self::Text(text)) => match what {
                6 => text.push_str(&word(choices)),
                7 => *text = text.chars().take(choices.byte()).collect(),
                8 if text.len() < 1_000 => *text = text.repeat(1 + choices.below(30)),
                _ => *text = word(choices),
            },
            // Numbers nearby.
            (_, Self::Plain(text)) => match (what, text.parse::<u64>()) {
                (6, Ok(1..)) => text.push('0'),
                (7, Ok(_)) => text.push_str(".5"),
                (8, Ok(_)) => *text = format!("-{text}"),
                _ => *text = choices.byte().to_string(),
            },
        }
    }
}

fn odd(choices: &mut Choices<'_>) -> Tree {
    match choices.below(ODD.len() + 4) {
        20 => Tree::List(Vec::new()),
        21 => Tree::Map(Vec::new()),
        22 => Tree::Text(String::new()),
        23 => Tree::Text(" ".to_owned()),
        number => Tree::Plain(ODD.get(number).copied().unwrap_or("0").to_owned()),
    }
}

/// Characters that YAML may not hold.
pub fn is_refused(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
