//! Writes summaries as a table, CSV and JSON.

use appraise::Exact;
use appraise::summary::{Counts, Need, NodeCounts, Numbers, Overview, Summaries, Tier};
use appraise::table::Row;

use super::super::many::{MARK, count};
use super::super::messages::clean;
use super::super::score::wrap;
use super::reported;

/// A row of the table: its tier, its indentation, and its values.
struct Line<'a> {
    tier: &'static str,
    depth: usize,
    id: &'a str,
    code: &'a str,
    title: &'a str,
    tally: &'a Counts,
    numbers: Option<&'a Numbers>,
}

impl<'a> Line<'a> {
    fn of(tier: Tier, depth: usize, node: &'a NodeCounts) -> Self {
        Self {
            tier: tier.name(),
            depth,
            id: &node.id,
            code: &node.code,
            title: &node.title,
            tally: &node.tally,
            numbers: node.numbers.as_ref(),
        }
    }
}

/// Every part of the rubric in order, and all of it last.
fn lines(overview: &Overview) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for domain in &overview.domains {
        let lowest = if domain.indicators.is_empty() { 2 } else { 1 };
        lines.extend(domain.nodes().map(|(tier, node)| match tier {
            Tier::Domain => Line::of(tier, 0, node),
            Tier::Competency => Line::of(tier, 1, node),
            _ => Line::of(tier, lowest, node),
        }));
    }
    lines.push(Line {
        tier: "rubric",
        depth: 0,
        id: &overview.rubric,
        code: "",
        title: "All",
        tally: &overview.overall,
        numbers: None,
    });
    lines
}

/// The headings of the numbers given on a number scale.
const NUMBERS: [&str; 3] = ["Lowest", "Median", "Highest"];

/// The numbers under these headings; `withheld` stands for one that is not shown.
fn numbers_of(numbers: &Numbers, withheld: &str) -> [String; 3] {
    let shown = |number: &Option<Exact>| number.as_ref().map_or_else(|| withheld.to_owned(), Exact::decimal);
    [&numbers.lowest, &numbers.median, &numbers.highest].map(shown)
}

fn shown(count: Option<u64>) -> String {
    count.map_or_else(|| "*".to_owned(), super::many::grouped)
}

pub(super) fn text(summaries: &Summaries) -> String {
    let mut out = String::new();
    if let Some(span) = &summaries.period {
        let year = span.school_year.as_ref().map(|year| format!("School year {year}: ")).unwrap_or_default();
        out.push_str(&format!("{year}periods that end from {} to {}\n", span.from, span.to));
    }
    let left_out = super::left_out(&summaries.left_out);
    if !left_out.is_empty() {
        out.push_str(&format!("Not counted: {left_out}\n"));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let overviews = summaries.summaries.iter().map(of_one).collect::<Vec<_>>().join("\n");
    let reported: String = summaries.staff.iter().map(reported::text).collect();
    out + &overviews + &reported
}

fn of_one(overview: &Overview) -> String {
    let mut out = format!("{} {}\n", clean(&overview.title), overview.version);
    if overview.scale.is_some() {
        let labels = overview.levels.iter().filter(|level| level.rated).map(|level| clean(&level.label));
        let labels = overview.range.clone().unwrap_or_else(|| labels.collect::<Vec<_>>().join(", "));
        out.push_str(&format!("Indicators rated {labels}\n"));
    }
    let Some(evaluations) = overview.evaluations else {
        out.push_str(&format!("Fewer than {}: nothing of them is shown.\n", count(overview.threshold, "evaluation")));
        return out;
    };
    out.push_str(&format!("{}\n\n", count(evaluations, "evaluation")));
    let mut lines = lines(overview);
    // A part that is rated itself is one line.
    lines.dedup_by(|next, before| next.id == before.id && next.tier != "rubric");
    let mut columns: Vec<Vec<String>> = overview.levels.iter().map(|level| wrap(&level.label)).collect();
    let has_no_entry = lines.iter().any(|line| line.tally.no_entry != Some(0));
    if has_no_entry {
        columns.push(wrap("No entry"));
    }
    if overview.range.is_some() {
        columns.extend(NUMBERS.map(wrap));
    }
    let cells = |line: &Line<'_>| -> Vec<String> {
        let no_entry = Some(line.tally.no_entry).filter(|_| has_no_entry);
        let counts = line.tally.tally.iter().map(|(_, count)| *count).chain(no_entry).map(shown);
        counts.chain(line.numbers.into_iter().flat_map(|numbers| numbers_of(numbers, "*"))).collect()
    };
    let has_shown = |line: &&Line<'_>| is_shown(line.tally) || line.tier == "rubric";
    let rows: Vec<(String, Vec<String>)> = lines
        .iter()
        .filter(has_shown)
        .map(|line| (format!("{}{}", "  ".repeat(line.depth), short(line.code, line.title)), cells(line)))
        .collect();
    let first = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let width = |column: usize| {
        let heading = columns.get(column).into_iter().flatten().map(|line| line.chars().count());
        heading.chain(rows.iter().filter_map(|(_, cells)| cells.get(column).map(String::len))).max().unwrap_or_default()
    };
    let mut row = |name: &str, cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| format!("  {cell:>width$}", width = width(column)));
        let line = format!("{name:<first$}{}", cells.collect::<String>());
        out.push_str(&format!("{}\n", line.trim_end()));
    };
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    for at in 0..height {
        // Headings stand on the line above the numbers, however many lines they have.
        let part = |lines: &Vec<String>| (at + lines.len()).checked_sub(height).and_then(|at| lines.get(at)).cloned();
        row("", &columns.iter().map(|lines| part(lines).unwrap_or_default()).collect::<Vec<_>>());
    }
    for (name, cells) in &rows {
        row(name, cells);
    }
    for (level, counted) in overview.levels.iter().filter_map(|level| Some((level, level.counts_as.as_ref()?))) {
        out.push_str(&format!("“{}” counts as “{}”.\n", clean(&level.label), clean(counted)));
    }
    if rows.iter().any(|(_, cells)| cells.iter().any(|cell| cell == "*")) {
        out.push_str(&format!(
            "\n* withheld: fewer than {} behind it, or it would tell such a count\n",
            count(overview.threshold, "evaluation")
        ));
    }
    let not_shown: Vec<&Line<'_>> = lines.iter().filter(|line| !has_shown(line)).collect();
    if !not_shown.is_empty() {
        out.push_str(&format!("  Without a row, since no count of theirs may be shown: {}\n", tiers(&not_shown)));
        out.push_str("  All ratings are in the totals\n");
    }
    if let Some(Need { tier, .. }) = overview.needs.first() {
        let what = match tier {
            Tier::Indicator => "Most evaluations below “{}”, as far as shown",
            Tier::Competency => "Most ratings below “{}”, by competency, as far as shown",
            Tier::Domain => "Most ratings below “{}”, by domain, as far as shown",
            _ => "Ratings below “{}”, all together",
        };
        out.push_str(&format!("\n{}:\n", what.replace("{}", &clean(&overview.meets_at))));
        for need in &overview.needs {
            let at_least = if need.at_least { "at least " } else { "" };
            let within = match need.tier {
                Tier::Indicator | Tier::Competency if !need.domain.is_empty() => format!(", {}", clean(&need.domain)),
                _ => String::new(),
            };
            let (below, name) = (super::many::grouped(need.below), short(&need.code, &need.title));
            out.push_str(&format!("  {at_least}{below} {name}{within}\n"));
        }
    }
    out
}

/// Whether any count of it is shown, but that nobody lacks an entry.
fn is_shown(tally: &Counts) -> bool {
    tally.tally.iter().any(|(_, count)| count.is_some()) || tally.no_entry.is_some_and(|count| count > 0)
}

/// The number of parts by tier, finest first: "67 indicators, 4 competencies".
fn tiers(lines: &[&Line<'_>]) -> String {
    [("indicator", "indicators"), ("competency", "competencies"), ("domain", "domains")]
        .into_iter()
        .map(|(one, several)| (lines.iter().filter(|line| line.tier == one).count(), one, several))
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, several)| format!("{number} {}", if number == 1 { one } else { several }))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A number and a title, so short that they leave room for the counts.
fn short(code: &str, title: &str) -> String {
    const MOST: usize = 52;
    let name = clean(format!("{code} {title}").trim());
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default().trim_end()),
        None => name,
    }
}

/// A row for each level of each line, so that rubrics with different levels make one table. A column of scales comes last, where a
/// rubric has several, and the numbers given to an indicator, where a scale has numbers.
pub(super) fn csv(summaries: &Summaries) -> String {
    let columns = "rubric,rubric_version,evaluations,tier,id,code,title,level,label,count,period_from,period_to";
    let has_scales = summaries.summaries.iter().any(|overview| overview.scale.is_some());
    let has_numbers = summaries.summaries.iter().any(|overview| overview.range.is_some());
    let more = [(has_scales, ",scale"), (has_numbers, ",lowest,median,highest")];
    let more: String = more.iter().filter(|(has, _)| *has).map(|(_, columns)| *columns).collect();
    let mut out = format!("{MARK}{columns}{more}\n");
    for overview in &summaries.summaries {
        for line in lines(overview) {
            let labels = overview.levels.iter().map(|level| level.label.as_str());
            let levels = line.tally.tally.iter().map(|(level, count)| (level.as_str(), *count)).zip(labels);
            for ((level, count), label) in levels.chain([(("", line.tally.no_entry), "No entry")]) {
                let mut row = Row::default();
                row.text(&overview.rubric);
                row.text(&overview.version);
                row.number(overview.evaluations.map(|number| number.to_string()).unwrap_or_default());
                for text in [line.tier, line.id, line.code, line.title, level, label] {
                    row.text(text);
                }
                row.number(count.map(|number| number.to_string()).unwrap_or_default());
                for day in summaries.period.as_ref().map_or(["", ""], |span| [&span.from, &span.to]) {
                    row.text(day);
                }
                if has_scales {
                    row.text(overview.scale.as_deref().unwrap_or_default());
                }
                if has_numbers {
                    let numbers = line.numbers.map(|numbers| numbers_of(numbers, "")).unwrap_or_default();
                    numbers.into_iter().for_each(|number| row.number(number));
                }
                out.push_str(&row.line());
            }
        }
    }
    for staff in &summaries.staff {
        for total in reported::totals(staff) {
            let mut row = Row::default();
            row.text(&staff.rubric);
            row.text(&staff.version);
            row.number(staff.evaluations.map(|number| number.to_string()).unwrap_or_default());
            for text in ["reported", total.id, "", total.title, total.part, total.label] {
                row.text(text);
            }
            row.number(total.number.unwrap_or_default());
            for day in summaries.period.as_ref().map_or(["", ""], |span| [&span.from, &span.to]) {
                row.text(day);
            }
            let more = usize::from(has_scales) + if has_numbers { NUMBERS.len() } else { 0 };
            (0..more).for_each(|_| row.text(""));
            out.push_str(&row.line());
        }
    }
    out
}
