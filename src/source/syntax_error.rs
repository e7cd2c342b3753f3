//! Explains a syntax error of YAML to a reader who has written no other YAML.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Severity};

use super::findings::Finding;
use super::limits::too_deep;
use super::quote::shorten;
use super::span::Span;
use super::tree::narrow;

/// The one finding that a text which is not YAML has.
pub(super) fn finding(text: &str, error: &ScanError) -> Finding {
    let stop = Stop::at(text, error.marker().byte_offset().unwrap_or(text.len()));
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(stop.character(stop.at));
    }
    let Trouble { at, what, help } = stop.explain(error.kind());
    let is_json = super::looks_like_json(text);
    Finding::new(
        Severity::Error,
        Code::NotYaml,
        stop.character(at),
        format!("this is {}: {what}", if is_json { "neither YAML nor JSON" } else { "not YAML" }),
        format!("{help}; nothing after this was read"),
    )
}

/// A fault, at a byte of the text.
struct Trouble {
    at: usize,
    what: String,
    help: String,
}

/// Where the parser stopped.
struct Stop<'t> {
    text: &'t str,
    at: usize,
    /// Where the line begins.
    begins: usize,
    /// The text before it on its line.
    before: &'t str,
    /// The text after it on its line.
    rest: &'t str,
}

impl<'t> Stop<'t> {
    fn at(text: &'t str, offset: usize) -> Self {
        let (head, tail) = text.split_at_checked(offset).unwrap_or((text, ""));
        let before = head.rsplit(['\n', '\r']).next().unwrap_or_default();
        let rest = tail.split(['\n', '\r']).next().unwrap_or_default();
        Self { text, at: head.len(), begins: head.len() - before.len(), before, rest }
    }

    /// The character at a byte.
    fn character(&self, at: usize) -> Span {
        let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span { start: narrow(at), end: narrow(at + width), ..Span::default() }
    }

    fn explain(&self, kind: &ErrorKind) -> Trouble {
        use ErrorKind as E;
        match kind {
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabInPlainScalar
            | E::TabAtBlockScalarStart => {
                let from_line = self.text.get(self.begins..).and_then(|line| line.find('\t'));
                let at = from_line.map_or(self.at, |offset| self.begins + offset);
                self.trouble("a tab stands here", "indent with spaces, not with the tab key").moved(at)
            }
            E::UnclosedQuotedScalar => self.unclosed_quote(self.at),
            E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
                self.unclosed_quote(self.opening_quote().unwrap_or(self.at))
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.trouble(
                "a backslash in double quotes begins a special character, and none has this name",
                "put the text in single quotes, or write each backslash twice",
            ),
            E::InvalidTrailingSingleQuotedScalar if self.is_within_word() => self.trouble(
                "an apostrophe ends a text in single quotes",
                "put the text in double quotes, or write the apostrophe twice",
            ),
            E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
                if super::looks_like_json(self.text) {
                    self.no_separator()
                } else {
                    self.trouble(
                        "something stands after the closing quote",
                        "put the whole text in quotes, of the kind that it does not hold itself",
                    )
                }
            }
            E::UnknownAnchor => self.unknown_anchor(),
            E::UnexpectedCharacter { character } if character.is_control() => self.invisible(*character),
            E::BomInsideDocument => self.invisible('\u{feff}'),
            E::UnexpectedCharacter { .. }
            | E::MissingAnchorOrAliasName
            | E::UnexpectedEofBlockMapping
            | E::MappingKeyNotAllowed
            | E::PlainScalarStartsWithDashFlowIndicator
            | E::InvalidBlockScalarHeader
            | E::ZeroBlockScalarIndent => self.wrong_beginning(),
            E::MisplacedFlowCollectionEnd => self.trouble(
                "this bracket closes nothing that is open",
                "remove it, or put the text in quotes if it belongs to one",
            ),
            E::MismatchedFlowCollectionEnd { open, close } => self.trouble(
                format!("this `{open}` is closed by a `{close}`"),
                "close `{` by `}` and `[` by `]`, and first what was opened last",
            ),
            E::UnclosedFlowCollection { open } => {
                let close = if *open == '[' { ']' } else { '}' };
                let cut = self.rest.find(" #").map(|offset| self.cut_bracket(self.at + offset + 1));
                cut.unwrap_or_else(|| {
                    self.trouble(
                        format!("this `{open}` is not closed"),
                        format!("close it by `{close}`, or put the text in quotes if it belongs to one"),
                    )
                })
            }
            E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator | E::InvalidColonPlacement => {
                self.within_brackets()
            }
            E::MappingValueNotAllowed => self.second_colon(),
            E::SimpleKeyExpected => self.no_colon(),
            E::ExpectedBlockMappingKey if self.before.contains("{{") => self.placeholder(),
            E::ExpectedBlockMappingKey if self.before.trim_end().ends_with([']', '}']) => self.trouble(
                "something stands after the closing bracket",
                "put the whole text in quotes if the brackets belong to it",
            ),
            E::BlockSequenceEntryNotAllowed => self.trouble(
                "a list cannot begin on the line of its key",
                "begin it on the next line, or put the text in quotes if it begins with `- `",
            ),
            E::CommentInterceptedScalar => self.trouble(
                "a comment stands within a text that goes on after it",
                "put the text in quotes, or remove the comment",
            ),
            E::ExpectedDocumentStart if super::looks_like_json(self.text) => {
                self.trouble("something stands after the end of the document", "remove it, or a `}` too many before it")
            }
            E::ExpectedBlockMappingKey
            | E::ExpectedBlockSequenceEntry
            | E::ExpectedDocumentStart
            | E::InvalidIndentation
            | E::InvalidFlowScalarIndent
            | E::InvalidBlockScalarIndent => self.trouble(
                "this line is not indented like the lines that it belongs to",
                "indent it exactly like the keys or the `- ` that it stands beside; a text of several lines goes in quotes",
            ),
            _ => self.trouble(
                "it cannot be understood from here on",
                "look at the indentation, quotes and brackets here and on the line before",
            ),
        }
    }

    fn trouble(&self, what: impl Into<String>, help: impl Into<String>) -> Trouble {
        Trouble { at: self.at, what: what.into(), help: help.into() }
    }

    fn unclosed_quote(&self, at: usize) -> Trouble {
        let help = if super::looks_like_json(self.text) {
            "put the same quote at the end of the text"
        } else {
            "put the same quote at the end of the text; if it has several lines, indent them more than its key"
        };
        self.trouble("a quote is opened here and not closed", help).moved(at)
    }

    /// The last quote before here that can open a text, for it does not end a word.
    fn opening_quote(&self) -> Option<usize> {
        let head = self.text.get(..self.at)?;
        let mut quotes = head.rmatch_indices(['"', '\'']).map(|(at, _)| at);
        let opens = |at: &usize| head.get(..*at).is_some_and(|before| before.ends_with([' ', '\t', '[', '{', '\n']));
        quotes.find(opens)
    }

    /// A letter stands here, right behind the quote: it was an apostrophe.
    fn is_within_word(&self) -> bool {
        self.before.ends_with('\'') && self.rest.starts_with(char::is_alphanumeric)
    }

    fn invisible(&self, character: char) -> Trouble {
        self.trouble(
            format!("a character that cannot be seen stands here, U+{:04X}", u32::from(character)),
            "remove it; if there are many, this is no text file: save it as plain text",
        )
        .moved(self.at + self.rest.find(character).unwrap_or_default())
    }

    fn unknown_anchor(&self) -> Trouble {
        let ends = |c: char| c.is_whitespace() || matches!(c, '*' | ',' | '[' | ']' | '{' | '}');
        let name = self.rest.trim_start_matches('*').split(ends).next().unwrap_or_default();
        self.trouble(
            format!("an unquoted `*` repeats what is marked `&{}`, and nothing above is", shorten(name)),
            "put the text in quotes if the `*` belongs to it",
        )
    }

    fn wrong_beginning(&self) -> Trouble {
        let what = match self.rest.chars().next() {
            Some('`') => "a text cannot begin with a backquote unless it is quoted".to_owned(),
            Some(first) => format!("a text cannot begin with `{first}` unless it is quoted"),
            None => "a text is missing here".to_owned(),
        };
        self.trouble(what, "put the whole text in quotes")
    }

    fn placeholder(&self) -> Trouble {
        let at = self.before.find("{{").map_or(self.at, |offset| self.begins + offset);
        self.trouble("a text cannot begin with `{{` unless it is quoted", "put the whole text in quotes").moved(at)
    }

    /// A ` #` that begins a comment before the bracket is closed.
    fn cut_bracket(&self, at: usize) -> Trouble {
        let what = "` #` begins a comment, and the closing bracket is part of it";
        self.trouble(what, "put the text that holds the ` #` in quotes").moved(at)
    }

    /// Text within brackets continues after its end.
    fn within_brackets(&self) -> Trouble {
        let begins_line = self.before.trim().is_empty() || self.rest.starts_with(':');
        let line_before = self.text.get(..self.begins).unwrap_or_default().trim_end().rsplit(['\n', '\r']).next();
        let cut = line_before.filter(|_| begins_line).and_then(|line| {
            let brackets = line.find(['{', '['])?;
            let hash = line.rfind(" #").filter(|hash| *hash > brackets)?;
            let end = self.text.get(..self.begins)?.trim_end().len();
            Some(self.cut_bracket(end - line.len() + hash + 1))
        });
        match cut {
            Some(cut) => cut,
            None if self.before.contains("{{") => self.placeholder(),
            None if self.rest.starts_with(": ") && self.before.contains(['{', '[']) => self.colon_in_text(),
            // The key of a `:` is what should not be there.
            None if self.rest.starts_with(':') => {
                let indent = self.before.len() - self.before.trim_start().len();
                self.no_separator().moved(self.begins + indent)
            }
            None => self.no_separator(),
        }
    }

    fn no_separator(&self) -> Trouble {
        self.trouble(
            "a `,` or a `:`, a quote or a closing bracket is missing before this",
            "put a `,` between entries, a `:` between key and value, and close what was opened before",
        )
    }

    fn colon_in_text(&self) -> Trouble {
        self.trouble("a text that holds `: ` must be quoted", "put the whole text in quotes")
    }

    /// A `:` where a text is being read.
    fn second_colon(&self) -> Trouble {
        if self.before.contains(": ") {
            return self.colon_in_text();
        }
        self.trouble(
            "this line is read as part of the one above, and so it cannot have a `:`",
            "indent it exactly like the keys beside it, and end the key above with a `:`; a text of several lines goes in quotes",
        )
    }

    /// A line without a `:` where a key is wanted.
    fn no_colon(&self) -> Trouble {
        match self.rest.split_once(':') {
            Some(_) => self.trouble("a space is missing after the `:`", "write the key, a `:`, a space and the value"),
            None => self.trouble(
                "this line has no `:` after its key",
                "write the key, a `:`, a space and the value; a text of several lines goes in quotes",
            ),
        }
    }
}

impl Trouble {
    /// The trouble at another place, such as the one where it began.
    fn moved(self, at: usize) -> Self {
        Self { at, ..self }
    }
}
