//! Tables as CSV (RFC 4180) that is safe to open in a spreadsheet.

/// One row.
#[derive(Default)]
pub(super) struct Row(String);

impl Row {
    /// A cell of digits, or of nothing.
    pub(super) fn number(&mut self, number: impl std::fmt::Display) {
        self.begin();
        self.0.push_str(&number.to_string());
    }

    /// A cell of text. What a spreadsheet would take for a formula has an apostrophe before it.
    pub(super) fn text(&mut self, text: &str) {
        self.begin();
        let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || text.starts_with(['\t', '\r', '\n']);
        let mark = if is_formula { "'" } else { "" };
        if text.contains(['"', ',', ';', '\t', '\n', '\r']) {
            self.0.push_str(&format!("\"{mark}{}\"", text.replace('"', "\"\"")));
        } else {
            self.0.push_str(&format!("{mark}{text}"));
        }
    }

    fn begin(&mut self) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
    }

    /// The row with the end of its line. Its first cell must hold something.
    pub(super) fn line(mut self) -> String {
        self.0.push('\n');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_ends_where_it_ends() {
        for (text, cell) in [
            ("Rivera", "Rivera"),
            ("Rivera, Jordan", "\"Rivera, Jordan\""),
            ("the \"best\"", "\"the \"\"best\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("  =1+1", "'  =1+1"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("two\nlines", "\"two\nlines\""),
            ("4.1.6", "4.1.6"),
        ] {
            let mut row = Row::default();
            row.text(text);
            assert_eq!(row.line(), format!("{cell}\n"), "{text}");
        }
    }

    #[test]
    fn an_empty_cell_is_a_cell() {
        let mut row = Row::default();
        row.text("a");
        row.text("");
        row.number(3);
        row.number("");
        assert_eq!(row.line(), "a,,3,\n");
    }
}
