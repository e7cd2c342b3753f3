//! Draws findings under the lines that caused them.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};

/// Findings drawn of one document; a reader mends the first ones first.
const MOST_DRAWN: usize = 100;
/// The longest line that is given to the drawing as a whole, in bytes; it shows the part around the place.
const WHOLE: usize = 2000;
/// Characters of a longer line shown before and after the place, so that JSON on one line stays readable.
const CONTEXT: usize = 100;

pub(super) fn draw(diagnostics: &Diagnostics, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut left = MOST_DRAWN;
    for (text, above, findings) in diagnostics.drawable() {
        let above = above as usize;
        let mut lines = lines(text).enumerate();
        let mut line = (above, "");
        for finding in findings.iter().take(left) {
            // Findings come in the order of their places, so one walk over the lines serves them all.
            let wanted = finding.start.line as usize;
            while line.0 < wanted {
                let Some((index, text)) = lines.next() else { break };
                line = (above + index + 1, text);
            }
            let text = if line.0 == wanted { line.1 } else { "" };
            out.push_str(&draw_one(&renderer, finding, text));
            out.push_str("\n\n");
        }
        left = left.saturating_sub(findings.len());
    }
    match diagnostics.len().checked_sub(MOST_DRAWN) {
        Some(more) if more > 0 => out.push_str(&format!("… and {more} more in {}\n", diagnostics.file)),
        _ => {
            out.truncate(out.trim_end().len());
            if !out.is_empty() {
                out.push('\n');
            }
        }
    }
    out
}

/// The lines of a text as YAML sees them: a lone `\r` ends one too.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('\r'))
}

fn draw_one(renderer: &Renderer, finding: &Diagnostic, line: &str) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.code.as_str());
    let origin = || {
        Origin::path(finding.file.as_str()).line(finding.start.line as usize).char_column(finding.start.column as usize)
    };
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let start = finding.start.column as usize - 1;
    // A finding of several lines is marked to the end of its first.
    let end = if finding.end.line == finding.start.line { finding.end.column as usize - 1 } else { usize::MAX };
    let snippet = |text: String, span| {
        Snippet::source(text).line_start(finding.start.line as usize).annotation(AnnotationKind::Primary.span(span))
    };
    let group = if line.trim().is_empty() {
        title.element(origin())
    } else if line.len() <= WHOLE {
        let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
        title.element(snippet(line.to_owned(), byte(start)..byte(end).max(byte(start))).path(finding.file.as_str()))
    } else {
        // The column of an excerpt is not the column of the line, so the place is given apart.
        let (text, span) = excerpt(line, start, end);
        title.element(origin()).element(snippet(text, span))
    };
    let group = group.element(Level::HELP.message(finding.help.as_str()));
    renderer.render(&[group])
}

/// The part of the line around the place, and the place in it, in bytes.
fn excerpt(line: &str, start: usize, end: usize) -> (String, std::ops::Range<usize>) {
    let length = line.chars().count();
    let start = start.min(length);
    let end = end.clamp(start, length).min(start + CONTEXT);
    let from = start.saturating_sub(CONTEXT);
    let to = (end + CONTEXT).min(length);
    let cut = |from: usize, to: usize| line.chars().skip(from).take(to - from).collect::<String>();
    let (before, marked, after) = (cut(from, start), cut(start, end), cut(end, to));
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    text.push_str(&before);
    let at = text.len();
    text.push_str(&marked);
    let span = at..text.len();
    text.push_str(after.trim_end());
    if to < length {
        text.push('…');
    }
    (text, span)
}
