// Each experiment's report, refreshed: verdict, split, effects with their intervals, and the effect over days.
import uPlot from "./uPlot.esm.js";
import { element } from "./explorer.js";

const EVERY_MS = 5000;
const COLOURS = 8;
const DAY_S = 86400;
const SVG = "http://www.w3.org/2000/svg";

const percent = (value, otherwise = "unbounded") => (value === null ? otherwise : `${value > 0 ? "+" : ""}${value.toFixed(2)}%`);
const number = (value) => value.toLocaleString(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

function svg(name, attributes) {
  const node = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  return node;
}

/** An arrow's head whose tip is at x. */
const arrow = (x, toTheRight) => svg("polygon", { points: [[x, 11], [x - (toTheRight ? 7 : -7), 6.5], [x - (toTheRight ? 7 : -7), 15.5]].join(" ") });

/** One effect's interval, on the scale of all of them; arrows point to what is beyond it. */
function forest(effect, reach) {
  if (effect.verdict === "untestable") return element("span", { className: "about" }, "untestable");
  const at = (value) => 88 + (80 * Math.max(-reach, Math.min(reach, value))) / reach;
  const picture = svg("svg", { viewBox: "0 0 176 22", "aria-hidden": "true" });
  picture.append(svg("line", { class: "zero", x1: 88, x2: 88, y1: 0, y2: 22 }));
  picture.append(svg("line", { x1: at(effect.lower ?? -reach), x2: at(effect.upper ?? reach), y1: 11, y2: 11 }));
  if (effect.lower === null) picture.append(arrow(at(-reach), false));
  if (effect.upper === null) picture.append(arrow(at(reach), true));
  if (effect.effect === null) return picture;
  const x = at(effect.effect);
  const beyond = Math.abs(effect.effect) > reach;
  picture.append(beyond ? arrow(x, effect.effect > 0) : svg("circle", { cx: x, cy: 11, r: 3.5 }));
  return picture;
}

/** A name that may go on in the next line after an underscore, where the style lets it. */
function breakable(name) {
  const [first, ...others] = name.split("_");
  return [first, ...others.flatMap((part) => ["_", element("wbr"), part])];
}

function table(report) {
  const bounds = report.effects.flatMap(({ lower, upper }) => [lower, upper]).filter((value) => value !== null);
  const sorted = bounds.map(Math.abs).sort((a, b) => a - b);
  const reach = 1.1 * Math.max(0.1, Math.min(sorted.at(-1) ?? 1, 4 * (sorted[Math.floor(sorted.length / 2)] ?? 1)));
  const rows = report.effects.map((effect) => {
    const row = element("tr", { className: effect.verdict });
    row.append(element("td", {}, ...breakable(effect.metric)), element("td", { className: "forest" }, forest(effect, reach)));
    const cells = [
      effect.arm, percent(effect.effect, "undefined"), percent(effect.lower), percent(effect.upper),
      number(effect.control_mean), number(effect.treatment_mean), effect.verdict === "withheld" ? "withheld" : effect.p_adjusted?.toPrecision(2) ?? "untestable",
    ];
    cells.forEach((text) => row.append(element("td", {}, text)));
    return row;
  });
  const columns = ["metric", "", "arm", "effect", "lower", "upper", "control", "treatment", "p adjusted"];
  const head = element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))));
  return element("table", {}, head, element("tbody", {}, ...rows));
}

/** What may be said however often one looks comes first; what holds for one look only is told to be so. */
function sentences(report) {
  const headline = (text) => element("p", { className: "verdict" }, text);
  if (report.withheld !== null) return report.verdicts.map(headline);
  const standing = report.standing.length > 0 ? report.standing : ["No verdict yet that holds however often one looks."];
  const once = report.verdicts.map((verdict) => element("p", { className: "once" }, `As the only look: ${verdict}`));
  const notes = [...report.guardrail_verdicts, ...report.notes].map((note) => element("p", { className: "about" }, note));
  return [...standing.map(headline), ...once, ...notes];
}

function split(report) {
  const arms = report.arms.map((arm) => `${arm.name} ${arm.exposed.toLocaleString()} listeners, ${arm.sessions.toLocaleString()} sessions`);
  return `${arms.join("; ")}; split: p = ${report.sample_ratio_p.toPrecision(3)}`;
}

/** Each treatment's effect at the end of each day, in the band that holds for all days at once; the picture, or null. */
function days(report, place) {
  const dates = [...new Set(report.days.map(({ date }) => date))].sort();
  if (dates.length < 2) return null;
  const style = getComputedStyle(document.documentElement);
  const axis = { stroke: style.getPropertyValue("--muted"), grid: { stroke: style.getPropertyValue("--line") } };
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  const arms = report.arms.slice(1).map(({ name }, i) => ({ name, number: 1 + (i % COLOURS) }));
  const series = arms.flatMap(({ number }) => {
    const stroke = style.getPropertyValue(`--arm${number}`).trim();
    const bound = { stroke, width: 1, points: { show: false } };
    return [bound, { ...bound }, { stroke, width: 3 }];
  });
  const values = arms.flatMap(({ name }) => {
    const known = new Map(report.days.filter(({ arm }) => arm === name).map((effect) => [effect.date, effect]));
    return ["lower", "upper", "effect"].map((bound) => dates.map((date) => known.get(date)?.[bound] ?? null));
  });
  const legend = arms.map(({ name, number }) => element("span", {}, element("i", { className: `arm${number}` }), name));
  place.append(
    element("p", { className: "about" }, `${report.primary} by day, %, with the always-valid band`),
    element("p", { className: "legend" }, ...legend),
  );
  return new uPlot(
    {
      width: place.clientWidth, height: 180, padding: [null, 40, null, null], legend: { show: false }, cursor: { show: false },
      scales: { x: { time: false } },
      axes: [{ ...axis, incrs: [1, 2, 5, 10, 20, 50, 100].map((n) => n * DAY_S), space: 90, size: 30, values: (_, ticks) => ticks.map(day) }, axis],
      series: [{}, ...series],
      bands: arms.map((_, i) => ({ series: [3 * i + 2, 3 * i + 1], fill: `${series[3 * i].stroke}33` })),
    },
    [dates.map((date) => Date.parse(date) / 1000), ...values],
    place,
  );
}

/** An experiment's card, whose parts stay when their contents are replaced, so that scrolling and focus do. */
function startCard(name) {
  const words = element("div");
  const effects = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: `Effects in ${name}` });
  const place = element("div");
  let plot = null;
  document.getElementById("experiments").append(
    element("article", { className: "card" }, element("h3", {}, name), words, effects, place),
  );

  return async () => {
    const response = await fetch(`experiments/${encodeURIComponent(name)}/report`);
    const answer = await response.json();
    const about = element("p", { className: "about" }, response.ok ? split(answer) : answer.detail);
    const shown = response.ok && answer.effects.length > 0;
    words.replaceChildren(...(response.ok ? sentences(answer) : []), about);
    effects.hidden = !shown;
    effects.replaceChildren(...(shown ? [table(answer)] : []));
    plot?.destroy();
    place.replaceChildren();
    plot = response.ok ? days(answer, place) : null;
  };
}

export function startExperiments(tell) {
  const cards = new Map();

  async function look() {
    const { experiments } = await (await fetch("experiments")).json();
    for (const { name } of experiments) {
      if (!cards.has(name)) cards.set(name, startCard(name));
      await cards.get(name)();
    }
  }

  async function again() {
    try {
      if (!document.hidden) await look();
    } catch (error) {
      tell(error);
    }
    setTimeout(again, EVERY_MS);
  }
  again();
}
