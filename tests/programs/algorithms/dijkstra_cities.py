import heapq

ROADS = """
Amsterdam Utrecht 45
Amsterdam Haarlem 20
Utrecht Arnhem 65
Utrecht Eindhoven 90
Haarlem Leiden 35
Leiden Utrecht 55
Arnhem Nijmegen 20
Eindhoven Nijmegen 70
Texel Texel 0
"""

graph = {}
for line in ROADS.strip().splitlines():
    a, b, km = line.split()
    graph.setdefault(a, {})[b] = int(km)
    graph.setdefault(b, {})[a] = int(km)


def dijkstra(start):
    distance, previous = {start: 0}, {}
    queue = [(0, start)]
    while queue:
        so_far, city = heapq.heappop(queue)
        if so_far > distance[city]:
            continue
        for other, km in graph[city].items():
            if so_far + km < distance.get(other, float("inf")):
                distance[other] = so_far + km
                previous[other] = city
                heapq.heappush(queue, (so_far + km, other))
    return distance, previous


distance, previous = dijkstra("Haarlem")
for city in sorted(graph, key=lambda c: (distance.get(c, float("inf")), c)):
    route = [city]
    while route[0] in previous:
        route.insert(0, previous[route[0]])
    print(f"{distance.get(city, float('inf')):>5} km  {' > '.join(route)}")
