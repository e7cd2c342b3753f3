//! The command line's arguments and their help.

mod choice;
mod form;
pub(super) mod history;
pub(super) mod many;
mod merge;
mod rubric;
mod seal;
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(super) use self::choice::*;
pub(super) use self::form::Form;
pub(super) use self::merge::{MERGE, Merge};
use self::rubric::TABLE;
pub(super) use self::rubric::{Diff, Import, Rubrics};
use self::seal::{AMEND, VERIFY};
pub(super) use self::seal::{Amend, Finish, SealedFile, Verify, VerifyFormat};
use self::serve::SERVE;
pub(super) use self::serve::Serve;

const EXAMPLES: &str = "\
Examples:
  appraise check rivera.yaml                every problem in it, at its place
  appraise report rivera.yaml -o report.html
                                            the report, one self-contained page
  appraise goals rivera.yaml                goals from the ratings
  appraise form connecticut_school_social_work -o form.html
                                            a page to fill in, which saves an
                                            evaluation
  appraise score rivera.yaml --format json  the tallies, for another program
  appraise migrate rivera.yaml --to new.yaml -o rivera-new.yaml
                                            the evaluation for another rubric,
                                            nothing lost
  appraise finish rivera.yaml --on 2026-06-12 --by E-0007 -o rivera.json
                                            final, and sealed: what changes
                                            later is found by verify
  appraise rubrics                          the rubrics that come with it
  appraise rubrics connecticut_district_supports -o ours.yaml
                                            one of them, whole, to adapt or to
                                            look up ids
  appraise import district.csv -o ours.yaml
                                            a rubric from a spreadsheet

Wherever a FILE is read, `-` is standard input. An evaluation's rubric is found by its `rubric.id` among those \
that come with the program, unless --rubric names a file.

Exit status: 0 done, no errors found; 1 errors found (with `check --deny warnings`, warnings too), or a file \
that cannot be read, or output that cannot be written, as to a closed standard output; 2 wrong usage, or \
evaluations that `summarize` can only count once a period is named; 130 interrupted (`batch`). Whoever stops reading \
standard output, as `head` does, ends the program with 0.";

const TEMPLATES: &str = "\
A template in a folder that --templates names takes the place of the built-in one of the same name. Most build \
on that one and give some of its blocks anew:

  {% extends \"builtin/report.html\" %}
  {% block footer %}<p>Riverside Unified School District</p>{% endblock %}

The first lines of report.html name its blocks, and `appraise schema report` says what a template sees. Templates \
whose names begin with `_` are included by others: `_ratings.html` is the entries of the indicators.";

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
    /// Each finding has a code, the exact place, the fault and the next step. A file with `ratings` or `rubric` at its top
    /// and no `domains` is taken for an evaluation. Evaluations find their rubric among the files named, by id, and rubrics
    /// the one they extend. A scoring policy in a file of its own is checked with the rubric that is named along.
    Check(Check),
    /// Explain a code of findings: why it matters, an example, how to mend it; or list all codes
    Explain {
        /// The code, as it stands in brackets before a finding: duplicate-id
        code: Option<String>,
    },
    /// Compute the scorecard of an evaluation
    ///
    /// The scorecard has the number of indicators at each level, for each domain and competency. A choice that is no
    /// rating, such as "no opportunity to practice", is counted and is in no denominator.
    ///
    /// Where the rubric has a scoring policy, the scorecard also has the summative rating and every step that leads to it,
    /// with the reasons: the ratings used, the ratings left out and why, each rounding, the deciding rule, and the clause.
    Score(Score),
    /// Write the report of an evaluation
    ///
    /// The HTML report is one self-contained file, made for the screen and for paper. The format follows the ending of
    /// the output file unless --format is given.
    Report(Page),
    /// Write professional-development goals from an evaluation's ratings
    ///
    /// Goals follow the rubric's goal templates: first for indicators not met, then for those without opportunity, one
    /// domain after another in turn. JSON and YAML have the form in which an evaluation carries goals.
    Goals(GoalsPage),
    /// Write a form that collects an evaluation
    ///
    /// HTML is one self-contained page to fill in: it works from disk and without a network, saves the evaluation to a file
    /// and opens it again, and prints, empty or filled in. Markdown is a sheet for print and mail. YAML is an evaluation to
    /// complete in a text editor. The schemas are for a host's own page. The format follows the ending of the output file
    /// unless --format is given.
    Form(Form),
    /// Make an evaluation final, and seal it
    ///
    /// The seal holds a fingerprint of everything but later responses, events and amendments. A change of what is under it is
    /// an error from then on (`broken-seal`), unless `appraise amend` makes it. The format follows the ending of the output
    /// file, else it is as it was.
    Finish(Finish),
    /// Change a sealed evaluation, and keep what was there with the reason
    ///
    /// Each change is an amendment with the value before, the value since, the day, the person and the reason. The report
    /// prints both values; the sealed original can be computed back.
    #[command(after_help = AMEND)]
    Amend(Amend),
    /// Verify that a sealed evaluation, or its HTML report, is as it was sealed but for its amendments
    ///
    /// Works offline, from the file alone. Says what holds and what cannot be known, or the first thing that does not hold; then
    /// the exit status is 1.
    #[command(after_help = VERIFY)]
    Verify(Verify),
    /// Join evaluations of one employee and period, each of a part of the rubric, into one
    ///
    /// For several evaluators, each of whom fills in a form for a part (`form --scope`). Each rating then names its
    /// evaluator. The parts must not overlap. The format follows the ending of the output file, else it is YAML.
    Combine(Combine),
    /// Merge two versions of an evaluation that two people made of the same one
    ///
    /// Every change of either stands. Where both changed the same place, each in another way, our value stands, the three values
    /// are shown, and the exit status is 1.
    #[command(after_help = MERGE)]
    Merge(Merge),
    /// Write the reports or scorecards of many evaluations at once
    ///
    /// Works on all cores, with only a few evaluations in memory at one time. A faulty evaluation is shown with its place,
    /// counted, and stops no other; the exit status is then 1. Reports go one file each into --out, named for the employee
    /// and the period. A file in that folder that no run has written is not replaced, and its evaluation fails. Ctrl-C
    /// leaves whole files only, and exit status 130.
    #[command(after_help = many::BATCH_EXAMPLES)]
    Batch(many::Batch),
    /// Count many evaluations together: the number at each level, indicator by indicator
    ///
    /// Also names the indicators that call most for professional development. Writes a summary for each rubric. Counts
    /// final formal evaluations, one of each employee, for several of one employee would let one person stand for many.
    #[command(after_help = many::SUMMARIZE_NOTES)]
    Summarize(many::Summarize),
    /// Show one person's evaluations over the years
    ///
    /// The ratings of each indicator year by year, over several rubrics; the share of each domain that meets expectations and
    /// how it changed; each year's results; goals and how they ended; contact hours in the certificate's cycle.
    #[command(after_help = history::NOTES)]
    History(history::History),
    /// Say how far evaluations are in the process of their rubric: done, due or overdue, and whose turn it is
    ///
    /// Who is late longest comes first. All evaluations of a person, a school year and a rubric are of one process: a
    /// self-evaluation, an interim evaluation, the evaluation of record. The exit status is 0 however late anybody is.
    #[command(after_help = many::STATUS_NOTES)]
    Status(many::Status),
    /// List the changes between two rubrics, with their consequences for ratings already given; or between two states of an
    /// evaluation
    ///
    /// Of an evaluation every value is listed that came, went or is another one, with its place, for an audit trail or for the
    /// employee who has seen the draft.
    ///
    /// Of rubrics each change has a class: `none`; `wording`, the same indicator in other words; `incomplete`, an indicator without a
    /// rating yet; `rescored`, the same ratings with another result; `orphaned`, ratings without an indicator or level.
    Diff(Diff),
    /// Write an evaluation for another rubric, with everything that is in it
    ///
    /// Entries with a home in the new rubric keep their place. Entries without one go under `orphaned`, with the words they
    /// were given for, and are printed and never counted. Standard error lists the changes. A final evaluation becomes a
    /// draft, for a person has to review its ratings; the old document is named under `migrated_from`.
    Migrate(Migrate),
    /// List the rubrics that come with the program, or print one of them
    ///
    /// A rubric that extends another is printed whole, merged with its base.
    ///
    /// CSV is a table for a spreadsheet, one row an indicator, which `appraise import` reads back. A spreadsheet may read a
    /// code such as 1.10 as the number 1.1: open the table with its columns as text.
    Rubrics(Rubrics),
    /// Make a rubric from a spreadsheet's table
    ///
    /// The first row names the columns; every other row is an indicator.
    #[command(after_help = TABLE)]
    Import(Import),
    /// List the templates of the pages, or print one of them to begin a replacement with
    #[command(after_help = TEMPLATES)]
    Templates {
        /// The template to print
        name: Option<String>,
    },
    /// Answer requests of another program, in JSON
    ///
    /// Every job that needs no file is a call: check, score, report, form, draft changes, and more. A program in any language
    /// starts it once, writes a request a line and reads an answer a line.
    #[command(after_help = SERVE)]
    Serve(Serve),
    /// Print the JSON Schema of a document
    ///
    /// Editors complete and check a document by its schema; a rubric or evaluation names it in its first line:
    /// `# yaml-language-server: $schema=rubric.json`
    Schema {
        /// The document
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

    /// Read every file as this kind, whatever its content
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(super) kind: Option<CheckKind>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,

    /// Findings that exit with status 1 too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,

    /// A rubric that evaluations may name; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) rubric: Vec<PathBuf>,

    /// An old rubric that evaluations were made against; findings then list the changes since; may be given several times
    #[arg(long, value_name = "RUBRIC")]
    pub(super) old: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Args)]
pub(super) struct Combine {
    /// The evaluations
    #[arg(required = true, num_args = 2.., value_name = "EVALUATION")]
    pub(super) files: Vec<PathBuf>,

    /// The rubric to read them with, instead of finding it by id
    #[arg(long, value_name = "FILE")]
    pub(super) rubric: Option<PathBuf>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// The evaluation, YAML or JSON; it is never overwritten
    #[arg(value_name = "EVALUATION")]
    pub(super) file: PathBuf,

    /// The rubric to write it for: its file, or the id of one that comes with the program
    #[arg(long, value_name = "RUBRIC")]
    pub(super) to: PathBuf,

    /// The rubric that the evaluation was made against, when it does not come with the program; without it, the changes are
    /// not known
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

    /// The old rubric that the evaluation was made against; a warning then lists the changes since
    #[arg(long, value_name = "RUBRIC")]
    pub(super) old: Option<PathBuf>,

    /// An earlier evaluation of the same person, whose result the scoring policy takes (`from_history`); may be given several
    /// times. It is scored by its own rubric
    #[arg(long, value_name = "FILE")]
    pub(super) history: Vec<PathBuf>,

    /// Show what this person may see of it, by the process of the rubric; refused with the step that shows it, where that is
    /// nothing of the ratings yet
    #[arg(long = "for", value_enum, value_name = "ROLE")]
    pub(super) role: Option<For>,

    #[command(flatten)]
    pub(super) bases: Bases,
}

#[derive(Debug, Args)]
pub(super) struct Score {
    #[command(flatten)]
    pub(super) evaluation: EvaluationFile,

    /// Score the evaluation under this scoring policy too, and list the differences. The policy is a document with the
    /// content of `scoring` in a rubric. Inputs that it does not ask for are not used, missing ones block a result
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,

    /// How the scorecard is written
    #[arg(long, value_enum, default_value_t = ScoreFormat::Text)]
    pub(super) format: ScoreFormat,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    #[command(flatten)]
    pub(super) evaluation: EvaluationFile,

    /// An evaluation to set beside this one, such as the self-evaluation: the page shows how far the ratings agree, and
    /// where they differ most. May be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) beside: Vec<PathBuf>,

    /// Set a self-evaluation beside this one although the employee does not share it (`shared: true`)
    #[arg(long, requires = "beside")]
    pub(super) beside_unshared: bool,

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    /// A paragraph is broken by the terminal's width, not by us; what stands in columns fits the narrowest that is usual.
    #[test]
    fn help_fits_every_terminal() {
        let program = Arguments::command();
        let helps = std::iter::once(&program).chain(program.get_subcommands()).filter_map(|one| one.get_after_help());
        let helps: Vec<String> = helps.map(ToString::to_string).collect();
        assert!(helps.len() > 4, "{helps:?}");
        for help in helps {
            for line in help.lines().filter(|line| line.starts_with(' ')) {
                assert!(line.len() <= 80, "{line}");
            }
            for paragraph in help.split("\n\n") {
                let broken = paragraph.lines().filter(|line| !line.starts_with(' ')).count();
                assert!(broken <= 1, "{paragraph}");
            }
        }
    }
}
