// Tracks by name, their neighbours in both catalogs, and a listener's next track with its explanation.
import { element, getJson } from "./elements.js";

/** The maximum number of hits in a response of the server. */
const MAX_HITS = 20;

const title = ({ track, artist, title: name }) => `${artist ?? "unknown artist"} – ${name ?? `track ${track}`}`;

export function startExplorer() {
  const found = document.getElementById("found");
  const trackPanel = document.getElementById("track");
  const recommendation = document.getElementById("recommendation");
  let shownTrack = null;

  /** A button that shows a track. */
  const trackButton = (track, shared = false) =>
    element("button", { type: "button", className: shared ? "shared" : "", onclick: () => runIn(trackPanel, () => showTrack(track.track)) }, title(track));

  /** Runs an action, and shows its error in a panel. */
  async function runIn(panel, action) {
    try {
      await action();
    } catch (error) {
      panel.replaceChildren(element("p", { className: "problem" }, error.message));
    }
  }

  /** The neighbours in one catalog. Those that the other catalog has too are bold. */
  function neighbourList(name, about, neighbours, otherNeighbours) {
    const ids = new Set(otherNeighbours.map(({ track }) => track));
    const items = neighbours.map((track) => element("li", {}, trackButton(track, ids.has(track.track))));
    const list = items.length > 0 ? element("ol", {}, ...items) : element("p", { className: "hint" }, "no neighbours");
    return element("div", { className: "card" }, element("h3", {}, name), element("p", { className: "about" }, about), list);
  }

  async function showTrack(id) {
    const track = await getJson(`tracks/${encodeURIComponent(id)}/neighbours`);
    shownTrack = track.track;
    trackPanel.replaceChildren(
      element("h3", {}, `${title(track)} (track ${track.track})`),
      element("p", { className: "hint" }, "Bold: in both catalogs."),
      element(
        "div", { className: "sides" },
        neighbourList("contextual", `${track.contextual.length} neighbours`, track.contextual, track.new),
        neighbourList("new", `${track.new.length} neighbours`, track.new, track.contextual),
      ),
    );
  }

  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    runIn(found, async () => {
      const words = new FormData(event.target).get("q");
      const { tracks } = await getJson(`tracks?q=${encodeURIComponent(words)}`);
      found.replaceChildren(...tracks.map((track) => element("li", {}, trackButton(track))));
      if (tracks.length === MAX_HITS) found.append(element("li", { className: "hint" }, `the first ${MAX_HITS} hits; more words find fewer`));
      if (tracks.length === 0) found.replaceChildren(element("li", { className: "hint" }, "no track has all these words"));
    });
  });

  document.getElementById("next").addEventListener("submit", (event) => {
    event.preventDefault();
    runIn(recommendation, async () => {
      const user = encodeURIComponent(new FormData(event.target).get("user"));
      const played = shownTrack === null ? "" : `&track=${encodeURIComponent(shownTrack)}&time=1`;
      const next = await getJson(`next_track?user=${user}${played}&explain=true&dry_run=true`);
      const { artist, title: name, why, rules, ...facts } = next.explanation;
      const factElements = Object.entries(facts).flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, String(value))]);
      recommendation.replaceChildren(
        element(
          "div", { className: "card" },
          element("h3", {}, `Next track of listener ${next.user}: `, trackButton({ track: next.track, artist, title: name })),
          ...(facts.fallback > 0 ? [element("p", { className: "about" }, `recommended by the fallback ${facts.recommender}: the recommenders before it had no track`)] : []),
          element("ul", { className: "reasons" }, ...why.map((sentence) => element("li", {}, sentence))),
          element("dl", {}, ...factElements),
        ),
      );
    });
  });
}
