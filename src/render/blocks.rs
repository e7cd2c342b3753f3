//! Checks which template a template extends, and which of its blocks it replaces: minijinja drops an unknown block
//! silently, and fails without a reason where a template extends itself.

/// A tag of a template: its words, and the line it stands on.
fn tags(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find("{%").into_iter().chain(rest.find("{#")).min()?;
            let (_, opened) = rest.split_at_checked(start)?;
            let is_comment = opened.starts_with("{#");
            let end = opened.find(if is_comment { "#}" } else { "%}" })?;
            let (tag, after) = opened.split_at_checked(end)?;
            rest = after;
            if !is_comment {
                let above = text.len().saturating_sub(opened.len());
                let line = text.get(..above)?.matches('\n').count().saturating_add(1);
                let inner = tag.trim_start_matches("{%").trim_matches(['-', '+', ' ', '\n', '\t']);
                return Some((line, inner.split_whitespace().collect()));
            }
        }
    })
}

/// The template that this one extends, if its name is written out.
fn base(text: &str) -> Option<(usize, &str)> {
    let mut found = tags(text).filter(|(_, words)| words.first() == Some(&"extends"));
    found.find_map(|(line, words)| Some((line, words.get(1)?.trim_matches(['"', '\'']))))
}

/// A fault of a template's `extends` or of its blocks: the line, and the reason.
pub(super) fn misfit(
    name: &str,
    text: &str,
    builtin: impl Fn(&str) -> Option<&'static str>,
) -> Option<(usize, String)> {
    let (line, of) = base(text)?;
    if of == name {
        return Some((line, format!("it extends itself: write `{{% extends \"builtin/{name}\" %}}`")));
    }
    let known = of.strip_prefix("builtin/").and_then(builtin)?;
    let blocks = || {
        tags(known).filter(|(_, words)| words.first() == Some(&"block")).filter_map(|(_, words)| words.get(1).copied())
    };
    let mut depth = 0_usize;
    for (line, words) in tags(text) {
        match words.as_slice() {
            ["block", block, ..] => {
                // One within another is the template's own.
                if depth == 0 && !blocks().any(|known| known == *block) {
                    let known: Vec<_> = blocks().collect();
                    return Some((line, format!("`{of}` has no block `{block}`; it has {}", known.join(", "))));
                }
                depth = depth.saturating_add(1);
            }
            ["endblock", ..] => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
