//! Property test over random small policies: the proofs range over exactly the evaluations that the check accepts.

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use crate::diagnostic::{Checked, Code, Diagnostic};
    use crate::policy::{Event, InputKind, InputValue, Outcome, Policy, State, Supplied, Trial};
    use crate::source::Findings;
    use crate::syntax::{Source, scoring};
    use crate::{Evaluation, Library, Rubric};

    use super::super::brute::tests::{evaluations, seeds};
    use super::super::random::Maker;

    /// A rubric with a policy that is sound but for what is proven of it.
    fn rubric(rubric: &str, policy: &str) -> Option<Rubric> {
        let rubric = Rubric::parse("r.yaml", rubric, &Library::empty()).unwrap();
        let scored = Source::parse("p.yaml", policy).load(|document: scoring::Document, _: &Findings| {
            let findings = Findings::default();
            findings.proves.set(false);
            let scored = super::super::policy(&rubric, document.scoring, &findings);
            findings.retain(|finding| !matches!(finding.code, Code::BandGap | Code::UndeclaredRounding));
            scored.filter(|_| findings.errors() == 0)
        });
        scored.value
    }

    /// A final evaluation with what a trial gives. A rating is entered unless there is not enough evidence for it, or a member
    /// is missing that every entry needs.
    fn document(policy: &Policy, trial: &Trial) -> String {
        // The state of a result when all above it is entered.
        let state = |slot: usize| {
            let entered = trial.entered.get(..slot).unwrap_or_default();
            policy.run(Supplied { entered, ..trial.given() })[slot].state
        };
        let rating = |outcome: &Outcome| match outcome {
            Outcome::Level(level) => json!(policy.scale.list[*level].id),
            Outcome::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
            Outcome::OutOfScope | Outcome::Unrated => Value::Null,
        };
        let ratings = policy.nodes.indicators().iter().zip(&trial.outcomes);
        let ratings: Map<String, Value> = ratings.map(|(node, outcome)| (node.id.clone(), rating(outcome))).collect();
        let mut inputs = Map::new();
        for (input, value) in policy.inputs.iter().zip(&trial.inputs) {
            let value = match (value, &input.kind) {
                (Some(InputValue::Number(number)), _) => serde_json::from_str(&number.shown()).unwrap(),
                (Some(InputValue::Choice(choice)), InputKind::Choice(choices)) => json!(choices[*choice]),
                _ => continue,
            };
            inputs.insert(input.id.clone(), value);
        }
        let completed = policy.run(trial.given());
        let mut entered = Map::new();
        for (slot, level) in trial.entered.iter().enumerate() {
            let (Some(level), Some((step, subject))) = (level, policy.at(slot)) else { continue };
            if matches!(state(slot), State::Insufficient | State::Absent) || completed[slot].state == State::Blocked {
                continue;
            }
            let entry = json!({ "rating": step.levels.list[*level].id, "rationale": "R." });
            match policy.subject(step, subject) {
                Some(node) => {
                    let of_step = entered.entry(&step.id).or_insert_with(|| json!({}));
                    of_step.as_object_mut().unwrap().insert(node.id.clone(), entry);
                }
                None => {
                    entered.insert(step.id.clone(), entry);
                }
            }
        }
        let document = json!({
            "rubric": { "id": "r" },
            "employee": { "id": "E-1", "name": "A" },
            "evaluators": [{ "id": "E-2", "name": "B" }],
            "period": { "from": "2025-08-25", "to": "2026-06-12" },
            "status": "final",
            "ratings": ratings,
            "inputs": inputs,
            "entered": entered,
        });
        document.to_string()
    }

    #[test]
    fn brute_force_an_evaluation_is_accepted_with_the_ratings_that_proofs_take_it_for() {
        /// The number of evaluations tried for each policy.
        const SOME: usize = 12;
        let (mut accepted, mut refused) = (0, 0);
        for seed in 0..seeds() {
            let (text, scoring) = Maker::make(seed);
            let Some(rubric) = rubric(&text, &scoring) else { continue };
            let policy = rubric.0.policies.first().unwrap();
            let Some(all) = evaluations(policy) else { continue };
            let stride = (all.len() / SOME).max(1);
            for mut trial in all.into_iter().step_by(stride) {
                let document = document(policy, &trial);
                let Checked { value: evaluation, diagnostics } = Evaluation::check("e.json", &document, &rubric);
                let happened = policy.try_out(&mut trial);
                // A policy whose look-up table begins above a number is refused.
                if happened.iter().any(|one| one.event == Event::BelowRows) {
                    continue;
                }
                let rated = |slot: usize| {
                    happened.iter().find_map(|one| match one.event {
                        Event::Rating(rating) if one.slot == slot => Some(rating),
                        _ => None,
                    })
                };
                let context = || format!("seed {seed}\n{text}{scoring}{document}\n{diagnostics}");
                // A limit names the rating that it allows.
                let is_refused =
                    |found: &Diagnostic| found.code == Code::ForbiddenEntry && !found.candidates.is_empty();
                if diagnostics.iter().any(is_refused) {
                    refused += 1;
                    let is_whole =
                        (0..policy.slots).all(|slot| policy.run(trial.given())[slot].rating() == rated(slot));
                    assert!(!is_whole, "proofs range over it, {}", context());
                    continue;
                }
                assert!(!diagnostics.has_errors(), "{}", context());
                accepted += 1;
                let evaluation = evaluation.unwrap();
                let (_, results) = evaluation.results().unwrap();
                for (slot, result) in results.iter().enumerate() {
                    assert_eq!(result.rating(), rated(slot), "slot {slot}, {}", context());
                }
            }
        }
        println!("{accepted} accepted, {refused} refused");
        assert!(accepted > 10 * refused && refused > 10, "{accepted} accepted, {refused} refused");
    }
}
