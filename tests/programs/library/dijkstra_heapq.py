import heapq

ROADS = {
    "Leeds": {"York": 25, "Manchester": 44, "Sheffield": 36},
    "York": {"Leeds": 25, "Hull": 38},
    "Manchester": {"Leeds": 44, "Liverpool": 35, "Sheffield": 39},
    "Sheffield": {"Leeds": 36, "Manchester": 39, "Hull": 66},
    "Hull": {"York": 38, "Sheffield": 66},
    "Liverpool": {"Manchester": 35},
}


def shortest(start):
    best, previous = {start: 0}, {}
    queue = [(0, start)]
    while queue:
        distance, town = heapq.heappop(queue)
        if distance > best[town]:
            continue
        for neighbour, miles in ROADS[town].items():
            candidate = distance + miles
            if candidate < best.get(neighbour, float("inf")):
                best[neighbour] = candidate
                previous[neighbour] = town
                heapq.heappush(queue, (candidate, neighbour))
    return best, previous


best, previous = shortest("Hull")
for town in sorted(best, key=best.get):
    route = [town]
    while route[-1] in previous:
        route.append(previous[route[-1]])
    print(f"{best[town]:>4} miles  {' -> '.join(reversed(route))}")
print("furthest two:", heapq.nlargest(2, best.items(), key=lambda kv: kv[1]))
print("merged:", list(heapq.merge([1, 4, 9], [2, 3, 10], [5])))
