// The page to listen with: chooses a first track, and plays a session with two recommenders side by side.
import { element, getJson, titleOf } from "../dashboard/elements.js";
import { Deck, REACTIONS } from "./deck.js";
import { inventedListener, startPicker } from "./picker.js";

const picker = document.getElementById("picker");
const player = document.getElementById("player");
const sides = document.getElementById("sides");
const deckPlace = document.getElementById("decks");
const shared = document.getElementById("shared");
const live = document.getElementById("live");
const shortcuts = document.getElementById("shortcuts");

let decks = [];
let active = null;
let listener = inventedListener();

const page = {
  announce(text) {
    live.textContent = text;
  },
  changed() {
    const [a, b] = decks;
    if (!b) return;
    a.ranking.mark(b.ranking.keys());
    const both = b.ranking.mark(a.ranking.keys());
    shared.textContent = `The two ranked lists share ${both} of ${a.ranking.keys().length} tracks${both > 0 ? ", marked by a dot" : ""}.`;
  },
};

/** Makes a side the one that keys control. On narrow screens, it is the one that is shown. */
function activate(deck) {
  active = deck;
  decks.forEach((each, i) => {
    each.element.classList.toggle("active", each === deck);
    sides.children[i].ariaPressed = String(each === deck);
  });
}

async function createDecks() {
  const { experiments } = await getJson("experiments");
  const { arms } = experiments.find(({ serves }) => serves);
  decks = arms.slice(0, 2).map(({ name }, i) => new Deck("AB"[i], arms, name, page));
  deckPlace.replaceChildren(...decks.map((deck) => deck.element));
  deckPlace.classList.toggle("single", decks.length === 1);
  sides.replaceChildren(...decks.map((deck) => element("button", { type: "button", onclick: () => activate(deck) }, `Side ${deck.name}`)));
  for (const deck of decks) {
    for (const event of ["focusin", "pointerdown"]) deck.element.addEventListener(event, () => activate(deck));
  }
  activate(decks[0]);
}

async function play(track) {
  if (decks.length === 0) await createDecks();
  picker.hidden = true;
  player.hidden = false;
  scrollTo(0, 0);
  activate(decks[0]);
  decks[0].element.querySelector("h2").focus();
  await startSessions(track);
}

async function startSessions(track) {
  document.getElementById("listener").textContent = String(listener);
  page.announce(`Listener ${listener} begins with ${titleOf(track)}.`);
  await Promise.all(decks.map((deck) => deck.start(listener, track)));
}

function newListener() {
  listener = inventedListener();
  startSessions(decks[0].first);
}

function chooseAgain() {
  player.hidden = true;
  picker.hidden = false;
  document.getElementById("words").focus();
}

const KEYS = {
  n: newListener,
  c: chooseAgain,
  d: () => {
    activate(decks[(decks.indexOf(active) + 1) % decks.length]);
    active.element.querySelector("h2").focus();
  },
};

/** Whether the focused element uses a key itself. */
function isOwnKey({ target, key }) {
  return target.matches("select, input:not([type=range])") || (key.startsWith("Arrow") && target.matches("input, ol"));
}

function keyPressed(event) {
  if (player.hidden || event.repeat || !shortcuts.checked || isOwnKey(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const reaction = Object.keys(REACTIONS).find((name) => REACTIONS[name].code === pressed);
  const action = reaction ? () => active.react(reaction) : /^[1-9]$/.test(pressed) ? () => active.setShare(10 * pressed) : KEYS[pressed];
  if (action) {
    event.preventDefault();
    action();
  }
}

document.addEventListener("keydown", keyPressed);
document.getElementById("new-listener").addEventListener("click", newListener);
document.getElementById("choose").addEventListener("click", chooseAgain);
startPicker((track) =>
  play(track).catch((error) => {
    chooseAgain();
    const status = document.getElementById("picker-status");
    status.className = "problem";
    status.textContent = `The request failed: ${error.message}`;
  }),
);
