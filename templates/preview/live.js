"use strict";
// Follows the notes while they are being written. Served by `aml-build watch`; never in the built page.
(() => {
  const ANCHOR = "pv-live-anchor";
  const { version, token } = document.currentScript.dataset;
  const articles = () => [...document.querySelectorAll(".pv-card")];
  const find = (key) => document.querySelector(`.pv-card[data-card="${CSS.escape(key)}"]`);
  const make = (name, className, ...parts) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...parts);
    return element;
  };

  // ---------------------------------------------------------------- the place on the page

  const top = () => document.querySelector(".pv-bar")?.getBoundingClientRect().bottom ?? 0;

  // The first card in view and its place, so that it can stay there.
  function anchor() {
    for (const article of articles()) {
      const box = article.getBoundingClientRect();
      if (box.height && box.bottom > top()) return { key: article.dataset.card, y: box.top };
    }
    return null;
  }

  function keep(place) {
    const article = place && find(place.key);
    if (article) scrollBy({ top: article.getBoundingClientRect().top - place.y, behavior: "instant" });
  }

  let going = 0;
  const stay = () => { going += 1; };
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(kind, stay, { passive: true });

  // Cards above it are still being set when it comes into view, and move it: stay with it for a while,
  // unless the reader goes elsewhere or another card is edited.
  async function go(article) {
    if (article.hidden) return;
    going += 1;
    const mine = going;
    const end = performance.now() + 3000;
    const seen = () => {
      const { top: y, bottom } = article.getBoundingClientRect();
      return y >= top() - 1 && (bottom <= innerHeight || y < innerHeight / 3);
    };
    window.preview.show(article);
    while (going === mine && article.isConnected && performance.now() < end) {
      if (!seen()) article.scrollIntoView({ block: "start", behavior: "instant" });
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  function mark(keys) {
    document.querySelectorAll(".pv-live-changed").forEach((a) => a.classList.remove("pv-live-changed"));
    for (const key of keys) find(key)?.classList.add("pv-live-changed");
  }

  function reload(jump) {
    sessionStorage.setItem(ANCHOR, JSON.stringify({ place: anchor(), jump }));
    location.reload();
  }

  async function settle() {
    const kept = JSON.parse(sessionStorage.getItem(ANCHOR) ?? "null");
    sessionStorage.removeItem(ANCHOR);
    if (!kept || !window.preview) return;
    const article = find(kept.place?.key ?? "");
    if (article) {
      await window.preview.show(article);
      keep(kept.place);
    }
    if (kept.jump && find(kept.jump)) go(find(kept.jump));
  }

  // ---------------------------------------------------------------- new cards

  const sides = (article) => [...article.querySelectorAll(":scope > template")].map((t) => t.innerHTML);

  function parsed(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const article = holder.content.firstElementChild;
    // Scripts read by innerHTML never run, nor do their copies: those of a contextual fragment do.
    for (const side of article.querySelectorAll(":scope > template")) {
      if (!side.content.querySelector("script")) continue;
      side.content.replaceChildren(document.createRange().createContextualFragment(side.innerHTML));
    }
    return document.importNode(article, true);
  }

  // Puts one card on the page and returns its work; a card with the same text stays unchanged.
  function put(key, html, there, fresh) {
    const old = there.get(key);
    const article = parsed(html);
    if (!old) {
      fresh.set(key, article);
      return null;
    }
    if (sides(old).join() === sides(article).join()) {
      old.querySelector(":scope > header").replaceWith(article.querySelector(":scope > header"));
      return null;
    }
    const shown = old.classList.contains("pv-shown");
    old.replaceWith(article);
    there.set(key, article);
    return shown ? window.preview.show(article) : null;
  }

  function arrange(id, keys, there, fresh) {
    const section = document.getElementById(id);
    let last = section.querySelector(":scope > h2");
    for (const key of keys) {
      const article = fresh.get(key) ?? there.get(key);
      if (last.nextElementSibling !== article) last.after(article);
      last = article;
    }
  }

  async function apply(delta) {
    stay();
    const place = anchor();
    // An index, because a new item sends all cards, with their new numbers.
    const there = new Map(articles().map((article) => [article.dataset.card, article]));
    const fresh = new Map();
    const work = Object.entries(delta.put).map(([key, html]) => put(key, html, there, fresh));
    for (const key of delta.gone) find(key)?.remove();
    for (const [id, keys] of Object.entries(delta.order)) arrange(id, keys, there, fresh);
    window.preview.refresh(delta.counts);
    mark(delta.changed);
    keep(place);
    await Promise.all(work);
    keep(place);
    const target = delta.jump && find(delta.jump);
    if (target) go(target);
  }

  // ---------------------------------------------------------------- the panel

  const panel = make("aside", "pv-live");
  const summary = make("summary", "pv-live-summary");
  summary.setAttribute("aria-live", "polite");
  const list = make("div", "pv-live-list");
  const details = make("details", "pv-live-details", summary, list);
  const doing = make("p", "pv-live-doing");
  panel.setAttribute("aria-label", "[[watch.panel]]");
  panel.append(details, doing);
  let wasBad = false;

  // `code` in messages is the only mark-up there is.
  const text = (message) => message.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", "", part) : part));

  function marked(problem) {
    const characters = [...problem.text];
    const from = problem.column - 1;
    const [before, at, after] = [characters.slice(0, from), characters.slice(from, from + problem.length), characters.slice(from + problem.length)];
    // The mark has to be in view, on a phone too.
    const cut = before.length > 24 ? `…${before.slice(-23).join("")}` : before.join("");
    return make("pre", "pv-live-line", cut, make("mark", "", at.join("") || " "), after.join("").slice(0, 120));
  }

  function shown(problem) {
    const link = make("a", "pv-live-place", problem.place);
    const path = problem.path.split("/").map(encodeURIComponent).join("/");
    link.href = `/content/${path}#L${problem.line}`;
    link.target = "pv-live-source";
    const kind = make("b", `pv-live-${problem.severity}`, problem.severity);
    const item = make("div", "pv-live-problem", make("p", "", link, " ", kind, " ", ...text(problem.message)));
    if (problem.text.trim()) item.append(marked(problem));
    item.append(make("p", "pv-live-hint", ...text(problem.hint)));
    return item;
  }

  // The same as `aml-build check --fix`; the cards follow when the notes have been read again.
  async function writeIds(event) {
    const button = event.target;
    button.disabled = true;
    try {
      const answer = await fetch("/ids", { method: "POST", headers: { "X-Preview-Token": token } });
      if (answer.ok) return;
      const reason = await answer.text();
      button.replaceWith(`[[watch.writing-failed reason=${reason}]]`);
    } catch (reason) {
      button.replaceWith(`[[watch.writing-failed reason=${reason}]]`);
    }
  }

  function unwritten(count) {
    const button = make("button", "pv-live-write", "[[watch.write]]");
    button.type = "button";
    button.addEventListener("click", writeIds);
    const words = count === 1 ? `[[watch.unwritten count=1]]` : `[[watch.unwritten-many count=${count}]]`;
    return make("p", "pv-live-unwritten", words, " ", button);
  }

  function showStatus(status) {
    const errors = status.problems.filter((p) => p.severity === "error");
    const warnings = status.problems.length - errors.length;
    const bad = errors.length > 0 || status.trouble !== "" || status.missing.length > 0;
    const words = [];
    if (errors.length) words.push(errors.length === 1 ? `[[watch.error count=1]]` : `[[watch.errors count=${errors.length}]]`);
    if (status.trouble) words.push("[[watch.trouble]]");
    if (status.missing.length) words.push("[[watch.missing]]");
    if (warnings) words.push(warnings === 1 ? `[[watch.warning count=1]]` : `[[watch.warnings count=${warnings}]]`);
    if (!words.length) words.push(document.querySelector(".pv-card") ? "[[watch.well]]" : "[[watch.reading]]");
    const printing = { waiting: "", running: "[[watch.printing]]", done: "[[watch.printed]]", failed: "[[watch.not-printed]]" }[status.printing];
    if (printing) words.push(printing);
    summary.textContent = words.join(" · ");
    panel.dataset.state = bad ? "bad" : warnings ? "warned" : "well";
    // Shown only where it takes a while: the style puts it off.
    if (doing.textContent !== status.doing) doing.textContent = status.doing && `[[watch.doing step=${status.doing}]]`;
    const old = status.stale && document.querySelector(".pv-card");
    document.body.classList.toggle("pv-live-old", Boolean(old));
    const stale = old ? [make("p", "pv-live-stale", "[[watch.stale]]")] : [];
    const lessons = status.stale_lessons.join(", ");
    if (lessons) stale.push(make("p", "pv-live-stale", `[[watch.stale-lessons lessons=${lessons}]]`));
    if (status.unwritten) stale.push(unwritten(status.unwritten));
    for (const section of document.querySelectorAll(".pv-lesson")) {
      section.classList.toggle("pv-live-old-lesson", status.stale_sections.includes(section.id));
    }
    const notes = [status.trouble, ...status.missing].filter(Boolean).map((note) => make("p", "pv-live-note", ...text(note)));
    const files = status.artifacts.map((name) => {
      const link = make("a", "", name);
      link.href = `/artifacts/${encodeURIComponent(name)}`;
      link.target = "_blank";
      return link;
    });
    const links = files.length ? [make("p", "pv-live-note", ...files.flatMap((link, at) => (at ? [" · ", link] : [link])))] : [];
    // Missing ids last: the button corrects them.
    const unnamed = (problem) => Number(problem.code === "missing-id" || problem.code === "missing-cloze-number");
    const problems = [...status.problems].sort((one, other) => unnamed(one) - unnamed(other));
    list.replaceChildren(...notes, ...stale, ...problems.map(shown), ...links);
    // Opens by itself when something breaks, and closes when it is corrected; otherwise the reader decides.
    if (bad !== wasBad) details.open = bad;
    wasBad = bad;
  }

  // ---------------------------------------------------------------- the line to the server

  function follow() {
    const events = new EventSource(`/events?after=${encodeURIComponent(version)}`);
    let queue = Promise.resolve();
    // One after the other: a card must be complete before the next edit changes it.
    const inTurn = (kind, work) => events.addEventListener(kind, (event) => {
      queue = queue.then(() => work(JSON.parse(event.data))).catch((problem) => console.error(problem));
    });
    inTurn("delta", (delta) => apply(delta).catch((problem) => {
      console.error(problem);
      reload(delta.jump);
    }));
    inTurn("status", showStatus);
    inTurn("reload", ({ jump }) => {
      events.close();
      reload(jump);
    });
    events.addEventListener("error", () => {
      panel.dataset.state = "lost";
      summary.textContent = "[[watch.lost]]";
    });
    addEventListener("pagehide", () => events.close());
  }

  addEventListener("DOMContentLoaded", () => {
    document.body.append(panel);
    if ("scrollRestoration" in history && sessionStorage.getItem(ANCHOR)) history.scrollRestoration = "manual";
    settle().finally(follow);
  });
})();
