//! Rules of the scales beside the default one, and of the parts that choose one.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::rubric::Level;
use crate::scale::{DEFAULT, MOST_OF_ALL, Means, Scale, Scales, meaning};
use crate::source::{Entries, Field, Finding, Findings, Span, Word};
use crate::syntax;
use crate::syntax::outline::Node;
use crate::syntax::scale::{NotRated, OtherScale};

use super::super::{each_once, items, keys, some_of, value};
use super::numbers;
use super::scale::{Read, written};

/// Every scale of the rubric, as far as it could be read.
pub(super) struct All {
    /// The scales, if nothing that ratings rest on is wrong with them.
    pub(super) scales: Option<Scales>,
    /// Every level and choice; `None` where one could not be read and may be meant.
    pub(super) levels: Option<Vec<Level>>,
    /// By scale, the default one first: what of it could be read. One that could not be read may be meant.
    pub(super) read: Vec<(Option<String>, Read)>,
}

impl All {
    /// The readable parts of the scale that an indicator is rated on; `None` where the scale is not known.
    pub(super) fn of(&self, node: &Node<'_>) -> Option<&Read> {
        let id = node.scale.map_or(Some(DEFAULT), Field::word)?;
        self.read.iter().find(|(known, _)| known.as_deref() == Some(id)).map(|(_, read)| read)
    }

    /// The number of a level or a choice among those of all scales; a finding where no scale has it.
    pub(super) fn number(&self, field: &Field<Word>, findings: &Findings) -> Option<usize> {
        super::scale::level(field, self.levels.as_deref()?, findings)?;
        self.scales.as_ref()?.number(field.word()?)
    }

    /// The id of the scale that has a level.
    pub(super) fn with_level(&self, level: &str) -> Option<&str> {
        let has = |read: &Read| read.levels.iter().flatten().any(|known| known.id == level);
        self.read.iter().find(|(_, read)| has(read)).and_then(|(id, _)| id.as_deref())
    }
}

/// Reads the default scale and the others.
pub(super) fn scales(document: &syntax::Rubric, findings: &Findings) -> All {
    let mut read = vec![(Some(DEFAULT.to_owned()), super::scale::scale(document, findings))];
    let entries = document.scales.as_ref().map(Field::get);
    let errors = findings.errors();
    for (id, key, field) in entries.flatten().into_iter().flat_map(Entries::iter) {
        value::id(key, findings);
        if id == DEFAULT {
            findings.error(
                Code::ReservedId,
                key.span,
                "`default` cannot be the id of a scale".to_owned(),
                "choose another: the word stands for the scale under `scale`".to_owned(),
            );
        }
        let one = match field.get() {
            Some(OtherScale::Levels(scale)) => written(scale, findings).unwrap_or_default(),
            Some(OtherScale::Numbers(scale)) => numbers::written(scale, findings),
            None => Read::default(),
        };
        read.push((Some(id.to_owned()), Read { scale: one.scale.map(|scale| scale.named(id)), ..one }));
    }
    if let Some(entries) = entries.flatten() {
        let message = |id: &str| format!("the scale `{}` stands twice", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, findings, message, "give each scale an id of its own");
        in_two_scales(document, entries, findings);
    }
    if document.scales.as_ref().is_some_and(|field| field.get().is_none()) {
        read.push((None, Read::default()));
    }
    let is_whole = findings.errors() == errors;
    let each: Option<Vec<Scale>> = read.iter().map(|(_, read)| read.scale.clone()).collect();
    let levels: Option<Vec<Vec<Level>>> = read.iter().map(|(_, read)| read.levels.clone()).collect();
    let scales = each.filter(|_| is_whole).map(Scales::of);
    if let (Some(scales), Some(field)) = (&scales, &document.scales)
        && scales.levels().len() > MOST_OF_ALL
    {
        findings.error(
            Code::LongScale,
            field.span,
            format!("the scales have {} levels and choices together", scales.levels().len()),
            format!("give at most {MOST_OF_ALL}: a table has a column for each"),
        );
    }
    All { scales, levels: levels.map(each_level), read }
}

/// The levels and choices of all scales, each id once.
fn each_level(scales: Vec<Vec<Level>>) -> Vec<Level> {
    let mut known = HashSet::new();
    scales.into_iter().flatten().filter(|level| known.insert(level.id.clone())).collect()
}

/// The label, the description, the meaning, and the level that is counted, of a choice that is no rating.
type Choice<'a> = (&'a str, Option<&'a str>, Means, Option<&'a str>);

/// A level, or a choice that is no rating, as one scale writes it.
struct Known<'a> {
    scale: &'a str,
    place: Span,
    /// The label, the description and the meaning of a choice; `None` for a level.
    choice: Option<Choice<'a>>,
}

/// Ids of levels are one namespace, for policies and tables name a level by it alone. A choice that is no rating may stand in
/// several scales, word for word.
fn in_two_scales(document: &syntax::Rubric, entries: &Entries<OtherScale>, findings: &Findings) {
    let default = document.scale.as_ref().and_then(Field::get);
    let default = default.map(|scale| (DEFAULT, Some(&scale.levels), scale.not_rated.as_ref()));
    let others = entries.iter().filter_map(|(id, _, scale)| Some((id, scale.get()?)));
    let others = others.map(|(id, scale)| (id, scale.levels(), scale.not_rated()));
    let built_in = Scale::default();
    let mut first: HashMap<String, Known<'_>> = HashMap::new();
    if document.scale.is_none() {
        for (number, level) in built_in.levels().iter().enumerate() {
            let choice = built_in.means(number).map(|means| (level.label.as_str(), None, means, None));
            first.insert(level.id.clone(), Known { scale: DEFAULT, place: document.domains.span, choice });
        }
    }
    for (scale, levels, not_rated) in default.into_iter().chain(others) {
        let levels = items(levels).map(|(_, level)| (&level.id, None));
        let choices = items(not_rated).map(|(_, choice)| (&choice.id, as_written(choice)));
        for (field, choice) in levels.chain(choices) {
            let Some(id) = field.word() else { continue };
            let known = Known { scale, place: field.span, choice };
            match first.get(id) {
                None => {
                    first.insert(id.to_owned(), known);
                }
                // Twice in one scale is a finding already.
                Some(other) if other.scale == scale => {}
                Some(other) if known.choice.is_some() && known.choice == other.choice => {}
                Some(other) => twice(id, &known, other, document.scale.is_none(), findings),
            }
        }
    }
}

fn as_written(choice: &NotRated) -> Option<Choice<'_>> {
    let label = choice.label.text().unwrap_or_default();
    let means = choice.means.as_ref().and_then(Field::get).copied().unwrap_or_else(|| meaning(label));
    let counts_as = choice.counts_as.as_ref().and_then(|level| level.word());
    Some((label, choice.description.as_ref().and_then(Field::text), means, counts_as))
}

/// The scale, in a sentence.
pub(super) fn named(scale: &str) -> String {
    if scale == DEFAULT { "the default scale".to_owned() } else { format!("the scale `{}`", value::shorten(scale)) }
}

fn twice(id: &str, known: &Known<'_>, first: &Known<'_>, is_built_in: bool, findings: &Findings) {
    let shown = value::shorten(id);
    let named = named(first.scale);
    let (message, help) = match known.choice.is_some() && first.choice.is_some() {
        true => (
            format!("`{shown}` says something else here than in {named}"),
            "write its label, description and meaning as they stand there, or give this choice an id of its own",
        ),
        false => (
            format!("`{shown}` is a level of {named} already"),
            "give each level an id of its own: a policy and a table name a level by its id alone",
        ),
    };
    if is_built_in && first.scale == DEFAULT {
        findings.error(Code::DuplicateLevel, known.place, message, help.to_owned());
    } else {
        findings.repeated(Code::DuplicateLevel, known.place, first.place, message, help.to_owned());
    }
}

/// `scale` of a part names a scale, and every scale is named.
pub(super) fn chosen(document: &syntax::Rubric, nodes: &[Node<'_>], all: &All, findings: &Findings) {
    let known: Vec<&str> = all.read.iter().filter_map(|(id, _)| id.as_deref()).collect();
    let all_known = all.read.iter().all(|(id, _)| id.is_some());
    let is_unreadable = nodes.iter().filter_map(|node| node.own_scale).any(|field| field.word().is_none());
    let mut unknown: HashSet<&str> = HashSet::new();
    for field in nodes.iter().filter_map(|node| node.own_scale) {
        let Some(name) = field.word().filter(|name| !known.contains(name)) else { continue };
        unknown.insert(name);
        if !all_known || known.iter().any(|known| value::is_mended(known, name)) {
            continue;
        }
        let sound = known.iter().copied().filter(|id| value::can_be_meant(id));
        let help = findings.did_you_mean(name, sound, || match known.as_slice() {
            [_] => "define it under `scales:`".to_owned(),
            known => format!("the rubric's scales are {}", some_of(known)),
        });
        let message = format!("`{}` is no scale of this rubric", value::shorten(name));
        findings.error(Code::UnknownScale, field.span, message, help);
    }
    // One that is not known may be meant for a scale that nobody names.
    if is_unreadable || !unknown.is_empty() {
        return;
    }
    let used: HashSet<&str> =
        nodes.iter().filter(|node| node.is_rated).filter_map(|node| node.scale.and_then(Field::word)).collect();
    let entries = document.scales.as_ref().and_then(Field::get);
    for (id, key, _) in entries.into_iter().flat_map(Entries::iter).filter(|(id, ..)| !used.contains(id)) {
        let id = value::shorten(id);
        let message = format!("no indicator is rated on the scale `{id}`");
        let help = format!("write `scale: {id}` at a domain, competency or indicator, or remove the scale");
        findings.push(Finding::new(Severity::Warning, Code::UnusedScale, key.span, message, help).about(&id));
    }
}
