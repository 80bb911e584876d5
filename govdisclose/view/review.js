"use strict";
// What a person has confirmed or corrected goes out as CSV; nothing is sent anywhere. What was said before comes in again,
// from the page or from a file, and lines that no row here answers to are kept as they are.
const FIELDS = ["file", "sha256", "table", "row", "column", "value", "note", "read", "start", "end"];
const NONE = /^(?:无|none|[-\u2014]+)$/i;
const lines = [...document.querySelectorAll("tr[data-row]")];
const part = (line, name) => line.querySelector("." + name);
let kept = [], unsaved = false;
const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const safe = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text);
const tidy = (text) => text.normalize("NFKC").replaceAll(/[,\s]/g, "");
const said = (line) => part(line, "value").value !== "" || part(line, "right").checked;
const record = (line) => {
  const value = part(line, "value").value, note = part(line, "note").value.trim();
  return { ...line.dataset, value: NONE.test(value) ? "" : value || line.dataset.read, note };
};
const count = () => { document.getElementById("count").value = `${lines.filter(said).length} / ${lines.length}`; };
document.addEventListener("input", () => { unsaved = true; count(); });
document.addEventListener("change", (event) => { if (event.target.matches(".value")) event.target.value = tidy(event.target.value); });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
document.getElementById("save").addEventListener("click", () => {
  const wrong = document.querySelector(".value:invalid");
  if (wrong) return wrong.reportValidity();
  const table = [...kept, ...lines.filter(said).map(record)].map((data) => FIELDS.map((field) => quote(safe(data[field] ?? ""))).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff" + [FIELDS.join(","), ...table].join("\r\n") + "\r\n"], { type: "text/csv" }));
  link.download = "corrections.csv";
  link.click();
  unsaved = false;
});
// CSV as spreadsheets write it: fields in quotes may hold line ends.
const parse = (text) => {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/^'/, ""));
    if (end !== ",") rows.push([]);
  }
  const [names, ...data] = rows.filter((row) => row.join("") !== "");
  return data.map((row) => Object.fromEntries((names ?? []).map((name, i) => [name.replace("\ufeff", ""), row[i] ?? ""])));
};
const same = (own, file) => file && (`/${own}`.endsWith(`/${file}`) || (own.includes("/") && `/${file}`.endsWith(`/${own}`)));
const answers = (line, { file, sha256, table, row, column, start, end }) => {
  const own = line.dataset;
  return (sha256 ? own.sha256 === sha256 : same(own.file, file?.replaceAll("\\", "/"))) && own.table === table && own.row === row &&
    own.column === column && (!start || (own.start === start && own.end === end));
};
const take = (text) => {
  for (const data of parse(text)) {
    const line = lines.find((one) => answers(one, data));
    if (!line) { kept.push(data); continue; }
    const right = data.value === line.dataset.read;
    part(line, "right").checked = right;
    part(line, "value").value = right ? "" : data.value || "无";
    part(line, "note").value = data.note ?? "";
  }
  count();
};
document.getElementById("open").addEventListener("change", async (event) => { take(await event.target.files[0].text()); });
take(document.getElementById("known").value);
