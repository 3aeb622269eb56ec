"""`python -m trucebook` is the command line."""

from trucebook.cli import main

if __name__ == "__main__":
    main()
