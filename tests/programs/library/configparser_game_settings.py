# snakepen: {"files": {"game.ini": "; player preferences\n[DEFAULT]\nvolume = 70\nfolder = saves\n\n[video]\nwidth = 1280\nheight = 720\nfullscreen = yes\n\n[audio]\nvolume = 35\nmusic = ${DEFAULT:folder}/theme.ogg\n\n[keys]\njump = space\nmove =\n    w\n    a\n    d\n"}}
import configparser

config = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
config.read(["missing.ini", "game.ini"])

print(config.sections())
video = config["video"]
print(video.getint("width") * video.getint("height"), "pixels, full screen:", video.getboolean("fullscreen"))
print("volumes:", {name: config[name].getint("volume") for name in config.sections()})
print("music:", config["audio"]["music"])
print("move keys:", config["keys"]["move"].split())
print("vsync:", config.get("video", "vsync", fallback="off"))

config.add_section("network")
config.set("network", "host", "localhost")
config.remove_option("keys", "move")
with open("game.new.ini", "w") as f:
    config.write(f, space_around_delimiters=False)
print(open("game.new.ini").read().rstrip())

try:
    config.getint("keys", "jump")
except ValueError as err:
    print(err)
try:
    config["printer"]
except KeyError as err:
    print("no section", err)
