// Each experiment's report, refreshed: verdict, split, effects with their intervals, and the effect over days.
import uPlot from "./uPlot.esm.js";
import { element } from "./explorer.js";

const EVERY_MS = 5000;
const SVG = "http://www.w3.org/2000/svg";

const percent = (value) => (value === null ? "unbounded" : `${value > 0 ? "+" : ""}${value.toFixed(2)}%`);
const number = (value) => value.toLocaleString(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

function svg(name, attributes) {
  const node = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  return node;
}

/** One effect's interval, on the scale of all of them; an arrow points to an effect beyond it. */
function forest(effect, reach) {
  const at = (value) => 88 + (80 * Math.max(-reach, Math.min(reach, value))) / reach;
  const picture = svg("svg", { viewBox: "0 0 176 22", "aria-hidden": "true" });
  picture.append(svg("line", { class: "zero", x1: 88, x2: 88, y1: 0, y2: 22 }));
  picture.append(svg("line", { x1: at(effect.lower ?? -reach), x2: at(effect.upper ?? reach), y1: 11, y2: 11 }));
  if (effect.effect === null) return picture;
  const x = at(effect.effect);
  const back = x - 7 * Math.sign(effect.effect);
  const beyond = Math.abs(effect.effect) > reach;
  picture.append(beyond ? svg("polygon", { points: `${x},11 ${back},6.5 ${back},15.5` }) : svg("circle", { cx: x, cy: 11, r: 3.5 }));
  return picture;
}

function table(report) {
  const bounds = report.effects.flatMap(({ lower, upper }) => [lower, upper]).filter((value) => value !== null);
  const sorted = bounds.map(Math.abs).sort((a, b) => a - b);
  const reach = 1.1 * Math.max(0.1, Math.min(sorted.at(-1) ?? 1, 4 * (sorted[Math.floor(sorted.length / 2)] ?? 1)));
  const rows = report.effects.map((effect) => {
    const row = element("tr", { className: effect.verdict });
    const cells = [
      effect.metric, effect.arm, percent(effect.effect), percent(effect.lower), percent(effect.upper),
      number(effect.control_mean), number(effect.treatment_mean), effect.p_adjusted?.toPrecision(2) ?? "untestable",
    ];
    cells.forEach((text) => row.append(element("td", {}, text)));
    row.append(element("td", { className: "forest" }, forest(effect, reach)));
    return row;
  });
  const columns = ["metric", "arm", "effect", "lower", "upper", "control", "treatment", "p adjusted", ""];
  const head = element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))));
  return element("div", { className: "scroll" }, element("table", {}, head, element("tbody", {}, ...rows)));
}

function split(report) {
  const arms = report.arms.map((arm) => `${arm.name} ${arm.exposed.toLocaleString()} listeners, ${arm.sessions.toLocaleString()} sessions`);
  return `${arms.join("; ")}; split: p = ${report.sample_ratio_p.toPrecision(3)}`;
}

/** The effect at the end of each day, in the band that holds for all days at once. */
function days(report, place) {
  const first = report.days.filter(({ arm }) => arm === report.arms[1].name);
  if (first.length < 2) return;
  const style = getComputedStyle(document.documentElement);
  const axis = { stroke: style.getPropertyValue("--muted"), grid: { stroke: style.getPropertyValue("--line") } };
  const colour = style.getPropertyValue("--accent");
  place.append(element("p", { className: "about" }, `${report.primary} of ${first[0].arm} by day, %, with the always-valid band`));
  new uPlot(
    {
      width: place.clientWidth, height: 180, legend: { show: false }, cursor: { show: false },
      axes: [axis, axis],
      series: [{}, { stroke: colour, width: 1 }, { stroke: colour, width: 1 }, { stroke: colour, width: 3 }],
      bands: [{ series: [2, 1], fill: `${colour.trim()}33` }],
    },
    [
      first.map(({ date }) => Date.parse(date) / 1000),
      first.map(({ lower }) => lower), first.map(({ upper }) => upper), first.map(({ effect }) => effect),
    ],
    place,
  );
}

async function show(name, card) {
  const response = await fetch(`/experiments/${encodeURIComponent(name)}/report`);
  const answer = await response.json();
  const parts = [element("h3", {}, name)];
  if (response.ok) {
    answer.verdicts.forEach((verdict) => parts.push(element("p", { className: "verdict" }, verdict)));
    parts.push(element("p", { className: "about" }, split(answer)));
    if (answer.effects.length > 0) parts.push(table(answer));
  } else {
    parts.push(element("p", { className: "about" }, answer.detail));
  }
  const place = element("div");
  card.replaceChildren(...parts, place);
  if (response.ok) days(answer, place);
}

export function startExperiments(tell) {
  const cards = new Map();

  async function look() {
    const { experiments } = await (await fetch("/experiments")).json();
    for (const { name } of experiments) {
      if (!cards.has(name)) {
        cards.set(name, element("article", { className: "card" }));
        document.getElementById("experiments").append(cards.get(name));
      }
      await show(name, cards.get(name));
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
