"""Makes up names of people by chance."""

import random

COUNT = 5
FIRST_NAMES = """
    Ada Alan Amir Anna Ben Carla Chen Clara David Elena Emil Emma Fatima Felix Grace
    Hana Hugo Ines Ivan Jonas Julia Kofi Lena Leo Lucia Maria Max Mei Mila Nadia Noah
    Olga Omar Paul Priya Rosa Sam Sara Sofia Tariq Theo Tom Vera Yuki Zoe
"""
LAST_NAMES = """
    Adams Baker Berg Carter Costa Diaz Evans Fischer Ford Garcia Green Haddad Hall
    Hansen Ito Jones Khan Kim Kowalski Lee Lopez Martin Mensah Meyer Moreau Murphy
    Novak Olsen Parker Patel Petrov Quinn Reed Rossi Santos Sato Silva Singh Stone
    Turner Vega Walker Weber Wood Young Zhang
"""


def main():
    first_names, last_names = FIRST_NAMES.split(), LAST_NAMES.split()
    for _ in range(COUNT):
        print(random.choice(first_names), random.choice(last_names))


if __name__ == "__main__":
    main()
