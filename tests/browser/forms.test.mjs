// The form of every rubric at hand, and every way of prefilling one, in a browser.

import { draftOf, made, nameOf, project, rubricOf, rubrics } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const evaluation = (name) => project(`examples/evaluations/${name}.yaml`);
const form = (name, of, ...args) => isUsable(name, made(`${name}.html`, "form", of, ...args));

for (const rubric of rubrics) form(`form of ${nameOf(rubric)}`, rubric);

// What each of these has that no blank form has.
const FILLED = {
  chen_draft: "levels, comments and evidence; what is unrated",
  okafor_interim: "a part of the rubric, goals with activities, hours, service data, a record",
  santos_two_evaluators: "two evaluators, and whose each rating is",
  novak_scored: "descriptors beneath levels; inputs of a policy, and ratings entered with a rationale",
  elm_hill_supports: "an organization",
};
for (const [name, has] of Object.entries(FILLED)) {
  form(`form with ${name}: ${has}`, rubricOf(evaluation(name)), "--evaluation", draftOf(evaluation(name)));
}

const rivera = evaluation("rivera_final");
form("response: all is read, nothing chosen", rubricOf(rivera), "--evaluation", rivera, "--respond");
form("response of an organization", rubricOf(evaluation("elm_hill_supports")), "--evaluation", evaluation("elm_hill_supports"), "--respond");
form("self-evaluation: nobody else rates", "examples/rubrics/riverside_school_counselor.yaml", "--self");
form("beside a self-evaluation: another's rating above the choices", rubricOf(rivera), "--beside", evaluation("rivera_self"));
