//! Checklists: indicators next to each other that are rated on one scale of two levels, and have neither
//! descriptors nor practices nor points of their own.

use crate::rubric::{Indicator, Rubric};

use super::points;

/// The most levels and choices of a checklist: each has a column.
const MOST_COLUMNS: usize = 5;

/// The checklists of a rubric with several scales; a rubric with one has none.
#[derive(Debug, Default)]
pub(crate) struct Checklists {
    /// By indicator, the number of its run: a checklist, or what stands between two. Empty where there is one scale.
    runs: Vec<(usize, Option<usize>)>,
}

impl Checklists {
    pub(crate) fn of(rubric: &Rubric) -> Self {
        if rubric.all().is_one() {
            return Self::default();
        }
        let places = rubric.outline().indicators().iter().map(|node| Some(rubric.outline().heading(node).number));
        let scales = rubric.indicators().map(|indicator| line(rubric, indicator));
        let mut lines: Vec<(Option<usize>, Option<usize>)> = places.zip(scales).collect();
        // A line alone is an entry like the others.
        let alone: Vec<usize> = (0..lines.len())
            .filter(|number| {
                let own = lines.get(*number);
                let before = number.checked_sub(1).and_then(|before| lines.get(before));
                before != own && lines.get(number.saturating_add(1)) != own
            })
            .collect();
        for number in alone {
            if let Some((_, scale)) = lines.get_mut(number) {
                *scale = None;
            }
        }
        let mut run = 0_usize;
        let mut before = None;
        let numbered = |now: (Option<usize>, Option<usize>)| {
            run = run.saturating_add(usize::from(before.replace(now).is_some_and(|before| before != now)));
            (run, now.1)
        };
        Self { runs: lines.into_iter().map(numbered).collect() }
    }

    /// The number of an indicator's run; `None` in a rubric without checklists.
    pub(crate) fn run(&self, indicator: usize) -> Option<usize> {
        self.runs.get(indicator).map(|(run, _)| *run)
    }

    /// The number of the scale of the checklist that an indicator is a line of.
    pub(crate) fn scale(&self, indicator: usize) -> Option<usize> {
        self.runs.get(indicator).and_then(|(_, scale)| *scale)
    }
}

/// The number of an indicator's scale, where it can be a line of a checklist.
fn line(rubric: &Rubric, indicator: &Indicator) -> Option<usize> {
    let scale = rubric.scale_of(indicator)?;
    let is_short = scale.rated().len() == 2 && scale.levels().len() <= MOST_COLUMNS;
    let is_bare = indicator.descriptors.is_empty() && indicator.practices().is_empty();
    (is_short && is_bare && !points::has_own_at(rubric, indicator)).then_some(indicator.scale)
}
