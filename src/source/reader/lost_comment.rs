//! Finds text that YAML takes for a comment, though it was probably meant as a value.

use crate::diagnostic::{Code, Severity};

use super::super::findings::Finding;
use super::super::span::Span;
use super::super::tree::{Node, NodeKind, narrow};
use super::{Reader, Value};

impl Reader<'_> {
    /// Notes a comment that begins right behind an unquoted text, or stands above or below it as a line of it would.
    ///
    /// Text in the usual style of comments (two spaces before the `#` and one after) is a comment. Behind a reference one
    /// space is enough, for nobody writes `# ` in an id or a date.
    pub(in crate::source) fn note_lost_comment(&self, node: &Node<'_>, reference: bool) {
        let NodeKind::Scalar { plain, .. } = node.kind else { return };
        // A text in quotes has an end of its own, as a reference has.
        let reference = reference || !plain;
        if self.is_clear(node) || self.context.seen_comments.borrow_mut().insert((node.span, false), false).is_some() {
            return;
        }
        let rest = self.context.text_from(node.span.document, node.span.end);
        let (gap, comment) = split(rest);
        if !reference && let Some(comment) = self.above(node) {
            self.report(node, comment);
        }
        let Some(words) = words(comment) else {
            // No id or date has a second line.
            let below = if reference { None } else { self.below(node, comment) };
            below.into_iter().for_each(|comment| self.report(node, comment));
            return;
        };
        let is_apart = words.starts_with([' ', '\t']);
        let is_usual = if reference { words.is_empty() || is_apart } else { gap >= 2 && is_apart };
        if gap > 0 && !is_usual {
            self.report(node, comment);
        }
    }

    /// Whether a glance tells that no comment is near, as nearly always: an alias can bring a text here very often, so that
    /// no more than a line is looked at.
    fn is_clear(&self, node: &Node<'_>) -> bool {
        const NEAR: usize = 80;
        let mut behind = self.context.text_from(node.span.document, node.span.end).bytes().take(NEAR);
        let mut before = self.context.text_until(node.span.document, node.span.start).bytes().rev().take(NEAR);
        let next = behind.find(|byte| !b" \t\r\n".contains(byte));
        let last = before.find(|byte| !b" \t".contains(byte));
        next.is_some_and(|next| next != b'#') && last.is_some_and(|last| last != b'\r' && last != b'\n')
    }

    /// Notes a text that begins with `#` where the value would stand: to YAML nothing stands there. Says whether there is
    /// one.
    ///
    /// With a blank after the `#` it is a comment. Below the key, what looks like an entry was taken out of use.
    pub(in crate::source) fn note_lost_whole(&self) -> bool {
        let Value::Present(node) = self.value else { return false };
        if !matches!(&node.kind, NodeKind::Scalar { text, plain: true } if text.is_empty()) {
            return false;
        }
        if let Some(is_lost) = self.context.seen_comments.borrow().get(&(node.span, true)) {
            return *is_lost;
        }
        let rest = self.context.text_from(node.span.document, node.span.end);
        let behind = split(rest).1;
        let behind = split(behind.strip_prefix(':').unwrap_or(behind)).1;
        let comment = match words(behind) {
            Some(words) if begins_text(words) => Some(behind),
            Some(_) => None,
            // The place of an item that is not there can be behind the comment.
            None => {
                let before = if self.is_at_key(node) { None } else { self.before(node) };
                before.or_else(|| self.below(node, behind)).filter(|comment| !is_entry(comment))
            }
        };
        comment.into_iter().for_each(|comment| self.report(node, comment));
        self.context.seen_comments.borrow_mut().insert((node.span, true), comment.is_some());
        comment.is_some()
    }

    /// Notes a comment, from which on the text goes to its end.
    fn report(&self, node: &Node<'_>, comment: &str) {
        let whole = self.context.text_from(node.span.document, 0);
        let start = narrow(whole.len() - comment.len());
        let end = start + narrow(line(comment).len());
        let finding = Finding::new(
            Severity::Error,
            Code::CutText,
            Span { start, end, ..node.span },
            "YAML takes this for a comment: it is not part of the text".to_owned(),
            "put the whole text in quotes; a comment needs two spaces before the `#` and one after it".to_owned(),
        );
        self.findings().push(finding.of(node.span));
    }

    /// A comment without a blank after its `#` that is the next thing after the end of this line, where the text could go
    /// on.
    fn below<'t>(&self, node: &Node<'_>, rest: &'t str) -> Option<&'t str> {
        if !rest.starts_with(['\n', '\r']) {
            return None;
        }
        let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let passed = rest.get(..rest.len() - next.len())?;
        let indent = passed.len() - passed.rfind(['\n', '\r'])? - 1;
        let begins = words(next).is_some_and(begins_text);
        (begins && indent >= self.least(node)).then_some(next)
    }

    /// The comment that stands where a text would begin, which begins on a line below instead.
    fn above(&self, node: &Node<'_>) -> Option<&str> {
        let before = self.context.text_until(node.span.document, node.span.start);
        let above = before.trim_end_matches([' ', '\t']).strip_suffix(['\n', '\r'])?.trim_end();
        let start = above.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let written = above.get(start..)?;
        let hash = written.match_indices('#').map(|(hash, _)| hash).find(|hash| {
            let key = written.get(..*hash).unwrap_or_default();
            key.ends_with([' ', '\t']) && key.trim_end().ends_with([':', '-'])
        })?;
        let comment = self.context.text_from(node.span.document, narrow(start + hash));
        words(comment).filter(|words| begins_text(words)).map(|_| comment)
    }

    /// The comment between the `-` of an item and its place.
    fn before(&self, node: &Node<'_>) -> Option<&str> {
        let before = self.context.text_until(node.span.document, node.span.start).trim_end();
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let hash = start + before.get(start..)?.find('#')?;
        let is_first = before.get(start..hash)?.chars().all(|c| matches!(c, ' ' | '\t' | '-'));
        let comment = self.context.text_from(node.span.document, narrow(hash));
        words(comment).filter(|words| is_first && begins_text(words)).map(|_| comment)
    }

    /// How far the next line of a text is indented at least: more than the key that it belongs to, or the `-`.
    fn least(&self, node: &Node<'_>) -> usize {
        let before = self.context.text_until(node.span.document, node.span.start);
        let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        let own = before.find(|c| c != ' ' && c != '-').unwrap_or(before.len());
        match before.trim_end().len().checked_sub(1) {
            // An item of a list; but the value of a key that begins an item is indented more than the key.
            Some(dash) if own == before.len() && !self.is_at_key(node) => dash + 1,
            // On a line of its own.
            None if !self.is_at_key(node) => own,
            _ => own + 1,
        }
    }

    /// Whether the place is that of the key: nothing stands there for the value.
    fn is_at_key(&self, node: &Node<'_>) -> bool {
        let rest = self.context.text_from(node.span.document, node.span.end);
        split(rest).1.starts_with(':')
    }
}

/// How many blanks a text begins with, and what follows them.
fn split(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches([' ', '\t']);
    (text.len() - rest.len(), rest)
}

/// The line that a text begins with.
fn line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default().trim_end()
}

/// The text of a comment that begins here.
fn words(text: &str) -> Option<&str> {
    text.starts_with('#').then(|| line(text).trim_start_matches('#'))
}

/// Whether a comment begins as a text would: `#3 in May`, and `# 3 in May` where a number follows.
fn begins_text(words: &str) -> bool {
    let is_number = |words: &str| words.trim_start().starts_with(|first: char| first.is_ascii_digit());
    !words.is_empty() && (!words.starts_with([' ', '\t']) || is_number(words))
}

/// Whether a comment is an item of a list, or a key and its value.
fn is_entry(comment: &str) -> bool {
    let words = words(comment).unwrap_or_default();
    let key = words.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
    words.starts_with('-') || key.is_some_and(|(key, _)| !key.contains(' '))
}
