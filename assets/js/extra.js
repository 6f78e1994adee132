/** What a script brings with it when a reader turns to it: a style sheet, and the words of the language. */

/**
 * Adds a style sheet to the page, and what it says of paper.
 * @returns {Promise<void>} settled when the first is there, or will not come
 */
export function sheet(name) {
  const link = (href, media) => {
    const element = document.createElement("link");
    Object.assign(element, { rel: "stylesheet", media, href: new URL(`../css/${href}.css`, import.meta.url).href });
    document.head.append(element);
    return element;
  };
  link(`${name}.print`, "print");
  const screen = link(name, "all");
  return new Promise((done) => {
    screen.onload = screen.onerror = () => done();
  });
}

/** The data of the build for the language of the page. */
export async function fetched(name) {
  const answer = await fetch(new URL(`../data/${name}.${document.documentElement.lang}.json`, import.meta.url));
  return answer.json();
}
