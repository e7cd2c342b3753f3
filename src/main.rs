//! The command line `appraise`. What it does is in [`cli`]; `appraise --help` says how to use it.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
