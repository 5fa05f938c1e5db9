import requests
from requests.auth import HTTPBasicAuth
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema

request = requests.Request(
    "post", "https://api.example.com/v1/items", params={"page": 2, "tag": ["new", "häy"]},
    data={"name": "blue vase", "qty": 3}, headers={"X-Trace": "abc"}, cookies={"sid": "42"},
    auth=HTTPBasicAuth("ann", "pa:ss"),
)
prepared = request.prepare()
print(prepared.method, prepared.url)
for name in sorted(prepared.headers):
    print(f"  {name}: {prepared.headers[name]}")
print(prepared.body, "|", prepared.path_url)

as_json = requests.Request("PUT", "http://example.com/ä b", json={"ok": True, "n": None}).prepare()
print(as_json.url, as_json.body, as_json.headers["content-type"])

for url in ("example.com/path", "http://", "ftp://example.com"):
    try:
        prepared = requests.Request("GET", url).prepare()
        requests.Session().get_adapter(prepared.url)
        print("fine", url)
    except (MissingSchema, InvalidURL, InvalidSchema) as err:
        print(type(err).__name__, "-", err)
print(requests.codes.teapot, requests.codes["not_found"], requests.utils.get_encoding_from_headers({"content-type": "text/html"}))
