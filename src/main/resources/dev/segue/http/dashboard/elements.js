// Functions that all pages share: elements, requests, and numbers as text.

/** Creates an element with properties and children. Strings become text nodes and are never parsed as HTML. */
export function element(name, properties = {}, ...children) {
  const { scope, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  if (scope) node.scope = scope;
  node.append(...children);
  return node;
}

/** An element that screen readers alone present. */
export const unseen = (text) => element("span", { className: "unseen" }, text);

/** The JSON of a path. Throws the detail of a problem document. */
export async function getJson(path, options = {}) {
  const response = await fetch(path, options);
  const json = await response.json();
  if (!response.ok) throw new Error(json.detail ?? `status ${response.status}`);
  return json;
}

/** The JSON of the response to a JSON body. Throws as getJson does. */
export const postJson = (path, body) =>
  getJson(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** The JSON of each line of the response to lines of JSON. Throws as getJson does. */
export async function postLines(path, lines) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/x-ndjson" }, body: lines.join("\n") });
  if (!response.ok) throw new Error((await response.json()).detail ?? `status ${response.status}`);
  return (await response.text()).trim().split("\n").map((line) => JSON.parse(line));
}

/** An integer with thousands separators, such as 10,000. */
export const integer = (value) => Math.round(value).toLocaleString("en");

/** A count with its noun, such as "1 track" or "10,000 tracks". */
export const counted = (value, noun) => `${integer(value)} ${noun}${value === 1 ? "" : "s"}`;

/** The title of a track, or its id. */
export const titleOf = ({ track, title }) => title ?? `Track ${track}`;

/** The artist of a track. */
export const artistOf = ({ artist }) => artist ?? "Unknown artist";
