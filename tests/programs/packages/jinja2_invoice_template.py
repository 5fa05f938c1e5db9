# snakepen: {"files": {"templates/base.txt": "=== {% block title %}Untitled{% endblock %} ===\n{% block body %}{% endblock %}\n-- {{ company }}\n", "templates/invoice.txt": "{% extends 'base.txt' %}\n{% from 'macros.txt' import money %}\n{% block title %}Invoice {{ number }}{% endblock %}\n{% block body %}\n{% for name, qty, price in lines -%}\n{{ loop.index }}. {{ name|title }} x{{ qty }}: {{ money(qty * price) }}{{ ' *' if loop.last }}\n{% else -%}\nnothing ordered\n{% endfor -%}\n{% endblock %}\n", "templates/macros.txt": "{% macro money(n) -%}£{{ '%.2f'|format(n) }}{%- endmacro %}\n"}}
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError

env = Environment(loader=FileSystemLoader("templates"), undefined=StrictUndefined, trim_blocks=True)
invoice = env.get_template("invoice.txt")
print(invoice.render(number=17, company="Acme & Sons", lines=[("brass lamp", 2, 14.5), ("rug", 1, 80)]))
print(invoice.render(number=18, company="Acme", lines=[]))

env.filters["shout"] = lambda text, n=1: text.upper() + "!" * n
env.tests["tiny"] = lambda n: n < 10
print(env.from_string("{{ 'hey'|shout(3) }} {{ 5 is tiny }} {{ [3, 1, 2]|sort|join('<') }}").render())
print(Environment(autoescape=True).from_string("<p>{{ text }}|{{ text|safe }}</p>").render(text="<b>&</b>"))
groups = "{% for key, items in people|groupby('team') %}{{ key }}={{ items|map(attribute='name')|join('+') }};{% endfor %}"
print(env.from_string(groups).render(people=[{"team": "b", "name": "Al"}, {"team": "a", "name": "Bo"}, {"team": "b", "name": "Cy"}]))

for source in ("{{ missing.name }}", "{% for x in %}", "{{ 1 / zero }}"):
    try:
        print(env.from_string(source).render(zero=0))
    except (UndefinedError, TemplateSyntaxError, ZeroDivisionError) as err:
        print(type(err).__name__, "-", err)
print(Environment(loader=DictLoader({"a": "{% set n = namespace(t=0) %}{% for i in range(5) %}{% set n.t = n.t + i %}{% endfor %}{{ n.t }}"})).get_template("a").render())
