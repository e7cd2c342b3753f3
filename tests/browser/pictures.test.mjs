// The pictures in the README are of the pages as they are.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { project } from "./support/program.mjs";
import { HASHES, hashOf, pageOf, PICTURES, WIDTH } from "./support/pictures.mjs";

const hashes = JSON.parse(readFileSync(HASHES, "utf8"));

test("each picture is noted, and none that is not there", () => {
  assert.deepEqual(Object.keys(hashes), Object.keys(PICTURES));
});

for (const [name, { height }] of Object.entries(PICTURES)) {
  test(`${name} is of the page as it is; else take it anew: tests/browser/run --pictures`, () => {
    assert.equal(hashOf(pageOf(name)), hashes[name]);
  });

  test(`${name} is a picture of that size, under 300 kB, and in the README`, () => {
    const png = readFileSync(project(`examples/${name}`));
    assert.equal(png.toString("latin1", 1, 4), "PNG");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [WIDTH, height]);
    assert.ok(png.length < 300_000, `${png.length}`);
    assert.ok(readFileSync(project("README.md"), "utf8").includes(`](examples/${name})`));
  });
}
