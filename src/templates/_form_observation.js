// The page of one observation: the ratings on it are those of the observation. Others of the file stay as they are, and so do the
// ratings of record.
let ratingsOfRecord = {};

// Shows the last observation of the kind that the file has.
function showOccasion(value) {
  const list = Array.isArray(value.observations) ? value.observations : [];
  const at = list.findLastIndex((one) => one.kind === page.observation.kind);
  const { ratings, ...observation } = list[at] ?? {};
  ratingsOfRecord = value.ratings ?? {};
  value.observations = list.filter((_, other) => other !== at);
  value.observation = observation;
  value.ratings = ratings ?? {};
}

// An observation without an id has one of its kind and its day.
function saveOccasion(value) {
  const { kind } = page.observation;
  const { observation = {}, ratings } = value;
  const day = (observation.date ?? "").replaceAll("-", "_");
  const id = observation.id ?? (day ? `${kind}_${day}` : kind);
  const by = observation.by ?? (people.length > 1 ? byId("me").value || undefined : undefined);
  delete value.observation;
  const own = { ...observation, id, kind, ...(by && { by }), ...(Object.keys(ratings).length > 0 && { ratings }) };
  value.observations = [...(value.observations ?? []), own];
  value.ratings = ratingsOfRecord;
}
