"""Things in the service for requests to refer to, made once, or anew for a request that removes or changes them."""

import itertools
import json
import os
import re
import urllib.request

ORIGIN = os.environ["WIDGETD_ORIGIN"]
KEY = os.environ["WIDGETD_KEY"]

COMPONENTS = [
    "export default function Widget({ data }) { return <p>{data.title}</p>; }",
    "import { useState } from 'react';\nexport default () => { const [n, set] = useState(0); return <b onClick={() => set(n + 1)}>{n}</b>; };",
    "const Row = ({ text }) => <li>{text}</li>;\nexport default ({ data }) => <ul>{(data.rows ?? []).map((row) => <Row key={row} text={row} />)}</ul>;",
]

# Any object that a generator thinks of fits each of them: what is sent as data is for the generator to say.
SCHEMAS = [
    {"type": "object"},
    {"type": "object", "title": "Card", "examples": [{"title": "One"}], "default": {}},
    {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": True},
]

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
names = itertools.count()

DIGEST = re.compile("[0-9a-f]{64}")

# The key of each widget that is known.
keys = {}


def get(path):
    return post(path, None)


def post(path, body):
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{ORIGIN}/api/v1{path}", sent, headers)
    with opener.open(request, timeout=30) as response:
        return json.load(response)["data"]


def widget():
    number = next(names)
    body = {
        "key": f"real-widget-{number}",
        "name": f"Widget {number}",
        "schema": SCHEMAS[number % len(SCHEMAS)],
        "component": COMPONENTS[number % len(COMPONENTS)],
    }
    made = post("/widget", body)
    keys[made["id"]] = made["key"]
    return made


def binding(widget_id):
    peer = f"peer_{next(names)}"
    return {"peerId": peer, "peerWidgetId": post(f"/peer/{peer}/widgets", {"widgetId": widget_id})["id"]}


def message(widget_key):
    conversation = f"conv_{next(names)}"
    sent = post(f"/conversation/{conversation}/message", {"type": "widget", "widgetKey": widget_key, "data": {"title": "One"}})
    return {"conversationId": conversation, "messageId": sent["messageId"]}


def of(made):
    return {"widgetId": made["id"], "widgetKey": made["key"]}


def first():
    made = widget()
    sent = message(made["key"])
    module = get(f"/conversation/{sent['conversationId']}/message/{sent['messageId']}/render")["module"]
    return {
        **of(made),
        **binding(made["id"]),
        **sent,
        "version": 1,
        "digest": DIGEST.search(module)[0],
        "file": "swagger-ui.css",
        "asset": "frame.html",
    }


def source_map(digest):
    with opener.open(f"{ORIGIN}/assets/widget/{digest}.js", timeout=30) as response:
        return DIGEST.search(response.read().decode())[0]


lasting = first()


def of_its_own(operation):
    """What a request of this operation needs to itself, because it removes or changes it, or names another thing by the name."""
    if operation == "widgetSourceMap":
        return {**lasting, "digest": source_map(lasting["digest"])}
    if operation == "deleteWidget":
        return {**lasting, **of(widget())}
    if operation in ("updatePeerWidget", "removePeerWidget"):
        return {**lasting, **binding(lasting["widgetId"])}
    if operation == "addPeerWidget":
        return {**lasting, **of(widget())}
    return None
