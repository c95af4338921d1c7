"""Makes sign-vectors.json: bodies of the Agent API with their payloads and signatures.

Written from the rules of the contract with Python's hmac, hashlib and json alone, so that it can disagree with the
signers it is held against. Run it in this folder: `python3 make_vectors.py`; the same script makes the same file.

A vector has
- title: what it is about;
- body: the JSON text as it is sent, white space and escapes included;
- payload, sign: what is signed, and the signature in lowercase hex;
- rewritten: true when JSON writers other than the sender's would write a value of the body in another way (1.50, 1e3,
  escaped letters in a list), so that only a verifier who keeps the text can agree;
- same: further bodies with the same payload (white space, order of the fields, empty fields added);
- other: bodies that look alike and have another payload, so that the signature must not hold.
"""

import hashlib
import hmac
import json
import re

SECRET = "6b1f0e2d93c84a57b6d1e5f7089a3c4be2d7f61508394ab5c6d7e8f901a2b3c4"
AGENT_CODE = "DEMO"
TIMESTAMP = 1772352000

DECODER = json.JSONDecoder()
SPACE = re.compile(r"[ \t\r\n]*")


def members(text):
    """The top-level fields of an object: name, value, and the text of the value as it stands."""
    at = SPACE.match(text, text.index("{") + 1).end()
    while text[at] != "}":
        name, at = DECODER.raw_decode(text, at)
        at = SPACE.match(text, at).end()
        assert text[at] == ":"
        start = SPACE.match(text, at + 1).end()
        value, at = DECODER.raw_decode(text, start)
        yield name, value, text[start:at]
        at = SPACE.match(text, at).end()
        if text[at] == ",":
            at = SPACE.match(text, at + 1).end()


def without_white_space(raw):
    return re.sub(r'("(?:[^"\\]|\\.)*")|[ \t\r\n]+', lambda found: found.group(1) or "", raw)


def payload_of(text):
    signed = {}
    for name, value, raw in members(text):
        if name == "sign" or value is None or value == "":
            continue
        signed[name] = value if isinstance(value, str) else without_white_space(raw)
    return "&".join(f"{name}={signed[name]}" for name in sorted(signed))


def sign(payload):
    return hmac.new(SECRET.encode("utf-8"), payload.encode("utf-8"), hashlib.sha256).hexdigest()


def vector(number, title, extra, same=(), other=(), rewritten=False):
    """`extra`, and those of `same` and `other`, are the fields beside the signing fields, as JSON text without braces."""

    def body(fields):
        signing = f'"agentCode":"{AGENT_CODE}","timestamp":{TIMESTAMP},"nonce":"vector-{number:02}"'
        return "{" + signing + ("," if fields.strip() else "") + fields + "}"

    text = body(extra)
    payload = payload_of(text)
    sames = [body(fields) for fields in same]
    others = [body(fields) for fields in other]
    assert all(payload_of(each) == payload for each in sames), title
    assert all(payload_of(each) != payload for each in others), title
    return {
        "title": title,
        "body": text,
        "payload": payload,
        "sign": sign(payload),
        "rewritten": rewritten,
        "same": sames,
        "other": others,
    }


CASES = [
    dict(title="the signing fields alone", extra="", same=['"currency":""', '"currency":null'], other=['"a":0']),
    dict(
        title="texts",
        extra='"agentOrderNo":"T-1","agentUserId":"u-1","direction":"IN","amount":"10.00"',
        same=['"amount":"10.00","direction":"IN","agentUserId":"u-1","agentOrderNo":"T-1"'],
        other=['"agentOrderNo":"T-1","agentUserId":"u-1","direction":"IN","amount":"10"'],
    ),
    dict(title="names in ASCII order", extra='"b":"2","B":"1","a_":"4","aa":"5","a0":"3","_":"6","0":"7"'),
    dict(title="a name that begins another", extra='"order":"1","orderNo":"2","order1":"3","orde":"4"'),
    dict(
        title="an empty text counts as nothing",
        extra='"x":"1","empty":""',
        same=['"x":"1"', '"x":"1","none":null'],
        other=['"x":"1","empty":" "'],
    ),
    dict(title="null counts as nothing", extra='"none":null,"y":"2"', same=['"y":"2"'], other=['"none":"null","y":"2"']),
    dict(title="zero counts", extra='"zero":0', other=["", '"zero":null', '"zero":0.0']),
    dict(title="false counts", extra='"flag":false', other=["", '"flag":true', '"flag":0']),
    dict(title="true", extra='"flag":true', same=['"flag": true'], other=['"flag":1', '"flag":"True"']),
    dict(title="a text that looks like a boolean is signed alike", extra='"flag":"true"', same=['"flag":true']),
    dict(title="a text that looks like a number is signed alike", extra='"count":"15"', same=['"count":15']),
    dict(title="an empty list counts", extra='"list":[]', same=['"list":[ ]'], other=["", '"list":[[]]', '"list":[""]']),
    dict(title="an empty object counts", extra='"object":{}', same=['"object":{\n}'], other=["", '"object":[]']),
    dict(
        title="a list of texts",
        extra='"platformUserIds":["1188041528","1188041529"]',
        same=['"platformUserIds": [ "1188041528",\n\t"1188041529" ]'],
        other=['"platformUserIds":["1188041529","1188041528"]', '"platformUserIds":["1188041528"]'],
    ),
    dict(
        title="a list of everything",
        extra='"list":[1,"two",false,null,{"k":[]},""]',
        same=['"list":[1, "two", false, null, {"k": []}, ""]'],
        other=['"list":[1,"two",false,{"k":[]},""]'],
    ),
    dict(
        title="an object keeps the order of its members",
        extra='"ext":{"z":1,"a":{"deep":["x",{"y":true}]},"s":"a b","e":"","n":null}',
        same=['"ext" : { "z" : 1, "a" : { "deep" : [ "x", { "y" : true } ] }, "s" : "a b", "e" : "", "n" : null }'],
        other=['"ext":{"a":{"deep":["x",{"y":true}]},"z":1,"s":"a b","e":"","n":null}', '"ext":{"z":1}'],
    ),
    dict(title="white space inside texts of a list stays", extra='"list":["a b","c\\td"]', other=['"list":["ab","c\\td"]']),
    dict(title="whole numbers", extra='"one":1,"negative":-7,"large":9007199254740991', other=['"one":1,"negative":7']),
    dict(title="a fraction", extra='"rate":0.5', other=['"rate":0.50', '"rate":5e-1']),
    dict(
        title="a fraction with a zero at its end, as it is written",
        extra='"rate":1.50',
        other=['"rate":1.5', '"rate":1.500'],
        rewritten=True,
    ),
    dict(
        title="an exponent, as it is written",
        extra='"count":1e3',
        other=['"count":1000', '"count":1E3', '"count":1e+3'],
        rewritten=True,
    ),
    dict(title="a whole number with a fraction, as it is written", extra='"count":15.0', other=['"count":15'], rewritten=True),
    dict(title="an upper-case exponent with a sign", extra='"count":-2.5E+10', other=['"count":-25000000000'], rewritten=True),
    dict(
        title="a number beyond what a double holds, as it is written",
        extra='"orderId":9007199254740993',
        other=['"orderId":9007199254740992'],
        rewritten=True,
    ),
    dict(title="minus zero, as it is written", extra='"count":-0', other=['"count":0'], rewritten=True),
    dict(
        title="numbers inside a list and an object, as they are written",
        extra='"ext":{"b":[1.50,2e3,{"c":-0.10}]}',
        same=['"ext": { "b": [ 1.50, 2e3, { "c": -0.10 } ] }'],
        other=['"ext":{"b":[1.5,2e3,{"c":-0.10}]}', '"ext":{"b":[1.50,2000,{"c":-0.10}]}'],
        rewritten=True,
    ),
    dict(title="letters of many scripts", extra='"username":"Zoë 李雷 Ωμέγα Жук"', other=['"username":"Zoe 李雷 Ωμέγα Жук"']),
    dict(
        title="an escaped letter of a text is the letter",
        extra='"username":"Zo\\u00eb \\u674e"',
        same=['"username":"Zoë 李"', '"username":"Z\\u006fë 李"'],
    ),
    dict(
        title="characters beyond the first plane, escaped or not",
        extra='"username":"🚀 to 𝔐"',
        same=['"username":"\\ud83d\\ude80 to \\ud835\\udd10"'],
        other=['"username":"🛸 to 𝔐"'],
    ),
    dict(
        title="letters that look alike are two",
        extra='"username":"caf\\u00e9"',
        same=['"username":"café"'],
        other=['"username":"cafe\\u0301"'],
    ),
    dict(
        title="an escape inside a list stays as it was sent",
        extra='"list":["\\u0041\\/","Zoë"]',
        other=['"list":["A/","Zoë"]'],
        rewritten=True,
    ),
    dict(title="letters of many scripts inside an object", extra='"ext":{"名":"李","🚀":["é"]}', other=['"ext":{"名":"李"}']),
    dict(
        title="nothing is URL-encoded",
        extra='"returnUrl":"https://partner.example/a?b=c&d=%20#e","note":"1+1=2 & more; \\"q\\" \\\\ /"',
        other=['"returnUrl":"https://partner.example/a?b=c&d= #e","note":"1+1=2 & more; \\"q\\" \\\\ /"'],
    ),
    dict(title="controls inside a text", extra='"note":"line\\nnext\\ttab\\u0000nul\\u001f"', other=['"note":"line next"']),
    dict(title="braces, brackets and quotes inside texts", extra='"note":"{[\\"}],","ext":["]}",{"{":"["}]'),
    dict(title="a space at either end of a text stays", extra='"note":" spaced "', other=['"note":"spaced"']),
    dict(title="a sign that is sent is not signed", extra='"x":"1","sign":"ignored"', same=['"x":"1"']),
    dict(title="only the field sign is left out", extra='"Sign":"1","signature":"2","ext":{"sign":"3"}', other=['"Sign":"1"']),
    dict(title="names of other scripts stand behind ASCII", extra='"é":"2","z":"1","~":"0"'),
    dict(title="deep nesting", extra='"deep":' + "[" * 8 + '{"k":1}' + "]" * 8, other=['"deep":' + "[" * 7 + '{"k":1}' + "]" * 7]),
    dict(title="a long text", extra='"note":"' + "Ж0" * 2000 + '"', other=['"note":"' + "Ж0" * 1999 + '"']),
]

fixture = {
    "secret": SECRET,
    "agentCode": AGENT_CODE,
    "timestamp": TIMESTAMP,
    "vectors": [vector(number, **case) for number, case in enumerate(CASES, 1)],
}
with open("sign-vectors.json", "w", encoding="utf-8") as file:
    json.dump(fixture, file, ensure_ascii=False, indent=2)
    file.write("\n")
