"use strict";
// A mark on one side shows its counterparts on both; a finding shows its figures, and a figure the findings that rest on
// it. data-m names what a place is, data-o the findings that it is an operand of.
const all = (selector) => [...document.querySelectorAll(selector)];
const ids = (node, name) => (node.dataset[name] ?? "").split(" ").filter(Boolean);
const pane = (node) => node.closest(".panes > section");
const marks = all("[data-m], [data-o]");
const index = (name) => marks.reduce((map, node) => {
  ids(node, name).forEach((id) => map.set(id, [...(map.get(id) ?? []), node]));
  return map;
}, new Map());
const owners = index("m"), operands = index("o");
let lit = [];
const light = (nodes, look) => { nodes.forEach((node) => node.classList.add(look)); lit.push(...nodes); };
const show = (node, follow) => {
  lit.forEach((old) => old.classList.remove("on", "rests"));
  lit = [];
  const named = ids(node, "m").length ? ids(node, "m") : ids(node, "o");
  light(named.flatMap((id) => [...(owners.get(id) ?? []), ...(operands.get(id) ?? [])]), "on");
  light(ids(node, "o").flatMap((id) => owners.get(id) ?? []), "rests");
  const away = lit.find((other) => pane(other) !== pane(node) && other.checkVisibility());
  away?.scrollIntoView({ block: "center", behavior: "instant" });
  if (follow && away) enter(away);
};
// One stop for the tab key on each side; the arrows move among the marks.
const enter = (node) => {
  pane(node).querySelector("[tabindex]")?.removeAttribute("tabindex");
  node.setAttribute("tabindex", "0");
  node.focus({ preventScroll: true });
};
all(".panes > section").forEach((side) => side.querySelector("[data-m], [data-o]")?.setAttribute("tabindex", "0"));
document.addEventListener("click", (event) => {
  const node = event.target.closest("[data-m], [data-o]");
  if (node) { enter(node); show(node); }
});
const search = document.getElementById("search");
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) return;
  if (event.key === "/") { event.preventDefault(); search.focus(); }
  const here = document.activeElement.closest("[data-m], [data-o]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && here) show(here, true);
  if (!step || !here) return;
  let next = marks.indexOf(here) + step;
  while (marks[next] && pane(marks[next]) === pane(here) && !marks[next].checkVisibility()) next += step;
  const node = marks[next];
  if (!node || pane(node) !== pane(here)) return;
  event.preventDefault();
  enter(node);
  node.scrollIntoView({ block: "nearest", behavior: "instant" });
  show(node);
});
const rows = all(".reading li, .reading tbody tr");
const filter = () => {
  const word = search.value.trim(), doubtful = document.getElementById("doubtful").checked;
  rows.forEach((row) => {
    const fits = row.textContent.includes(word) && (!doubtful || row.matches(".doubtful, .warning, .error, :has(.doubtful, .inferred, .absent)"));
    row.hidden = !fits;
  });
  const shown = rows.filter((row) => !row.hidden).length;
  document.getElementById("count").value = word || doubtful ? `${shown} / ${rows.length}` : "";
  find(word);
};
// What is searched for is painted in the source, across all marks; the first place is brought into view.
const find = (word) => {
  if (!CSS.highlights) return;
  CSS.highlights.delete("found");
  const walker = document.createTreeWalker(document.querySelector(".source > div") ?? document.head, NodeFilter.SHOW_TEXT);
  const starts = [], nodes = [];
  let text = "";
  while (walker.nextNode()) { starts.push(text.length); nodes.push(walker.currentNode); text += walker.currentNode.data; }
  const ranges = [];
  for (let at = word ? text.indexOf(word) : -1, i = 0, j = 0; at >= 0 && ranges.length < 500; at = text.indexOf(word, at + word.length)) {
    while (starts[i + 1] <= at) i++;
    while (starts[j + 1] < at + word.length) j++;
    const range = new Range();
    range.setStart(nodes[i], at - starts[i]);
    range.setEnd(nodes[j], at + word.length - starts[j]);
    ranges.push(range);
  }
  if (ranges.length === 0) return;
  CSS.highlights.set("found", new Highlight(...ranges));
  ranges[0].startContainer.parentElement.scrollIntoView({ block: "nearest", behavior: "instant" });
};
all("#search, #doubtful").forEach((input) => input.addEventListener("input", filter));
