//! Writes a form as an evaluation in YAML: every indicator with its statement as a comment, and a place for its rating.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::evaluation::placeholder::{FILL_IN, PERIOD};
use crate::rubric::{Indicator, Scale};
use crate::scale::DEFAULT;
use crate::source::{self, Any, Mapping};
use crate::syntax::Evaluation;

use super::Form;
use super::asked::{Asked, Choice, Entered, Range};

/// How wide a comment is.
const WIDTH: usize = 100;

impl Form {
    /// The form as an evaluation in YAML, to be completed with a text editor.
    ///
    /// The form is a sound draft at once: an indicator without a value is unrated. Unknown names and an unknown period are
    /// placeholders, which are findings until they are filled in.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.parts_yaml(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let rubric = &self.rubric;
        let of = |key: &str| self.document.get(key);
        comment(out, 0, &format!("An evaluation with: {}, version {}.", rubric.title(), rubric.version()));
        comment(
            out,
            0,
            "Fill it in from the top; what begins with `#` is there to be read. `appraise check` says what is wrong.",
        );
        let _ = writeln!(out, "format: 1");
        let own = json!({ "id": rubric.id(), "version": rubric.version(), "fingerprint": rubric.fingerprint() });
        entry(out, "rubric", of("rubric").unwrap_or(&own));
        self.kinds(out);
        entry(out, "type", of("type").unwrap_or(&json!("formal")));
        let somebody = json!({ "id": FILL_IN, "name": FILL_IN });
        entry(out, self.subject(), of(self.subject()).unwrap_or(&somebody));
        let qualifications: Vec<&str> = rubric.qualifications().iter().map(|item| item.id.as_str()).collect();
        if !qualifications.is_empty() {
            let ids = qualifications.join(", ");
            comment(out, 0, &format!("An evaluator may have `qualifications: [{ids}]`; some indicators want them."));
        }
        comment(out, 0, "With several evaluators, each rating says `by` which identifier it was given.");
        entry(out, "evaluators", of("evaluators").unwrap_or(&json!([somebody])));
        let (from, to) = rubric.effective().unwrap_or((PERIOD.0.to_owned(), PERIOD.1.to_owned()));
        if !self.document.contains_key("period") {
            comment(out, 0, "FILL IN the first and the last day");
        }
        entry(out, "period", of("period").unwrap_or(&json!({ "from": from, "to": to })));
        comment(out, 0, "draft, or final once everything in scope has a rating");
        entry(out, "status", of("status").unwrap_or(&json!("draft")));
        if self.is_self() && !self.document.contains_key("shared") {
            comment(
                out,
                0,
                "`shared: true` prints it beside the evaluation of the evaluators; without, they do not see it",
            );
        }
        for key in ["shared", "completed_on", "scope"] {
            self.given(out, key);
        }
        comment(
            out,
            0,
            "Parts that were not assigned, by id, each with the reason: `not_assigned: { inventories: Done by others }`",
        );
        self.given(out, "not_assigned");
    }

    /// The kinds that the evaluation may be of.
    fn kinds(&self, out: &mut String) {
        let own = self.rubric.kinds();
        if own.is_empty() {
            comment(out, 0, "formal, interim or self");
            return;
        }
        comment(out, 0, "formal, interim, self, or one of the rubric's own kinds:");
        for kind in own {
            let note = kind.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
            comment(out, 0, &format!("  {}: {}{note}", kind.id, kind.label));
        }
    }

    pub(super) fn ratings(&self, out: &mut String) {
        let _ = writeln!(out);
        let used = self.rubric.scales_under(None);
        let scales: Vec<&Scale> = used.iter().filter_map(|scale| self.rubric.scales().get(*scale)).collect();
        for scale in &scales {
            let on = match scales.len() {
                1 => String::new(),
                _ => format!(" rated on the scale `{}`", scale.id().unwrap_or(DEFAULT)),
            };
            if let Some(range) = scale.range() {
                let more = if scale.levels().is_empty() { "" } else { ", or one of:" };
                comment(out, 0, &format!("Behind each indicator{on} belongs {}{more}", Range::of(range).words));
            } else {
                comment(out, 0, &format!("Behind each indicator{on} belongs one of:"));
            }
            for level in scale.printed() {
                let meaning = level.description.as_deref().unwrap_or(&level.label);
                let counted = self.rubric.all().number(&level.id).and_then(|number| self.rubric.counts_as(number));
                let counted = counted.map(|counted| format!(" (counts as {})", counted.id)).unwrap_or_default();
                comment(out, 0, &format!("  {}: {meaning}{counted}", level.id));
            }
        }
        let asked: Vec<&str> = self.rubric.comment_required().map(|level| level.id.as_str()).collect();
        if !asked.is_empty() {
            comment(out, 0, &format!("A comment is asked for at {}.", asked.join(", ")));
        }
        let level = scales.iter().find_map(|scale| scale.printed().next()).map_or("", |level| &level.id);
        comment(
            out,
            0,
            "A rating with a comment or evidence takes lines of its own; they may stand there before the level:",
        );
        let lines = ["some_indicator:", &format!("  level: {level}"), "  comment: \"…\"", "  evidence:"];
        for line in lines.into_iter().chain(["    - { date: 2026-02-03, kind: observation, note: \"…\" }"]) {
            comment(out, 0, &format!("  {line}"));
        }
        let _ = writeln!(out, "ratings:");
        let outline = self.rubric.outline();
        let (mut domain, mut competency) = (None, None);
        for (node, indicator) in outline.indicators().iter().zip(self.rubric.indicators()) {
            if !self.holds(indicator) {
                continue;
            }
            let (in_domain, in_competency) = (outline.domain(node), outline.competency(node));
            if domain.replace(&in_domain.id) != Some(&in_domain.id) {
                let _ = writeln!(out);
                comment(out, 2, &format!("---- {} {} ----", in_domain.code, in_domain.label()));
            }
            let id = in_competency.map(|competency| &competency.id);
            if let Some(within) = in_competency.filter(|_| id != competency) {
                let _ = writeln!(out);
                comment(out, 2, &format!("{} {}", within.code, within.label()));
            }
            competency = id;
            self.rating(indicator, node.number == in_domain.number, out);
        }
        if domain.is_none() {
            let _ = writeln!(out, "  {{}}");
        }
    }

    /// The entry of an indicator. The heading of a domain that is rated itself says its number and title already.
    fn rating(&self, indicator: &Indicator, is_under_heading: bool, out: &mut String) {
        let _ = writeln!(out);
        let title = indicator.title.as_ref().map(|title| format!("{title}: ")).unwrap_or_default();
        match is_under_heading {
            true => indicator.title.iter().for_each(|_| comment(out, 2, &indicator.statement)),
            false => comment(out, 2, &format!("{} {title}{}", indicator.code, indicator.statement)),
        }
        if let Some(guidance) = &indicator.guidance {
            comment(out, 2, &under("What to look for", guidance));
        }
        if let Some(wanted) = indicator.evaluated_by.as_deref().and_then(|id| self.rubric.qualification(id)) {
            comment(out, 2, &format!("To be rated by somebody with: {}", wanted.label));
        }
        if !self.rubric.all().is_one() {
            let levels = self.levels_at(indicator);
            let ids: Vec<&str> = levels.iter().map(|(_, level)| level.id.as_str()).collect();
            let number = self.rubric.scale_of(indicator).and_then(Scale::range).map(|range| Range::of(range).words);
            match (number, ids.is_empty()) {
                (None, _) => comment(out, 2, &format!("One of {}", ids.join(", "))),
                (Some(number), true) => comment(out, 2, &capital(&number)),
                (Some(number), false) => {
                    comment(out, 2, &format!("{}, or one of {}", capital(&number), ids.join(", ")));
                }
            }
        }
        let names = self.names_at(indicator);
        if !names.is_empty() {
            comment(out, 2, &names.join("; "));
        }
        for (number, level) in self.levels_at(indicator) {
            if let Some(descriptor) = indicator.descriptor(number) {
                comment(out, 2, &under(&format!("  {}", level.id), descriptor));
            }
        }
        self.practices(indicator, out);
        for other in &self.beside {
            let Some(theirs) = other.rubric().indicator(&indicator.id) else { continue };
            let Some(written) = other.written(theirs) else { continue };
            let label = other.rating(theirs).and_then(|rating| other.said(theirs, rating));
            let label = label.unwrap_or_else(|| "Not rated yet".into());
            let words = written.comment.map(|words| format!(". {words}")).unwrap_or_default();
            comment(out, 2, &format!("{}: {label}{words}", other.kind().label()));
        }
        let given = self.document.get("ratings").and_then(|ratings| ratings.get(&indicator.id));
        match given {
            Some(given) => entry_at(out, 2, &indicator.id, given),
            None => {
                let _ = writeln!(out, "  {}:", indicator.id);
            }
        }
    }

    /// The practices to name, by level, and how their entry looks.
    fn practices(&self, indicator: &Indicator, out: &mut String) {
        let Some(first) = indicator.practices().first() else { return };
        comment(out, 2, "The level follows from the practices that are seen; none of them is `practices: []`.");
        let mut level = None;
        for practice in indicator.practices() {
            let of = practice.level.and_then(|level| self.rubric.levels().get(level)).map(|level| level.label.as_str());
            if of != level {
                of.into_iter().for_each(|label| comment(out, 2, &format!("{label}:")));
                level = of;
            }
            comment(out, 2, &under(&format!("  {}", practice.id), &practice.statement));
        }
        comment(out, 2, &format!("Such as {}: {{ practices: [{}] }}", indicator.id, first.id));
    }

    pub(super) fn rest(&self, out: &mut String) {
        let _ = writeln!(out);
        comment(out, 0, "The narrative, and what else the evaluation carries; remove the `#` before what is given.");
        let service: Vec<String> = self.rubric.service_data().iter().map(|item| format!("{}: …", item.id)).collect();
        let service = (!service.is_empty()).then(|| format!("service_data: {{ {} }}", service.join(", ")));
        let kinds: Vec<&str> =
            self.rubric.supervision().iter().flat_map(|asked| &asked.kinds).map(|kind| kind.id.as_str()).collect();
        let supervision = (!kinds.is_empty()).then(|| {
            let kinds = kinds.join(", ");
            format!("supervision: [{{ date: 2025-09-03, kind: …, by: …, minutes: 45 }}]   # of the kind {kinds}")
        });
        let examples = [
            ("summary", Some("summary: \"…\"".to_owned())),
            ("goals", Some("goals: [{ indicator: …, statement: \"…\", due: 2027-01-29, status: agreed }]".to_owned())),
            ("service_data", service),
            (
                "professional_development",
                Some("professional_development: [{ date: 2025-10-14, title: \"…\", contact_hours: 6 }]".to_owned()),
            ),
            ("supervision", supervision),
        ];
        self.scoring(out);
        // Above stand the keys that a document has before its goals, and the narratives.
        let above = Evaluation::KEYS.iter().take_while(|key| **key != "goals").chain(&["narratives"]);
        let mut written: Vec<&str> = above.copied().collect();
        for (key, example) in examples {
            written.push(key);
            match (self.document.get(key), example) {
                (Some(value), _) => entry(out, key, value),
                (None, Some(example)) => comment(out, 0, &example),
                (None, None) => {}
            }
        }
        for (key, value) in self.document.iter().filter(|(key, _)| !written.contains(&key.as_str())) {
            match self.carried.iter().find(|(known, _)| known == key) {
                Some((_, value)) => {
                    let document = Any::Map(vec![(key.clone(), value.clone())]);
                    out.push_str(&source::yaml::write_with_extra(&document, Some(value)));
                }
                None => entry(out, key, value),
            }
        }
    }

    /// The inputs and entered ratings of the scoring policy.
    fn scoring(&self, out: &mut String) {
        let asked = Asked::of(self);
        if let Some(asked) = &asked {
            let types = asked.types.join(" or ");
            comment(out, 0, &format!("The scoring policy asks for this too, where the type is {types}:"));
            for input in &asked.inputs {
                let wanted = input.range.as_ref().map_or_else(|| choices(&input.choices), |range| range.words.clone());
                let optional = match &input.from_history {
                    Some(earlier) => format!("; {earlier}"),
                    None if input.optional => "; may be missing".to_owned(),
                    None => String::new(),
                };
                comment(out, 0, &format!("  {}: {}, {wanted}{optional}", input.id, input.label));
            }
            for step in &asked.entered {
                let levels: Vec<&str> = step.levels.iter().map(|level| level.id).collect();
                comment(
                    out,
                    0,
                    &format!("  {}: {}, one of {}, with a rationale", step.id, step.label, levels.join(", ")),
                );
                step.limits.iter().for_each(|limit| comment(out, 0, &format!("    {limit}")));
            }
        }
        let inputs: Vec<String> =
            asked.iter().flat_map(|asked| &asked.inputs).map(|input| format!("{}: …", input.id)).collect();
        let entry_of = |step: &Entered<'_>| {
            let one = "{ rating: …, rationale: \"…\" }";
            let parts: Vec<String> =
                step.parts.iter().filter_map(|part| Some(format!("{}: {one}", part.id?))).collect();
            if parts.is_empty() {
                format!("{}: {one}", step.id)
            } else {
                format!("{}: {{ {} }}", step.id, parts.join(", "))
            }
        };
        let entered: Vec<String> = asked.iter().flat_map(|asked| &asked.entered).map(entry_of).collect();
        for (key, examples) in [("inputs", inputs), ("entered", entered)] {
            match self.document.get(key) {
                Some(value) => entry(out, key, value),
                None if examples.is_empty() => {}
                None => comment(out, 0, &format!("{key}: {{ {} }}", examples.join(", "))),
            }
        }
    }

    fn given(&self, out: &mut String, key: &str) {
        if let Some(value) = self.document.get(key) {
            entry(out, key, value);
        }
    }
}

/// The text with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

pub(super) fn entry(out: &mut String, key: &str, value: &Value) {
    entry_at(out, 0, key, value);
}

/// A key and its value: mappings and lists on lines of their own, everything else as JSON, which is YAML too.
pub(super) fn entry_at(out: &mut String, indent: usize, key: &str, value: &Value) {
    let _ = write!(out, "{:indent$}{}:", "", word(key));
    write_value(out, indent, value);
}

/// A value behind a `:` or a `-`, to the end of its last line.
fn write_value(out: &mut String, indent: usize, value: &Value) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            for (key, value) in in_order(entries) {
                entry_at(out, indent + 2, key, value);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                let mut written = String::new();
                write_value(&mut written, indent + 2, item);
                // The first key of a mapping stands behind the dash.
                let _ = write!(out, "{:1$}- {2}", "", indent + 2, written.trim_start());
            }
        }
        Value::String(text) => {
            let _ = writeln!(out, " {}", word(text));
        }
        other => {
            let _ = writeln!(out, " {other}");
        }
    }
}

/// The keys that a reader looks for first, first.
fn in_order(entries: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    const FIRST: [&str; 10] =
        ["id", "name", "level", "by", "date", "indicator", "statement", "version", "school", "from"];
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len()));
    entries.into_iter()
}

/// A text: plain where every reader of YAML takes it for text, else quoted.
fn word(text: &str) -> String {
    // Words that some reader of YAML takes for a truth value or for nothing.
    const TAKEN: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_- ".contains(&byte))
        && !text.ends_with(' ')
        && !TAKEN.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::new();
    for character in Value::from(text).to_string().chars() {
        match character {
            // Characters that JSON may hold unescaped, and YAML may not.
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted
}

/// A comment, in as many lines as it takes. The lines of a text stay lines; nothing in the text can end the comment.
pub(super) fn comment(out: &mut String, indent: usize, text: &str) {
    let lead = text.len() - text.trim_start().len();
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    paragraph(out, indent, lines.next().unwrap_or_default());
    for line in lines {
        paragraph(out, indent, &format!("{:width$}{}", "", line.trim(), width = lead + 2));
    }
}

/// A text behind its name, bullets below it.
fn under(name: &str, text: &str) -> String {
    format!("{name}:{}{text}", if text.starts_with('•') { '\n' } else { ' ' })
}

/// A line of a comment, broken where it is too long: white space of every kind is one space.
fn paragraph(out: &mut String, indent: usize, text: &str) {
    let lead = text.len() - text.trim_start().len();
    let mut line = " ".repeat(lead);
    let mut is_empty = true;
    let flush = |line: &mut String, out: &mut String| {
        let _ = writeln!(out, "{:indent$}# {}", "", line);
        line.clear();
    };
    for part in
        text.split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
    {
        if part.is_empty() {
            continue;
        }
        if !is_empty && indent + line.chars().count() + part.chars().count() > WIDTH {
            flush(&mut line, out);
            line.push_str(&" ".repeat(if indent > 0 { lead + 2 } else { lead }));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(part);
        is_empty = false;
    }
    flush(&mut line, out);
}
/// The choices of an input, each with its label where it has one: "meets (Meets) or below (Slightly below)".
fn choices(choices: &[Choice<'_>]) -> String {
    let shown = choices.iter().map(|choice| match choice.id == choice.label {
        true => choice.id.to_owned(),
        false => format!("{} ({})", choice.id, choice.label),
    });
    shown.collect::<Vec<_>>().join(" or ")
}
