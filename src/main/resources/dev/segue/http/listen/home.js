// The start page: what this server serves, and covers of tracks that it would recommend.
import { counted, element, getJson } from "../dashboard/elements.js";
import { cover } from "./cover.js";
import { suggestions } from "./picker.js";

async function showFacts() {
  const [{ tracks, version }, { experiments }] = await Promise.all([getJson("server"), getJson("experiments")]);
  const arms = experiments.find(({ serves }) => serves).arms.map(({ name, recommender }) => `${name} (${recommender})`);
  const release = version === null ? "" : ` ${version}`;
  document.getElementById("facts").textContent = `Segue${release} serves ${counted(tracks, "track")} with ${arms.join(" and ")}.`;
}

async function showCovers() {
  const tracks = await suggestions();
  document.getElementById("covers").replaceChildren(...tracks.map(({ track }) => element("li", {}, cover(track))));
}

showFacts().catch((error) => {
  document.getElementById("facts").textContent = `No response from the server: ${error.message}`;
});
showCovers().catch(() => document.getElementById("covers").remove());
