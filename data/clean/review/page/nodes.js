"use strict";

/* Makes what is on the screen. What a paper says only ever becomes the text of a node or the value of a field: nothing
   here makes markup, code or styles of it, and the page's policy forbids the browser to. */

const Nodes = (() => {
  /** A new element. `settings`: on (listeners), or an attribute; false, null and undefined leave an attribute out. */
  function el(name, settings, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(settings || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const button = (text, act, settings) => el("button", { type: "button", ...settings, on: { click: act } }, text);
  const unseen = (text) => el("span", { class: "unseen" }, text);
  const quoted = (text) => el("q", { class: "text" }, text);

  /** A button that is on or off; `act` is told which it has become. */
  function toggle(text, isOn, act) {
    const node = button(text, () => {
      const now = node.getAttribute("aria-pressed") !== "true";
      node.setAttribute("aria-pressed", String(now));
      act(now);
    }, { "aria-pressed": String(isOn) });
    return node;
  }

  let silence = 0;

  /** Tell a person, also one who listens, what has happened. */
  function say(text) {
    const said = document.getElementById("said");
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 8000);
  }

  /** Scroll one pane, and nothing else, so that a node in it is seen. */
  function reveal(pane, node) {
    const [outer, inner] = [pane.getBoundingClientRect(), node.getBoundingClientRect()];
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) pane.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right) pane.scrollLeft += inner.left - outer.left - 20;
  }

  // A browser may refuse to remember anything for a page from a disk.
  const remembered = (key) => { try { return localStorage.getItem(`committee-papers:${key}`) || ""; } catch { return ""; } };
  const remember = (key, value) => { try { localStorage.setItem(`committee-papers:${key}`, value); } catch { /* not remembered */ } };

  return Object.freeze({ el, svg, button, toggle, unseen, quoted, say, reveal, remembered, remember });
})();
