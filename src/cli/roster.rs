//! A form for everybody in a table of staff.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use appraise::{Evaluation, Form, Rubric, Severity, Subject, Whom};
use serde_json::{Map, Value, json};

use super::Failure;
use super::files::{self, Output};
use super::many::Progress;
use super::messages::{Messages, clean};

/// The columns of an employee, and where in an evaluation each belongs.
const EMPLOYEE: [(&str, &str); 9] = [
    ("id", "id"),
    ("name", "name"),
    ("title", "title"),
    ("school", "assignments[0].school"),
    ("fte", "assignments[0].fte"),
    ("hired_on", "hired_on"),
    ("certificate_kind", "certificate.kind"),
    ("certificate_from", "certificate.from"),
    ("certificate_to", "certificate.to"),
];
/// Those of an organization.
const ORGANIZATION: [(&str, &str); 2] = [("id", "id"), ("name", "name")];

/// Writes a form for every row. A row that cannot be used is told and stops nothing.
pub(super) fn run(
    roster: &Path,
    folder: &Path,
    ending: &str,
    form: &Form,
    text: impl Fn(&Form) -> Result<String, Failure>,
    messages: &Messages,
) -> Result<(), Failure> {
    let input = files::read(roster).map_err(|diagnostics| {
        messages.findings(&diagnostics, "roster");
        Failure::Findings
    })?;
    let table = Table::read(&input.name, &input.text, form.rubric())?;
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Message(format!("cannot make `{}`: {}", folder.display(), files::reason(&error))))?;
    let mut taken: HashMap<String, u64> = HashMap::new();
    let mut faulty = 0;
    let mut progress = Progress::towards(Some(table.rows.len() as u64), "form", messages);
    for row in &table.rows {
        let name = table.whom(row).and_then(|whom| {
            let name = file_name(whom.id(), ending);
            match taken.insert(name.to_lowercase(), row.line) {
                Some(first) => Err(vec![format!("row {}, column `id`: stands in row {first} already", row.line)]),
                None if folder.join(&name).is_dir() => {
                    Err(vec![format!("row {}: cannot write to `{name}`: it is a directory", row.line)])
                }
                None => Ok((name, whom)),
            }
        });
        match name {
            Ok((name, whom)) => {
                let own = form.clone().about(&whom).map_err(|error| Failure::Message(error.to_string()))?;
                Output::new(Some(folder.join(name))).write(&text(&own)?)?;
            }
            Err(found) => {
                faulty += 1;
                progress.beside(|| {
                    found.iter().for_each(|message| messages.error(&format!("{}: {message}", input.name)));
                });
            }
        }
        progress.advance(1);
    }
    progress.finish();
    let written = table.rows.len() - faulty;
    let plural = if written == 1 { "" } else { "s" };
    messages.note(&format!("{written} form{plural} written to {}", folder.display()));
    if faulty > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// A table of staff.
struct Table<'a> {
    rubric: &'a Rubric,
    /// `employee` or `organization`.
    subject: &'static str,
    /// Each with its place under the subject.
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
}

struct Row {
    /// The line in the file, from 1.
    line: u64,
    cells: Vec<String>,
}

impl<'a> Table<'a> {
    fn read(name: &str, text: &str, rubric: &'a Rubric) -> Result<Self, Failure> {
        let failed = |message: String| Failure::Message(format!("{name}: {message}"));
        let (subject, known): (_, &[_]) = match rubric.subject() {
            Subject::Organization => ("organization", &ORGANIZATION),
            _ => ("employee", &EMPLOYEE),
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| failed(error.to_string()))?.clone();
        let mut columns = Vec::new();
        for column in &header {
            let found = known.iter().find(|(known, _)| *known == column).ok_or_else(|| {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                failed(format!("row 1: there is no column `{}`; the columns are {}", clean(column), names.join(", ")))
            })?;
            if columns.contains(found) {
                return Err(failed(format!("row 1: column `{column}` stands there twice")));
            }
            columns.push(*found);
        }
        for needed in ["id", "name"] {
            if !columns.iter().any(|(column, _)| *column == needed) {
                return Err(failed(format!("row 1: the column `{needed}` is missing")));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| failed(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
        }
        Ok(Self { rubric, subject, columns, rows })
    }

    /// Whom a row is about, or everything that is wrong with it.
    fn whom(&self, row: &Row) -> Result<Whom, Vec<String>> {
        if row.cells.len() != self.columns.len() {
            let (cells, columns) = (row.cells.len(), self.columns.len());
            return Err(vec![format!("row {}: {cells} cells, but there are {columns} columns", row.line)]);
        }
        let mut whom = Map::new();
        for ((column, path), cell) in self.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            let number = (*column == "fte").then(|| serde_json::from_str(cell).ok()).flatten();
            put(&mut whom, path, number.unwrap_or_else(|| cell.as_str().into()));
        }
        // The rules for whom an evaluation is about are those of an evaluation.
        let somebody = json!({ "id": "-", "name": "-" });
        let document = json!({ "rubric": { "id": self.rubric.id() }, self.subject: whom, "evaluators": [somebody],
            "period": { "from": "2000-01-01", "to": "2000-12-31" }, "ratings": {} });
        let (evaluation, found) = Evaluation::check("row", &document.to_string(), self.rubric);
        evaluation.map(|evaluation| evaluation.whom().clone()).ok_or_else(|| {
            let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
            errors
                .map(|finding| {
                    let within = finding.path.strip_prefix(self.subject).unwrap_or_default().trim_start_matches('.');
                    let column = self.column(within, &finding.message);
                    format!("row {}, column `{column}`: {}", row.line, finding.message)
                })
                .collect()
        })
    }

    /// The column that a finding is about: the one at its place, or the one whose key it misses.
    fn column(&self, path: &str, message: &str) -> &'static str {
        let known: &[(&'static str, &str)] = if self.subject == "employee" { &EMPLOYEE } else { &ORGANIZATION };
        let exact = known.iter().find(|(_, place)| *place == path);
        let missing = || {
            known.iter().find(|(_, place)| {
                let key = place.rsplit('.').next().unwrap_or(place);
                place.starts_with(path) && message.contains(&format!("`{key}`"))
            })
        };
        exact.or_else(missing).map_or("id", |(column, _)| column)
    }
}

/// Puts a value under a path such as `assignments[0].school`.
fn put(whom: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            whom.insert(path.to_owned(), value);
        }
        Some((outer, inner)) => {
            let (key, is_list) = outer.strip_suffix("[0]").map_or((outer, false), |key| (key, true));
            let empty = if is_list { json!([{}]) } else { json!({}) };
            let group = whom.entry(key).or_insert(empty);
            let group = if is_list { group.get_mut(0) } else { Some(group) };
            if let Some(group) = group.and_then(Value::as_object_mut) {
                group.insert(inner.to_owned(), value);
            }
        }
    }
}

/// The identifier, as far as it can be a file's name on every system.
fn file_name(id: &str, ending: &str) -> String {
    let fit = |character: char| character.is_alphanumeric() || "-_".contains(character);
    let name: String = id.chars().map(|character| if fit(character) { character } else { '_' }).collect();
    format!("{name}.{ending}")
}
