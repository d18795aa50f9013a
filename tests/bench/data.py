"""The data that races read: made when a race is about to run, kept for the next time."""

import os
import subprocess


class Data:
    def __init__(self, programs):
        self.programs = programs
        self.makers = {}  # file or folder: makes it

    def file(self, kind, count, size=0):
        """The name of a file of so many events."""
        file = f"{self.programs}/data/{kind}-{count}{f'-{size}' if size else ''}.ndjson"

        def make(part):
            with open(part, "wb") as out:
                subprocess.run([f"{self.programs}/make_data", kind, str(count), str(size)], stdout=out, check=True)

        self.makers[file] = make
        return file

    def split(self, file, pieces):
        """The name of a folder with the lines of a file in so many pieces."""
        folder = f"{file}.{pieces}"

        def make(part):
            os.makedirs(part, exist_ok=True)
            subprocess.run(["split", "-a", "4", "-n", f"l/{pieces}", file, f"{part}/part-"], check=True)

        self.makers[folder] = make
        return folder

    def make(self, race):
        """What the entries of the race read, where an earlier run has not left it."""
        os.makedirs(f"{self.programs}/data", exist_ok=True)
        read = " ".join(f"{entry.input} {entry.command} {entry.sample}" for entry in race.entries)
        for name, make in self.makers.items():
            if name in read and not os.path.exists(name):
                make(name + ".part")
                os.rename(name + ".part", name)
