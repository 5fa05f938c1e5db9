"""A small website with Flask, which visits its own pages to show that they work."""

import logging
from threading import Thread

import requests
from flask import Flask, jsonify, request
from markupsafe import escape
from werkzeug.serving import make_server

app = Flask(__name__)


@app.get("/")
def home():
    return '<h1>Hello, world!</h1> <p><a href="/hello/Ada">Hello, Ada</a></p>'


@app.get("/hello/<name>")
def hello(name):
    # What comes from outside is escaped, or it could bring HTML of its own.
    return f"<h1>Hello, {escape(name)}!</h1>"


@app.post("/api/sum")
def add_up():
    numbers = request.get_json()
    return jsonify(sum=sum(numbers), count=len(numbers))


def main():
    # On a machine of your own, app.run(port=5000) is all that is needed here.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever).start()
    address = f"http://127.0.0.1:{server.port}"
    try:
        for path in ("/", "/hello/Ada", "/hello/<b>", "/nowhere"):
            answer = requests.get(address + path, timeout=5)
            print(f"GET {path}: {answer.status_code} {answer.text.splitlines()[0]}")
        answer = requests.post(address + "/api/sum", json=[1, 2, 3], timeout=5)
        print(f"POST /api/sum: {answer.status_code} {answer.json()}")
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()
