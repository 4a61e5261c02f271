// A session with one recommender. It is kept in the browser alone: each request sends all of it, as a dry run.
import { getJson, postJson } from "../dashboard/elements.js";

/** The length of the ranked list. */
const RANKED = 20;

/** The number of latest playbacks that are sent, so that the body stays below the server's limit. */
const MAX_SENT = 100;

/** The longest query string of ids, in characters. */
const MAX_QUERY = 2000;

const tracksByKey = new Map();

/** The key of an id in a map: 7 and "7" are two tracks. */
export const keyOf = (id) => JSON.stringify(id);

/** Parts of a list of ids whose query strings are short enough for a URL. */
function queries(ids) {
  const parts = [""];
  for (const id of ids) {
    const parameter = `&id=${encodeURIComponent(id)}`;
    if (parts.at(-1).length + parameter.length > MAX_QUERY && parts.at(-1) !== "") parts.push("");
    parts[parts.length - 1] += parameter;
  }
  return parts.map((part) => part.slice(1)).filter((part) => part !== "");
}

/** The tracks of ids with artist and title. */
export async function tracksOf(ids) {
  const unknown = ids.filter((id) => !tracksByKey.has(keyOf(id)));
  const responses = await Promise.all(queries(unknown).map((query) => getJson(`tracks?${query}`)));
  responses.flatMap(({ tracks }) => tracks).forEach((track, i) => tracksByKey.set(keyOf(unknown[i]), { ...track, track: unknown[i] }));
  return ids.map((id) => tracksByKey.get(keyOf(id)));
}

export class Session {
  /** Reactions to the tracks so far: {track, share, reaction}, the latest last. */
  plays = [];
  #choices = new Map();

  /**
   * @param arm the arm whose recommender responds
   * @param listener the listener's id
   * @param first the first track, with artist and title
   */
  constructor(arm, listener, first) {
    this.arm = arm;
    this.listener = listener;
    this.current = first;
  }

  /** The tracks with one of some reactions. */
  #tracks(reactions, plays) {
    return plays.filter(({ reaction }) => reactions.includes(reaction)).map(({ track }) => track);
  }

  /** The recommender's choice after some plays: the track, the ranked list and the explanation. */
  async #choose(plays) {
    const liked = this.#tracks(["like"], plays).map(({ track }) => track);
    const banned = this.#tracks(["ban", "ban-artist"], plays).map(({ track }) => track);
    const artists = this.#tracks(["ban-artist"], plays).flatMap(({ artist }) => artist ?? []);
    const response = await postJson("next_track", {
      user: this.listener,
      arm: this.arm,
      dry_run: true,
      explain: true,
      count: RANKED,
      session: plays.slice(-MAX_SENT).map(({ track, share }) => ({ track: track.track, time: share })),
      ...(liked.length > 0 ? { seeds: { tracks: liked.slice(-MAX_SENT) } } : {}),
      ...(banned.length > 0 ? { exclude: { tracks: banned.slice(-MAX_SENT), artists: artists.slice(-MAX_SENT) } } : {}),
    });
    const ranked = await tracksOf(response.tracks);
    return { track: ranked[0], ranked, explanation: response.explanation };
  }

  #playsAfter(reaction, share) {
    return [...this.plays, { track: this.current, share, reaction }];
  }

  /** The choice that a reaction to the current track would lead to. It is requested once, so that the reaction leads to the same. */
  choiceAfter(reaction, share) {
    const reactionKey = `${reaction} ${share}`;
    if (!this.#choices.has(reactionKey)) {
      const choice = this.#choose(this.#playsAfter(reaction, share));
      choice.catch(() => this.#choices.delete(reactionKey));
      this.#choices.set(reactionKey, choice);
    }
    return this.#choices.get(reactionKey);
  }

  /** The choice before the first playback. */
  choiceAtStart() {
    return this.#choose([]);
  }

  /** Ends the current track by a reaction, and continues with the track that is chosen then. */
  async react(reaction, share) {
    const choice = await this.choiceAfter(reaction, share);
    this.plays = this.#playsAfter(reaction, share);
    this.#choices.clear();
    this.current = choice.track;
    return choice;
  }
}
