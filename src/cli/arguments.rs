//! The command line's arguments, and the help that teaches them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::many::arguments as many;

const EXAMPLES: &str = "\
Examples:
  appraise check rivera.yaml                   every problem in it, each at its place
  appraise report rivera.yaml -o rivera.html   the report, one self-contained page
  appraise goals rivera.yaml                   professional-development goals from the ratings
  appraise score rivera.yaml --format json     the tallies, for another program
  appraise rubrics                             the rubrics that come with it
  appraise rubrics connecticut_district_supports -o ours.yaml
                                               one of them, whole, to adapt or to look up ids

Wherever a FILE is read, `-` is standard input. An evaluation's rubric is found by its `rubric.id`
among those that come with the program, unless --rubric names a file.

Exit status: 0 done, no errors found; 1 errors found (with `check --deny warnings`, warnings too), or
a file that cannot be read; 2 wrong usage.";

/// Checks competency rubrics, scores evaluations of staff against them, and writes reports and goals.
#[derive(Debug, Parser)]
#[command(name = "appraise", version, after_help = EXAMPLES, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,

    /// Write to this file instead of standard output; it is replaced only when the whole output is ready
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// How messages are written to standard error
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Text, value_name = "FORMAT")]
    pub(super) messages: MessageFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find every problem in rubrics and evaluations
    ///
    /// Each finding has a code, the exact place, what is wrong and what to do about it. A file with `ratings` or `rubric` at
    /// its top and no `domains` is taken for an evaluation. Evaluations find their rubric among the files named, by id, and
    /// rubrics the one they extend.
    Check(Check),
    /// Compute the scorecard of an evaluation
    ///
    /// How many indicators of each domain and competency got each level. A choice that is no rating, such as "no
    /// opportunity to practice", is counted and is in no denominator.
    Score(Score),
    /// Write the report of an evaluation
    ///
    /// The HTML report is one self-contained file, made for the screen and for paper. The format follows the ending of
    /// the output file unless --format is given.
    Report(Page),
    /// Write professional-development goals from an evaluation's ratings
    ///
    /// By the rubric's goal templates: what is not met first, then what there was no opportunity for, one domain after
    /// another in turn. JSON and YAML have the shape in which an evaluation carries goals.
    Goals(GoalsPage),
    /// Write the reports or scorecards of many evaluations at once
    ///
    /// Works on all cores, and takes an evaluation when there is room for it, however many there are. One that fails is shown
    /// with its place, counted, and stops nothing; the exit status is then 1. Reports go one file each into --out, named for
    /// the evaluation's file, or for the employee and the period of a line of NDJSON; where a name is taken, `-2` follows.
    /// Ctrl-C leaves whole files only, and exit status 130.
    #[command(after_help = many::BATCH_EXAMPLES)]
    Batch(many::Batch),
    /// Count many evaluations together: how many got each level, indicator by indicator
    ///
    /// And which indicators call most for professional development. A summary for each rubric. Counted are final formal
    /// evaluations, of each employee one: several of the same employee would let one person stand for many.
    #[command(after_help = many::SUMMARIZE_NOTES)]
    Summarize(many::Summarize),
    /// Say what changed between two rubrics, and what it means for ratings already given
    ///
    /// Each change has a class: `none`; `wording`, the same indicator in other words; `incomplete`, an indicator without a
    /// rating yet; `rescored`, the same ratings with another result; `orphaned`, ratings without an indicator or level.
    Diff(Diff),
    /// List the rubrics that come with the program, or print one of them
    ///
    /// A rubric that extends another is printed whole, as the two make it together.
    Rubrics(Rubrics),
    /// List the templates of reports and goals, or print one of them to begin a replacement with
    Templates {
        /// The template to print
        name: Option<String>,
    },
    /// Print the JSON Schema of a document
    ///
    /// Editors complete and check a document by its schema; a rubric or evaluation names it in its first line:
    /// `# yaml-language-server: $schema=rubric.json`
    Schema {
        /// Which document
        #[arg(value_enum)]
        document: Document,
    },
}

/// The rubrics that other rubrics extend.
#[derive(Debug, Args)]
pub(super) struct Bases {
    /// A rubric that others may extend, besides those that come with the program; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) base: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The rubrics and evaluations to check
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Take every file for this, whatever is in it
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(super) kind: Option<Kind>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,

    /// Exit with status 1 for these too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,

    /// A rubric that evaluations may name; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) rubric: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The rubric that ratings were given with: its file, or the id of one that comes with the program
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,

    /// The rubric that they are looked at with
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,

    #[command(flatten)]
    pub(super) bases: Bases,

    /// How the changes are written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(super) format: DiffFormat,
}

/// An evaluation, and the rubric it is read with.
#[derive(Debug, Args)]
pub(super) struct EvaluationFile {
    /// The evaluation, YAML or JSON
    #[arg(value_name = "EVALUATION")]
    pub(super) file: PathBuf,

    /// The rubric to read it with, instead of finding it by id
    #[arg(long, value_name = "FILE")]
    pub(super) rubric: Option<PathBuf>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Args)]
pub(super) struct Score {
    #[command(flatten)]
    pub(super) evaluation: EvaluationFile,

    /// How the scorecard is written
    #[arg(long, value_enum, default_value_t = ScoreFormat::Text)]
    pub(super) format: ScoreFormat,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    #[command(flatten)]
    pub(super) evaluation: EvaluationFile,

    /// How the page is written [default: by the ending of the output file, else markdown]
    #[arg(long, value_enum)]
    pub(super) format: Option<PageFormat>,

    /// A folder with templates that replace the built-in ones by name, such as report.html
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct GoalsPage {
    #[command(flatten)]
    pub(super) evaluation: EvaluationFile,

    /// How the goals are written [default: by the ending of the output file, else markdown]
    #[arg(long, value_enum)]
    pub(super) format: Option<GoalsFormat>,

    /// A folder with templates that replace the built-in ones by name, such as goals.html
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Rubrics {
    /// The id of a rubric that comes with the program, or a rubric's file, to print whole
    #[arg(value_name = "ID|FILE")]
    pub(super) which: Option<PathBuf>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Rubric,
    Evaluation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// For people: each finding under the line that caused it
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: each finding under the line that caused it
    Text,
    /// For programs; `appraise schema diagnostics` describes it
    Json,
    /// SARIF 2.1.0, for code scanning and for editors
    Sarif,
    /// For GitHub Actions: each finding as a workflow command, shown beside its line in a pull request
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Findings that do not keep a document from being used
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScoreFormat {
    /// A table
    Text,
    /// For programs; `appraise schema scorecard` describes it
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people, the gravest changes first
    Text,
    /// For programs; `appraise schema difference` describes it
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    Html,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GoalsFormat {
    Markdown,
    Html,
    /// In the shape in which an evaluation carries goals
    Json,
    /// In the shape in which an evaluation carries goals
    Yaml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// A rubric, as its author writes it
    Rubric,
    /// A rubric that extends another
    Overlay,
    /// An evaluation, as it is written or exported
    Evaluation,
    /// What `appraise score --format json` prints
    Scorecard,
    /// What `appraise goals --format json` prints
    Goals,
    /// What `appraise diff --format json` prints
    Difference,
    /// What `appraise summarize --format json` prints
    Summary,
    /// What `appraise check --format json` and `--messages json` print
    Diagnostics,
    /// What the templates report.html and report.md see
    Report,
    /// What the templates goals.html and goals.md see
    GoalsPage,
    /// What the template summary.html sees
    SummaryPage,
}
