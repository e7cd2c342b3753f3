//! The scales that a table's level columns belong to.

use crate::check;
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::rubric::{Level, Rubric, Scale};
use crate::scale::{self as words, Scales};
use crate::source::{Field, Finding, Findings, Parsed, Span, Text, Word, shorten};
use crate::syntax;
use crate::syntax::scale::LevelOrder;

use super::Options;
use super::{field, new_id, whole};

/// The scales: the default one, and those of the other rubric beside it.
///
/// # Errors
///
/// One finding about the options.
pub(super) fn scales(options: &Options) -> Result<Scales, Diagnostics> {
    let others = options.from.as_ref().map_or(&[][..], Rubric::scales).iter().skip(1);
    let scale = default_scale(options)?;
    Ok(Scales::of(std::iter::once(scale).chain(others.cloned()).collect()))
}

/// The given levels, else the other rubric's default scale, else the built-in one.
fn default_scale(options: &Options) -> Result<Scale, Diagnostics> {
    let known = || options.from.as_ref().map_or_else(Scale::default, |rubric| Rubric::scale(rubric).clone());
    if options.levels.is_empty() && options.not_rated.is_empty() {
        return Ok(known());
    }
    let mut taken = Vec::new();
    let (rated, choices) = parted(options);
    let mut rated: Vec<Level> = match rated.as_slice() {
        [] => known().rated().to_vec(),
        labels => labels.iter().enumerate().map(|(at, label)| level(label, at, &mut taken)).collect(),
    };
    let not_rated: Vec<Level> = choices.iter().enumerate().map(|(at, label)| choice(label, at, &mut taken)).collect();
    let is_turned = options.best_first && !options.levels.is_empty();
    if is_turned {
        rated.reverse();
    }
    let meets_at = match (&options.meets_at, options.levels.is_empty()) {
        (None, true) => known().meets_at().map(|level| level.id.clone()).unwrap_or_default(),
        (written, _) => written.as_deref().unwrap_or_default().trim().to_owned(),
    };
    let meets_at = position(&meets_at, &rated, &not_rated)?;
    let scale = Scale::new(rated, not_rated, meets_at);
    Ok(if is_turned { scale.highest_first() } else { scale })
}

/// The number of the level that is named, or a finding.
fn position(written: &str, rated: &[Level], not_rated: &[Level]) -> Result<usize, Diagnostics> {
    let is_meant = |level: &Level| level.id == written || level.label.to_lowercase() == written.to_lowercase();
    if let Some(position) = rated.iter().position(is_meant) {
        return Ok(position);
    }
    let findings = Findings::default();
    let labels = rated.iter().map(|level| level.label.as_str());
    let list = || format!("name the first that meets expectations: {}", labels.clone().collect::<Vec<_>>().join(", "));
    let (message, help) = match not_rated.iter().any(is_meant) {
        true => (format!("`{written}` is no rating, so nothing is met at it"), list().into()),
        false => (format!("`{written}` is none of the levels"), findings.did_you_mean(written, labels.clone(), list)),
    };
    findings.error(Code::UnknownLevel, whole(written), message, help);
    Err(findings.resolve(&Parsed::unparsed("--meets-at", written), &[]))
}

/// The labels of levels, and of choices that are no rating. A label such as N/A among the levels is a choice.
fn parted(options: &Options) -> (Vec<&str>, Vec<&str>) {
    let trimmed = |label: &'_ String| -> bool { !label.trim().is_empty() };
    let levels = options.levels.iter().filter(|label| trimmed(label)).map(|label| label.trim());
    let (taken, rated): (Vec<&str>, Vec<&str>) = levels.partition(|label| words::is_not_rated(label));
    let mut choices: Vec<&str> =
        options.not_rated.iter().filter(|label| trimmed(label)).map(|label| label.trim()).collect();
    let new = taken.into_iter().filter(|label| !choices.iter().any(|known| known.eq_ignore_ascii_case(label)));
    let new: Vec<&str> = new.collect();
    choices.extend(new);
    // A level that is given as a choice too is that.
    let rated = rated.into_iter().filter(|label| !choices.iter().any(|known| known.eq_ignore_ascii_case(label)));
    (rated.collect(), choices)
}

/// A warning for each label among the levels that is taken for a choice that is no rating.
pub(super) fn taken(options: &Options, findings: &Findings) {
    let given = |label: &str| options.not_rated.iter().any(|known| known.trim().eq_ignore_ascii_case(label));
    let levels = options.levels.iter().map(|label| label.trim());
    for label in levels.filter(|label| words::is_not_rated(label) && !given(label)) {
        findings.push(Finding::new(
            Severity::Warning,
            Code::NotRatedAsLevel,
            Span::default(),
            format!(
                "`{}` is among the levels, but is no rating: it is taken for a choice that counts nothing",
                shorten(label)
            ),
            format!("give it with --not-rated '{label}' instead, and the ratings alone with --levels"),
        ));
    }
}

fn level(label: &str, at: usize, taken: &mut Vec<(String, String)>) -> Level {
    if check::is_id(label) {
        taken.push((label.to_owned(), label.to_owned()));
        return Level { id: label.to_owned(), label: label.replace('_', " "), description: None };
    }
    let made = new_id::from_words(label);
    let digits = label.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let made = match (made.is_empty(), digits.is_empty()) {
        (false, _) => made,
        // The label is a number or a range, such as 1, or 0–59 %.
        (true, false) => format!("level_{}", digits.join("_")),
        (true, true) => format!("level_{}", at + 1),
    };
    Level { id: own(made, label, taken), label: label.to_owned(), description: None }
}

fn choice(label: &str, at: usize, taken: &mut Vec<(String, String)>) -> Level {
    let made = new_id::from_words(&words::in_words(label));
    let made = if made.is_empty() { format!("not_rated_{}", at + 1) } else { made };
    let plain = if check::is_id(label) && label.contains('_') { label.replace('_', " ") } else { label.to_owned() };
    Level { id: own(made, label, taken), label: plain, description: None }
}

/// The id, or the id with a number where a level with another label has it: one level that is given twice is a finding.
fn own(made: String, label: &str, taken: &mut Vec<(String, String)>) -> String {
    let is_free = |id: &String| !taken.iter().any(|(other, known)| other == id && !known.eq_ignore_ascii_case(label));
    let numbered = (2..).map(|number| format!("{made}_{number}"));
    let id = std::iter::once(made.clone()).chain(numbered).find(is_free).unwrap_or(made);
    taken.push((id.clone(), label.to_owned()));
    id
}

/// The scale as it would be written, where it is neither the default nor another rubric's.
pub(super) fn written(options: &Options, scale: &Scale) -> Option<Field<syntax::scale::DefaultScale>> {
    if options.levels.is_empty() && options.not_rated.is_empty() {
        return None;
    }
    let nowhere = Span::default();
    let level = |level: &Level| {
        let level = syntax::scale::Level {
            id: field(nowhere, Word(level.id.clone())).into(),
            label: field(nowhere, Text(level.label.clone())).into(),
            description: level.description.clone().map(|text| field(nowhere, Text(text))),
        };
        field(nowhere, level)
    };
    let meets_at = scale.meets_at()?;
    // The label says what a choice means.
    let choice = |level: &Level| {
        let choice = syntax::scale::NotRated {
            id: field(nowhere, Word(level.id.clone())).into(),
            label: field(nowhere, Text(level.label.clone())).into(),
            description: level.description.clone().map(|text| field(nowhere, Text(text))),
            means: None,
            counts_as: None,
        };
        field(nowhere, choice)
    };
    let choices: Vec<_> = scale.not_rated().iter().map(choice).collect();
    let scale = syntax::scale::Scale {
        order: scale.is_highest_first().then(|| field(nowhere, LevelOrder::HighestFirst)),
        levels: field(nowhere, scale.printed().take(scale.rated().len()).map(level).collect()),
        meets_at: field(nowhere, Word(meets_at.id.clone())).into(),
        described: None,
        not_rated: (!choices.is_empty()).then(|| field(nowhere, choices)),
    };
    Some(field(nowhere, syntax::scale::DefaultScale(scale)))
}
