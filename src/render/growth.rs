//! Finds the places where a template can make texts grow (`~`, `+`, `*` and `set`), and measures values there.
//!
//! The engine counts steps, not bytes, and a text that is doubled at each of 30 steps takes all memory. The engine has no
//! hook for operators, so each left operand, and each value kept, passes through a filter that measures it. Every line
//! keeps its number.

/// The filter that a value passes through.
pub(super) const MEASURED: &str = "__measured";
/// The filter that is given how many bytes of the template were printed as they stand.
pub(super) const PRINTED: &str = "__printed";

/// Shorter texts between tags are not counted: a step costs more.
const SHORT: usize = 64;

/// The template with the filters in it.
pub(super) fn measured(template: &str) -> String {
    let mut out = String::with_capacity(template.len() * 5 / 4);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        let Some((end, inserts)) = tag_at(tag) else {
            out.push('{');
            rest = tag.get(1..).unwrap_or_default();
            continue;
        };
        printed(text, tag, &mut out);
        let mut done = 0;
        for (place, insert) in inserts {
            out.push_str(tag.get(done..place).unwrap_or_default());
            out.push_str(&insert);
            done = place;
        }
        out.push_str(tag.get(done..end).unwrap_or_default());
        rest = tag.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Counts a text before a tag. A tag that takes the white space before it does so still.
fn printed(text: &str, tag: &str, out: &mut String) {
    if text.len() > SHORT && !tag.starts_with("{#") {
        let trim = if tag.get(2..).is_some_and(|rest| rest.starts_with('-')) { "-" } else { "" };
        out.push_str(&format!("{{{{{trim} {}|{PRINTED} }}}}", text.len()));
    }
}

/// The text to insert at a place.
type Insert = (usize, String);

/// The end of the tag that a text begins with, and what is to be inserted in it.
fn tag_at(text: &str) -> Option<(usize, Vec<Insert>)> {
    let closes = match text.get(..2)? {
        "{#" => return Some((text.find("#}")? + 2, Vec::new())),
        "{{" => "}}",
        "{%" => "%}",
        _ => return None,
    };
    let mut tokens = Tokens { text, at: 2, depth: 0, closes };
    // A block begins with its name.
    let is_block = closes == "%}";
    let mut tag = Tag { is_named: !is_block, ..Tag::default() };
    while let Some(token) = tokens.next()? {
        tag.take(token, text);
    }
    let end = tokens.at;
    if tag.first == Some("raw") {
        return Some((end_of_raw(text, end)?, Vec::new()));
    }
    if let Some(value) = tag.value.filter(|_| tag.first == Some("set")) {
        tag.inserts.push((value, "(".to_owned()));
        tag.inserts.push((tag.ends, format!(")|{MEASURED}")));
        tag.inserts.sort_by_key(|(place, _)| *place);
    }
    Some((end, tag.inserts))
}

/// Where `{% endraw %}` begins.
fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    let after = text.get(from..)?;
    let (at, _) = after.match_indices("{%").find(|(at, _)| {
        let inner = after.get(at + 2..).unwrap_or_default();
        inner.trim_start_matches(['-', '+']).trim_start().starts_with("endraw")
    })?;
    Some(from + at)
}

/// The part of a tag read so far.
#[derive(Default)]
struct Tag<'t> {
    /// The name of a block.
    first: Option<&'t str>,
    is_named: bool,
    /// The end of the last operand, where one has just ended.
    operand: Option<usize>,
    /// Where the value of a `set` begins.
    value: Option<usize>,
    /// Where the last token ends.
    ends: usize,
    inserts: Vec<Insert>,
}

impl<'t> Tag<'t> {
    fn take(&mut self, token: Token, text: &'t str) {
        const WORDS: [&str; 9] = ["in", "and", "or", "not", "if", "else", "elif", "is", "set"];
        let written = text.get(token.start..token.end).unwrap_or_default();
        let is_first = !std::mem::replace(&mut self.is_named, true);
        self.ends = token.end;
        match token.kind {
            TokenKind::Word if is_first => self.first = Some(written),
            TokenKind::Word => self.operand = (!WORDS.contains(&written)).then_some(token.end),
            TokenKind::Literal | TokenKind::Close => self.operand = Some(token.end),
            TokenKind::Operator => {
                if let Some(operand) = self.operand.filter(|_| matches!(written, "~" | "+" | "*")) {
                    self.inserts.push((operand, format!("|{MEASURED}")));
                }
                if written == "=" && token.depth == 0 && self.value.is_none() {
                    self.value = Some(token.end);
                }
                self.operand = None;
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum TokenKind {
    Word,
    /// A number or a text in quotes.
    Literal,
    /// A closing bracket.
    Close,
    Operator,
}

struct Token {
    kind: TokenKind,
    start: usize,
    end: usize,
    depth: usize,
}

/// The tokens of one tag.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    closes: &'static str,
}

impl Tokens<'_> {
    /// The next token, or none at the end of the tag, which is behind it then. Nothing where the tag does not end.
    fn next(&mut self) -> Option<Option<Token>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            if self.depth == 0 {
                let trimmed = rest.strip_prefix(['-', '+']).unwrap_or(rest);
                if trimmed.starts_with(self.closes) {
                    self.at += rest.len() - trimmed.len() + 2;
                    return Some(None);
                }
            }
            if !first.is_whitespace() {
                break;
            }
            self.at += first.len_utf8();
        }
        // The sign of a tag that keeps or takes white space.
        let rest = self.text.get(self.at..)?;
        if self.at == 2 && rest.starts_with(['-', '+']) {
            self.at += 1;
            return self.next();
        }
        let (kind, length) = token(rest)?;
        let start = self.at;
        self.at += length;
        match rest.chars().next()? {
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Some(Some(Token { kind, start, end: self.at, depth: self.depth }))
    }
}

/// The kind and the length of the token that a text begins with.
fn token(text: &str) -> Option<(TokenKind, usize)> {
    let first = text.chars().next()?;
    let run = |is_part: fn(char) -> bool| text.find(|c| !is_part(c)).unwrap_or(text.len());
    Some(match first {
        '"' | '\'' => {
            let mut is_escaped = false;
            let close = text.char_indices().skip(1).find(|(_, c)| {
                let closes = *c == first && !is_escaped;
                is_escaped = *c == '\\' && !is_escaped;
                closes
            });
            (TokenKind::Literal, close?.0 + 1)
        }
        c if c.is_ascii_digit() => (TokenKind::Literal, run(|c| c.is_ascii_alphanumeric() || c == '_')),
        c if c.is_alphabetic() || c == '_' => (TokenKind::Word, run(|c| c.is_alphanumeric() || c == '_')),
        ')' | ']' | '}' => (TokenKind::Close, 1),
        _ => {
            let is_double = ["**", "==", "!=", "<=", ">=", "//"].iter().any(|double| text.starts_with(double));
            (TokenKind::Operator, if is_double { 2 } else { first.len_utf8() })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The template with the filters written short.
    fn short(template: &str) -> String {
        measured(template).replace(MEASURED, "m").replace(PRINTED, "p")
    }

    #[test]
    fn left_operands_and_kept_values_are_measured() {
        for (template, with) in [
            ("{{ a ~ b ~ 'c' }}", "{{ a|m ~ b|m ~ 'c' }}"),
            ("{%- set ns.x = ns.x ~ x[1]+f(y) -%}", "{%- set ns.x =( ns.x|m ~ x[1]|m+f(y))|m -%}"),
            ("{{ {'a': {'b': c * 2}}.a + [d]*3 }}", "{{ {'a': {'b': c|m * 2}}.a|m + [d]|m*3 }}"),
            ("{% for i in a + b %}{% endfor %}", "{% for i in a|m + b %}{% endfor %}"),
            ("{% set x %}{{ x }}{% endset %}", "{% set x %}{{ x }}{% endset %}"),
            ("{{ f(a=b~c, d='~}}' ~ \"\\\"+\") }}", "{{ f(a=b|m~c, d='~}}'|m ~ \"\\\"+\") }}"),
        ] {
            assert_eq!(short(template), with);
        }
    }

    #[test]
    fn signs_that_join_nothing_stay() {
        for template in [
            "{{+ -a }}", "{{ a +}}", "{%+ if not +a %}{%- endif +%}", "{{ f(*a, **b) }}", "{{ a ** 2 }}",
            "{{ a if -1 in +b }}", "{# a ~ b #}", "{% raw %}{{ a ~ b }}{% endraw %}", "{ a ~ b }", "{{ a ~",
            "{{ 'a ~ b", "a { b ~ c", "{", "",
        ] {
            assert_eq!(short(template), template);
        }
    }

    #[test]
    fn long_texts_between_tags_are_counted() {
        let text = "x".repeat(100);
        assert_eq!(short(&format!("{text}{{{{- a }}}}{text}")), format!("{text}{{{{- 100|p }}}}{{{{- a }}}}{text}"));
    }
}
