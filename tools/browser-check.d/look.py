"""What is looked at on each page."""
import json

WIDTHS = (320, 360, 640, 1280)

# What is cut off, wider than its window or beyond it, and words that go on in the next line.
LAYOUT = """(() => {
  const found = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) found.push("the page is wider than its window");
  for (const e of document.querySelectorAll("h1,h2,h3,p,dt,dd,th,td,caption,a,button,label,input,select,summary,li")) {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (!box.width || e.closest(".hidden,.skip") || style.visibility == "hidden") continue;
    const text = JSON.stringify((e.textContent || e.name || "").trim().slice(0, 40));
    if (e.scrollWidth > e.clientWidth + 1 && style.display != "inline" && !/^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName))
      found.push("cut off: " + text);
    if ((box.right > wide + 1 || box.left < -1) && !e.closest("thead")) found.push("beyond the page: " + text);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".hidden,.skip,script,style,svg,textarea,select,pre,thead")) continue;
    for (const word of node.data.matchAll(/(?<=^|\\s)[A-Za-z]{2,16}(?=[,.;:?]?(\\s|$))/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push("in two lines: " + word[0]);
    }
  }
  for (const picture of document.querySelectorAll("figure > svg")) {
    const frame = picture.getBoundingClientRect();
    const texts = [...picture.querySelectorAll("text")].filter(t => t.textContent && t.getBoundingClientRect().width)
      .map(t => [t.getBoundingClientRect(), JSON.stringify(t.textContent)]);
    texts.forEach(([box, text], index) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2
        || box.bottom > frame.bottom + 2) found.push("beyond its picture: " + text);
      for (const [other, beside] of texts.slice(index + 1))
        if (box.left < other.right + 1 && other.left < box.right + 1 && box.top < other.bottom - 3
          && other.top < box.bottom - 3) found.push("on each other: " + text + " and " + beside);
    });
  }
  return found;
})()"""

# What every page has, whatever else is on it.
FORM = """(() => {
  const found = [];
  if (document.querySelectorAll("h1").length != 1) found.push("not one h1");
  if (!document.documentElement.lang) found.push("no language");
  if (!document.title.endsWith("SMI correction ledger") && !document.title.startsWith("Resolution times"))
    found.push("title: " + document.title);
  for (const e of document.querySelectorAll("input:not([type=hidden]),select,textarea"))
    if (!e.labels || !e.labels.length) found.push("a field without a label: " + e.name);
  for (const e of document.querySelectorAll("form[method=post]"))
    if (!e.querySelector("[name=csrf]") && !e.action.endsWith("/sign-in")) found.push("a form without csrf: " + e.action);
  for (const e of document.querySelectorAll("svg[role=img]")) {
    if (!e.querySelector("title") || !(e.querySelector("desc") || e.closest("section")?.querySelector("table")))
      found.push("a picture without words");
    if (e.querySelector("a")) found.push("a link inside a picture");
    if (!(e.closest("section") || document).querySelector("table")) found.push("a picture without its table");
  }
  for (const e of document.querySelectorAll("[style],[onclick],[onload]")) found.push("inline style or script");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) != ids.lastIndexOf(id)) { found.push("id twice: " + id); break; }
  return found;
})()"""

AXE = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(r => (r.passes.length < 5 ? ["axe looked at next to nothing"] : []).concat(r.violations.map(v => v.id + " (" + v.impact + "): "
    + v.nodes.slice(0, 3).map(n => n.target.join(" ") + ": " + (n.failureSummary || "").split("\\n").slice(1, 2).join(" "))
      .join("; "))))"""


def look(tab, axe):
    """What is wrong with the page that is loaded."""
    found = [f"{one}" for one in tab.run(FORM)]
    for width in WIDTHS:
        tab.size(width)
        found += [f"{width} px: {one}" for one in tab.run(LAYOUT)]
    tab.size(1280)
    if axe:
        for scheme in ("light", "dark"):
            tab.call("Emulation.setEmulatedMedia",
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
            if not tab.run("typeof axe == 'object'"):
                tab.run(axe + "\n;0")
            found += [f"axe, {scheme}: {one}" for one in tab.run(AXE)]
        tab.size(360)
        found += [f"axe, 360 px: {one}" for one in tab.run(AXE)]
        tab.size(1280)
        tab.call("Emulation.setEmulatedMedia", features=[])
    return list(dict.fromkeys(found))


def keyboard(tab):
    """Whether the first key leads to the skip link, and that to the main part."""
    tab.run("document.activeElement.blur(), window.focus(), 0")
    tab.key("Tab", 9)
    if tab.run("document.activeElement.className") != "skip":
        return ["the first key does not lead to the skip link"]
    tab.key("Enter", 13, "\r")
    return [] if tab.run("location.hash") == "#main" else ["the skip link leads nowhere"]


def quoted(text):
    return json.dumps(text)
