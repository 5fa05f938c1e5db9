"""The benchmark: Snakepen beside the plain way and its parts, alternating in one run. Start it with `make bench`."""
