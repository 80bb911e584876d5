"use strict";
// A mark on one side shows its counterparts on both; a finding those of its operands. Nothing else moves.
const all = (selector) => [...document.querySelectorAll(selector)];
const ids = (node) => node.dataset.m.split(" ");
const show = (node) => {
  const wanted = new Set(ids(node));
  all("[data-m]").forEach((other) => other.classList.toggle("on", ids(other).some((id) => wanted.has(id))));
  const side = node.closest(".panes > section");
  const away = all("[data-m].on").find((other) => other.closest(".panes > section") !== side);
  if (away) away.scrollIntoView({ block: "center", behavior: "instant" });
};
document.addEventListener("click", (event) => { const node = event.target.closest("[data-m]"); if (node) show(node); });
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) return;
  const here = document.activeElement.closest("[data-m]");
  if (event.key === "Enter" && here) show(here);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !here) return;
  const near = [...here.closest(".panes > section").querySelectorAll("[data-m]:not([hidden])")];
  const next = near[near.indexOf(here) + step];
  if (next) { event.preventDefault(); next.focus(); show(next); }
});
const filter = () => {
  const word = document.getElementById("search").value.trim();
  const doubtful = document.getElementById("doubtful").checked;
  all(".reading li, .reading tbody tr").forEach((row) => {
    const fits = row.textContent.includes(word) && (!doubtful || row.matches(".doubtful, .warning, .error, :has(.doubtful, .inferred, .absent)"));
    row.hidden = !fits;
  });
};
all("#search, #doubtful").forEach((input) => input.addEventListener("input", filter));
