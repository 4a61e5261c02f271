// The ranked list behind a choice, and how it moved since the choice before.
import { artistOf, element, titleOf, unseen } from "../dashboard/elements.js";
import { cover } from "./cover.js";
import { keyOf } from "./session.js";

const MOVE_MS = 500;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** How a track moved: the class, the visible mark, and the text for screen readers. */
function movement(rank, previousRank) {
  if (previousRank === undefined) return ["new", "new", "new in the list"];
  const up = previousRank - rank;
  if (up === 0) return ["same", "=", "same rank"];
  return up > 0 ? ["up", `▲ ${up}`, `up by ${up}`] : ["down", `▼ ${-up}`, `down by ${-up}`];
}

export class Ranking {
  #rows = new Map(); // key → its row
  #ranks = new Map(); // key → its rank, from 1

  /** @param list the ol that shows the list */
  constructor(list) {
    this.list = list;
  }

  /** The keys of the tracks in the list. */
  keys() {
    return [...this.#ranks.keys()];
  }

  /** Shows a list without movements. */
  reset(ranked) {
    this.#ranks.clear();
    this.#rows.clear();
    return this.show(ranked);
  }

  /** Shows the next list with the movements since the last one, and returns their numbers: {new, up, down}. */
  show(ranked) {
    const isFirst = this.#ranks.size === 0;
    const tops = new Map([...this.#rows].map(([key, row]) => [key, row.offsetTop]));
    const counts = { new: 0, up: 0, down: 0, same: 0 };
    const ranks = new Map();
    const rows = new Map();
    ranked.forEach((track, i) => {
      const key = keyOf(track.track);
      const moved = isFirst ? ["same", "", ""] : movement(i + 1, this.#ranks.get(key));
      counts[moved[0]]++;
      ranks.set(key, i + 1);
      rows.set(key, this.#row(track, i + 1, moved));
    });
    this.#ranks = ranks;
    this.#rows = rows;
    this.list.replaceChildren(...rows.values());
    if (!isFirst && !calm.matches) this.#animate(tops);
    return counts;
  }

  #row(track, rank, [kind, mark, text]) {
    const name = element("span", { className: "name" }, element("span", { className: "title" }, titleOf(track)), element("span", { className: "artist" }, artistOf(track)));
    const moved = element("span", { className: `moved ${kind}` }, element("span", { ariaHidden: "true" }, mark), unseen(text));
    return element("li", {}, element("span", { className: "rank", ariaHidden: "true" }, String(rank)), cover(track.track), name, moved);
  }

  /** Moves the rows from their old places to the new ones, and fades new rows in. */
  #animate(tops) {
    const options = { duration: MOVE_MS, easing: "ease-out" };
    for (const [key, row] of this.#rows) {
      const from = tops.get(key);
      if (from === undefined) {
        row.animate([{ opacity: 0, transform: "translateX(1.5rem)" }, { opacity: 1, transform: "none" }], options);
      } else if (from !== row.offsetTop) {
        row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: "none" }], options);
      }
    }
  }

  /** Marks the tracks that another list has too. */
  mark(otherKeys) {
    const others = new Set(otherKeys);
    for (const [key, row] of this.#rows) row.classList.toggle("shared", others.has(key));
    return [...this.#rows.keys()].filter((key) => others.has(key)).length;
  }
}
