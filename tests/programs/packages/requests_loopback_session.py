import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        seen = {"path": self.path, "cookie": self.headers.get("Cookie"), "body": self.rfile.read(length).decode()}
        payload = json.dumps(seen).encode()
        self.send_response({"/old": 302, "/gone": 404}.get(self.path, 200))
        if self.path == "/old":
            self.send_header("Location", "/new?from=old")
        self.send_header("Set-Cookie", "flavour=ginger")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_POST = do_GET
    log_message = lambda self, *args: None


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"

with requests.Session() as web:
    web.trust_env = False
    print(web.get(base + "/search", params={"q": "two words", "n": [1, 2]}).json())
    print(web.post(base + "/save", json={"a": 1}).json())
    moved = web.get(base + "/old")
    print([r.status_code for r in moved.history], moved.status_code, moved.json()["path"])
    try:
        web.get(base + "/gone").raise_for_status()
    except requests.HTTPError as err:
        print("HTTPError", err.response.status_code, err.response.reason)
server.shutdown()
