//! `appraise diff`.

mod evaluations;

use std::path::Path;

use appraise::diff::{ChangeKind, Class, Difference, RubricChange, Tag, compare};
use appraise::{DocumentKind, Evaluation, Library, Rubric, Source};

use super::Failure;
use super::arguments::{Diff, DiffFormat};
use super::files::{self, Input, Output};
use super::messages::{self, Messages};

pub(super) fn run(arguments: &Diff, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let others = arguments.rubric.iter().chain(&arguments.bases.base);
    output.check_inputs([&arguments.old, &arguments.new].into_iter().chain(others))?;
    let mut library = files::library(&arguments.bases, messages)?;
    for path in &arguments.rubric {
        let rubric = files::rubric(path, &library, messages)?;
        library.add(rubric);
    }
    let read = |which: &Path| given(which, &library, messages);
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let text = match (old.is_evaluation(), new.is_evaluation()) {
        (false, false) if arguments.role.is_some() => {
            return Err(Failure::Usage("--for is about evaluations, and these are rubrics".to_owned()));
        }
        (false, false) => {
            let difference = compare(&old.rubric(&library, messages)?, &new.rubric(&library, messages)?);
            match arguments.format {
                DiffFormat::Text => text(&difference),
                DiffFormat::Json => messages::json(&difference),
            }
        }
        (true, true) => {
            let (old, new) = (old.evaluation(&library, messages)?, new.evaluation(&library, messages)?);
            evaluations::compared(arguments, &old, &new, messages)?
        }
        _ => {
            let fault = "one of these is a rubric and the other an evaluation: name two of a kind";
            return Err(Failure::Usage(fault.to_owned()));
        }
    };
    output.write(&text)
}

/// A document as it is named.
enum Given {
    /// A rubric at hand, by its id.
    Rubric(Rubric),
    File(Input),
}

fn given(which: &Path, library: &Library, messages: &Messages) -> Result<Given, Failure> {
    if let Some(rubric) = which.to_str().and_then(|id| library.get(id)) {
        return Ok(Given::Rubric(rubric));
    }
    files::check_id(which, library)?;
    files::read(which).map(Given::File).map_err(messages.faulty("rubric"))
}

impl Given {
    fn is_evaluation(&self) -> bool {
        match self {
            Self::Rubric(_) => false,
            Self::File(input) => Source::parse(&input.name, &input.text).kind() == DocumentKind::Evaluation,
        }
    }

    fn rubric(self, library: &Library, messages: &Messages) -> Result<Rubric, Failure> {
        match self {
            Self::Rubric(rubric) => Ok(rubric),
            Self::File(input) => messages.usable(Rubric::check(&input.name, &input.text, library), "rubric"),
        }
    }

    fn evaluation(self, library: &Library, messages: &Messages) -> Result<Evaluation, Failure> {
        match self {
            Self::Rubric(_) => Err(Failure::Findings),
            Self::File(input) => messages.usable(library.check(&input.name, &input.text), "evaluation"),
        }
    }
}

fn text(difference: &Difference) -> String {
    let (old, new) = (&difference.old, &difference.new);
    let mut out = format!("{} {} -> {} {}\n", old.id, old.version, new.id, new.version);
    out.push_str(&format!("{}\n", verdict(difference)));
    let mut changes: Vec<&RubricChange> = difference.changes.iter().collect();
    // The order within a class is that of the rubric.
    changes.sort_by_key(|change| std::cmp::Reverse(change.class));
    // Where something comes in, what follows prints another number: that is one thing to say.
    let (renumbered, changes): (Vec<&RubricChange>, Vec<&RubricChange>) =
        changes.into_iter().partition(|change| is_number(change));
    let mut class = None;
    for change in changes {
        if class != Some(change.class) {
            class = Some(change.class);
            out.push_str(&format!("\n{}\n", heading(change.class)));
        }
        out.push_str(&format!("  {}\n", messages::clean(&line(change))));
    }
    if let Some(first) = renumbered.first() {
        if class != Some(Class::None) {
            out.push_str(&format!("\n{}\n", heading(Class::None)));
        }
        let more = match renumbered.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more in the same way"),
        };
        out.push_str(&format!("  {}{more}\n", messages::clean(&line(first))));
    }
    out
}

/// Whether only the printed number of something is another. What a publisher calls `A-1` is no number.
fn is_number(change: &RubricChange) -> bool {
    let is_number = |code: &Option<String>| {
        code.as_ref().is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
    };
    let is_code = change.class == Class::None && change.key.as_deref() == Some("code");
    is_code && is_number(&change.old) && is_number(&change.new)
}

fn verdict(difference: &Difference) -> String {
    if difference.changes.is_empty() {
        return "Nothing changed.".to_owned();
    }
    let classes = [Class::Orphaned, Class::Rescored, Class::Incomplete, Class::Wording, Class::None];
    let counts: Vec<String> = classes
        .iter()
        .map(|class| (difference.count(*class), class))
        .filter(|(count, _)| *count > 0)
        .map(|(count, class)| format!("{count} {class}"))
        .collect();
    format!("For ratings already given: {}.", counts.join(", "))
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Orphaned => "orphaned: ratings or texts that have no place any more",
        Class::Rescored => "rescored: the same ratings, another result",
        Class::Incomplete => "incomplete: ratings or texts that are not there yet",
        Class::Wording => "wording: the same indicator, in other words",
        Class::None => "none: nothing for ratings already given",
    }
}

fn line(change: &RubricChange) -> String {
    let subject = match &change.key {
        Some(key) => format!("{} `{}`, {}", change.what, change.id, told(key)),
        None => format!("{} `{}`", change.what, change.id),
    };
    let kind = change.kind.as_str();
    if !change.words.is_empty() {
        let words = change.words.iter().map(|words| match words.tag {
            Tag::Removed => mark('-', &words.text),
            Tag::Added => mark('+', &words.text),
            Tag::Same => words.text.clone(),
        });
        return format!("{kind} {subject}: {}", words.collect::<String>().trim_end());
    }
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{kind} {subject}: {old} -> {new}"),
        // A key that only one version has is a change of its owner; the text says which version has it.
        (Some(old), None) => format!("{} {subject}: {old}", ChangeKind::Removed.as_str()),
        (None, Some(new)) => format!("{} {subject}: {new}", ChangeKind::Added.as_str()),
        (None, None) => format!("{kind} {subject}"),
    }
}

/// A part of a policy in words: "weight of `planning`", "band `effective`, from", "rule 2, when.at_least".
fn told(key: &str) -> String {
    let Some((list, rest)) = key.split_once('.') else { return key.to_owned() };
    let (part, of_part) = match rest.split_once('.') {
        Some((part, of_part)) => (part, Some(of_part)),
        None => (rest, None),
    };
    let name = match list {
        "weights" => format!("weight of `{part}`"),
        "points" => format!("points of `{part}`"),
        "indicator_points" => format!("points of the indicator `{part}`"),
        "bands" if part.parse::<usize>().is_err() => format!("band `{part}`"),
        "bands" => format!("band {part}"),
        "rules" => format!("rule {part}"),
        "limits" => format!("limit {part}"),
        "flags" => format!("flag {part}"),
        "adjust" => format!("adjustment {part}"),
        "convert" => format!("row {part} of the look-up table"),
        "practices" => format!("practice `{part}`"),
        _ => return key.to_owned(),
    };
    of_part.map_or(name.clone(), |of_part| format!("{name}, {of_part}"))
}

/// `[-words-]` or `[+words+]`, the white space behind them outside.
fn mark(sign: char, words: &str) -> String {
    let trimmed = words.trim_end();
    format!("[{sign}{trimmed}{sign}]{}", words.get(trimmed.len()..).unwrap_or_default())
}
