//! Writes a history as one table.

use appraise::history::{Beside, Count, DomainYears, History, IndicatorYears, Year, YearEntry};
use appraise::table::Row;
use appraise::{Exact, Status};

use super::super::many::MARK;

const COLUMNS: &str = "employee,name,year,period_from,period_to,type,status,rubric,rubric_version,row,domain,id,code,title,\
                       status_of_entry,level,label,number,indicators,rated,met,share_met,words";

/// The cells of a row behind those of its year.
#[derive(Default)]
struct Cells<'a> {
    row: &'a str,
    domain: &'a str,
    id: &'a str,
    code: &'a str,
    title: &'a str,
    status_of_entry: &'a str,
    level: &'a str,
    label: &'a str,
    number: String,
    count: Option<&'a Count>,
    words: &'a str,
}

/// A row for whatever each year says, the years one after the other.
pub(super) fn csv(history: &History) -> String {
    let mut out = format!("{MARK}{COLUMNS}\n");
    for (number, year) in history.years.iter().enumerate() {
        let mut add = |cells: &Cells<'_>| out.push_str(&line(history, year, cells));
        add(&Cells {
            row: "evaluation",
            count: Some(&year.own),
            words: year.summative.as_deref().unwrap_or_default(),
            ..Cells::default()
        });
        for domain in &history.domains {
            add(&of_domain(domain, number));
            domain.indicators.iter().for_each(|indicator| add(&of_indicator(domain, indicator, number)));
        }
        of_the_year(history, number, &mut add);
    }
    history.beside.iter().for_each(|beside| out.push_str(&not_counted(history, beside)));
    out
}

fn of_domain(domain: &DomainYears, year: usize) -> Cells<'_> {
    let (id, code, title) = (&domain.id, &domain.code, &domain.title);
    Cells { row: "domain", domain: id, id, code, title, count: domain.course.counts.get(year), ..Cells::default() }
}

fn of_indicator<'a>(domain: &'a DomainYears, indicator: &'a IndicatorYears, year: usize) -> Cells<'a> {
    let entry = indicator.entries.get(year);
    let text = |of: fn(&YearEntry) -> Option<&String>| entry.and_then(of).map_or("", String::as_str);
    Cells {
        row: "indicator",
        domain: &domain.id,
        id: &indicator.id,
        code: &indicator.code,
        title: &indicator.title,
        status_of_entry: entry.map_or("", |entry| entry.status.as_str()),
        level: text(|entry| entry.level.as_ref()),
        label: text(|entry| entry.label.as_ref()),
        number: entry.and_then(|entry| entry.number.as_ref()).map(Exact::decimal).unwrap_or_default(),
        words: text(|entry| entry.now.as_ref()),
        ..Cells::default()
    }
}

/// The rows of a year's ratings without a home, results, goals and hours.
fn of_the_year(history: &History, number: usize, add: &mut impl FnMut(&Cells<'_>)) {
    for row in &history.without_home {
        let Some(Some(kept)) = row.ratings.get(number) else { continue };
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (domain, code) = (text(&row.given_for.domain), text(&row.given_for.code));
        let title = row.given_for.title.as_ref().or(row.given_for.statement.as_ref()).cloned().unwrap_or_default();
        let (id, level, label) = (&row.id, &kept.level, &kept.label);
        let (domain, code, title) = (domain.as_str(), code.as_str(), title.as_str());
        add(&Cells { row: "without_home", domain, id, code, title, level, label, ..Cells::default() });
    }
    for row in &history.results {
        let Some(Some(result)) = row.results.get(number) else { continue };
        add(&Cells {
            row: "result",
            domain: row.about.as_deref().unwrap_or_default(),
            id: &row.step,
            title: &row.label,
            label: result.rating.as_deref().unwrap_or_default(),
            number: result.score.as_ref().map(Exact::decimal).unwrap_or_default(),
            words: &result.words,
            ..Cells::default()
        });
    }
    for goal in &history.goals {
        let Some(Some(status)) = goal.statuses.get(number) else { continue };
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (id, code) = (text(&goal.indicator), text(&goal.code));
        let (id, code) = (id.as_str(), code.as_str());
        let (title, label, words) = (&goal.statement, status.label(), goal.ending.label());
        add(&Cells { row: "goal", id, code, title, label, words, ..Cells::default() });
    }
    if let Some(hours) = history.contact_hours.years.get(number) {
        let cycle = hours.in_cycle.as_ref().map(|hours| format!("{} in the cycle so far", hours.decimal()));
        let words = cycle.unwrap_or_default();
        add(&Cells { row: "contact_hours", number: hours.total.decimal(), words: &words, ..Cells::default() });
    }
}

fn line(history: &History, year: &Year, cells: &Cells<'_>) -> String {
    let head = [
        year.label.as_str(),
        &year.period.from(),
        &year.period.to(),
        year.r#type.id(),
        status(year.status),
        &year.rubric.id,
        &year.rubric.version,
    ];
    written(history, head, cells)
}

fn not_counted(history: &History, beside: &Beside) -> String {
    let head = [
        beside.label.as_str(),
        &beside.period.from(),
        &beside.period.to(),
        beside.r#type.id(),
        status(beside.status),
        &beside.rubric.id,
        &beside.rubric.version,
    ];
    let words = beside.why.as_str();
    written(history, head, &Cells { row: "not_counted", count: Some(&beside.own), words, ..Cells::default() })
}

fn written(history: &History, head: [&str; 7], cells: &Cells<'_>) -> String {
    let mut row = Row::default();
    row.text(&history.whom.id);
    row.text(&history.whom.name);
    head.into_iter().for_each(|text| row.text(text));
    let texts =
        [cells.row, cells.domain, cells.id, cells.code, cells.title, cells.status_of_entry, cells.level, cells.label];
    texts.into_iter().for_each(|text| row.text(text));
    row.number(&cells.number);
    let count = |of: fn(&Count) -> u32| cells.count.map(|count| of(count).to_string()).unwrap_or_default();
    row.number(count(|count| count.indicators));
    row.number(count(|count| count.rated));
    row.number(count(|count| count.met));
    row.number(cells.count.and_then(Count::share_met).map(|share| share.decimal()).unwrap_or_default());
    row.text(cells.words);
    row.line()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        _ => "final",
    }
}
