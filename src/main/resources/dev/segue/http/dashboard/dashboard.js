// The live page: starts its parts, which refresh themselves, and shows whether the server responds.
import { clock, startTraffic } from "./traffic.js";
import { startExperiments } from "./experiments.js";
import { startExplorer } from "./explorer.js";
import { startOverview } from "./overview.js";

const status = document.getElementById("status");

/** Shows the time of the last response, or the error of the last request. */
function showStatus(error) {
  status.textContent = error ? `no response from the server: ${error.message}` : `live, ${clock(new Date())}`;
  status.classList.toggle("problem", Boolean(error));
}

startOverview(startTraffic(showStatus), showStatus);
startExperiments(showStatus);
startExplorer();
