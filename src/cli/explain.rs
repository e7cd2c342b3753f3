//! `appraise explain`: the documentation of the codes.

use appraise::Code;

use super::Failure;
use super::files::Output;
use super::messages::clean;

/// The most letters in which a mistyped code differs from the code that is proposed.
const NEAR: usize = 3;

pub(super) fn run(code: Option<&str>, output: &Output) -> Result<(), Failure> {
    let Some(written) = code else { return output.write(&list()) };
    // A finding shows its code as `warning[code]`; people copy that.
    let name = written.split_once('[').map_or(written, |(_, rest)| rest.trim_end_matches(']'));
    match Code::named(name) {
        Some(code) => output.write(&page(code)),
        None => Err(Failure::Message(format!("there is no code `{}`; {}", clean(name), instead(name)))),
    }
}

fn list() -> String {
    Code::ALL.iter().map(|code| format!("{code}\n    {}\n", code.description())).collect()
}

/// The explanation for a terminal: examples are indented instead of fenced.
fn page(code: Code) -> String {
    let mut text = format!("{code}\n\n");
    let mut is_example = false;
    for line in code.explanation().lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            continue;
        }
        let indentation = if is_example && !line.is_empty() { "    " } else { "" };
        text.push_str(&format!("{indentation}{line}\n"));
    }
    text
}

fn instead(name: &str) -> String {
    let distance = |code: &&Code| strsim::osa_distance(code.as_str(), name);
    let closest = Code::ALL.iter().min_by_key(distance).filter(|code| distance(code) <= NEAR);
    match closest {
        Some(code) => format!("did you mean `{code}`?"),
        None => "`appraise explain` lists all".to_owned(),
    }
}
