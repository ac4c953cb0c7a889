// The reading room: sends an article to /v1/summaries and lays the answer out as linked text.
// Text is only ever set as text: no HTML of an answer is parsed. Offsets are asked for in UTF-16, as JavaScript counts.

import "./theme.js";

const byId = (id) => document.getElementById(id);
const SCROLL = { behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" };
const KINDS = { PER: "People", LOC: "Places", ORG: "Organisations", MISC: "Other names" };
let answer = null;

// ---- small tools -------------------------------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Spans that do not overlap, the longest first where they would; in order of place. */
function withoutOverlaps(spans) {
  const kept = [];
  const longestFirst = [...spans].sort((a, b) => (b.end - b.start) - (a.end - a.start) || a.start - b.start);
  for (const span of longestFirst) {
    if (kept.every((other) => span.end <= other.start || other.end <= span.start)) kept.push(span);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** The text from `start` to `end` as nodes, each span in it made an element by `wrap(span, from, to)`. */
function dress(text, start, end, spans, wrap) {
  const nodes = [];
  let position = start;
  for (const span of withoutOverlaps(spans.filter((span) => span.start < end && start < span.end))) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (position < from) nodes.push(text.slice(position, from));
    nodes.push(wrap(span, from, to));
    position = to;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

/** A DOM range over the characters `start` to `end` of an element's text. */
function rangeOf(container, [start, end]) {
  const range = new Range();
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let position = 0;
  let begun = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!begun && start <= position + node.length) { range.setStart(node, start - position); begun = true; }
    if (end <= position + node.length) { range.setEnd(node, end - position); return range; }
    position += node.length;
  }
  return range;
}

function counted(things, name) {
  return `${things.length} ${name}${things.length === 1 ? "" : "s"}`;
}

// ---- names -------------------------------------------------------------------------------------------------------

function mentionsIn(place, sentence) {
  return answer.entities.flatMap((entity) => entity.mentions
    .filter((mention) => mention.in === place && mention.sentence === sentence)
    .map((mention) => ({ ...mention, entity })));
}

function mark(text, lang) {
  return (span, from, to) => element("mark", {
    class: `entity entity-${span.entity.type.toLowerCase()}`,
    "data-entity": span.entity.id,
    lang,
    tabindex: "0",
  }, text.slice(from, to));
}

function lightName(id) {
  for (const lit of document.querySelectorAll("mark.lit, .name.lit")) lit.classList.remove("lit");
  byId("caption").replaceChildren();
  if (!id) return;
  for (const mention of document.querySelectorAll(`[data-entity="${id}"]`)) mention.classList.add("lit");
  byId("caption").replaceChildren(...describe(answer.entities.find((entity) => entity.id === id)));
}

function describe(entity) {
  const { de, en } = entity.canonical;
  const parts = [element("b", { lang: "de" }, de)];
  if (en !== de) parts.push(" → ", element("b", { lang: "en" }, en));
  const others = entity.variants.filter((variant) => variant !== de && variant !== en);
  if (others.length) parts.push(`, also ${others.join(", ")}`);
  const mentions = entity.mentions.filter((mention) => mention.in === "document");
  parts.push(` · ${KINDS[entity.type].toLowerCase()} · ${counted(mentions, "mention")} in the article`);
  return parts;
}

function nameIndex() {
  return Object.entries(KINDS).flatMap(([type, title]) => {
    const entities = answer.entities.filter((entity) => entity.type === type);
    if (!entities.length) return [];
    const items = entities.map((entity) => element("li", {}, nameButton(entity)));
    return [element("div", { class: `name-${type.toLowerCase()}` }, element("h3", {}, title), element("ul", {}, ...items))];
  });
}

function nameButton(entity) {
  const { de, en } = entity.canonical;
  const english = en === de ? [] : [" ", element("small", { lang: "en" }, `→ ${en}`)];
  return element("button", { type: "button", class: `name name-${entity.type.toLowerCase()}`, "data-entity": entity.id },
    element("span", { lang: "de" }, de), ...english);
}

// ---- sentences and their sources ---------------------------------------------------------------------------------

function pair(sentence, number) {
  const side = (lang) => element("p", { lang, class: lang }, ...dress(
    sentence[lang].text, 0, sentence[lang].text.length, mentionsIn(`summary.${lang}`, number), mark(sentence[lang].text, lang),
  ));
  return element("li", { class: "pair", "data-sentence": number, tabindex: "0" },
    side("de"), side("en"), element("ul", { class: "checks", "aria-label": "Checks" }, ...badges(sentence)));
}

function badges(sentence) {
  const findings = sentence.checks.filter((check) => check.verdict !== "pass");
  const passed = sentence.checks.length - findings.length;
  const list = findings.map((finding) => badge(finding.verdict, finding.kind, finding.detail, finding));
  if (passed) list.unshift(badge("pass", `${passed} ${passed === 1 ? "check" : "checks"} passed`, kindsOf(sentence, "pass")));
  const { changes } = sentence;
  const story = changes.map((change) => `“${change.before}” became “${change.after}”`).join(", ");
  if (changes.length) list.push(badge("pass", changes.length === 1 ? "a name put right" : `${changes.length} names put right`, story));
  const { edits, attempts, doubts, en } = sentence;
  const added = edits.map((edit) => `“${edit.before}” became “${edit.after}”`).join(", ");
  if (edits.length) list.push(badge("pass", "full name added", added));
  if (doubts.length) list.push(badge("doubt", counted(doubts, "doubtful word"), wordsAt(en.text, doubts)));
  if (attempts.kept !== "first decode") list.push(badge("pass", "translated again", attempts.kept));
  return list.map((item) => element("li", {}, item));
}

function wordsAt(text, spans) {
  return spans.map(([start, end]) => `“${text.slice(start, end)}”`).join(", ");
}

function kindsOf(sentence, verdict) {
  return sentence.checks.filter((check) => check.verdict === verdict).map((check) => check.kind.replaceAll("_", " ")).join(", ");
}

/** English words that may be wrong, German ones left out: underlined where the browser marks text without changing it. */
function underlineDoubts(sentences) {
  if (!CSS.highlights) return;
  const ranges = (number, lang, spans) => {
    const side = document.querySelector(`.pair[data-sentence="${number}"] p.${lang}`);
    return spans.map((span) => rangeOf(side, span));
  };
  const doubts = sentences.flatMap((sentence, number) => ranges(number, "en", sentence.doubts));
  const omissions = sentences.flatMap((sentence, number) => ranges(number, "de", sentence.omissions));
  CSS.highlights.set("doubt", new Highlight(...doubts));
  CSS.highlights.set("omission", new Highlight(...omissions));
}

function badge(verdict, label, why, finding = null) {
  const made = element("button", { type: "button", class: `badge ${verdict}` }, label.replaceAll("_", " "));
  if (why) made.append(element("span", { class: "why" }, `: ${why}`));
  if (finding) {
    const show = () => showFinding(made.closest(".pair"), finding);
    made.addEventListener("pointerenter", show);
    made.addEventListener("focus", show);
    made.addEventListener("pointerleave", hideFinding);
    made.addEventListener("blur", hideFinding);
  }
  return made;
}

function showFinding(row, finding) {
  if (!CSS.highlights) return;
  const spans = ["de", "en"].filter((lang) => finding[lang]).map((lang) => rangeOf(row.querySelector(`p.${lang}`), finding[lang]));
  CSS.highlights.set("finding", new Highlight(...spans));
}

function hideFinding() {
  if (CSS.highlights) CSS.highlights.delete("finding");
}

function lightSentence(number, { scroll = false } = {}) {
  for (const lit of document.querySelectorAll(".pair.lit, .source-sentence.lit")) lit.classList.remove("lit");
  if (number === null) return;
  for (const found of document.querySelectorAll(`[data-sentence="${number}"]`)) found.classList.add("lit");
  const source = document.querySelector(`.source-sentence[data-sentence="${number}"]`);
  if (scroll && source) scrollWithin(byId("document"), source);
}

/** Bring the source into view inside the article's own box; the page itself stays where the reader is. */
function scrollWithin(box, target) {
  const offset = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (offset < 0 || offset > box.clientHeight - 60) box.scrollBy({ ...SCROLL, top: offset - box.clientHeight / 3 });
}

function articleBlocks() {
  const { text, blocks } = answer.document;
  const names = mentionsIn("document", undefined);
  const sources = answer.summary.sentences.map((sentence, number) => ({ ...sentence.source, number }));
  const source = (span, from, to) => element("span", { class: "source-sentence", "data-sentence": span.number },
    ...dress(text, from, to, names, mark(text, "de")));
  return blocks.map((block) => {
    const heading = block.kind === "headline" || block.kind === "subheading";
    const kind = block.kind === "caption" ? "caption-block" : block.kind;
    return element(heading ? "h3" : "p", { class: kind }, ...nested(text, block, sources, source, names));
  });
}

/** Source sentences hold names, so what lies between the sentences is dressed with names, and the sentences themselves. */
function nested(text, block, sources, source, names) {
  const inside = withoutOverlaps(sources.filter((span) => span.start < block.end && block.start < span.end));
  const nodes = [];
  let position = block.start;
  for (const span of inside) {
    nodes.push(...dress(text, position, Math.max(span.start, position), names, mark(text, "de")));
    nodes.push(source(span, Math.max(span.start, block.start), Math.min(span.end, block.end)));
    position = Math.min(span.end, block.end);
  }
  nodes.push(...dress(text, position, block.end, names, mark(text, "de")));
  return nodes;
}

// ---- the page ----------------------------------------------------------------------------------------------------

function show(received) {
  answer = received;
  const { sentences } = answer.summary;
  byId("pairs").replaceChildren(...sentences.map(pair));
  underlineDoubts(sentences);
  byId("names").replaceChildren(...nameIndex());
  byId("document").replaceChildren(...articleBlocks());
  byId("warnings").replaceChildren(...answer.warnings.map((warning) => element("li", {}, warning.detail)));
  const total = Object.values(answer.timings_ms).reduce((sum, part) => sum + part, 0);
  const models = answer.pipeline.models.map((model) => model.name).join(", ");
  byId("facts").textContent =
    `${counted(sentences, "sentence")} · ${counted(answer.entities, "name")} · ${Math.round(total)} ms · ${models}`;
  byId("result").hidden = false;
  lightName(null);
}

function complain(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

function requestBody() {
  const body = { [byId("format").value]: byId("article").value, offset_unit: "utf16" };
  if (byId("sentences").value) body.sentences = Number(byId("sentences").value);
  return body;
}

async function send() {
  const headers = { "Content-Type": "application/json" };
  if (byId("key").value) headers.Authorization = `Bearer ${byId("key").value}`;
  const response = await fetch("/v1/summaries", { method: "POST", headers, body: JSON.stringify(requestBody()) })
    .catch(() => { throw new Error("The service does not answer. What you pasted is still here; try again in a moment."); });
  const received = await response.json()
    .catch(() => { throw new Error(`Something between you and the service answered with ${response.status}.`); });
  if (response.ok) return received;
  if (response.status === 401) byId("key-field").hidden = false;
  throw new Error(received.detail);
}

async function read(event) {
  event.preventDefault();
  const button = byId("read");
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  button.textContent = "Reading …";
  complain("");
  try {
    show(await send());
    byId("result").scrollIntoView({ ...SCROLL, block: "start" });
  } catch (error) {
    complain(error.message);
  } finally {
    button.removeAttribute("aria-busy");
    button.textContent = "Read it";
  }
}

async function watchReadiness() {
  const ear = byId("readiness");
  try {
    const { status, reasons } = await (await fetch("/readyz")).json();
    ear.textContent = status === "ready" ? "Ready" : reasons.join("; ");
    ear.className = `ear ${status === "ready" ? "ready" : "waiting"}`;
    if (status !== "ready") setTimeout(watchReadiness, 1000);
  } catch {
    ear.textContent = "The service does not answer";
    ear.className = "ear waiting";
    setTimeout(watchReadiness, 3000);
  }
}

/** Hovering and focusing tell the same: the nearest name, and the nearest sentence. */
function point(target) {
  if (!(target instanceof Element) || !answer) return;
  const name = target.closest("[data-entity]");
  const sentence = target.closest("[data-sentence]");
  if (name || pinned === null) lightName(name ? name.dataset.entity : null);
  lightSentence(sentence ? sentence.dataset.sentence : null, { scroll: Boolean(target.closest(".pair")) });
}

let pinned = null;

function pin(event) {
  const name = event.target.closest("[data-entity]");
  pinned = name ? name.dataset.entity : null;
  lightName(pinned);
}

async function copy(event) {
  const text = event.target.dataset.copy === "json" ? JSON.stringify(answer, null, 2) : answer.summary.en.text;
  await navigator.clipboard.writeText(text);
  const label = event.target.textContent;
  event.target.textContent = "Copied";
  setTimeout(() => { event.target.textContent = label; }, 1200);
}

byId("compose").addEventListener("submit", read);
for (const button of document.querySelectorAll("[data-sample]")) {
  button.addEventListener("click", () => {
    byId("article").value = document.querySelectorAll(".sample-text")[Number(button.dataset.sample)].content.textContent;
    byId("format").value = "text";
  });
}
byId("article").addEventListener("paste", (event) => {
  if (/^\s*<(!--|!doctype|[a-z])/i.test(event.clipboardData.getData("text/plain"))) byId("format").value = "html";
});
for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", copy);
const result = byId("result");
result.addEventListener("pointerover", (event) => point(event.target));
result.addEventListener("pointerleave", () => point(document.body));
result.addEventListener("focusin", (event) => point(event.target));
result.addEventListener("click", pin);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pinned = null; lightName(null); lightSentence(null); } });
watchReadiness();
