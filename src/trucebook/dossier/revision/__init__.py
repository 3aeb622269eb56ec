"""What an outlet changed between two versions of one report: its words, and what that changed in what was read."""
