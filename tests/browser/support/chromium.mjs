// Debian's Chromium.

import { chromium } from "playwright-core";

// Each launch has a profile of its own, which is deleted with it.
export const launch = () => chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
