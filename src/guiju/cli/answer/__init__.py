"""An answer for a person (`text`) and for a program (`contract`)."""
