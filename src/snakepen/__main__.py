"""`python -m snakepen`."""

from snakepen.cli.main import main

if __name__ == "__main__":
    main()
