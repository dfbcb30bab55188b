"""Drives headless Chromium by the DevTools protocol, with the standard library only."""
import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """There is no Chromium here, or it does not start."""


class Socket:
    """A WebSocket to one address, as far as DevTools needs it: texts both ways."""

    def __init__(self, port, path):
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.wire.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                           f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                           "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            part = self.wire.recv(65536)
            if not part:
                raise NoBrowser("Chromium closed the connection")
            self.rest += part
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise NoBrowser(f"no WebSocket: {head[:80]!r}")

    def send(self, text):
        data = text.encode()
        mask = os.urandom(4)
        if len(data) < 126:
            head = struct.pack("!BB", 0x81, 0x80 | len(data))
        elif len(data) < 65536:
            head = struct.pack("!BBH", 0x81, 0x80 | 126, len(data))
        else:
            head = struct.pack("!BBQ", 0x81, 0x80 | 127, len(data))
        repeated = (mask * (len(data) // 4 + 1))[:len(data)]
        masked = (int.from_bytes(data, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(data), "big")
        self.wire.sendall(head + mask + masked)

    def exactly(self, count):
        parts = [self.rest]
        have = len(self.rest)
        while have < count:
            part = self.wire.recv(1 << 20)
            if not part:
                raise NoBrowser("Chromium closed the connection")
            parts.append(part)
            have += len(part)
        whole = b"".join(parts)
        self.rest = whole[count:]
        return whole[:count]

    def receive(self):
        """The next text."""
        text = b""
        while True:
            first, second = self.exactly(2)
            length = second & 0x7F
            if length == 126:
                length, = struct.unpack("!H", self.exactly(2))
            elif length == 127:
                length, = struct.unpack("!Q", self.exactly(8))
            data = self.exactly(length)
            if first & 0x0F in (0, 1):
                text += data
                if first & 0x80:
                    return text.decode()


class Browser:
    """One Chromium with a profile of its own."""

    def __init__(self):
        program = next((shutil.which(name) for name in BROWSERS if shutil.which(name)), None)
        if program is None:
            raise NoBrowser("there is no Chromium here: install the package chromium")
        self.folder = tempfile.mkdtemp(prefix="browser-check-")
        self.process = None
        try:
            self.process = subprocess.Popen(
                [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                 "--remote-debugging-port=0", f"--user-data-dir={self.folder}", "about:blank"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.socket = Socket(*self.place())
        except BaseException:
            self.close()
            raise
        self.number = 0
        self.events = []

    def place(self):
        """The port and the path that it listens at, once it has written them down."""
        file = os.path.join(self.folder, "DevToolsActivePort")
        for _ in range(300):
            if os.path.exists(file):
                with open(file, encoding="ascii") as written:
                    lines = written.read().split("\n")
                if len(lines) > 1:
                    return int(lines[0]), lines[1]
            if self.process.poll() is not None:
                raise NoBrowser(f"Chromium ended with {self.process.returncode}")
            time.sleep(0.1)
        raise NoBrowser("Chromium does not answer")

    def close(self):
        """Ends what was started, and takes its profile away."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, session=None, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.receive())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, session, method, seconds=30):
        """Waits for an event of a page, and takes it away; all others are kept."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for index, event in enumerate(self.events):
                if event.get("sessionId") == session and event.get("method") == method:
                    return self.events.pop(index)
            self.events.append(json.loads(self.socket.receive()))
        raise RuntimeError(f"no {method} within {seconds} s")


class Tab:
    """A tab in a context of its own, which shares no cookie with any other."""

    def __init__(self, browser):
        self.browser = browser
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.size(1280)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def size(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=False)

    def loading(self, act):
        """Does something that leads to another page, and waits until that is there."""
        self.browser.events = [e for e in self.browser.events
                               if e.get("sessionId") != self.session or e.get("method") != "Page.loadEventFired"]
        act()
        self.browser.wait(self.session, "Page.loadEventFired")

    def go(self, address):
        self.loading(lambda: self.call("Page.navigate", url=address))

    def run(self, script):
        """What a script comes to in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def key(self, name, code, text=None):
        down = {"type": "keyDown", "key": name, "code": name, "windowsVirtualKeyCode": code}
        if text:
            down["text"] = text
        self.call("Input.dispatchKeyEvent", **down)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, code=name, windowsVirtualKeyCode=code)

    def picture(self, width):
        """The whole page as a PNG, as wide as that."""
        self.size(width)
        height = int(self.run("document.documentElement.scrollHeight"))
        self.size(width, max(600, min(height, 15000)))
        data = self.call("Page.captureScreenshot", format="png")["data"]
        self.size(1280)
        return base64.b64decode(data)

    def complaints(self, origin):
        """What the browser complained of since it was asked last, and what it fetched from elsewhere."""
        found = []
        kept = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                kept.append(event)
                continue
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                entry = parameters["entry"]
                # That a page answers 4xx is asked for where it is; what every page links is always there.
                if "status of 4" not in entry["text"] or "/assets/" in entry.get("url", ""):
                    found.append(f"complaint: {entry['text']}")
            elif method == "Runtime.exceptionThrown":
                found.append(f"script: {parameters['exceptionDetails']['text']}")
            elif method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith((origin + "/", "about:", "data:")):
                    found.append(f"fetched from elsewhere: {url[:80]}")
        self.browser.events = kept
        return found
