//! Describes the wanted value of a place, and how to write it.

use crate::exact::{Exact, is_decimal};

use super::super::quote::shorten;
use super::super::scalar::{self, ScalarKind};
use super::super::tree::{Node, NodeKind};
use super::super::vocabulary::Form;

/// The type expected at a place.
#[derive(Clone, Copy)]
pub(crate) enum Wanted<'w> {
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    Number,
    WholeNumber,
    TruthValue,
    List,
    /// Keys and values; among them these keys.
    Mapping(&'w [&'static str]),
    /// A short form or a long one.
    Either,
    Anything,
}

impl Wanted<'_> {
    /// The first half of a message.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Text | Self::Choice(_) => "text is wanted here",
            Self::Number => "a number is wanted here",
            Self::WholeNumber => "a whole number is wanted here",
            Self::TruthValue => "`true` or `false` is wanted here",
            Self::List => "a list is wanted here",
            Self::Mapping(_) => "a group of keys and values is wanted here",
            Self::Either => "one value, or a group of keys and values, is wanted here",
            Self::Anything => "a value is wanted here",
        }
    }

    /// The form that the vocabulary may have words for.
    pub(super) fn form(self) -> Option<Form> {
        match self {
            Self::Text => Some(Form::Text),
            Self::List => Some(Form::List),
            // With keys of its own the help names some of them.
            Self::Mapping([]) => Some(Form::Mapping),
            Self::Either => Some(Form::Either),
            _ => None,
        }
    }

    /// Whether the help names what is written there.
    pub(super) fn is_answered(self, found: &Node<'_>) -> bool {
        matches!(self, Self::List) && named_groups(found).is_some()
    }

    /// How to write it, where `written` stands now.
    pub(super) fn help(self, found: &Node<'_>, written: &str, key: &str, is_json: bool) -> String {
        match self {
            Self::Text => text(found, written).to_owned(),
            Self::Choice(choices) => one_of(choices),
            Self::Number | Self::WholeNumber => number(found, matches!(self, Self::WholeNumber), key),
            Self::TruthValue => truth_value(found).to_owned(),
            Self::List if named_groups(found).is_some() => {
                let first = named_groups(found).unwrap_or_default();
                format!("write each as an item of a list, `- id: {}`, with its keys below that", shorten(first))
            }
            Self::List if is_json => "put brackets around it: `[…]`".to_owned(),
            Self::List => "put `- ` before each item, or brackets around: `[…]`".to_owned(),
            Self::Mapping(keys) => mapping(keys, is_json),
            Self::Either => "write one value, or keys and values under it".to_owned(),
            Self::Anything => "write a value".to_owned(),
        }
    }
}

fn text(found: &Node<'_>, written: &str) -> &'static str {
    match &found.kind {
        NodeKind::Map(_) if written.starts_with("{{") => "put the text in quotes: it begins with `{{`",
        NodeKind::Map(_) => "write one text, without keys; put it in quotes if it holds `: ` or begins with `{`",
        NodeKind::List(_) if written.starts_with('[') => {
            "write one text; put it in quotes if the brackets belong to it"
        }
        _ => "write one text, without `- ` before it",
    }
}

fn number(found: &Node<'_>, is_whole: bool, key: &str) -> String {
    let NodeKind::Scalar { text, plain } = &found.kind else { return plain_digits(is_whole) };
    if !plain && scalar::kind(text) == ScalarKind::Number {
        return "remove the quotes".to_owned();
    }
    // A share of a position is a part of 1.
    if let ("fte", Some(percent)) = (key, text.strip_suffix('%').and_then(|percent| percent.trim().parse::<u32>().ok()))
        && percent <= 100
    {
        let share = Exact::ratio(percent.into(), 100).map(|share| share.plain()).unwrap_or_default();
        return format!("write {share}");
    }
    // `40%`, and `2,5` where a point is written with a comma.
    let meant = text.strip_suffix('%').unwrap_or(text).trim_end().replacen(',', ".", 1);
    let is_thousands = text.split_once(',').is_some_and(|(_, after)| after.len() == 3);
    let is_wanted = !is_whole || meant.bytes().all(|byte| byte.is_ascii_digit());
    if is_decimal(&meant) && meant != *text.as_ref() && is_wanted && !is_thousands {
        return format!("write {meant}");
    }
    plain_digits(is_whole)
}

fn plain_digits(is_whole: bool) -> String {
    let example = if is_whole { "12" } else { "12 or 7.5" };
    format!("write it in plain digits, such as {example}")
}

/// The first key of a group that holds groups by their names, where a list of them is wanted.
fn named_groups<'n>(found: &'n Node<'_>) -> Option<&'n str> {
    let NodeKind::Map(entries) = &found.kind else { return None };
    let (first, _) = entries.first().filter(|_| entries.iter().all(|(_, value)| value.is_map()))?;
    first.text()
}

fn truth_value(found: &Node<'_>) -> &'static str {
    let NodeKind::Scalar { text, .. } = &found.kind else { return "write `true` or `false`" };
    match text.to_ascii_lowercase().as_str() {
        "true" | "false" => "remove the quotes",
        "yes" | "on" | "y" => "write `true`",
        "no" | "off" | "n" => "write `false`",
        _ => "write `true` or `false`",
    }
}

fn mapping(keys: &[&str], is_json: bool) -> String {
    // Three show the form.
    let keys = keys.iter().take(3);
    match (keys.len(), is_json) {
        (0, true) => "write keys and values in braces: `{ \"…\": … }`".to_owned(),
        (0, false) => "write a key, a `:`, a space and a value, each on a line of its own".to_owned(),
        (_, true) => {
            let pairs: Vec<_> = keys.map(|key| format!("\"{key}\": …")).collect();
            format!("write keys and values, such as `{{ {} }}`", pairs.join(", "))
        }
        (_, false) => {
            let pairs: Vec<_> = keys.map(|key| format!("`{key}: …`")).collect();
            format!("write keys and values, each on a line of its own: {}", pairs.join(", "))
        }
    }
}

/// "write one of `a`, `b`, `c`".
pub(super) fn one_of(choices: &[&str]) -> String {
    let quoted: Vec<_> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    format!("write one of {}", quoted.join(", "))
}
