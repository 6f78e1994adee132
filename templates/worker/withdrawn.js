/**
 * The worker of a site that keeps nothing (any more): clears away what an earlier build left, and goes.
 */
"use strict";

const MINE = `hayami:${new URL("./", location.href).pathname}#`;

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith(MINE)) await caches.delete(name);
    await registration.unregister();
  };
  event.waitUntil(clear());
});
