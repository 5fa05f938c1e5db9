import os

import numpy as np

rng = np.random.default_rng(7)
sensor = rng.integers(0, 1000, size=(4, 3))
flags = rng.random(5) > 0.5
np.save("sensor.npy", sensor)
np.savez_compressed("bundle.npz", sensor=sensor, flags=flags, name=np.array("lab 3"))
np.savetxt("sensor.csv", sensor, fmt="%d", delimiter=",", header="a,b,c", comments="")

print(open("sensor.npy", "rb").read(8), os.path.getsize("sensor.npy"), "bytes")
print("same:", np.array_equal(np.load("sensor.npy"), sensor))
with np.load("bundle.npz") as bundle:
    print(sorted(bundle.files), bundle["flags"].dtype, str(bundle["name"]))
print(open("sensor.csv").readline().strip(), np.genfromtxt("sensor.csv", delimiter=",", names=True).dtype.names)

mapped = np.load("sensor.npy", mmap_mode="r")
print(type(mapped).__name__, int(mapped.sum()) == int(sensor.sum()))
try:
    mapped[0, 0] = 5
except ValueError as err:
    print("ValueError:", err)
people = np.array([("Ann", 31), ("Bo", 27)], dtype=[("name", "U8"), ("age", "i4")])
print(np.sort(people, order="age")["name"], people["age"].mean())
