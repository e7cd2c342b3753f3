//! Decides which counts of a table are withheld (cell suppression), so that no small count can be derived from the shown
//! ones.
//!
//! The rows are a tree whose counts add up to the counts of the row above; every row adds up to a known total. The table is
//! therefore a network flow: each count flows from the row above, in its column, to the row, and the columns meet at the
//! leaves. A reader knows every shown count, and that no count is negative. A withheld count can have another value exactly
//! if it lies on a cycle of withheld counts, along which some can grow while others shrink. For every small count the
//! search finds such cycles until the count could differ by the threshold or more; where too few exist, the cheapest
//! further counts are withheld.
//!
//! A reader may also know this algorithm and try every possible table: a table whose printed form no other table shares is
//! known. The choice of the counts withheld beside a small count therefore depends as little as possible on its value: the
//! required distance, and the counts that go with it, are the same for each value it might have. This is no proof. Of
//! tables with one row and three levels no printed form is unique; of larger tables some are.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// A row of the table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) parent: Option<usize>,
    /// The number of ratings by level, then of missing entries.
    pub(super) counts: Vec<u64>,
    /// The number of evaluations behind each count.
    pub(super) people: Vec<u64>,
    /// The cost of withholding one of its counts.
    cost: u64,
}

impl Row {
    pub(super) fn new(parent: Option<usize>, columns: usize, cost: u64) -> Self {
        Self { parent, counts: vec![0; columns], people: vec![0; columns], cost }
    }

    /// Adds the counts of the same row, of other evaluations.
    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [(&mut self.counts, &other.counts), (&mut self.people, &other.people)] {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
    }
}

/// A tree of rows, a parent before its children, with the first above all.
pub(super) struct Table<'a> {
    pub(super) rows: &'a [Row],
    /// The factor of the row's cost, by column.
    pub(super) worth: Vec<u64>,
}

/// A count: by row and column.
type Cell = usize;
/// A vertex of the network: a column of a row with rows below it, or the whole of a leaf row.
type Joint = usize;

/// The source of the network.
const SOURCE: Joint = 0;

impl Table<'_> {
    /// Whether each count is withheld, by row and column.
    pub(super) fn withheld(&self, threshold: u64) -> Vec<bool> {
        let cells = self.rows.len() * self.worth.len();
        let mut withheld: Vec<bool> = (0..cells).map(|cell| self.is_small(cell, threshold)).collect();
        let joints = self.joints();
        let mut next: Vec<Cell> = (0..cells).rev().filter(|cell| withheld.get(*cell) == Some(&true)).collect();
        while let Some(cell) = next.pop() {
            for cell in self.another(cell, threshold, &joints, &withheld) {
                let Some(withheld) = withheld.get_mut(cell).filter(|withheld| !**withheld) else { continue };
                *withheld = true;
                // One that is withheld for the sake of others must not be told either, where too few are behind it.
                if self.row(cell).and_then(|(row, column)| row.people.get(column)).is_some_and(|few| *few < threshold) {
                    next.push(cell);
                }
            }
        }
        withheld
    }

    /// Whether a count tells of too few by itself. That nobody lacks an entry tells nothing; nor do the levels of a row
    /// without any rating.
    fn is_small(&self, cell: Cell, threshold: u64) -> bool {
        let Some((row, column)) = self.row(cell) else { return false };
        let Some((no_entry, levels)) = row.people.split_last() else { return false };
        match levels.get(column) {
            Some(people) => *people < threshold && levels.iter().any(|people| *people > 0),
            None => (1..threshold).contains(no_entry),
        }
    }

    /// The counts that have to change with one if that were another: by as much as the threshold, or as much as can be.
    ///
    /// A small one must be able to reach twice the threshold less one, however small it is: whichever small count it were,
    /// the others would not be small for it, and the same would be withheld.
    fn another(&self, cell: Cell, threshold: u64, joints: &Joints, withheld: &[bool]) -> Vec<Cell> {
        let Some(&(tail, head)) = joints.ends.get(cell) else { return Vec::new() };
        let table = Search { table: self, joints, withheld, without: cell };
        let count = self.count(cell);
        let enough = threshold.saturating_mul(2).saturating_sub(count.saturating_add(1)).max(threshold);
        let grown = table.shift(head, tail, enough);
        let shrunk = table.shift(tail, head, threshold.min(count));
        let better = |shift: &Shift| (shift.amount, Reverse(shift.cost));
        let best = if better(&shrunk) > better(&grown) { shrunk } else { grown };
        // A count that one way lowered and another raised stays as it is.
        let mut others: Vec<Cell> = best.by.into_iter().filter(|(_, by)| *by != 0).map(|(cell, _)| cell).collect();
        // In an order of its own, so that the same table is withheld alike each time.
        others.sort_unstable();
        others
    }

    /// The cost of withholding a count; zero if it is withheld already. `None` for the public fact that no entry is
    /// missing. The size of the count does not matter, for the choice would reveal it.
    fn cost(&self, cell: Cell, withheld: &[bool]) -> Option<u64> {
        if withheld.get(cell) == Some(&true) {
            return Some(0);
        }
        let (row, column) = self.row(cell)?;
        let is_known = column + 1 == self.worth.len() && row.people.last() == Some(&0);
        (!is_known).then_some(row.cost * self.worth.get(column)?)
    }

    fn count(&self, cell: Cell) -> u64 {
        self.row(cell).and_then(|(row, column)| row.counts.get(column).copied()).unwrap_or_default()
    }

    fn row(&self, cell: Cell) -> Option<(&Row, usize)> {
        let columns = self.worth.len();
        Some((self.rows.get(cell / columns)?, cell % columns))
    }

    fn joints(&self) -> Joints {
        let columns = self.worth.len();
        let mut has_children = vec![false; self.rows.len()];
        for parent in self.rows.iter().filter_map(|row| row.parent) {
            if let Some(has_children) = has_children.get_mut(parent) {
                *has_children = true;
            }
        }
        let joint = |row: usize, column: usize| 1 + row * columns + column;
        let mut ends = Vec::new();
        let mut around = vec![Vec::new(); 1 + self.rows.len() * columns];
        for (number, (row, has_children)) in self.rows.iter().zip(&has_children).enumerate() {
            for column in 0..columns {
                let tail = row.parent.map_or(SOURCE, |parent| joint(parent, column));
                let head = joint(number, if *has_children { column } else { 0 });
                let cell = ends.len();
                ends.push((tail, head));
                for (here, there, grows) in [(tail, head, true), (head, tail, false)] {
                    if let Some(around) = around.get_mut(here) {
                        around.push((cell, there, grows));
                    }
                }
            }
        }
        Joints { ends, around }
    }
}

/// A search for cycles through a count.
struct Search<'a> {
    table: &'a Table<'a>,
    joints: &'a Joints,
    withheld: &'a [bool],
    /// The count itself.
    without: Cell,
}

/// The counts that change together with one count, so that all sums hold.
#[derive(Default)]
struct Shift {
    /// The change of the count itself.
    amount: u64,
    /// The cost of withholding the counts.
    cost: u64,
    /// The change of each other count.
    by: HashMap<Cell, i64>,
}

/// A joint's predecessor on the cheapest path: the cost, the count and whether it grows, and the joint before.
type Reached = (u64, Option<(Cell, bool, Joint)>);
/// A way from one joint to another: for each count on it, whether it grows.
type Way = Vec<(Cell, bool)>;

impl Search<'_> {
    /// Moves up to `wanted` units from one joint to another, each time along the cheapest path.
    fn shift(&self, from: Joint, to: Joint, wanted: u64) -> Shift {
        let mut shift = Shift::default();
        while shift.amount < wanted
            && let Some((cost, way)) = self.way(from, to, &shift)
        {
            let room = way.iter().filter(|(_, grows)| !grows).map(|(cell, _)| self.left(*cell, &shift));
            let amount = room.fold(wanted - shift.amount, u64::min);
            for (cell, grows) in way {
                let amount = amount.cast_signed();
                *shift.by.entry(cell).or_default() += if grows { amount } else { -amount };
            }
            shift.amount += amount;
            shift.cost += cost;
        }
        shift
    }

    /// The cheapest way between two joints, on which at least one can be moved.
    fn way(&self, from: Joint, to: Joint, shift: &Shift) -> Option<(u64, Way)> {
        let mut reached: HashMap<Joint, Reached> = HashMap::from([(from, (0, None))]);
        let mut next = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((cost, here))) = next.pop() {
            if here == to {
                let mut way = Way::new();
                let mut at = to;
                while let Some((_, Some((cell, grows, before)))) = reached.get(&at) {
                    way.push((*cell, *grows));
                    at = *before;
                }
                return Some((cost, way));
            }
            if reached.get(&here).is_some_and(|(least, _)| *least < cost) {
                continue;
            }
            for &(cell, there, grows) in self.joints.around.get(here).into_iter().flatten() {
                if cell == self.without || !(grows || self.left(cell, shift) > 0) {
                    continue;
                }
                let more = if shift.by.contains_key(&cell) { Some(0) } else { self.table.cost(cell, self.withheld) };
                let Some(cost) = more.map(|more| cost + more) else { continue };
                if reached.get(&there).is_none_or(|(least, _)| *least > cost) {
                    reached.insert(there, (cost, Some((cell, grows, here))));
                    next.push(Reverse((cost, there)));
                }
            }
        }
        None
    }

    /// The remainder of a count after a shift.
    fn left(&self, cell: Cell, shift: &Shift) -> u64 {
        let by = shift.by.get(&cell).copied().unwrap_or_default();
        self.table.count(cell).saturating_add_signed(by)
    }
}

/// The network of counts.
struct Joints {
    /// The joints that each count flows from and to.
    ends: Vec<(Joint, Joint)>,
    /// The counts at each joint, the joint each leads to, and whether the count grows on the path.
    around: Vec<Vec<(Cell, Joint, bool)>>,
}

#[cfg(test)]
mod tests;
