"""The story that is told with the pages, and every page as each role sees it."""
import os
import re

from look import keyboard, look, quoted

# The places that each role may open; a name stands for what the story has found out.
PLACES = {
    "supA": ["/", "/?list=others", "/?list=all", "{correction}", "{correction}?order=newest", "/check", "/discrepancies", "/reports/2026-03",
             "/reports/2026-03?with=2026-02", "/reports/2026-03/print", "/audit"],
    "supB": ["/", "/?list=all", "{correction}", "{device}", "/discrepancies", "/audit"],
    "serviceCentre": ["/", "/?list=unowned", "/?list=all", "{correction}", "/check", "{device}",
                      "/discrepancies", "{discrepancy}", "/reports/2026-03", "/audit"],
    "dsp": ["/", "/?list=all", "{correction}", "/audit"],
    "secas": ["/", "/?list=all", "{correction}", "/discrepancies", "/reports/2026-03", "/audit"],
    "auditor": ["/", "/?list=all", "{correction}", "{device}", "/discrepancies", "{discrepancy}",
                "/reports/2026-03", "/audit"],
}


class Story:
    def __init__(self, place, new_tab, axe, pictures):
        self.origin = place["address"]
        self.place = place
        self.new_tab = new_tab
        self.axe = axe
        self.pictures = pictures
        self.faults = []
        self.pages = 0
        self.tabs = {}
        self.names = {"{device}": "/devices/" + place["device"]}
        if pictures:
            os.makedirs(pictures, exist_ok=True)

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")

    def expect(self, where, true, what):
        if not true:
            self.fault(where, what)

    def tab(self, who):
        """The tab of somebody who is signed in, by a link that carries the token after #."""
        if who in self.tabs:
            return self.tabs[who]
        tab = self.tabs[who] = self.new_tab()
        tab.go(f"{self.origin}/sign-in#{self.place['tokens'][who]}")
        self.expect(who, tab.run("location.hash") == "", "the token stays in the address")
        self.press(tab, "Sign in")
        self.expect(who, tab.run("location.pathname") == "/", f"not signed in: {self.text(tab)[:200]}")
        return tab

    @staticmethod
    def text(tab):
        return tab.run("document.querySelector('main').innerText")

    def press(self, tab, button, within="document"):
        """Presses the button that says so, and waits for the next page."""
        script = (f"(() => {{ const b = [...{within}.querySelectorAll('button')]"
                  f".find(b => b.textContent.trim() == {quoted(button)}); if (!b) return false;"
                  "const d = b.closest('details'); if (d) d.open = true; b.click(); return true; })()")
        pressed = []
        found = tab.run(f"[...{within}.querySelectorAll('button')].some(b => b.textContent.trim() == {quoted(button)})")
        if not found:
            raise RuntimeError(f"no button {button} at {tab.run('location.href')}: {self.text(tab)[:400]}")
        tab.loading(lambda: pressed.append(tab.run(script)))

    def fill(self, tab, field, value):
        if not tab.run(f"(() => {{ const f = document.getElementById({quoted(field)}); if (!f) return false;"
                       f"const d = f.closest('details'); if (d) d.open = true;"
                       f"f.value = {quoted(value)}; return true; }})()"):
            raise RuntimeError(f"no field {field} at {tab.run('location.href')}")

    def look(self, who, name):
        """Looks at the page that is there."""
        tab = self.tabs[who] if who in self.tabs else who
        label = who if isinstance(who, str) else "nobody"
        where = f"{label} {tab.run('location.pathname + location.search')}"
        for one in look(tab, self.axe) + tab.complaints(self.origin):
            self.fault(where, one)
        self.pages += 1
        if self.pictures:
            for width in (360, 1280):
                with open(os.path.join(self.pictures, f"{self.pages:02}-{label}-{name}-{width}.png"), "wb") as file:
                    file.write(tab.picture(width))

    def tell(self):
        self.sign_in()
        self.check_and_open()
        self.agree_and_fix()
        self.go_wrong()
        self.every_page()
        self.sign_out()

    def sign_in(self):
        tab = self.new_tab()
        tab.go(f"{self.origin}/corrections/COR-000001")
        self.expect("nobody", tab.run("location.pathname") == "/sign-in", "not led to sign in")
        self.expect("nobody", "next=%2Fcorrections" in tab.run("location.search"), "where to go is lost")
        for one in keyboard(tab):
            self.fault("nobody /sign-in", one)
        tab.go(f"{self.origin}/sign-in")
        self.look(tab, "sign-in")
        self.fill(tab, "token", "smil_wrong")
        self.press(tab, "Sign in")
        self.expect("nobody", tab.run("document.title").startswith("Error: "), "no error in the title")
        self.expect("nobody", tab.run("document.activeElement.className") == "summary", "the summary has no focus")
        self.expect("nobody", tab.run("document.getElementById('token').value") == "", "the token is kept in the page")
        self.look(tab, "sign-in-wrong")

    def check_and_open(self):
        tab = self.tab("supA")
        self.look("supA", "queue-empty")
        tab.go(self.origin + "/check")
        self.press(tab, "Check: nothing is recorded")
        self.expect("supA", tab.run("document.title").startswith("Error: "), "an empty check is no error")
        self.look("supA", "check-wrong")
        self.fill(tab, "xml", "<no/>")
        self.press(tab, "Check: nothing is recorded")
        self.expect("supA", "<no/>" in tab.run("document.getElementById('xml').value"), "what was typed is lost")
        self.fill(tab, "xml", self.place["request"])
        self.press(tab, "Check: nothing is recorded")
        self.expect("supA", "Would be refused with" in tab.run("document.querySelector('h1').innerText"),
                    f"not refused: {self.text(tab)[:200]}")
        self.look("supA", "check")
        self.press(tab, "Open the correction with this request")
        path = tab.run("location.pathname")
        self.names["{correction}"] = path
        self.expect("supA", re.fullmatch(r"/corrections/COR-\d+", path), f"no correction at {path}: {self.text(tab)[:300]}")
        self.expect("supA", "Recorded at position" in self.text(tab), "no notice of what was recorded")
        self.look("supA", "correction-opened")
        # It is SUPA's to see while it holds SUPA's meter point.
        for query, name in (("", "device"), ("?on=2026-03-02&known=20", "device-then"), ("?known=1", "device-wrong")):
            tab.go(self.origin + self.names["{device}"] + query)
            self.look("supA", name)
        self.expect("supA", tab.run("document.title").startswith("Error: "), "a device before it was known")
        tab.go(self.origin + "/check")
        self.fill(tab, "xml", self.place["request"].replace(":9001</", ":9002</"))
        self.press(tab, "Check: nothing is recorded")
        self.expect("supA", "Already open" in self.text(tab), "what is open is not named")

    def agree_and_fix(self):
        """From consent to confirmation; SUPB does its part without scripts."""
        path = self.names["{correction}"]
        tab = self.tab("supB")
        self.expect("supB", path.split("/")[-1] in self.text(tab), "not in the queue of whose turn it is")
        self.look("supB", "queue")
        tab.go(self.origin + path)
        self.expect("supB", "Your turn" in tab.run("document.querySelector('h1').innerText"), "not told that it is theirs")
        self.look("supB", "correction-asked")
        stale = tab.run("document.querySelector('[name=position]').value")
        self.fill(tab, "refuse-reason", "")
        self.press(tab, "Refuse")
        self.expect("supB", tab.run("document.title").startswith("Error: "), "a refusal without a reason")
        self.look("supB", "correction-wrong")
        tab.call("Emulation.setScriptExecutionDisabled", value=True)
        tab.go(self.origin + path)
        self.press(tab, "Agree")
        tab.call("Emulation.setScriptExecutionDisabled", value=False)
        self.expect("supB", "Recorded at position" in self.text(tab), "no notice of the consent")
        self.expect("supB", "Agree" not in tab.run("[...document.querySelectorAll('button')].map(b => b.textContent)"),
                    "it can agree again")
        steps = [("serviceCentre", "Assign", {"assign-owner": "DCC-017"}), ("serviceCentre", "Propose", {}),
                 ("approver", "Approve", {}), ("dsp", "The change is made", {}), ("serviceCentre", "Look", {}),
                 ("supA", "Confirm", {})]
        for who, button, fields in steps:
            tab = self.tab(who)
            tab.go(self.origin + path)
            if button in ("Assign", "Approve", "The change is made"):
                self.look(who, "correction-" + button.split(" ")[0].lower())
            if who == "supA":
                self.stale_form(tab, path)
            for field, value in fields.items():
                self.fill(tab, field, value)
            self.press(tab, button)
            self.expect(who, "Recorded at position" in self.text(tab), f"{button}: {self.text(tab)[:300]}")
        self.expect("supA", "Ended" in tab.run("document.querySelector('h1').innerText"), "not ended when confirmed")
        self.look("supA", "correction-confirmed")
        self.expect("supB", int(stale) > 0, "no position in the form")

    def stale_form(self, tab, path):
        """A form of a page that has moved on gets the calm page, and records nothing."""
        tab.run("document.querySelector('form[action$=\"/note\"] [name=position]').value = '26', 0")
        self.fill(tab, "note-text", "typed before it moved on")
        self.press(tab, "Add", "document.querySelector('form[action$=\"/note\"]')")
        self.expect("supA", "It moved on while you read" in self.text(tab), "a stale form is not told calmly")
        self.expect("supA", "typed before it moved on" in self.text(tab), "what was typed is lost")
        self.look("supA", "moved-on")
        tab.go(self.origin + path)

    def go_wrong(self):
        tab = self.tab("supA")
        for address, words in (("/corrections/COR-999999", "no such page"), ("/nothing/here", "no such page"),
                               ("/find?q=COR-999999", "Nothing found"), ("/?list=no", "can’t be read"),
                               ("/devices/00-00-00-00-00-00-00-01", "no such page")):
            tab.go(self.origin + address)
            self.expect("supA " + address, words in self.text(tab), self.text(tab)[:200])
        self.look("supA", "not-found")
        tab.go(self.origin + self.names["{correction}"])
        tab.run("document.querySelector('form[action$=\"/note\"] [name=csrf]').value = 'x', 0")
        self.fill(tab, "note-text", "of another session")
        self.press(tab, "Add", "document.querySelector('form[action$=\"/note\"]')")
        self.expect("supA", "Not allowed" in self.text(tab), "a form of another session is taken")
        self.look("supA", "not-allowed")
        mark = '"><img src=x onerror=alert(1)>\u0301\u001b[31m'
        tab.go(self.origin + self.names["{correction}"])
        self.fill(tab, "note-text", mark)
        self.press(tab, "Add", "document.querySelector('form[action$=\"/note\"]')")
        self.expect("supA", not tab.run("!!document.querySelector('main img')"), "markup in a note is markup in the page")
        self.expect("supA", "onerror=alert(1)" in self.text(tab), "the note does not stand on the page")

    def every_page(self):
        for who in ("supA", "supB", "serviceCentre", "dsp", "auditor"):
            self.tab(who).go(self.origin + "/?list=all")
            self.expect(who, self.names["{correction}"].split("/")[-1] in self.text(self.tab(who)),
                        "what has ended is not in the list of all")
        self.tab("serviceCentre").go(self.origin + "/discrepancies")
        found = self.tab("serviceCentre").run("(document.querySelector('tbody a') || {}).pathname")
        if found:
            self.names["{discrepancy}"] = found
        for who, places in PLACES.items():
            tab = self.tab(who)
            for one in places:
                name = one
                for key, value in self.names.items():
                    one = one.replace(key, value)
                if "{" in one:
                    self.fault(who, f"{one} is not there to be opened")
                    continue
                tab.go(self.origin + one)
                self.expect(f"{who} {one}", tab.run("document.querySelector('h1') != null"), "no heading")
                self.expect(f"{who} {one}", "no such page" not in self.text(tab), "not found")
                self.look(who, re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "queue")

    def sign_out(self):
        tab = self.tab("auditor")
        self.press(tab, "Sign out")
        self.expect("auditor", "You are signed out" in self.text(tab), "not told of signing out")
        tab.go(self.origin + "/audit")
        self.expect("auditor", tab.run("location.pathname") == "/sign-in", "still signed in")
