"""From nothing to a filled order, with Python's standard library alone.

python3 examples/developer/src/quick_start.py [address of the venue], with a venue in demo mode.
"""

import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

VENUE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"


def send(method, path, query="", body=None, headers=None):
    """Sends a call and returns its data. A refusal raises, with the code that decides what to do."""
    url = f"{VENUE}{path}?{query}" if query else f"{VENUE}{path}"
    data = body.encode() if body is not None else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            envelope = json.load(reply)
    except urllib.error.HTTPError as error:
        envelope = json.load(error)
    if envelope["code"] != 0:
        raise RuntimeError(f"{envelope['code']} {envelope['message']} {envelope.get('details', '')}")
    return envelope["data"]


def signed(key, method, path, parameters=None, body=None):
    """Signs the query as it is sent, and the body as it is sent."""
    query = urllib.parse.urlencode({**(parameters or {}), "timestamp": int(time.time() * 1000)})
    text = json.dumps(body) if body is not None else None
    secret = key["apiSecret"].encode()
    signature = hmac.new(secret, (query + (text or "")).encode(), hashlib.sha256).hexdigest()
    return send(method, path, f"{query}&signature={signature}", text, {"X-API-KEY": key["apiKey"]})


login = send("POST", "/v1/public/user/login", body=json.dumps({"username": "alice", "password": "alice-demo"}))
authorization = {"Authorization": f"Bearer {login['accessToken']}"}
new_key = json.dumps({"label": "quick start", "permissions": 3})
key = send("POST", "/v1/private/user/api-key/create", body=new_key, headers=authorization)

order = {"symbol": "BTCUSDT", "type": "MARKET", "side": "BUY", "quantity": "0.001", "clientOrderId": f"py-{time.time_ns()}"}
placed = signed(key, "POST", "/v1/private/order/place", body=order)
print(f"order {placed['orderId']} is {placed['status']}")

fills = signed(key, "GET", "/v1/private/order/trades", {"symbol": "BTCUSDT", "orderId": placed["orderId"]})
for fill in fills["list"]:
    print(f"fill {fill['fillId']}: {fill['quantity']} at {fill['price']}, fee {fill['handlingFee']} USDT")
