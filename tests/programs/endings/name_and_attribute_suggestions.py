import math


class Robot:
    def __init__(self, name):
        self.name = name
        self.battery_level = 80

    def charge(self):
        self.battery_level = min(100, self.battery_level + 15)


robot = Robot("Marvin")
robot.charge()
try:
    print(robot.batery_level)
except AttributeError as exc:
    print(exc, "| name:", exc.name, "| of:", exc.obj.name)
try:
    math.squareroot(2)
except AttributeError as exc:
    print(exc)
try:
    robot.charge(5)
except TypeError as exc:
    print(exc)
print(robot.battery_level)
prnit("Charged", robot.name)
