//! The scale that a table is written for.

use crate::check;
use crate::diagnostic::{Code, Diagnostics};
use crate::rubric::{Level, Rubric, Scale};
use crate::source::{Field, Findings, Read, Span, Text, Word};
use crate::syntax;

use super::Options;
use super::import::{field, whole};
use super::name;

/// The scale: the levels that are given, else that of the other rubric, else the default one.
///
/// # Errors
///
/// One finding about the options.
pub(super) fn scale(options: &Options) -> Result<Scale, Diagnostics> {
    if options.levels.is_empty() {
        return Ok(options.from.as_ref().map_or_else(Scale::default, |rubric| Rubric::scale(rubric).clone()));
    }
    let levels: Vec<Level> = options.levels.iter().map(|label| level(label.trim())).collect();
    let written = options.meets_at.as_deref().unwrap_or_default().trim();
    let is_meant = |level: &Level| level.id == written || level.label.to_lowercase() == written.to_lowercase();
    match levels.iter().position(is_meant) {
        Some(meets_at) => Ok(Scale::new(levels, Vec::new(), meets_at)),
        None => {
            let findings = Findings::default();
            let labels = levels.iter().map(|level| level.label.as_str());
            let message = format!("`{written}` is none of the levels");
            let help = findings.did_you_mean(written, labels.clone(), || {
                format!("name the first that meets expectations: {}", labels.clone().collect::<Vec<_>>().join(", "))
            });
            findings.error(Code::UnknownLevel, whole(written), message, help);
            Err(findings.resolve(&Read { name: "--meets-at", text: written, tree: None }, &[]))
        }
    }
}

fn level(label: &str) -> Level {
    let made = if check::is_id(label) { label.to_owned() } else { name::from_words(label) };
    let label = if check::is_id(label) { label.replace('_', " ") } else { label.to_owned() };
    Level { id: made, label, description: None }
}

/// The scale as it would be written, where it is neither the default nor another rubric's.
pub(super) fn written(options: &Options, scale: &Scale) -> Option<Field<syntax::rubric::Scale>> {
    let nowhere = Span::default();
    let level = |level: &Level| syntax::rubric::Level {
        id: field(nowhere, Word(level.id.clone())),
        label: field(nowhere, Text(level.label.clone())),
        description: None,
    };
    let meets_at = scale.meets_at().filter(|_| !options.levels.is_empty())?;
    let scale = syntax::rubric::Scale {
        levels: field(nowhere, scale.rated().iter().map(|known| field(nowhere, level(known))).collect()),
        meets_at: field(nowhere, Word(meets_at.id.clone())),
        not_rated: None,
    };
    Some(field(nowhere, scale))
}
