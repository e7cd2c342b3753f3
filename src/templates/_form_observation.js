// The page of one observation: the ratings on it are those of the observation. Others of the file stay as they are, and so do the
// ratings of record.
let ratingsOfRecord = {};

// Shows the last observation of the kind that the file has, and says so where the file has more than that.
function showOccasion(value) {
  const list = Array.isArray(value.observations) ? value.observations : [];
  const at = list.findLastIndex((one) => one.kind === page.observation.kind);
  const { ratings, ...observation } = list[at] ?? {};
  ratingsOfRecord = value.ratings ?? {};
  value.observations = list.filter((_, other) => other !== at);
  value.observation = observation;
  value.ratings = ratings ?? {};
  if (at < 0 || (list.length === 1 && Object.keys(ratingsOfRecord).length === 0)) return "";
  return `Shown is its observation${observation.date ? ` of ${observation.date}` : ""}; another one of the draft is begun with \`appraise form --observation\`.`;
}

// The id of an observation that has none: its kind and its day, with a number where the evaluation has that already.
function occasionId(kind, day) {
  const id = day ? `${kind}_${day.replaceAll("-", "_")}` : kind;
  const ids = [id, ...page.observation.taken.map((_, at) => `${id}_${at + 2}`)];
  return ids.find((one) => !page.observation.taken.includes(one));
}

// An id that is written stays when the day is corrected: the draft may have the observation by its id.
function saveOccasion(value) {
  const { kind } = page.observation;
  const { observation = {}, ratings } = value;
  const id = observation.id ?? occasionId(kind, observation.date);
  const by = observation.by ?? (people.length > 1 ? byId("me").value || undefined : undefined);
  delete value.observation;
  const own = { ...observation, id, kind, ...(by && { by }), ...(Object.keys(ratings).length > 0 && { ratings }) };
  value.observations = [...(value.observations ?? []), own];
  value.ratings = ratingsOfRecord;
}
