"""Gives requests what no schema can say: components that compile, schemas that are safe, ids of things that are there."""

import itertools
import re

import schemathesis

import widgetd

requests = itertools.count()
bodies = itertools.count()

ID = re.compile(r"(widget|peer_widget|msg)_[0-7][0-9a-hjkmnp-tv-z]{25}")
NAME = re.compile(r"(?!\.{1,2}\Z)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,256}")
TAGS = re.compile(r'\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*')
EXAMPLE = "widget_01k80gzf80e7sbyvptpvak6z7q"
IDS = ("widgetId", "peerWidgetId", "messageId")


@schemathesis.hook
def before_call(context, case, kwargs):
    # In the stateful phase the document's links lead to real things; elsewhere every other request is led to some.
    number = next(requests)
    if number % 2 and phase(case) != "stateful":
        lead_to_real_things(case)
    if isinstance(case.body, dict):
        case.body = complete(case, case.body)
    headers = case.headers or {}
    if "If-Match" in headers and not is_negative(case) and not TAGS.fullmatch(str(headers["If-Match"])):
        # Schemathesis sometimes fills in a bare 0 and takes it to be right.
        case.headers = headers = {**headers, "If-Match": '"1-0"'}
    if headers.get("Idempotency-Key") and (number % 4 or is_negative(case)):
        # A key that was used before is refused for that: most requests are to be looked at further.
        case.headers = {**headers, "Idempotency-Key": f"{headers['Idempotency-Key'][:200]}{number}"}


@schemathesis.hook
def after_call(context, case, response):
    if operation(case) == "createWidget" and response.status_code == 201:
        created = response.json()["data"]
        widgetd.keys[created["id"]] = created["key"]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # The document's examples name a pre-built widget. Requests that change a widget, or show it with made-up data, get its id too.
    if response.status_code in (400, 403) and names_the_example(case):
        return response.json()["code"] not in ("prebuilt_read_only", "widget_data_validation_failed")
    # Whether a message for a peer may bring data is for the peer's binding to say, not for a schema of requests.
    if failure.title != "Schema-valid request rejected" or operation(case) != "sendMessage" or not case.body.get("peerId"):
        return True
    answer = response.json()
    named = [error["field"] for error in answer.get("details", {}).get("errors", [])]
    return not (answer["code"] == "invalid_request" and named == ["data"])


def names_the_example(case):
    return (case.path_parameters or {}).get("widgetId") == EXAMPLE


def is_negative(case):
    return case.meta is not None and case.meta.generation.mode.is_negative


def phase(case):
    return case.meta.phase.name.value if case.meta else None


def operation(case):
    return case.operation.definition.raw.get("operationId")


def lead_to_real_things(case):
    """What is right stays right; a value that was made wrong on purpose is left alone."""
    real = widgetd.of_its_own(operation(case)) or widgetd.lasting
    path = case.path_parameters or {}
    if all(is_right(name, value) for name, value in path.items()):
        case.path_parameters = {name: real.get(name, value) for name, value in path.items()}
    if isinstance(case.body, dict) and case.method == "POST":
        named = {name: real[name] for name in ("widgetId", "widgetKey", "peerId") if is_right(name, case.body.get(name))}
        case.body = {**case.body, **named}


def is_right(name, value):
    if name == "version":
        return isinstance(value, int)
    return isinstance(value, str) and bool((ID if name in IDS else NAME).fullmatch(value))


def complete(case, body):
    """Replaces what fits the document by what fits the service's further rules, too."""
    body, number = dict(body), next(bodies)
    if operation(case) != "validateWidget" or number % 2:
        if isinstance(body.get("component"), str) and 1 <= len(body["component"]) <= 262_144:
            body["component"] = widgetd.COMPONENTS[number % len(widgetd.COMPONENTS)]
        if isinstance(body.get("schema"), dict):
            body["schema"] = widgetd.SCHEMAS[number % len(widgetd.SCHEMAS)]
    if operation(case) == "updateWidget" and isinstance(body.get("key"), str):
        # A key that is named must be the widget's own.
        body["key"] = widgetd.keys.get((case.path_parameters or {}).get("widgetId"), body["key"])
    if operation(case) == "sendMessage" and "data" not in body:
        # It may be absent for a peer whose widget brings its own.
        body["data"] = {}
    return body
