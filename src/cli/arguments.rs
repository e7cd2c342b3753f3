//! The command line's arguments, and the help that teaches them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  appraise check rivera.yaml                   every problem in it, each at its place
  appraise report rivera.yaml -o rivera.html   the report, one self-contained page
  appraise goals rivera.yaml                   professional-development goals from the ratings
  appraise score rivera.yaml --format json     the tallies, for another program
  appraise migrate rivera.yaml --to new.yaml -o rivera-new.yaml
                                               the evaluation for another rubric, nothing lost
  appraise rubrics                             the rubrics that come with it
  appraise rubrics connecticut_district_supports -o ours.yaml
                                               one of them, whole, to adapt or to look up ids
  appraise import district.csv -o ours.yaml    a rubric from a spreadsheet

Wherever a FILE is read, `-` is standard input. An evaluation's rubric is found by its `rubric.id`
among those that come with the program, unless --rubric names a file.

Exit status: 0 done, no errors found; 1 errors found (with `check --deny warnings`, warnings too), or
a file that cannot be read; 2 wrong usage.";

const TABLE: &str = "\
Columns, in any order; only `domain` and `statement` are required:
  domain, domain_id, domain_code, domain_statement, domain_evaluated_by
                     the title of the domain, and what else is known of it; a blank domain is
                     that of the row above
  competency, competency_id, competency_code, competency_statement, competency_evaluated_by
                     the same of the competency; without one, the indicator hangs on its domain
  code, title, statement, guidance, evaluated_by, critical, id
                     the indicator; `critical` is yes or no
  Has not met, Has met, ...
                     what each level of the scale looks like, by the level's label or id

Ids that the table does not give are made from the titles and statements. The cells are separated by
commas, semicolons or tabs, and the file is UTF-8: in Excel, save as \"CSV UTF-8\".

Examples:
  appraise import district.csv -o district.yaml
  appraise import ours.csv --levels Basic,Proficient,Distinguished --meets-at Proficient
  appraise rubrics connecticut_school_social_work --format csv -o ours.csv
  appraise import ours.csv --from connecticut_school_social_work --id ours --version 2026.1.0 -o ours.yaml";

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
    /// Say what changed between two rubrics, and what it means for ratings already given
    ///
    /// Each change has a class: `none`; `wording`, the same indicator in other words; `incomplete`, an indicator without a
    /// rating yet; `rescored`, the same ratings with another result; `orphaned`, ratings without an indicator or level.
    Diff(Diff),
    /// Write an evaluation for another rubric, with everything that is in it
    ///
    /// What the rubric has keeps its place. What it does not have any more goes under `orphaned`, with the words it was
    /// given for: it is printed and never counted. What was done is said on standard error. A final evaluation becomes a
    /// draft, for somebody has to look at what its ratings mean now; what it was made from stands under `migrated_from`.
    Migrate(Migrate),
    /// List the rubrics that come with the program, or print one of them
    ///
    /// A rubric that extends another is printed whole, as the two make it together.
    ///
    /// As CSV it is a table for a spreadsheet, one row an indicator, that `appraise import` reads back. A spreadsheet may read
    /// a code such as 1.10 as the number 1.1: open the table with its columns as text.
    Rubrics(Rubrics),
    /// Make a rubric from a spreadsheet's table
    ///
    /// The first row names the columns; every other row is an indicator.
    #[command(after_help = TABLE)]
    Import(Import),
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

    /// A rubric that evaluations were made against and are read with no more: findings then say what changed since; may be
    /// given several times
    #[arg(long, value_name = "RUBRIC")]
    pub(super) old: Vec<PathBuf>,

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

#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// The evaluation, YAML or JSON; it is never overwritten
    #[arg(value_name = "EVALUATION")]
    pub(super) file: PathBuf,

    /// The rubric to write it for: its file, or the id of one that comes with the program
    #[arg(long, value_name = "RUBRIC")]
    pub(super) to: PathBuf,

    /// The rubric it was made against, when that does not come with the program; without it, what changed is not known
    #[arg(long, value_name = "RUBRIC")]
    pub(super) old: Option<PathBuf>,

    /// How the evaluation is written [default: by the ending of the output file, else as it was]
    #[arg(long, value_enum)]
    pub(super) format: Option<DocumentFormat>,

    #[command(flatten)]
    pub(super) bases: Bases,
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

    /// The rubric it was made against, where that is another: a warning then says what changed since
    #[arg(long, value_name = "RUBRIC")]
    pub(super) old: Option<PathBuf>,

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

    /// How it is printed [default: by the ending of the output file, else yaml]
    #[arg(long, value_enum, requires = "which")]
    pub(super) format: Option<RubricFormat>,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The table
    #[arg(value_name = "FILE.csv")]
    pub(super) file: PathBuf,

    /// The rubric's id [default: that of --from, else made from the title]
    #[arg(long)]
    pub(super) id: Option<String>,

    /// The rubric's version [default: that of --from, else 1.0.0]
    #[arg(long)]
    pub(super) version: Option<String>,

    /// The rubric's title [default: that of --from, else made from the file's name]
    #[arg(long)]
    pub(super) title: Option<String>,

    /// A rubric whose scale the table is written for; its ids, qualifications, goals and all else that a table cannot hold
    /// are kept. Its file, or the id of one that comes with the program
    #[arg(long, value_name = "ID|FILE", visible_alias = "scale-from")]
    pub(super) from: Option<PathBuf>,

    /// The table's own levels, lowest first, as its columns name them: Basic,Proficient,Distinguished
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', requires = "meets_at", conflicts_with = "from")]
    pub(super) levels: Vec<String>,

    /// The first of those levels that meets expectations
    #[arg(long, value_name = "LABEL", requires = "levels")]
    pub(super) meets_at: Option<String>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RubricFormat {
    /// As it was written, with its comments
    Yaml,
    /// A table for a spreadsheet, one row an indicator
    Csv,
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
pub(super) enum DocumentFormat {
    Yaml,
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
    /// What `appraise check --format json` and `--messages json` print
    Diagnostics,
    /// What the templates report.html and report.md see
    Report,
    /// What the templates goals.html and goals.md see
    GoalsPage,
}
