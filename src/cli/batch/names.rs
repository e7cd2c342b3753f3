//! What the reports of a batch are called: for what they are made of, and no two the same.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use appraise::batch::Document;
use serde::Deserialize;

use super::super::many::Input;

/// The longest name, in bytes, before a number and the ending.
const LONGEST: usize = 120;

/// Gives names, each once. Of those it has given it keeps eight bytes each.
pub(super) struct Names {
    ending: &'static str,
    given: HashSet<u64>,
}

impl Names {
    pub(super) fn new(ending: &'static str) -> Self {
        Self { ending, given: HashSet::new() }
    }

    /// The name of an input's report.
    pub(super) fn name(&mut self, input: &Input) -> String {
        match input {
            Input::File(path) => self.give(&stem(path)),
            Input::Line(document) => self.give(&of_line(document)),
            // It has no report, and takes no name from one.
            Input::Unreadable(_) => String::new(),
        }
    }

    fn give(&mut self, wanted: &str) -> String {
        let safe = safe(wanted);
        let numbered = |number: u64| if number == 1 { safe.clone() } else { format!("{safe}-{number}") };
        let mut number = 1;
        while !self.given.insert(key(&numbered(number))) {
            number += 1;
        }
        format!("{}.{}", numbered(number), self.ending)
    }
}

/// The same for a name in every run; some file systems do not tell capitals apart.
pub(super) fn key(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whom a line is about and when, as far as that can be read.
#[derive(Deserialize)]
struct Subject {
    employee: Option<Whom>,
    organization: Option<Whom>,
    period: Period,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Whom {
    id: String,
}

#[derive(Deserialize)]
struct Period {
    from: String,
    to: String,
}

fn of_line(document: &Document) -> String {
    let subject = serde_json::from_slice::<Subject>(&document.bytes).ok();
    let name = subject.and_then(|subject| {
        let whom = subject.employee.or(subject.organization)?;
        let kind = subject.kind.filter(|kind| kind != "formal").map(|kind| format!("_{kind}")).unwrap_or_default();
        Some(format!("{}_{}_{}{kind}", whom.id, subject.period.from, subject.period.to))
    });
    name.unwrap_or_else(|| format!("{}_line_{}", stem(Path::new(&document.name)), document.line))
}

/// A text as a file's name on any system, that leads nowhere else: letters, digits and `-_.` stay, `_` stands for others.
fn safe(text: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let mut name: String = text.chars().map(fit).collect();
    let end = (0..=LONGEST.min(name.len())).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    name.truncate(end);
    // A point at the beginning hides a file, and one at the end is dropped by some systems.
    let name = name.trim_matches('.');
    let begin = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let is_device = matches!(begin.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|port| {
            begin.strip_prefix(port).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
        });
    match name {
        "" => "evaluation".to_owned(),
        name if is_device || name.starts_with('-') => format!("_{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_on_any_system() {
        for (text, name) in [
            ("rivera_final", "rivera_final"),
            ("Añadir esto", "Añadir_esto"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "evaluation"),
            ("", "evaluation"),
            (".hidden", "hidden"),
            ("a/b\\c:d\0e\nf", "a_b_c_d_e_f"),
            ("CON", "_CON"),
            ("com1.2026", "_com1.2026"),
            ("-rf", "_-rf"),
            ("E-1042. ", "E-1042._"),
        ] {
            assert_eq!(safe(text), name, "{text}");
        }
        assert_eq!(safe(&"é".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn a_line_is_named_for_whom_it_is_about_and_when() {
        let name = |line: &str| of_line(&Document::new("in/all.ndjson", line).at_line(7));
        let period = r#""period": { "from": "2025-08-25", "to": "2026-06-12" }"#;
        assert_eq!(name(&format!(r#"{{ "employee": {{ "id": "E-1" }}, {period} }}"#)), "E-1_2025-08-25_2026-06-12");
        let interim = format!(r#"{{ "type": "interim", "organization": {{ "id": "S" }}, {period} }}"#);
        assert_eq!(name(&interim), "S_2025-08-25_2026-06-12_interim");
        for line in ["{}", "hello", r#"{ "employee": 3 }"#] {
            assert_eq!(name(line), "all_line_7", "{line}");
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::new("html");
        let given: Vec<String> = ["a", "A", "a", "b", "a-2"].iter().map(|wanted| names.give(wanted)).collect();
        assert_eq!(given, ["a.html", "A-2.html", "a-3.html", "b.html", "a-2-2.html"]);
    }
}
