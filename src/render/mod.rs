//! Pages from scorecards, through templates that a host can replace.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "counts of what a checked evaluation has, and of pictures drawn of them"
)]

mod blocks;
mod checklist;
mod context;
mod escape;
mod grouped;
mod growth;
mod measure;
mod misuse;
pub(crate) mod points;
mod policy;

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io;
use std::sync::Arc;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::agreement::Agreement;
use crate::date;
use crate::error::Error;
use crate::fingerprint;
use crate::history::History;
use crate::progress::Board;
use crate::score::Scorecard;
use crate::seal;
use crate::summary::{Program, Summaries};

use self::context::prepared::Shelf;
use self::grouped::Grouped;
use self::misuse::Misuse;

pub(crate) use self::checklist::Checklists;
#[cfg(feature = "schema")]
pub(crate) use self::context::Report;
pub(crate) use self::context::{
    GoalsPage, HistoryPage, Level, ProgramPage, RubricView, StatusPage, SummaryPage, VERSION as CONTEXT_VERSION,
    Yardstick,
};

/// The built-in templates.
const BUILT_IN: [(&str, &str); 13] = [
    ("report.html", include_str!("../templates/report.html")),
    ("report.md", include_str!("../templates/report.md")),
    ("goals.html", include_str!("../templates/goals.html")),
    ("goals.md", include_str!("../templates/goals.md")),
    ("form.html", include_str!("../templates/form.html")),
    ("form.md", include_str!("../templates/form.md")),
    ("summary.html", include_str!("../templates/summary.html")),
    ("history.html", include_str!("../templates/history.html")),
    ("history.md", include_str!("../templates/history.md")),
    ("program.html", include_str!("../templates/program.html")),
    ("program.md", include_str!("../templates/program.md")),
    ("status.html", include_str!("../templates/status.html")),
    ("status.md", include_str!("../templates/status.md")),
];
/// The templates that the built-in ones share; replaceable too.
const SHARED: [(&str, &str); 30] = [
    ("_style.css", include_str!("../templates/_style.css")),
    ("_macros.html", include_str!("../templates/_macros.html")),
    ("_scoring.html", include_str!("../templates/_scoring.html")),
    ("_agreement.html", include_str!("../templates/_agreement.html")),
    ("_orphan.html", include_str!("../templates/_orphan.html")),
    ("_supervision.html", include_str!("../templates/_supervision.html")),
    ("_counts.html", include_str!("../templates/_counts.html")),
    ("_staff.html", include_str!("../templates/_staff.html")),
    ("_goal.html", include_str!("../templates/_goal.html")),
    ("_ratings.html", include_str!("../templates/_ratings.html")),
    ("_runs.html", include_str!("../templates/_runs.html")),
    ("_checklist.html", include_str!("../templates/_checklist.html")),
    ("_checklist.css", include_str!("../templates/_checklist.css")),
    ("_evidence.html", include_str!("../templates/_evidence.html")),
    ("_practices.html", include_str!("../templates/_practices.html")),
    ("_followed.html", include_str!("../templates/_followed.html")),
    ("_observations.html", include_str!("../templates/_observations.html")),
    ("_form.html", include_str!("../templates/_form.html")),
    ("_form_rows.html", include_str!("../templates/_form_rows.html")),
    ("_form.css", include_str!("../templates/_form.css")),
    ("_form_checklist.css", include_str!("../templates/_form_checklist.css")),
    ("_form_practices.css", include_str!("../templates/_form_practices.css")),
    ("_form.js", include_str!("../templates/_form.js")),
    ("_form_document.js", include_str!("../templates/_form_document.js")),
    ("_form_numbers.css", include_str!("../templates/_form_numbers.css")),
    ("_form_numbers.js", include_str!("../templates/_form_numbers.js")),
    ("_form_practices.js", include_str!("../templates/_form_practices.js")),
    ("_form_saving.js", include_str!("../templates/_form_saving.js")),
    ("_form_observation.js", include_str!("../templates/_form_observation.js")),
    ("_form_copies.js", include_str!("../templates/_form_copies.js")),
];

/// Steps of a template before it counts as one that does not end.
const FUEL: u64 = 10_000_000;
/// The largest page, in bytes.
const MAX_OUTPUT: usize = 256 * 1024 * 1024;
/// The bytes of a usual page, for which there is room before it grows.
const USUAL_OUTPUT: usize = 32 * 1024;

/// How a page is written.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// use appraise::{Format, Renderer};
///
/// let text = Renderer::new().report(&scorecard, Format::Markdown)?;
/// assert!(text.starts_with("# "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One self-contained HTML file.
    Html,
    /// CommonMark with tables.
    Markdown,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }
}

/// Makes pages of scorecards and forms. Rendering is deterministic: the same input gives the same bytes.
///
/// Templates are minijinja's. `report`, `goals`, `form`, `history` and `program`, each as `.html` and `.md`, and `summary.html` can be replaced
/// by name, and so can the parts that the HTML pages include, such as `_style.css`; a replacement can build on the original with
/// `{% extends "builtin/report.html" %}`. What a template sees is in the JSON Schemas of [`schema`](crate::schema). HTML and
/// Markdown are escaped, an unknown variable is an error, and what is absent prints nothing.
///
/// Keep the renderer: what its pages take from a rubric alone is prepared once, and again by a new one.
///
/// A template is code that its author is trusted with, and bounded against accidents: its steps, its recursion, its page
/// (256 MiB), a text (16 MiB) or list (1,000,000 items) that it keeps or puts together with `~`, `+`, `*` or a filter, and all
/// that it puts together for one page (256 MiB). No engine of this kind can hold a hostile template inside a process.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// use appraise::{Format, Renderer};
///
/// let footer = r#"{% extends "builtin/report.html" %}{% block footer %}<p>Riverside</p>{% endblock %}"#;
/// let renderer = Renderer::new().with_template("report.html", footer)?;
/// assert!(renderer.report(&scorecard, Format::Html)?.contains("<p>Riverside</p>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Renderer {
    environment: Environment<'static>,
    /// The replaced templates as they were given: the environment has them with what measures them.
    given: BTreeMap<String, String>,
    /// The prepared parts of pages that depend on a rubric and these templates alone.
    shelf: Arc<Shelf>,
}

impl Renderer {
    /// A renderer with the built-in templates.
    pub fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
            Some("html" | "htm") => AutoEscape::Html,
            Some("md") => AutoEscape::Custom("markdown".into()),
            _ => AutoEscape::None,
        });
        environment.set_formatter(|out, state, value| {
            let Some(text) = value.as_str() else {
                return match state.auto_escape() {
                    _ if value.is_none() => Ok(()),
                    AutoEscape::Custom(_) if is_plain(value) => Ok(write!(out, "{value}")?),
                    AutoEscape::Custom(_) => Ok(escape::markdown(&value.to_string(), out)?),
                    _ => escape_formatter(out, state, value),
                };
            };
            measure::printed(state, text)?;
            Ok(match state.auto_escape() {
                _ if value.is_safe() => out.write_str(text),
                AutoEscape::Html => escape::html(text, out),
                AutoEscape::Custom(_) => escape::markdown(text, out),
                _ => out.write_str(text),
            }?)
        });
        // An absent value stays absent, for `default` and `is none`.
        environment.add_filter("date", |value: Value| match value.as_str().and_then(date::parse) {
            Some(date) => Value::from(date::long(date)),
            None => value,
        });
        environment.add_filter("json", |value: &Value| Value::from_safe_string(escape::json(value)));
        environment.add_filter("at", at);
        environment.add_filter("grouped", |number: u64| Grouped(number).to_string());
        environment.add_filter("policy_hash", |text: &str| policy::hash(text));
        environment.set_fuel(Some(FUEL));
        measure::bound(&mut environment);
        // Compiled when first used. A replaced template is found before this is asked.
        environment.set_loader(|name| {
            let name = name.strip_prefix("builtin/").unwrap_or(name);
            Ok(Self::template(name).map(str::to_owned))
        });
        Self { environment, given: BTreeMap::new(), shelf: Arc::default() }
    }

    /// The names of the templates that can be replaced.
    pub fn template_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.into_iter().chain(SHARED).map(|(name, _)| name)
    }

    /// The text of a built-in template, to begin a replacement with.
    pub fn template(name: &str) -> Option<&'static str> {
        BUILT_IN.into_iter().chain(SHARED).find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// Replaces a template. A name that begins with `_` adds one for others to include.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTemplate`] for any other name that is not built in, [`Error::Template`] when it is not well-formed,
    /// extends itself, or has a block that the built-in template it extends does not have.
    pub fn with_template(mut self, name: &str, text: &str) -> Result<Self, Error> {
        if !name.starts_with('_') && Self::template(name).is_none() {
            let known: Vec<_> = Self::template_names().collect();
            return Err(Error::UnknownTemplate { name: name.to_owned(), known: known.join(", ") });
        }
        if let Some((line, reason)) = blocks::misfit(name, text, Self::template) {
            return Err(Error::Template { name: name.to_owned(), line, reason });
        }
        if let Err(error) = self.environment.add_template_owned(name.to_owned(), text.to_owned()) {
            return Err(template_error(name, text, &error));
        }
        // A well-formed template stays well-formed with the measures in it.
        if let Err(error) = self.environment.add_template_owned(name.to_owned(), growth::measured(text)) {
            return Err(template_error(name, text, &error));
        }
        self.given.insert(name.to_owned(), text.to_owned());
        Ok(Self { shelf: Arc::default(), ..self })
    }

    /// The report of an evaluation.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn report(&self, scorecard: &Scorecard, format: Format) -> Result<String, Error> {
        self.report_of(scorecard, None, format)
    }

    /// The report of an evaluation with others beside it, such as the self-evaluation. The first of the raters is this one.
    /// Whether an employee shares a self-evaluation is asked of [`Evaluation::is_shared`](crate::Evaluation::is_shared).
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn report_beside(&self, scorecard: &Scorecard, agreement: &Agreement, format: Format) -> Result<String, Error> {
        self.report_of(scorecard, Some(agreement), format)
    }

    fn report_of(&self, scorecard: &Scorecard, agreement: Option<&Agreement>, format: Format) -> Result<String, Error> {
        let evaluation = scorecard.evaluation();
        let prepared = self.shelf.of(evaluation.rubric());
        let page = self.render_value("report", format, context::report(scorecard, agreement, prepared))?;
        if format != Format::Html || evaluation.seal().is_none() {
            return Ok(page);
        }
        // The report of a sealed evaluation proves itself: it carries what it was made of.
        let is_alone = agreement.is_none() && evaluation.0.history.iter().all(Option::is_none);
        let made = is_alone.then(|| self.fingerprint());
        let data = serde_json::to_string(evaluation).unwrap_or_default();
        Ok(seal::carry(&page, &data, made.as_deref()))
    }

    /// The fingerprint of this version of the program and of the templates.
    pub(crate) fn fingerprint(&self) -> String {
        let built_in = BUILT_IN.iter().chain(&SHARED).flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        let given = self.given.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        let version = [env!("CARGO_PKG_VERSION").as_bytes()];
        fingerprint::of_bytes(&version.into_iter().chain(built_in).chain(given).collect::<Vec<_>>())
    }

    /// The professional-development goals of an evaluation.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn goals(&self, scorecard: &Scorecard, format: Format) -> Result<String, Error> {
        self.render("goals", format, &GoalsPage::of(scorecard))
    }

    /// The shown counts of many evaluations, as one HTML page: a part for each rubric.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn summary(&self, summaries: &Summaries) -> Result<String, Error> {
        self.render("summary", Format::Html, &SummaryPage::of(summaries))
    }

    /// One person's evaluations over the years.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn history(&self, history: &History, format: Format) -> Result<String, Error> {
        self.render("history", format, &HistoryPage::of(history))
    }

    /// A program evaluation: what a district provides, beside what its staff did and how they were rated.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn program(&self, program: &Program, format: Format) -> Result<String, Error> {
        self.render("program", format, &ProgramPage::of(program))
    }

    /// How far everybody is in the process of the evaluation, who is late first.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] when a replaced template fails.
    pub fn status(&self, board: &Board, format: Format) -> Result<String, Error> {
        self.render("status", format, &StatusPage::of(board))
    }

    pub(crate) fn render(&self, page: &str, format: Format, context: &impl Serialize) -> Result<String, Error> {
        self.render_value(page, format, Value::from(Serde(context)))
    }

    fn render_value(&self, page: &str, format: Format, context: Value) -> Result<String, Error> {
        let name = format!("{page}.{}", format.ending());
        let mut output = Bounded(Vec::with_capacity(USUAL_OUTPUT));
        let rendered = self
            .environment
            .get_template(&name)
            .and_then(|template| template.render_captured_to(context, &mut output).map(|_| ()));
        match rendered {
            Ok(()) => {
                // The engine takes the line end off a template's last line; a text file has one.
                if !output.0.ends_with(b"\n") {
                    output.0.push(b'\n');
                }
                Ok(String::from_utf8(output.0)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
            }
            Err(error) => {
                let error = innermost(&error);
                let failing = error.name().unwrap_or(&name);
                let built_in = || Self::template(failing.strip_prefix("builtin/").unwrap_or(failing));
                let given = self.given.get(failing).map(String::as_str);
                Err(template_error(failing, given.or_else(built_in).unwrap_or_default(), error))
            }
        }
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

/// The value under a dotted path of a mapping; none without one.
fn at(value: &Value, path: &str) -> Value {
    let within = |value: Value, key| value.get_attr(key).ok().filter(|inner| !inner.is_undefined());
    path.split('.').try_fold(value.clone(), within).unwrap_or_else(|| Value::from(()))
}

/// Numbers and truth values have nothing to escape.
fn is_plain(value: &Value) -> bool {
    matches!(value.kind(), ValueKind::Number | ValueKind::Bool)
}

/// Where it went wrong: of an include, the outer error says only that it failed, its cause says at which line and why.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<minijinja::Error>());
    cause.filter(|cause| cause.name().is_some()).map_or(error, innermost)
}

/// An error that names the template's line and what stands there, but nothing of the evaluation: it may end up in a log.
fn template_error(name: &str, text: &str, error: &minijinja::Error) -> Error {
    let misuse = error.source().and_then(|cause| cause.downcast_ref::<Misuse>());
    let mut reason = match error.kind() {
        ErrorKind::InvalidOperation if misuse.is_some() => misuse.map(ToString::to_string).unwrap_or_default(),
        ErrorKind::SyntaxError => error.detail().unwrap_or("not well-formed").to_owned(),
        ErrorKind::OutOfFuel => "it does not end".to_owned(),
        ErrorKind::WriteFailure => "its page is too large".to_owned(),
        kind => kind.to_string(),
    };
    let line = error.line().unwrap_or_default();
    let written = line.checked_sub(1).and_then(|above| text.lines().nth(above)).map(str::trim);
    if let Some(written) = written.filter(|written| !written.is_empty() && written.len() <= 120) {
        reason = format!("{reason}, in `{written}`");
    }
    Error::Template { name: name.to_owned(), line, reason }
}

/// Output up to a size.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.0.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::Error::other("too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
