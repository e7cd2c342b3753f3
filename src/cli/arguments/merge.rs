//! The arguments of `appraise merge`.

use std::path::PathBuf;

use clap::Args;

use super::Bases;

pub(in crate::cli) const MERGE: &str = "\
As the merge driver of a git repository that holds evaluations:
  git config merge.appraise.driver 'appraise merge %O %A %B -o %A'
  echo 'evaluations/*.json merge=appraise' >> .gitattributes";

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// The evaluation that both began with
    #[arg(id = "begun_with", value_name = "BASE")]
    pub(in crate::cli) base: PathBuf,

    /// Our version; where both changed the same place, its value stands. The output may go to this file
    pub(in crate::cli) ours: PathBuf,

    /// Their version
    pub(in crate::cli) theirs: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}
