// One side of the page: a session with one recommender, its controls, its playbacks and its ranked list.
import { artistOf, counted, element, integer, titleOf, unseen } from "../dashboard/elements.js";
import { cover } from "./cover.js";
import { Ranking } from "./ranking.js";
import { keyOf, Session } from "./session.js";

/** The reactions: the button's text, its key, the share that was played (null: as on the bar), and the mark in the session. */
export const REACTIONS = {
  finish: { text: "Play to the end", key: "→", code: "ArrowRight", share: 1, mark: "▶\uFE0E", past: "played to the end" },
  skip: { text: "Skip", key: "S", code: "s", share: null, mark: "»", past: "skipped" },
  like: { text: "Like", key: "L", code: "l", share: 1, mark: "♥\uFE0E", past: "liked" },
  ban: { text: "Ban", key: "B", code: "b", share: null, mark: "⊘", past: "banned" },
  "ban-artist": { text: "Ban artist", key: "A", code: "a", share: null, mark: "⊘", past: "artist banned" },
};

const PREVIEWS = [["skip", "If you skip"], ["finish", "If you play to the end"]];

/** How many tracks the ranked lists of two choices share. */
function sharedTracks(choice, other) {
  const keys = new Set(other.ranked.map(({ track }) => keyOf(track)));
  return `${choice.ranked.filter(({ track }) => keys.has(keyOf(track))).length} of ${choice.ranked.length}`;
}

/** Puts the reason for the choice before the facts and rules that surround it. */
const reasonFirst = (sentences) => [...sentences].sort((a, b) => b.startsWith("It") - a.startsWith("It"));

export class Deck {
  #busy = false;
  #session = null;
  #waiting = 0;

  /**
   * @param name of the side: A or B
   * @param arms the arms of the experiment that serves: {name, recommender}
   * @param arm the name of the first recommender's arm
   * @param page {announce(text), changed()}: reads a text to screen readers; is called after each change of the ranked list
   */
  constructor(name, arms, arm, page) {
    this.name = name;
    this.page = page;
    this.arm = element("select", { onchange: () => this.start(this.#session.listener, this.first) });
    this.arm.append(...arms.map(({ name: value, recommender }) => element("option", { value }, `${value}: ${recommender}`)));
    this.arm.value = arm;
    this.arm.ariaLabel = `Recommender of side ${name}`;
    this.now = element("article", { className: "now" });
    this.share = element("input", { type: "range", min: 0, max: 100, step: 5, value: 10, oninput: () => this.#shareChanged() });
    this.share.ariaLabel = `Share of the track that was played, side ${name}`;
    this.shareText = element("output");
    this.previews = element("dl", { className: "previews" });
    this.why = element("ul", { className: "why", tabIndex: 0 });
    this.why.ariaLabel = `Why this track, side ${name}`;
    this.problem = element("p", { className: "problem" });
    this.problem.role = "alert";
    this.timeline = element("ol", { className: "timeline", tabIndex: 0 });
    this.timeline.ariaLabel = `Session of side ${name}`;
    this.moves = element("p", { className: "hint" });
    this.list = element("ol", { className: "ranking", tabIndex: 0 });
    this.list.ariaLabel = `Ranked list of side ${name}`;
    this.ranking = new Ranking(this.list);
    this.element = this.#build();
  }

  #build() {
    const buttons = Object.entries(REACTIONS).map(([reaction, { text, key }]) => {
      const button = element("button", { type: "button", className: reaction, onclick: () => this.react(reaction) }, element("span", {}, text), element("kbd", { ariaHidden: "true" }, key));
      button.ariaLabel = `${text}, side ${this.name}`;
      return button;
    });
    const heading = element("h2", { tabIndex: -1 }, element("span", { className: "badge" }, unseen("Side "), this.name));
    const bar = element("div", { className: "share" }, element("span", { ariaHidden: "true" }, "Played until the skip"), this.share, this.shareText);
    const deck = element(
      "section", { className: `deck side-${this.name}` },
      element("header", {}, heading, this.arm),
      this.now, bar, element("div", { className: "buttons" }, ...buttons), this.previews, this.problem,
      element("h3", {}, "Ranked list behind the choice"), this.moves, this.list,
      element("h3", {}, "Session so far"), this.timeline,
    );
    deck.ariaLabel = `Side ${this.name}`;
    return deck;
  }

  /** Begins a session of a listener with a track. */
  async start(listener, first) {
    this.first = first;
    this.#session = new Session(this.arm.value, listener, first);
    this.#show(null);
    await this.#run(this.#session.choiceAtStart(), ({ ranked }) => {
      this.ranking.reset(ranked);
      this.moves.textContent = "Before the first reaction: the recommender's first choices for this listener.";
    });
  }

  /** Reacts to the current track. Ignored while a request is in progress. */
  async react(reaction) {
    if (this.#busy) return;
    const share = REACTIONS[reaction].share ?? this.share.value / 100;
    await this.#run(this.#session.react(reaction, share), ({ ranked, explanation }) => {
      const { new: added, up, down } = this.ranking.show(ranked);
      this.moves.textContent = `Since the last reaction: ${added} new, ${up} up, ${down} down.`;
      this.#show(explanation);
      this.page.announce(`Side ${this.name}: ${titleOf(this.#session.current)} by ${artistOf(this.#session.current)}. ${this.moves.textContent}`);
    });
  }

  /** Sets the share that is played until a skip, in percent. */
  setShare(percent) {
    this.share.value = percent;
    this.#shareChanged();
  }

  /** Shows a choice when it arrives, or its error; nothing if another session has begun meanwhile. */
  async #run(choice, show) {
    const session = this.#session;
    this.#busy = true;
    this.element.ariaBusy = "true";
    let failure = null;
    const chosen = await choice.catch((error) => {
      failure = error;
    });
    if (session !== this.#session) return;
    this.problem.textContent = failure ? `The request failed: ${failure.message}` : "";
    if (!failure) {
      show(chosen);
      this.page.changed();
    }
    this.#busy = false;
    this.element.ariaBusy = "false";
    await this.#preview();
  }

  #shareChanged() {
    this.shareText.value = `${this.share.value}%`;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#preview(), 150);
  }

  /** Shows which track a skip or a whole playback would lead to. */
  async #preview() {
    const session = this.#session;
    const plays = session.plays.length;
    const choices = await Promise.all(
      PREVIEWS.map(([reaction]) => session.choiceAfter(reaction, REACTIONS[reaction].share ?? this.share.value / 100).catch(() => null)),
    );
    if (session !== this.#session || plays !== session.plays.length) return;
    const [skipped, finished] = choices;
    const both = skipped && finished ? [element("dt", {}, "Tracks in both lists"), element("dd", {}, sharedTracks(skipped, finished))] : [];
    this.previews.replaceChildren(
      ...choices.flatMap((choice, i) => [
        element("dt", {}, PREVIEWS[i][1]),
        element("dd", {}, ...(choice ? [cover(choice.track.track), element("span", {}, `${titleOf(choice.track)} · ${artistOf(choice.track)}`)] : ["–"])),
      ]),
      ...both,
    );
  }

  /** Shows the current track with the explanation of its choice, if it was chosen by the recommender, and the playbacks. */
  #show(explanation) {
    const { current, plays } = this.#session;
    this.shareText.value = `${this.share.value}%`;
    this.now.replaceChildren(
      cover(current.track, `Cover of ${titleOf(current)}`),
      element(
        "div", {},
        element("p", { className: "hint" }, `Track ${integer(plays.length + 1)} of the session`),
        element("h3", {}, titleOf(current)),
        element("p", { className: "artist" }, artistOf(current)),
        ...(explanation ? [element("p", { className: "hint" }, this.#source(explanation))] : []),
        this.why,
      ),
    );
    const sentences = explanation ? reasonFirst(explanation.why) : ["You chose this track."];
    this.why.replaceChildren(...sentences.map((sentence) => element("li", {}, sentence)));
    this.timeline.replaceChildren(...plays.map((play) => this.#played(play)));
    if (plays.length === 0) this.timeline.append(element("li", { className: "hint" }, "No playback yet."));
    this.timeline.scrollLeft = this.timeline.scrollWidth;
  }

  #source({ recommender, fallback, candidates }) {
    return `${fallback > 0 ? "Fallback" : "Recommender"} ${recommender}, ${counted(candidates, "candidate")}`;
  }

  #played({ track, share, reaction }) {
    const { mark, past } = REACTIONS[reaction];
    const percent = Math.round(share * 100);
    const bar = element("span", { className: "played" }, element("span"));
    bar.firstChild.style.width = `${percent}%`;
    const text = `${titleOf(track)} by ${artistOf(track)}: ${past}, ${percent}% played`;
    return element(
      "li", { className: reaction, title: text },
      cover(track.track), bar, element("span", { className: "mark", ariaHidden: "true" }, `${mark} ${percent}%`), unseen(text),
    );
  }
}
