"use strict";
(() => {
  // Stands in for Anki's own script, which the image occlusion template calls.
  window.anki = { imageOcclusion: { setup } };

  function setup() {
    const card = document.currentScript.closest(".card");
    const container = card.querySelector("#image-occlusion-container");
    const image = container.querySelector("img");
    const draw = () => {
      container.style.aspectRatio = `${image.naturalWidth / image.naturalHeight}`;
      drawMasks(card, container.querySelector("canvas"));
    };
    if (image.complete && image.naturalWidth) requestAnimationFrame(draw);
    else image.addEventListener("load", draw);
    const toggle = card.querySelector("#toggle");
    if (toggle) toggle.addEventListener("click", () => container.querySelector("canvas").toggleAttribute("hidden"));
  }

  function drawMasks(card, canvas) {
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    const context = canvas.getContext("2d");
    const style = getComputedStyle(canvas);
    const looks = { cloze: "active", "cloze-inactive": "inactive", "cloze-highlight": "highlight" };
    for (const [name, look] of Object.entries(looks)) {
      const [width, colour] = style.getPropertyValue(`--${look}-shape-border`).trim().split(/ +/);
      context.fillStyle = style.getPropertyValue(`--${look}-shape-color`).trim();
      context.strokeStyle = colour;
      context.lineWidth = parseFloat(width) * scale;
      for (const mask of card.querySelectorAll(`.${name}[data-shape]`)) {
        const { left, top, width: w, height: h } = mask.dataset;
        const box = [left * canvas.width, top * canvas.height, w * canvas.width, h * canvas.height];
        context.fillRect(...box);
        context.strokeRect(...box);
      }
    }
  }

  const widths = () => {
    const chosen = document.getElementById("pv-width").value;
    return chosen === "both" ? ["phone", "desktop"] : [chosen];
  };

  let waiting = [];
  let typesetting = null;

  // Cards that come into view together are set together, and then forgotten: MathJax goes through
  // all formulas that it remembers each time.
  function typeset(element) {
    waiting.push(element);
    typesetting ??= MathJax.startup.promise.then(typesetWaiting);
    return typesetting;
  }

  async function typesetWaiting() {
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      try {
        await MathJax.typesetPromise(batch);
      } catch (problem) {
        console.error(problem);
      }
      MathJax.typesetClear(batch);
    }
    typesetting = null;
  }

  function show(article) {
    if (article.classList.contains("pv-shown")) return Promise.resolve();
    article.classList.add("pv-shown");
    const columns = document.createElement("div");
    columns.className = "pv-columns";
    article.append(columns);
    for (const width of widths()) {
      const column = document.createElement("div");
      column.className = `pv-column pv-${width}`;
      columns.append(column);
      for (const side of article.querySelectorAll(":scope > template")) {
        const card = document.createElement("div");
        card.className = "card pv-side";
        column.append(card);
        card.append(document.importNode(side.content, true));
      }
    }
    return typeset(columns);
  }

  function clear(article) {
    const columns = article.querySelector(".pv-columns");
    if (!columns) return;
    columns.remove();
    article.classList.remove("pv-shown");
  }

  window.addEventListener("DOMContentLoaded", () => {
    let articles = [...document.querySelectorAll(".pv-card")];
    const count = document.querySelector(".pv-count");
    let all = count.textContent;
    const width = document.getElementById("pv-width");
    const night = document.getElementById("pv-night");
    if (innerWidth < 1020) width.value = "phone";

    const observer = new IntersectionObserver(
      (entries) => entries.filter((e) => e.isIntersecting).forEach((e) => show(e.target)),
      { rootMargin: "800px 0px" },
    );
    const watch = () => articles.forEach((article) => {
      observer.unobserve(article);
      observer.observe(article);
    });

    // Takes in the cards that are on the page now; `text` is what is said of their number.
    const refresh = (text) => {
      const now = [...document.querySelectorAll(".pv-card")];
      const kept = new Set(now);
      for (const article of articles) if (!kept.has(article)) observer.unobserve(article);
      articles = now;
      all = text;
      words.clear();
      search();
      watch();
    };

    // The promises end when all math is set.
    window.preview = { show, refresh, showAll: () => Promise.all(articles.map(show)) };

    const setNight = (on) => {
      document.body.classList.toggle("nightMode", on);
      night.setAttribute("aria-pressed", String(on));
      night.textContent = on ? "[[preview.day]]" : "[[preview.night]]";
    };
    night.addEventListener("click", () => setNight(!document.body.classList.contains("nightMode")));
    if (matchMedia("(prefers-color-scheme: dark)").matches) setNight(true);

    width.addEventListener("change", () => {
      articles.forEach(clear);
      watch();
    });

    document.getElementById("pv-jump").addEventListener("change", (event) => {
      document.getElementById(event.target.value)?.scrollIntoView();
    });

    const words = new Map();
    const wordsOf = (article) => {
      if (!words.has(article)) {
        const parts = [article.querySelector("header"), ...[...article.querySelectorAll(":scope > template")].map((t) => t.content)];
        words.set(article, parts.map((part) => part.textContent).join(" ").toLowerCase());
      }
      return words.get(article);
    };
    const sought = document.getElementById("pv-search");
    const search = () => {
      const wanted = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const article of articles) {
        article.hidden = !wanted.every((word) => wordsOf(article).includes(word));
        if (!article.hidden) shown += 1;
      }
      for (const lesson of document.querySelectorAll(".pv-lesson")) {
        lesson.hidden = !lesson.querySelector(".pv-card:not([hidden])");
      }
      count.textContent = wanted.length ? `[[preview.found shown=${shown} all=${articles.length}]]` : all;
    };
    sought.addEventListener("input", search);

    watch();
  });
})();
