/**
 * Light, dark, or as the system says: applies the reader's choice before the first paint, and works the switch.
 *
 * A plain script in the head, not a module: modules run after the first paint, and a dark page would flash white.
 * It keeps to the words of old browsers, so that none of them stumbles over it. Where storage is refused, the
 * choice holds for the page on which it was made.
 */
(function () {
  "use strict";

  var KEY = "hayami-theme";
  var root = document.documentElement;

  /** @returns {"light" | "dark" | "system"} what the reader chose on an earlier page */
  function kept() {
    try {
      var value = window.localStorage.getItem(KEY);
      return value === "light" || value === "dark" ? value : "system";
    } catch (refused) {
      return "system";
    }
  }

  /** @param {string} choice */
  function keep(choice) {
    try {
      if (choice === "system") window.localStorage.removeItem(KEY);
      else window.localStorage.setItem(KEY, choice);
    } catch (refused) {
      /* The page itself has changed already. */
    }
  }

  /** @param {string} choice */
  function apply(choice) {
    root.setAttribute("data-theme", choice);
    document.querySelector("meta[name=color-scheme]").content = choice === "system" ? "light dark" : choice;
    var bars = document.querySelectorAll("meta[name=theme-color]");
    for (var i = 0; i < bars.length; i += 1) {
      var scheme = bars[i].getAttribute("data-scheme");
      if (choice === "system") bars[i].media = "(prefers-color-scheme: " + scheme + ")";
      else bars[i].media = choice === scheme ? "all" : "not all";
    }
    var select = document.getElementById("theme");
    if (select) select.value = choice;
  }

  apply(kept());

  document.addEventListener("DOMContentLoaded", function () {
    var select = document.getElementById("theme");
    if (!select) return;
    select.value = root.getAttribute("data-theme");
    select.parentNode.hidden = false;
    select.addEventListener("change", function () {
      apply(select.value);
      keep(select.value);
    });
  });

  // Other tabs, and pages that the browser brings back from memory, follow.
  window.addEventListener("storage", function (event) {
    if (event.key === KEY || event.key === null) apply(kept());
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) apply(kept());
  });
})();
