//! Writes findings and failures to standard error.

use std::io::{IsTerminal, Write};

use appraise::{Checked, Diagnostic, Diagnostics, Severity};
use serde::Serialize;

use super::Failure;
use super::arguments::MessageFormat;

/// Writes messages, as text or JSON.
#[derive(Clone, Copy)]
pub(super) struct Messages {
    format: MessageFormat,
}

impl Messages {
    pub(super) fn new(format: MessageFormat) -> Self {
        Self { format }
    }

    /// Whether people read them.
    pub(super) fn are_for_people(&self) -> bool {
        self.format == MessageFormat::Text
    }

    /// Shows the findings in a file.
    pub(super) fn findings(&self, diagnostics: &Diagnostics, kind: &str) {
        if diagnostics.is_empty() {
            return;
        }
        match self.format {
            MessageFormat::Text => {
                say(&diagnostics.draw(colours(&std::io::stderr())));
                say(&format!("{}: {}\n", diagnostics.file(), count([diagnostics])));
            }
            MessageFormat::Json => say(&files([(diagnostics.file(), kind, diagnostics, None)])),
        }
    }

    /// Shows the findings in a file, and returns the checked value; a failure where there is none.
    pub(super) fn usable<T>(&self, checked: Checked<T>, kind: &str) -> Result<T, Failure> {
        self.findings(&checked.diagnostics, kind);
        checked.value.ok_or(Failure::Findings)
    }

    /// The failure of a file that has these findings, which are shown.
    pub(super) fn faulty(&self, kind: &str) -> impl Fn(Diagnostics) -> Failure {
        move |diagnostics| {
            self.findings(&diagnostics, kind);
            Failure::Findings
        }
    }

    /// Says why the command failed.
    pub(super) fn error(&self, text: &str) {
        match self.format {
            MessageFormat::Text => say(&format!("error: {}\n", clean(text))),
            MessageFormat::Json => say(&json(&Failed { error: text })),
        }
    }

    /// Says something that is no failure, to people only.
    pub(super) fn note(&self, text: &str) {
        if self.are_for_people() {
            say(&format!("{}\n", clean(text)));
        }
    }

    /// Says something that is no failure, to programs only.
    pub(super) fn data(&self, value: &impl Serialize) {
        if self.format == MessageFormat::Json {
            say(&json(value));
        }
    }
}

/// The failure of a command, for programs.
#[derive(Serialize)]
struct Failed<'a> {
    error: &'a str,
}

/// Makes a foreign text or a file's name safe for a line at the terminal: replaces each character that a terminal would
/// obey, or that reorders its neighbors.
pub(super) fn clean(text: &str) -> String {
    let is_unfit = |character: char| {
        let breaks_lines = matches!(character, '\u{2028}' | '\u{2029}');
        let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        character.is_control() || breaks_lines || reorders
    };
    text.replace(is_unfit, "\u{fffd}")
}

/// Whether text for this stream may have colours.
pub(super) fn colours(stream: &(impl IsTerminal + anstream::stream::RawStream)) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

fn say(text: &str) {
    // When standard error is closed there is nobody left to tell.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// The findings in files, as `appraise schema diagnostics` describes them. A finding in a base because of a rubric that
/// extends it is listed with the base's file.
pub(super) fn files<'a>(
    checked: impl IntoIterator<Item = (&'a str, &'a str, &'a Diagnostics, Option<&'a str>)>,
) -> String {
    let mut files: Vec<CheckedFile<'_>> = Vec::new();
    for (file, kind, diagnostics, not_checked) in checked {
        let own = (file, [].as_slice());
        for (file, found) in std::iter::once(own).chain(diagnostics.by_file()) {
            match files.iter_mut().find(|known| (known.file, known.kind) == (file, kind)) {
                Some(known) => known.diagnostics.extend(found),
                None => files.push(CheckedFile { file, kind, not_checked, diagnostics: found.iter().collect() }),
            }
        }
    }
    json(&CheckedFiles { files })
}

/// Indented JSON, readable for people too.
pub(super) fn json(value: &impl Serialize) -> String {
    // Serialization cannot fail: every key is text, and every number one of JSON's.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{text}\n")
}

#[derive(Serialize)]
struct CheckedFiles<'a> {
    files: Vec<CheckedFile<'a>>,
}

#[derive(Serialize)]
struct CheckedFile<'a> {
    file: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<&'a str>,
    diagnostics: Vec<&'a Diagnostic>,
}

/// "1 error", "2 errors".
pub(super) fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// "2 errors, 1 warning".
pub(super) fn count<'a>(all: impl IntoIterator<Item = &'a Diagnostics>) -> String {
    let (mut errors, mut warnings) = (0, 0);
    for finding in all.into_iter().flatten() {
        match finding.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}
