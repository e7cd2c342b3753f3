//! The arguments of the commands for many evaluations.

use std::path::PathBuf;

use appraise::summary::Span;
use clap::{Args, ValueEnum};

use super::Bases;

pub(in crate::cli) const BATCH_EXAMPLES: &str = "\
Examples:
  appraise batch evaluations/ --out reports
        an HTML report for each
  appraise batch evaluations/ --out reports --resume
        only what is new or has changed
  appraise batch export.ndjson --format csv -o all.csv
        a row for each, for a spreadsheet
  export | appraise batch - > scorecards.ndjson
        a line of JSON in, a line of JSON out
  appraise batch evaluations/ --history last_year/ --out reports
        with results of last year that the scoring policy takes

A directory and its subdirectories are searched for .yaml, .yml, .json, .ndjson and .jsonl files; hidden ones are \
left out, and links to directories, with a message: name them too. Each line of a .ndjson or .jsonl file, and of \
standard input, is one evaluation.

A report is named for its evaluation alone, so that the same evaluation has the same name in every run: the employee's \
id and name, the period, the type where it is not formal, `draft`, the ids of the evaluators, and the rubric, as in \
E-1042_Jordan-Rivera_2025-08-25_2026-06-12_by-E-0007_counseling.html. Where an id has small letters, or signs that no \
name of a file can have, eight letters and digits follow that stand for all ids, and so they do for a part of a rubric. \
Of two evaluations with the same name, the later one fails. One run at a time writes to a folder.

Columns of CSV: file and line of the evaluation; the rubric and its version; fingerprints of both; whom it is \
about; its type, status, period and day of completion; the tally of all indicators, then of each domain, by the \
domain's id: indicators in scope, rated, met, unrated, share_met (of the rated), and tally.LEVEL; then of each \
result of the scoring policy, as STEP or STEP.DOMAIN: status, rating, score, flags; then of observations, where the \
rubric has kinds of them, as observations or observations.KIND: number, minutes; then of supervision, where the \
rubric asks for it, as supervision or supervision.KIND: sessions, minutes, weeks. The first sound evaluation's \
rubric decides on the columns. Text that a spreadsheet would take for a formula has an apostrophe before it.

--resume knows what is done from `.appraise-batch.ndjson` in the folder: the SHA-256 of everything a report is \
made from, which is the evaluation, the earlier evaluations, the rubrics, the templates and the program, and that of the report itself. A \
report that holds anything else than the list says is made anew. Reports of earlier runs that are on the list, \
and not of these evaluations, are named at the end, and stay.";

pub(in crate::cli) const SUMMARIZE_NOTES: &str = "\
Withheld, shown as * or an empty cell, is every count of a level with fewer evaluations than --threshold behind it, \
zero included, and further counts, so that no small count follows by subtraction along a row or from a total. Each \
withheld count has another possible value, given all shown counts; it may be large. With fewer evaluations than the \
threshold nothing is shown.

This protects against arithmetic with the shown counts. It does not protect against a reader who knows the algorithm \
and tries every possible table: a few tables are shown as no other would be. Nor does it protect two summaries of the \
same evaluations, or nearly the same, with another threshold, other options or one evaluation more: they can be \
subtracted from one another. Publish one.

Columns of CSV, a row for each level of each part of the rubric: rubric, rubric_version, evaluations, tier \
(rubric, domain, competency, indicator), id, code, title, level, label, count, period_from, period_to. `level` is empty in the row of \
those without an entry: unrated, or not in the scope. What is reported beside the ratings has rows of the tier `reported`, with \
the number under `count`.

A summary is of one time: a school year, or the days that --period names. Where the evaluations are of several \
school years and none is named, they are refused, with the years that were found (exit status 2).

Of several evaluations of the same employee with a rubric the latest is counted: the one whose period ends last, \
then a final one before a draft, then the one completed last. The id tells who is the same, without regard to \
capitals, blanks around it, and the way in which accents are written; where one id has several names, that is \
said. Organizations likewise. Who is left out, and why, is said on standard error; the summary has the numbers.

A directory and its subdirectories are searched for .yaml, .yml, .json, .ndjson and .jsonl files; hidden ones are \
left out, and links to directories, with a message: name them too.

Examples:
  appraise summarize evaluations/ -o summary.html
  appraise summarize evaluations/ --period 2025-26 -o summary.html
  appraise summarize export.ndjson --period 2025-08-25..2026-06-12 -o all.csv
  appraise summarize evaluations/ --program supports.yaml -o program.html";

pub(in crate::cli) const STATUS_NOTES: &str = "\
A step is done when `record` has it as often as the process asks. An entry of `responses` counts as a response, a final \
self-evaluation as the self-evaluation, and a final evaluation of record as its completion. Events after the day do not count. \
Without a deadline a step is due once the step that it waits for is done. An optional step whose time is over is late for nobody.

Columns of CSV, a row for each person and step: on, id, name, rubric, rubric_version, period_from, period_to, step, \
label, who, optional, state (overdue, due, waiting, lapsed, done), times, of, done_on, last_on, due, days_late, sealed \
(of the final evaluation of record: true or false; empty before one is final).

Examples:
  appraise status evaluations/
  appraise status evaluations/ --on 2026-03-20 -o status.html
  appraise status all.ndjson --rubric district.yaml --format csv -o status.csv";

/// Many evaluations, and the rubrics that they may name.
#[derive(Debug, Args)]
pub(in crate::cli) struct EvaluationFiles {
    /// Evaluations, directories of them, NDJSON files; `-` is NDJSON from standard input
    #[arg(required = true, value_name = "EVALUATIONS")]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// A rubric that evaluations may name; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rubric: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,

    /// The number of threads [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(in crate::cli) jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Batch {
    #[command(flatten)]
    pub(in crate::cli) evaluations: EvaluationFiles,

    /// A folder for the reports, one file each; made if missing
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// The output for each evaluation [default: html with --out; else by the ending of the output file, else json]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<BatchFormat>,

    /// A folder with templates that replace the built-in ones by name, such as report.html
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,

    /// Earlier evaluations, whose results the scoring policy takes (`from_history`): files, directories, NDJSON; may be given
    /// several times. Each evaluation takes those of the same employee id
    #[arg(long, value_name = "EVALUATIONS")]
    pub(in crate::cli) history: Vec<PathBuf>,

    /// Leave out finished reports: those made from the same evaluation, rubrics and templates
    #[arg(long, requires = "out")]
    pub(in crate::cli) resume: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    pub(in crate::cli) evaluations: EvaluationFiles,

    /// The day to look at [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(in crate::cli) on: Option<String>,

    /// How it is written [default: by the ending of the output file, else text]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<StatusFormat>,

    /// A folder with templates that replace the built-in ones by name, such as status.html
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Summarize {
    #[command(flatten)]
    pub(in crate::cli) evaluations: EvaluationFiles,

    /// How the summary is written [default: by the ending of the output file, else text]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<SummaryFormat>,

    /// An evaluation of the organization, such as one on the district-supports instrument: makes one document for a board of
    /// what the district provides, what its staff did, and how they were rated
    #[arg(long, value_name = "SUPPORTS")]
    pub(in crate::cli) program: Option<PathBuf>,

    /// A folder with templates that replace the built-in ones by name, such as summary.html or program.html
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,

    /// Withhold counts with fewer evaluations than this behind them; 0 withholds nothing
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(in crate::cli) threshold: u32,

    /// Count only evaluations of this type: formal, interim, self, or one of the rubric's own kinds [default: formal
    /// evaluations and those of the rubric's own kinds]
    #[arg(long = "type", value_name = "TYPE")]
    pub(in crate::cli) kind: Option<String>,

    /// Count drafts too
    #[arg(long)]
    pub(in crate::cli) drafts: bool,

    /// Count the evaluations whose period ends in this school year, as 2025-26, from July 1 to June 30; or between two days,
    /// as 2025-08-25..2026-06-12, both included. Needed where evaluations are of several school years
    #[arg(long, value_name = "PERIOD", value_parser = span, conflicts_with_all = ["from", "to"])]
    pub(in crate::cli) period: Option<Span>,

    /// Count only evaluations whose period ends on this day or later; with --to, the same as --period FROM..TO
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(in crate::cli) from: Option<String>,

    /// Count only evaluations whose period ends on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(in crate::cli) to: Option<String>,
}

impl Summarize {
    /// The days in which a period must end, where both are named.
    pub(in crate::cli) fn span(&self) -> Option<Span> {
        self.period.clone().or_else(|| Span::days(self.from.as_ref()?, self.to.as_ref()?))
    }
}

fn span(text: &str) -> Result<Span, String> {
    let wanted = "write a school year as 2025-26, or two days as 2025-08-25..2026-06-12";
    Span::parse(text).ok_or_else(|| wanted.to_owned())
}

/// A day written as in documents.
fn day(text: &str) -> Result<String, String> {
    let period = appraise::Period::new(text, text).ok_or("write a day as 2026-06-30")?;
    Ok(period.from())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum BatchFormat {
    /// Reports, into --out
    Html,
    /// Reports, into --out, or one after another with a line between them
    Markdown,
    /// Scorecards as NDJSON: a line for each evaluation without errors
    Json,
    /// Scorecards as a table: a row for each evaluation without errors
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SummaryFormat {
    /// A table
    Text,
    /// One self-contained page with pictures
    Html,
    /// With --program
    Markdown,
    /// A row for each level of each part of the rubric
    Csv,
    /// For programs; `appraise schema summary` describes it, with --program `appraise schema program`
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatusFormat {
    /// A table
    Text,
    /// One self-contained page, to print and to pin
    Html,
    /// Tables for a mail
    #[value(name = "md", alias = "markdown")]
    Markdown,
    /// A row for each person and step
    Csv,
    /// For programs; `appraise schema status` describes it
    Json,
}
