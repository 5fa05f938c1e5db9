"""The command line: words and exit codes around what the layers below do."""
