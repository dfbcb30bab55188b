"""Personal values and documents: what records name is disclosed and fits, or is said to be withheld."""

import base64

import hashes
import published
from findings import counted


def check(evidence, findings):
    """Nothing that is named is passed over, and nothing is there that no record names."""
    subjects = _disclosed_subjects(evidence.found["disclosed"]["subjects"], findings)
    documents = _disclosed_documents(evidence.found["disclosed"]["documents"], findings)
    withheld = [(one["kind"], one["name"]) for one in evidence.found["withheld"]]
    given = [*subjects, *documents, *withheld]
    named = _named(evidence)
    for kind, name in sorted(named - set(given)):
        findings.expect(False, f"{kind} {name}", "disclosed or withheld, since a record names it", "neither")
    for kind, name in sorted(set(given) - named):
        findings.expect(False, f"{kind} {name}", "only what a record names", "what none names")
    for kind, name in sorted({one for one in given if given.count(one) > 1}):
        findings.expect(False, f"{kind} {name}", "once, disclosed or withheld", "several times")
    _check_erased(evidence, findings)
    because = [one["because"] for one in evidence.found["withheld"]]
    findings.expect("redacted" not in because or not (subjects or documents), "disclosed",
                    "nothing, since the file is redacted", "values")
    findings.told("values", f"{counted(len(subjects), 'value')} and {counted(len(documents), 'document')} disclosed, "
                            f"as the records name them; withheld: {because.count('redacted')} redacted, "
                            f"{because.count('erased')} erased")


def _check_erased(evidence, findings):
    """What is said to be erased was: an event of the log says so, and none is here that says nothing of it."""
    erased = {(one["kind"], one["name"]) for one in evidence.found["withheld"] if one["because"] == "erased"}
    said = set()
    for entry in evidence.erasures:
        body, kind = entry.record["body"], entry.record["type"]
        names = [("subject", body.get("mpxn", body.get("token")))] if kind == "SubjectErased" else \
            [("document", one) for one in body.get("documents", [])] if kind == "DocumentsErased" else []
        findings.expect(any(name in erased for name in names), entry.where,
                        "an event that erased something withheld here", "another one")
        said.update(names)
    for kind, name in sorted(erased - said):
        findings.expect(False, f"{kind} {name}", "an event in erasures that erased it", "none")


def _disclosed_subjects(subjects, findings):
    for index, one in enumerate(subjects):
        fits = len(one["kind"].encode()) < 256 and len(one["value"].encode()) < 65536 and one["token"] == hashes.token(
            one["kind"], one["value"], base64.b64decode(one["random"]))
        findings.expect(fits, f"disclosed.subjects[{index}]", f"the value of the token {one['token']}", "another value")
    return [("subject", one["token"]) for one in subjects]


def _disclosed_documents(documents, findings):
    for index, one in enumerate(documents):
        fits = one["name"] == hashes.document_name(base64.b64decode(one["bytes"]), base64.b64decode(one["random"]))
        findings.expect(fits, f"disclosed.documents[{index}]", f"the document {one['name']}", "another document")
    return [("document", one["name"]) for one in documents]


def _named(evidence):
    """What the records of the timelines name by the published shapes."""
    return set().union(*(published.named(entry.record["body"], entry.shape)
                         for entry in [*evidence.beginning, evidence.seal, *evidence.listed] if entry.is_of_shape))
