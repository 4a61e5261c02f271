// Requests a second, times to compute a response, the share of fallbacks and errors, from the changes of the server's counters; what
// waits for the log, and connections.
import { getJson, integer } from "./elements.js";
import uPlot from "./uPlot.esm.js";

const REFRESH_MS = 2000;
const MAX_POINTS = 3000;

/** A time of day such as 17:05:09. */
export const clock = (date) => date.toTimeString().slice(0, 8);

/** Parses Prometheus' text format into a map: name → [{labels, value}]. */
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

/** The numbers of responses with a status of 4xx, with 503, and with another status of 5xx. */
function errors(responses = []) {
  const kinds = [/^4/, /^503$/, /^5(?!03$)/];
  return kinds.map((kind) => sum(responses.filter(({ labels }) => kind.test(labels.status))));
}

function counters(metrics) {
  const recommendations = metrics.get("segue_recommendations_total") ?? [];
  return {
    at: performance.now() / 1000,
    recommendations: sum(recommendations),
    fallbacks: sum(recommendations.filter(({ labels }) => labels.fallback !== "0")),
    ended: sum(metrics.get("segue_sessions_ended_total")),
    listeners: sum(metrics.get("segue_listeners")),
    events: sum(metrics.get("segue_log_events_total")),
    errors: errors(metrics.get("segue_responses_total")),
    backlog: sum(metrics.get("segue_log_backlog_bytes")),
    connections: sum(metrics.get("segue_connections")),
    buckets: (metrics.get("segue_recommendation_seconds_bucket") ?? []).map(({ labels, value }) => ({
      bound: labels.le === "+Inf" ? Infinity : Number(labels.le),
      value,
    })),
  };
}

/** An upper bound, in µs, of the quantile of the computing times since the last refresh: the bound of its bucket. Null without responses. */
function quantile(now, previous, share) {
  const counts = now.buckets.map(({ bound, value }, i) => ({ bound, count: value - (previous.buckets[i]?.value ?? 0) }));
  const total = counts.at(-1)?.count ?? 0;
  const bucket = counts.find(({ count }) => count >= share * total);
  return total === 0 || !bucket ? null : (Number.isFinite(bucket.bound) ? bucket.bound : now.buckets.at(-2).bound) * 1e6;
}

/** The lines of a logarithmic axis between two powers of ten. By default there are nine for each power of ten, which hide the curves in a small chart. */
function powersOfTen(plot, axis, min, max) {
  const first = Math.round(Math.log10(min));
  return Array.from({ length: Math.round(Math.log10(max)) - first + 1 }, (_, i) => 10 ** (first + i));
}

/**
 * @param unit stands behind the numbers of the vertical axis
 * @param isLogarithmic whether the vertical axis is logarithmic; zeros are then left out
 */
function chart(id, unit, colours, isLogarithmic = false) {
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
      axes: [
        { ...axis, values: (_, ticks) => ticks.map((tick) => clock(new Date(tick * 1000))), space: 90, size: 30 },
        {
          ...axis,
          ...(isLogarithmic && { splits: powersOfTen }),
          values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : tick.toLocaleString("en") + unit)),
          size: 92,
        },
      ],
      scales: { y: isLogarithmic ? { distr: 3, range: (_, min, max) => uPlot.rangeLog(min ?? 1, max ?? 1000, 10, true) }
        : { range: (_, min, max) => [0, Math.max(1, max ?? 1) * 1.1] } },
      series: [{}, ...colours.map((colour) => ({ stroke: style.getPropertyValue(colour), width: 2 }))],
    },
    [[], ...colours.map(() => [])],
    place,
  );
  new ResizeObserver(() => plot.setSize(size())).observe(place);
  let data = [[], ...colours.map(() => [])];
  return {
    /** Replaces the points by those of the server's history: arrays of times in seconds, and of the values of each line. */
    show(history) {
      data = history;
      plot.setData(data);
    },
    add(values) {
      [Date.now() / 1000, ...values].forEach((value, i) => {
        data[i].push(value);
        if (data[i].length > MAX_POINTS) data[i].shift();
      });
      plot.setData(data);
    },
  };
}

/** A number with a decimal below 10. */
const short = (value) => (value < 10 ? value.toFixed(1) : integer(value));

/** Starts the charts. Returns a function that returns the latest {requests, events, listeners}, or null before the first response. */
export function startTraffic(showStatus) {
  const rate = chart("rate-chart", "/s", ["--accent"]);
  const latency = chart("latency-chart", " µs", ["--accent", "--second"], true);
  const fallback = chart("fallback-chart", "%", ["--accent"]);
  const errorRates = chart("errors-chart", "/s", ["--accent", "--second", "--worse"]);
  const backlog = chart("backlog-chart", " kB", ["--accent"]);
  const connections = chart("connections-chart", "", ["--accent"]);
  let previous = null;

  async function refresh() {
    const response = await fetch("metrics");
    if (!response.ok) throw new Error(`status ${response.status}`);
    const now = counters(parseMetrics(await response.text()));
    if (previous) {
      const recommendations = now.recommendations - previous.recommendations;
      const seconds = now.at - previous.at;
      const perSecond = (recommendations + now.ended - previous.ended) / seconds;
      const errorsPerSecond = now.errors.map((count, kind) => (count - previous.errors[kind]) / seconds);
      const p50 = quantile(now, previous, 0.5);
      const p99 = quantile(now, previous, 0.99);
      const share = recommendations === 0 ? null : (100 * (now.fallbacks - previous.fallbacks)) / recommendations;
      rate.add([perSecond]);
      latency.add([p50, p99]);
      fallback.add([share]);
      errorRates.add(errorsPerSecond);
      backlog.add([now.backlog / 1000]);
      connections.add([now.connections]);
      document.getElementById("rate").value = `${short(perSecond)}/s`;
      document.getElementById("errors").value = `${errorsPerSecond.map(short).join(", ")}/s`;
      document.getElementById("backlog").value = `${integer(now.backlog / 1000)} kB`;
      document.getElementById("connections").value = integer(now.connections);
      document.getElementById("latency").value = p99 === null ? "–" : `≤ ${integer(p50)} µs, ≤ ${integer(p99)} µs`;
      document.getElementById("fallback").value = share === null ? "–" : `${share.toFixed(1)}%`;
    }
    previous = now;
  }

  /** Shows the traffic from the start of the server to the opening of the page. */
  async function showHistory() {
    const { samples } = await getJson("traffic");
    const times = samples.map(({ time }) => time / 1000);
    const line = (name) => samples.map((sample) => sample[name]);
    rate.show([[...times], line("per_second")]);
    latency.show([[...times], line("p50_us"), line("p99_us")]);
    fallback.show([[...times], line("fallback_percent")]);
    errorRates.show([[...times], line("status_4xx_per_second"), line("status_503_per_second"), line("other_5xx_per_second")]);
    backlog.show([[...times], line("log_backlog_bytes").map((bytes) => bytes / 1000)]);
    connections.show([[...times], line("connections")]);
  }

  async function poll() {
    try {
      await (previous ? refresh() : Promise.all([showHistory(), refresh()])); // the first refresh adds no points
      showStatus(null);
    } catch (error) {
      showStatus(error);
    }
    setTimeout(poll, REFRESH_MS);
  }
  poll();
  return () => previous && { requests: previous.recommendations + previous.ended, events: previous.events, listeners: previous.listeners };
}
