"""Public notices: their clock, objections by anyone, and the notice as an official document."""
