//! The arguments of `appraise serve`.

use clap::Args;

use super::Bases;

pub(super) const SERVE: &str = "\
Each line of standard input is a request in JSON, and each line of standard output its answer, in the same order: an \
answer to every line, whatever the line is. Only a blank line has none. `v` is the version of the protocol, 1; `id`, a \
text or a number, comes back with the answer. The answer has `ok`, or `findings` where a document cannot be used, or \
`error` with a code and a message where the request is wrong. Nothing is kept between two requests.

Examples:
  {\"v\": 1, \"id\": 1, \"call\": \"rubrics\"}
  {\"v\": 1, \"id\": 2, \"call\": \"score\", \"document\": {\"rubric\": {…}, …}}
  {\"v\": 1, \"id\": 3, \"call\": \"apply\", \"document\": {…}, \"changes\":
    [{\"rate\": {\"indicator\": \"deadlines\", \"level\": \"has_met\"}}]}
  {\"v\": 1, \"id\": 4, \"call\": \"report\", \"document\": {…}, \"format\": \"html\"}

`appraise serve --calls` prints what every call takes and gives, as JSON Schemas.";

#[derive(Debug, Args)]
pub(in crate::cli) struct Serve {
    /// Answer requests on standard input, one a line, on standard output
    #[arg(long, required_unless_present = "calls")]
    pub(in crate::cli) stdio: bool,

    /// Print the JSON Schemas of every call instead
    #[arg(long, conflicts_with = "stdio")]
    pub(in crate::cli) calls: bool,

    #[command(flatten)]
    pub(in crate::cli) bases: Bases,
}
