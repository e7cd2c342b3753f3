//! Finds the comments of a YAML text, which are no part of its values.

use super::span::Span;
use super::tree::{self, Node, NodeKind};

/// The lines that have a comment, from 1. JSON has none.
pub(crate) fn comments(text: &str, tree: &Node<'_>) -> Vec<usize> {
    let mut scalars = Vec::new();
    collect(tree, &mut scalars);
    // An alias leads back to a place that has been.
    scalars.sort_unstable();
    let mut scalars = scalars.into_iter().peekable();
    let mut lines = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        for (at, _) in line.match_indices('#') {
            let offset = tree::narrow(start + at);
            while scalars.next_if(|scalar| scalar.end <= offset).is_some() {}
            let is_text = scalars.peek().is_some_and(|scalar| scalar.start <= offset);
            let before = line.get(..at).unwrap_or_default();
            if !is_text && (before.trim_matches('\u{feff}').is_empty() || before.ends_with([' ', '\t'])) {
                lines.push(number + 1);
                break;
            }
        }
        start += line.len();
    }
    lines
}

fn collect(node: &Node<'_>, scalars: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::Scalar { .. } => scalars.push(node.span),
        NodeKind::List(items) => items.iter().for_each(|item| collect(item, scalars)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                collect(key, scalars);
                collect(value, scalars);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Findings, Parsed};

    #[test]
    fn comments_are_told_from_text() {
        let text = "# head\na: 'no # comment'  # one\nb: #two\n  - x#y\n  - &n \"# no\" # three\n  - *n # four\nc: | # five\n  \
                    # text\n  more\n\n  # text too\nd: >-\n  # text # text\n# six\ne: { f: g } # seven\n";
        let comments = |text| {
            let parsed = Parsed::of("", text, &Findings::default());
            super::comments(text, &parsed.tree.unwrap())
        };
        assert_eq!(comments(text), [1, 2, 3, 5, 6, 7, 14, 15]);
        assert_eq!(comments("\u{feff}# bom\na: b\n"), [1]);
        assert_eq!(comments("{ \"a\": \"b # c\" }"), [0; 0]);
    }
}
