//! Protects cells that a spreadsheet would run as formulas, by an apostrophe.

/// The signs that make a cell a formula, in both widths.
const BEGINNINGS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The text as a cell that no spreadsheet runs.
pub(super) fn disarm(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Undoes [`disarm`].
pub(super) fn rearm(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Whether a spreadsheet may run it, whatever white space it strips; or what disarming left of one that it may.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace() || c.is_control()).starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back_unchanged() {
        for text in ["=1+1", "+1", "-a", "@SUM(A1)", " =1", "\t=1", "'=1", "''-", "＝1", "\n@a", "'\u{0}+"] {
            assert_eq!(disarm(text), format!("'{text}"));
            assert_eq!(rearm(&disarm(text)), text);
        }
        for text in ["", "a=1", "'a'", "1-2", "'", "’=", "(=1)"] {
            assert_eq!(disarm(text), text);
            assert_eq!(rearm(text), text);
        }
    }
}
