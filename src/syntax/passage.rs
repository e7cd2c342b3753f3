//! A text that may be a list of bullets.
//!
//! A passage has one plain form, in which each bullet is a line that begins with `• `, for fingerprints, the cells of a
//! table, and plain text.

use crate::source::{Field, OneOrList, Span, Text, is_blank};

/// A text, or a list of bullets, each a text of its own.
pub(crate) type Passage = OneOrList<Text>;

/// The beginning of a bullet in the plain form.
const BULLET: &str = "• ";

/// The marks that begin a bullet with nothing behind them. A hyphen, an asterisk and a dash want white space.
const DOTS: [char; 6] = ['•', '‣', '◦', '▪', '●', '·'];

impl Field<Passage> {
    /// The text, or each bullet, with its place. One that could not be read is left out.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Span, &str)> {
        let (one, list) = match self.get() {
            Some(OneOrList::One(text)) => (Some((self.span, text.0.as_str())), None),
            Some(OneOrList::List(list)) => (None, Some(list)),
            None => (None, None),
        };
        let bullets = list.into_iter().flatten().filter_map(|bullet| Some((bullet.span, bullet.text()?)));
        one.into_iter().chain(bullets)
    }

    /// The plain form of a list; a text as it was written.
    pub(crate) fn written(&self) -> Option<String> {
        match self.get()? {
            OneOrList::One(text) => Some(text.0.clone()),
            OneOrList::List(_) => Some(joined(self.texts().map(|(_, text)| text))),
        }
    }

    /// The plain form. Of a text it is the text itself, unless each line begins with the mark of a bullet.
    pub(crate) fn plain(&self) -> Option<String> {
        let written = self.written()?;
        Some(bullets(&written).map(|bullets| joined(bullets.iter().map(String::as_str))).unwrap_or(written))
    }
}

/// The plain form of bullets: a line each, the further lines of one indented. Blank lines are left out.
pub(crate) fn joined<'t>(bullets: impl IntoIterator<Item = &'t str>) -> String {
    let bullet = |bullet: &str| {
        let lines = bullet.lines().map(str::trim).filter(|line| !line.is_empty());
        format!("{BULLET}{}", lines.collect::<Vec<_>>().join("\n  "))
    };
    bullets.into_iter().map(bullet).collect::<Vec<_>>().join("\n")
}

/// The bullets of a text in which each line begins with the mark of a bullet, or is indented and goes on with the bullet
/// before; `None` for any other text.
pub(crate) fn bullets(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let (indent, _) = first.split_at(first.len().checked_sub(first.trim_start().len())?);
    let mut bullets = vec![marked(first.trim_start())?.to_owned()];
    for line in lines {
        let line = line.strip_prefix(indent).unwrap_or(line);
        match (marked(line), bullets.last_mut()) {
            (Some(bullet), _) => bullets.push(bullet.to_owned()),
            (None, Some(before)) if line.starts_with(char::is_whitespace) => {
                before.push('\n');
                before.push_str(line.trim_start());
            }
            _ => return None,
        }
    }
    Some(bullets)
}

/// The text behind the mark of a bullet.
fn marked(line: &str) -> Option<&str> {
    let rest = match line.strip_prefix(DOTS) {
        Some(rest) => rest,
        None => line.strip_prefix(['-', '*', '–']).filter(|rest| rest.starts_with(char::is_whitespace))?,
    };
    let bullet = rest.trim();
    (!is_blank(bullet)).then_some(bullet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bullets_where_every_line_begins_with_a_mark() {
        for text in [
            "• One.\n• Two.", "- One.\n- Two.\n", "* One.\n\n* Two.", "•One.\n•\tTwo.", "  – One.\n  – Two.",
            "- One.\r\n- Two.",
        ] {
            assert_eq!(bullets(text), Some(vec!["One.".to_owned(), "Two.".to_owned()]), "{text:?}");
        }
        assert_eq!(
            bullets("- One\n  and a half.\n- Two."),
            Some(vec!["One\nand a half.".to_owned(), "Two.".to_owned()])
        );
        for text in [
            "", " ", "One.", "One.\n- Two.", "- One.\nTwo.", "-5 points", "--- One.", "- ", "•", "• \u{202e}",
            "1. One.",
        ] {
            assert_eq!(bullets(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_plain_form_of_bullets_reads_back() {
        assert_eq!(joined([" One. \n\n and a half.\n", "Two."]), "• One.\n  and a half.\n• Two.");
        for list in [vec!["One."], vec!["One.", "Two."], vec!["One\nand a half.", "- Two."]] {
            let list: Vec<String> = list.into_iter().map(str::to_owned).collect();
            assert_eq!(bullets(&joined(list.iter().map(String::as_str))), Some(list));
        }
    }
}
