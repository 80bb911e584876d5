"use strict";
// What a person has confirmed or corrected goes out as CSV; nothing is sent anywhere.
const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const safe = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text);
document.getElementById("save").addEventListener("click", () => {
  const fields = ["file", "table", "row", "column", "value", "note", "read", "start", "end"];
  const lines = [fields.join(",")];
  document.querySelectorAll("tr[data-row]").forEach((line) => {
    const value = line.querySelector(".value").value.trim();
    const right = line.querySelector(".right").checked;
    const note = line.querySelector(".note").value.trim();
    if (!value && !right) return;
    const data = { ...line.dataset, value: value || line.dataset.read, note };
    lines.push(fields.map((field) => quote(safe(data[field] ?? ""))).join(","));
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
  link.download = "corrections.csv";
  link.click();
});
