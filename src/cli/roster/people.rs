//! Joins the rows of a roster into people: two rows of one person are two assignments.

use std::collections::HashMap;

use appraise::table::Record;
use appraise::{Checked, Code, Diagnostic, Evaluation, Rubric, Severity, Subject};
use serde_json::{Map, Value, json};

use super::super::many::identity;
use super::super::messages::clean;
use super::cell::{self, Dates};
use super::columns::{self, Column, Columns};

/// The most rows above the one that names the columns: a title, a date.
const MOST_ABOVE: usize = 10;

/// A roster that could be read.
pub(super) struct Roster<'a> {
    rubric: &'a Rubric,
    /// `employee` or `organization`.
    subject: &'static str,
    columns: Columns,
    dates: Dates,
    rows: Vec<Record>,
    /// Messages for the person who made the roster, about the way it is read.
    pub(super) notes: Vec<String>,
}

/// The evaluation from a person's rows, or every fault in them.
pub(super) type Found = Result<Evaluation, Vec<String>>;

impl<'a> Roster<'a> {
    /// Finds the columns, or says everything that is wrong with them.
    pub(super) fn of(rows: Vec<Record>, rubric: &'a Rubric) -> Result<Self, Vec<String>> {
        let (subject, is_employee) = match rubric.subject() {
            Subject::Organization => ("organization", false),
            _ => ("employee", true),
        };
        let above = rows.iter().take(MOST_ABOVE).position(columns::is_header).unwrap_or_default();
        let mut rows = rows.into_iter().skip(above);
        let header = rows.next().ok_or_else(|| vec!["the table is empty".to_owned()])?;
        let in_row = |fault: String| format!("row {}: {fault}", header.number);
        let (columns, unused) =
            Columns::read(&header, is_employee).map_err(|faults| faults.into_iter().map(in_row).collect::<Vec<_>>())?;
        let mut notes = Vec::new();
        if above > 0 {
            notes.push(format!("row {} names the columns; what stands above it is left out", header.number));
        }
        if columns.has(Column::Fte) && !columns.has(Column::School) {
            notes.push("the share of a position is left out: it belongs to a school, in a column `school`".to_owned());
        }
        if !unused.is_empty() {
            let names: Vec<String> = unused.iter().map(|name| format!("`{}`", clean(name))).collect();
            notes.push(format!("columns that no form needs: {}", names.join(", ")));
        }
        let rows: Vec<Record> = rows.collect();
        let all = rows.iter().flat_map(|row| columns.cells(row)).filter(|(column, ..)| column.is_date());
        let dates = Dates::of(rubric.language(), all.map(|(.., cell)| cell));
        Ok(Self { rubric, subject, columns, dates, rows, notes })
    }

    /// The number of rows.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// A message about the reading of dates not written as 2026-06-30.
    pub(super) fn dates_read(&self) -> Option<String> {
        self.dates.told()
    }

    /// Whether the roster says when everybody is evaluated.
    pub(super) fn has_period(&self) -> bool {
        self.columns.has(Column::PeriodFrom)
    }

    /// Whether it says by whom.
    pub(super) fn has_evaluator(&self) -> bool {
        self.columns.has(Column::EvaluatorId)
    }

    /// The people in the order of the roster, each with the number of their rows. `earlier` are their evaluations by identity.
    pub(super) fn people(&self, earlier: &HashMap<String, Evaluation>) -> Vec<(usize, Found)> {
        let mut people: Vec<Person> = Vec::new();
        let mut by_id: HashMap<String, usize> = HashMap::new();
        let mut by_identity: HashMap<String, usize> = HashMap::new();
        let mut nobodys: Vec<(usize, Vec<String>)> = Vec::new();
        for row in &self.rows {
            let (id, read) = self.row(row);
            let Some(id) = id else {
                nobodys.push((people.len(), read.faults.into_iter().map(|(_, fault)| fault).collect()));
                continue;
            };
            let at = *by_id.entry(id.clone()).or_insert_with(|| {
                people.push(Person::new(id.clone(), row.number));
                people.len() - 1
            });
            let first = *by_identity.entry(identity(&id)).or_insert(at);
            let alike = people.get(first).filter(|_| first != at).map(|other| (other.id.clone(), other.first()));
            if let Some(person) = people.get_mut(at) {
                person.add(row.number, read);
                let fault = alike.map(|(other, first)| alike_ids(row.number, &id, &other, first));
                person.faults.extend(fault.map(|fault| (Column::Id, fault)));
            }
        }
        let mut found: Vec<(usize, Found)> = Vec::new();
        let mut nobodys = nobodys.into_iter().peekable();
        for (number, person) in people.into_iter().enumerate() {
            while let Some((_, faults)) = nobodys.next_if(|(before, _)| *before <= number) {
                found.push((1, Err(faults)));
            }
            let earlier = earlier.get(&identity(&person.id));
            found.push((person.rows.len(), self.checked(person, earlier)));
        }
        found.extend(nobodys.map(|(_, faults)| (1, Err(faults))));
        found
    }

    /// The identifier of a row, as far as known, and the values of its cells.
    fn row(&self, row: &Record) -> (Option<String>, Read) {
        let number = row.number;
        let (cells, columns) = (row.cells.len(), self.columns.count());
        if cells != columns {
            let fault = format!("row {number}: {cells} cells, but there are {columns} columns");
            return (None, Read { said: Vec::new(), faults: vec![(Column::Id, fault)] });
        }
        let mut faults = Vec::new();
        let mut said: Said = Vec::new();
        let mut id = None;
        for (column, header, cell) in self.columns.cells(row) {
            let value = match column {
                // As where a quote that is not closed takes in the rows below.
                _ if cell.contains(char::is_control) => Err("there is a line break or tab in it".to_owned()),
                Column::Fte => cell::share(cell, header.contains('%') || header.to_lowercase().contains("percent")),
                _ if column.is_date() => self.dates.read(cell),
                _ => cell::mangled(cell).map_or_else(|| Ok(cell.to_owned()), Err),
            };
            match value {
                Ok(value) => {
                    if column == Column::Id {
                        id = Some(value.clone());
                    }
                    if column != Column::Fte || self.columns.has(Column::School) {
                        said.push((column, value));
                    }
                }
                Err(fault) => faults.push((column, format!("row {number}, column `{}`: {fault}", clean(header)))),
            }
        }
        if id.is_none() && faults.iter().all(|(column, _)| *column != Column::Id) {
            faults.push((
                Column::Id,
                format!("row {number}, column `{}`: `id` is missing", clean(self.header(Column::Id))),
            ));
        }
        (id, Read { said, faults })
    }

    /// The draft of an evaluation that is about a person, by the rules of evaluations.
    fn checked(&self, person: Person, earlier: Option<&Evaluation>) -> Found {
        let Person { id: _, rows, said, assignments, faults } = person;
        let value = |column: Column| said.iter().find(|(known, _)| *known == column).map(|(_, value)| value.as_str());
        let known = earlier.and_then(|earlier| serde_json::to_value(earlier).ok()?.get(self.subject).cloned());
        let mut whom = known.and_then(|known| known.as_object().cloned()).unwrap_or_default();
        let mut document = Map::new();
        for (column, value) in said.iter().filter(|(column, _)| column.path() != "name") {
            match column.path().strip_prefix('/') {
                Some(path) => put(&mut document, path, value),
                None => put(&mut whom, column.path(), value),
            }
        }
        if let Some(name) = name(&value) {
            whom.insert("name".to_owned(), name.into());
        }
        let (of_assignments, assignments): (Vec<usize>, Vec<_>) = assignments.into_iter().unzip();
        if !assignments.is_empty() {
            whom.insert("assignments".to_owned(), assignments.into_iter().map(Value::Object).collect());
        }
        document.insert("rubric".to_owned(), json!({ "id": self.rubric.id() }));
        document.insert(self.subject.to_owned(), whom.into());
        document.insert("ratings".to_owned(), json!({}));
        let evaluator = document.remove("evaluators").unwrap_or_else(|| json!({ "id": "-", "name": "-" }));
        document.insert("evaluators".to_owned(), json!([evaluator]));
        document.entry("period").or_insert_with(|| json!({ "from": "2000-01-01", "to": "2000-12-31" }));
        let Checked { value: evaluation, diagnostics: found } =
            Evaluation::check("row", &Value::Object(document).to_string(), self.rubric);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
        let row = |finding: &Diagnostic| {
            let number =
                finding.path.split_once("assignments[").and_then(|(_, rest)| rest.split(']').next()?.parse().ok());
            let row = number.and_then(|number: usize| of_assignments.get(number)).or(rows.first());
            row.copied().unwrap_or_default()
        };
        // A cell that could not be read is not reported as missing too.
        let known: Vec<Column> = faults.iter().map(|(column, _)| *column).collect();
        let found: Vec<String> = errors
            .map(|finding| (self.column(finding), finding))
            .filter(|(column, _)| !known.contains(column))
            .map(|(column, finding)| self.fault(row(finding), column, finding))
            .collect();
        let faults: Vec<String> = faults.into_iter().map(|(_, fault)| fault).chain(found).collect();
        match evaluation {
            Some(evaluation) if faults.is_empty() => Ok(evaluation),
            _ => Err(faults),
        }
    }

    /// The column that a finding is about.
    fn column(&self, finding: &Diagnostic) -> Column {
        let within = finding.path.strip_prefix(self.subject).map(|rest| rest.trim_start_matches('.').to_owned());
        let within = within.unwrap_or_else(|| format!("/{}", finding.path));
        let within = without_numbers(&within);
        Column::of_place(&within, finding.missing.as_deref())
    }

    /// The name of a column in the roster.
    fn header(&self, column: Column) -> &str {
        self.columns.header(column).unwrap_or(column.name())
    }

    /// A finding in the words of the roster.
    fn fault(&self, row: usize, column: Column, finding: &Diagnostic) -> String {
        let name = self.header(column);
        // The help adds nothing to the message of a missing value.
        let help = if finding.code == Code::MissingKey { String::new() } else { format!(": {}", finding.help) };
        format!("row {row}, column `{}`: {}{help}", clean(name), finding.message)
    }
}

/// The values of a row, each with its column.
type Said = Vec<(Column, String)>;

/// A row, with the faults of its cells.
struct Read {
    said: Said,
    faults: Vec<(Column, String)>,
}

/// A person, as far as the rows describe them.
struct Person {
    id: String,
    rows: Vec<usize>,
    /// The values without the assignments.
    said: Said,
    /// Each with the number of its row.
    assignments: Vec<(usize, Map<String, Value>)>,
    faults: Vec<(Column, String)>,
}

impl Person {
    fn new(id: String, row: usize) -> Self {
        Self { id, rows: Vec::from([row]), said: Vec::new(), assignments: Vec::new(), faults: Vec::new() }
    }

    /// The number of the first row.
    fn first(&self) -> usize {
        self.rows.first().copied().unwrap_or_default()
    }

    /// Adds the values of a row; a contradiction to the rows above is a fault.
    fn add(&mut self, row: usize, read: Read) {
        let first = self.first();
        if row != first {
            self.rows.push(row);
        }
        self.faults.extend(read.faults);
        let mut assignment = Map::new();
        for (column, value) in read.said {
            if let Some(key) = column.path().strip_prefix("assignments.") {
                let number = (column == Column::Fte).then(|| serde_json::from_str(&value).ok()).flatten();
                assignment.insert(key.to_owned(), number.unwrap_or_else(|| value.into()));
                continue;
            }
            match self.said.iter().find(|(known, _)| *known == column) {
                None => self.said.push((column, value)),
                Some((_, known)) if *known == value => {}
                Some((_, known)) => {
                    let (name, value, known) = (column.name(), clean(&value), clean(known));
                    let fault = format!(
                        "row {row}, column `{name}`: `{value}` here, and `{known}` in row {first}, which is about the same person: \
                         write the same in both"
                    );
                    self.faults.push((column, fault));
                }
            }
        }
        // A row that stands there twice is one assignment.
        if !assignment.is_empty() && !self.assignments.iter().any(|(_, known)| *known == assignment) {
            self.assignments.push((row, assignment));
        }
    }
}

/// The fault of two identifiers that differ only in case: one file on some file systems, and most likely one person.
fn alike_ids(row: usize, id: &str, other: &str, first: usize) -> String {
    let by = match id.to_uppercase() == other.to_uppercase() {
        true => "capitals",
        false => "the way in which its letters are written",
    };
    let (id, other) = (clean(id), clean(other));
    format!(
        "row {row}, column `id`: `{id}` differs from `{other}` in row {first} by {by} only: write the same in both, or another \
         identifier"
    )
}

impl Column {
    /// The column that a finding is about: the one at its place, or the one whose key it misses.
    fn of_place(path: &str, missing: Option<&str>) -> Self {
        let missing =
            |column: &&Self| column.path().starts_with(path) && missing == column.path().rsplit(['.', '/']).next();
        let exact = Self::ALL.iter().find(|column| column.path() == path);
        exact.or_else(|| Self::ALL.iter().find(missing)).copied().unwrap_or(Self::Id)
    }
}

/// The name as people say it, of its parts where it is given in parts.
fn name<'v>(value: &impl Fn(Column) -> Option<&'v str>) -> Option<String> {
    if let Some(name) = value(Column::LastFirst) {
        let turned = name.split_once(',').map(|(last, first)| format!("{} {}", first.trim(), last.trim()));
        return Some(turned.unwrap_or_else(|| name.to_owned()));
    }
    let parts = [Column::Given, Column::Middle, Column::Family].into_iter().filter_map(value);
    let name = value(Column::Name).map_or_else(|| parts.collect::<Vec<_>>().join(" "), str::to_owned);
    (!name.is_empty()).then_some(name)
}

/// Puts a value under a path such as `certificate.from`.
fn put(document: &mut Map<String, Value>, path: &str, value: &str) {
    match path.split_once('.') {
        None => {
            document.insert(path.to_owned(), value.into());
        }
        Some((key, inner)) => {
            let group = document.entry(key).or_insert_with(|| json!({}));
            if let Some(group) = group.as_object_mut() {
                group.insert(inner.to_owned(), value.into());
            }
        }
    }
}

/// `assignments[1].school` as `assignments.school`.
fn without_numbers(path: &str) -> String {
    let mut is_number = false;
    path.chars()
        .filter(|c| {
            is_number |= *c == '[';
            let kept = !is_number;
            is_number &= *c != ']';
            kept
        })
        .collect()
}
