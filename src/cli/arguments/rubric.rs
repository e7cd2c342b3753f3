//! The arguments of commands about rubrics alone.

use std::path::PathBuf;

use clap::Args;

use super::Bases;
use super::choice::{DiffFormat, For, RubricFormat};

pub(super) const TABLE: &str = "\
Columns, in any order; only `domain` and `statement` are required:
  domain, domain_id, domain_code, domain_statement, domain_evaluated_by
        the title of the domain, and what else is known of it; a blank domain
        is that of the row above
  competency, competency_id, competency_code, competency_statement,
  competency_evaluated_by
        the same of the competency; without one, the indicator hangs on its
        domain
  code, title, statement, guidance, evaluated_by, critical, id
        the indicator; `critical` is yes or no
  points
        the points that the indicator has of its own, by level:
        has_not_met=0; has_met=5
  practices, derive, domain_derive, competency_derive
        a checklist, a line for each practice: id | level | statement; and the
        rule by which the level follows: cumulative, majority, or
        at_least proficient 3, accomplished 5
  rated
        yes for a domain or competency that is rated as a whole, and has no
        indicators
  Has not met, Has met, ...
        what each level of the scale looks like, by the level's label or id;
        a table's own levels are named with --levels and --not-rated
  domain_scale, competency_scale, scale
        the scale that the domain, competency or indicator is rated on, where
        the rubric of --from has several

Ids that the table does not give are made from the titles and statements. The cells are separated by commas, \
semicolons or tabs, and the file is UTF-8: in Excel, save as \"CSV UTF-8\".

Examples:
  appraise import district.csv -o district.yaml
  appraise import ours.csv --levels Basic,Proficient --meets-at Proficient \\
      --not-rated N/A
  appraise rubrics connecticut_school_social_work --format csv -o ours.csv
  appraise import ours.csv --from connecticut_school_social_work \\
      --id ours --version 2026.1.0 -o ours.yaml";

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// The rubric that the ratings were given with: its file, or the id of one that comes with the program. Or the evaluation
    /// as it was
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: PathBuf,

    /// The rubric to compare with: its file, or the id of one that comes with the program. Or the evaluation as it is
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: PathBuf,

    /// A rubric that the evaluations may name; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rubric: Vec<PathBuf>,

    /// Of evaluations, list the changes in what this person may see of them, by the process of the rubric
    #[arg(long = "for", value_enum, value_name = "ROLE")]
    pub(in crate::cli) role: Option<For>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,

    /// How the changes are written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(in crate::cli) format: DiffFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Rubrics {
    /// The id of a rubric that comes with the program, or a rubric's file, to print whole
    #[arg(value_name = "ID|FILE")]
    pub(in crate::cli) which: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,

    /// How it is printed [default: by the ending of the output file, else yaml]
    #[arg(long, value_enum, requires = "which")]
    pub(in crate::cli) format: Option<RubricFormat>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// The table
    #[arg(value_name = "FILE.csv")]
    pub(in crate::cli) file: PathBuf,

    /// The rubric's id [default: the id of --from, else made from the title]
    #[arg(long)]
    pub(in crate::cli) id: Option<String>,

    /// The rubric's version [default: the version of --from, else 1.0.0]
    #[arg(long)]
    pub(in crate::cli) version: Option<String>,

    /// The rubric's title [default: the title of --from, else made from the file's name]
    #[arg(long)]
    pub(in crate::cli) title: Option<String>,

    /// A rubric whose scales the table is written for; its ids, qualifications, goals and all else that a table cannot hold
    /// are kept. Its file, or the id of one that comes with the program
    #[arg(long, value_name = "ID|FILE", visible_alias = "scale-from")]
    pub(in crate::cli) from: Option<PathBuf>,

    /// The table's own levels, lowest first, as its columns name them: Basic,Proficient,Distinguished
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', requires = "meets_at", conflicts_with = "from")]
    pub(in crate::cli) levels: Vec<String>,

    /// The levels are given highest first; the rubric is written and printed so too, and the last one is the lowest
    #[arg(long, requires = "levels")]
    pub(in crate::cli) best_first: bool,

    /// The table's choices that are no rating and count nothing, as its columns name them: N/A,Not observed
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', conflicts_with = "from")]
    pub(in crate::cli) not_rated: Vec<String>,

    /// The first of the levels that meets expectations
    #[arg(long, value_name = "LABEL", requires = "levels")]
    pub(in crate::cli) meets_at: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_help_names_every_column() {
        let words: Vec<&str> = super::TABLE.split(|c: char| c.is_whitespace() || ",;:`".contains(c)).collect();
        for column in appraise::table::COLUMNS {
            assert!(words.contains(column), "{column}");
        }
    }
}
