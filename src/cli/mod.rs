//! The commands: what they take, and what they do with it.

mod arguments;
mod check;
mod files;
mod messages;
mod pages;
mod rubrics;
mod score;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Command};
use self::files::Output;
use self::messages::Messages;

/// Exit codes: 0 done; 1 findings with severity error, or input that cannot be read; 2 wrong usage.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let messages = Messages::new(arguments.messages);
    let output = Output::new(arguments.output);
    let done = match arguments.command {
        Command::Check(check) => check::run(&check, &output, &messages),
        Command::Score(score) => score::run(&score, &output, &messages),
        Command::Report(report) => pages::report(&report, &output, &messages),
        Command::Goals(goals) => pages::goals(&goals, &output, &messages),
        Command::Rubrics(which) => rubrics::run(&which, &output, &messages),
        Command::Templates { name } => rubrics::templates(name.as_deref(), &output),
        Command::Schema { document } => rubrics::schema(document, &output),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report(&messages);
            ExitCode::from(failure.code())
        }
    }
}

/// Why a command did not do what it was asked to.
enum Failure {
    /// Findings that have been shown.
    Findings,
    /// Anything else, with what to do about it.
    Message(String),
    /// The command line asks for something that makes no sense.
    Usage(String),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Self::Findings | Self::Message(_) => 1,
            Self::Usage(_) => 2,
        }
    }

    fn report(&self, messages: &Messages) {
        match self {
            Self::Findings => {}
            Self::Message(text) | Self::Usage(text) => messages.error(text),
        }
    }
}
