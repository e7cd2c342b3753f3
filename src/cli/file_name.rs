//! Names of the files that the program names by itself: from the person a document is about, and its period.
//!
//! A name is made from its document alone, so the same document has the same name in every run. Documents with another
//! person, period, type, evaluator or rubric have another name, also on a file system that ignores case: where an
//! identifier is no valid part of a file name, eight digits of a hash of all identifiers are added.

use std::hash::{DefaultHasher, Hash, Hasher};

use appraise::{Evaluation, Status, Type};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The longest part of a name, in bytes. All parts together stay below the 255 that file systems take.
const LONGEST: usize = 44;

/// The longest name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// A name that is being put together, part by part.
#[derive(Debug, Clone)]
pub(super) struct FileName {
    text: String,
    /// Whether every identifier can be read from the text as it is.
    is_exact: bool,
    /// The hash of the identifiers.
    hash: Sha256,
}

impl FileName {
    /// Begins with an employee or organization: the identifier decides, the name is for people.
    pub(super) fn of(id: &str, name: &str) -> Self {
        let mut made = Self { text: String::new(), is_exact: true, hash: Sha256::new() };
        let id = made.identifier(id);
        made.push(&id);
        made.push(&safe(&composed(name)));
        made
    }

    /// Adds a period, of days as 2026-06-30.
    pub(super) fn period(mut self, from: &str, to: &str) -> Self {
        for day in [from, to] {
            self.tell(day);
            self.push(&safe(day));
        }
        self
    }

    /// Adds a word of the format, or the id of a part of a rubric: small letters, digits and `_`.
    pub(super) fn word(mut self, word: &str) -> Self {
        self.tell(word);
        self.is_exact &= word.len() <= LONGEST;
        self.push(begin(word));
        self
    }

    /// Adds identifiers of people after a label; their order tells nothing.
    pub(super) fn people<'a>(mut self, label: &str, ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut ids: Vec<&str> = ids.into_iter().collect();
        ids.sort_unstable();
        let ids: Vec<String> = ids.into_iter().map(|id| self.identifier(id)).collect();
        let text = ids.join("+");
        self.is_exact &= text.len() <= LONGEST;
        self.push(&format!("{label}-{}", begin(&text)));
        self
    }

    /// Adds parts that distinguish the document, but are not readable.
    pub(super) fn hidden(mut self, parts: &[String]) -> Self {
        for part in parts {
            self.tell(part);
            self.is_exact = false;
        }
        self
    }

    /// The name of the file, with this ending.
    pub(super) fn file(mut self, ending: &str) -> String {
        /// The hash with the `_` before it, the mark of a device and the point before the ending.
        const BESIDE: usize = 11;
        let most = LONGEST_NAME.saturating_sub(BESIDE).saturating_sub(ending.len());
        if self.text.len() > most {
            self.text = begin_of(&self.text, most).trim_end_matches(['-', '.', '_']).to_owned();
            self.is_exact = false;
        }
        if !self.is_exact {
            let hash: String = self.hash.clone().finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            self.push(&hash);
        }
        // A device of Windows stays one with any ending.
        let device = if is_device(&self.text) { "_" } else { "" };
        format!("{device}{}.{ending}", self.text)
    }

    /// An identifier as it can stand in a name. Capitals, digits, `-` and `.` can; a small letter would be the same as its
    /// capital on some disks.
    fn identifier(&mut self, id: &str) -> String {
        let id = composed(id);
        let text = safe(&id);
        let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-.".contains(c);
        self.is_exact &= text == id && !id.is_empty() && id.chars().all(fits);
        self.tell(&id);
        text
    }

    fn tell(&mut self, part: &str) {
        // With its length before it, no part can be taken for two.
        self.hash.update(part.len().to_be_bytes());
        self.hash.update(part);
    }

    fn push(&mut self, part: &str) {
        if !self.text.is_empty() && !part.is_empty() {
            self.text.push('_');
        }
        self.text.push_str(part);
    }
}

/// The name of a file about an evaluation.
pub(super) fn of_evaluation(evaluation: &Evaluation) -> FileName {
    let (whom, period) = (evaluation.whom(), evaluation.period());
    let mut name = FileName::of(whom.id(), whom.name()).period(&period.from(), &period.to());
    match evaluation.kind() {
        Type::Interim => name = name.word("interim"),
        Type::SelfEvaluation => name = name.word("self"),
        Type::Own(kind) => name = name.word(&kind.id),
        _ => {}
    }
    if evaluation.status() == Status::Draft {
        name = name.word("draft");
    }
    let evaluators = evaluation.evaluators().iter().map(|evaluator| evaluator.id.as_str());
    name.people("by", evaluators).word(evaluation.rubric().id()).hidden(evaluation.scope())
}

/// A key that is equal for two names that a file system may take for one.
pub(super) fn key(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    composed(name).to_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// Without blanks around it, and with each accent in its letter: both ways to write `é` look alike.
fn composed(text: &str) -> String {
    text.trim().nfc().collect()
}

/// A part of a name on any system, which leads nowhere else: letters, digits, `-` and `.` stay, `-` stands for others.
fn safe(text: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || c == '.' { c } else { '-' };
    let mut safe = String::new();
    for c in text.chars().map(fit) {
        if c != '-' || !safe.ends_with('-') {
            safe.push(c);
        }
    }
    // A point at the beginning hides a file, and one at the end is dropped by some systems.
    let trimmed = |text: &str| text.trim_matches(['-', '.']).to_owned();
    trimmed(begin(&trimmed(&safe)))
}

fn begin(text: &str) -> &str {
    begin_of(text, LONGEST)
}

/// As many whole characters as fit into so many bytes.
fn begin_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

/// Whether Windows takes a file of this name for a device.
fn is_device(name: &str) -> bool {
    let begin = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(begin.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|port| {
            begin.strip_prefix(port).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, name: &str) -> String {
        FileName::of(id, name).period("2025-08-25", "2026-06-12").people("by", ["E-7"]).word("r").file("html")
    }

    #[test]
    fn a_name_says_who_and_when() {
        assert_eq!(report("E-1042", "Jordan Rivera"), "E-1042_Jordan-Rivera_2025-08-25_2026-06-12_by-E-7_r.html");
        let two = |ids: [&'static str; 2]| FileName::of("E-1", "Ann").people("by", ids).word("self").file("md");
        assert_eq!(two(["E-8", "E-7"]), "E-1_Ann_by-E-7+E-8_self.md");
        assert_eq!(two(["E-7", "E-8"]), two(["E-8", "E-7"]));
    }

    #[test]
    fn a_name_is_safe_on_any_system() {
        for (id, name, begin) in [
            ("../../etc/passwd", "Añadir esto", "etc-passwd_Añadir-esto_"),
            ("..", "..", "2025"),
            (".hidden", " -rf", "hidden_rf_"),
            ("a/b\\c:d\0e\nf*?\"<>|", "\u{202e}x", "a-b-c-d-e-f_x_"),
            ("-rf", "E. ", "rf_E_"),
            ("CON", "x", "CON_x_"),
        ] {
            let name = report(id, name);
            assert!(name.starts_with(begin), "{name}");
            assert!(name.chars().all(|c| c.is_alphanumeric() || "-_.+".contains(c)), "{name}");
        }
        for (id, name) in
            [("CON", "_CON.html"), ("NUL.1", "_NUL.1.html"), ("COM1", "_COM1.html"), ("COM10", "COM10.html")]
        {
            assert_eq!(FileName::of(id, "").file("html"), name);
        }
    }

    #[test]
    fn a_name_fits_every_disk_however_long_its_parts_are() {
        let long = "é".repeat(500);
        let evaluators: Vec<String> = (0..50).map(|number| format!("{long}{number}")).collect();
        let name = FileName::of(&long, &long)
            .period("2025-08-25", "2026-06-12")
            .word(&"k".repeat(500))
            .word("draft")
            .people("by", evaluators.iter().map(String::as_str))
            .word(&"r".repeat(500))
            .file("html");
        // Each letter is two bytes here, and could be three after the disk has taken it apart.
        assert!(name.len() <= 255, "{} {name}", name.len());
        // Characters that were cut off still tell two documents apart.
        let of = |rubric: &str| {
            let name =
                FileName::of(&long, &long).period("2025-08-25", "2026-06-12").word(&"k".repeat(500)).word("draft");
            name.people("by", evaluators.iter().map(String::as_str)).word(rubric).file("html")
        };
        assert_ne!(of("one"), of("two"));
        assert!(of("one").len() <= 255);
    }

    #[test]
    fn two_people_have_two_names_however_alike_their_identifiers_are() {
        let ids = [
            "E-1", "e-1", "E_1", "E 1", "E/1", "E-1.", "E--1", "-E-1", "E-1_Ann", "É-1", "é-1", "E-1/", "e_1", "ß",
            "SS",
        ];
        let long: Vec<String> = ["A", "B"].iter().map(|end| format!("{}{end}", "X".repeat(300))).collect();
        let ids: Vec<&str> = ids.into_iter().chain(long.iter().map(String::as_str)).collect();
        for (number, one) in ids.iter().enumerate() {
            for other in ids.iter().skip(number + 1) {
                let (one, other) = (report(one, "Ann"), report(other, "Ann"));
                assert_ne!(key(&one), key(&other), "{one} {other}");
            }
            let by = |id: &str| key(&FileName::of("E-1", "Ann").people("by", [id]).file("html"));
            assert!(ids.iter().skip(number + 1).all(|other| by(one) != by(other)), "{one}");
        }
    }

    #[test]
    fn one_person_has_one_name_however_the_accents_are_written() {
        assert_eq!(report("R\u{e9}-9", "Jos\u{e9}"), report(" Re\u{301}-9", "Jose\u{301} "));
        assert_eq!(key("JOSE\u{301}.html"), key("jos\u{e9}.html"));
    }
}
