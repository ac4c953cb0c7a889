// Tries the routes of the contract from its page: one form a route, the answer below it.

import "./theme.js";

const key = document.getElementById("key");

function fill(form) {
  const type = form.querySelector("select").value;
  const example = form.querySelector(`template[data-type="${type}"]`);
  // tojson writes characters that HTML cares about as escapes; a reader wants to see the character.
  const text = example.content.textContent;
  form.querySelector("textarea").value = type === "application/json" ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

function pretty(text, type) {
  return text && type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

function filled(form) {
  let path = form.dataset.path;
  for (const part of form.querySelectorAll(".path")) path = path.replace(`{${part.name}}`, encodeURIComponent(part.value));
  return path;
}

async function send(form) {
  const body = form.querySelector("textarea");
  const query = form.querySelector(".query");
  const headers = {};
  if (body) headers["Content-Type"] = form.querySelector("select").value;
  if (key.value) headers.Authorization = `Bearer ${key.value}`;
  const started = performance.now();
  const url = filled(form) + (query && query.value ? `?${query.value}` : "");
  const response = await fetch(url, { method: form.dataset.method, headers, body: body ? body.value : undefined });
  const text = await response.text();
  form.querySelector("output").textContent =
    `${response.status} · ${Math.round(performance.now() - started)} ms · ${response.headers.get("X-Request-Id")}`;
  const shown = form.querySelector("pre");
  shown.textContent = pretty(text, response.headers.get("Content-Type") || "");
  shown.hidden = false;
}

for (const form of document.querySelectorAll("form.try")) {
  if (form.querySelector("textarea")) {
    fill(form);
    form.querySelector("select").addEventListener("change", () => fill(form));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form).catch((error) => { form.querySelector("output").textContent = error.message; });
  });
}
