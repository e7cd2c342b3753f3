//! `appraise import`.

use appraise::table::{self, Options};

use super::Failure;
use super::arguments::Import;
use super::files::{self, Output};
use super::messages::Messages;

pub(super) fn run(arguments: &Import, output: &Output, messages: &Messages) -> Result<(), Failure> {
    output.check_inputs(std::iter::once(&arguments.file).chain(&arguments.from).chain(&arguments.bases.base))?;
    let mut options = Options::default();
    options.id.clone_from(&arguments.id);
    options.version.clone_from(&arguments.version);
    options.title.clone_from(&arguments.title);
    options.levels.clone_from(&arguments.levels);
    options.best_first = arguments.best_first;
    options.not_rated.clone_from(&arguments.not_rated);
    options.meets_at.clone_from(&arguments.meets_at);
    let library = files::library(&arguments.bases, messages)?;
    options.from = arguments.from.as_ref().map(|from| files::rubric(from, &library, messages)).transpose()?;
    let (yaml, diagnostics) = match files::read_table(&arguments.file) {
        Ok(input) => table::import(&input.name, &input.text, &options),
        Err(diagnostics) => (None, diagnostics),
    };
    messages.findings(&diagnostics, "table");
    output.write(&yaml.ok_or(Failure::Findings)?)
}
