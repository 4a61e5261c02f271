// The first view: uptime, recommenders and listeners; commands to try while there are no requests.
import { counted, element, getJson, integer } from "./elements.js";

const REFRESH_MS = 5000;

/** The two largest units of a duration in seconds, such as "2 days 5 hours". */
function duration(seconds) {
  const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
  let rest = seconds;
  const parts = units.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return [count, unit];
  });
  const shown = parts.slice(parts.findIndex(([count]) => count > 0)).slice(0, 2);
  return shown.filter(([count], i) => i === 0 || count > 0).map(([count, unit]) => counted(count, unit)).join(" ");
}

/** The share of the listeners that an arm gets, such as 50%. */
function shareOf(arm, { arms, traffic }) {
  const weights = arms.reduce((sum, { weight }) => sum + weight, 0);
  return `${Number(((100 * traffic * arm.weight) / weights).toFixed(1))}%`;
}

function figure(name, value, ...details) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value), ...details.map((detail) => element("dd", {}, detail)));
}

const CAUSES = {
  start: "at the start", reload: "by a reload", signal: "by SIGHUP", watch: "by the watch on the files",
  learning: "by a learning", rollback: "by a rollback",
};

function time(at) {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** The age and the origin of the generation in service, the end of a learning that does not serve, and the held-out error of each model that was learned for it. */
function generationDetails({ generations, last_learning: last }) {
  const [present] = generations;
  const age = duration(Math.max(1, (Date.now() - present.in_service_since) / 1000));
  const models = (present.learning?.stages ?? []).filter(({ mse }) => mse != null)
    .map(({ stage, mse }) => `${stage}: RMSE ${Math.sqrt(mse).toFixed(4)}`);
  const former = generations.slice(1, 3).map(({ generation, cause, in_service_since: since }) =>
    `before: ${generation} ${CAUSES[cause]}, since ${time(since)}`);
  const unserved = last != null && last.outcome !== "published"
    ? [`last learning ${last.outcome}, ${time(last.ended)}${last.reason ? `: ${last.reason}` : ""}`] : [];
  return [`in service for ${age}, ${CAUSES[present.cause]}`, ...models, ...unserved, ...former];
}

function figures(server, experiment, traffic) {
  const started = time(server.started);
  const arms = experiment.arms.map((arm) => `${arm.name}: ${arm.recommender}, ${shareOf(arm, experiment)} of listeners`);
  return [
    figure("Running for", duration(server.uptime_seconds), `since ${started}`),
    figure("Requests", integer(traffic.requests), "since the start", `${counted(traffic.events, "event")} written to the log`),
    figure("Listeners", integer(traffic.listeners), "remembered"),
    figure("Catalog", counted(server.tracks, "track")),
    figure("Generation", server.generation, ...generationDetails(server)),
    figure("Experiment", experiment.name, ...arms),
    figure("Version", server.version, `revision ${server.revision}`),
  ];
}

/** A command with a button that copies it. */
function command(text) {
  const code = element("code", {}, text);
  const button = element("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch { // browsers refuse it on pages without TLS
      getSelection().selectAllChildren(code);
      button.textContent = "Selected: press Ctrl+C";
    }
  });
  return element("div", { className: "command" }, element("pre", { tabIndex: 0 }, code), button);
}

/**
 * Starts the first view.
 *
 * @param latestTraffic returns {requests, events, listeners}, or null before the first response
 */
export function startOverview(latestTraffic, showStatus) {
  const overview = document.getElementById("overview");
  const base = new URL(".", location.href).href.replace(/\/$/, "");
  document.getElementById("commands")?.append( // the port for administration alone has no commands
    command(`curl '${base}/next_track?user=1'`),
    command(`java -jar target/segue.jar simulate --url ${base} --sessions 500 --concurrency 16`),
  );

  async function refresh() {
    const [server, { experiments }] = await Promise.all([getJson("server"), getJson("experiments")]);
    const traffic = latestTraffic();
    if (traffic === null) return false;
    overview.replaceChildren(...figures(server, experiments.find(({ name }) => name === server.experiment), traffic));
    document.getElementById("empty").hidden = traffic.requests > 0;
    return true;
  }

  async function poll() {
    let shown = true;
    try {
      if (!document.hidden) shown = await refresh();
    } catch (error) {
      showStatus(error);
    }
    setTimeout(poll, shown ? REFRESH_MS : 200);
  }
  poll();
}
