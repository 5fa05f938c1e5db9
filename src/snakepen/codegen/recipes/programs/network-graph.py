"""A network of towns: its shortest routes, and a drawing of it."""

from itertools import pairwise

import matplotlib.pyplot as plt
import networkx as nx

START, END = "Avon", "Glen"
# Two towns and the kilometres between them. Put in your own!
ROADS = [
    ("Avon", "Beck", 7),
    ("Avon", "Cove", 3),
    ("Beck", "Cove", 2),
    ("Beck", "Dale", 5),
    ("Cove", "Eden", 9),
    ("Dale", "Eden", 2),
    ("Dale", "Fern", 4),
    ("Eden", "Glen", 6),
    ("Fern", "Glen", 3),
]

graph = nx.Graph()
graph.add_weighted_edges_from(ROADS, weight="km")
route = nx.shortest_path(graph, START, END, weight="km")
length = nx.path_weight(graph, route, weight="km")
print(f"{len(graph)} towns, {graph.number_of_edges()} roads")
print(f"From {START} to {END}: {' - '.join(route)}, {length} km")
for town, degree in sorted(graph.degree, key=lambda item: -item[1])[:3]:
    print(f"{town} has {degree} roads: to {', '.join(sorted(graph[town]))}")

places = nx.spring_layout(graph, seed=1, weight=None)
on_route = set(map(frozenset, pairwise(route)))
colors = ["tab:red" if frozenset(edge) in on_route else "gray" for edge in graph.edges]
nx.draw_networkx(
    graph, places, node_size=1300, node_color="lightblue", edge_color=colors, width=2
)
nx.draw_networkx_edge_labels(graph, places, nx.get_edge_attributes(graph, "km"))
plt.axis("off")
plt.title(f"Shortest route from {START} to {END}: {length} km")
plt.show()
