//! The arguments of `appraise form`.

use std::path::PathBuf;

use clap::Args;

use super::Bases;
use super::choice::{For, FormFormat};

#[derive(Debug, Args)]
pub(in crate::cli) struct Form {
    /// The rubric: its file, or the id of one that comes with the program [default: the evaluation's]
    #[arg(value_name = "RUBRIC", required_unless_present = "evaluation")]
    pub(in crate::cli) rubric: Option<PathBuf>,

    /// How the form is written [default: by the ending of the output file, else html]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<FormFormat>,

    /// An evaluation to begin with. The form continues a draft. After a final evaluation it begins the next one, without
    /// ratings: after an interim one for the same year, with the year's other entries; else for the next year, with the
    /// same people, the open goals and the contact hours so far. With --roster, several or a folder of them, one for each
    /// person
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) evaluation: Vec<PathBuf>,

    /// A form to respond to the evaluation and acknowledge receipt; all else is read-only
    #[arg(long, requires = "evaluation", conflicts_with_all = ["self_evaluation", "kind", "beside", "scope"])]
    pub(in crate::cli) respond: bool,

    /// A form for a self-evaluation; from an evaluation by others it takes the employee, the period and the goals only
    #[arg(long = "self")]
    pub(in crate::cli) self_evaluation: bool,

    /// A form for an evaluation of this type: formal, interim, self, or one of the rubric's own kinds
    #[arg(long = "type", value_name = "TYPE", conflicts_with = "self_evaluation")]
    pub(in crate::cli) kind: Option<String>,

    /// A form for one observation of this kind of the rubric's; `combine` puts what it saves into the draft
    #[arg(long, value_name = "KIND", conflicts_with_all = ["respond", "self_evaluation"])]
    pub(in crate::cli) observation: Option<String>,

    /// An evaluation whose ratings are shown beside the choices, such as the self-evaluation; none is copied. May be given
    /// several times. With --roster, a folder or several, one for each person
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) beside: Vec<PathBuf>,

    /// Show a self-evaluation beside the choices although the employee does not share it (`shared: true`)
    #[arg(long, requires = "beside")]
    pub(in crate::cli) beside_unshared: bool,

    /// Make the form for this person: evaluations that the person may not see, by the process of the rubric, are refused
    #[arg(long = "for", value_enum, value_name = "ROLE")]
    pub(in crate::cli) role: Option<For>,

    /// The part of the rubric that the form is for: ids of domains, competencies or indicators, with commas between them
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(in crate::cli) scope: Vec<String>,

    /// A form for everybody in a table: CSV with a row of column names, also as HR systems and OneRoster write them.
    /// Required are `id` and `name`, or `last_name` and `first_name`; optional are `title`, `school`, `fte`, `hired_on`,
    /// `certificate_kind`, `certificate_from`, `certificate_to`, `period_from`, `period_to`, `evaluator_id`, `evaluator`.
    /// Two rows of one person are two assignments. An existing form in the folder stays as it is
    #[arg(long, value_name = "CSV", requires = "out", conflicts_with = "respond")]
    pub(in crate::cli) roster: Option<PathBuf>,

    /// The folder that the forms of a roster are written to
    #[arg(long, value_name = "DIR", requires = "roster", conflicts_with = "output")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// A folder with templates that replace the built-in ones by name, such as form.html
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}
