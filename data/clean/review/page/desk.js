"use strict";

/* A paper on the screen: the source on the left, what was read in the middle, the reasons on the right. */

const Desk = (() => {
  const { el, say, reveal } = Nodes;
  const { NAMES, some, totalsInWords } = Words;
  const KEYS = [["↑ ↓ ← →", "cells"], ["n p", "next and previous doubt"], ["Enter", "rule on the cell"], ["Esc", "back to it"]];

  return class Desk {
    constructor(paper) {
      this.paper = paper;
      this.rulings = new Rulings(paper, this);
    }

    /** The nodes of the page: a header, the three panes, what the keys do. */
    nodes(next) {
      const { paper } = this;
      this.chosen = null;
      this.read = new Tables(paper);
      this.source = new Source(paper, (raw) => {
        const cell = paper.userOf.get(raw);
        if (cell && cell.node) this.go(cell);
      });
      this.card = new Card(paper, this.rulings, { go: (cell) => this.go(cell), step: (way) => this.step(way), crop: (cell) => this.source.crop(cell) });
      this.read.node.addEventListener("keydown", (event) => this.key(event));
      this.read.node.addEventListener("click", (event) => this.read.cellOf(event.target)?.node.focus());
      this.read.node.addEventListener("focusin", (event) => this.focused(event));
      this.rulings.show();
      if (this.read.first) this.read.first.node.tabIndex = 0;
      return [
        el("header", { class: "top" }, el("nav", { "aria-label": "Papers" }, el("a", { href: "#" }, "All papers"),
          next ? el("a", { href: `#${encodeURIComponent(next.id)}`, title: next.title || next.path }, "Next paper") : ""),
        el("h1", { tabindex: -1 }, paper.name), this.facts()),
        el("main", { class: "paper" }, this.source.node, this.read.node, this.card.node),
        el("footer", { class: "keys" }, "In the paper as read: ", KEYS.map(([keys, does]) => el("span", {}, keys.split(" ").map((key) => el("kbd", {}, key)), ` ${does}`))),
      ];
    }

    facts() {
      const { about, data, doubts } = this.paper;
      const totals = totalsInWords(about.checks);
      const facts = [about.title && about.path, about.committee, about.meeting_date, about.report_number && `item ${about.report_number}`,
        NAMES.status[about.status], some(data.tables.length, "table"), some(data.repairs.length, "repair"), some(doubts.length, "doubt"), totals && `totals: ${totals}`];
      return [el("p", { class: "facts" }, facts.filter(Boolean).join(" · ")), about.status_detail ? el("p", { class: "facts" }, about.status_detail) : ""];
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const cell = this.read.cellOf(event.target);
      if (!cell) return;
      const { stops } = this.read;
      const acts = {
        ArrowRight: () => this.read.next(cell, 1), ArrowLeft: () => this.read.next(cell, -1),
        ArrowDown: () => this.read.beside(cell, 1), ArrowUp: () => this.read.beside(cell, -1),
        Home: () => stops.find((other) => other.line === cell.line), End: () => stops.findLast((other) => other.line === cell.line),
        n: () => this.step(1), p: () => this.step(-1), Enter: () => { this.card.cell.querySelector("textarea, select, button")?.focus(); },
      };
      if (!Object.hasOwn(acts, event.key)) return;
      event.preventDefault();
      acts[event.key]()?.node.focus();
    }

    focused(event) {
      const cell = this.read.cellOf(event.target);
      if (cell && cell !== this.chosen) this.choose(cell);
    }

    /** Go to the next or the previous doubt that has a cell. */
    step(way) {
      const cells = this.paper.doubtful;
      if (!cells.length) return;
      const at = cells.indexOf(this.chosen);
      this.go(cells[at < 0 && way < 0 ? cells.length - 1 : (at + way + cells.length) % cells.length]);
    }

    /** Choose a cell from elsewhere: bring it into view and move the focus to it. */
    go(cell) {
      const group = cell.node.closest("details");
      if (group) group.open = true;
      reveal(this.read.node, cell.node);
      cell.node.focus({ preventScroll: true });
    }

    /** Choose what was made of a place, as an address names it. */
    goTo(place) {
      const cell = this.paper.cellFrom(place);
      if (cell) this.go(cell);
      else say("That place is not found in this paper.");
    }

    choose(cell) {
      for (const [other, value, stop] of [[this.chosen || this.read.first, "false", -1], [cell, "true", 0]]) {
        other.node.setAttribute(other.table ? "aria-selected" : "aria-pressed", value);
        other.node.tabIndex = stop;
      }
      this.chosen = cell;
      this.source.show(cell);
      this.card.show(cell);
    }
  };
})();
