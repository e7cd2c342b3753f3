//! Writes findings as SARIF 2.1.0, for code scanning and editors.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use appraise::{Code, Diagnostic, Diagnostics, Position, Severity};
use serde::Serialize;

use super::messages;

/// The findings of all files as one run. `not_checked` says which were not, and why: without it they would pass for sound.
pub(super) fn log<'a>(all: impl Iterator<Item = &'a Diagnostics> + Clone, not_checked: Vec<String>) -> String {
    // In the order of the guide of codes, so that the same codes make the same list whatever file they come from.
    let codes: BTreeSet<Code> = all.clone().flatten().map(|finding| finding.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let here = std::env::current_dir().ok();
    let results = all.flatten().map(|finding| result(finding, &codes, here.as_deref())).collect();
    let rules = codes.iter().map(|code| rule(*code)).collect();
    let notify = |text: String| Notification { level: Severity::Error, message: Message::new(&text) };
    let notifications: Vec<_> = not_checked.into_iter().map(notify).collect();
    let invocation = Invocation { execution_successful: true, tool_execution_notifications: notifications };
    let invocations = Some(invocation).filter(|invocation| !invocation.tool_execution_notifications.is_empty());
    let invocations = invocations.into_iter().collect();
    let driver = Driver { name: "appraise", version: env!("CARGO_PKG_VERSION"), rules };
    messages::json(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results, invocations }],
    })
}

fn rule(code: Code) -> Rule {
    Rule { id: code, short_description: Message::new(code.description()) }
}

fn result(finding: &Diagnostic, codes: &[Code], here: Option<&Path>) -> Finding {
    let Diagnostic { code, severity, message, help, file, path, start, end, .. } = finding;
    let artifact_location = ArtifactLocation { uri: uri(file, here) };
    let physical_location = PhysicalLocation { artifact_location, region: Region::new(*start, *end) };
    let logical_locations = Some(path).filter(|path| !path.is_empty());
    Finding {
        rule_id: *code,
        // The codes are sorted, and every finding's is among them.
        rule_index: codes.partition_point(|other| other < code),
        level: *severity,
        message: Message::new(&format!("{message}; {help}")),
        locations: [Location {
            physical_location,
            logical_locations: logical_locations
                .map(|path| LogicalLocation { fully_qualified_name: path.clone() })
                .into_iter()
                .collect(),
        }],
    }
}

/// A file's name as a reference that can stand in a URI, relative to the working folder if it lies in it. Standard input
/// keeps the name that it has in the other formats: it is no file of the repository under any name.
fn uri(file: &str, here: Option<&Path>) -> String {
    let path = Path::new(file);
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let segments: Vec<String> = path
        .components()
        .filter(|component| !matches!(component, Component::CurDir | Component::RootDir))
        .map(|component| percent_encoded(&component.as_os_str().to_string_lossy()))
        .collect();
    let joined = segments.join("/");
    match (path.is_absolute(), joined.is_empty()) {
        (true, _) => format!("file:///{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// Encodes all but the unreserved characters of RFC 3986: a colon in the first segment would make its beginning a scheme.
fn percent_encoded(segment: &str) -> String {
    let mut encoded = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invocations: Vec<Invocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: Severity,
    message: Message,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: Code,
    short_description: Message,
}

/// SARIF's "result".
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: Code,
    rule_index: usize,
    /// SARIF has the same words for it.
    level: Severity,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// Braces are doubled, since single ones enclose the number of an argument (section 3.11.5).
    fn new(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}") }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Counts from 1, and ends before its end, as ours does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl Region {
    fn new(start: Position, end: Position) -> Self {
        Self { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_relative_where_it_can_be_and_has_no_character_that_means_something() {
        let here = std::env::current_dir().unwrap_or_default();
        let relative = |file: &str| uri(file, Some(&here));
        assert_eq!(relative("a/b.yaml"), "a/b.yaml");
        assert_eq!(relative("./a//./b.yaml"), "a/b.yaml");
        assert_eq!(relative("../b.yaml"), "../b.yaml");
        assert_eq!(relative("."), ".");
        assert_eq!(relative("c:d?#%.yaml"), "c%3Ad%3F%23%25.yaml");
        assert_eq!(relative("Añadir esto.yaml"), "A%C3%B1adir%20esto.yaml");
        assert_eq!(relative("<stdin>"), "%3Cstdin%3E");
        assert_eq!(relative(&here.join("a/b.yaml").display().to_string()), "a/b.yaml");
        #[cfg(unix)]
        assert_eq!(relative("/no where/b.yaml"), "file:///no%20where/b.yaml");
    }
}
