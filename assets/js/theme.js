/**
 * Light, dark, or as the system says: applies the reader's choice before the first paint, and works the switch.
 *
 * A plain script in the head, not a module: modules run after the first paint, and a dark page would flash white.
 * It keeps to the words of old browsers, so that none of them stumbles over it. Where storage is refused, the
 * choice holds for the page on which it was made.
 */
(function () {
  var KEY = "hayami-theme";
  var root = document.documentElement;

  /**
   * Show the page so, with the bar of the browser, and the switch where it is there already.
   * @param {string} choice "light", "dark" or "system"
   */
  function apply(choice) {
    root.setAttribute("data-theme", choice);
    // The head names the colour for light first, then the one for dark.
    var bars = document.querySelectorAll("meta[name=theme-color]");
    for (var i = 0; i < bars.length; i += 1) {
      var scheme = i ? "dark" : "light";
      bars[i].media = choice === "system" ? "(prefers-color-scheme: " + scheme + ")" : choice === scheme ? "all" : "not all";
    }
    var select = document.getElementById("theme");
    if (select) select.value = choice;
  }

  /** Show the page as the reader chose on an earlier one, or in another tab. */
  function again() {
    var value = "";
    try {
      value = localStorage.getItem(KEY);
    } catch (refused) {
      /* As the system says. */
    }
    apply(value === "light" || value === "dark" ? value : "system");
  }

  again();

  document.addEventListener("DOMContentLoaded", again);

  document.addEventListener("change", function (event) {
    var choice = event.target.value;
    if (event.target.id !== "theme") return;
    apply(choice);
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch (refused) {
      /* This page has changed already. */
    }
  });

  // Other tabs, and pages that the browser brings back from memory, follow.
  addEventListener("storage", again);
  addEventListener("pageshow", again);
})();
