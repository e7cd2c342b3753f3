// ---- Indicators that are rated with a number

const numberOf = (indicator) => indicator.querySelector(".levels [data-kind=measure]");
// The field of a number, where there is one in it.
const numberIn = (indicator) => (numberOf(indicator)?.value.trim() ? numberOf(indicator) : null);
const clearNumber = (indicator) => {
  if (numberOf(indicator)) show(numberOf(indicator), undefined);
};

// A number takes the place of a choice that is no rating.
function typeNumber(indicator, control) {
  if (!indicator || control !== numberOf(indicator)) return;
  if (numberIn(indicator)) for (const radio of indicator.querySelectorAll(".levels input")) radio.checked = false;
  const by = indicator.querySelector('[data-key="by"]');
  if (numberIn(indicator) && people.length > 1 && !by.value) chooseRater(by, byId("me").value);
  countRating(indicator);
  refreshIndicator(indicator);
}
