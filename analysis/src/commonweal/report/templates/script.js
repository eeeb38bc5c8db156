"use strict";
// Tells which tables are wider than the page. Without this script the style sheet tells it on narrow pages.
(function () {
    const boxes = Array.from(document.querySelectorAll(".scroll.wide"));
    function tell() {
        for (const box of boxes) box.previousElementSibling.hidden = box.scrollWidth <= box.clientWidth + 1;
    }
    document.documentElement.classList.add("told");
    window.addEventListener("resize", tell);
    document.addEventListener("shown", tell);
    tell();
})();
// Shows one world or all of them. Without this script everything is visible.
(function () {
    const filter = document.getElementById("filter");
    if (!filter) return;
    const buttons = Array.from(filter.querySelectorAll("button"));
    const parts = Array.from(document.querySelectorAll("[data-world]"));
    const shown = document.getElementById("shown");
    function show(world) {
        for (const part of parts) part.classList.toggle("away", world !== "" && part.dataset.world !== world);
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === world));
        document.dispatchEvent(new Event("shown"));
        shown.textContent = world === "" ? "All worlds are shown" : "Only " + world + " is shown";
    }
    for (const button of buttons) button.addEventListener("click", () => show(button.dataset.show));
    filter.hidden = false;
})();
