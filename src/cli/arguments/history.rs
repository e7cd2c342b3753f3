//! The arguments of `appraise history`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choice::For;
use super::many::EvaluationFiles;

pub(in crate::cli) const NOTES: &str = "\
Evaluations of record count: formal ones, and those of a rubric's own kinds. An interim evaluation counts where no \
evaluation of record is of its school year. Of several evaluations of one period one counts: one of record before \
others, then a final one before a draft, then the one completed last. Those that do not count are listed, with the \
reason. A self-evaluation never counts; it is listed where the employee shares it (`shared: true`), and nothing of it \
is shown where not.

The rubric of the latest evaluation is the newest one. Ratings given with another are shown at the indicators of the \
newest, as `appraise migrate` moves them; those without a home are listed apart. Each year's results are those of its \
own rubric and scoring policy. Every rubric must be at hand: name each version that an evaluation was made against with \
--rubric.

The trend of a domain is the share of its rated indicators that meet expectations in the last year that has one, less \
that in the first; and of the indicators rated in both years, how many are rated higher, the same and lower. A choice \
that is no rating, such as \"no opportunity to practice\", is in no share.

The id tells who is the same, without regard to capitals, blanks around it, and the way in which accents are written. \
Evaluations of different people are refused.

Columns of CSV: employee, name, year, period_from, period_to, type, status, rubric, rubric_version, row, domain, id, \
code, title, status_of_entry, level, label, number, indicators, rated, met, share_met, words. `row` is evaluation, \
domain, indicator, without_home, result, goal, contact_hours or not_counted.

Examples:
  appraise history rivera/ -o rivera.html
  appraise history evaluations/ --employee E-1042 -o rivera.html
  appraise history 2025.yaml 2026.yaml --rubric a.yaml --rubric b.yaml -o r.csv";

#[derive(Debug, Args)]
pub(in crate::cli) struct History {
    #[command(flatten)]
    pub(in crate::cli) evaluations: EvaluationFiles,

    /// The id of the employee or organization whose evaluations are taken from those named; the others are left out
    #[arg(long, value_name = "ID", visible_alias = "organization")]
    pub(in crate::cli) employee: Option<String>,

    /// Count drafts too, where their period has no final evaluation
    #[arg(long)]
    pub(in crate::cli) drafts: bool,

    /// Show what this person may see of the evaluations, by the process of the rubric; others are left out
    #[arg(long = "for", value_enum, value_name = "ROLE")]
    pub(in crate::cli) role: Option<For>,

    /// How the history is written [default: by the ending of the output file, else markdown]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<HistoryFormat>,

    /// A folder with templates that replace the built-in ones by name, such as history.html
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HistoryFormat {
    /// One self-contained page, with a bar for each domain and year
    Html,
    Markdown,
    /// A row for each rating, count, result and goal of each year
    Csv,
    /// For programs; `appraise schema history` describes it
    Json,
}
