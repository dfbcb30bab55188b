// Only makes things handier: every page works without it.
"use strict";
(() => {
  // A sign-in link carries its token after #, which never reaches a server or its log.
  const field = document.getElementById("token");
  if (field && location.hash.startsWith("#smil_")) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
    const button = field.form && field.form.querySelector("button");
    if (button) button.focus();
  }
  // A form that was sent once is not sent twice by a second press.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    else if (form.method === "post" && !form.dataset.again) form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
