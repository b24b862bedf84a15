"""What is done with people and organisations: one function an act, one transaction each.

Acts ask no permission (the door did), and refuse by `Refused` what can't be done whoever asks.
"""
