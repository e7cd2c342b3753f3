//! The next step that a finding names, with the facts in it: the word that was meant, the text that mends the fault.

use crate::diagnostic::Edit;

use super::quote;
use super::scalar;
use super::span::Span;

/// The most bytes of a text that a finding proposes. A document's thousands of findings may all name the same text, and a
/// longer one is no id that somebody mistyped.
const LONGEST: usize = 1_000;

/// The next step after a fault, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Help {
    pub(super) text: String,
    /// The known word that was probably meant.
    pub(super) candidate: Option<String>,
    replacement: Option<Replacement>,
}

/// A text that mends the fault in the place of the one at the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Replacement {
    old: String,
    new: String,
    /// Whether the new text takes the place of the quotes too.
    with_quotes: bool,
    is_safe: bool,
}

impl From<String> for Help {
    fn from(text: String) -> Self {
        Self { text: quote::message(text), candidate: None, replacement: None }
    }
}

impl From<&str> for Help {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Help {
    /// "did you mean `plans`?", where `written` stands.
    pub(crate) fn did_you_mean(written: &str, meant: &str) -> Self {
        Self::from(format!("did you mean `{meant}`?")).writing(written, meant).naming(meant)
    }

    /// Names the known word that belongs in the place, as a fact beside the text.
    pub(crate) fn naming(self, meant: &str) -> Self {
        Self { candidate: (meant.len() <= LONGEST).then(|| meant.to_owned()), ..self }
    }

    /// Names the version that was probably meant.
    pub(crate) fn version(suggested: &str) -> Self {
        Self::from(format!("write {suggested}: three numbers with points between them"))
    }

    /// Names the text in quotes, without which it is read as something else.
    pub(super) fn quoting(text: &str) -> Self {
        let help = Self::from(format!("quote it: \"{}\"", quote::shorten(text)));
        help.writing_whole(text, &format!("\"{text}\"")).safely()
    }

    /// Adds words behind the help.
    #[cfg(feature = "table")]
    pub(crate) fn adding(mut self, more: &str) -> Self {
        self.text.push_str(more);
        self
    }

    /// Names the text that mends the fault in the place of `old`, within its quotes if it has some. A guess.
    pub(crate) fn writing(self, old: &str, new: &str) -> Self {
        self.replacing(old, new, false)
    }

    /// As [`Help::writing`]; the new text, which has the quotes it needs, takes the place of the old one's too.
    pub(crate) fn writing_whole(self, old: &str, new: &str) -> Self {
        self.replacing(old, new, true)
    }

    fn replacing(mut self, old: &str, new: &str, with_quotes: bool) -> Self {
        self.replacement = (old.len().max(new.len()) <= LONGEST).then(|| {
            let (old, new) = (old.to_owned(), new.to_owned());
            Replacement { old, new, with_quotes, is_safe: false }
        });
        self
    }

    /// Says that the text can mean nothing else, so that a program may write it unasked.
    pub(crate) fn safely(mut self) -> Self {
        self.replacement.iter_mut().for_each(|replacement| replacement.is_safe = true);
        self
    }

    /// The change of the document's text, where the old text stands at the place as it was read and the new one can stand
    /// there without other quotes.
    pub(super) fn edit(&self, at: Span, text: &str) -> Option<Edit> {
        let Replacement { old, new, with_quotes, is_safe } = self.replacement.as_ref()?;
        let (start, end) = (at.start as usize, at.end as usize);
        let written = text.get(start..end)?;
        let within = ['"', '\''].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote));
        if within.unwrap_or(written) != old {
            return None;
        }
        let (start, end) = match within {
            Some(_) if !with_quotes => (start.checked_add(1)?, end.checked_sub(1)?),
            _ => (start, end),
        };
        let fits = *with_quotes || if within.is_some() { !new.contains(NOT_QUOTED) } else { is_plain(new) };
        fits.then(|| Edit { start, end, text: new.clone(), safe: *is_safe })
    }
}

/// Characters that may need an escape within quotes.
const NOT_QUOTED: [char; 4] = ['"', '\'', '\\', '\n'];

/// Whether a text can stand without quotes wherever another one does.
fn is_plain(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "_-./ ’".contains(c);
    text.chars().all(fits) && text.starts_with(char::is_alphanumeric) && !text.ends_with(' ') && scalar::is_text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(help: &Help, written: &str) -> Option<String> {
        let at = Span { document: 0, start: 3, end: 3 + u32::try_from(written.len()).unwrap() };
        let text = format!("a: {written}");
        let edit = help.edit(at, &text)?;
        let mut mended = text;
        mended.replace_range(edit.start..edit.end, &edit.text);
        Some(mended)
    }

    #[test]
    fn a_replacement_keeps_the_quotes_and_stays_within_what_can_be_written_there() {
        let help = Help::did_you_mean("plan", "plans");
        assert_eq!(edited(&help, "plan").as_deref(), Some("a: plans"));
        assert_eq!(edited(&help, "\"plan\"").as_deref(), Some("a: \"plans\""));
        assert_eq!(edited(&help, "'plan'").as_deref(), Some("a: 'plans'"));
        // The text at the place differs from the text that was read.
        assert_eq!(edited(&help, "\"pl\\u0061n\""), None);
        let odd = Help::did_you_mean("plan", "yes: [no]");
        assert_eq!(edited(&odd, "plan"), None);
        assert_eq!(edited(&odd, "\"plan\"").as_deref(), Some("a: \"yes: [no]\""));
        assert_eq!(edited(&Help::did_you_mean("plan", "1.0"), "plan"), None, "a number would be no text");
        let long = Help::did_you_mean("plan", &"plans".repeat(LONGEST));
        assert_eq!((edited(&long, "plan"), long.candidate), (None, None));
        let quoted = Help::from("quote it").writing_whole("1042", "\"1042\"");
        assert_eq!(edited(&quoted, "1042").as_deref(), Some("a: \"1042\""));
    }
}
