//! Writes findings as GitHub workflow commands, which GitHub shows beside the lines of a pull request.

use appraise::{Diagnostic, Diagnostics, Severity};

use super::files::STANDARD_INPUT;

pub(super) fn commands<'a>(all: impl Iterator<Item = &'a Diagnostics>) -> String {
    all.flatten().map(command).collect()
}

fn command(finding: &Diagnostic) -> String {
    let Diagnostic { code, severity, message, help, file, start, end, .. } = finding;
    let kind = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let message = data(&format!("{message}; {help}"));
    if file == STANDARD_INPUT {
        // No file of the repository has this place, so it is said in words.
        return format!("::{kind} title={code}::{}:{}:{}: {message}\n", data(file), start.line, start.column);
    }
    let file = property(&path(file));
    let place = if start.line == end.line {
        // GitHub does not document whether `endColumn` is the last column or the one after it (github/docs#40038). What is
        // known of it speaks for the one after, as ours is; and the last column of an empty place would stand before the
        // first, for which GitHub drops both.
        format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        // Of a place on several lines GitHub takes no columns.
        format!("line={},endLine={}", start.line, end.line)
    };
    format!("::{kind} file={file},{place},title={code}::{message}\n")
}

/// The file's path for GitHub, which itself finds the repository's part of an absolute path.
fn path(file: &str) -> String {
    let path = if cfg!(windows) { file.replace('\\', "/") } else { file.to_owned() };
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

/// The escapes of a message. The sign of an escape comes first, so that no other is escaped twice.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property, which ends at a comma, and all of them at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_githubs_commands_are_escaped() {
        assert_eq!(data("100 %: a, b\r\n::error::%0A"), "100 %25: a, b%0D%0A::error::%250A");
        assert_eq!(property("100 %: a, b\r\n%2C"), "100 %25%3A a%2C b%0D%0A%252C");
    }

    #[test]
    fn a_path_is_that_of_the_repository() {
        assert_eq!(path("./a/b.yaml"), "a/b.yaml");
        assert_eq!(path("../a.yaml"), "../a.yaml");
        #[cfg(unix)]
        assert_eq!(path("a\\b.yaml"), "a\\b.yaml");
    }
}
