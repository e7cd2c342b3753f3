/* An emergency copy in this browser of what is not in a file yet: one for each document that is begun, opened or taken up again
   in each tab, so that none takes the place of another. It is on until somebody turns it off, and it goes when the file is
   there. */

const COPIES = `appraise-${isReading ? "response" : "form"}/${page.rubric.id}/`;
const SOON = 50;
const PAUSE = 500;

// For whom the form was made, where it was made for one.
const MADE_FOR = page.document[page.subject]?.id;

// A tab has a name, which goes with it from page to page. The session's storage holds the name between two pages only: the
// storage goes along when a tab is duplicated, and the name must not.
const TAB = "appraise-form-tab";
const tab = inSession((store) => store.getItem(TAB)) ?? `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
inSession((store) => store.removeItem(TAB));

function inSession(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

const loadedAt = Date.now().toString(36);
let copyKey = null;
let copyNumber = 0;
let copyTimer = 0;
let copiedAt = 0;
// The copy of another tab that was opened, as it was then: it goes with the own one, unless that tab has written on.
let origin = null;

function beginCopy() {
  clearTimeout(copyTimer);
  copyTimer = 0;
  copyKey = null;
  origin = null;
  copyNumber += 1;
}

function storage(act) {
  try {
    return act(localStorage);
  } catch {
    keepNone();
    sayInSight("This browser keeps no copy: its store is full or closed to this page. Download the evaluation to keep it.");
    return null;
  }
}

function keepNone() {
  const keep = byId("keep");
  if (keep) keep.checked = false;
}

// Where copies cannot be kept, the page says so from the beginning.
function refreshKeep() {
  try {
    localStorage.getItem(COPIES);
  } catch {
    keepNone();
    byId("keep-note").textContent = "This browser keeps no copy of this page: download the evaluation before you leave it.";
  }
}

const isCopied = () => Boolean(byId("keep")?.checked);

function keepCopy() {
  clearTimeout(copyTimer);
  copyTimer = 0;
  copiedAt = Date.now();
  const value = readDocument();
  const key = `${COPIES}${encodeURIComponent(value[page.subject]?.id ?? "")}/${tab}/${copyNumber}-${loadedAt}`;
  const copy = textOf({ saved: new Date().toISOString(), madeFor: MADE_FOR, value });
  storage((store) => {
    store.setItem(key, copy);
    // The identifier was corrected.
    if (copyKey !== null && copyKey !== key) store.removeItem(copyKey);
    copyKey = key;
  });
}

// At once after a pause, and then while somebody writes on twice a second.
function keepSoon() {
  if (!isCopied() || copyTimer) return;
  copyTimer = setTimeout(keepCopy, Math.max(SOON, copiedAt + PAUSE - Date.now()));
}

// The page's content, if the copy is behind.
function keepNow() {
  if (isDirty && isCopied() && (copyTimer || copyKey === null)) keepCopy();
}

function forgetCopy() {
  clearTimeout(copyTimer);
  copyTimer = 0;
  storage((store) => {
    if (copyKey !== null) store.removeItem(copyKey);
    if (origin !== null && store.getItem(origin.key) === origin.text) store.removeItem(origin.key);
  });
  copyKey = null;
  origin = null;
  offerCopies();
}

function deleteCopy(key) {
  storage((store) => store.removeItem(key));
  offerCopies();
}

// The copies of this rubric's evaluations, latest first, as { key, text, saved, madeFor, value }.
function copies() {
  let found = [];
  try {
    found = Object.keys(localStorage).filter((key) => key.startsWith(COPIES)).map((key) => [key, localStorage.getItem(key)]);
  } catch {
    return [];
  }
  return found.flatMap(([key, text]) => {
    try {
      const copy = parseDocument(text);
      return isObject(copy?.value) && misshapen(copy.value).length === 0 ? [{ ...copy, key, text }] : [];
    } catch {
      return [];
    }
  }).sort((a, b) => (a.saved < b.saved ? 1 : -1));
}

// A form that was made for one person offers that person's, and what was written in it about another.
const isOffered = ({ key, value, madeFor }) =>
  key !== copyKey && (MADE_FOR === undefined || value[page.subject]?.id === MADE_FOR || madeFor === MADE_FOR);

const countRatings = (value) => Object.values(value.ratings ?? {}).filter((rating) => typeof rating === "string" || isNumber(rating) || (rating?.level ?? "") !== "").length;

function offerCopies() {
  byId("copies").replaceChildren(...copies().filter(isOffered).map((copy) => {
    const { key, value, saved } = copy;
    const whom = value[page.subject]?.name || value[page.subject]?.id ? nameOf(value[page.subject]) : "nobody named yet";
    const count = countRatings(value);
    const about = [whom, value.period?.from && `from ${value.period.from}`, `${count} rating${count === 1 ? "" : "s"}`].filter(Boolean).join(", ");
    const where = key.split("/").at(-2) === tab ? "in this tab" : "in another tab or earlier";
    return notify(`A copy in this browser: ${about}; kept ${new Date(saved).toLocaleString()}, ${where}.`, [
      ["Open it", () => askToTake("copy", value, () => openCopy(copy))], ["Delete it", () => deleteCopy(key)],
    ]);
  }));
}

function openCopy({ key, text, value }) {
  take(isReading ? withAnswers(value) : value, "Opened the copy in this browser. It is in no file yet: download it.");
  byId("keep").checked = true;
  // This tab's own is written on; that of another tab may be open there.
  if (key.split("/").at(-2) === tab) copyKey = key;
  else origin = { key, text };
  isDirty = true;
  keepCopy();
  offerCopies();
}

// The evaluation that the page was made of, with what was written in the copy beside it.
function withAnswers(value) {
  const both = structuredCloneOf(page.document);
  for (const list of ["responses", "record"]) {
    const known = (both[list] ?? []).map((item) => textOf(item));
    const more = (value[list] ?? []).filter((item) => !known.includes(textOf(item)));
    if (more.length > 0) both[list] = [...(both[list] ?? []), ...more];
  }
  return both;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepNow();
});
addEventListener("pagehide", () => {
  keepNow();
  inSession((store) => store.setItem(TAB, tab));
});
// A page that has a process of its own may begin before this one is told to hide, so the name is handed on earlier too. Who is
// asked whether to leave may stay.
addEventListener("beforeunload", () => {
  inSession((store) => store.setItem(TAB, tab));
  setTimeout(() => inSession((store) => store.removeItem(TAB)), 2000);
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) inSession((store) => store.removeItem(TAB));
});
