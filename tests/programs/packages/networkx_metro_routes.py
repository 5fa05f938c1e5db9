import networkx as nx

metro = nx.Graph(name="metro")
metro.add_weighted_edges_from([
    ("Airport", "Docks", 9), ("Docks", "Centre", 4), ("Centre", "Park", 3), ("Park", "Zoo", 2),
    ("Centre", "Museum", 5), ("Museum", "Zoo", 6), ("Zoo", "Hills", 8), ("Airport", "Museum", 12),
])
print(metro)
print("by time:", nx.shortest_path(metro, "Airport", "Hills", weight="weight"))
print("minutes:", nx.shortest_path_length(metro, "Airport", "Hills", weight="weight"))
print("fewest stops:", nx.shortest_path_length(metro, "Airport", "Hills"))
print("degrees:", dict(sorted(metro.degree)))
print("cheapest network:", sorted(nx.minimum_spanning_tree(metro).edges(data="weight")))
print("cut stations:", sorted(nx.articulation_points(metro)))
busiest = nx.betweenness_centrality(metro)
print("centrality:", {s: round(busiest[s], 3) for s in sorted(busiest)})

flow = nx.DiGraph()
flow.add_edge("spring", "a", capacity=7)
flow.add_edge("spring", "b", capacity=4)
flow.add_edge("a", "sea", capacity=5)
flow.add_edge("b", "sea", capacity=6)
print("max flow:", nx.maximum_flow_value(flow, "spring", "sea"), list(nx.lexicographical_topological_sort(flow)))
try:
    nx.shortest_path(flow, "sea", "spring")
except nx.NetworkXNoPath as err:
    print("no path:", err)
