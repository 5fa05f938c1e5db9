"""Blackjack: get closer to 21 than the dealer, and not beyond."""

import random

VALUES = {str(number): number for number in range(2, 11)}
VALUES |= {"J": 10, "Q": 10, "K": 10, "A": 11}


def new_deck():
    deck = [rank + suit for rank in VALUES for suit in "♠♥♦♣"]
    random.shuffle(deck)
    return deck


def worth(hand):
    """Return the points of a hand; an ace counts 1 where 11 would be too much."""
    points = sum(VALUES[card[:-1]] for card in hand)
    for _ in range(sum(card.startswith("A") for card in hand)):
        if points > 21:
            points -= 10
    return points


def show(who, hand):
    print(f"{who}: {' '.join(hand)} ({worth(hand)})")


def play(deck, ask):
    """Play one round; 1 when the player wins, -1 when the dealer does, 0 for neither."""
    player, dealer = [deck.pop(), deck.pop()], [deck.pop()]
    show("Dealer", dealer)
    show("You   ", player)
    while worth(player) < 21 and ask("Hit or stand? ").startswith("h"):
        player.append(deck.pop())
        show("You   ", player)
    if worth(player) > 21:
        print("Too much: you lose.")
        return -1
    while worth(dealer) < 17:
        dealer.append(deck.pop())
    show("Dealer", dealer)
    if worth(dealer) > 21 or worth(dealer) < worth(player):
        print("You win!")
        return 1
    if worth(dealer) > worth(player):
        print("The dealer wins.")
        return -1
    print("A draw.")
    return 0


def ask(question):
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""


def main():
    chips = 10
    while chips > 0:
        print(f"\nYou have {chips} chips, and bet one.")
        chips += play(new_deck(), ask)
        if not ask("Another round? (y/n) ").startswith("y"):
            break
    print(f"You go home with {chips} chips.")


if __name__ == "__main__":
    main()
