"""A chart as something to look at: a plain data form (`view`), made by `describe`, and a drawing of it (`svg`)."""
