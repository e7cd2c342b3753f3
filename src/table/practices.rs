//! Practices in a cell, and the rule by which a level follows from them.

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::rubric::Level;
use crate::source::{Either, Entries, Field, Findings, Text, Word, shorten};
use crate::syntax;
use crate::syntax::outline::outline;
use crate::syntax::practice::{Derive, DeriveByLevel, DeriveByNumber, Practice};

use super::cells::Cell;
use super::field;
use super::unknown::Unknown;

/// The word before the numbers of practices that levels ask for.
const AT_LEAST: &str = "at_least";

/// The practices as a cell: each in a line of its own, `id | level | statement`, the further lines of a statement indented.
pub(super) fn listed(practices: &Field<Vec<Field<Practice>>>) -> Option<String> {
    let practices = practices.get()?.iter().filter_map(Field::get);
    let lines = practices.map(|practice| {
        let id = practice.id.word().unwrap_or_default();
        let level = practice.level.as_ref().and_then(|level| level.word()).unwrap_or_default();
        let statement = practice.statement.text().unwrap_or_default().replace('\n', "\n  ");
        format!("{id} | {level} | {statement}")
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The rule as a cell: `cumulative`, `majority`, or `at_least proficient 3, accomplished 5`.
pub(super) fn rule(field: Option<&Field<Derive>>) -> Option<String> {
    Some(match field?.get()? {
        Either::Short(DeriveByLevel::Cumulative) => "cumulative".to_owned(),
        Either::Short(DeriveByLevel::Majority) => "majority".to_owned(),
        Either::Long(rule) => {
            let entries = rule.at_least.get()?.iter();
            let each = entries.filter_map(|(level, _, number)| Some(format!("{level} {}", number.get()?)));
            format!("{AT_LEAST} {}", each.collect::<Vec<_>>().join(", "))
        }
    })
}

/// The practices and rules of a table's parts.
pub(super) struct Practices<'a> {
    unknown: &'a Unknown,
    findings: &'a Findings,
    /// By id of a part: the rule that the other rubric gives it.
    rules: HashMap<String, Field<Derive>>,
    /// By id of an indicator: the practices that the other rubric gives it.
    lists: HashMap<String, Field<Vec<Field<Practice>>>>,
}

impl<'a> Practices<'a> {
    pub(super) fn new(unknown: &'a Unknown, findings: &'a Findings) -> Self {
        Self { unknown, findings, rules: HashMap::new(), lists: HashMap::new() }
    }

    /// Keeps the practices and rules of another rubric, for a table that says nothing about practices.
    pub(super) fn keep(&mut self, document: &syntax::Rubric) {
        for node in outline(document) {
            let Some(id) = node.id.word() else { continue };
            self.rules.extend(node.own_derive.map(|rule| (id.to_owned(), rule.clone())));
            let list = node.keys.practices;
            self.lists.extend(list.map(|list| (id.to_owned(), list.clone())));
        }
    }

    /// The rule of the part with an id. Of `levels` with one label the first is meant.
    pub(super) fn rule_of(&self, id: &Field<Word>, cell: Option<&Cell>, levels: &[&Level]) -> Option<Field<Derive>> {
        let Some(cell) = cell else { return self.rules.get(id.word()?).cloned() };
        let written = cell.text.trim();
        let rule = match (written, written.strip_prefix(AT_LEAST)) {
            ("cumulative", _) => Some(Either::Short(DeriveByLevel::Cumulative)),
            ("majority", _) => Some(Either::Short(DeriveByLevel::Majority)),
            (_, Some(numbers)) => self.at_least(cell, numbers, levels).map(Either::Long),
            (_, None) => {
                let message = format!("`{}` is no rule for practices", shorten(written));
                let help = "write `cumulative`, `majority`, or `at_least proficient 3, accomplished 5`".to_owned();
                self.findings.error(Code::UnknownChoice, cell.span, message, help);
                None
            }
        };
        Some(Field { span: cell.span, value: rule })
    }

    /// `None` where a level is not known.
    fn at_least(&self, cell: &Cell, numbers: &str, levels: &[&Level]) -> Option<DeriveByNumber> {
        let one = |entry: &str| {
            let (level, number) = entry.trim().rsplit_once(char::is_whitespace).unwrap_or((entry.trim(), ""));
            let read = number.parse().ok();
            if read.is_none() {
                let message = format!("`{}` is no level with a number of practices", shorten(entry.trim()));
                let help = "write each level with its number: `at_least proficient 3, accomplished 5`".to_owned();
                self.findings.error(Code::WrongType, cell.span, message, help);
            }
            (self.level(level, cell, levels), Field { span: cell.span, value: read })
        };
        let entries = numbers.split(',').filter(|entry| !entry.trim().is_empty()).map(one);
        let entries: Vec<_> = entries.collect();
        let are_known = entries.iter().all(|(level, _)| level.get().is_some());
        are_known.then(|| DeriveByNumber { at_least: field(cell.span, Entries(entries)) })
    }

    /// The practices of the indicator with an id. Of `levels` with one label the first is meant.
    pub(super) fn list_of(
        &self,
        id: &Field<Word>,
        cell: Option<&Cell>,
        levels: &[&Level],
    ) -> Option<Field<Vec<Field<Practice>>>> {
        let Some(cell) = cell else { return self.lists.get(id.word()?).cloned() };
        let mut lines: Vec<String> = Vec::new();
        for line in cell.text.split('\n') {
            match (line.strip_prefix("  "), lines.last_mut()) {
                (Some(more), Some(above)) => above.push_str(&format!("\n{more}")),
                _ if line.trim().is_empty() => {}
                _ => lines.push(line.to_owned()),
            }
        }
        Some(field(cell.span, lines.iter().map(|line| self.practice(cell, line, levels)).collect()))
    }

    /// A practice, `id | level | statement`; without a level the bars may be one.
    fn practice(&self, cell: &Cell, line: &str, levels: &[&Level]) -> Field<Practice> {
        let (level, id, statement) = match line.splitn(3, '|').collect::<Vec<_>>().as_slice() {
            [id, level, statement] => (level.trim(), id.trim(), *statement),
            [id, statement] => ("", id.trim(), *statement),
            _ => {
                let message = format!("`{}` is no practice", shorten(line.trim()));
                let help = "write each practice in a line of its own: `id | level | statement`".to_owned();
                self.findings.error(Code::WrongType, cell.span, message, help);
                return Field { span: cell.span, value: None };
            }
        };
        let statement = statement.strip_prefix(' ').unwrap_or(statement);
        let practice = Practice {
            id: field(cell.span, Word(id.to_owned())).into(),
            level: (!level.is_empty()).then(|| self.level(level, cell, levels).into()),
            statement: field(cell.span, Text(statement.to_owned())).into(),
        };
        field(cell.span, practice)
    }

    /// The id of a level that is named by its id, or by its label in any case.
    fn level(&self, name: &str, cell: &Cell, levels: &[&Level]) -> Field<Word> {
        let by_id = levels.iter().find(|level| level.id == name);
        let known = by_id.or_else(|| levels.iter().find(|level| level.label.trim().eq_ignore_ascii_case(name)));
        if known.is_none() {
            self.unknown.level(name, cell.span);
        }
        Field { span: cell.span, value: known.map(|level| Word(level.id.clone())) }
    }
}
