"use strict";
// Behind Pyodide's own scripts, in a worker: reads and checks what the page gives it. It has no network:
// the page allows no connection, and what Pyodide asks for is handed to it here.
const held = {};
const decoded = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const unpacked = (base64) =>
  new Response(new Blob([decoded(base64)]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
self.fetch = async (address) => {
  const name = String(address).split("/").pop();
  if (!(name in held)) throw new TypeError(`${name} is not in this page`);
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(held[name], { headers: { "Content-Type": type } });
};

let desk;
const start = async (files, info) => {
  for (const name of ["pyodide.asm.wasm", "python_stdlib.zip"]) held[name] = await unpacked(files[name]);
  postMessage({ step: "python" });
  const python = await loadPyodide({ indexURL: "https://page.invalid/", lockFileContents: { info, packages: {} } });
  postMessage({ step: "package" });
  python.unpackArchive(await unpacked(files["site.zip"]), "zip", { extractDir: "/site" });
  python.runPython("import sys; sys.path.insert(0, '/site'); sys.dont_write_bytecode = True");
  postMessage({ step: "words" });
  desk = python.pyimport("desk").Desk();
  postMessage({ step: "ready" });
};
const answers = {
  start: ({ files, info }) => start(files, info),
  read: ({ data, name }) => {
    const text = desk.take(new Uint8Array(data), name);
    if (text !== undefined) postMessage({ step: "tree", text });
    else postMessage({ step: "read" });
  },
  tree: ({ pieces }) => {
    desk.take_tree(pieces);
    postMessage({ step: "read" });
  },
  show: ({ language }) => postMessage({ step: "shown", ...JSON.parse(desk.show(language)) }),
};
onmessage = async ({ data }) => {
  try {
    await answers[data.do](data);
  } catch (error) {
    postMessage({ step: "failed", said: String(error) });
  }
};
