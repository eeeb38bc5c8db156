"use strict";
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
        shown.textContent = world === "" ? "All worlds are shown" : "Only " + world + " is shown";
    }
    for (const button of buttons) button.addEventListener("click", () => show(button.dataset.show));
    filter.hidden = false;
})();
