"""The cards while the notes are being written: served, rebuilt and changed in the open page."""
