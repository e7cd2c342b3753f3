// The pictures that the README shows: of which page each is, and what of it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { made, project } from "./program.mjs";

export const HASHES = project("examples/pictures.json");

const CHEN = project("examples/evaluations/chen_draft.yaml");
const RIVERA = project("examples/evaluations/rivera_final.yaml");

// `begin` is what stands at the upper edge, below the bar that stays in sight.
export const PICTURES = {
  "form.png": { args: ["form", "--evaluation", CHEN], begin: "#ratings", height: 900 },
  "report.png": { args: ["report", RIVERA], begin: "body", height: 1010 },
};

export const WIDTH = 920;

export const pageOf = (name) => made(`${name}.html`, ...PICTURES[name].args);

// A picture is current as long as the page is, to the letter: pixels differ from machine to machine.
export const hashOf = (page) => createHash("sha256").update(readFileSync(page)).digest("hex");
