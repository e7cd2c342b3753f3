// The program under test, and the documents that its pages are made of.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const PROGRAM = process.env.APPRAISE ?? "appraise";

export const project = (path) => resolve(import.meta.dirname, "../../..", path);

// A folder for the files of one run, gone at its end.
export const folder = mkdtempSync(join(tmpdir(), "appraise-browser-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export const file = (name) => join(folder, name);

export function write(name, content) {
  writeFileSync(file(name), typeof content === "string" ? content : JSON.stringify(content));
  return file(name);
}

// What the program prints; it must succeed.
export const appraise = (...args) =>
  execFileSync(PROGRAM, args, { cwd: project("."), encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "pipe"] });

// Makes a page, and says where it is.
export function made(name, ...args) {
  appraise(...args, "--format", "html", "-o", file(name));
  return file(name);
}

// `appraise check`: its status, and every finding as its code.
export function check(...files) {
  const run = spawnSync(PROGRAM, ["check", ...files], { cwd: project("."), encoding: "utf8" });
  const printed = run.stdout + run.stderr;
  return { status: run.status, printed, codes: [...printed.matchAll(/^(?:error|warning)\[([a-z-]+)\]/gm)].map((match) => match[1]) };
}

const documents = (path) =>
  readdirSync(project(path)).filter((name) => name.endsWith(".yaml")).sort().map((name) => project(join(path, name)));

// The rubrics that come with the program or with its examples, and the evaluations of the examples.
export const rubrics = [...documents("rubrics"), ...documents("examples/rubrics")];
export const evaluations = documents("examples/evaluations");

export const nameOf = (path) => basename(path, ".yaml");

// The file of the rubric that an evaluation was made with.
export function rubricOf(evaluation) {
  const id = /^rubric: *\{ *id: *([a-z0-9_]+)/m.exec(readFileSync(evaluation, "utf8"))?.[1];
  const found = rubrics.find((rubric) => nameOf(rubric) === id);
  if (!found) throw new Error(`${evaluation}: no rubric ${id}`);
  return found;
}

// An evaluation as JSON, and as a draft: one to go on with, where a final one has all its ratings behind it.
export const jsonOf = (evaluation) => JSON.parse(appraise("migrate", evaluation, "--to", rubricOf(evaluation), "--format", "json"));
export const draftOf = (evaluation) => write(`${nameOf(evaluation)}.json`, { ...jsonOf(evaluation), status: "draft" });

// An evaluation as the library understands it, to compare two by.
export const understood = (path, rubric) => JSON.parse(appraise("score", "--format", "json", path, ...(rubric ? ["--rubric", rubric] : [])));
