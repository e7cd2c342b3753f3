// Debian's Chromium.

import { chromium } from "playwright-core";

const OPTIONS = {
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
};

// Each launch has a profile of its own, which is deleted with it.
export const launch = () => chromium.launch(OPTIONS);

// One that several processes can use.
export const serve = () => chromium.launchServer(OPTIONS);

// The one that `start.mjs` serves; a file of tests that is run by itself has its own.
export const browser = () => (process.env.APPRAISE_BROWSER ? chromium.connect(process.env.APPRAISE_BROWSER) : launch());
