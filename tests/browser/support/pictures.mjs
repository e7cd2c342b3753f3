// The pictures that the README shows: of which page each is, and what of it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { made, project } from "./program.mjs";

export const HASHES = project("examples/pictures.json");

const CHEN = project("examples/evaluations/chen_draft.yaml");
const HARLOW = project("examples/rubrics/harlow_school_social_work.yaml");
const HADDAD = project("examples/evaluations/haddad_harlow_draft.yaml");
const OKOYE = project("examples/evaluations/okoye_harlow.yaml");
const RIVERA = project("examples/evaluations/rivera_final.yaml");

// `begin` is what stands at the upper edge, below the bar that stays in sight.
export const PICTURES = {
  "form.png": { args: ["form", "--evaluation", CHEN], begin: "#ratings", height: 900 },
  "harlow_form.png": { args: ["form", HARLOW, "--evaluation", HADDAD], begin: "#ratings", height: 900 },
  "harlow_report.png": { args: ["report", OKOYE, "--rubric", HARLOW], begin: "body", height: 1060 },
  "report.png": { args: ["report", RIVERA], begin: "body", height: 996 },
};

export const WIDTH = 920;

export const pageOf = (name) => made(`${name}.html`, ...PICTURES[name].args);

// What of a page cannot be in a picture of it: what its script does later, what is printed, fingerprints.
const UNSEEN = [
  /<script[^>]*>[\s\S]*?<\/script>/g, /<template[^>]*>[\s\S]*?<\/template>/g, /<noscript>[\s\S]*?<\/noscript>/g, /<meta [^>]*>/g,
  /\/\*[\s\S]*?\*\//g, /^@media print \{[\s\S]*?^\}/gm, /^@page \{[\s\S]*?^\}/gm, /sha256[:-][\w+/=]+/g,
];

// A picture is current as long as the page says the same in the same style: pixels differ from machine to machine.
export function hashOf(page) {
  const seen = UNSEEN.reduce((text, unseen) => text.replace(unseen, ""), readFileSync(page, "utf8")).replace(/\s+/g, " ");
  if (!/<style>.{1000}/.test(seen) || seen.length < 10_000) throw new Error(`${page}: nothing is seen`);
  return createHash("sha256").update(seen).digest("hex");
}
