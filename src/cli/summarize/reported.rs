//! Totals of what a staff reported beside the ratings, as lines and rows.

use appraise::Exact;
use appraise::summary::StaffTotals;

use super::super::messages::clean;

/// One total: its id and name, and which number of it; `None` is withheld.
pub(super) struct Total<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) part: &'a str,
    pub(super) label: &'a str,
    pub(super) number: Option<String>,
}

/// Every total, in the order of the page.
pub(super) fn totals(staff: &StaffTotals) -> Vec<Total<'_>> {
    let exact = |number: &Option<Exact>| number.as_ref().map(Exact::decimal);
    let count = |number: Option<u64>| number.map(|number| number.to_string());
    let mut all = Vec::new();
    let mut push = |(id, title), part, label, number| all.push(Total { id, title, part, label, number });
    if let Some(supervision) = &staff.supervision {
        let of = ("supervision", "Supervision");
        push(of, "percent_of_weeks", "Weeks with it, in percent", supervision.of_any_kind.percent.clone());
        push(of, "sessions", "Sessions", exact(&supervision.sessions));
        push(of, "minutes", "Minutes", exact(&supervision.minutes));
        push(of, "people", "People", count(supervision.people));
        for kind in &supervision.kinds {
            push((&kind.id, &kind.label), "percent_of_weeks", "Weeks with it, in percent", kind.percent.clone());
        }
    }
    for item in &staff.service_data {
        push((&item.id, &item.label), "total", "All together", exact(&item.total));
        push((&item.id, &item.label), "people", "People", count(item.people));
    }
    let (of, hours) = (("contact_hours", "Contact hours"), &staff.contact_hours);
    push(of, "total", "All together", exact(&hours.total));
    push(of, "discipline_specific", "Discipline-specific", exact(&hours.discipline_specific));
    push(of, "people", "People", count(hours.people));
    let (of, goals) = (("goals", "Goals"), &staff.goals);
    for (part, label, number) in [
        ("total", "All together", goals.total),
        ("met", "Met", goals.met),
        ("not_met", "Not met", goals.not_met),
        ("dropped", "Dropped", goals.dropped),
        ("open", "Still open", goals.open),
        ("people", "People", goals.people),
    ] {
        push(of, part, label, count(number));
    }
    all
}

/// The totals of one rubric as text: a line for each thing, with its numbers. Nothing where too few evaluations are counted, which
/// the counts have said.
pub(super) fn text(staff: &StaffTotals) -> String {
    if staff.evaluations.is_none() {
        return String::new();
    }
    let mut out = format!("\nBeside the ratings: {} {}\n", clean(&staff.title), staff.version);
    let all = totals(staff);
    for parts in all.chunk_by(|one, other| (one.id, one.title) == (other.id, other.title)) {
        let number =
            |part: &Total<'_>| format!("{} {}", part.label.to_lowercase(), part.number.as_deref().unwrap_or("*"));
        let numbers: Vec<String> = parts.iter().map(number).collect();
        let title = parts.first().map_or("", |part| part.title);
        out.push_str(&format!("  {}: {}\n", clean(title), numbers.join(", ")));
    }
    if all.iter().any(|total| total.number.is_none()) {
        out.push_str(&format!(
            "  * withheld: of fewer than {} people, mostly of one, or it would tell such a number\n",
            staff.threshold
        ));
    }
    out
}
