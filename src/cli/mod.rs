//! The commands of the program `appraise`.

mod arguments;
mod batch;
mod check;
mod diff;
mod documents;
mod explain;
mod files;
mod form;
mod github;
mod history;
mod interrupt;
mod many;
mod merge;
mod messages;
mod migrate;
mod file_name;
mod outline;
mod pages;
mod roster;
mod rubrics;
mod sarif;
mod score;
mod seal;
mod serve;
mod startup;
mod status;
mod stream;
mod summarize;
mod what_if;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Command, MessageFormat};
use self::files::Output;
use self::messages::Messages;

/// Exit codes: 0 done; 1 findings with severity error, or input that cannot be read; 2 wrong usage.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return not_parsed(&error),
    };
    let messages = Messages::new(arguments.messages);
    let output = Output::new(arguments.output);
    let done = match arguments.command {
        Command::Check(check) => check::run(&check, &output, &messages),
        Command::Explain { code } => explain::run(code.as_deref(), &output),
        Command::Finish(arguments) => seal::finish(&arguments, &output, &messages),
        Command::Amend(arguments) => seal::amend(&arguments, &output, &messages),
        Command::Verify(arguments) => seal::run(&arguments, &output, &messages),
        Command::Score(score) => score::run(&score, &output, &messages),
        Command::Report(report) => pages::report(&report, &output, &messages),
        Command::Goals(goals) => pages::goals(&goals, &output, &messages),
        Command::Form(form) => form::run(&form, &output, &messages),
        Command::Combine(parts) => documents::combine(&parts, &output, &messages),
        Command::Merge(merge) => merge::run(&merge, &output, &messages),
        Command::Batch(batch) => batch::run(&batch, &output, &messages),
        Command::Summarize(summarize) => summarize::run(&summarize, &output, &messages),
        Command::History(history) => history::run(&history, &output, &messages),
        Command::Status(status) => status::run(&status, &output, &messages),
        Command::Diff(diff) => diff::run(&diff, &output, &messages),
        Command::Migrate(migrate) => migrate::run(&migrate, &output, &messages),
        Command::Import(import) => documents::import(&import, &output, &messages),
        Command::Rubrics(which) => rubrics::run(&which, &output, &messages),
        Command::Templates { name } => rubrics::templates(name.as_deref(), &output),
        Command::Serve(serve) => serve::run(&serve, &output, &messages),
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

/// Prints the help or version asked for, or the fault of the command line.
fn not_parsed(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || !wants_json() {
        return printed(error);
    }
    let text = error.render().to_string();
    let failure = Failure::Usage(text.strip_prefix("error: ").unwrap_or(&text).trim().to_owned());
    failure.report(&Messages::new(MessageFormat::Json));
    ExitCode::from(failure.code())
}

/// Prints it for people.
fn printed(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // When the stream is closed there is nobody left to tell.
        let _ = error.print();
        return ExitCode::from(2);
    }
    let written = stream::check_standard().and_then(|()| error.print());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let failure = Output::new(None).failed(&error);
            failure.report(&Messages::new(MessageFormat::Text));
            ExitCode::from(failure.code())
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Whether messages are wanted as JSON, by the arguments as they are, since they could not be parsed.
fn wants_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().skip(1).take_while(|argument| argument != "--").collect();
    arguments.iter().any(|argument| argument == "--messages=json")
        || arguments.windows(2).any(|pair| matches!(pair, [flag, value] if flag == "--messages" && value == "json"))
}

/// The failure of a command.
enum Failure {
    /// Findings that have been shown.
    Findings,
    /// Any other failure, with the next step.
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
