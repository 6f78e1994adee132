/** The choice of records from page to page. Where browsers refuse to store it, it lives in its page and its links. */

const KEY = "hayami.compare";

export function kept() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keep(text) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // Nothing is kept.
  }
}
