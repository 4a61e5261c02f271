// The effect on the primary metric since the page was opened, one point for each refresh of the report that has new sessions.
import { element } from "./elements.js";
import { clock } from "./traffic.js";
import uPlot from "./uPlot.esm.js";

const MAX_POINTS = 720;
const HEIGHT = 200;

/** The number of colours of treatments in charts.css; with more treatments, they repeat. */
const COLOURS = 8;

const signedPercent = (value) => `${value > 0 ? "+" : ""}${value.toLocaleString("en")}%`;

export class EffectTrace {
  #plot = null;
  #sessions = -1;
  #data = [[]]; // times in seconds; then lower bounds, upper bounds and estimates of each treatment, in percent

  constructor() {
    this.caption = element("p", { className: "about" });
    this.legend = element("p", { className: "legend" });
    this.place = element("div", { role: "img" });
    this.element = element("div", { className: "trace", hidden: true }, this.caption, this.legend, this.place);
  }

  /** Adds the effects of a report, unless it has no new sessions. */
  add(report) {
    const sessions = report.arms.reduce((sum, arm) => sum + arm.sessions, 0);
    const effects = report.effects.filter(({ metric }) => metric === report.primary);
    if (sessions === this.#sessions || effects.length === 0) return;
    this.#sessions = sessions;
    const values = [Date.now() / 1000, ...effects.flatMap(({ lower, upper, effect }) => [lower, upper, effect])];
    values.forEach((value, i) => {
      this.#data[i] ??= [];
      this.#data[i].push(value);
      if (this.#data[i].length > MAX_POINTS) this.#data[i].shift();
    });
    if (this.#data[0].length > 1) this.#draw(report, effects);
  }

  #draw(report, effects) {
    this.element.hidden = false;
    this.#plot ??= this.#create(report, effects);
    this.#plot.setData(this.#data);
    const latest = effects.map(({ arm, effect }) => `${arm} ${effect === null ? "undefined" : signedPercent(Number(effect.toFixed(2)))}`);
    this.place.ariaLabel = `Effect now: ${latest.join(", ")}`;
  }

  #create(report, effects) {
    this.caption.textContent = `Effect on ${report.primary} since this page was opened, with the interval for a single look`;
    const style = getComputedStyle(this.element);
    const numbers = effects.map(({ arm }) => 1 + ((report.arms.findIndex(({ name }) => name === arm) - 1) % COLOURS));
    const colours = numbers.map((number) => style.getPropertyValue(`--arm${number}`));
    this.legend.replaceChildren(...effects.map(({ arm }, i) => element("span", {}, element("i", { className: `arm${numbers[i]}` }), arm)));
    const axis = { stroke: style.getPropertyValue("--muted"), grid: { stroke: style.getPropertyValue("--line") }, ticks: { show: false } };
    const size = () => ({ width: this.place.clientWidth, height: HEIGHT });
    const plot = new uPlot(
      {
        ...size(),
        padding: [null, 32, null, null],
        legend: { show: false },
        cursor: { show: false },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((tick) => clock(new Date(tick * 1000))), space: 90, size: 30 },
          { ...axis, values: (_, ticks) => ticks.map(signedPercent), size: 60 },
        ],
        scales: { y: { range: (_, min, max) => uPlot.rangeNum(Math.min(0, min ?? 0), Math.max(0, max ?? 1), 0.1, true) } },
        series: [{}, ...colours.flatMap((stroke) => [{ stroke, width: 0.5 }, { stroke, width: 0.5 }, { stroke, width: 2 }])],
        bands: colours.map((colour, i) => ({ series: [3 * i + 2, 3 * i + 1], fill: `${colour.trim()}26` })),
      },
      this.#data,
      this.place,
    );
    new ResizeObserver(() => plot.setSize(size())).observe(this.place);
    return plot;
  }
}
