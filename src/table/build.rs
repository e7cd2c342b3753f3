//! Builds the domains of a rubric document from a table.

use std::collections::{HashMap, HashSet};

use crate::check;
use crate::rubric::{Level, Rubric, Scale, Tier};
use crate::scale::Scales;
use crate::source::{Entries, Field, Findings, Flag, Number, OneOrList, Span, Text, Word};
use crate::syntax::outline::outline;
use crate::syntax::practice::Practice;
use crate::syntax::rubric::{Competency, Domain, IndicatorGoal, Qualification};
use crate::syntax::{self, Passage, form, passage};

use super::cells::Cell;
use super::chosen_scale::ChosenScales;
use super::columns::Column;
use super::domains::{Group, Groups, Indicator};
use super::field;
use super::new_id::{self, Ids};
use super::points;
use super::practices::Practices;
use super::rows::letters as column_letters;
use super::unknown::Unknown;

/// The keys of an indicator, which a domain or competency that is rated itself has too.
#[derive(Default)]
struct Keys {
    guidance: Option<Field<Passage>>,
    descriptors: Option<Field<Entries<Passage>>>,
    points: Option<Field<Entries<Number>>>,
    practices: Option<Field<Vec<Field<Practice>>>>,
    critical: Option<Field<Flag>>,
    goal: Option<Field<IndicatorGoal>>,
}

/// Builds the nodes of a rubric from a table's.
pub(super) struct Build<'a> {
    new_ids: Ids,
    levels: &'a Scales,
    unknown: &'a Unknown,
    findings: &'a Findings,
    scales: ChosenScales<'a>,
    practices: Practices<'a>,
    /// The ids by the table's names for them.
    qualifications: HashMap<String, String>,
    /// The qualifications of the other rubric.
    known_qualifications: HashSet<String>,
    /// The goals of single indicators, which no table holds, by id.
    goals: HashMap<String, Field<IndicatorGoal>>,
    /// The points of single indicators, by id, for a table that says nothing about points.
    points: HashMap<String, Field<Entries<Number>>>,
    /// The qualifications that the table is the first to name.
    new: Option<Vec<Field<Qualification>>>,
}

impl<'a> Build<'a> {
    pub(super) fn new(from: Option<&Rubric>, scales: &'a Scales, unknown: &'a Unknown, findings: &'a Findings) -> Self {
        let known = from.map(Rubric::qualifications).unwrap_or_default();
        Self {
            new_ids: Ids::like(from),
            levels: scales,
            unknown,
            findings,
            scales: ChosenScales::new(scales, unknown),
            practices: Practices::new(unknown, findings),
            qualifications: known
                .iter()
                .map(|qualification| (qualification.label.trim().to_lowercase(), qualification.id.clone()))
                .collect(),
            known_qualifications: known.iter().map(|qualification| qualification.id.clone()).collect(),
            goals: HashMap::new(),
            points: HashMap::new(),
            new: from.is_none().then(Vec::new),
        }
    }

    /// Puts the domains into the document in place of its own.
    pub(super) fn finish(mut self, groups: Groups, document: &mut syntax::Rubric) {
        self.keep_what_no_column_has(document);
        if groups.has_points {
            self.points.clear();
        }
        if !groups.has_scales {
            self.scales.keep(document);
        }
        if !groups.has_practices {
            self.practices.keep(document);
        }
        self.take_ids(&groups);
        let letters = wants_letters(&groups);
        // Ids are made tier by tier, so that a new row below changes none above it.
        let domain_ids: Vec<Field<Word>> = groups.list.iter().map(|group| self.group_id(Tier::Domain, group)).collect();
        let competency_ids: Vec<Vec<Field<Word>>> = groups
            .list
            .iter()
            .map(|group| group.competencies.list.iter().map(|group| self.group_id(Tier::Competency, group)).collect())
            .collect();
        let domains = groups.list.into_iter().zip(domain_ids).zip(competency_ids);
        let mut domains: Vec<_> = domains.map(|((group, id), ids)| self.domain(group, id, ids)).collect();
        for (number, domain) in domains.iter_mut().enumerate().filter(|_| letters) {
            if let Some(domain) = &mut domain.value {
                domain.code = Some(field(domain.title.span, Text(column_letters(number))).into());
            }
        }
        document.domains = field(Span::default(), domains);
        if let Some(new) = self.new.filter(|new| !new.is_empty()) {
            document.qualifications = Some(field(Span::default(), new));
        }
    }

    fn keep_what_no_column_has(&mut self, document: &syntax::Rubric) {
        for node in outline(document) {
            let (Some(id), Some(keys)) = (node.id.word(), node.indicator()) else { continue };
            self.goals.extend(keys.goal.map(|goal| (id.to_owned(), goal.clone())));
            self.points.extend(keys.points.map(|points| (id.to_owned(), points.clone())));
        }
    }

    fn take_ids(&mut self, groups: &Groups) {
        for group in &groups.list {
            let ids = group.id.iter().chain(group.indicators.iter().filter_map(|indicator| indicator.id.as_ref()));
            ids.for_each(|id| self.new_ids.take(id.text.trim()));
            self.take_ids(&group.competencies);
        }
    }

    fn group_id(&mut self, tier: Tier, group: &Group) -> Field<Word> {
        let texts = [&group.title, &group.statement];
        self.id(tier, group.id.as_ref(), group.place, &texts)
    }

    fn id(&mut self, tier: Tier, given: Option<&Cell>, place: Span, texts: &[&Option<Cell>]) -> Field<Word> {
        if let Some(given) = given {
            return field(given.span, Word(given.text.trim().to_owned()));
        }
        let texts: Vec<&str> = texts.iter().filter_map(|cell| Some(cell.as_ref()?.text.as_str())).collect();
        field(place, Word(self.new_ids.make(tier, &texts)))
    }

    fn domain(&mut self, group: Group, id: Field<Word>, competency_ids: Vec<Field<Word>>) -> Field<Domain> {
        let has_competencies = !group.competencies.list.is_empty();
        let has_indicators = !group.indicators.is_empty();
        let direct = group.direct;
        let scale = self.scales.chosen(&id, group.scale.as_ref());
        let on = self.scale(scale.as_ref(), 0);
        let (rated, keys) = self.rated(&id, group.rated, on);
        let derive = self.practices.rule_of(&id, group.derive.as_ref(), &self.levels_from(on));
        let indicators: Vec<_> = group.indicators.into_iter().map(|indicator| self.indicator(indicator, on)).collect();
        let competencies = group.competencies.list.into_iter().zip(competency_ids);
        let competencies: Vec<_> = competencies.map(|(group, id)| self.competency(group, id, on)).collect();
        let domain = Domain {
            title: title(group.title, &id).into(),
            id: id.into(),
            code: group.code.map(text),
            statement: group.statement.map(text),
            evaluated_by: group.evaluated_by.map(|cell| self.qualification(&cell)),
            scale,
            derive,
            rated,
            guidance: keys.guidance,
            descriptors: keys.descriptors,
            points: keys.points,
            practices: keys.practices,
            critical: keys.critical,
            goal: keys.goal,
            competencies: has_competencies.then(|| field(group.place, competencies)),
            indicators: has_indicators.then(|| field(direct, indicators)),
        };
        field(group.place, domain)
    }

    fn competency(&mut self, group: Group, id: Field<Word>, within: usize) -> Field<Competency> {
        let has_indicators = !group.indicators.is_empty();
        let scale = self.scales.chosen(&id, group.scale.as_ref());
        let on = self.scale(scale.as_ref(), within);
        let (rated, keys) = self.rated(&id, group.rated, on);
        let indicators: Vec<_> = group.indicators.into_iter().map(|indicator| self.indicator(indicator, on)).collect();
        let title = title(group.title, &id);
        let derive = self.practices.rule_of(&id, group.derive.as_ref(), &self.levels_from(on));
        let competency = Competency {
            id: id.into(),
            code: group.code.map(text),
            // A table with a title only says all it says of the competency there.
            statement: group.statement.map_or_else(|| title.clone(), text).into(),
            title: title.into(),
            evaluated_by: group.evaluated_by.map(|cell| self.qualification(&cell)),
            scale,
            derive,
            rated,
            guidance: keys.guidance,
            descriptors: keys.descriptors,
            points: keys.points,
            practices: keys.practices,
            critical: keys.critical,
            goal: keys.goal,
            indicators: has_indicators.then(|| field(group.place, indicators)),
        };
        field(group.place, competency)
    }

    /// The number of the scale of a part, which chooses one or has that of what it is in.
    fn scale(&self, chosen: Option<&form::ScaleId>, within: usize) -> usize {
        let chosen = chosen.and_then(|chosen| self.levels.find(Some(chosen.word()?)));
        chosen.unwrap_or(within)
    }

    /// The levels of a scale, then those of all scales: where several have a label, that of the scale is found first.
    fn levels_from(&self, scale: usize) -> Vec<&'a Level> {
        let own = self.levels.each().get(scale).map(Scale::levels).unwrap_or_default();
        own.iter().chain(self.levels.levels()).collect()
    }

    /// The number of the level that a column describes in a row on a scale.
    fn described(&self, column: Column, scale: usize) -> Option<usize> {
        let (Column::Level(number) | Column::Called(number)) = column else { return None };
        let Column::Called(_) = column else { return Some(number) };
        let (label, scale) = (&self.levels.levels().get(number)?.label, self.levels.each().get(scale)?);
        let own = scale.levels().iter().find(|level| level.label.trim().eq_ignore_ascii_case(label.trim()));
        own.map_or(Some(number), |level| scale.number(&level.id))
    }

    fn indicator(&mut self, mut indicator: Indicator, within: usize) -> Field<syntax::rubric::Indicator> {
        let texts = [&indicator.title, &indicator.statement];
        let id = self.id(Tier::Indicator, indicator.id.as_ref(), indicator.place, &texts);
        let scale = self.scales.chosen(&id, indicator.scale.as_ref());
        let on = self.scale(scale.as_ref(), within);
        let derive = self.practices.rule_of(&id, indicator.derive.as_ref(), &self.levels_from(on));
        let keys = self.keys(&id, &mut indicator, on);
        let written = syntax::rubric::Indicator {
            id: id.into(),
            code: indicator.code.map(text),
            title: indicator.title.map(text),
            statement: match indicator.statement {
                Some(cell) => text(cell),
                None => Field { span: indicator.place, value: None }.into(),
            },
            evaluated_by: indicator.evaluated_by.map(|cell| self.qualification(&cell)),
            scale,
            guidance: keys.guidance,
            descriptors: keys.descriptors,
            points: keys.points,
            practices: keys.practices,
            derive,
            critical: keys.critical,
            goal: keys.goal,
        };
        field(indicator.place, written)
    }

    /// The keys of an indicator that its row fills in, and those that no column has.
    fn keys(&self, id: &Field<Word>, row: &mut Indicator, scale: usize) -> Keys {
        let span = row.descriptors.iter().map(|(_, cell)| cell.span);
        let span = span.reduce(|first, last| Span { end: last.end, ..first });
        let (all, levels) = (self.levels.levels(), self.levels_from(scale));
        let descriptors = std::mem::take(&mut row.descriptors).into_iter().filter_map(|(column, cell)| {
            let level = Word(all.get(self.described(column, scale)?)?.id.clone());
            Some((field(cell.span, level), passage(cell)))
        });
        let descriptors = Entries(descriptors.collect());
        Keys {
            guidance: row.guidance.take().map(passage),
            descriptors: span.map(|span| field(span, descriptors)),
            points: match &row.points {
                Some(cell) => Some(points::read(cell, &levels, self.unknown, self.findings)),
                None => id.word().and_then(|id| self.points.get(id).cloned()),
            },
            practices: self.practices.list_of(id, row.practices.as_ref(), &levels),
            critical: row.critical.take(),
            goal: id.word().and_then(|id| self.goals.get(id).cloned()),
        }
    }

    /// The keys of a domain or competency that is rated itself, as its row has them; none without a row.
    fn rated(&self, id: &Field<Word>, row: Option<Box<Indicator>>, scale: usize) -> (Option<Field<Flag>>, Keys) {
        let Some(mut row) = row else { return (None, Keys::default()) };
        (row.rated.map(|place| field(place, true)), self.keys(id, &mut row, scale))
    }

    /// The id of a qualification, by its id or label. Where no other rubric says which there are, the table does.
    fn qualification(&mut self, cell: &Cell) -> form::Qualification {
        let written = cell.text.trim();
        // An export writes ids, and what is one id may be the label of another.
        let by_id = self.known_qualifications.get(written);
        let known = by_id.or_else(|| self.qualifications.get(&written.to_lowercase()));
        let id = match (known, &mut self.new) {
            (Some(id), _) => id.clone(),
            (None, None) => written.to_owned(),
            (None, Some(new)) => {
                let taken = |id: &str| new.iter().filter_map(Field::get).any(|known| known.id.word() == Some(id));
                let made = if check::is_id(written) { written.to_owned() } else { new_id::from_words(written) };
                let made = if made.is_empty() { "qualification".to_owned() } else { made };
                let id = std::iter::once(made.clone())
                    .chain((2..).map(|number| format!("{made}_{number}")))
                    .find(|id| !taken(id))
                    .unwrap_or(made);
                self.qualifications.insert(written.to_lowercase(), id.clone());
                let label = if check::is_id(written) { written.replace('_', " ") } else { written.to_owned() };
                let qualification = Qualification {
                    id: field(cell.span, Word(id.clone())).into(),
                    label: field(cell.span, Text(label)).into(),
                    enforce: None,
                };
                new.push(field(cell.span, qualification));
                id
            }
        };
        field(cell.span, Word(id)).into()
    }
}

/// Whether the numbers that domains and competencies would have by their position are codes of indicators. Where the table
/// numbers indicators only, its own numbers stay, and the domains are lettered.
fn wants_letters(groups: &Groups) -> bool {
    fn codes(group: &Group) -> Box<dyn Iterator<Item = &str> + '_> {
        let own = group.indicators.iter().filter_map(|indicator| indicator.code.as_ref());
        Box::new(own.map(|code| code.text.as_str()).chain(group.competencies.list.iter().flat_map(codes)))
    }
    let has_codes = |group: &Group| group.code.is_some();
    let any = |group: &Group| has_codes(group) || group.competencies.list.iter().any(has_codes);
    if groups.list.iter().any(any) {
        return false;
    }
    let given: HashSet<&str> = groups.list.iter().flat_map(codes).collect();
    let positions = |of: fn(usize) -> String| {
        groups.list.iter().enumerate().any(|(number, group)| {
            let number = of(number);
            let within = (1..=group.competencies.list.len()).map(|within| format!("{number}.{within}"));
            given.contains(number.as_str()) || within.into_iter().any(|position| given.contains(position.as_str()))
        })
    };
    positions(|number| (number + 1).to_string()) && !positions(column_letters)
}

/// The list that a cell of bullets stands for, where it is written as an export writes one. With any other mark the cell is a
/// text, whose lines are bullets all the same.
fn passage(cell: Cell) -> Field<Passage> {
    let bullets = passage::bullets(&cell.text);
    let bullets = bullets.filter(|bullets| passage::joined(bullets.iter().map(String::as_str)) == cell.text);
    let value = match bullets {
        Some(bullets) => OneOrList::List(bullets.into_iter().map(|text| field(cell.span, Text(text))).collect()),
        None => OneOrList::One(Text(cell.text)),
    };
    field(cell.span, value)
}

fn text<F: From<Field<Text>>>(cell: Cell) -> F {
    field(cell.span, Text(cell.text)).into()
}

/// The title, or what the id says where the table gives no title.
fn title(cell: Option<Cell>, id: &Field<Word>) -> Field<Text> {
    cell.map_or_else(|| field(id.span, Text(id.word().unwrap_or_default().replace('_', " "))), text)
}
