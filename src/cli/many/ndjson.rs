//! Reads NDJSON, one evaluation a line, each up to the size limit.

use std::io::{self, BufRead};

use appraise::batch::Document;
use appraise::{Diagnostics, MAX_BYTES};

use super::super::files;
use super::Input;

/// The lines that hold something.
pub(super) struct Lines<R> {
    reader: R,
    name: String,
    /// The number of the line read last.
    number: u32,
    is_first: bool,
    is_over: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, name: String) -> Self {
        Self { reader, name, number: 0, is_first: true, is_over: false }
    }

    /// Ends the reading with a reason.
    fn end(&mut self, reason: &str) -> Option<Input> {
        self.is_over = true;
        Some(Input::Unreadable(Diagnostics::unreadable(&self.name, reason)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        while !self.is_over {
            let mut bytes = match read_line(&mut self.reader) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break,
                Err(error) => return self.end(&files::reason(&error)),
            };
            self.number = self.number.saturating_add(1);
            if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            let written = bytes.trim_ascii();
            if written.is_empty() {
                continue;
            }
            if std::mem::take(&mut self.is_first) && matches!(written, b"{" | b"[") {
                return self.end("it holds one document on several lines; write each evaluation on a line of its own");
            }
            return Some(Input::Line(Document::new(self.name.as_str(), bytes).at_line(self.number)));
        }
        None
    }
}

/// The next line without its end. Of one that is too large, one byte more than is accepted, so that it is known to be.
pub(in crate::cli) fn read_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut has_begun = false;
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(has_begun.then_some(line));
        }
        has_begun = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        line.extend(part.iter().take(MAX_BYTES + 1 - line.len()));
        let length = part.len() + usize::from(end.is_some());
        reader.consume(length);
        if end.is_some() {
            if line.ends_with(b"\r") {
                line.pop();
            }
            return Ok(Some(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Result<(u32, Vec<u8>), String>> {
        // A small buffer, so that lines are longer than it is.
        Lines::new(BufReader::with_capacity(7, bytes), "all.ndjson".to_owned())
            .map(|input| match input {
                Input::Line(document) => Ok((document.line, document.bytes)),
                Input::Unreadable(found) => Err(found.iter().map(|finding| finding.message.clone()).collect()),
                Input::File(path) => panic!("{}", path.display()),
            })
            .collect()
    }

    #[test]
    fn lines_keep_their_numbers_and_nothing_else_of_their_ends() {
        let read = lines("\u{feff}{\"a\": 1}\r\n\n  \t\n{\"b\": \"é\"}\n\r\n{\"c\": 3}".as_bytes());
        let expected = [(1, "{\"a\": 1}"), (4, "{\"b\": \"é\"}"), (6, "{\"c\": 3}")];
        assert_eq!(read, expected.map(|(number, text)| Ok((number, text.as_bytes().to_vec()))));
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn an_oversized_line_is_kept_only_to_the_byte_past_the_limit() {
        let text = [vec![b'x'; MAX_BYTES + 5000], b"\n{}".to_vec()].concat();
        let read = lines(&text);
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].as_ref().map(|(number, line)| (*number, line.len())), Ok((1, MAX_BYTES + 1)));
        assert_eq!(read[1], Ok((2, b"{}".to_vec())));
    }

    #[test]
    fn one_document_on_several_lines_is_not_taken_for_many() {
        let read = lines(b"\n{\n  \"rubric\": {}\n}\n");
        assert!(matches!(read.as_slice(), [Err(message)] if message.contains("on several lines")), "{read:?}");
    }
}
