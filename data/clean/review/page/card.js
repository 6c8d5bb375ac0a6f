"use strict";

/* The right pane: the chosen cell with every reason, the doubts of the paper, what was ruled. */

const Card = (() => {
  const { el, button, quoted } = Nodes;
  const { NAMES, number, some, grouped, reason, checkInWords, legend } = Words;

  const severity = (name) => el("strong", { class: `severity ${name}` }, name);

  return class Card {
    /** `acts`: go(cell) chooses a cell, step(way) goes to the next doubt or the one before, crop(cell) gives its picture. */
    constructor(paper, rulings, acts) {
      this.paper = paper;
      this.rulings = rulings;
      this.acts = acts;
      this.cell = el("div", { class: "card" });
      this.at = el("span", { class: "at" });
      this.node = el("section", { class: "side", "aria-label": "The chosen cell, doubts and rulings" },
        paper.doubtful.length ? this.steps() : "", this.cell, this.doubts(), rulings.node, legend());
      this.show(null);
    }

    steps() {
      return el("p", { class: "steps" }, button("Previous doubt", () => this.acts.step(-1)), button("Next doubt", () => this.acts.step(1)), this.at);
    }

    doubts() {
      const { doubts } = this.paper;
      const items = doubts.map((doubt) => {
        const about = [severity(doubt.severity), " ", ...reason(doubt.why), " ", el("span", { class: "path" }, [doubt.rule, doubt.place].filter(Boolean).join(", "))];
        doubt.state = el("span", { class: "state" });
        const choose = { type: "button", class: "plain", on: { click: () => this.acts.go(doubt.cell) } };
        return el("li", {}, doubt.cell && doubt.cell.node ? el("button", choose, about) : el("div", { class: "whole" }, about), doubt.state);
      });
      return el("section", { class: "doubts" }, el("h2", {}, `Doubts: ${number(doubts.length)}`), items.length ? el("ol", {}, items) : el("p", {}, "None."));
    }

    /** Show a cell, or how to choose one. */
    show(cell) {
      const at = this.paper.doubtful.indexOf(cell);
      this.at.textContent = at < 0 ? "" : `${number(at + 1)} of ${number(this.paper.doubtful.length)}`;
      if (!cell) {
        this.cell.replaceChildren(el("h2", {}, "Choose a cell"), el("p", {}, "Touch one, on either side, to see where it comes from and every reason for how it reads."));
        return;
      }
      const pieces = this.rulings.pieces(cell);
      const facts = [
        ...cell.doubts.map((doubt) => ["Doubt", [severity(doubt.severity), " ", ...reason(doubt.why), doubt.suggestion ? ` – ${doubt.suggestion}` : "", el("span", { class: "path" }, doubt.rule)]]),
        ...cell.checks.map((check) => ["Check", checkInWords(check)]),
        ["Reads", [quoted(cell.text || "(nothing)")]],
        ...(cell.table ? [["Read as", [readAs(cell)]]] : []),
        ...(pieces.length ? pieces.map((piece) => ["Printed", [quoted(piece.text), el("span", { class: "path" }, piece.place)]]) : [["Printed", ["nothing"]]]),
      ];
      const isFirst = ([name], i) => i === 0 || facts[i - 1][0] !== name;
      this.cell.replaceChildren(el("h2", {}, "The chosen cell"), this.acts.crop(cell) || "",
        el("dl", {}, facts.map((fact, i) => el("div", {}, el("dt", { class: isFirst(fact, i) ? null : "unseen" }, fact[0]), el("dd", {}, fact[1])))),
        this.repairs(cell), this.rulings.form(cell, pieces));
    }

    repairs(cell) {
      if (!cell.repairs.length) return el("p", {}, "No repair: it reads as printed.");
      return el("section", {}, el("h3", {}, some(cell.repairs.length, "repair")), el("ol", { class: "repairs" }, cell.repairs.map((n) => {
        const [rule, why, before, after, isCut] = this.paper.data.repairs[n];
        return el("li", {}, el("strong", {}, rule), " ", ...reason(why),
          el("details", {}, el("summary", {}, `Before and after (repair ${n + 1})`),
            el("p", { class: "label" }, "Before"), el("pre", {}, before), el("p", { class: "label" }, "After"), el("pre", {}, after || "(nothing)"),
            isCut ? el("p", {}, "Cut here: repairs.csv has the whole.") : ""));
      })));
    }
  };

  function readAs({ read, value, unit, type }) {
    const figure = value === null ? "" : `: ${grouped(value)}${unit ? ` ${unit}` : ""}`;
    return `${NAMES.kind[read] || read}${figure} (${NAMES.row[type] || type})`;
  }
})();
