// Each experiment's report, refreshed: verdict, split, charts and table of the effects.
import { element } from "./explorer.js";

const EVERY_MS = 5000;

const percent = (value, otherwise = "unbounded") => (value === null ? otherwise : `${value > 0 ? "+" : ""}${value.toFixed(2)}%`);
const number = (value) => value.toLocaleString(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** A name that may be wrapped after underscores where the style sheet allows it. */
function breakable(name) {
  const [first, ...others] = name.split("_");
  return [first, ...others.flatMap((part) => ["_", element("wbr"), part])];
}

function table(report) {
  const rows = report.effects.map((effect) => {
    const row = element("tr", { className: effect.verdict });
    row.append(element("td", {}, ...breakable(effect.metric)));
    const cells = [
      effect.arm, percent(effect.effect, "undefined"), percent(effect.lower), percent(effect.upper),
      number(effect.control_mean), number(effect.treatment_mean), effect.verdict === "withheld" ? "withheld" : effect.p_adjusted?.toPrecision(2) ?? "untestable",
    ];
    cells.forEach((text) => row.append(element("td", {}, text)));
    return row;
  });
  const columns = ["metric", "arm", "effect", "lower", "upper", "control", "treatment", "p adjusted"];
  const head = element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))));
  return element("table", {}, head, element("tbody", {}, ...rows));
}

/** The verdicts that hold for repeated looks come first; the verdicts that hold for one look are marked as such. */
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

/** The charts of the HTML report. The server draws them and escapes the names in them. */
function charts(report) {
  const { effects, days } = report.charts;
  const captions = [
    ["Effects relative to control's mean; the bar is the interval, the mark the estimate", effects],
    [`${report.primary} by day, with the always-valid band`, days],
  ];
  return captions.filter(([, chart]) => chart !== null).map(([caption, chart]) => {
    const figure = element("div", { className: "figures" });
    figure.innerHTML = chart;
    figure.prepend(element("p", { className: "about" }, caption));
    return figure;
  });
}

/** An experiment's card. An update replaces the contents of its parts and keeps the parts, with their scrolling and focus. */
function startCard(name) {
  const words = element("div");
  const effects = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: `Effects in ${name}` });
  const pictures = element("div");
  document.getElementById("experiments").append(
    element("article", { className: "card" }, element("h3", {}, name), words, pictures, effects),
  );

  return async () => {
    const response = await fetch(`experiments/${encodeURIComponent(name)}/report`);
    const report = await response.json();
    const about = element("p", { className: "about" }, response.ok ? split(report) : report.detail);
    const shown = response.ok && report.effects.length > 0;
    words.replaceChildren(...(response.ok ? sentences(report) : []), about);
    pictures.replaceChildren(...(response.ok ? charts(report) : []));
    effects.hidden = !shown;
    effects.replaceChildren(...(shown ? [table(report)] : []));
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
