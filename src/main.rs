//! The program `appraise`. [`cli`] has the commands; `appraise --help` explains them.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
