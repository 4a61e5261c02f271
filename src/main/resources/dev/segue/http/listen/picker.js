// Chooses the first track: by words, or from suggestions.
import { artistOf, element, getJson, postLines, titleOf } from "../dashboard/elements.js";
import { cover } from "./cover.js";
import { keyOf, tracksOf } from "./session.js";

const SUGGESTED = 12;

/** The maximum number of hits in a response of the server. */
const MAX_HITS = 20;

/** An id of an invented listener. */
export const inventedListener = () => 1 + Math.floor(Math.random() * 9999);

/** Tracks that the server would recommend first to invented listeners; at most 12 different ones. */
export async function suggestions() {
  const requests = Array.from({ length: 2 * SUGGESTED }, () => JSON.stringify({ user: inventedListener(), session: [], dry_run: true }));
  const lines = await postLines("next_tracks", requests);
  const ids = lines.filter(({ track }) => track !== undefined).map(({ track }) => track);
  const different = [...new Map(ids.map((id) => [keyOf(id), id])).values()];
  return tracksOf(different.slice(0, SUGGESTED));
}

/** @param choose is called with the track */
export function startPicker(choose) {
  const found = document.getElementById("found");
  const suggested = document.getElementById("suggested");
  const status = document.getElementById("picker-status");

  const card = (track) =>
    element("li", {}, element(
      "button", { type: "button", className: "track", onclick: () => choose(track) },
      cover(track.track), element("span", { className: "title" }, titleOf(track)), element("span", { className: "artist" }, artistOf(track)),
    ));

  async function run(action) {
    try {
      status.className = "hint";
      status.textContent = (await action()) ?? "";
    } catch (error) {
      status.className = "problem";
      status.textContent = `The request failed: ${error.message}`;
    }
  }

  const suggest = () => run(async () => {
    suggested.replaceChildren(...(await suggestions()).map(card));
  });

  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    run(async () => {
      const words = new FormData(event.target).get("q");
      const { tracks } = await getJson(`tracks?q=${encodeURIComponent(words)}`);
      found.replaceChildren(...tracks.map(card));
      if (tracks.length === 0) return "No track has all these words in its artist, title or id.";
      return tracks.length === MAX_HITS ? `The first ${MAX_HITS} tracks; more words find fewer.` : `${tracks.length} found.`;
    });
  });
  document.getElementById("others").addEventListener("click", suggest);
  suggest();
}
