"""`python -m readingroom`: the commands of build.py."""

from readingroom.cli import main

if __name__ == "__main__":
    main(prog_name="build.py")
