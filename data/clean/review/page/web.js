"use strict";

/* A web page shown inert: rebuilt from data with a short list of elements, of which none runs, loads or leads anywhere. */

const Web = (() => {
  const { el } = Nodes;
  const ELEMENTS = new Set(("address b blockquote br caption code dd del div dl dt em hr i ins li ol p pre q s small span "
    + "strong sub sup table tbody td tfoot th thead tr u ul").split(" "));
  const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]); // the outline of this page is not that of the paper
  const HIGHLIGHT = "origin"; // the name by which the style sheet knows it

  const squeezed = (text) => text.replace(/\s+/g, "");

  /** The range of a text in a node, whatever white space stands in either; null if it is not there. */
  function rangeOf(node, text) {
    const letters = []; // the text node and the offset of each character that is no space
    let whole = "";
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let one = walker.nextNode(); one; one = walker.nextNode()) {
      for (let at = 0; at < one.data.length; at += 1) {
        if (/\s/.test(one.data[at])) continue;
        letters.push([one, at]);
        whole += one.data[at];
      }
    }
    const wanted = squeezed(text);
    const at = wanted ? whole.indexOf(wanted) : -1;
    if (at < 0) return null;
    const range = document.createRange();
    range.setStart(...letters[at]);
    const [last, offset] = letters[at + wanted.length - 1];
    range.setEnd(last, offset + 1);
    return range;
  }

  return class Web {
    constructor(paper) {
      this.paper = paper;
      this.found = []; // the elements of each printed cell, in the order of the page
      this.node = el("div", { class: "web" }, this.copy(paper.data.copy));
    }

    copy(one) {
      if (typeof one === "string") return one;
      const [name, about, ...children] = one;
      const { raw = [], columns, rows, align, border, title, picture, start } = about || {};
      const kinds = new Set(raw.map((number) => this.paper.printed[number].kind));
      const classes = [
        HEADINGS.has(name) && `head ${name}`, raw.length && "printed", raw.some((number) => this.paper.doubtedRaws.has(number)) && "doubt",
        kinds.has("row") && "boxed",
        kinds.size === 1 && (kinds.has("hidden") || kinds.has("furniture")) && [...kinds][0], ["left", "right", "center"].includes(align) && `to-${align}`,
        border && "ruled", title && "link", picture && "what",
      ].filter(Boolean).join(" ");
      const node = el(ELEMENTS.has(name) ? name : HEADINGS.has(name) ? "div" : "span", {
        class: classes || null, title: title || null, rowspan: rows, colspan: columns, start, "data-raw": raw.length ? raw.join(" ") : null,
      }, children.map((child) => this.copy(child)));
      for (const number of raw) (this.found[number] ||= []).push(node);
      return node;
    }

    /** Mark a printed cell; of an element that holds several, only its words. */
    mark([raw, part]) {
      const nodes = this.found[raw] || [];
      const node = nodes[Math.min(part, nodes.length - 1)] || this.node;
      const range = isShared(node) ? rangeOf(node, this.paper.printed[raw].parts[part] || "") : null;
      const isWords = range && window.Highlight;
      node.classList.add(isWords ? "around" : "origin");
      if (isWords) CSS.highlights.set(HIGHLIGHT, new Highlight(range, ...(CSS.highlights.get(HIGHLIGHT) || [])));
      return [isWords ? range : node, () => {
        node.classList.remove("around", "origin");
        if (isWords) CSS.highlights.delete(HIGHLIGHT);
      }];
    }

    /** The printed cell at a place of the screen; of an element that holds several, the one with these words. */
    rawAt({ target, clientX, clientY }) {
      const node = target.closest("[data-raw]");
      if (!node) return null;
      const raws = node.getAttribute("data-raw").split(" ").map(Number);
      const at = raws.length > 1 && document.caretPositionFromPoint?.(clientX, clientY)?.offsetNode;
      const words = at && at.nodeType === Node.TEXT_NODE ? squeezed(at.data) : "";
      const says = (raw) => squeezed(this.paper.printed[raw].text);
      return words ? raws.find((raw) => says(raw).includes(words) || words.includes(says(raw))) ?? raws[0] : raws[0];
    }
  };

  function isShared(node) {
    return (node.getAttribute("data-raw") || "").includes(" ");
  }
})();
