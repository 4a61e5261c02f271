// Requests a second, time to answer and share of fallbacks, from the differences of the server's own counters.
import uPlot from "./uPlot.esm.js";

const EVERY_MS = 2000;
const KEPT = 150;

/** Such as 17:05:09. */
export const clock = (date) => date.toTimeString().slice(0, 8);

/** Prometheus' text format: name → [{labels, value}]. */
export function parseMetrics(text) {
  const metrics = new Map();
  for (const line of text.split("\n")) {
    const match = /^([a-z_]+)(?:\{(.*)\})? (\S+)/.exec(line);
    if (match) {
      const labels = Object.fromEntries([...(match[2] ?? "").matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
      const values = metrics.get(match[1]) ?? [];
      values.push({ labels, value: Number(match[3]) });
      metrics.set(match[1], values);
    }
  }
  return metrics;
}

const sum = (values = []) => values.reduce((total, { value }) => total + value, 0);

function counters(metrics) {
  const answers = metrics.get("segue_recommendations_total") ?? [];
  return {
    at: performance.now() / 1000,
    answers: sum(answers),
    fallbacks: sum(answers.filter(({ labels }) => labels.fallback !== "0")),
    ended: sum(metrics.get("segue_sessions_ended_total")),
    buckets: (metrics.get("segue_answer_seconds_bucket") ?? []).map(({ labels, value }) => ({
      bound: labels.le === "+Inf" ? Infinity : Number(labels.le),
      value,
    })),
  };
}

/** The bucket bound, in µs, below which this share of the answers since the last look were given. */
function quantile(now, before, share) {
  const counts = now.buckets.map(({ bound, value }, i) => ({ bound, count: value - (before.buckets[i]?.value ?? 0) }));
  const all = counts.at(-1)?.count ?? 0;
  const found = counts.find(({ count }) => count >= share * all);
  return all === 0 || !found ? null : Math.min(found.bound, 1) * 1e6;
}

function chart(id, colours) {
  const place = document.getElementById(id);
  const style = getComputedStyle(document.documentElement);
  const muted = style.getPropertyValue("--muted");
  const axis = { stroke: muted, grid: { stroke: style.getPropertyValue("--line") }, ticks: { show: false } };
  const size = () => ({ width: place.clientWidth, height: 150 });
  const plot = new uPlot(
    {
      ...size(),
      padding: [null, 32, null, null],
      legend: { show: false },
      cursor: { show: false },
      axes: [{ ...axis, values: (_, ticks) => ticks.map((t) => clock(new Date(t * 1000))), space: 90, size: 30 }, { ...axis, size: 60 }],
      scales: { y: { range: (_, least, most) => [0, Math.max(1, most ?? 1) * 1.1] } },
      series: [{}, ...colours.map((colour) => ({ stroke: style.getPropertyValue(colour), width: 2 }))],
    },
    [[], ...colours.map(() => [])],
    place,
  );
  new ResizeObserver(() => plot.setSize(size())).observe(place);
  const data = [[], ...colours.map(() => [])];
  return (values) => {
    [Date.now() / 1000, ...values].forEach((value, i) => {
      data[i].push(value);
      if (data[i].length > KEPT) data[i].shift();
    });
    plot.setData(data);
  };
}

export function startTraffic(tell) {
  const rate = chart("rate-chart", ["--accent"]);
  const latency = chart("latency-chart", ["--accent", "--second"]);
  const fallback = chart("fallback-chart", ["--accent"]);
  let before = null;

  async function look() {
    const response = await fetch("metrics");
    if (!response.ok) throw new Error(`status ${response.status}`);
    const now = counters(parseMetrics(await response.text()));
    if (before) {
      const answers = now.answers - before.answers;
      const perSecond = (answers + now.ended - before.ended) / (now.at - before.at);
      const p50 = quantile(now, before, 0.5);
      const p99 = quantile(now, before, 0.99);
      const share = answers === 0 ? null : (100 * (now.fallbacks - before.fallbacks)) / answers;
      rate([perSecond]);
      latency([p50, p99]);
      fallback([share]);
      document.getElementById("rate").value = perSecond.toFixed(perSecond < 10 ? 1 : 0);
      document.getElementById("latency").value = p99 === null ? "–" : `≤ ${p50.toFixed(0)}, ≤ ${p99.toFixed(0)}`;
      document.getElementById("fallback").value = share === null ? "–" : share.toFixed(1);
    }
    before = now;
  }

  async function again() {
    try {
      await look();
      tell(null);
    } catch (error) {
      tell(error);
    }
    setTimeout(again, EVERY_MS);
  }
  again();
}
