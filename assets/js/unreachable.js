/** Without a network: lists the pages that this device has. */

import { ask } from "./offline.js";

const part = document.getElementById("held");
const worker = navigator.serviceWorker?.controller;
// By its own address it can only be opened where there is a network.
if (worker && !location.pathname.endsWith("/unreachable/")) {
  const found = await ask(worker, "pages", { lang: document.documentElement.lang });
  for (const [address, title] of Array.isArray(found) ? found : []) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    // Titles come as they stand in the source of their page.
    link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent;
    item.append(link);
    part.querySelector("ul").append(item);
    part.hidden = false;
  }
}
