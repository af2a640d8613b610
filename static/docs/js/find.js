/** The filter: shows only the cards that have every word, and their places in the contents. */

const split = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Sections without a card of their own are shown while nothing is looked for. */
function apply(main, nav, wanted, found) {
  const cards = [...main.querySelectorAll(".card")];
  let count = 0;
  for (const card of cards) {
    const text = `${card.dataset.words} ${card.id}`.toLowerCase();
    card.hidden = !wanted.every((word) => text.includes(word));
    if (!card.hidden) count++;
  }
  for (const section of main.children) {
    const own = section.querySelectorAll(".card");
    section.hidden = wanted.length > 0 && ![...own].some((card) => !card.hidden);
  }
  for (const link of nav.querySelectorAll("li > a")) {
    const target = document.getElementById(link.hash.slice(1));
    link.parentElement.hidden = wanted.length > 0 && (!target || Boolean(target.closest("[hidden]")) || !target.matches(".card"));
  }
  for (const group of nav.querySelectorAll("details")) {
    const any = [...group.querySelectorAll("li")].some((item) => !item.hidden);
    group.hidden = !any;
    group.dataset.before ??= group.open;
    group.open = wanted.length ? any : group.dataset.before === "true";
    if (!wanted.length) delete group.dataset.before;
  }
  main.classList.toggle("filtered", wanted.length > 0);
  found.value = wanted.length ? (count === 1 ? "1 part fits" : `${count} parts fit`) : "";
}

/** Wires the search field; "/" goes to it, Escape clears it. */
export function wireFind(main, nav) {
  const input = document.getElementById("find");
  const found = document.getElementById("found");
  let timer;
  const run = () => apply(main, nav, split(input.value), found);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 120);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    main.querySelector(".card:not([hidden]) a.anchor")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape" && typing && input.value) {
      input.value = "";
      run();
    }
  });
  // A link from a result to a part that the filter hides ends the filter.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("[hidden]")) return;
    input.value = "";
    run();
    target.scrollIntoView();
  });
}
