"use strict";

/* The left pane: the source as it is, with where the chosen cell comes from. */

const Source = (() => {
  const { el, toggle, reveal, remembered, remember } = Nodes;

  return class Source {
    /** `choose` is told which printed cell a person touches. */
    constructor(paper, choose) {
      this.paper = paper;
      this.restores = [];
      this.shown = null; // the cell whose origin is shown
      this.node = el("section", { class: "source", "aria-label": "The paper as printed", tabindex: 0 });
      this.top = el("div", { class: "pane-top" }, el("h2", {}, "As printed"));
      this.place = el("div", {
        on: {
          click: (event) => {
            const raw = this.view.rawAt(event);
            if (raw !== null) choose(raw);
          },
        },
      });
      this.node.append(this.top, this.place);
      this.build();
    }

    build() {
      const { paper, place, top } = this;
      if (paper.isPaged) {
        this.use(new Sheets(paper, this.node));
        const setLarge = (isOn) => this.change(() => place.classList.toggle("large", isOn));
        const setText = (isOn) => this.change(() => place.classList.toggle("as-text", isOn));
        top.append(toggle("Larger", false, setLarge));
        if (this.view.pictures) top.append(this.remembering("Text", "as-text", setText));
      } else if (paper.data.copy) {
        const page = () => (this.page ||= new Web(paper));
        top.append(this.remembering("Lines", "as-lines", (isOn) => this.change(() => this.use(isOn ? new Lines(paper) : page()))));
        if (!this.view) this.use(page());
      } else this.use(new Lines(paper));
    }

    /** A toggle that is as it was left, also for the next paper. */
    remembering(text, key, act) {
      const isOn = remembered(key) === "yes";
      if (isOn) act(true);
      return toggle(text, isOn, (now) => {
        remember(key, now ? "yes" : "");
        act(now);
      });
    }

    use(view) {
      this.view = view;
      this.place.replaceChildren(view.node);
    }

    /** The piece of a page that a cell was read from, if there are pictures of pages. */
    crop(cell) {
      return this.view.crop ? this.view.crop(cell) : null;
    }

    change(act) {
      const cell = this.shown;
      this.clear();
      act();
      if (cell) this.show(cell);
    }

    clear() {
      for (const restore of this.restores) restore();
      this.restores = [];
      this.shown = null;
    }

    /** Show where a cell comes from. */
    show(cell) {
      this.clear();
      this.shown = cell;
      let first = null;
      for (const piece of cell.pieces) {
        const [node, restore] = this.view.mark(piece);
        this.restores.push(restore);
        first ||= node;
      }
      if (first) reveal(this.node, first);
    }
  };
})();
