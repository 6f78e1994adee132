// Tells a reader who comes from paper what has changed since. The fragment of the address is the day of the edition:
// two letters each of year, month and day.
const place = document.getElementById("edition");
const held = location.hash.slice(1);
if (place && /^\d{6}$/.test(held)) {
  const changes = [...place.querySelectorAll("[data-day]")];
  const newer = changes.filter((one) => one.dataset.day > held);
  for (const one of changes) one.hidden = !newer.includes(one);
  const { none, some } = place.dataset;
  place.querySelector("[role=status]").textContent = newer.length ? some.replace("{n}", newer.length) : none;
}
