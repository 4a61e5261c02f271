// The live page: each part looks after itself and says here whether the server answered.
import { clock, startTraffic } from "./traffic.js";
import { startExperiments } from "./experiments.js";
import { startExplorer } from "./explorer.js";

const status = document.getElementById("status");

function tell(error) {
  status.textContent = error ? `no answer from the server: ${error.message}` : `live, ${clock(new Date())}`;
  status.classList.toggle("problem", Boolean(error));
}

startTraffic(tell);
startExperiments(tell);
startExplorer();
