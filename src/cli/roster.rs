//! A form for everybody in a table of staff.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use appraise::table::{self, Record};
use appraise::{Code, Evaluation, Form, Rubric, Severity, Subject, Whom};
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

/// Writes a form for every row. A row that cannot be used is told and stops nothing; a file that is there may be filled in
/// already, and stays.
pub(super) fn run(
    roster: &Path,
    folder: &Path,
    ending: &str,
    form: &Form,
    text: impl Fn(&Form) -> Result<String, Failure>,
    messages: &Messages,
) -> Result<(), Failure> {
    let told = |diagnostics| {
        messages.findings(&diagnostics, "roster");
        Failure::Findings
    };
    let input = files::read_table(roster).map_err(told)?;
    let rows = table::records(&input.name, &input.text).map_err(told)?;
    let table = Table::of(rows, &input.name, form.rubric())?;
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Message(format!("cannot make `{}`: {}", folder.display(), files::reason(&error))))?;
    let mut taken: HashMap<String, (usize, String)> = HashMap::new();
    let (mut faulty, mut stay) = (0, 0);
    let mut progress = Progress::towards(Some(table.rows.len() as u64), "form", messages);
    for row in &table.rows {
        let name = table.whom(row).and_then(|whom| {
            let name = file_name(whom.id(), ending);
            let number = row.number;
            match taken.insert(name.to_lowercase(), (number, whom.id().to_owned())) {
                Some((first, id)) if id == whom.id() => {
                    Err(vec![format!("row {number}, column `id`: stands in row {first} already")])
                }
                Some((first, id)) => Err(vec![format!(
                    "row {number}, column `id`: its form would be `{name}`, as that of `{id}` in row {first} is: make it from a \
                     table of its own, in another folder"
                )]),
                None if folder.join(&name).is_dir() => {
                    Err(vec![format!("row {number}: cannot write to `{name}`: it is a directory")])
                }
                None => Ok((name, whom)),
            }
        });
        match name {
            Ok((name, _)) if folder.join(&name).exists() => stay += 1,
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
    let written = table.rows.len() - faulty - stay;
    let plural = if written == 1 { "" } else { "s" };
    messages.note(&format!("{written} form{plural} written to {}", folder.display()));
    if stay > 0 {
        let (those, are, them) = if stay == 1 { ("that is", "is", "it") } else { ("that are", "are", "them") };
        messages.note(&format!(
            "{stay} {those} there already, and may be filled in, {are} left alone: move {them} away to have {them} made anew"
        ));
    }
    if faulty > 0 { Err(Failure::Findings) } else { Ok(()) }
}

/// A table of staff.
struct Table<'a> {
    rubric: &'a Rubric,
    /// `employee` or `organization`.
    subject: &'static str,
    /// Each with its place under the subject.
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Record>,
}

impl<'a> Table<'a> {
    fn of(rows: Vec<Record>, name: &str, rubric: &'a Rubric) -> Result<Self, Failure> {
        let failed = |message: String| Failure::Message(format!("{name}: {message}"));
        let (subject, known): (_, &[_]) = match rubric.subject() {
            Subject::Organization => ("organization", &ORGANIZATION),
            _ => ("employee", &EMPLOYEE),
        };
        let mut rows = rows.into_iter();
        let header = rows.next().ok_or_else(|| failed("the table is empty".to_owned()))?;
        let row = header.number;
        let mut columns = Vec::new();
        for column in header.cells.iter().map(|column| column.trim()) {
            let found = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(column)).ok_or_else(|| {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                failed(format!(
                    "row {row}: there is no column `{}`; the columns are {}",
                    clean(column),
                    names.join(", ")
                ))
            })?;
            if columns.contains(found) {
                return Err(failed(format!("row {row}: column `{}` stands there twice", found.0)));
            }
            columns.push(*found);
        }
        for needed in ["id", "name"] {
            if !columns.iter().any(|(column, _)| *column == needed) {
                return Err(failed(format!("row {row}: the column `{needed}` is missing")));
            }
        }
        Ok(Self { rubric, subject, columns, rows: rows.collect() })
    }

    /// Whom a row is about, or everything that is wrong with it.
    fn whom(&self, row: &Record) -> Result<Whom, Vec<String>> {
        if row.cells.len() != self.columns.len() {
            let (cells, columns) = (row.cells.len(), self.columns.len());
            return Err(vec![format!("row {}: {cells} cells, but there are {columns} columns", row.number)]);
        }
        // As where a quote that is not closed takes in the rows below.
        let broken = self.columns.iter().zip(&row.cells).find(|(_, cell)| cell.trim().contains(char::is_control));
        if let Some(((column, _), _)) = broken {
            return Err(vec![format!("row {}, column `{column}`: there is a line break or tab in it", row.number)]);
        }
        let mut whom = Map::new();
        for ((column, path), cell) in self.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.trim().is_empty()) {
            let cell = cell.trim();
            let number = (*column == "fte").then(|| serde_json::from_str(cell).ok()).flatten();
            put(&mut whom, path, number.unwrap_or_else(|| cell.into()));
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
                    // What is missing needs no more words; what is written otherwise than it should be does.
                    let help =
                        if finding.code == Code::MissingKey { String::new() } else { format!(": {}", finding.help) };
                    format!("row {}, column `{column}`: {}{help}", row.number, finding.message)
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
