"""What was checked, and what is not as it must be."""

MOST_LISTED = 20


class Unreadable(Exception):
    """Nothing can be said, since something can't be read; the text is a sentence."""


class Broken(Exception):
    """One thing is not as it must be, and what follows from it can't be looked at."""

    def __init__(self, where, expected, found):
        super().__init__(where, expected, found)
        self.where, self.expected, self.found = where, expected, found


class Findings:
    """The lines of the answer, one for each group of checks, and every problem."""

    def __init__(self):
        self.lines, self.problems = [], []
        self._told = 0

    def expect(self, holds, where, expected, found):
        """Keeps a problem unless something holds, and hands on whether it does."""
        if not holds:
            self.problems.append(Broken(where, expected, found))
        return holds

    def take(self, problem):
        """Keeps a problem that ended a check."""
        self.problems.append(problem)

    def told(self, group, text):
        """Ends a group of checks with what it found: a text, or how many problems it has."""
        n = len(self.problems) - self._told
        self._told = len(self.problems)
        self.lines.append((group, text if n == 0 else "1 problem" if n == 1 else f"{n} problems"))


def sentence(problem):
    """A problem in one line."""
    return f"{printable(problem.where)}: expected {printable(problem.expected)}; found {printable(problem.found)}"


def printable(text, most=160):
    """What a file says, so that it can't write anything else to a terminal than letters on this line."""
    text = "".join(c if c.isprintable() else "?" for c in str(text))
    return text if len(text) <= most else text[:most] + "…"


def counted(n, one, many=None):
    """`1 record`, `2 records`."""
    return f"{n} {one if n == 1 else many or one + 's'}"
