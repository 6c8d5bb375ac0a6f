"use strict";

/* What a person rules: a form for the chosen cell, the list of what was ruled, and the file to download. */

const Rulings = (() => {
  const { el, button, quoted, say, remembered, remember } = Nodes;
  const { number } = Words;
  const unsaved = new Map(); // the desks with rulings that were not downloaded, by the ids of their papers

  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  function field(id, label, input, help) {
    input.id = id;
    if (help) input.setAttribute("aria-describedby", `${id}-help`);
    return el("div", { class: "field" }, el("label", { for: id }, label), help ? el("p", { class: "help", id: `${id}-help` }, help) : "", input);
  }

  class Rulings {
    /** `desk` is what shows the paper, and is kept while a ruling is not downloaded. */
    constructor(paper, desk) {
      this.paper = paper;
      this.desk = desk;
      this.file = paper.data.sidecar || `${paper.about.path.split("/").pop()}.toml`;
      this.all = paper.data.rulings.map(([printed, reads, why, by, when, place]) => ({ printed, reads, why, by, when, place, old: true }));
      this.changed = false;
      this.node = el("section", { class: "rulings", "aria-label": "Rulings" });
    }

    /** What was printed of a cell, one entry for each place that a ruling can be about. */
    pieces(cell) {
      const found = [];
      for (const [raw, part, start = 0, end] of cell.pieces) {
        const whole = this.paper.printed[raw];
        const to = end === undefined ? whole.text.length : end;
        const text = whole.text.slice(start, to);
        if (text.trim() && !found.some((piece) => piece.raw === raw && piece.start === start)) {
          found.push({ raw, start, end: to, text, place: (whole.places[part] || whole.places[0])[0] });
        }
      }
      return found;
    }

    form(cell, pieces) {
      if (!pieces.length) return el("p", {}, "Nothing is printed here that a ruling could be about.");
      const reads = el("textarea", { rows: 3, spellcheck: "false", autocomplete: "off" });
      const which = el("select", { on: { change: () => { reads.value = pieces[which.value].text; } } },
        pieces.map((piece, n) => el("option", { value: n }, `${piece.text.trim().slice(0, 50)} (${piece.place})`)));
      const why = el("input", { autocomplete: "off" });
      const by = el("input", { autocomplete: "name" });
      const when = el("input", { type: "date", autocomplete: "off" });
      reads.value = pieces[0].text;
      by.value = remembered("by");
      when.value = today();
      const problem = el("p", { class: "problem", role: "alert" });
      const rule = (text) => {
        const missing = [[why, "a reason"], [by, "your name"]].filter(([input]) => !input.value.trim());
        for (const input of [why, by, reads]) input.removeAttribute("aria-invalid");
        problem.textContent = missing.length ? `A ruling needs ${missing.map(([, name]) => name).join(" and ")}.` : "";
        for (const [input] of missing) input.setAttribute("aria-invalid", "true");
        if (missing.length) return missing[0][0].focus();
        const piece = pieces[which.value || 0];
        problem.textContent = this.add(cell, piece, text ?? piece.text, { why: why.value.trim(), by: by.value.trim(), when: when.value });
        if (problem.textContent) return undefined;
        remember("by", by.value.trim());
        say(`Ruling noted. Download ${this.file} when you are done.`);
        return cell.node.focus();
      };
      const leave = (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        cell.node.focus();
      };
      const submit = (event) => {
        event.preventDefault();
        rule(reads.value);
      };
      return el("form", { class: "rule", "aria-label": "Your ruling", on: { keydown: leave, submit } },
        el("h3", {}, "Your ruling"),
        pieces.length > 1 ? field("which", "On which printed text", which, "This cell was made of several. A ruling corrects what was printed, before any repair.") : "",
        field("reads", "It should read", reads), field("why", "Why", why, "For example: compared with the page."),
        el("div", { class: "pair" }, field("by", "Your name", by), field("when", "Date", when)),
        problem,
        el("div", { class: "acts" }, el("button", { type: "submit", class: "main" }, "Note this reading"), button("Accept as printed", () => rule(null))));
    }

    /** Note a ruling; returns what is wrong with it, or nothing. It quotes no more than is needed to be unmistakable. */
    add(cell, piece, reads, { why, by, when }) {
      const { text } = this.paper.printed[piece.raw];
      const whole = { printed: text, reads: text.slice(0, piece.start) + reads + text.slice(piece.end) };
      const part = { printed: piece.text, reads };
      const quotes = ["", piece.place].flatMap((place) => [{ ...part, place }, { ...whole, place }]);
      const quote = quotes.find((one) => this.places(one).length === 1);
      if (!quote) return `“${piece.text.trim()}” is printed in ${number(this.places({ ...part, place: piece.place }).length)} places here, so a ruling could not say which it is about.`;
      if (!Toml.canHold(quote.printed) || !Toml.canHold(quote.reads)) return "This holds a character that no file can hold.";
      const [raw, start] = this.places(quote)[0];
      const overlaps = ([at, from], other) => at === raw && from < start + quote.printed.length && start < from + other.printed.length;
      if (this.all.some((other) => this.places(other).some((place) => overlaps(place, other)))) {
        return "Another ruling is about this text. Withdraw that one first (below).";
      }
      this.all.push({ ...quote, why, by, when, cell, old: false });
      this.change(true);
      return "";
    }

    /** Where a text is printed, in the whole paper or at a place of it: the cell and the character; stops at a hundred. */
    places({ printed: text, place }) {
      const found = [];
      this.paper.printed.forEach((cell, raw) => {
        if (place && !cell.places.some(([said]) => said === place)) return;
        for (let at = cell.text.indexOf(text); at >= 0 && found.length < 100; at = cell.text.indexOf(text, at + 1)) found.push([raw, at]);
      });
      return found;
    }

    show() {
      const { path } = this.paper.about;
      const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      const text = Toml.rulings(this.all);
      this.node.replaceChildren(el("h2", {}, `Rulings: ${number(this.all.length)}`),
        ...(this.all.length || this.changed ? [el("ol", {}, this.all.map((ruling) => this.item(ruling))),
          el("p", {}, button(`Download ${this.file}`, () => this.download(text), { class: "main" })),
          el("p", { class: "help" }, `Put it beside the paper (${folder ? `folder ${folder}` : "in the folder of the papers"}), in place of one that is there. The next run applies it.`),
          el("details", {}, el("summary", {}, "The file as text"), el("pre", { class: "toml" }, text))] : [el("p", {}, "None yet.")]));
      for (const doubt of this.paper.doubts) {
        doubt.state.textContent = doubt.cell && this.all.some((ruling) => ruling.cell === doubt.cell) ? "✓ ruled" : "";
      }
    }

    item(ruling) {
      const { printed, reads, why, by, when, old } = ruling;
      return el("li", {},
        reads === printed ? ["accepted as printed: ", quoted(printed)] : [quoted(printed), " reads ", quoted(reads || "(nothing)")],
        el("span", { class: "path" }, [why, by, when, old ? "in force" : "new"].filter(Boolean).join(", ")),
        button("Withdraw", () => this.withdraw(ruling), { "aria-label": `Withdraw the ruling on ${printed.slice(0, 60)}` }));
    }

    /** Show what there is; say whether there is something that is not downloaded. */
    change(isUnsaved) {
      this.changed = true;
      if (isUnsaved) unsaved.set(this.paper.data.id, this.desk);
      else unsaved.delete(this.paper.data.id);
      this.show();
    }

    withdraw(ruling) {
      this.all = this.all.filter((other) => other !== ruling);
      this.change(true);
      this.node.querySelector("button")?.focus();
      say("Withdrawn.");
    }

    download(text) {
      const address = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
      const link = el("a", { href: address, download: this.file });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      this.change(false);
      say(`${this.file} is downloaded.`);
    }
  }

  /** The desk of a paper with rulings that were not downloaded. */
  Rulings.unsaved = (id) => unsaved.get(id);
  return Rulings;
})();
