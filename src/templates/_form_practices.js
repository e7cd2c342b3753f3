/* Practices: a checklist that an indicator's level follows from. The page computes what the program does: the highest level for
   which enough is ticked, and for each lower one that asks for practices too. */

const checklistOf = (indicator) => indicator.querySelector(":scope > .practices");
const radioAt = (indicator, level) => [...indicator.querySelectorAll(".levels input")].find((radio) => radio.value === level);
const practicesIn = (element) => [...element.querySelectorAll("input:not([data-nothing])")];
const ticked = (boxes) => boxes.filter((box) => box.checked).length;

// For each level that asks for practices, lowest first: how many are ticked, of how many, and whether that is enough.
function countsOf(list) {
  const { rule, asking } = list.dataset;
  return asking.split(" ").map((item) => {
    const [level, number] = item.split(":");
    const boxes = practicesIn(number === undefined ? list.querySelector(`.of-level[data-level="${level}"]`) : list);
    const seen = ticked(boxes);
    const of = number === undefined ? boxes.length : Number(number);
    return { level, seen, of, isEnough: rule === "majority" ? seen > of - seen : seen >= of };
  });
}

// The level that follows, and why; undefined until somebody says what is seen, or that nothing is.
function followingOf(indicator) {
  const list = checklistOf(indicator);
  if (!list || valueOf(list) === undefined) return undefined;
  const counts = countsOf(list);
  const short = counts.findIndex(({ isEnough }) => !isEnough);
  const enough = short < 0 ? counts : counts.slice(0, short);
  const level = enough.at(-1)?.level ?? list.dataset.lowest;
  const label = (id) => labelOf(radioAt(indicator, id));
  const why = list.dataset.rule === "at_least" ? whyByNumber(list, enough.at(-1), counts[short], label) : whyByLevel(list, enough, counts[short], label);
  return { level, radio: radioAt(indicator, level), reason: `${label(level)}: ${why}` };
}

const practicesWord = (count) => (count === 1 ? "practice" : "practices");
const seenOf = (seen, of, at) => `${seen} of ${of} ${practicesWord(of)}${at} ${seen === 1 || of === 1 ? "is" : "are"} seen`;

function whyByNumber(list, reached, next, label) {
  const boxes = practicesIn(list);
  return seenOf(ticked(boxes), boxes.length, "")
    + (reached ? `, and ${label(reached.level)} asks for ${reached.of}` : "")
    + (next ? `; ${label(next.level)} asks for ${next.of}` : "");
}

function whyByLevel(list, enough, next, label) {
  const isMajority = list.dataset.rule === "majority";
  const tooFew = isMajority ? ", not more than half" : "";
  if (enough.length === 0) return `${seenOf(next.seen, next.of, ` at ${label(next.level)}`)}${tooFew}`;
  const number = ({ seen, of }) => (isMajority ? `${seen} of ${of}` : of === 1 ? "the one" : of === 2 ? "both" : `all ${of}`);
  const [first, ...rest] = enough;
  const each = [`${number(first)} ${practicesWord(first.of)} at ${label(first.level)}`, ...rest.map((count) => `${number(count)} at ${label(count.level)}`)];
  const listed = each.length > 1 ? `${each.slice(0, -1).join(", ")} and ${each.at(-1)}` : each[0];
  const verb = rest.length === 0 && first.seen === 1 ? "is" : "are";
  const half = isMajority ? (rest.length === 0 ? ", more than half" : ", more than half of each") : "";
  return `${listed} ${verb} seen${half}${next ? `; at ${label(next.level)} ${next.seen} of ${next.of}${tooFew}` : ""}`;
}

// Whether a rating is given that does not follow from what is ticked. A choice that is no rating stands beside nothing ticked.
function differs(indicator) {
  const [radio, following] = [given(indicator), followingOf(indicator)];
  if (!radio || !following || radio.value === following.level) return false;
  return radio.dataset.rated !== undefined || ticked(practicesIn(checklistOf(indicator))) > 0;
}

function showFollowing(indicator) {
  const list = checklistOf(indicator);
  if (!list) return;
  const following = followingOf(indicator);
  const line = list.querySelector(".follows");
  const text = following ? `Follows: ${following.reason}` : "";
  if (line.textContent !== text) line.textContent = text;
  indicator.classList.toggle("differs", differs(indicator));
}

// The mark that nothing is seen and the marks of practices exclude each other.
function tick(box) {
  const list = box.closest(".practices");
  const others = box.dataset.nothing === undefined ? list.querySelectorAll("[data-nothing]") : practicesIn(list);
  if (box.checked) for (const other of others) other.checked = false;
}

function untick(list) {
  show(list, undefined);
}
