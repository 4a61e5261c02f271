// The report of each experiment, refreshed every 5 s: verdicts, split, charts and the table of effects.
import { EffectTrace } from "./effect-trace.js";
import { counted, element } from "./elements.js";

const REFRESH_MS = 5000;

const percent = (value, ifNull = "unbounded") => (value === null ? ifNull : `${value > 0 ? "+" : ""}${value.toFixed(2)}%`);

/** Metric → the unit of an arm's figure, and the number of digits after the point. Shares are shown in percent. */
const UNITS = new Map([
  ["time", ["tracks", 2]], ["recommended_time", ["tracks", 2]], ["sessions", ["", 2]],
  ["mean_request_latency", ["ms", 4]], ["request_latency", ["ms", 4]],
  ["completion", ["%", 2]], ["skip_rate", ["%", 2]], ["fallback_rate", ["%", 2]],
  ["distinct_artists_per_session", ["artists", 2]],
]);

/** A figure with its unit, such as "53.21 tracks". */
function figure(metric, value) {
  const [unit, digits] = UNITS.get(metric) ?? ["tracks", 2];
  const text = (unit === "%" ? 100 * value : value).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "%" ? `${text}%` : `${text} ${unit}`.trim();
}

/** The parts of a name, with possible line breaks after its underscores. */
function breakable(name) {
  const [first, ...rest] = name.split("_");
  return [first, ...rest.flatMap((part) => ["_", element("wbr"), part])];
}

function table(report) {
  const rows = report.effects.map((effect) => {
    const row = element("tr", { className: effect.verdict });
    row.append(element("td", {}, ...breakable(effect.metric)));
    const cells = [
      effect.arm, percent(effect.effect, "undefined"), percent(effect.lower), percent(effect.upper),
      figure(effect.metric, effect.control_mean), figure(effect.metric, effect.treatment_mean), effect.verdict === "withheld" ? "withheld" : effect.p_adjusted?.toPrecision(2) ?? "untestable",
    ];
    cells.forEach((text) => row.append(element("td", {}, text)));
    return row;
  });
  const columns = ["metric", "arm", "effect", "lower", "upper", "control", "treatment", "p adjusted"];
  const head = element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))));
  return element("table", {}, head, element("tbody", {}, ...rows));
}

/** The verdicts that hold for repeated looks, then the verdicts that hold for one look, marked as such, and notes. */
function sentences(report) {
  const headline = (text) => element("p", { className: "verdict" }, text);
  if (report.withheld !== null) return report.verdicts.map(headline);
  const repeated = report.standing.length > 0 ? report.standing : ["No verdict holds for repeated looks yet."];
  const once = report.verdicts.map((verdict) => element("p", { className: "once" }, `For a single look: ${verdict}`));
  const notes = [...report.guardrail_verdicts, ...report.notes].map((note) => element("p", { className: "about" }, note));
  return [...repeated.map(headline), ...once, ...notes];
}

function split(report) {
  const arms = report.arms.map((arm) => `${arm.name} ${counted(arm.exposed, "listener")}, ${counted(arm.sessions, "session")}`);
  return `${arms.join("; ")}; split: p = ${report.sample_ratio_p.toPrecision(3)}`;
}

/** The charts of the HTML report. The server draws them and escapes the names in them. */
function charts(report) {
  const { effects, days } = report.charts;
  const captions = [
    [`Effect on ${report.primary} over time, by day, with the band that holds for repeated looks`, days],
    ["Effects relative to control's mean; the bar is the interval, the mark the estimate", effects],
  ];
  return captions.filter(([, chart]) => chart !== null).map(([caption, chart]) => {
    const figure = element("div", { className: "figures" });
    figure.innerHTML = chart;
    figure.prepend(element("p", { className: "about" }, caption));
    return figure;
  });
}

/**
 * Adds the card of an experiment and returns the function that refreshes it. A refresh keeps the elements of the card, and thus their
 * scroll position and focus, and replaces their contents.
 */
function addCard(name) {
  const text = element("div");
  const effects = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: `Effects in ${name}` });
  const figures = element("div");
  const trace = new EffectTrace();
  document.getElementById("experiments").append(
    element("article", { className: "card" }, element("h3", {}, name), text, trace.element, figures, effects),
  );

  return async () => {
    const response = await fetch(`experiments/${encodeURIComponent(name)}/report`);
    const report = await response.json();
    const summary = element("p", { className: "about" }, response.ok ? split(report) : report.detail);
    const hasEffects = response.ok && report.effects.length > 0;
    text.replaceChildren(...(response.ok ? sentences(report) : []), summary);
    if (response.ok) trace.add(report);
    figures.replaceChildren(...(response.ok ? charts(report) : []));
    effects.hidden = !hasEffects;
    effects.replaceChildren(...(hasEffects ? [table(report)] : []));
  };
}

export function startExperiments(showStatus) {
  const refreshCard = new Map();

  async function refresh() {
    const { experiments } = await (await fetch("experiments")).json();
    for (const { name } of experiments) {
      if (!refreshCard.has(name)) refreshCard.set(name, addCard(name));
      await refreshCard.get(name)();
    }
  }

  async function poll() {
    try {
      if (!document.hidden) await refresh();
    } catch (error) {
      showStatus(error);
    }
    setTimeout(poll, REFRESH_MS);
  }
  poll();
}
