//! `appraise serve`.

use std::io;

use appraise::host;

use super::Failure;
use super::arguments::Serve;
use super::files::{self, Output};
use super::many::read_line;
use super::messages::Messages;

pub(super) fn run(arguments: &Serve, output: &Output, messages: &Messages) -> Result<(), Failure> {
    if arguments.calls {
        return output.write(&host::schemas());
    }
    let library = files::library(&arguments.bases, messages)?;
    let mut stream = output.open().map_err(|error| output.failed(&error))?;
    let mut reader = io::stdin().lock();
    loop {
        let line = read_line(&mut reader);
        let unreadable = |error: &io::Error| Failure::Message(format!("standard input: {}", files::reason(error)));
        let Some(line) = line.map_err(|error| unreadable(&error))? else { break };
        let request = line.trim_ascii();
        if request.is_empty() {
            continue;
        }
        let mut answer = host::call(&library, request);
        answer.push(b'\n');
        // JSON is UTF-8.
        let answer = String::from_utf8_lossy(&answer);
        stream.write(&answer).map_err(|error| output.failed(&error))?;
    }
    stream.finish().map_err(|error| output.failed(&error))
}
