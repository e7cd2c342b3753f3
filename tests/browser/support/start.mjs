// Runs the files of tests that are named, with one browser for all of them. Two at a time, as nothing in them is timed; what
// measures runs after them, with the machine to itself.

import { spawn } from "node:child_process";
import { serve } from "./chromium.mjs";

const MEASURES = "speed.test.mjs";

const server = await serve();

// The status of `node --test`.
const run = (files, atOnce) => new Promise((resolve) => {
  const args = ["--test", "--test-reporter=spec", `--test-concurrency=${atOnce}`, ...files];
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, APPRAISE_BROWSER: server.wsEndpoint() } });
  child.on("close", (code) => resolve(code ?? 1));
});

const files = process.argv.slice(2);
const [timed, others] = [files.filter((name) => name === MEASURES), files.filter((name) => name !== MEASURES)];
let status = 0;
for (const [some, atOnce] of [[others, 2], [timed, 1]]) {
  if (some.length > 0) status = (await run(some, atOnce)) || status;
}
await server.close();
process.exitCode = status;
