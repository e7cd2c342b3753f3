//! The arguments of `finish`, `amend` and `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Bases;

pub(in crate::cli) const AMEND: &str = "\
Examples:
  appraise amend rivera.json --set ratings.deadlines.level=has_met \\
    --because \"Decided in the grievance of 2026-09-10.\" \\
    --by E-0100 --on 2026-09-15 -o rivera-amended.json
  appraise amend rivera.json --set status=draft --because … --by … --on …
                                            reopens it; --set status=final
                                            makes it final again

A place is written as in a finding: ratings.deadlines.comment, summary, goals[0].status. The place behind the last item \
of a list adds one. A value is JSON, or else the text itself; null takes the value out. Responses and events are added \
to the document itself, without an amendment.";

pub(in crate::cli) const VERIFY: &str = "\
Examples:
  appraise verify rivera.json               a sealed evaluation
  appraise verify rivera.html               its report, which carries it
  appraise verify --rubric ours.yaml archive/
        every evaluation and report in a folder
  appraise verify archive/ --format json    for programs

The rubric is looked for among those that come with the program and those named. Without it the seal is verified all the \
same; with it also the check, the sealed result, and the page of a report, which is made again and compared.

A seal is a fingerprint, not a signature: who can write the file can seal it anew. Compare the fingerprint that is printed \
here with the one on the paper that was signed. White space outside of the data, and another spelling of the same number or \
character, are no change of an evaluation; of a report every byte counts.

A directory and its subdirectories are searched for .yaml, .yml, .json, .ndjson, .jsonl, .html and .htm files. Each line of \
a .ndjson or .jsonl file is one evaluation.

Exit status: 0 where everything holds that can be verified of every file; 1 where anything does not, a file has no seal, or \
cannot be read; 2 wrong usage.";

/// An evaluation to seal or amend, and the rubric it is read with.
#[derive(Debug, Args)]
pub(in crate::cli) struct SealedFile {
    /// The evaluation, YAML or JSON; it is never overwritten
    #[arg(value_name = "EVALUATION")]
    pub(in crate::cli) file: PathBuf,

    /// The rubric to read it with, instead of finding it by id
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rubric: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Finish {
    #[command(flatten)]
    pub(in crate::cli) evaluation: SealedFile,

    /// The day of the sealing, such as 2026-06-12; also the day of completion, where the evaluation does not say it
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: String,

    /// The identifier of the person who seals it, such as E-0007
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) by: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Amend {
    #[command(flatten)]
    pub(in crate::cli) evaluation: SealedFile,

    /// A place and its value from now on, such as ratings.deadlines.level=has_met; may be given several times
    #[arg(long, required = true, value_name = "PLACE=VALUE")]
    pub(in crate::cli) set: Vec<String>,

    /// The reason, which the report prints
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) because: String,

    /// The identifier of the person who amends it, such as E-0100
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) by: String,

    /// The day of the amendment, such as 2026-09-15
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// Sealed evaluations, YAML, JSON or NDJSON, HTML reports of such, and directories of them
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    pub(in crate::cli) format: VerifyFormat,

    /// A rubric that they may be by; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rubric: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum VerifyFormat {
    /// For people: what holds and what cannot be known, or the first thing that does not hold
    Text,
    /// For programs; `appraise schema verifications` describes it
    Json,
}
