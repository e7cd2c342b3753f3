//! `appraise check`.

use appraise::{Checked, Diagnostics, DocumentKind, Library, Rubric, Severity, Source};

use super::arguments::{Check, CheckFormat, CheckKind, Deny};
use super::files::{self, Input, Output};
use super::many::count;
use super::messages::{self, Messages, clean};
use super::{Failure, github, rubrics, sarif};

/// A file, parsed; or why it could not be read.
type Parsed<'t> = Result<Source<'t>, &'t Diagnostics>;

fn parsed(input: &Result<Input, Diagnostics>) -> Parsed<'_> {
    input.as_ref().map(|input| Source::parse(&input.name, &input.text))
}

/// The outcome of one file.
struct FileOutcome {
    file: String,
    kind: DocumentKind,
    diagnostics: Diagnostics,
    /// A short description, when the document can be used.
    summary: Option<String>,
    /// The reason why it was not checked, though it may be sound.
    not_checked: Option<String>,
}

impl FileOutcome {
    fn new(kind: DocumentKind, diagnostics: Diagnostics, summary: Option<String>) -> Self {
        Self { file: diagnostics.file().to_owned(), kind, diagnostics, summary, not_checked: None }
    }
}

pub(super) fn run(arguments: &Check, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let along = || arguments.rubric.iter().chain(&arguments.bases.base);
    output.check_inputs(along().chain(&arguments.old).chain(&arguments.files))?;
    let along: Vec<Result<Input, Diagnostics>> = along().map(|path| files::read(path)).collect();
    let inputs: Vec<Result<Input, Diagnostics>> = arguments.files.iter().map(|path| files::read(path)).collect();
    let (along, inputs): (Vec<Parsed<'_>>, Vec<Parsed<'_>>) =
        (along.iter().map(parsed).collect(), inputs.iter().map(parsed).collect());
    let kind_of = |input: &Parsed<'_>| match (arguments.kind, input) {
        (Some(CheckKind::Evaluation), _) => DocumentKind::Evaluation,
        (Some(CheckKind::Rubric), _) | (None, Err(_)) => DocumentKind::Rubric,
        (None, Ok(source)) => source.kind(),
    };
    let kinds: Vec<DocumentKind> = inputs.iter().map(kind_of).collect();
    // Rubrics first, so that an evaluation finds its own, and a rubric its base, wherever it stands among the files.
    let is_rubric = |(input, kind)| (kind == &DocumentKind::Rubric).then_some(input);
    let mut rubrics = Rubrics { library: Library::bundled(), faulty: Vec::new() };
    let mut checked = rubrics.check(along.iter().chain(inputs.iter().zip(&kinds).filter_map(is_rubric))).into_iter();
    for old in &arguments.old {
        let old = files::rubric(old, &rubrics.library, messages)?;
        rubrics.library.add_old(old);
    }
    // Rubrics read along are listed only with findings.
    let mut all: Vec<FileOutcome> =
        checked.by_ref().take(along.len()).filter(|checked| !checked.diagnostics.is_empty()).collect();
    for (input, kind) in inputs.iter().zip(kinds) {
        match kind {
            DocumentKind::Rubric => all.extend(checked.next()),
            DocumentKind::Policy => {
                let named = along.iter().chain(&inputs);
                all.push(policy(input, named, &rubrics)?);
            }
            _ => all.push(evaluation(input, &rubrics)),
        }
    }
    write(&all, arguments, output, messages)
}

/// The rubrics that evaluations may name.
struct Rubrics {
    library: Library,
    faulty: Vec<Faulty>,
}

/// A rubric that cannot be used. No other of its id is taken in its place.
struct Faulty {
    file: String,
    /// Unknown when the text is not even YAML.
    id: Option<String>,
}

impl Rubrics {
    /// Checks rubrics that may extend one another, and keeps them at hand.
    fn check<'a>(&mut self, inputs: impl Iterator<Item = &'a Parsed<'a>>) -> Vec<FileOutcome> {
        let inputs: Vec<_> = inputs.collect();
        let sources: Vec<&Source<'_>> = inputs.iter().filter_map(|input| input.as_ref().ok()).collect();
        let mut read = self.library.read_sources(&sources).into_iter();
        let mut of_one = |input: &Parsed<'_>| match input {
            Err(diagnostics) => Checked::from((*diagnostics).clone()),
            Ok(_) => read.next().unwrap_or_else(|| Diagnostics::default().into()),
        };
        let outcomes: Vec<Checked<Rubric>> = inputs.iter().map(|input| of_one(input)).collect();
        inputs.into_iter().zip(outcomes).map(|(input, checked)| self.checked(input, checked)).collect()
    }

    fn checked(&mut self, input: &Parsed<'_>, checked: Checked<Rubric>) -> FileOutcome {
        let Checked { value: rubric, diagnostics } = checked;
        if rubric.is_none() {
            let id = input.as_ref().ok().and_then(Source::id).map(str::to_owned);
            self.faulty.push(Faulty { file: diagnostics.file().to_owned(), id });
        }
        FileOutcome::new(DocumentKind::Rubric, diagnostics, rubric.as_ref().map(rubric_summary))
    }

    /// The reason why an evaluation by this rubric cannot be checked, when a faulty rubric is the cause.
    fn why_not(&self, id: &str) -> Option<String> {
        if self.faulty.iter().any(|faulty| faulty.id.as_deref() == Some(id)) {
            return Some(format!("its rubric `{id}` has errors"));
        }
        let unknown = self.faulty.iter().find(|faulty| faulty.id.is_none() && self.library.get(id).is_none())?;
        Some(format!("its rubric `{id}` may be the one in `{}`, which has errors", unknown.file))
    }
}

/// A scoring policy, checked with the first rubric that is named along with it: alone, its names mean nothing.
fn policy<'a>(
    input: &Parsed<'_>,
    mut named: impl Iterator<Item = &'a Parsed<'a>>,
    rubrics: &Rubrics,
) -> Result<FileOutcome, Failure> {
    let kind = DocumentKind::Policy;
    let source = match input {
        Ok(source) => source,
        Err(diagnostics) => return Ok(FileOutcome::new(kind, (*diagnostics).clone(), None)),
    };
    let id_of = |named: &'a Parsed<'a>| named.as_ref().ok().filter(|named| named.kind() == DocumentKind::Rubric)?.id();
    let Some(id) = named.find_map(id_of) else {
        let name = source.name();
        return Err(Failure::Usage(format!(
            "`{name}` is a scoring policy, which is checked together with a rubric: name that too, with --rubric"
        )));
    };
    let Some(rubric) = rubrics.library.get(id) else {
        let why = Some(format!("the rubric `{id}` has errors"));
        let file = source.name().to_owned();
        return Ok(FileOutcome { file, kind, diagnostics: Diagnostics::default(), summary: None, not_checked: why });
    };
    let Checked { value: scored, diagnostics } = rubric.with_policy(source.name(), source.text());
    Ok(FileOutcome::new(kind, diagnostics, scored.map(|_| format!("scoring policy for `{}`", clean(id)))))
}

fn evaluation(input: &Parsed<'_>, rubrics: &Rubrics) -> FileOutcome {
    let kind = DocumentKind::Evaluation;
    let source = match input {
        Ok(source) => source,
        Err(diagnostics) => return FileOutcome::new(kind, (*diagnostics).clone(), None),
    };
    if let Some(why) = source.rubric_id().and_then(|id| rubrics.why_not(id)) {
        let file = source.name().to_owned();
        return FileOutcome { file, kind, diagnostics: Diagnostics::default(), summary: None, not_checked: Some(why) };
    }
    let Checked { value: evaluation, diagnostics } = rubrics.library.check_source(source);
    let summary = evaluation.map(|evaluation| {
        let scorecard = evaluation.score();
        let overall = scorecard.overall();
        let entries = overall.indicators - overall.unrated - overall.judged;
        let judged = match overall.judged {
            0 => String::new(),
            1 => ", 1 is judged as part of a whole".to_owned(),
            several => format!(", {several} are judged as parts of a whole"),
        };
        let have = if entries == 1 { "has" } else { "have" };
        let all = count(overall.indicators.into(), "indicator");
        format!(
            "evaluation of {}, {entries} of {all} in scope {have} an entry{judged}",
            clean(evaluation.whom().name())
        )
    });
    FileOutcome::new(kind, diagnostics, summary)
}

fn rubric_summary(rubric: &Rubric) -> String {
    format!("rubric `{}` {}, {}", rubric.id(), rubric.version(), rubrics::size(rubric))
}

fn write(checked: &[FileOutcome], arguments: &Check, output: &Output, messages: &Messages) -> Result<(), Failure> {
    let all = || checked.iter().map(|checked| &checked.diagnostics);
    let has_errors = all().any(Diagnostics::has_errors);
    let has_warnings = all().flatten().any(|finding| finding.severity == Severity::Warning);
    let is_denied = has_warnings && arguments.deny == Some(Deny::Warnings);
    let outcome = if has_errors || is_denied { Err(Failure::Findings) } else { Ok(()) };
    match arguments.format {
        CheckFormat::Json => {
            let files = checked.iter().map(|checked| {
                (&*checked.file, checked.kind.as_str(), &checked.diagnostics, checked.not_checked.as_deref())
            });
            output.write(&messages::files(files))?;
        }
        CheckFormat::Sarif => output.write(&sarif::log(all(), checked.iter().filter_map(not_checked).collect()))?,
        CheckFormat::Text => {
            output.write(&text(checked, output))?;
            if let Some(finding) = all().flatten().next() {
                messages.note(&format!("`appraise explain {}` says why it matters and how to mend it", finding.code));
            }
            summary(checked, outcome.is_err(), is_denied, messages);
        }
        CheckFormat::Github => {
            output.write(&github::commands(all()))?;
            // No finding says it, and those who read the log would miss it.
            checked.iter().filter_map(not_checked).for_each(|why| messages.note(&why));
            summary(checked, outcome.is_err(), is_denied, messages);
        }
    }
    outcome
}

fn text(checked: &[FileOutcome], output: &Output) -> String {
    let styled = output.is_standard() && messages::colours(&std::io::stdout());
    let mut text = String::new();
    for one in checked {
        let FileOutcome { file, diagnostics, summary, .. } = one;
        text.push_str(&diagnostics.draw(styled));
        if !diagnostics.is_empty() {
            text.push('\n');
        }
        if let Some(summary) = summary {
            text.push_str(&format!("{file}: {summary}: {}\n", messages::count([diagnostics])));
        }
        if let Some(why) = not_checked(one) {
            text.push_str(&format!("{}\n", clean(&why)));
        }
    }
    text
}

/// Says that a file was not checked, and why.
fn not_checked(checked: &FileOutcome) -> Option<String> {
    Some(format!("{}: not checked: {}", checked.file, checked.not_checked.as_ref()?))
}

/// Summarizes all files for people; for one sound file the output is enough.
fn summary(checked: &[FileOutcome], failed: bool, is_denied: bool, messages: &Messages) {
    if checked.len() < 2 && !failed {
        return;
    }
    let files = match checked.iter().filter(|checked| checked.not_checked.is_none()).count() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    let count = messages::count(checked.iter().map(|checked| &checked.diagnostics));
    let denied = if is_denied { "; warnings are denied" } else { "" };
    messages.note(&format!("{files} checked: {count}{denied}"));
}
