import json
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer


class Api(BaseHTTPRequestHandler):
    def reply(self, code, payload):
        body = json.dumps(payload).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        numbers = urllib.parse.parse_qs(url.query).get("n", [])
        self.reply(200, {"path": url.path, "sum": sum(map(int, numbers))})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(201, {"echo": body.decode()})

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

for request in (f"{base}/add?n=4&n=38", urllib.request.Request(f"{base}/new", b"x=1"), f"{base}/none"):
    with opener.open(request, timeout=5) as answer:
        print(answer.status, answer.reason, json.load(answer))
server.shutdown()
server.server_close()
