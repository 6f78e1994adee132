// Tells a reader who comes from paper what has changed since, and leads on to the record where nothing has.
// The fragment of the address is the day of the edition: two letters each of year, month and day.
const place = document.getElementById("edition");
const held = /^\d{6}$/.exec(location.hash.slice(1))?.[0] ?? "";
// Without a day the page is only read.
if (place && held) {
  const changes = [...place.querySelectorAll("[data-day]")];
  const newer = changes.filter((one) => one.dataset.day > held);
  if (newer.length === 0) {
    // Going back then leads to where the reader came from, and not here again.
    location.replace(document.querySelector("[data-record]").href);
  } else {
    for (const one of changes) one.hidden = !newer.includes(one);
    place.querySelector("[role=status]").textContent = place.dataset.some.replace("{n}", newer.length);
  }
}
