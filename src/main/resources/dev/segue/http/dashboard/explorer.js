// Tracks by name, their neighbours in both catalogs, and a listener's next track with its explanation.

/** A new element with properties and children; text is only ever text. */
export function element(name, properties = {}, ...children) {
  const { scope, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  if (scope) node.scope = scope;
  node.append(...children);
  return node;
}

/** So many hits the server gives at most. */
const MOST_FOUND = 20;

const title = ({ track, artist, title: name }) => `${artist ?? "unknown artist"} – ${name ?? `track ${track}`}`;

async function ask(path) {
  const response = await fetch(path);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `status ${response.status}`);
  return answer;
}

export function startExplorer() {
  const found = document.getElementById("found");
  const shown = document.getElementById("track");
  const answer = document.getElementById("answer");
  let chosen = null;

  const choice = (track, shared = false) =>
    element("button", { type: "button", className: shared ? "shared" : "", onclick: () => guarded(shown, () => show(track.track)) }, title(track));

  async function guarded(place, action) {
    try {
      await action();
    } catch (error) {
      place.replaceChildren(element("p", { className: "problem" }, error.message));
    }
  }

  function side(name, about, neighbours, others) {
    const ids = new Set(others.map(({ track }) => track));
    const items = neighbours.map((track) => element("li", {}, choice(track, ids.has(track.track))));
    const list = items.length > 0 ? element("ol", {}, ...items) : element("p", { className: "hint" }, "no neighbours");
    return element("div", { className: "card" }, element("h3", {}, name), element("p", { className: "about" }, about), list);
  }

  async function show(id) {
    const track = await ask(`tracks/${id}/neighbours`);
    chosen = track.track;
    shown.replaceChildren(
      element("h3", {}, `${title(track)} (track ${track.track})`),
      element("p", { className: "hint" }, "Bold: in both catalogs."),
      element(
        "div", { className: "sides" },
        side("contextual", `${track.contextual.length} neighbours`, track.contextual, track.new),
        side("new", `${track.new.length} neighbours`, track.new, track.contextual),
      ),
    );
  }

  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(found, async () => {
      const words = new FormData(event.target).get("q");
      const { tracks } = await ask(`tracks?q=${encodeURIComponent(words)}`);
      found.replaceChildren(...tracks.map((track) => element("li", {}, choice(track))));
      if (tracks.length === MOST_FOUND) found.append(element("li", { className: "hint" }, `the first ${MOST_FOUND} hits; more words find fewer`));
      if (tracks.length === 0) found.replaceChildren(element("li", { className: "hint" }, "no track has all these words"));
    });
  });

  document.getElementById("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(answer, async () => {
      const user = encodeURIComponent(new FormData(event.target).get("user"));
      const last = chosen === null ? "" : `&track=${chosen}&time=1`;
      const next = await ask(`next_track?user=${user}${last}&explain=true&dry_run=true`);
      const { artist, title: name, why: reasons, rules, ...why } = next.explanation;
      const facts = Object.entries(why).flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, String(value))]);
      answer.replaceChildren(
        element(
          "div", { className: "card" },
          element("h3", {}, `Listener ${next.user} would hear: `, choice({ track: next.track, artist, title: name })),
          ...(why.fallback > 0 ? [element("p", { className: "about" }, `answered by the fallback ${why.recommender}: whoever was asked before had no track`)] : []),
          element("ul", { className: "reasons" }, ...reasons.map((sentence) => element("li", {}, sentence))),
          element("dl", {}, ...facts),
        ),
      );
    });
  });
}
