//! Rules of the points that indicators have themselves.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::source::Findings;
use crate::syntax::outline::Node;

use super::super::scoring;
use super::scales::All;

/// Points are for rated levels of the indicator's scale, and rise with the levels.
pub(super) fn points(nodes: &[Node<'_>], all: &All, findings: &Findings) {
    for node in nodes {
        let Some(entries) = node.indicator().and_then(|keys| keys.points?.get()) else { continue };
        let Some(scale) = all.of(node).and_then(|read| read.scale.as_ref()) else { continue };
        scoring::levels_of_one(entries, scale, findings);
        let of = |level: &str| entries.iter().find(|(id, ..)| *id == level).map(|(_, _, field)| field);
        let points = |id| Some((id, &of(id)?.get()?.0));
        let given: Vec<(&str, &Exact)> = scale.rated().iter().filter_map(|level| points(level.id.as_str())).collect();
        if let Some([(lower, least), (level, points)]) = scoring::falls(&given, scale)
            && let Some(field) = of(level)
        {
            let message = format!("`{level}` counts {}, and `{lower}` below it {}", points.shown(), least.shown());
            let help = "let the points rise with the levels: a better rating counts more".to_owned();
            findings.error(Code::PointsNotRising, field.span, message, help);
        }
    }
}
