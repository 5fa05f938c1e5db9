import networkx as nx
from networkx.algorithms import community

club = nx.karate_club_graph()
print(club.number_of_nodes(), "members,", club.number_of_edges(), "friendships")
print("most friends:", sorted(club.degree, key=lambda nd: (-nd[1], nd[0]))[:4])
print("triangles:", sum(nx.triangles(club).values()) // 3, "| diameter:", nx.diameter(club))
print("clustering:", round(nx.average_clustering(club), 4), "| density:", round(nx.density(club), 4))

groups = sorted(community.greedy_modularity_communities(club), key=min)
for number, members in enumerate(groups, 1):
    print(f"group {number}: {sorted(members)}")
print("modularity", round(community.modularity(club, groups), 3))

leader = {0: "Mr. Hi", 33: "Officer"}
loyal = sum(
    leader[min(leader, key=lambda boss: nx.shortest_path_length(club, boss, member))] == club.nodes[member]["club"]
    for member in club
)
print(f"{loyal} of {len(club)} joined the nearer leader")
rank = nx.pagerank(club)
print("top ranked:", sorted(sorted(rank), key=rank.get, reverse=True)[:3], "cores:", max(nx.core_number(nx.Graph(club.edges)).values()))
