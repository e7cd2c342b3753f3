//! Property test over random small policies: the proofs agree with brute force over every evaluation.

#[cfg(test)]
pub(super) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use crate::diagnostic::Code;
    use crate::policy::{Bounds, Event, InputKind, InputValue, Known, Outcome, Policy, Rate, Trial};
    use crate::source::Findings;
    use crate::syntax::{Source, scoring};
    use crate::{Library, Rubric};

    use super::super::Ground;
    use super::super::random::Maker;

    /// The policy of a rubric, if it is sound but for what is proven of it.
    fn policy(rubric: &str, policy: &str) -> Option<Policy> {
        let rubric = Rubric::parse("r.yaml", rubric, &Library::empty()).unwrap();
        let policy = Source::parse("p.yaml", policy).load(|document: scoring::Document, _: &Findings| {
            let findings = Findings::default();
            let ground = Ground {
                nodes: rubric.0.outline.clone(),
                whole: None,
                all_known: true,
                scales: Some(rubric.all()),
                observations: None,
                types: Vec::new(),
                is_whole: false,
                used_by_goals: Vec::new(),
            };
            let read = super::super::policies(&document.scoring, &ground, &findings).remove(0);
            findings.retain(|finding| !matches!(finding.code, Code::BandGap | Code::UndeclaredRounding));
            read.policy.filter(|_| findings.errors() == 0)
        });
        policy.value
    }

    /// Every way to give an input.
    fn inputs(policy: &Policy) -> Vec<Vec<Option<InputValue>>> {
        let mut all = vec![Vec::new()];
        for input in &policy.inputs {
            let mut values: Vec<Option<InputValue>> = match &input.kind {
                InputKind::Choice(choices) => (0..choices.len()).map(|c| Some(InputValue::Choice(c))).collect(),
                InputKind::Number { from, to, places } => {
                    let unit = 10u64.pow(*places);
                    let numbers = (0..=10 * unit).map(|number| crate::Exact::ratio(number, unit).unwrap());
                    let within = numbers.filter(|number| number >= from && number <= to);
                    within.map(|number| Some(InputValue::Number(number))).collect()
                }
            };
            values.extend(input.optional.then_some(None));
            all = all
                .iter()
                .flat_map(|before: &Vec<_>| {
                    values.iter().map(move |value| [&before[..], std::slice::from_ref(value)].concat())
                })
                .collect();
        }
        all
    }

    /// Every rating of an indicator: each level and choice, and each number of its range.
    fn outcomes(policy: &Policy, indicator: usize) -> Vec<Outcome> {
        let levels = policy.levels_at(indicator).iter().map(|level| Outcome::Level(*level));
        let numbers = policy.range_of(indicator).into_iter().flat_map(|range| {
            let unit = 10u64.pow(range.places);
            let numbers = (0..=10 * unit).map(move |number| crate::Exact::ratio(number, unit).unwrap());
            let within = numbers.filter(|number| *number >= range.from && *number <= range.to);
            within.map(|number| Outcome::Number(crate::exact::Decimal::of(&number).unwrap()))
        });
        numbers.chain(levels).collect()
    }

    /// Every evaluation; `None` where there are too many.
    pub(in super::super) fn evaluations(policy: &Policy) -> Option<Vec<Trial>> {
        let levels: Vec<Vec<Outcome>> = (0..policy.nodes.indicators().len()).map(|one| outcomes(policy, one)).collect();
        let mut all: Vec<Trial> = Vec::new();
        let mut entered = vec![vec![None; policy.slots]];
        let steps = policy.steps.iter().filter(|step| matches!(step.rate, Some(Rate::Entered)));
        for (slot, levels) in steps.flat_map(|step| policy.slots(step).map(|slot| (slot, step.levels.list.len()))) {
            entered = entered
                .iter()
                .flat_map(|before| {
                    (0..levels).map(move |level| {
                        let mut after = before.clone();
                        after[slot] = Some(level);
                        after
                    })
                })
                .collect();
            if entered.len() > MOST {
                return None;
            }
        }
        let inputs = inputs(policy);
        let ways: usize = levels.iter().map(Vec::len).product();
        let size = ways * inputs.len() * entered.len();
        if size > MOST {
            return None;
        }
        for number in 0..ways {
            let mut left = number;
            let outcome = |outcomes: &Vec<Outcome>| {
                let outcome = outcomes[left % outcomes.len()];
                left /= outcomes.len();
                outcome
            };
            let outcomes: Vec<Outcome> = levels.iter().map(outcome).collect();
            for inputs in &inputs {
                for entered in &entered {
                    all.push(Trial { outcomes: outcomes.clone(), inputs: inputs.clone(), entered: entered.clone() });
                }
            }
        }
        Some(all)
    }

    /// The events of all evaluations, by step.
    fn truth(policy: &Policy) -> Option<BTreeSet<(usize, Event)>> {
        let mut happens = BTreeSet::new();
        for mut trial in evaluations(policy)? {
            happens.extend(policy.try_out(&mut trial).into_iter().map(|happened| (happened.step, happened.event)));
        }
        Some(happens)
    }

    fn kind(event: Event) -> &'static str {
        match event {
            Event::BelowRows => "below rows",
            Event::Row(_) => "row",
            Event::BelowBands => "below",
            Event::BetweenBands(_) => "between",
            Event::AboveBands => "above",
            Event::NoRule => "no rule",
            Event::Rule(_) => "rule",
            Event::PastUnknown => "past unknown",
            Event::Adjust(_) => "adjust",
            Event::Limit(_) => "limit",
            Event::Contradiction { .. } => "contradiction",
            Event::Flag(_) => "flag",
            Event::Rating(_) => "rating",
            Event::Paradox => "paradox",
        }
    }

    #[test]
    fn proofs_agree_with_trying_every_evaluation() {
        let all = Bounds { evaluations: MOST, ..Bounds::default() };
        let default = Bounds { evaluations: 0, ..all };
        let ways = [
            default,
            Bounds { tallies: 4, states: 4, ..default },
            Bounds { tallies: 0, states: 0, ..default },
            Bounds { work: 40, candidates: 3, ..default },
            Bounds { tallies: 4, states: 4, ..all },
        ];
        // By kind and way: how often never, shown, open.
        let mut said: BTreeMap<(&str, usize), [usize; 3]> = BTreeMap::new();
        let mut policies = 0;
        let seeds = seeds();
        for seed in 0..seeds {
            let (rubric, text) = Maker::make(seed);
            let Some(policy) = policy(&rubric, &text) else { continue };
            let text = rubric + &text;
            let Some(happens) = truth(&policy) else { continue };
            policies += 1;
            for (way, bounds) in ways.into_iter().enumerate() {
                for (step, known) in policy.prove(bounds).into_iter().enumerate() {
                    for (event, known) in known {
                        let is_there = happens.contains(&(step, event));
                        let said = said.entry((kind(event), way)).or_default();
                        match known {
                            Known::Never => {
                                said[0] += 1;
                                assert!(!is_there, "seed {seed}, way {way}: {event:?} of step {step} happens\n{text}");
                            }
                            Known::Shown(witness) => {
                                said[1] += 1;
                                assert!(
                                    is_there,
                                    "seed {seed}, way {way}: {event:?} of step {step} never happens\n{text}"
                                );
                                let mut trial = witness.trial.clone();
                                let again = policy.try_out(&mut trial);
                                let is_it =
                                    |one: &&crate::policy::Happened| one.event == event && one.slot == witness.slot;
                                assert!(again.iter().find(is_it).is_some(), "seed {seed}: no witness\n{text}");
                            }
                            Known::Open => said[2] += 1,
                        }
                    }
                }
            }
        }
        assert!(policies as u64 > seeds / 4, "only {policies} policies");
        println!("{policies} policies: {said:?}");
        for ((kind, way), [never, shown, _]) in said.iter().filter(|_| seeds >= ENOUGH) {
            assert!(*never > 0 && *shown > 0, "{kind} is not tried in way {way}: {said:?}");
        }
        let open =
            |way: usize| said.iter().filter(|((_, of), _)| *of == way).map(|(_, [.., open])| open).sum::<usize>();
        assert!(open(0) < open(2), "what is exact decides more");
        assert_eq!(open(4), 0, "few evaluations leave nothing open");
    }

    /// Covers rare policies: members of which one may lack a score and another never does, and a share of results of which
    /// none may be rated.
    #[test]
    fn bounds_reckon_with_what_may_be_missing() {
        let rubric = "id: r\nversion: 1.0.0\ntitle: R\nscale: { levels: [{ id: l0, label: A }, { id: l1, label: B }], \
                      not_rated: [{ id: u0, label: U }], meets_at: l1 }\ndomains:\n\
                      - { id: d, title: D, indicators: [{ id: i, statement: I. }, { id: j, statement: J. }] }\n";
        let sum = "scoring: { points: { l0: 1, l1: 2 }, inputs: [{ id: growth, label: N, from: 1, to: 2, places: 0 }], steps: [\
                   { id: s, of: indicators, take: mean }, \
                   { id: t, of: [s, growth], take: sum, bands: [{ from: 2, rating: l0 }, { from: 3, rating: l1 }] }] }\n";
        let share = "scoring: { points: { l0: 1, l1: 2 }, steps: [\
                     { id: s, each: domain, of: indicators, take: mean, minimum_rated: 100, \
                     bands: [{ from: 0, rating: l0 }, { from: 2, rating: l1 }] }, \
                     { id: t, rules: [{ rating: l1, when: { share: s, rated: [l0], at_least: 0 } }, { rating: l0 }] }] }\n";
        // The first rule is never true, and unknown where `i` is not rated: the limit makes one rating of both.
        let limit = "scoring: { steps: [{ id: s, rules: [{ rating: l1, when: { rating: i, below: l0 } }, { rating: l0 }], \
                     limits: [{ at_most: l0, when: { rating: j, is: l0 } }] }] }\n";
        for (text, step, event) in
            [(sum, 1, Event::BelowBands), (share, 1, Event::PastUnknown), (limit, 0, Event::Limit(0))]
        {
            let policy = policy(rubric, text).unwrap();
            assert!(truth(&policy).unwrap().contains(&(step, event)), "{text}");
            let bounds = Bounds { tallies: 0, states: 0, ..Bounds::default() };
            let known = policy.prove(bounds).remove(step).remove(&event);
            assert!(matches!(known, Some(Known::Shown(_))), "{event:?} {known:?}");
        }
    }

    /// Policies with more evaluations are left out.
    const MOST: usize = 1_500;

    /// The number of policies that together show every kind of event, and leave out every kind.
    const ENOUGH: u64 = 1_000;

    /// The number of random policies: a sample for every change. The nightly run sets `APPRAISE_EXHAUSTIVE`.
    pub(in super::super) fn seeds() -> u64 {
        let given = std::env::var("APPRAISE_EXHAUSTIVE").ok();
        given.map_or(120, |number| number.parse().expect("APPRAISE_EXHAUSTIVE is a number of policies"))
    }
}
