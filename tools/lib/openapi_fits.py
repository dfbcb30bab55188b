"""Says whether answers fit the schemas that the OpenAPI document has for them.

Called with the document and a JSON file of cases: path, method, status, body. Prints what doesn't fit.
"""
import json
import sys

import jsonschema
import yaml

document = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
cases = json.load(open(sys.argv[2], encoding="utf-8"))


def resolved(node):
    """Follows a reference within the document."""
    while isinstance(node, dict) and "$ref" in node:
        place = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        node = place
    return node


def references(node):
    """Finds every reference, so that one that leads nowhere is an error."""
    if isinstance(node, dict):
        if "$ref" in node:
            resolved(node)
        for value in node.values():
            references(value)
    elif isinstance(node, list):
        for value in node:
            references(value)


references(document)
names = [o["operationId"] for p in document["paths"].values() for o in p.values()]
assert len(names) == len(set(names)), "an operationId stands twice"
for schema in document["components"]["schemas"].values():
    jsonschema.Draft202012Validator.check_schema(schema)
wrong = 0
for case in cases:
    responses = document["paths"][case["path"]][case["method"]]["responses"]
    if case["status"] not in responses:
        wrong += 1
        print(case["method"], case["path"], case["status"], "is not documented")
        continue
    response = resolved(responses[case["status"]])
    kind = "application/json" if int(case["status"]) < 400 else "application/problem+json"
    schema = {"components": document["components"], **response["content"][kind]["schema"]}
    validator = jsonschema.Draft202012Validator(schema)
    for error in validator.iter_errors(json.loads(case["body"])):
        wrong += 1
        print(case["method"], case["path"], case["status"], error.json_path, error.message[:200])
if wrong:
    sys.exit(1)
print("fits", len(cases))
