//! `appraise migrate`.

use appraise::migrate::{Changes, Moved, migrate};
use appraise::{Library, OrphanKind, Rubric, Source};
use serde::Serialize;

use super::Failure;
use super::arguments::{DocumentFormat, Migrate};
use super::files::{self, Input, Output};
use super::messages::{self, Messages, plural};

pub(super) fn run(arguments: &Migrate, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let others = arguments.old.iter().chain(&arguments.bases.base);
    output.check_inputs([&arguments.file, &arguments.to].into_iter().chain(others))?;
    let library = files::library(&arguments.bases, messages)?;
    let to = files::rubric(&arguments.to, &library, messages)?;
    let input = files::read(&arguments.file).map_err(messages.faulty("evaluation"))?;
    let old = old(arguments, &input, &library, messages)?;
    let migrated = migrate(&input.name, &input.text, &to, old.as_ref()).map_err(messages.faulty("evaluation"))?;
    let is_json = Source::parse(&input.name, &input.text).is_json();
    let format = arguments.format.unwrap_or(match output.ending().as_deref() {
        Some("json") => DocumentFormat::Json,
        Some("yaml" | "yml") => DocumentFormat::Yaml,
        _ if is_json => DocumentFormat::Json,
        _ => DocumentFormat::Yaml,
    });
    let is_same = migrated.changes.is_current && (format == DocumentFormat::Json) == is_json;
    let text = match format {
        // An evaluation that needs no migration stays as it is, to the letter.
        _ if is_same => input.text.clone(),
        DocumentFormat::Json => messages::json(&migrated.evaluation),
        DocumentFormat::Yaml => {
            let head = head(&input, DocumentFormat::Yaml);
            files::yaml(&migrated.evaluation, &input.name, &head, "write it with `--format json`")?
        }
    };
    messages.findings(migrated.evaluation.diagnostics(), "evaluation");
    output.write(&text)?;
    let kept = if is_same { usize::MAX } else { head(&input, format).lines().count() };
    report(&migrated.changes, &input.name, kept, messages);
    let before = migrated.evaluation.migrated_from().last().filter(|_| !migrated.changes.is_current);
    if before.is_some_and(|before| before.seal.is_some()) {
        messages.note("  its seal and amendments stay with the document that was read: keep that file");
    }
    Ok(())
}

/// The rubric that the evaluation was made against: the one that is named, or one that comes with the program.
fn old(arguments: &Migrate, input: &Input, library: &Library, messages: &Messages) -> Result<Option<Rubric>, Failure> {
    match &arguments.old {
        Some(old) => files::rubric(old, library, messages).map(Some),
        None => Ok(library.made_against(&input.name, &input.text)),
    }
}

/// The comments that a YAML file begins with, such as the line that names its schema.
fn head(input: &Input, format: DocumentFormat) -> String {
    if format == DocumentFormat::Json {
        return String::new();
    }
    let text = input.text.trim_start_matches('\u{feff}');
    let lines = text.lines().take_while(|line| line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Reports the changes: as a list for people, else as JSON. `kept` is the number of lines of comments carried along.
fn report(changes: &Changes, name: &str, kept: usize, messages: &Messages) {
    for line in text(changes, name, kept) {
        messages.note(&line);
    }
    messages.data(&Migrated { migrated: changes });
}

/// The changes made, for programs.
#[derive(Serialize)]
struct Migrated<'a> {
    migrated: &'a Changes,
}

fn text(changes: &Changes, name: &str, kept: usize) -> Vec<String> {
    let (from, to) = (&changes.from, &changes.to);
    if changes.is_current {
        let mut lines = vec![format!("{name}: nothing to do: it was made against `{}` {} as it is", to.id, to.version)];
        lines.extend(lost_comments(changes, kept));
        return lines;
    }
    let version = from.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    let mut lines = vec![format!("{name}: from `{}`{version} to `{}` {}", from.id, to.id, to.version)];
    let orphaned = changes.orphaned.iter().filter(|moved| moved.kind == OrphanKind::Rating).count();
    let ratings = plural(changes.ratings, "rating");
    lines.push(match orphaned {
        0 => format!("{ratings}: every one is kept"),
        orphaned => format!("{ratings} kept, {orphaned} orphaned"),
    });
    if !changes.old_is_known {
        lines.push(
            "the rubric it was made against is not at hand, so what changed is not known: name it with `--old`"
                .to_owned(),
        );
    }
    let mut list = |what: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            lines.push(format!("{} {what}: {}", ids.len(), ids.join(", ")));
        }
    };
    let quoted = |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
    let moved = |moved: &[Moved]| {
        moved.iter().map(|moved| format!("`{}` ({})", moved.id, moved.kind.label().to_lowercase())).collect::<Vec<_>>()
    };
    list("under other words now, to look at again", quoted(&changes.reworded));
    list("of the levels given in other words now", quoted(&changes.levels));
    list("counted differently now", quoted(&changes.rescored));
    list("of the scoring computing otherwise now", quoted(&changes.scoring));
    let derived = changes.derived.iter().map(|one| format!("`{}` ({} to {})", one.indicator, one.old, one.new));
    list("following otherwise from practices or observations now", derived.collect());
    list("orphaned, kept under `orphaned` and never counted", moved(&changes.orphaned));
    list("home again from `orphaned`", moved(&changes.came_home));
    let unrated = if changes.old_is_known { "new and unrated" } else { "unrated" };
    list(unrated, quoted(&changes.unrated));
    list("now named by itself in `scope`", quoted(&changes.scope));
    list("now named by itself in `not_assigned`", quoted(&changes.not_assigned));
    if changes.was_final {
        let completed = changes.completed_on.as_ref().map(|date| format!(", completed {date}")).unwrap_or_default();
        lines.push(format!("it was final{completed}; it is a draft now, until somebody has looked at it"));
    }
    lines.extend(lost_comments(changes, kept));
    // Lines about the file stand under its name.
    for line in lines.iter_mut().skip(1) {
        line.insert_str(0, "  ");
    }
    lines
}

/// A message about comments that the output does not have.
fn lost_comments(changes: &Changes, kept: usize) -> Option<String> {
    let lost: Vec<String> = changes.comments.iter().filter(|line| **line > kept).map(ToString::to_string).collect();
    let lines = match lost.as_slice() {
        [] => return None,
        [line] => format!("line {line}"),
        lines => format!("lines {}", lines.join(", ")),
    };
    Some(format!("comments of YAML are no part of an evaluation and are not carried along: {lines}"))
}
