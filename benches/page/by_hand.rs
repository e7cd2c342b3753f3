//! The same page written by hand for this one rubric: what the engine is compared with.

use std::collections::HashMap;
use std::fmt::Write as _;

use appraise::Rubric;
use serde::Deserialize;

/// The rubric's text, escaped and joined once.
pub struct Page {
    title: String,
    levels: Vec<(String, String)>,
    /// The place of each indicator, by its id.
    places: HashMap<String, usize>,
    rows: Vec<Row>,
    parts: Vec<Part>,
}

struct Row {
    code: String,
    statement: String,
    domain: usize,
    /// By level, all that stands before the comment.
    begin: Vec<String>,
}

enum Part {
    Domain { heading: String, code: String, title: String },
    Text(String),
    Row(usize),
}

#[derive(Deserialize)]
struct Evaluation<'a> {
    #[serde(borrow)]
    employee: Employee<'a>,
    evaluators: Vec<Person<'a>>,
    period: Period<'a>,
    completed_on: &'a str,
    #[serde(borrow)]
    ratings: HashMap<&'a str, Rating<'a>>,
}

#[derive(Deserialize)]
struct Employee<'a> {
    name: String,
    #[serde(borrow)]
    assignments: Vec<Assignment<'a>>,
}

#[derive(Deserialize)]
struct Assignment<'a> {
    school: &'a str,
}

#[derive(Deserialize)]
struct Person<'a> {
    name: &'a str,
}

#[derive(Deserialize)]
struct Period<'a> {
    from: &'a str,
    to: &'a str,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Rating<'a> {
    Level(&'a str),
    Long { level: &'a str, comment: String },
}

impl Rating<'_> {
    fn level(&self) -> &str {
        match self {
            Rating::Level(level) | Rating::Long { level, .. } => level,
        }
    }

    fn comment(&self) -> Option<&str> {
        match self {
            Rating::Level(_) => None,
            Rating::Long { comment, .. } => Some(comment),
        }
    }
}

#[derive(Default, Clone)]
struct Tally {
    levels: [u32; 4],
    rated: u32,
    met: u32,
}

impl Tally {
    fn count(&mut self, level: usize) {
        self.levels[level] += 1;
        self.rated += u32::from(level < 3);
        self.met += u32::from(level == 1 || level == 2);
    }

    fn cells(&self, out: &mut String) {
        for count in self.levels {
            let _ = write!(out, "<td>{count}</td>");
        }
        let percent = (200 * self.met + self.rated) / (2 * self.rated);
        let percent = if self.met < self.rated { percent.clamp(1, 99) } else { percent };
        let _ = write!(out, "<td>{}</td><td>{percent}%</td></tr>", self.rated);
    }
}

pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'', '/']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match special.as_bytes()[0] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            _ => "&#x2f;",
        });
        rest = &special[1..];
    }
    out.push_str(rest);
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

impl Page {
    pub fn of(rubric: &Rubric) -> Self {
        let levels: Vec<(String, String)> =
            rubric.scale().levels().iter().map(|level| (level.id.clone(), escaped(&level.label))).collect();
        let mut page = Self {
            title: escaped(rubric.title()),
            levels,
            places: HashMap::new(),
            rows: Vec::new(),
            parts: Vec::new(),
        };
        for (number, domain) in rubric.domains().iter().enumerate() {
            let (code, title) = (escaped(&domain.code), escaped(&domain.title));
            page.parts.push(Part::Domain { heading: format!("\n<h2>{code}. {title}</h2>"), code, title });
            page.table(number, None, &domain.indicators);
            for competency in &domain.competencies {
                let heading = format!("\n<h3>{}. {}</h3>", escaped(&competency.code), escaped(&competency.title));
                page.table(number, Some(heading), &competency.indicators);
            }
        }
        page
    }

    fn table(&mut self, domain: usize, heading: Option<String>, indicators: &[appraise::Indicator]) {
        if indicators.is_empty() {
            return;
        }
        self.parts.push(Part::Text(heading.unwrap_or_default() + "\n<table>"));
        for indicator in indicators {
            let (code, statement) = (escaped(&indicator.code), escaped(&indicator.statement));
            let begin = |(id, label): &(String, String)| {
                format!("\n<tr class=\"{id}\"><td>{code}</td><td>{statement}</td><td>{label}</td><td>")
            };
            let begin = self.levels.iter().map(begin).collect();
            self.places.insert(indicator.id.clone(), self.rows.len());
            self.parts.push(Part::Row(self.rows.len()));
            self.rows.push(Row { code, statement, domain, begin });
        }
        self.parts.push(Part::Text("\n</table>".to_owned()));
    }

    pub fn make(&self, json: &str) -> String {
        let evaluation: Evaluation<'_> = serde_json::from_str(json).expect("it is sound");
        let name = escaped(&evaluation.employee.name);
        let mut given: Vec<Option<(usize, Option<&str>)>> = vec![None; self.rows.len()];
        let mut domains = vec![Tally::default(); self.rows.last().map_or(0, |row| row.domain + 1)];
        let mut all = Tally::default();
        for (id, rating) in &evaluation.ratings {
            let place = self.places[*id];
            let level = self.levels.iter().position(|(id, _)| id == rating.level()).expect("it is a level");
            given[place] = Some((level, rating.comment()));
            domains[self.rows[place].domain].count(level);
            all.count(level);
        }
        let mut out = String::with_capacity(40_000);
        let _ = write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Evaluation report: {name}</title></head>\n\
             <body>\n<h1>{}</h1>\n<dl>\n<dt>Staff member</dt><dd>{name}</dd>\n<dt>School</dt><dd>",
            self.title
        );
        escape(evaluation.employee.assignments[0].school, &mut out);
        out.push_str("</dd>\n<dt>Evaluator</dt><dd>");
        escape(evaluation.evaluators[0].name, &mut out);
        let _ = write!(
            out,
            "</dd>\n<dt>Period</dt><dd>{} to {}</dd>\n<dt>Date</dt><dd>{}</dd>\n</dl>\n<h2>Summary</h2>\n<table>\n<tr><th>Domain</th>",
            evaluation.period.from, evaluation.period.to, evaluation.completed_on
        );
        for (_, label) in &self.levels {
            let _ = write!(out, "<th>{label}</th>");
        }
        out.push_str("<th>Rated</th><th>Met</th></tr>");
        let headings = self.parts.iter().filter_map(|part| match part {
            Part::Domain { code, title, .. } => Some((code, title)),
            _ => None,
        });
        for ((code, title), tally) in headings.zip(&domains) {
            let _ = write!(out, "\n<tr><th>{code}. {title}</th>");
            tally.cells(&mut out);
        }
        out.push_str("\n<tr><th>All domains</th>");
        all.cells(&mut out);
        out.push_str("\n</table>");
        for part in &self.parts {
            match part {
                Part::Domain { heading, .. } => out.push_str(heading),
                Part::Text(text) => out.push_str(text),
                Part::Row(place) => {
                    let (level, comment) = given[*place].expect("everything is rated");
                    out.push_str(&self.rows[*place].begin[level]);
                    escape(comment.unwrap_or_default(), &mut out);
                    out.push_str("</td></tr>");
                }
            }
        }
        out.push_str("\n<h2>Professional development goals</h2>\n<ol>");
        for (row, given) in self.rows.iter().zip(&given) {
            if let Some((0, comment)) = given {
                let _ = write!(out, "\n<li><strong>{}</strong> {name} will meet: {}", row.code, row.statement);
                if let Some(comment) = comment {
                    out.push_str("<blockquote>");
                    escape(comment, &mut out);
                    out.push_str("</blockquote>");
                }
                out.push_str("</li>");
            }
        }
        out.push_str("\n</ol>\n</body>\n</html>\n");
        out
    }
}

/// Reads the JSON and does no more.
pub fn read(json: &str) -> usize {
    serde_json::from_str::<Evaluation<'_>>(json).expect("it is sound").ratings.len()
}
