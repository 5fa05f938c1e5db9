from flask import Flask, abort, jsonify, redirect, render_template_string, request, session, url_for

app = Flask(__name__)
app.secret_key = "not very secret"
todos = {1: "water the plants"}


@app.get("/")
def index():
    session["visits"] = session.get("visits", 0) + 1
    return render_template_string("<ul>{% for t in todos %}<li>{{ t }}</li>{% endfor %}</ul> visit {{ session.visits }}", todos=todos.values())


@app.post("/todos")
def add():
    text = (request.get_json(silent=True) or {}).get("text") or abort(400, "text needed")
    todos[max(todos) + 1] = text
    return jsonify(id=max(todos), text=text), 201


@app.route("/todos/<int:number>", methods=["DELETE"])
def remove(number):
    todos.pop(number, None) or abort(404)
    return redirect(url_for("index"))


@app.errorhandler(404)
def missing(error):
    return {"error": error.name}, 404


client = app.test_client()
print(client.get("/").text)
for call in (lambda: client.post("/todos", json={"text": "feed <cat>"}), lambda: client.post("/todos", data="?"),
             lambda: client.delete("/todos/1"), lambda: client.delete("/todos/77"), lambda: client.put("/")):
    reply = call()
    print(reply.status, reply.headers.get("Location"), reply.get_json(silent=True))
print(client.get("/").text)
print(sorted(rule.rule for rule in app.url_map.iter_rules()))
