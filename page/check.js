"use strict";
// The page itself: takes a file, hands it to the worker, and shows what comes back.
const at = (id) => document.getElementById(id);
const words = JSON.parse(at("words").textContent);
const state = { language: "zh", step: "unpack", shown: null, name: "" };
const said = (key) => words[state.language][key];
const STEPS = ["unpack", "python", "package", "words", "ready"];

const speak = () => {
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.title = said("title");
  document.querySelectorAll("[data-w]").forEach((node) => { node.textContent = said(node.dataset.w); });
  document.querySelectorAll("[data-w-label]").forEach((node) => node.setAttribute("aria-label", said(node.dataset.wLabel)));
  tell();
};
const tell = () => {
  const step = STEPS.indexOf(state.step);
  at("progress").value = step < 0 ? STEPS.length - 1 : step;
  at("progress").hidden = step < 0 ? state.step !== "reading" : state.step === "ready";
  at("status").textContent = said(`step_${state.step}`);
  document.body.dataset.step = state.step;
};
const go = (step) => { state.step = step; tell(); };

// --- the tree of a web page, in pieces: text, the beginning of an element, its end

const pieces = (text) => {
  const root = new DOMParser().parseFromString(text, "text/html").documentElement;
  const out = [];
  let node = root;
  while (node) {
    if (node.nodeType === Node.TEXT_NODE) out.push(node.data);
    let next = null;
    if (node.nodeType === Node.ELEMENT_NODE) {
      out.push([node.localName, Object.fromEntries([...node.attributes].map((one) => [one.name, one.value]))]);
      next = node.firstChild;
      if (!next) out.push(null);
    }
    while (!next && node !== root) {
      next = node.nextSibling;
      if (!next) { node = node.parentNode; out.push(null); }
    }
    node = next;
  }
  return JSON.stringify(out);
};

// --- the worker

let worker;
let waiting = null;
const heard = {
  python: () => go("python"),
  package: () => go("package"),
  words: () => go("words"),
  ready: () => { go("ready"); if (waiting) hand(...waiting); },
  tree: ({ text }) => worker.postMessage({ do: "tree", pieces: pieces(text) }),
  read: () => worker.postMessage({ do: "show", language: state.language }),
  shown: (made) => { state.shown = made; go(made.refused ? "refused" : "shown"); show(); },
  failed: ({ said: error }) => { go("failed"); at("error").textContent = error; at("error").hidden = false; },
};
const hand = (data, name) => {
  if (!["ready", "shown", "refused"].includes(state.step)) { waiting = [data, name]; return; }
  waiting = null;
  state.name = name;
  go("reading");
  worker.postMessage({ do: "read", data, name }, [data]);
};
const show = () => {
  const { refused, paper, review } = state.shown;
  document.body.classList.toggle("has-result", !refused);
  at("refused").hidden = !refused;
  at("refused").textContent = refused || "";
  at("result").hidden = Boolean(refused);
  at("name").textContent = state.name;
  if (refused) return;
  const sheet = new DOMParser().parseFromString(paper, "text/html");
  at("summary").replaceChildren(...sheet.body.childNodes);
  at("summary").scrollTop = 0;
  at("review").srcdoc = review;
};
const save = (html, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  link.download = `${name} ${state.name.replace(/\.[^.]*$/, "")}.html`;
  link.click();
  URL.revokeObjectURL(link.href);
};

// --- what a person does

const take = async (file) => { if (file) hand(await file.arrayBuffer(), file.name); };
at("file").addEventListener("change", (event) => { take(event.target.files[0]); event.target.value = ""; });
at("paste-go").addEventListener("click", () => {
  const text = at("paste").value;
  if (text.trim()) hand(new TextEncoder().encode(text).buffer, said("pasted"));
});
document.addEventListener("dragover", (event) => { event.preventDefault(); at("drop").classList.add("over"); });
document.addEventListener("dragleave", () => at("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").classList.remove("over");
  take(event.dataTransfer.files[0]);
});
at("save").addEventListener("click", () => save(state.shown.paper, said("saved_name")));
at("save-review").addEventListener("click", () => save(state.shown.review, said("saved_review")));
at("language").addEventListener("click", () => {
  state.language = state.language === "zh" ? "en" : "zh";
  speak();
  if (state.shown) worker.postMessage({ do: "show", language: state.language });
});

speak();
document.addEventListener("DOMContentLoaded", () => {
  const held = (name) => at(name).textContent;
  const scripts = ["pyodide.asm.js", "pyodide.js", "worker.js"].map((name) => JSON.parse(held(name)));
  const address = URL.createObjectURL(new Blob([scripts.join("\n;\n")], { type: "text/javascript" }));
  worker = new Worker(address);
  worker.onmessage = ({ data }) => heard[data.step](data);
  worker.onerror = (event) => heard.failed({ said: event.message });
  const files = Object.fromEntries(["pyodide.asm.wasm", "python_stdlib.zip", "site.zip"].map((name) => [name, held(name)]));
  worker.postMessage({ do: "start", files, info: JSON.parse(held("pyodide-lock.json")) });
});
